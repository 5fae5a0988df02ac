public import Foundation
public import Kernel
public import Tenancy

/// Whose presence makes the quorum of a meeting, and who vote in it.
public enum Electorate: Sendable, Hashable {
    /// Those who hold the seats of a body on the day. An alternate counts while the principal is absent.
    case seats(of: ID<Body>)
    /// The members who are in force on the day, in assembly.
    case members
    /// Whoever was called: no quorum is asked, and decisions are taken by consensus alone.
    case whoeverComes

    /// Whether a quorum can be asked, and decisions taken by majority.
    public var decides: Bool { self != .whoeverComes }

    /// What one of them is called.
    public var noun: (one: String, many: String) {
        switch self {
        case .seats: ("puesto", "puestos")
        case .members, .whoeverComes: ("persona", "personas")
        }
    }
}

extension Meeting {
    /// Whose presence makes its quorum.
    public var electorate: Electorate {
        if let body { .seats(of: body) } else { kind == .assembly ? .members : .whoeverComes }
    }

    /// The hour of its call, from which a second call is reckoned; `nil` where no hour is set.
    public var calledFor: Date? { startsAt.map { ColombianTime.instant(day, $0) } }
}

extension Bylaws {
    /// The quorum that they order for a meeting, `nil` where none is asked or they are silent.
    ///
    /// The figures of an assembly's second call are of people: a body of five never has ten. In a body the share of the
    /// first call is asked of its seats, in any call. Without an hour nobody knows when a second call opens.
    public func quorum(of meeting: Meeting) -> Quorum? {
        guard meeting.electorate.decides, let quorum else { return nil }
        if case .seats = meeting.electorate { return Quorum(first: quorum.first) }
        return meeting.startsAt == nil ? Quorum(first: quorum.first) : quorum
    }

    /// Where they order it: «artículo 7 del reglamento».
    public func source(of name: BylawParameter.Name) -> String {
        guard let parameter = parameters[name] else { return title }
        let article = parameter.article.map { "\(title), artículo \($0)" }
        return article ?? parameter.norm ?? title
    }
}

/// Somebody who is entitled in a meeting, with where they are.
public struct EntitledPerson: Sendable, Hashable {
    /// By what they are entitled, which is what is sent of them: the mandate in a body, the person in an assembly.
    public struct Key: Sendable, Hashable {
        /// The identifier.
        public let id: UUID

        /// Takes an identifier.
        public init(id: UUID) {
            self.id = id
        }
    }

    /// By what they are entitled.
    public let key: Key
    /// The person; `nil` for who holds a seat without being in the register.
    public let person: ID<Person>?
    /// The mandate, in a body.
    public let mandate: ID<Mandate>?
    /// The name.
    public let name: String
    /// The document, where the register has them.
    public let document: IdentityDocument?
    /// The seat that they hold, in a body.
    public let seat: String?
    /// 0 for a principal, from 1 for alternates.
    public let rank: Int
    /// Their last stay; `nil` before they came.
    public let stay: Stay?
    /// Why they said that they would not come.
    public let excuse: String?

    /// A stay in the meeting.
    public struct Stay: Sendable, Hashable {
        /// Identifies it.
        public let id: ID<Attendance>
        /// When they came.
        public let arrivedAt: Date
        /// When they left; `nil` while they are there.
        public let leftAt: Date?
        /// When it was noted.
        public let recordedAt: Date
        /// How they take part.
        public let way: Attendance.Way
    }

    /// Whether they are there.
    public var isPresent: Bool { stay.map { $0.leftAt == nil } ?? false }
}

/// Somebody of the register who has no vote in a meeting, with why.
public struct VotelessPerson: Sendable, Hashable {
    /// Why they have none.
    public enum Cause: String, Sendable, Hashable {
        /// They were never of the alliance.
        case noMember = "no_member"
        /// They left it before the day.
        case left
        /// They came to it after the day.
        case later
        /// They hold no seat of the body that meets.
        case noSeat = "no_seat"
    }

    /// The person.
    public let person: ID<Person>
    /// The name.
    public let name: String
    /// The document.
    public let document: IdentityDocument
    /// Why they have no vote.
    public let cause: Cause
    /// The day on which they left or came.
    public let day: CalendarDate?
    /// Their last stay.
    public let stay: EntitledPerson.Stay?
}
