public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Changes a body: its name, its limits with their norms, how its mandates are made; and adds seats.
///
/// Mandates that exist keep the limit that stood when they were opened.
public struct EditBody: Command {
    /// Who may do it.
    public static let permission = Permission.createBodies
    /// The alliance that the body belongs to, `nil` for one of none.
    public let alliance: ID<Alliance>?
    /// The body.
    public let id: ID<Body>
    /// Its name.
    public let name: String
    /// How long mandates last at the most.
    public let term: TermLimit
    /// What makes a mandate.
    public let formation: Body.Formation
    /// Whether a holder goes on until replaced.
    public let continuesUntilReplaced: Bool
    /// Seats that come to those it has.
    public let addedSeats: [SeatDraft]

    /// Takes what a person filled in.
    ///
    /// - Throws: ``BodyError/unnamed``.
    public init(
        _ id: ID<Body>, of alliance: ID<Alliance>?, name: String, term: TermLimit, formation: Body.Formation,
        continuesUntilReplaced: Bool, addingSeats addedSeats: [SeatDraft] = []
    ) throws(BodyError) {
        guard let name = name.trimmedOrNil else { throw .unnamed }
        self.name = name
        self.alliance = alliance
        self.id = id
        self.term = term
        self.formation = formation
        self.continuesUntilReplaced = continuesUntilReplaced
        self.addedSeats = addedSeats
    }

    /// The alliance's chain, or the office's for a body of none.
    public var stream: AuditStream { .of(alliance) }

    /// Changes it.
    ///
    /// - Throws: ``BodyError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        let before = try await transaction.body(id, in: alliance)
        if !before.isExternal, let alliance,
            let bylaws = try await transaction.bylaws(of: alliance, on: ColombianTime.date(at: now))
        {
            let seats = try await transaction.seats(of: id).count + addedSeats.count
            // What stood before the bylaws is not held against an edit of something else.
            let isGrown = !addedSeats.isEmpty || term.months > before.term.months
            if isGrown { try bylaws.require(term, seats: seats, of: before.kind) }
        }
        try await transaction.update(
            Body(
                id: id, alliance: alliance, name: name, kind: before.kind, isExternal: before.isExternal,
                term: term, formation: formation, continuesUntilReplaced: continuesUntilReplaced))
        let first = try await transaction.nextPosition(in: id)
        try await transaction.insert(
            addedSeats.enumerated().map { $1.seat(of: id, at: first + $0) }, of: id)
        if continuesUntilReplaced != before.continuesUntilReplaced {
            try await transaction.followService(in: id, at: now)
        }
        return Audited(
            AuditEvent(
                "governance.body.edited", subject: id,
                details: [
                    "name": name, "term_months": String(term.months), "term_norm": term.norm ?? "",
                    "term_months_before": String(before.term.months), "formation": formation.rawValue,
                    "continues": String(continuesUntilReplaced),
                    "seats_added": addedSeats.map(\.title).joined(separator: "; "),
                ]))
    }
}

/// Abolishes a seat that nobody holds; what its holders were stays.
public struct AbolishSeat: Command {
    /// Who may do it.
    public static let permission = Permission.createBodies
    /// The alliance that the body belongs to, `nil` for one of none.
    public let alliance: ID<Alliance>?
    /// The body.
    public let body: ID<Body>
    /// The seat.
    public let seat: ID<Seat>

    /// Takes what a person chose.
    public init(_ seat: ID<Seat>, of body: ID<Body>, in alliance: ID<Alliance>?) {
        self.alliance = alliance
        self.body = body
        self.seat = seat
    }

    /// The alliance's chain, or the office's for a body of none.
    public var stream: AuditStream { .of(alliance) }

    /// Abolishes it as of today.
    ///
    /// - Throws: ``BodyError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        let today = ColombianTime.date(at: now)
        _ = try await transaction.body(body, in: alliance)
        // Locks the body, so that nobody abolishes the other of its last two seats meanwhile.
        _ = try await transaction.nextPosition(in: body)
        guard let seated = try await transaction.seatedBody(body, on: today),
            let seating = seated.seatings.first(where: { $0.seat.id == seat })
        else { throw BodyError.seatNotFound }
        guard seated.seatings.count > 1 else { throw BodyError.lastSeat }
        guard seating.isVacant, seating.alternates.isEmpty, seating.awaited.isEmpty else {
            throw BodyError.seatIsHeld(seating.seat.title)
        }
        try await transaction.abolish(seat, on: today)
        return Audited(
            AuditEvent(
                "governance.seat.abolished", subject: seat,
                details: ["body": body.description, "title": seating.seat.title]))
    }
}
