import Foundation
import Kernel
public import Postgres
import Tenancy

extension BoxTrustee.Body: SQLValue {}
extension TrusteeMessage.Kind: SQLValue {}

extension BoxTrustee: RowDecodable {
    /// Reads a row of the table with what they sent.
    public init(row: Row) throws(RowError) {
        let posted: [TrusteeMessage.Kind] = try row["posted"]
        self.init(
            id: try row["trustee_id"], number: try row["number"], body: try row["body"],
            user: try row["user_id"], name: try row["name"], posted: Set(posted))
    }
}

extension TrusteeMessage: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        self.init(
            number: try row["number"], kind: try row["kind"], content: try row["content"],
            postedAt: try row["posted_at"])
    }
}

extension BoxAuthority: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        self.init(id: try row["authority_id"], user: try row["user_id"], name: try row["name"])
    }
}

extension Transaction where Scope == TenantScope {
    /// The trustees of a box, by number, with what they sent in the ceremony that counts.
    func trustees(of box: BallotBox) async throws -> [BoxTrustee] {
        try await rows(
            """
            select trustees.trustee_id, trustees.number, trustees.body, trustees.user_id, trustees.name,
                array(
                    select kind from elections.trustee_messages as messages
                    where messages.organization_id = \(organization) and messages.box_id = \(box.id)
                        and messages.ceremony = \(box.ceremony)::integer
                        and messages.trustee_id = trustees.trustee_id
                ) as posted
            from elections.box_trustees as trustees
            where trustees.organization_id = \(organization) and trustees.box_id = \(box.id)
                and relieved_at is null
            order by trustees.number
            """)
    }

    /// What trustees sent in the ceremony that counts, by number and step.
    func messages(of box: BallotBox, _ kinds: [TrusteeMessage.Kind]) async throws -> [TrusteeMessage] {
        try await rows(
            """
            select number, kind, content, posted_at from elections.trustee_messages
            where organization_id = \(organization) and box_id = \(box.id)
                and ceremony = \(box.ceremony)::integer and kind = any (\(kinds))
            order by kind, number
            """)
    }

    /// Names a trustee.
    ///
    /// - Throws: ``BoxError/trusteeTaken``.
    func insert(
        _ trustee: BoxTrustee, of box: BallotBox, being person: ID<Person>?, as capacity: Capacity?,
        by grant: ID<Grant>, at now: Date
    ) async throws {
        try await execute(
            """
            insert into elections.box_trustees (
                organization_id, trustee_id, box_id, process_id, number, body, user_id, person_id, capacity,
                grant_id, name, appointed_at, appointed_by)
            values (
                \(organization), \(trustee.id), \(box.id), \(box.place.process), \(trustee.number)::integer,
                \(trustee.body), \(trustee.user), \(person), \(person == nil ? nil : capacity), \(grant),
                \(trustee.name), \(now), \(scope.principal.user))
            """,
            refusals: [
                "box_trustees_user_key": BoxError.trusteeTaken,
                "box_trustees_body_key": BoxError.trusteeTaken,
                "box_trustees_number_key": BoxError.trusteesComplete,
            ])
    }

    /// Relieves a trustee; their right ends, and the key is made anew.
    func relieve(_ trustee: BoxTrustee, of box: BallotBox, because reason: String, at now: Date) async throws
    {
        let grant: ID<Grant>? = try await value(
            """
            update elections.box_trustees set relieved_at = \(now), relief_reason = \(reason)
            where organization_id = \(organization) and trustee_id = \(trustee.id) and relieved_at is null
            returning grant_id
            """)
        guard let grant else { throw BoxError.notAppointed }
        try await end(grant, at: now)
        try await update(box, to: box.choices, ceremony: box.ceremony + 1)
    }

    /// Keeps what a trustee sent.
    ///
    /// - Throws: ``BoxError/alreadyPosted``.
    func insert(
        _ message: TrusteeMessage, from trustee: BoxTrustee, to box: BallotBox, at now: Date
    ) async throws {
        try await execute(
            """
            insert into elections.trustee_messages (
                organization_id, box_id, ceremony, number, kind, trustee_id, content, posted_at, posted_by)
            values (
                \(organization), \(box.id), \(box.ceremony)::integer, \(trustee.number)::integer, \(message.kind),
                \(trustee.id), \(message.content), \(now), \(trustee.user))
            """,
            refusals: ["trustee_messages_pkey": BoxError.alreadyPosted])
    }

    // MARK: Credential authority

    /// Who makes the credentials of a box.
    func authority(of box: ID<BallotBox>) async throws -> BoxAuthority? {
        try await row(
            """
            select authority_id, user_id, name from elections.box_authorities
            where organization_id = \(organization) and box_id = \(box) and relieved_at is null
            """)
    }

    /// Names who makes the credentials.
    ///
    /// - Throws: ``BoxError/authorityTaken``.
    func insert(
        _ authority: BoxAuthority, of box: BallotBox, being person: ID<Person>?, as capacity: Capacity?,
        by grant: ID<Grant>, at now: Date
    ) async throws {
        try await execute(
            """
            insert into elections.box_authorities (
                organization_id, authority_id, box_id, process_id, user_id, person_id, capacity, grant_id, name,
                appointed_at, appointed_by)
            values (
                \(organization), \(authority.id), \(box.id), \(box.place.process), \(authority.user), \(person),
                \(person == nil ? nil : capacity), \(grant), \(authority.name), \(now), \(scope.principal.user))
            """,
            refusals: ["box_authorities_one_key": BoxError.authorityTaken])
    }

    /// Relieves who makes the credentials; their right ends.
    func relieve(_ authority: BoxAuthority, because reason: String, at now: Date) async throws {
        let grant: ID<Grant>? = try await value(
            """
            update elections.box_authorities set relieved_at = \(now), relief_reason = \(reason)
            where organization_id = \(organization) and authority_id = \(authority.id) and relieved_at is null
            returning grant_id
            """)
        guard let grant else { throw BoxError.notAppointed }
        try await end(grant, at: now)
    }

    private func end(_ grant: ID<Grant>, at now: Date) async throws {
        try await execute(
            """
            update tenancy.grants set ends_at = greatest(\(now), starts_at)
            where organization_id = \(organization) and grant_id = \(grant)
                and (ends_at is null or ends_at > \(now))
            """)
    }
}
