public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Puts a public statement on the citizen's page, with those to whom it went and what each of them answers.
public struct PublishStatement: Command {
    /// Who may do it.
    public static let permission = Permission.publishStatements
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The statement.
    public let id: ID<Letter>

    /// Names a statement.
    public init(_ id: ID<Letter>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Publishes it; the citizen's page follows through the outbox.
    ///
    /// - Throws: ``LetterError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let letter = try await transaction.letter(id, of: alliance) else { throw LetterError.notFound }
        try letter.requirePublishable()
        try await transaction.insert(StatementPublication(of: id, at: now), in: alliance)
        return Audited(
            AuditEvent(
                "governance.statement.published", subject: id,
                details: [
                    "filing_number": letter.number?.description ?? "",
                    "sha256": letter.digest?.description ?? "",
                ]))
    }
}

/// Takes a public statement off the citizen's page, with the reason.
public struct WithdrawStatement: Command {
    /// Who may do it.
    public static let permission = Permission.publishStatements
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The statement.
    public let id: ID<Letter>
    /// Why.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``LetterError/noteMissing``.
    public init(_ id: ID<Letter>, of alliance: ID<Alliance>, because reason: String) throws(LetterError) {
        guard let reason = reason.trimmedOrNil else { throw .noteMissing }
        self.alliance = alliance
        self.id = id
        self.reason = reason
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Takes it back; the citizen's page follows through the outbox.
    ///
    /// - Throws: ``LetterError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let letter = try await transaction.letter(id, of: alliance) else { throw LetterError.notFound }
        try await transaction.withdrawPublication(of: id, because: reason, at: now)
        return Audited(
            AuditEvent(
                "governance.statement.withdrawn", subject: id,
                details: ["filing_number": letter.number?.description ?? "", "reason": reason]))
    }
}
