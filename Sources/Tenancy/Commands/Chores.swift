public import Foundation
import Kernel
public import Logging
public import Postgres

/// What the server does once a day, whatever happens: verifies the chains, tells their heads to the outside, and
/// forgets what is past its use.
///
/// Each chore has its own mark in each tenant (``Chore``). What fails keeps neither the other chores nor the other
/// tenants waiting, is told to people, and is tried again the same day.
public struct Chores: Sendable {
    /// How long a delivered message is kept, in seconds.
    static let messageLife: TimeInterval = 30 * 86_400

    /// What another module does for a tenant; done twice it is done once.
    public typealias Work = @Sendable (TenantScope, Date) async throws -> Void

    private let database: Database
    private let identity: Identity
    private let anchors: URL
    private let rights: Work
    private let reminders: Work
    private let copies: Work
    private let now: @Sendable () -> Date
    private let logger: Logger

    /// Makes the chores.
    ///
    /// - Parameters:
    ///   - database: Where the tenants are.
    ///   - identity: Where old sessions and attempts are forgotten.
    ///   - anchors: The folder in which a file of anchors is written each day.
    ///   - rights: What ends rights whose ground is over.
    ///   - reminders: What reminds people of what is due.
    ///   - copies: What removes the copies of a tenant's alliances that are kept no more.
    ///   - now: The server's clock.
    ///   - logger: Where failures are told.
    public init(
        database: Database, identity: Identity, anchors: URL,
        rights: @escaping Work = { _, _ in }, reminders: @escaping Work = { _, _ in },
        copies: @escaping Work = { _, _ in },
        now: @escaping @Sendable () -> Date = { Date() },
        logger: Logger
    ) {
        self.database = database
        self.identity = identity
        self.anchors = anchors
        self.rights = rights
        self.reminders = reminders
        self.copies = copies
        self.now = now
        self.logger = logger
    }

    /// Does the chores each day until the task is cancelled.
    ///
    /// - Parameter interval: How often it is looked whether there is something to do, or to try again.
    public func run(every interval: Duration = .seconds(600)) async {
        while !Task.isCancelled {
            // What sign-in noted and could not carry at once, and the daily work after it.
            await tryTo("what sign-in noted was not carried") { try await identity.deliverNotes() }
            await tryTo("the daily chores were not begun") { try await runIfDue() }
            try? await Task.sleep(for: interval)
        }
    }

    private func tryTo<Value>(_ complaint: Logger.Message, _ work: () async throws -> Value) async {
        do {
            _ = try await work()
        } catch {
            // A server that stops breaks its work off, and nothing is wrong with that.
            guard !Task.isCancelled else { return }
            report(error, complaint)
        }
    }

    /// The file of anchors of the day in Colombia in which a moment lies.
    public func anchorFile(at moment: Date) -> URL {
        anchors.appending(path: "anclas-\(ColombianTime.date(at: moment)).jsonl")
    }

    /// Does the chores that were not done yet on the day in Colombia.
    ///
    /// - Returns: How many were done, over all tenants.
    /// - Throws: Where the tenants cannot be listed. What one of them meets is told, and kept for people to see.
    @discardableResult
    public func runIfDue() async throws -> Int {
        let now = now()
        let day = ColombianTime.date(at: now)
        var due: [(scope: TenantScope, chores: Set<Chore>)] = []
        for organization in try await database.read(PublicScope(), { try await $0.organizations() }) {
            let scope = TenantScope(.system(in: organization.id))
            await tryTo("the chores of a tenant cannot be read") {
                let done = try await database.read(scope) { try await $0.choresDone(on: day) }
                due.append((scope, Set(Chore.allCases).subtracting(done)))
            }
        }

        var count = 0
        // Sign-in stands before all tenants: its traces go at once for all of them.
        let waiting = due.filter { $0.chores.contains(.forgetTraces) }.map(\.scope)
        if !waiting.isEmpty {
            let end = await Result(catching: { _ = try await identity.forgetOldTraces() })
            for scope in waiting { count += await note(.forgetTraces, end, in: scope, at: now) }
        }
        for (scope, chores) in due {
            for chore in Chore.allCases where chore != .forgetTraces && chores.contains(chore) {
                guard !Task.isCancelled else { return count }
                let end = await Result(catching: { try await perform(chore, in: scope, at: now) })
                count += await note(chore, end, in: scope, at: now)
            }
        }
        return count
    }

    private func perform(_ chore: Chore, in scope: TenantScope, at now: Date) async throws {
        let organization = scope.organization
        let ledger = AuditLedger(database: database)
        switch chore {
        case .forgetTraces: return
        case .anchor:
            let file = anchorFile(at: now)
            // A day without news has its file, too.
            try AnchorFile(url: file).append([])
            _ = try await ledger.anchor(organization, to: file, at: now)
        case .verify:
            for report in try await ledger.verifyAndNote(organization, at: now) where !report.isWhole {
                logger.critical(
                    "a chain does not hold",
                    metadata: ["organization": "\(organization)", "stream": "\(report.stream)"])
            }
        case .endRights: try await rights(scope, now)
        case .remind: try await reminders(scope, now)
        case .forgetCopies: try await copies(scope, now)
        case .forgetMessages:
            _ = try await database.transaction(scope) { transaction in
                try await transaction.forgetDelivered(before: now.addingTimeInterval(-Self.messageLife))
            }
        }
    }

    /// Notes how a chore ended, so that it is not done twice, or people hear of it.
    ///
    /// - Returns: 1 where it was done, 0 otherwise.
    private func note(
        _ chore: Chore, _ end: Result<Void, any Error>, in scope: TenantScope, at now: Date
    ) async -> Int {
        do {
            try end.get()
            try await database.transaction(scope) { transaction in
                try await transaction.noteDone(chore, on: ColombianTime.date(at: now), at: now)
            }
            return 1
        } catch {
            // Nothing is wrong with a chore whose server stops.
            guard !Task.isCancelled else { return 0 }
            report(error, "a chore was not done", chore, of: scope.organization)
            let words = (error as? any UserFacingError)?.message ?? Self.unforeseen
            await tryTo("a chore that failed was not noted") {
                try await database.transaction(scope) { transaction in
                    try await transaction.noteFailed(chore, because: words, at: now)
                }
            }
            return 0
        }
    }

    /// What people read where no rule of ours explains a failure: the log has the rest.
    private static let unforeseen = "Algo falló de nuestro lado; el detalle está en el registro del servidor."

    private func report(
        _ error: any Error, _ complaint: Logger.Message, _ chore: Chore? = nil,
        of organization: ID<Organization>? = nil
    ) {
        logger.error(
            complaint,
            metadata: [
                "chore": "\(chore?.rawValue ?? "")", "organization": "\(organization?.description ?? "")",
                "error": "\(error)",
            ])
    }
}

extension Result where Success == Void, Failure == any Error {
    /// How some work ended.
    fileprivate init(catching work: () async throws -> Void) async {
        do {
            self = .success(try await work())
        } catch {
            self = .failure(error)
        }
    }
}
