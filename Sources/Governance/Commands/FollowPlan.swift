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
        guard let found = try await transaction.plans(of: alliance).first(where: { $0.id == plan }) else {
            throw PlanError.notFound
        }
        let today = ColombianTime.date(at: now).components
        guard (found.year, month) <= (today.year, today.month) else { throw PlanError.monthToCome }
        var proof: ID<StoredFile>?
        if let evidence { proof = try await transaction.store(evidence, in: stream, at: now) }
        try await transaction.insert(
            PlanFollowUp(activity: activity, month: month, progress: progress, evidence: proof), of: plan,
            at: now)
        return Audited(
            AuditEvent(
                "governance.plan.followed", subject: plan,
                details: ["activity": activity, "month": String(month)]))
    }
}

/// Records a report that was given, or another in the place of one that was recorded wrongly.
public struct RecordReport: Command {
    /// Who may do it.
    public static let permission = Permission.followPlans
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The report.
    public let report: GivenReport
    /// The document.
    public let paper: StoredFile?
    /// The report that it corrects, and why.
    public let correction: Correction?

    /// A report that was recorded wrongly.
    public struct Correction: Sendable, Hashable {
        /// The report.
        public let report: ID<GivenReport>
        /// Why it is corrected.
        public let reason: String

        /// Names a report and why it is corrected.
        ///
        /// - Throws: ``PlanError/reasonMissing``.
        public init(of report: ID<GivenReport>, because reason: String) throws(PlanError) {
            guard let reason = reason.trimmedOrNil else { throw .reasonMissing }
            self.report = report
            self.reason = reason
        }
    }

    /// Takes what a person filled in; the year is the one that the report is of.
    ///
    /// - Throws: ``PlanError/untitledReport``.
    public init(
        of alliance: ID<Alliance>, kind: GivenReport.Kind, title: String, on day: CalendarDate,
        about year: Int,
        to audience: String, paper: StoredFile? = nil, correcting correction: Correction? = nil
    ) throws(PlanError) {
        guard let title = title.trimmedOrNil else { throw .untitledReport }
        self.alliance = alliance
        self.paper = paper
        self.correction = correction
        report = GivenReport(
            id: ID(), kind: kind, title: title, givenOn: day, year: year,
            audience: audience.trimmedOrNil ?? "", file: paper?.id)
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``PlanError``, `AllianceError.notFound`.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<GivenReport>> {
        let today = ColombianTime.date(at: now)
        guard report.givenOn <= today, report.year <= today.components.year else { throw PlanError.inFuture }
        guard try await transaction.alliance(alliance) != nil else { throw AllianceError.notFound }
        var file: ID<StoredFile>?
        if let paper { file = try await transaction.store(paper, in: stream, at: now) }
        if let correction {
            let known = try await transaction.reports(of: alliance)
            guard let corrected = known.first(where: { $0.id == correction.report }) else {
                throw PlanError.reportNotFound
            }
            // The document goes on being the same unless another comes.
            file = file ?? corrected.file
        }
        try await transaction.insert(report.with(file: file), of: alliance, at: now)
        if let correction {
            try await transaction.withdraw(
                correction.report, because: correction.reason, for: report.id, at: now)
        }
        return Audited(
            report.id,
            AuditEvent(
                correction == nil ? "governance.report.recorded" : "governance.report.corrected",
                subject: report.id,
                details: [
                    "kind": report.kind.rawValue, "title": report.title, "year": String(report.year),
                    "given_on": report.givenOn.description,
                    "corrects": correction?.report.description ?? "", "reason": correction?.reason ?? "",
                ]))
    }
}

/// Takes a report back that was recorded by mistake.
public struct WithdrawReport: Command {
    /// Who may do it.
    public static let permission = Permission.followPlans
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The report, and why.
    public let correction: RecordReport.Correction

    /// Takes what a person filled in.
    public init(_ correction: RecordReport.Correction, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.correction = correction
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Takes it back.
    ///
    /// - Throws: ``PlanError/reportNotFound``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        let known = try await transaction.reports(of: alliance)
        guard let report = known.first(where: { $0.id == correction.report }) else {
            throw PlanError.reportNotFound
        }
        try await transaction.withdraw(report.id, because: correction.reason, for: nil, at: now)
        return Audited(
            AuditEvent(
                "governance.report.withdrawn", subject: report.id,
                details: ["title": report.title, "reason": correction.reason]))
    }
}

extension GivenReport {
    /// The same report with its document.
    fileprivate func with(file: ID<StoredFile>?) -> Self {
        Self(
            id: id, kind: kind, title: title, givenOn: givenOn, year: year, audience: audience, file: file)
    }
}
