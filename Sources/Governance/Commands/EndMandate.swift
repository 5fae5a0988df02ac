public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Ends a mandate with its reason: a resignation, a death, a removal; or takes it back, where a decision annulled
/// what made it. Who leaves before the first day, or before the `posesión`, never held the seat.
public struct EndMandate: Command {
    /// Who may do it.
    public static let permission = Permission.recordMandates
    /// The alliance that the body belongs to, `nil` for one of none.
    public let alliance: ID<Alliance>?
    /// The mandate.
    public let mandate: ID<Mandate>
    /// The last day on which it was held; for who never held it, the day on which they left.
    public let day: CalendarDate
    /// Why.
    public let reason: MandateSummary.EndReason
    /// What is told of it, with the paper that says so.
    public let note: String?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``MandateError/endNotTold`` where the reason says nothing by itself.
    public init(
        _ mandate: ID<Mandate>, in alliance: ID<Alliance>?, on day: CalendarDate,
        because reason: MandateSummary.EndReason, note: String? = nil
    ) throws(MandateError) {
        self.note = note?.trimmedOrNil
        if self.note == nil, [.other, .annulment, .removal, .disqualification].contains(reason) {
            throw .endNotTold
        }
        self.alliance = alliance
        self.mandate = mandate
        self.day = day
        self.reason = reason
    }

    /// The alliance's chain, or the office's for a body of none.
    public var stream: AuditStream { .of(alliance) }

    /// Ends it, and the grants that came with it.
    ///
    /// - Throws: ``MandateError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let found = try await transaction.mandate(mandate) else { throw MandateError.notFound }
        let body = try await transaction.body(found.body, in: alliance)
        let today = ColombianTime.date(at: now)
        guard day <= today else { throw MandateError.inFuture }
        let state = found.state(endingOn: day, because: reason)
        if state == .neverHeld, let held = found.held, held.from <= today, note == nil {
            throw MandateError.endsBeforeItBegan(held.from)
        }
        guard state != .ended || day <= found.endsOn || body.continuesUntilReplaced else {
            throw MandateError.endsAfterPeriod(found.endsOn)
        }
        try await transaction.end(
            mandate, on: state == .annulled ? max(day, found.startsOn) : day, because: reason, note: note,
            at: now)
        return Audited(
            AuditEvent(
                state.endingEvent,
                subject: mandate,
                details: ["day": day.description, "reason": reason.rawValue, "note": note ?? ""]))
    }
}

extension MandateSummary.State {
    /// The event of a mandate that ends so.
    fileprivate var endingEvent: String {
        switch self {
        case .annulled: "governance.mandate.annulled"
        case .neverHeld: "governance.mandate.never_held"
        case .pending, .inForce, .ended: "governance.mandate.ended"
        }
    }
}
