public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Answers an observation: it is taken up, or not and why.
public struct AnswerMinutesObservation: Command {
    /// Who may do it.
    public static let permission = Permission.writeMinutes
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The observation.
    public let observation: UUID
    /// Whether it is taken up.
    public let isAccepted: Bool
    /// The answer.
    public let answer: String?

    /// Takes what a person wrote.
    ///
    /// - Throws: ``MinutesError/refusalUnreasoned``.
    public init(
        _ observation: UUID, of meeting: ID<Meeting>, in alliance: ID<Alliance>, isAccepted: Bool,
        answer: String?
    ) throws(MinutesError) {
        let answer = answer?.trimmedOrNil
        guard isAccepted || answer != nil else { throw .refusalUnreasoned }
        self.alliance = alliance
        self.meeting = meeting
        self.observation = observation
        self.isAccepted = isAccepted
        self.answer = answer
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Keeps the answer.
    ///
    /// - Throws: ``MinutesError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard let held = try await transaction.meeting(meeting, of: alliance)?.meeting,
            let draft = try await transaction.lockedMinutes(of: meeting)
        else { throw MinutesError.notFound }
        guard draft.state == .circulated else { throw MinutesError.closed }
        guard
            try await transaction.answer(
                observation, of: draft.id, accepted: isAccepted, answer, at: now)
        else { throw MinutesError.notFound }
        try await transaction.tell(ofAnswerTo: observation, in: draft, on: held, at: now)
        return Audited(
            AuditEvent(
                "governance.minutes.observation_answered", subject: draft.id,
                details: ["meeting": meeting.description, "accepted": String(isAccepted)]))
    }
}
