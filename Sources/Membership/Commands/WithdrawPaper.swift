public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Takes back a paper that was accepted: one that was mistaken counts as never recorded; what it told, such as a
/// sanction that is lifted, ends on a day. Who recorded it does not do this, as in the review; in an election its
/// committee alone does.
public struct WithdrawPaper: Command {
    /// Who may do it.
    public static let permission = Permission.reviewFacts
    /// The paper.
    public let paper: ID<FactRecord>
    /// Where it was recorded.
    public let space: EligibilitySpace
    /// The first day on which what it says does not hold any more; `nil` where it never did.
    public let day: CalendarDate?
    /// Why, and by which decision or document.
    public let reason: String

    /// Takes what a person decided.
    ///
    /// - Throws: ``PaperError/withdrawalNotTold``.
    public init(
        _ paper: ID<FactRecord>, in space: EligibilitySpace, endingOn day: CalendarDate? = nil,
        because reason: String
    ) throws(PaperError) {
        let reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !reason.isEmpty else { throw .withdrawalNotTold }
        self.paper = paper
        self.space = space
        self.day = day
        self.reason = reason
    }

    /// The alliance's chain, or the process's.
    public var stream: AuditStream { space.stream }

    /// Takes it back.
    ///
    /// - Throws: ``PaperError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let user = transaction.scope.principal.user else { throw PaperError.needsUser }
        if space.process != nil { try transaction.scope.principal.require(.decideInElections, in: stream) }
        try await transaction.withdraw(
            paper, in: space, until: day, because: reason, by: user, at: now)
        return Audited(
            AuditEvent(
                day == nil ? "membership.paper.withdrawn" : "membership.paper.ended", subject: paper,
                details: ["day": day?.description ?? "", "reason": reason]))
    }
}
