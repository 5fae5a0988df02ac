import Foundation
import Postgres
import TestSupport
import Testing

@Suite struct MigrationsTests {
    /// A folder of migrations that goes when the test goes.
    final class Folder {
        let url = FileManager.default.temporaryDirectory.appending(path: "migrations-\(UUID())")

        init(_ files: [String: String]) throws {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
            for (name, text) in files { try write(text, to: name) }
        }

        deinit { try? FileManager.default.removeItem(at: url) }

        func write(_ text: String, to name: String) throws {
            try Data(text.utf8).write(to: url.appending(path: "\(name).sql"))
        }

        func remove(_ name: String) throws {
            try FileManager.default.removeItem(at: url.appending(path: "\(name).sql"))
        }

        func apply(to database: Database) async throws -> [String] {
            try await Migrations(directory: url).apply(to: database, as: owner).map(\.name)
        }
    }

    static let owner = DatabaseRole(rawValue: "alianzas_owner")

    @Test func `files run in the order of their numbers, once`() async throws {
        let database = try await TestDatabase.makeEmpty()
        let folder = try Folder([
            "0010_b": "create table b (a_id int references a)",
            "0002_a": "create table a (id int primary key)",
        ])
        #expect(try await folder.apply(to: database) == ["0002_a", "0010_b"])
        #expect(try await folder.apply(to: database) == [])
        try folder.write("create table c ();", to: "0011_c")
        #expect(try await folder.apply(to: database) == ["0011_c"])
    }

    @Test func `many processes at once apply each file once`() async throws {
        let database = try await TestDatabase.makeEmpty()
        let folder = try Folder([
            "0001_a": "create table a (); select pg_sleep(0.05)", "0002_b": "create table b ()",
        ])
        let migrations = try Migrations(directory: folder.url)
        let applied = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask { try await migrations.apply(to: database, as: Self.owner).count }
            }
            return try await group.reduce(0, +)
        }
        #expect(applied == 2)
    }

    @Test func `an edited, missing or late file is refused`() async throws {
        let database = try await TestDatabase.makeEmpty()
        let folder = try Folder(["0002_a": "create table a ()", "0003_b": "create table b ()"])
        _ = try await folder.apply(to: database)

        try folder.write("create table a (id int)", to: "0002_a")
        await refuses(folder, database, "postgres.migration.edited")
        try folder.remove("0002_a")
        await refuses(folder, database, "postgres.migration.missing")
        try folder.write("create table a ()", to: "0002_a")
        try folder.write("create table z ()", to: "0001_z")
        await refuses(folder, database, "postgres.migration.out_of_order")
        try folder.write("create table z ()", to: "0003_z")
        await refuses(folder, database, "postgres.migration.same_number")
        try folder.write("create table z ()", to: "z")
        await refuses(folder, database, "postgres.migration.bad_name")
    }

    private func refuses(_ folder: Folder, _ database: Database, _ code: String) async {
        let error = await #expect(throws: MigrationError.self) { try await folder.apply(to: database) }
        #expect(error?.code == code)
    }

    @Test func `a file that fails leaves nothing and names its line`() async throws {
        let database = try await TestDatabase.makeEmpty()
        let folder = try Folder([
            "0001_a": "create table a ()",
            "0002_b": "create table b ();\n\n-- c\ncreate table c (\n  id nonsense);\n",
        ])
        let error = await #expect(throws: MigrationError.self) { try await folder.apply(to: database) }
        guard case .failed("0002_b", line: 4, let cause) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(cause.sqlState == "42704")
        let tables = try await database.read(Anything()) {
            try await $0.values(
                "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1",
                as: String.self)
        }
        #expect(tables == ["a", "migrations"])
    }

    @Test func `a file that ends its own transaction is refused`() async throws {
        let database = try await TestDatabase.makeEmpty()
        let folder = try Folder(["0001_a": "create table a (); commit; create table b ()"])
        await refuses(folder, database, "postgres.migration.failed")
    }

    @Test func `the product's own files apply`() async throws {
        let database = try await TestDatabase.make()
        let count = try await database.read(Anything()) {
            try await $0.value("select count(*) from public.migrations", as: Int.self)
        }
        #expect(
            try Migrations(directory: TestDatabase.repository.appending(path: "sql/migrations")).files.count
                == count)
    }
}
