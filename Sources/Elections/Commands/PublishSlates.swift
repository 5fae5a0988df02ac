public import Foundation
import Kernel
import Postgres
public import Tenancy

/// An admitted slate as anybody may read it.
public struct PublishedSlate: Sendable, Hashable {
    /// The process.
    public let processName: String
    /// The contest.
    public let contestName: String
    /// The place of the contest on the ballot.
    public let contestPosition: Int
    /// How many seats the contest fills.
    public let seats: Int
    /// The number on the ballot.
    public let number: Int
    /// The name.
    public let name: String
    /// The principals, in their order.
    public let principals: [String]
    /// The alternates, in their order.
    public let alternates: [String]
    /// When the committee admitted it.
    public let admittedAt: Date
    /// The draw of the order in which those of its contest stand; `nil` where it was not drawn.
    public let draw: DrawRecord?
}

/// Keeps the board of admitted slates in step with what the committee decides.
public enum SlateBoard {
    /// Writes the board of an alliance anew each time that something of it changed.
    public static var handler: OutboxHandler {
        .inside(OutboxMessage.allianceChangedTopic) { message, transaction, _ in
            guard let alliance = ID<Alliance>(message.subject) else { return }
            try await transaction.publishSlates(of: alliance)
        }
    }
}
