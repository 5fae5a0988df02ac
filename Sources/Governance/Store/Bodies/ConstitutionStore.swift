import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// The constitution assemblies of an alliance, the latest first.
    public func constitutions(of alliance: ID<Alliance>) async throws -> [Constitution] {
        let headers = try await rows(
            """
            select constitution_id, held_on, place, attendees, minutes_file_id from governance.constitutions
            where organization_id = \(organization) and alliance_id = \(alliance) and withdrawn_at is null
            order by held_on desc
            """, as: ConstitutionRow.self)
        guard !headers.isEmpty else { return [] }
        let signers = Dictionary(
            grouping: try await rows(
                """
                select constitution_id, person_id, name, office from governance.constitution_signers
                where organization_id = \(organization) and constitution_id = any (\(headers.map(\.id)))
                order by constitution_id, position
                """, as: SignerRow.self), by: \.constitution)
        return headers.map { $0.constitution(signedBy: (signers[$0.id] ?? []).map(\.signer)) }
    }

    /// The registrations of an alliance, the latest first.
    public func registrations(of alliance: ID<Alliance>) async throws -> [Registration] {
        try await rows(
            """
            select registration_id, authority, number, registered_on, certificate_file_id
            from governance.registrations
            where organization_id = \(organization) and alliance_id = \(alliance) and withdrawn_at is null
            order by registered_on desc nulls last, registration_id
            """)
    }

    /// Adds a constitution assembly.
    ///
    /// - Throws: ``ConstitutionError/sameDay``.
    func insert(_ constitution: Constitution, of alliance: ID<Alliance>, at now: Date) async throws {
        try await execute(
            """
            insert into governance.constitutions (
                organization_id, constitution_id, alliance_id, held_on, place, attendees, minutes_file_id,
                recorded_at)
            values (
                \(organization), \(constitution.id), \(alliance), \(constitution.heldOn),
                \(constitution.place), \(constitution.attendees), \(constitution.file), \(now))
            """,
            refusals: ["constitutions_day_key": ConstitutionError.sameDay])
        let signers = constitution.signers
        try await execute(
            """
            insert into governance.constitution_signers (
                organization_id, constitution_id, position, person_id, name, office)
            select \(organization), \(constitution.id), position, person_id, name, office
            from unnest(\(signers.map(\.person)), \(signers.map(\.name)), \(signers.map(\.office)))
                with ordinality as signers (person_id, name, office, position)
            """)
    }

    /// Adds a registration.
    ///
    /// - Throws: ``ConstitutionError/numberTaken``.
    func insert(_ registration: Registration, of alliance: ID<Alliance>, at now: Date) async throws {
        try await execute(
            """
            insert into governance.registrations (
                organization_id, registration_id, alliance_id, authority, number, registered_on,
                certificate_file_id, recorded_at)
            values (
                \(organization), \(registration.id), \(alliance), \(registration.authority),
                \(registration.number), \(registration.registeredOn), \(registration.file), \(now))
            """,
            refusals: ["registrations_number_key": ConstitutionError.numberTaken])
    }

    /// Lets a constitution give way to another record of it.
    ///
    /// - Throws: ``ConstitutionError/notFound``.
    func withdraw(_ constitution: ID<Constitution>, because reason: String, at now: Date) async throws {
        let withdrawn = try await execute(
            """
            update governance.constitutions
            set withdrawn_at = \(now), withdrawn_by = \(scope.principal.user), withdrawal_reason = \(reason)
            where organization_id = \(organization) and constitution_id = \(constitution)
                and withdrawn_at is null
            """)
        guard withdrawn == 1 else { throw ConstitutionError.notFound }
    }

    /// Lets a registration give way to another record of it.
    ///
    /// - Throws: ``ConstitutionError/notFound``.
    func withdraw(_ registration: ID<Registration>, because reason: String, at now: Date) async throws {
        let withdrawn = try await execute(
            """
            update governance.registrations
            set withdrawn_at = \(now), withdrawn_by = \(scope.principal.user), withdrawal_reason = \(reason)
            where organization_id = \(organization) and registration_id = \(registration)
                and withdrawn_at is null
            """)
        guard withdrawn == 1 else { throw ConstitutionError.notFound }
    }

    /// The documents of people of the register.
    public func documents(of people: [ID<Person>]) async throws -> [ID<Person>: IdentityDocument] {
        let found = try await rows(
            """
            select document_type, document_number, person_id, '' as name from membership.affiliates
            where organization_id = \(organization) and person_id = any (\(people))
            """, as: PersonRow.self)
        return Dictionary(
            found.compactMap { row in row.document.map { (row.person, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// Affiliates by their documents, with the names that they have now.
    func people(
        with documents: [IdentityDocument]
    ) async throws -> [IdentityDocument: (person: ID<Person>, name: String)] {
        let found = try await rows(
            """
            select affiliates.document_type, affiliates.document_number, person_id,
                concat_ws(' ', first_name, second_name, first_surname, second_surname) as name
            from membership.affiliates
            join unnest(\(documents.map(\.type.rawValue)), \(documents.map(\.number)))
                as asked (document_type, document_number)
                on asked.document_type = affiliates.document_type
                and asked.document_number = affiliates.document_number
            where organization_id = \(organization)
            """, as: PersonRow.self)
        return Dictionary(
            found.compactMap { row in row.document.map { ($0, (row.person, row.name)) } },
            uniquingKeysWith: { first, _ in first })
    }
}

// MARK: - Rows

private struct ConstitutionRow: RowDecodable {
    let id: ID<Constitution>
    let heldOn: CalendarDate
    let place: String
    let attendees: Int
    let file: ID<StoredFile>?

    init(row: Row) throws(RowError) {
        id = try row["constitution_id"]
        heldOn = try row["held_on"]
        place = try row["place"]
        attendees = try row["attendees"]
        file = try row["minutes_file_id"]
    }

    func constitution(signedBy signers: [Constitution.Signer]) -> Constitution {
        Constitution(
            id: id, heldOn: heldOn, place: place, attendees: attendees, signers: signers, file: file)
    }
}

private struct SignerRow: RowDecodable {
    let constitution: ID<Constitution>
    let signer: Constitution.Signer

    init(row: Row) throws(RowError) {
        constitution = try row["constitution_id"]
        signer = Constitution.Signer(
            person: try row["person_id"], name: try row["name"], office: try row["office"])
    }
}

private struct PersonRow: RowDecodable {
    let document: IdentityDocument?
    let person: ID<Person>
    let name: String

    init(row: Row) throws(RowError) {
        let type: String = try row["document_type"]
        let number: String = try row["document_number"]
        document = IdentityDocument("\(type) \(number)")
        person = try row["person_id"]
        name = try row["name"]
    }
}

extension Registration: RowDecodable {
    /// Reads a row of `governance.registrations`.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["registration_id"], authority: try row["authority"], number: try row["number"],
            registeredOn: try row["registered_on"], file: try row["certificate_file_id"])
    }
}
