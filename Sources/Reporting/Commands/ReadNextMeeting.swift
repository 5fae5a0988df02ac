public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// By when an alliance meets next: the same reckoning by which the obligation to meet is judged.
public struct ReadNextMeeting: Query {
    /// Who may ask.
    public static let permission = Permission.seeCompliance
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks about an alliance.
    public init(of alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// Where the right is asked.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reckons the answer; `nil` for an alliance that nothing asks to meet at intervals, or of which nobody says how
    /// often.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> MeetingDue? {
        guard let facts = try await transaction.facts(of: [alliance]).first, facts.state != .dissolved else {
            return nil
        }
        let terms = try await transaction.ownTerms()
            .terms(of: try await transaction.obligations(), for: alliance)
        guard let meetings = terms.first(where: { $0.obligation.code == .meetings }),
            facts.agenda != nil || facts.bylaws(on: ColombianTime.date(at: now))?.meetingIntervalDays != nil
                || meetings.obligation.appliesTo.contains(facts.entity)
        else { return nil }
        return try? facts.nextMeeting(meetings, on: ColombianTime.date(at: now))
    }
}
