import Crypto
import Foundation
import Kernel
public import Postgres
import Tenancy

/// A list of the entity's own employees.
public enum StaffList {}

extension Transaction where Scope == TenantScope {
    /// Keeps the hashes of a list under a salt of its own.
    func insertStaffList(
        of documents: Set<IdentityDocument>, asOf day: CalendarDate, at now: Date
    ) async throws -> ID<StaffList> {
        let list = ID<StaffList>()
        let salt = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        let hashes = documents.map { document in
            Array(SHA256.hash(data: salt + Array("\(document.type.rawValue) \(document.number)".utf8)))
        }
        try await execute(
            """
            insert into membership.staff_lists (
                organization_id, staff_list_id, as_of, salt, entry_count, loaded_at, loaded_by)
            values (
                \(organization), \(list), \(day), \(salt), \(documents.count), \(now),
                \(scope.principal.user))
            """)
        try await execute(
            """
            insert into membership.staff_list_entries (organization_id, staff_list_id, document_hash)
            select \(organization), \(list), document_hash
            from unnest(\(hashes)) as entries (document_hash)
            """)
        return list
    }

    /// Reads the lists of the tenant, the latest first.
    func staffLists() async throws -> [StaffListSummary] {
        try await rows(
            """
            select as_of, entry_count, loaded_at, users.name as loaded_by
            from membership.staff_lists
            left join tenancy.users
                on users.organization_id = \(organization) and users.user_id = staff_lists.loaded_by
            where staff_lists.organization_id = \(organization)
            order by as_of desc, loaded_at desc
            """)
    }
}

extension StaffListSummary: RowDecodable {
    /// Reads a row.
    public init(row: Row) throws(RowError) {
        day = try row["as_of"]
        entries = try row["entry_count"]
        loadedAt = try row["loaded_at"]
        loadedBy = try row["loaded_by"]
    }
}
