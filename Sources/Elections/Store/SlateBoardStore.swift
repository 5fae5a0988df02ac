import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension PublishedSlate: RowDecodable {
    /// Reads a row of the projection.
    public init(row: Row) throws(RowError) {
        let drawnAt: Date? = try row["drawn_at"]
        self.init(
            processName: try row["process_name"], contestName: try row["contest_name"],
            contestPosition: try row["contest_position"], seats: try row["seats"],
            number: try row["number"], name: try row["name"], principals: try row["principals"],
            alternates: try row["alternates"], admittedAt: try row["admitted_at"],
            draw: try drawnAt.map { drawnAt throws(RowError) in try Self.draw(row, at: drawnAt) })
    }
}

extension PublishedSlate {
    /// The draw of the order in which its contest stands.
    private static func draw(_ row: Row, at drawnAt: Date) throws(RowError) -> DrawRecord {
        let seed: [String] = try row["draw_seed"]
        let seal: [UInt8] = try row["draw_seal"]
        let order: [String] = try row["draw_order"]
        return DrawRecord(
            seed: seed, digest: (try? DrawSeed(seed))?.digestText ?? "", among: order.sorted(),
            outcome: order,
            witnesses: nil, source: nil, seal: Hex.encode(seal), drawnAt: drawnAt)
    }
}

extension Transaction where Scope == TenantScope {
    /// Writes the board of admitted slates of an alliance anew.
    func publishSlates(of alliance: ID<Alliance>) async throws {
        try await execute(
            """
            delete from elections.slate_board
            where organization_id = \(organization) and alliance_id = \(alliance)
            """)
        try await execute(
            """
            insert into elections.slate_board (
                organization_id, slate_id, municipality_code, process_id, contest_id, alliance_id, process_name,
                contest_name, contest_position, seats, number, name, principals, alternates, admitted_at,
                is_public, draw_seed, draw_seal, draw_order, drawn_at)
            select slates.organization_id, slates.slate_id, places.municipality_code, processes.process_id,
                contests.contest_id, processes.alliance_id, processes.name, contests.name, contests.position,
                contests.seats,
                slates.number, slates.name,
                (
                    select coalesce(array_agg(candidates.name order by candidates.position), '{}')
                    from elections.candidates
                    where candidates.organization_id = \(organization)
                        and candidates.slate_id = slates.slate_id and candidates.state = 'standing'
                        and role = 'principal'),
                (
                    select coalesce(array_agg(candidates.name order by candidates.position), '{}')
                    from elections.candidates
                    where candidates.organization_id = \(organization)
                        and candidates.slate_id = slates.slate_id and candidates.state = 'standing'
                        and role = 'alternate'),
                slates.decided_at, true, draws.seed_parts, announcements.seal, draws.outcome, draws.drawn_at
            from elections.processes
            join elections.contests on contests.organization_id = \(organization)
                and contests.process_id = processes.process_id
            join elections.standing_slates as slates on slates.organization_id = \(organization)
                and slates.process_id = processes.process_id and slates.contest_id = contests.contest_id
            join tenancy.alliance_municipalities as places on places.organization_id = \(organization)
                and places.alliance_id = processes.alliance_id
            left join elections.draws on draws.organization_id = \(organization)
                and draws.contest_id = contests.contest_id and draws.purpose = 'ballot_order'
            left join elections.draw_announcements as announcements
                on announcements.organization_id = \(organization)
                and announcements.announcement_id = draws.announcement_id
            where processes.organization_id = \(organization) and processes.alliance_id = \(alliance)
                and processes.state not in ('draft', 'annulled')
            """)
    }
}

extension Transaction where Scope == PublicScope {
    /// The admitted slates of a process, in the order of the ballot.
    public func publishedSlates(
        of process: ID<ElectoralProcess>, of alliance: ID<Alliance>, in organization: ID<Organization>
    ) async throws -> [PublishedSlate] {
        try await rows(
            """
            select distinct on (contest_position, number, slate_id) process_name, contest_name,
                contest_position, seats, number, name, principals, alternates, admitted_at, draw_seed, draw_seal,
                draw_order, drawn_at
            from elections.slate_board
            where organization_id = \(organization) and alliance_id = \(alliance)
                and process_id = \(process) and is_public
            order by contest_position, number, slate_id
            """)
    }
}
