import Foundation
import Kernel
import Postgres
import TestSupport
import Testing

@testable import Tenancy

@Suite struct ServerKeyTests {
    private func scratch() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "alianzas-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    @Test func `the key is made once, for its owner's eyes alone`() throws {
        let folder = try scratch()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = ServerKeyFile(path: folder.appending(path: "server.key").path)
        let made = try file.loadOrCreate()
        #expect(try file.loadOrCreate().fingerprint == made.fingerprint)
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func `a key that others can read is not used`() throws {
        let folder = try scratch()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = ServerKeyFile(path: folder.appending(path: "server.key").path)
        _ = try file.loadOrCreate()
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
        #expect(throws: ServerKeyError.isReadableByOthers(path: file.path)) { try file.loadOrCreate() }
    }

    @Test(arguments: ["", "abc", String(repeating: "g", count: 64)])
    func `a file without a key is told, not replaced`(text: String) throws {
        let folder = try scratch()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "server.key").path
        _ = FileManager.default.createFile(
            atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        #expect(throws: ServerKeyError.isMalformed(path: path)) {
            try ServerKeyFile(path: path).loadOrCreate()
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }

    @Test func `what is sealed opens for the same account and key, unchanged`() throws {
        let key = ServerKey(secret: ServerKey.randomSecret())
        let account = UUID()
        let sealed = try key.seal([1, 2, 3], for: account)
        #expect(try key.open(sealed, for: account) == [1, 2, 3])
        #expect(throws: (any Error).self) { try key.open(sealed, for: UUID()) }
        #expect(throws: (any Error).self) {
            try ServerKey(secret: ServerKey.randomSecret()).open(sealed, for: account)
        }
        for index in sealed.indices {
            var forged = sealed
            forged[index] ^= 1
            #expect(throws: (any Error).self) { try key.open(forged, for: account) }
        }
    }

    @Test func `a key is made for a database that has none, and never for one whose key was lost`()
        async throws
    {
        let folder = try scratch()
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = try await TestDatabase.make()
        let file = ServerKeyFile(path: folder.appending(path: "server.key").path)
        let key = try await file.load(for: database)
        try await key.claim(database, at: Date())
        #expect(try await file.load(for: database).fingerprint == key.fingerprint)
        try FileManager.default.removeItem(atPath: file.path)
        await #expect(throws: ServerKeyError.isMissing(path: file.path)) {
            try await file.load(for: database)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func `a database keeps to the key that it was begun with`() async throws {
        let database = try await TestDatabase.make()
        let key = ServerKey(secret: ServerKey.randomSecret())
        try await key.claim(database, at: Date())
        try await key.claim(database, at: Date())
        await #expect(throws: ServerKeyError.isOfAnotherDatabase) {
            try await ServerKey(secret: ServerKey.randomSecret()).claim(database, at: Date())
        }
    }

    @Test(arguments: [
        (" Ana.Prueba@Ejemplo.invalid ", "ana.prueba@ejemplo.invalid", Login.Kind.email),
        ("12.345.678", "12345678", .document), (" 1020 3040 ", "10203040", .document),
        ("ab-123456", "AB123456", .document),
    ])
    func `logins are found however they are typed`(typed: String, form: String, kind: Login.Kind) {
        let login = Login(typed: typed)
        #expect(login.normalForm == form)
        #expect(login.kind == kind)
    }
}
