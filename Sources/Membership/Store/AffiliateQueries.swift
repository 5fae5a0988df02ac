import Foundation
import Kernel
public import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// Reads a page of the register.
    func affiliates(_ query: ListAffiliates) async throws -> [AffiliateSummary] {
        try await rows(
            """
            select found.*, catalogue.place(municipalities.name, municipalities.department) as municipality,
                coalesce(insurers.short_name, found.insurer_code) as insurer
            from (
                select \(fragment: AffiliateSummary.columns)
                from membership.affiliates
                where organization_id = \(organization) and \(fragment: query.filter.condition(in: organization))
                order by \(fragment: query.ordering)
                limit \(query.limit) offset \(query.offset)
            ) as found
            join catalogue.municipalities on municipalities.municipality_code = found.municipality_code
            left join catalogue.insurers on insurers.insurer_code = found.insurer_code
            order by \(fragment: query.ordering)
            """)
    }

    /// Reads those who follow somebody in the order of names.
    func affiliates(
        _ filter: ListAffiliates.Filter, after last: AffiliateSummary?, limit: Int
    ) async throws -> [AffiliateSummary] {
        let after: SQL =
            if let last {
                """
                name_folded ~>=~ \(last.nameFolded)
                    and (name_folded ~>~ \(last.nameFolded) or person_id > \(last.id))
                """
            } else {
                "true"
            }
        return try await rows(
            """
            select found.*, catalogue.place(municipalities.name, municipalities.department) as municipality,
                coalesce(insurers.short_name, found.insurer_code) as insurer
            from (
                select \(fragment: AffiliateSummary.columns)
                from membership.affiliates
                where organization_id = \(organization)
                    and \(fragment: filter.condition(in: organization)) and \(fragment: after)
                order by name_folded using ~<~, person_id
                limit \(limit)
            ) as found
            join catalogue.municipalities on municipalities.municipality_code = found.municipality_code
            left join catalogue.insurers on insurers.insurer_code = found.insurer_code
            order by name_folded using ~<~, person_id
            """)
    }

    /// How many people a filter lets through.
    func affiliateCount(_ filter: ListAffiliates.Filter) async throws -> Int {
        try await value(
            """
            select count(*) from membership.affiliates
            where organization_id = \(organization) and \(fragment: filter.condition(in: organization))
            """) ?? 0
    }

    /// The municipalities of the register by name, each looked up from the one before it: a register has a million
    /// people and a few hundred of them.
    func affiliateMunicipalities() async throws -> [AffiliateMunicipality] {
        try await rows(
            """
            with recursive present (code) as (
                (select municipality_code from membership.affiliates
                where organization_id = \(organization)
                order by municipality_code limit 1)
                union all
                select (
                    select municipality_code from membership.affiliates
                    where organization_id = \(organization) and municipality_code > present.code
                    order by municipality_code limit 1)
                from present where present.code is not null
            )
            select code, catalogue.place(municipalities.name, municipalities.department) as name
            from present
            join catalogue.municipalities on municipalities.municipality_code = present.code
            order by municipalities.name collate "es-CO-x-icu", code
            """)
    }

    /// Reads what the register says of a person, and what it said before.
    func affiliateFile(of person: ID<Person>) async throws -> AffiliateFile? {
        let current = try await row(
            """
            select document_type, document_number, valid_from, null::date as valid_until, batch_id,
                concat_ws(' ', first_name, second_name, first_surname, second_surname) as name,
                catalogue.place(municipalities.name, municipalities.department) as municipality,
                coalesce(insurers.name, affiliates.insurer_code) as insurer,
                \(fragment: AffiliateFile.Statement.columns)
            from membership.affiliates
            join catalogue.municipalities
                on municipalities.municipality_code = affiliates.municipality_code
            left join catalogue.insurers on insurers.insurer_code = affiliates.insurer_code
            where organization_id = \(organization) and person_id = \(person)
            """, as: CurrentStatement.self)
        guard let current else { return nil }
        let former = try await rows(
            """
            select valid_from, valid_until, batch_id, \(fragment: AffiliateFile.Statement.columns)
            from membership.affiliate_versions as affiliates
            where organization_id = \(organization) and person_id = \(person)
            order by valid_until desc, replaced_by desc
            """, as: AffiliateFile.Statement.self)
        let alliances = try await rows(
            """
            select alliances.name, alliances.slug, joined_on
            from membership.memberships
            join tenancy.alliances
                on alliances.organization_id = \(organization)
                and alliances.alliance_id = memberships.alliance_id
            where memberships.organization_id = \(organization) and person_id = \(person) and left_on is null
            order by alliances.name
            """, as: AffiliateFile.Membership.self)
        return AffiliateFile(
            person: person, name: current.name, document: current.document,
            municipality: current.municipality, insurer: current.insurer, current: current.statement,
            former: former, alliances: alliances)
    }
}

extension Regime: SQLValue {}

extension ListAffiliates.Filter {
    fileprivate func condition(in organization: ID<Organization>) -> SQL {
        """
        \(fragment: words.map { found(by: PersonSearch($0), in: organization) } ?? "true")
            and (\(state)::text is null or affiliation_state = \(state))
            and (\(municipality?.rawValue)::text is null or municipality_code = \(municipality?.rawValue))
        """
    }

    /// Names are looked up word by word and documents by type and number: the register itself is not looked through.
    /// Who has all the words is gathered before, from the words alone, since left to join them the planner takes words
    /// that many have for a reason to read the whole register.
    private func found(by search: PersonSearch?, in organization: ID<Organization>) -> SQL {
        switch search {
        case nil: "false"
        case .name(let words):
            "person_id = any (array(\(fragment: Self.people(named: words, in: organization))))"
        case .document(let document):
            "(document_type = \(document.type) and document_number = \(document.number))"
        case .number(let number):
            "(document_type = any (\(DocumentType.allCases.map(\.rawValue))) and document_number = \(number))"
        }
    }

    private static func people(named words: [String], in organization: ID<Organization>) -> SQL {
        words.dropFirst().reduce(people(of: words[0], in: organization)) { people, word in
            "\(fragment: people) intersect \(fragment: Self.people(of: word, in: organization))"
        }
    }

    private static func people(of word: String, in organization: ID<Organization>) -> SQL {
        """
        select person_id from membership.affiliate_words
        where organization_id = \(organization) and word ^@ \(word)
        """
    }
}

extension ListAffiliates {
    /// Names in the order of their index; they are folded, so that it is the order of the alphabet.
    fileprivate var ordering: SQL {
        switch (order, isDescending) {
        case (.name, false): "name_folded using ~<~, person_id"
        case (.name, true): "name_folded using ~>~, person_id"
        case (.document, false): "document_type, document_number"
        case (.document, true): "document_type desc, document_number desc"
        }
    }
}

extension AffiliateSummary: RowDecodable {
    fileprivate static var columns: SQL {
        """
        person_id, concat_ws(' ', first_surname, second_surname, first_name, second_name) as full_name, name_folded,
        document_type, document_number, municipality_code, affiliation_state, regime, insurer_code, valid_from
        """
    }

    /// Reads a row of a list.
    public init(row: Row) throws(RowError) {
        id = try row["person_id"]
        name = try row["full_name"]
        nameFolded = try row["name_folded"]
        document = try row.identityDocument()
        municipality = try row["municipality"]
        state = try row["affiliation_state"]
        regime = try row["regime"]
        insurer = try row["insurer"]
        validFrom = try row["valid_from"]
    }
}

extension AffiliateMunicipality: RowDecodable {
    /// Reads a row.
    public init(row: Row) throws(RowError) {
        let text: String = try row["code"]
        guard let code = MunicipalityCode(rawValue: text) else {
            throw RowError(unreadable: "code", because: MunicipalityCodeError.malformed)
        }
        self.code = code
        name = try row["name"]
    }
}

extension AffiliateFile.Membership: RowDecodable {
    /// Reads a row.
    public init(row: Row) throws(RowError) {
        name = try row["name"]
        slug = try row["slug"]
        since = try row["joined_on"]
    }
}

/// What the register says now, with whom it says it of.
private struct CurrentStatement: RowDecodable {
    let name: String
    let document: IdentityDocument
    let municipality: String
    let insurer: String?
    let statement: AffiliateFile.Statement

    init(row: Row) throws(RowError) {
        name = try row["name"]
        document = try row.identityDocument()
        municipality = try row["municipality"]
        insurer = try row["insurer"]
        statement = try AffiliateFile.Statement(row: row)
    }
}

extension AffiliateFile.Statement: RowDecodable {
    fileprivate static var columns: SQL {
        """
        first_surname as primer_apellido, second_surname as segundo_apellido, first_name as primer_nombre,
        second_name as segundo_nombre, birth_date::text as fecha_nacimiento, sex as sexo,
        affiliates.municipality_code as codigo_municipio, affiliates.regime as regimen, affiliation_state as estado_afiliacion,
        phone as telefono, email as correo, affiliates.insurer_code as eps
        """
    }

    /// Reads a row of the register or of its history.
    public init(row: Row) throws(RowError) {
        from = try row["valid_from"]
        until = try row["valid_until"]
        batch = try row["batch_id"]
        var values: [AffiliateColumn: String] = [:]
        for column in AffiliateColumn.allCases where column != .documentType && column != .documentNumber {
            let value: String? = try row[column.columnName]
            values[column] = value
        }
        self.values = values
    }
}
