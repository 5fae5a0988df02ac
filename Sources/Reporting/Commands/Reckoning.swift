public import Foundation
import Kernel
public import Logging
public import Postgres
public import Tenancy

/// Keeps what is derived from alliances in step with them: after each act, and once a day, since time alone
/// changes where an alliance stands.
public struct Reckoning: Sendable {
    /// How many alliances are reckoned in one transaction.
    static let batch = 100

    private let database: Database
    private let now: @Sendable () -> Date
    private let logger: Logger

    /// Makes the reckoning.
    ///
    /// - Parameters:
    ///   - database: Where the tenants are.
    ///   - now: The server's clock.
    ///   - logger: Where failures are told.
    public init(database: Database, now: @escaping @Sendable () -> Date = { Date() }, logger: Logger) {
        self.database = database
        self.now = now
        self.logger = logger
    }

    /// Reckons an alliance anew each time that something of it changed.
    public static var handler: OutboxHandler {
        .inside(OutboxMessage.allianceChangedTopic) { message, transaction, now in
            guard let alliance = ID<Alliance>(message.subject) else { return }
            try await transaction.reckon([alliance], at: now)
        }
    }

    /// Reckons, until the task is cancelled, what was not reckoned yet on the day.
    public func run(every interval: Duration = .seconds(600)) async {
        while !Task.isCancelled {
            do {
                try await runIfDue()
            } catch is CancellationError {
                return
            } catch {
                logger.error("the daily reckoning failed", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: interval)
        }
    }

    /// Reckons the alliances of all tenants that were not reckoned yet on the day in Colombia.
    ///
    /// What cannot be read of one alliance keeps none of the others from being reckoned: it is told to the log, stays
    /// as it was, and is tried again the next time.
    ///
    /// - Returns: How many were reckoned.
    @discardableResult
    public func runIfDue() async throws -> Int {
        let organizations = try await database.read(PublicScope()) { try await $0.organizations() }
        var reckoned = 0
        for organization in organizations where organization.kind != .controlBody {
            do {
                reckoned += try await reckon(organization.id)
            } catch {
                try Task.checkCancellation()
                logger.error(
                    "the alliances of an organisation were not reckoned",
                    metadata: ["organization": "\(organization.id)", "error": "\(error)"])
            }
        }
        return reckoned
    }

    private func reckon(_ organization: Kernel.ID<Organization>) async throws -> Int {
        let scope = TenantScope(.system(in: organization))
        var reckoned = 0
        var last: Kernel.ID<Alliance>?
        repeat {
            let now = now()
            let morning = ColombianTime.startOfDay(ColombianTime.date(at: now))
            let after = last
            let due = try await database.read(scope) { transaction in
                try await transaction.alliancesNotReckoned(
                    since: morning, after: after, limit: Self.batch)
            }
            do {
                try await reckon(due, in: scope, at: now)
                reckoned += due.count
            } catch {
                try Task.checkCancellation()
                reckoned += try await reckonEach(of: due, in: scope, at: now)
            }
            last = due.last
        } while last != nil && !Task.isCancelled
        // Last: the whole register is counted for it, and what keeps that from ending keeps no alliance waiting.
        let now = now()
        try await database.transaction(scope) { transaction in
            try await transaction.reckonPresence(
                since: ColombianTime.startOfDay(ColombianTime.date(at: now)), at: now)
        }
        return reckoned
    }

    private func reckon(
        _ alliances: [Kernel.ID<Alliance>], in scope: TenantScope, at now: Date
    ) async throws {
        try await database.transaction(scope) { try await $0.reckon(alliances, at: now) }
    }

    /// Reckons alliances one by one, after they could not be reckoned together.
    ///
    /// - Returns: How many were reckoned.
    private func reckonEach(
        of alliances: [Kernel.ID<Alliance>], in scope: TenantScope, at now: Date
    ) async throws -> Int {
        var reckoned = 0
        for alliance in alliances {
            do {
                try await reckon([alliance], in: scope, at: now)
                reckoned += 1
            } catch {
                try Task.checkCancellation()
                logger.error(
                    "an alliance was not reckoned",
                    metadata: [
                        "organization": "\(scope.principal.organization)", "alliance": "\(alliance)",
                        "error": "\(error)",
                    ])
            }
        }
        return reckoned
    }
}
