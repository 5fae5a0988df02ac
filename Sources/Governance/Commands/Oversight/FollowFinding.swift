public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Notes something that an exercise found.
public struct NoteFinding: Undertaking {
    /// Who may do it.
    public static let permission = Permission.keepOversight
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The exercise.
    public let oversight: ID<Oversight>
    /// What was found.
    public let finding: OversightFinding
    /// A photograph or a paper of it.
    public let photograph: StoredFile?

    /// Takes what a person filled in.
    public init(
        _ finding: OversightFinding, of oversight: ID<Oversight>, in alliance: ID<Alliance>,
        photograph: StoredFile? = nil
    ) {
        self.alliance = alliance
        self.oversight = oversight
        self.finding = finding
        self.photograph = photograph
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Notes it.
    ///
    /// - Throws: ``OversightError``, `InvalidInput` where the filter found something.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<OversightFinding>> {
        let found = try await transaction.openOversight(oversight, of: alliance)
        guard finding.foundOn <= ColombianTime.date(at: now), finding.foundOn >= found.startsOn else {
            throw OversightError.dayOutOfPlace
        }
        try await transaction.clinicalFilter().check([("account", finding.account)])
        if let visit = finding.visit {
            let isKnown = try await transaction.visits(of: oversight).contains {
                $0.visit.id == visit && $0.visit.withdrawal == nil
            }
            guard isKnown else { throw OversightError.visitNotFound }
        }
        let number = try await transaction.insert(finding, of: found, at: now)
        if let photograph {
            try await transaction.insert(
                photograph, titled: "Hallazgo \(number)", asEvidenceOf: found, visit: finding.visit,
                finding: finding.id, at: now)
        }
        return Audited(
            finding.id,
            AuditEvent(
                "governance.finding.noted", subject: finding.id, details: ["number": String(number)]))
    }
}

/// What is recorded of a finding beside the judgement of the team.
public struct FollowFinding: Command {
    /// Who may do it.
    public static let permission = Permission.keepOversight
    /// The step.
    public let step: FindingAct

    /// Takes what a person filled in: something was done, or the finding is taken up again.
    ///
    /// - Throws: ``OversightError``.
    public init(
        _ id: ID<OversightFinding>, of oversight: ID<Oversight>, in alliance: ID<Alliance>,
        isTakenUpAgain: Bool = false, note: String, on day: CalendarDate, paper: StoredFile? = nil
    ) throws(OversightError) {
        step = try FindingAct(
            finding: id, oversight: oversight, alliance: alliance,
            kind: isTakenUpAgain ? .reopened : .acted, note: note, day: day, paper: paper)
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(step.alliance) }

    /// Records it.
    ///
    /// - Throws: ``OversightError``, `InvalidInput` where the filter found something.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        Audited(try await step.perform(in: transaction, at: now))
    }
}

/// Says, for the team, whether it accepts what the entity replied, and whether what was found was corrected.
public struct JudgeFinding: Command {
    /// What is said.
    public enum Judgement: Sendable, Hashable {
        /// The entity replied, and the team accepts it or not.
        case reply(isAccepted: Bool)
        /// The team looked again.
        case check(OversightFinding.Outcome)
    }

    /// Who may do it.
    public static let permission = Permission.judgeFindings
    /// The step.
    public let step: FindingAct

    /// Takes what a person filled in.
    ///
    /// - Throws: ``OversightError``.
    public init(
        _ id: ID<OversightFinding>, of oversight: ID<Oversight>, in alliance: ID<Alliance>,
        _ judgement: Judgement, note: String, on day: CalendarDate, paper: StoredFile? = nil
    ) throws(OversightError) {
        step =
            switch judgement {
            case .reply(let isAccepted):
                try FindingAct(
                    finding: id, oversight: oversight, alliance: alliance, kind: .replied, note: note,
                    day: day,
                    isAccepted: isAccepted, paper: paper)
            case .check(let outcome):
                try FindingAct(
                    finding: id, oversight: oversight, alliance: alliance, kind: .checked, note: note,
                    day: day,
                    outcome: outcome, paper: paper)
            }
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(step.alliance) }

    /// Records it.
    ///
    /// - Throws: ``OversightError``, `InvalidInput` where the filter found something.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        Audited(try await step.perform(in: transaction, at: now))
    }
}

/// A step of a finding as somebody records it.
public struct FindingAct: Sendable {
    let finding: ID<OversightFinding>
    let oversight: ID<Oversight>
    let alliance: ID<Alliance>
    let kind: FindingStep.Kind
    let note: String
    let day: CalendarDate
    let isAccepted: Bool?
    let outcome: OversightFinding.Outcome?
    let paper: StoredFile?

    init(
        finding: ID<OversightFinding>, oversight: ID<Oversight>, alliance: ID<Alliance>,
        kind: FindingStep.Kind, note: String, day: CalendarDate, isAccepted: Bool? = nil,
        outcome: OversightFinding.Outcome? = nil, paper: StoredFile?
    ) throws(OversightError) {
        guard let note = note.trimmedOrNil else { throw .noteMissing }
        self.finding = finding
        self.oversight = oversight
        self.alliance = alliance
        self.kind = kind
        self.note = note
        self.day = day
        self.isAccepted = isAccepted
        self.outcome = outcome
        self.paper = paper
    }

    /// Writes the step and where the finding stands after it, also in an exercise that was closed: replies come late.
    func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> AuditEvent {
        let exercise = try await transaction.lockedOversight(oversight, of: alliance)
        guard let found = try await transaction.finding(finding, of: oversight) else {
            throw OversightError.findingNotFound
        }
        guard let state = found.state.after(kind, isAccepted: isAccepted ?? true) else {
            throw OversightError.outOfTurn
        }
        guard day <= ColombianTime.date(at: now), day >= found.foundOn else {
            throw OversightError.dayOutOfPlace
        }
        try await transaction.clinicalFilter().check([("note", note)])
        var file: ID<StoredFile>?
        if let paper {
            file = try await transaction.store(
                paper, as: .oversight, in: .alliance(alliance), isReserved: exercise.isReserved, at: now)
        }
        let step = FindingStep(
            kind: kind, note: note, happenedOn: day, isAccepted: isAccepted, outcome: outcome, file: file)
        try await transaction.insert(step, of: found, in: exercise, at: now)
        try await transaction.update(found, to: state, outcome: state == .closed ? outcome : nil)
        return AuditEvent(
            "governance.finding.\(kind.rawValue)", subject: finding,
            details: ["number": String(found.number), "outcome": outcome?.rawValue ?? ""].filter {
                !$0.value.isEmpty
            })
    }
}

/// Makes an improvement opportunity of a finding.
public struct ImproveFinding: Undertaking {
    /// Who may do it.
    public static let permission = Permission.followImprovements
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The exercise.
    public let oversight: ID<Oversight>
    /// The finding.
    public let finding: ID<OversightFinding>

    /// Names a finding.
    public init(_ finding: ID<OversightFinding>, of oversight: ID<Oversight>, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.oversight = oversight
        self.finding = finding
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Makes it.
    ///
    /// - Throws: ``OversightError``, ``ImprovementError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Improvement>> {
        let found = try await transaction.findingToLeadOn(finding, of: oversight, in: alliance)
        guard found.improvement == nil else { throw OversightError.ledOnAlready }
        let made = try await NoteImprovement(
            Improvement(
                alliance: alliance, source: .visit, foundOn: found.foundOn, title: found.account)
        ).perform(in: transaction, at: now)
        try await transaction.lead(found, to: made.output)
        return made
    }
}

/// Makes a commitment of a finding: somebody is to put it right by a day.
public struct CommitFinding: Undertaking {
    /// Who may do it.
    public static let permission = Permission.makeCommitments
    /// The finding.
    public let finding: ID<OversightFinding>
    /// The exercise.
    public let oversight: ID<Oversight>
    /// What somebody is to do.
    public let commitment: MakeCommitment

    /// Takes what a person filled in.
    public init(
        _ finding: ID<OversightFinding>, of oversight: ID<Oversight>, to commitment: MakeCommitment
    ) {
        self.finding = finding
        self.oversight = oversight
        self.commitment = commitment
    }

    /// The alliance's chain.
    public var stream: AuditStream { commitment.stream }

    /// Makes it.
    ///
    /// - Throws: ``OversightError``, ``CommitmentError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Commitment>> {
        let found = try await transaction.findingToLeadOn(finding, of: oversight, in: commitment.alliance)
        guard found.commitment == nil else { throw OversightError.ledOnAlready }
        let made = try await commitment.perform(in: transaction, at: now)
        try await transaction.lead(found, to: made.output)
        return made
    }
}
