import Foundation
import Kernel
import Logging
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Membership

/// Files that come through the pages, with the server that works on them.
private struct Uploads: Sendable {
    let register: Register
    let uploads: AffiliateUploads
    let folder: URL

    static func make() async throws -> Uploads {
        let register = try await Register.make()
        let folder = FileManager.default.temporaryDirectory.appending(path: "importaciones-\(UUID())")
        return Uploads(
            register: register, uploads: AffiliateUploads(try register.imports(), folder: folder),
            folder: folder)
    }

    /// Sends a file.
    func send(
        _ content: [UInt8], cutoff: String = "2026-11-21", key: ID<Request>? = nil
    ) async throws -> ID<ImportBatch> {
        let place = FileManager.default.temporaryDirectory.appending(path: "subida-\(UUID())")
        try Data(content).write(to: place)
        return try await uploads.receive(
            .init(location: place, name: "padron.csv", byteCount: content.count, digest: [1, 2, 3]),
            asOf: try AffiliateFiles.date(cutoff), as: register.principal, key: key)
    }

    /// Does the work that waits, as a server does.
    @discardableResult
    func work() async -> Int {
        let now = register.runner.now
        return await JobWorker(
            database: register.database, handlers: uploads.jobHandlers, now: { now },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ).drain(register.organization)
    }

    func record(_ batch: ID<ImportBatch>) async throws -> AffiliateImportRecord {
        try await register.runner.fetch(ReadAffiliateImport(batch), as: register.principal).record
    }

    func run(_ command: some Command) async throws {
        _ = try await register.runner.run(command, as: register.principal)
    }

    /// Sends a file, has it checked, confirms it and has it merged.
    func importAll(_ content: [UInt8]) async throws -> ID<ImportBatch> {
        let batch = try await send(content)
        await work()
        try await run(ConfirmAffiliateImport(batch, acceptsWarnings: true))
        await work()
        return batch
    }

    /// The files of the folder.
    var files: [String] {
        ((try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []).filter {
            $0.hasSuffix(".csv")
        }
    }
}

@Suite struct AffiliateUploadTests {
    private static func people(_ numbers: some Sequence<Int>, _ others: [AffiliateColumn: String] = [:])
        -> [UInt8]
    {
        AffiliateFiles.file(
            lines: numbers.map { number in
                AffiliateFiles.line(others.merging([.documentNumber: "\(number)"]) { $1 })
            })
    }

    @Test func `a file is checked, waits, and is merged as it was confirmed`() async throws {
        let uploads = try await Uploads.make()
        let bad = AffiliateFiles.line([.documentNumber: "10X2"])
        let batch = try await uploads.send(
            AffiliateFiles.file(
                AffiliateFiles.line([.documentNumber: "1001"]), bad,
                AffiliateFiles.line([.documentNumber: "1003"])))
        #expect(try await uploads.record(batch).standing == .checking)
        #expect(await uploads.work() == 1)

        let checked = try await uploads.record(batch)
        #expect(checked.standing == .checked)
        #expect(checked.summary == AffiliateImportSummary(new: 2, changed: 0, unchanged: 0, refused: 1))
        #expect(checked.preview?.refusedRows.map(\.line) == [3])
        #expect(checked.preview?.warnings == [])
        #expect(try await uploads.register.people().isEmpty)
        let report = try await uploads.uploads.report(of: batch, as: uploads.register.principal)

        try await uploads.run(ConfirmAffiliateImport(batch, acceptsWarnings: false))
        #expect(try await uploads.record(batch).standing == .merging)
        await uploads.work()
        let merged = try await uploads.record(batch)
        #expect(merged.standing == .merged)
        #expect(merged.summary == checked.summary)
        #expect(merged.isLatest)
        #expect(try await uploads.register.people().count == 2)
        // The report is the tenant's now, and nothing of the file lies about.
        #expect(try await uploads.uploads.report(of: batch, as: uploads.register.principal) == report)
        #expect(report?.isEmpty == false)
        #expect(uploads.files.isEmpty)
        #expect(try await uploads.register.waiting() == 0)
    }

    @Test func `what a killed server left behind is swept at the start, and what is on its way stays`()
        async throws
    {
        let uploads = try await Uploads.make()
        let waiting = try await uploads.send(Self.people(1001...1003))
        let merged = try await uploads.importAll(Self.people(1004...1005))
        // Killed after the merge was kept and before its file went; and after a file came and before it was noted.
        let folder = uploads.folder.appending(path: "\(uploads.register.organization)")
        for name in ["\(merged).csv", "\(merged).rechazadas.csv", "\(ID<ImportBatch>()).csv"] {
            try Data(Self.people(1006...1006)).write(to: folder.appending(path: name))
        }
        try await uploads.uploads.sweep()
        #expect(
            uploads.files.filter { !$0.hasSuffix(".rechazadas.csv") }
                == ["\(uploads.register.organization)/\(waiting).csv"])
        #expect(!uploads.files.contains { $0.contains("\(merged)") })
    }

    @Test func `work whose server was killed is begun again and does nothing twice`() async throws {
        let uploads = try await Uploads.make()
        let batch = try await uploads.send(Self.people(1001...1003))
        let imports = try uploads.register.imports()
        // As if a server had been killed after it copied the rows: they wait, and nobody was told.
        _ = try await imports.stage(
            BytesInMemory(Self.people(1001...1003)), named: "padron.csv", batch: batch,
            as: uploads.register.principal)
        await uploads.work()
        #expect(
            try await uploads.record(batch).summary
                == AffiliateImportSummary(new: 3, changed: 0, unchanged: 0, refused: 0))
        // The database crashed: what waits is gone; the file is not.
        try await imports.discard(batch, as: uploads.register.principal)
        try await uploads.run(ConfirmAffiliateImport(batch, acceptsWarnings: true))
        await uploads.work()
        #expect(try await uploads.record(batch).standing == .merged)
        #expect(try await uploads.register.people().count == 3)
        // Killed after the merge and before the work was noted as done: the same work again finds it done.
        try await uploads.register.database.script(
            "update tenancy.jobs set state = 'waiting', lease_id = null, finished_at = null", as: .owner)
        await uploads.work()
        #expect(try await uploads.record(batch).standing == .merged)
        #expect(
            try await uploads.register.texts("select batch_id::text from membership.import_batches").count
                == 1)
    }

    @Test func `what was confirmed is what is merged, or it is refused`() async throws {
        let uploads = try await Uploads.make()
        let batch = try await uploads.send(Self.people(1001...1002))
        await uploads.work()
        try await uploads.register.take(Self.people([1001]))
        try await uploads.run(ConfirmAffiliateImport(batch, acceptsWarnings: true))
        await uploads.work()
        #expect(
            try await uploads.record(batch).standing == .failed(AffiliateImportError.registerChanged.message))
        #expect(try await uploads.register.people().count == 1)
        try await uploads.run(RecheckAffiliateFile(batch))
        await uploads.work()
        #expect(
            try await uploads.record(batch).summary
                == AffiliateImportSummary(new: 1, changed: 0, unchanged: 1, refused: 0))
        try await uploads.run(ConfirmAffiliateImport(batch, acceptsWarnings: true))
        await uploads.work()
        #expect(try await uploads.register.people().count == 2)
    }

    @Test func `a file that cannot be read says why, and is given up`() async throws {
        let uploads = try await Uploads.make()
        let batch = try await uploads.send(Array("uno;dos\n1;2\n".utf8))
        await uploads.work()
        guard case .failed(let reason) = try await uploads.record(batch).standing else {
            Issue.record("the file was taken")
            return
        }
        #expect(reason.contains("encabezado"))
        try await uploads.uploads.discard(batch, as: uploads.register.principal)
        #expect(try await uploads.record(batch).standing == .discarded)
        #expect(uploads.files.isEmpty)
        await #expect(throws: AffiliateImportError.wrongStep) {
            try await uploads.uploads.discard(batch, as: uploads.register.principal)
        }
        for command in [RecheckAffiliateFile(batch)] {
            await #expect(throws: AffiliateImportError.wrongStep) { try await uploads.run(command) }
        }
        await #expect(throws: AffiliateImportError.wrongStep) {
            try await uploads.run(ConfirmAffiliateImport(batch, acceptsWarnings: true))
        }
    }

    @Test func `a file whose work is called off leaves nothing`() async throws {
        let uploads = try await Uploads.make()
        let batch = try await uploads.send(Self.people(1001...1002))
        try await uploads.uploads.discard(batch, as: uploads.register.principal)
        #expect(await uploads.work() == 0)
        #expect(try await uploads.record(batch).standing == .discarded)
        #expect(try await uploads.register.waiting() == 0)
        #expect(uploads.files.isEmpty)
    }

    @Test func `where many would change somebody has to say that it is right`() async throws {
        let uploads = try await Uploads.make()
        _ = try await uploads.importAll(Self.people(1001...1060))
        let batch = try await uploads.send(Self.people(1001...1030, [.state: "RE"]))
        await uploads.work()
        let preview = try #require(try await uploads.record(batch).preview)
        #expect(preview.extent.registered == 60)
        #expect(preview.extent.deactivated == 30)
        #expect(preview.extent.columns == [.init(title: "Estado de la afiliación", people: 30)])
        #expect(preview.warnings.count == 2)
        let changes = try await uploads.register.runner.fetch(
            ReadAffiliateImport(batch), as: uploads.register.principal
        ).changes
        #expect(changes.count == 10)
        #expect(
            changes.first?.differences == [AffiliateDifference(.state, before: "active", after: "retired")])
        await #expect(throws: AffiliateImportError.unconfirmedMagnitude) {
            try await uploads.run(ConfirmAffiliateImport(batch, acceptsWarnings: false))
        }
        try await uploads.run(ConfirmAffiliateImport(batch, acceptsWarnings: true))
    }

    @Test func `an import is undone by long work, and says why where it is not`() async throws {
        let uploads = try await Uploads.make()
        let first = try await uploads.importAll(Self.people(1001...1002))
        let before = try await uploads.register.people()
        let second = try await uploads.importAll(Self.people([1001, 1003], [.state: "SU"]))
        await #expect(throws: AffiliateImportError.notTheLatest) {
            try await uploads.run(RequestAffiliateImportUndo(first))
        }
        try await uploads.run(RequestAffiliateImportUndo(second))
        #expect(try await uploads.record(second).standing == .undoing)
        await #expect(throws: AffiliateImportError.wrongStep) {
            try await uploads.run(RequestAffiliateImportUndo(second))
        }
        await uploads.work()
        #expect(try await uploads.record(second).standing == .undone)
        #expect(try await uploads.register.people() == before)
        await #expect(throws: AffiliateImportError.batchNotFound) {
            try await uploads.run(RequestAffiliateImportUndo(second))
        }

        _ = try await uploads.register.database.transaction(TenantScope(uploads.register.principal)) {
            try await $0.execute(
                """
                insert into membership.recorded_facts (organization_id, fact_id, person_id, kind, value,
                    valid_from, source, needs_review, recorded_at)
                select organization_id, person_id, person_id, 'service_used', 'consulta', valid_from, 'prueba', false,
                    \(uploads.register.runner.now)
                from membership.affiliates where document_number = '1001'
                """)
        }
        try await uploads.run(RequestAffiliateImportUndo(first))
        await uploads.work()
        #expect(
            try await uploads.record(first).standing == .undoFailed(AffiliateImportError.peopleInUse.message))
        #expect(try await uploads.register.people() == before)
    }

    @Test func `a file that comes twice is taken once, and one of another day is not`() async throws {
        let uploads = try await Uploads.make()
        let key = ID<Request>()
        _ = try await uploads.send(Self.people([1001]), key: key)
        await #expect(throws: AccessError.alreadyDone) {
            _ = try await uploads.send(Self.people([1001]), key: key)
        }
        #expect(uploads.files.count == 1)
        await #expect(throws: AffiliateImportError.cutoffToCome(try AffiliateFiles.date("2026-11-22"))) {
            _ = try await uploads.send(Self.people([1001]), cutoff: "2026-11-22")
        }
        try await uploads.register.take(Self.people([1001]), cutoff: "2026-11-20")
        await #expect(throws: AffiliateImportError.self) {
            _ = try await uploads.send(Self.people([1001]), cutoff: "2026-11-19")
        }
        #expect(uploads.files.count == 1)
    }

    @Test func `who has no right to import does nothing with files`() async throws {
        let uploads = try await Uploads.make()
        let batch = try await uploads.send(Self.people([1001]))
        await uploads.work()
        let stranger = Principal(organization: uploads.register.organization, user: ID(), grants: [])
        let refusal = AccessError.notPermitted(.importAffiliates)
        let runner = uploads.register.runner
        await #expect(throws: refusal) { try await uploads.uploads.discard(batch, as: stranger) }
        await #expect(throws: refusal) { _ = try await uploads.uploads.report(of: batch, as: stranger) }
        await #expect(throws: refusal) {
            try await runner.run(ConfirmAffiliateImport(batch, acceptsWarnings: true), as: stranger)
        }
        await #expect(throws: refusal) { try await runner.run(RecheckAffiliateFile(batch), as: stranger) }
        await #expect(throws: refusal) {
            try await runner.run(RequestAffiliateImportUndo(batch), as: stranger)
        }
        await #expect(throws: refusal) {
            _ = try await runner.fetch(ReadAffiliateImport(batch), as: stranger)
        }
        await #expect(throws: refusal) { _ = try await runner.fetch(ListAffiliateImports(), as: stranger) }
        await #expect(throws: AccessError.notPermitted(.seeAffiliates)) {
            _ = try await runner.fetch(ListAffiliates(), as: stranger)
        }
        #expect(try await uploads.record(batch).standing == .checked)
    }

    @Test func `a report that grows too large is cut at a line and says so`() throws {
        let place = FileManager.default.temporaryDirectory.appending(path: "informe-\(UUID())")
        let report = try RefusalReportFile(at: place)
        let line = Array("2;sexo;?;\(String(repeating: "a", count: 1000))\r\n".utf8)
        for _ in 0..<30_000 { try report.write(line) }
        #expect(try report.finish())
        let bytes = try Data(contentsOf: place)
        #expect(bytes.count <= StoredFile.maximumSize)
        #expect(bytes.count > StoredFile.maximumSize - 3 * line.count)
        let last = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").suffix(2)
        #expect(last.first?.utf8.count == line.count - 2)
        #expect(last.last?.hasPrefix(";;;") == true)
        try FileManager.default.removeItem(at: place)
    }
}

@Suite struct AffiliateListTests {
    private static let file = AffiliateFiles.file(
        AffiliateFiles.line([.documentNumber: "1001", .firstSurname: "Ñáñez", .firstName: "Álvaro"]),
        AffiliateFiles.line([
            .documentNumber: "1002", .firstSurname: "Nader", .firstName: "Zoila", .state: "RE",
        ]),
        AffiliateFiles.line([
            .documentNumber: "1003", .firstSurname: "Olano", .firstName: "María", .municipality: "05001",
        ]),
        AffiliateFiles.line([.documentNumber: "1004", .firstSurname: "Nader", .firstName: "Ana"]))

    private func numbers(_ register: Register, _ query: ListAffiliates) async throws -> [String] {
        try await register.runner.fetch(query, as: register.principal).affiliates.map(\.document.number)
    }

    @Test func `the register is searched by surname, name and document, and filtered`() async throws {
        let register = try await Register.make()
        try await register.take(Self.file)
        #expect(try await numbers(register, ListAffiliates()) == ["1004", "1002", "1001", "1003"])
        #expect(try await numbers(register, ListAffiliates(isDescending: true)).first == "1003")
        #expect(try await numbers(register, ListAffiliates(order: .document)).first == "1001")
        #expect(try await numbers(register, ListAffiliates(.init(words: "ÑAÑEZ"))) == ["1001"])
        #expect(try await numbers(register, ListAffiliates(.init(words: "zoila"))) == ["1002"])
        #expect(try await numbers(register, ListAffiliates(.init(words: "1.003"))) == ["1003"])
        #expect(try await numbers(register, ListAffiliates(.init(state: .retired))) == ["1002"])
        #expect(
            try await numbers(
                register, ListAffiliates(.init(municipality: MunicipalityCode(rawValue: "05001")))) == [
                    "1003"
                ])
        let page = try await register.runner.fetch(
            ListAffiliates(limit: 1, offset: 2), as: register.principal)
        #expect(page.affiliates.map(\.document.number) == ["1001"])
        #expect(page.total == 4)
        #expect(page.municipalities.map(\.code.rawValue).sorted() == ["05001", "23672"])
    }

    @Test func `pieces follow one another without a gap, and taking them leaves a trace`() async throws {
        let register = try await Register.make()
        try await register.take(Self.file)
        var last: AffiliateSummary?
        var numbers: [String] = []
        for _ in 0..<5 {
            let piece = try await register.database.read(TenantScope(register.principal)) { transaction in
                try await transaction.affiliates(.init(), after: last, limit: 1)
            }
            numbers += piece.map(\.document.number)
            last = piece.last ?? last
        }
        #expect(numbers == ["1004", "1002", "1001", "1003"])
        try await register.runner.run(
            ExportAffiliates(.init(words: "Nader"), format: "csv"), as: register.principal)
        let events = try await register.texts(
            "select action from tenancy.audit_events where action = 'membership.affiliates.exported'")
        #expect(events.count == 1)
    }

    @Test func `a person shows what the register said before, and by which import`() async throws {
        let register = try await Register.make()
        try await register.take(Self.file, cutoff: "2026-10-31")
        let change = try await register.take(
            AffiliateFiles.file(
                AffiliateFiles.line([
                    .documentNumber: "1002", .firstSurname: "Nader", .firstName: "Zoila", .state: "AC",
                    .phone: "",
                ])),
            cutoff: "2026-11-20")
        let person = try #require(
            try await register.runner.fetch(ListAffiliates(.init(words: "1002")), as: register.principal)
                .affiliates.first)
        let file = try #require(
            try await register.runner.fetch(ReadAffiliate(person.id), as: register.principal))
        #expect(file.current.values[.state] == "active")
        let changes = file.changes
        #expect(changes.count == 1)
        #expect(changes.first?.batch == change.preview.staged.batch)
        #expect(changes.first?.from.description == "2026-11-20")
        #expect(
            changes.first?.differences == [
                AffiliateDifference(.state, before: "retired", after: "active"),
                AffiliateDifference(.phone, before: "+57 310 4567890", after: nil),
            ])
        #expect(try await register.runner.fetch(ReadAffiliate(ID()), as: register.principal) == nil)
    }
}
