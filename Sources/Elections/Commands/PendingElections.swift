public import Foundation
import Governance
public import Kernel
public import Postgres
public import Tenancy

/// Objections to a roll, slates, appeals and challenges that wait for the decision of the electoral committee.
public struct DecisionsOfCommittee: PendingSource {
    /// Which of them.
    public enum Subject: Sendable, CaseIterable {
        /// Objections to a roll.
        case claims
        /// Slates.
        case slates
        /// Appeals of candidates who were kept out.
        case appeals
        /// Challenges of a result.
        case challenges
    }

    private let subject: Subject

    /// Tells of one sort.
    public init(_ subject: Subject) {
        self.subject = subject
    }

    /// Whoever decides them.
    public var permission: Permission {
        switch subject {
        case .claims: .runProcesses
        case .slates, .appeals: .decideSlates
        case .challenges: .decideChallenges
        }
    }

    /// Reads how many there are, by process.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        switch subject {
        case .claims: try await transaction.claimsToDecide().map { $0.item(.claims) }
        case .slates: try await transaction.slatesToDecide().map { $0.item(.slates) }
        case .appeals: try await transaction.appealsToDecide().map { $0.item(.appeals) }
        case .challenges: try await transaction.challengesToDecide().map { $0.item(.challenges) }
        }
    }
}

/// What an election asks of others than the committee: to count, to be the second of two people, and to read why they were
/// kept out.
public struct TasksOfOthers: PendingSource {
    /// Which of them.
    public enum Subject: Sendable, CaseIterable {
        /// Votes of a juror's table that were cast and not counted by that jury.
        case counts
        /// Numbers of draws that were written down.
        case draws
        /// Proclamations that were proposed.
        case proclamations
        /// Annulments that were proposed.
        case annulments
        /// Tables that were proposed to be left out.
        case omissions
        /// Decisions that kept the person out as a candidate.
        case disqualifications
    }

    private let subject: Subject

    /// Tells of one sort.
    public init(_ subject: Subject) {
        self.subject = subject
    }

    /// Whoever does them.
    public var permission: Permission {
        switch subject {
        case .counts: .enterCounts
        case .draws: .confirmDraws
        case .proclamations: .proclaim
        case .annulments: .annulProcesses
        case .omissions: .omitTables
        case .disqualifications: .seeOwnVote
        }
    }

    /// Reads how many there are for who looks, by process: nobody is their own second.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        guard let user = transaction.scope.principal.user else { return [] }
        func acts(_ kind: String, _ item: PendingItem.Kind) async throws -> [PendingItem] {
            try await transaction.actsToSecond(kind, by: user, holding: permission).map { $0.item(item) }
        }
        return switch subject {
        case .counts: try await transaction.votesToCount(by: user).map { $0.item(.votesToCount) }
        case .draws:
            try await transaction.drawsToConfirm(.tie, by: user).map { $0.item(.drawToConfirm) }
                + transaction.drawsToConfirm(.ballotOrder, by: user).map { $0.item(.orderToConfirm) }
        case .proclamations: try await acts("proclaim", .proclamationToSecond)
        case .annulments: try await acts("annul", .annulmentToSecond)
        case .omissions: try await acts("omit", .omissionToSecond)
        case .disqualifications:
            try await transaction.decisionsToAppeal(by: user).map { $0.item(.ownDisqualification) }
        }
    }
}

/// Elections that fall due because periods end or seats are empty, until somebody begins them.
public struct ElectionsDue: PendingSource {
    /// Tells of them.
    public init() {}

    /// Whoever sees to the seats of an alliance.
    public var permission: Permission { .recordMandates }

    /// Reads how many seats there are, by alliance.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        Dictionary(grouping: try await transaction.dueElections(on: today), by: \.alliance?.id).map {
            alliance, due in
            PendingItem(
                .electionsDue, count: due.reduce(0) { $0 + $1.seats },
                in: alliance.map { .alliance($0) } ?? .office, dueOn: due.compactMap(\.dueOn).min())
        }
    }
}

/// Elections that are being prepared.
public struct ElectionsToPrepare: PendingSource {
    /// Tells of them.
    public init() {}

    /// Whoever prepares them.
    public var permission: Permission { .draftProcesses }

    /// Reads which there are.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        try await transaction.electionsGoingOn().compactMap { election in
            election.state == .draft && !election.hasCalendar ? election.item(.electionToPrepare) : nil
        }
    }
}

/// The next step of each election, by its state and its calendar, and the tables that lack jurors.
public struct StepsOfElections: PendingSource {
    /// Tells of them.
    public init() {}

    /// The electoral committee, which takes them.
    public var permission: Permission { .runProcesses }

    /// Reads which there are.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        try await transaction.electionsGoingOn().flatMap { election in
            [election.step(on: today).map { election.item($0) }, election.jurorsToName].compactMap(\.self)
        }
    }
}

extension ElectionGoingOn {
    /// What is done next; `nil` where it waits for its day or for something that is told by itself.
    fileprivate func step(on today: CalendarDate) -> PendingItem.Kind? {
        switch state {
        case .draft: hasCalendar ? .callToPublish : nil
        case .called: .rollToPublish
        // Claims are taken until then.
        case .provisionalRoll, .claims: days[.rollFreeze].map { $0 <= today } ?? true ? .rollToFreeze : nil
        case .frozenRoll, .nominations: .dayToBegin
        case .voting: .voteToFollow
        case .count: .canvassToMake
        case .provisionalResult: .proclamationToMake
        case .challenges, .proclaimed, .suspended, .void, .annulled: nil
        }
    }

    /// The tables that lack jurors, from the call to the vote.
    fileprivate var jurorsToName: PendingItem? {
        switch state {
        case .called, .provisionalRoll, .claims, .frozenRoll, .nominations:
            PendingItem(
                .jurorsToName, count: tablesWithoutJurors, in: stream, dueOn: days[.voting])
        default: nil
        }
    }

    /// The line of a step, with the day that the calendar has for it.
    fileprivate func item(_ kind: PendingItem.Kind) -> PendingItem {
        let milestone: Milestone.Kind? =
            switch kind {
            case .callToPublish: .call
            case .rollToPublish: .provisionalRoll
            case .rollToFreeze: .rollFreeze
            case .dayToBegin, .voteToFollow: .voting
            case .canvassToMake: .provisionalResult
            case .proclamationToMake: .proclamation
            default: nil
            }
        return PendingItem(kind, count: 1, in: stream, dueOn: milestone.flatMap { days[$0] })
    }
}
