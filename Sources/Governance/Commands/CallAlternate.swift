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
        guard let seated = try await transaction.seatedBody(body, on: day),
            let seating = seated.seatings.first(where: { $0.seat.id == seat })
        else { throw MandateError.seatNotFound }
        guard seating.isVacant else { throw MandateError.notVacant }
        guard let alternate = seating.alternates.first?.mandate, let person = alternate.person,
            day <= alternate.endsOn
        else { throw MandateError.noAlternate }
        let mandate = NewMandate(
            seat: seat, holder: .person(person), startsOn: day, endsOn: alternate.endsOn, origin: .succession,
            process: alternate.process, paper: paper)
        try await transaction.end(alternate.id, on: day, because: .calledToSeat, note: paper, at: now)
        try await transaction.openMandates([mandate], at: now)
        return Audited(
            mandate.id,
            AuditEvent(
                "governance.alternate.called", subject: mandate.id,
                details: [
                    "body": body.description, "seat": seat.description, "alternate": alternate.id.description,
                    "day": day.description, "paper": paper,
                ]))
    }
}
