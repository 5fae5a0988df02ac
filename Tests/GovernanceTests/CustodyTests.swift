import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// What an alliance has on paper, and what it handed over.
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

    @Test func `a file is named by what it proves, and leads to it`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let id = try await setting.run(
            MakeCommitment("Publicar los horarios", by: .office, until: nil, of: alliance))
        try await setting.run(
            FollowCommitment(id, of: alliance, .done, note: "Se publicaron", evidence: setting.paper()))
        let document = try #require(
            try await setting.fetch(ReadDocuments(of: alliance)).documents.first { $0.source == .file })
        #expect(document.name == "Evidencia del compromiso «Publicar los horarios»")
        #expect(document.origin?.kind == .commitment)
        #expect(document.origin?.subject == id.rawValue)
        #expect(document.kindInWords == "De un compromiso")
    }

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

    @Test func `deliveries that are recorded at once follow one another, and none is lost`() async throws {
        let setting = try await setting()
        let alliance = setting.alliance.id
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...8 {
                group.addTask {
                    try await setting.run(
                        RecordDelivery(
                            of: alliance, to: "Oficina \(number)", post: nil, through: .paper, note: nil,
                            on: day("2026-03-13"), files: [],
                            papers: [Delivery.Item(title: "Libro \(number)", datedOn: nil, sheets: 1)]))
                }
            }
            try await group.waitForAll()
        }
        let deliveries = try await setting.fetch(ReadDocuments(of: alliance)).deliveries
        #expect(deliveries.map(\.number) == Array((1...8).reversed()))
        #expect(Set(deliveries.map(\.recipient)).count == 8)
    }

    @Test func `what the board keeps to itself is not handed over by its name`() async throws {
        let setting = try await setting()
        let file = try await keep("denuncia.pdf", in: setting, isReserved: true)
        await #expect(throws: CustodyError.documentReserved) {
            try await setting.run(
                RecordDelivery(
                    of: setting.alliance.id, to: "Oficina", post: nil, through: .platform, note: nil,
                    on: day("2026-03-13"), files: [file], papers: []))
        }
        let titles: [String] = try await setting.read {
            try await $0.values("select title from governance.delivery_items", as: String.self)
        }
        #expect(titles.isEmpty)
    }
}
