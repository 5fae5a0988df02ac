public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// The person of the register with a document.
    public func person(with document: IdentityDocument) async throws -> ID<Person>? {
        try await value(
            """
            select person_id from membership.affiliates
            where organization_id = \(organization) and document_type = \(document.type)
                and document_number = \(document.number)
            """)
    }

    /// The name of a person of the register, given names first.
    public func name(of person: ID<Person>) async throws -> String? {
        try await value(
            """
            select concat_ws(' ', first_name, second_name, first_surname, second_surname)
            from membership.affiliates
            where organization_id = \(organization) and person_id = \(person)
            """)
    }

    /// The person of the register who a user is. It is asked by the document each time, so that the register may come to
    /// know them after the user was invited.
    public func person(of user: ID<User>) async throws -> ID<Person>? {
        try await value(
            """
            select affiliates.person_id from tenancy.users
            join membership.affiliates on affiliates.organization_id = users.organization_id
                and affiliates.document_type = users.document_type
                and affiliates.document_number = users.document_number
            where users.organization_id = \(organization) and affiliates.organization_id = \(organization)
                and user_id = \(user)
            """)
    }
}
