import Foundation
import Kernel
import TestSupport

@testable import Membership

/// Files of affiliates as tests write them, and what the reader makes of them.
enum AffiliateFiles {
    static let columns = AffiliateColumn.allCases.map(\.header)

    /// A row that nothing is wrong with.
    static let good: [AffiliateColumn: String] = [
        .documentType: "CC", .documentNumber: "1067843521", .firstSurname: "Pérez", .secondSurname: "Gómez",
        .firstName: "María", .secondName: "Luisa", .birthDate: "31/12/1980", .sex: "F",
        .municipality: "23672",
        .regime: "S", .state: "AC", .phone: "+57 310 4567890", .email: "maria@correo.co", .insurer: "ESS207",
    ]

    /// The good row with some values changed, as a line of a file with `;`.
    static func line(_ changes: [AffiliateColumn: String] = [:]) -> String {
        let row = good.merging(changes) { $1 }
        return AffiliateColumn.allCases.map { row[$0] ?? "" }.joined(separator: ";")
    }

    /// A file of the documented header and lines.
    static func file(_ lines: String...) -> [UInt8] { file(lines: lines) }

    /// A file of the documented header and lines.
    static func file(lines: [String]) -> [UInt8] {
        Array(([columns.joined(separator: ";")] + lines).joined(separator: "\n").utf8)
    }

    static func rules(insurers: [String] = ["ESS207", "ESSC07"]) throws -> AffiliateFileRules {
        let codes = insurers.compactMap(InsurerCode.init(rawValue:))
        let regimes: [String: Regime] = [
            "ESS207": .subsidized, "ESSC07": .contributory, "EPS001": .contributory, "RES002": .special,
        ]
        return AffiliateFileRules(
            today: try date("2026-11-21"), ownInsurers: codes,
            regimes: Dictionary(
                uniqueKeysWithValues: regimes.compactMap { code, regime in
                    InsurerCode(rawValue: code).map { ($0, regime) }
                }),
            divipola: try divipola.get())
    }

    static func date(_ text: String) throws -> CalendarDate {
        guard let date = CalendarDate(text) else { throw NoDate(text: text) }
        return date
    }

    private struct NoDate: Error {
        let text: String
    }

    static let divipola = Result { () throws -> Divipola in
        func text(_ name: String) throws -> String {
            let file = TestDatabase.repository.appending(path: "sql/data/\(name)")
            return try String(contentsOf: file, encoding: .utf8)
        }
        return try Divipola(csv: text("divipola.csv"), retired: text("divipola_retired.csv"))
    }
}

/// All that the reader says of a file.
struct ReadFile {
    var format: AffiliateFileFormat
    var rows: [Row] = []
    var refusals: [Refusal] = []
    var readCount = 0
    var refusedCount = 0

    /// An accepted row as text, column by column.
    struct Row: Equatable {
        var line: Int
        var values: [AffiliateColumn: String]
    }

    /// Reads a whole file.
    init(_ source: any ByteSource, rules: AffiliateFileRules) throws {
        var reader = try AffiliateFileReader(source, rules: rules)
        format = reader.format
        while true {
            switch try reader.next() {
            case .accepted:
                let (row, text) = reader.row
                rows.append(Row(row, of: text))
            case .refused:
                refusals += reader.refusals
            case .endOfFile:
                readCount = reader.readCount
                refusedCount = reader.refusedCount
                return
            }
        }
    }

    init(_ bytes: [UInt8], rules: AffiliateFileRules? = nil) throws {
        try self.init(BytesInMemory(bytes), rules: try rules ?? AffiliateFiles.rules())
    }

    init(_ text: String) throws {
        try self.init(Array(text.utf8))
    }
}

extension ReadFile.Row {
    init(_ row: AffiliateRow, of text: [UInt8]) {
        line = row.line
        values = [
            .documentType: row.documentType.rawValue, .birthDate: row.birthDate.description,
            .sex: row.sex.rawValue, .regime: row.regime?.rawValue ?? "", .state: row.state.rawValue,
        ]
        for column in AffiliateColumn.allCases where values[column] == nil {
            values[column] = row.string(column, of: text.span)
        }
    }
}
