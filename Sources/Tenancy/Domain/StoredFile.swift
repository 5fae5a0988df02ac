import Crypto
import Foundation
public import Kernel

/// A file that the tenant keeps as it came: a proof, a signed sheet, a logo. It is never changed and never
/// removed.
public struct StoredFile: Sendable, Hashable, Identifiable {
    /// The largest file, in octets (25 MiB).
    public static let maximumSize = 26_214_400

    /// Identifies the file within the tenant.
    public private(set) var id: ID<StoredFile>
    /// The name under which it is handed out.
    public let name: String
    /// What its content shows it to be.
    public let mediaType: MediaType
    /// The content.
    public let content: [UInt8]
    /// The day on which the document itself was made or signed, apart from the moment of storing it.
    public let effectiveOn: CalendarDate

    /// Takes a file in.
    ///
    /// - Parameters:
    ///   - name: The name that the sender's system gave it; folders are cut off.
    ///   - content: The octets.
    ///   - effectiveOn: The day of the document itself.
    ///   - accepted: The types that the place takes.
    /// - Throws: The first rule that the file breaks.
    public init(
        name: String, content: [UInt8], effectiveOn: CalendarDate,
        accepted: Set<MediaType> = Set(MediaType.allCases)
    ) throws(StoredFileError) {
        guard !content.isEmpty else { throw .empty }
        guard content.count <= Self.maximumSize else { throw .tooLarge(bytes: content.count) }
        guard let type = MediaType(sniffing: content, name: name), accepted.contains(type) else {
            throw .typeNotAccepted(accepted)
        }
        id = ID()
        self.name = Self.tidied(name, type: type)
        mediaType = type
        self.content = content
        self.effectiveOn = effectiveOn
    }

    /// The same file, to be kept in another space.
    public func copied() -> StoredFile {
        var other = self
        other.id = ID()
        return other
    }

    /// The digest of the content, by which the file is told to be the same.
    public var sha256: [UInt8] { Array(SHA256.hash(data: content)) }

    /// The last part of a path, without control characters, ending as its type does: a name never tells the
    /// reader's system to treat it as something else.
    private static func tidied(_ name: String, type: MediaType) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let visible = last.unicodeScalars.filter {
            !CharacterSet.controlCharacters.contains($0) && !CharacterSet.illegalCharacters.contains($0)
        }
        var stem = String(String.UnicodeScalarView(visible)).trimmingCharacters(in: .whitespaces)
        if let dot = stem.lastIndex(of: "."), stem.distance(from: dot, to: stem.endIndex) <= 6 {
            stem = String(stem[..<dot])
        }
        stem = String(stem.prefix(180)).trimmingCharacters(in: CharacterSet(charactersIn: ". "))
        return "\(stem.isEmpty ? "archivo" : stem).\(type.suffix)"
    }
}

/// A type of file that the product keeps.
public enum MediaType: String, Sendable, Hashable, CaseIterable {
    /// Portable Document Format.
    case pdf = "application/pdf"
    /// An image without loss.
    case png = "image/png"
    /// A photograph.
    case jpeg = "image/jpeg"
    /// A workbook without macros.
    case xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    /// A text document without macros.
    case docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    /// A table as text.
    case csv = "text/csv"
    /// Plain text.
    case text = "text/plain"

    /// The end of a file's name.
    public var suffix: String {
        switch self {
        case .pdf: "pdf"
        case .png: "png"
        case .jpeg: "jpg"
        case .xlsx: "xlsx"
        case .docx: "docx"
        case .csv: "csv"
        case .text: "txt"
        }
    }

    /// Finds the type of a content by its own marks. The name decides only between a table and plain text,
    /// which look alike.
    init?(sniffing content: [UInt8], name: String) {
        switch content {
        case _ where content.starts(with: Array("%PDF-".utf8)): self = .pdf
        case _ where content.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]): self = .png
        case _ where content.starts(with: [0xFF, 0xD8, 0xFF]): self = .jpeg
        case _ where content.starts(with: [0x50, 0x4B, 0x03, 0x04]):
            guard let names = ZipDirectory.names(in: content), names.contains("[Content_Types].xml"),
                !names.contains(where: { $0.hasSuffix("vbaProject.bin") })
            else { return nil }
            if names.contains("xl/workbook.xml") {
                self = .xlsx
            } else if names.contains("word/document.xml") {
                self = .docx
            } else {
                return nil
            }
        default:
            // Tabs and line ends are the only control characters of a text.
            let hasControls = content.contains {
                $0 < 0x20 && ![0x09, 0x0A, 0x0D].contains($0) || $0 == 0x7F
            }
            guard !hasControls else { return nil }
            let start = String(decoding: content.prefix(256), as: UTF8.self)
                .trimmingCharacters(in: .whitespacesAndNewlines.union(CharacterSet(charactersIn: "\u{FEFF}")))
            // A browser might run it, whatever its name.
            guard !start.hasPrefix("<") else { return nil }
            self = name.lowercased().hasSuffix(".csv") ? .csv : .text
        }
    }
}

/// The table of contents of a ZIP archive.
///
/// - SeeAlso: APPNOTE.TXT of PKWARE, §4.3.12 and §4.3.16.
enum ZipDirectory {
    /// The names of the entries, `nil` where the archive has no readable directory. Nothing is unpacked.
    static func names(in archive: [UInt8]) -> [String]? {
        func number(_ offset: Int, _ size: Int) -> Int? {
            guard offset >= 0, offset + size <= archive.count else { return nil }
            return (0..<size).reversed().reduce(0) { $0 << 8 | Int(archive[offset + $1]) }
        }
        // The end record is the last thing but for a comment of at most 65,535 octets.
        let earliest = max(0, archive.count - 22 - 65_535)
        guard
            let end = stride(from: archive.count - 22, through: earliest, by: -1).first(where: {
                number($0, 4) == 0x0605_4B50
            }), let count = number(end + 10, 2), var offset = number(end + 16, 4)
        else { return nil }
        var names: [String] = []
        for _ in 0..<count {
            guard number(offset, 4) == 0x0201_4B50, let nameLength = number(offset + 28, 2),
                let extraLength = number(offset + 30, 2), let commentLength = number(offset + 32, 2),
                offset + 46 + nameLength <= archive.count
            else { return nil }
            names.append(String(decoding: archive[offset + 46..<offset + 46 + nameLength], as: UTF8.self))
            offset += 46 + nameLength + extraLength + commentLength
        }
        return names
    }
}

/// Why a file is not kept.
public enum StoredFileError: UserFacingError, Hashable {
    /// It has no content.
    case empty
    /// It has too many octets.
    case tooLarge(bytes: Int)
    /// Its content is of none of the types taken here, whatever its name says.
    case typeNotAccepted(Set<MediaType>)
    /// The tenant has no such file.
    case notFound
    /// Its content was let go after its term.
    case disposed(on: CalendarDate)
    /// Nothing says why it is to be kept as something else.
    case reasonMissing
    /// It is kept as that already, or it is of an election.
    case classStays

    /// The stable code.
    public var code: String {
        switch self {
        case .empty: "tenancy.file.empty"
        case .tooLarge: "tenancy.file.too_large"
        case .typeNotAccepted: "tenancy.file.type_not_accepted"
        case .notFound: "tenancy.file.not_found"
        case .disposed: "tenancy.file.disposed"
        case .reasonMissing: "tenancy.file.reason_missing"
        case .classStays: "tenancy.file.class_stays"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound: .notFound
        case .disposed: .refused
        case .empty, .tooLarge, .typeNotAccepted, .reasonMissing, .classStays: .invalid
        }
    }
    /// The form field.
    public var field: String? {
        switch self {
        case .reasonMissing: "reason"
        case .classStays: "class"
        default: "file"
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .empty:
            "El archivo está vacío. Revíselo y envíelo de nuevo."
        case .tooLarge(let bytes):
            """
            El archivo pesa \((bytes + 1_048_575) / 1_048_576) MB y el máximo es \(StoredFile.maximumSize / 1_048_576) MB. \
            Divídalo o guárdelo con menos resolución.
            """
        case .typeNotAccepted(let accepted):
            """
            El contenido del archivo no es de un tipo que se reciba aquí, aunque su nombre lo diga. \
            Se reciben: \(accepted.map(\.suffix).sorted().joined(separator: ", ")).
            """
        case .notFound:
            "Ese archivo no existe en esta entidad. Vuelva a la página anterior."
        case .disposed(let day):
            "El contenido de ese archivo se eliminó el \(SpanishFormat.longDate(day)), después de su término de conservación. Quedan su nombre, su huella y el acto."
        case .reasonMissing: "Diga por qué el archivo se conserva en otra clase."
        case .classStays: "El archivo ya está en esa clase. Escoja otra."
        }
    }
}
