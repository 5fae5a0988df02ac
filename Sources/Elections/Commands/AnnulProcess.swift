public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// An annulment that waits for its second person.
public struct OpenAnnulment: Sendable, Hashable {
    /// The act.
    public let act: ID<ElectoralAct>
    /// The contest that it would annul; `nil` for the whole process.
    public let contest: ID<Contest>?
    /// The contest's name.
    public let contestName: String?
    /// The challenge that it follows from, where it does.
    public let challenge: ID<Challenge>?
    /// The challenge's number.
    public let challengeNumber: Int?
    /// Why.
    public let reason: String
    /// When it was proposed.
    public let proposedAt: Date
    /// Who proposed it.
    public let proposedBy: String?
    /// The user who proposed it.
    public let proposer: ID<User>?
}

/// Proposes to annul a process, or one contest of it, as where its runoff cannot be held; somebody of another role has to
/// second it.
public struct ProposeAnnulment: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.annulProcesses
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The contest that alone is annulled; `nil` for the whole process.
    public let contest: ID<Contest>?
    /// Why.
    public let reason: String

    /// Takes what a person proposes.
    ///
    /// - Throws: ``DisruptionError/reasonMissing``.
    public init(
        of process: ID<ElectoralProcess>, contest: ID<Contest>? = nil, of alliance: ID<Alliance>,
        because reason: String
    ) throws(DisruptionError) {
        guard let reason = reason.nonBlank else { throw .reasonMissing }
        self.process = process
        self.alliance = alliance
        self.contest = contest
        self.reason = reason
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Keeps the proposal.
    ///
    /// - Throws: ``ProcessError``, ``DisruptionError``, ``CanvassError/notFound``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<ElectoralAct>> {
        let place = ProcessPlace(process, of: alliance)
        let found = try await transaction.lockedProcess(place)
        guard found.state.successors.contains(.annulled) else {
            throw ProcessError.cannotBecome(.annulled, from: found.state)
        }
        var name = ""
        if let contest { name = try await transaction.openTurn(of: contest, in: place).name }
        let act = ID<ElectoralAct>()
        guard let role = transaction.scope.principal.role(for: Self.permission, in: stream) else {
            throw DisruptionError.sameRole
        }
        try await transaction.proposeAnnulment(
            act, of: process, contest: contest, as: role, because: reason, at: now)
        return Audited(
            act,
            AuditEvent(
                "elections.annulment.proposed", subject: act, details: ["name": name, "reason": reason]))
    }
}

/// Seconds an annulment, which carries it out; takes it back; or says why one does not second it.
public struct SettleAnnulment: ElectionDecision {
    /// What somebody does about an annulment that waits.
    public enum Settlement: Sendable, Hashable {
        /// It is carried out.
        case second
        /// It is taken back, by who proposed it or the committee.
        case withdraw(because: String)
        /// It is not seconded, and why is told; it waits for somebody else.
        case refuse(because: String)
    }

    /// Who may do it.
    public static let permission = Permission.annulProcesses
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The act that was proposed.
    public let act: ID<ElectoralAct>
    /// What is done about it.
    public let settlement: Settlement

    /// Names the act.
    ///
    /// - Throws: ``DisruptionError/reasonMissing``.
    public init(
        _ act: ID<ElectoralAct>, _ settlement: Settlement, of process: ID<ElectoralProcess>,
        of alliance: ID<Alliance>
    ) throws(DisruptionError) {
        switch settlement {
        case .second: break
        case .withdraw(let reason), .refuse(let reason):
            guard reason.nonBlank != nil else { throw .reasonMissing }
        }
        self.process = process
        self.alliance = alliance
        self.act = act
        self.settlement = settlement
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Annuls the process, or the contest, with the reason that was proposed; or drops the proposal, whose challenge
    /// then waits for its decision again.
    ///
    /// - Throws: ``ProcessError``, ``DisruptionError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let place = ProcessPlace(process, of: alliance)
        let found = try await transaction.lockedProcess(place)
        guard let annulment = try await transaction.openAnnulment(of: process), annulment.act == act else {
            throw DisruptionError.actNotOpen
        }
        let principal = transaction.scope.principal
        switch settlement {
        case .second: break
        case .refuse(let reason):
            return Audited(
                AuditEvent("elections.annulment.refused", subject: act, details: ["reason": reason]))
        case .withdraw(let reason):
            guard annulment.proposer == principal.user || principal.holds(.runProcesses, in: stream) else {
                throw DisruptionError.notProposer
            }
            _ = try await transaction.withdraw(act, of: process, because: reason.nonBlank, at: now)
            if let challenge = annulment.challenge {
                try await transaction.reopen(challenge, of: process)
                try await transaction.advance(found, at: now)
                try await transaction.publishResults(of: place, at: now)
            }
            return Audited(
                AuditEvent("elections.annulment.withdrawn", subject: act, details: ["reason": reason]))
        }
        guard
            let role = principal.role(
                for: Self.permission, in: stream,
                besides: try await transaction.proposingRole(of: act, in: place))
        else { throw DisruptionError.sameRole }
        try await transaction.second(annulment, of: process, as: role, at: now)
        return Audited(try await annul(annulment, found, at: now, in: transaction))
    }

    /// Carries the annulment out.
    private func annul(
        _ annulment: OpenAnnulment, _ found: ElectionProcess, at now: Date,
        in transaction: borrowing TenantTransaction
    ) async throws -> AuditEvent {
        let place = ProcessPlace(process, of: alliance)
        if let contest = annulment.contest {
            try found.requireGoingOn()
            try await transaction.end(contest, as: .annulled, because: annulment.reason, in: place)
            try await transaction.advance(found, because: annulment.reason, at: now)
            try await transaction.publishResults(of: place, at: now)
            return AuditEvent(
                "elections.contest.annulled", subject: contest,
                details: ["name": annulment.contestName ?? "", "reason": annulment.reason])
        }
        try await transaction.move(found, to: .annulled, because: annulment.reason, at: now)
        try await transaction.endContests(of: process, as: .annulled, because: annulment.reason)
        try await transaction.publishResults(of: place, at: now)
        return AuditEvent(
            "elections.process.annulled", subject: process, details: ["reason": annulment.reason])
    }
}

extension Principal {
    /// The role in which somebody does an act that takes two people of different roles: the committee's, where they have
    /// it, and never the one in which the other acted. `nil` where none is left, and for the terminal.
    public func role(
        for permission: Permission, in stream: AuditStream, besides other: Role? = nil
    ) -> Role? {
        let roles = roles(for: permission, in: stream).filter { $0 != other }
        return roles.contains(.electionCommittee)
            ? .electionCommittee : roles.min { $0.rawValue < $1.rawValue }
    }
}
