import Elections
import Foundation
import Kernel
import Tenancy

/// The questions of a proclamation.
struct ProclamationForm {
    let reason = Field.paragraphs(
        "reason", "Declaración", max: 1000, rows: 4,
        hint: "Por ejemplo: «El resultado quedó en firme y no hay impugnaciones por decidir».")
    let waivers: Field<[TermWaiver]>

    init(_ holders: [TermHolder]) {
        waivers = Field.choices(
            "waivers", "Quiénes renunciaron al plazo que falta",
            holders.map { Option($0.waiver, $0.name) },
            hint: "Marque a quienes lo manifestaron en la sesión. Queda en el acta con el nombre de usted.",
            isRequired: false)
    }
}

extension TermWaiver: PathValue {
    init?(pathText: String) {
        if let id = ID<Slate>(String(pathText.dropFirst(8))), pathText.hasPrefix("plancha-") {
            self = .slate(id)
        } else if let id = ID<Guarantor>(String(pathText.dropFirst(8))), pathText.hasPrefix("garante-") {
            self = .guarantor(id)
        } else {
            return nil
        }
    }

    var pathText: String {
        switch self {
        case .slate(let id): "plancha-\(id)"
        case .guarantor(let id): "garante-\(id)"
        }
    }
}

/// The proclamation: proposed by one, carried out by another of a different role.
struct ProclamationPage: DayPage {
    let heading: AllianceHeading
    let day: DayFile
    let reports: [ID<Contest>: CanvassReport]
    let now: Date
    let user: ID<User>?
    let mayAct: Bool
    /// Whose term to challenge runs.
    let holders: [TermHolder]
    /// Who gave it up for the proclamation that was proposed.
    let waivers: [NotedWaiver]
    /// Whether who looks may be the second person.
    let maySecond: Bool
    /// Whether who looks may take the proposal back.
    let mayWithdraw: Bool
    /// The credentials of those who were proclaimed, for who may issue them.
    let credentials: [Credential]
    let form: FormState

    var title: String { "Proclamación" }
    var lead: String? { process.name }
    var tab: ProcessTab? { .proclamation }
    var help: HelpTopic { "proclamacion" }

    func content(_ html: inout HTML) {
        if let day = day.proclaimedOn {
            html.note(.done, "Proclamados el \(SpanishFormat.longDate(day))") { note in
                note.p(
                    "Sus mandatos quedaron registrados en Gobierno, como los estatutos y la norma de cada organismo los fijan."
                )
            }
            writeElected(&html)
            writeCredentials(&html)
            html.action("Ver los mandatos", to: .governance(heading.slug))
            return
        }
        let missing = missing
        if !missing.isEmpty {
            html.section("Lo que falta") { part in
                part.ul { list in for line in missing { list.li(content: line) } }
            }
        }
        writeElected(&html)
        if let proposal = day.proposal { return write(proposal, &html) }
        if let withdrawn = day.withdrawnProposal {
            html.note(
                .info,
                "La propuesta del \(SpanishFormat.longDateAndTime(withdrawn.proposedAt)) se retiró el \(SpanishFormat.longDateAndTime(withdrawn.withdrawnAt))"
            ) { note in
                if let reason = withdrawn.reason { note.p(SpanishFormat.sentence("Motivo: \(reason)")) }
            }
        }
        guard mayAct, missing.isEmpty else { return }
        writeProposal(&html)
    }

    /// What has to be done before anybody is proclaimed, each with the way to it.
    private var missing: [(inout HTML) -> Void] {
        var lines: [(inout HTML) -> Void] = []
        for contest in day.contests where contest.state == .open {
            let report = reports[contest.id]
            switch report?.result {
            case .elected: continue
            case nil:
                lines.append { item in
                    item.text("\(contest.name): falta el ")
                    item.a("escrutinio", .href(.results(heading.slug, process.id)))
                    item.text(".")
                }
            case .tie, .runoff, .blankWins, .nobody, .void:
                lines.append { item in
                    item.text("\(contest.name): \(report?.sentence ?? "") ")
                    item.a("Ver el escrutinio", .href(.canvass(heading.slug, process.id, contest.id)))
                }
            }
        }
        if day.openChallenges > 0 {
            lines.append { item in
                item.a(
                    day.openChallenges == 1
                        ? "Hay una impugnación sin decidir."
                        : "Hay \(day.openChallenges) impugnaciones sin decidir.",
                    .href(.challenges(heading.slug, process.id)))
            }
        }
        if process.state == .suspended { lines.append { $0.text("La elección está suspendida.") } }
        if day.session != nil, process.state == .voting {
            lines.append { item in
                item.text("Falta cerrar la ")
                item.a("jornada", .href(.votingDay(heading.slug, process.id)))
                item.text(".")
            }
        }
        if let annulment = day.annulment {
            lines.append { item in
                item.text("Falta que otra persona confirme o retire la propuesta de ")
                item.a(
                    "anular \(annulment.object)",
                    .href(.settleAnnulment(heading.slug, process.id, annulment.act)))
                item.text(".")
            }
        }
        return lines
    }

    private func writeElected(_ html: inout HTML) {
        for contest in day.contests {
            guard let report = reports[contest.id], !report.elected.isEmpty, !report.isAnnulled else {
                continue
            }
            html.section(contest.name) { part in
                let columns: [Column<CanvassReport.Elected, NoSort>] = [
                    .text("Puesto") { $0.rank == 0 ? $0.seat : "\($0.seat), suplente" },
                    .text("Persona") { $0.name },
                    .text("Plancha o candidatura") { $0.slate },
                ]
                part.table("Personas elegidas en \(contest.name)", columns, report.elected)
            }
        }
    }

    private func writeCredentials(_ html: inout HTML) {
        guard !credentials.isEmpty else { return }
        html.section("Credenciales") { part in
            part.p("Cada persona elegida recibe la suya, firmada por el comité electoral.")
            let columns: [Column<Credential, NoSort>] = [
                .text(
                    "Persona", to: { [heading, process] in .credential(heading.slug, process.id, $0.mandate) }
                ) { "\($0.name) (PDF)" },
                .text("Puesto") { $0.rank == 0 ? $0.seat : "\($0.seat), suplente" },
                .text("De") { $0.body },
                .text("Hasta") { $0.isPending ? "Desde la posesión" : SpanishFormat.shortDate($0.endsOn) },
            ]
            part.table("Credenciales", columns, credentials)
        }
    }

    private func writeProposal(_ html: inout HTML) {
        html.section("Proponer la proclamación") { part in
            part.p(
                "Se hace entre dos: usted la propone y la confirma otra persona con otra función (garante, junta o comité electoral)."
            )
            let fields = ProclamationForm(holders)
            part.form(to: .proclamation(heading.slug, process.id), form) { form in
                form.field(fields.reason)
                if let window = day.terms.window(), window.isOpen(at: now) {
                    form.note(
                        .warning,
                        "El plazo para impugnar corre hasta el \(window.lastDayInWords). Antes solo se proclama si renuncian a lo que falta todas las planchas y los garantes acreditados."
                    )
                    form.field(fields.waivers)
                }
                form.submit("Proponer la proclamación", orBackTo: .votingDay(heading.slug, process.id))
            }
        }
    }

    private func write(_ proposal: ProclamationProposal, _ html: inout HTML) {
        html.section("Proclamación propuesta") { part in
            part.facts(
                Fact("Propuesta por", "\(proposal.name), \(proposal.role.title.lowercased())"),
                Fact("Cuándo", SpanishFormat.longDateAndTime(proposal.proposedAt)),
                Fact("Declaración", proposal.reason),
                Fact(
                    "Renunciaron al plazo",
                    waivers.isEmpty
                        ? nil
                        : SpanishFormat.list(waivers.map(\.party))
                            + (waivers.first?.notedBy.map { ". Lo anotó \($0)" } ?? "")))
            guard maySecond, missing.isEmpty else {
                if missing.isEmpty {
                    part.note(.info, "Falta que la confirme otra persona, con una función distinta.")
                }
                return
            }
            part.p(
                "Al confirmarla quedan proclamadas las personas elegidas y se abren sus mandatos. No se puede deshacer."
            )
            part.form(to: .secondProclamation(heading.slug, process.id), form) { form in
                form.input(.type("hidden"), .name("act"), .value(proposal.act.description))
                form.field(Field.confirmation(Self.word))
                form.submit("Confirmar y proclamar", .danger)
            }
        }
        guard mayWithdraw, process.state != .suspended else { return }
        html.section("Retirar la propuesta") { part in
            part.p("Nadie queda proclamado. Después se puede proponer de nuevo.")
            part.form(to: .withdrawProclamation(heading.slug, process.id), form) { form in
                form.input(.type("hidden"), .name("act"), .value(proposal.act.description))
                form.field(Self.withdrawal)
                form.submit("Retirar la propuesta", .secondary)
            }
        }
    }

    /// Why a proposal is taken back.
    static let withdrawal = Field.paragraphs(
        "withdrawal", "Motivo para retirarla", max: 500, rows: 3, hint: "Queda en la cronología.")

    static let word = "PROCLAMAR"
}
