public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// A result as anybody may read it.
public struct PublishedResult: Sendable, Hashable, RowDecodable {
    /// The contest.
    public let contest: ID<Contest>
    /// What the acta says, without the names of those who only served.
    public let report: CanvassReport
    /// When it was last published.
    public let publishedAt: Date

    /// Reads a row of the projection.
    public init(row: Row) throws(RowError) {
        contest = try row["contest_id"]
        publishedAt = try row["published_at"]
        let document: JSONText = try row["report"]
        do {
            report = try document.decoded()
        } catch {
            throw RowError(unreadable: "report", because: error)
        }
    }
}

extension Transaction where Scope == PublicScope {
    /// The results of a process, contests in their order.
    public func publishedResults(
        of process: ID<ElectoralProcess>, of alliance: ID<Alliance>, in organization: ID<Organization>
    ) async throws -> [PublishedResult] {
        try await rows(
            """
            select distinct on (position, contest_id) contest_id, report, published_at
            from elections.published_results
            where organization_id = \(organization) and process_id = \(process)
                and alliance_id = \(alliance) and is_public
            order by position, contest_id, municipality_code
            """)
    }
}

extension Transaction where Scope == PublicScope {
    /// The processes of an alliance of which a result is published, the provisional one too.
    public func processesWithResult(
        of alliance: ID<Alliance>, in organization: ID<Organization>
    ) async throws -> Set<ID<ElectoralProcess>> {
        Set(
            try await values(
                """
                select distinct process_id from elections.published_results
                where organization_id = \(organization) and alliance_id = \(alliance) and is_public
                """,
                as: ID<ElectoralProcess>.self))
    }
}

extension Transaction where Scope == TenantScope {
    /// Publishes the last canvass of each contest of a process in place of what was published before.
    func publishResults(of place: ProcessPlace, at now: Date) async throws {
        try await execute(
            """
            delete from elections.published_results
            where organization_id = \(organization) and process_id = \(place.process)
            """)
        for (index, contest) in try await contests(of: place.process).enumerated() {
            guard let report = try await report(of: contest.id, in: place) else { continue }
            try await execute(
                """
                insert into elections.published_results (
                    organization_id, process_id, contest_id, municipality_code, alliance_id, position,
                    is_public, report, published_at)
                select \(organization), \(place.process), \(contest.id), municipality_code,
                    \(place.alliance), \(index + 1), true, \(JSONText(encoding: report.published)), \(now)
                from tenancy.alliance_municipalities
                where organization_id = \(organization) and alliance_id = \(place.alliance)
                """)
        }
    }
}
