public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Records who holds a seat, from papers of before: an election or appointment that was not made here.
public struct RecordMandate: Command {
    /// Who may do it.
    public static let permission = Permission.recordMandates
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The mandate.
    public let mandate: NewMandate

    /// Takes what a person filled in.
    public init(
        of person: ID<Person>, in seat: ID<Seat>, rank: Int = 0, of alliance: ID<Alliance>,
        from startsOn: CalendarDate, until endsOn: CalendarDate?
    ) {
        self.alliance = alliance
        mandate = NewMandate(
            seat: seat, rank: rank, person: person, startsOn: startsOn, endsOn: endsOn, origin: .recorded)
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Opens the mandate.
    ///
    /// - Throws: ``MandateError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Mandate>> {
        try await transaction.openMandates([mandate], at: now)
        return Audited(
            mandate.id,
            AuditEvent(
                "governance.mandate.recorded", subject: mandate.id,
                details: [
                    "seat": mandate.seat.description, "person": mandate.person.description,
                    "from": mandate.startsOn.description, "until": mandate.endsOn?.description ?? "",
                ]))
    }
}
