import Foundation
import Kernel
import Tenancy

/// Writes the call (`convocatoria`) from what the process holds: what is elected, how, and when each step is.
enum Call {
    /// The text of a call.
    static func text(
        of process: ElectionProcess, alliance: String, contests: [Contest], calendar: ElectoralCalendar,
        tables: [TableSetup], municipalities: [Municipality]
    ) -> String {
        var lines = ["CONVOCATORIA", alliance, process.name, "", "Se elige:"]
        for contest in contests {
            lines.append(
                "\(contest.position). \(contest.name): \(SpanishFormat.count(contest.seats.count, "puesto", "puestos")), \(contest.candidature.title.lowercased()), \(contest.votingMode.title.lowercased()), regla de conteo: \(contest.rule.title.lowercased()) (\(contest.rulesSource))."
            )
        }
        lines += ["", "Dónde se vota:"]
        let names = Dictionary(municipalities.map { ($0.code, $0.title) }) { first, _ in first }
        if tables.isEmpty { lines.append("El lugar se anunciará por los mismos medios.") }
        for table in tables {
            let surnames = Set(table.slices.map(\.words)).sorted()
            lines.append(
                "- Mesa \(table.number): \(table.place), \(table.address), \(names[table.municipality] ?? table.municipality), \(SpanishFormat.sentence("\(SpanishFormat.period(from: table.opensAt, until: table.closesAt))\(surnames.isEmpty ? "" : " (\(surnames.joined(separator: "; ")))")"))"
            )
        }
        lines += ["", "Calendario:"]
        for milestone in calendar.milestones {
            let when =
                milestone.closesAt.map { SpanishFormat.period(from: milestone.opensAt, until: $0) }
                ?? SpanishFormat.moment(milestone.opensAt)
            lines.append(
                "- \(SpanishFormat.sentence("\(milestone.kind.title): \(when)")) \(milestone.rule).")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
