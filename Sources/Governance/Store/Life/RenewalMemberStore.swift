import Kernel
import Membership
public import Postgres
import Tenancy

extension ListUnconfirmed.Line: RowDecodable {
    /// Reads a member of a list.
    public init(row: Row) throws(RowError) {
        person = try row["person_id"]
        name = try row["name"]
        document = try row.identityDocument()
    }
}

extension Transaction where Scope == TenantScope {
    /// The members of an alliance on a day, of some people or of all.
    func members(
        of alliance: ID<Alliance>, among people: [ID<Person>]?, on day: CalendarDate
    ) async throws -> [ID<Person>] {
        try await values(
            """
            select distinct person_id from membership.memberships
            where organization_id = \(organization) and alliance_id = \(alliance)
                and (\(people == nil) or person_id = any (\(people ?? [])))
                and joined_on <= \(day) and (left_on is null or left_on > \(day))
            """, as: ID<Person>.self)
    }

    /// A page of the members who have not confirmed in a renewal, by name, and how many there are in all.
    func unconfirmed(
        _ query: ListUnconfirmed, on day: CalendarDate
    ) async throws -> (members: [ListUnconfirmed.Line], total: Int) {
        let words = query.words?.folded
        let number = query.words?.filter { $0.isNumber || $0.isLetter }.uppercased()
        let waiting: SQL = """
            from membership.memberships
            join membership.affiliates on affiliates.organization_id = \(organization)
                and affiliates.person_id = memberships.person_id
            where memberships.organization_id = \(organization) and memberships.alliance_id = \(query.alliance)
                and joined_on <= \(day) and (left_on is null or left_on > \(day))
                and (\(words)::text is null or position(\(words)::text in name_folded) > 0
                    or document_number = \(number))
                and not exists (
                    select from governance.renewal_confirmations as confirmations
                    where confirmations.organization_id = \(organization)
                        and confirmations.renewal_id = \(query.renewal)
                        and confirmations.person_id = memberships.person_id)
            """
        let total: Int = try await value("select count(*) \(fragment: waiting)") ?? 0
        let members = try await rows(
            """
            select memberships.person_id, document_type, document_number,
                concat_ws(' ', first_surname, second_surname, first_name, second_name) as name
            \(fragment: waiting)
            order by name_folded, memberships.person_id
            limit \(query.limit) offset \(query.offset)
            """, as: ListUnconfirmed.Line.self)
        return (members, total)
    }
}
