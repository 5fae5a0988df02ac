public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Records that the members approved a plan, by the minutes of the meeting in which they did.
public struct ApprovePlan: Command {
    /// Who may do it.
    public static let permission = Permission.followPlans
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The plan.
    public let plan: ID<WorkPlan>
    /// The day of the approval.
    public let day: CalendarDate
    /// The minutes, by number and date.
    public let act: String
    /// The signed minutes.
    public let paper: StoredFile?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``PlanError/actMissing``.
    public init(
        _ plan: ID<WorkPlan>, of alliance: ID<Alliance>, on day: CalendarDate, in act: String,
        paper: StoredFile? = nil
    ) throws(PlanError) {
        guard let act = act.trimmedOrNil else { throw .actMissing }
        self.alliance = alliance
        self.plan = plan
        self.day = day
        self.act = act
        self.paper = paper
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``PlanError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard day <= ColombianTime.date(at: now) else { throw PlanError.inFuture }
        try await transaction.approve(plan, of: alliance, on: day, in: act)
        if let paper {
            try await transaction.insert(
                paper, as: .plan(plan), titled: act, datedOn: day, of: alliance, at: now)
        }
        return Audited(
            AuditEvent(
                "governance.plan.approved", subject: plan, details: ["day": day.description, "act": act]))
    }
}

/// Records what was done for an activity of a plan in a month.
public struct FollowPlan: Command {
    /// Who may do it.
    public static let permission = Permission.followPlans
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The plan.
    public let plan: ID<WorkPlan>
    /// The number of the activity.
    public let activity: String
    /// The month, from 1 to 12.
    public let month: Int
    /// What was done.
    public let progress: String
    /// Its proof.
    public let evidence: StoredFile?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``PlanError/progressMissing``.
    public init(
        _ plan: ID<WorkPlan>, of alliance: ID<Alliance>, activity: String, in month: Int, progress: String,
        evidence: StoredFile? = nil
    ) throws(PlanError) {
        guard let progress = progress.trimmedOrNil else { throw .progressMissing }
        guard (1...12).contains(month) else { throw .monthToCome }
        self.alliance = alliance
        self.plan = plan
        self.activity = activity
        self.month = month
        self.progress = progress
        self.evidence = evidence
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``PlanError``, `StoredFileError`.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        let found = try await transaction.lockedPlan(plan, of: alliance)
        guard !found.isReserved else { throw PlanError.notShared }
        let followed = try found.activity(numbered: activity)
        let today = ColombianTime.date(at: now).components
        guard (found.year, month) <= (today.year, today.month) else { throw PlanError.monthToCome }
        var proof: ID<StoredFile>?
        if let evidence {
            proof = try await transaction.store(evidence, as: .activities, in: stream, at: now)
        }
        try await transaction.insert(
            PlanFollowUp(activity: followed.id, month: month, progress: progress, evidence: proof),
            numbered: activity, of: plan, at: now)
        return Audited(
            AuditEvent(
                "governance.plan.followed", subject: plan,
                details: ["activity": activity, "month": String(month)]))
    }
}
