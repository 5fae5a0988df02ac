public import Foundation
import Kernel
public import Postgres

/// Confirms how long a class of files is kept in the entity, with the table of retention that orders it. From then on what
/// is older is put before people to decide; nothing goes by itself.
public struct ConfirmRetentionTerm: Command {
    /// Who may do it.
    public static let permission = Permission.confirmRetentionTerms
    /// The term.
    public let term: RetentionTerm

    /// Takes what a person filled in.
    ///
    /// - Throws: ``RetentionTermError``.
    public init(
        of retention: RetentionClass, _ disposition: RetentionTerm.Disposition, years: Int?,
        from start: RetentionTerm.Start, norm: String
    ) throws(RetentionTermError) {
        let norm = norm.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard norm.count >= 8 else { throw .normMissing }
        guard disposition == .keep || years != nil else { throw .yearsMissing }
        guard disposition == .keep || start != .closing || retention.closing != nil else {
            throw .closingUnknown
        }
        term = RetentionTerm(
            of: retention, years: disposition == .keep ? nil : years,
            from: disposition == .keep ? .document : start, norm: norm, isConfirmed: true, isOwn: true)
    }

    /// The office's chain.
    public var stream: AuditStream { .office }

    /// Confirms it.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        try await transaction.insert(term, at: now)
        return Audited(
            AuditEvent(
                "tenancy.retention_term.confirmed",
                details: ["class": term.retention.title, "term": term.length, "norm": term.norm]))
    }
}

/// Takes the confirmation of a term back: the catalogue's proposal guides again, and nothing passes it.
public struct WithdrawRetentionTerm: Command {
    /// Who may do it.
    public static let permission = Permission.confirmRetentionTerms
    /// The class.
    public let retention: RetentionClass
    /// Why.
    public let reason: String

    /// Takes what a person wrote.
    ///
    /// - Throws: ``RetentionTermError/reasonMissing``.
    public init(of retention: RetentionClass, because reason: String) throws(RetentionTermError) {
        let reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !reason.isEmpty else { throw .reasonMissing }
        self.retention = retention
        self.reason = reason
    }

    /// The office's chain.
    public var stream: AuditStream { .office }

    /// Takes it back.
    ///
    /// - Throws: ``RetentionTermError/notConfirmed``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard try await transaction.withdrawRetentionTerms(of: retention, because: reason, at: now) > 0 else {
            throw RetentionTermError.notConfirmed
        }
        return Audited(
            AuditEvent(
                "tenancy.retention_term.withdrawn",
                details: ["class": retention.title, "reason": reason]))
    }
}

/// Asks how long each class of files is kept.
public struct ReadRetentionTerms: Query {
    /// Who may ask it.
    public static let permission = Permission.readRetentionTerms
    /// Where the right is asked.
    public let stream: AuditStream

    /// Asks in a space.
    public init(in stream: AuditStream = .office) {
        self.stream = stream
    }

    /// Reads the answer.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> [RetentionTerm] {
        try await transaction.retentionTerms()
    }
}
