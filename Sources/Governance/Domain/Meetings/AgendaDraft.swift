public import Foundation
public import Kernel

/// A model of an agenda that the product brings, for meetings of some kinds.
public struct AgendaModel: Sendable, Hashable {
    /// A point of it.
    public struct Point: Sendable, Hashable {
        /// Its kind.
        public let kind: AgendaItem.Kind
        /// What is treated.
        public let title: String
        /// How long it takes, in minutes.
        public let minutes: Int?
    }

    /// Its name among models.
    public let code: String
    /// Its name for people.
    public let title: String
    /// The kinds of meetings that it is meant for.
    public let kinds: [Meeting.Kind]
    /// The points, in order.
    public let points: [Point]

    /// The models of the folder of catalogues, `agendas.json`.
    ///
    /// - Throws: `DecodingError`, or an error of Foundation where the file is not there.
    public static func all(in folder: URL) throws -> [Self] {
        try JSONDecoder().decode([Self].self, from: Data(contentsOf: folder.appending(path: "agendas.json")))
    }

    /// The agenda that it makes.
    ///
    /// - Throws: ``AgendaError``.
    public func items() throws(AgendaError) -> [AgendaItem] {
        var items: [AgendaItem] = []
        for (index, point) in points.enumerated() {
            items.append(
                try AgendaItem(
                    position: index + 1, kind: point.kind, title: point.title, minutesPlanned: point.minutes,
                    origin: .template))
        }
        return items
    }
}

extension AgendaModel: Decodable {}
extension AgendaModel.Point: Decodable {}

/// What an earlier meeting left open, and what else the next one has to treat.
public struct CarriedPoints: Sendable, Hashable {
    /// A point that was put off, or not reached.
    public struct Open: Sendable, Hashable {
        /// The point.
        public let item: ID<AgendaItem>
        /// Its kind.
        public let kind: AgendaItem.Kind
        /// What is treated.
        public let title: String
        /// Who presents it.
        public let presenter: String?
        /// The day of the meeting that left it open.
        public let day: CalendarDate

        /// Describes a point.
        public init(
            item: ID<AgendaItem>, kind: AgendaItem.Kind, title: String, presenter: String?, day: CalendarDate
        ) {
            self.item = item
            self.kind = kind
            self.title = title
            self.presenter = presenter
            self.day = day
        }
    }

    /// The points.
    public let open: [Open]
    /// How many commitments of the alliance are open.
    public let commitments: Int
    /// How many minutes of such meetings wait for approval.
    public let minutes: Int

    /// Tells what is left.
    public init(open: [Open], commitments: Int, minutes: Int) {
        self.open = open
        self.commitments = commitments
        self.minutes = minutes
    }

    /// What of it an agenda lacks. Points that every meeting has anew — greeting, quorum, break — are not carried.
    public func missing(in agenda: [AgendaItem]) -> Self {
        let carried = Set(agenda.compactMap(\.carriedFrom))
        // What a standing agenda brings anew is not there twice because nobody reached it the last time.
        let titles = Set(agenda.map(\.title.folded))
        return Self(
            open: open.filter {
                !carried.contains($0.item) && $0.kind.isOfItsOwn && !titles.contains($0.title.folded)
            },
            commitments: agenda.contains { $0.kind == .commitments } ? 0 : commitments,
            minutes: agenda.contains { $0.kind == .previousMinutes } ? 0 : minutes)
    }

    /// Whether nothing is left.
    public var isEmpty: Bool { open.isEmpty && commitments == 0 && minutes == 0 }

    /// An agenda with what it lacks: earlier minutes and commitments after the opening, points that were left open
    /// before what ends a meeting.
    ///
    /// - Throws: ``AgendaError``.
    public func added(to agenda: [AgendaItem]) throws(AgendaError) -> [AgendaItem] {
        let missing = missing(in: agenda)
        var items = agenda.sorted { $0.position < $1.position }
        var head: [AgendaItem] = []
        if missing.minutes > 0 {
            head.append(
                try AgendaItem(
                    position: 1, kind: .previousMinutes, title: AgendaItem.Kind.previousMinutes.title,
                    origin: .carried))
        }
        if missing.commitments > 0 {
            head.append(
                try AgendaItem(
                    position: 1, kind: .commitments, title: AgendaItem.Kind.commitments.title,
                    origin: .carried))
        }
        let begins = items.firstIndex { !$0.kind.opensMeeting } ?? items.endIndex
        items.insert(contentsOf: head, at: begins)
        var body: [AgendaItem] = []
        for point in missing.open {
            body.append(
                try AgendaItem(
                    position: 1, kind: point.kind, title: point.title, presenter: point.presenter,
                    origin: .carried, carriedFrom: point.item))
        }
        let ends = (items.lastIndex { !$0.kind.endsMeeting } ?? -1) + 1
        items.insert(contentsOf: body, at: ends)
        return items.numbered()
    }
}

extension [AgendaItem] {
    /// The points in the order in which they stand, numbered from 1.
    public func numbered() -> [AgendaItem] {
        enumerated().map { $1.at($0 + 1) }
    }

    /// The agenda with other points in it: what opens a meeting among what opens it, what ends one at the end, the rest
    /// between.
    ///
    /// - Parameters:
    ///   - points: The points, such as those of a model.
    ///   - isWhole: Whether they are a whole agenda, of which nothing is put in that stands there already; what somebody
    ///     wrote for this meeting is all put in.
    /// - Returns: The points, numbered from 1.
    public func adding(_ points: [AgendaItem], asWhole isWhole: Bool) -> [AgendaItem] {
        guard !isEmpty else { return points.numbered() }
        var items = sorted { $0.position < $1.position }
        let titles = Set(items.map(\.title.folded))
        let kinds = Set(items.map(\.kind))
        let new = points.filter { point in
            !isWhole
                || !titles.contains(point.title.folded)
                    && (point.kind.isOfItsOwn || !kinds.contains(point.kind))
        }
        let begins = items.firstIndex { !$0.kind.opensMeeting } ?? items.endIndex
        items.insert(contentsOf: new.filter(\.kind.opensMeeting), at: begins)
        let ends = (items.lastIndex { !$0.kind.endsMeeting } ?? -1) + 1
        items.insert(contentsOf: new.filter { !$0.kind.opensMeeting && !$0.kind.endsMeeting }, at: ends)
        return (items + new.filter(\.kind.endsMeeting)).numbered()
    }

    /// The same points for another meeting, without those that were carried into this one.
    func copied() throws(AgendaError) -> [AgendaItem] {
        var copies: [AgendaItem] = []
        for item in self where item.origin != .carried {
            copies.append(
                try AgendaItem(
                    position: copies.count + 1, kind: item.kind, title: item.title,
                    minutesPlanned: item.minutesPlanned, presenter: item.presenter, origin: item.origin))
        }
        return copies
    }
}

extension AgendaItem {
    /// The point at another place.
    public func at(_ position: Int) -> AgendaItem {
        AgendaItem(self, position: position)
    }

    private init(_ item: AgendaItem, position: Int) {
        id = item.id
        self.position = position
        kind = item.kind
        title = item.title
        minutesPlanned = item.minutesPlanned
        presenter = item.presenter
        origin = item.origin
        carriedFrom = item.carriedFrom
        state = item.state
        openedAt = item.openedAt
        closedAt = item.closedAt
        notes = item.notes
    }
}

extension AgendaItem.Kind {
    /// Whether it is a matter of its own, which another meeting can take up: not what every meeting has anew.
    var isOfItsOwn: Bool {
        switch self {
        case .topic, .report, .presentation, .training, .election, .decision: true
        case .opening, .objective, .quorum, .previousMinutes, .commitments, .questions, .break, .nextMeeting,
            .closing:
            false
        }
    }

    /// Whether a session that does not reach it leaves it for another meeting: what only frames a meeting is not left.
    var isLeftForAnother: Bool {
        switch self {
        case .opening, .objective, .quorum, .break, .nextMeeting, .closing: false
        case .previousMinutes, .commitments, .topic, .report, .presentation, .training, .election, .decision,
            .questions:
            true
        }
    }

    fileprivate var opensMeeting: Bool {
        switch self {
        case .opening, .objective, .quorum, .previousMinutes: true
        default: false
        }
    }

    fileprivate var endsMeeting: Bool {
        switch self {
        case .questions, .break, .nextMeeting, .closing: true
        default: false
        }
    }
}
