import Foundation
import Kernel
import Postgres
import TestSupport
import Testing

struct Thing: RowDecodable, Equatable {
    let number: Int
    let name: String?

    init(row: Row) throws(RowError) {
        number = try row["number"]
        name = try row["name"]
    }
}

@Suite struct DatabaseTests {
    let database: Database

    init() async throws {
        database = try await TestDatabase.makeEmpty()
        try await database.script(
            "create table things (number bigint constraint things_pkey primary key, name text not null default '')",
            as: TestCluster.superuser)
    }

    private func count() async throws -> Int? {
        try await database.read(Anything()) { try await $0.value("select count(*) from things") }
    }

    @Test func `rows come back as they were written`() async throws {
        let written = try await database.transaction(Anything()) {
            try await $0.execute("insert into things values (\(1), \("uno")), (\(2), \("¿dos?"))")
        }
        #expect(written == 2)
        let things: [Thing] = try await database.read(Anything()) {
            try await $0.rows("select name, number from things order by number")
        }
        #expect(things.map(\.number) == [1, 2])
        #expect(things.map(\.name) == ["uno", "¿dos?"])
    }

    @Test func `one statement needs no closure`() async throws {
        #expect(try await database.execute("insert into things values (\(1)), (\(2))", in: Anything()) == 2)
        #expect(try await count() == 2)
    }

    @Test func `where the closure throws nothing is kept`() async throws {
        struct Refusal: Error {}
        await #expect(throws: Refusal.self) {
            try await database.transaction(Anything()) {
                try await $0.execute("insert into things values (\(1))")
                throw Refusal()
            }
        }
        #expect(try await count() == 0)
    }

    @Test func `a refused statement names its constraint and nothing is kept`() async throws {
        let error = try await #require(throws: PostgresError.self) {
            try await database.transaction(Anything()) {
                try await $0.execute("insert into things values (\(1))")
                try await $0.execute("insert into things values (\(1))")
            }
        }
        #expect(error.origin == .server)
        #expect(error.sqlState == "23505")
        #expect(error.constraint == "things_pkey")
        #expect(error.table == "things")
        #expect(error.schema == "public")
        #expect(error.statement == "insert into things values ($1)")
        #expect(!"\(error)".contains("already exists"), "the detail quotes values of the row")
        #expect(try await count() == 0)
    }

    @Test func `a null where none may be names its column`() async throws {
        let error = try await #require(throws: PostgresError.self) {
            try await database.execute("insert into things values (\(1), \(String?.none))", in: Anything())
        }
        #expect(error.sqlState == "23502")
        #expect(error.column == "name")
    }

    @Test func `a closure that swallows an error cannot commit`() async throws {
        let error = try await #require(throws: PostgresError.self) {
            try await database.transaction(Anything()) {
                try await $0.execute("insert into things values (\(1))")
                _ = try? await $0.execute("insert into things values (\(1))")
            }
        }
        #expect(error.sqlState == "25P02")
        #expect(try await count() == 0)
    }

    @Test func `a queued statement travels with the next or with the commit`() async throws {
        let early = try await database.transaction(Anything()) {
            $0.queue("insert into things values (\(1))")
            let early = try await $0.value("select count(*) from things", as: Int.self)
            $0.queue("insert into things values (\(2))")
            return early
        }
        #expect(early == 1)
        #expect(try await count() == 2)
        try await database.transaction(Anything()) { $0.queue("insert into things values (\(3))") }
        #expect(try await count() == 3)
    }

    @Test func `a queued statement that is refused undoes all`() async throws {
        let error = try await #require(throws: PostgresError.self) {
            try await database.transaction(Anything()) {
                try await $0.execute("insert into things values (\(1))")
                $0.queue("insert into things values (\(2))")
                $0.queue("insert into things values (\(1))")
            }
        }
        #expect(error.constraint == "things_pkey")
        #expect(try await count() == 0)
    }

    @Test func `a pipeline stops at the first that is refused`() async throws {
        let error = try await #require(throws: PostgresError.self) {
            try await database.transaction(Anything()) {
                try await $0.pipeline([
                    "insert into things values (\(1))", "insert into things values (\(1), \("second"))",
                    "insert into nowhere values (\(1))",
                ])
            }
        }
        #expect(error.constraint == "things_pkey")
    }

    @Test func `the scope is entered before the first statement and left with the transaction`() async throws
    {
        var settings = database.settings
        settings.connectionsPerRole = 1
        let database = Database(settings)
        for name in ["ana", "luz"] {
            let names = try await database.transaction(Named(name: name)) {
                [
                    try await $0.value("select current_setting('test.name')", as: String.self),
                    try await $0.value("select current_setting('test.name')", as: String.self),
                ]
            }
            #expect(names == [name, name])
            let read = try await database.read(Named(name: name)) {
                [
                    try await $0.value("select current_setting('test.name')", as: String.self),
                    try await $0.value("select current_setting('test.name')", as: String.self),
                ]
            }
            #expect(read == [name, name])
            let left = try await database.read(Anything()) {
                try await $0.value("select current_setting('test.name', true)", as: String.self)
            }
            #expect(left == "")
        }
    }

    @Test func `a refused entry runs nothing`() async throws {
        struct Refused: TransactionScope {
            static var role: DatabaseRole { TestCluster.superuser }
            var entry: SQL? { "select 1 / \(0)" }
        }
        let error = try await #require(throws: PostgresError.self) {
            try await database.execute("insert into things values (\(1))", in: Refused())
        }
        #expect(error.sqlState == "22012")
        #expect(try await count() == 0)
    }

    @Test func `reading cannot write`() async throws {
        let error = try await #require(throws: PostgresError.self) {
            try await database.read(Anything()) { try await $0.execute("insert into things values (\(1))") }
        }
        #expect(error.sqlState == "25006")
    }

    @Test func `a snapshot sees the same twice, reading sees what was committed meanwhile`() async throws {
        let count: SQL = "select count(*) from things"
        let snapshot = try await database.snapshot(Anything()) {
            let before = try await $0.value(count, as: Int.self)
            try await database.execute("insert into things values (\(1))", in: Anything())
            return [before, try await $0.value(count, as: Int.self)]
        }
        #expect(snapshot == [0, 0])
        let read = try await database.read(Anything()) {
            let before = try await $0.value(count, as: Int.self)
            try await database.execute("insert into things values (\(2))", in: Anything())
            return [before, try await $0.value(count, as: Int.self)]
        }
        #expect(read == [1, 2])
    }

    @Test func `two serializable transactions in each other's way are told so`() async throws {
        try await database.execute("insert into things values (\(1)), (\(2))", in: Anything())
        let error = try await #require(throws: PostgresError.self) {
            try await database.transaction(Anything(), isolation: .serializable) { first in
                _ = try await first.value("select count(*) from things", as: Int.self)
                try await database.transaction(Anything(), isolation: .serializable) { second in
                    _ = try await second.value("select count(*) from things", as: Int.self)
                    try await second.execute("insert into things values (\(3))")
                }
                try await first.execute("insert into things values (\(4))")
            }
        }
        #expect(error.isSerializationFailure)
    }

    @Test func `one row, none, or an error`() async throws {
        try await database.execute(
            "insert into things values (\(1), \("uno")), (\(2), \("dos"))", in: Anything())
        try await database.read(Anything()) { transaction in
            let none: Thing? = try await transaction.row("select * from things where number = \(0)")
            #expect(none == nil)
            let one: Thing? = try await transaction.row("select * from things where number = \(1)")
            #expect(one?.name == "uno")
        }
        let error = try await #require(throws: RowError.self) {
            _ = try await database.read(Anything()) {
                try await $0.row("select * from things", as: Thing.self)
            }
        }
        #expect(error.problem == .severalRows(2))
    }

    @Test func `a row that does not fit names its column`() async throws {
        let refusals: [(SQL, String)] = [
            ("select 1::bigint as number", "the result has no column name"),
            ("select null::bigint as number, '' as name", "number is null, which a Int cannot be"),
            ("select true as number, '' as name", "number is of boolean, which is not read as Int"),
            ("select 1 as number, 1 as name", "name is of integer, which is not read as Optional<String>"),
            (
                "select 1.5 as number, '' as name",
                "number is of numeric (cast it in the statement), which is not read as Int"
            ),
        ]
        for (sql, words) in refusals {
            let error = await #expect(throws: RowError.self) {
                _ = try await database.read(Anything()) { try await $0.rows(sql, as: Thing.self) }
            }
            #expect(error?.description == words)
        }
    }

    @Test func `a transaction without statements sends nothing`() async throws {
        let unreachable = Database(database.settings.with(database: "nowhere"))
        await #expect(throws: PostgresError.self) { try await unreachable.transaction(Anything()) { _ in } }
        #expect(try await database.transaction(Anything()) { _ in 7 } == 7)
    }

    @Test func `values larger than the socket's and libpq's buffers travel both ways`() async throws {
        let large = String(repeating: "año ", count: 4_000_000)
        let answer = try await database.read(Anything()) {
            try await $0.values("select \(large) from generate_series(1, \(2))", as: String.self)
        }
        #expect(answer == [large, large])
    }

    @Test func `a pipeline whose answers fill every buffer does not jam`() async throws {
        let text = String(repeating: "x", count: 1_000_000)
        try await database.transaction(Anything()) {
            try await $0.pipeline((0..<40).map { "select \(text), \($0)" })
        }
    }

    @Test func `without kept statements all is the same`() async throws {
        var settings = database.settings
        settings.keepsStatements = false
        let database = Database(settings)
        try await database.execute("insert into things values (\(1), \("uno"))", in: Named(name: "ana"))
        let name = try await database.read(Named(name: "ana")) {
            try await $0.value("select name from things where number = \(1)", as: String.self)
        }
        #expect(name == "uno")
        let kept = try await database.read(Anything()) {
            try await $0.value("select count(*) from pg_prepared_statements", as: Int.self)
        }
        #expect(kept == 0)
    }

    @Test func `a statement is prepared once`() async throws {
        var settings = database.settings
        settings.connectionsPerRole = 1
        let database = Database(settings)
        for number in 1...3 {
            _ = try await database.read(Anything()) {
                try await $0.value("select \(number) + 1", as: Int.self)
            }
        }
        let kept = try await database.read(Anything()) {
            try await $0.values("select statement from pg_prepared_statements order by 1", as: String.self)
        }
        #expect(kept.filter { $0 == "select $1 + 1" }.count == 1)
    }

    @Test func `too many parameters are refused before anything is sent`() async throws {
        var list: SQL = "\(0)"
        for _ in 0..<17 { list = "\(fragment: list), \(fragment: list)" }
        let error = await #expect(throws: PostgresError.self) {
            try await database.execute("select \(fragment: list)", in: Anything())
        }
        #expect(error?.origin == .usage)
        #expect(try await count() == 0)
    }
}
