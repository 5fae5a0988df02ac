import Crypto
import Foundation
import Kernel
import Tenancy

/// A file that came with a form. It lies in a temporary place and goes when nobody holds this value any more.
final class UploadedFile: Sendable {
    /// Where it lies.
    let location: URL
    /// Its name on the person's machine, without folders.
    let name: String
    /// Its size in bytes.
    let byteCount: Int
    /// The SHA-256 of its content, 32 bytes.
    let digest: [UInt8]

    fileprivate init(location: URL, name: String, byteCount: Int, digest: [UInt8]) {
        self.location = location
        self.name = name
        self.byteCount = byteCount
        self.digest = digest
    }

    deinit {
        // Whoever moved it elsewhere has it there.
        try? FileManager.default.removeItem(at: location)
    }

    /// The whole content, for files whose limit is small.
    func content() throws -> [UInt8] { [UInt8](try Data(contentsOf: location)) }

    /// Its first bytes.
    func head(_ count: Int) throws -> [UInt8] {
        let handle = try FileHandle(forReadingFrom: location)
        defer { try? handle.close() }
        return [UInt8](try handle.read(upToCount: count) ?? Data())
    }

    /// A file being received.
    struct Receiver: ~Copyable {
        private let name: String
        private let location: URL
        private let handle: FileHandle
        private let limit: Int
        private var byteCount = 0
        private var hash = SHA256()

        init(named name: String, upTo limit: Int, in scratch: ScratchFolder) throws {
            self.name = Self.plain(name)
            self.limit = limit
            location = scratch.place()
            guard
                FileManager.default.createFile(
                    atPath: location.path, contents: nil, attributes: [.posixPermissions: 0o600])
            else { throw CocoaError(.fileWriteUnknown) }
            handle = try FileHandle(forWritingTo: location)
        }

        mutating func write(_ bytes: ArraySlice<UInt8>) throws {
            byteCount += bytes.count
            guard byteCount <= limit else {
                try? FileManager.default.removeItem(at: location)
                throw FormRefusal.fileTooLarge(name: name, limit: limit)
            }
            hash.update(data: bytes)
            try handle.write(contentsOf: bytes)
        }

        consuming func finish() throws -> UploadedFile {
            try handle.close()
            return UploadedFile(
                location: location, name: name, byteCount: byteCount, digest: Array(hash.finalize()))
        }

        /// Removes what was received so far.
        consuming func discard() {
            try? handle.close()
            try? FileManager.default.removeItem(at: location)
        }

        private static func plain(_ name: String) -> String {
            let last =
                name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? "archivo"
            let visible = last.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
            return String(String(String.UnicodeScalarView(visible)).prefix(200))
        }
    }
}

extension UploadedFile {
    /// The file as it is kept, with the day that the document bears.
    func stored(on day: CalendarDate) throws -> StoredFile {
        try StoredFile(
            name: name, content: try content(), effectiveOn: day, accepted: [.pdf, .jpeg, .png])
    }
}

/// A kind of file that a question accepts, known by its name and by its first bytes.
enum FileKind: Sendable, CaseIterable {
    case csv, xlsx, pdf, jpeg, png, json, zip

    /// The endings of its name.
    var extensions: [String] {
        switch self {
        case .csv: ["csv", "txt"]
        case .xlsx: ["xlsx"]
        case .pdf: ["pdf"]
        case .jpeg: ["jpg", "jpeg"]
        case .png: ["png"]
        case .json: ["json"]
        case .zip: ["zip"]
        }
    }

    /// Its media type.
    var mediaType: String {
        switch self {
        case .csv: "text/csv"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .pdf: "application/pdf"
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .json: "application/json"
        case .zip: "application/zip"
        }
    }

    /// The bytes that it begins with; none for text.
    fileprivate var signature: [UInt8] {
        switch self {
        case .csv, .json: []
        case .xlsx, .zip: [0x50, 0x4B, 0x03, 0x04]
        case .pdf: [0x25, 0x50, 0x44, 0x46, 0x2D]
        case .jpeg: [0xFF, 0xD8, 0xFF]
        case .png: [0x89, 0x50, 0x4E, 0x47]
        }
    }

    fileprivate var title: String {
        switch self {
        case .csv: "CSV"
        case .xlsx: "Excel (.xlsx)"
        case .pdf: "PDF"
        case .jpeg: "JPG"
        case .png: "PNG"
        case .json: "JSON"
        case .zip: "ZIP"
        }
    }

    /// The kind of a file among those accepted, `nil` where name or content is of none.
    static func of(_ file: UploadedFile, among kinds: [FileKind]) throws -> FileKind? {
        let ending = file.name.split(separator: ".").last?.lowercased() ?? ""
        let head = try file.head(8)
        return kinds.first { $0.extensions.contains(ending) && head.starts(with: $0.signature) }
    }
}

extension Field where Value == UploadedFile {
    /// A signed paper, as a scan or a photograph.
    static func paper(_ name: String, _ label: String, hint: String? = nil) -> Self {
        .file(name, label, accepting: [.pdf, .jpeg, .png], megabytes: 10, hint: hint)
    }

    /// A file to send.
    ///
    /// The form needs `hasFiles: true`, and its route a limit of at least so many megabytes. Its hint goes without words of
    /// kind and size where the file comes from the platform itself.
    static func file(
        _ name: String, _ label: String, accepting kinds: [FileKind], megabytes: Int, hint: String? = nil,
        tellsLimit: Bool = true
    ) -> Self {
        let limit = FileLimit(kinds: kinds, megabytes: megabytes)
        let words = [hint, tellsLimit ? "\(limit.inWords)." : nil].compactMap(\.self).joined(separator: " ")
        return Self(
            name, label, hint: words.isEmpty ? nil : words,
            control: { html, situation in html.fileInput(situation, limit) },
            read: { entries throws(FieldProblem) in
                if let refusal = entries.refusedFiles[name] { throw FieldProblem(refusal) }
                guard let file = entries.files[name]?.first, file.byteCount > 0 else {
                    throw FieldProblem("Elija un archivo.")
                }
                try limit.check(file)
                return file
            },
            entries: { _ in [] })
    }
}

extension Field where Value == [UploadedFile] {
    /// Files to send, several at once; none is an answer too, which whoever asks judges. `hint` tells their kinds and limits.
    ///
    /// The form needs `hasFiles: true`, and its route a limit of several files.
    static func files(
        _ name: String, _ label: String, accepting kinds: [FileKind], megabytes: Int, hint: String
    ) -> Self {
        let limit = FileLimit(kinds: kinds, megabytes: megabytes)
        return Self(
            name, label, hint: hint,
            control: { html, situation in html.fileInput(situation, limit, isMultiple: true) },
            read: { entries throws(FieldProblem) in
                if let refusal = entries.refusedFiles[name] { throw FieldProblem(refusal) }
                let files = entries.files[name, default: []].filter { $0.byteCount > 0 }
                for file in files { try limit.check(file) }
                return files
            },
            entries: { _ in [] })
    }
}

/// What a file that is sent may be, and how large.
private struct FileLimit: Sendable {
    let kinds: [FileKind]
    let megabytes: Int

    private var accepted: String { SpanishFormat.choice(kinds.map(\.title)) }
    private var most: String {
        megabytes.isMultiple(of: 1024) ? "\(megabytes / 1024) GB" : "\(megabytes) MB"
    }
    var inWords: String { "\(accepted), hasta \(most)" }

    func check(_ file: UploadedFile) throws(FieldProblem) {
        guard file.byteCount <= megabytes * 1024 * 1024 else {
            throw FieldProblem("El archivo pesa más de \(most). Envíe uno más pequeño.")
        }
        guard (try? FileKind.of(file, among: kinds)) != nil else {
            throw FieldProblem(
                "«\(file.name)» no es un archivo \(accepted). Guárdelo en ese formato y envíelo otra vez.")
        }
    }
}

extension HTML {
    fileprivate mutating func fileInput(
        _ situation: FieldSituation, _ limit: FileLimit, isMultiple: Bool = false
    ) {
        void(
            "input",
            situation.attributes + [
                .class("form-control"), .type("file"), .multiple(isMultiple),
                .data("megabytes", String(limit.megabytes)),
                .accept(limit.kinds.flatMap(\.extensions).map { "." + $0 }.joined(separator: ",")),
            ])
    }
}
