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
        let side = ComplaintSide(of: transaction.scope.principal, in: stream)
        let complaint = try await transaction.complaintToFollow(id, of: alliance, by: kind, on: side)
        try await transaction.clinicalFilter().check([("note", note)])
        let moment = moment ?? now
        try complaint.requireMoment(
            moment, of: kind, after: try await transaction.lastMove(of: complaint), by: side,
            isProven: proof != nil, at: now)
        let file = try await transaction.store(proof: proof, in: stream, at: now)
        let (step, course) = try await apply(to: complaint, at: moment, by: side, file: file, in: transaction)
        if let course { try await transaction.advance(complaint, to: course) }
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

    /// The step, and where the complaint stands after it; `nil` where it stands as it did.
    private func apply(
        to complaint: Complaint, at moment: Date, by side: ComplaintSide, file: ID<StoredFile>?,
        in transaction: borrowing TenantTransaction
    ) async throws -> (ComplaintStep, ComplaintCourse?) {
        var course = ComplaintCourse(of: complaint)
        switch news {
        case .transferred(let addressee, let reference):
            let term = try await transaction.complaintTerms().term(
                of: complaint.content.kind, complaint.content.risk)
            course.passOn(at: moment, until: try term?.deadline(from: moment))
            let step = ComplaintStep(
                kind: .transferred, note: note, happenedAt: moment,
                addressee: addressee.trimmedOrNil ?? addressee, reference: reference?.trimmedOrNil,
                dueAt: course.due?.end, term: term.map { "\($0.length): \($0.norm)" },
                termIsConfirmed: term?.isConfirmed, file: file)
            return (step, course)
        case .answered(let reference):
            course.answer(at: moment)
            let step = ComplaintStep(
                kind: .answered, note: note, happenedAt: moment, reference: reference?.trimmedOrNil,
                file: file)
            return (step, course)
        case .classified(let kind, let risk):
            return try await classify(complaint, as: kind, risk, at: moment, by: side, in: transaction)
        case .closed(let outcome):
            guard Complaint.Outcome.ofClosings.contains(outcome) else { throw ComplaintError.outOfTurn }
            course.close(as: outcome, at: moment)
            let step = ComplaintStep(
                kind: .closed, note: note, happenedAt: moment, verdict: outcome, file: file)
            return (step, course)
        case .reopened:
            course.reopen()
            return (ComplaintStep(kind: .reopened, note: note, happenedAt: moment, file: file), course)
        case .progress:
            return (ComplaintStep(kind: .progress, note: note, happenedAt: moment, file: file), nil)
        }
    }

    private func classify(
        _ complaint: Complaint, as kind: Complaint.Kind, _ risk: Complaint.Risk?, at moment: Date,
        by side: ComplaintSide, in transaction: borrowing TenantTransaction
    ) async throws -> (ComplaintStep, ComplaintCourse?) {
        let content = try ComplaintContent(
            kind: kind, risk: risk, category: complaint.content.category, entity: complaint.content.entity,
            account: complaint.content.account)
        guard complaint.allowsSorting(as: content.risk, by: side) else {
            throw ComplaintError.notEntitysToDecide
        }
        let term = try await transaction.complaintTerms().term(of: kind, content.risk)
        var course = ComplaintCourse(of: complaint)
        try course.sort(as: content, within: term)
        // The step tells a term only where the entity has the complaint and that term is the one that stands now.
        let stands = course.due == (try complaint.transferredAt.flatMap { try term?.deadline(from: $0) })
        let told = complaint.state == .transferred && stands ? term : nil
        let step = ComplaintStep(
            kind: .classified, note: "\(kind.title). \(note)", happenedAt: moment,
            dueAt: told == nil ? nil : course.due?.end, term: told.map { "\($0.length): \($0.norm)" },
            termIsConfirmed: told?.isConfirmed)
        return (step, course)
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
        let complaint = try await transaction.complaintToFollow(
            id, of: alliance, by: .checked,
            on: ComplaintSide(of: transaction.scope.principal, in: stream))
        try await transaction.clinicalFilter().check([("note", note)])
        let file = try await transaction.store(proof: proof, in: stream, at: now)
        let step = ComplaintStep(
            kind: .checked, note: note, happenedAt: now, verdict: verdict, file: file)
        var course = ComplaintCourse(of: complaint)
        if verdict == .corrected || endsIt { course.close(as: verdict, at: now) } else { course.reopen() }
        try await transaction.advance(complaint, to: course)
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
        let complaint = try await transaction.complaintToFollow(
            id, of: alliance, by: .analysis,
            on: ComplaintSide(of: transaction.scope.principal, in: stream))
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
        let complaint = try await transaction.complaintToFollow(
            id, of: alliance, by: .analysis, on: .alliance)
        try await transaction.share(analysis, of: id)
        return Audited(
            AuditEvent(
                "governance.complaint.analysis_shared", subject: id,
                details: ["filing_number": complaint.number.description]))
    }
}

extension Transaction where Scope == TenantScope {
    /// A complaint, where a step may follow that a side takes; whoever follows it at the same moment waits.
    fileprivate func complaintToFollow(
        _ id: ID<Complaint>, of alliance: ID<Alliance>, by step: ComplaintStep.Kind, on side: ComplaintSide
    ) async throws -> Complaint {
        guard let complaint = try await lockedComplaint(id, of: alliance) else {
            throw ComplaintError.notFound
        }
        guard complaint.allows(step, by: side) else {
            throw complaint.allows(step, by: .alliance)
                ? ComplaintError.notEntitysToDecide : ComplaintError.outOfTurn
        }
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
