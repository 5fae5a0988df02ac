import Foundation
import Kernel
import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// Puts down what a person is in a process, and says what they are from now on: the first that was put down stays.
    func take(
        _ capacity: Capacity, by person: ID<Person>, in process: ID<ElectoralProcess>, at now: Date
    ) async throws -> Capacity {
        try await execute(
            """
            insert into elections.capacities (organization_id, process_id, person_id, capacity, since)
            values (\(organization), \(process), \(person), \(capacity), \(now))
            on conflict on constraint capacities_pkey do nothing
            """)
        return try await self.capacity(of: person, in: process) ?? capacity
    }

    /// What a person is in a process; `nil` for somebody who is nothing in it.
    func capacity(of person: ID<Person>, in process: ID<ElectoralProcess>) async throws -> Capacity? {
        try await value(
            """
            select capacity from elections.capacities
            where organization_id = \(organization) and process_id = \(process) and person_id = \(person)
            """)
    }

    /// The users whom the register knows as people that are something else in a process than what may be.
    func usersBeing(otherThan capacities: [Capacity], in place: ProcessPlace) async throws -> [ID<User>] {
        try await values(
            """
            select users.user_id from tenancy.users
            join membership.affiliates on affiliates.organization_id = \(organization)
                and affiliates.document_type = users.document_type
                and affiliates.document_number = users.document_number
            join elections.capacities on capacities.organization_id = \(organization)
                and capacities.person_id = affiliates.person_id
            where users.organization_id = \(organization) and capacities.process_id = \(place.process)
                and capacity <> all (\(capacities))
            """)
    }

    /// Adds a juror to a table.
    ///
    /// - Throws: ``TableError``.
    func insert(
        _ juror: Juror, being person: ID<Person>?, by grant: ID<Grant>, in process: ID<ElectoralProcess>,
        at now: Date
    ) async throws {
        try await execute(
            """
            insert into elections.jurors (
                organization_id, juror_id, process_id, table_id, jury, user_id, person_id, capacity, grant_id,
                name, appointed_at, appointed_by)
            values (
                \(organization), \(juror.id), \(process), \(juror.table), \(juror.jury), \(juror.user),
                \(person), 'juror', \(grant), \(juror.name), \(now), \(scope.principal.user))
            """,
            refusals: [
                "jurors_one_per_jury_key": TableError.juriesComplete,
                "jurors_one_jury_key": TableError.alreadyJuror(juror.name),
            ])
    }

    /// Relieves a juror; their right to enter counts ends.
    ///
    /// - Throws: ``TableError/jurorNotFound``.
    func relieve(
        _ juror: ID<Juror>, in process: ID<ElectoralProcess>, because reason: String, at now: Date
    ) async throws {
        let grant: ID<Grant>? = try await value(
            """
            update elections.jurors set relieved_at = \(now), relief_reason = \(reason)
            where organization_id = \(organization) and process_id = \(process) and juror_id = \(juror)
                and relieved_at is null
            returning grant_id
            """)
        guard let grant else { throw TableError.jurorNotFound }
        try await execute(
            """
            update tenancy.grants set ends_at = greatest(\(now), starts_at)
            where organization_id = \(organization) and grant_id = \(grant)
                and (ends_at is null or ends_at > \(now))
            """)
    }
}
