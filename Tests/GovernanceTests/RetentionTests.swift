import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// How long files are kept, and what becomes of those whose term passed; 13 March 2026 is today.
@Suite struct RetentionTests {
    private static let folder = TestDatabase.repository.appending(path: "sql/data")

    private func setting() async throws -> Setting {
        let setting = try await Setting.make()
        try await RetentionCatalogue(folder: Self.folder).load(into: setting.tenants.database)
        return setting
    }

    /// Keeps a paper of the alliance.
    private func keep(
        _ name: String, as retention: RetentionClass, dated day: String, in setting: Setting,
        isReserved: Bool = false
    ) async throws -> ID<StoredFile> {
        let file = try StoredFile(
            name: name, content: Array("%PDF-1.7 \(name)".utf8), effectiveOn: try GovernanceTests.day(day))
        let now = setting.tenants.clock.now
        try await setting.write { transaction in
            _ = try await transaction.store(
                file, as: retention, in: .alliance(setting.alliance.id), isReserved: isReserved, at: now)
        }
        return file.id
    }

    private func confirm(
        _ retention: RetentionClass, years: Int, from start: RetentionTerm.Start = .yearEnd,
        in setting: Setting
    ) async throws {
        try await setting.run(
            ConfirmRetentionTerm(
                of: retention, .review, years: years, from: start, norm: "Tabla de retención, versión 3"))
    }

    private func retention(
        of file: ID<StoredFile>, in setting: Setting
    ) async throws -> DocumentRetention {
        try await setting.fetch(ReadRetention(of: file, in: setting.alliance.id)).document.retention
    }

    private func principals(_ setting: Setting) async throws -> (office: Principal, board: Principal) {
        (
            try await setting.tenants.principal(.office, of: setting.organization),
            try await setting.tenants.principal(
                .board, of: setting.organization, in: .alliance(setting.alliance.id))
        )
    }

    // MARK: Terms

    @Test func `the catalogue has a term for each class, and confirms none`() throws {
        let terms = try RetentionCatalogue(folder: Self.folder).terms
        #expect(terms.count == RetentionClass.allCases.count)
        #expect(terms.allSatisfy { !$0.isConfirmed && !($0.source ?? "").isEmpty })
        // What runs from a closing has one that is known.
        #expect(terms.allSatisfy { $0.start != .closing || $0.retention.closing != nil })
    }

    @Test func `a term says how long, from what, and what orders it`() throws {
        #expect(throws: RetentionTermError.normMissing) {
            try ConfirmRetentionTerm(of: .letters, .review, years: 5, from: .document, norm: "TRD")
        }
        #expect(throws: RetentionTermError.yearsMissing) {
            try ConfirmRetentionTerm(of: .letters, .review, years: nil, from: .document, norm: "Tabla 2026")
        }
        #expect(throws: RetentionTermError.closingUnknown) {
            try ConfirmRetentionTerm(of: .letters, .review, years: 5, from: .closing, norm: "Tabla 2026")
        }
        let always = try ConfirmRetentionTerm(
            of: .letters, .keep, years: 5, from: .closing, norm: "Tabla 2026")
        #expect(always.term.years == nil)
        #expect(always.term.length == "Siempre")
    }

    @Test func `a term is still running on its last day`() throws {
        let until = try day("2026-03-13")
        let retention = DocumentRetention(as: .letters, until: until, isAlways: false, isConfirmed: true)
        #expect(retention.standing(on: until) == .running(until: until))
        #expect(retention.standing(on: until + 1) == .passed(on: until))
        let guiding = DocumentRetention(as: .letters, until: until, isAlways: false, isConfirmed: false)
        #expect(guiding.standing(on: until + 1) == .guiding(until: until))
    }

    // MARK: Files

    @Test func `a file is kept as what it proves, until somebody says otherwise`() async throws {
        let setting = try await setting()
        let file = try await keep("carta.pdf", as: .letters, dated: "2012-03-05", in: setting)
        let before = try await retention(of: file, in: setting)
        #expect(before.retention == .letters)
        // Ten years from the end of 2012, as the catalogue proposes: nothing follows from it.
        #expect(try before.until == day("2022-12-31"))
        #expect(try before.standing(on: day("2026-03-13")) == .guiding(until: day("2022-12-31")))
        let record = try #require(try await setting.read { try await $0.file(file) })
        #expect(throws: StoredFileError.reasonMissing) {
            try ReclassifyFile(record, as: .minutes, because: " ")
        }
        await #expect(throws: StoredFileError.classStays) {
            try await setting.run(ReclassifyFile(record, as: .letters, because: "Igual"))
        }
        await #expect(throws: StoredFileError.classStays) {
            // What is of no election is not made electoral by its class; what is of one is nothing else.
            let electoral = try await setting.tenants.runner.run(
                StoreFile(
                    StoredFile(
                        name: "a.pdf", content: Array("%PDF-1.7 e".utf8), effectiveOn: day("2026-01-01")),
                    as: .letters, in: .process(ID(), of: setting.alliance.id)),
                as: setting.principal)
            let kept = try #require(try await setting.read { try await $0.file(electoral) })
            #expect(kept.retention == .elections)
            try await setting.run(ReclassifyFile(kept, as: .letters, because: "Es una carta"))
        }
        try await setting.run(ReclassifyFile(record, as: .minutes, because: "Es un acta"))
        let after = try await retention(of: file, in: setting)
        #expect(after.retention == .minutes)
        #expect(try after.standing(on: day("2026-03-13")) == .always)
    }

    @Test func `the same content is kept once for each class`() async throws {
        let setting = try await setting()
        let file = try StoredFile(
            name: "a.pdf", content: Array("%PDF-1.7 a".utf8), effectiveOn: day("2026-03-03"))
        let alliance = setting.alliance.id
        let now = setting.tenants.clock.now
        func store(_ retention: RetentionClass) async throws -> ID<StoredFile> {
            try await setting.tenants.database.transaction(TenantScope(setting.principal)) {
                try await $0.store(file.copied(), as: retention, in: .alliance(alliance), at: now)
            }
        }
        let first = try await store(.minutes)
        #expect(try await store(.minutes) == first)
        #expect(try await store(.mandates) != first)
    }

    @Test func `a complaint's papers run from its closing`() async throws {
        let setting = try await setting()
        let file = try await keep("queja.pdf", as: .complaints, dated: "2012-03-05", in: setting)
        #expect(try await retention(of: file, in: setting).standing(on: day("2026-03-13")) == .open)
    }

    // MARK: Decisions

    private func refusal(
        _ decide: () async throws -> Void
    ) async -> RetentionError? {
        do {
            try await decide()
            return nil
        } catch {
            return error as? RetentionError
        }
    }

    @Test func `what passed a confirmed term goes by two people of different sides`() async throws {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let file = try await keep("carta.pdf", as: .letters, dated: "2012-03-05", in: setting)
        let (office, board) = try await principals(setting)
        let runner = setting.tenants.runner
        func propose() async throws {
            _ = try await runner.run(
                ProposeDisposal(of: file, in: alliance, because: "Comité de archivo"), as: office)
        }
        // By the catalogue's term nothing is put up for decision.
        #expect(await refusal { try await propose() } == .termNotPassed)
        try await confirm(.letters, years: 10, in: setting)
        let waiting = try await setting.read {
            try await $0.filesPastTerm(on: day("2026-03-13"))
        }
        #expect(waiting.map(\.count) == [1])
        #expect(try await setting.read { try await $0.filesPastTerm(on: day("2022-12-31")) }.isEmpty)
        // The terminal is of no side.
        #expect(
            await refusal {
                _ = try await setting.run(ProposeDisposal(of: file, in: alliance, because: "Comité"))
            } == .sameSide)
        try await propose()
        #expect(await refusal { try await propose() } == .proposedAlready)
        #expect(
            await refusal { try await runner.run(SecondDisposal(of: file, in: alliance), as: office) }
                == .sameSide)
        let colleague = try await setting.tenants.principal(.officeAdministrator, of: setting.organization)
        #expect(
            await refusal { try await runner.run(SecondDisposal(of: file, in: alliance), as: colleague) }
                == .sameSide)
        // Taken back, and proposed anew.
        try await runner.run(
            WithdrawDisposal(of: file, in: alliance, because: "Falta el acta"), as: board)
        #expect(
            await refusal { try await runner.run(SecondDisposal(of: file, in: alliance), as: board) }
                == .notProposed)
        try await propose()
        #expect(try await setting.read { try await $0.disposals(waitingFor: .board) }.map(\.count) == [1])
        try await runner.run(SecondDisposal(of: file, in: alliance), as: board)
        let record = try #require(try await setting.read { try await $0.file(file) })
        #expect(record.disposedAt == setting.tenants.clock.now)
        #expect(record.sha256 == Array(HashDigest(of: Array("%PDF-1.7 carta.pdf".utf8)).bytes))
        await #expect(throws: StoredFileError.disposed(on: try day("2026-03-13"))) {
            _ = try await runner.run(OpenFile(record), as: office)
        }
        // The same paper may come in again, as another file.
        let again = try await keep("carta.pdf", as: .letters, dated: "2012-03-05", in: setting)
        #expect(again != file)
        #expect(
            try await retention(of: file, in: setting).standing(on: day("2026-03-13"))
                == .disposed(on: day("2026-03-13")))
    }

    @Test func `a file is kept until another day, and is then decided upon again`() async throws {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let file = try await keep("carta.pdf", as: .letters, dated: "2012-03-05", in: setting)
        let (_, board) = try await principals(setting)
        try await confirm(.letters, years: 10, in: setting)
        func postpone(until text: String) async throws {
            try await setting.tenants.runner.run(
                KeepFileLonger(file, of: alliance, until: day(text), because: "Hay un reclamo"), as: board)
        }
        #expect(await refusal { try await postpone(until: "2026-03-13") } == .dayNotToCome)
        try await postpone(until: "2027-03-13")
        let kept = try await retention(of: file, in: setting)
        #expect(try kept.standing(on: day("2027-03-13")) == .postponed(until: day("2027-03-13")))
        #expect(try kept.standing(on: day("2027-03-14")) == .passed(on: day("2022-12-31")))
        #expect(try await setting.read { try await $0.filesPastTerm(on: day("2026-03-13")) }.isEmpty)
        #expect(await refusal { try await postpone(until: "2028-03-13") } == .termNotPassed)
    }

    @Test func `what is the board's own or issued is never put up`() async throws {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let own = try await keep(
            "propia.pdf", as: .letters, dated: "2012-03-05", in: setting, isReserved: true)
        let (_, board) = try await principals(setting)
        try await confirm(.letters, years: 10, in: setting)
        #expect(
            await refusal {
                _ = try await setting.tenants.runner.run(
                    ProposeDisposal(of: own, in: alliance, because: "Comité"), as: board)
            } == .notFound)
        #expect(try await setting.read { try await $0.filesPastTerm(on: day("2026-03-13")) }.isEmpty)
        let issued = try StoredFile(
            name: "carta.pdf", content: Array("%PDF-1.7 emitida".utf8), effectiveOn: day("2012-03-05"))
        let now = setting.tenants.clock.now
        try await setting.write { transaction in
            _ = try await transaction.issue(
                NewDocument(
                    code: DocumentCode(), kind: "carta", title: "Carta 1", issuer: "A", subject: "1",
                    wordsDigest: HashDigest(of: []), file: issued), in: .alliance(alliance), at: now)
        }
        #expect(try await retention(of: issued.id, in: setting).standing(on: day("2026-03-13")) == .bound)
        #expect(
            await refusal {
                _ = try await setting.tenants.runner.run(
                    ProposeDisposal(of: issued.id, in: alliance, because: "Comité"), as: board)
            } == .bound)
    }

    @Test func `a term that is taken back puts nothing up any more`() async throws {
        let setting = try await setting()
        _ = try await keep("carta.pdf", as: .letters, dated: "2012-03-05", in: setting)
        try await confirm(.letters, years: 2, in: setting)
        try await confirm(.letters, years: 10, in: setting)
        let terms = try await setting.fetch(ReadRetentionTerms())
        #expect(terms.first { $0.retention == .letters }?.years == 10)
        try await setting.run(WithdrawRetentionTerm(of: .letters, because: "Otra versión de la tabla"))
        #expect(try await setting.read { try await $0.filesPastTerm(on: day("2026-03-13")) }.isEmpty)
        await #expect(throws: RetentionTermError.notConfirmed) {
            try await setting.run(WithdrawRetentionTerm(of: .letters, because: "Otra vez"))
        }
    }
}
