public import Foundation
public import Kernel
public import Postgres

/// A file with its content.
public struct OpenedFile: Sendable {
    /// What is known of the file.
    public let record: FileRecord
    /// Its content.
    public let content: [UInt8]

    /// Joins the two.
    public init(record: FileRecord, content: [UInt8]) {
        self.record = record
        self.content = content
    }
}

/// Hands out the content of a file. A command and not a query: files hold what papers say of people, so each time that
/// one is opened is an event of the chain of its space.
public struct OpenFile: Command {
    /// Who may do it.
    public static let permission = Permission.openFiles
    /// The file.
    public let id: ID<StoredFile>
    /// The space that the file belongs to, where the right is asked and the act is written.
    public let stream: AuditStream

    /// Takes a file as the store knows it.
    public init(_ file: FileRecord) {
        id = file.id
        stream = file.space
    }

    /// Carries it out.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<OpenedFile> {
        guard let record = try await transaction.file(id), record.space == stream else {
            throw StoredFileError.notFound
        }
        if let disposedAt = record.disposedAt {
            throw StoredFileError.disposed(on: ColombianTime.date(at: disposedAt))
        }
        guard let content = try await transaction.content(of: id) else { throw StoredFileError.notFound }
        return Audited(
            OpenedFile(record: record, content: content),
            AuditEvent(
                "tenancy.file.opened", subject: id, words: ["name": record.name],
                isReserved: record.isReserved))
    }
}
