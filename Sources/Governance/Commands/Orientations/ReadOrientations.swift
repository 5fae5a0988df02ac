public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// The orientations that an alliance gave in a year.
public struct ReadOrientations: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The year.
        public let year: Int
        /// Those of the year, the latest first, also those that were withdrawn.
        public let orientations: [Orientation]
        /// What users are told about.
        public let topics: [OrientationTopic]
        /// Today.
        public let today: CalendarDate
    }

    /// Who may do it.
    public static let permission = Permission.keepOrientations
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The year; `nil` for the present one.
    public let year: Int?

    /// Asks for those of a year.
    public init(of alliance: ID<Alliance>, in year: Int? = nil) {
        self.alliance = alliance
        self.year = year
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads them.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        let today = ColombianTime.date(at: now)
        let year = year ?? today.components.year
        return Answer(
            year: year, orientations: try await transaction.orientations(of: alliance, in: .year(year)),
            topics: try await transaction.orientationTopics(), today: today)
    }
}

/// An orientation, for whoever keeps them or gave it.
public struct ReadOrientation: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The orientation.
        public let orientation: Orientation
        /// What users are told about.
        public let topics: [OrientationTopic]
        /// Whether whoever asks gave it.
        public let isOwn: Bool
    }

    /// Who may do it.
    public static let permission = Permission.recordOrientations
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The orientation.
    public let id: ID<Orientation>

    /// Asks for an orientation.
    public init(_ id: ID<Orientation>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it.
    ///
    /// - Throws: ``OrientationError/notFound``, also where it is somebody else's and the person does not keep them.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        let principal = transaction.scope.principal
        var isOwn = false
        if let user = principal.user { isOwn = try await transaction.isOwn(id, of: user) }
        guard isOwn || principal.holds(.keepOrientations, in: stream),
            let orientation = try await transaction.orientation(id, of: alliance)
        else { throw OrientationError.notFound }
        return Answer(
            orientation: orientation, topics: try await transaction.orientationTopics(), isOwn: isOwn)
    }
}

/// The orientations that whoever asks gave in the last twelve months.
public struct ReadOwnOrientations: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// Theirs, the latest first.
        public let orientations: [Orientation]
        /// What users are told about.
        public let topics: [OrientationTopic]
        /// Today.
        public let today: CalendarDate
    }

    /// Who may do it.
    public static let permission = Permission.recordOrientations
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for one's own.
    public init(in alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads them.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        let today = ColombianTime.date(at: now)
        var own: [Orientation] = []
        if let user = transaction.scope.principal.user {
            own = try await transaction.orientations(
                by: user, in: alliance, within: today.addingMonths(-12)...today)
        }
        return Answer(
            orientations: own, topics: try await transaction.orientationTopics(), today: today)
    }
}

/// How many orientations of each topic an alliance gave in each month of a year.
public struct ReadOrientationYear: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The counts, by topic and month.
        public let counts: [OrientationCount]
        /// What users are told about.
        public let topics: [OrientationTopic]
    }

    /// Who may do it.
    public static let permission = Permission.keepOrientations
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The year.
    public let year: Int

    /// Asks for the figures of a year.
    public init(_ year: Int, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.year = year
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads them.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        Answer(
            counts: try await transaction.orientationCounts(of: alliance, in: .year(year)),
            topics: try await transaction.orientationTopics())
    }
}

extension [OrientationTopic] {
    /// What an orientation is about, in words.
    public func title(of orientation: Orientation) -> String {
        orientation.otherTopic ?? title(of: orientation.topic)
    }

    /// What a topic is called.
    public func title(of code: String) -> String { first { $0.code == code }?.title ?? code }
}
