public import Foundation
public import Kernel
public import Postgres

/// Keeps a file of the office, of an alliance or of a process.
public struct StoreFile: Command {
    /// Who may do it.
    public static let permission = Permission.storeFiles
    /// The file.
    public let file: StoredFile
    /// What it proves.
    public let retention: RetentionClass
    /// Where the right is asked and the act is written.
    public let stream: AuditStream

    /// Takes a file for a space.
    public init(_ file: StoredFile, as retention: RetentionClass, in stream: AuditStream) {
        self.file = file
        self.retention = retention
        self.stream = stream
    }

    /// Carries it out.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<StoredFile>> {
        let id = try await transaction.store(file, as: retention, in: stream, at: now)
        return Audited(
            id,
            AuditEvent(
                "tenancy.file.stored", subject: id,
                details: [
                    "sha256": file.sha256.map { String(format: "%02x", $0) }.joined(),
                    "effective_on": file.effectiveOn.description,
                ]))
    }
}
