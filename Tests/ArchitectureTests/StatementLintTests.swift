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
}
