public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Proposes to leave a table out of the votes that it has not taken, since nobody could vote there; somebody of another
/// role has to second it. The others are counted without it.
public struct ProposeOmission: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.omitTables
    /// The process.
    public let place: ProcessPlace
    /// The table.
    public let table: ID<VotingTable>
    /// Why nobody could vote.
    public let reason: String

    /// Takes what a person proposes.
    ///
    /// - Throws: ``DisruptionError/reasonMissing``.
    public init(of table: ID<VotingTable>, in place: ProcessPlace, because reason: String)
        throws(DisruptionError)
    {
        guard let reason = reason.nonBlank else { throw .reasonMissing }
        self.place = place
        self.table = table
        self.reason = reason
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Keeps the proposal.
    ///
    /// - Throws: ``ProcessError``, ``TableError``, ``DisruptionError``, ``VotingDayError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<ElectoralAct>> {
        try await transaction.processGoingOn(place).requireBetweenSessions()
        _ = try await transaction.votesToOmit(at: table, of: place)
        guard let role = transaction.scope.principal.role(for: Self.permission, in: stream) else {
            throw DisruptionError.sameRole
        }
        let act = ID<ElectoralAct>()
        try await transaction.proposeOmission(
            act, of: table, in: place, as: role, because: reason, at: now)
        let number = try await transaction.tables(of: place.process).first { $0.id == table }?.number
        return Audited(
            act,
            AuditEvent(
                "elections.omission.proposed", subject: act,
                details: ["name": number.map { "Mesa \($0)" } ?? "", "reason": reason]))
    }
}

/// Seconds that a table is left out, which carries it out; or takes the proposal back.
public struct SettleOmission: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.omitTables
    /// The process.
    public let place: ProcessPlace
    /// The act that was proposed.
    public let act: ID<ElectoralAct>
    /// Whether it is carried out rather than taken back.
    public let isSeconded: Bool

    /// Names the act.
    public init(_ act: ID<ElectoralAct>, seconding isSeconded: Bool, in place: ProcessPlace) {
        self.place = place
        self.act = act
        self.isSeconded = isSeconded
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Leaves the table out of the votes that it has not taken, or drops the proposal.
    ///
    /// - Throws: ``ProcessError``, ``TableError``, ``DisruptionError``, ``VotingDayError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let process = try await transaction.processGoingOn(place)
        guard let omission = try await transaction.omissions(of: place).first(where: { $0.act == act }),
            omission.isOpen
        else { throw DisruptionError.actNotOpen }
        let number = try await transaction.tables(of: place.process).first { $0.id == omission.table }?.number
        let details = ["name": number.map { "Mesa \($0)" } ?? "", "reason": omission.reason]
        guard isSeconded else {
            _ = try await transaction.withdraw(act, of: place.process, because: nil, at: now)
            return Audited(
                AuditEvent("elections.omission.withdrawn", subject: act, details: details))
        }
        try process.requireBetweenSessions()
        let votes = try await transaction.votesToOmit(at: omission.table, of: place)
        guard
            let role = transaction.scope.principal.role(
                for: Self.permission, in: stream, besides: omission.role)
        else { throw DisruptionError.sameRole }
        try await transaction.second(omission, of: votes, in: place, as: role, at: now)
        return Audited(AuditEvent("elections.table.omitted", subject: act, details: details))
    }
}

extension ElectionProcess {
    /// Refuses what is decided only once a day of the vote is over: while it lasts a table may still vote.
    ///
    /// - Throws: ``VotingDayError/notVoting``, ``VotingDayError/sessionOpen``.
    fileprivate func requireBetweenSessions() throws(VotingDayError) {
        guard state.isBetweenVoteAndProclamation else { throw .notVoting }
        guard state != .voting else { throw .sessionOpen }
    }
}
