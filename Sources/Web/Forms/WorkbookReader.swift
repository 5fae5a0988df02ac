import CExpat
import Foundation
import Kernel

/// Why a workbook is not read.
enum WorkbookError: UserFacingError, Hashable {
    /// It is no workbook, or a damaged one.
    case unreadable
    /// Unpacked it is larger than any plan or list that an office keeps.
    case tooLarge

    var code: String {
        switch self {
        case .unreadable: "web.workbook.unreadable"
        case .tooLarge: "web.workbook.too_large"
        }
    }

    var kind: ErrorKind { .invalid }
    var field: String? { "file" }

    var message: String {
        switch self {
        case .unreadable:
            "No pudimos leer el archivo de Excel: puede estar dañado o protegido con contraseña. Ábralo, guárdelo otra vez como .xlsx y envíelo."
        case .tooLarge:
            "La hoja es demasiado grande. Deje solo las filas y columnas que tienen datos y envíela otra vez."
        }
    }
}

extension Spreadsheet {
    /// Reads a file that came with a form: the first sheet of a workbook, or CSV.
    ///
    /// - Throws: ``WorkbookError``.
    init(_ file: UploadedFile) throws {
        if try FileKind.of(file, among: [.xlsx]) == .xlsx {
            self = try WorkbookReader(at: file.location).firstSheet()
        } else {
            self.init(csv: try file.content())
        }
    }
}

/// Reads what the first sheet of a workbook of Excel shows (ECMA-376, part 1, 18.3 and 18.4). No formula is reckoned: a
/// cell shows what it showed when it was saved.
private struct WorkbookReader {
    /// The most bytes of a part of it, unpacked: what a file says of itself is not trusted.
    private static let limit = 16 * 1024 * 1024
    private static let mostColumns = 100
    private static let mostRows = 20_000

    private let archive: ZipReader

    init(at location: URL) throws {
        guard let archive = ZipReader(at: location) else { throw WorkbookError.unreadable }
        self.archive = archive
    }

    func firstSheet() throws -> Spreadsheet {
        let place = try sheetPlace()
        guard let sheet = try part(place) else { throw WorkbookError.unreadable }
        let texts = try part("xl/sharedStrings.xml").map(sharedTexts) ?? []
        return try rows(of: sheet, texts)
    }

    // MARK: Parts

    private func part(_ name: String) throws -> [UInt8]? {
        do throws(ZipReader.Failure) {
            return try archive.content(of: name, upTo: Self.limit)
        } catch {
            throw error == .tooLarge ? WorkbookError.tooLarge : WorkbookError.unreadable
        }
    }

    /// Where the first sheet lies, as the workbook says.
    private func sheetPlace() throws -> String {
        let usual = "xl/worksheets/sheet1.xml"
        guard let book = try part("xl/workbook.xml"), let links = try part("xl/_rels/workbook.xml.rels")
        else {
            return usual
        }
        var sheet: String?
        try Markup.read(book) { event in
            if case .start("sheet", let attributes) = event, sheet == nil { sheet = attributes["id"] }
        }
        var place: String?
        try Markup.read(links) { event in
            if case .start("Relationship", let attributes) = event, attributes["Id"] == sheet {
                place = attributes["Target"]
            }
        }
        guard let place else { return usual }
        return place.hasPrefix("/") ? String(place.dropFirst()) : "xl/\(place)"
    }

    private func sharedTexts(_ xml: [UInt8]) throws -> [String] {
        var texts: [String] = []
        var text = ""
        var (isText, isReading) = (false, true)
        try Markup.read(xml) { event in
            switch event {
            case .start("si", _): text = ""
            case .start("rPh", _): isReading = false
            case .end("rPh"): isReading = true
            case .start("t", _): isText = isReading
            case .end("t"): isText = false
            case .end("si"): texts.append(text)
            case .text(let piece): if isText { text += piece }
            default: break
            }
        }
        return texts
    }

    private func rows(of xml: [UInt8], _ texts: [String]) throws -> Spreadsheet {
        var rows: [Spreadsheet.Row] = []
        var cells: [String] = []
        var (number, column) = (0, 0)
        var (kind, value) = ("n", "")
        var isValue = false
        try Markup.read(xml) { event in
            switch event {
            case .start("row", let attributes):
                number = attributes["r"].flatMap { Int($0) } ?? number + 1
                cells = []
                column = -1
            case .start("c", let attributes):
                column = attributes["r"].flatMap(Self.column) ?? column + 1
                kind = attributes["t"] ?? "n"
                value = ""
            case .start("v", _), .start("t", _): isValue = true
            case .end("v"), .end("t"): isValue = false
            case .text(let piece): if isValue { value += piece }
            case .end("c"):
                guard (0..<Self.mostColumns).contains(column) else { break }
                while cells.count <= column { cells.append("") }
                cells[column] = Self.shown(value, as: kind, texts)
            case .end("row"):
                if rows.count < Self.mostRows { rows.append(Spreadsheet.Row(number: number, cells: cells)) }
            default: break
            }
        }
        return Spreadsheet(rows: rows)
    }

    /// What a cell shows.
    private static func shown(_ value: String, as kind: String, _ texts: [String]) -> String {
        switch kind {
        case "s":
            guard let index = Int(value), texts.indices.contains(index) else { return "" }
            return texts[index]
        case "b": return value == "1" ? "Sí" : "No"
        case "n":
            guard let number = Double(value), number.rounded() == number, abs(number) < 1e15 else {
                return value
            }
            return String(Int(number))
        default: return value
        }
    }

    /// The place of a cell: «C7» is the third column.
    private static func column(of reference: String) -> Int? {
        var column = 0
        for letter in reference.utf8.prefix(while: { (65...90).contains($0) }) {
            guard column < 1_000_000 else { return nil }
            column = column * 26 + Int(letter) - 64
        }
        return column == 0 ? nil : column - 1
    }
}

/// What stands in a text of XML, piece by piece, names without their prefixes.
private enum Markup {
    case start(String, [String: String])
    case end(String)
    case text(String)

    /// What takes the pieces, for expat, which hands no more than a pointer on.
    private final class Reader {
        let take: (Markup) -> Void

        init(_ take: @escaping (Markup) -> Void) {
            self.take = take
        }
    }

    /// Reads a text. Nothing outside of it is fetched; expat itself stops entities that swell.
    static func read(_ bytes: [UInt8], _ take: (Markup) -> Void) throws {
        guard let parser = XML_ParserCreate(nil) else { throw WorkbookError.unreadable }
        defer { XML_ParserFree(parser) }
        try withoutActuallyEscaping(take) { take in
            let reader = Reader(take)
            // It outlives the parse below, and the parser takes nothing on after it.
            XML_SetUserData(parser, Unmanaged.passUnretained(reader).toOpaque())
            XML_SetElementHandler(
                parser,
                { data, name, attributes in
                    guard let reader = Markup.reader(data), let name else { return }
                    var found: [String: String] = [:]
                    var place = attributes
                    while let key = place?.pointee, let value = place?.successor().pointee {
                        found[Markup.plain(key)] = String(cString: value)
                        place = place?.advanced(by: 2)
                    }
                    reader.take(.start(Markup.plain(name), found))
                },
                { data, name in
                    guard let reader = Markup.reader(data), let name else { return }
                    reader.take(.end(Markup.plain(name)))
                })
            XML_SetCharacterDataHandler(parser) { data, text, count in
                guard let reader = Markup.reader(data), let text else { return }
                let bytes = UnsafeBufferPointer(start: text, count: Int(count))
                reader.take(.text(String(decoding: bytes.lazy.map(UInt8.init(bitPattern:)), as: UTF8.self)))
            }
            let status = bytes.withUnsafeBytes { raw in
                XML_Parse(parser, raw.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(raw.count), 1)
            }
            withExtendedLifetime(reader) {}
            guard status == XML_STATUS_OK else { throw WorkbookError.unreadable }
        }
    }

    private static func reader(_ data: UnsafeMutableRawPointer?) -> Reader? {
        data.map { Unmanaged<Reader>.fromOpaque($0).takeUnretainedValue() }
    }

    private static func plain(_ name: UnsafePointer<CChar>) -> String {
        let whole = String(cString: name)
        return whole.split(separator: ":").last.map(String.init) ?? whole
    }
}
