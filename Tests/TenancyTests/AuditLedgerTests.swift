import Foundation
import Kernel
import Postgres
import TestSupport
import Testing

@testable import Tenancy

/// One chain of some events, and the means to tamper with it as an owner of the database could.
private struct TamperedChain {
    let tenants: TestTenants
    let organization: Organization

    static func make(events: Int = 6) async throws -> Self {
        let tenants = try await TestTenants.make()
        let organization = try await tenants.insurer()
        for number in 1..<events {
            tenants.clock.advance(by: 1.000_001)
            try await tenants.runner.run(
                EditSettings(accentColor: "#00000\(number)", contactPhone: "60\(number)"),
                as: .terminal(in: organization.id))
        }
        return Self(tenants: tenants, organization: organization)
    }

    func tamper(_ statement: SQL) async throws {
        #expect(try await tenants.database.execute(statement, in: OwnerScope()) > 0)
    }

    func report(anchors: [Anchor]? = nil) async throws -> ChainReport {
        let reports = try await AuditLedger(database: tenants.database)
            .verify(organization.id, anchors: anchors)
        return try #require(reports.first)
    }
}

@Suite struct AuditLedgerTests {
    @Test func `an untouched chain is whole, in an independent reckoning`() async throws {
        let chain = try await TamperedChain.make()
        let report = try await chain.report()
        #expect(report.isWhole)
        #expect(report.links == 6)
        #expect(report.kind == "office")
        #expect(report.anchored.isEmpty)
        #expect(report.linksSinceAnchor == 6)
    }

    @Test func `more links than a page are followed`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let count = AuditLedger.page + 3
        try await tenants.database.transaction(TenantScope(.system(in: insurer.id))) { transaction in
            for number in 0..<count {
                try transaction.append(
                    AuditEvent("prueba.cosa.hecha", subject: number), to: .office, at: tenants.clock.now)
            }
        }
        let reports = try await AuditLedger(database: tenants.database).verify(insurer.id)
        #expect(reports.map(\.links) == [count + 1])
        #expect(reports.map(\.isWhole) == [true])
    }

    /// What who is above all walls of the database could do to the third link, and what is found.
    @Test(arguments: [
        (
            "update tenancy.audit_events set action = 'tenancy.otra.cosa' where sequence = 3", 3,
            ChainReport.Fault.altered
        ),
        (
            "update tenancy.audit_events set happened_at = happened_at + interval '1 microsecond' where sequence = 3",
            3, .altered
        ),
        ("update tenancy.audit_events set actor_kind = 'system' where sequence = 3", 3, .altered),
        ("update tenancy.audit_events set subject_id = '' where sequence = 3", 3, .altered),
        ("update tenancy.audit_events set commitment = null where sequence = 3", 3, .altered),
        ("update tenancy.audit_events set hash = sha256(hash) where sequence = 3", 3, .altered),
        (
            "update tenancy.audit_details set details = replace(details, '602', '999') where details like '%\"602\"%'",
            3, .details
        ),
        (
            """
            update tenancy.audit_events set sequence = 103 where sequence = 3;
            update tenancy.audit_events set sequence = 3 where sequence = 4;
            update tenancy.audit_events set sequence = 4 where sequence = 103
            """, 3, .altered
        ),
        (
            """
            update tenancy.audit_details as one set salt = other.salt, details = other.details
            from tenancy.audit_details as other
            where one.details like '%"602"%' and other.details like '%"603"%'
                or one.details like '%"603"%' and other.details like '%"602"%'
            """, 3, .details
        ),
        ("update tenancy.audit_heads set sequence = 5", 6, .head),
        ("update tenancy.audit_heads set hash = sha256(hash)", 6, .head),
        ("delete from tenancy.audit_heads", 1, .head),
        (
            """
            with gone as (
                delete from tenancy.audit_details where event_id in (
                    select event_id from tenancy.audit_events where sequence = 6)
            )
            delete from tenancy.audit_events where sequence = 6
            """, 6, .cutOff
        ),
        (
            """
            with gone as (
                delete from tenancy.audit_details where event_id in (
                    select event_id from tenancy.audit_events where sequence = 3)
            )
            delete from tenancy.audit_events where sequence = 3
            """, 3, .missing
        ),
    ])
    func `the first broken link is named`(statement: String, sequence: Int, fault: ChainReport.Fault)
        async throws
    {
        let chain = try await TamperedChain.make()
        // The foreign key is in the way of an owner, too, until they take it away.
        try await chain.tenants.database.script(
            "alter table tenancy.audit_details drop constraint audit_details_event_fkey; \(statement)",
            as: TestCluster.superuser)
        let report = try await chain.report()
        #expect(report.firstBreak == ChainReport.Break(sequence: sequence, fault: fault))
        #expect((report.brokenEvent != nil) == [.missing, .altered, .details].contains(fault))
        #expect(report.links == (fault == .head ? 6 : sequence - 1) || fault == .details)
    }

    @Test func `details that were purged are counted and break nothing`() async throws {
        let chain = try await TamperedChain.make()
        try await chain.tamper("delete from tenancy.audit_details where details like '%604%'")
        let report = try await chain.report()
        #expect(report.isWhole)
        #expect(report.purgedDetails == 1)
    }

    @Test func `a chain that was rewritten whole is betrayed by what was told to the outside`() async throws {
        let chain = try await TamperedChain.make()
        let file = FileManager.default.temporaryDirectory.appending(path: "anclas-\(UUID().uuidString).jsonl")
        defer { try? FileManager.default.removeItem(at: file) }
        let ledger = AuditLedger(database: chain.tenants.database)
        let written = try await ledger.anchor(to: file, at: chain.tenants.clock.now)
        #expect(written.map(\.sequence) == [6])
        #expect(try await ledger.anchor(to: file, at: chain.tenants.clock.now).isEmpty)
        let told = try AnchorFile(url: file).read()
        #expect(told.map(\.hash) == written.map(\.hash))
        #expect(try await chain.report(anchors: told).anchored == [6])

        // The owner reckons all again with another fourth event, as consistently as the product itself.
        try await rewrite(chain)
        let blind = try await chain.report(anchors: [])
        #expect(blind.isWhole)
        let report = try await chain.report(anchors: told)
        #expect(report.firstBreak == ChainReport.Break(sequence: 6, fault: .anchor))
    }

    @Test func `a chain that was cut off, or lost, is betrayed by what was told to the outside`() async throws
    {
        let chain = try await TamperedChain.make()
        let reports = try await AuditLedger(database: chain.tenants.database).verify(chain.organization.id)
        let head = try #require(reports.first)
        let told = [
            Anchor(
                organization: chain.organization.id, stream: head.stream, sequence: 6, hash: head.head,
                anchoredAt: chain.tenants.clock.now)
        ]
        try await chain.tenants.database.script(
            """
            delete from tenancy.audit_details;
            delete from tenancy.audit_events where sequence > 4;
            update tenancy.audit_heads set sequence = 4, hash = (
                select hash from tenancy.audit_events where sequence = 4);
            """, as: .owner)
        #expect(try await chain.report(anchors: []).isWhole)
        let cut = try await chain.report(anchors: told)
        #expect(cut.firstBreak == ChainReport.Break(sequence: 5, fault: .cutOff))
        try await chain.tenants.database.script(
            "delete from tenancy.audit_events; delete from tenancy.audit_heads", as: .owner)
        let lost = try await chain.report(anchors: told)
        #expect(lost.firstBreak == ChainReport.Break(sequence: 1, fault: .cutOff))
    }

    @Test func `the serving role changes and forges nothing`() async throws {
        let chain = try await TamperedChain.make()
        let scope = TenantScope(.system(in: chain.organization.id))
        for statement: SQL in [
            "update tenancy.audit_events set action = 'a.b'", "delete from tenancy.audit_events",
            "update tenancy.audit_heads set sequence = 0", "delete from tenancy.audit_heads",
            "update tenancy.audit_details set details = ''", "update tenancy.audit_anchors set sequence = 1",
            "insert into tenancy.audit_events select * from tenancy.audit_events",
        ] {
            let error = await #expect(throws: PostgresError.self) {
                try await chain.tenants.database.execute(statement, in: scope)
            }
            #expect(error?.sqlState == "42501", "\(statement)")
        }
        let other = ID<Organization>()
        let error = await #expect(throws: PostgresError.self) {
            try await chain.tenants.database.execute(
                """
                select tenancy.append_audit_event(
                    \(other), \(other), 'office', \(UUID()), \(Date()), 'system', \(UUID?.none), 'a.b',
                    \(String?.none), \([UInt8]?.none))
                """, in: scope)
        }
        #expect(error?.sqlState == "42501")
    }

    @Test func `chains of many writers at once have no gap`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    try await tenants.runner.run(
                        EditSettings(accentColor: "#000000", contactPhone: "\(number)"),
                        as: .terminal(in: insurer.id))
                }
            }
            try await group.waitForAll()
        }
        let reports = try await AuditLedger(database: tenants.database).verify(insurer.id)
        #expect(reports.map(\.links) == [41])
        #expect(reports.map(\.isWhole) == [true])
    }

    /// Reckons the chain again with the database's own function, its fourth event changed.
    private func rewrite(_ chain: TamperedChain) async throws {
        try await chain.tenants.database.script(
            """
            begin;
            select tenancy.enter_tenant('\(chain.organization.id)', null);
            create temporary table kept as select * from tenancy.audit_events order by sequence;
            update kept set action = 'tenancy.otra.cosa' where sequence = 4;
            create temporary table details as select * from tenancy.audit_details;
            delete from tenancy.audit_details;
            delete from tenancy.audit_anchors;
            delete from tenancy.audit_events;
            delete from tenancy.audit_heads;
            select tenancy.append_audit_event(
                organization_id, stream_id, 'office', event_id, happened_at, actor_kind, actor_id, action,
                subject_id, commitment)
            from kept order by sequence;
            insert into tenancy.audit_details select * from details;
            commit;
            """, as: .owner)
    }
}

@Suite struct AnchorFileTests {
    @Test func `a folder of files is read in order, and a broken line is named`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "anclas-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let anchors = (1...3).map { number in
            Anchor(
                organization: ID(), stream: UUID(), sequence: number, hash: HashDigest(of: "x"),
                anchoredAt: Date(timeIntervalSince1970: 1_800_000_000))
        }
        try AnchorFile(url: folder.appending(path: "a.jsonl")).append([anchors[0]])
        try AnchorFile(url: folder.appending(path: "a.jsonl")).append([anchors[1]])
        try AnchorFile(url: folder.appending(path: "b.jsonl")).append([anchors[2]])
        #expect(try AnchorFile(url: folder).read() == anchors)
        let broken = folder.appending(path: "c.jsonl")
        try Data("{}\n".utf8).write(to: broken)
        #expect(throws: AnchorFileError.malformed(broken.path, line: 1)) {
            try AnchorFile(url: folder).read()
        }
        let absent = folder.appending(path: "d.jsonl")
        #expect(throws: AnchorFileError.cannotBeRead(absent.path)) { try AnchorFile(url: absent).read() }
    }
}
