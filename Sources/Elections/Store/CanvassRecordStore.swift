import Foundation
import Kernel
import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// The canonical text of a record: one line each, as it is hashed and printed.
    func record(_ sum: CanvassSum, _ place: ProcessPlace, _ now: Date) -> String {
        let result = sum.result
        // Whoever cast a vote that two people left out voted, and is not among the figures that are counted.
        let excluded = sum.boxes.reduce(0) { $0 + $1.excluded }
        var lines = [
            "alianzas canvass record 1", "proceso \(place.process)", "elección \(sum.contestName)",
            "vuelta \(sum.round)", "mesas \(sum.counted)", "mesas anuladas \(sum.annulled)",
            "votantes \(sum.voters + excluded)",
        ]
        if excluded > 0 { lines.append("votos electrónicos excluidos \(excluded)") }
        if !sum.omitted.isEmpty {
            lines.append("mesas sin votación \(sum.omitted.map(String.init).joined(separator: ", "))")
        }
        lines += sum.mergers.map {
            "mesa \($0.table) contada con la mesa \($0.into), votantes \($0.voters)"
        }
        for box in sum.boxes {
            lines.append(
                "urna electrónica \(box.number), último eslabón \(box.head), votantes \(box.ballots + box.excluded)"
                    + (box.excluded > 0 ? ", excluidos \(box.excluded), contados \(box.ballots)" : ""))
        }
        lines += sum.annulledBoxes.map { "urna electrónica \($0) anulada" }
        lines += result.tally.entries.map { "votos \($0.contender): \($0.votes)" }
        lines += [
            "votos en blanco \(result.tally.blank)", "votos nulos \(sum.null)",
            "tarjetas no marcadas \(sum.unmarked)", "tarjetas de la urna \(sum.voters - sum.unreturned)",
            "tarjetas no devueltas \(sum.unreturned)",
            "cuociente \(result.quotient)",
        ]
        lines += sum.steps.map { "paso \($0)" }
        lines += result.allocations.map { "puestos \($0.contender): \($0.seats)" }
        lines += ["vacantes \(result.vacant)", "resultado \(result.outcome.rawValue)"]
        lines.append("fecha \(ColombianTime.formText(now))")
        return lines.map { $0 + "\n" }.joined()
    }

    /// Seals a record under the next number of the alliance's book.
    func seal(
        _ canvass: ID<Canvass>, of contest: ID<Contest>, in place: ProcessPlace, kind: String, text: String,
        at now: Date
    ) async throws {
        let number: Int? = try await value(
            """
            insert into elections.record_books (organization_id, alliance_id, last_number)
            values (\(organization), \(place.alliance), 1)
            on conflict (organization_id, alliance_id)
            do update set last_number = record_books.last_number + excluded.last_number
            returning last_number
            """)
        guard let number else { throw CanvassError.notYet }
        try await execute(
            """
            insert into elections.canvass_records (
                organization_id, alliance_id, number, previous_number, record_id, process_id, contest_id,
                canvass_id, kind, text, sha256, sealed_at, sealed_by)
            values (
                \(organization), \(place.alliance), \(number), \(number == 1 ? nil : number - 1),
                \(ID<Canvass>()), \(place.process), \(contest), \(canvass), \(kind), \(text),
                \(HashDigest(of: text).bytes), \(now), \(scope.principal.user))
            """)
    }
}
