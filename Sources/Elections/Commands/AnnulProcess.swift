public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// An annulment that waits for its second person.
public struct OpenAnnulment: Sendable, Hashable {
    /// The act.
    public let act: ID<ElectoralAct>
    /// Why.
    public let reason: String
    /// When it was proposed.
    public let proposedAt: Date
    /// Who proposed it.
    public let proposedBy: String?
}

/// Proposes to annul a process; somebody of another role has to second it.
public struct ProposeAnnulment: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.annulProcesses
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// Why.
    public let reason: String

    /// Takes what a person proposes.
    ///
    /// - Throws: ``DisruptionError/reasonMissing``.
    public init(
        of process: ID<ElectoralProcess>, of alliance: ID<Alliance>, because reason: String
    ) throws(DisruptionError) {
        guard let reason = reason.nonBlank else { throw .reasonMissing }
        self.process = process
        self.alliance = alliance
        self.reason = reason
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Keeps the proposal.
    ///
    /// - Throws: ``ProcessError``, ``DisruptionError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<ElectoralAct>> {
        let found = try await transaction.processToEnd(process, of: alliance)
        guard found.state.successors.contains(.annulled) else {
            throw ProcessError.cannotBecome(.annulled, from: found.state)
        }
        let act = ID<ElectoralAct>()
        guard let role = transaction.scope.principal.role(for: Self.permission, in: stream) else {
            throw DisruptionError.sameRole
        }
        try await transaction.proposeAnnulment(act, of: process, as: role, because: reason, at: now)
        return Audited(
            act,
            AuditEvent("elections.annulment.proposed", subject: act, details: ["reason": reason]))
    }
}

/// Seconds an annulment, which carries it out; or takes it back.
public struct SettleAnnulment: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.annulProcesses
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The act that was proposed.
    public let act: ID<ElectoralAct>
    /// Whether it is carried out rather than taken back.
    public let isSeconded: Bool

    /// Names the act.
    public init(
        _ act: ID<ElectoralAct>, seconding isSeconded: Bool, of process: ID<ElectoralProcess>,
        of alliance: ID<Alliance>
    ) {
        self.process = process
        self.alliance = alliance
        self.act = act
        self.isSeconded = isSeconded
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Annuls the process with the reason that was proposed, or drops the proposal.
    ///
    /// - Throws: ``ProcessError``, ``DisruptionError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let found = try await transaction.processToEnd(process, of: alliance)
        guard isSeconded else {
            try await transaction.withdrawAnnulment(act, of: process, at: now)
            return Audited(AuditEvent("elections.annulment.withdrawn", subject: act))
        }
        let place = ProcessPlace(process, of: alliance)
        guard
            let role = transaction.scope.principal.role(
                for: Self.permission, in: stream,
                besides: try await transaction.proposingRole(of: act, in: place))
        else { throw DisruptionError.sameRole }
        let reason = try await transaction.secondAnnulment(act, of: process, as: role, at: now)
        try await transaction.change(found, to: .annulled, because: reason, at: now)
        try await transaction.endContests(of: process, as: .annulled, because: reason)
        return Audited(
            AuditEvent("elections.process.annulled", subject: process, details: ["reason": reason]))
    }
}

extension Principal {
    /// The role in which somebody does an act that takes two people of different roles: the committee's, where they have
    /// it, and never the one in which the other acted. `nil` where none is left, and for the terminal.
    func role(
        for permission: Permission, in stream: AuditStream, besides other: Role? = nil
    ) -> Role? {
        let roles = roles(for: permission, in: stream).filter { $0 != other }
        return roles.contains(.electionCommittee)
            ? .electionCommittee : roles.min { $0.rawValue < $1.rawValue }
    }
}
