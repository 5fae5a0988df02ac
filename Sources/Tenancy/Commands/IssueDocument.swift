public import Foundation
public import Kernel
public import Postgres

/// Issues a document of the office, of an alliance or of a process.
public struct IssueDocument: Command {
    /// Who may do it.
    public static let permission = Permission.issueDocuments
    /// The document.
    public let document: NewDocument
    /// Where the right is asked and the act is written.
    public let stream: AuditStream
    /// Whether it is the own of the board of the space's alliance.
    public let isReserved: Bool

    /// Takes a document for a space.
    public init(_ document: NewDocument, in stream: AuditStream, isReserved: Bool = false) {
        self.document = document
        self.stream = stream
        self.isReserved = isReserved
    }

    /// Carries it out.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<IssuedDocument>> {
        let id = try await transaction.issue(document, in: stream, isReserved: isReserved, at: now)
        return Audited(
            id,
            AuditEvent(
                "tenancy.document.issued", subject: id,
                details: [
                    "code": document.code.description, "kind": document.kind,
                    "sha256": Hex.encode(document.file.sha256),
                ], words: ["title": document.title], isReserved: isReserved))
    }
}

/// Declares that an issued document no longer counts (`anular`): who verifies it reads since when and why.
public struct WithdrawDocument: Command {
    /// Who may do it.
    public static let permission = Permission.withdrawDocuments
    /// The document.
    public let id: ID<IssuedDocument>
    /// Why.
    public let reason: String
    /// Where the right is asked and the act is written.
    public let stream: AuditStream

    /// Takes what a person wrote.
    ///
    /// - Throws: ``IssuedDocumentError/reasonMissing``.
    public init(
        _ id: ID<IssuedDocument>, because reason: String, in stream: AuditStream
    ) throws(IssuedDocumentError) {
        self.id = id
        self.reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
        self.stream = stream
        guard !self.reason.isEmpty else { throw .reasonMissing }
    }

    /// Carries it out.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        // The right was asked in the stream: a document of another space is as if there were none.
        guard let document = try await transaction.document(id),
            let file = try await transaction.file(document.file), file.space == stream
        else { throw IssuedDocumentError.notFound }
        guard try await transaction.withdraw(id, because: reason, at: now) else {
            throw IssuedDocumentError.withdrawnAlready
        }
        return Audited(
            AuditEvent(
                "tenancy.document.withdrawn", subject: id,
                details: ["code": document.code],
                words: ["title": document.title, "reason": reason], isReserved: file.isReserved))
    }
}
