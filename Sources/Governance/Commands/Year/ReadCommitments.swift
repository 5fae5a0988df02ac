public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// The commitments of alliances: all that are open, and those that were closed within a year.
public struct ReadCommitments: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The commitments, those with the earliest day first.
        public let commitments: [Commitment]
        /// Today.
        public let today: CalendarDate
    }

    /// For how many days a closed commitment stays in the list.
    static let closedDays = 365

    /// Who may do it.
    public static let permission = Permission.readGovernance
    /// The alliances; `nil` for all of the tenant.
    public let alliances: [ID<Alliance>]?

    /// Asks for the commitments of an alliance.
    public init(of alliance: ID<Alliance>) {
        alliances = [alliance]
    }

    /// Asks for those of the whole tenant.
    public init() {
        alliances = nil
    }

    /// The alliance's chain, or the office's.
    public var stream: AuditStream { alliances?.first.map(AuditStream.alliance) ?? .office }
    /// Owners may be people.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "owner"]) }

    /// Reads them.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        let today = ColombianTime.date(at: now)
        return Answer(
            commitments: try await transaction.commitments(
                of: alliances, closedSince: today - Self.closedDays), today: today)
    }
}

/// A commitment with all that became of it.
public struct ReadCommitment: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The commitment.
        public let commitment: Commitment
        /// Its steps, the first first.
        public let steps: [CommitmentStep]
        /// The meetings that its steps and its beginning name.
        public let meetings: [Meeting]
        /// The finding of an oversight exercise that it came of.
        public let origin: FindingOrigin?
        /// The point or decision of its meeting that it comes of, in words.
        public let cause: String?
        /// Whether minutes tell of it, so that what it says is no longer corrected.
        public let isTold: Bool
        /// Today.
        public let today: CalendarDate
    }

    /// Who may do it.
    public static let permission = Permission.readGovernance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The commitment.
    public let id: ID<Commitment>

    /// Asks for a commitment.
    public init(_ id: ID<Commitment>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }
    /// The owner may be a person.
    public var disclosure: Disclosure? { Disclosure(of: id, details: ["fields": "owner"]) }

    /// Reads it.
    ///
    /// - Throws: ``CommitmentError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        guard let commitment = try await transaction.commitment(id, of: alliance) else {
            throw CommitmentError.notFound
        }
        let steps = try await transaction.steps(of: id)
        var meetings: [Meeting] = []
        for meeting in Set(steps.compactMap(\.meeting) + [commitment.meeting].compactMap(\.self)) {
            if let found = try await transaction.meeting(meeting, of: alliance) {
                meetings.append(found.meeting)
            }
        }
        return Answer(
            commitment: commitment, steps: steps, meetings: meetings.sorted { $0.day < $1.day },
            origin: try await transaction.origin(of: id),
            cause: try await transaction.causeWords(of: commitment),
            isTold: try await transaction.isTold(of: commitment), today: ColombianTime.date(at: now))
    }
}

/// Commitments past their day.
public struct OverdueCommitments: PendingSource {
    /// Tells of them.
    public init() {}

    /// Whoever follows them.
    public var permission: Permission { .makeCommitments }

    /// Reads how many there are, by alliance.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        try await transaction.overdueCommitments(on: today).map { $0.item(.commitmentsOverdue) }
    }
}
