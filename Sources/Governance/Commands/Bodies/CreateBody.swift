public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// What a person says of a seat that is to be.
public struct SeatDraft: Sendable, Hashable {
    /// Its name: "Presidencia", "Integrante 3".
    public let title: String
    /// Outside the alliance: whom the seat speaks for.
    public let sector: String?
    /// Whether the alliance elects who sits there.
    public let isElected: Bool

    /// Describes a seat.
    ///
    /// - Throws: ``BodyError/untitledSeat``.
    public init(title: String, sector: String? = nil, isElected: Bool = true) throws(BodyError) {
        guard let title = title.trimmedOrNil else { throw .untitledSeat }
        self.title = title
        self.sector = sector?.trimmedOrNil
        self.isElected = isElected
    }

    func seat(of body: ID<Body>, at position: Int) -> Seat {
        Seat(
            id: ID(), body: body, position: position, title: title, sector: sector, isElected: isElected)
    }
}

/// Makes a body with its seats: inside an alliance, or outside it with the alliance's seats among others.
public struct CreateBody: Undertaking {
    /// Who may do it.
    public static let permission = Permission.createBodies
    /// The body to be.
    public let body: Body
    /// Its seats in their order.
    public let seats: [Seat]

    /// Takes what a person filled in; the alliance is whose body it is, or who elects to it, and `nil` for one
    /// that several alliances elect to.
    ///
    /// - Throws: ``BodyError``.
    public init(
        _ name: String, kind: Body.Kind, of alliance: ID<Alliance>?, isExternal: Bool, term: TermLimit,
        formation: Body.Formation, continuesUntilReplaced: Bool, seats: [SeatDraft]
    ) throws(BodyError) {
        guard let name = name.trimmedOrNil else { throw .unnamed }
        guard !seats.isEmpty else { throw .noSeats }
        guard isExternal || alliance != nil else { throw .withoutAlliance }
        let id = ID<Body>()
        body = Body(
            id: id, alliance: alliance, name: name, kind: kind, isExternal: isExternal, term: term,
            formation: formation, continuesUntilReplaced: continuesUntilReplaced)
        self.seats = seats.enumerated().map { $1.seat(of: id, at: $0 + 1) }
    }

    /// Takes what a person filled in; of each seat, all elected by the alliance, its title and whom it speaks for.
    ///
    /// - Throws: ``BodyError``.
    public init(
        _ name: String, kind: Body.Kind, of alliance: ID<Alliance>?, isExternal: Bool, term: TermLimit,
        formation: Body.Formation, continuesUntilReplaced: Bool, seats: [(title: String, sector: String?)]
    ) throws(BodyError) {
        var drafts: [SeatDraft] = []
        for seat in seats { drafts.append(try SeatDraft(title: seat.title, sector: seat.sector)) }
        try self.init(
            name, kind: kind, of: alliance, isExternal: isExternal, term: term, formation: formation,
            continuesUntilReplaced: continuesUntilReplaced, seats: drafts)
    }

    /// The alliance's chain, or the office's for a body of none.
    public var stream: AuditStream { .of(body.alliance) }

    /// Makes it.
    ///
    /// - Throws: ``BodyError``, `AllianceError.notFound`.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Body> {
        if let alliance = body.alliance, try await transaction.alliance(alliance) == nil {
            throw AllianceError.notFound
        }
        if !body.isExternal, let alliance = body.alliance,
            let bylaws = try await transaction.bylaws(of: alliance, on: ColombianTime.date(at: now))
        {
            try bylaws.require(body.term, seats: seats.count, of: body.kind)
        }
        try await transaction.insert(body, seats: seats, at: now)
        return Audited(
            body,
            AuditEvent(
                "governance.body.created", subject: body.id,
                details: [
                    "name": body.name, "kind": body.kind.rawValue, "external": String(body.isExternal),
                    "term_months": String(body.term.months), "term_norm": body.term.norm ?? "",
                    "seats": seats.map(\.title).joined(separator: "; "),
                ]))
    }
}

extension AuditStream {
    /// The chain of what belongs to an alliance, or to none: the office's then.
    static func of(_ alliance: ID<Alliance>?) -> Self {
        alliance.map(AuditStream.alliance) ?? .office
    }
}
