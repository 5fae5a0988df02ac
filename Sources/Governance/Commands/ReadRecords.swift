public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// The meetings, agendas, reports and source documents of an alliance in a year.
public struct ReadYear: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The year that is shown.
        public let year: Int
        /// The years of which something is known, with the present one and the one before, the latest first.
        public let years: [Int]
        /// The meetings of the year, by day.
        public let meetings: [MeetingSummary]
        /// Standing agendas.
        public let agendas: [AgendaTemplate]
        /// Series of sessions, of all years.
        public let series: [MeetingSeries]
        /// Reports, the latest first, of all years.
        public let reports: [GivenReport]
        /// Papers that were added to what was recorded, of all years.
        public let papers: [Paper]
        /// Source documents, of all years.
        public let sources: [ImportedSource]
        /// Today.
        public let today: CalendarDate
    }

    /// Who may do it.
    public static let permission = Permission.readGovernance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The year; `nil` for the present one.
    public let year: Int?

    /// Asks for a year.
    public init(of alliance: ID<Alliance>, in year: Int? = nil) {
        self.alliance = alliance
        self.year = year
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        let today = ColombianTime.date(at: now)
        let known = try await transaction.meetingDays(of: alliance)
        var years: Set<Int> = []
        if let known {
            years.formUnion(known.lowerBound.components.year...known.upperBound.components.year)
        }
        years.formUnion(try await transaction.reports(of: alliance).map(\.year))
        let (present, month, _) = today.components
        // The year to come is planned in the last months of this one.
        if month >= 10 { years.insert(present + 1) }
        let shown = year ?? present
        return Answer(
            year: shown, years: years.union([shown, present - 1, present]).sorted(by: >),
            meetings: try await transaction.meetings(of: alliance, in: .year(shown)),
            agendas: try await transaction.agendaTemplates(of: alliance),
            series: try await transaction.series(of: alliance),
            reports: try await transaction.reports(of: alliance),
            papers: try await transaction.papers(of: alliance),
            sources: try await transaction.sources(of: alliance), today: today)
    }
}

/// A meeting with how it was called, its minutes, and what its source gets wrong.
public struct ReadMeeting: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The meeting.
        public let summary: MeetingSummary
        /// Its agenda.
        public let agenda: [AgendaItem]
        /// How far it is prepared.
        public let preparation: Preparation
        /// How often it was moved or called off.
        public let changes: [MeetingChange]
        /// How it was called.
        public let calls: [MeetingCall]
        /// Its minutes.
        public let minutes: Minutes?
        /// The papers that were added to them.
        public let papers: [Paper]
        /// What shows that it was held.
        public let evidence: [MeetingEvidence]
        /// Where the minutes that are composed here stand, for those who may read them.
        public let minutesStage: MinutesStage?
        /// Where its source contradicts itself about it.
        public let warnings: [SourceWarning]
        /// Where a remote session is entered, for who may know it.
        public let link: String?
        /// Today.
        public let today: CalendarDate
    }

    /// Who may do it.
    public static let permission = Permission.readGovernance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let id: ID<Meeting>

    /// Asks for a meeting.
    public init(_ id: ID<Meeting>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it.
    ///
    /// - Throws: ``MeetingError/notFound`` where it is another alliance's.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        guard let summary = try await transaction.meeting(id, of: alliance) else {
            throw MeetingError.notFound
        }
        let minutes = try await transaction.minutes(of: id)
        let agenda = try await transaction.agenda(of: id)
        return Answer(
            summary: summary, agenda: agenda,
            preparation: try await transaction.preparation(
                of: summary.meeting, agenda, in: alliance, at: now),
            changes: try await transaction.changes(of: id),
            calls: try await transaction.calls(of: id), minutes: minutes,
            papers: minutes == nil
                ? [] : try await transaction.papers(of: alliance).filter { $0.belongs(to: minutes) },
            evidence: try await transaction.evidence(of: id),
            minutesStage: try await transaction.minutesStage(of: summary.meeting, in: alliance),
            warnings: try await transaction.warnings(about: id),
            link: try await transaction.mayEnter(summary.meeting, of: alliance) ? summary.meeting.link : nil,
            today: ColombianTime.date(at: now))
    }
}

/// A source document with its text and where it contradicts itself.
public struct ReadSource: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The document.
        public let source: ImportedSource
        /// Its text.
        public let passages: [SourceDocument.Passage]
        /// Where it contradicts itself.
        public let warnings: [SourceWarning]
    }

    /// Who may do it.
    public static let permission = Permission.readGovernance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// Its name among the sources.
    public let code: String

    /// Asks for a document.
    public init(_ code: String, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.code = code
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it; `nil` where the alliance has none of that name.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer? {
        guard let source = try await transaction.source(code, of: alliance) else { return nil }
        return Answer(
            source: source, passages: try await transaction.passages(of: source.id),
            warnings: try await transaction.warnings(of: source.id))
    }
}

/// How an alliance was constituted and registered.
public struct ReadConstitution: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// Its assemblies, the latest first.
        public let constitutions: [Constitution]
        /// Its registrations, the latest first.
        public let registrations: [Registration]
        /// The meetings in which people were told of it before, by day.
        public let sessions: [MeetingSummary]
        /// The papers that were added to them, and to the bylaws.
        public let papers: [Paper]
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
    /// The names of signers are shown.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "signers"]) }

    /// Reads it.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        return Answer(
            constitutions: try await transaction.constitutions(of: alliance),
            registrations: try await transaction.registrations(of: alliance),
            sessions: try await transaction.meetings(of: alliance, kind: .socialization),
            papers: try await transaction.papers(of: alliance))
    }
}

extension Paper {
    /// Whether it is one of some minutes.
    fileprivate func belongs(to minutes: Minutes?) -> Bool {
        switch subject {
        case .minutes(let id), .attendance(let id): id == minutes?.id
        default: false
        }
    }
}
