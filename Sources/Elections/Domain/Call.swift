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
                "\(contest.position). \(contest.name): \(SpanishFormat.count(contest.seats.count, "puesto", "puestos")), \(contest.candidature.title.lowercased()), \(contest.votingMode.title.lowercased()), regla de conteo \(contest.rule.rawValue) (\(contest.rulesSource))."
            )
        }
        lines += ["", "Dónde se vota:"]
        let names = Dictionary(municipalities.map { ($0.code, $0.title) }) { first, _ in first }
        if tables.isEmpty { lines.append("El lugar se anunciará por los mismos medios.") }
        for table in tables {
            let surnames = Set(table.slices.map(\.words)).sorted()
            lines.append(
                "- Mesa \(table.number): \(table.place), \(table.address), \(names[table.municipality] ?? table.municipality), \(SpanishFormat.longDateAndTime(table.opensAt)) a \(SpanishFormat.time(ColombianTime.time(at: table.closesAt)))\(surnames.isEmpty ? "" : " (\(surnames.joined(separator: "; ")))")."
            )
        }
        lines += ["", "Calendario:"]
        for milestone in calendar.milestones {
            let end = milestone.closesAt.map { " hasta el \(SpanishFormat.longDateAndTime($0))" } ?? ""
            lines.append(
                "- \(SpanishFormat.sentence("\(milestone.kind.title): \(SpanishFormat.longDateAndTime(milestone.opensAt))\(end)")) \(milestone.rule)."
            )
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
