public import Kernel
public import Postgres

extension Contact: RowDecodable {
    /// Reads the columns `contact_email`, `contact_phone` and `contact_place` of a row.
    public init(row: Row) throws(RowError) {
        self.init(
            email: try row["contact_email"], phone: try row["contact_phone"],
            place: try row["contact_place"])
    }
}

private struct AllianceContact: RowDecodable {
    let alliance: ID<Alliance>
    let contact: Contact

    init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        contact = try Contact(row: row)
    }
}

extension Transaction where Scope == TenantScope {
    /// Returns where alliances are reached, those that say so apart from their entity.
    public func contacts(of alliances: [ID<Alliance>]) async throws -> [ID<Alliance>: Contact] {
        let rows = try await rows(
            """
            select alliance_id, contact_email, contact_phone, contact_place from tenancy.alliances
            where organization_id = \(organization) and alliance_id = any (\(alliances))
            """,
            as: AllianceContact.self)
        return Dictionary(rows.map { ($0.alliance, $0.contact) }, uniquingKeysWith: { first, _ in first })
    }

    /// The contact of an alliance, which nobody else changes until the transaction ends; `nil` where there is no such
    /// alliance.
    func lockedContact(of alliance: ID<Alliance>) async throws -> Contact? {
        try await row(
            """
            select alliance_id, contact_email, contact_phone, contact_place from tenancy.alliances
            where organization_id = \(organization) and alliance_id = \(alliance)
            for no key update
            """,
            as: AllianceContact.self)?.contact
    }

    /// Returns where an alliance is reached: its own contact, and its entity's where it lacks one.
    public func contact(of alliance: ID<Alliance>) async throws -> Contact {
        try await (contacts(of: [alliance])[alliance] ?? .none).completed(by: settings().contact)
    }

    /// Writes where an alliance is reached.
    func set(_ contact: Contact, of alliance: ID<Alliance>) async throws {
        try await execute(
            """
            update tenancy.alliances
            set contact_email = \(contact.email), contact_phone = \(contact.phone),
                contact_place = \(contact.place)
            where organization_id = \(organization) and alliance_id = \(alliance)
            """)
    }
}
