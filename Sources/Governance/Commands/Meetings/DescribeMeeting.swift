public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Puts right what a meeting is for citizens: whether they are told of it, and whether the alliance renders its own
/// accounts in it. Of one that was held too, since what was not asked at its time may have to be said later.
public struct DescribeMeeting: Command {
    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let id: ID<Meeting>
    /// Whether citizens are told of it.
    public let isPublic: Bool
    /// Whether the alliance renders its own accounts in it.
    public let isOwnAccountability: Bool

    /// Takes what a person filled in.
    public init(_ id: ID<Meeting>, of alliance: ID<Alliance>, isPublic: Bool, isOwnAccountability: Bool) {
        self.alliance = alliance
        self.id = id
        self.isPublic = isPublic
        self.isOwnAccountability = isOwnAccountability
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Writes it.
    ///
    /// - Throws: ``MeetingError/notFound``, ``MeetingError/reservedAndPublic``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let before = try await transaction.lockedMeeting(id, of: alliance) else {
            throw MeetingError.notFound
        }
        guard !(before.isReserved && isPublic) else { throw MeetingError.reservedAndPublic }
        try await transaction.describe(id, isPublic: isPublic, isOwnAccountability: isOwnAccountability)
        return Audited(
            AuditEvent(
                "governance.meeting.described", subject: id,
                details: [
                    "public": String(isPublic), "public_before": String(before.isPublic),
                    "own_accountability": String(isOwnAccountability),
                    "own_accountability_before": String(before.isOwnAccountability),
                ]))
    }
}
