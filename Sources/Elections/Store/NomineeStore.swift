import Foundation
import Kernel
import Postgres
import Tenancy

/// What is known of a person who is to stand, in the order in which they were named.
struct Nominee: RowDecodable {
    let person: ID<Person>
    let name: String?
    let isMember: Bool
    let capacity: Capacity?
    let role: Role?
    let sitsOnCommittee: Bool
    let otherSlate: String?
    let isDisqualified: Bool

    init(row: Row) throws(RowError) {
        person = try row["person_id"]
        name = try row["name"]
        isMember = try row["is_member"]
        capacity = try row["capacity"]
        role = try row["role"]
        sitsOnCommittee = try row["sits_on_committee"]
        otherSlate = try row["other_slate"]
        isDisqualified = try row["is_disqualified"]
    }

    /// Refuses who may not stand, whatever the requirements of candidates say.
    ///
    /// - Throws: ``SlateError``.
    func require(barredBy norm: String?) throws(SlateError) -> (person: ID<Person>, name: String) {
        guard let name, isMember else { throw .notMember(name ?? "Esa persona") }
        // Whoever was kept out comes back by an appeal alone, on whatever slate.
        if isDisqualified { throw .disqualified(name) }
        if let otherSlate { throw .onAnotherSlate(name, slate: otherSlate) }
        if let capacity, capacity != .candidate { throw .otherCapacity(name, capacity) }
        switch role {
        case .electionCommittee: throw .otherCapacity(name, .committee)
        case .juror: throw .otherCapacity(name, .juror)
        case .guarantor: throw .otherCapacity(name, .guarantor)
        default: break
        }
        if sitsOnCommittee { throw .otherCapacity(name, .committee) }
        if let norm { throw .barred(name, norm: norm) }
        return (person, name)
    }
}

private struct Bar: RowDecodable {
    let person: ID<Person>
    let norm: String

    init(row: Row) throws(RowError) {
        person = try row["person_id"]
        norm = try row["rules_source"]
    }
}

extension Transaction where Scope == TenantScope {
    /// The people of a nomination with their names.
    ///
    /// - Throws: ``SlateError`` where one of them may not stand.
    func nominees(
        _ people: [ID<Person>], in contest: Contest, of alliance: ID<Alliance>, besides slate: ID<Slate>?,
        at now: Date
    ) async throws -> [(person: ID<Person>, name: String)] {
        let today = ColombianTime.date(at: now)
        let found = try await rows(
            """
            select nominees.person_id,
                case when affiliates.person_id is not null then concat_ws(
                    ' ', first_name, second_name, first_surname, second_surname) end as name,
                exists (
                    select from membership.memberships
                    where organization_id = \(organization) and alliance_id = \(alliance)
                        and memberships.person_id = nominees.person_id and joined_on <= \(today)
                        and (left_on is null or left_on > \(today))) as is_member,
                (
                    select capacity from elections.capacities
                    where organization_id = \(organization) and process_id = \(contest.process)
                        and capacities.person_id = nominees.person_id
                ) as capacity,
                (
                    select grants.role from tenancy.users
                    join tenancy.grants on grants.organization_id = users.organization_id
                        and grants.user_id = users.user_id
                    where users.organization_id = \(organization) and grants.organization_id = \(organization)
                        and users.document_type = affiliates.document_type
                        and users.document_number = affiliates.document_number
                        and grants.role in ('election_committee', 'juror', 'guarantor')
                        and starts_at <= \(now) and (ends_at is null or ends_at > \(now))
                        and (grants.alliance_id is null or grants.alliance_id = \(alliance))
                        and (grants.process_id is null or grants.process_id = \(contest.process))
                    order by grants.role limit 1
                ) as role,
                exists (
                    select from governance.mandates
                    join governance.bodies on bodies.organization_id = mandates.organization_id
                        and bodies.body_id = mandates.body_id
                    where mandates.organization_id = \(organization)
                        and bodies.alliance_id = \(alliance) and bodies.kind = 'election_committee'
                        and mandates.person_id = nominees.person_id and mandates.state = 'in_force'
                        and starts_on <= \(today) and ends_on >= \(today)) as sits_on_committee,
                (
                    select slates.name from elections.candidates
                    join elections.slates on slates.organization_id = candidates.organization_id
                        and slates.slate_id = candidates.slate_id
                    where candidates.organization_id = \(organization)
                        and candidates.contest_id = \(contest.id)
                        and candidates.person_id = nominees.person_id and candidates.state = 'standing'
                        and (\(slate)::uuid is null or candidates.slate_id <> \(slate))
                    limit 1
                ) as other_slate,
                exists (
                    select from elections.candidates
                    where candidates.organization_id = \(organization)
                        and candidates.contest_id = \(contest.id)
                        and candidates.person_id = nominees.person_id
                        and candidates.state = 'disqualified') as is_disqualified
            from unnest(\(people)) with ordinality as nominees (person_id, place)
            left join membership.affiliates on affiliates.organization_id = \(organization)
                and affiliates.person_id = nominees.person_id
            order by nominees.place
            """,
            as: Nominee.self)
        let bars = try await bars(in: contest)
        return try found.map { try $0.require(barredBy: bars[$0.person]) }
    }

    /// Who may not stand for the seats of a contest because blank votes won against them in the last election of one of
    /// these, with the rule that says so.
    func bars(in contest: Contest) async throws -> [ID<Person>: String] {
        let bars = try await rows(
            """
            select candidates.person_id, last.rules_source from elections.contest_seats as seats
            cross join lateral (
                select decided.contest_id, decided.state, decided.rules_source
                from elections.contest_seats as filled
                join elections.contests as decided on decided.organization_id = \(organization)
                    and decided.contest_id = filled.contest_id
                    and decided.state in ('blank_won', 'proclaimed')
                where filled.organization_id = \(organization) and filled.seat_id = seats.seat_id
                    and filled.contest_id <> \(contest.id)
                order by (
                    select max(computed_at) from elections.canvasses
                    where canvasses.organization_id = \(organization)
                        and canvasses.contest_id = decided.contest_id) desc nulls last
                limit 1
            ) as last
            join elections.candidates on candidates.organization_id = \(organization)
                and candidates.contest_id = last.contest_id and candidates.state = 'standing'
            where seats.organization_id = \(organization) and seats.contest_id = \(contest.id)
                and last.state = 'blank_won'
            """,
            as: Bar.self)
        return Dictionary(bars.map { ($0.person, $0.norm) }) { first, _ in first }
    }
}
