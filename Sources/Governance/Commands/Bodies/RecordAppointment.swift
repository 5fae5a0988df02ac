public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Records the act of appointment of who was elected to a body outside, and the `posesión` that puts the mandate
/// in force; both at once, or the second later.
///
/// - SeeAlso: ESE boards: the competent authority appoints whom the alliances elected (Decreto 1876 de 1994,
///   artículo 7, as found in public material, not confirmed).
public struct RecordAppointment: Command {
    /// Who may do it.
    public static let permission = Permission.recordMandates
    /// The alliance that the body belongs to, `nil` for one of none.
    public let alliance: ID<Alliance>?
    /// The mandate that waits.
    public let mandate: ID<Mandate>
    /// The act with its number; `nil` where it was recorded before.
    public let act: String?
    /// The day of the act; `nil` where it was recorded before.
    public let appointedOn: CalendarDate?
    /// The day of the `posesión`; `nil` where it is to come.
    public let tookOfficeOn: CalendarDate?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``MandateError/officeBeforeAppointment``, ``MandateError/actMissing``.
    public init(
        of mandate: ID<Mandate>, in alliance: ID<Alliance>?, act: String?, on appointedOn: CalendarDate?,
        tookOfficeOn: CalendarDate? = nil
    ) throws(MandateError) {
        self.act = act?.trimmedOrNil
        guard (self.act == nil) == (appointedOn == nil), self.act != nil || tookOfficeOn != nil else {
            throw .actMissing
        }
        if let appointedOn, let tookOfficeOn, tookOfficeOn < appointedOn { throw .officeBeforeAppointment }
        self.alliance = alliance
        self.mandate = mandate
        self.appointedOn = appointedOn
        self.tookOfficeOn = tookOfficeOn
    }

    /// The alliance's chain, or the office's for a body of none.
    public var stream: AuditStream { .of(alliance) }

    /// Records it.
    ///
    /// - Throws: ``MandateError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let waiting = try await transaction.mandate(mandate) else { throw MandateError.notFound }
        let body = try await transaction.body(waiting.body, in: alliance)
        guard waiting.state == .pending else {
            throw body.formation == .proclamation ? MandateError.noAppointmentDue : .alreadyInForce
        }
        let today = ColombianTime.date(at: now)
        guard [appointedOn, tookOfficeOn].allSatisfy({ $0.map { $0 <= today } ?? true }) else {
            throw MandateError.inFuture
        }
        guard waiting.appointmentAct == nil || act == nil else { throw MandateError.alreadyAppointed }
        guard let act = act ?? waiting.appointmentAct, let appointedOn = appointedOn ?? waiting.appointedOn
        else { throw MandateError.actMissing }
        try await transaction.appoint(mandate, by: act, on: appointedOn, tookOfficeOn: tookOfficeOn, at: now)
        return Audited(
            AuditEvent(
                tookOfficeOn == nil ? "governance.mandate.appointed" : "governance.mandate.took_office",
                subject: mandate,
                details: [
                    "act": act, "appointed_on": appointedOn.description,
                    "took_office_on": tookOfficeOn?.description ?? "",
                ]))
    }
}
