public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Records a need that users told of.
public struct TellNeed: Undertaking {
    /// Who may do it.
    public static let permission = Permission.keepNeeds
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The need.
    public let need: Need

    /// Takes what a person filled in.
    public init(_ need: Need, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.need = need
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``NeedError``, `InvalidInput` where the filter found something.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Need>> {
        guard need.toldOn <= ColombianTime.date(at: now) else { throw NeedError.dayOutOfPlace }
        try await transaction.clinicalFilter().check([("account", need.account), ("place", need.place)])
        try await transaction.insert(need, of: alliance, at: now)
        return Audited(
            need.id,
            AuditEvent(
                "governance.need.told", subject: need.id,
                details: ["topic": need.topic.title, "people": String(need.people)]))
    }
}

/// Puts needs of a topic on the agenda of a meeting to come, as one point.
public struct PutNeedsOnAgenda: Undertaking {
    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The needs.
    public let needs: [ID<Need>]
    /// The meeting.
    public let meeting: ID<Meeting>

    /// Takes what a person chose.
    ///
    /// - Throws: ``NeedError/nothingChosen``.
    public init(
        _ needs: [ID<Need>], on meeting: ID<Meeting>, of alliance: ID<Alliance>
    ) throws(NeedError) {
        guard !needs.isEmpty else { throw .nothingChosen }
        self.alliance = alliance
        self.needs = needs
        self.meeting = meeting
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Puts them there.
    ///
    /// - Throws: ``NeedError``, ``MeetingError``, ``AgendaError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let chosen = try await transaction.needs(of: alliance).filter { needs.contains($0.id) }
        guard chosen.count == Set(needs).count else { throw NeedError.notFound }
        let people = chosen.reduce(0) { $0 + $1.people }
        let topics = SpanishFormat.list(chosen.byTopic.map { $0.topic.title.lowercased() })
        let told = try await EditAgenda(
            meeting, of: alliance,
            .add(
                EditAgenda.Draft(
                    kind: .topic,
                    title:
                        "Necesidades de los usuarios: \(topics) (\(SpanishFormat.count(people, "persona", "personas")))"
                ))
        ).perform(in: transaction, at: now)
        for need in needs { try await transaction.lead(need, to: meeting, nil) }
        return Audited(
            (),
            AuditEvent(
                "governance.need.put_on_agenda", subject: meeting, details: ["needs": String(needs.count)]),
            others: told.traces(in: stream))
    }
}

/// Says which activity of the plan needs led to.
public struct LeadNeeds: Undertaking {
    /// Who may do it.
    public static let permission = Permission.keepNeeds
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The needs.
    public let needs: [ID<Need>]
    /// The activity.
    public let activity: ID<WorkPlan.Activity>

    /// Takes what a person chose.
    ///
    /// - Throws: ``NeedError/nothingChosen``.
    public init(
        _ needs: [ID<Need>], to activity: ID<WorkPlan.Activity>, of alliance: ID<Alliance>
    ) throws(NeedError) {
        guard !needs.isEmpty else { throw .nothingChosen }
        self.alliance = alliance
        self.needs = needs
        self.activity = activity
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Writes it.
    ///
    /// - Throws: ``NeedError``, ``PlanError/activityNotFound``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let plans = try await transaction.plans(of: alliance)
        guard plans.contains(where: { $0.activities.contains { $0.id == activity } }) else {
            throw PlanError.activityNotFound
        }
        let known = Set(try await transaction.needs(of: alliance).map(\.id))
        guard needs.allSatisfy(known.contains) else { throw NeedError.notFound }
        for need in needs { try await transaction.lead(need, to: nil, activity) }
        return Audited(
            AuditEvent("governance.need.led", subject: activity, details: ["needs": String(needs.count)]))
    }
}

/// Says what came of a need: it was attended, or nothing is done about it and why.
public struct AnswerNeed: Command {
    /// Who may do it.
    public static let permission = Permission.keepNeeds
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The need.
    public let need: ID<Need>
    /// Whether it was attended.
    public let isAttended: Bool
    /// What came of it.
    public let answer: Need.Answer

    /// Takes what a person filled in.
    public init(_ need: ID<Need>, of alliance: ID<Alliance>, isAttended: Bool, _ answer: Need.Answer) {
        self.alliance = alliance
        self.need = need
        self.isAttended = isAttended
        self.answer = answer
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Writes it.
    ///
    /// - Throws: ``NeedError``, `InvalidInput` where the filter found something.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard let found = try await transaction.needs(of: alliance).first(where: { $0.id == need }) else {
            throw NeedError.notFound
        }
        guard answer.day <= ColombianTime.date(at: now), answer.day >= found.toldOn else {
            throw NeedError.dayOutOfPlace
        }
        try await transaction.clinicalFilter().check([("note", answer.note)])
        try await transaction.end(need, as: isAttended ? .attended : .dropped, answer)
        return Audited(
            AuditEvent(
                isAttended ? "governance.need.attended" : "governance.need.dropped", subject: need,
                details: ["day": answer.day.description]))
    }
}

/// The needs that an alliance was told of, with what they can lead to.
public struct ReadNeeds: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The needs, the latest first.
        public let needs: [Need]
        /// Meetings to come, the next first.
        public let meetings: [Meeting]
        /// The activities of the plan of the year.
        public let activities: [WorkPlan.Activity]
        /// Today.
        public let today: CalendarDate
    }

    /// Who may do it.
    public static let permission = Permission.keepNeeds
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for those of an alliance.
    public init(of alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// For how many days ahead meetings are offered.
    static let daysAhead = 365

    /// Reads them.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        let today = ColombianTime.date(at: now)
        let meetings = try await transaction.meetings(of: alliance, in: today...today + Self.daysAhead)
        let plan = try await transaction.plans(of: alliance).filter {
            $0.year == today.components.year
        }.max { $0.version < $1.version }
        return Answer(
            needs: try await transaction.needs(of: alliance),
            meetings: meetings.map(\.meeting).filter { $0.state == .planned }.sorted { $0.day < $1.day },
            activities: plan?.activities ?? [], today: today)
    }
}
