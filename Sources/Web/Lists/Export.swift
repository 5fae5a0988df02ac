import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore

/// The files that a list can be had as.
enum ExportFormat: String, Sendable, CaseIterable {
    case csv
    case xlsx
    case json

    var title: String {
        switch self {
        case .csv: "CSV"
        case .xlsx: "Excel"
        case .json: "JSON"
        }
    }

    fileprivate var mediaType: String {
        switch self {
        case .csv: "text/csv; charset=utf-8"
        case .xlsx: FileKind.xlsx.mediaType
        case .json: "application/json"
        }
    }
}

/// Rows as a file. It is written while it is sent, so that rows may come from an `AsyncSequence` that reads them
/// as it goes.
struct Export<Rows: AsyncSequence & Sendable>: Answer where Rows.Element: Sendable {
    private let title: String
    private let header: [String]
    private let keys: [String]
    private let cells: @Sendable (Rows.Element) -> [Cell]
    private let rows: Rows
    private let count: Int
    private let format: ExportFormat

    /// Rows that are read as they are sent; `count` is how many there are, as far as is known before.
    init<Sort>(
        _ title: String, _ columns: [Column<Rows.Element, Sort>], reading rows: Rows, count: Int,
        as format: ExportFormat
    ) {
        let columns = columns.filter { $0.value != nil }
        self.title = title
        self.rows = rows
        self.count = count
        self.format = format
        header = columns.map(\.title)
        keys = columns.map(\.key)
        cells = { row in columns.map { $0.value?(row) ?? .empty } }
    }

    func response(to visit: Visit) async throws -> Response {
        let day = ColombianTime.date(at: visit.now)
        let name = "\(title.folded.replacing(" ", with: "-"))-\(day).\(format.rawValue)"
        var response = Response(status: .ok, headers: .download(name, mediaType: format.mediaType))
        switch format {
        case .csv: response.body = text(CSVEncoder(header: header))
        case .json: response.body = text(JSONRowsEncoder(keys: keys))
        case .xlsx:
            guard count <= Workbook.rowLimit else { throw ExportError.tooManyForExcel(count) }
            let workbook = try Workbook(title: title, header: header, in: visit.site.scratch)
            for try await row in rows { try workbook.append(cells(row)) }
            let file = try workbook.finish()
            response.body = ResponseBody(contentLength: file.byteCount) { writer in
                let handle = try FileHandle(forReadingFrom: file.location)
                defer { try? handle.close() }
                while let bytes = try handle.read(upToCount: 128 * 1024), !bytes.isEmpty {
                    try await writer.write(ByteBuffer(bytes: bytes))
                }
                try await writer.finish(nil)
            }
        }
        return response
    }

    private func text(_ encoder: some RowEncoder) -> ResponseBody {
        ResponseBody { writer in
            var encoder = encoder
            var bytes = encoder.beginning
            for try await row in rows {
                encoder.append(cells(row), to: &bytes)
                if bytes.count > 64 * 1024 {
                    try await writer.write(ByteBuffer(bytes: bytes))
                    bytes.removeAll(keepingCapacity: true)
                }
            }
            bytes += encoder.end
            try await writer.write(ByteBuffer(bytes: bytes))
            try await writer.finish(nil)
        }
    }
}

/// Why a list is not had as a file.
enum ExportError: UserFacingError, Hashable {
    /// A sheet of Excel has no room for so many rows.
    case tooManyForExcel(Int)

    var code: String { "web.export.too_many_for_excel" }
    var kind: ErrorKind { .refused }
    var message: String {
        switch self {
        case .tooManyForExcel(let count):
            """
            La lista tiene \(SpanishFormat.number(count)) filas y en una hoja de Excel caben \
            \(SpanishFormat.number(Workbook.rowLimit)). Descárguela en CSV, o use los filtros.
            """
        }
    }
}

/// Writes rows as text.
private protocol RowEncoder: Sendable {
    var beginning: [UInt8] { get }
    var end: [UInt8] { get }
    mutating func append(_ cells: [Cell], to bytes: inout [UInt8])
}

/// Comma-separated values as Excel reads them in Colombia: semicolons, a byte order mark, commas for decimals.
struct CSVEncoder: RowEncoder {
    let header: [String]

    var beginning: [UInt8] {
        var bytes = Array("\u{FEFF}".utf8)
        append(header.map(Cell.text), to: &bytes)
        return bytes
    }

    var end: [UInt8] { [] }

    func append(_ cells: [Cell], to bytes: inout [UInt8]) {
        bytes += cells.map(Self.field).joined(separator: ";").utf8
        bytes += "\r\n".utf8
    }

    /// A field, in quotes where it needs them.
    ///
    /// A text that a spreadsheet would run as a formula gets an apostrophe ahead (OWASP, "CSV Injection"); numbers
    /// and dates, which nobody typed, stay as they are.
    static func field(_ cell: Cell) -> String {
        let text =
            switch cell {
            case .text(let text): guarded(text)
            case .integer(let number): String(number)
            case .decimal, .share: cell.words.replacing(".", with: "").replacing("\u{2212}", with: "-")
            case .date, .instant, .status, .mark, .empty: cell.words
            }
        // Scalars, since a carriage return and a line feed together are one character, and a mark may join a sign.
        guard text.unicodeScalars.contains(where: ";\"\r\n\t".unicodeScalars.contains) || text.hasPrefix(" ")
        else { return text }
        return "\"\(text.replacing("\"", with: "\"\""))\""
    }

    private static func guarded(_ text: String) -> String {
        guard
            let first = text.unicodeScalars.first(where: {
                !$0.properties.isWhitespace || "\t\r\n".unicodeScalars.contains($0)
            })
        else { return text }
        return "=+-@\t\r\n|＝＋－＠".unicodeScalars.contains(first) ? "'" + text : text
    }
}

/// An array of objects, with dates in ISO 8601 and numbers as numbers.
struct JSONRowsEncoder: RowEncoder {
    let keys: [String]
    private var isFirst = true

    init(keys: [String]) {
        self.keys = keys
    }

    var beginning: [UInt8] { Array("[".utf8) }
    var end: [UInt8] { Array("\n]\n".utf8) }

    mutating func append(_ cells: [Cell], to bytes: inout [UInt8]) {
        bytes += (isFirst ? "\n{" : ",\n{").utf8
        isFirst = false
        for (index, (key, cell)) in zip(keys, cells).enumerated() {
            if index > 0 { bytes += ",".utf8 }
            bytes += "\(Self.quoted(key)):\(Self.value(cell))".utf8
        }
        bytes += "}".utf8
    }

    private static func value(_ cell: Cell) -> String {
        switch cell {
        case .integer(let number): String(number)
        case .decimal(let number, let decimals):
            SpanishFormat.number(number, decimals: decimals).replacing(".", with: "")
                .replacing(",", with: ".").replacing("\u{2212}", with: "-")
        case .share(let part, let whole): "{\"parte\":\(part),\"total\":\(whole)}"
        case .date(let date): quoted(date.description)
        case .instant(let instant): quoted(instant.formatted(.iso8601))
        case .text, .status, .mark: quoted(cell.words)
        case .empty: "null"
        }
    }

    /// A string of JSON (RFC 8259 §7).
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\u{0}"..<"\u{20}":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
