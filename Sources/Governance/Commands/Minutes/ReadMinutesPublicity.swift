public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Sealed minutes with what was decided about publishing them; `nil` while they have no seal.
public struct ReadMinutesPublicity: Query {
    /// Who may do it.
    public static let permission = Permission.readMinutes
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>

    /// Names the meeting of the minutes.
    public init(of meeting: ID<Meeting>, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> SealedMinutes? {
        try await transaction.sealedMinutes(of: meeting, in: alliance)
    }
}
