public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Shares the draft of a plan that the board kept to itself with the entity: it takes its number among the versions of the
/// year, and may be proposed to the members. It is not taken back.
public struct SharePlan: Command {
    /// Who may do it.
    public static let permission = Permission.registerPlans
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The draft.
    public let plan: ID<WorkPlan>
    /// Why the plan in force is changed, where there is one and the draft does not say so.
    public let reason: String?

    /// Names a draft.
    public init(_ plan: ID<WorkPlan>, of alliance: ID<Alliance>, because reason: String? = nil) {
        self.alliance = alliance
        self.plan = plan
        self.reason = reason?.trimmedOrNil
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Shares it.
    ///
    /// - Returns: The version that it became.
    /// - Throws: ``PlanError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Int> {
        let draft = try await transaction.lockedPlan(plan, of: alliance)
        guard draft.isReserved else { throw PlanError.alreadyShared }
        let known = try await transaction.plans(of: alliance, in: draft.year)
        guard !known.contains(where: \.isDraft) else { throw PlanError.draftAwaits(draft.year) }
        let version = (known.map(\.version).max() ?? 0) + 1
        let reason = draft.changeReason ?? self.reason
        if version > 1, reason == nil { throw PlanError.changeReasonMissing }
        try await transaction.share(draft, as: version, because: version > 1 ? reason : nil)
        return Audited(
            version,
            AuditEvent(
                "governance.plan.shared", subject: plan,
                details: [
                    "year": String(draft.year), "version": String(version), "title": draft.title,
                    "activities": String(draft.activityCount),
                ]))
    }
}

/// Gives up the draft of a plan, or of a change of it, with the reason.
public struct DropPlan: Command {
    /// Who may do it.
    public static let permission = Permission.registerPlans
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The draft.
    public let plan: ID<WorkPlan>
    /// Why.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``PlanError/dropReasonMissing``.
    public init(_ plan: ID<WorkPlan>, of alliance: ID<Alliance>, because reason: String) throws(PlanError) {
        guard let reason = reason.trimmedOrNil else { throw .dropReasonMissing }
        self.alliance = alliance
        self.plan = plan
        self.reason = reason
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Gives it up.
    ///
    /// - Throws: ``PlanError``: an approved plan is not given up, nor a draft of which something was told.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let draft = try await transaction.lockedPlan(plan, of: alliance)
        guard draft.isDraft else { throw PlanError.notADraft }
        guard try await !transaction.isFollowed(plan) else { throw PlanError.draftFollowed }
        try await transaction.drop(plan, because: reason, on: ColombianTime.date(at: now))
        // The office reads the chain too: why the board gave up what it kept to itself is its own.
        var details = ["year": String(draft.year)]
        if !draft.isReserved { details["reason"] = reason }
        return Audited(AuditEvent("governance.plan.dropped", subject: plan, details: details))
    }
}
