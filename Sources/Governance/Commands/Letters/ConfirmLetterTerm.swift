public import Foundation
import Kernel
public import Postgres
public import Tenancy

/// In how long letters are answered, as it counts for the tenant.
public struct ReadLetterTerms: Query {
    /// Who may do it.
    public static let permission = Permission.readLetters

    /// Asks for the terms.
    public init() {}

    /// The office's chain.
    public var stream: AuditStream { .office }

    /// Reads them.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> [LetterTerm]
    {
        try await transaction.letterTerms()
    }
}

/// Confirms in how long letters that ask for something are answered, with what orders it. What is delivered from then on
/// is late by it.
public struct ConfirmLetterTerm: Command {
    /// Who may do it.
    public static let permission = Permission.confirmLetterTerms
    /// The code of the term.
    public let code: String
    /// How many business days.
    public let businessDays: Int
    /// What orders it.
    public let norm: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``LetterError``.
    public init(_ code: String, businessDays: Int, norm: String) throws(LetterError) {
        guard let norm = norm.trimmedOrNil, norm.count >= 8 else { throw .normMissing }
        guard (1...365).contains(businessDays) else { throw .daysOutOfRange }
        self.code = code
        self.businessDays = businessDays
        self.norm = norm
    }

    /// The office's chain.
    public var stream: AuditStream { .office }

    /// Confirms it.
    ///
    /// - Throws: ``LetterError/termNotFound``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let known = try await transaction.letterTerm(code) else { throw LetterError.termNotFound }
        let term = LetterTerm(
            code: code, title: known.title, businessDays: businessDays, norm: norm, isConfirmed: true,
            source: "", isOwn: true)
        try await transaction.insert(term, at: now)
        return Audited(
            AuditEvent(
                "governance.letter_term.confirmed",
                details: ["title": term.title, "term": term.length, "norm": norm]))
    }
}

/// Takes the confirmation of a term back: what was delivered by it keeps the term that it was told.
public struct WithdrawLetterTerm: Command {
    /// Who may do it.
    public static let permission = Permission.confirmLetterTerms
    /// The code of the term.
    public let code: String
    /// Why.
    public let reason: String

    /// Takes what a person wrote.
    ///
    /// - Throws: ``LetterError/noteMissing``.
    public init(_ code: String, because reason: String) throws(LetterError) {
        guard let reason = reason.trimmedOrNil else { throw .noteMissing }
        self.code = code
        self.reason = reason
    }

    /// The office's chain.
    public var stream: AuditStream { .office }

    /// Takes it back.
    ///
    /// - Throws: ``LetterError/termNotFound`` where nothing was confirmed.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let known = try await transaction.letterTerm(code),
            try await transaction.withdrawLetterTerm(code, because: reason, at: now) > 0
        else { throw LetterError.termNotFound }
        return Audited(
            AuditEvent(
                "governance.letter_term.withdrawn", details: ["title": known.title, "reason": reason]))
    }
}
