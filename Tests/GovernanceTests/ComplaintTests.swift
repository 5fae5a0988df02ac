import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// Complaints: what may not be written, the clock of their answer, their way, who may know whose they are.
@Suite struct ComplaintTests {
    private static let catalogue = Result { try ComplaintCatalogue(folder: folder) }
    private static var folder: URL { TestDatabase.repository.appending(path: "sql/data") }

    private func setting() async throws -> Setting {
        let setting = try await Setting.make()
        try await Self.catalogue.get().load(into: setting.tenants.database)
        return setting
    }

    private func content(
        _ kind: Complaint.Kind = .healthClaim, risk: Complaint.Risk? = .simple,
        entity: String = "EPS de prueba", account: String = "No dan cita hace un mes"
    ) throws -> ComplaintContent {
        try ComplaintContent(
            kind: kind, risk: risk, category: .appointments, entity: entity, account: account)
    }

    private func filed(
        in setting: Setting, _ content: ComplaintContent? = nil, by complainant: Complainant? = nil,
        from source: FileComplaint.Source = .desk
    ) async throws -> FileComplaint.Filed {
        try await setting.run(
            FileComplaint(
                content ?? self.content(), of: setting.alliance.id, through: .inPerson, by: complainant,
                from: source))
    }

    // MARK: What may not be written

    @Test(arguments: [
        ("Me diagnosticaron K35.8 y no me operan", "K35.8"), ("Con código j45 no autorizan", "j45"),
        ("Tengo DIABÉTES y no me dan la cita", "DIABÉTES"), ("Mi mamá es hipertensa.", "hipertensa"),
        ("No entregan la insulina hace un mes", "insulina"),
        ("No me programan la quimioterapia", "quimioterapia"),
        ("Mi cédula es 1.067.890.123", "cédula es 1.067.890.123"), ("Soy la 25781234", "25781234"),
        ("Llámeme al 300 123 4567", "300 123 4567"),
        ("Escriban a rosa@ejemplo.invalid", "rosa@ejemplo.invalid"),
        ("Sufro de la presión alta", "presion alta"), ("tiene cáncer/diabetes", "cáncer/diabetes"),
    ])
    func `what tells of health or of who somebody is is found`(text: String, fragment: String) throws {
        let filter = try ClinicalFilter(Self.catalogue.get().patterns)
        #expect(filter.findings(in: text).map(\.fragment).contains(fragment))
        let problem = try #require(filter.problem(in: text, field: "account"))
        #expect(problem.field == "account")
        #expect(problem.message.contains("«\(fragment)»"))
    }

    @Test(arguments: ["20260012345", "EPS-2026/000123", "123"])
    func `an earlier radicado has its place`(number: String) async throws {
        let setting = try await setting()
        let content = try ComplaintContent(
            kind: .request, category: .appointments, entity: "EPS", earlierNumber: " \(number) ",
            account: "No contestan")
        let filed = try await filed(in: setting, content)
        let read = try await setting.fetch(ReadComplaint(filed.id, of: setting.alliance.id))
        #expect(read.complaint.content.earlierNumber == number)
    }

    @Test(arguments: ["Ana María Pérez", "sin número", "12; drop", String(repeating: "1", count: 41)])
    func `what is no radicado is refused`(text: String) {
        #expect(throws: ComplaintError.earlierNumberMalformed) {
            try ComplaintContent(
                kind: .request, category: .appointments, entity: "EPS", earlierNumber: text,
                account: "No contestan")
        }
    }

    @Test(arguments: [
        "No me entregaron el medicamento en la farmacia de la calle 12 # 5-40, piso 3",
        "Llevo tres semanas esperando la autorización desde el 13/03/2026 a las 7:30",
        "Me cobraron $ 1.250.000 y $45.000 de copago que no debía", "El baño del segundo piso está dañado",
        "La cita quedó para 2027", "Pidieron otra vez la historia clínica",
        "Hicieron fila 40 personas desde las 4 a. m.",
        "No hay quien atienda en urgencias los domingos", "",
    ])
    func `what happened with a service is let pass`(text: String) throws {
        #expect(try ClinicalFilter(Self.catalogue.get().patterns).findings(in: text) == [])
    }

    @Test func `without its list nothing is taken in`() async throws {
        #expect(throws: ComplaintError.filterMissing) { try ClinicalFilter([]) }
        #expect(throws: ComplaintError.filterMissing) {
            try ClinicalFilter([ClinicalPattern(kind: .expression, pattern: "[", reason: .code)])
        }
        let setting = try await Setting.make()
        await #expect(throws: ComplaintError.filterMissing) { _ = try await filed(in: setting) }
    }

    @Test func `a complaint with clinical data is not kept, wherever it stands`() async throws {
        let setting = try await setting()
        let texts = try [
            content(account: "Tengo lupus"), content(entity: "Clínica del cáncer"),
            ComplaintContent(
                kind: .complaint, category: .other, entity: "EPS", place: "Unidad de diálisis",
                account: "Mala atención"),
            ComplaintContent(
                kind: .complaint, category: .other, entity: "EPS", account: "Mala atención",
                wish: "Que me den losartán"),
        ]
        for text in texts {
            await #expect(throws: InvalidInput.self) { _ = try await filed(in: setting, text) }
        }
        #expect(try await setting.fetch(ReadComplaints(of: setting.alliance.id)).isEmpty)
        // Nor does a number get lost by it.
        #expect(try await filed(in: setting).number.description == "Q-2026-0001")
    }

    // MARK: Numbers

    @Test func `numbers follow one another without gap or repeat, also when many file at once`() async throws
    {
        let setting = try await setting()
        let numbers = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 1...20 {
                group.addTask { try await filed(in: setting).number.number }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(numbers.sorted() == Array(1...20))
        let other = try await setting.tenants.alliance("Otra alianza", in: setting.organization)
        let first = try await setting.run(
            FileComplaint(content(), of: other.id, through: .paper, from: .desk))
        #expect(first.number.number == 1)
    }

    @Test(arguments: [("Q-2026-0007", 7), ("q 2026 7", 7), ("2026-0123", 123)])
    func `a radicado is read as people type it`(text: String, number: Int) {
        #expect(FilingNumber(typed: text) == FilingNumber(year: 2026, number: number))
    }

    // MARK: Terms

    @Test(arguments: [
        // Hours run on over a weekend.
        (ComplaintTerm.Unit.hours, 72, "2026-03-13T09:00", "2026-03-16T09:00"),
        // The Monday of Saint Joseph, 23 March 2026, is no business day.
        (.businessDays, 5, "2026-03-16T09:00", "2026-03-25T00:00"),
        // Maundy Thursday and Good Friday, 2 and 3 April 2026.
        (.businessDays, 3, "2026-03-31T16:00", "2026-04-08T00:00"),
        (.businessDays, 1, "2026-12-31T10:00", "2027-01-05T00:00"),
    ])
    func `a term ends by hours of the clock or business days of Colombia`(
        unit: ComplaintTerm.Unit, amount: Int, start: String, end: String
    ) throws {
        let term = ComplaintTerm(
            kind: .complaint, risk: .none, unit: unit, amount: amount, norm: "Norma", isConfirmed: true)
        let start = try #require(ColombianTime.instant(start))
        #expect(try term.end(from: start) == ColombianTime.instant(end))
    }

    @Test func `each term of the catalogue has its norm, and none is confirmed by itself`() throws {
        let terms = try Self.catalogue.get().terms
        #expect(terms.count == 6)
        #expect(terms.allSatisfy { !$0.isConfirmed && !$0.norm.isEmpty && $0.source?.isEmpty == false })
        for risk in Complaint.Risk.ofClaims { #expect(terms.term(of: .healthClaim, risk)?.unit == .hours) }
        #expect(terms.term(of: .praise, .none) == nil)
    }

    @Test func `nothing is late by a term that nobody confirmed, and by a confirmed one it is`() async throws
    {
        let setting = try await setting()
        let alliance = setting.alliance.id
        func transferred() async throws -> ID<Complaint> {
            let id = try await filed(in: setting, content(risk: .vital)).id
            try await setting.run(
                FollowComplaint(id, of: alliance, .transferred(to: "Atención al usuario", reference: "R-1")))
            return id
        }
        let unconfirmed = try await transferred()
        try await setting.run(
            ConfirmComplaintTerm(.healthClaim, .vital, 24, .hours, norm: "Procedimiento PQRD-02"))
        let confirmed = try await transferred()
        setting.tenants.clock.advance(by: 25 * 3600)
        let now = setting.tenants.clock.now
        func standing(_ id: ID<Complaint>) async throws -> ComplaintStanding {
            try await setting.fetch(ReadComplaint(id, of: alliance)).complaint.standing(at: now)
        }
        if case .unconfirmed = try await standing(unconfirmed) {} else { Issue.record("it is late") }
        if case .late = try await standing(confirmed) {} else { Issue.record("it is not late") }
        func due() async throws -> Int {
            try await setting.read { transaction in
                try await ComplaintsToTransfer().items(in: transaction, on: day("2026-03-14"), at: now)
            }
            .filter { $0.kind == .complaintsDue }.map(\.count).reduce(0, +)
        }
        #expect(try await due() == 1)
        // What was told once stays, and the next goes by the catalogue again.
        try await setting.run(WithdrawComplaintTerm(.healthClaim, .vital, because: "Fue derogada"))
        #expect(try await due() == 1)
        let terms = try await setting.fetch(ReadComplaintTerms())
        #expect(terms.term(of: .healthClaim, .vital)?.isConfirmed == false)
        await #expect(throws: ComplaintError.termNotFound) {
            try await setting.run(WithdrawComplaintTerm(.healthClaim, .vital, because: "Otra vez"))
        }
    }

    // MARK: The way of a complaint

    @Test func `a complaint goes to the entity, is answered, checked, reopened and closed`() async throws {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let id = try await filed(in: setting).id
        func follow(_ news: FollowComplaint.News, _ note: String = "Nota", proof: StoredFile? = nil)
            async throws
        {
            try await setting.run(FollowComplaint(id, of: alliance, news, note: note, proof: proof))
        }
        #expect(throws: ComplaintError.proofMissing) {
            try FollowComplaint(id, of: alliance, .transferred(to: "Oficina", reference: nil))
        }
        await #expect(throws: ComplaintError.outOfTurn) { try await follow(.answered(reference: nil)) }
        try await follow(.transferred(to: "Oficina", reference: nil), proof: setting.paper())
        try await follow(.classified(.healthClaim, .vital), "Empeora si espera")
        await #expect(throws: InvalidInput.self) {
            try await follow(.answered(reference: nil), "Dicen que tiene lupus")
        }
        try await follow(.answered(reference: "RTA-9"), "Asignaron cita")
        try await setting.run(
            CheckComplaint(id, of: alliance, found: .notCorrected, note: "La cita no existe"))
        try await follow(.transferred(to: "Gerencia", reference: "R-2"))
        try await follow(.answered(reference: nil), "Ahora sí hay cita")
        try await setting.run(
            CheckComplaint(id, of: alliance, found: .corrected, note: "La persona fue a la cita"))
        await #expect(throws: ComplaintError.outOfTurn) { try await follow(.closed(.oriented)) }

        let answer = try await setting.fetch(ReadComplaint(id, of: alliance))
        #expect(
            answer.steps.map(\.kind) == [
                .filed, .transferred, .classified, .answered, .checked, .transferred, .answered, .checked,
            ])
        #expect(answer.complaint.state == .closed)
        #expect(answer.complaint.outcome == .corrected)
        #expect(answer.complaint.content.risk == .vital)
        let counted = try await setting.read {
            try await $0.happenings(
                [.accompaniedComplaint], of: alliance, in: day("2026-03-01")...day("2026-03-31"))
        }
        #expect(counted.map(\.id) == [id.rawValue])
        let none = try await setting.read {
            try await $0.happenings(
                [.accompaniedComplaint], of: alliance, in: day("2026-04-01")...day("2026-04-30"))
        }
        #expect(none.isEmpty)
    }

    @Test func `what was corrected is said by the alliance, and never by the entity that answered`()
        async throws
    {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let office = try await setting.tenants.principal(.office, of: setting.organization)
        let board = try await setting.tenants.principal(
            .board, of: setting.organization, in: .alliance(alliance))
        let id = try await filed(in: setting).id
        try await setting.run(FollowComplaint(id, of: alliance, .transferred(to: "Oficina", reference: "1")))
        try await setting.run(FollowComplaint(id, of: alliance, .answered(reference: nil), note: "Resuelto"))
        let check = try CheckComplaint(id, of: alliance, found: .corrected, note: "Se habló con la persona")
        await #expect(throws: AccessError.self) {
            try await setting.tenants.runner.run(check, as: office)
        }
        // What the board thinks of it is its own.
        try await setting.tenants.runner.run(
            AnalyseComplaint(id, of: alliance, note: "Es la tercera del mes"), as: board)
        func kinds(_ principal: Principal) async throws -> [ComplaintStep.Kind] {
            try await setting.tenants.runner.fetch(ReadComplaint(id, of: alliance), as: principal).steps.map(
                \.kind)
        }
        #expect(try await kinds(board) == [.filed, .transferred, .answered, .analysis])
        #expect(try await kinds(office) == [.filed, .transferred, .answered])
        try await setting.tenants.runner.run(check, as: board)
    }

    // MARK: Who complains

    @Test func `who complains is kept apart, and seen with a purpose that stays in the log`() async throws {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let board = try await setting.tenants.principal(
            .board, of: setting.organization, in: .alliance(alliance))
        let named = try Complainant(
            name: "Rosa Arrieta", document: "CC 1001", contact: "300", authorisedOn: day("2026-03-13"),
            authorisedHow: .inPerson)
        let id = try await filed(in: setting, by: named).id
        #expect(throws: ComplaintError.purposeMissing) {
            try OpenComplainant(of: id, in: alliance, for: "ver")
        }
        let seen = try await setting.tenants.runner.run(
            OpenComplainant(of: id, in: alliance, for: "Avisarle la fecha de la cita"), as: board)
        #expect(seen == named)
        let events = try await setting.read {
            try await $0.events(of: .alliance(alliance), matching: LogFilter(action: "governance.compl"))
        }
        #expect(events.first?.action == "governance.complainant.opened")
        let words = events.map { "\($0)" }.joined()
        #expect(words.contains("Avisarle la fecha"))
        #expect(!words.contains("Rosa"))
        let anonymous = try await filed(in: setting).id
        await #expect(throws: ComplaintError.nobodyKnown) {
            try await setting.run(OpenComplainant(of: anonymous, in: alliance, for: "Avisarle la fecha"))
        }
    }

    @Test func `whoever complained has their name erased, and nothing brings it back`() async throws {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let runner = setting.tenants.runner
        let server = Principal.system(in: setting.organization.id)
        let member = try await setting.tenants.principal(
            .member, of: setting.organization, in: .alliance(alliance))
        let user = try #require(member.user)
        let named = try Complainant(
            name: "Rosa Arrieta", document: "CC 1001", contact: "300", authorisedOn: day("2026-03-13"),
            authorisedHow: .inPerson)
        func filed(_ source: FileComplaint.Source) async throws -> FileComplaint.Filed {
            try await runner.run(
                FileComplaint(content(), of: alliance, through: .page, by: named, from: source), as: server)
        }
        let (own, coded, told) = (
            try await filed(.member(user)), try await filed(.everybody), try await filed(.desk)
        )
        let code = try #require(coded.code)
        await #expect(throws: ComplaintError.notFound) {
            try await runner.run(
                EraseComplainant(in: alliance, asked: .member(user, told.id)), as: server)
        }
        await #expect(throws: ComplaintError.receiptNotFound) {
            try await runner.run(
                EraseComplainant(in: alliance, asked: .code(.random(groups: 4))), as: server)
        }
        for source: EraseComplainant.Source in [
            .member(user, own.id), .code(code), .desk(told.id, asked: "Llamó a la oficina"),
        ] {
            try await runner.run(EraseComplainant(in: alliance, asked: source), as: server)
        }
        for each in [own, coded, told] {
            let complaint = try await setting.fetch(ReadComplaint(each.id, of: alliance)).complaint
            #expect(complaint.identity == .erased(on: ColombianTime.date(at: setting.tenants.clock.now)))
            await #expect(throws: ComplaintError.nobodyKnown) {
                try await setting.run(OpenComplainant(of: each.id, in: alliance, for: "Avisarle la fecha"))
            }
            await #expect(throws: ComplaintError.nobodyKnown) {
                try await setting.run(
                    EraseComplainant(in: alliance, asked: .desk(each.id, asked: "Otra vez")))
            }
        }
        let kept: Int? = try await setting.read {
            try await $0.value("select count(*)::int from governance.complainants where name is not null")
        }
        #expect(kept == 0)
        #expect(
            try await runner.fetch(ReadOwnComplaints(in: alliance), as: member).map(\.complaint.id) == [
                own.id
            ])
    }

    @Test func `a form that is sent twice files one complaint, and its code finds it`() async throws {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let server = Principal.system(in: setting.organization.id)
        let runner = setting.tenants.runner
        let code = ReadableCode(typed: "aaaaa-bbbbb-ccccc-ddddd")
        let complaint = FileComplaint(
            try content(), of: alliance, through: .page, from: .everybody, code: code)
        let key = ID<Request>()
        let first = try await runner.run(complaint, as: server, key: key)
        await #expect(throws: AccessError.alreadyDone) {
            try await runner.run(complaint, as: server, key: key)
        }
        #expect(try await runner.fetch(FindFiledComplaint(by: code, in: alliance), as: server) == first)
        let other = ReadableCode(typed: "aaaaa-bbbbb-ccccc-eeeee")
        #expect(try await runner.fetch(FindFiledComplaint(by: other, in: alliance), as: server) == nil)
    }

    @Test func `a member finds their own complaints and nobody else's, and the log does not name them`()
        async throws
    {
        let setting = try await setting()
        let alliance = setting.alliance.id
        func member(_ email: String) async throws -> Principal {
            try await setting.tenants.principal(
                .member, of: setting.organization, in: .alliance(alliance), name: "Carmen", email: email)
        }
        let (carmen, other) = (try await member("c@ejemplo.invalid"), try await member("o@ejemplo.invalid"))
        let user = try #require(carmen.user)
        let id = try await setting.tenants.runner.run(
            FileComplaint(content(), of: alliance, through: .page, from: .member(user)),
            as: .system(in: setting.organization.id)
        ).id
        func own(_ principal: Principal) async throws -> [ID<Complaint>] {
            try await setting.tenants.runner.fetch(ReadOwnComplaints(in: alliance), as: principal)
                .map(\.complaint.id)
        }
        #expect(try await own(carmen) == [id])
        #expect(try await own(other) == [])
        await #expect(throws: AccessError.self) {
            try await setting.tenants.runner.fetch(ReadComplaints(of: alliance), as: carmen)
        }
        let events = try await setting.read {
            try await $0.events(of: .alliance(alliance), matching: LogFilter(action: "governance.complaint"))
        }
        #expect(events.map(\.action) == ["governance.complaint.filed"])
        #expect(!events.map { "\($0)" }.joined().contains("Carmen"))
        #expect(try await setting.fetch(ReadComplaint(id, of: alliance)).complaint.identity == .anonymous)
    }

    @Test func `whoever has the code follows the complaint, and nobody else`() async throws {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let filed = try await filed(in: setting, from: .everybody)
        let code = try #require(filed.code)
        func receipt(_ code: ReadableCode) async throws -> ComplaintReceipt? {
            try await setting.tenants.database.read(PublicScope()) {
                try await $0.complaintReceipt(code, of: alliance, in: setting.organization.id)
            }
        }
        #expect(try await receipt(code)?.state == .filed)
        try await setting.run(
            FollowComplaint(filed.id, of: alliance, .transferred(to: "Oficina", reference: "1")))
        let found = try #require(try await receipt(code))
        #expect(found.state == .transferred)
        #expect(found.number == filed.number.description)
        #expect(try await receipt(.random(groups: 4)) == nil)
    }

    // MARK: Figures

    @Test(arguments: [
        ([10, 20], ["10", "20"], "30"), ([3, 20], ["reservado", "reservado"], "23"),
        ([3, 4, 20], ["reservado", "reservado", "20"], "27"), ([3], ["reservado"], "reservado"),
        ([3, 0], ["reservado", "0"], "reservado"),
        ([1, 2, 30, 40], ["reservado", "reservado", "reservado", "40"], "73"),
        ([0, 0], ["0", "0"], "0"),
    ])
    func `a small figure is held back, and what would give it away`(
        parts: [Int], shown: [String], total: String
    ) {
        let guarded = GuardedFigure.guarding(parts)
        #expect(guarded.parts.map(\.words) == shown)
        #expect(guarded.total.words == total)
    }

    @Test func `the month counts each complaint once in each step`() async throws {
        let setting = try await setting()
        let alliance = setting.alliance.id
        for number in 1...6 {
            let id = try await filed(in: setting).id
            guard number > 1 else { continue }
            try await setting.run(
                FollowComplaint(id, of: alliance, .transferred(to: "Oficina", reference: "1")))
            try await setting.run(FollowComplaint(id, of: alliance, .answered(reference: nil), note: "Ya"))
            try await setting.run(CheckComplaint(id, of: alliance, found: .notCorrected, note: "No"))
            try await setting.run(
                FollowComplaint(id, of: alliance, .transferred(to: "Oficina", reference: "2")))
        }
        let month = try await setting.fetch(ReadComplaintMonth(of: day("2026-03-31"), in: alliance))
        #expect(
            month.lines == [
                ComplaintMonth.Line(
                    category: .appointments, filed: 6, transferred: 5, answered: 5, corrected: 0)
            ])
        #expect(!month.isHeld)
        let next = try await setting.fetch(ReadComplaintMonth(of: day("2026-04-01"), in: alliance))
        #expect(next.lines.isEmpty)
    }
}
