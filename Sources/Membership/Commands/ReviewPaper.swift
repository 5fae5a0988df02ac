public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Accepts or rejects a paper that somebody else recorded. A paper is reviewed once; another paper is another fact.
/// One of an election is reviewed by its committee alone.
public struct ReviewPaper: Command {
    /// Who may do it.
    public static let permission = Permission.reviewFacts
    /// The paper.
    public let paper: ID<FactRecord>
    /// Where it was recorded.
    public let space: EligibilitySpace
    /// Whether it is accepted.
    public let isAccepted: Bool
    /// Why not, or a remark.
    public let reason: String?

    /// Takes what a person decided.
    ///
    /// - Throws: ``PaperError/reasonMissing``.
    public init(
        _ paper: ID<FactRecord>, in space: EligibilitySpace, isAccepted: Bool, reason: String?
    ) throws(PaperError) {
        let reason = reason?.trimmingCharacters(in: .whitespacesAndNewlines)
        guard isAccepted || reason?.isEmpty == false else { throw .reasonMissing }
        self.paper = paper
        self.space = space
        self.isAccepted = isAccepted
        self.reason = reason?.isEmpty == true ? nil : reason
    }

    /// The alliance's chain, or the process's.
    public var stream: AuditStream { space.stream }

    /// Reviews it.
    ///
    /// - Throws: ``PaperError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let reviewer = transaction.scope.principal.user else { throw PaperError.needsUser }
        if space.process != nil { try transaction.scope.principal.require(.decideInElections, in: stream) }
        try await transaction.review(
            paper, in: space, isAccepted: isAccepted, because: reason, by: reviewer, at: now)
        return Audited(
            AuditEvent(
                "membership.paper.reviewed", subject: paper,
                details: ["verdict": isAccepted ? "accepted" : "rejected", "reason": reason ?? ""]))
    }
}
