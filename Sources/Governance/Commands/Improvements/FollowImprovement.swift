public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Notes something that could be better, with where it was found.
public struct NoteImprovement: Undertaking {
    /// Who may do it.
    public static let permission = Permission.followImprovements
    /// What could be better.
    public let improvement: Improvement

    /// Takes what a person filled in.
    public init(_ improvement: Improvement) {
        self.improvement = improvement
    }

    /// The alliance.
    public var alliance: ID<Alliance> { improvement.alliance }
    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Notes it.
    ///
    /// - Throws: ``ImprovementError``, `InvalidInput` where the filter found something.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        ID<Improvement>
    > {
        guard improvement.foundOn <= ColombianTime.date(at: now) else { throw ImprovementError.dayOutOfPlace }
        try await transaction.clinicalFilter().check([("title", improvement.title)])
        if let meeting = improvement.meeting,
            try await transaction.meeting(meeting, of: alliance) == nil
        {
            throw ImprovementError.originNotFound
        }
        if let complaint = improvement.complaint,
            try await transaction.complaint(complaint, of: alliance) == nil
        {
            throw ImprovementError.originNotFound
        }
        try await transaction.insert(improvement, at: now)
        return Audited(
            improvement.id,
            AuditEvent(
                "governance.improvement.found", subject: improvement.id,
                details: ["source": improvement.source.title]))
    }
}

/// Records what became of an improvement opportunity: analysed, approved by the management or the unit, done with its
/// evidence.
public struct FollowImprovement: Command {
    /// What became of it.
    public enum News: Sendable, Hashable {
        /// Somebody looked into it; the unit that it is of is known.
        case analysed(unit: String?)
        /// The management or the unit approved it, to be done by a day.
        case approved(by: String, until: CalendarDate?)
        /// It was not approved.
        case rejected(by: String?)
        /// Something was done for it.
        case progress
        /// It is done.
        case done
        /// It is taken up again.
        case reopened

        fileprivate var kind: ImprovementStep.Kind {
            switch self {
            case .analysed: .analysed
            case .approved: .approved
            case .rejected: .rejected
            case .progress: .progress
            case .done: .done
            case .reopened: .reopened
            }
        }
    }

    /// Who may do it.
    public static let permission = Permission.followImprovements
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The opportunity.
    public let id: ID<Improvement>
    /// What became of it.
    public let news: News
    /// What is told of it.
    public let note: String
    /// The day; `nil` for today.
    public let day: CalendarDate?
    /// Its evidence.
    public let evidence: StoredFile?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``ImprovementError``.
    public init(
        _ id: ID<Improvement>, of alliance: ID<Alliance>, _ news: News, note: String,
        on day: CalendarDate? = nil, evidence: StoredFile? = nil
    ) throws(ImprovementError) {
        guard let note = note.trimmedOrNil else { throw .noteMissing }
        if case .approved(let who, _) = news, who.trimmedOrNil == nil { throw .whoMissing }
        if case .done = news, evidence == nil { throw .evidenceMissing }
        self.alliance = alliance
        self.id = id
        self.news = news
        self.note = note
        self.day = day
        self.evidence = evidence
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``ImprovementError``, `InvalidInput` where the filter found something.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let improvement = try await transaction.improvement(id, of: alliance) else {
            throw ImprovementError.notFound
        }
        guard let state = improvement.state.after(news.kind) else { throw ImprovementError.outOfTurn }
        let today = ColombianTime.date(at: now)
        let day = day ?? today
        guard day <= today, day >= improvement.foundOn else { throw ImprovementError.dayOutOfPlace }
        try await transaction.clinicalFilter().check([("note", note)])
        var file: ID<StoredFile>?
        if let evidence { file = try await transaction.store(evidence, as: .oversight, in: stream, at: now) }
        var (unit, approvedBy, approvedOn) = (
            improvement.unit, improvement.approvedBy, improvement.approvedOn
        )
        var (dueOn, who) = (improvement.dueOn, String?.none)
        switch news {
        case .analysed(let named): unit = named?.trimmedOrNil ?? unit
        case .approved(let name, let until):
            (approvedBy, approvedOn, dueOn, who) = (name.trimmedOrNil, day, until, name.trimmedOrNil)
        case .rejected(let name): who = name?.trimmedOrNil
        case .reopened where state == .found: (approvedBy, approvedOn, dueOn) = (nil, nil, nil)
        case .progress, .done, .reopened: break
        }
        try await transaction.update(
            improvement, to: state, unit: unit, approvedBy: approvedBy, approvedOn: approvedOn, dueOn: dueOn,
            doneOn: state == .done ? day : nil)
        let step = ImprovementStep(kind: news.kind, note: note, who: who, happenedOn: day, file: file)
        try await transaction.insert(step, of: id, at: now)
        return Audited(
            AuditEvent(
                "governance.improvement.\(step.kind.rawValue)", subject: id,
                details: ["day": day.description, "file": file?.description ?? ""].filter {
                    !$0.value.isEmpty
                }))
    }
}

/// The improvement opportunities of an alliance.
public struct ReadImprovements: Query {
    /// Who may do it.
    public static let permission = Permission.readComplaints
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for those of an alliance.
    public init(of alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads them, the latest first.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> [Improvement]
    {
        try await transaction.improvements(of: alliance)
    }
}

/// An improvement opportunity with all that became of it.
public struct ReadImprovement: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The opportunity.
        public let improvement: Improvement
        /// Its steps, the first first.
        public let steps: [ImprovementStep]
        /// The meeting in which it was found.
        public let meeting: Meeting?
        /// The complaint by which it was found.
        public let complaint: Complaint?
        /// The finding of an oversight exercise that it came of.
        public let origin: FindingOrigin?
    }

    /// Who may do it.
    public static let permission = Permission.readComplaints
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The opportunity.
    public let id: ID<Improvement>

    /// Asks for an opportunity.
    public init(_ id: ID<Improvement>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it.
    ///
    /// - Throws: ``ImprovementError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        guard let improvement = try await transaction.improvement(id, of: alliance) else {
            throw ImprovementError.notFound
        }
        var meeting: Meeting?
        if let id = improvement.meeting { meeting = try await transaction.meeting(id, of: alliance)?.meeting }
        var complaint: Complaint?
        if let id = improvement.complaint { complaint = try await transaction.complaint(id, of: alliance) }
        return Answer(
            improvement: improvement, steps: try await transaction.steps(of: id), meeting: meeting,
            complaint: complaint, origin: try await transaction.origin(of: id))
    }
}

/// What became of improvement opportunities in a year.
public struct ReadImprovementYear: Query {
    /// Who may do it.
    public static let permission = Permission.readComplaints
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The year.
    public let year: Int

    /// Asks for a year.
    public init(_ year: Int, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.year = year
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it: those that were found in the year, and those from before that were not over when it began.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws
        -> ImprovementYear
    {
        var lines: [ImprovementYear.Line] = []
        // Read once for all: an alliance has improvements of ten years.
        let stepsOf = try await transaction.improvementSteps(of: alliance)
        for improvement in try await transaction.improvements(of: alliance).reversed()
        where improvement.foundOn.components.year <= year {
            let steps = stepsOf[improvement.id] ?? []
            let last = steps.last { $0.happenedOn.components.year <= year }
            let isOver = improvement.state == .done || improvement.state == .rejected
            let endedBefore = isOver && (steps.last?.happenedOn.components.year ?? year) < year
            guard improvement.foundOn.components.year == year || !endedBefore else { continue }
            lines.append(ImprovementYear.Line(improvement: improvement, last: last))
        }
        return ImprovementYear(year: year, lines: lines)
    }
}
