import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// The reports of an alliance that were given, the latest first.
    public func reports(of alliance: ID<Alliance>) async throws -> [GivenReport] {
        try await rows(
            """
            select report_id, kind, title, given_on, audience, file_id from governance.reports
            where organization_id = \(organization) and alliance_id = \(alliance)
            order by given_on desc, report_id
            """)
    }

    /// Adds a report that was given.
    func insert(_ report: GivenReport, of alliance: ID<Alliance>, at now: Date) async throws {
        try await execute(
            """
            insert into governance.reports (
                organization_id, report_id, alliance_id, kind, title, given_on, audience, file_id, recorded_at)
            values (
                \(organization), \(report.id), \(alliance), \(report.kind), \(report.title),
                \(report.givenOn), \(report.audience), \(report.file), \(now))
            """)
    }
}

extension GivenReport: RowDecodable {
    /// Reads a row of `governance.reports`.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["report_id"], kind: try row["kind"], title: try row["title"],
            givenOn: try row["given_on"], audience: try row["audience"], file: try row["file_id"])
    }
}

extension GivenReport.Kind: SQLValue {}
