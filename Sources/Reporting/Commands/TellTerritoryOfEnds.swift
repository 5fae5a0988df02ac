public import Foundation
import Governance
import Kernel
public import Postgres
public import Tenancy

/// Tells a control body by mail of mandates of its territory that end, as it sees them: each alarm once.
public struct TellTerritoryOfEnds: Sendable {
    private let database: Database

    /// Tells those of a database.
    public init(database: Database) {
        self.database = database
    }

    /// Writes the mails of a day; none for an organisation that is no control body.
    public func perform(in scope: TenantScope, at now: Date) async throws {
        let host = try await database.read(scope) { try await $0.organization($0.organization) }
        guard let host, host.kind == .controlBody else { return }
        let today = ColombianTime.date(at: now)
        let ends = try await WatchedTerritory(of: scope.principal, in: database).comingEnds(on: today)
        guard !ends.isEmpty else { return }
        try await database.transaction(scope) { transaction in
            let watchers = try await transaction.addressees(at: now).filter {
                $0.holds(.watchTerritory, in: .office)
            }
            let news = try await transaction.noteTold(ends, toSoMany: watchers.count, at: now)
            guard !news.isEmpty else { return }
            let messages = try watchers.map { watcher in
                try OutboxMessage(
                    Mailing(
                        tellingOf: news, to: watcher.email, on: today, path: "/o/\(host.slug)/territorio"),
                    about: watcher.user)
            }
            transaction.post(messages, at: now)
        }
    }
}
