import Foundation
import Governance
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// The elections of the tenant that are due on a day, the most urgent first, with those of the days that follow; of
    /// one alliance where it is named.
    ///
    /// Once a process that elects to the body is begun, its own calendar tells what is next.
    public func dueElections(
        on day: CalendarDate, within days: Int = DueElection.days, of alliance: ID<Alliance>? = nil
    ) async throws -> [DueElection] {
        try await rows(
            """
            select alliances.alliance_id, alliances.name as alliance_name, alliances.slug as alliance_slug,
                seatings.body_id, seatings.body_name, count(*) as seats,
                count(*) filter (where not seatings.is_held) as vacant,
                min(case when seatings.is_held then seatings.ends_on else seatings.vacant_since end) as due_on
            from \(fragment: seatings(on: day)) as seatings
            left join tenancy.alliances on alliances.organization_id = \(organization)
                and alliances.alliance_id = seatings.alliance_id
            where seatings.is_elected and not seatings.is_awaited and seatings.body_kind <> 'election_committee'
                and (\(alliance)::uuid is null or seatings.alliance_id = \(alliance))
                and case when seatings.is_held then seatings.ends_on <= \(day + days)
                    else not seatings.has_alternate end
                and (alliances.state is null or alliances.state not in ('draft', 'dissolved'))
                and not exists (
                    select from elections.contests
                    join elections.processes on processes.organization_id = \(organization)
                        and processes.process_id = contests.process_id
                    where contests.organization_id = \(organization)
                        and contests.body_id = seatings.body_id and contests.state = 'open'
                        and processes.state not in ('proclaimed', 'void', 'annulled'))
            group by alliances.alliance_id, alliances.name, alliances.slug, seatings.body_id, seatings.body_name
            order by due_on nulls first, alliances.name, seatings.body_name
            """)
    }
}

extension DueElection: RowDecodable {
    /// Reads a row of the elections that are due.
    public init(row: Row) throws(RowError) {
        alliance = try AllianceName(row: row)
        body = try row["body_id"]
        bodyName = try row["body_name"]
        seats = try row["seats"]
        vacant = try row["vacant"]
        dueOn = try row["due_on"]
    }
}
