import Elections
import Foundation
import Kernel
import Membership
import Tenancy

extension Path {
    /// The claims of a process.
    static let claims = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/reclamaciones")
    /// Files a claim.
    static let newClaim = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/reclamaciones/nueva")
    /// One claim, and its decision.
    static let claim = Route<AllianceSlug, ID<ElectoralProcess>, ID<Claim>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/reclamaciones/{claim}")
}

extension Claim.State {
    /// The state as a chip.
    var status: Status {
        switch self {
        case .open: Status(title, .due)
        case .upheld: Status(title, .met)
        case .dismissed: Status(title, .plain)
        }
    }
}

extension Claim.Kind: PathValue {}
extension Claim.State: PathValue {}

/// The order of claims: that in which they came.
enum ClaimSort: String, SortKey {
    case number = "numero"

    static let initial = Self.number
}

/// The claims of a process.
struct ClaimsPage: ListPage {
    /// A claim with what its line needs.
    struct Row: Sendable {
        let claim: Claim
        let alliance: AllianceSlug
        let process: ID<ElectoralProcess>
    }

    static let state = Field.choice(
        "estado", "Estado", Claim.State.allCases, title: \.title, style: .menu, prompt: "Todas"
    ).optional()
    static var columns: [Column<Row, ClaimSort>] {
        [
            .text("Reclamación", to: { .claim($0.alliance, $0.process, $0.claim.id) }) {
                "N.º \($0.claim.number) · \($0.claim.kind.title)"
            },
            .text("Sobre") { $0.claim.personName },
            .text("Documento") { IdentityDocument($0.claim.document)?.formatted ?? $0.claim.document },
            .text("Quién reclama") { $0.claim.isExOfficio ? "El comité, de oficio" : $0.claim.claimant },
            .instant("Recibida") { $0.claim.filedAt },
            .status("Estado") { $0.claim.state.status },
        ]
    }

    let heading: AllianceHeading
    let answer: ListClaims.Answer
    let query: ListQuery<ClaimSort>
    let now: Date
    let mayFile: Bool

    private var process: ElectionProcess { answer.process }

    var title: String { "Reclamaciones" }
    var lead: String? { process.name }
    var trail: [Crumb] { heading.trail(to: process) }
    var help: HelpTopic { "censo-y-reclamaciones" }

    var found: Found<Row> {
        let rows = answer.claims.filter { claim in query[Self.state].map { claim.state == $0 } ?? true }
        return query.page(of: rows.map { Row(claim: $0, alliance: heading.slug, process: process.id) })
    }

    func actions(_ html: inout HTML) {
        if mayFile, process.state == .provisionalRoll || process.state == .claims {
            html.action("Registrar una reclamación", to: .newClaim(heading.slug, process.id), icon: .plus)
        }
    }

    func body(_ html: inout HTML) {
        html.processTabs(process, of: heading, at: .claims)
        let open = answer.claims.filter { $0.state == .open }.count
        if let window = answer.window, process.state == .provisionalRoll || process.state == .claims {
            html.note(
                open > 0 ? .warning : .info,
                SpanishFormat.sentence(
                    "\(window.isOpen(at: now) ? "Se reciben hasta el" : "Se recibieron hasta el") \(SpanishFormat.moment(window.closesAt))"
                ) + " "
                    + (open == 0
                        ? "No hay ninguna por decidir."
                        : open == 1
                            ? "Hay una por decidir; sin esa decisión no se puede congelar el censo."
                            : "Hay \(open) por decidir; sin esas decisiones no se puede congelar el censo."))
        }
        html.list(
            self, filters: { $0.field(Self.state) },
            empty: EmptyState(
                answer.window == nil
                    ? "Las reclamaciones se reciben desde que se publica el censo provisional."
                    : "Nadie ha reclamado sobre el censo."))
    }
}

/// What the committee decides.
enum ClaimVerdict: String, PathValue, CaseIterable {
    case upheld = "aceptada"
    case dismissed = "negada"

    /// The words on screens.
    var title: String {
        switch self {
        case .upheld: "Aceptarla: el censo definitivo la cumplirá"
        case .dismissed: "Negarla: el censo queda como está"
        }
    }
}

/// The questions of a decision.
struct ClaimDecisionForm {
    let verdict = Field.choice("verdict", "Decisión", ClaimVerdict.allCases, title: \.title)
    let reason = Field.paragraphs(
        "reason", "Razones", max: 2000, rows: 5,
        hint: "Las lee quien reclamó; no escriba datos de otras personas.")
}

/// One claim beside what the register says, and its decision.
struct ClaimPage: Page {
    let heading: AllianceHeading
    let file: ClaimFile
    let mayDecide: Bool
    /// Whether who looks filed it, and so does not decide it.
    let isOwn: Bool
    let form: FormState

    private var claim: Claim { file.claim }
    private var process: ElectionProcess { file.process }

    var title: String { "Reclamación n.º \(claim.number)" }
    var lead: String? { "\(claim.kind.title) · \(claim.personName)" }
    var trail: [Crumb] {
        heading.trail(to: process) + [Crumb("Reclamaciones", .claims(heading.slug, process.id))]
    }
    var help: HelpTopic { "censo-y-reclamaciones" }

    func body(_ html: inout HTML) {
        html.p { $0.status(claim.state.status) }
        html.div(.class("side-by-side")) { columns in
            columns.section("Lo que se pide") { part in
                part.facts(
                    Fact("Pide", claim.correction.map { "\(claim.kind.title): \($0)" } ?? claim.kind.title),
                    Fact("Persona", claim.personName),
                    Fact("Documento", IdentityDocument(claim.document)?.formatted ?? claim.document),
                    Fact("Nacimiento que declaró", claim.statedBirthDate.map(SpanishFormat.date)),
                    Fact("Reclama", claim.isExOfficio ? "El comité, de oficio" : claim.claimant),
                    Fact("Contacto", claim.contact),
                    Fact("Recibida", SpanishFormat.longDateAndTime(claim.filedAt)),
                    Fact("Por", claim.filedBy == nil ? "La página pública" : "Quien atendió"))
                part.blockquote(claim.ground)
            }
            columns.section("Lo que dice el padrón") { writeSubject(&$0) }
        }
        if let dossier = file.dossier { html.section("Su derecho a votar") { write(dossier, &$0) } }
        writeDecision(&html)
    }

    private func writeSubject(_ part: inout HTML) {
        guard let subject = file.subject else {
            part.emptyState(EmptyState("Nadie del padrón tiene ese documento."))
            return
        }
        part.facts(
            Fact("Nombre") { fact in
                // Of who never was of the alliance there is no page here.
                if subject.isMember {
                    fact.a(subject.name, .href(.personFile(heading.slug, subject.person)))
                } else {
                    fact.text(subject.name)
                }
            },
            Fact("Documento", IdentityDocument(subject.document)?.formatted ?? subject.document),
            Fact("Nacimiento", SpanishFormat.date(subject.birthDate)),
            Fact("Municipio", subject.municipality),
            Fact("Asociado", subject.isMember ? "Sí" : "No"),
            Fact("Censo provisional") { fact in
                if let verdict = subject.verdict {
                    fact.status(RollChoice.status(of: verdict))
                } else {
                    fact.text("No está en la lista")
                }
            })
        if let stated = claim.statedBirthDate, stated != subject.birthDate {
            part.note(
                .warning,
                "La fecha de nacimiento que declaró no es la del padrón. Confirme quién reclama antes de decidir."
            )
        }
    }

    private func write(_ dossier: Dossier, _ part: inout HTML) {
        let failing = dossier.outcomes.filter { $0.verdict != .pass }
        guard !failing.isEmpty else {
            part.note(.done, "Con los datos de hoy cumple todos los requisitos para votar.")
            return
        }
        part.ul(.class("dossier")) { list in
            for outcome in failing {
                list.li { item in
                    item.div(.class("dossier-head")) { head in
                        head.h3(outcome.requirement.title)
                        head.status(
                            outcome.verdict == .fail ? Status("No cumple", .overdue) : .unproven)
                    }
                    item.p(outcome.explanation)
                    item.p(outcome.requirement.cure, .class("form-text"))
                }
            }
        }
    }

    private func writeDecision(_ html: inout HTML) {
        html.section("Decisión") { part in
            if let reason = claim.decisionReason, let at = claim.decidedAt {
                part.p(
                    "\(claim.state.title) el \(SpanishFormat.longDateAndTime(at))\(claim.decidedBy.map { ", por \($0)" } ?? "")."
                )
                part.blockquote(reason)
                return
            }
            guard mayDecide, process.state == .provisionalRoll || process.state == .claims else {
                part.p("La decide el comité electoral antes de congelar el censo.")
                return
            }
            guard !isOwn else {
                part.note(
                    .info, "Usted la presentó. Debe decidirla otra persona del comité electoral.")
                return
            }
            let fields = ClaimDecisionForm()
            part.form(to: .claim(heading.slug, process.id, claim.id), form) { form in
                form.field(fields.verdict)
                form.field(fields.reason)
                form.submit("Decidir la reclamación", orBackTo: .claims(heading.slug, process.id))
            }
        }
    }
}
