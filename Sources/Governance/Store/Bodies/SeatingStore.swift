public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// The bodies of an alliance with who sits on their seats on a day, its own first, by name.
    public func seatedBodies(of alliance: ID<Alliance>, on day: CalendarDate) async throws -> [SeatedBody] {
        try await seated(try await bodies(of: alliance), on: day)
    }

    /// A body with who sits on its seats on a day, `nil` where this tenant has none of that identifier.
    public func seatedBody(_ id: ID<Body>, on day: CalendarDate) async throws -> SeatedBody? {
        guard let body = try await body(id) else { return nil }
        return try await seated([body], on: day).first
    }

    /// Two statements, however many bodies there are.
    private func seated(_ bodies: [Body], on day: CalendarDate) async throws -> [SeatedBody] {
        guard !bodies.isEmpty else { return [] }
        let ids = bodies.map(\.id)
        let seats = Dictionary(grouping: try await seats(of: ids), by: \.body)
        let mandates = Dictionary(
            grouping: try await rows(
                """
                \(fragment: mandateColumns)
                where mandates.organization_id = \(organization) and mandates.body_id = any (\(ids))
                """, as: MandateRow.self
            ).map(\.mandate), by: \.seat)
        return bodies.map { body in
            SeatedBody(
                body: body,
                seatings: (seats[body.id] ?? []).map { seat in
                    Seating(of: seat, mandates: mandates[seat.id] ?? [], on: day)
                })
        }
    }
}

// MARK: - Rights

extension Transaction where Scope == TenantScope {
    /// Whether a person acts for a seat on a day (``Seating/mayAct(_:named:)``).
    func mayAct(
        _ person: ID<Person>?, named name: String, for seat: ID<Seat>, on day: CalendarDate
    ) async throws -> Bool {
        let body: ID<Body>? = try await value(
            """
            select body_id from governance.seats
            where organization_id = \(organization) and seat_id = \(seat)
            """)
        guard let body, let seated = try await seatedBody(body, on: day) else { return false }
        return seated.seatings.first { $0.seat.id == seat }?.mayAct(person, named: name) ?? false
    }

    /// The days that may lie between two periods in a row, as the requirement of consecutive periods has them.
    public func termGap() async throws -> Int {
        try await value(
            """
            select (parameters ->> 'gap_days')::integer from catalogue.requirements
            where evaluator = 'consecutive_terms' order by code limit 1
            """) ?? 0
    }

    /// Those who hold a seat that an alliance elects on a day, and of whom the register says that they died, are no
    /// affiliates any more, or left the alliance; of the whole tenant, or of one body.
    public func lapsedHolders(
        on day: CalendarDate, of body: ID<Body>? = nil
    ) async throws -> [LapsedHolder] {
        try await rows(
            """
            select bodies.alliance_id, bodies.body_id, mandates.mandate_id, mandates.holder_name,
                case when affiliates.affiliation_state = 'deceased' then 'death' else 'affiliation_lost' end as reason,
                case when affiliates.affiliation_state in ('deceased', 'retired') then affiliates.valid_from
                    else gone.left_on end as since
            from governance.holdings
            join governance.mandates on mandates.organization_id = \(organization)
                and mandates.mandate_id = holdings.mandate_id
            join governance.seats on seats.organization_id = \(organization)
                and seats.seat_id = holdings.seat_id and seats.is_elected and seats.abolished_on is null
            join governance.bodies on bodies.organization_id = \(organization)
                and bodies.body_id = holdings.body_id and bodies.dissolved_on is null
            join membership.affiliates on affiliates.organization_id = \(organization)
                and affiliates.person_id = mandates.person_id
            left join tenancy.alliances on alliances.organization_id = \(organization)
                and alliances.alliance_id = bodies.alliance_id
            left join lateral (
                select max(memberships.left_on) as left_on from membership.memberships
                where memberships.organization_id = \(organization)
                    and memberships.alliance_id = bodies.alliance_id
                    and memberships.person_id = mandates.person_id
                having count(*) > 0
                    and count(*) filter (where left_on is null or left_on > \(day)) = 0
            ) as gone on true
            where holdings.organization_id = \(organization) and holdings.rank = 0
                and (\(body)::uuid is null or holdings.body_id = \(body))
                and holdings.held_from <= \(day) and holdings.held_until >= \(day)
                and (affiliates.affiliation_state in ('deceased', 'retired') or gone.left_on is not null)
                and (alliances.state is null or alliances.state <> 'dissolved')
            order by since, mandates.mandate_id
            """)
    }
}

extension LapsedHolder: RowDecodable {
    /// Reads a row of the holders whom the register tells of.
    public init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        body = try row["body_id"]
        mandate = try row["mandate_id"]
        holderName = try row["holder_name"]
        reason = try row["reason"]
        since = try row["since"]
    }
}

// MARK: - Many seats at once

extension Transaction where Scope == TenantScope {
    /// The seats of the tenant that were not abolished, of bodies that were not dissolved, with who sits on each on a
    /// day: a relation for the statements of this module and of those that read it.
    ///
    /// Its rows are `alliance_id, body_id, body_name, body_kind, is_external, seat_id, position, title, is_elected`; of
    /// the mandate that took effect last, `mandate_id` and `ends_on`; `is_held` where that one lasts; `vacant_since`
    /// where it does not; `is_awaited` where another is to follow: one that waits for appointment or `posesión`, while
    /// its own time runs, or that begins later; and `has_alternate` where one may be called.
    public func seatings(on day: CalendarDate) -> SQL {
        """
        (
            select bodies.alliance_id, bodies.body_id, bodies.name as body_name, bodies.kind as body_kind,
                bodies.is_external, seats.seat_id, seats.position, seats.title, seats.is_elected,
                last.mandate_id, last.ends_on, coalesce(last.held_until >= \(day), false) as is_held,
                case when last.held_until < \(day) then last.held_until + 1 end as vacant_since,
                exists (
                    select from governance.holdings as next
                    where next.organization_id = \(organization) and next.seat_id = seats.seat_id
                        and next.rank = 0 and (last.starts_on is null or next.starts_on > last.starts_on)
                        and (next.state = 'pending' and next.ends_on >= \(day) or next.held_from > \(day))
                ) as is_awaited,
                exists (
                    select from governance.holdings as alternates
                    where alternates.organization_id = \(organization)
                        and alternates.seat_id = seats.seat_id and alternates.rank > 0
                        and alternates.held_from <= \(day) and alternates.held_until >= \(day)
                        and alternates.ends_on >= \(day)
                ) as has_alternate
            from governance.seats
            join governance.bodies on bodies.organization_id = \(organization)
                and bodies.body_id = seats.body_id
            left join lateral (
                select holdings.mandate_id, holdings.starts_on, holdings.ends_on, holdings.held_until
                from governance.holdings
                where holdings.organization_id = \(organization) and holdings.seat_id = seats.seat_id
                    and holdings.rank = 0 and holdings.held_from <= \(day)
                order by holdings.starts_on desc
                limit 1
            ) as last on true
            where seats.organization_id = \(organization) and seats.abolished_on is null
                and bodies.dissolved_on is null
        )
        """
    }

    /// The mandates of the whole tenant, on seats that its alliances elect, that end within so many days, or ended
    /// without a successor; the most urgent first.
    ///
    /// Principals only, since an alternate's end leaves no seat empty; `limit` rows at the most.
    public func mandateEndings(
        on day: CalendarDate, within days: Int, limit: Int = 20_000
    ) async throws -> [MandateEnding] {
        try await rows(
            """
            select alliances.alliance_id, alliances.name as alliance_name, alliances.slug as alliance_slug,
                seatings.body_id, seatings.body_name, seatings.title, seatings.mandate_id,
                mandates.holder_name, seatings.ends_on, \(day) as as_of, seatings.is_held,
                seatings.is_awaited as has_successor
            from \(fragment: seatings(on: day)) as seatings
            join governance.mandates on mandates.organization_id = \(organization)
                and mandates.mandate_id = seatings.mandate_id
            left join tenancy.alliances on alliances.organization_id = \(organization)
                and alliances.alliance_id = seatings.alliance_id
            where seatings.is_elected and mandates.state = 'in_force' and seatings.ends_on <= \(day + days)
                and (alliances.state is null or alliances.state <> 'dissolved')
            order by seatings.ends_on, alliances.name, seatings.body_name, seatings.position
            limit \(limit)
            """)
    }

    /// The seats of the whole tenant that its alliances elect and nobody holds as principal on a day; those filled
    /// longest ago first.
    ///
    /// A seat whose holder goes on until replaced is held. `limit` rows at the most.
    public func vacancies(on day: CalendarDate, limit: Int = 20_000) async throws -> [Vacancy] {
        try await rows(
            """
            select alliances.alliance_id, alliances.name as alliance_name, alliances.slug as alliance_slug,
                seatings.body_id, seatings.body_name, seatings.seat_id, seatings.title,
                seatings.vacant_since as since, seatings.is_awaited, seatings.has_alternate
            from \(fragment: seatings(on: day)) as seatings
            left join tenancy.alliances on alliances.organization_id = \(organization)
                and alliances.alliance_id = seatings.alliance_id
            where seatings.is_elected and not seatings.is_held
                and (alliances.state is null or alliances.state <> 'dissolved')
            order by seatings.vacant_since nulls last, alliances.name, seatings.body_name, seatings.position
            limit \(limit)
            """)
    }
}

extension AllianceName {
    /// Reads the alliance of a row that names one: `alliance_id`, `alliance_name`, `alliance_slug`.
    public init?(row: Row) throws(RowError) {
        let id: ID<Alliance>? = try row["alliance_id"]
        guard let id else { return nil }
        self.init(id: id, name: try row["alliance_name"], slug: try row["alliance_slug"])
    }
}

extension MandateEnding: RowDecodable {
    /// Reads a row of the endings.
    public init(row: Row) throws(RowError) {
        let endsOn: CalendarDate = try row["ends_on"]
        let day: CalendarDate = try row["as_of"]
        let isHeld: Bool = try row["is_held"]
        alliance = try AllianceName(row: row)
        body = try row["body_id"]
        bodyName = try row["body_name"]
        seatTitle = try row["title"]
        mandate = try row["mandate_id"]
        holderName = try row["holder_name"]
        self.endsOn = endsOn
        standing = isHeld ? .whileHeld(on: day, endingOn: endsOn) : .expired
        hasSuccessor = try row["has_successor"]
    }
}

extension Vacancy: RowDecodable {
    /// Reads a row of the vacancies.
    public init(row: Row) throws(RowError) {
        alliance = try AllianceName(row: row)
        body = try row["body_id"]
        bodyName = try row["body_name"]
        seat = try row["seat_id"]
        seatTitle = try row["title"]
        since = try row["since"]
        isAwaited = try row["is_awaited"]
        hasAlternate = try row["has_alternate"]
    }
}
