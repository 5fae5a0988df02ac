public import Foundation
import Kernel
public import Logging
public import Postgres

/// What the server does once a day, whatever happens: verifies the chains, tells their heads to the outside, and
/// forgets what is past its use.
public struct Chores: Sendable {
    /// How long a delivered message is kept, in seconds.
    static let messageLife: TimeInterval = 30 * 86_400

    private let database: Database
    private let identity: Identity
    private let anchors: URL
    private let now: @Sendable () -> Date
    private let logger: Logger

    /// Makes the chores.
    ///
    /// - Parameters:
    ///   - database: Where the tenants are.
    ///   - identity: Where old sessions and attempts are forgotten.
    ///   - anchors: The folder in which a file of anchors is written each day.
    ///   - now: The server's clock.
    ///   - logger: Where failures are told.
    public init(
        database: Database, identity: Identity, anchors: URL,
        now: @escaping @Sendable () -> Date = { Date() },
        logger: Logger
    ) {
        self.database = database
        self.identity = identity
        self.anchors = anchors
        self.now = now
        self.logger = logger
    }

    /// Does the chores each day until the task is cancelled.
    public func run(every interval: Duration = .seconds(600)) async {
        while !Task.isCancelled {
            do {
                // What sign-in noted and could not carry at once, and the daily work after it.
                try await identity.deliverNotes()
                try await runIfDue()
            } catch is CancellationError {
                return
            } catch {
                logger.error("the daily chores failed", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: interval)
        }
    }

    /// The file of anchors of the day in Colombia in which a moment lies.
    public func anchorFile(at moment: Date) -> URL {
        anchors.appending(path: "anclas-\(ColombianTime.date(at: moment)).jsonl")
    }

    /// Does the chores unless today's file of anchors is there already.
    ///
    /// - Returns: Whether they were done.
    @discardableResult
    public func runIfDue() async throws -> Bool {
        let now = now()
        let file = anchorFile(at: now)
        guard !FileManager.default.fileExists(atPath: file.path) else { return false }
        let ledger = AuditLedger(database: database)
        _ = try await ledger.anchor(to: file, at: now)
        // A day without news has its file, too.
        try AnchorFile(url: file).append([])
        _ = try await identity.forgetOldTraces()
        let organizations = try await database.read(PublicScope()) { try await $0.organizations() }
        for organization in organizations {
            let reports = try await ledger.verifyAndNote(organization.id, at: now)
            for report in reports where !report.isWhole {
                logger.critical(
                    "a chain does not hold",
                    metadata: ["organization": "\(organization.id)", "stream": "\(report.stream)"])
            }
            _ = try await database.transaction(TenantScope(.system(in: organization.id))) { transaction in
                try await transaction.forgetDelivered(before: now.addingTimeInterval(-Self.messageLife))
            }
        }
        return true
    }
}
