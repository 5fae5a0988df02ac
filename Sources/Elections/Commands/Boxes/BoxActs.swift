public import Foundation
import Governance
public import Kernel
public import Postgres
public import Tenancy
import VerifiableVoting

/// Proposes to open, close, count or annul a box, to exclude a ballot, or what a contradiction comes to; somebody of
/// another role has to second it.
public struct ProposeBoxAct: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.actOnBoxes
    /// The process.
    public let place: ProcessPlace
    /// The box.
    public let box: ID<BallotBox>
    /// What is proposed.
    public let kind: BoxAct.Kind
    /// Why; the decision itself, where a contradiction is settled, with or without the vote.
    public let reason: String

    /// Takes what a person proposes.
    ///
    /// - Throws: ``BoxError/reasonMissing``.
    public init(
        _ kind: BoxAct.Kind, of box: ID<BallotBox>, because reason: String, in place: ProcessPlace
    ) throws(BoxError) {
        guard let reason = reason.nonBlank else { throw .reasonMissing }
        self.place = place
        self.box = box
        self.kind = kind
        self.reason = reason
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Keeps the proposal, if it could be carried out now.
    ///
    /// - Throws: ``ProcessError``, ``BoxError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<ElectoralAct>> {
        let found = try await transaction.lockedBox(box, of: place)
        try await transaction.requirePossible(kind, with: found, at: now)
        guard let role = transaction.scope.principal.role(for: kind.permission, in: stream) else {
            throw BoxError.otherRole
        }
        let act = ID<ElectoralAct>()
        try await transaction.propose(act, kind, of: found, as: role, because: reason, at: now)
        return Audited(
            act,
            AuditEvent(
                "elections.box_act.proposed", subject: act,
                details: found.details(of: kind, because: reason)))
    }
}

/// Seconds an act with a box, which carries it out; or takes it back.
public struct SettleBoxAct: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.actOnBoxes
    /// The process.
    public let place: ProcessPlace
    /// The box.
    public let box: ID<BallotBox>
    /// The act.
    public let act: ID<ElectoralAct>
    /// Whether it is carried out rather than taken back.
    public let isSeconded: Bool

    /// Names the act.
    public init(
        _ act: ID<ElectoralAct>, seconding isSeconded: Bool, of box: ID<BallotBox>, in place: ProcessPlace
    ) {
        self.place = place
        self.box = box
        self.act = act
        self.isSeconded = isSeconded
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Carries it out, or drops it.
    ///
    /// - Throws: ``ProcessError``, ``BoxError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let found = try await transaction.lockedBox(box, of: place)
        guard let open = try await transaction.openActs(of: box).first(where: { $0.id == act }) else {
            throw BoxError.actNotOpen
        }
        let principal = transaction.scope.principal
        let details = found.details(of: open.kind, because: open.reason)
        guard isSeconded else {
            guard open.proposer == principal.user || principal.holds(.prepareBoxes, in: stream) else {
                throw BoxError.notProposer
            }
            guard try await transaction.withdraw(act, of: place.process, because: nil, at: now) else {
                throw BoxError.actNotOpen
            }
            if open.kind == .annul, let challenge = open.challenge {
                try await transaction.reopen(challenge, of: place.process)
                try await transaction.advance(try await transaction.lockedProcess(place), at: now)
                try await transaction.publishResults(of: place, at: now)
            }
            return Audited(AuditEvent("elections.box_act.withdrawn", subject: act, details: details))
        }
        guard principal.holds(open.kind.permission, in: stream) else { throw BoxError.otherRole }
        guard let role = principal.role(for: open.kind.permission, in: stream, besides: open.role) else {
            throw BoxError.sameRole
        }
        try await transaction.second(open, of: found, as: role, at: now)
        try await transaction.carryOut(open, with: found, at: now)
        return Audited(
            AuditEvent(
                "elections.box_act.carried_out", subject: act,
                details: details.merging(["proposer": open.proposerName]) { $1 }))
    }
}

extension BallotBox {
    /// What the chain keeps of an act. A contradiction is told without what would be left out.
    fileprivate func details(of kind: BoxAct.Kind, because reason: String) -> [String: String] {
        var details = ["box": title, "kind": kind.name, "reason": reason]
        if case .exclude(let tracker, _) = kind { details["tracker"] = tracker.base64 }
        return details
    }
}

extension Transaction where Scope == TenantScope {
    /// Refuses what could not be carried out with a box now.
    ///
    /// - Throws: ``BoxError``.
    func requirePossible(_ kind: BoxAct.Kind, with box: BallotBox, at now: Date) async throws {
        let file = try await boxFile(of: box.id, in: box.place, at: now)
        if let refusal = file.refusal(of: kind, at: now) { throw refusal }
        if let challenge = file.openChallenges.first(where: { $0.id == kind.challenge }),
            challenge.filedBy == scope.principal.user
        {
            throw BoxError.ownChallenge
        }
        if kind == .annul { try await requireNotOutrun(box) }
    }

    /// Refuses to annul a box whose result sent people into a later round that was put to the vote.
    ///
    /// - Throws: ``CanvassError/nextRoundVoted``.
    private func requireNotOutrun(_ box: BallotBox) async throws {
        guard !box.isMock else { return }
        let turns = try await turns(of: box.place.process)
        for question in try await questions(of: box.id) {
            guard let turn = turns[question.contest], turn.isOpen, let last = turn.lastRound else { continue }
            guard last <= question.round else { throw CanvassError.nextRoundVoted }
        }
    }

    /// Counts what a box had asked anew without it, where the result with it was known: both stay.
    private func recount(without box: BallotBox, at now: Date) async throws {
        guard !box.isMock else { return }
        let turns = try await turns(of: box.place.process)
        for question in try await questions(of: box.id) {
            guard let turn = turns[question.contest], turn.isOpen, turn.lastRound == question.round,
                turn.outcome != nil
            else { continue }
            let sum = try await sum(of: question.contest, in: box.place)
            _ = try await insert(sum, of: question.contest, in: box.place, cause: .challenge, at: now)
        }
    }

    /// Opens a box; one in which only those who are present vote opens like a table: in a session that has its quorum, which
    /// is kept as it was found.
    ///
    /// - Throws: ``BoxError``, ``VotingDayError``.
    private func openWithQuorum(_ box: BallotBox, by act: ID<ElectoralAct>, at now: Date) async throws {
        guard box.opensInSession else { return try await open(box, by: act, at: now) }
        guard let session = try await openSession(of: box.place),
            let quorum = try await quorum(now: now, in: session, of: box.place)
        else { throw VotingDayError.sessionNotOpen }
        guard quorum.isMet else { throw VotingDayError.noQuorum(quorum.sentence) }
        try await open(box, by: act, at: now)
        for question in try await questions(of: box.id) {
            try await insertQuorum(
                quorum, of: question.contest, round: question.round, in: session, of: box.place, at: now)
        }
    }

    /// Does what two people decided.
    fileprivate func carryOut(_ act: BoxAct, with box: BallotBox, at now: Date) async throws {
        try await requirePossible(act.kind, with: box, at: now)
        switch act.kind {
        case .open: try await openWithQuorum(box, by: act.id, at: now)
        case .close: try await close(box, by: act.id, at: now)
        case .exclude, .leaveOut: try await exclude(box, by: act.id, at: now)
        case .settle(let conflict): try await settle(conflict, of: box.id, by: act.id, as: act.reason)
        case .count: try await tally(box, by: act.id, at: now)
        case .annul: try await annul(box, by: act.id, at: now)
        }
        if let conflict = act.kind.conflict {
            try await dropActs(
                of: box.id, about: conflict, but: act.id, because: "La contradicción se resolvió", at: now)
        }
        if act.kind == .annul {
            try await dropActs(of: box.id, but: act.id, because: "La urna se anuló", at: now)
            try await recount(without: box, at: now)
        }
        let process = try await lockedProcess(box.place)
        // From the first opening on, the process stands where its sessions, boxes and contests do.
        guard !box.isMock, act.kind == .open || process.state.isBetweenVoteAndProclamation else { return }
        try await advance(process, at: now)
        try await publishResults(of: box.place, at: now)
    }
}
