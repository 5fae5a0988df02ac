public import Foundation
public import Kernel
public import Tenancy

/// What says that somebody was elected (`credencial`): who, to which seat, for how long, and by which act.
public struct Credential: Sendable, Hashable {
    /// The mandate.
    public let mandate: ID<Mandate>
    /// The contest.
    public let contest: ID<Contest>
    /// The holder.
    public let name: String
    /// The holder's document.
    public let document: IdentityDocument
    /// The body.
    public let body: String
    /// The seat.
    public let seat: String
    /// 0 for the principal, 1 and up for alternates.
    public let rank: Int
    /// The slate.
    public let slate: String
    /// The first day.
    public let startsOn: CalendarDate
    /// The last day.
    public let endsOn: CalendarDate
    /// Whether an appointment has to follow before the term runs (`posesión`).
    public let isPending: Bool
    /// The number of the acta in the alliance's book.
    public let record: Int
    /// When that acta was sealed.
    public let sealedAt: Date
    /// Its SHA-256, in hexadecimal.
    public let sha256: String
    /// The day of the proclamation.
    public let proclaimedOn: CalendarDate
}
