import Governance
import Kernel
import Tenancy

extension HTML {
    /// Writes the elections that are known from paper, as their acta tells them; nothing where there are none.
    mutating func pastElections(_ elections: [PastElection], mayOpen: Bool) {
        guard !elections.isEmpty else { return }
        section("Antes de la plataforma, según el papel", id: "historia") { part in
            part.p(
                "Las cifras son las que dice cada acta: aquí no se volvieron a contar.", .class("form-text"))
            part.ul(.class("dossier")) { list in
                for election in elections {
                    list.li { $0.pastElection(election, mayOpen: mayOpen) }
                }
            }
        }
    }

    private mutating func pastElection(_ election: PastElection, mayOpen: Bool) {
        let record = election.record
        h3(record.title)
        p { line in
            line.status(Status("Del papel", .plain))
            line.text(
                " \(SpanishFormat.longDate(record.day).capitalizedFirst). \(SpanishFormat.sentence(record.paper))"
            )
            if let file = election.file, mayOpen {
                line.text(" ")
                line.a("Ver el escaneo", .href(.file(file)))
            }
        }
        var facts: [Fact] = []
        if let body = record.body { facts.append(Fact("Organismo", body)) }
        if let rollSize = record.rollSize { facts.append(Fact("Censo", SpanishFormat.number(rollSize))) }
        if let voters = record.voters { facts.append(Fact("Votantes", SpanishFormat.number(voters))) }
        let votes =
            record.results.map { "\($0.choice): \(SpanishFormat.number($0.votes))" }
            + [("en blanco", record.blank), ("nulos", record.null), ("no marcados", record.unmarked)]
            .compactMap { name, count in count.map { "\(name): \(SpanishFormat.number($0))" } }
        if !votes.isEmpty { facts.append(Fact("Votos", votes.joined(separator: "; "))) }
        if let unexplained = record.unexplained, unexplained != 0 {
            facts.append(
                Fact(
                    "Sin explicar",
                    unexplained > 0
                        ? "El acta no explica \(SpanishFormat.count(unexplained, "voto", "votos"))."
                        : "El acta cuenta \(SpanishFormat.count(-unexplained, "voto", "votos")) más que votantes."
                ))
        }
        if !record.elected.isEmpty { facts.append(Fact("Elegidos", SpanishFormat.list(record.elected))) }
        self.facts(facts)
    }
}
