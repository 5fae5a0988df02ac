public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Writes down how many signed the list of a table, before its urn is opened (`contar las firmas`).
public struct CountSignatures: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.closeTables
    /// The process.
    public let place: ProcessPlace
    /// The vote at its table.
    public let poll: PollPlace
    /// The people who signed.
    public let voters: Int

    /// The signatures of a table.
    public init(_ voters: Int, at poll: PollPlace, in place: ProcessPlace) {
        self.place = place
        self.poll = poll
        self.voters = voters
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Keeps the number beside what was written before, until the ballots are counted or go to another urn.
    ///
    /// - Throws: ``ProcessError``, ``VotingDayError``, ``TableCountError``, ``UrnError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.requireTable(poll.table, in: stream)
        try await transaction.lockClosed(poll, in: place)
        guard try await transaction.sheetTerms(of: poll.contest).juries > 1 else { throw UrnError.noBallots }
        try await transaction.insertSignatures(voters, at: poll, in: place, at: now)
        return Audited(
            AuditEvent(
                "elections.signatures.counted", subject: poll.contest,
                details: ["table": poll.table.description, "voters": "\(voters)"]))
    }
}

/// Confirms that few voted at a table and that their ballots were put, unopened, into the urn of another: by the other
/// juror or the committee, never by who counted the signatures.
public struct MergePoll: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.closeTables
    /// The process.
    public let place: ProcessPlace
    /// The vote at its table.
    public let poll: PollPlace
    /// The table that counts the ballots with its own.
    public let receiver: ID<VotingTable>

    /// The ballots of a table, and the table that takes them.
    public init(_ poll: PollPlace, into receiver: ID<VotingTable>, in place: ProcessPlace) {
        self.place = place
        self.poll = poll
        self.receiver = receiver
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Notes it for good.
    ///
    /// - Throws: ``ProcessError``, ``VotingDayError``, ``TableCountError``, ``UrnError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.requireTable(poll.table, in: stream)
        try await transaction.lockClosed(poll, in: place)
        let urns = try await transaction.urns(of: poll)
        guard let urn = urns[poll.table], let other = urns[receiver] else { throw UrnError.noBallots }
        try await transaction.merge(poll, into: receiver, at: now)
        return Audited(
            AuditEvent(
                "elections.poll.merged", subject: poll.contest,
                details: [
                    "name": "Mesa \(urn.number), con la mesa \(other.number)",
                    "voters": "\(urns.voters(of: poll.table))",
                ]))
    }
}
