public import Foundation
import Kernel
public import Postgres
public import Tenancy

/// Freezes the count of a table (`cierra la mesa`): from then nothing of it changes.
public struct CloseTable: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.closeTables
    /// The process.
    public let place: ProcessPlace
    /// The vote at its table.
    public let poll: PollPlace
    /// Why figures depart: ballots that are missing, or other voters than came in.
    public let reason: String?

    /// The vote at its table.
    public init(_ poll: PollPlace, in place: ProcessPlace, departingBecause reason: String? = nil) {
        self.place = place
        self.poll = poll
        self.reason = reason
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Freezes it.
    ///
    /// - Throws: ``ProcessError``, ``TableCountError``, ``CountSheetError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.requireTable(poll.table, in: stream)
        try await transaction.lockClosed(poll, in: place)
        let count = try await transaction.bothCounts(of: poll)
        let agreement = try await transaction.agreement(on: poll).flatMap { $0.isConfirmed ? $0 : nil }
        let closed = try count.closed(
            agreeing: agreement?.figures.sheet(of: count.options, under: count.terms),
            because: reason?.nonBlank ?? agreement?.reason)
        try await transaction.freeze(closed, of: poll, options: count.options, at: now)
        return Audited(
            AuditEvent(
                "elections.table.closed", subject: poll.contest, details: ["table": poll.table.description]))
    }
}
