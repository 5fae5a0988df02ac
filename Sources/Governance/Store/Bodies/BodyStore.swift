import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// The bodies of an alliance, its own first, by name.
    public func bodies(of alliance: ID<Alliance>) async throws -> [Body] {
        try await rows(
            """
            \(fragment: bodyColumns)
            where organization_id = \(organization) and alliance_id = \(alliance) and dissolved_on is null
            order by is_external, name
            """,
            as: BodyRow.self
        ).map(\.body)
    }

    /// A body, `nil` where this tenant has none of that identifier.
    public func body(_ id: ID<Body>) async throws -> Body? {
        try await row(
            "\(fragment: bodyColumns) where organization_id = \(organization) and body_id = \(id)",
            as: BodyRow.self
        )?.body
    }

    /// The seats of a body that were not abolished, in their order.
    public func seats(of body: ID<Body>) async throws -> [Seat] {
        try await seats(of: [body])
    }

    /// The seats of bodies that were not abolished, each body's in their order.
    func seats(of bodies: [ID<Body>]) async throws -> [Seat] {
        try await rows(
            """
            select seat_id, body_id, position, title, sector, is_elected
            from governance.seats
            where organization_id = \(organization) and body_id = any (\(bodies)) and abolished_on is null
            order by body_id, position
            """,
            as: SeatRow.self
        ).map(\.seat)
    }

    /// A body that belongs to a space: to an alliance, or to the tenant's own.
    ///
    /// - Throws: ``BodyError/notFound`` where it belongs to another, or was dissolved.
    func body(_ id: ID<Body>, in alliance: ID<Alliance>?) async throws -> Body {
        guard let body = try await body(id), body.alliance == alliance else {
            throw BodyError.notFound
        }
        return body
    }

    /// Adds a body with its seats.
    ///
    /// - Throws: ``BodyError/nameTaken(_:)``.
    func insert(_ body: Body, seats: [Seat], at now: Date) async throws {
        try await execute(
            """
            insert into governance.bodies (
                organization_id, body_id, alliance_id, name, kind, is_external, term_months, term_norm,
                term_is_confirmed, consecutive_terms, consecutive_terms_norm, formation,
                continues_until_replaced, created_at)
            values (
                \(organization), \(body.id), \(body.alliance), \(body.name), \(body.kind),
                \(body.isExternal), \(body.term.months), \(body.term.norm),
                \(body.term.isConfirmed), \(body.term.consecutiveTerms),
                \(body.term.consecutiveTermsNorm), \(body.formation),
                \(body.continuesUntilReplaced), \(now))
            """,
            refusals: ["bodies_name_key": BodyError.nameTaken(body.name)])
        try await insert(seats, of: body.id)
    }

    /// Adds seats to a body.
    func insert(_ seats: [Seat], of body: ID<Body>) async throws {
        guard !seats.isEmpty else { return }
        try await execute(
            """
            insert into governance.seats (
                organization_id, seat_id, body_id, position, title, sector, is_elected)
            select \(organization), seat_id, \(body), position, title, sector, is_elected
            from unnest(
                \(seats.map(\.id)), \(seats.map(\.position)), \(seats.map(\.title)),
                \(seats.map(\.sector)), \(seats.map(\.isElected))
            ) as seats (seat_id, position, title, sector, is_elected)
            """)
    }

    /// The position that the next seat of a body gets; those of abolished seats are not given again. The body is
    /// locked, so that two who add seats at once wait for each other.
    func nextPosition(in body: ID<Body>) async throws -> Int {
        try await execute(
            """
            select true from governance.bodies
            where organization_id = \(organization) and body_id = \(body) for no key update
            """)
        return try await value(
            """
            select coalesce(max(position), 0) + 1 from governance.seats
            where organization_id = \(organization) and body_id = \(body)
            """) ?? 1
    }

    /// Writes what may be changed of a body.
    ///
    /// - Throws: ``BodyError/nameTaken(_:)``.
    func update(_ body: Body) async throws {
        try await execute(
            """
            update governance.bodies
            set name = \(body.name), term_months = \(body.term.months), term_norm = \(body.term.norm),
                term_is_confirmed = \(body.term.isConfirmed),
                consecutive_terms = \(body.term.consecutiveTerms),
                consecutive_terms_norm = \(body.term.consecutiveTermsNorm), formation = \(body.formation),
                continues_until_replaced = \(body.continuesUntilReplaced)
            where organization_id = \(organization) and body_id = \(body.id)
            """,
            refusals: ["bodies_name_key": BodyError.nameTaken(body.name)])
    }

    /// Abolishes a seat from a day on.
    func abolish(_ seat: ID<Seat>, on day: CalendarDate) async throws {
        try await execute(
            """
            update governance.seats set abolished_on = \(day)
            where organization_id = \(organization) and seat_id = \(seat) and abolished_on is null
            """)
    }
}

private let bodyColumns: SQL = """
    select body_id, alliance_id, name, kind, is_external, term_months, term_norm, term_is_confirmed,
        consecutive_terms, consecutive_terms_norm, formation, continues_until_replaced
    from governance.bodies
    """

private struct BodyRow: RowDecodable {
    let body: Body

    init(row: Row) throws(RowError) {
        let months: Int = try row["term_months"]
        let norm: String? = try row["term_norm"]
        let isConfirmed: Bool = try row["term_is_confirmed"]
        let consecutiveTerms: Int? = try row["consecutive_terms"]
        let consecutiveTermsNorm: String? = try row["consecutive_terms_norm"]
        let term: TermLimit
        do {
            term = try TermLimit(
                months: months, norm: norm, isConfirmed: isConfirmed, consecutiveTerms: consecutiveTerms,
                consecutiveTermsNorm: consecutiveTermsNorm)
        } catch {
            throw RowError(unreadable: "term_months", because: error)
        }
        body = Body(
            id: try row["body_id"], alliance: try row["alliance_id"], name: try row["name"],
            kind: try row["kind"], isExternal: try row["is_external"], term: term,
            formation: try row["formation"], continuesUntilReplaced: try row["continues_until_replaced"])
    }
}

private struct SeatRow: RowDecodable {
    let seat: Seat

    init(row: Row) throws(RowError) {
        seat = Seat(
            id: try row["seat_id"], body: try row["body_id"],
            position: try row["position"], title: try row["title"],
            sector: try row["sector"], isElected: try row["is_elected"])
    }
}

extension Body.Kind: SQLValue {}

extension Body.Formation: SQLValue {}
