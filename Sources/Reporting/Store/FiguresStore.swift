public import Foundation
import Governance
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// Counts anew what control bodies are told of the commitments and complaints of alliances.
    func writeFigures(of alliances: [ID<Alliance>], at now: Date) async throws {
        let day = ColombianTime.date(at: now)
        let commitments = Dictionary(
            grouping: try await commitmentLines(of: alliances, on: day), by: \.alliance)
        let complaints = Dictionary(
            grouping: try await complaintCases(of: alliances, at: now), by: \.alliance)
        let written = try alliances.map { alliance in
            (
                commitments: try JSONText(
                    encoding: CommitmentFigures(lines: commitments[alliance]?.map(\.line) ?? [])),
                complaints: try JSONText(
                    encoding: ComplaintFigures(of: complaints[alliance]?.map(\.told) ?? [], on: day))
            )
        }
        try await execute(
            """
            insert into reporting.alliance_figures (
                organization_id, alliance_id, municipality_code, is_public, organization_name, alliance_name,
                alliance_slug, commitments, complaints, counted_at)
            select \(organization), alliances.alliance_id, places.municipality_code, false,
                organizations.short_name, alliances.name, alliances.slug, read.commitments, read.complaints,
                \(now)
            from unnest(
                \(alliances), \(written.map(\.commitments)), \(written.map(\.complaints))
            ) as read (alliance_id, commitments, complaints)
            join tenancy.alliances on alliances.organization_id = \(organization)
                and alliances.alliance_id = read.alliance_id and alliances.state <> 'dissolved'
            join catalogue.organizations on organizations.organization_id = alliances.organization_id
            join tenancy.alliance_municipalities as places on places.organization_id = \(organization)
                and places.alliance_id = read.alliance_id
            on conflict on constraint alliance_figures_pkey do update set
                organization_name = excluded.organization_name, alliance_name = excluded.alliance_name,
                alliance_slug = excluded.alliance_slug, commitments = excluded.commitments,
                complaints = excluded.complaints, counted_at = excluded.counted_at
            """)
        // What was not counted just now is of a municipality that was left, or of an alliance that is no more.
        try await execute(
            """
            delete from reporting.alliance_figures
            where organization_id = \(organization) and alliance_id = any (\(alliances))
                and counted_at <> \(now)
            """)
    }

    private func commitmentLines(
        of alliances: [ID<Alliance>], on day: CalendarDate
    ) async throws -> [CommitmentLineRow] {
        let since = day - CommitmentFigures.closedDays
        let bounds = CommitmentFigures.Age.allCases.compactMap(\.lastDay)
        return try await rows(
            """
            select counted.alliance_id, counted.side,
                count(*) filter (where counted.is_open) as open,
                count(*) filter (where counted.is_open and counted.due_on < \(day)) as overdue,
                count(*) filter (where counted.is_open and counted.due_on is null) as undated,
                array[
                    count(*) filter (where counted.is_open and counted.band = 0),
                    count(*) filter (where counted.is_open and counted.band = 1),
                    count(*) filter (where counted.is_open and counted.band = 2),
                    count(*) filter (where counted.is_open and counted.band = 3)
                ] as ages,
                count(*) filter (where counted.state = 'done') as done,
                count(*) filter (where counted.state = 'dropped') as dropped,
                percentile_disc(0.5) within group (order by counted.days)
                    filter (where counted.state = 'done') as median_days
            from (
                select commitments.alliance_id, commitments.state, commitments.state = 'open' as is_open,
                    commitments.due_on, commitments.closed_on - commitments.made_on as days,
                    case when commitments.owner_kind = 'office' then 'entity'
                        when commitments.owner_kind = 'outside' or bodies.is_external then 'outside'
                        else 'alliance' end as side,
                    (
                        select count(*) from unnest(\(bounds)) as bounds (days)
                        where \(day)::date - commitments.made_on > bounds.days
                    ) as band
                from governance.commitments
                left join governance.bodies on bodies.organization_id = \(organization)
                    and bodies.body_id = commitments.owner_body_id
                where commitments.organization_id = \(organization)
                    and commitments.alliance_id = any (\(alliances)) and not commitments.is_reserved
                    and (commitments.state = 'open' or commitments.closed_on >= \(since))
            ) as counted
            group by counted.alliance_id, counted.side
            order by counted.alliance_id, array_position(\(CommitmentFigures.Side.allCases), counted.side)
            """)
    }

    private func complaintCases(
        of alliances: [ID<Alliance>], at now: Date
    ) async throws -> [ComplaintCaseRow] {
        let since = ColombianTime.startOfDay(
            ComplaintFigures.firstDay(on: ColombianTime.date(at: now)))
        return try await rows(
            """
            select alliance_id, kind, risk, state, filed_at, transferred_at, due_at, due_is_confirmed,
                answered_at, \(now)::timestamptz as told_at
            from governance.complaints
            where organization_id = \(organization) and alliance_id = any (\(alliances))
                and (filed_at >= \(since) or state <> 'closed')
            """)
    }

    /// What control bodies are told of the tenant's alliances, by name; of one alone where it is named.
    func toldFigures(of alliance: ID<Alliance>? = nil) async throws -> [AllianceFigures] {
        try await rows(
            """
            \(fragment: AllianceFigures.columns)
            where figures.organization_id = \(organization)
                and (\(alliance)::uuid is null or figures.alliance_id = \(alliance))
            \(fragment: AllianceFigures.grouping)
            """)
    }
}

extension Transaction where Scope == TerritoryScope {
    /// What the alliances of the territory tell, by name; one alone where it is named.
    func toldFigures(
        of alliance: ID<Alliance>? = nil, in organization: ID<Organization>? = nil
    ) async throws -> [AllianceFigures] {
        try await rows(
            """
            \(fragment: AllianceFigures.columns)
            where figures.municipality_code = any (\(scope.municipalities))
                and (\(organization)::uuid is null or figures.organization_id = \(organization))
                and (\(alliance)::uuid is null or figures.alliance_id = \(alliance))
            \(fragment: AllianceFigures.grouping)
            """)
    }
}

/// What an alliance tells of its commitments and complaints.
public struct AllianceFigures: Sendable, Hashable {
    /// The entity.
    public let organization: ID<Organization>
    /// Its name.
    public let entity: String
    /// The alliance.
    public let alliance: ID<Alliance>
    /// Its name.
    public let name: String
    /// Its part in addresses.
    public let slug: String
    /// Its municipalities, by name.
    public let municipality: String
    /// Its commitments.
    public let commitments: CommitmentFigures
    /// Its complaints.
    public let complaints: ComplaintFigures
    /// When they were counted.
    public let countedAt: Date

    /// An alliance is told once, with those of its municipalities that the reader sees.
    fileprivate static var columns: SQL {
        """
        select figures.organization_id, figures.organization_name, figures.alliance_id, figures.alliance_name,
            figures.alliance_slug,
            string_agg(municipalities.name, ', ' order by municipalities.name) as municipality,
            figures.commitments, figures.complaints, figures.counted_at
        from reporting.alliance_figures as figures
        join catalogue.municipalities on municipalities.municipality_code = figures.municipality_code
        """
    }

    fileprivate static var grouping: SQL {
        """
        group by figures.organization_id, figures.organization_name, figures.alliance_id,
            figures.alliance_name, figures.alliance_slug, figures.commitments, figures.complaints,
            figures.counted_at
        order by figures.organization_name, figures.alliance_name, figures.alliance_id
        """
    }
}

extension AllianceFigures: RowDecodable {
    /// Reads a row of the projection.
    public init(row: Row) throws(RowError) {
        organization = try row["organization_id"]
        entity = try row["organization_name"]
        alliance = try row["alliance_id"]
        name = try row["alliance_name"]
        slug = try row["alliance_slug"]
        municipality = try row["municipality"]
        countedAt = try row["counted_at"]
        commitments = try row.decoded("commitments")
        complaints = try row.decoded("complaints")
    }
}

extension Row {
    fileprivate func decoded<Value: Decodable>(_ column: StaticString) throws(RowError) -> Value {
        let text: JSONText = try self[column]
        do {
            return try text.decoded()
        } catch {
            throw RowError(unreadable: column.description, because: error)
        }
    }
}

private struct CommitmentLineRow: RowDecodable {
    let alliance: ID<Alliance>
    let line: CommitmentFigures.Line

    init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        line = CommitmentFigures.Line(
            side: try row["side"], open: try row["open"], overdue: try row["overdue"],
            undated: try row["undated"], ages: try row["ages"], done: try row["done"],
            dropped: try row["dropped"], medianDays: try row["median_days"])
    }
}

private struct ComplaintCaseRow: RowDecodable {
    let alliance: ID<Alliance>
    let told: ComplaintFigures.Case

    init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        let state: Complaint.State = try row["state"]
        let filedAt: Date = try row["filed_at"]
        let transferredAt: Date? = try row["transferred_at"]
        let answeredAt: Date? = try row["answered_at"]
        told = ComplaintFigures.Case(
            sort: ComplaintFigures.Sort(try row["kind"], try row["risk"]), state: state,
            clock: ComplaintFigures.Clock(
                of: state, transferredAt: transferredAt, dueAt: try row["due_at"],
                isConfirmed: try row["due_is_confirmed"], answeredAt: answeredAt, at: try row["told_at"]),
            filedOn: ColombianTime.date(at: filedAt), answeredOn: answeredAt.map(ColombianTime.date),
            secondsToAnswer: transferredAt.flatMap { begun in
                answeredAt.map { $0.timeIntervalSince(begun) }
            })
    }
}

extension CommitmentFigures.Side: SQLValue {}
