public import Foundation
import Governance
public import Kernel
public import Postgres
public import Tenancy

/// Reads what a new box may be: the secret votes that are due, whether the bylaws allow voting from afar, and the hours of
/// the calendar.
public struct ReadBoxDraft: Query {
    /// What a new box may be.
    public struct Answer: Sendable {
        /// The process.
        public let process: ElectionProcess
        /// The contests that are voted in secret and wait for their vote, in their order.
        public let contests: [Contest]
        /// Those of them whose votes another box takes: only a rehearsal may ask them, too.
        public let taken: Set<ID<Contest>>
        /// Those of them that wait for their runoff.
        public let runoffs: Set<ID<Contest>>
        /// Whether the bylaws allow voting from afar.
        public let remoteIsAllowed: Bool
        /// When the calendar opens and closes the vote; `nil` without a calendar.
        public let hours: Range<Date>?

        /// The contests that a new box may ask, or a rehearsal.
        public func contests(ofMock isMock: Bool) -> [Contest] {
            isMock ? contests : contests.filter { !taken.contains($0.id) }
        }
    }

    /// Who may do it.
    public static let permission = Permission.prepareBoxes
    /// The process.
    public let place: ProcessPlace

    /// Asks about a process.
    public init(of place: ProcessPlace) {
        self.place = place
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Reads it.
    ///
    /// - Throws: ``ProcessError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        guard let process = try await transaction.process(place.process), process.alliance == place.alliance
        else {
            throw ProcessError.notFound
        }
        let turns = try await transaction.turns(of: place.process)
        let contests = try await transaction.contests(of: place.process).filter { contest in
            contest.votingMode == .paper && turns[contest.id]?.isDue == true
        }
        let bylaws = try await transaction.bylaws(of: place.alliance, on: ColombianTime.date(at: now))
        let voting = try await transaction.calendar(of: place.process)?[.voting]
        return Answer(
            process: process, contests: contests,
            taken: Set(
                try await transaction.dayBoxes(of: place).filter { turns[$0.contest]?.round == $0.round }
                    .map(\.contest)),
            runoffs: Set(turns.filter { $0.isDue && $0.round > 1 }.map(\.contest)),
            remoteIsAllowed: bylaws?.allows(.remoteVoting) == true,
            hours: voting.flatMap { voting in
                voting.closesAt.flatMap { voting.opensAt < $0 ? voting.opensAt..<$0 : nil }
            })
    }
}
