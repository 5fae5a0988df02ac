import Foundation
import Governance
import Kernel
import Reporting
import Tenancy

extension [ComplaintFigures.Part<ComplaintFigures.Clock>] {
    /// The figure of a part.
    func figure(of clock: ComplaintFigures.Clock) -> GuardedFigure? {
        first { $0.key == clock }?.figure
    }
}

extension GuardedFigure {
    /// Where it stands among others: what is held back is small, though not nothing.
    var order: Int {
        switch self {
        case .known(let count): count * 2
        case .held: 1
        }
    }
}

extension ComplaintFigures {
    /// How much they ask for attention.
    var urgency: Int {
        [Clock.overdue, .late].reduce(0) { $0 * 1000 + min(clocks.figure(of: $1)?.order ?? 0, 999) }
    }
}

extension CommitmentFigures.Side: PathValue {}

extension CommitmentFigures.Line {
    /// The columns of what a side has, all of them.
    static func columns<Row: Sendable>(
        _ line: @escaping @Sendable (Row) -> Self
    ) -> [Column<Row, FiguresSort>] {
        mainColumns(line) + ageColumns(line) + [.integer("Descartados en el último año") { line($0).dropped }]
    }

    /// How many there are, and in how long they are done.
    static func mainColumns<Row: Sendable>(
        _ line: @escaping @Sendable (Row) -> Self
    ) -> [Column<Row, FiguresSort>] {
        [
            .text("Responde") { line($0).side.title },
            .integer("Abiertos", sort: .count) { line($0).open },
            .integer("Vencidos", sort: .urgency) { line($0).overdue },
            .integer("Sin plazo") { line($0).undated },
            .integer("Cumplidos") { line($0).done },
            .integer("Días (mediana)") { line($0).medianDays },
        ]
    }

    /// For how long the open ones have been.
    static func ageColumns<Row: Sendable>(
        _ line: @escaping @Sendable (Row) -> Self
    ) -> [Column<Row, FiguresSort>] {
        CommitmentFigures.Age.allCases.map { age in .integer(age.title) { line($0).open(for: age) } }
    }
}

extension HTML {
    /// Writes as of when figures are, for those that were counted longest ago.
    mutating func countedAt(_ figures: [AllianceFigures]) {
        guard let first = figures.map(\.countedAt).min() else { return }
        // The hour ends in a full stop of its own.
        p("Datos al \(SpanishFormat.longDateAndTime(first))")
    }

    /// Writes what «reservado» is.
    mutating func heldNote() {
        note(.info, "«reservado»") { note in
            note.p(
                """
                Una cifra menor que \(GuardedFigure.threshold) podría decir de quién se trata, y por eso no se muestra; tampoco aquella por la \
                que se podría calcular. Por un plazo que nadie ha confirmado nada cuenta como tarde.
                """
            )
        }
    }

    /// Writes what an alliance tells of its commitments and complaints.
    mutating func figureSections(of figures: AllianceFigures) {
        section("Compromisos y su antigüedad", id: "compromisos") { part in
            guard !figures.commitments.lines.isEmpty else {
                part.p("No hay compromisos abiertos, ni cerrados en el último año.")
                return
            }
            part.table(
                "Compromisos según quién responde", CommitmentFigures.Line.mainColumns { $0 },
                figures.commitments.lines)
            part.p(
                "Cumplidos: en el último año. Días: en cuántos se cumplió la mitad de ellos.",
                .class("form-text"))
            part.table(
                "Hace cuánto se abrieron los abiertos",
                [.text("Responde") { $0.side.title }] + CommitmentFigures.Line.ageColumns { $0 },
                figures.commitments.lines)
        }
        section("Quejas en cifras", id: "quejas") { part in
            let told = figures.complaints
            guard told.total != .known(0) else {
                part.p("En los últimos doce meses no hubo quejas, ni queda ninguna abierta de antes.")
                return
            }
            part.p(
                "\(told.total.words.capitalizedFirst) en los últimos doce meses, con las de antes que siguen abiertas."
            )
            part.heldNote()
            part.complaintTables(of: [told])
            var facts: [Fact] = []
            if let hours = told.medianHoursOfClaims {
                facts.append(
                    Fact(
                        "Reclamos en salud, hasta la respuesta",
                        "la mitad, en \(SpanishFormat.count(hours, "hora", "horas")) o menos"))
            }
            if let days = told.medianDaysOfOthers {
                facts.append(
                    Fact(
                        "Las demás, hasta la respuesta",
                        "la mitad, en \(SpanishFormat.count(days, "día", "días")) o menos"))
            }
            if !facts.isEmpty { part.facts(facts) }
        }
    }

    /// Writes the breakdowns of complaints, summed over those who tell them.
    mutating func complaintTables(of told: [ComplaintFigures]) {
        func line<Key>(
            _ name: String, _ parts: [ComplaintFigures.Part<Key>], _ key: Key
        ) -> FigureLine { FigureLine(name, parts.filter { $0.key == key }.map(\.figure)) }
        func table(_ caption: String, _ heading: String, _ lines: [FigureLine]) {
            let columns: [Column<FigureLine, FiguresSort>] = [
                .text(heading) { $0.name }, .text("Cuántas") { $0.figures[0].words },
            ]
            self.table(caption, columns, lines.filter { !$0.isNothing })
        }
        table(
            "Quejas por clase y riesgo", "Clase",
            ComplaintFigures.Sort.allCases.map { line($0.title, told.flatMap(\.sorts), $0) })
        table(
            "Quejas por estado", "Estado",
            Complaint.State.allCases.map { line($0.title, told.flatMap(\.states), $0) })
        table(
            "Quejas frente al plazo de la entidad", "Frente al plazo",
            ComplaintFigures.Clock.allCases.map { line($0.title, told.flatMap(\.clocks), $0) })
        let months = told.flatMap(\.months)
        let firsts = Set(months.map(\.first)).sorted { one, other in
            guard let one, let other else { return one == nil && other != nil }
            return one < other
        }
        let columns: [Column<FigureLine, FiguresSort>] = [
            .text("Mes") { $0.name }, .text("Radicadas") { $0.figures[0].words },
            .text("Respondidas") { $0.figures[1].words },
        ]
        self.table(
            "Quejas por mes", columns,
            firsts.map { first in
                let those = months.filter { $0.first == first }
                return FigureLine(
                    first.map(SpanishFormat.monthAndYear)?.capitalizedFirst ?? "Antes", those.map(\.filed),
                    those.map(\.answered))
            }.filter { !$0.isNothing })
    }
}

/// A line of a table of figures.
private struct FigureLine: Sendable {
    let name: String
    let figures: [ToldSum]

    init(_ name: String, _ figures: [GuardedFigure]...) {
        self.name = name
        self.figures = figures.map { ToldSum($0) }
    }

    /// Whether there is nothing to tell of it.
    var isNothing: Bool { figures.allSatisfy { $0.known == 0 && $0.held == 0 } }
}
