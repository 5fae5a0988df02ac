public import Foundation
public import Kernel

/// A file of anchors: a line of JSON each, only ever appended to.
public struct AnchorFile: Sendable {
    /// Where it is.
    public let url: URL

    /// Names a file, or a folder of such files to read.
    public init(url: URL) {
        self.url = url
    }

    /// Adds anchors at the end, and waits until they are on the disk.
    ///
    /// - Throws: ``AnchorFileError/cannotBeWritten(_:)``.
    public func append(_ anchors: [Anchor]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        do {
            var text = Data()
            for anchor in anchors {
                text += try encoder.encode(anchor)
                text.append(UInt8(ascii: "\n"))
            }
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            let descriptor = open(url.path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
            guard descriptor >= 0 else { throw AnchorFileError.cannotBeWritten(url.path) }
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            try handle.write(contentsOf: text)
            try handle.synchronize()
        } catch let error as AnchorFileError {
            throw error
        } catch {
            throw AnchorFileError.cannotBeWritten(url.path)
        }
    }

    /// Reads the anchors of the file, or of all files `*.jsonl` of the folder.
    ///
    /// - Throws: ``AnchorFileError``.
    public func read() throws -> [Anchor] {
        var isFolder = ObjCBool(false)
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
            throw AnchorFileError.cannotBeRead(url.path)
        }
        let files =
            isFolder.boolValue
            ? try FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil)
                .filter { $0.pathExtension == "jsonl" }.sorted { $0.path < $1.path }
            : [url]
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return try files.flatMap { file in
            guard let data = FileManager.default.contents(atPath: file.path) else {
                throw AnchorFileError.cannotBeRead(file.path)
            }
            return try data.split(separator: UInt8(ascii: "\n")).enumerated().map { number, line in
                do {
                    return try decoder.decode(Anchor.self, from: Data(line))
                } catch {
                    throw AnchorFileError.malformed(file.path, line: number + 1)
                }
            }
        }
    }
}

/// Why a file of anchors is of no use.
public enum AnchorFileError: UserFacingError, Hashable {
    /// It cannot be written.
    case cannotBeWritten(String)
    /// It cannot be read.
    case cannotBeRead(String)
    /// A line is no anchor.
    case malformed(String, line: Int)

    /// The stable code.
    public var code: String {
        switch self {
        case .cannotBeWritten: "tenancy.anchor_file.cannot_be_written"
        case .cannotBeRead: "tenancy.anchor_file.cannot_be_read"
        case .malformed: "tenancy.anchor_file.malformed"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind { .unavailable }

    /// The words for the operator.
    public var message: String {
        switch self {
        case .cannotBeWritten(let path):
            "No se puede escribir el archivo de anclas \(path). Revise los permisos de la carpeta."
        case .cannotBeRead(let path):
            "No se puede leer el archivo de anclas \(path). Revise la ruta y los permisos."
        case .malformed(let path, let line):
            "La línea \(line) de \(path) no es un ancla. Recupere el archivo de donde lo guardó."
        }
    }
}
