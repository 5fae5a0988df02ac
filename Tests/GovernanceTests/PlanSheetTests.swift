import Foundation
import Kernel
import Testing

@testable import Governance

/// Activities from a spreadsheet: in the template's layout and in those of offices, and what is wrong with them.
@Suite struct PlanSheetTests {
    private func sheet(_ lines: String...) -> PlanSheet {
        PlanSheet(Spreadsheet(csv: lines.joined(separator: "\r\n")))
    }

    @Test func `the layout of an office is read, with merged axes, marks in months and its own names`() throws
    {
        let read = sheet(
            ";PLAN DE ACCIÓN 2026;;;;;;;;;", "",
            "EJE ESTRATÉGICO;LÍNEA DE ACCIÓN;ACTIVIDADES;META;RESPONSABLE;RECURSOS;ENE;FEB;MAR;Sept.;DIC",
            "Nº2. Empoderamiento;Formación;Capacitar a usuarios;12 capacitaciones;Junta;$ 1.200.000,00;x;;x;;",
            ";;\"Acompañar; orientar\r\nal usuario\";;Oficina;;;;;X;X",
            "Eje 4. Control social en salud;;;;;;;;;;",
            ";Veeduría;Visitar farmacias;6 visitas;;0;;;;;")
        #expect(read.problems == [])
        let terms = read.activities
        #expect(terms.map(\.axis) == [.citizens, .citizens, .control])
        #expect(terms.map(\.line) == ["Formación", "Formación", "Veeduría"])
        #expect(terms.map(\.months) == [[1, 3], [9, 12], []])
        #expect(terms.map(\.budget) == [1_200_000, nil, 0])
        #expect(try terms[0].target == ActivityTerms.Target(12, "capacitaciones"))
        #expect(
            terms[1].activity == "Acompañar; orientar\r\nal usuario" || terms[1].activity.contains("orientar")
        )
        #expect(read.entries.map(\.row).first == 4)
    }

    @Test(arguments: [
        ("marzo y agosto", [3, 8]), ("\"Ene, Mar; 7\"", [1, 3, 7]), ("enero a abril", [1, 2, 3, 4]),
        ("3-5", [3, 4, 5]), ("Mensual", Array(1...12)), ("trimestral", [3, 6, 9, 12]), ("setiembre", [9]),
    ])
    func `months are read as people write them`(text: String, months: [Int]) {
        let read = sheet("Eje;Actividad;Meses", "2;Taller;\(text)")
        #expect(read.activities.first?.months == months)
    }

    @Test func `what is no month stays in the words of the office`() {
        let read = sheet("Eje;Actividad;Meses", "2;Taller;Según convocatoria")
        #expect(read.activities.first?.months == [])
        #expect(read.activities.first?.scheduledFor == "Según convocatoria")
    }

    @Test(arguments: [
        ("7;Taller;12;talleres;;;;", "Eje"), (";Taller;12;talleres;;;;", "Eje"),
        ("2;;12;talleres;;;;", "Actividad"), ("2;Taller;doce;talleres;;;;", "Meta"),
        ("2;Taller;80%;talleres;;;;", "Meta"), ("2;Taller;12;;;;;", "Unidad de la meta"),
        ("2;Taller;;talleres;;;;", "Meta"), ("2;Taller;12;talleres;34;ayer;;", "Fecha de la línea de base"),
        ("2;Taller;12;talleres;;;mucho;", "Presupuesto"),
        ("2;Taller;12;talleres;;;;Una marca", "Se cumple con"),
    ])
    func `a row that does not hold is told with its row and column, and nothing is taken`(
        line: String, column: String
    ) {
        let head =
            "Eje;Actividad;Meta;Unidad de la meta;Línea de base;Fecha de la línea de base;Presupuesto;Se cumple con"
        let read = sheet(head, "2;Buena;1;reunión;;;;", line)
        // A row without an axis takes that of the row above, unless there is none.
        let first = column == "Eje" && line.hasPrefix(";") ? sheet(head, line) : read
        #expect(first.problems.map(\.column) == [column])
        #expect(first.problems.map(\.row) == [first == read ? 3 : 2])
        #expect(first.activities.isEmpty)
    }

    @Test func `a sheet without its titles, without rows, or with what is there already is refused`() throws {
        #expect(sheet("2;Taller").problems.first?.message.contains("nombres de las columnas") == true)
        #expect(sheet("Eje;Actividad").problems.first?.message.contains("no tiene actividades") == true)
        #expect(sheet("Eje;Actividad", "2;Taller", "3;TALLER").problems.map(\.row) == [3])
        let plan = try WorkPlan(
            year: 2026, title: "Plan", objective: "Participar",
            activities: [ActivityTerms(axis: .control, activity: "Visita")])
        let again = PlanSheet(Spreadsheet(csv: "Eje;Actividad\n4;visita"), for: plan)
        #expect(again.problems.map(\.column) == ["Actividad"])
    }

    @Test func `what the template says comes out as it went in, in any encoding of an office`() throws {
        let terms = try ActivityTerms(
            axis: .culture, line: "Cuidado; prevención", activity: "Campaña «sana»", means: "Por \"radio\"",
            months: [1, 2, 11], indicator: "Piezas", target: ActivityTerms.Target(1200, "piezas"),
            start: ActivityTerms.Baseline(34, asOf: day("2025-12-31")), responsible: "Comité",
            budget: 12_500_000, population: "Usuarios", fulfilledBy: [.training, .sealedMinutes])
        let text = PlanSheet.csv(of: [terms])
        #expect(PlanSheet(Spreadsheet(csv: text)).activities == [terms])
        let encodings: [[UInt8]] = [
            Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8),
            Array(try #require(text.data(using: .windowsCP1252))),
            [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
        ]
        for bytes in encodings { #expect(PlanSheet(Spreadsheet(csv: bytes)).activities == [terms]) }
    }
}
