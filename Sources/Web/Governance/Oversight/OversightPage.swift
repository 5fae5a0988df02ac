import Governance
import Kernel
import Tenancy

/// What a person may do with oversight exercises.
struct OversightRights: Sendable {
    let mayKeep: Bool
    /// Whether the person says what an exercise comes to, and that a visit does not count.
    let mayConclude: Bool
    let mayOpen: Bool
    let tasks: Set<FindingTask>

    init(_ context: TenantContext, in stream: AuditStream) {
        mayKeep = context.may(.keepOversight, in: stream)
        mayConclude = context.may(.concludeOversight, in: stream)
        mayOpen = context.may(.openFiles, in: stream)
        tasks = Set(FindingTask.allCases.filter { context.may($0.permission, in: stream) })
    }
}

/// Where the pages of an exercise lie.
struct OversightPlace: Sendable {
    let heading: AllianceHeading
    let answer: ReadOversight.Answer

    var slug: AllianceSlug { heading.slug }
    var oversight: Oversight { answer.oversight }
    var path: Path { .oversight(slug, oversight.id) }
    var trail: [Crumb] { outerTrail + [Crumb(oversight.title, path)] }
    var outerTrail: [Crumb] {
        heading.trail(from: .between) + [Crumb("Veedurías", .oversights(slug))]
    }

    /// What was measured of an indicator, in the words of its list.
    func indicator(_ id: ID<OversightIndicator>) -> OversightIndicator? {
        answer.indicators.first { $0.id == id }
    }

    /// The files of a visit, of a finding, or of the exercise itself.
    func evidence(of visit: ID<OversightVisit>?, _ finding: ID<OversightFinding>?) -> [OversightEvidence] {
        answer.evidence.filter { $0.finding == finding && (finding != nil || $0.visit == visit) }
    }
}

/// An oversight exercise: its team, what its visits look at, what they found, and what was corrected.
struct OversightPage: Page {
    let place: OversightPlace
    let rights: OversightRights

    private var oversight: Oversight { place.oversight }
    private var answer: ReadOversight.Answer { place.answer }
    private var slug: AllianceSlug { place.slug }
    private var isOpen: Bool { oversight.end == nil }
    private var mayKeep: Bool { rights.mayKeep && isOpen }

    var title: String { oversight.title }
    var lead: String? { "Veeduría a \(oversight.entity)" }
    var trail: [Crumb] { place.outerTrail }
    var help: HelpTopic { "veedurias" }

    func actions(_ html: inout HTML) {
        if !oversight.isReserved {
            html.action(
                isOpen ? "Avance en PDF" : "Informe en PDF", to: .oversightReport(slug, oversight.id),
                icon: .document)
        }
        guard mayKeep else { return }
        html.action("Editar", to: .editOversight(slug, oversight.id))
        if rights.mayConclude {
            html.action("Cerrar la veeduría", to: .closeOversight(slug, oversight.id))
        }
        if !answer.team.isEmpty {
            html.action(
                "Registrar una visita", to: .newOversightVisit(slug, oversight.id), .primary, icon: .plus)
        }
    }

    func body(_ html: inout HTML) {
        html.p { line in
            line.status(oversight.status(on: answer.today))
            if oversight.isReserved {
                line.text(" ")
                line.status(Status("Espacio propio de la junta", .sealed))
            }
        }
        if oversight.isReserved { writeReserve(&html) }
        html.p(oversight.reason, .class("statement"))
        html.facts(
            Fact("Período", oversight.period),
            Fact("Inscripción") { writeRegistration(&$0) })
        if let end = oversight.end {
            html.section("A qué se llegó", id: "cierre") { part in
                part.p("Se cerró el \(SpanishFormat.longDate(end.day)).")
                part.paragraphs(of: end.conclusion)
            }
        }
        let corrected = answer.findings.count { $0.outcome == .corrected }
        let open = answer.findings.count { $0.state != .closed }
        html.figures(
            KeyFigure(answer.heldVisits.count, answer.heldVisits.count == 1 ? "visita" : "visitas"),
            KeyFigure(answer.findings.count, answer.findings.count == 1 ? "hallazgo" : "hallazgos"),
            KeyFigure(open, "por resolver"), KeyFigure(corrected, "corregidos"))
        html.section("Hallazgos", id: "hallazgos") { writeFindings(&$0) }
        html.section("Visitas", id: "visitas") { writeVisits(&$0) }
        html.section("Lo que se mira", id: "indicadores") { writeIndicators(&$0) }
        html.section("Equipo", id: "equipo") { writeTeam(&$0) }
        html.section("Otros soportes", id: "soportes") { part in
            part.oversightFiles(place.evidence(of: nil, nil), mayOpen: rights.mayOpen)
            if rights.mayKeep {
                part.p(.class("part-actions")) {
                    $0.action("Agregar un soporte", to: .addOversightEvidence(slug, oversight.id))
                }
            }
        }
    }

    private func writeReserve(_ html: inout HTML) {
        html.note(.info, "La entidad no ve esta veeduría") { note in
            note.p("Solo la ve la junta, con sus visitas y hallazgos, hasta que la comparta.")
            if rights.mayKeep {
                note.p { $0.action("Compartirla con la entidad", to: .shareOversight(slug, oversight.id)) }
            }
        }
    }

    private func writeRegistration(_ fact: inout HTML) {
        if let registration = oversight.registration {
            fact.text(
                "\(registration.authority), n.º \(registration.number), del \(SpanishFormat.date(registration.day))"
            )
            if let file = registration.file, rights.mayOpen {
                fact.text(". ")
                fact.a("Ver el certificado", .href(.file(file)))
            }
        } else {
            fact.text("Sin anotar")
        }
        if rights.mayKeep {
            fact.text(". ")
            fact.a(
                oversight.registration == nil ? "Anotar la inscripción" : "Corregir la inscripción",
                .href(.registerOversight(slug, oversight.id)))
        }
    }

    // MARK: Findings

    private enum Order: String, SortKey {
        case number = "numero"
        static let initial = Self.number
    }

    private func writeFindings(_ part: inout HTML) {
        let place = place
        if answer.findings.isEmpty {
            part.p("Todavía no hay hallazgos.")
        } else {
            let columns: [Column<OversightFinding, Order>] = [
                .text("N.º", to: { .finding(place.slug, place.oversight.id, $0.id) }) {
                    "Hallazgo \($0.number)"
                },
                .text("Qué se encontró") { $0.account },
                .status("Estado") { $0.status(after: place.answer.steps[$0.id] ?? []) },
                .date("El") { $0.foundOn },
            ]
            part.table("Hallazgos de la veeduría", columns, answer.findings)
        }
        if mayKeep {
            part.p(.class("part-actions")) {
                $0.action("Anotar un hallazgo", to: .newFinding(slug, oversight.id))
            }
        }
    }

    // MARK: Visits

    private func writeVisits(_ part: inout HTML) {
        guard !answer.visits.isEmpty else {
            return part.emptyState(
                !mayKeep
                    ? EmptyState("No hay visitas.")
                    : answer.team.isEmpty
                        ? EmptyState(
                            "Antes de la primera visita, diga quiénes son del equipo.",
                            next: "Agregar a alguien", to: .joinOversight(slug, oversight.id))
                        : EmptyState(
                            "No hay visitas todavía.", next: "Registrar la primera",
                            to: .newOversightVisit(slug, oversight.id)))
        }
        let (place, findings) = (place, answer.findings)
        let columns: [Column<OversightVisitRecord, Order>] = [
            .text("Visita", to: { .oversightVisit(place.slug, place.oversight.id, $0.visit.id) }) {
                "\($0.visit.number). \($0.visit.place)"
            },
            .date("Día") { $0.visit.day },
            .text("Fueron") { SpanishFormat.list($0.visitors) },
            .text("Como se espera") { record in
                let seen = record.measures.filter { $0.verdict != .unseen }
                return seen.isEmpty ? nil : "\(seen.count { $0.verdict == .met }) de \(seen.count)"
            },
            .integer("Hallazgos") { record in findings.count { $0.visit == record.visit.id } },
            .status("Estado") {
                $0.visit.withdrawal == nil ? Status("Realizada", .met) : Status("Retirada", .sealed)
            },
        ]
        part.table("Visitas de la veeduría", columns, answer.visits)
    }

    // MARK: Indicators and team

    private func writeIndicators(_ part: inout HTML) {
        if answer.checklist.isEmpty { part.p("No hay indicadores: las visitas se registran sin lista.") }
        part.ul(.class("dossier")) { list in
            for indicator in answer.checklist {
                list.li { item in
                    item.p { line in
                        line.strong(indicator.name)
                        line.text(". Se espera: \(SpanishFormat.sentence(indicator.expected))")
                    }
                    let tally = answer.tally(of: indicator.id)
                    if tally.seen > 0 {
                        item.p(
                            "Como se espera en \(tally.met) de \(tally.seen) (\(SpanishFormat.percentage(tally.met, of: tally.seen, decimals: 0))).",
                            .class("form-text"))
                    }
                    if mayKeep {
                        item.div(.class("part-actions")) {
                            $0.action(
                                "No mirar más «\(indicator.name)»",
                                posting: .dropIndicator(slug, oversight.id, indicator.id), small: true)
                        }
                    }
                }
            }
        }
        if mayKeep {
            part.p(.class("part-actions")) {
                $0.action("Agregar un indicador", to: .addIndicator(slug, oversight.id))
            }
        }
    }

    private func writeTeam(_ part: inout HTML) {
        if answer.members.isEmpty { part.p("Nadie está en el equipo.") }
        part.ul(.class("dossier")) { list in
            for member in answer.members {
                list.li { item in
                    item.p { line in
                        line.strong(member.name)
                        let until = member.leftOn.map { " hasta el \(SpanishFormat.date($0))" } ?? ""
                        line.text(
                            ". \(member.role.title), desde el \(SpanishFormat.date(member.joinedOn))\(until)."
                        )
                    }
                    if mayKeep, member.leftOn == nil {
                        item.div(.class("part-actions")) {
                            $0.action(
                                "Retirar a \(member.name)",
                                posting: .leaveOversight(slug, oversight.id, member.id), small: true)
                        }
                    }
                }
            }
        }
        if mayKeep {
            part.p(.class("part-actions")) {
                $0.action("Agregar a alguien", to: .joinOversight(slug, oversight.id))
            }
        }
    }
}

extension HTML {
    /// Writes photographs and papers, each with the beginning of its hash.
    mutating func oversightFiles(_ files: [OversightEvidence], mayOpen: Bool) {
        guard !files.isEmpty else { return p("No hay archivos.") }
        ul(.class("evidence")) { list in
            for file in files {
                list.li { item in
                    item.text(file.title, leadingTo: mayOpen ? .file(file.file) : nil)
                    item.text(", \(SpanishFormat.date(file.datedOn)). Huella ")
                    item.code(String(file.sha256.description.prefix(16)))
                    item.text("…")
                }
            }
        }
    }
}
