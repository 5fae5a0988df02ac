import Foundation
import Logging
import Postgres
import Tenancy
import Testing

@testable import Alianzas

@Suite
struct `The configuration` {
    private static let home = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL
        .path(percentEncoded: false)

    private func configuration(
        _ environment: [String: String] = [:], executable: String = "", workingFolder: String = home,
        isRoot: Bool = false
    ) throws(ConfigurationError) -> Configuration {
        try Configuration(
            environment: environment, executable: executable, workingFolder: workingFolder, isRoot: isRoot)
    }

    @Test
    func `of an empty environment is a cluster of our own and port 8080`() throws {
        let configuration = try configuration()
        #expect(configuration.port == 8080)
        #expect(configuration.storage == .privateCluster)
        #expect(try self.configuration(["ALIANZAS_PORT": "", "ALIANZAS_DATABASE_URL": ""]) == configuration)
    }

    @Test(arguments: [
        (["HOME": "/home/maria"], false, "/home/maria/.local/share/alianzas"),
        (["HOME": "/home/maria", "XDG_DATA_HOME": "/mnt/maria"], false, "/mnt/maria/alianzas"),
        (["HOME": "/home/maria", "XDG_DATA_HOME": "relative"], false, "/home/maria/.local/share/alianzas"),
        (["HOME": "/root"], true, "/var/lib/alianzas"),
        (["HOME": "/root", "ALIANZAS_DATA": "/srv/a b/"], true, "/srv/a b"),
        (["ALIANZAS_DATA": "../data/./x"], false, "/work/data/x"),
    ])
    func `keeps the data where the environment says, or where their owner keeps such`(
        environment: [String: String], isRoot: Bool, folder: String
    ) throws {
        let configuration = try configuration(
            environment, executable: "\(Self.home).build/debug/alianzas", workingFolder: "/work/here",
            isRoot: isRoot)
        #expect(configuration.dataFolder == folder)
    }

    @Test
    func `writes what is told to the log, from what is noteworthy on where nothing is`() throws {
        #expect(try configuration().logLevel == .notice)
        #expect(try configuration(["ALIANZAS_LOG": "Info"]).logLevel == .info)
        #expect(throws: ConfigurationError.invalidLogLevel("mucho")) {
            try configuration(["ALIANZAS_LOG": "mucho"])
        }
    }

    @Test(
        arguments: [
            (1.5, nil), (-1.9, nil), (2.4, "2 segundos adelantado"), (-90, "90 segundos atrasado"),
        ] as [(Double, String?)])
    func `tells how far two clocks are apart, where that is more than a network takes`(
        seconds: Double, words: String?
    ) throws {
        let theirs = Date(timeIntervalSince1970: 1_800_000_000)
        let difference = ClockDifference(ours: theirs.addingTimeInterval(seconds), theirs: theirs)
        #expect((difference == nil) == (words == nil))
        if let words { #expect(difference?.words.contains(words) == true) }
    }

    @Test(arguments: ["-1", "10", "uno", "1.0"])
    func `refuses a number of proxies that cannot be`(proxies: String) {
        #expect(throws: ConfigurationError.invalidProxies(proxies)) {
            try configuration(["ALIANZAS_PROXIES": proxies])
        }
    }

    @Test
    func `warns where a proxy has to be there and nobody told of it`() throws {
        let origin = ["ALIANZAS_ORIGIN": "https://alianzas.example"]
        #expect(try configuration(origin).warnings.count == 1)
        #expect(try configuration(origin.merging(["ALIANZAS_PROXIES": "1"]) { $1 }).warnings.isEmpty)
        #expect(try configuration().warnings.isEmpty)
    }

    @Test
    func `mails no links that lead to the machine of whoever opens them`() throws {
        let mail = [
            "ALIANZAS_SMTP_URL": "smtp://127.0.0.1:25", "ALIANZAS_MAIL_FROM": "alianzas@entidad.gov.co",
        ]
        #expect(throws: ConfigurationError.mailWithoutOrigin) { try configuration(mail) }
        let origin = ["ALIANZAS_ORIGIN": "https://alianzas.entidad.gov.co", "ALIANZAS_PROXIES": "1"]
        #expect(try configuration(mail.merging(origin) { $1 }).mail != nil)
    }

    @Test(arguments: ["0", "65536", "-1", "80a", "8080 ", "٨٠"])
    func `refuses a port that cannot be`(port: String) {
        #expect(throws: ConfigurationError.invalidPort(port)) {
            try configuration(["ALIANZAS_PORT": port])
        }
    }

    @Test
    func `finds the program's files above the program, above the working folder, or where it is told`() throws
    {
        let above = try configuration(executable: "\(Self.home).build/debug/alianzas", workingFolder: "/")
        #expect(FileManager.default.fileExists(atPath: above.bootstrap.path(percentEncoded: false)))
        let around = try configuration(
            executable: "/usr/bin/alianzas", workingFolder: "\(Self.home)Sources/Kernel")
        #expect(around.migrations.standardizedFileURL == above.migrations.standardizedFileURL)
        let told = try configuration(["ALIANZAS_HOME": "."], executable: "", workingFolder: Self.home)
        #expect(told.migrations.standardizedFileURL == above.migrations.standardizedFileURL)
        #expect(throws: ConfigurationError.homeNotFound) { try configuration(workingFolder: "/") }
        #expect(throws: ConfigurationError.homeIsIncomplete("/tmp")) {
            try configuration(["ALIANZAS_HOME": "/tmp"])
        }
    }

    @Test
    func `takes a server's address as it is, and says so where it cannot be read`() throws {
        let url = "postgresql://db.example/alianzas?target_session_attrs=read-write"
        #expect(try configuration(["ALIANZAS_DATABASE_URL": url]).storage == .server(url: url))
        let settings = try Runtime.settings(reading: url)
        #expect(
            settings.url(for: .app)
                == "postgresql://alianzas_app@/alianzas?host=db.example&target_session_attrs=read-write")
        #expect(throws: ConfigurationError.self) { try Runtime.settings(reading: "postgresql://[") }
    }
}
