public import Foundation
public import Kernel
public import Logging
public import Postgres

/// What is done with the messages of a topic.
public struct OutboxHandler: Sendable {
    enum Work: Sendable {
        case inside(@Sendable (OutboxMessage, borrowing TenantTransaction, Date) async throws -> Void)
        case outside(@Sendable (OutboxMessage, ID<Organization>, Date) async throws -> Void)
    }

    let topic: String
    let work: Work

    /// What is done outside of the tenant, where it is that.
    fileprivate var outside: (@Sendable (OutboxMessage, ID<Organization>, Date) async throws -> Void)? {
        if case .outside(let deliver) = work { deliver } else { nil }
    }

    /// Handles a topic by writing in the same tenant, in the transaction that marks the message as delivered:
    /// what it writes is there exactly once.
    public static func inside(
        _ topic: String,
        _ deliver: @escaping @Sendable (OutboxMessage, borrowing TenantTransaction, Date) async throws -> Void
    ) -> Self {
        Self(topic: topic, work: .inside(deliver))
    }

    /// Handles a topic outside of the tenant: in another tenant, by mail, over the network. It may be called
    /// twice for one message, which it tells by the identifier.
    public static func outside(
        _ topic: String,
        _ deliver: @escaping @Sendable (OutboxMessage, ID<Organization>, Date) async throws -> Void
    ) -> Self {
        Self(topic: topic, work: .outside(deliver))
    }
}

/// Delivers what transactions left in the outbox: each message at least once, in a transaction of its own.
///
/// What fails is tried again, later each time. Messages that say that an alliance changed are taken together:
/// what is derived from it is reckoned once for all of them.
///
/// What goes outside has a lane of its own (``OutboxLane``), and in each lane each tenant goes its own pace: a
/// relay that does not answer holds up neither what is written inside nor another tenant's.
public struct OutboxWorker: Sendable {
    /// How long a message that goes outside stays taken: past that it is thought lost and tried again.
    static let lease: TimeInterval = 300
    /// How many messages are looked at together.
    static let batch = 200

    private let database: Database
    private let signal: WorkSignal
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let handlers: [String: [OutboxHandler]]
    /// The topics of which something goes outside.
    private let outsideTopics: [String]

    /// Makes a worker.
    ///
    /// - Parameters:
    ///   - database: Where the outboxes are.
    ///   - handlers: What is done with each topic; a topic may have several. That an alliance changed
    ///     may have none.
    ///   - signal: Where commits are told.
    ///   - now: The server's clock.
    ///   - logger: Where failures are told.
    public init(
        database: Database, handlers: [OutboxHandler], signal: WorkSignal = WorkSignal(),
        now: @escaping @Sendable () -> Date = { Date() }, logger: Logger
    ) {
        self.database = database
        self.signal = signal
        self.now = now
        self.logger = logger
        self.handlers = Dictionary(grouping: handlers, by: \.topic)
            .merging([OutboxMessage.allianceChangedTopic: []]) { handlers, _ in handlers }
        outsideTopics = self.handlers.filter { !$0.value.compactMap(\.outside).isEmpty }.keys.sorted()
    }

    /// The lanes in which there can be something to deliver.
    private var lanes: [OutboxLane] { outsideTopics.isEmpty ? [.inside] : OutboxLane.allCases }

    /// Delivers until the task is cancelled.
    ///
    /// - Parameter interval: How often all tenants are looked at, signalled or not.
    public func run(every interval: Duration = .seconds(5)) async {
        let rounds = OutboxRounds()
        await withDiscardingTaskGroup { group in
            var lastRound: ContinuousClock.Instant?
            while !Task.isCancelled {
                var tenants = await signal.wait(atMost: lastRound == nil ? .zero : interval)
                if lastRound.map({ $0.duration(to: .now) >= interval }) ?? true {
                    lastRound = .now
                    tenants.formUnion(await allTenants())
                }
                for tenant in tenants {
                    for lane in lanes where rounds.begin(tenant, in: lane) {
                        group.addTask { await deliver(from: tenant, and: rounds, in: lane) }
                    }
                }
            }
            group.cancelAll()
        }
    }

    /// Delivers what is due in a tenant, and then in those that wait for a place in the lane.
    private func deliver(
        from first: ID<Organization>, and rounds: OutboxRounds, in lane: OutboxLane
    ) async {
        var next: ID<Organization>? = first
        while let tenant = next {
            do {
                try await drain(tenant, lane)
            } catch is CancellationError {
                return
            } catch let error as PostgresError where error.isCancellation {
                return
            } catch {
                report(error, "the outbox of a tenant cannot be read", of: tenant)
            }
            next = rounds.end(tenant, in: lane)
        }
    }

    private func allTenants() async -> [ID<Organization>] {
        do {
            return try await database.read(PublicScope()) { try await $0.organizations() }.map(\.id)
        } catch {
            report(error, "the tenants cannot be listed", of: nil)
            return []
        }
    }

    /// Delivers what is due in a tenant, inside first: for the terminal and for tests.
    ///
    /// - Returns: How many messages were delivered.
    @discardableResult
    public func drain(_ organization: ID<Organization>) async throws -> Int {
        var delivered = 0
        for lane in lanes { delivered += try await drain(organization, lane) }
        return delivered
    }

    @discardableResult
    private func drain(_ organization: ID<Organization>, _ lane: OutboxLane) async throws -> Int {
        var delivered = 0
        var seen: Set<ID<OutboxMessage>> = []
        while !Task.isCancelled {
            let due = try await database.read(TenantScope(.system(in: organization))) { transaction in
                try await transaction.dueMessages(
                    in: lane, outside: outsideTopics, at: now(), limit: Self.batch)
            }
            // What was looked at and is still due is in the hands of another worker.
            let fresh = due.filter { seen.insert($0.id).inserted }
            guard !fresh.isEmpty else { break }
            for parcel in Self.parcels(of: fresh) {
                delivered += await deliver(parcel, in: organization)
            }
        }
        return delivered
    }

    /// Messages that are delivered together: all that say that the same alliance changed, any other alone.
    private static func parcels(of messages: [OutboxMessage]) -> [[OutboxMessage]] {
        var parcels: [[OutboxMessage]] = []
        var places: [String: Int] = [:]
        for message in messages {
            if message.topic == OutboxMessage.allianceChangedTopic, let place = places[message.subject] {
                parcels[place].append(message)
            } else {
                if message.topic == OutboxMessage.allianceChangedTopic {
                    places[message.subject] = parcels.count
                }
                parcels.append([message])
            }
        }
        return parcels
    }

    /// - Returns: How many messages were delivered.
    private func deliver(_ parcel: [OutboxMessage], in organization: ID<Organization>) async -> Int {
        guard let message = parcel.last else { return 0 }
        let scope = TenantScope(.system(in: organization))
        let ids = parcel.map(\.id)
        do {
            guard let handlers = handlers[message.topic] else {
                throw OutboxError.topicWithoutHandler(message.topic)
            }
            let outside = handlers.compactMap(\.outside)
            if !outside.isEmpty {
                let now = now()
                let taken = try await database.transaction(scope) { transaction in
                    try await transaction.take(ids, at: now, until: now.addingTimeInterval(Self.lease))
                }
                guard !taken.isEmpty else { return 0 }
                for deliver in outside { try await deliver(message, organization, now) }
            }
            return try await database.transaction(scope) { transaction in
                let now = now()
                // Taken messages are not due; they are this worker's own.
                let mine = try await transaction.lock(ids, dueAt: outside.isEmpty ? now : nil)
                guard !mine.isEmpty else { return 0 }
                for handler in handlers {
                    if case .inside(let deliver) = handler.work {
                        try await deliver(message, transaction, now)
                    }
                }
                try await transaction.markDelivered(mine, at: now)
                return mine.count
            }
        } catch is CancellationError {
            return 0
        } catch let error as PostgresError where error.isCancellation {
            return 0
        } catch {
            report(error, "a message was not delivered", of: organization, topic: message.topic)
            await postpone(ids, because: error, in: scope)
            return 0
        }
    }

    private func postpone(_ ids: [ID<OutboxMessage>], because error: any Error, in scope: TenantScope) async {
        let reason = (error as? any UserFacingError)?.code ?? String(describing: error)
        do {
            try await database.transaction(scope) { transaction in
                try await transaction.postpone(
                    ids, because: String(reason.prefix(500)), at: now())
            }
        } catch {
            report(error, "a failed delivery was not noted", of: scope.organization)
        }
    }

    private func report(
        _ error: any Error, _ message: Logger.Message, of organization: ID<Organization>?, topic: String = ""
    ) {
        logger.error(
            message,
            metadata: [
                "organization": "\(organization?.description ?? "")", "topic": "\(topic)",
                "error": "\(error)",
            ])
    }
}

/// Why a message is not delivered.
enum OutboxError: Error, Hashable, CustomStringConvertible {
    /// Nothing was wired for the topic.
    case topicWithoutHandler(String)

    var description: String {
        switch self {
        case .topicWithoutHandler(let topic): "no handler for the topic \(topic)"
        }
    }
}
