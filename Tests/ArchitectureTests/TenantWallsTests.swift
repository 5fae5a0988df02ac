import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

// One after the other: a defect may be a role, which all databases of the server share.
@Suite(.serialized) struct CatalogueRuleTests {
    private static let rules = CatalogueRule.walls + CatalogueRule.distribution + CatalogueRule.functions

    @Test(arguments: rules)
    func `the schema keeps the rule`(rule: CatalogueRule) async throws {
        let violations = try await rule.violations(in: try await TestDatabase.make())
        #expect(violations == [])
    }

    @Test(arguments: rules)
    func `a schema that breaks the rule is told`(rule: CatalogueRule) async throws {
        let database = try await TestDatabase.make()
        let before = try await rule.violations(in: database)
        try await database.script(rule.defect, as: TestCluster.superuser)
        let after = try await rule.violations(in: database)
        try await database.script("drop role if exists alianzas_extra", as: TestCluster.superuser)
        #expect(after.count > before.count)
    }
}
