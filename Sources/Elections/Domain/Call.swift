import Foundation
import Kernel
import Membership
import Tenancy

/// The call (`convocatoria`), written from what the process holds: who calls, what is elected and how, who may vote and
/// stand, where, and when each step is.
struct Call {
    let process: ElectionProcess
    let entity: String
    let alliance: String
    let contests: [Contest]
    let calendar: ElectoralCalendar
    let tables: [TableSetup]
    let municipalities: [Municipality]
    /// What is asked of who votes, and of who stands.
    let requirements: [(target: EligibilityTarget, titles: [String])]
    /// Where the alliance is reached.
    let contact: Contact
    /// Who publishes it.
    let author: String?
    let publishedAt: Date

    /// The text, which is sealed.
    var text: String {
        let head = ["CONVOCATORIA", "\(alliance) · \(entity)", process.name, "", "Se elige:"]
        return
            (head + zip(1..., contests).map(line) + ["", "Dónde se vota:"] + places
            + requirements.flatMap(lines) + ["", "Calendario:"] + calendar.milestones.map(line) + signature)
            .joined(separator: "\n") + "\n"
    }

    private func line(_ number: Int, of contest: Contest) -> String {
        "\(number). \(contest.name): \(SpanishFormat.count(contest.seats.count, "puesto", "puestos")), \(contest.candidature.title.lowercased()), \(contest.votingMode.title.lowercased()), regla de conteo: \(contest.rule.title.lowercased()) (\(contest.rulesSource))."
    }

    private var places: [String] {
        guard !tables.isEmpty else { return ["El lugar se anunciará por los mismos medios."] }
        let names = Dictionary(municipalities.map { ($0.code, $0.title) }) { first, _ in first }
        return tables.map { table in
            let hours = SpanishFormat.period(from: table.opensAt, until: table.closesAt)
            let surnames = Set(table.slices.map(\.words)).sorted()
            let when = surnames.isEmpty ? hours : "\(hours) (\(surnames.joined(separator: "; ")))"
            let place = "\(table.place), \(table.address), \(names[table.municipality] ?? table.municipality)"
            return "- Mesa \(table.number): \(place), \(SpanishFormat.sentence(when))"
        }
    }

    private func lines(
        of target: EligibilityTarget, _ titles: [String]
    ) -> [String] {
        let question =
            target == .candidate ? "Qué se pide a quien se postula:" : "Qué se pide a quien vota:"
        guard !titles.isEmpty else { return ["", question, "Ser asociado de la alianza."] }
        return ["", question] + titles.map { "- \($0)." }
    }

    private func line(of milestone: Milestone) -> String {
        let opensAt = opening(of: milestone)
        let when =
            milestone.closesAt.map { SpanishFormat.period(from: opensAt, until: $0) }
            ?? SpanishFormat.moment(opensAt)
        return "- \(SpanishFormat.sentence("\(milestone.kind.title): \(when)")) \(milestone.rule)."
    }

    /// The call is of the moment of its publication, and nominations run from then on unless another day was chosen.
    private func opening(of milestone: Milestone) -> Date {
        switch milestone.kind {
        case .call: publishedAt
        case .nominations where !milestone.isEdited: publishedAt
        default: milestone.opensAt
        }
    }

    private var signature: [String] {
        let reached = [contact.place, contact.phone, contact.email].compactMap(\.self)
        return (reached.isEmpty ? [] : ["", "Informes e inscripciones: \(reached.joined(separator: "; "))."])
            + [
                "",
                "Publica: \(author.map { "\($0), por " } ?? "")el comité electoral, el \(SpanishFormat.sentence(SpanishFormat.moment(publishedAt)))",
            ]
    }
}
