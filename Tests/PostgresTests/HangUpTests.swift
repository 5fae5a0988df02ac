import Foundation
import Glibc
import Postgres
import TestSupport
import Testing

/// A server that answers its first statements and is gone in the same instant, as one that is killed: what it said and its end
/// come to the client as one event. It speaks just enough of the protocol, since no real server can be made to do so each time.
private final class VanishingServer: Sendable {
    let folder: String
    private let listener: Int32

    init() throws {
        folder =
            FileManager.default.temporaryDirectory.appending(path: "g\(UInt32.random(in: .min ... .max))")
            .path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let opened = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        listener = opened
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = Array("\(folder)/.s.PGSQL.5432".utf8)
        try #require(opened >= 0 && path.count < MemoryLayout.size(ofValue: address.sun_path))
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(opened, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0 && listen(opened, 64) == 0)
        Thread.detachNewThread {
            while case let client = accept(opened, nil, nil), client >= 0 {
                Thread.detachNewThread { Self.serve(client) }
            }
        }
    }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        try? FileManager.default.removeItem(atPath: folder)
    }

    private static func message(_ type: Character, _ body: [UInt8] = []) -> [UInt8] {
        Array(String(type).utf8) + withUnsafeBytes(of: UInt32(body.count + 4).bigEndian) { Array($0) } + body
    }

    private static func read(_ client: Int32, _ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes {
                recv(client, $0.baseAddress?.advanced(by: filled), count - filled, 0)
            }
            guard got > 0 else { return nil }
            filled += got
        }
        return bytes
    }

    private static func length(_ bytes: some Sequence<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

    private static func serve(_ client: Int32) {
        defer { close(client) }
        guard let start = read(client, 4), read(client, length(start) - 4) != nil else { return }
        var answer = message("R", [0, 0, 0, 0])
        for (name, value) in [
            ("client_encoding", "UTF8"), ("server_version", "15.0"), ("integer_datetimes", "on"),
        ] {
            answer += message("S", Array("\(name)\0\(value)\0".utf8))
        }
        answer += message("K", [0, 0, 0, 1, 0, 0, 0, 1]) + message("Z", Array("I".utf8))
        send(client, answer, answer.count, Int32(MSG_NOSIGNAL))
        answer = []
        while let head = read(client, 5), read(client, length(head.dropFirst()) - 4) != nil {
            switch Character(Unicode.Scalar(head[0])) {
            case "P": answer += message("1")
            case "B": answer += message("2")
            case "D": answer += message("n")
            case "E": answer += message("C", Array("BEGIN\0".utf8))
            case "S":
                answer += message("Z", Array("T".utf8))
                // The last word and the end.
                send(client, answer, answer.count, Int32(MSG_NOSIGNAL))
                return
            default: break
            }
        }
    }
}

@Suite struct `A server that hangs up with its last answer` {
    @Test(.timeLimit(.minutes(1))) func `fails the next statement, and none waits for it for ever`()
        async throws
    {
        let server = try VanishingServer()
        defer { server.stop() }
        var settings = try PgSettings("host=\(server.folder) port=5432 dbname=any user=any")
        settings.connectionsPerRole = 4
        let database = Database(settings)
        // How the two events fall together is by chance: of so many, some do.
        for _ in 0..<200 {
            await #expect(throws: PostgresError.self) {
                try await database.transaction(Anything()) { transaction in
                    try await transaction.execute("select 1")
                    try await transaction.execute("select 2")
                }
            }
        }
    }
}
