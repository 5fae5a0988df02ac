public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// What comes next in the life of an alliance: the end of its period, and its next meeting.
public struct AllianceOutlook: Sendable, Hashable {
    /// The period that runs; `nil` before a constitution.
    public let period: LifePeriod?
    /// Its next meeting that is planned and open to who looks.
    public let meeting: Next?

    /// A meeting that comes.
    public struct Next: Sendable, Hashable {
        /// The meeting.
        public let id: ID<Meeting>
        /// The day.
        public let day: CalendarDate
        /// What it is called.
        public let title: String
    }
}

/// What comes next in the lives of several alliances, for the list of them.
public struct ReadOutlooks: Query {
    /// Who may do it, in each of the alliances.
    public static let permission = Permission.readGovernance
    /// The alliances.
    public let alliances: [ID<Alliance>]

    /// Asks for some alliances; the right is asked in each.
    public init(of alliances: [ID<Alliance>]) {
        self.alliances = alliances
    }

    /// The first of the chains.
    public var stream: AuditStream { streams.first ?? .office }
    /// Each of the chains.
    public var streams: [AuditStream] { alliances.map { .alliance($0) } }

    /// Reads them by as many statements as for one.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> [ID<Alliance>: AllianceOutlook] {
        let periods = try await transaction.lifePeriods(of: alliances)
        let meetings = try await transaction.nextMeetings(
            of: alliances, from: ColombianTime.date(at: now))
        return Dictionary(
            uniqueKeysWithValues: Set(alliances).map {
                ($0, AllianceOutlook(period: periods[$0], meeting: meetings[$0]))
            })
    }
}
