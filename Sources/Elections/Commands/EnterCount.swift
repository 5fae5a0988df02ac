public import Foundation
import Kernel
public import Postgres
public import Tenancy

/// Enters what one jury of a table counted, without having seen what the other did.
public struct EnterCount: Command {
    /// Who may do it.
    public static let permission = Permission.enterCounts
    /// The process.
    public let place: ProcessPlace
    /// The vote at its table.
    public let poll: PollPlace
    /// What was counted.
    public let figures: TableFigures

    /// A count that was read out.
    public init(_ figures: TableFigures, of poll: PollPlace, in place: ProcessPlace) {
        self.place = place
        self.poll = poll
        self.figures = figures
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Keeps the figures, also those that do not add up; not those of so few ballots that they tell how people voted.
    ///
    /// - Throws: ``ProcessError``, ``VotingDayError``, ``UrnError``, ``TableCountError``, ``CountSheetError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard let jury = try await transaction.jury(at: poll.table) else {
            throw TableCountError.notYourTable
        }
        try await transaction.lockClosed(poll, in: place)
        let terms = try await transaction.sheetTerms(of: poll.contest)
        guard try await transaction.sheets(of: poll, under: terms).count < 2 else {
            throw TableCountError.bothEntered
        }
        if terms.juries > 1 {
            // One table after the other: the last that could take the few ballots of another waits for them.
            try await transaction.hold(poll.contest, of: place)
            let urns = try await transaction.urns(of: poll)
            try urns.requireOpen(poll.table)
            guard !urns.areFew(figures.ballotsOfUrn, at: poll.table) else { throw UrnError.few }
        }
        let options = try await transaction.options(of: poll.contest, round: poll.round)
        try await transaction.insert(
            figures.sheet(of: options, under: terms), of: jury, poll, options: options, in: place,
            at: now)
        return Audited(
            AuditEvent(
                "elections.count.entered", subject: poll.contest,
                details: ["table": poll.table.description, "jury": "\(jury)"]))
    }
}
