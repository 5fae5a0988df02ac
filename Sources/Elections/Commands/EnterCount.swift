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

    /// Keeps the figures, also those that do not add up.
    ///
    /// - Throws: ``TableCountError`` and ``CountSheetError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard let jury = try await transaction.jury(at: poll.table) else {
            throw TableCountError.notYourTable
        }
        try await transaction.lockClosed(poll, in: place)
        guard try await transaction.sheets(of: poll).count < 2 else { throw TableCountError.bothEntered }
        let options = try await transaction.options(of: poll.contest, round: poll.round)
        let marks = try await transaction.marksPerBallot(in: poll.contest)
        try await transaction.insert(
            figures.sheet(of: options, marksPerBallot: marks), of: jury, poll, options: options, in: place,
            at: now)
        return Audited(
            AuditEvent(
                "elections.count.entered", subject: poll.contest,
                details: ["table": poll.table.description, "jury": "\(jury)"]))
    }
}

/// Settles what two juries counted differently, with a reason.
public struct ReconcileCount: Command {
    /// Who may do it.
    public static let permission = Permission.enterCounts
    /// The process.
    public let place: ProcessPlace
    /// The vote at its table.
    public let poll: PollPlace
    /// What both agree on.
    public let agreed: TableFigures
    /// Why.
    public let reason: String

    /// An agreement of two juries.
    public init(_ agreed: TableFigures, of poll: PollPlace, in place: ProcessPlace, because reason: String) {
        self.place = place
        self.poll = poll
        self.agreed = agreed
        self.reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Keeps each figure that differed, with what was agreed.
    ///
    /// - Throws: ``TableCountError`` and ``CountSheetError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<[SheetDifference]> {
        guard !reason.isEmpty else { throw TableCountError.reasonMissing }
        guard try await transaction.jury(at: poll.table) != nil else { throw TableCountError.notYourTable }
        try await transaction.lockClosed(poll, in: place)
        let options = try await transaction.options(of: poll.contest, round: poll.round)
        let marks = try await transaction.marksPerBallot(in: poll.contest)
        let sheets = try await transaction.sheets(of: poll)
        guard sheets.count == 2 else { throw TableCountError.juryMissing }
        let first = try sheets[0].sheet(of: options, marksPerBallot: marks)
        let second = try sheets[1].sheet(of: options, marksPerBallot: marks)
        let settled = try agreed.sheet(of: options, marksPerBallot: marks)
        let closed = try ClosedSheet(first: first, second: second, agreed: settled, reason: reason)
        let slates = Dictionary(options.map { ($0.contender, $0.slate) }) { first, _ in first }
        let figures = zip(zip(first.rows, second.rows), settled.rows).compactMap { sides, agreement in
            sides.0.figure == agreement.figure && sides.1.figure == agreement.figure
                ? nil
                : AgreedFigure(
                    row: agreement.row, slates: slates, first: sides.0.figure, second: sides.1.figure,
                    agreed: agreement.figure)
        }
        guard !figures.isEmpty else { throw TableCountError.nothingDiffers }
        try await transaction.insert(figures, of: poll, because: reason, at: now)
        return Audited(
            closed.differences,
            AuditEvent(
                "elections.count.reconciled", subject: poll.contest,
                details: ["table": poll.table.description, "figures": "\(figures.count)"]))
    }
}

extension AgreedFigure {
    fileprivate init(row: SheetRow, slates: [Contender: ID<Slate>], first: Int, second: Int, agreed: Int) {
        var slate: ID<Slate>?
        let figure: String
        switch row {
        case .contender(let contender):
            slate = slates[contender]
            figure = slate?.description ?? ""
        case .blank: figure = "blank"
        case .null: figure = "null"
        case .unmarked: figure = "unmarked"
        case .ballots: figure = "ballots"
        case .voters: figure = "voters"
        }
        self.init(figure: figure, slate: slate, first: first, second: second, agreed: agreed)
    }
}

/// Freezes the count of a table (`cierra la mesa`): from then nothing of it changes.
public struct CloseTable: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.closeTables
    /// The process.
    public let place: ProcessPlace
    /// The vote at its table.
    public let poll: PollPlace
    /// Why ballots are missing, where some are.
    public let missingBecause: String?

    /// The vote at its table.
    public init(_ poll: PollPlace, in place: ProcessPlace, missingBallotsBecause reason: String? = nil) {
        self.place = place
        self.poll = poll
        missingBecause = reason
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Freezes it.
    ///
    /// - Throws: ``TableCountError`` and ``CountSheetError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.lockClosed(poll, in: place)
        let options = try await transaction.options(of: poll.contest, round: poll.round)
        let marks = try await transaction.marksPerBallot(in: poll.contest)
        let sheets = try await transaction.sheets(of: poll)
        let required = try await transaction.requiredJuries(in: poll.contest)
        guard let one = sheets.first, let other = sheets.last, sheets.count >= required else {
            throw TableCountError.juryMissing
        }
        let agreements = try await transaction.agreements(of: poll)
        let settled = try one.figures.agreeing(to: agreements, on: options)
            .sheet(of: options, marksPerBallot: marks)
        let reason = missingBecause ?? agreements.first?.reason
        let closed = try ClosedSheet(
            first: try one.sheet(of: options, marksPerBallot: marks),
            second: try other.sheet(of: options, marksPerBallot: marks),
            agreed: agreements.isEmpty ? nil : settled, reason: reason)
        try await transaction.freeze(
            closed.sheet, unreturnedBecause: reason, of: poll, options: options, at: now)
        return Audited(
            AuditEvent(
                "elections.table.closed", subject: poll.contest, details: ["table": poll.table.description]))
    }
}
