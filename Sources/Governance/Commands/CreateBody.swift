public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Makes a body with its seats: one of the alliance's own, or one outside of it to which it sends people.
public struct CreateBody: Command {
    /// Who may do it.
    public static let permission = Permission.createBodies
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The body.
    public let body: Body
    /// Its seats.
    public let seats: [Seat]

    /// Takes what a person filled in; of each seat its title and, outside of the alliance, whom it speaks for.
    ///
    /// - Throws: ``BodyError``.
    public init(
        _ name: String, kind: Body.Kind, of alliance: ID<Alliance>, isExternal: Bool, term: TermLimit,
        formation: Body.Formation, continuesUntilReplaced: Bool, seats: [(title: String, sector: String?)]
    ) throws(BodyError) {
        let name = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !name.isEmpty else { throw .unnamed }
        guard !seats.isEmpty else { throw .noSeats }
        let body = Body(
            id: ID(), alliance: alliance, name: name, kind: kind, isExternal: isExternal, term: term,
            formation: formation, continuesUntilReplaced: continuesUntilReplaced)
        self.alliance = alliance
        self.body = body
        self.seats = seats.enumerated().map { index, seat in
            Seat(
                id: ID(), body: body.id, position: index + 1, title: seat.title, sector: seat.sector,
                isElected: true)
        }
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Makes the body.
    ///
    /// - Throws: ``BodyError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Body
    > {
        try await transaction.insert(body, seats: seats, at: now)
        return Audited(
            body,
            AuditEvent(
                "governance.body.created", subject: body.id,
                details: [
                    "name": body.name, "kind": body.kind.rawValue, "seats": String(seats.count),
                    "term_months": String(body.term.months), "term_norm": body.term.norm ?? "",
                ]))
    }
}
