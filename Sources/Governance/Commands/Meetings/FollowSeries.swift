public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Begins a series of sessions.
public struct CreateSeries: Undertaking {
    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The series.
    public let series: MeetingSeries

    /// Takes a series of an alliance.
    public init(_ series: MeetingSeries, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.series = series
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Begins it.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard try await transaction.alliance(alliance) != nil else { throw AllianceError.notFound }
        try await transaction.insert(series, of: alliance, at: now)
        return Audited(
            AuditEvent(
                "governance.series.created", subject: series.id,
                details: [
                    "title": series.title, "purpose": series.purpose.rawValue,
                    "sessions": String(series.sessionsNeeded),
                ]))
    }
}

/// Counts a meeting among the sessions of a series, one that was held too: what was held before the series was
/// written down belongs to it all the same.
public struct AssignToSeries: Command {
    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The series; `nil` to take it out of the one that it is in.
    public let series: ID<MeetingSeries>?

    /// Takes a meeting and its series.
    public init(_ meeting: ID<Meeting>, to series: ID<MeetingSeries>?, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
        self.series = series
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Counts it there.
    ///
    /// - Throws: ``MeetingError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let found = try await transaction.lockedMeeting(meeting, of: alliance) else {
            throw MeetingError.notFound
        }
        if let series, try await transaction.series(series, of: alliance) == nil {
            throw MeetingError.seriesNotFound
        }
        try await transaction.assign(meeting, to: series)
        return Audited(
            AuditEvent(
                "governance.series.assigned", subject: meeting,
                details: [
                    "series": series?.description ?? "", "series_before": found.series?.description ?? "",
                ]))
    }
}

/// Where a series stands: its sessions, and from those who were reached to those who enrolled.
public struct ReadSeries: Query {
    /// How many meetings of no series are offered, the latest: a session that is put into a series is of its time.
    static let othersOffered = 100

    /// What is read.
    public struct Answer: Sendable {
        /// Where it stands.
        public let standing: SeriesStanding
        /// Other meetings of the alliance that could be sessions of it, the latest first.
        public let others: [Meeting]
    }

    /// Who may do it.
    public static let permission = Permission.readGovernance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The series.
    public let id: ID<MeetingSeries>

    /// Asks for a series.
    public init(_ id: ID<MeetingSeries>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it.
    ///
    /// - Throws: ``MeetingError/seriesNotFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        guard let standing = try await transaction.standing(of: id, in: alliance) else {
            throw MeetingError.seriesNotFound
        }
        return Answer(
            standing: standing,
            others: try await transaction.meetingsOfNoSeries(of: alliance, limit: Self.othersOffered))
    }
}

/// The series of an alliance and its own bodies: what a meeting may be of.
public struct ReadMeetingChoices: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The series, the latest first.
        public let series: [MeetingSeries]
        /// The alliance's own bodies.
        public let bodies: [Body]
        /// Its standing agendas.
        public let agendas: [AgendaTemplate]
    }

    /// Who may do it.
    public static let permission = Permission.readGovernance
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for an alliance.
    public init(of alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads them.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        Answer(
            series: try await transaction.series(of: alliance),
            bodies: try await transaction.bodies(of: alliance).filter { !$0.isExternal },
            agendas: try await transaction.agendaTemplates(of: alliance))
    }
}
