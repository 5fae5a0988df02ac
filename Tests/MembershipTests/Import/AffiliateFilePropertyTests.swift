import Kernel
import Testing

@testable import Membership

/// Writes files of affiliates in every guise that is allowed, independently of what reads them.
private struct FileWriter {
    var random: SeededRandom
    let separator: Character
    let lineBreak: String
    let encoding: FileEncoding
    let hasByteOrderMark: Bool

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
        separator = [";", ",", "|", "\t"].randomElement(using: &random) ?? ";"
        lineBreak = ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
        encoding = Bool.random(using: &random) ? .utf8 : .windows1252
        hasByteOrderMark = encoding == .utf8 && Bool.random(using: &random)
    }

    mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: values.indices, using: &random)]
    }

    /// A row with its values as the reader is to give them back.
    mutating func row(number: Int) -> [AffiliateColumn: String] {
        let surnames = [
            "Pérez", "Muñoz", "De la Hoz", "GÓMEZ", "O'Neill", "Güiza", "Peña;", "Díaz \"Lucho\"", "Ibáñez|",
        ]
        let names = ["María", "José", "ANA", "Íngrid", "Zoé", "Ñusta"]
        let type = pick(["CC", "CE", "PT"])
        let day = CalendarDate(dayNumber: Int.random(in: -14_000...20_000, using: &random))
        return [
            .documentType: type, .documentNumber: "\(100_000 + number)", .firstSurname: pick(surnames),
            .secondSurname: pick(["", pick(surnames)]), .firstName: pick(names),
            .secondName: pick(["", pick(names)]),
            .birthDate: day.description, .sex: pick(["F", "M", "I"]),
            .municipality: pick(["05001", "23672", "11001"]),
            .regime: pick(["contributivo", "subsidiado", "especial"]),
            .state: pick(["active", "suspended", "retired", "deceased"]),
            .phone: pick(["", "3104567890", "+57 310 456 7890"]), .email: pick(["", "a.b@correo.co"]),
            .insurer: pick(["ESS207", "EPS001"]),
        ]
    }

    /// A value as some office would write it.
    mutating func guise(_ column: AffiliateColumn, _ value: String) -> String {
        switch column {
        case .documentType: return pick([value, value.lowercased()])
        case .documentNumber:
            return pick([value, "000\(value)", "\(value.dropLast(3)).\(value.suffix(3))"])
        case .birthDate:
            let parts = value.split(separator: "-")
            return pick([value, "\(parts[2])/\(parts[1])/\(parts[0])"])
        case .state:
            return ["active": "AC", "suspended": "SU", "retired": "RE", "deceased": "AF"][value] ?? value
        case .regime: return pick([value, value.uppercased(), value.prefix(1).uppercased()])
        case .firstSurname, .firstName: return pick([value, " \(value) ", value.replacing(" ", with: "  ")])
        default: return value
        }
    }

    mutating func line(_ values: [String]) -> String {
        values.map { value in
            let needsQuotes = value.contains { $0 == separator || $0 == "\"" || $0.isNewline }
            return needsQuotes || pick([true, false, false])
                ? "\"\(value.replacing("\"", with: "\"\""))\"" : value
        }
        .joined(separator: String(separator))
    }

    func bytes(_ text: String) -> [UInt8] {
        switch encoding {
        case .utf8:
            return (hasByteOrderMark ? [0xEF, 0xBB, 0xBF] : []) + Array(text.utf8)
        case .windows1252:
            // All characters that the rows have are those of Latin-1.
            return text.unicodeScalars.map { UInt8($0.value) }
        }
    }
}

@Suite struct AffiliateFilePropertyTests {
    @Test(arguments: 1...150 as ClosedRange<UInt64>)
    func `whatever guise a file comes in, its rows are read back`(seed: UInt64) throws {
        var writer = FileWriter(seed: seed)
        let columns = AffiliateColumn.allCases.shuffled(using: &writer.random)
        var lines = [writer.line(columns.map(\.header))]
        var expected: [ReadFile.Row] = []
        var line = 2
        for number in 0..<Int.random(in: 1...40, using: &writer.random) {
            if writer.pick([true, false, false, false, false]) {
                lines.append("")
                line += 1
            }
            let row = writer.row(number: number)
            lines.append(
                writer.line(columns.map { writer.guise($0, row[$0] ?? "") }))
            expected.append(.init(line: line, values: row.filter { !$1.isEmpty }))
            line += 1
        }
        let ending = writer.pick(["", writer.lineBreak])
        let bytes = writer.bytes(lines.joined(separator: writer.lineBreak) + ending)
        let file = try ReadFile(
            TornBytes(bytes, longestPiece: writer.pick([1, 13, 1 << 20]), seed: seed),
            rules: AffiliateFiles.rules())
        #expect(file.refusals.isEmpty, "seed \(seed)")
        #expect(file.rows == expected, "seed \(seed)")
        #expect(file.format.separator == writer.separator, "seed \(seed)")
    }

    @Test(arguments: 1...300 as ClosedRange<UInt64>)
    func `however a file is damaged, every record is accepted or refused`(seed: UInt64) throws {
        var writer = FileWriter(seed: seed)
        var lines = [writer.line(AffiliateFiles.columns)]
        for number in 0..<20 {
            let row = writer.row(number: number)
            lines.append(writer.line(AffiliateColumn.allCases.map { writer.guise($0, row[$0] ?? "") }))
        }
        var bytes = writer.bytes(lines.joined(separator: writer.lineBreak))
        let header = writer.bytes(lines[0] + writer.lineBreak).count
        let damage: [UInt8] = [0x22, 0x3B, 0x0A, 0x0D, 0x00, 0x3D, 0xFF, 0xC3, 0x81, 0x2C, 0x20, 0x30]
        for _ in 0..<Int.random(in: 1...12, using: &writer.random) {
            let place = Int.random(in: header..<bytes.count, using: &writer.random)
            switch Int.random(in: 0...2, using: &writer.random) {
            case 0: bytes[place] = writer.pick(damage)
            case 1: bytes.insert(writer.pick(damage), at: place)
            default: bytes.remove(at: place)
            }
        }
        let whole = try ReadFile(BytesInMemory(bytes), rules: AffiliateFiles.rules())
        let torn = try ReadFile(
            TornBytes(bytes, longestPiece: 7, seed: seed), rules: AffiliateFiles.rules())
        #expect(whole.rows == torn.rows && whole.refusals == torn.refusals, "seed \(seed)")
        #expect(whole.readCount == whole.rows.count + whole.refusedCount, "seed \(seed)")
        #expect(Set(whole.refusals.map(\.line)).count == whole.refusedCount, "seed \(seed)")
        #expect(
            Set(whole.refusals.map(\.line)).isDisjoint(with: Set(whole.rows.map(\.line))), "seed \(seed)")
        // Two rows of one person are never both accepted.
        let documents = whole.rows.map { [$0.values[.documentType], $0.values[.documentNumber]] }
        #expect(Set(documents).count == documents.count, "seed \(seed)")
    }

    @Test func `the byte-wise readers agree with those of Kernel`() throws {
        let seed: UInt64 = 20_261_121
        var random = SeededRandom(seed: seed)
        let codes = DocumentTypeCodes()
        let municipalities = try AffiliateFiles.rules().municipalities
        func agree(_ text: String, _ check: (Span<UInt8>, Range<Int>) -> Bool) {
            let bytes = Array(text.utf8)
            if !check(bytes.span, 0..<bytes.count) { Issue.record("\(text), seed \(seed)") }
        }
        for _ in 0..<20_000 {
            let type = DocumentType.allCases.randomElement(using: &random) ?? .cedula
            let signs = Bool.random(using: &random) ? "0123456789" : "0012345AZ"
            let number = String(
                (0..<Int.random(in: 1...12, using: &random)).compactMap { _ in
                    signs.randomElement(using: &random)
                })
            agree(number) { bytes, range in
                let kernel = try? IdentityDocument(type: type, number: number)
                // What the fast way takes is what Kernel takes, unchanged.
                return !bytes.isPlainNumber(range, of: type.numberShape) || kernel?.number == number
            }
            agree(type.rawValue) { codes.entry($0, $1)?.type == type }

            func padded(_ number: Int, _ width: Int) -> String {
                String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
            }
            let (day, month) = (
                Int.random(in: 0...32, using: &random), Int.random(in: 0...13, using: &random)
            )
            let year = Int.random(in: 1800...2100, using: &random)
            agree("\(padded(day, 2))/\(padded(month, 2))/\(year)") {
                $0.date($1) == CalendarDate(year: year, month: month, day: day)
            }
            agree("\(year)-\(padded(month, 2))-\(padded(day, 2))") {
                $0.date($1) == CalendarDate("\(year)-\(padded(month, 2))-\(padded(day, 2))")
            }
            let code = padded(Int.random(in: 0...99_999, using: &random), 5)
            agree(code) { bytes, range in
                let kernel = try? municipalities.divipola.municipality(code: code)
                return bytes.number(range).map(municipalities.contains) == (kernel != nil)
            }
        }
    }

    @Test func `documents are told apart exactly, whatever their length and letters`() {
        var random = SeededRandom(seed: 7)
        var seen = SeenDocuments()
        var first: [String: Int] = [:]
        for line in 1...60_000 {
            let signs = Bool.random(using: &random) ? "01" : "0A"
            let length = Int.random(in: 1...20, using: &random)
            let number = String((0..<length).compactMap { _ in signs.randomElement(using: &random) })
            let type = UInt8.random(in: 1...3, using: &random)
            let bytes = Array(number.utf8)
            let known = seen.firstLine(ofType: type, number: bytes.span, 0..<bytes.count, seenOn: line)
            if known != first["\(type) \(number)"] { Issue.record("\(type) \(number) on line \(line)") }
            first["\(type) \(number)", default: line] = first["\(type) \(number)"] ?? line
        }
    }
}
