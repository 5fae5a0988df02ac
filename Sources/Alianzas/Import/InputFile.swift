import Foundation
import Kernel
import Membership

/// A file named at the terminal, or the standard input. What cannot be read twice is copied first.
struct InputFile: Sendable {
    /// Its name, without its folder.
    let name: String
    /// How many bytes it has; `nil` where that is not known.
    let byteCount: Int?
    /// Where a report about it is put.
    let reportPath: String
    private let path: String
    /// Holds the copy of the standard input, which has no name, open.
    private let copy: FileHandle?

    /// Opens a file.
    ///
    /// - Throws: ``InputFileError``.
    init(_ argument: String) throws {
        var isFolder: ObjCBool = false
        if argument == "-" {
            name = "entrada.csv"
            let copy = try Self.copyOfInput()
            self.copy = copy
            path = "/proc/self/fd/\(copy.fileDescriptor)"
            reportPath = Self.report(beside: FileManager.default.currentDirectoryPath + "/" + name)
        } else {
            guard FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder) else {
                throw InputFileError.notFound(argument)
            }
            guard !isFolder.boolValue else { throw InputFileError.isFolder(argument) }
            guard FileManager.default.isReadableFile(atPath: argument) else {
                throw InputFileError.notReadable(argument)
            }
            let url = URL(filePath: argument).standardizedFileURL
            name = url.lastPathComponent
            path = url.path(percentEncoded: false)
            copy = nil
            reportPath = Self.report(beside: path)
        }
        byteCount = (try? FileManager.default.attributesOfItem(atPath: path)[.size]) as? Int
    }

    /// The bytes of the file.
    func bytes() throws -> FileOnDisk { try FileOnDisk(path: path) }

    /// `padron.csv` → `padron.rechazadas.csv`, beside it.
    private static func report(beside path: String) -> String {
        let url = URL(filePath: path)
        return url.deletingPathExtension().path(percentEncoded: false) + ".rechazadas.csv"
    }

    private static func copyOfInput() throws -> FileHandle {
        let copy = FileManager.default.temporaryDirectory.appending(path: "alianzas-\(UUID().uuidString).csv")
        let path = copy.path(percentEncoded: false)
        _ = FileManager.default.createFile(
            atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        let handle = try FileHandle(forUpdating: copy)
        // Without a name it goes with the process, however that ends.
        try FileManager.default.removeItem(at: copy)
        while let bytes = try StandardStreams.read() { try handle.write(contentsOf: Data(bytes)) }
        return handle
    }
}

/// Why a file named at the terminal is not read.
enum InputFileError: UserFacingError, Hashable {
    case notFound(String)
    case isFolder(String)
    case notReadable(String)
    case reportNotWritable(String)

    var code: String {
        switch self {
        case .notFound: "terminal.file.not_found"
        case .isFolder: "terminal.file.is_folder"
        case .notReadable: "terminal.file.not_readable"
        case .reportNotWritable: "terminal.file.report_not_writable"
        }
    }

    var kind: ErrorKind { .invalid }

    var message: String {
        switch self {
        case .notFound(let path): "No existe el archivo «\(path)»."
        case .isFolder(let path): "«\(path)» es una carpeta. Indique el archivo."
        case .notReadable(let path): "Este usuario no puede leer «\(path)»."
        case .reportNotWritable(let path):
            "No se puede escribir el informe «\(path)». Indique otro lugar con --report."
        }
    }
}
