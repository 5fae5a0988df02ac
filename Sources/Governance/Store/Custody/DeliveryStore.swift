import Foundation
import Kernel
public import Postgres
import Tenancy

extension Delivery.Medium: SQLValue {}

extension Delivery: RowDecodable {
    /// Reads a row of `governance.deliveries` with how many things it held.
    public init(row: Row) throws(RowError) {
        id = try row["delivery_id"]
        number = try row["number"]
        recipient = try row["recipient"]
        recipientPost = try row["recipient_post"]
        medium = try row["medium"]
        note = try row["note"]
        handedOn = try row["handed_on"]
        receivedOn = try row["received_on"]
        receivedBy = try row["received_by"]
        receipt = try row["receipt_file_id"]
        count = try row["count"]
    }

    fileprivate static func query(_ organization: ID<Organization>) -> SQL {
        """
        select deliveries.delivery_id, deliveries.number, deliveries.recipient, deliveries.recipient_post,
            deliveries.medium, deliveries.note, deliveries.handed_on, deliveries.received_on,
            deliveries.received_by, deliveries.receipt_file_id, (
                select count(*) from governance.delivery_items as items
                where items.organization_id = \(organization) and items.delivery_id = deliveries.delivery_id
            ) as count
        from governance.deliveries
        where deliveries.organization_id = \(organization)
        """
    }
}

extension Delivery.Item: RowDecodable {
    /// Reads a row of `governance.delivery_items`.
    public init(row: Row) throws(RowError) {
        let bytes: [UInt8]? = try row["sha256"]
        let retained: RetentionClass? = try row["retention_class"]
        let (until, isAlways, isConfirmed): (CalendarDate?, Bool?, Bool?) = (
            try row["kept_until"], try row["is_kept_always"], try row["retention_is_confirmed"]
        )
        self.init(
            title: try row["title"], datedOn: try row["dated_on"], file: try row["file_id"],
            digest: bytes.flatMap { HashDigest(bytes: $0) }, sheets: try row["sheets"],
            retention: retained.map {
                DocumentRetention(
                    as: $0, until: until, isAlways: isAlways, isConfirmed: isConfirmed ?? false)
            })
    }
}

extension Transaction where Scope == TenantScope {
    /// What an alliance handed over, the latest first.
    func deliveries(of alliance: ID<Alliance>) async throws -> [Delivery] {
        try await rows(
            """
            \(fragment: Delivery.query(organization))
            and deliveries.alliance_id = \(alliance)
            order by deliveries.number desc
            """)
    }

    /// A delivery of an alliance.
    func delivery(_ id: ID<Delivery>, of alliance: ID<Alliance>) async throws -> Delivery? {
        try await row(
            """
            \(fragment: Delivery.query(organization))
            and deliveries.alliance_id = \(alliance) and deliveries.delivery_id = \(id)
            """)
    }

    /// What a delivery held, in its order.
    func items(of delivery: ID<Delivery>) async throws -> [Delivery.Item] {
        try await rows(
            """
            select title, dated_on, file_id, sha256, sheets, retention_class, kept_until, is_kept_always,
                retention_is_confirmed
            from governance.delivery_items
            where organization_id = \(organization) and delivery_id = \(delivery)
            order by position
            """)
    }

    /// Adds a delivery under the next number of its alliance. Whoever records another at the same moment waits for this
    /// transaction, so that neither is lost.
    ///
    /// - Returns: Its number.
    func insert(
        _ items: [Delivery.Item], as id: ID<Delivery>, to recipient: String, post: String?,
        through medium: Delivery.Medium, note: String?, on day: CalendarDate, of alliance: ID<Alliance>,
        at now: Date
    ) async throws -> Int {
        // A statement of its own: what the other wrote is seen by the next, and not by the one that waited.
        _ = try await values(
            """
            select alliance_id from tenancy.alliances
            where organization_id = \(organization) and alliance_id = \(alliance) for no key update
            """, as: ID<Alliance>.self)
        let last: Int? = try await value(
            """
            select max(number) from governance.deliveries
            where organization_id = \(organization) and alliance_id = \(alliance)
            """)
        let number = (last ?? 0) + 1
        try await execute(
            """
            insert into governance.deliveries (
                organization_id, delivery_id, alliance_id, number, recipient, recipient_post, medium, note,
                handed_on, recorded_at, recorded_by)
            values (
                \(organization), \(id), \(alliance), \(number), \(recipient), \(post), \(medium), \(note),
                \(day), \(now), \(scope.principal.user))
            """)
        try await execute(
            """
            insert into governance.delivery_items (
                organization_id, delivery_id, position, title, dated_on, file_id, sha256, sheets,
                retention_class, kept_until, is_kept_always, retention_is_confirmed)
            select \(organization), \(id), items.position, items.title, items.dated_on, items.file_id,
                items.sha256, items.sheets, items.class, items.kept_until, items.is_always, items.is_confirmed
            from unnest(
                \(Array(1...items.count)), \(items.map(\.title)), \(items.map(\.datedOn)), \(items.map(\.file)),
                \(items.map { $0.digest?.bytes }), \(items.map(\.sheets)),
                \(items.map(\.retention?.retention)), \(items.map(\.retention?.until)),
                \(items.map { item in item.retention.map { $0.isAlways ?? false } }),
                \(items.map(\.retention?.isConfirmed))
            ) as items (
                position, title, dated_on, file_id, sha256, sheets, class, kept_until, is_always, is_confirmed)
            """)
        return number
    }

    /// Adds the receipt of a delivery that has none.
    ///
    /// - Returns: Whether it had none.
    func receive(
        _ delivery: ID<Delivery>, by who: String, on day: CalendarDate, receipt: ID<StoredFile>
    ) async throws -> Bool {
        try await execute(
            """
            update governance.deliveries
            set received_on = \(day), received_by = \(who), receipt_file_id = \(receipt)
            where organization_id = \(organization) and delivery_id = \(delivery) and received_on is null
            """) == 1
    }
}
