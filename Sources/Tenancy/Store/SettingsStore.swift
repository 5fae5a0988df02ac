public import Kernel
public import Postgres

/// How a tenant looks and is reached.
public struct TenantSettings: Sendable, Hashable {
    /// The colour of its pages.
    public let accentColor: AccentColor
    /// Its logo.
    public let logo: ID<StoredFile>?
    /// Where people write to.
    public let contactEmail: String?
    /// Where people call.
    public let contactPhone: String?

    /// Makes settings.
    public init(
        accentColor: AccentColor = .standard, logo: ID<StoredFile>? = nil, contactEmail: String? = nil,
        contactPhone: String? = nil
    ) {
        self.accentColor = accentColor
        self.logo = logo
        self.contactEmail = contactEmail
        self.contactPhone = contactPhone
    }
}

private struct SettingsRow: RowDecodable {
    let accentColor: String
    let logo: ID<StoredFile>?
    let contactEmail: String?
    let contactPhone: String?

    init(row: Row) throws(RowError) {
        accentColor = try row["accent_color"]
        logo = try row["logo_file_id"]
        contactEmail = try row["contact_email"]
        contactPhone = try row["contact_phone"]
    }
}

extension Transaction where Scope == TenantScope {
    /// Returns the settings of the tenant; the standard ones where it has set none.
    public func settings() async throws -> TenantSettings {
        guard
            let row = try await row(
                """
                select accent_color, logo_file_id, contact_email, contact_phone from tenancy.settings
                where organization_id = \(organization)
                """, as: SettingsRow.self)
        else { return TenantSettings() }
        return TenantSettings(
            accentColor: (try? AccentColor(row.accentColor)) ?? .standard, logo: row.logo,
            contactEmail: row.contactEmail, contactPhone: row.contactPhone)
    }

    /// Writes the settings of the tenant.
    func set(_ settings: TenantSettings) async throws {
        try await execute(
            """
            insert into tenancy.settings (
                organization_id, accent_color, logo_file_id, contact_email, contact_phone)
            values (
                \(organization), \(settings.accentColor.hex), \(settings.logo), \(settings.contactEmail),
                \(settings.contactPhone))
            on conflict on constraint settings_pkey do update set
                accent_color = excluded.accent_color, logo_file_id = excluded.logo_file_id,
                contact_email = excluded.contact_email, contact_phone = excluded.contact_phone
            """,
            refusals: ["settings_logo_fkey": StoredFileError.notFound])
    }
}
