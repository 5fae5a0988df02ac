import Foundation
import HTTPTypes
import HummingbirdTesting
import Logging
import Synchronization
import Testing

@testable import Web

/// The lines that a log was given.
private final class Lines: Sendable {
    private let lines = Mutex<[LogEvent]>([])

    var all: [LogEvent] { lines.withLock(\.self) }

    func add(_ line: LogEvent) { lines.withLock { $0.append(line) } }
}

/// Keeps the lines of a log, with what its logger adds to each.
private struct KeptLog: LogHandler {
    let lines: Lines
    var logLevel = Logger.Level.notice
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var event = event
        event.metadata = metadata.merging(event.metadata ?? [:]) { _, own in own }
        lines.add(event)
    }
}

@Suite struct AccessLogTests {
    @Test func `the number that a refusal asks to cite finds the one line of its request, with the reason`()
        async throws
    {
        let test = try await TestSite.make()
        let lines = Lines()
        let logger = Logger(label: "test") { _ in KeptLog(lines: lines) }
        try await test.visit(logger: logger) { client in
            let browser = Browser(client)
            // What is answered as it should be leaves no line at the level of every day.
            #expect(try await browser.open("/entrar").status == .ok)
            #expect(lines.all.isEmpty)

            let missing = try await browser.open("/no/hay/tal")
            #expect(missing.status == .notFound)
            let cited = try #require(missing.text.firstMatch(of: /[2-9A-Z]{4}-[2-9A-Z]{4}/))
            let line = try #require(lines.all.first)
            #expect(lines.all.count == 1)
            #expect(line.level == .notice)
            #expect(line.metadata?["code"] == "\(cited.output)")
            #expect(line.metadata?["status"] == "404")
            #expect(line.metadata?["reason"] == "\(NoSuchPage().code)")

            // What a form refuses has its line, too, and says nothing of who sent it.
            let refused = try await browser.signIn("nadie@ejemplo.invalid", "no es esta")
            #expect(refused.status.code >= 400)
            #expect(lines.all.count == 2)
            let second = try #require(lines.all.last)
            #expect(second.metadata?["reason"] != nil)
            #expect(!"\(second.metadata ?? [:])".contains("nadie@"))
        }
    }
}
