public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Calls the first alternate to a seat whose principal is gone, for what remains of the alternate's period.
public struct CallAlternate: Undertaking {
    /// Who may do it.
    public static let permission = Permission.recordMandates
    /// The alliance that the body belongs to, `nil` for one of none.
    public let alliance: ID<Alliance>?
    /// The body.
    public let body: ID<Body>
    /// The seat.
    public let seat: ID<Seat>
    /// The first day as principal.
    public let day: CalendarDate
    /// The paper that says so: the minutes in which the alternate accepted.
    public let paper: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``MandateError/paperMissing``.
    public init(
        to seat: ID<Seat>, of body: ID<Body>, in alliance: ID<Alliance>?, on day: CalendarDate, paper: String
    ) throws(MandateError) {
        guard let paper = paper.trimmedOrNil else { throw .paperMissing }
        self.paper = paper
        self.alliance = alliance
        self.body = body
        self.seat = seat
        self.day = day
    }

    /// The alliance's chain, or the office's for a body of none.
    public var stream: AuditStream { .of(alliance) }

    /// Ends the alternate's mandate and opens the principal's.
    ///
    /// - Throws: ``MandateError``, ``BodyError/notFound``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Mandate>> {
        guard day <= ColombianTime.date(at: now) else { throw MandateError.inFuture }
        _ = try await transaction.body(body, in: alliance)
        let called = try await transaction.callNext(to: seat, of: body, on: day, paper: paper, at: now)
        return Audited(
            called.mandate,
            AuditEvent(
                "governance.alternate.called", subject: called.mandate,
                details: [
                    "body": body.description, "seat": seat.description,
                    "alternate": called.alternate.description,
                    "day": day.description, "paper": paper,
                ]))
    }
}

extension Transaction where Scope == TenantScope {
    /// Calls the next in order to a seat that nobody holds on a day, for what remains of their own period.
    ///
    /// - Returns: The mandate that was opened, and the alternate's that it takes the place of.
    /// - Throws: ``MandateError``.
    func callNext(
        to seat: ID<Seat>, of body: ID<Body>, on day: CalendarDate, paper: String,
        file: ID<StoredFile>? = nil, at now: Date
    ) async throws -> (mandate: ID<Mandate>, alternate: ID<Mandate>) {
        guard let seated = try await seatedBody(body, on: day),
            let seating = seated.seatings.first(where: { $0.seat.id == seat })
        else { throw MandateError.seatNotFound }
        guard seating.isVacant else { throw MandateError.notVacant }
        guard let alternate = seating.next, let person = alternate.person else {
            throw MandateError.noAlternate
        }
        let mandate = NewMandate(
            seat: seat, holder: .person(person), startsOn: day, endsOn: alternate.endsOn, origin: .succession,
            process: alternate.process, paper: paper, paperFile: file)
        // Nobody is principal and alternate of a seat on one day, unless they began that day.
        try await end(
            alternate.id, on: max(day - 1, alternate.actsFrom), because: .calledToSeat, note: paper, at: now)
        try await openMandates([mandate], at: now)
        return (mandate.id, alternate.id)
    }
}
