public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// How an alliance governs itself: bylaws, bodies, who sits where.
public struct GovernanceRecords: Sendable, Hashable {
    /// A body with its seats and everybody who held them.
    public struct BodyRecord: Sendable, Hashable {
        /// The body.
        public let body: Body
        /// Its seats, in their order.
        public let seats: [Seat]
        /// All mandates, past ones too.
        public let mandates: [MandateSummary]

        /// Who holds a seat as principal on a day, and how it stands; `nil` where it is vacant.
        public func holder(
            of seat: ID<Seat>, on day: CalendarDate
        ) -> (mandate: MandateSummary, standing: MandateStanding)? {
            mandates.lazy
                .filter { $0.seat == seat && $0.rank == 0 && $0.startsOn <= day }
                .map { ($0, $0.standing(on: day, continuesUntilReplaced: body.continuesUntilReplaced)) }
                .first { $0.1.isHeld }
                .map { (mandate: $0.0, standing: $0.1) }
        }
    }

    /// The versions of the bylaws, the latest first.
    public let bylaws: [Bylaws]
    /// The bodies, the alliance's own first.
    public let bodies: [BodyRecord]
}

/// Reads how an alliance governs itself.
public struct ReadGovernance: Query {
    /// Who may do it.
    public static let permission = Permission.readGovernance
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks about an alliance.
    public init(of alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads bylaws, bodies, seats and mandates.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> GovernanceRecords {
        var records: [GovernanceRecords.BodyRecord] = []
        for body in try await transaction.bodies(of: alliance) {
            records.append(
                .init(
                    body: body, seats: try await transaction.seats(of: body.id),
                    mandates: try await transaction.mandates(of: body.id)))
        }
        return GovernanceRecords(bylaws: try await transaction.bylawVersions(of: alliance), bodies: records)
    }
}
