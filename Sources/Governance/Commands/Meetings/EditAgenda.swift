public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Changes the agenda of a meeting, a point at a time.
public struct EditAgenda: Command {
    /// What a person says of a point.
    public struct Draft: Sendable, Hashable {
        /// Its kind.
        public let kind: AgendaItem.Kind
        /// What is treated.
        public let title: String
        /// How long it takes, in minutes.
        public let minutes: Int?
        /// Who presents it, by office.
        public let presenter: String?

        /// Takes what a person filled in.
        public init(kind: AgendaItem.Kind, title: String, minutes: Int? = nil, presenter: String? = nil) {
            self.kind = kind
            self.title = title
            self.minutes = minutes
            self.presenter = presenter
        }
    }

    /// What becomes of it.
    public enum Change: Sendable, Hashable {
        /// A point is added at the end, or before what ends the meeting.
        case add(Draft)
        /// A point says something else.
        case edit(ID<AgendaItem>, Draft)
        /// A point stands one place earlier or later.
        case move(ID<AgendaItem>, by: Int)
        /// A point is taken out.
        case remove(ID<AgendaItem>)
        /// What earlier meetings left open is put in.
        case carry
        /// Several points are put in: those of a model, and what somebody wrote for this meeting.
        case fill(from: [AgendaItem], and: [AgendaItem])
        /// The points of the meeting before are put in, and what somebody wrote for this one.
        case repeatEarlier(and: [AgendaItem])

        fileprivate var name: String {
            switch self {
            case .add: "added"
            case .edit: "edited"
            case .move: "moved"
            case .remove: "removed"
            case .carry: "carried"
            case .fill: "filled"
            case .repeatEarlier: "repeated"
            }
        }
    }

    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// What becomes of its agenda.
    public let change: Change

    /// Takes a change.
    public init(_ meeting: ID<Meeting>, of alliance: ID<Alliance>, _ change: Change) {
        self.alliance = alliance
        self.meeting = meeting
        self.change = change
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Changes it.
    ///
    /// - Throws: ``MeetingError``, ``AgendaError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let found = try await transaction.lockedMeeting(meeting, of: alliance) else {
            throw MeetingError.notFound
        }
        guard [.planned, .inSession].contains(found.state) else { throw AgendaError.meetingIsOver }
        let agenda = try await transaction.agenda(of: meeting)
        switch change {
        case .add(let draft):
            let item = try AgendaItem(
                position: agenda.count + 1, kind: draft.kind, title: draft.title,
                minutesPlanned: draft.minutes, presenter: draft.presenter)
            try await transaction.insert([item], of: found, in: alliance)
        case .edit(let id, let draft):
            let item = try agenda.pending(id)
            try await transaction.rewrite(
                try AgendaItem(
                    id: id, position: item.position, kind: draft.kind, title: draft.title,
                    minutesPlanned: draft.minutes, presenter: draft.presenter), of: meeting)
        case .move(let id, let places):
            try await transaction.order(try agenda.moving(id, by: places), of: meeting)
        case .remove(let id):
            try await transaction.remove(try agenda.pending(id).id, from: meeting)
            try await transaction.order(agenda.filter { $0.id != id }.map(\.id), of: meeting)
        case .carry:
            try await transaction.carry(into: found, of: alliance)
        case .fill(let model, let points):
            try await write(
                agenda.adding(model, asWhole: true).adding(points, asWhole: false), over: agenda, of: found,
                in: transaction)
        case .repeatEarlier(let points):
            guard let earlier = try await transaction.earlierAgenda(for: found, of: alliance) else {
                throw AgendaError.noEarlierAgenda
            }
            try await write(
                agenda.adding(try earlier.points.copied(), asWhole: true).adding(points, asWhole: false),
                over: agenda, of: found, in: transaction)
        }
        return Audited(
            AuditEvent(
                "governance.agenda.changed", subject: meeting,
                details: ["change": change.name, "points_before": String(agenda.count)]))
    }

    /// Adds the points of a whole agenda that are new, and puts all in their order.
    private func write(
        _ whole: [AgendaItem], over agenda: [AgendaItem], of found: Meeting,
        in transaction: borrowing TenantTransaction
    ) async throws {
        let known = Set(agenda.map(\.id))
        let new = whole.filter { !known.contains($0.id) }
        guard !new.isEmpty else { throw AgendaError.nothingToPut }
        try await transaction.insert(new, of: found, in: alliance)
        try await transaction.order(whole.map(\.id), of: meeting)
    }
}

extension [AgendaItem] {
    /// A point that was not taken up yet.
    ///
    /// - Throws: ``AgendaError``.
    fileprivate func pending(_ id: ID<AgendaItem>) throws(AgendaError) -> AgendaItem {
        guard let item = first(where: { $0.id == id }) else { throw .notFound }
        guard item.state == .pending else { throw .takenUp }
        return item
    }

    /// The points with one of them so many places later; at either end it stays.
    ///
    /// - Throws: ``AgendaError/notFound``.
    public func moving(_ id: ID<AgendaItem>, by places: Int) throws(AgendaError) -> [ID<AgendaItem>] {
        var ids = map(\.id)
        guard let index = ids.firstIndex(of: id) else { throw .notFound }
        let target = Swift.min(Swift.max(0, index + places), ids.count - 1)
        ids.insert(ids.remove(at: index), at: target)
        return ids
    }
}

/// The agenda of a meeting as it is edited: with where its carried points come from, and what is left open besides.
public struct ReadAgenda: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The meeting.
        public let meeting: Meeting
        /// Its points.
        public let agenda: [AgendaItem]
        /// The days of the meetings from which points were carried.
        public let origins: [ID<AgendaItem>: CalendarDate]
        /// What else was left open and is not in it.
        public let missing: CarriedPoints
        /// The day of the meeting before, whose agenda it may repeat.
        public let earlierDay: CalendarDate?
        /// The notice in force, where one was issued.
        public let notice: MeetingNotice?
        /// Whether that notice still says what the meeting is.
        public let isNoticeUpToDate: Bool
    }

    /// Who may do it.
    public static let permission = Permission.readGovernance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let id: ID<Meeting>

    /// Asks for the agenda of a meeting.
    public init(of id: ID<Meeting>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it.
    ///
    /// - Throws: ``MeetingError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        guard let meeting = try await transaction.meeting(id, of: alliance)?.meeting else {
            throw MeetingError.notFound
        }
        let agenda = try await transaction.agenda(of: id)
        let notice = try await transaction.notices(of: id).last
        let invitation = try await transaction.invitation(to: meeting, agenda: agenda, of: alliance)
        return Answer(
            meeting: meeting, agenda: agenda,
            origins: try await transaction.origins(of: agenda.compactMap(\.carriedFrom)),
            missing: meeting.state == .planned
                ? try await transaction.carriedPoints(into: meeting, of: alliance).missing(in: agenda)
                : CarriedPoints(open: [], commitments: 0, minutes: 0),
            earlierDay: try await transaction.earlierAgenda(for: meeting, of: alliance)?.day,
            notice: notice, isNoticeUpToDate: notice?.isOf(invitation) ?? true)
    }
}
