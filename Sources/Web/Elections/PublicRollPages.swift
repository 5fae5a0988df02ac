import Elections
import Foundation
import Kernel
import Reporting
import Tenancy

extension Path {
    /// The published roll of a process, for everybody, with the question whether one is on it.
    static let publicRoll = Route<TenantSlug, AllianceSlug, ID<ElectoralProcess>>(
        "/publico/{tenant}/{alliance}/elecciones/{process}/censo")
    /// Files a claim.
    static let publicClaim = Route<TenantSlug, AllianceSlug, ID<ElectoralProcess>>(
        "/publico/{tenant}/{alliance}/elecciones/{process}/censo/reclamar")
    /// What became of a claim, for who has its receipt.
    static let claimReceipt = Route<TenantSlug, AllianceSlug, ID<ElectoralProcess>>(
        "/publico/{tenant}/{alliance}/elecciones/{process}/censo/reclamacion")
}

/// A published roll with its alliance, as the public pages know it.
struct PublishedRoll: Sendable {
    let tenant: TenantSlug
    let slug: AllianceSlug
    let alliance: PublishedAlliance
    /// The frozen roll where there is one, else the provisional one.
    let notice: RollNotice

    var process: ID<ElectoralProcess> { notice.process }
    var trail: [Crumb] {
        [Crumb("Alianzas de usuarios", .start()), Crumb(alliance.name, .publicAlliance(tenant, slug))]
    }
}

/// What a person asks the roll.
struct RollQuestionForm {
    let document = DocumentFields()
    let birthDate = Field.date("birth_date", "Fecha de nacimiento", in: .ofLives, purpose: "bday")
}

/// The published roll: a question about oneself, and the list with masked names.
struct PublicRollPage: ListPage {
    static var columns: [Column<RollBoardLine, RollSort>] {
        [
            .text("Nombre") { $0.name }, .text("Documento") { $0.document },
            .text("Municipio") { $0.municipality },
        ]
    }

    let roll: PublishedRoll
    let query: ListQuery<RollSort>
    let found: Found<RollBoardLine>
    let now: Date
    let form: FormState

    var title: String { roll.notice.phase.title }
    var lead: String? { roll.notice.processName }
    var trail: [Crumb] { roll.trail }
    var help: HelpTopic { "consultar-el-censo" }

    func body(_ html: inout HTML) {
        let notice = roll.notice
        html.section("¿Está usted en el censo?") { part in
            part.p(
                "Escriba su documento y su fecha de nacimiento. Solo quien sabe los dos datos ve la respuesta."
            )
            let fields = RollQuestionForm()
            let state = form.isRefused ? form : form.filling(fields.document.type, with: .cedula)
            part.form(to: .publicRoll(roll.tenant, roll.slug, roll.process), state) { form in
                form.div(.class("form-row")) { row in
                    row.field(fields.document.type)
                    row.field(fields.document.number)
                    row.field(fields.birthDate)
                }
                form.submit("Consultar")
            }
        }
        if notice.takesClaims(at: now) {
            html.section("¿Falta alguien, sobra alguien o hay un dato mal?") { part in
                part.p(
                    notice.claimsUntil.map {
                        SpanishFormat.sentence("Puede reclamar hasta el \(SpanishFormat.moment($0))")
                    }
                        ?? "Puede reclamar hasta que se congele el censo.")
                part.p {
                    $0.action(
                        "Presentar una reclamación", to: .publicClaim(roll.tenant, roll.slug, roll.process))
                }
            }
        }
        html.section("¿Ya presentó una reclamación?") { part in
            part.p("Con el código que recibió sabe si el comité electoral ya la decidió.")
            part.p {
                $0.action(
                    "Consultar una reclamación", to: .claimReceipt(roll.tenant, roll.slug, roll.process))
            }
        }
        html.section("Quiénes pueden votar", id: "lista") { part in
            part.p(
                "\(SpanishFormat.count(notice.electors, "persona", "personas")). Publicado el \(SpanishFormat.longDateAndTime(notice.publishedAt)) De cada nombre se muestra la primera letra, y del documento el final."
            )
            if let seal = notice.sha256 {
                part.p("Comienzo del sello del censo definitivo, como se leyó:")
                part.seal(Hex.encode(seal))
            }
            part.list(self, empty: EmptyState("Nadie está en la lista."))
        }
    }
}

/// What the roll says to a person about themselves.
struct RollAnswerPage: Page {
    let roll: PublishedRoll
    let document: IdentityDocument
    let answer: RollAnswer?
    let now: Date

    var title: String {
        switch answer?.standing {
        case .in: "Usted está en el censo"
        case .out: "Usted no está en el censo"
        case .unproven: "Falta probar un requisito"
        case nil: answer == nil ? "No lo encontramos en el censo" : "Su reclamación"
        }
    }
    var lead: String? { "\(roll.notice.phase.title) · \(roll.notice.processName)" }
    var trail: [Crumb] {
        roll.trail + [Crumb(roll.notice.phase.title, .publicRoll(roll.tenant, roll.slug, roll.process))]
    }
    var help: HelpTopic { "consultar-el-censo" }

    func body(_ html: inout HTML) {
        html.p("Documento consultado: \(document.masked).")
        if let answer { write(answer, &html) } else { writeNothing(&html) }
        html.div(.class("form-end")) { end in
            if answer?.standing != .in, roll.notice.takesClaims(at: now) {
                end.action(
                    "Presentar una reclamación", to: .publicClaim(roll.tenant, roll.slug, roll.process),
                    .primary)
            }
            end.action("Consultar otra vez", to: .publicRoll(roll.tenant, roll.slug, roll.process))
        }
    }

    /// The same for a document that nobody has, one with another date of birth, and somebody who is no member.
    private func writeNothing(_ html: inout HTML) {
        html.p(
            "No hay nadie con ese documento y esa fecha de nacimiento en esta elección. Revise los dos datos. Si están bien, puede que usted no sea asociado de la alianza, o que el padrón tenga otro documento u otra fecha."
        )
        html.p(
            roll.notice.takesClaims(at: now)
                ? "Puede pedir que lo incluyan con una reclamación, o acercarse a la oficina de participación."
                : "Acérquese a la oficina de participación de \(roll.alliance.organizationName).")
    }

    private func write(_ answer: RollAnswer, _ html: inout HTML) {
        switch answer.standing {
        case .in:
            html.note(
                .done,
                roll.notice.phase == .frozen
                    ? "Puede votar. Lleve su documento original."
                    : "Puede votar, si nada cambia antes del censo definitivo.")
            let election = roll.alliance.profile.elections.first { $0.id == roll.process.description }
            html.facts(
                Fact(
                    "Vota",
                    election?.step(.voting).flatMap { step in
                        step.closesAt.map { SpanishFormat.period(from: step.opensAt, until: $0) }
                    }),
                Fact("En", answer.place ?? election?.pollingPlaces))
        case .out, .unproven:
            html.section(
                answer.standing == .out ? "Por qué no está" : "Qué falta por probar"
            ) { part in
                part.ul { list in
                    for reason in answer.reasons { list.li(reason) }
                }
            }
        case nil:
            html.p("Usted no está en la lista de asociados de esta elección.")
        }
        guard !answer.claims.isEmpty else { return }
        html.section("Reclamaciones sobre usted") { part in
            part.ul(.class("dossier")) { list in
                for claim in answer.claims {
                    list.li { item in
                        item.div(.class("dossier-head")) { head in
                            head.h3("N.º \(claim.number) · \(claim.kind.title)")
                            head.status(claim.state.status)
                        }
                        item.p("Recibida el \(SpanishFormat.longDateAndTime(claim.filedAt))")
                        if let reason = claim.decisionReason { item.p("Decisión: \(reason)") }
                        if claim.state == .upheld, roll.notice.phase == .provisional {
                            item.p("El censo definitivo la cumplirá.", .class("form-text"))
                        }
                    }
                }
            }
        }
    }
}

/// Files a claim on the public page.
struct PublicClaimPage: Page {
    let roll: PublishedRoll
    /// The questions of what was chosen; `nil` before anything was.
    let fields: ClaimForm?
    let now: Date
    let form: FormState

    private var address: Path { .publicClaim(roll.tenant, roll.slug, roll.process) }

    var title: String { fields?.request.ownTitle ?? "Presentar una reclamación" }
    var lead: String? { roll.notice.processName }
    var trail: [Crumb] {
        roll.trail + [Crumb(roll.notice.phase.title, .publicRoll(roll.tenant, roll.slug, roll.process))]
            + (fields == nil ? [] : [Crumb("Presentar una reclamación", address)])
    }
    var help: HelpTopic { "consultar-el-censo" }

    func body(_ html: inout HTML) {
        guard roll.notice.takesClaims(at: now) else {
            html.emptyState(
                EmptyState(
                    "El plazo para reclamar terminó.", next: "Volver al censo",
                    to: .publicRoll(roll.tenant, roll.slug, roll.process)))
            return
        }
        html.p(
            "La decide el comité electoral con razones, antes del censo definitivo. Sus datos se usan solo para eso."
        )
        guard let fields else {
            html.section("¿Qué pide?") { $0.claimRequests(\.ownTitle, at: address) }
            return
        }
        html.form(
            to: address.with(ClaimRequest.parameter, fields.request.rawValue), fields.prepared(form)
        ) { form in
            fields.write(&form)
            form.submit(
                "Presentar la reclamación", orBackTo: .publicRoll(roll.tenant, roll.slug, roll.process))
        }
    }
}

/// Says that a claim was taken in.
struct ClaimReceiptPage: Page {
    let roll: PublishedRoll
    let receipt: ClaimReceipt
    let isOwn: Bool

    var title: String { "Recibimos su reclamación" }
    var lead: String? { roll.notice.processName }
    var trail: [Crumb] {
        roll.trail + [Crumb(roll.notice.phase.title, .publicRoll(roll.tenant, roll.slug, roll.process))]
    }
    var help: HelpTopic { "consultar-el-censo" }

    func body(_ html: inout HTML) {
        html.figures(KeyFigure(String(receipt.number), "es el número de su reclamación"))
        if let code = receipt.code {
            html.p("Este es su código. Anótelo: no se vuelve a mostrar.")
            html.p(.class("seal")) { $0.code(code.description) }
        }
        html.p(
            "Con el código sabrá si su reclamación ya se decidió. "
                + (isOwn
                    ? "Las razones las lee usted al consultar el censo con su documento y su fecha de nacimiento, como están en el padrón."
                    : "Las razones son para la persona de la que se trata; si usted es parte, pídalas al comité electoral.")
        )
        html.div(.class("form-end")) { end in
            end.action(
                "Volver al censo", to: .publicRoll(roll.tenant, roll.slug, roll.process), .primary)
            end.action(
                "Consultar la reclamación", to: .claimReceipt(roll.tenant, roll.slug, roll.process))
        }
    }
}

/// Asks for the code of a claim.
struct ClaimReceiptQuestionPage: Page {
    static let code = Field.text(
        "code", "Código de la reclamación", max: 40,
        hint: "Los cuatro grupos de letras y números que recibió al presentarla.")

    let roll: PublishedRoll
    let form: FormState

    var title: String { "Consultar una reclamación" }
    var lead: String? { roll.notice.processName }
    var trail: [Crumb] {
        roll.trail + [Crumb(roll.notice.phase.title, .publicRoll(roll.tenant, roll.slug, roll.process))]
    }
    var help: HelpTopic { "consultar-el-censo" }

    func body(_ html: inout HTML) {
        html.form(to: .claimReceipt(roll.tenant, roll.slug, roll.process), form) { form in
            form.field(Self.code)
            form.submit("Consultar", orBackTo: .publicRoll(roll.tenant, roll.slug, roll.process))
        }
    }
}

/// Says what became of a claim to who has its receipt.
struct FollowedClaimPage: Page {
    let roll: PublishedRoll
    let claim: ClaimAnswer

    var title: String { "Reclamación n.º \(claim.number)" }
    var lead: String? { roll.notice.processName }
    var trail: [Crumb] {
        roll.trail + [Crumb(roll.notice.phase.title, .publicRoll(roll.tenant, roll.slug, roll.process))]
    }
    var help: HelpTopic { "consultar-el-censo" }

    func body(_ html: inout HTML) {
        html.p { $0.status(claim.state.status) }
        html.facts(
            Fact("Pide", claim.kind.title),
            Fact("Recibida", SpanishFormat.longDateAndTime(claim.filedAt)),
            Fact("Decidida", claim.decidedAt.map(SpanishFormat.longDateAndTime)))
        html.p(
            claim.state == .open
                ? "El comité electoral la decide antes de congelar el censo."
                : "Las razones las lee la persona de la que se trata, al consultar el censo con su documento y su fecha de nacimiento."
        )
        html.div(.class("form-end")) {
            $0.action("Volver al censo", to: .publicRoll(roll.tenant, roll.slug, roll.process), .primary)
        }
    }
}
