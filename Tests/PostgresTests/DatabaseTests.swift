import Foundation
import Kernel
import Postgres
import TestSupport
import Testing

/// The superuser, without anything to enter.
struct Anything: TransactionScope {
    static var role: DatabaseRole { TestCluster.superuser }
    var entry: SQL? { nil }
}

struct Pair: RowDecodable, Equatable {
    let number: Int
    let name: String?
    init(row: Row) throws(RowError) {
        number = try row["number"]
        name = try row["name"]
    }
}

@Suite struct DatabaseTests {
    @Test func `rows come back as they were written`() async throws {
        let database = try await TestDatabase.makeEmpty()
        try await database.execute(
            "create table things (number bigint primary key, name text)", in: Anything())
        let count = try await database.transaction(Anything()) { transaction in
            try await transaction.execute(
                "insert into things values (\(1), \("uno")), (\(2), \(String?.none))")
        }
        #expect(count == 2)
        let pairs: [Pair] = try await database.read(Anything()) {
            try await $0.rows("select name, number from things order by number")
        }
        #expect(pairs.map(\.number) == [1, 2])
        #expect(pairs.map(\.name) == ["uno", nil])
    }

    @Test func `a refused statement names its constraint and nothing is kept`() async throws {
        let database = try await TestDatabase.makeEmpty()
        try await database.execute(
            "create table things (number bigint constraint things_pkey primary key)", in: Anything())
        let error = try await #require(throws: PostgresError.self) {
            try await database.transaction(Anything()) { transaction in
                try await transaction.execute("insert into things values (\(1))")
                try await transaction.execute("insert into things values (\(1))")
            }
        }
        #expect(error.sqlState == "23505")
        #expect(error.constraint == "things_pkey")
        #expect(error.table == "things")
        let count = try await database.read(Anything()) {
            try await $0.value("select count(*) from things", as: Int.self)
        }
        #expect(count == 0)
    }
}
