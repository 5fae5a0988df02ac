import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// The reports of an alliance that were given and not taken back, the latest first.
    public func reports(of alliance: ID<Alliance>) async throws -> [GivenReport] {
        try await rows(
            """
            select report_id, kind, title, given_on, year, audience, file_id from governance.reports
            where organization_id = \(organization) and alliance_id = \(alliance)
                and not exists (
                    select from governance.report_withdrawals as withdrawals
                    where withdrawals.organization_id = \(organization)
                        and withdrawals.report_id = reports.report_id)
            order by given_on desc, report_id
            """)
    }

    /// Adds a report that was given.
    func insert(_ report: GivenReport, of alliance: ID<Alliance>, at now: Date) async throws {
        try await execute(
            """
            insert into governance.reports (
                organization_id, report_id, alliance_id, kind, title, given_on, year, audience, file_id,
                recorded_at)
            values (
                \(organization), \(report.id), \(alliance), \(report.kind), \(report.title),
                \(report.givenOn), \(report.year), \(report.audience), \(report.file), \(now))
            """)
    }

    /// Takes a report back; what was recorded stays, with why and what stands in its place.
    ///
    /// - Throws: ``PlanError/reportNotFound`` where it was taken back already.
    func withdraw(
        _ report: ID<GivenReport>, because reason: String, for replacement: ID<GivenReport>?, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.report_withdrawals (
                organization_id, report_id, reason, replaced_by, withdrawn_at, withdrawn_by)
            values (
                \(organization), \(report), \(reason), \(replacement), \(now), \(scope.principal.user))
            """,
            refusals: ["report_withdrawals_pkey": PlanError.reportNotFound])
    }
}

extension GivenReport: RowDecodable {
    /// Reads a row of `governance.reports`.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["report_id"], kind: try row["kind"], title: try row["title"],
            givenOn: try row["given_on"], year: try row["year"], audience: try row["audience"],
            file: try row["file_id"])
    }
}

extension GivenReport.Kind: SQLValue {}
