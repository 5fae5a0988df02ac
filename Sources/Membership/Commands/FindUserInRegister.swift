public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// A person of the register, by name.
public struct RegisteredPerson: Sendable, Hashable, RowDecodable {
    /// The person.
    public let id: ID<Person>
    /// Names and surnames as the register has them.
    public let name: String

    /// Reads a row.
    public init(row: Row) throws(RowError) {
        id = try row["person_id"]
        name = try row["name"]
    }
}

/// Finds who a user is in the register, by document: a name that is another's tells that the document was mistyped.
public struct FindUserInRegister: Query {
    /// Who may do it.
    public static let permission = Permission.seeUsers
    /// The user.
    public let user: ID<User>

    /// Names the user.
    public init(_ user: ID<User>) {
        self.user = user
    }

    /// Where the right is asked.
    public var stream: AuditStream { .office }
    /// The name in the register.
    public var disclosure: Disclosure? { Disclosure(of: user, details: ["fields": "user"]) }

    /// Reads the answer; `nil` where the register has nobody with the user's document.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> RegisteredPerson? {
        try await transaction.row(
            """
            select affiliates.person_id,
                concat_ws(' ', first_name, second_name, first_surname, second_surname) as name
            from tenancy.users
            join membership.affiliates on affiliates.organization_id = users.organization_id
                and affiliates.document_type = users.document_type
                and affiliates.document_number = users.document_number
            where users.organization_id = \(transaction.organization)
                and affiliates.organization_id = \(transaction.organization) and user_id = \(user)
            """)
    }
}
