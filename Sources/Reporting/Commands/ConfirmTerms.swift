public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Confirms the figures of an obligation for the alliances of the entity, or for one of them, with the norm or
/// procedure that orders them. From then on what is late by them is overdue.
public struct ConfirmTerms: Command {
    /// Who may do it.
    public static let permission = Permission.confirmTerms
    /// The obligation.
    public let code: Obligation.Code
    /// The alliance; `nil` for all of the entity's.
    public let alliance: Kernel.ID<Alliance>?
    /// The terms.
    public let terms: OwnTerms

    /// Takes what a person filled in.
    ///
    /// - Throws: ``InvalidInput`` where the norm is missing, or a figure is out of range or none of the obligation's.
    public init(
        code: Obligation.Code, alliance: Kernel.ID<Alliance>?, parameters: ObligationParameters, norm: String
    ) throws(InvalidInput) {
        let norm = norm.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        var problems: [InvalidInput.Problem] = []
        if norm.count < 8 || norm.count > 300 {
            problems.append(
                .init(
                    field: "norm",
                    message: "Cite la norma o el procedimiento que ordena el plazo, con su artículo o código."
                ))
        }
        for (name, figure) in parameters.figures where !name.range.contains(figure) {
            problems.append(
                .init(
                    field: name.rawValue,
                    message:
                        "Escriba un número entre \(name.range.lowerBound) y \(name.range.upperBound)."))
        }
        let known = Set(code.parameterNames)
        if known.isEmpty || !known.isSuperset(of: parameters.figures.keys) {
            problems.append(
                .init(field: "norm", message: "Esta obligación no tiene esos plazos. Vuelva a escogerla."))
        }
        guard problems.isEmpty else { throw InvalidInput(problems) }
        self.code = code
        self.alliance = alliance
        terms = OwnTerms(parameters: parameters, norm: norm)
    }

    /// Where the right is asked and the act is written.
    public var stream: AuditStream { alliance.map(AuditStream.alliance) ?? .office }

    /// Carries it out.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.add(terms, of: code, for: alliance, at: now)
        if alliance == nil { try await transaction.postThatAlliancesChanged(at: now) }
        let figures = terms.parameters.figures.map { "\($0.key.rawValue)=\($0.value)" }.sorted()
        return Audited(
            AuditEvent(
                "reporting.terms.confirmed", subject: code.rawValue,
                details: ["norm": terms.norm, "figures": figures.joined(separator: " ")]))
    }
}
