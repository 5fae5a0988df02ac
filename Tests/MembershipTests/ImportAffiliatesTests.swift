import Foundation
import Kernel
import Postgres
import Tenancy
import Testing

@testable import Membership

@Suite struct ImportAffiliatesTests {
    private static let two = AffiliateFiles.file(
        AffiliateFiles.line([.documentNumber: "1001", .firstSurname: "Pérez", .phone: "3104567890"]),
        AffiliateFiles.line([.documentNumber: "1002", .firstSurname: "Gómez", .phone: ""]))

    @Test func `a file is merged, and the same file again changes nothing`() async throws {
        let register = try await Register.make()
        let first = try await register.take(Self.two)
        #expect(first.summary == AffiliateImportSummary(new: 2, changed: 0, unchanged: 0, refused: 0))
        #expect(first.preview.summary == first.summary)
        let people = try await register.people()
        #expect(
            people == [
                "CC|1001|Pérez|María|active|3104567890|2026-11-21", "CC|1002|Gómez|María|active|-|2026-11-21",
            ])
        let versions = try await register.texts(
            "select xmin::text from membership.affiliates order by person_id")
        let again = try await register.take(Self.two, cutoff: "2026-11-21")
        #expect(again.summary == AffiliateImportSummary(new: 0, changed: 0, unchanged: 2, refused: 0))
        #expect(try await register.people() == people)
        #expect(
            try await register.texts("select xmin::text from membership.affiliates order by person_id")
                == versions)
        #expect(try await register.texts("select person_id::text from membership.affiliate_versions").isEmpty)
        #expect(try await register.waiting() == 0)
    }

    @Test func `the people of each insurer are counted with each import and its undoing`() async throws {
        let register = try await Register.make()
        func counts() async throws -> [String] {
            try await register.texts(
                "select insurer_code || ' ' || users from membership.insurer_counts order by insurer_code")
        }
        func reckoned() async throws -> [String] {
            try await register.texts(
                """
                select insurer_code || ' ' || count(*) from membership.affiliates
                where insurer_code is not null and affiliation_state in ('active', 'suspended')
                group by insurer_code order by insurer_code
                """)
        }
        try await register.take(Self.two, cutoff: "2026-10-31")
        let before = try await counts()
        #expect(try await before == reckoned() && !before.isEmpty)
        let taken = try await register.take(
            AffiliateFiles.file(
                AffiliateFiles.line([.documentNumber: "1001", .state: "RE"]),
                AffiliateFiles.line([.documentNumber: "1003"])), cutoff: "2026-11-20")
        #expect(try await counts() == reckoned())
        try await register.runner.run(
            UndoAffiliateImport(taken.preview.staged.batch), as: register.principal)
        #expect(try await counts() == before)
    }

    @Test func `what changes keeps what it said, with its days, and the person stays the same`() async throws
    {
        let register = try await Register.make()
        try await register.take(Self.two, cutoff: "2026-10-31")
        let ids = try await register.texts(
            "select person_id::text from membership.affiliates order by document_number")
        let changed = try await register.take(
            AffiliateFiles.file(
                AffiliateFiles.line([
                    .documentNumber: "1.001", .firstSurname: "Pérez", .state: "SU", .phone: "",
                ]),
                AffiliateFiles.line([.documentNumber: "1003"])), cutoff: "2026-11-20")
        #expect(changed.summary == AffiliateImportSummary(new: 1, changed: 1, unchanged: 0, refused: 0))
        #expect(
            try await register.people() == [
                "CC|1001|Pérez|María|suspended|-|2026-11-20", "CC|1002|Gómez|María|active|-|2026-10-31",
                "CC|1003|Pérez|María|active|+57 310 4567890|2026-11-20",
            ])
        #expect(
            try await register.texts(
                """
                select concat_ws('|', affiliation_state, phone, valid_from::text, valid_until::text, person_id::text)
                from membership.affiliate_versions
                """) == ["active|3104567890|2026-10-31|2026-11-20|\(ids[0])"])
        #expect(
            try await register.texts(
                "select person_id::text from membership.affiliates order by document_number limit 2") == ids)
    }

    @Test func `refused rows are told with line, column, value and reason, and the others are taken`()
        async throws
    {
        let register = try await Register.make()
        let result = try await register.take(
            AffiliateFiles.file(
                AffiliateFiles.line([.documentNumber: "1001"]),
                AffiliateFiles.line([.documentNumber: "10X2"]),
                AffiliateFiles.line([.documentNumber: "1001"]),
                AffiliateFiles.line([.documentNumber: "1003", .firstSurname: "\"Pérez \\ \"\"x\"\"\""])))
        #expect(result.summary == AffiliateImportSummary(new: 2, changed: 0, unchanged: 0, refused: 2))
        let lines = result.report.split(separator: "\r\n").map {
            $0.split(separator: ";").prefix(3).joined(separator: ";")
        }
        #expect(
            lines == ["\u{FEFF}linea;columna;valor", "3;numero_documento;10X2", "4;numero_documento;1001"])
        #expect(try await register.people().contains { $0.contains("Pérez \\ \"x\"") })
    }

    @Test func `a column that the file lacks leaves what is known, an empty value does not`() async throws {
        let register = try await Register.make()
        try await register.take(Self.two)
        let short = AffiliateFiles.columns.filter { $0 != "telefono" }
        let row = AffiliateFiles.good.merging([.documentNumber: "1001", .secondName: ""]) { $1 }
        let file = [
            short.joined(separator: ","),
            AffiliateColumn.allCases.filter { $0 != .phone }.map { row[$0] ?? "" }.joined(separator: ","),
        ]
        let result = try await register.take(Array(file.joined(separator: "\n").utf8))
        #expect(result.summary == AffiliateImportSummary(new: 0, changed: 1, unchanged: 0, refused: 0))
        #expect(result.preview.format.notices == [.absentColumns([.phone])])
        #expect(
            try await register.texts(
                "select concat_ws('|', phone, second_name) from membership.affiliates where document_number = '1001'"
            )
                == ["3104567890"])
    }

    @Test(arguments: [
        (regime: "N", insurer: "", without: AffiliateColumn.insurer, then: "S", said: "subsidiado|ESS207"),
        ("S", "ESS207", .insurer, "N", "no_asegurado|-"),
        ("S", "EPS001", .insurer, "C", "contributivo|EPS001"),
        ("N", "", .regime, "ESSC07", "contributivo|ESSC07"),
        ("S", "ESS207", .regime, "ESSC07", "subsidiado|ESSC07"),
    ])
    func `regime and insurer agree where a later file has one of the two alone`(
        regime: String, insurer: String, without: AffiliateColumn, then: String, said: String
    ) async throws {
        let register = try await Register.make()
        try await register.take(
            AffiliateFiles.file(
                AffiliateFiles.line([.documentNumber: "1001", .regime: regime, .insurer: insurer])),
            cutoff: "2026-10-31")
        let given: AffiliateColumn = without == .regime ? .insurer : .regime
        let row = AffiliateFiles.good.merging([.documentNumber: "1001", given: then]) { $1 }
        let columns = AffiliateColumn.allCases.filter { $0 != without }
        let file = [
            columns.map(\.header).joined(separator: ","),
            columns.map { row[$0] ?? "" }.joined(separator: ","),
        ]
        try await register.take(Array(file.joined(separator: "\n").utf8))
        #expect(
            try await register.texts(
                "select concat_ws('|', regime, coalesce(insurer_code, '-')) from membership.affiliates") == [
                    said
                ])
    }

    @Test
    func `an import is not undone while somebody whom it brought is an alternate or signed a constitution`()
        async throws
    {
        for use in [
            """
            insert into governance.bodies values ({0}, {1}, {2}, 'Comité', 'board', false, 24, null, false, null, null,
                'proclamation', false, '2026-01-01', null);
            insert into governance.seats values ({0}, {1}, {1}, 1, 'Integrante', null, true, null);
            insert into governance.mandates values ({0}, {1}, {1}, {1}, 1, {3}, 'Persona', '2026-01-01', '2026-12-31',
                24, null, 'in_force', null, null, 'appointment', null, null, null, null, null,
                '2026-01-01');
            """,
            """
            insert into governance.constitutions (organization_id, constitution_id, alliance_id, held_on, place, attendees,
                recorded_at) values ({0}, {1}, {2}, '2026-01-01', 'Casa comunal', 2, '2026-01-01');
            insert into governance.constitution_signers (organization_id, constitution_id, position, person_id, name)
            values ({0}, {1}, 1, {3}, 'Persona');
            """,
        ] {
            let register = try await Register.make()
            let taken = try await register.take(Self.two)
            let person = try #require(
                try await register.texts("select person_id::text from membership.affiliates limit 1").first)
            let alliance = ID<Alliance>()
            var script = """
                insert into tenancy.alliances (organization_id, alliance_id, name, slug, kind, state, created_at)
                values ({0}, {2}, 'Alianza', 'alianza', 'territory', 'active', '2026-01-01');
                """ + use
            for (mark, value) in [
                ("{0}", register.organization.description), ("{1}", ID<Alliance>().description),
                ("{2}", alliance.description), ("{3}", person),
            ] { script = script.replacing(mark, with: "'\(value)'") }
            try await register.database.script(script, as: .owner)
            let told = try await register.runner.fetch(
                ReadAffiliateImport(taken.preview.staged.batch), as: register.principal)
            #expect(told.peopleInUse == 1)
            await #expect(throws: AffiliateImportError.peopleInUse) {
                try await register.runner.run(
                    UndoAffiliateImport(taken.preview.staged.batch), as: register.principal)
            }
        }
    }

    @Test func `the latest import is the one that was merged last, whatever the clock said when it began`()
        async throws
    {
        let register = try await Register.make()
        let slow = try await register.imports().stage(
            BytesInMemory(Self.two), named: "lento.csv", as: register.principal)
        let quick = try await register.take(
            AffiliateFiles.file(AffiliateFiles.line([.documentNumber: "1001", .firstSurname: "Antes"])))
        // The slow one read the clock before the quick one, and got the register after it.
        let earlier = register.runner.now.addingTimeInterval(-60)
        let runner = CommandRunner(database: register.database, now: { earlier })
        try await runner.run(
            MergeAffiliates(slow.staged, asOf: try AffiliateFiles.date("2026-11-21")), as: register.principal)
        await #expect(throws: AffiliateImportError.notTheLatest) {
            try await register.runner.run(
                UndoAffiliateImport(quick.preview.staged.batch), as: register.principal)
        }
        try await register.runner.run(UndoAffiliateImport(slow.staged.batch), as: register.principal)
        #expect(try await register.people().map { $0.split(separator: "|")[2] } == ["Antes"])
    }

    @Test func `a file that could not be merged for its day is refused before it is read`() async throws {
        let register = try await Register.make()
        try await register.take(Self.two, cutoff: "2026-11-20")
        let report = Collected()
        for (cutoff, error) in [
            (
                "2026-11-19",
                AffiliateImportError.olderThanRegister(
                    cutoff: try AffiliateFiles.date("2026-11-19"),
                    latest: try AffiliateFiles.date("2026-11-20"))
            ), ("2026-11-22", .cutoffToCome(try AffiliateFiles.date("2026-11-22"))),
        ] {
            await #expect(throws: error) {
                _ = try await register.imports().stage(
                    BytesInMemory(Self.two), named: "padron.csv", asOf: AffiliateFiles.date(cutoff),
                    as: register.principal, report: { report.append($0) })
            }
        }
        #expect(report.text.isEmpty)
        #expect(try await register.waiting() == 0)
    }

    @Test func `a file that is only looked at leaves no trace`() async throws {
        let register = try await Register.make()
        let preview = try await register.imports().stage(
            BytesInMemory(Self.two), named: "padron.csv", as: register.principal)
        #expect(preview.summary == AffiliateImportSummary(new: 2, changed: 0, unchanged: 0, refused: 0))
        #expect(try await register.waiting() == 2)
        try await register.imports().discard(preview.staged.batch, as: register.principal)
        #expect(try await register.waiting() == 0)
        #expect(try await register.people().isEmpty)
        #expect(try await register.texts("select batch_id::text from membership.import_batches").isEmpty)
        await #expect(throws: AffiliateImportError.rowsLost) {
            try await register.imports().merge(
                preview.staged, asOf: AffiliateFiles.date("2026-11-21"), as: register.principal)
        }
    }

    @Test func `a source that fails half-way leaves nothing waiting`() async throws {
        struct Broken: Error {}
        struct Failing: ByteSource {
            var rest: Int
            mutating func read(upTo count: Int) throws -> [UInt8] {
                rest -= 1
                guard rest >= 0 else { throw Broken() }
                return rest == 2
                    ? Array((AffiliateFiles.columns.joined(separator: ";") + "\n").utf8)
                    : AffiliateFiles.file(AffiliateFiles.line())
            }
            mutating func rewind() { rest = 3 }
        }
        let register = try await Register.make()
        await #expect(throws: Broken.self) {
            try await register.imports().stage(Failing(rest: 3), named: "x", as: register.principal)
        }
        #expect(try await register.waiting() == 0)
    }

    @Test func `an import is undone, the latest first, unless its people are in use`() async throws {
        let register = try await Register.make()
        let first = try await register.take(Self.two, cutoff: "2026-10-31")
        let before = try await register.people()
        let second = try await register.take(
            AffiliateFiles.file(
                AffiliateFiles.line([.documentNumber: "1001", .state: "RE"]),
                AffiliateFiles.line([.documentNumber: "1003"])), cutoff: "2026-11-20")
        func undo(_ batch: ID<ImportBatch>) async throws {
            try await register.runner.run(UndoAffiliateImport(batch), as: register.principal)
        }
        await #expect(throws: AffiliateImportError.notTheLatest) {
            try await undo(first.preview.staged.batch)
        }
        try await undo(second.preview.staged.batch)
        #expect(try await register.people() == before)
        #expect(try await register.texts("select person_id::text from membership.affiliate_versions").isEmpty)
        await #expect(throws: AffiliateImportError.batchNotFound) {
            try await undo(second.preview.staged.batch)
        }

        _ = try await register.database.transaction(TenantScope(register.principal)) { transaction in
            try await transaction.execute(
                """
                insert into membership.recorded_facts (organization_id, fact_id, person_id, kind, value, valid_from,
                    source, needs_review, recorded_at)
                select organization_id, person_id, person_id, 'service_used', 'consulta', valid_from, 'prueba', false,
                    \(register.runner.now)
                from membership.affiliates where document_number = '1001'
                """)
        }
        await #expect(throws: AffiliateImportError.peopleInUse) { try await undo(first.preview.staged.batch) }
        #expect(try await register.people() == before)
    }

    @Test func `a file older than the register is refused`() async throws {
        let register = try await Register.make()
        try await register.take(Self.two, cutoff: "2026-11-20")
        await #expect(throws: AffiliateImportError.self) {
            try await register.take(Self.two, cutoff: "2026-11-19")
        }
    }

    @Test func `tenants do not meet, not even while rows wait`() async throws {
        let register = try await Register.make()
        let preview = try await register.imports().stage(
            BytesInMemory(Self.two), named: "padron.csv", as: register.principal)
        #expect(
            try await register.texts(
                "select line::text from membership.staged_affiliates", in: register.other
            ).isEmpty)
        await #expect(throws: AffiliateImportError.rowsLost) {
            try await register.imports().merge(
                preview.staged, asOf: AffiliateFiles.date("2026-11-21"), as: .terminal(in: register.other))
        }
        try await register.take(Self.two, in: register.other)
        #expect(try await register.people().isEmpty)
        #expect(try await register.people(in: register.other).count == 2)
        let summary = try await register.imports().merge(
            preview.staged, asOf: AffiliateFiles.date("2026-11-21"), as: register.principal)
        #expect(summary.new == 2)
    }

    @Test func `two imports at once take turns, and nobody comes in twice`() async throws {
        let register = try await Register.make()
        let previews = try await [
            register.imports().stage(BytesInMemory(Self.two), named: "a", as: register.principal),
            register.imports().stage(BytesInMemory(Self.two), named: "b", as: register.principal),
        ]
        let summaries = try await withThrowingTaskGroup(of: AffiliateImportSummary.self) { group in
            for preview in previews {
                group.addTask {
                    try await register.imports().merge(
                        preview.staged, asOf: AffiliateFiles.date("2026-11-21"), as: register.principal)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(summaries.map(\.new).sorted() == [0, 2])
        #expect(summaries.map(\.unchanged).sorted() == [0, 2])
        #expect(try await register.people().count == 2)
    }

    @Test func `who has no right to import stages nothing`() async throws {
        let register = try await Register.make()
        let stranger = Principal(organization: register.organization, user: ID(), grants: [])
        await #expect(throws: AccessError.notPermitted(.importAffiliates)) {
            try await register.imports().stage(BytesInMemory(Self.two), named: "x", as: stranger)
        }
    }
}
