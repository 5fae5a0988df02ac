public import Kernel

/// Sessions that belong together (`ciclo de sesiones`): those that come before an assembly of constitution, a course.
public struct MeetingSeries: Sendable, Hashable {
    /// What sessions are held for.
    public enum Purpose: String, Sendable, Hashable, CaseIterable {
        /// To constitute an alliance.
        case constitution
        /// To constitute it anew for another period.
        case renewal
        /// To train.
        case training
        /// Anything else.
        case other

        /// The name on screens.
        public var title: String {
            switch self {
            case .constitution: "Constituir la alianza"
            case .renewal: "Renovar la alianza"
            case .training: "Capacitar"
            case .other: "Otro fin"
            }
        }
    }

    /// Identifies the series.
    public let id: ID<MeetingSeries>
    /// Its name.
    public let title: String
    /// What it is for.
    public let purpose: Purpose
    /// How many sessions have to be held before the last meeting.
    public let sessionsNeeded: Int
    /// Where that number is ordered: a norm, a procedure of the entity.
    public let norm: String?

    /// Makes a series.
    ///
    /// - Throws: ``MeetingError/untitled``.
    public init(
        id: ID<MeetingSeries> = ID(), title: String, purpose: Purpose, sessionsNeeded: Int,
        norm: String? = nil
    ) throws(MeetingError) {
        guard let title = title.trimmedOrNil else { throw .untitled }
        self.id = id
        self.title = title
        self.purpose = purpose
        self.sessionsNeeded = min(max(1, sessionsNeeded), 60)
        self.norm = norm?.trimmedOrNil
    }
}

/// Where a series stands.
public struct SeriesStanding: Sendable, Hashable {
    /// One meeting of it, with how many people each step left.
    public struct Session: Sendable, Hashable {
        /// The meeting.
        public let meeting: Meeting
        /// How many were reached by its calls; `nil` where nobody counted.
        public let reached: Int?
        /// How many came; `nil` where neither attendance nor minutes say.
        public let came: Int?
        /// How many enrolled in it, as its minutes say; `nil` where they do not.
        public let enrolled: Int?

        /// Whether it is one of the sessions that are asked for, and not the assembly that they lead to.
        public var counts: Bool { meeting.kind != .assembly }

        /// Describes a session.
        public init(meeting: Meeting, reached: Int?, came: Int?, enrolled: Int?) {
            self.meeting = meeting
            self.reached = reached
            self.came = came
            self.enrolled = enrolled
        }
    }

    /// The series.
    public let series: MeetingSeries
    /// Its meetings, by day.
    public let sessions: [Session]
    /// How many people asked to enrol, or were enrolled, from its first day on.
    public let enrolled: Int

    /// Describes where a series stands.
    public init(series: MeetingSeries, sessions: [Session], enrolled: Int) {
        self.series = series
        self.sessions = sessions
        self.enrolled = enrolled
    }

    /// How many of the sessions were held.
    public var held: Int { sessions.count { $0.counts && $0.meeting.state == .held } }
    /// How many are still to be held.
    public var missing: Int { max(0, series.sessionsNeeded - held) }
    /// The sessions, without the assembly that they lead to: who comes there was won before, and is nobody new.
    private var counted: [Session] { sessions.filter(\.counts) }
    /// How many were reached; `nil` where nobody counted.
    public var reached: Int? { Self.sum(counted.map(\.reached)) }
    /// How many came; `nil` where nobody counted.
    public var came: Int? { Self.sum(counted.map(\.came)) }
    /// How many enrolled as the minutes say; `nil` where none does.
    public var enrolledByMinutes: Int? { Self.sum(counted.map(\.enrolled)) }

    /// How far it is, in words: «2 de 3 sesiones realizadas».
    public var words: String {
        "\(held) de \(SpanishFormat.count(series.sessionsNeeded, "sesión realizada", "sesiones realizadas"))"
    }

    /// What an assembly that comes too early is told; `nil` where none of the sessions is missing.
    public func warning(for meeting: Meeting) -> String? {
        guard meeting.kind == .assembly, missing > 0 else { return nil }
        let lacking = missing == 1 ? "Falta 1 sesión" : "Faltan \(missing) sesiones"
        return
            "\(lacking) antes de esta asamblea: \(words) en «\(series.title)»\(series.norm.map { " (\($0))" } ?? "")."
    }

    private static func sum(_ figures: [Int?]) -> Int? {
        let known = figures.compactMap(\.self)
        return known.isEmpty ? nil : known.reduce(0, +)
    }
}
