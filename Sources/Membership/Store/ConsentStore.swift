import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension ConsentPurpose: SQLValue {}
extension ConsentChannel: SQLValue {}

extension ConsentText: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["consent_text_id"], purpose: try row["purpose"], version: try row["version"],
            body: try row["body"], inForceFrom: try row["in_force_from"])
    }
}

extension Transaction where Scope == TenantScope {
    /// Returns the texts of the tenant, by purpose and then from the latest to the first.
    public func consentTexts() async throws -> [ConsentText] {
        try await rows(
            """
            select consent_text_id, purpose, version, body, in_force_from from membership.consent_texts
            where organization_id = \(organization) order by purpose, version desc
            """)
    }

    /// Returns the text of a purpose that was in use on a day.
    public func consentText(for purpose: ConsentPurpose, on day: CalendarDate) async throws -> ConsentText? {
        try await row(
            """
            select consent_text_id, purpose, version, body, in_force_from from membership.consent_texts
            where organization_id = \(organization) and purpose = \(purpose) and in_force_from <= \(day)
            order by in_force_from desc, version desc limit 1
            """)
    }

    /// Adds a text after those that its purpose has.
    func insertConsentText(
        _ body: String, for purpose: ConsentPurpose, from day: CalendarDate, at now: Date
    ) async throws -> ConsentText {
        let latest: Int? = try await value(
            """
            select max(version) from membership.consent_texts
            where organization_id = \(organization) and purpose = \(purpose)
            """)
        let text = ConsentText(
            id: ID(), purpose: purpose, version: (latest ?? 0) + 1, body: body, inForceFrom: day)
        try await execute(
            """
            insert into membership.consent_texts (
                organization_id, consent_text_id, purpose, version, body, in_force_from, recorded_at)
            values (
                \(organization), \(text.id), \(text.purpose), \(text.version), \(text.body),
                \(text.inForceFrom), \(now))
            """)
        return text
    }
}
