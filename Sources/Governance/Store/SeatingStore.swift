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
                where organization_id = \(organization) and body_id = any (\(ids))
                """, as: MandateRow.self
            ).map(\.mandate), by: \.seat)
        return bodies.map { body in
            SeatedBody(
                body: body,
                seatings: (seats[body.id] ?? []).map { seat in
                    Seating(
                        of: seat, mandates: mandates[seat.id] ?? [],
                        continuesUntilReplaced: body.continuesUntilReplaced, on: day)
                })
        }
    }
}

// MARK: - The whole tenant

extension Transaction where Scope == TenantScope {
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
                bodies.body_id, bodies.name as body_name, bodies.continues_until_replaced, seats.title,
                mandates.mandate_id, mandates.holder_name, mandates.ends_on, \(day) as as_of,
                exists (
                    select from governance.mandates as next
                    where next.organization_id = \(organization) and next.seat_id = mandates.seat_id
                        and next.rank = 0 and next.state in ('pending', 'in_force')
                        and next.starts_on > mandates.starts_on
                ) as has_successor
            from governance.mandates
            join governance.seats on seats.organization_id = mandates.organization_id
                and seats.seat_id = mandates.seat_id
            join governance.bodies on bodies.organization_id = mandates.organization_id
                and bodies.body_id = mandates.body_id
            left join tenancy.alliances on alliances.organization_id = bodies.organization_id
                and alliances.alliance_id = bodies.alliance_id
            where mandates.organization_id = \(organization) and seats.organization_id = \(organization)
                and bodies.organization_id = \(organization)
                and mandates.state = 'in_force' and mandates.rank = 0 and mandates.ends_on <= \(day + days)
                and mandates.starts_on <= \(day)
                and seats.is_elected and seats.abolished_on is null and bodies.dissolved_on is null
                and (alliances.state is null or alliances.state <> 'dissolved')
                and not exists (
                    select from governance.mandates as successor
                    where successor.organization_id = \(organization)
                        and successor.seat_id = mandates.seat_id and successor.rank = 0
                        and successor.state in ('in_force', 'ended')
                        and successor.starts_on > mandates.starts_on
                        and greatest(successor.starts_on, successor.took_office_on) <= \(day)
                )
            order by mandates.ends_on, alliances.name, bodies.name, seats.position
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
                bodies.body_id, bodies.name as body_name, seats.seat_id, seats.title,
                holdings.last_day + 1 as since, coalesce(holdings.is_awaited, false) as is_awaited
            from governance.seats
            join governance.bodies on bodies.organization_id = seats.organization_id
                and bodies.body_id = seats.body_id
            left join tenancy.alliances on alliances.organization_id = bodies.organization_id
                and alliances.alliance_id = bodies.alliance_id
            left join (
                select seat_id,
                    bool_or(
                        state = 'in_force' and greatest(starts_on, took_office_on) <= \(day) and (
                            ends_on >= \(day) or starts_on = last_start)
                        or state = 'ended' and starts_on <= \(day) and ended_on >= \(day)
                    ) as reaches_today,
                    bool_or(
                        state in ('in_force', 'ended') and greatest(starts_on, took_office_on) <= \(day)
                        and coalesce(ended_on, ends_on) >= \(day)
                    ) as is_held,
                    bool_or(
                        state = 'pending' or state = 'in_force' and greatest(starts_on, took_office_on) > \(day)
                    ) as is_awaited,
                    max(coalesce(ended_on, ends_on)) filter (
                        where state in ('in_force', 'ended')
                            and greatest(starts_on, took_office_on) <= \(day)) as last_day
                from (
                    select mandates.*, max(starts_on) filter (
                            where state in ('in_force', 'ended')
                                and greatest(starts_on, took_office_on) <= \(day)
                        ) over (partition by seat_id) as last_start
                    from governance.mandates
                    where organization_id = \(organization) and rank = 0
                ) as mandates
                group by seat_id
            ) as holdings on holdings.seat_id = seats.seat_id
            where seats.organization_id = \(organization) and bodies.organization_id = \(organization)
                and seats.is_elected and seats.abolished_on is null and bodies.dissolved_on is null
                and (alliances.state is null or alliances.state <> 'dissolved')
                and not coalesce(
                    case when bodies.continues_until_replaced then reaches_today else is_held end, false)
            order by holdings.last_day nulls last, alliances.name, bodies.name, seats.position
            limit \(limit)
            """)
    }
}

extension AllianceName {
    fileprivate init?(row: Row) throws(RowError) {
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
        let goesOn: Bool = try row["continues_until_replaced"]
        alliance = try AllianceName(row: row)
        body = try row["body_id"]
        bodyName = try row["body_name"]
        seatTitle = try row["title"]
        mandate = try row["mandate_id"]
        holderName = try row["holder_name"]
        self.endsOn = endsOn
        standing = .at(day, endingOn: endsOn, continuesUntilReplaced: goesOn)
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
    }
}
