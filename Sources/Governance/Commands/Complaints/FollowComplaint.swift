public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Records what became of a complaint: that it was passed on, answered, sorted anew, taken up again or ended.
public struct FollowComplaint: Command {
    /// What became of it.
    public enum News: Sendable, Hashable {
        /// It was passed on to somebody, who gave it a number or not.
        case transferred(to: String, reference: String?)
        /// The entity answered.
        case answered(reference: String?)
        /// It is of another kind or risk than was thought.
        case classified(Complaint.Kind, Complaint.Risk?)
        /// It ended without an answer.
        case closed(Complaint.Outcome)
        /// It is taken up again.
        case reopened
        /// Something else happened.
        case progress
    }

    /// Who may do it.
    public static let permission = Permission.followComplaints
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The complaint.
    public let id: ID<Complaint>
    /// What became of it.
    public let news: News
    /// What is told of it.
    public let note: String
    /// When it happened; `nil` for now.
    public let moment: Date?
    /// Its proof.
    public let proof: StoredFile?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``ComplaintError``.
    public init(
        _ id: ID<Complaint>, of alliance: ID<Alliance>, _ news: News, note: String = "",
        at moment: Date? = nil, proof: StoredFile? = nil
    ) throws(ComplaintError) {
        switch news {
        case .transferred(let addressee, let reference):
            guard addressee.trimmedOrNil != nil else { throw .addresseeMissing }
            guard proof != nil || reference?.trimmedOrNil != nil else { throw .proofMissing }
        default:
            guard note.trimmedOrNil != nil else { throw .noteMissing }
        }
        self.alliance = alliance
        self.id = id
        self.news = news
        self.note = note.trimmedOrNil ?? ""
        self.moment = moment
        self.proof = proof
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``ComplaintError``, `InvalidInput` where the filter found something, `HolidayCalendarError`.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        let complaint = try await transaction.complaintToFollow(id, of: alliance, by: kind)
        try await transaction.clinicalFilter().check([("note", note)])
        let moment = try complaint.requireMoment(moment ?? now, at: now)
        let file = try await transaction.store(proof: proof, in: stream, at: now)
        let step = try await apply(to: complaint, at: moment, file: file, in: transaction)
        try await transaction.insert(step, of: id, in: alliance, at: now)
        return Audited(complaint.event(of: step))
    }

    private var kind: ComplaintStep.Kind {
        switch news {
        case .transferred: .transferred
        case .answered: .answered
        case .classified: .classified
        case .closed: .closed
        case .reopened: .reopened
        case .progress: .progress
        }
    }

    private func apply(
        to complaint: Complaint, at moment: Date, file: ID<StoredFile>?,
        in transaction: borrowing TenantTransaction
    ) async throws -> ComplaintStep {
        let content = complaint.content
        switch news {
        case .transferred(let addressee, let reference):
            let term = try await transaction.complaintTerms().term(of: content.kind, content.risk)
            let due = try term?.end(from: moment)
            try await transaction.advance(
                complaint, to: .transferred, transferredAt: moment, dueAt: due,
                dueIsConfirmed: term?.isConfirmed ?? false)
            return ComplaintStep(
                kind: .transferred, note: note, happenedAt: moment,
                addressee: addressee.trimmedOrNil ?? addressee, reference: reference?.trimmedOrNil,
                dueAt: due, term: term.map { "\($0.length): \($0.norm)" },
                termIsConfirmed: term?.isConfirmed, file: file)
        case .answered(let reference):
            try await transaction.advance(
                complaint, to: .answered, transferredAt: complaint.transferredAt, dueAt: complaint.dueAt,
                dueIsConfirmed: complaint.dueIsConfirmed, answeredAt: moment)
            return ComplaintStep(
                kind: .answered, note: note, happenedAt: moment, reference: reference?.trimmedOrNil,
                file: file)
        case .classified(let kind, let risk):
            return try await classify(complaint, as: kind, risk, at: moment, in: transaction)
        case .closed(let outcome):
            guard Complaint.Outcome.ofClosings.contains(outcome) else { throw ComplaintError.outOfTurn }
            try await transaction.advance(
                complaint, to: .closed, outcome: outcome, transferredAt: complaint.transferredAt,
                dueAt: complaint.dueAt, dueIsConfirmed: complaint.dueIsConfirmed,
                answeredAt: complaint.answeredAt, closedAt: moment)
            return ComplaintStep(
                kind: .closed, note: note, happenedAt: moment, verdict: outcome, file: file)
        case .reopened:
            try await transaction.advance(complaint, to: .reopened)
            return ComplaintStep(kind: .reopened, note: note, happenedAt: moment, file: file)
        case .progress:
            return ComplaintStep(kind: .progress, note: note, happenedAt: moment, file: file)
        }
    }

    /// Sorts a complaint anew; where the entity has it, its term is reckoned anew from when it got it.
    private func classify(
        _ complaint: Complaint, as kind: Complaint.Kind, _ risk: Complaint.Risk?, at moment: Date,
        in transaction: borrowing TenantTransaction
    ) async throws -> ComplaintStep {
        let content = try ComplaintContent(
            kind: kind, risk: risk, category: complaint.content.category, entity: complaint.content.entity,
            account: complaint.content.account)
        var term: ComplaintTerm?
        var due: Date?
        if complaint.state == .transferred, let start = complaint.transferredAt {
            term = try await transaction.complaintTerms().term(of: kind, content.risk)
            due = try term?.end(from: start)
        }
        try await transaction.advance(
            complaint, to: complaint.state, kind: kind, risk: content.risk,
            transferredAt: complaint.transferredAt, dueAt: due, dueIsConfirmed: term?.isConfirmed ?? false,
            answeredAt: complaint.answeredAt)
        return ComplaintStep(
            kind: .classified, note: "\(kind.title). \(note)", happenedAt: moment, dueAt: due,
            term: term.map { "\($0.length): \($0.norm)" }, termIsConfirmed: term?.isConfirmed)
    }
}

/// Says whether what was complained of was corrected, as the alliance itself saw it. What was not is taken up again,
/// unless there is nothing more to be done.
public struct CheckComplaint: Command {
    /// Who may do it.
    public static let permission = Permission.checkComplaints
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The complaint.
    public let id: ID<Complaint>
    /// What was found.
    public let verdict: Complaint.Outcome
    /// How it was checked.
    public let note: String
    /// Whether it ends although it was not corrected.
    public let endsIt: Bool
    /// What shows it.
    public let proof: StoredFile?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``ComplaintError``.
    public init(
        _ id: ID<Complaint>, of alliance: ID<Alliance>, found verdict: Complaint.Outcome, note: String,
        endsIt: Bool = false, proof: StoredFile? = nil
    ) throws(ComplaintError) {
        guard let note = note.trimmedOrNil else { throw .noteMissing }
        guard Complaint.Outcome.ofChecks.contains(verdict) else { throw .outOfTurn }
        self.alliance = alliance
        self.id = id
        self.verdict = verdict
        self.note = note
        self.endsIt = endsIt
        self.proof = proof
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``ComplaintError``, `InvalidInput` where the filter found something.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        let complaint = try await transaction.complaintToFollow(id, of: alliance, by: .checked)
        try await transaction.clinicalFilter().check([("note", note)])
        let file = try await transaction.store(proof: proof, in: stream, at: now)
        let step = ComplaintStep(
            kind: .checked, note: note, happenedAt: now, verdict: verdict, file: file)
        if verdict == .corrected || endsIt {
            try await transaction.advance(
                complaint, to: .closed, outcome: verdict, transferredAt: complaint.transferredAt,
                dueAt: complaint.dueAt, dueIsConfirmed: complaint.dueIsConfirmed,
                answeredAt: complaint.answeredAt, closedAt: now)
        } else {
            try await transaction.advance(complaint, to: .reopened)
        }
        try await transaction.insert(step, of: id, in: alliance, at: now)
        return Audited(complaint.event(of: step))
    }
}

/// Writes what the board thinks of a complaint: it is the board's own.
public struct AnalyseComplaint: Command {
    /// Who may do it.
    public static let permission = Permission.analyseComplaints
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The complaint.
    public let id: ID<Complaint>
    /// What is thought.
    public let note: String

    /// Takes what a person wrote.
    ///
    /// - Throws: ``ComplaintError/noteMissing``.
    public init(_ id: ID<Complaint>, of alliance: ID<Alliance>, note: String) throws(ComplaintError) {
        guard let note = note.trimmedOrNil else { throw .noteMissing }
        self.alliance = alliance
        self.id = id
        self.note = note
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``ComplaintError/notFound``, `InvalidInput` where the filter found something.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        let complaint = try await transaction.complaintToFollow(id, of: alliance, by: .analysis)
        try await transaction.clinicalFilter().check([("note", note)])
        try await transaction.insert(
            ComplaintStep(kind: .analysis, note: note, happenedAt: now), of: id, in: alliance, at: now)
        return Audited(
            AuditEvent(
                "governance.complaint.analysed", subject: id,
                details: ["filing_number": complaint.number.description]))
    }
}

/// Shares what the board analysed of a complaint with the entity. It is not taken back.
public struct ShareAnalysis: Command {
    /// Who may do it.
    public static let permission = Permission.analyseComplaints
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The complaint.
    public let id: ID<Complaint>
    /// What was analysed.
    public let analysis: ID<ComplaintStep>

    /// Names an analysis.
    public init(_ analysis: ID<ComplaintStep>, of id: ID<Complaint>, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
        self.analysis = analysis
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Shares it.
    ///
    /// - Throws: ``ComplaintError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        let complaint = try await transaction.complaintToFollow(id, of: alliance, by: .analysis)
        try await transaction.share(analysis, of: id)
        return Audited(
            AuditEvent(
                "governance.complaint.analysis_shared", subject: id,
                details: ["filing_number": complaint.number.description]))
    }
}

extension Transaction where Scope == TenantScope {
    /// A complaint, where a step may follow.
    fileprivate func complaintToFollow(
        _ id: ID<Complaint>, of alliance: ID<Alliance>, by step: ComplaintStep.Kind
    ) async throws -> Complaint {
        guard let complaint = try await complaint(id, of: alliance) else { throw ComplaintError.notFound }
        guard complaint.state.allows(step) else { throw ComplaintError.outOfTurn }
        return complaint
    }

    /// Keeps the proof of a step, where there is one.
    fileprivate func store(
        proof: StoredFile?, in stream: AuditStream, at now: Date
    ) async throws -> ID<StoredFile>? {
        guard let proof else { return nil }
        return try await store(proof, as: .complaints, in: stream, at: now)
    }
}

extension Complaint {
    /// A moment at which something of the complaint may have happened: not before it was filed, nor before it was passed
    /// on, nor in the future. A minute is written without its seconds.
    fileprivate func requireMoment(_ moment: Date, at now: Date) throws(ComplaintError) -> Date {
        let earliest = (transferredAt ?? filedAt).addingTimeInterval(-60)
        guard moment <= now, moment >= earliest else { throw .momentOutOfPlace }
        return moment
    }

    fileprivate func event(of step: ComplaintStep) -> AuditEvent {
        AuditEvent(
            "governance.complaint.\(step.kind.rawValue)", subject: id,
            details: [
                "filing_number": number.description, "addressee": step.addressee ?? "",
                "reference": step.reference ?? "", "until": step.dueAt.map(SpanishFormat.lastMoment) ?? "",
                "verdict": step.verdict?.title ?? "", "file": step.file?.description ?? "",
            ].filter { !$0.value.isEmpty })
    }
}
