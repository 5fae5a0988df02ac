public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Notes that circulated minutes were approved, and gives them the next number of their book.
public struct ApproveMinutes: Command {
    /// By what they were approved.
    public enum Act: Sendable, Hashable {
        /// By a decision that says so, of a later meeting or of the same.
        case decision(UUID)
        /// By a commission, on a day.
        case commission(String, on: CalendarDate)
    }

    /// Who may do it.
    public static let permission = Permission.approveMinutes
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting whose minutes they are.
    public let meeting: ID<Meeting>
    /// By what.
    public let act: Act

    /// Takes what a person chose.
    ///
    /// - Throws: ``MinutesError/commissionUntold``.
    public init(
        of meeting: ID<Meeting>, in alliance: ID<Alliance>, by act: Act
    ) throws(MinutesError) {
        if case .commission(let note, _) = act, note.trimmedOrNil == nil { throw .commissionUntold }
        self.alliance = alliance
        self.meeting = meeting
        self.act = act
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Approves them.
    ///
    /// - Returns: Their number.
    /// - Throws: ``MinutesError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Int> {
        guard let meeting = try await transaction.meeting(meeting, of: alliance)?.meeting,
            let draft = try await transaction.lockedMinutes(of: meeting.id)
        else { throw MinutesError.notFound }
        let observations = try await transaction.minutesObservations(of: draft.id)
        let waiting = observations.count { $0.isAccepted == nil }
        guard waiting == 0 else { throw MinutesError.unanswered(waiting) }
        // What was accepted is in a later version, or it was not accepted.
        let owed = observations.count { $0.isAccepted == true && $0.version == draft.version }
        guard owed == 0 else { throw MinutesError.notTakenUp(owed) }
        let number: Int
        let how: MinutesDraft.Approval
        switch act {
        case .decision(let id):
            guard
                let decision = try await transaction.approvingDecisions(of: draft).first(where: {
                    $0.id == id
                })
            else { throw MinutesError.notTheDecision }
            try await transaction.hold(decision: id)
            how = decision.meeting == meeting.id ? .sameSession : .meeting
            number = try await transaction.approve(draft, on: decision.day, how: how, note: nil, by: id)
        case .commission(let note, let day):
            guard day >= meeting.day, day <= ColombianTime.date(at: now) else {
                throw MeetingError.notYetHeld
            }
            // A meeting hears observations itself; a commission waits until those who were asked have had their time.
            if let until = draft.observeUntil, until >= ColombianTime.date(at: now) {
                throw MinutesError.stillObserved(until: until)
            }
            how = .commission
            number = try await transaction.approve(draft, on: day, how: how, note: note.trimmedOrNil, by: nil)
        }
        return Audited(
            number,
            AuditEvent(
                "governance.minutes.approved", subject: draft.id,
                details: [
                    "meeting": meeting.id.description, "number": String(number), "how": how.rawValue,
                    "version": String(draft.version),
                ]))
    }
}
