public import Foundation
public import Postgres
import Synchronization
import Tenancy

/// Databases for tests: each call makes a fresh one, with all roles, in the server of the process.
///
/// ```swift
/// let database = try await TestDatabase.make()
/// ```
public enum TestDatabase {
    /// A database with the product's schema, as `alianzas migrate` leaves it.
    public static func make() async throws -> Database {
        try await make(from: try await migrated.value)
    }

    /// A database with nothing in it.
    public static func makeEmpty() async throws -> Database {
        try await make(from: try await empty.value)
    }

    /// A database with the schema that the product had up to a migration, for tests of those that follow.
    public static func make(upTo number: Int) async throws -> Database {
        let database = try await makeEmpty()
        let folder = FileManager.default.temporaryDirectory.appending(path: "migrations-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for file in try Migrations(directory: migrations).files where file.number <= number {
            try FileManager.default.copyItem(
                at: migrations.appending(path: "\(file.name).sql"),
                to: folder.appending(path: "\(file.name).sql"))
        }
        try await Migrations(directory: folder).apply(to: database, as: .owner)
        return database
    }

    /// Applies the migrations that a database does not have yet.
    public static func upgrade(_ database: Database) async throws {
        try await Migrations(directory: migrations).apply(to: database, as: .owner)
    }

    private static var migrations: URL { repository.appending(path: "sql/migrations") }

    /// The folder of the product's sources, where `sql` lies.
    public static let repository = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    // MARK: Templates

    private static let empty = Task { try await makeTemplate("template_empty") }

    private static let migrated = Task {
        let name = try await makeTemplate("template_migrated")
        let database = Database(try await TestCluster.shared.settings.with(database: name))
        try await upgrade(database)
        return name
    }

    private static func makeTemplate(_ name: String) async throws -> String {
        try await TestCluster.shared.maintenance.script(
            """
            create database \(name) owner alianzas_owner template template0 encoding 'UTF8'
            lc_collate 'C' lc_ctype 'C.UTF-8'
            """, as: TestCluster.superuser)
        return name
    }

    // MARK: Copies

    private struct Copy {
        weak var database: Database?
        let name: String
    }

    private struct Copies {
        var made: [Copy] = []
        /// How many are being made.
        var coming = 0

        var inUse: Int { made.count { $0.database != nil } + coming }
    }

    private static let copies = Mutex(Copies())
    private static let counter = Atomic<Int>(0)

    private static func make(from template: String) async throws -> Database {
        let cluster = try await TestCluster.shared
        try await takeRoom()
        defer { copies.withLock { $0.coming -= 1 } }
        dropUnused(in: cluster)
        let name = "test_\(counter.add(1, ordering: .relaxed).newValue)"
        try await cluster.maintenance.script(
            "create database \(name) owner alianzas_owner template \(template) strategy file_copy",
            as: TestCluster.superuser)
        var settings = cluster.settings.with(database: name)
        // Many tests at once share one server: each takes less of it, and waits longer.
        settings.connectionsPerRole = 6
        settings.waitLimit = .seconds(60)
        let database = Database(settings)
        copies.withLock { $0.made.append(Copy(database: database, name: name)) }
        return database
    }

    /// How many databases are in use at once before further tests wait for their turn. All tests would otherwise
    /// begin together and take every connection that the server has.
    private static let most = 32

    /// Waits until few enough databases are in use. Not for ever: a test may hold one and want another.
    private static func takeRoom() async throws {
        for attempt in 1... {
            let taken = copies.withLock { copies in
                guard copies.inUse < most || attempt == 4800 else { return false }
                copies.coming += 1
                return true
            }
            if taken { return }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Drops the databases of tests that have ended, so that memory does not fill up.
    private static func dropUnused(in cluster: TestCluster) {
        let unused = copies.withLock { copies in
            let unused = copies.made.filter { $0.database == nil }.map(\.name)
            copies.made.removeAll { $0.database == nil }
            return unused
        }
        guard !unused.isEmpty else { return }
        Task {
            for name in unused {
                try? await cluster.maintenance.script(
                    "drop database \(name) with (force)", as: TestCluster.superuser)
            }
        }
    }
}
