public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Passes alliances on to the state that the days brought about, once a day: people began to enrol, the period is about to
/// end, it ended.
public struct FollowLives: Sendable {
    /// Follows them.
    public init() {}

    /// Passes each alliance of a tenant on; doing it twice passes nothing on twice.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws {
        let today = ColombianTime.date(at: now)
        for alliance in try await transaction.alliancesInLife() {
            if alliance.state == .convened {
                guard alliance.isEnrolling else { continue }
                try await transaction.passOn(
                    alliance.id, from: .convened, to: .enrolling, because: "Hay personas inscribiéndose",
                    at: now)
            } else {
                try await Self.follow(alliance.id, in: transaction, on: today, at: now)
            }
        }
    }

    /// Passes an alliance on by its period.
    static func follow(
        _ alliance: ID<Alliance>, in transaction: borrowing TenantTransaction, on day: CalendarDate,
        at now: Date
    ) async throws {
        guard let before = try await transaction.alliance(alliance)?.state,
            let period = try await transaction.lifePeriod(of: alliance),
            let after = period.state(of: before, on: day)
        else { return }
        let reason =
            switch after {
            case .active: "Su período va hasta el \(SpanishFormat.date(period.endsOn))"
            case .renewalDue where period.endsOn < day:
                "Su período terminó el \(SpanishFormat.date(period.endsOn)), según un plazo sin confirmar"
            case .renewalDue: "Su período termina el \(SpanishFormat.date(period.endsOn))"
            default: "Su período terminó el \(SpanishFormat.date(period.endsOn))"
            }
        try await transaction.passOn(alliance, from: before, to: after, because: reason, at: now)
    }
}

/// Alliances whose period ends within the first alarm, or ended, and that nobody renewed.
public struct AlliancesToRenew: PendingSource {
    /// Tells of them.
    public init() {}

    /// Whoever keeps the life of an alliance.
    public var permission: Permission { .keepLife }

    /// Reads which there are.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        let living = try await transaction.alliancesInLife().filter { $0.state != .convened }
        return try await transaction.lifePeriods(of: living.map(\.id)).compactMap { alliance, period in
            if case .running = period.standing(on: today) { return nil }
            return PendingItem(.renewals, count: 1, in: .alliance(alliance), dueOn: period.endsOn)
        }
    }
}

/// The life of an alliance, from what happened.
public struct ReadLife: Query {
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
    /// The names of those who signed its minutes are read with it.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "signers"]) }

    /// Reads it.
    ///
    /// - Throws: `AllianceError.notFound`.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> AllianceLife
    {
        guard let state = try await transaction.alliance(alliance)?.state else {
            throw AllianceError.notFound
        }
        let today = ColombianTime.date(at: now)
        var sessions: (held: Int, needed: Int, series: ID<MeetingSeries>)?
        if let series = try await transaction.series(of: alliance).first(where: {
            $0.purpose == .constitution
        }),
            let standing = try await transaction.standing(of: series.id, in: alliance)
        {
            sessions = (standing.held, series.sessionsNeeded, series.id)
        }
        let counts = try await transaction.enrolment(in: alliance, on: today)
        return AllianceLife(
            state: state, call: try await transaction.allianceCalls(of: alliance).first, sessions: sessions,
            applicants: counts.applicants, members: counts.members,
            constitutions: try await transaction.constitutions(of: alliance),
            registrations: try await transaction.registrations(of: alliance),
            registrySteps: try await transaction.registrySteps(of: alliance),
            renewals: try await transaction.renewals(of: alliance),
            period: try await transaction.lifePeriod(of: alliance), today: today)
    }
}

/// Where the period of an alliance stands, for its page: light to read.
public struct ReadLifePeriod: Query {
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

    /// Reads it.
    ///
    /// - Returns: The period that runs; `nil` before a constitution.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> LifePeriod? {
        try await transaction.lifePeriod(of: alliance)
    }
}
