public import Foundation
public import Kernel
public import Postgres

/// The last link of a chain, as the database names it.
public struct ChainHead: Sendable, Hashable, RowDecodable {
    /// The chain.
    public let stream: UUID
    /// `office`, `alliance` or `process`.
    public let kind: String
    /// The place of the last link, from 1.
    public let sequence: Int
    /// Its hash.
    public let hash: [UInt8]

    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        stream = try row["stream_id"]
        kind = try row["kind"]
        sequence = try row["sequence"]
        hash = try row["hash"]
    }
}

extension ChainedEvent: RowDecodable {
    init(row: Row) throws(RowError) {
        sequence = try row["sequence"]
        event = try row["event_id"]
        happenedAt = try row["happened_at"]
        actorKind = try row["actor_kind"]
        actor = try row["actor_id"]
        action = try row["action"]
        subject = try row["subject_id"]
        commitment = try row["commitment"]
        hash = try row["hash"]
        salt = try row["salt"]
        details = try row["details"]
    }
}

/// An event as the log shows it.
public struct LoggedEvent: Sendable, Identifiable, RowDecodable {
    /// Identifies the event.
    public let id: ID<AuditEvent>
    /// Its place in its chain, from 1.
    public let sequence: Int
    /// When it happened.
    public let happenedAt: Date
    /// `user`, `terminal` or `system`.
    public let actorKind: String
    /// The name of the user, where it was one.
    public let actorName: String?
    /// What was done.
    public let action: String
    /// The identifier of what it was done to.
    public let subject: String?
    /// The details as JSON; `nil` where there are none, or a purge took them.
    public let details: String?
    /// Whether the event commits to details that a purge took.
    public let isPurged: Bool
    /// Its link.
    public let hash: HashDigest?

    /// Reads a row.
    public init(row: Row) throws(RowError) {
        id = try row["event_id"]
        sequence = try row["sequence"]
        happenedAt = try row["happened_at"]
        actorKind = try row["actor_kind"]
        actorName = try row["actor_name"]
        action = try row["action"]
        subject = try row["subject_id"]
        details = try row["details"]
        isPurged = try row["is_purged"]
        hash = HashDigest(bytes: try row["hash"])
    }
}

/// Which events of a chain a person wants to see.
public struct LogFilter: Sendable, Hashable {
    /// The beginning of the action, such as `tenancy.user`; empty for all.
    public var action: String
    /// Who acted.
    public var actor: ID<User>?
    /// From when on.
    public var since: Date?
    /// Until when.
    public var until: Date?

    /// Makes a filter.
    public init(action: String = "", actor: ID<User>? = nil, since: Date? = nil, until: Date? = nil) {
        self.action = action
        self.actor = actor
        self.since = since
        self.until = until
    }
}

private struct AnchorRow: RowDecodable {
    let stream: UUID
    let sequence: Int
    let hash: [UInt8]
    let anchoredAt: Date

    init(row: Row) throws(RowError) {
        stream = try row["stream_id"]
        sequence = try row["sequence"]
        hash = try row["hash"]
        anchoredAt = try row["anchored_at"]
    }
}

extension Transaction where Scope == TenantScope {
    /// Returns the heads of the tenant's chains, its office's first.
    public func chainHeads() async throws -> [ChainHead] {
        try await rows(
            """
            select stream_id, kind, sequence, hash from tenancy.audit_heads
            where organization_id = \(organization)
            order by kind = 'office' desc, kind, stream_id
            """)
    }

    /// Returns all chains of the tenant that have events, also those without a head.
    func streamsWithEvents() async throws -> [UUID] {
        try await values(
            """
            select distinct stream_id from tenancy.audit_events where organization_id = \(organization)
            """)
    }

    /// Returns the links of a chain after a place, in order, with the details that remain.
    func links(of stream: UUID, after sequence: Int, limit: Int) async throws -> [ChainedEvent] {
        try await rows(
            """
            select sequence, events.event_id, happened_at, actor_kind, actor_id, action, subject_id, commitment,
                hash, salt, details
            from tenancy.audit_events as events
            left join tenancy.audit_details as details
                on details.organization_id = events.organization_id and details.event_id = events.event_id
                    and details.organization_id = \(organization)
            where events.organization_id = \(organization) and stream_id = \(stream)
                and sequence > \(sequence)
            order by sequence
            limit \(limit)
            """)
    }

    /// Returns the links of a chain after a place, in order, as a copy of it keeps them.
    public func chainLines(of stream: UUID, after sequence: Int, limit: Int) async throws -> [ChainLine] {
        try await links(of: stream, after: sequence, limit: limit).map(ChainLine.init)
    }

    /// Returns the events of a chain, the last first: those before a place, or from the end.
    public func events(
        of stream: AuditStream, matching filter: LogFilter, before sequence: Int? = nil, limit: Int = 50
    ) async throws -> [LoggedEvent] {
        try await rows(
            """
            select events.event_id, sequence, happened_at, actor_kind, users.name as actor_name, action,
                subject_id, details, commitment is not null and details is null as is_purged, hash
            from tenancy.audit_events as events
            left join tenancy.audit_details as details
                on details.organization_id = events.organization_id and details.event_id = events.event_id
                    and details.organization_id = \(organization)
            left join tenancy.users
                on users.organization_id = events.organization_id and users.user_id = events.actor_id
                    and users.organization_id = \(organization)
            where events.organization_id = \(organization)
                and stream_id = \(stream.id(in: organization))
                and sequence < \(sequence ?? Int.max)
                and action ^@ \(filter.action)
                and (\(filter.actor) is null or actor_id = \(filter.actor))
                and (\(filter.since) is null or happened_at >= \(filter.since))
                and (\(filter.until) is null or happened_at < \(filter.until))
            order by sequence desc
            limit \(limit)
            """)
    }

    /// Returns the anchors that the database knows of.
    public func anchors() async throws -> [Anchor] {
        try await rows(
            """
            select stream_id, sequence, hash, anchored_at from tenancy.audit_anchors
            where organization_id = \(organization) order by stream_id, sequence
            """,
            as: AnchorRow.self
        ).compactMap { row in
            HashDigest(bytes: row.hash).map { hash in
                Anchor(
                    organization: organization, stream: row.stream, sequence: row.sequence, hash: hash,
                    anchoredAt: row.anchoredAt)
            }
        }
    }

    /// Notes that a link was told to the outside: in a `file`, a `mail` or `minutes`.
    public func note(_ anchor: Anchor, medium: String) async throws {
        try await execute(
            """
            insert into tenancy.audit_anchors (
                organization_id, stream_id, sequence, hash, medium, anchored_at)
            values (
                \(organization), \(anchor.stream), \(anchor.sequence), \(anchor.hash.bytes), \(medium),
                \(anchor.anchoredAt))
            on conflict on constraint audit_anchors_pkey do nothing
            """)
    }
}
