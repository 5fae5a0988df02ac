public import Kernel
public import Postgres

/// How a tenant looks and is reached.
public struct TenantSettings: Sendable, Hashable {
    /// The colour of its pages.
    public let accentColor: AccentColor
    /// Its logo, which stands on documents.
    public let logo: ID<StoredFile>?
    /// Where people reach it.
    public let contact: Contact

    /// Where people write to.
    public var contactEmail: String? { contact.email }
    /// Where people call.
    public var contactPhone: String? { contact.phone }

    /// Makes settings.
    public init(
        accentColor: AccentColor = .standard, logo: ID<StoredFile>? = nil, contact: Contact = .none
    ) {
        self.accentColor = accentColor
        self.logo = logo
        self.contact = contact
    }
}

private struct SettingsRow: RowDecodable {
    let accentColor: String
    let logo: ID<StoredFile>?
    let contact: Contact

    init(row: Row) throws(RowError) {
        accentColor = try row["accent_color"]
        logo = try row["logo_file_id"]
        contact = try Contact(row: row)
    }
}

extension Transaction where Scope == TenantScope {
    /// Returns the settings of the tenant; the standard ones where it has set none.
    public func settings() async throws -> TenantSettings {
        guard
            let row = try await row(
                """
                select accent_color, logo_file_id, contact_email, contact_phone, contact_place
                from tenancy.settings
                where organization_id = \(organization)
                """, as: SettingsRow.self)
        else { return TenantSettings() }
        return TenantSettings(
            accentColor: (try? AccentColor(row.accentColor)) ?? .standard, logo: row.logo,
            contact: row.contact)
    }

    /// Writes the settings of the tenant.
    func set(_ settings: TenantSettings) async throws {
        try await execute(
            """
            insert into tenancy.settings (
                organization_id, accent_color, logo_file_id, contact_email, contact_phone, contact_place)
            values (
                \(organization), \(settings.accentColor.hex), \(settings.logo), \(settings.contact.email),
                \(settings.contact.phone), \(settings.contact.place))
            on conflict on constraint settings_pkey do update set
                accent_color = excluded.accent_color, logo_file_id = excluded.logo_file_id,
                contact_email = excluded.contact_email, contact_phone = excluded.contact_phone,
                contact_place = excluded.contact_place
            """,
            refusals: ["settings_logo_fkey": StoredFileError.notFound])
    }
}
