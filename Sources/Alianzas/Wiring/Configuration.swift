import Elections
import Foundation
import Glibc
import Kernel
import Logging
import Web

/// What the environment says about this run. It is read once, here, and nowhere else.
struct Configuration: Sendable, Equatable {
    /// Where the data live.
    enum Storage: Sendable, Equatable {
        /// In a cluster of our own, in the data folder.
        case privateCluster
        /// In the server that a connection string names (`ALIANZAS_DATABASE_URL`).
        case server(url: String)
    }

    /// A program of the installation's choice, with what stands before the last argument, which it gets from us.
    struct OutsideProgram: Sendable, Equatable {
        /// The program.
        let executable: URL
        /// Its arguments.
        let arguments: [String]

        /// Reads a line such as `/usr/bin/clamdscan --fdpass --no-summary`.
        ///
        /// - Throws: ``ConfigurationError/invalidProgram(_:in:)`` where it does not begin with the path of a program.
        init(_ line: String, in variable: String) throws(ConfigurationError) {
            let words = line.split(separator: " ").map(String.init)
            guard let first = words.first, first.hasPrefix("/"),
                FileManager.default.isExecutableFile(atPath: first)
            else { throw .invalidProgram(line, in: variable) }
            executable = URL(filePath: first)
            arguments = Array(words.dropFirst())
        }
    }

    /// What is written to the log, from which level on (`ALIANZAS_LOG`).
    let logLevel: Logger.Level
    /// The port of 127.0.0.1 that pages are served on (`ALIANZAS_PORT`).
    let port: Int
    /// The absolute path of the folder of everything that is kept (`ALIANZAS_DATA`).
    let dataFolder: String
    /// Where the database is.
    let storage: Storage
    /// The folder of the program's own files: migrations, assets (`ALIANZAS_HOME`).
    let home: URL

    /// Who carries mail (`ALIANZAS_SMTP_URL` and `ALIANZAS_MAIL_FROM`), where the installation sends any.
    let mail: MailRelay?
    /// How many proxies of our own stand between browsers and the program (`ALIANZAS_PROXIES`), each of which appends to
    /// `X-Forwarded-For` whom it serves. 0 takes the other end of the connection.
    let proxies: Int
    /// What looks at files that people send (`ALIANZAS_SCAN`), where the installation has anything that does.
    let scanner: OutsideProgram?
    /// What sends text messages (`ALIANZAS_SMS`), where the installation sends any.
    let texts: OutsideProgram?
    /// What makes PDF documents (`ALIANZAS_WEASYPRINT`).
    let weasyprint: URL
    /// What addresses on paper and in mails begin with (`ALIANZAS_ORIGIN`), without a slash at the end.
    let origin: String

    /// What codes to vote go by.
    var codeChannels: Set<CodeChannel> {
        Set((mail == nil ? [] : [.mail]) + (texts == nil ? [] : [.text]))
    }
    /// The folder of the migrations.
    var migrations: URL { home.appending(path: "sql/migrations") }
    /// The folder of the catalogues: municipalities, insurers, legal rules.
    var catalogues: URL { home.appending(path: "sql/data") }
    /// The script that makes roles and database.
    var bootstrap: URL { home.appending(path: "sql/bootstrap.sql") }
    /// The style sheets, scripts and icons of the pages.
    var assets: URL { home.appending(path: "Sources/Web/Assets") }
    /// The pages of the manual.
    var manual: URL { home.appending(path: "Documentation/manual") }
    /// The pictures of the manual.
    var pictures: URL { manual.appending(path: "imagenes") }
    /// The fonts that `deploy/fonts` makes for the pages.
    var fonts: URL { home.appending(path: ".build/fonts") }
    /// The secret of the installation, beside the database and never in it.
    var keyFile: String { "\(dataFolder)/llave" }
    /// Where the heads of the audit chains are told each day.
    var anchors: String { "\(dataFolder)/anclas" }
    /// Where files of affiliates lie until they are merged or given up.
    var uploads: URL { URL(filePath: "\(dataFolder)/importaciones", directoryHint: .isDirectory) }
    /// Where copies of alliances lie until they are taken away or expire.
    var exports: URL { URL(filePath: "\(dataFolder)/copias", directoryHint: .isDirectory) }
    /// Where files lie that are being received or made.
    var scratch: URL { URL(filePath: "\(dataFolder)/temporal", directoryHint: .isDirectory) }
    /// Reads the configuration.
    ///
    /// - Parameters:
    ///   - environment: Names and values; an empty value counts as none.
    ///   - executable: The path of the program, from which its own files are looked for.
    ///   - workingFolder: What relative paths start from.
    ///   - isRoot: Whether the program runs as root.
    /// - Throws: ``ConfigurationError`` for a value that cannot be, or where the program's files are missing.
    init(
        environment: [String: String], executable: String, workingFolder: String, isRoot: Bool
    ) throws(ConfigurationError) {
        let environment = environment.filter { !$0.value.isEmpty }
        if let text = environment["ALIANZAS_PORT"] {
            guard let number = Int(text), (1...65_535).contains(number) else { throw .invalidPort(text) }
            port = number
        } else {
            port = 8080
        }
        if let text = environment["ALIANZAS_LOG"] {
            guard let level = Logger.Level(rawValue: text.lowercased()) else { throw .invalidLogLevel(text) }
            logLevel = level
        } else {
            logLevel = .notice
        }
        storage = environment["ALIANZAS_DATABASE_URL"].map { .server(url: $0) } ?? .privateCluster
        if let text = environment["ALIANZAS_PROXIES"] {
            guard let number = Int(text), (0...9).contains(number) else { throw .invalidProxies(text) }
            proxies = number
        } else {
            proxies = 0
        }
        scanner = try Self.program(in: "ALIANZAS_SCAN", of: environment)
        texts = try Self.program(in: "ALIANZAS_SMS", of: environment)
        // A link in a mail is opened on another machine: without an address of its own it would lead to that one.
        if environment["ALIANZAS_SMTP_URL"] != nil, environment["ALIANZAS_ORIGIN"] == nil {
            throw .mailWithoutOrigin
        }
        mail =
            if let url = environment["ALIANZAS_SMTP_URL"] {
                try MailRelay(url: url, sender: environment["ALIANZAS_MAIL_FROM"])
            } else { nil }
        origin = try Self.origin(named: environment["ALIANZAS_ORIGIN"], port: port)
        dataFolder = Self.absolute(
            environment["ALIANZAS_DATA"] ?? Self.standardDataFolder(environment, isRoot: isRoot),
            in: workingFolder)
        home = try Self.home(
            named: environment["ALIANZAS_HOME"], near: [executable, workingFolder], in: workingFolder)
        weasyprint =
            environment["ALIANZAS_WEASYPRINT"].map { URL(filePath: Self.absolute($0, in: workingFolder)) }
            ?? PDFRenderer.executable(in: home)
    }

    /// Reads the configuration of this process.
    static func current() throws(ConfigurationError) -> Configuration {
        let executable = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return try Configuration(
            environment: ProcessInfo.processInfo.environment, executable: executable,
            workingFolder: FileManager.default.currentDirectoryPath, isRoot: geteuid() == 0)
    }

    /// What an operator should hear at the start of the pages: settings that do not go together.
    var warnings: [String] {
        guard origin.hasPrefix("https://"), proxies == 0 else { return [] }
        return [
            """
            ALIANZAS_ORIGIN empieza por https, así que hay un intermediario delante, pero ALIANZAS_PROXIES no dice \
            cuántos: todas las personas parecen venir de la misma dirección y unas agotan los intentos de ingreso de \
            otras. Con un intermediario, ALIANZAS_PROXIES=1.
            """
        ]
    }

    private static func program(
        in variable: String, of environment: [String: String]
    ) throws(ConfigurationError) -> OutsideProgram? {
        guard let line = environment[variable] else { return nil }
        return try OutsideProgram(line, in: variable)
    }

    /// The address of the site as others reach it; this machine's own where none is named.
    private static func origin(named name: String?, port: Int) throws(ConfigurationError) -> String {
        guard let name else { return "http://127.0.0.1:\(port)" }
        let text = name.hasSuffix("/") ? String(name.dropLast()) : name
        guard let parts = URLComponents(string: text), ["http", "https"].contains(parts.scheme),
            parts.host?.isEmpty == false, parts.path.isEmpty, parts.query == nil
        else { throw .invalidOrigin(name) }
        return text
    }

    /// Data belong to the person or the machine, not to a copy of the sources: another copy, or none, finds the
    /// same data, and cleaning one up loses no election. Root's own folder is closed to the user that
    /// PostgreSQL runs as, so root's data are where a system keeps its state.
    private static func standardDataFolder(_ environment: [String: String], isRoot: Bool) -> String {
        if isRoot { return "/var/lib/alianzas" }
        if let folder = environment["XDG_DATA_HOME"], folder.hasPrefix("/") { return "\(folder)/alianzas" }
        return "\(environment["HOME"] ?? NSHomeDirectory())/.local/share/alianzas"
    }

    /// The folder that holds `sql/migrations`: the one named, or the nearest above the program or the working
    /// folder.
    private static func home(
        named name: String?, near paths: [String], in workingFolder: String
    ) throws(ConfigurationError) -> URL {
        if let name {
            let folder = URL(filePath: absolute(name, in: workingFolder), directoryHint: .isDirectory)
            guard isHome(folder) else { throw .homeIsIncomplete(name) }
            return folder
        }
        for path in paths where !path.isEmpty {
            var folder = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL
            while folder.pathComponents.count > 1 {
                if isHome(folder) { return folder }
                folder.deleteLastPathComponent()
            }
        }
        throw .homeNotFound
    }

    private static func isHome(_ folder: URL) -> Bool {
        FileManager.default.fileExists(
            atPath: folder.appending(path: "sql/migrations").path(percentEncoded: false))
    }

    private static func absolute(_ path: String, in workingFolder: String) -> String {
        let base = URL(filePath: workingFolder, directoryHint: .isDirectory)
        let url = URL(filePath: path, directoryHint: .isDirectory, relativeTo: base).standardizedFileURL
        let text = url.path(percentEncoded: false)
        return text.count > 1 && text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}

/// What is wrong with the environment.
enum ConfigurationError: UserFacingError, Hashable {
    case invalidPort(String)
    case invalidLogLevel(String)
    case homeNotFound
    case homeIsIncomplete(String)
    case unreadableDatabaseURL(String)
    case unreadableMailURL
    case mailWithoutSender
    case mailWithoutOrigin
    case invalidProxies(String)
    case invalidOrigin(String)
    case invalidProgram(String, in: String)

    var code: String {
        switch self {
        case .invalidPort: "configuration.invalid_port"
        case .invalidLogLevel: "configuration.invalid_log_level"
        case .homeNotFound: "configuration.home_not_found"
        case .homeIsIncomplete: "configuration.home_is_incomplete"
        case .unreadableDatabaseURL: "configuration.unreadable_database_url"
        case .unreadableMailURL: "configuration.unreadable_mail_url"
        case .mailWithoutSender: "configuration.mail_without_sender"
        case .mailWithoutOrigin: "configuration.mail_without_origin"
        case .invalidProxies: "configuration.invalid_proxies"
        case .invalidOrigin: "configuration.invalid_origin"
        case .invalidProgram: "configuration.invalid_program"
        }
    }

    var kind: ErrorKind { .invalid }

    var message: String {
        switch self {
        case .invalidPort(let text):
            "ALIANZAS_PORT dice «\(text)». Escriba un número de puerto, de 1 a 65535."
        case .invalidLogLevel(let text):
            "ALIANZAS_LOG dice «\(text)». Escriba notice (lo habitual), info o debug (más), warning o error (menos)."
        case .homeNotFound:
            "No se encontraron los archivos del programa. Indique en ALIANZAS_HOME la carpeta que contiene «sql»."
        case .homeIsIncomplete(let path):
            "ALIANZAS_HOME dice «\(path)», que no contiene «sql/migrations». Indique la carpeta del programa."
        case .unreadableDatabaseURL(let reason):
            "No se entiende ALIANZAS_DATABASE_URL: \(reason). Escríbala como postgresql://servidor/base."
        case .unreadableMailURL:
            "No se entiende ALIANZAS_SMTP_URL. Escríbala como smtp://usuario:clave@servidor:587."
        case .mailWithoutSender:
            "ALIANZAS_SMTP_URL pide un remitente. Indique en ALIANZAS_MAIL_FROM el correo del que salen los mensajes."
        case .mailWithoutOrigin:
            "ALIANZAS_SMTP_URL pide saber adónde llevan los enlaces de los mensajes. Indique en ALIANZAS_ORIGIN la dirección del sitio: https://alianzas.entidad.gov.co."
        case .invalidProxies(let text):
            "ALIANZAS_PROXIES dice «\(text)». Escriba cuántos servidores intermediarios propios hay delante, de 0 a 9; con uno, 1."
        case .invalidOrigin(let text):
            "ALIANZAS_ORIGIN dice «\(text)». Escriba la dirección del sitio sin nada después: https://alianzas.entidad.gov.co."
        case .invalidProgram(let text, let variable):
            "\(variable) dice «\(text)», y debe empezar por la ruta de un programa, como /usr/bin/clamdscan --fdpass --no-summary."
        }
    }
}
