public import Foundation
public import Kernel

/// A meeting of an alliance, planned or held.
public struct Meeting: Sendable, Hashable {
    /// The kinds of meetings.
    public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        /// Of the board with the entity's office.
        case board
        /// Of all members (`asamblea`).
        case assembly
        /// Of the members with the entity (`encuentro`).
        case encounter
        /// In which the entity, the alliance or both render accounts (`rendición de cuentas`): the meeting says whether
        /// the alliance does.
        case accountability
        /// `audiencia pública de rendición de cuentas`.
        case publicHearing = "public_hearing"
        /// In which people are told of the alliance before it is constituted (`socialización`).
        case socialization
        /// Of a provider's group of users.
        case group
        /// `capacitación`.
        case training
        /// Any other.
        case other

        /// The name on screens.
        public var title: String {
            switch self {
            case .board: "Reunión de junta"
            case .assembly: "Asamblea"
            case .encounter: "Encuentro con la entidad"
            case .accountability: "Rendición de cuentas"
            case .publicHearing: "Audiencia pública"
            case .socialization: "Socialización"
            case .group: "Reunión de la alianza"
            case .training: "Capacitación"
            case .other: "Otra reunión"
            }
        }
    }

    /// Where a meeting stands.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// On the calendar.
        case planned
        /// Going on.
        case inSession = "in_session"
        /// Held.
        case held
        /// Called off.
        case cancelled

        /// The name on screens.
        public var title: String {
            switch self {
            case .planned: "Programada"
            case .inSession: "En sesión"
            case .held: "Realizada"
            case .cancelled: "Cancelada"
            }
        }
    }

    /// How people take part.
    public enum Mode: String, Sendable, Hashable, CaseIterable, Codable {
        /// In one room.
        case inPerson = "in_person"
        /// From afar.
        case virtual
        /// Both.
        case mixed
        /// The source does not say.
        case unknown

        /// The name on screens.
        public var title: String {
            switch self {
            case .inPerson: "Presencial"
            case .virtual: "Virtual"
            case .mixed: "Mixta"
            case .unknown: "Sin indicar"
            }
        }
    }

    /// How a session went: when it opened, in which call, among how many, and when it closed.
    public struct Session: Sendable, Hashable {
        /// When it opened.
        public let openedAt: Date
        /// The call in which it opened; `nil` where no quorum is asked.
        public let call: Quorum.Call?
        /// How many could take part in decisions then: the base of its quorum, in people.
        public let entitled: Int
        /// When it closed; `nil` while it goes on.
        public let closedAt: Date?

        /// Describes a session.
        public init(openedAt: Date, call: Quorum.Call?, entitled: Int, closedAt: Date? = nil) {
            self.openedAt = openedAt
            self.call = call
            self.entitled = entitled
            self.closedAt = closedAt
        }
    }

    /// Identifies the meeting.
    public private(set) var id: ID<Meeting>
    /// Its kind.
    public let kind: Kind
    /// Its name.
    public let title: String
    /// Where it stands.
    public private(set) var state: State
    /// The day, or the first of several.
    public private(set) var day: CalendarDate
    /// The last day of one that takes several; `nil` where it is held in one.
    public private(set) var lastDay: CalendarDate?
    /// When it begins, `nil` where that is not set.
    public private(set) var startsAt: TimeOfDay?
    /// When it ends, later than it begins; `nil` where that is not known.
    public private(set) var endsAt: TimeOfDay?
    /// How people take part.
    public let mode: Mode
    /// The room.
    public let place: String?
    /// Where those who take part from afar enter; for those who were called alone.
    public private(set) var link: String?
    /// The body that meets; `nil` where the members do, or whoever was called.
    public let body: ID<Body>?
    /// The series that it is a session of.
    public let series: ID<MeetingSeries>?
    /// The event of several alliances that it is a part of.
    public private(set) var event: ID<JointEvent>?
    /// Who is called.
    public let participants: [String]
    /// What is said of who may move it, as the source has it.
    public let restriction: String?
    /// Who alone may move it and who has to be told before; `nil` where whoever plans meetings may.
    public let moveRule: MoveRule?
    /// Date and hours as the source writes them.
    public let asWritten: String?
    /// Whether citizens are told of it; what is the alliance's own stays so until it says otherwise.
    public let isPublic: Bool
    /// Whether the alliance renders accounts in it (`rinde cuentas`): the entity's own accounts are not its own.
    public let isOwnAccountability: Bool
    /// Whether it is the board's own (`espacio propio`): the entity does not see it until the board shares it.
    public let isReserved: Bool
    /// How its session went; `nil` before it opens, and where it was not run here.
    public let session: Session?

    /// Whether somebody should say if the alliance rendered its own accounts in it: it was of the kinds in which that
    /// happens, and nobody did.
    public var mayHoldOwnAccountability: Bool {
        !isOwnAccountability && state == .held && [.accountability, .publicHearing].contains(kind)
    }

    /// The days that it takes.
    public var days: ClosedRange<CalendarDate> { day...(lastDay ?? day) }

    /// Makes a meeting.
    ///
    /// - Throws: ``MeetingError``.
    public init(
        id: ID<Meeting> = ID(), kind: Kind, title: String, state: State = .planned, day: CalendarDate,
        lastDay: CalendarDate? = nil, startsAt: TimeOfDay? = nil, endsAt: TimeOfDay? = nil,
        mode: Mode = .unknown, place: String? = nil, link: String? = nil, body: ID<Body>? = nil,
        series: ID<MeetingSeries>? = nil, event: ID<JointEvent>? = nil, participants: [String] = [],
        restriction: String? = nil, moveRule: MoveRule? = nil, asWritten: String? = nil,
        isPublic: Bool = false,
        isOwnAccountability: Bool = false,
        isReserved: Bool = false, session: Session? = nil
    ) throws(MeetingError) {
        guard let title = title.trimmedOrNil else { throw .untitled }
        guard !(isReserved && isPublic) else { throw .reservedAndPublic }
        self.id = id
        self.kind = kind
        self.title = title
        self.state = state
        self.day = day
        self.lastDay = lastDay == day ? nil : lastDay
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.mode = mode
        self.place = place?.trimmedOrNil
        self.link = link?.trimmedOrNil
        self.body = body
        self.series = series
        self.event = event
        self.participants = participants
        self.restriction = restriction
        self.moveRule = moveRule
        self.asWritten = asWritten
        self.isPublic = isPublic
        self.isOwnAccountability = isOwnAccountability
        self.isReserved = isReserved
        self.session = session
        try requireOrder()
    }

    private func requireOrder() throws(MeetingError) {
        if let startsAt, let endsAt, endsAt <= startsAt { throw .endsBeforeItStarts }
        guard startsAt != nil || endsAt == nil else { throw .endsBeforeItStarts }
        if let lastDay, lastDay < day { throw .endsBeforeItStarts }
    }

    /// The meeting on another day and at other hours; one of several days keeps how many it takes.
    ///
    /// - Throws: ``MeetingError/endsBeforeItStarts``.
    func moved(
        to day: CalendarDate, from startsAt: TimeOfDay?, until endsAt: TimeOfDay?
    ) throws(MeetingError) -> Meeting {
        var moved = self
        moved.lastDay = lastDay.map { day + ($0 - self.day) }
        moved.day = day
        moved.startsAt = startsAt
        moved.endsAt = endsAt
        try moved.requireOrder()
        return moved
    }

    /// The meeting with another description.
    ///
    /// - Throws: ``MeetingError``.
    func edited(
        title: String, mode: Mode, place: String?, link: String?, body: ID<Body>?,
        series: ID<MeetingSeries>?, participants: [String]
    ) throws(MeetingError) -> Meeting {
        try Meeting(
            id: id, kind: kind, title: title, state: state, day: day, lastDay: lastDay, startsAt: startsAt,
            endsAt: endsAt, mode: mode, place: place, link: link, body: body, series: series,
            participants: participants, restriction: restriction, moveRule: moveRule, asWritten: asWritten,
            isPublic: isPublic,
            isOwnAccountability: isOwnAccountability, isReserved: isReserved, session: session)
    }

    /// The same meeting on another day.
    ///
    /// - Throws: ``MeetingError/endsBeforeItStarts``.
    public func on(_ day: CalendarDate) throws(MeetingError) -> Meeting {
        try moved(to: day, from: startsAt, until: endsAt)
    }

    /// The same meeting for another alliance, planned, as a part of an event of several.
    func held(in event: ID<JointEvent>) -> Meeting {
        var other = self
        other.id = ID()
        other.event = event
        other.state = .planned
        return other
    }

    /// The meeting for who was not called to it.
    func withoutLink() -> Meeting {
        var changed = self
        changed.link = nil
        return changed
    }

    /// The meeting in another state.
    func with(state: State) -> Meeting {
        var changed = self
        changed.state = state
        return changed
    }

    /// The address of a remote session as somebody typed it, with the `https://` that most leave out: without it no mail
    /// opens it.
    ///
    /// - Throws: ``MeetingError/unreadableLink``.
    public static func link(typed text: String) throws(MeetingError) -> String {
        guard let link = text.trimmedOrNil, !link.contains(where: \.isWhitespace) else {
            throw .unreadableLink
        }
        if link.contains(/^(?i:https?):\/\/[^\/]/) { return link }
        guard link.contains(/^[\w-]+(\.[\w-]+)+(:[0-9]+)?([\/?#].*)?$/) else { throw .unreadableLink }
        return "https://" + link
    }

    /// A place as citizens are told it: a link is for those who were called.
    public static func publicPlace(_ place: String?) -> String? {
        guard let place, !place.contains("://"), !place.contains(/\w\.\w+\/|(?i:www\.)\w/) else { return nil }
        return place
    }

    /// The hours in words: «9:00 a. m. a 10:00 a. m.».
    public var hours: String? {
        guard let startsAt else { return nil }
        return SpanishFormat.time(startsAt) + (endsAt.map { " a \(SpanishFormat.time($0))" } ?? "")
    }
}

/// A standing agenda (`orden del día permanente`).
public struct AgendaTemplate: Sendable, Hashable {
    /// Its name.
    public let title: String
    /// The points, in their order.
    public let items: [String]
    /// Every how many months such a meeting is held.
    public let everyMonths: Int?
    /// How many days before it is called.
    public let noticeDays: Int?

    /// Makes a template.
    public init(title: String, items: [String], everyMonths: Int?, noticeDays: Int?) {
        self.title = title
        self.items = items
        self.everyMonths = everyMonths
        self.noticeDays = noticeDays
    }
}

extension String {
    /// The text without white space around it, `nil` where nothing is left.
    var trimmedOrNil: String? {
        let trimmed = trimmingPrefix(while: \.isWhitespace)
        guard let last = trimmed.lastIndex(where: { !$0.isWhitespace }) else { return nil }
        return String(trimmed[...last])
    }
}
