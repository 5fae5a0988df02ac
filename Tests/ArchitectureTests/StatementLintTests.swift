import Foundation
import TestSupport
import Testing

@Suite struct StatementLintTests {
    @Test func `every statement names the tenant of every table`() async throws {
        let lint = try await StatementLint(try await TestDatabase.make())
        let (statements, findings) = try lint.findings(
            in: TestDatabase.repository.appending(path: "Sources"))
        #expect(findings == [])
        // The reader of sources found them.
        #expect(statements > 100)
    }

    @Test(arguments: [
        #"try await rows("select name from tenancy.users")"#,
        #"""
        try await rows(
            """
            select grants.role from tenancy.grants as grants
            join tenancy.users as users on users.user_id = grants.user_id
            where grants.organization_id = \(organization)
            """)
        """#,
        #"try await execute("update tenancy.users set name = \(name) where user_id = \(user)")"#,
        #"try await execute("delete from tenancy.outbox where delivered_at < \(moment)")"#,
    ])
    func `a statement that leaves a tenant out is told`(source: String) async throws {
        let lint = try await StatementLint(try await TestDatabase.make())
        #expect(try lint.findings(in: source, named: "x").findings.count == 1)
    }

    @Test func `no statement asks the clock or chance, merges, or leaves anything behind in its connection`()
        async throws
    {
        let lint = try await StatementLint(try await TestDatabase.make())
        let strays = try lint.strays(
            in: TestDatabase.repository.appending(path: "Sources"),
            // The last asks the clock, to compare it with our own.
            except: ["/Alianzas/Bench/", "/Postgres/Migrations/", "/Postgres/Bulk/ServerState.swift"])
        #expect(strays == [])
    }

    @Test(arguments: [
        #"try await execute("update tenancy.users set seen_at = now() where organization_id = \(organization)")"#,
        #"try await execute("insert into tenancy.files select gen_random_uuid(), \(organization)")"#,
        #"try await execute("select set_config('alianzas.organization_id', \(text), false)")"#,
        #"try await execute("select pg_advisory_lock(1)")"#,
        #"try await execute("merge into tenancy.users using tenancy.files on true")"#,
        #"try await execute("create temp table x (y text)")"#,
        #"try await execute("notify work")"#,
    ])
    func `a statement that does is told`(source: String) async throws {
        let lint = try await StatementLint(try await TestDatabase.make())
        #expect(try lint.strays(in: source, named: "x").count == 1)
    }
}
