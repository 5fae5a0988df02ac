import Foundation
import Kernel
import Logging
import Postgres
import TestSupport
import Testing

@testable import Tenancy

@Suite struct ChoreTests {
    private let tenants: TestTenants
    private let folder: URL

    init() async throws {
        tenants = try await TestTenants.make()
        folder = FileManager.default.temporaryDirectory.appending(path: "anclas-\(UUID().uuidString)")
    }

    private var chores: Chores {
        let clock = tenants.clock
        return Chores(
            database: tenants.database, identity: tenants.identity, anchors: folder, now: { clock.now },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private func failed(in organization: Organization) async throws -> [FailedChore] {
        try await tenants.database.read(TenantScope(.system(in: organization.id))) {
            try await $0.failedChores()
        }
    }

    /// How often the chains of a tenant were verified.
    private func verifications(of organization: Organization) async throws -> Int? {
        try await tenants.database.read(TenantScope(.system(in: organization.id))) {
            try await $0.value(
                "select count(distinct verification_id) from tenancy.audit_verifications", as: Int.self)
        }
    }

    @Test func `a chore that fails keeps no other from being done, and is tried again the same day`()
        async throws
    {
        defer { try? FileManager.default.removeItem(at: folder) }
        let insurer = try await tenants.insurer()
        // Where the folder of anchors should be there is a file.
        try Data().write(to: folder)
        #expect(try await chores.runIfDue() == Chore.allCases.count - 1)
        #expect(try await verifications(of: insurer) == 1)
        let begun = tenants.clock.now
        let file = chores.anchorFile(at: begun)
        let failure = FailedChore(
            .anchor, since: begun, failure: AnchorFileError.cannotBeWritten(file.path).message)
        #expect(try await failed(in: insurer) == [failure])

        tenants.clock.advance(by: 600)
        #expect(try await chores.runIfDue() == 0)
        #expect(try await failed(in: insurer) == [failure])

        try FileManager.default.removeItem(at: folder)
        #expect(try await chores.runIfDue() == 1)
        #expect(try await failed(in: insurer).isEmpty)
        #expect(try AnchorFile(url: file).read().map(\.organization) == [insurer.id])
        // What was done is not done again.
        #expect(try await verifications(of: insurer) == 1)
        #expect(try await chores.runIfDue() == 0)
    }

    @Test func `a tenant in which a chore fails holds up no other`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let first = try await tenants.insurer("EPS primera")
        let second = try await tenants.insurer("EPS segunda")
        let third = try await tenants.insurer("EPS tercera")
        // Nothing can be noted of the chains of one of them.
        try await tenants.database.script(
            """
            create function public.refuse() returns trigger language plpgsql as $$
            begin
                if new.organization_id = '\(second.id)' then raise exception 'no'; end if;
                return new;
            end $$;
            create trigger refuse before insert on tenancy.audit_verifications
                for each row execute function public.refuse();
            """, as: TestCluster.superuser)
        #expect(try await chores.runIfDue() == 3 * Chore.allCases.count - 1)
        for whole in [first, third] {
            #expect(try await failed(in: whole).isEmpty)
            #expect(try await verifications(of: whole) == 1)
        }
        let failures = try await failed(in: second)
        #expect(failures.map(\.chore) == [.verify])
        // People read words, not those of the database.
        #expect(failures.first?.failure.contains("plpgsql") == false)
    }

    @Test func `a server that was stopped half-way goes on with what it had not done`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let insurer = try await tenants.insurer()
        // The file of the day was written, and then the process was killed.
        try AnchorFile(url: chores.anchorFile(at: tenants.clock.now)).append([])
        #expect(try await chores.runIfDue() == Chore.allCases.count)
        #expect(try await verifications(of: insurer) == 1)
    }
}
