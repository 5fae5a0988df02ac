public import Foundation

/// Where files lie that are being received or made: what people send with a form, workbooks, the pages of a PDF.
///
/// They hold personal data, so they lie with the other data of the installation, and not where any program of the machine
/// puts what it forgets.
public struct ScratchFolder: Sendable {
    /// The folder.
    let folder: URL

    /// Makes the folder anew: what lies there is what a server left that was killed.
    ///
    /// - Throws: What the file system throws.
    public init(emptying folder: URL) throws {
        if FileManager.default.fileExists(atPath: folder.path) {
            try FileManager.default.removeItem(at: folder)
        }
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        self.folder = folder
    }

    /// A place that nobody else has.
    func place(_ ending: String = "") -> URL {
        folder.appendingPathComponent("\(UUID().uuidString)\(ending)")
    }
}
