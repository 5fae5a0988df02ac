public import Foundation
public import Kernel

/// What anybody may know of an alliance: what it is, who represents it and until when, its elections, whom to
/// write to.
///
/// A holder is named only where the name was published already, by a proclamation.
public struct AllianceProfile: Sendable, Hashable, Codable {
    /// The site, for an alliance of a provider.
    public var siteName: String?
    /// The municipalities, by name.
    public var municipalities: [String]
    /// Its bodies and those that it sends representatives to.
    public var bodies: [Body]
    /// Its elections that were called, from the latest to the first.
    public var elections: [Election]
    /// Its coming meetings that concern everybody, in order.
    public var meetings: [Meeting]?
    /// The elections that fall due within half a year and that nobody began, the most urgent first.
    public var electionsDue: [ElectionDue]?
    /// Since when it is dissolved, by the act that says so; `nil` for one that is not. It has no seats and no meetings
    /// then.
    public var dissolvedOn: CalendarDate?
    /// Where people write to.
    public var contactEmail: String?
    /// Where people call.
    public var contactPhone: String?

    /// Gathers a profile.
    public init(
        siteName: String? = nil, municipalities: [String] = [], bodies: [Body] = [],
        elections: [Election] = [], meetings: [Meeting] = [],
        electionsDue: [ElectionDue] = [], dissolvedOn: CalendarDate? = nil, contactEmail: String? = nil,
        contactPhone: String? = nil
    ) {
        self.siteName = siteName
        self.municipalities = municipalities
        self.bodies = bodies
        self.elections = elections
        self.meetings = meetings
        self.electionsDue = electionsDue
        self.dissolvedOn = dissolvedOn
        self.contactEmail = contactEmail
        self.contactPhone = contactPhone
    }

    /// An election that is due in a body.
    public struct ElectionDue: Sendable, Hashable, Codable {
        /// The name of the body.
        public var body: String
        /// How many seats are to be elected.
        public var seats: Int
        /// How many of them nobody holds.
        public var vacant: Int
        /// The day by which somebody should be elected; `nil` where nobody ever was.
        public var dueOn: CalendarDate?
    }

    /// A body with its seats.
    public struct Body: Sendable, Hashable, Codable {
        /// Its name.
        public var name: String
        /// Whether it stands outside the alliance.
        public var isExternal: Bool
        /// Its seats, in order.
        public var seats: [Seat]
        /// The days before an end at which people are told of it; `nil` as the server wrote it before it told.
        public var alarms: [Int]?
    }

    /// A seat and the end of its term.
    public struct Seat: Sendable, Hashable, Codable {
        /// Its name.
        public var title: String
        /// The holder, where a proclamation published the name.
        public var holder: String?
        /// The last day of the term; `nil` where nobody sits there.
        public var until: CalendarDate?
        /// Whether the holder goes on past that day until somebody follows.
        public var isActing: Bool?
    }

    /// An election that was called.
    public struct Election: Sendable, Hashable, Codable {
        /// The electoral process.
        public var id: String
        /// Its name.
        public var name: String
        /// Whether it is going on.
        public var isUnderWay: Bool
        /// The day of the proclamation.
        public var proclaimedOn: CalendarDate?
        /// What citizens should know of its calendar, in order.
        public var steps: [Step]
        /// Where it is voted, in the order of the tables, each place once; `nil` as the server wrote it before it told.
        public var places: [String]?
        /// Which version of its calendar this is; `nil` as the server wrote it before it told.
        public var version: Int?
    }

    /// A meeting to come.
    public struct Meeting: Sendable, Hashable, Codable {
        /// Its name.
        public var title: String
        /// The day.
        public var day: CalendarDate
        /// The hour at which it begins, where it is known.
        public var startsAt: TimeOfDay?
        /// Where it is held.
        public var place: String?
        /// The hour at which it ends, where it is known.
        public var endsAt: TimeOfDay?
        /// Identifies it; `nil` as the server wrote it before it told.
        public var id: String?
        /// How often it was changed or called off.
        public var changes: Int?
        /// Whether it was called off.
        public var isCalledOff: Bool?
    }

    /// A date of an election's calendar.
    public struct Step: Sendable, Hashable, Codable {
        /// What happens.
        public var milestone: Milestone
        /// When it begins.
        public var opensAt: Date
        /// When it ends, where it lasts.
        public var closesAt: Date?
        /// Since when it may be done, or is being done.
        public var begunAt: Date?
        /// When it was done.
        public var doneAt: Date?
    }

    /// What citizens should know of a calendar. The raw values are those of the calendars.
    public enum Milestone: String, Sendable, Hashable, Codable, CaseIterable {
        /// The call.
        case call
        /// The publication of the provisional roll.
        case provisionalRoll = "provisional_roll"
        /// Claims against it.
        case claims
        /// Nominations.
        case nominations
        /// The vote.
        case voting
        /// The provisional result.
        case provisionalResult = "provisional_result"
        /// Challenges to it.
        case challenges
        /// The proclamation.
        case proclamation

        /// The name on screens.
        public var title: String {
            switch self {
            case .call: "Convocatoria"
            case .provisionalRoll: "Censo provisional"
            case .claims: "Reclamaciones al censo"
            case .nominations: "Inscripción de candidaturas"
            case .voting: "Votación"
            case .provisionalResult: "Resultado provisional"
            case .challenges: "Impugnaciones"
            case .proclamation: "Proclamación"
            }
        }
    }
}
