import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// A database with the catalogues, a clock and everything that commands need: where most tests of the modules
/// begin.
public struct TestTenants: Sendable {
    /// The database.
    public let database: Database
    /// The clock of all commands.
    public let clock: TestClock
    /// Runs commands at the clock's time.
    public let runner: CommandRunner
    /// Signs people in, with the cheapest passwords.
    public let identity: Identity

    /// Makes a database of its own. The closure is called after each commit of a command.
    public static func make(
        committed: @escaping @Sendable (ID<Organization>) -> Void = { _ in }
    ) async throws -> Self {
        let database = try await TestDatabase.make()
        try await Catalogue(folder: TestDatabase.repository.appending(path: "sql/data")).load(into: database)
        let clock = TestClock()
        let runner = CommandRunner(database: database, now: { clock.now }, committed: committed)
        let identity = try await Identity.start(
            runner: runner, key: ServerKey(secret: ServerKey.randomSecret()), cost: .lowest)
        return Self(database: database, clock: clock, runner: runner, identity: identity)
    }

    /// Registers an insurer of an invented name.
    public func insurer(_ name: String = "EPS de prueba") async throws -> Organization {
        try await RegisterOrganization(
            kind: .insurer, name: name, shortName: name, municipality: "13001"
        ).run(through: runner)
    }

    /// Registers a control body that watches some municipalities.
    public func controlBody(
        _ name: String = "Personería de prueba", territory: [String] = ["23672"]
    ) async throws -> Organization {
        try await RegisterOrganization(
            kind: .controlBody, name: name, shortName: name, municipality: "23672", territory: territory
        ).run(through: runner)
    }

    /// Makes an alliance of some municipalities.
    public func alliance(
        _ name: String = "Alianza de prueba", in organization: Organization,
        municipalities: Set<String> = ["23672"]
    ) async throws -> Alliance {
        try await runner.run(
            CreateAlliance(name: name, kind: .territory, municipalities: municipalities),
            as: .terminal(in: organization.id))
    }

    /// Adds an electoral process to an alliance, as a row: the commands that do are those of a later module.
    public func insertProcess(
        _ process: ID<ElectoralProcess>, of alliance: ID<Alliance>, in organization: Organization,
        state: String = "draft"
    ) async throws {
        let now = clock.now
        _ = try await database.transaction(TenantScope(.terminal(in: organization.id))) { transaction in
            try await transaction.execute(
                """
                insert into elections.processes (
                    organization_id, process_id, alliance_id, name, state, drafted_at, state_changed_at)
                values (\(organization.id), \(process), \(alliance), 'Elección', \(state), \(now), \(now))
                """)
        }
    }

    /// Adds a user with a role, and returns who acts as that user.
    public func principal(
        _ role: Role, of organization: Organization, in space: Grant.Space = .organization,
        name: String = "Ana Prueba", email: String? = nil, document: IdentityDocument? = nil
    ) async throws -> Principal {
        let invitation = try await invite(
            role, of: organization, in: space, name: name, email: email, document: document)
        return try await principal(of: invitation.user, in: organization)
    }

    /// Returns who acts as a user, with the roles of the moment.
    public func principal(of user: ID<User>, in organization: Organization) async throws -> Principal {
        let now = clock.now
        let grants = try await database.read(TenantScope(.system(in: organization.id))) { transaction in
            try await transaction.grants(of: user, at: now)
        }
        return Principal(organization: organization.id, user: user, grants: grants)
    }

    /// Adds a user with a role and invites them. A committee has a document that nobody has, where none is given.
    public func invite(
        _ role: Role?, of organization: Organization, in space: Grant.Space = .organization,
        name: String = "Ana Prueba", email: String? = nil, document: IdentityDocument? = nil
    ) async throws -> Invitation {
        try await runner.run(
            InviteUser(
                name: name, email: email ?? "\(UUID().uuidString)@ejemplo.invalid",
                officeTitle: "Cargo de prueba",
                document: try document
                    ?? (role?.needsDocument == true
                        ? IdentityDocument(type: .passport, number: "\(UUID().uuidString.suffix(12))") : nil),
                role: role, in: space, through: identity),
            as: .terminal(in: organization.id))
    }
}
