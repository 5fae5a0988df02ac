import Foundation
import Kernel
import Logging
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// What an alliance has on paper, what it handed over, and the copy that it takes away.
@Suite struct CustodyTests {
    private func setting() async throws -> Setting {
        let setting = try await Setting.make()
        try await ComplaintCatalogue(folder: TestDatabase.repository.appending(path: "sql/data"))
            .load(into: setting.tenants.database)
        return setting
    }

    /// Keeps a paper of the alliance.
    private func keep(_ name: String, in setting: Setting, isReserved: Bool = false) async throws -> ID<
        StoredFile
    > {
        let file = try StoredFile(
            name: name, content: Array("%PDF-1.7 \(name)".utf8), effectiveOn: day("2026-03-03"))
        let now = setting.tenants.clock.now
        try await setting.write { transaction in
            _ = try await transaction.store(
                file, as: .letters, in: .alliance(setting.alliance.id), isReserved: isReserved, at: now)
        }
        return file.id
    }

    // MARK: Documents

    @Test func `the list has each document once, and what the board keeps to itself for the board alone`()
        async throws
    {
        let setting = try await setting()
        let alliance = setting.alliance.id
        _ = try await keep("lista.pdf", in: setting)
        _ = try await keep("propio.pdf", in: setting, isReserved: true)
        let other = try await setting.tenants.alliance("Otra", in: setting.organization)
        let office = try await setting.tenants.principal(.office, of: setting.organization)
        let board = try await setting.tenants.principal(
            .board, of: setting.organization, in: .alliance(alliance))
        func titles(_ alliance: ID<Alliance>, _ principal: Principal) async throws -> [String] {
            try await setting.tenants.runner.fetch(ReadDocuments(of: alliance), as: principal).documents
                .map(\.title).sorted()
        }
        #expect(try await titles(alliance, board) == ["lista.pdf", "propio.pdf"])
        #expect(try await titles(alliance, office) == ["lista.pdf"])
        #expect(try await titles(other.id, office) == [])
        let gaps = try await setting.fetch(ReadDocuments(of: alliance)).gaps
        #expect(Set(gaps.map(\.kind)) == [.constitution, .bylaws, .plan, .delivery])
        #expect(gaps.first { $0.kind == .delivery }?.count == 2)
    }

    @Test func `a delivery keeps the digest that each file had, and has one receipt`() async throws {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let file = try await keep("acta.pdf", in: setting)
        let paper = Delivery.Item(title: "Libro", datedOn: nil, sheets: 40)
        func record(_ files: [ID<StoredFile>], on text: String = "2026-03-13") async throws -> ID<Delivery> {
            try await setting.run(
                RecordDelivery(
                    of: alliance, to: "Oficina", post: nil, through: .paper, note: nil, on: day(text),
                    files: files, papers: [paper]))
        }
        await #expect(throws: CustodyError.documentNotFound) { _ = try await record([ID()]) }
        await #expect(throws: CustodyError.dayOutOfPlace) { _ = try await record([file], on: "2026-03-14") }
        #expect(throws: CustodyError.nothingHandedOver) {
            try RecordDelivery(
                of: alliance, to: "Oficina", post: nil, through: .paper, note: nil, on: day("2026-03-13"),
                files: [], papers: [])
        }
        let id = try await record([file])
        let (delivery, items) = try await setting.fetch(ReadDelivery(id, of: alliance))
        #expect(delivery.number == 1)
        #expect(items.map(\.title) == ["acta.pdf", "Libro"])
        #expect(items[0].digest == HashDigest(of: Array("%PDF-1.7 acta.pdf".utf8)))
        #expect(items[1].sheets == 40)
        let receipt = try RecordDeliveryReceipt(
            of: id, in: alliance, by: "Coordinación", on: day("2026-03-13"), receipt: setting.paper())
        try await setting.run(receipt)
        await #expect(throws: CustodyError.receivedAlready) { try await setting.run(receipt) }
        #expect(try await record([]).description != id.description)
        #expect(try await setting.fetch(ReadDocuments(of: alliance)).deliveries.map(\.number) == [2, 1])
    }

    // MARK: The copy

    /// Has a copy made, and returns where it lies.
    private func copy(of setting: Setting, in folder: URL) async throws -> URL {
        let exports = AllianceExports(runner: setting.tenants.runner, folder: folder)
        let board = try await setting.tenants.principal(
            .board, of: setting.organization, in: .alliance(setting.alliance.id))
        let id = try await setting.tenants.runner.run(RequestExport(of: setting.alliance.id), as: board)
        await #expect(throws: CustodyError.exportUnderWay) {
            try await setting.tenants.runner.run(RequestExport(of: setting.alliance.id), as: board)
        }
        await #expect(throws: CustodyError.exportNotThere) {
            _ = try await exports.take(id, of: setting.alliance.id, as: board)
        }
        let worker = JobWorker(
            database: setting.tenants.database, handlers: [exports.jobHandler],
            now: { setting.tenants.clock.now }, logger: Logger(label: "test"))
        #expect(await worker.drain(setting.organization.id) == 1)
        return try await exports.take(id, of: setting.alliance.id, as: board).location
    }

    private func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "copies-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    @Test func `the copy holds all of the alliance and nothing of another, and checks without a database`()
        async throws
    {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let other = try await setting.tenants.alliance("Otra", in: setting.organization)
        _ = try await keep("acta.pdf", in: setting)
        func file(_ account: String, of alliance: ID<Alliance>) async throws {
            try await setting.run(
                FileComplaint(
                    ComplaintContent(
                        kind: .complaint, category: .other, entity: "EPS", account: account),
                    of: alliance, through: .paper,
                    by: Complainant(
                        name: "Rosa Inventada", authorisedOn: day("2026-03-13"), authorisedHow: .paper),
                    from: .desk))
        }
        try await file("Lo nuestro", of: alliance)
        try await file("Lo ajeno", of: other.id)
        let location = try await copy(of: setting, in: folder)

        let check = ArchiveCheck(location)
        #expect(check.faults == [])
        let manifest = try #require(check.manifest)
        #expect(manifest.alliance == alliance.description)
        #expect(check.events > 2)
        let text = String(decoding: try Data(contentsOf: location), as: UTF8.self)
        #expect(text.contains("Lo nuestro") && text.contains("%PDF-1.7 acta.pdf"))
        #expect(!text.contains("Lo ajeno"))
        #expect(!text.contains("Rosa Inventada"))
        #expect(manifest.entries.contains { $0.path == "datos/governance.complaints.json" && $0.rows == 1 })

        // The log of the alliance names the manifest.
        let made = try #require(
            try await setting.read {
                try await $0.events(
                    of: .alliance(alliance), matching: LogFilter(action: "governance.export.made"))
            }.first)
        #expect("\(made)".contains(try #require(check.manifestDigest).description))

        // Other programs read it.
        let listed = Process()
        listed.executableURL = URL(filePath: "/usr/bin/python3")
        listed.arguments = ["-m", "zipfile", "-t", location.path]
        listed.standardOutput = FileHandle.nullDevice
        try listed.run()
        listed.waitUntilExit()
        #expect(listed.terminationStatus == 0)
    }

    @Test func `what was changed in a copy is told, wherever it was`() async throws {
        let setting = try await setting()
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try await keep("acta.pdf", in: setting)
        let location = try await copy(of: setting, in: folder)
        let whole = try Data(contentsOf: location)
        func faults(replacing old: String, with new: String) throws -> [ArchiveFault] {
            var changed = whole
            let range = try #require(changed.range(of: Data(old.utf8)))
            changed.replaceSubrange(range, with: Data(new.utf8))
            let place = folder.appending(path: "\(UUID()).zip")
            try changed.write(to: place)
            return ArchiveCheck(place).faults
        }
        #expect(try faults(replacing: "%PDF-1.7 acta", with: "%PDF-1.7 otra").map(\.kind) == [.altered])
        let chain = try faults(replacing: "governance.export.asked", with: "governance.export.taken")
        #expect(chain.map(\.kind) == [.altered, .chain(link: 1)])
        try Data("nada".utf8).write(to: folder.appending(path: "nada.zip"))
        #expect(ArchiveCheck(folder.appending(path: "nada.zip")).faults.map(\.kind) == [.unreadable])
    }

    @Test func `the office takes no copy, and an old one is removed`() async throws {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let office = try await setting.tenants.principal(.office, of: setting.organization)
        await #expect(throws: AccessError.self) {
            try await setting.tenants.runner.run(RequestExport(of: alliance), as: office)
        }
        let location = try await copy(of: setting, in: folder)
        setting.tenants.clock.advance(by: 8 * 86_400)
        let board = try await setting.tenants.principal(
            .board, of: setting.organization, in: .alliance(alliance), email: "b2@ejemplo.invalid")
        let again = try await setting.tenants.runner.run(RequestExport(of: alliance), as: board)
        let exports = AllianceExports(runner: setting.tenants.runner, folder: folder)
        await JobWorker(
            database: setting.tenants.database, handlers: [exports.jobHandler],
            now: { setting.tenants.clock.now }, logger: Logger(label: "test")
        ).drain(setting.organization.id)
        #expect(!FileManager.default.fileExists(atPath: location.path))
        let listed = try await setting.fetch(ReadExports(of: alliance))
        #expect(listed.first?.id == again)
        #expect(listed.map(\.isThere) == [true, false])
    }

    @Test(arguments: [("", UInt32(0)), ("123456789", 0xCBF4_3926), ("a", 0xE8B7_BE43)])
    func `check sums are those of ZIP`(text: String, value: UInt32) {
        var sum = CheckSum()
        sum.append(Array(text.utf8))
        #expect(sum.value == value)
    }
}
