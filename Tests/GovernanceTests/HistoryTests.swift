import Foundation
import Kernel
import Membership
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// History from paper: sheets as offices write them, what they mean, all or nothing, once; 13 March 2026 is today.
@Suite struct HistoryTests {
    private func sheet(_ kind: HistoryKind, _ lines: String...) -> HistorySheet {
        HistorySheet(Spreadsheet(csv: lines.joined(separator: "\r\n")), of: kind)
    }

    private func scan(_ name: String) -> HistoryScan {
        HistoryScan(name: name, content: Array("%PDF-1.7 \(name)".utf8))
    }

    // MARK: Sheets

    @Test func `a sheet of an office is read with its own names, and goes on as the template has it`() throws
    {
        let read = sheet(
            .mandates, "LIBRO DE DIRECTIVAS;;;;", "",
            "ÓRGANO;CARGO;CÉDULA;INICIO;FIN;SOPORTE;ARCHIVO",
            "Junta;Presidencia;CC 1001;13/03/2018;12/03/2020;Acta 4;acta-4.pdf",
            ";;;;;;", "Junta;Vocalía;1002;43537;;Acta 4;")
        let (records, problems) = read.records(on: try day("2026-03-13"))
        #expect(problems == [])
        #expect(records.map(\.row) == [4, 6])
        #expect(records.map(\.scan) == ["acta-4.pdf", nil])
        // Excel counts days: 43537 is 13 March 2019.
        #expect(try records.map(\.day) == [day("2018-03-13"), day("2019-03-13")])
        let again = HistorySheet(Spreadsheet(csv: read.csv), of: .mandates)
        #expect(again.lines == read.lines)
    }

    @Test(arguments: [
        ("Junta;Presidencia;;;1001;;Acta 4", "Desde"),
        ("Junta;Presidencia;13/03/2018;;x;;Acta 4", "Documento"),
        ("Junta;Presidencia;31/02/2018;;1001;;Acta 4", "Desde"),
        ("Junta;Presidencia;14/03/2026;;1001;;Acta 4", "Desde"),
        ("Junta;Presidencia;13/03/2018;12/03/2018;1001;;Acta 4", "Hasta"),
        ("Junta;Presidencia;13/03/2018;;;;Acta 4", "Documento"),
        ("Junta;Presidencia;13/03/2018;;1001;;", "Papel en que consta"),
        (";Presidencia;13/03/2018;;1001;;Acta 4", "Organismo"),
        ("Junta;Presidencia;13/03/2018;;1001;tal vez;Acta 4", "Suplente"),
    ])
    func `what is wrong is told by row and column`(line: String, column: String) throws {
        let read = sheet(
            .mandates, "Organismo;Puesto;Desde;Hasta;Documento;Suplente;Papel en que consta", line)
        let problems = read.records(on: try day("2026-03-13")).problems
        #expect(problems.map(\.row) == [2])
        #expect(problems.map(\.column) == [column])
    }

    @Test func `an election says how many votes nobody explains`() throws {
        let read = sheet(
            .elections, "Fecha;Organismo;Censo;Votantes;Votos;Votos en blanco;Elegidos;Papel en que consta",
            "13/03/2011;;900;475;Plancha 1: 248; \"Plancha 2: 190\";5;Ana Prueba;Acta 1",
            "13/03/2011;;900;475;\"Plancha 1: 248; Plancha 2: 190; Plancha 3: 5\";;Ana Prueba; Acta 1",
            "13/03/2011;;400;475;Plancha 1;;;Acta 1")
        let (records, problems) = read.records(on: try day("2026-03-13"))
        guard case .election(let election) = records.last?.content else {
            Issue.record("no election: \(problems)")
            return
        }
        #expect(election.unexplained == 32)
        #expect(problems.contains { $0.column == "Votantes" })
        #expect(problems.contains { $0.column == "Votos" })
    }

    @Test(arguments: [
        ("acta-12.pdf", true), ("ACTA-12.PDF", true), ("acta-12", true), ("actas/acta-12.pdf", true),
        ("acta-1", false), ("acta-12.png", false),
    ])
    func `a cell means a scan by its name`(cell: String, isMeant: Bool) {
        #expect(scan("Acta-12.pdf").isMeant(by: cell) == isMeant)
    }

    // MARK: In the database

    private func board(_ setting: Setting) async throws -> Body {
        try await setting.run(
            CreateBody(
                "Junta", kind: .board, of: setting.alliance.id, isExternal: false, term: Setting.term(),
                formation: .proclamation, continuesUntilReplaced: false,
                seats: [("Presidencia", nil), ("Vocalía", nil)]))
    }

    private func review(_ sheet: HistorySheet, _ setting: Setting) async throws -> HistoryReview {
        try await setting.fetch(ReviewHistory(sheet, of: setting.alliance.id))
    }

    private func take(
        _ sheet: HistorySheet, _ setting: Setting, scans: [HistoryScan] = []
    ) async throws -> (id: ID<HistoryImport>, rows: Int) {
        try await setting.run(
            ImportHistory(sheet, from: "libro.xlsx", with: scans, of: setting.alliance.id))
    }

    private let directives = [
        "Organismo;Puesto;Documento;Nombre de la persona;Desde;Hasta;Terminó antes, el;Por qué terminó;Papel en que consta;Escaneo",
        "Junta;Presidencia;1001;;13/03/2018;12/03/2020;;;Acta 4;acta-4.pdf",
        "Junta;Presidencia;1001;;13/03/2020;12/03/2022;31/01/2021;Renuncia;Acta 9;",
        "junta;vocalia;;Pedro Prueba;13/03/2018;12/03/2020;;;Acta 4;acta-4.pdf",
    ]

    @Test func `mandates come in once, tell who sat on a day, and are taken back whole`() async throws {
        let setting = try await Setting.make()
        let body = try await board(setting)
        let sheet = HistorySheet(Spreadsheet(csv: directives.joined(separator: "\r\n")), of: .mandates)
        let first = try await review(sheet, setting)
        #expect(first.problems == [])
        #expect(first.scans == ["acta-4.pdf"])
        #expect(first.entries.map(\.isKnown) == [false, false, false])
        // Who is in no register is told by name, and counts for no limit.
        #expect(first.entries.last?.remark?.contains("no cuenta") == true)
        await #expect(throws: HistoryError.scanMissing(row: 2, name: "acta-4.pdf")) {
            try await take(sheet, setting)
        }
        let imported = try await take(sheet, setting, scans: [scan("acta-4.pdf")])
        #expect(imported.rows == 3)
        let holders = try await setting.read { try await $0.holders(of: body.id, on: day("2019-06-01")) }
        #expect(holders.map(\.holderName).sorted() == ["Pedro Prueba", "Rosa Arrieta"])
        #expect(holders.allSatisfy { $0.origin == .recorded && $0.paper == "Acta 4" })
        #expect(try await setting.read { try await $0.holders(of: body.id, on: day("2021-02-01")) }.isEmpty)
        let seated = try await setting.fetch(ReadBody(body.id, of: setting.alliance.id))
        let second = seated.seatings.flatMap(\.holdings).map(\.mandate).first { $0.endedOn != nil }
        #expect(second.flatMap { seated.term(of: $0, gap: 0) } == 2)
        #expect(second?.endReason == .resignation)
        // What is in is not brought again.
        let again = try await review(sheet, setting)
        #expect(again.fresh.isEmpty)
        await #expect(throws: HistoryError.nothingNew) {
            try await take(sheet, setting, scans: [scan("acta-4.pdf")])
        }
        try await setting.run(UndoHistory(imported.id, of: setting.alliance.id, because: "Hoja equivocada"))
        #expect(try await setting.read { try await $0.mandates(of: body.id) }.isEmpty)
        let known = try await setting.read { transaction in
            try await transaction.value(
                """
                select count(*) from membership.recorded_facts
                where organization_id = \(setting.organization.id) and cancelled_at is null
                """, as: Int.self)
        }
        #expect(known == 0)
        await #expect(throws: HistoryError.notFound) {
            try await setting.run(UndoHistory(imported.id, of: setting.alliance.id, because: "Otra vez"))
        }
        // And may come in anew.
        #expect(try await take(sheet, setting, scans: [scan("acta-4.pdf")]).rows == 3)
    }

    @Test func `one row that is wrong keeps all out`() async throws {
        let setting = try await Setting.make()
        _ = try await board(setting)
        let sheet = sheet(
            .mandates, "Organismo;Puesto;Documento;Nombre;Desde;Hasta;Papel",
            "Junta;Presidencia;1001;;13/03/2018;12/03/2020;Acta 4",
            "Junta;Presidencia;1002;;01/01/2020;;Acta 5", "Junta;Portería;1002;;01/01/2020;;Acta 5",
            "Consejo;Presidencia;1002;;01/01/2020;;Acta 5", "Junta;Vocalía;9999;;01/01/2020;;Acta 5",
            "Junta;Vocalía;;Pedro Prueba;01/01/2026;;Acta 5",
            "Junta;Vocalía;1003;;01/01/2012;31/12/2014;Acta 5")
        let review = try await review(sheet, setting)
        #expect(review.problems.map(\.row) == [3, 4, 5, 6, 7, 8])
        #expect(
            review.problems.map(\.column) == [
                "Desde", "Puesto", "Organismo", "Documento", "Documento", "Hasta",
            ])
        #expect(review.fresh.isEmpty)
        await #expect(throws: HistoryError.sheetHasProblems) { try await take(sheet, setting) }
    }

    @Test func `minutes keep the numbers of their paper, and those made here go on from them`() async throws {
        let setting = try await Setting.make()
        let body = try await board(setting)
        let sheet = sheet(
            .minutes,
            "Fecha;Clase de reunión;Organismo;Nombre;Número del acta;Asistentes;Qué se trató;Decisiones;Escaneo",
            "13/03/2019;Reunión de junta;Junta;;11;5;Informe del año.;Aprobar el informe; ",
            "13/06/2019;Reunión de junta;Junta;;12;4;;;acta-12.pdf")
        let imported = try await take(sheet, setting, scans: [scan("acta-12.pdf")])
        let book = try await setting.read { try await $0.bookEntries(of: setting.alliance.id) }
        #expect(book.map(\.number) == ["12", "11"])
        #expect(book.allSatisfy { $0.state == nil })
        let next = try await setting.read { transaction -> Int? in
            try await transaction.value(
                """
                select coalesce(max(last_number), 0) from governance.minutes_books
                where organization_id = \(setting.organization.id)
                """)
        }
        // No book is touched.
        #expect(next == 0)
        #expect(try await review(sheet, setting).fresh.isEmpty)
        try await setting.write { transaction in
            let book = try await transaction.book(of: body.id, in: setting.alliance.id)
            #expect(try await transaction.nextNumber(of: book) == 13)
        }
        try await setting.run(UndoHistory(imported.id, of: setting.alliance.id, because: "Hoja equivocada"))
        #expect(try await setting.read { try await $0.bookEntries(of: setting.alliance.id) }.isEmpty)
    }

    @Test func `elections are kept as their paper tells them`() async throws {
        let setting = try await Setting.make()
        _ = try await board(setting)
        let sheet = sheet(
            .elections,
            "Fecha;Organismo;Nombre;Censo;Votantes;Votos;Votos en blanco;Elegidos;Papel en que consta",
            "13/03/2018;Junta;;900;475;\"Plancha 1: 248; Plancha 2: 190\";5;\"Ana Prueba; Luis Prueba\";Acta 4"
        )
        let review = try await review(sheet, setting)
        #expect(review.entries.first?.remark == "El papel no explica 32 votos de los que hubo.")
        let imported = try await take(sheet, setting)
        let past = try await setting.fetch(ListPastElections(of: setting.alliance.id))
        #expect(past.map(\.record.title) == ["Elección de Junta de 2018"])
        #expect(past.first?.record.results.map(\.votes) == [248, 190])
        #expect(past.first?.record.elected == ["Ana Prueba", "Luis Prueba"])
        try await setting.run(UndoHistory(imported.id, of: setting.alliance.id, because: "Hoja equivocada"))
        #expect(try await setting.fetch(ListPastElections(of: setting.alliance.id)).isEmpty)
    }

    @Test func `commitments of the paper are followed where they are open, and go with their import`()
        async throws
    {
        let setting = try await Setting.make()
        _ = try await board(setting)
        let titles = "Fecha;Clase de reunión;Organismo;Número del acta;Asistentes;Qué se trató;Compromisos"
        let wrong = sheet(
            .minutes, titles, "13/03/2019;Reunión de junta;Junta;11;5;Informe.;Pedir la ruta",
            "13/04/2019;Reunión de junta;Junta;12;5;Informe.;Pedir la ruta | Junta | ayer",
            "13/05/2019;Reunión de junta;Junta;13;5;Informe.;Pedir la ruta | Junta | 12/05/2019")
        #expect(wrong.records(on: try day("2026-03-13")).problems.map(\.row) == [2, 3, 4])
        let told =
            "\"Pedir la ruta | junta | 30/04/2026; Publicar el acta | Clínica del Norte; Enviar carta | Junta | 01/04/2019 | Cumplido\""
        let sheet = sheet(
            .minutes, titles, "13/03/2019;Reunión de junta;Junta;11;5;Informe.;\(told)")
        let imported = try await take(sheet, setting)
        let commitments = try await setting.read { try await $0.commitments(of: [setting.alliance.id]) }
        #expect(commitments.map(\.activity) == ["Pedir la ruta", "Publicar el acta"])
        #expect(commitments.map(\.owner.kind) == [.body, .outside])
        #expect(try commitments.map(\.dueOn) == [day("2026-04-30"), nil])
        #expect(try commitments.allSatisfy { try $0.madeOn == day("2019-03-13") })
        try await setting.run(UndoHistory(imported.id, of: setting.alliance.id, because: "Hoja equivocada"))
        #expect(try await setting.read { try await $0.commitments(of: [setting.alliance.id]) }.isEmpty)
        // What became of one stays, and with it the import.
        let again = try await take(sheet, setting)
        let first = try await setting.read { try await $0.commitments(of: [setting.alliance.id]) }.first
        let followed = try #require(first)
        try await setting.write { transaction in
            try await transaction.execute(
                """
                insert into governance.commitment_steps (
                    organization_id, step_id, commitment_id, kind, note, happened_on, recorded_at)
                values (
                    \(setting.organization.id), \(UUID()), \(followed.id), 'progress', 'Se llamó',
                    '2026-03-13', '2026-03-13')
                """)
        }
        await #expect(throws: HistoryError.inUse) {
            try await setting.run(UndoHistory(again.id, of: setting.alliance.id, because: "Hoja equivocada"))
        }
    }

    @Test func `scans may follow, all that were sent or none`() async throws {
        let setting = try await Setting.make()
        let body = try await board(setting)
        let sheet = HistorySheet(Spreadsheet(csv: directives.joined(separator: "\r\n")), of: .mandates)
        let imported = try await setting.run(
            ImportHistory(
                sheet, from: "libro.xlsx", with: [], scansFollow: true, of: setting.alliance.id))
        func rows() async throws -> [HistoryRow] {
            try await setting.fetch(ReadHistoryImport(imported.id, of: setting.alliance.id)).rows
        }
        #expect(try await rows().map(\.awaitsScan) == [true, false, true])
        func add(_ names: String...) async throws -> Int {
            try await setting.run(
                AddHistoryScans(names.map(scan), to: imported.id, of: setting.alliance.id))
        }
        await #expect(throws: HistoryError.scanNotAwaited) { _ = try await add("acta-4.pdf", "otra.pdf") }
        let match = HistoryScanMatch([scan("acta-4.pdf"), scan("otra.pdf")], with: try await rows())
        #expect(match.matched.isEmpty)
        #expect(match.problems.count == 1)
        #expect(try await add("ACTA-4.pdf") == 2)
        #expect(try await rows().map(\.awaitsScan) == [false, false, false])
        let files = try await setting.read { try await $0.mandates(of: body.id) }.compactMap(\.paperFile)
        #expect(files.count == 2)
        #expect(Set(files).count == 1)
        await #expect(throws: HistoryError.scanNotAwaited) { _ = try await add("acta-4.pdf") }
        // Minutes have theirs beside them.
        let minutes = self.sheet(
            .minutes, "Fecha;Clase de reunión;Organismo;Número del acta;Asistentes;Qué se trató;Escaneo",
            "13/03/2019;Reunión de junta;Junta;11;5;Informe.;acta-11")
        let second = try await setting.run(
            ImportHistory(minutes, from: "actas.xlsx", with: [], scansFollow: true, of: setting.alliance.id))
        _ = try await setting.run(
            AddHistoryScans([scan("acta-11.pdf")], to: second.id, of: setting.alliance.id))
        let book = try await setting.read { try await $0.bookEntries(of: setting.alliance.id) }
        #expect(book.first?.scan != nil)
        try await setting.run(UndoHistory(second.id, of: setting.alliance.id, because: "Hoja equivocada"))
    }
}
