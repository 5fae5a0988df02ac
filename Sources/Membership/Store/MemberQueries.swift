import Foundation
import Kernel
public import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// Reads a page of the members of an alliance, and how many there are in all.
    func members(_ query: ListMembers) async throws -> (members: [MemberSummary], total: Int) {
        let found = membersFound(by: query)
        let total: Int = try await value("select count(*) from (\(fragment: found)) as found") ?? 0
        let members = try await rows(
            """
            select found.*, catalogue.place(municipalities.name, municipalities.department) as municipality
            from (\(fragment: found)) as found
            join catalogue.municipalities on municipalities.municipality_code = found.municipality_code
            order by \(fragment: query.ordering)
            limit \(query.limit) offset \(query.offset)
            """,
            as: MemberSummary.self)
        return (members, total)
    }

    /// Finds present members by words, once in each of their alliances.
    func members(found query: FindMembers) async throws -> [FindMembers.Hit] {
        let isEverywhere = query.streams.contains(.office)
        return try await rows(
            """
            select memberships.alliance_id, memberships.person_id,
                concat_ws(' ', first_surname, second_surname, first_name, second_name) as name,
                document_type, document_number, affiliation_state, joined_on, left_on,
                catalogue.place(municipalities.name, municipalities.department) as municipality
            from membership.affiliates
            join membership.memberships on memberships.organization_id = \(organization)
                and memberships.person_id = affiliates.person_id
            join catalogue.municipalities on municipalities.municipality_code = affiliates.municipality_code
            where affiliates.organization_id = \(organization) and left_on is null
                and (\(isEverywhere) or alliance_id = any (\(query.streams.compactMap(\.alliance))))
                and \(fragment: PersonSearch.condition(query.words, in: organization))
            order by affiliates.name_folded collate "es-CO-x-icu", memberships.person_id, alliance_id
            limit \(query.limit)
            """)
    }

    /// Each person once, with the last period.
    private func membersFound(by query: ListMembers) -> SQL {
        return """
            select distinct on (memberships.person_id) memberships.person_id,
                concat_ws(' ', first_surname, second_surname, first_name, second_name) as name, name_folded,
                document_type, document_number, municipality_code, affiliation_state, joined_on, left_on
            from membership.memberships
            join membership.affiliates
                on affiliates.organization_id = \(organization)
                and affiliates.person_id = memberships.person_id
            where memberships.organization_id = \(organization)
                and memberships.alliance_id = \(query.alliance)
                and (\(query.areFormer) = (left_on is not null))
                and (not \(query.areFormer) or not exists (
                    select from membership.memberships as current
                    where current.organization_id = \(organization)
                        and current.alliance_id = \(query.alliance)
                        and current.person_id = memberships.person_id and current.left_on is null))
                and \(fragment: query.words.map { found(by: PersonSearch($0)) } ?? "true")
                and (\(query.municipality)::text is null or municipality_code = \(query.municipality))
            order by memberships.person_id, joined_on desc
            """
    }

    /// An alliance has thousands of members at the most, and all of them are at hand to be counted: their names are
    /// looked through, where the register's are looked up.
    private func found(by search: PersonSearch?) -> SQL {
        switch search {
        case nil: "false"
        case .name(let words):
            """
            not exists (
                select from unnest(\(words)) as typed (word)
                where not exists (
                    select from unnest(membership.name_words(
                        first_surname, second_surname, first_name, second_name)) as known (word)
                    where known.word ^@ typed.word))
            """
        case .document(let document):
            "(document_type = \(document.type) and document_number = \(document.number))"
        case .number(let number): "document_number = \(number)"
        }
    }

    /// Reads what an alliance has of a person, with birth and contact data for who sees the register, and for the person.
    func personFile(
        of person: ID<Person>, in alliance: ID<Alliance>, isOwn: Bool = false
    ) async throws -> PersonFile? {
        let identity = try await row(
            """
            select concat_ws(' ', first_name, second_name, first_surname, second_surname) as name,
                document_type, document_number, birth_date, affiliation_state, phone, email,
                catalogue.place(municipalities.name, municipalities.department) as municipality
            from membership.affiliates
            join catalogue.municipalities
                on municipalities.municipality_code = affiliates.municipality_code
            where organization_id = \(organization) and person_id = \(person)
            """,
            as: IdentityRow.self)
        guard let identity else { return nil }
        let papers = try await rows(
            """
            \(fragment: paperColumns)
            where facts.organization_id = \(organization) and facts.person_id = \(person) and needs_review
                and alliance_id = \(alliance)
            order by valid_from desc, facts.recorded_at desc
            """,
            as: PersonFile.Paper.self)
        return PersonFile(
            person: person, name: identity.name, document: identity.document,
            municipality: identity.municipality, affiliation: identity.affiliation,
            registered: isOwn || seesRegister
                ? .init(birthDate: identity.birthDate, phone: identity.phone, email: identity.email) : nil,
            periods: try await periods(of: person, in: alliance), papers: papers)
    }
}

extension ListMembers {
    fileprivate var ordering: SQL {
        switch (order, isDescending) {
        case (.name, false): "found.name_folded collate \"es-CO-x-icu\", person_id"
        case (.name, true): "found.name_folded collate \"es-CO-x-icu\" desc, person_id"
        case (.document, false): "document_type, length(document_number), document_number"
        case (.document, true): "document_type desc, length(document_number) desc, document_number desc"
        case (.joined, false): "joined_on, found.name_folded, person_id"
        case (.joined, true): "joined_on desc, found.name_folded, person_id"
        }
    }
}

extension FindMembers.Hit: RowDecodable {
    /// Reads a row of what was found.
    public init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        member = try MemberSummary(row: row)
    }
}

extension MemberSummary: RowDecodable {
    /// Reads a row of a list.
    public init(row: Row) throws(RowError) {
        person = try row["person_id"]
        name = try row["name"]
        document = try row.identityDocument()
        municipality = try row["municipality"]
        affiliation = try row["affiliation_state"]
        joinedOn = try row["joined_on"]
        leftOn = try row["left_on"]
    }
}

private struct IdentityRow: RowDecodable {
    let name: String
    let document: IdentityDocument
    let birthDate: CalendarDate
    let municipality: String
    let affiliation: AffiliationState
    let phone: String?
    let email: String?

    init(row: Row) throws(RowError) {
        name = try row["name"]
        document = try row.identityDocument()
        birthDate = try row["birth_date"]
        municipality = try row["municipality"]
        affiliation = try row["affiliation_state"]
        phone = try row["phone"]
        email = try row["email"]
    }
}
