import Elections
import Foundation
import Kernel
import Membership
import Tenancy

/// The slates of a process.
struct SlatesPage: ListPage {
    enum Sort: String, SortKey {
        case ballot = "tarjeton"
        case name = "nombre"
        case state = "estado"
        case registered = "inscrita"
        static let initial = Self.ballot
    }

    /// A row, with where it leads.
    struct Row: Sendable {
        let slate: SlateSummary
        /// `nil` for who may not see candidates' papers.
        let path: Path?
    }

    struct Filters {
        let words = Field.text("q", "Nombre", max: 80).optional()
        let state = Field.choice(
            "estado", "Estado", SlateState.allCases, title: \.title, style: .menu, prompt: "Todos"
        ).optional()
        let contest: Field<ID<Contest>?>

        init(_ contests: [Contest]) {
            contest = Field.choice(
                "eleccion", "Qué se elige", contests.map { Option($0.id, $0.name) }, style: .menu,
                prompt: "Todo"
            ).optional()
        }
    }

    static let columns: [Column<Row, Sort>] = [
        .text("Plancha", sort: .name, to: { $0.path }) { $0.slate.name },
        .text("Qué se elige") { $0.slate.contestName },
        .status("Estado", sort: .state) { $0.slate.state.status },
        .integer("N.º en el tarjetón", sort: .ballot) { $0.slate.number },
        .integer("Principales") { $0.slate.principals },
        .integer("Suplentes") { $0.slate.alternates },
        .integer("Aceptaciones") { $0.slate.accepted },
        .instant("Inscrita", sort: .registered) { $0.slate.registeredAt },
    ]

    let heading: AllianceHeading
    let list: SlateList
    let query: ListQuery<Sort>
    let found: Found<Row>
    let now: Date
    let mayRegister: Bool

    var title: String { "Planchas y candidatos" }
    var lead: String? { list.process.name }
    var trail: [Crumb] { heading.trail(from: .elections) + [Crumb(list.process.name, processPath)] }
    var help: HelpTopic { "planchas" }

    private var processPath: Path { .process(heading.slug, list.process.id) }
    private var isOpen: Bool { mayRegister && list.isOpen(at: now) }

    func actions(_ html: inout HTML) {
        guard isOpen, list.contests.count == 1, let contest = list.contests.first else { return }
        html.action(
            contest.registerWords, to: .registerSlate(heading.slug, list.process.id, contest.id),
            hasFrozenRoll ? .secondary : .primary, icon: .plus)
    }

    private var hasFrozenRoll: Bool { [.frozenRoll, .nominations].contains(list.process.state) }

    func body(_ html: inout HTML) {
        html.processTabs(list.process, of: heading, at: .slates)
        html.note(list.process.state.takesNominations ? .info : .warning, windowWords)
        if list.contests.count > 1 { writeContests(&html) }
        writeOrders(&html)
        let filters = Filters(list.contests)
        html.list(
            self,
            filters: { form in
                form.field(filters.words)
                if list.contests.count > 1 { form.field(filters.contest) }
                form.field(filters.state)
            }, empty: emptyState)
    }

    private var emptyState: EmptyState {
        guard isOpen, let contest = list.contests.first, list.contests.count == 1 else {
            return EmptyState(
                isOpen
                    ? "Aún no hay planchas. Inscriba la primera en una de las elecciones de arriba."
                    : "Aún no hay planchas inscritas.")
        }
        return EmptyState(
            "Aún no hay planchas inscritas.", next: contest.registerWords,
            to: .registerSlate(heading.slug, list.process.id, contest.id))
    }

    private var windowWords: String {
        guard let window = list.window else {
            return "La inscripción abre cuando el comité electoral publique la convocatoria."
        }
        guard list.process.state.takesNominations else {
            return "La inscripción terminó: ya no se inscriben ni se deciden planchas."
        }
        let closing = SpanishFormat.moment(window.closesAt)
        if now < window.opensAt {
            return SpanishFormat.sentence(
                "La inscripción abre el \(SpanishFormat.moment(window.opensAt)) y cierra el \(closing)"
            )
        }
        let open = SpanishFormat.sentence("La inscripción está abierta hasta el \(closing)")
        return now <= window.closesAt
            ? hasFrozenRoll
                ? "\(open) El censo ya está congelado: quien se inscriba ahora puede ser candidato, pero no entra al censo para votar."
                : open
            : "\(SpanishFormat.sentence("La inscripción cerró el \(closing)")) El comité decide las que estén pendientes."
    }

    /// Where the order of each ballot is drawn, or how it was.
    private func writeOrders(_ html: inout HTML) {
        for contest in list.contests {
            let path = Path.ballotOrder(heading.slug, list.process.id, contest.id)
            let whose = list.contests.count > 1 ? " de «\(contest.name)»" : ""
            if list.orderedContests.contains(contest.id) {
                html.p { line in
                    line.text("El orden del tarjetón\(whose) se sorteó. ")
                    line.a("Ver el sorteo", .href(path))
                }
            } else if list.contestsToOrder.contains(contest.id), list.process.state.takesNominations {
                html.p { line in
                    line.text(
                        "El orden del tarjetón\(whose) no se ha sorteado: por ahora es el de inscripción. ")
                    line.a("Sortear el orden", .href(path))
                }
            }
        }
    }

    private func writeContests(_ html: inout HTML) {
        html.ul(.class("cards")) { cards in
            for contest in list.contests {
                let slates = list.slates.filter { $0.contest == contest.id }
                cards.li { card in
                    card.h2(contest.name, .class("h3"))
                    card.p(
                        "\(SpanishFormat.count(contest.seats.count, "puesto", "puestos")). \(SpanishFormat.count(slates.count { $0.state == .admitted }, "admitida", "admitidas")), \(slates.count { $0.state == .registered }) por decidir."
                    )
                    guard isOpen else { return }
                    card.p {
                        $0.action(
                            contest.registerWords,
                            to: .registerSlate(heading.slug, list.process.id, contest.id), icon: .plus)
                    }
                }
            }
        }
    }
}

extension SlateState: PathValue {
    /// The state as a chip.
    var status: Status {
        switch self {
        case .registered: Status(title, .due)
        case .admitted: Status(title, .met)
        case .rejected: Status(title, .overdue)
        case .withdrawn: Status(title, .plain)
        }
    }
}

extension Contest {
    /// The words of the button that registers somebody.
    var registerWords: String {
        candidature == .slates ? "Inscribir una plancha" : "Inscribir un candidato"
    }
}

/// What the person may do with a slate.
struct SlateRights {
    let register: Bool
    let decide: Bool
    let appeal: Bool
    let accredit: Bool
    let recordPapers: Bool
}

/// One slate: its people with their requirements, what is missing, what was decided, its witnesses.
struct SlatePage: Page {
    let heading: AllianceHeading
    let file: SlateFile
    let now: Date
    let may: SlateRights

    private var slate: SlateSummary { file.slate }
    private var process: ID<ElectoralProcess> { file.process.id }

    var title: String { slate.name }
    var lead: String? {
        slate.number.map { "\(slate.contestName) · número \($0) del tarjetón" } ?? slate.contestName
    }
    var trail: [Crumb] { heading.trail(toSlatesOf: file.process) }
    var help: HelpTopic { "planchas" }

    func actions(_ html: inout HTML) {
        guard file.process.state.takesNominations else { return }
        if may.register, slate.state.stands {
            html.action("Retirar", to: .withdrawSlate(heading.slug, process, slate.id))
        }
        if may.register, file.mayChange(at: now) {
            html.action("Cambiar", to: .editSlate(heading.slug, process, slate.id), icon: .pencil)
        }
        if may.decide, slate.state == .registered {
            html.action("Decidir", to: .decideSlate(heading.slug, process, slate.id), .primary)
        }
    }

    func body(_ html: inout HTML) {
        html.p { line in
            line.status(slate.state.status)
            if let reason = slate.stateReason { line.text(" \(reason)") }
        }
        html.facts(
            Fact("Responde", slate.representative), Fact("Contacto", slate.contact),
            Fact("Inscrita", SpanishFormat.longDateAndTime(slate.registeredAt)),
            Fact("Decidida", slate.decidedAt.map(SpanishFormat.longDateAndTime)))
        if slate.state == .registered {
            html.section("Qué falta", id: "falta") { $0.missing(file.obstacles) }
        }
        html.section("Candidatos", id: "candidatos") { part in
            if let window = file.window, slate.state.stands {
                part.p(
                    "Los requisitos se miran con lo que conste al cierre de la inscripción, el \(SpanishFormat.longDate(window.checkDay)).",
                    .class("form-text"))
            }
            guard !file.candidates.isEmpty else {
                part.p("Nadie está en la lista.")
                return
            }
            part.ul(.class("dossier")) { list in
                for candidate in file.candidates { list.li { write(candidate, &$0) } }
            }
        }
        if !file.former.isEmpty {
            html.section("Ya no están", id: "fuera") { part in
                part.ul(.class("dossier")) { list in
                    for candidate in file.former { list.li { writeFormer(candidate, &$0) } }
                }
            }
        }
        if slate.state == .admitted { html.section("Testigos", id: "testigos") { writeWitnesses(&$0) } }
    }

    // MARK: Candidates

    private func write(_ candidate: CandidateFile, _ item: inout HTML) {
        item.div(.class("dossier-head")) { head in
            head.h3("\(candidate.role.title) \(candidate.position): \(candidate.name)")
            if let verdict = candidate.dossier?.verdict { head.status(verdict.status) }
        }
        item.p { line in
            line.text("\(candidate.document.formatted). ")
            if let acceptance = candidate.acceptance {
                line.text("\(acceptance) ")
                if let paper = candidate.acceptanceFile {
                    line.a("(ver)", .href(.slatePaper(heading.slug, process, slate.id, paper)))
                }
            } else {
                line.status(Status("Falta su aceptación", .due))
            }
        }
        if candidate.isOnRoll == false {
            item.p { $0.status(Status("No está en el censo definitivo", .overdue)) }
        }
        if let dossier = candidate.dossier { write(dossier, of: candidate, &item) }
        item.div(.class("row-actions")) { row in
            if may.register, slate.state == .registered, candidate.acceptedAt == nil,
                file.process.state.takesNominations
            {
                row.action(
                    "Registrar la aceptación", about: candidate.name,
                    to: .acceptCandidacy(heading.slug, process, slate.id, candidate.id))
            }
            if may.register, file.mayReplace(at: now) {
                row.action(
                    "Reemplazar", about: candidate.name,
                    to: .replaceCandidate(heading.slug, process, slate.id, candidate.id))
            }
            if may.decide, slate.state.stands, !file.process.state.isOver {
                row.action(
                    "Inhabilitar", about: candidate.name,
                    to: .disqualifyCandidate(heading.slug, process, slate.id, candidate.id))
            }
        }
    }

    private func write(_ dossier: Dossier, of candidate: CandidateFile, _ item: inout HTML) {
        func count(_ verdict: Verdict) -> Int { dossier.outcomes.count { $0.verdict == verdict } }
        item.details(.open(dossier.verdict == .fail)) { details in
            details.summary(
                "Requisitos: \(count(.pass)) cumple, \(count(.fail)) no cumple, \(count(.unproven)) sin probar"
            )
            details.ul(.class("requirements")) { list in
                for outcome in dossier.outcomes.sorted(by: { $0.verdict.weight > $1.verdict.weight }) {
                    list.li { line in
                        line.p { words in
                            words.status(outcome.verdict.status)
                            words.text(" \(outcome.requirement.question)")
                        }
                        line.p(outcome.explanation)
                        if let cure = outcome.cure {
                            line.p { words in
                                words.strong("Qué hacer: ")
                                words.text(cure)
                            }
                        }
                        line.p(
                            outcome.requirement.norm.marked(isConfirmed: outcome.requirement.isNormConfirmed),
                            .class("form-text"))
                    }
                }
            }
            details.confirmationLegend(
                if: dossier.outcomes.contains { !$0.requirement.isNormConfirmed })
            if may.recordPapers, dossier.verdict != .pass, slate.state == .registered {
                details.p {
                    $0.a(
                        "Registrar un documento de \(candidate.name)",
                        .href(.recordPaper(heading.slug, candidate.person)))
                }
            }
        }
    }

    private func writeFormer(_ candidate: CandidateFile, _ item: inout HTML) {
        item.div(.class("dossier-head")) { head in
            head.h3("\(candidate.role.title) \(candidate.position): \(candidate.name)")
            head.status(candidate.state.status)
        }
        if let reason = candidate.stateReason, candidate.state == .withdrawn { item.p(reason) }
        if let replacement = file.replacement(of: candidate.id) {
            item.p("En su lugar está \(replacement.name).")
        }
        if let decision = candidate.disqualification {
            item.disqualification(
                decision,
                evidence: decision.evidence.map { .slatePaper(heading.slug, process, slate.id, $0) })
        }
        guard candidate.state == .disqualified else { return }
        item.div(.class("row-actions")) { row in
            if may.register, file.mayReplace(at: now), file.replacement(of: candidate.id) == nil {
                row.action(
                    "Nombrar reemplazo", about: candidate.name,
                    to: .replaceCandidate(heading.slug, process, slate.id, candidate.id))
            }
            if let decision = candidate.disqualification, !file.process.state.isOver {
                if may.appeal, decision.appeal == nil {
                    row.action(
                        "Apelar", about: candidate.name,
                        to: .appealDisqualification(heading.slug, process, slate.id, candidate.id))
                }
                if may.decide, decision.isAppealOpen {
                    row.action(
                        "Decidir la apelación", about: candidate.name,
                        to: .decideAppeal(heading.slug, process, slate.id, candidate.id))
                }
            }
        }
    }

    // MARK: Witnesses

    private func writeWitnesses(_ part: inout HTML) {
        if file.witnesses.isEmpty {
            part.p("Esta plancha no ha acreditado testigos.")
        } else {
            let columns: [Column<SlateWitness, SlatesPage.Sort>] = [
                .text("Testigo") { $0.name }, .text("Documento") { $0.document.formatted },
                .text("Mesa") { $0.table ?? "Todas" }, .instant("Acreditado") { $0.accreditedAt },
                .custom("Acreditación") { html, witness in
                    guard may.accredit else { return html.text("Vigente") }
                    html.action(
                        "Terminar", posting: .withdrawWitness(heading.slug, process, slate.id, witness.id))
                },
            ]
            part.table("Testigos de la plancha", columns, file.witnesses)
        }
        if may.accredit, !file.process.state.isOver {
            part.p {
                $0.action(
                    "Acreditar un testigo", to: .accreditWitness(heading.slug, process, slate.id),
                    icon: .plus)
            }
        }
    }
}

extension CandidateState {
    /// The state as a chip.
    var status: Status {
        switch self {
        case .standing: Status(title, .met)
        case .withdrawn: Status(title, .plain)
        case .disqualified: Status(title, .overdue)
        }
    }
}

extension Verdict {
    /// What asks for attention stands first.
    fileprivate var weight: Int {
        switch self {
        case .fail: 2
        case .unproven: 1
        case .pass: 0
        }
    }
}

extension AllianceHeading {
    /// The way to a page about one slate.
    func trail(toSlatesOf process: ElectionProcess) -> [Crumb] {
        trail(from: .elections) + [
            Crumb(process.name, .process(slug, process.id)),
            Crumb("Planchas y candidatos", .slates(slug, process.id)),
        ]
    }
}

extension HTML {
    /// Writes a button that stands among others alike; who hears the page hears whom it is about, too.
    mutating func action(_ words: String, about name: String, to path: Path) {
        a(.class("\(Emphasis.secondary.buttonClass) btn-sm"), .href(path)) { link in
            link.span(words)
            link.span(" (\(name))", .class("visually-hidden"))
        }
    }

    /// Writes what stands between a slate and the ballot: first what blocks, then what needs written reasons, each
    /// requirement once with all whom it is about.
    mutating func missing(_ obstacles: [AdmissionObstacle]) {
        guard !obstacles.isEmpty else {
            note(.done, "Nada: todos aceptaron y cumplen. El comité electoral puede decidir.")
            return
        }
        let blocking = obstacles.filter(\.isBlocking)
        if !blocking.isEmpty {
            note(.problem, "Impide admitirla") { note in
                note.ul(.class("losses")) { list in
                    for obstacle in blocking { list.li(obstacle.sentence) }
                }
            }
        }
        var people: [(requirement: String, names: [String])] = []
        for case .unproven(let name, let requirement) in obstacles {
            if let place = people.firstIndex(where: { $0.requirement == requirement }) {
                people[place].names.append(name)
            } else {
                people.append((requirement, [name]))
            }
        }
        guard !people.isEmpty else { return }
        note(.warning, "Sin probar: se admite solo con razones escritas") { note in
            note.ul(.class("losses")) { list in
                for (requirement, names) in people {
                    list.li("\(requirement): \(SpanishFormat.list(names)).")
                }
            }
        }
    }
}

extension HTML {
    /// A decision that kept a candidate out: its ground and reasons, and what became of the appeal.
    ///
    /// - Parameters:
    ///   - decision: The decision.
    ///   - evidence: Where its proof is opened, for who may.
    mutating func disqualification(_ decision: Disqualification, evidence: Path? = nil) {
        p { line in
            line.strong("Causal: ")
            line.text("\(decision.ground) (\(decision.norm)). \(decision.reason)")
        }
        p(
            SpanishFormat.sentence("Decidido el \(SpanishFormat.longDateAndTime(decision.decidedAt))"),
            .class("form-text"))
        if let evidence { p { $0.a("Ver la prueba", .href(evidence)) } }
        if let appeal = decision.appeal {
            p { line in
                line.strong("Apelación: ")
                line.text(appeal)
            }
        }
        if let outcome = decision.outcome {
            p { line in
                line.strong("\(outcome.title). ")
                line.text(decision.outcomeReason ?? "")
            }
        } else if decision.isAppealOpen {
            p { $0.status(Status("Apelación por decidir", .due)) }
        }
    }
}
