import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension TermHolder: RowDecodable {
    /// Reads a row with one of the two.
    public init(row: Row) throws(RowError) {
        let slate: ID<Slate>? = try row["slate_id"]
        let guarantor: ID<Guarantor>? = try row["guarantor_id"]
        let waiver: TermWaiver? = slate.map { .slate($0) } ?? guarantor.map { .guarantor($0) }
        guard let waiver else { throw RowError(unreadable: "slate_id", because: CanvassError.notFound) }
        self.init(waiver: waiver, name: try row["name"])
    }
}

extension NotedWaiver: RowDecodable {
    /// Reads a row with the name of who noted it.
    public init(row: Row) throws(RowError) {
        self.init(
            party: try row["party"], notedBy: try row["noted_by_name"], notedAt: try row["noted_at"])
    }
}

extension Transaction where Scope == TenantScope {
    /// Those who have to give the term to challenge up before it ends, all of them: the slates on the ballots of the
    /// contests that are open, and the guarantors who were accredited.
    public func termHolders(of process: ID<ElectoralProcess>) async throws -> [TermHolder] {
        try await rows(
            """
            select slates.slate_id, null::uuid as guarantor_id,
                slates.name || ' (' || contests.name || ')' as name, contests.position, registered_at as since
            from elections.slates
            join elections.contests on contests.organization_id = \(organization)
                and contests.contest_id = slates.contest_id and contests.state = 'open'
            where slates.organization_id = \(organization) and slates.process_id = \(process)
                and slates.state = 'admitted'
            union all
            select null, guarantor_id, institution, 100000, accredited_at
            from elections.guarantors
            where organization_id = \(organization) and process_id = \(process)
                and accredited_at is not null
            order by position, since, name
            """)
    }

    /// Notes who gave the term up for a proclamation.
    func note(
        _ waivers: Set<TermWaiver>, for act: ID<ElectoralAct>, in place: ProcessPlace, at now: Date
    ) async throws {
        for waiver in waivers {
            var (slate, guarantor): (ID<Slate>?, ID<Guarantor>?) = (nil, nil)
            switch waiver {
            case .slate(let id): slate = id
            case .guarantor(let id): guarantor = id
            }
            queue(
                """
                insert into elections.term_waivers (
                    organization_id, waiver_id, process_id, act_id, slate_id, guarantor_id, noted_at, noted_by)
                values (
                    \(organization), \(ID<TermWaiver>()), \(place.process), \(act), \(slate), \(guarantor),
                    \(now), \(scope.principal.user))
                """)
        }
    }

    /// Who gave the term up for the last proclamation that was proposed and not taken back.
    public func waivers(in place: ProcessPlace) async throws -> [NotedWaiver] {
        try await rows(
            """
            select coalesce(slates.name, institution) as party, users.name as noted_by_name, noted_at
            from elections.term_waivers as waivers
            left join elections.slates on slates.organization_id = \(organization)
                and slates.slate_id = waivers.slate_id
            left join elections.guarantors on guarantors.organization_id = \(organization)
                and guarantors.guarantor_id = waivers.guarantor_id
            left join tenancy.users on users.organization_id = \(organization)
                and users.user_id = waivers.noted_by
            where waivers.organization_id = \(organization) and waivers.process_id = \(place.process)
                and act_id = (
                    select act_id from elections.acts
                    where acts.organization_id = \(organization) and acts.process_id = \(place.process)
                        and kind = 'proclaim' and withdrawn_at is null
                    order by proposed_at desc limit 1)
            order by slates.name nulls last, institution
            """)
    }
}
