public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// The trainings of an alliance in a year: what was proposed, what is planned, what was held.
public struct ReadTrainings: Query {
    /// A training with its meeting.
    public struct Entry: Sendable, Hashable {
        /// The training.
        public let training: Training
        /// The meeting in which it is given.
        public let meeting: Meeting?
    }

    /// What is read.
    public struct Answer: Sendable {
        /// The year.
        public let year: Int
        /// What was proposed, those that wait first.
        public let topics: [TopicProposal]
        /// How many topics of the plan were not proposed yet.
        public let unproposed: Int
        /// The programme, by month.
        public let programme: [Entry]
        /// Trainings that were given without being in the programme.
        public let others: [Meeting]
        /// The plan of the year.
        public let plan: WorkPlan?
        /// Today.
        public let today: CalendarDate
    }

    /// Who may do it.
    public static let permission = Permission.readGovernance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The year; `nil` for the present one.
    public let year: Int?

    /// Asks for the trainings of a year.
    public init(of alliance: ID<Alliance>, in year: Int? = nil) {
        self.alliance = alliance
        self.year = year
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads them.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        let today = ColombianTime.date(at: now)
        let shown = year ?? today.components.year
        let meetings = try await transaction.meetings(of: alliance, in: .year(shown)).map(\.meeting)
            .filter { $0.kind == .training }
        let programme = try await transaction.trainings(of: alliance, in: shown)
        let planned = Set(programme.compactMap(\.meeting))
        return Answer(
            year: shown, topics: try await transaction.topics(of: alliance, in: shown),
            unproposed: try await transaction.unproposedTopics(of: alliance, in: shown).count,
            programme: programme.map { training in
                Entry(training: training, meeting: meetings.first { $0.id == training.meeting })
            },
            others: meetings.filter { !planned.contains($0.id) },
            plan: try await transaction.plans(of: alliance, in: shown).first, today: today)
    }
}

/// A training with who came, for how long, and how they found it.
public struct ReadTraining: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The training.
        public let training: Training
        /// Its meeting.
        public let meeting: Meeting?
        /// Who came to it and for how long, once it was held here.
        public let trainees: [Trainee]
        /// How they found it.
        public let evaluations: [TrainingEvaluation]
        /// The activity that it is given for.
        public let activity: WorkPlan.Activity?
        /// Today.
        public let today: CalendarDate
    }

    /// Who may do it.
    public static let permission = Permission.recordAttendance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The training.
    public let id: ID<Training>

    /// Asks for a training.
    public init(_ id: ID<Training>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }
    /// Those who came are named.
    public var disclosure: Disclosure? { Disclosure(of: id, details: ["fields": "attendance"]) }

    /// Reads it.
    ///
    /// - Throws: ``TrainingError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        guard let training = try await transaction.training(id, of: alliance) else {
            throw TrainingError.notFound
        }
        var meeting: Meeting?
        var trainees: [Trainee] = []
        var evaluations: [TrainingEvaluation] = []
        if let id = training.meeting {
            meeting = try await transaction.meeting(id, of: alliance)?.meeting
            evaluations = try await transaction.evaluations(of: id)
            if let session = meeting?.session {
                trainees = Trainee.all(try await transaction.attendances(of: id), in: session)
            }
        }
        let plans = try await transaction.plans(of: alliance, in: training.year)
        return Answer(
            training: training, meeting: meeting, trainees: trainees, evaluations: evaluations,
            activity: plans.flatMap(\.activities).first { $0.id == training.activity },
            today: ColombianTime.date(at: now))
    }
}
