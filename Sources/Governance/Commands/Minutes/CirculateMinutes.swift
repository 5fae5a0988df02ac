public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Circulates minutes for observations: their text is kept as it is now, with its digest, and is what people observe,
/// approve and sign. After observations another version follows.
public struct CirculateMinutes: Command {
    /// Who may do it.
    public static let permission = Permission.writeMinutes
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// Until when observations are asked for.
    public let observeUntil: CalendarDate?
    /// Whether somebody said that the likeness with earlier minutes is right.
    public let likenessIsRight: Bool

    /// Takes what a person decided.
    public init(
        _ meeting: ID<Meeting>, in alliance: ID<Alliance>, until day: CalendarDate?,
        likenessIsRight: Bool = false
    ) {
        self.alliance = alliance
        self.meeting = meeting
        observeUntil = day
        self.likenessIsRight = likenessIsRight
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Keeps the version.
    ///
    /// - Returns: Its number.
    /// - Throws: ``MinutesError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Int> {
        guard let meeting = try await transaction.meeting(meeting, of: alliance)?.meeting else {
            throw MeetingError.notFound
        }
        // What is decided after its text went out would not be in it.
        guard meeting.state == .held else { throw MinutesError.notHeld }
        if let observeUntil, observeUntil < ColombianTime.date(at: now) { throw MinutesError.dayPassed }
        let draft = try await transaction.openMinutes(of: meeting, in: alliance, at: now)
        guard draft.state == .draft || draft.state == .circulated else { throw MinutesError.closed }
        let waiting = try await transaction.minutesObservations(of: draft.id).count { $0.isAccepted == nil }
        guard waiting == 0 else { throw MinutesError.unanswered(waiting) }
        var signers = try await transaction.minutesSigners(of: draft.id)
        if signers.isEmpty {
            signers = try await transaction.proposedSigners(
                of: meeting, in: alliance,
                facilitator: draft.free.facilitator.map { ($0, draft.free.facilitatorPost) })
            try await transaction.replace(signers: signers, of: draft, at: now)
        }
        let text = try await transaction.minutesFacts(
            of: meeting, in: alliance, free: draft.free, signers: signers
        ).text
        let likeness = TextLikeness.findings(
            in: text.narrative, among: try await transaction.earlierMinutes(before: meeting.id, of: alliance))
        if let most = likeness.first, most.percent >= TextLikeness.threshold, !likenessIsRight {
            throw MinutesError.resembles(percent: most.percent)
        }
        let words = try text.canonical()
        let version = draft.version + 1
        try await transaction.circulate(words, as: version, of: draft, until: observeUntil, at: now)
        let told = try await transaction.tell(
            of: version, of: draft, until: observeUntil, on: meeting, at: now)
        return Audited(
            version,
            AuditEvent(
                "governance.minutes.circulated", subject: draft.id,
                details: [
                    "meeting": meeting.id.description, "version": String(version),
                    "sha256": HashDigest(of: words).description,
                    "told": String(told),
                    "likeness": likeness.first.map { String($0.percent) } ?? "0",
                ]))
    }
}
