public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// What somebody took part in, as they read it themselves.
public struct OwnParticipation: Sendable {
    /// A meeting in which they were.
    public struct Entry: Sendable, Hashable {
        /// The meeting.
        public let meeting: ID<Meeting>
        /// What it is called.
        public let title: String
        /// Its day.
        public let day: CalendarDate
        /// What sort of meeting it is.
        public let kind: Meeting.Kind
        /// The training of the programme that was given in it.
        public let training: ID<Training>?
        /// Whether they stayed long enough for a certificate of the training.
        public internal(set) var isCertified = false
    }

    /// Minutes that were handed round and that they may still observe.
    public struct Observable: Sendable, Hashable {
        /// The meeting.
        public let meeting: ID<Meeting>
        /// What it is called.
        public let title: String
        /// The last day.
        public let until: CalendarDate?
    }

    /// Where they were, the latest first.
    public let entries: [Entry]
    /// What they may observe, what ends first ahead.
    public let observable: [Observable]
    /// The topics that they proposed, the latest first.
    public let topics: [TopicProposal]

    /// Takes what was read.
    public init(entries: [Entry], observable: [Observable], topics: [TopicProposal]) {
        self.entries = entries
        self.observable = observable
        self.topics = topics
    }
}

/// Reads what whoever asks took part in, and nobody else: they are who has the document of their account.
public struct ReadOwnParticipation: Query {
    /// How many meetings are shown.
    public static let limit = 24

    /// Who may do it.
    public static let permission = Permission.seeOwnAttendance
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks about oneself.
    public init(in alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it; of an account that is of nobody in the register, only the topics.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> OwnParticipation {
        guard let user = transaction.scope.principal.user else {
            return OwnParticipation(entries: [], observable: [], topics: [])
        }
        let topics = try await transaction.topics(of: alliance, proposedBy: user, limit: Self.limit)
        guard let person = try await transaction.person(of: user) else {
            return OwnParticipation(entries: [], observable: [], topics: topics)
        }
        var entries = try await transaction.participation(of: person, in: alliance, limit: Self.limit)
        for index in entries.indices {
            guard let training = entries[index].training else { continue }
            entries[index].isCertified =
                try await transaction.ownTrainee(person, in: training, of: alliance) != nil
        }
        let today = ColombianTime.date(at: now)
        return OwnParticipation(
            entries: entries,
            observable: try await transaction.minutesToObserve(by: person, on: today)
                .filter { $0.alliance == alliance }
                .map { .init(meeting: $0.meeting, title: $0.title, until: $0.until) },
            topics: topics)
    }
}

/// Reads the stay of whoever asks in a training, for their own certificate.
public struct ReadOwnTrainee: Query {
    /// What the certificate says.
    public struct Answer: Sendable {
        /// The training.
        public let training: Training
        /// The meeting in which it was given.
        public let meeting: Meeting
        /// Who asks.
        public let trainee: Trainee
    }

    /// Who may do it.
    public static let permission = Permission.seeOwnAttendance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The training.
    public let training: ID<Training>

    /// Asks about oneself.
    public init(of training: ID<Training>, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.training = training
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it.
    ///
    /// - Throws: ``TrainingError/notFound``, also for who was not there, or not for long enough.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        guard let user = transaction.scope.principal.user,
            let person = try await transaction.person(of: user),
            let answer = try await transaction.ownTrainee(person, in: training, of: alliance)
        else { throw TrainingError.notFound }
        return answer
    }
}
