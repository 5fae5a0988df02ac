import Elections
import Foundation
import Governance
import Kernel
import Logging
import Membership
import Postgres
import Reporting
import Tenancy

/// The product put together over a database: who signs in, who runs commands, and who does what comes after.
struct Product: Sendable {
    /// Runs commands and queries.
    let runner: CommandRunner
    /// Signs people in.
    let identity: Identity
    /// Lets voters in to electronic boxes.
    let entrance: VotingEntrance
    /// Takes their ballots in.
    let intake: BallotIntake
    /// The secret of the installation.
    let key: ServerKey
    /// Takes files of affiliates in.
    let uploads: AffiliateUploads
    /// Makes copies of all that an alliance has.
    let exports: AllianceExports
    private let runtime: Runtime
    private let messages: WorkSignal
    private let work: WorkSignal

    /// What the modules do with messages of the outbox: projections, mail.
    private var outboxHandlers: [OutboxHandler] {
        let configuration = runtime.configuration
        return [
            Reckoning.handler, SlateBoard.handler,
            identity.invitationMail(
                origin: configuration.origin, through: configuration.mail?.carrier()),
            SigningCodeMail.handler(
                codes: identity.oneTimeCodes, database: runtime.database,
                through: configuration.mail?.carrier()),
            VotingCodeDelivery.handler(
                codes: identity.oneTimeCodes, database: runtime.database,
                mail: configuration.mail?.carrier(),
                text: configuration.texts.map { TextRelay(program: $0).carrier() }),
            .mail(origin: configuration.origin, through: configuration.mail?.carrier()),
        ]
    }

    /// The long work of the modules.
    private var jobHandlers: [JobHandler] {
        uploads.jobHandlers
            + [
                AuditLedger(database: runtime.database).verificationJob(now: runtime.clock.now),
                exports.jobHandler,
            ]
    }

    /// Puts the product together.
    ///
    /// - Throws: ``ServerKeyError`` where the key is not that of the database.
    init(_ runtime: Runtime) async throws {
        self.runtime = runtime
        let messages = WorkSignal()
        let work = WorkSignal()
        self.messages = messages
        self.work = work
        runner = CommandRunner(
            database: runtime.database, now: runtime.clock.now,
            committed: { organization in
                messages.signal(organization)
                work.signal(organization)
            })
        key = try await ServerKeyFile(path: runtime.configuration.keyFile).load(for: runtime.database)
        identity = try await Identity.start(
            runner: runner, key: key, sendsMail: runtime.configuration.mail != nil)
        entrance = VotingEntrance(
            database: runtime.database, passwords: identity.passwords, codes: identity.oneTimeCodes,
            channels: runtime.configuration.codeChannels, now: runtime.clock.now)
        intake = BallotIntake(database: runtime.database, now: runtime.clock.now)
        let catalogue = try Catalogue(folder: runtime.configuration.catalogues)
        uploads = AffiliateUploads(
            ImportAffiliates(runner: runner, divipola: catalogue.divipola),
            folder: runtime.configuration.uploads)
        exports = AllianceExports(runner: runner, folder: runtime.configuration.exports)
    }

    private func outbox(_ logger: Logger) -> OutboxWorker {
        OutboxWorker(
            database: runtime.database, handlers: outboxHandlers, signal: messages, now: runtime.clock.now,
            logger: logger)
    }

    private func jobs(_ logger: Logger) -> JobWorker {
        JobWorker(
            database: runtime.database, handlers: jobHandlers, signal: work, now: runtime.clock.now,
            logger: logger)
    }

    /// Delivers messages, does jobs and the daily chores until the task is cancelled.
    func runBackground(_ logger: Logger) async {
        let anchors = URL(filePath: runtime.configuration.anchors, directoryHint: .isDirectory)
        let chores = Chores(
            database: runtime.database, identity: identity, anchors: anchors,
            rights: endRights, reminders: remind,
            copies: { [exports] in try await exports.sweep($0.organization, at: $1) }, now: runtime.clock.now,
            logger: logger)
        let reckoning = Reckoning(database: runtime.database, now: runtime.clock.now, logger: logger)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await outbox(logger).run() }
            group.addTask { await jobs(logger).run() }
            group.addTask { await chores.run() }
            group.addTask { await reckoning.run() }
        }
    }

    /// Ends in a tenant the rights whose ground is over.
    private func endRights(in scope: TenantScope, at now: Date) async throws {
        try await runtime.database.transaction(scope) { transaction in
            try await EndRightsOfMandates().perform(in: transaction, at: now)
        }
    }

    /// Does in a tenant what a day brings about, and tells people of what is due.
    private func remind(in scope: TenantScope, at now: Date) async throws {
        try await runtime.database.transaction(scope) { transaction in
            try await RemindOfCommitments().perform(in: transaction, at: now)
            try await FollowLives().perform(in: transaction, at: now)
            try await TellOfEnds().perform(in: transaction, at: now)
        }
        try await TellTerritoryOfEnds(database: runtime.database).perform(in: scope, at: now)
    }

    /// Does all that waits in a tenant, for commands of the terminal that end.
    func settle(_ organization: ID<Organization>, _ logger: Logger) async throws {
        _ = await jobs(logger).drain(organization)
        _ = try await outbox(logger).drain(organization)
    }
}
