public import Foundation
public import Kernel
public import Postgres
public import Tenancy

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
        if let paper { file = try await transaction.store(paper, as: .reports, in: stream, at: now) }
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
