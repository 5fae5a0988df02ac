public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Lets a table receive votes for longer (`amplía el cierre`), with a reason that goes into the acta.
public struct ExtendPoll: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.runVotingDay
    /// The process.
    public let place: ProcessPlace
    /// The table, with all that is voted there.
    public let table: ID<VotingTable>
    /// The new hour.
    public let until: Date
    /// Why.
    public let reason: String

    /// A later closing.
    public init(_ table: ID<VotingTable>, in place: ProcessPlace, until: Date, because reason: String) {
        self.place = place
        self.table = table
        self.until = until
        self.reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Extends every vote that is open at the table.
    ///
    /// - Throws: ``ProcessError``, ``VotingDayError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard !reason.isEmpty else { throw VotingDayError.reasonMissing }
        _ = try await transaction.processGoingOn(place)
        try await transaction.extend(table, of: place, until: until, because: reason, at: now)
        return Audited(
            AuditEvent(
                "elections.poll.extended", subject: table,
                details: ["until": SpanishFormat.longDateAndTime(until), "reason": reason]))
    }
}
