import Foundation
import Kernel
import Synchronization
import Tenancy

/// Where files of affiliates lie from their receipt until they are merged or given up, with the reports of their
/// refused rows: on disk, since they may be larger than what a database likes to hold.
struct AffiliateUploadFolder: Sendable {
    /// The folder, for all tenants.
    let folder: URL

    /// Where a file lies.
    func file(_ batch: ID<ImportBatch>, of organization: ID<Organization>) -> URL {
        folder.appending(path: "\(organization)/\(batch).csv")
    }

    /// Where the report of its refused rows lies.
    func report(_ batch: ID<ImportBatch>, of organization: ID<Organization>) -> URL {
        folder.appending(path: "\(organization)/\(batch).rechazadas.csv")
    }

    /// Moves a file in.
    func keep(_ location: URL, as batch: ID<ImportBatch>, of organization: ID<Organization>) throws {
        let place = file(batch, of: organization)
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        try FileManager.default.moveItem(at: location, to: place)
    }

    /// The tenants that files lie here of.
    func organizations() -> [ID<Organization>] {
        names(in: folder).compactMap { ID<Organization>($0) }
    }

    /// The files that lie here of a tenant.
    func batches(of organization: ID<Organization>) -> Set<ID<ImportBatch>> {
        Set(
            names(in: folder.appending(path: "\(organization)")).compactMap { name in
                name.split(separator: ".").first.flatMap { ID<ImportBatch>(String($0)) }
            })
    }

    private func names(in folder: URL) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    }

    /// Removes a file and its report; there may be none.
    func remove(_ batch: ID<ImportBatch>, of organization: ID<Organization>) {
        for place in [file(batch, of: organization), report(batch, of: organization)] {
            try? FileManager.default.removeItem(at: place)
        }
    }
}

/// The report of refused rows of a file, written as they come and cut where the tenant could keep no more of it.
final class RefusalReportFile: Sendable {
    /// The last line of a report that was cut.
    private static let remainder =
        ";;;\"El informe llegó a su tamaño máximo: hay más filas rechazadas. Corrija estas y vuelva a subir el archivo.\"\r\n"

    private struct Draft {
        let handle: FileHandle
        var byteCount = 0
        var isCut = false
    }

    private let draft: Mutex<Draft>

    /// Begins a report, over that of an earlier check.
    init(at location: URL) throws {
        _ = FileManager.default.createFile(
            atPath: location.path, contents: nil, attributes: [.posixPermissions: 0o600])
        draft = Mutex(Draft(handle: try FileHandle(forWritingTo: location)))
    }

    /// Writes whole lines.
    func write(_ lines: [UInt8]) throws {
        try draft.withLock { draft in
            guard !draft.isCut else { return }
            let room = StoredFile.maximumSize - Self.remainder.utf8.count - draft.byteCount
            var lines = lines[...]
            if lines.count > room {
                // Every line break ends a line: those of values were made visible.
                let end =
                    lines.prefix(room).lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? lines.startIndex
                lines = lines[..<end] + Array(Self.remainder.utf8)
                draft.isCut = true
            }
            try draft.handle.write(contentsOf: Data(lines))
            draft.byteCount += lines.count
        }
    }

    /// Ends it.
    ///
    /// - Returns: Whether it was cut.
    func finish() throws -> Bool {
        try draft.withLock { draft in
            try draft.handle.close()
            return draft.isCut
        }
    }
}
