public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// How an alliance governs itself on the day of asking: bylaws in force and their versions, bodies, who sits where.
public struct ReadGovernance: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The bylaws in force today, `nil` where there are none.
        public let bylaws: Bylaws?
        /// Every version, the latest first.
        public let versions: [BylawsVersion]
        /// The projects of bylaws that nobody adopted, the latest first.
        public let projects: [BylawsText]
        /// The bodies with their seats, the alliance's own first.
        public let bodies: [SeatedBody]
        /// Today, to which the standings refer.
        public let today: CalendarDate
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
    /// The names of holders are shown.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "holders"]) }

    /// Reads it.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        let today = ColombianTime.date(at: now)
        return Answer(
            bylaws: try await transaction.bylaws(of: alliance, on: today),
            versions: try await transaction.bylawsVersions(of: alliance),
            projects: try await transaction.bylawsProjects(of: alliance),
            bodies: try await transaction.seatedBodies(of: alliance, on: today), today: today)
    }
}

/// A version of the bylaws of an alliance with its text.
public struct ReadBylaws: Query {
    /// Who may do it.
    public static let permission = Permission.readGovernance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The version.
    public let id: ID<Bylaws>

    /// Asks for a version.
    public init(_ id: ID<Bylaws>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it.
    ///
    /// - Throws: ``BylawsError/notFound`` where it is another alliance's.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> (bylaws: Bylaws, articles: [BylawArticle], versions: [BylawsVersion]) {
        guard let bylaws = try await transaction.bylaws(id), bylaws.alliance == alliance else {
            throw BylawsError.notFound
        }
        return (
            bylaws, try await transaction.articles(of: id),
            try await transaction.bylawsVersions(of: alliance)
        )
    }
}

/// A body with who sits on its seats on a day, and who sat there before.
public struct ReadBody: Query {
    /// Who may do it.
    public static let permission = Permission.readGovernance
    /// The alliance that the body belongs to, `nil` for one of none.
    public let alliance: ID<Alliance>?
    /// The body.
    public let id: ID<Body>
    /// The day; `nil` for today.
    public let day: CalendarDate?

    /// Asks for a body.
    public init(_ id: ID<Body>, of alliance: ID<Alliance>?, on day: CalendarDate? = nil) {
        self.alliance = alliance
        self.id = id
        self.day = day
    }

    /// The alliance's chain, or the office's for a body of none.
    public var stream: AuditStream { .of(alliance) }
    /// The names of holders are shown.
    public var disclosure: Disclosure? { Disclosure(of: id, details: ["fields": "holders"]) }

    /// Reads it.
    ///
    /// - Throws: ``BodyError/notFound`` where it is another alliance's.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> SeatedBody {
        guard let body = try await transaction.seatedBody(id, on: day ?? ColombianTime.date(at: now)),
            body.body.alliance == alliance
        else { throw BodyError.notFound }
        return body
    }
}

/// What ends soon, or ended, and which seats are empty, over all alliances of the tenant.
public struct ListTermEnds: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The mandates that end within the days asked for, or ended without a successor; the most urgent first.
        public let endings: [MandateEnding]
        /// The seats that nobody holds.
        public let vacancies: [Vacancy]
        /// Today, to which they refer.
        public let today: CalendarDate
    }

    /// Who may do it.
    public static let permission = Permission.readGovernance
    /// How many days ahead.
    public let days: Int

    /// Asks for the next days; by default those that a mandate is shown as ending for.
    public init(within days: Int = MandateStanding.nearDays) {
        self.days = days
    }

    /// The office's chain: it is about the whole tenant.
    public var stream: AuditStream { .office }
    /// The names of holders are shown.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "holders"]) }

    /// Reads it.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        let today = ColombianTime.date(at: now)
        return Answer(
            endings: try await transaction.mandateEndings(on: today, within: days),
            vacancies: try await transaction.vacancies(on: today), today: today)
    }
}
