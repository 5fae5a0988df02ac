import Governance
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// How alliances do, in the order of their identifiers.
    public func pulses(
        of alliances: [ID<Alliance>], on day: CalendarDate
    ) async throws -> [AlliancePulse] {
        try await rows(
            """
            select alliances.alliance_id,
                coalesce((
                    select max(profiles.member_count) from reporting.alliance_profiles as profiles
                    where profiles.organization_id = \(organization)
                        and profiles.alliance_id = alliances.alliance_id), 0) as members,
                seats.seats, seats.held, states.states, states.counts
            from tenancy.alliances
            left join lateral (
                select count(*) as seats, count(*) filter (where seatings.is_held) as held
                from \(fragment: seatings(on: day)) as seatings
                where seatings.alliance_id = alliances.alliance_id and seatings.is_elected
            ) as seats on true
            left join lateral (
                select coalesce(array_agg(state order by state), '{}') as states,
                    coalesce(array_agg(count order by state), '{}') as counts
                from (
                    select state, count(distinct code) as count from reporting.obligation_states as each_state
                    where each_state.organization_id = \(organization)
                        and each_state.alliance_id = alliances.alliance_id
                    group by state
                ) as by_state
            ) as states on true
            where alliances.organization_id = \(organization) and alliances.alliance_id = any (\(alliances))
            order by alliances.alliance_id
            """)
    }
}

extension AlliancePulse: RowDecodable {
    /// Reads a row of the query.
    public init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        members = try row["members"]
        seats = try row["seats"]
        heldSeats = try row["held"]
        let states: [ObligationState] = try row["states"]
        let counts: [Int] = try row["counts"]
        obligations = ObligationTally(Dictionary(zip(states, counts)) { first, _ in first })
    }
}
