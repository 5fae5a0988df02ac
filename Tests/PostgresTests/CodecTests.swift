import Foundation
import Kernel
import Postgres
import TestSupport
import Testing

/// A type of the product, as a module would declare it.
private enum Color: String, SQLValue, CaseIterable {
    case red, green
    case blue = "azul"
}

/// A value as it came back, and PostgreSQL's text of it.
private struct Pair<Value: SQLCodable>: RowDecodable {
    let value: Value
    let text: String?

    init(row: Row) throws(RowError) {
        value = try row["value"]
        text = try row["text"]
    }
}

/// What goes to PostgreSQL in binary must mean there what it means here, and come back the same. PostgreSQL's
/// own text of it is the witness.
@Suite struct CodecTests {
    /// A value and the text that PostgreSQL has to print of it.
    struct Sample<Value: SQLCodable & Equatable> {
        let value: Value
        let text: String?
    }

    static let database = Task { try await TestDatabase.makeEmpty() }

    private func check<Value: SQLCodable & Equatable>(
        _ samples: [Sample<Value>], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let database = try await Self.database.value
        try await database.read(Anything()) { transaction in
            for sample in samples {
                let pair: Pair<Value>? = try await transaction.row(
                    "select \(sample.value) as value, \(sample.value)::text as text")
                #expect(pair?.value == sample.value, sourceLocation: sourceLocation)
                #expect(pair?.text == sample.text, sourceLocation: sourceLocation)
            }
        }
    }

    /// The values in a seeded order of their own, and the seed in the log.
    private func random<Value>(_ count: Int, _ make: (inout Seeded) -> Value) -> [Value] {
        let seed = UInt64.random(in: .min ... .max)
        print("codec seed", seed)
        var generator = Seeded(seed: seed)
        return (0..<count).map { _ in make(&generator) }
    }

    @Test func `integers`() async throws {
        try await check(
            ([0, 1, -1, .max, .min] + random(50) { Int.random(in: .min ... .max, using: &$0) })
                .map { Sample(value: $0, text: "\($0)") })
        try await check(
            ([0, -1, .max, .min] + random(20) { Int32.random(in: .min ... .max, using: &$0) })
                .map { Sample(value: $0, text: "\($0)") })
        try await check(
            ([0, -1, .max, .min] + random(20) { Int16.random(in: .min ... .max, using: &$0) })
                .map { Sample(value: $0, text: "\($0)") })
    }

    @Test func `an integer is read from any column that it fits in`() async throws {
        let database = try await Self.database.value
        let sql: SQL = "select 7::smallint union all select -1::smallint"
        #expect(try await database.read(Anything()) { try await $0.values(sql, as: Int.self) } == [7, -1])
        let wide: SQL = "select 7::bigint"
        #expect(try await database.read(Anything()) { try await $0.value(wide, as: Int16.self) } == 7)
        let tooWide: SQL = "select 70000::bigint"
        let error = await #expect(throws: RowError.self) {
            _ = try await database.read(Anything()) { try await $0.value(tooWide, as: Int16.self) }
        }
        #expect(error?.problem == .value(.notRepresentable("70000")))
    }

    @Test func `booleans and floating point`() async throws {
        try await check([true, false].map { Sample(value: $0, text: "\($0)") })
        try await check([
            Sample(value: 0.0, text: "0"), Sample(value: -1.5, text: "-1.5"),
            Sample(value: .infinity, text: "Infinity"),
            Sample(value: .leastNonzeroMagnitude, text: "5e-324"),
            Sample(value: .greatestFiniteMagnitude, text: "1.7976931348623157e+308"),
        ])
        let database = try await Self.database.value
        let real = try await database.read(Anything()) {
            try await $0.value("select 1.5::real", as: Double.self)
        }
        #expect(real == 1.5)
    }

    @Test func `texts`() async throws {
        let texts =
            ["", " ", "'", "\\", "ñandú 👩🏽‍⚕️", "a\u{301}", "\u{10FFFF}", "{\"a\":1}", "{,\"}", "NULL"]
            + random(30) { generator in
                String(
                    String.UnicodeScalarView(
                        (0..<Int.random(in: 0...200, using: &generator)).compactMap { _ in
                            // PostgreSQL's text has no NUL.
                            Unicode.Scalar(UInt32.random(in: 1...0x10FFFF, using: &generator))
                        }))
            }
        try await check(texts.map { Sample(value: $0, text: $0) })
    }

    @Test func `texts are read from every kind of column that holds one`() async throws {
        let database = try await Self.database.value
        try await database.script("create type mood as enum ('alegre')", as: TestCluster.superuser)
        let texts = try await database.read(Anything()) {
            [
                try await $0.value("select 'x'::varchar(3)", as: String.self),
                try await $0.value("select 'x'::char(3)", as: String.self),
                try await $0.value("select 'x'::name", as: String.self),
                try await $0.value("select '{\"a\": 1}'::json", as: String.self),
                try await $0.value("select '{\"a\": 1}'::jsonb", as: String.self),
                try await $0.value("select 'alegre'::mood", as: String.self),
            ]
        }
        #expect(texts == ["x", "x  ", "x", "{\"a\": 1}", "{\"a\": 1}", "alegre"])
    }

    @Test func `identifiers`() async throws {
        let uuids =
            [UUID(uuidString: "00000000-0000-0000-0000-000000000000")].compactMap(\.self)
            + (0..<20).map { _ in UUID() }
        try await check(uuids.map { Sample(value: $0, text: $0.uuidString.lowercased()) })
        try await check((0..<20).map { _ in ID<Int>() }.map { Sample(value: $0, text: $0.description) })
    }

    @Test func `bytes`() async throws {
        let values: [[UInt8]] =
            [[], [0], Array(0...255)]
            + random(20) { generator in
                (0..<Int.random(in: 0...300, using: &generator)).map { _ in
                    UInt8.random(in: .min ... .max, using: &generator)
                }
            }
        try await check(
            values.map { bytes in
                Sample(
                    value: bytes,
                    text: "\\x"
                        + bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined())
            })
        try await check([
            Sample(value: [[1, 2], [], [255]] as [[UInt8]], text: #"{"\\x0102","\\x","\\xff"}"#)
        ])
    }

    @Test func `moments keep their microseconds`() async throws {
        // The test server's zone is UTC.
        try await check([
            Sample(value: Date(timeIntervalSince1970: 0), text: "1970-01-01 00:00:00+00"),
            Sample(value: Date(timeIntervalSince1970: -1), text: "1969-12-31 23:59:59+00"),
            Sample(value: Date(timeIntervalSince1970: 946_684_800), text: "2000-01-01 00:00:00+00"),
            Sample(
                value: Date(timeIntervalSinceReferenceDate: 796_000_000.123456),
                text: "2026-03-23 23:06:40.123456+00"),
            Sample(value: Date(timeIntervalSinceReferenceDate: .infinity), text: "infinity"),
            Sample(value: Date(timeIntervalSinceReferenceDate: -.infinity), text: "-infinity"),
        ])
        let database = try await Self.database.value
        // Every microsecond of years about ours has a date of its own, which comes back as it went.
        for microseconds in random(200, { Int.random(in: 0...4_000_000_000_000_000, using: &$0) }) {
            let moment = try await database.read(Anything()) {
                try await $0.value(
                    "select timestamptz 'epoch' + \(microseconds) * interval '1 microsecond'", as: Date.self)
            }
            let back = try await database.read(Anything()) {
                try await $0.value(
                    "select (extract(epoch from \(moment)::timestamptz) * 1000000)::bigint", as: Int.self)
            }
            #expect(back == microseconds)
        }
    }

    @Test func `days`() async throws {
        let days =
            [
                CalendarDate(dayNumber: 0), CalendarDate(year: 1, month: 1, day: 1),
                CalendarDate(year: 9999, month: 12, day: 31),
            ]
            .compactMap(\.self)
            + random(50) { CalendarDate(dayNumber: Int.random(in: -700_000...2_900_000, using: &$0)) }
        try await check(days.map { Sample(value: $0, text: $0.description) })
        let database = try await Self.database.value
        let outside = try await database.read(Anything()) {
            try await $0.values(
                "select unnest(\([CalendarDate(dayNumber: .min), CalendarDate(dayNumber: .max)]))::text",
                as: String.self)
        }
        #expect(outside == ["-infinity", "infinity"])
    }

    @Test func `documents of JSON`() async throws {
        try await check([
            Sample(value: "{\"a\": [1, null, \"ñ\"]}" as JSONText, text: "{\"a\": [1, null, \"ñ\"]}"),
            Sample(value: "null", text: "null"),
        ])
        let refused = await #expect(throws: PostgresError.self) {
            try await Self.database.value.execute("select \("{" as JSONText)", in: Anything())
        }
        #expect(refused?.sqlState == "22P02")
    }

    @Test func `types with a raw value`() async throws {
        try await check(Color.allCases.map { Sample(value: $0, text: $0.rawValue) })
        try await check([Sample(value: [Color.red, .blue], text: "{red,azul}")])
        let error = await #expect(throws: RowError.self) {
            _ = try await Self.database.value.read(Anything()) {
                try await $0.value("select 'gris'", as: Color.self)
            }
        }
        #expect(error?.problem == .value(.notRepresentable("gris")))
    }

    @Test func `nulls`() async throws {
        try await check([Sample(value: Int?.none, text: nil), Sample(value: 3, text: "3")])
        try await check([Sample(value: String?.none, text: nil), Sample(value: "", text: "")])
        try await check([Sample(value: [Int]?.none, text: nil), Sample(value: [], text: "{}")])
        try await check([Sample(value: Color?.none, text: nil)])
    }

    @Test func `arrays`() async throws {
        try await check([Sample(value: [] as [Int], text: "{}"), Sample(value: [1, -2], text: "{1,-2}")])
        try await check([Sample(value: [nil, 1, nil] as [Int?], text: "{NULL,1,NULL}")])
        try await check([
            Sample(value: ["", "a,b", "\"", "\\", "NULL"], text: #"{"","a,b","\"","\\","NULL"}"#)
        ])
        try await check([Sample(value: [true, false], text: "{t,f}")])
        try await check([
            Sample(
                value: Array(1...10_000), text: "{\((1...10_000).map(String.init).joined(separator: ","))}")
        ])
    }

    @Test func `arrays in the places where statements have them`() async throws {
        let database = try await Self.database.value
        let found = try await database.read(Anything()) {
            try await $0.values(
                "select n from generate_series(1, \(9)) n where n = any(\([2, 4, 11])) order by n",
                as: Int.self)
        }
        #expect(found == [2, 4])
        let joined = try await database.read(Anything()) {
            try await $0.values(
                "select a || b from unnest(\(["x", "y"])::text[], \(["1", "2"])) as pairs (a, b)",
                as: String.self)
        }
        #expect(joined == ["x1", "y2"])
        let error = await #expect(throws: RowError.self) {
            _ = try await database.read(Anything()) {
                try await $0.value("select array[[1, 2], [3, 4]]", as: [Int].self)
            }
        }
        #expect(error?.problem == .value(.notRepresentable("an array of 2 dimensions")))
    }
}
