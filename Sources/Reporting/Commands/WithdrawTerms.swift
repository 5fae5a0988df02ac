public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Takes back the figures that an entity confirmed for an obligation, with the reason: the catalogue's count again.
public struct WithdrawTerms: Command {
    /// Who may do it.
    public static let permission = Permission.confirmTerms
    /// The obligation.
    public let code: Obligation.Code
    /// The alliance that they were confirmed for; `nil` for all of the entity's.
    public let alliance: Kernel.ID<Alliance>?
    /// Why.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``InvalidInput`` where no reason is told.
    public init(
        code: Obligation.Code, alliance: Kernel.ID<Alliance>?, reason: String
    ) throws(InvalidInput) {
        let reason = reason.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard (8...300).contains(reason.count) else {
            throw InvalidInput([
                .init(field: "reason", message: "Cuente en una frase por qué el plazo deja de contar.")
            ])
        }
        self.code = code
        self.alliance = alliance
        self.reason = reason
    }

    /// Where the right is asked and the act is written.
    public var stream: AuditStream { alliance.map(AuditStream.alliance) ?? .office }

    /// Carries it out.
    ///
    /// - Throws: ``TermsError/notConfirmed`` where nothing is confirmed.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let withdrawn = try await transaction.withdrawTerms(
            of: code, for: alliance, because: reason, at: now)
        guard withdrawn > 0 else { throw TermsError.notConfirmed }
        if alliance == nil { try await transaction.postThatAlliancesChanged(at: now) }
        return Audited(
            AuditEvent("reporting.terms.withdrawn", subject: code.rawValue, details: ["reason": reason]))
    }
}

/// Why terms are not withdrawn.
public enum TermsError: UserFacingError, Hashable {
    /// The entity confirmed none, or took them back already.
    case notConfirmed

    /// The stable code.
    public var code: String { "reporting.terms.not_confirmed" }
    /// The sort of refusal.
    public var kind: ErrorKind { .conflict }
    /// The words for the person.
    public var message: String { "La entidad no tiene plazos confirmados para esta obligación." }
}
