public import Foundation
public import Kernel
public import Postgres

/// Which events a person wants to see.
public struct LogQuestion: Sendable, Hashable {
    /// The chains that are looked at.
    public var streams: [AuditStream]
    /// The beginnings of actions, any of which will do; none for all.
    public var actions: [String]
    /// Who acted.
    public var actor: ID<User>?
    /// From when on.
    public var since: Date?
    /// Until before when.
    public var until: Date?
    /// How many are read at most.
    public var limit: Int
    /// How many of the latest are passed over.
    public var offset: Int

    /// Asks for events.
    public init(
        of streams: [AuditStream], actions: [String] = [], actor: ID<User>? = nil, since: Date? = nil,
        until: Date? = nil, limit: Int, offset: Int = 0
    ) {
        self.streams = streams
        self.actions = actions
        self.actor = actor
        self.since = since
        self.until = until
        self.limit = limit
        self.offset = offset
    }
}

/// An event with the chain that it stands in.
public struct LogEntry: Sendable, Identifiable, RowDecodable {
    /// The event.
    public let event: LoggedEvent
    /// The chain.
    public let stream: UUID
    /// How many there are in all.
    let total: Int

    /// Identifies the event.
    public var id: ID<AuditEvent> { event.id }

    /// Reads a row.
    public init(row: Row) throws(RowError) {
        event = try LoggedEvent(row: row)
        stream = try row["stream_id"]
        total = try row["total"]
    }
}

/// Something that was done, with the chain that it stands in.
public struct LastAct: Sendable, Identifiable, RowDecodable {
    /// The event; without who acted and without details where nobody is to be named.
    public let event: LoggedEvent
    /// The chain.
    public let stream: UUID

    /// Identifies the event.
    public var id: ID<AuditEvent> { event.id }

    /// Reads a row.
    public init(row: Row) throws(RowError) {
        event = try LoggedEvent(row: row)
        stream = try row["stream_id"]
    }
}

/// What a verification found of one chain, as it was noted.
public struct NotedVerification: Sendable, RowDecodable {
    /// The chain.
    public let stream: UUID
    /// When it was verified.
    public let verifiedAt: Date
    /// How many links hold, from the first on.
    public let links: Int
    /// The place of the last link that was told to the outside and is the same there; 0 for none.
    public let anchored: Int
    /// The first link that does not hold, and why.
    public let brokenAt: Int?
    /// Why it does not hold.
    public let fault: ChainReport.Fault?

    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        stream = try row["stream_id"]
        verifiedAt = try row["verified_at"]
        links = try row["links"]
        anchored = try row["anchored"]
        brokenAt = try row["broken_at"]
        fault = try row["fault"]
    }
}

extension ChainReport.Fault: SQLValue {}

extension Transaction where Scope == TenantScope {
    /// Returns events of several chains, the latest first, with how many there are.
    func log(_ question: LogQuestion) async throws -> [LogEntry] {
        let streams = question.streams.map { $0.id(in: organization) }
        return try await rows(
            """
            select events.event_id, events.stream_id, sequence, happened_at, actor_kind, users.name as actor_name,
                action, subject_id, details, commitment is not null and details is null as is_purged, hash,
                count(*) over () as total
            from tenancy.audit_events as events
            left join tenancy.audit_details as details
                on details.organization_id = events.organization_id and details.event_id = events.event_id
                    and details.organization_id = \(organization)
            left join tenancy.users
                on users.organization_id = events.organization_id and users.user_id = events.actor_id
                    and users.organization_id = \(organization)
            where events.organization_id = \(organization) and events.stream_id = any (\(streams))
                and (cardinality(\(question.actions)::text[]) = 0 or exists (
                    select from unnest(\(question.actions)) as beginnings (beginning)
                    where action ^@ beginning))
                and (\(question.actor) is null or actor_id = \(question.actor))
                and (\(question.since) is null or happened_at >= \(question.since))
                and (\(question.until) is null or happened_at < \(question.until))
            order by happened_at desc, events.stream_id, sequence desc
            limit \(question.limit) offset \(question.offset)
            """)
    }

    /// Returns the last acts of several chains that changed something, the latest first. Each chain is read from its end.
    ///
    /// Who looks at something, or prints it, changes nothing: that is in the log and not among what was done last.
    func lastActs(of streams: [AuditStream], count: Int, naming: Bool) async throws -> [LastAct] {
        let readings = [
            "tenancy.personal_data.read", "tenancy.file.opened", "tenancy.session.entered",
            "tenancy.document.issued", "governance.export.taken", "governance.confidential.read",
        ]
        return try await rows(
            """
            select last.event_id, last.stream_id, last.sequence, last.happened_at, last.actor_kind,
                case when \(naming) then users.name end as actor_name, last.action, last.subject_id,
                case when \(naming) then details.details end as details,
                \(naming) and last.commitment is not null and details.details is null as is_purged, last.hash
            from (
                select each.*
                from unnest(\(streams.map { $0.id(in: organization) })) as asked (stream_id)
                cross join lateral (
                    select event_id, stream_id, sequence, happened_at, actor_kind, actor_id, action, subject_id,
                        commitment, hash
                    from tenancy.audit_events as events
                    where events.organization_id = \(organization) and events.stream_id = asked.stream_id
                        and action <> all (\(readings))
                    order by sequence desc
                    limit \(count)
                ) as each
                order by each.happened_at desc, each.stream_id, each.sequence desc
                limit \(count)
            ) as last
            left join tenancy.audit_details as details
                on details.organization_id = \(organization) and details.event_id = last.event_id
            left join tenancy.users
                on users.organization_id = \(organization) and users.user_id = last.actor_id
            order by last.happened_at desc, last.stream_id, last.sequence desc
            """)
    }

    /// Returns what the latest verification of each chain found.
    func latestVerifications() async throws -> [NotedVerification] {
        try await rows(
            """
            select distinct on (stream_id) stream_id, verified_at, links, anchored, broken_at, fault
            from tenancy.audit_verifications
            where organization_id = \(organization)
            order by stream_id, verified_at desc, verification_id desc
            """)
    }

    /// Notes what a verification found.
    func note(_ reports: [ChainReport], by user: ID<User>?, at now: Date) async throws {
        try await execute(
            """
            insert into tenancy.audit_verifications (
                organization_id, verification_id, stream_id, verified_at, links, head, anchored, broken_at, fault,
                asked_by)
            select \(organization), \(ID<ChainReport>()), found.stream_id, \(now), found.links, found.head,
                found.anchored, found.broken_at, found.fault, \(user)
            from unnest(
                \(reports.map(\.stream)), \(reports.map(\.links)), \(reports.map(\.head.bytes)),
                \(reports.map { $0.anchored.last ?? 0 }), \(reports.map { $0.firstBreak?.sequence }),
                \(reports.map { $0.firstBreak?.fault.rawValue })
            ) as found (stream_id, links, head, anchored, broken_at, fault)
            """)
    }

    /// Whether a job of a kind waits or runs.
    func hasOpenJob(_ kind: String) async throws -> Bool {
        try await value(
            """
            select exists (
                select from tenancy.jobs
                where organization_id = \(organization) and kind = \(kind) and state in ('waiting', 'running'))
            """) ?? false
    }
}
