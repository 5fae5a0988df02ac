import Elections
import Kernel
import Tenancy

extension PaperTable {
    /// Where it stands.
    fileprivate var address: String { "\(setup.place), \(setup.address), \(municipality)" }

    /// Where it stands and when it is open, as facts.
    fileprivate var facts: [Fact] {
        [
            Fact("Lugar", address),
            Fact("Votación", SpanishFormat.period(from: setup.opensAt, until: setup.closesAt)),
            Fact("Electores de la mesa", electors),
        ]
    }
}

/// The list of the electors of a table (`lista de sufragantes`), on which each who votes signs.
struct TableRollDocument: PrintedDocument {
    let list: ListTableElectors.Answer
    let alliance: String
    let entity: Organization

    var title: String { "Lista de electores de la mesa \(list.table.setup.number)" }
    var control: ControlHeader {
        ControlHeader(
            issuer: alliance, code: "Mesa \(list.table.setup.number)", version: "Censo congelado",
            date: ColombianTime.date(at: list.roll.frozenAt))
    }
    var foot: String? {
        let digits = Hex.encode(list.roll.sha256)
        return
            "Censo congelado de \(SpanishFormat.count(list.roll.electors, "elector", "electores")), sello \(Hex.spoken(digits)) · SHA-256 \(digits)"
    }

    func body(_ html: inout HTML) {
        html.letterhead(of: entity, alliance)
        html.p(list.process.name)
        html.facts(list.table.facts)
        html.p(
            "Cada persona muestra su documento y firma en su renglón antes de recibir el tarjetón. Esta lista tiene datos personales: solo la usan los jurados de la mesa y se devuelve al comité electoral con el acta.",
            .class("form-text"))
        html.table(.class("sign")) { table in
            table.thead { head in
                head.tr { row in
                    row.th("N.º", .class("sign-number"), .scope("col"))
                    row.th("Apellidos y nombres", .scope("col"))
                    row.th("Documento", .class("sign-document"), .scope("col"))
                    row.th("Firma", .class("sign-here"), .scope("col"))
                }
            }
            table.tbody { body in
                for (index, elector) in list.electors.enumerated() {
                    body.tr { row in
                        row.td(SpanishFormat.number(index + 1), .class("sign-number"))
                        row.th(elector.name, .scope("row"))
                        row.td(elector.document.formatted, .class("sign-document"))
                        row.td("", .class("sign-here"))
                    }
                }
            }
        }
        html.div(.class("whole")) { end in
            end.table(.class("blanks")) { table in
                table.tr { row in
                    row.td("Electores de la lista")
                    row.td(SpanishFormat.number(list.electors.count), .class("blank-space"))
                    row.td("Personas que firmaron")
                    row.td("", .class("blank-space"))
                }
            }
            end.signatures(
                (1...2).map { jury in
                    let juror = list.table.setup.jurors.first { $0.jury == jury }
                    return (juror?.name, "Jurado \(jury), mesa \(list.table.setup.number)")
                })
        }
    }
}

/// The sheet on which each juror of a table counts (`hoja de conteo`), a page for each juror and vote.
struct TallyDocument: PrintedDocument {
    let ballots: [BallotPaper]
    let table: PaperTable
    let process: ElectionProcess
    let alliance: String
    let entity: Organization

    var title: String { "Hoja de conteo de la mesa \(table.setup.number)" }
    var control: ControlHeader {
        ControlHeader(
            issuer: alliance, code: "Mesa \(table.setup.number)", version: "Hoja de conteo",
            date: ColombianTime.date(at: table.setup.opensAt))
    }

    /// The juries that count: the reader's own, or all.
    private var juries: [Int] { table.jury.map { [$0] } ?? [1, 2] }

    func body(_ html: inout HTML) {
        for (index, jury) in juries.enumerated() {
            for (place, ballot) in ballots.enumerated() {
                let isFirst = index == 0 && place == 0
                html.section(.class(isFirst ? "tally-sheet" : "tally-sheet new-page")) {
                    write(ballot, of: jury, &$0)
                }
            }
        }
    }

    private func write(_ ballot: BallotPaper, of jury: Int, _ page: inout HTML) {
        let juror = table.setup.jurors.first { $0.jury == jury }
        page.letterhead(of: entity, "\(alliance). \(process.name)")
        page.h2(ballot.round > 1 ? "\(ballot.contest.name), segunda vuelta" : ballot.contest.name)
        page.facts(
            [Fact("Jurado \(jury)", juror?.name ?? "Nombre: ______________________________")] + table.facts)
        page.table(.class("tally")) { rows in
            rows.thead { head in
                head.tr { row in
                    row.th("", .class("tally-name"))
                    row.th("Rayas, de cinco en cinco", .scope("col"))
                    row.th("Total", .class("tally-total"), .scope("col"))
                }
            }
            rows.tbody { body in
                for option in ballot.options { body.tally("\(option.number). \(option.name)") }
                body.tally("Votos en blanco")
                if ballot.obstacle == nil {
                    body.tally("Votos nulos")
                    body.tally("Tarjetones no marcados")
                }
            }
        }
        page.table(.class("blanks")) { rows in
            if ballot.obstacle == nil {
                rows.blanks("Tarjetones que recibió la mesa", "Tarjetones que salieron de la urna")
                rows.blanks("Personas que votaron (firmas)", "Tarjetones que sobraron")
            } else {
                rows.blanks("Personas que votaron", "")
            }
            rows.blanks("Hora en que abrió", "Hora en que cerró")
        }
        page.p(check(of: ballot), .class("form-text"))
        page.div(.class("whole")) { end in
            end.signatures(
                [(juror?.name, "Jurado \(jury), mesa \(table.setup.number)")]
                    + (table.witnesses.isEmpty
                        ? [(nil, "Testigo")]
                        : table.witnesses.map { ($0.name, "Testigo de \($0.slate)") }))
        }
    }

    private func check(of ballot: BallotPaper) -> String {
        guard ballot.obstacle == nil else { return "Cuente a solas y registre sus cifras en la plataforma." }
        let urn =
            "Antes de abrir la urna cuente las firmas: si son menos de \(Urn.fewestInWords) y hay otras mesas o una urna electrónica, no la abra. "
        return urn
            + (ballot.marks == 1
                ? "Los votos de todas las candidaturas, los votos en blanco, los nulos y los no marcados suman los tarjetones que salieron de la urna. Cuente a solas, sin ver la hoja del otro jurado, y registre sus cifras en la plataforma."
                : "Cada tarjetón puede llevar hasta \(ballot.marks) marcas: las rayas no suman los tarjetones. Cuente los tarjetones antes de leerlos, a solas, sin ver la hoja del otro jurado, y registre sus cifras en la plataforma.")
    }
}

extension HTML {
    /// Writes a line on which strokes are drawn.
    fileprivate mutating func tally(_ name: String) {
        tr { row in
            row.th(name, .scope("row"))
            row.td("")
            row.td("")
        }
    }

    /// Writes two figures that are filled in by hand.
    fileprivate mutating func blanks(_ first: String, _ second: String) {
        tr { row in
            for name in [first, second] {
                row.td(name)
                row.td("", .class("blank-space"))
            }
        }
    }
}

/// What says that somebody was elected (`credencial`).
struct CredentialDocument: PrintedDocument {
    let credential: Credential
    let process: ElectionProcess
    let alliance: String
    let entity: Organization

    var title: String { "Credencial de \(credential.name)" }
    var control: ControlHeader {
        ControlHeader(
            issuer: alliance, code: "Credencial", version: "Acta de escrutinio \(credential.record)",
            date: credential.proclaimedOn)
    }

    func body(_ html: inout HTML) {
        html.letterhead(of: entity, alliance)
        html.div(.class("credential")) { words in
            words.p("El comité electoral hace constar que los asociados de la alianza eligieron a")
            words.p(credential.name, .class("credential-name"))
            words.p("\(credential.document.formatted), para el puesto de")
            words.p(
                credential.rank == 0 ? credential.seat : "\(credential.seat), suplente",
                .class("credential-seat"))
            words.p("de \(credential.body).")
        }
        html.facts(
            Fact("Elección", process.name), Fact("Plancha o candidatura", credential.slate),
            Fact("Período", period),
            Fact("Proclamación", SpanishFormat.longDate(credential.proclaimedOn)),
            Fact(
                "Acta",
                "Acta de escrutinio \(credential.record), definitiva, sellada el \(SpanishFormat.longDateAndTime(credential.sealedAt))"
            ),
            Fact("Sello del acta") { $0.code(credential.sha256, .class("digest")) })
        html.div(.class("whole")) {
            $0.signatures([(nil, "Comité electoral, \(alliance)"), (nil, "Garante")])
        }
    }

    private var period: String {
        credential.isPending
            ? "Empieza con la posesión, después del acto con que la entidad nombra"
            : "Del \(SpanishFormat.date(credential.startsOn)) al \(SpanishFormat.date(credential.endsOn))"
    }
}
