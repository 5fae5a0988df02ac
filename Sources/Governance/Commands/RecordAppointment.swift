public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Records the act of appointment and the `posesión` that a proclaimed mandate waits for, as in the boards of ESE. With
/// the `posesión` the mandate is in force.
///
/// - SeeAlso: Decreto 1876 de 1994, artículos 7 y 9, as the source documents cite it.
public struct RecordAppointment: Command {
    /// Who may do it.
    public static let permission = Permission.recordMandates
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The mandate.
    public let mandate: ID<Mandate>
    /// The act: kind, number and who issued it.
    public let act: String
    /// The day of the act.
    public let appointedOn: CalendarDate
    /// The day of the `posesión`; `nil` while it is to come.
    public let tookOfficeOn: CalendarDate?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``MandateError``.
    public init(
        of mandate: ID<Mandate>, of alliance: ID<Alliance>, act: String, on appointedOn: CalendarDate,
        tookOfficeOn: CalendarDate?
    ) throws(MandateError) {
        let act = act.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !act.isEmpty else { throw .reasonMissing }
        if let tookOfficeOn, tookOfficeOn < appointedOn { throw .officeBeforeAppointment }
        self.alliance = alliance
        self.mandate = mandate
        self.act = act
        self.appointedOn = appointedOn
        self.tookOfficeOn = tookOfficeOn
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``MandateError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        try await transaction.recordAppointment(
            of: mandate, act: act, on: appointedOn, tookOfficeOn: tookOfficeOn)
        return Audited(
            AuditEvent(
                "governance.mandate.appointed", subject: mandate,
                details: [
                    "act": act, "appointed_on": appointedOn.description,
                    "took_office_on": tookOfficeOn?.description ?? "",
                ]))
    }
}
