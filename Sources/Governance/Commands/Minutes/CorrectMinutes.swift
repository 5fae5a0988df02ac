public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Notes what a later meeting decided to correct in sealed minutes. They stay as they are, and say who corrects them.
public struct CorrectMinutes: Command {
    /// Who may do it.
    public static let permission = Permission.sealMinutes
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting whose minutes they are.
    public let meeting: ID<Meeting>
    /// The decision.
    public let decision: UUID
    /// What they say.
    public let says: String
    /// What they should say.
    public let shouldSay: String

    /// Takes what a person wrote.
    ///
    /// - Throws: ``MinutesError/correctionEmpty``.
    public init(
        of meeting: ID<Meeting>, in alliance: ID<Alliance>, by decision: UUID, says: String, shouldSay: String
    ) throws(MinutesError) {
        guard let says = says.trimmedOrNil, let shouldSay = shouldSay.trimmedOrNil else {
            throw .correctionEmpty
        }
        self.alliance = alliance
        self.meeting = meeting
        self.decision = decision
        self.says = says
        self.shouldSay = shouldSay
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Adds it.
    ///
    /// - Throws: ``MinutesError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard let meeting = try await transaction.meeting(meeting, of: alliance)?.meeting,
            let draft = try await transaction.lockedMinutes(of: meeting.id)
        else { throw MinutesError.notFound }
        guard draft.state == .sealed else { throw MinutesError.notSealed }
        guard
            try await transaction.correctingDecisions(of: draft, after: meeting).contains(where: {
                $0.id == decision
            })
        else { throw MinutesError.correctionNotLater }
        try await transaction.correct(draft, by: decision, says: says, shouldSay: shouldSay, at: now)
        return Audited(
            AuditEvent(
                "governance.minutes.corrected", subject: draft.id,
                details: [
                    "meeting": meeting.id.description,
                    "number": draft.approved.map { String($0.number) } ?? "",
                ]))
    }
}
