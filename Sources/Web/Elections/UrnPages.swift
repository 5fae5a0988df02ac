import Elections
import Kernel
import Tenancy

extension Path {
    /// Writes down how many signed the list of a table, before its urn is opened.
    static let countSignatures = Route<AllianceSlug, ID<ElectoralProcess>, ID<VotingTable>, ID<Contest>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/jornada/mesas/{table}/{contest}/firmas")
    /// Confirms that the few ballots of a table went into the urn of another.
    static let mergePoll = Route<AllianceSlug, ID<ElectoralProcess>, ID<VotingTable>, ID<Contest>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/jornada/mesas/{table}/{contest}/pasar")
}

extension Urn {
    /// The fewest ballots that are counted apart, in words: «cinco».
    static var fewestInWords: String { BallotBox.fewestInWords }
}

/// The questions before an urn is opened.
struct UrnForm {
    static let signatures = Field.integer(
        "signatures", "Personas que firmaron la lista", in: 0...1_000_000,
        hint: "Cuéntelas en la lista de electores, sin abrir la urna.")
    /// Confirmed before the ballots are carried: otherwise they might lie in an urn that was counted meanwhile.
    static let awaited = Field.checkbox(
        "awaited", "Esa mesa los espera, y pasan doblados y sin leerlos a su urna",
        demand: "Avise primero a esa mesa y márquelo aquí.")

    let receiver: Field<ID<VotingTable>>

    init(_ receivers: [Urn]) {
        receiver = Field.choice(
            "into", "Mesa que los cuenta con los suyos",
            receivers.map { Option($0.table, "Mesa \($0.number), \($0.place)") })
    }
}

/// What the page of a count says of the urn, before it is opened and after.
extension TableCountPage {
    private var urn: Urn? { file.urns[table.id] }
    /// The number of people who voted at the table and those whose ballots came to it, in words.
    private var voters: String {
        let voters = file.urns.voters(of: table.id)
        return
            "\(voters == 1 ? "Votó" : "Votaron") \(SpanishFormat.count(voters, "persona", "personas"))"
    }

    /// Writes why the urn is not opened, with the next step.
    func writeSealedUrn(_ standing: VoteUrns.Standing, _ html: inout HTML) {
        switch standing {
        case .free: return
        case .merged(let number): writeMerged(into: number, &html)
        case .uncounted: writeUncounted(&html)
        case .few: writeFew(&html)
        case .waiting(let numbers): writeWaiting(for: numbers, &html)
        }
    }

    private func writeMerged(into number: Int, _ html: inout HTML) {
        html.p { $0.status(Status("Se cuenta con la mesa \(number)", .sealed)) }
        html.p(
            "Aquí votaron menos de \(Urn.fewestInWords) personas. Sus tarjetones pasan, sin leerlos, a la urna de la mesa \(number), que los cuenta con los suyos: así no se sabe cómo votó cada una."
        )
        guard let receiver = file.urns.all.first(where: { $0.number == number }) else { return }
        html.action(
            "Conteo de la mesa \(number)",
            to: .tableCount(heading.slug, process.id, receiver.table, contest.id))
    }

    private func writeUncounted(_ html: inout HTML) {
        html.note(.warning, "Antes de abrir la urna, cuente las firmas") { note in
            note.p(
                "La puerta registró \(SpanishFormat.count(urn?.checkedIn ?? 0, "persona", "personas")) de esta mesa. Si votaron menos de \(Urn.fewestInWords), sus tarjetones no se cuentan aparte: solos mostrarían cómo votó cada una."
            )
        }
        guard mayClose else { return }
        writeSignatures(&html)
    }

    private func writeSignatures(_ html: inout HTML) {
        let filled = form.isRefused ? form : form.filling(UrnForm.signatures, with: urn?.signatures?.voters)
        html.form(to: .countSignatures(heading.slug, process.id, table.id, contest.id), filled) { form in
            form.field(UrnForm.signatures)
            form.submit("Registrar las firmas", orBackTo: .votingDay(heading.slug, process.id))
        }
    }

    private func writeFew(_ html: inout HTML) {
        let signatures = urn?.signatures
        html.note(.warning, "No abra la urna") { note in
            note.p(
                "\(voters): con menos de \(Urn.fewestInWords), contar aparte mostraría cómo votó cada una.\(file.urns.isStranded(table.id) ? "" : " Sus tarjetones se cuentan con los de otra mesa.")"
            )
        }
        if let signatures { html.facts(Fact("Contó las firmas", signatures.counter)) }
        if file.urns.isStranded(table.id) {
            writeStranded(&html)
        } else {
            writeMerging(&html)
        }
        guard mayClose else { return }
        html.details(.open(form.isRefused && !form.problems(of: UrnForm.signatures.name).isEmpty)) { more in
            more.summary("Corregir las firmas")
            writeSignatures(&more)
        }
    }

    private func writeMerging(_ html: inout HTML) {
        let receivers = file.urns.receivers(for: table.id)
        guard !receivers.isEmpty else {
            html.p("Espere a que otra mesa cierre la votación: a su urna pasan estos tarjetones.")
            return
        }
        guard signedByAnother else {
            html.p(
                "El otro jurado, o el comité electoral, escoge aquí con su usuario la mesa que los cuenta. Después se pasan a su urna."
            )
            return
        }
        html.section("Pasar los tarjetones a otra mesa") { part in
            let fields = UrnForm(receivers)
            part.form(to: .mergePoll(heading.slug, process.id, table.id, contest.id), form) { form in
                form.field(fields.receiver)
                form.field(UrnForm.awaited)
                form.submit("Confirmar y pasarlos", orBackTo: .votingDay(heading.slug, process.id))
            }
            part.p("Queda en el acta y no se puede deshacer.", .class("form-text"))
        }
    }

    /// Whether the reader may confirm what somebody else counted.
    private var signedByAnother: Bool { mayClose && urn?.signatures != nil && !file.hasCountedSignatures }

    private func writeStranded(_ html: inout HTML) {
        let others = file.urns.all.count > 1
        let reason =
            file.urns.areBesideBox
            ? "Los demás votos están en la urna electrónica, que no recibe tarjetones\(others ? ", y ninguna otra mesa los puede recibir sin que se sepa qué decían" : "")."
            : "Las demás mesas ya empezaron a contar, y ninguna los puede recibir sin que se sepa qué decían."
        html.p(
            "\(reason) Los tarjetones se guardan cerrados. Con la jornada\(file.urns.areBesideBox ? " y la urna electrónica cerradas" : " cerrada"), el comité electoral propone en la jornada dejar esta mesa sin contar y otra persona, con otra función, lo confirma."
        )
    }

    private func writeWaiting(for numbers: [Int], _ html: inout HTML) {
        let names = SpanishFormat.list(numbers.map { "la mesa \($0)" })
        html.note(.info, "Espere antes de abrir la urna") { note in
            note.p(
                "En \(names) puede haber menos de \(Urn.fewestInWords) votantes, y sus tarjetones tendrían que entrar en esta urna. Vuelva cuando allí hayan cerrado y contado las firmas."
            )
        }
    }

    /// Writes what the urn holds besides the ballots of the table, and the way out where few signed.
    func writeOpenUrn(_ html: inout HTML) {
        let merged = file.urns.merged(into: table.id)
        if !merged.isEmpty {
            let names = SpanishFormat.list(
                merged.map {
                    "la mesa \($0.number) (\(SpanishFormat.count($0.voters, "votante", "votantes")))"
                })
            html.note(
                .info,
                file.frozen != nil
                    ? "Con los tarjetones de \(names), que se contaron en esta urna."
                    : "En esta urna se cuentan también los tarjetones de \(names). Cuando hayan llegado, cuéntelos todos juntos, y también sus firmas."
            )
        }
        guard mayClose, file.frozen == nil, file.entered.isEmpty, file.urns.isApart(table.id) else { return }
        html.details(.open(form.isRefused && !form.problems(of: UrnForm.signatures.name).isEmpty)) { more in
            more.summary("¿Firmaron menos de \(Urn.fewestInWords) personas? No abra la urna")
            writeSignatures(&more)
        }
    }

    /// How many of those who came voted in the electronic box, and how many that leaves for the papers.
    private var besideBox: String {
        guard file.inBox > 0 else { return "" }
        return
            " De ellas, \(SpanishFormat.number(file.inBox)) \(file.inBox == 1 ? "votó" : "votaron") en la urna electrónica, que se cuenta aparte: en papel \(file.checkedIn == 1 ? "pudo votar la otra" : "pudieron votar las otras \(SpanishFormat.number(file.checkedIn))"). Registre solo los tarjetones y las firmas de esta mesa."
    }

    /// The tables whose ballots are in the urn with who came and what they received, in a sentence.
    var received: String {
        let merged = file.urns.merged(into: table.id)
        let ballots = merged.reduce(poll.ballots) { sum, urn in
            sum + (day.poll(of: contest.id, at: urn.table)?.ballots ?? 0)
        }
        let tables =
            merged.isEmpty
            ? "esta mesa, que recibió"
            : "las mesas \(SpanishFormat.list(([table.number] + merged.map(\.number)).sorted().map(String.init))), que recibieron"
        return
            "Ingresaron \(SpanishFormat.count(file.checkedIn + file.inBox, "persona", "personas")) de \(SpanishFormat.count(file.electors, "elector", "electores")) de \(tables) \(SpanishFormat.count(ballots, "tarjetón", "tarjetones")).\(besideBox)"
    }
}

extension OpenPollPage {
    /// Warns where so few may vote that the result would tell how they did.
    func writeFew(_ html: inout HTML) {
        guard day.mode(of: contest).isSecret, min(table.electors, table.present) < Urn.fewestBallots else {
            return
        }
        let round = day.round(of: contest.id)
        let others = day.tables.filter { other in
            other.id != table.id
                && day.omission(of: PollPlace(contest.id, round: round, at: other.id)) == nil
        }
        let haveCounted = others.allSatisfy { other in
            day.polls.contains {
                $0.place == PollPlace(contest.id, round: round, at: other.id) && !$0.juries.isEmpty
            }
        }
        html.note(.warning, "Pueden votar menos de \(Urn.fewestInWords) personas") { note in
            note.p(
                "La mesa tiene \(SpanishFormat.count(table.electors, "elector", "electores")), y hay \(SpanishFormat.count(table.present, "presente", "presentes"))."
            )
            note.p(
                others.isEmpty && day.box(of: contest.id, round: round) != nil
                    ? "La mesa está al lado de la urna electrónica y se cuenta aparte: si aquí votan menos de \(Urn.fewestInWords), sus tarjetones no se abren. Dígalo antes de empezar, y ofrezca la cabina."
                    : others.isEmpty
                        ? "Es la única mesa y se cuenta de todas maneras: con tan pocos tarjetones, el resultado puede mostrar cómo votó cada persona. Dígalo antes de empezar."
                        : haveCounted
                            ? "Las demás mesas ya empezaron a contar: si aquí votan menos de \(Urn.fewestInWords), sus tarjetones no se abren. Espere a que ingresen más personas."
                            : "Si votan menos de \(Urn.fewestInWords), sus tarjetones se cuentan con los de otra mesa."
            )
        }
    }
}
