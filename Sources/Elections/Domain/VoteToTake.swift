public import Foundation
public import Kernel

/// A vote that no session has opened yet: the next round of an open contest at a table. A place that was put off, a day
/// that was broken off and a runoff leave some behind, for another session.
public struct VoteToTake: Sendable, Hashable {
    /// The contest.
    public let contest: ID<Contest>
    /// The round, 1 being the first.
    public let round: Int
    /// The table.
    public let table: ID<VotingTable>
    /// When the table was to open.
    public let opensAt: Date
}

extension [VoteToTake] {
    /// The day that was announced for these votes, where a session on `day` departs from it; `nil` where it does not. A
    /// place that was put off has a day of its own, and a runoff none.
    public func announcedDay(otherThan day: CalendarDate, voting: Milestone?) -> CalendarDate? {
        let days = Set(filter { $0.round == 1 }.map { ColombianTime.date(at: $0.opensAt) })
        guard let voting, !days.isEmpty else { return nil }
        let announced = ColombianTime.date(at: voting.opensAt)
        let isOfOneAnnounced = day == announced || day > announced && days.contains(day)
        return isOfOneAnnounced ? nil : announced
    }
}
