public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Ends a mandate with its reason: a resignation, a death, a removal; or takes it back, where a decision annulled
/// what made it. Who leaves before the first day, or before the `posesión`, never held the seat.
///
/// The same act may call who is next in order to the seat, from the day after, as the minutes say that they accepted.
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
    /// What is told of it.
    public let note: String?
    /// The minutes in which it is told, with number and date.
    public let paper: String?
    /// Their scan.
    public let scan: StoredFile?
    /// Whether the next in order is called to the seat.
    public let callsNext: Bool

    /// Takes what a person filled in.
    ///
    /// - Throws: ``MandateError/endNotTold`` where the reason says nothing by itself, ``MandateError/paperMissing`` where
    ///   somebody is called, or there is a scan, without the minutes that say so.
    public init(
        _ mandate: ID<Mandate>, in alliance: ID<Alliance>?, on day: CalendarDate,
        because reason: MandateSummary.EndReason, note: String? = nil, paper: String? = nil,
        scan: StoredFile? = nil, callingNext callsNext: Bool = false
    ) throws(MandateError) {
        self.note = note?.trimmedOrNil
        self.paper = paper?.trimmedOrNil
        guard self.paper != nil || (scan == nil && !callsNext) else { throw .paperMissing }
        self.scan = scan
        self.callsNext = callsNext
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

    /// Ends it, and the grants that came with it; and calls who is next.
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
        var file: ID<StoredFile>?
        if let scan { file = try await transaction.store(scan, as: .mandates, in: stream, at: now) }
        let last = state == .annulled ? max(day, found.startsOn) : day
        try await transaction.end(
            mandate, on: last, because: reason, note: note, paper: paper, file: file, at: now)
        var called: ID<Mandate>?
        if callsNext, let paper {
            called = try await transaction.callNext(
                to: found.seat, of: found.body, on: max(last + 1, found.startsOn), paper: paper, file: file,
                at: now
            ).mandate
        }
        return Audited(
            AuditEvent(
                state.endingEvent,
                subject: mandate,
                details: [
                    "day": day.description, "reason": reason.rawValue,
                    "paper": paper ?? "", "called": called?.description ?? "",
                ]))
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
