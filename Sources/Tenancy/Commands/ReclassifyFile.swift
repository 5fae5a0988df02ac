public import Foundation
public import Kernel
public import Postgres

/// Keeps a file as something else than what follows from what it proves, with the reason.
public struct ReclassifyFile: Command {
    /// Who may do it.
    public static let permission = Permission.reclassifyFiles
    /// The file.
    public let id: ID<StoredFile>
    /// What it is kept as.
    public let retention: RetentionClass
    /// Why.
    public let reason: String
    /// The space that the file belongs to, where the right is asked and the act is written.
    public let stream: AuditStream

    /// Takes what a person filled in about a file as the store knows it.
    ///
    /// - Throws: ``StoredFileError``.
    public init(
        _ file: FileRecord, as retention: RetentionClass, because reason: String
    ) throws(StoredFileError) {
        let reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !reason.isEmpty else { throw .reasonMissing }
        id = file.id
        self.retention = retention
        self.reason = reason
        stream = file.space
    }

    /// Carries it out.
    ///
    /// - Throws: ``StoredFileError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard let file = try await transaction.file(id), file.space == stream else {
            throw StoredFileError.notFound
        }
        guard retention.kept(in: stream) == retention, retention != file.retention else {
            throw StoredFileError.classStays
        }
        try await transaction.reclassify(id, as: retention, because: reason, at: now)
        return Audited(
            AuditEvent(
                "tenancy.file.reclassified", subject: id,
                details: ["from": file.retention.title, "to": retention.title, "reason": reason]))
    }
}
