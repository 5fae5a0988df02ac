public import Foundation
import Kernel
public import Postgres
public import Tenancy

/// Writes down what the juries agree on where they counted differently or were both wrong (`conciliar`), with a
/// reason. It counts once somebody else confirms it.
public struct ReconcileCount: Command {
    /// Who may do it.
    public static let permission = Permission.enterCounts
    /// The process.
    public let place: ProcessPlace
    /// The vote at its table.
    public let poll: PollPlace
    /// What is agreed.
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

    /// Keeps what is agreed in place of what was written before it, until it is confirmed.
    ///
    /// - Throws: ``ProcessError``, ``TableCountError``, ``UrnError``, ``CountSheetError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<[SheetDifference]> {
        guard !reason.isEmpty else { throw TableCountError.reasonMissing }
        guard try await transaction.jury(at: poll.table) != nil else { throw TableCountError.notYourTable }
        try await transaction.lockClosed(poll, in: place)
        let count = try await transaction.bothCounts(of: poll)
        guard try await transaction.agreement(on: poll)?.isConfirmed != true else {
            throw TableCountError.reconciledAlready
        }
        guard try await !transaction.urns(of: poll).areFew(agreed.ballotsOfUrn, at: poll.table) else {
            throw UrnError.few
        }
        let sheet = try agreed.sheet(of: count.options, under: count.terms)
        let closed = try count.closed(agreeing: sheet, because: reason)
        let figures = count.changes(to: sheet)
        guard !figures.isEmpty else { throw TableCountError.nothingDiffers }
        try await transaction.propose(
            sheet, on: poll, options: count.options, because: reason, in: place, at: now)
        return Audited(
            closed.differences,
            AuditEvent(
                "elections.count.reconciled", subject: poll.contest,
                details: ["table": poll.table.description, "figures": "\(figures.count)"]))
    }
}

/// Confirms what somebody else wrote as agreed on the count of a table: the other juror, or the committee.
public struct ConfirmAgreement: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.closeTables
    /// The process.
    public let place: ProcessPlace
    /// The vote at its table.
    public let poll: PollPlace
    /// Which agreement, as it was read.
    public let number: Int

    /// Names the agreement.
    public init(_ number: Int, of poll: PollPlace, in place: ProcessPlace) {
        self.place = place
        self.poll = poll
        self.number = number
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Puts it in force.
    ///
    /// - Throws: ``ProcessError``, ``TableCountError``, ``CountSheetError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.requireTable(poll.table, in: stream)
        try await transaction.lockClosed(poll, in: place)
        guard let agreement = try await transaction.agreement(on: poll), agreement.number == number else {
            throw TableCountError.nothingToConfirm
        }
        let count = try await transaction.bothCounts(of: poll)
        let sheet = try agreement.figures.sheet(of: count.options, under: count.terms)
        _ = try count.closed(agreeing: sheet, because: agreement.reason)
        try await transaction.confirm(agreement, on: poll, changing: count.changes(to: sheet), at: now)
        return Audited(
            AuditEvent(
                "elections.count.confirmed", subject: poll.contest,
                details: ["table": poll.table.description, "agreement": "\(number)"]))
    }
}

/// What both juries of a table counted, with what their counts are held against.
struct BothCounts: Sendable {
    let options: [BallotOption]
    let terms: SheetTerms
    let attendance: Attendance
    let first: CountSheet
    let second: CountSheet

    /// The count as it would be closed.
    func closed(agreeing agreed: CountSheet?, because reason: String?) throws(CountSheetError) -> ClosedSheet
    {
        try ClosedSheet(
            first: first, second: second, agreed: agreed, reason: reason, roll: attendance.electors,
            checkedIn: attendance.checkedIn)
    }

    /// The figures in which an agreement leaves what a jury counted.
    func changes(to agreed: CountSheet) -> [AgreedFigure] {
        let slates = Dictionary(options.map { ($0.contender, $0.slate) }) { first, _ in first }
        return zip(zip(first.rows, second.rows), agreed.rows).compactMap { counted, agreed in
            counted.0.figure == agreed.figure && counted.1.figure == agreed.figure
                ? nil
                : AgreedFigure(
                    row: agreed.row, slates: slates, first: counted.0.figure, second: counted.1.figure,
                    agreed: agreed.figure)
        }
    }
}

extension Transaction where Scope == TenantScope {
    /// What the juries of a table counted; where one is enough and one entered, its count stands for both.
    ///
    /// - Throws: ``TableCountError/juryMissing``.
    func bothCounts(of poll: PollPlace) async throws -> BothCounts {
        let terms = try await sheetTerms(of: poll.contest)
        let sheets = try await sheets(of: poll, under: terms)
        guard let one = sheets.first, let other = sheets.last, sheets.count >= terms.juries else {
            throw TableCountError.juryMissing
        }
        let options = try await options(of: poll.contest, round: poll.round)
        return BothCounts(
            options: options, terms: terms, attendance: try await attendance(of: poll),
            first: try one.figures.sheet(of: options, under: terms),
            second: try other.figures.sheet(of: options, under: terms))
    }

    /// Refuses who is neither a juror of a table nor of the committee.
    ///
    /// - Throws: ``TableCountError/notYourTable``.
    func requireTable(_ table: ID<VotingTable>, in stream: AuditStream) async throws {
        if scope.principal.holds(.canvass, in: stream) { return }
        guard try await jury(at: table) != nil else { throw TableCountError.notYourTable }
    }
}
