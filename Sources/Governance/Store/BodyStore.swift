public import Foundation
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
        try await rows(
            """
            select seat_id, body_id, position, title, sector, is_elected
            from governance.seats
            where organization_id = \(organization) and body_id = \(body) and abolished_on is null
            order by position
            """,
            as: SeatRow.self
        ).map(\.seat)
    }

    /// Adds a body with its seats.
    ///
    /// - Throws: ``BodyError/nameTaken(_:)``.
    func insert(_ body: Body, seats: [Seat], at now: Date) async throws {
        do {
            try await execute(
                """
                insert into governance.bodies (
                    organization_id, body_id, alliance_id, name, kind, is_external, term_months, term_norm,
                    term_is_confirmed, consecutive_terms, consecutive_terms_norm, formation,
                    continues_until_replaced, created_at)
                values (
                    \(organization), \(body.id), \(body.alliance), \(body.name), \(body.kind.rawValue),
                    \(body.isExternal), \(Int32(body.term.months)), \(body.term.norm),
                    \(body.term.isConfirmed), \(body.term.consecutiveTerms.map(Int32.init)),
                    \(body.term.consecutiveTermsNorm), \(body.formation.rawValue),
                    \(body.continuesUntilReplaced), \(now))
                """)
            try await execute(
                """
                insert into governance.seats (
                    organization_id, seat_id, body_id, position, title, sector, is_elected)
                select \(organization), seat_id, \(body.id), position, title, sector, is_elected
                from unnest(
                    \(seats.map(\.id)), \(seats.map { Int32($0.position) }), \(seats.map(\.title)),
                    \(seats.map(\.sector)), \(seats.map(\.isElected))
                ) as seats (seat_id, position, title, sector, is_elected)
                """)
        } catch let error as PostgresError where error.constraint == "bodies_name_key" {
            throw BodyError.nameTaken(body.name)
        }
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
        let term: TermLimit
        do {
            term = try TermLimit(
                months: Int(try row["term_months"] as Int32), norm: try row["term_norm"],
                isConfirmed: try row["term_is_confirmed"],
                consecutiveTerms: (try row["consecutive_terms"] as Int32?).map(Int.init),
                consecutiveTermsNorm: try row["consecutive_terms_norm"])
        } catch let error as RowError {
            throw error
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
            position: Int(try row["position"] as Int32), title: try row["title"],
            sector: try row["sector"], isElected: try row["is_elected"])
    }
}
