import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// Letters: numbers without gap, what does not change, the answer of each addressee, what waits.
@Suite struct LetterTests {
    private func setting() async throws -> Setting {
        let setting = try await Setting.make()
        try await BetweenCatalogues.load(into: setting)
        return setting
    }

    private func content(
        _ kind: Letter.Kind = .petition, body: String = "Se pide el listado de la red.",
        to addressees: [String] = ["EPS de prueba", "Secretaría de Salud"], term: String? = "information"
    ) throws -> LetterContent {
        try LetterContent(
            kind: kind, subject: "Red de prestadores", body: body, addressees: addressees,
            signers: ["Rosa Arrieta, presidenta"], carrier: "Luis Burgos", term: term)
    }

    private func issued(
        _ content: LetterContent? = nil, in setting: Setting
    ) async throws -> ID<Letter> {
        let alliance = setting.alliance.id
        let id = try await setting.run(WriteLetter(content ?? self.content(), of: alliance))
        try await setting.run(IssueLetter(id, of: alliance, as: 1))
        return id
    }

    private func follow(
        _ id: ID<Letter>, _ position: Int, _ news: FollowLetter.News, on text: String, in setting: Setting
    ) async throws {
        try await setting.run(
            FollowLetter(id, of: setting.alliance.id, addressee: position, news, on: try day(text)))
    }

    private func waiting(_ kind: PendingItem.Kind, in setting: Setting) async throws -> [PendingItem] {
        let now = setting.tenants.clock.now
        return try await setting.read { transaction in
            try await LettersToFollow().items(
                in: transaction, on: ColombianTime.date(at: now), at: now)
        }.filter { $0.kind == kind }
    }

    // MARK: What may not be written

    @Test(arguments: [
        "La señora Ana, CC 1066555123, espera hace un mes.", "Diagnóstico K35.8 sin cirugía.",
        "El usuario identificado con cédula de ciudadanía n.º 40.123.456 espera.",
    ])
    func `a public statement identifies nobody, and a letter may`(body: String) async throws {
        let setting = try await setting()
        let alliance = setting.alliance.id
        await #expect(throws: InvalidInput.self) {
            try await setting.run(WriteLetter(content(.statement, body: body), of: alliance))
        }
        let draft = try await setting.run(
            WriteLetter(content(.statement, body: "Hay filas."), of: alliance))
        await #expect(throws: InvalidInput.self) {
            try await setting.run(
                EditLetter(draft, of: alliance, to: content(.statement, body: body), after: 1))
        }
        let letter = try await setting.run(WriteLetter(content(.petition, body: body), of: alliance))
        let read = try await setting.fetch(ReadLetter(letter, of: alliance))
        #expect(read.cautions.count == 1)
    }

    @Test func `what a statement says of a disease that many have is shown before it is numbered`()
        async throws
    {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let id = try await setting.run(
            WriteLetter(
                content(.statement, body: "Faltan medicamentos para la diabetes; radicado 20260012345."),
                of: alliance))
        let cautions = try await setting.fetch(ReadLetter(id, of: alliance)).cautions
        #expect(cautions.map(\.fragment) == ["diabetes"])
        try await setting.run(IssueLetter(id, of: alliance, as: 1))
        #expect(try await setting.fetch(ReadLetter(id, of: alliance)).cautions.isEmpty)
    }

    // MARK: Numbers

    @Test func `numbers follow one another without gap or repeat, also when many are issued at once`()
        async throws
    {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let numbers = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 1...20 {
                group.addTask {
                    let id = try await setting.run(WriteLetter(content(), of: alliance))
                    return try await setting.run(IssueLetter(id, of: alliance, as: 1)).number
                }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(numbers.sorted() == Array(1...20))
        // A draft that was given up takes none, nor does one that lacks something.
        let dropped = try await setting.run(WriteLetter(content(), of: alliance))
        try await setting.run(SettleLetter(dropped, of: alliance, "Ya no hace falta"))
        let empty = try await setting.run(WriteLetter(content(body: " "), of: alliance))
        await #expect(throws: LetterError.bodyMissing) {
            _ = try await setting.run(IssueLetter(empty, of: alliance, as: 1))
        }
        let last = try await setting.fetch(ReadLetter(issued(in: setting), of: alliance)).letter
        #expect(last.number?.description == "S-2026-0021")
    }

    @Test func `an issued letter does not change, and a draft is changed by one at a time`() async throws {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let id = try await setting.run(WriteLetter(content(), of: alliance))
        try await setting.run(EditLetter(id, of: alliance, to: content(.official), after: 1))
        await #expect(throws: LetterError.changedMeanwhile) {
            try await setting.run(EditLetter(id, of: alliance, to: content(), after: 1))
        }
        await #expect(throws: LetterError.changedMeanwhile) {
            _ = try await setting.run(IssueLetter(id, of: alliance, as: 1))
        }
        try await setting.run(IssueLetter(id, of: alliance, as: 2))
        await #expect(throws: LetterError.issuedAlready) {
            try await setting.run(EditLetter(id, of: alliance, to: content(), after: 3))
        }
        // Nor by a statement of the serving role: row security finds nothing to change.
        try await setting.write { transaction in
            let changed = try await transaction.execute(
                """
                update governance.letters set subject = 'Otra cosa'
                where organization_id = \(setting.organization.id) and letter_id = \(id)
                """)
            #expect(changed == 0)
        }
        let answer = try await setting.fetch(ReadLetter(id, of: alliance))
        #expect(answer.isWhole)
        let number = try #require(answer.letter.number)
        #expect(
            try content(body: "Otro texto").digest(number: number, on: answer.letter.datedOn)
                != answer.letter.digest)
    }

    // MARK: The list

    @Test func `what waits is listed however old it is, and counted as it is listed`() async throws {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let id = try await issued(in: setting)
        try await follow(id, 1, .delivered(reference: "R-1"), on: "2026-03-13", in: setting)
        let closed = try await issued(in: setting)
        for position in 1...2 {
            try await follow(closed, position, .delivered(reference: "R-2"), on: "2026-03-13", in: setting)
            try await follow(
                closed, position, .answered(reference: nil, words: "Sí"), on: "2026-03-13", in: setting)
        }
        // Three years later.
        setting.tenants.clock.advance(by: 1_096 * 86_400)
        let asked = try await waiting(.lettersToAskAfter, in: setting)
        #expect(asked.map(\.count) == [1])
        let lines = try await setting.fetch(ReadLetters(of: alliance)).lines
        #expect(lines.map(\.letter.id) == [id])
        #expect(lines.first?.waitsForOthers == true)
        #expect(try await setting.fetch(ReadLetters(of: alliance, in: 2026)).lines.count == 2)
    }

    // MARK: Answers

    @Test func `each addressee has their own number, term and answer`() async throws {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let id = try await issued(in: setting)
        func counted() async throws -> Int {
            try await setting.read {
                try await $0.happenings([.letter], of: alliance, in: day("2026-01-01")...day("2026-12-31"))
            }.count
        }
        // Numbered is not sent.
        #expect(try await counted() == 0)
        #expect(throws: LetterError.proofMissing) {
            try FollowLetter(
                id, of: alliance, addressee: 1, .delivered(reference: " "), on: day("2026-03-13"))
        }
        await #expect(throws: LetterError.notDelivered) {
            try await follow(
                id, 1, .answered(reference: nil, words: "Sí"), on: "2026-03-13", in: setting)
        }
        try await follow(id, 1, .delivered(reference: "R-1"), on: "2026-03-13", in: setting)
        #expect(try await counted() == 1)
        let waitingFor = try await setting.fetch(ReadLetter(id, of: alliance)).addressees
        // Ten business days from Friday 13 March 2026, with the Monday of Saint Joseph between.
        #expect(try waitingFor.first?.delivery?.due?.day == day("2026-03-30"))
        #expect(waitingFor.map { $0.delivery == nil } == [false, true])
        #expect(try await waiting(.lettersToAskAfter, in: setting).isEmpty)
        setting.tenants.clock.advance(by: 30 * 86_400)
        // Nobody confirmed the norm: it is asked after, and nothing is overdue.
        let asked = try #require(try await waiting(.lettersToAskAfter, in: setting).first)
        #expect(asked.count == 1 && asked.dueOn == nil && asked.since != nil)
        let addressee = try #require(
            try await setting.fetch(ReadLetter(id, of: alliance)).addressees.first)
        if case .unanswered = addressee.standing(on: try day("2026-04-12")) {
        } else {
            Issue.record("it is \(addressee.standing(on: try day("2026-04-12")))")
        }
        try await follow(
            id, 1, .answered(reference: "RTA-9", words: "Envían el listado"), on: "2026-04-10", in: setting)
        #expect(try await waiting(.lettersToAskAfter, in: setting).isEmpty)
        await #expect(throws: LetterError.recordedAlready) {
            try await follow(
                id, 1, .answered(reference: nil, words: "Otra"), on: "2026-04-11", in: setting)
        }
        let line = try #require(try await setting.fetch(ReadLetters(of: alliance)).lines.first)
        #expect(line.answers == 1 && line.addressees.count == 2)
    }

    @Test func `by a confirmed norm an answer is late, and by none it is not`() throws {
        func standing(_ isConfirmed: Bool, _ text: String) throws -> LetterAddressee.Standing {
            let due = LetterDue(on: try day("2026-03-30"), norm: "Norma", isConfirmed: isConfirmed)
            return LetterAddressee(
                position: 1, name: "EPS", delivery: .init(on: try day("2026-03-13"), due: due)
            ).standing(on: try day(text))
        }
        #expect(try standing(true, "2026-03-20") == .onTime(until: day("2026-03-30")))
        #expect(try standing(true, "2026-03-26") == .near(until: day("2026-03-30")))
        #expect(try standing(true, "2026-03-31") == .late(since: day("2026-03-30")))
        #expect(try standing(false, "2026-03-31") == .unanswered(since: day("2026-03-30")))
    }

    @Test func `each term has its norm, and none is confirmed by itself`() throws {
        let terms = try LetterCatalogue(
            folder: TestDatabase.repository.appending(path: "sql/data")
        ).terms
        #expect(terms.map(\.businessDays).sorted() == [10, 15, 30])
        #expect(terms.allSatisfy { !$0.isConfirmed && $0.norm.contains("1755") && !$0.source.isEmpty })
    }

    @Test func `what came in waits until a letter answers it`() async throws {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let received = try await setting.run(
            ReceiveLetter(
                LetterContent(kind: .petition, subject: "Informe de la alianza", term: "general"),
                of: alliance,
                Letter.Arrival(
                    from: "Personería", reference: "P-7", on: day("2026-03-12"), asksAnswer: true),
                datedOn: day("2026-03-11"), scan: setting.paper()))
        #expect(try await waiting(.lettersToAnswer, in: setting).map(\.count) == [1])
        let reply = try await setting.run(
            WriteLetter(content(.letter, to: ["Personería"], term: nil), of: alliance, answering: received))
        // A draft answers nothing yet.
        #expect(try await waiting(.lettersToAnswer, in: setting).map(\.count) == [1])
        try await setting.run(IssueLetter(reply, of: alliance, as: 1))
        #expect(try await waiting(.lettersToAnswer, in: setting).isEmpty)
        let answer = try await setting.fetch(ReadLetter(received, of: alliance))
        #expect(answer.answers.map(\.id) == [reply])
        #expect(answer.files.count == 1)
        await #expect(throws: LetterError.notFound) {
            _ = try await setting.run(WriteLetter(content(), of: alliance, answering: reply))
        }
    }

    // MARK: The board's own

    @Test func `a letter of the board's own is not the office's until it is shared`() async throws {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let runner = setting.tenants.runner
        let office = try await setting.tenants.principal(.office, of: setting.organization)
        let board = try await setting.tenants.principal(
            .board, of: setting.organization, in: .alliance(alliance))
        await #expect(throws: LetterError.notOnBoard) {
            _ = try await runner.run(WriteLetter(content(), of: alliance, isReserved: true), as: office)
        }
        let id = try await runner.run(WriteLetter(content(), of: alliance, isReserved: true), as: board)
        try await runner.run(IssueLetter(id, of: alliance, as: 1), as: board)
        try await runner.run(
            FollowLetter(
                id, of: alliance, addressee: 1, .delivered(reference: nil), on: day("2026-03-13"),
                paper: setting.paper()), as: board)
        #expect(try await runner.fetch(ReadLetters(of: alliance), as: office).lines.isEmpty)
        let reserved = try await setting.read {
            try await $0.happenings([.letter], of: alliance, in: day("2026-01-01")...day("2026-12-31"))
        }
        #expect(reserved.isEmpty)
        try await runner.run(ShareLetter(id, of: alliance), as: board)
        let seen = try await runner.fetch(ReadLetter(id, of: alliance), as: office)
        #expect(seen.addressees.first?.delivery?.file != nil)
        #expect(seen.isWhole)
    }
}
