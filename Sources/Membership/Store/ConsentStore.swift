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

extension OwnFile.GivenConsent: RowDecodable {
    /// Reads a row of an authorisation with its text.
    public init(row: Row) throws(RowError) {
        self.init(
            text: try ConsentText(row: row), givenOn: try row["given_on"], channel: try row["channel"],
            withdrawnOn: try row["withdrawn_on"])
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

extension Transaction where Scope == TenantScope {
    /// Keeps that people agreed to a text on a day. Who agreed to the same text on the same day in another alliance
    /// agreed once.
    ///
    /// - Throws: ``ConsentError/withdrawnThatDay`` where one of them took it back the same day.
    func insertConsents(
        of people: [ID<Person>], to text: ConsentText, on day: CalendarDate, through channel: ConsentChannel,
        proof: ID<StoredFile>?, at now: Date
    ) async throws {
        try await execute(
            """
            insert into membership.consents (
                organization_id, consent_id, person_id, consent_text_id, purpose, given_on, channel,
                proof_file_id, recorded_at, recorded_by)
            select \(organization), consent_id, person_id, \(text.id), \(text.purpose), \(day), \(channel),
                \(proof), \(now), \(scope.principal.user)
            from unnest(\(people.map { _ in ID<ConsentText>() }), \(people)) as given (consent_id, person_id)
            on conflict on constraint consents_text_key do nothing
            """)
        guard try await withdrawals(of: people, from: text, givenOn: day).isEmpty else {
            throw ConsentError.withdrawnThatDay
        }
    }

    /// Who of people agreed to a text on a day and took that back.
    func withdrawals(
        of people: [ID<Person>], from text: ConsentText, givenOn day: CalendarDate
    ) async throws -> Set<ID<Person>> {
        Set(
            try await values(
                """
                select person_id from membership.consents
                where organization_id = \(organization) and person_id = any (\(people))
                    and consent_text_id = \(text.id) and given_on = \(day) and withdrawn_on is not null
                """,
                as: ID<Person>.self))
    }

    /// Ends the authorisations of a person for a purpose.
    ///
    /// - Returns: Whether there was one in force.
    func withdrawConsents(
        of person: ID<Person>, for purpose: ConsentPurpose, on day: CalendarDate
    ) async throws -> Bool {
        try await execute(
            """
            update membership.consents set withdrawn_on = \(day)
            where organization_id = \(organization) and person_id = \(person) and purpose = \(purpose)
                and given_on <= \(day) and withdrawn_on is null
            """) > 0
    }

    /// Whether a person agreed to a text and has not taken it back by a day.
    func agrees(_ person: ID<Person>, to text: ConsentText, on day: CalendarDate) async throws -> Bool {
        try await value(
            """
            select exists (
                select from membership.consents
                where organization_id = \(organization) and person_id = \(person)
                    and consent_text_id = \(text.id) and (withdrawn_on is null or withdrawn_on > \(day)))
            """) ?? false
    }

    /// The authorisations that a person gave, the latest first, each with its text.
    func givenConsents(of person: ID<Person>) async throws -> [OwnFile.GivenConsent] {
        try await rows(
            """
            select texts.consent_text_id, texts.purpose, texts.version, texts.body, texts.in_force_from,
                consents.given_on, consents.channel, consents.withdrawn_on
            from membership.consents
            join membership.consent_texts as texts on texts.organization_id = \(organization)
                and texts.consent_text_id = consents.consent_text_id
            where consents.organization_id = \(organization) and consents.person_id = \(person)
            order by consents.given_on desc, texts.purpose, texts.version desc
            """)
    }

    /// Which purposes a person has an authorisation for on a day.
    public func consents(of person: ID<Person>, on day: CalendarDate) async throws -> Set<ConsentPurpose> {
        Set(
            try await values(
                """
                select distinct purpose from membership.consents
                where organization_id = \(organization) and person_id = \(person) and given_on <= \(day)
                    and (withdrawn_on is null or withdrawn_on > \(day))
                """, as: ConsentPurpose.self))
    }
}
