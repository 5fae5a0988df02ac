import Foundation
import Kernel
import Postgres
import Tenancy

/// The register of a tenant among others, and the two statements that are measured on it: as the product runs them
/// and as scripts of pgbench.
struct BenchRows: Sendable {
    /// The people of each tenant.
    private static let people = 10_000
    /// A row of the register is found by the document, as sign-in and check-in do; with the tenant's own key.
    private static let firstDocument = 1_900_000_000

    /// The tenant.
    let organization: ID<Organization>
    private let scope: TenantScope

    private struct Person: RowDecodable {
        let id: ID<Person>
        let firstSurname: String
        let secondSurname: String?
        let firstName: String
        let birthDate: CalendarDate
        let municipality: String
        let state: String
        let validFrom: CalendarDate

        init(row: Row) throws(RowError) {
            id = try row["person_id"]
            firstSurname = try row["first_surname"]
            secondSurname = try row["second_surname"]
            firstName = try row["first_name"]
            birthDate = try row["birth_date"]
            municipality = try row["municipality_code"]
            state = try row["affiliation_state"]
            validFrom = try row["valid_from"]
        }
    }

    /// Fills the register of ten tenants.
    static func make(in workbench: Workbench) async throws -> BenchRows {
        let organizations = (0..<10).map { _ in ID<Organization>() }
        let tenants = organizations.map { "('\($0)'::uuid)" }.joined(separator: ", ")
        try await workbench.database.script(
            """
            insert into membership.affiliates (
                organization_id, person_id, document_type, document_number, first_surname, second_surname,
                first_name, birth_date, sex, municipality_code, regime, affiliation_state, insurer_code, valid_from)
            select tenant, gen_random_uuid(), 'CC', (\(firstDocument) + number)::text, 'Pérez', 'Gómez', 'María',
                date '1980-01-01' + number, 'F', '23672', 'subsidiado', 'active', 'ESS207', date '2026-01-01'
            from (values \(tenants)) as tenants (tenant), generate_series(0, \(people - 1)) as number
            """, as: .owner)
        try await workbench.database.script("vacuum analyze membership.affiliates", as: .owner)
        return BenchRows(organization: organizations[4])
    }

    private init(organization: ID<Organization>) {
        self.organization = organization
        scope = TenantScope(.terminal(in: organization))
    }

    // MARK: Select

    /// Reads one person by the document.
    func select(from database: Database, _ random: inout PlainRandom) async throws {
        let document = String(Self.firstDocument + Int.random(in: 0..<Self.people, using: &random))
        let person = try await database.read(scope) { transaction in
            try await transaction.row(
                """
                select person_id, first_surname, second_surname, first_name, birth_date, municipality_code,
                    affiliation_state, valid_from
                from membership.affiliates
                where organization_id = \(organization) and document_type = 'CC' and document_number = \(document)
                """, as: Person.self)
        }
        precondition(person != nil, "every document is in the register")
    }

    /// The same as a script of pgbench.
    var selectScript: String {
        """
        \\set document random(\(Self.firstDocument), \(Self.firstDocument + Self.people - 1))
        \\startpipeline
        begin isolation level read committed read only;
        select tenancy.enter_tenant(:organization, null);
        select person_id, first_surname, second_surname, first_name, birth_date, municipality_code, affiliation_state, valid_from from membership.affiliates where organization_id = :organization and document_type = 'CC' and document_number = :document;
        commit;
        \\endpipeline

        """
    }

    // MARK: Insert

    /// Writes one message of the outbox.
    func insert(into database: Database, _ random: inout PlainRandom) async throws {
        let number = Int.random(in: 1...Int.max, using: &random)
        try await database.execute(
            """
            insert into tenancy.outbox (
                organization_id, message_id, topic, subject_id, payload, posted_at, attempts, next_attempt_at)
            values (
                \(organization), lpad(to_hex(\(number)::bigint), 32, '0')::uuid, 'bench.row.made', 'x', '{}',
                '2026-11-21 00:00:00+00', 0, '2026-11-21 00:00:00+00')
            """, in: scope)
    }

    /// The same as a script of pgbench.
    var insertScript: String {
        """
        \\set number random(1, 9223372036854775806)
        \\startpipeline
        begin isolation level read committed read write;
        select tenancy.enter_tenant(:organization, null);
        insert into tenancy.outbox (organization_id, message_id, topic, subject_id, payload, posted_at, attempts, next_attempt_at) values (:organization, lpad(to_hex(:number::bigint), 32, '0')::uuid, 'bench.row.made', 'x', '{}', '2026-11-21 00:00:00+00', 0, '2026-11-21 00:00:00+00');
        commit;
        \\endpipeline

        """
    }
}

/// Numbers as pgbench draws them: from a generator of the process, not from the kernel's, whose every number is a
/// call. SplitMix64 (Steele, Lea and Flood, 2014).
struct PlainRandom: RandomNumberGenerator {
    private var state = UInt64.random(in: .min ... .max)

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
