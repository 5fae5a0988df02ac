public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Records that the members approved a plan.
public struct ApprovePlan: Command {
    /// Who may do it.
    public static let permission = Permission.followPlans
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The plan.
    public let plan: ID<WorkPlan>
    /// The day of the approval.
    public let day: CalendarDate

    /// Takes what a person filled in.
    public init(_ plan: ID<WorkPlan>, of alliance: ID<Alliance>, on day: CalendarDate) {
        self.alliance = alliance
        self.plan = plan
        self.day = day
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
        try await transaction.approve(plan, of: alliance, on: day)
        return Audited(
            AuditEvent("governance.plan.approved", subject: plan, details: ["day": day.description]))
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
    /// What was done.
    public let followUp: PlanFollowUp
    /// Its proof.
    public let evidence: ID<StoredFile>?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``PlanError/progressMissing``.
    public init(
        _ plan: ID<WorkPlan>, of alliance: ID<Alliance>, activity: String, in month: Int, progress: String,
        evidence: ID<StoredFile>? = nil
    ) throws(PlanError) {
        guard let progress = progress.trimmedOrNil else { throw .progressMissing }
        guard (1...12).contains(month) else { throw .monthToCome }
        self.alliance = alliance
        self.plan = plan
        followUp = PlanFollowUp(activity: activity, month: month, progress: progress)
        self.evidence = evidence
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``PlanError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let found = try await transaction.plans(of: alliance).first(where: { $0.id == plan }) else {
            throw PlanError.notFound
        }
        let today = ColombianTime.date(at: now).components
        guard (found.year, followUp.month) <= (today.year, today.month) else { throw PlanError.monthToCome }
        try await transaction.insert(followUp, of: plan, evidence: evidence, at: now)
        return Audited(
            AuditEvent(
                "governance.plan.followed", subject: plan,
                details: ["activity": followUp.activity, "month": String(followUp.month)]))
    }
}

/// Records a report that was given.
public struct RecordReport: Command {
    /// Who may do it.
    public static let permission = Permission.followPlans
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The report.
    public let report: GivenReport

    /// Takes what a person filled in.
    ///
    /// - Throws: ``PlanError/untitledReport``.
    public init(
        of alliance: ID<Alliance>, kind: GivenReport.Kind, title: String, on day: CalendarDate,
        to audience: String, file: ID<StoredFile>? = nil
    ) throws(PlanError) {
        guard let title = title.trimmedOrNil else { throw .untitledReport }
        self.alliance = alliance
        report = GivenReport(
            id: ID(), kind: kind, title: title, givenOn: day, audience: audience.trimmedOrNil ?? "",
            file: file)
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``PlanError/inFuture``, `AllianceError.notFound`.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<GivenReport>> {
        guard report.givenOn <= ColombianTime.date(at: now) else { throw PlanError.inFuture }
        guard try await transaction.alliance(alliance) != nil else { throw AllianceError.notFound }
        try await transaction.insert(report, of: alliance, at: now)
        return Audited(
            report.id,
            AuditEvent(
                "governance.report.recorded", subject: report.id,
                details: [
                    "kind": report.kind.rawValue, "title": report.title,
                    "given_on": report.givenOn.description,
                ]))
    }
}
