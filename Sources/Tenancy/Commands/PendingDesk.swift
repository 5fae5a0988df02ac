public import Foundation
public import Kernel
public import Postgres

/// A sort of work that waits for people. Each module tells its own, and never of whom it is: lines name no person.
public protocol PendingSource: Sendable {
    /// Whoever may do it has it waiting.
    var permission: Permission { get }
    /// What waits in the tenant, whoever may do it; the principal of the transaction is who looks.
    func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem]
}

/// Gathers what waits for a person from all modules.
public struct PendingDesk: Sendable {
    private let database: Database
    private let sources: [any PendingSource]

    /// Makes a desk.
    ///
    /// - Parameters:
    ///   - database: Where the tenants are.
    ///   - sources: What the modules tell, in any order.
    public init(database: Database, sources: [any PendingSource]) {
        self.database = database
        self.sources = sources
    }

    /// What waits for a person: what they may do themselves, and nothing else. The most urgent comes first.
    public func items(for principal: Principal, at now: Date) async throws -> [PendingItem] {
        // Who holds a right nowhere has nothing of it waiting, and the database is not asked.
        let asked = sources.filter { source in
            principal.grants.contains { principal.holds(source.permission, in: $0.space.stream) }
        }
        guard !asked.isEmpty else { return [] }
        let today = ColombianTime.date(at: now)
        let items = try await database.read(TenantScope(principal)) { transaction in
            var items: [PendingItem] = []
            for source in asked {
                items += try await source.items(in: transaction, on: today, at: now).filter { item in
                    item.count > 0 && principal.holds(source.permission, in: item.stream)
                }
            }
            return items
        }
        return items.sorted { ($0.urgency, $0.order) < ($1.urgency, $1.order) }
    }
}

extension PendingItem {
    /// What an election stands still for, then what waits for the person alone, then by their days, then what has none.
    fileprivate var urgency: Int {
        holdsUpAnElection ? Int.min : isOwn ? Int.min + 1 : dueOn.map(\.dayNumber) ?? .max
    }
    fileprivate var order: Int { Kind.allCases.firstIndex(of: kind) ?? 0 }
}

/// Users whose invitation ran out before they came in.
public struct LateInvitations: PendingSource {
    /// Tells of them.
    public init() {}

    /// Whoever administers users invites them again.
    public var permission: Permission { .administerUsers }

    /// Reads how many there are.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        let late = try await transaction.users().filter { access in
            access.user.isActive && !access.hasAccount && access.invitedUntil.map { $0 <= now } ?? true
        }
        return [PendingItem(.invitations, count: late.count, in: .office)]
    }
}

/// Those who decide or watch in an election and whose link the administration of the entity saw within the last
/// month.
public struct ShownLinks: PendingSource {
    /// Tells of them.
    public init() {}

    /// The committee that answers for the election hears of it.
    public var permission: Permission { .watchAccess }

    /// Reads how many there are, by where they act.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        try await transaction.shownLinks(since: now.addingTimeInterval(-30 * 86_400), at: now)
            .map { $0.item(.shownLinks) }
    }
}

/// What the server should do by itself and does not: messages that are not delivered, daily chores that fail, chains of
/// events that do not hold.
public struct ServerTroubles: PendingSource {
    /// Tells of it.
    public init() {}

    /// Whoever can see to it, or call who can.
    public var permission: Permission { .watchWork }

    /// Reads how much there is.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        try await transaction.serverTroubles().map(\.item)
    }
}

/// Long work that failed within the last month and was not begun again.
public struct FailedJobs: PendingSource {
    /// Tells of it.
    public init() {}

    /// Whoever may begin it again.
    public var permission: Permission { .cancelJobs }

    /// Reads how much there is, by alliance.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        try await transaction.failedJobs(since: now.addingTimeInterval(-30 * 86_400)).map { failed in
            PendingItem(
                .jobs, count: failed.count, in: failed.alliance.map { .alliance($0) } ?? .office,
                since: failed.since)
        }
    }
}
