import Elections
import Foundation
import Kernel
import Tenancy

extension Path {
    /// The guarantors of a process.
    static let guarantors = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/garantes")
    /// Invites a guarantor.
    static let inviteGuarantor = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/garantes/invitar")
    /// The letter of an invitation.
    static let guarantorLetter = Route<AllianceSlug, ID<ElectoralProcess>, ID<Guarantor>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/garantes/{guarantor}/carta")
    /// Accredits who comes.
    static let accreditGuarantor = Route<AllianceSlug, ID<ElectoralProcess>, ID<Guarantor>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/garantes/{guarantor}/acreditar")
    /// Records a remark.
    static let guarantorRemark = Route<AllianceSlug, ID<ElectoralProcess>, ID<Guarantor>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/garantes/{guarantor}/observacion")
}

extension Guarantor.Kind: PathValue {}

/// The guarantors of a process: invited, accredited, and what they remarked.
struct GuarantorsPage: Page {
    let heading: AllianceHeading
    let answer: ReadGuarantors.Answer
    let mayInvite: Bool
    let mayAccredit: Bool
    /// The user who reads, who may remark for their own institution.
    let user: ID<User>?

    private var process: ElectionProcess { answer.file.process }

    var title: String { "Garantes" }
    var lead: String? { process.name }
    var trail: [Crumb] { heading.trail(to: process) }
    var help: HelpTopic { "garantes-y-novedades" }

    func actions(_ html: inout HTML) {
        if mayInvite, !process.state.isOver {
            html.action(
                "Invitar a un garante", to: .inviteGuarantor(heading.slug, process.id), .primary, icon: .plus)
        }
    }

    func body(_ html: inout HTML) {
        html.processTabs(process, of: heading, at: .guarantors)
        guard !answer.guarantors.isEmpty else {
            html.emptyState(
                mayInvite && !process.state.isOver
                    ? EmptyState(
                        "Nadie vigila todavía desde fuera. Invite a la personería y a la secretaría de salud.",
                        next: "Invitar al primero", to: .inviteGuarantor(heading.slug, process.id))
                    : EmptyState("Esta elección no tiene garantes."))
            return
        }
        html.ul(.class("dossier")) { list in
            for guarantor in answer.guarantors { list.li { write(guarantor, &$0) } }
        }
    }

    private func write(_ guarantor: Guarantor, _ item: inout HTML) {
        item.div(.class("dossier-head")) { head in
            head.h3(guarantor.institution)
            head.status(
                guarantor.accreditedAt == nil ? Status("Invitada", .open) : Status("Acreditada", .met))
        }
        item.p(
            "\(guarantor.kind.title). Invitada el \(SpanishFormat.longDateAndTime(guarantor.invitedAt))",
            .class("form-text"))
        if let name = guarantor.name {
            item.p("\(name)\(guarantor.officeTitle.map { ", \($0)" } ?? "").")
        }
        for remark in guarantor.remarks {
            item.blockquote(remark.body)
            item.p(SpanishFormat.longDateAndTime(remark.madeAt), .class("form-text"))
        }
        item.div(.class("switches")) { links in
            links.a(
                "Carta (PDF)", .href(.guarantorLetter(heading.slug, process.id, guarantor.id)),
                .aria("label", "Carta de invitación a \(guarantor.institution), en PDF"))
            if process.state.isOver { return }
            if mayAccredit {
                links.a(
                    guarantor.accreditedAt == nil ? "Acreditar a quien viene" : "Cambiar a quien viene",
                    .href(.accreditGuarantor(heading.slug, process.id, guarantor.id)),
                    .aria("label", "Acreditar a quien viene por \(guarantor.institution)"))
            }
            if guarantor.accreditedAt != nil, mayAccredit || user != nil && guarantor.user == user {
                links.a(
                    "Registrar una observación",
                    .href(.guarantorRemark(heading.slug, process.id, guarantor.id)),
                    .aria("label", "Registrar una observación de \(guarantor.institution)"))
            }
        }
    }
}

/// The questions of an invitation.
struct GuarantorForm {
    let kind = Field.choice(
        "kind", "¿Qué institución es?", Guarantor.Kind.allCases, title: \.title, style: .list)
    let institution = Field.text(
        "institution", "Nombre de la institución", max: 160,
        hint: "Por ejemplo: «Personería Municipal de San Antero».")
    let invitation = Field.paragraphs("invitation", "Texto de la carta", max: 4000, rows: 10)
}

/// Invites a guarantor.
struct InviteGuarantorPage: Page {
    let heading: AllianceHeading
    let answer: ReadGuarantors.Answer
    let form: FormState

    private var process: ElectionProcess { answer.file.process }

    var title: String { "Invitar a un garante" }
    var lead: String? { "Queda la invitación y una carta lista para imprimir o enviar." }
    var trail: [Crumb] {
        heading.trail(to: process) + [Crumb("Garantes", .guarantors(heading.slug, process.id))]
    }
    var help: HelpTopic { "garantes-y-novedades" }

    func body(_ html: inout HTML) {
        let fields = GuarantorForm()
        let state =
            form.isRefused
            ? form
            : form.filling(fields.kind, with: .ombudsman).filling(fields.invitation, with: proposal)
        html.form(to: .inviteGuarantor(heading.slug, process.id), state) { form in
            form.field(fields.kind)
            form.field(fields.institution)
            form.field(fields.invitation)
            form.submit("Guardar la invitación", orBackTo: .guarantors(heading.slug, process.id))
        }
    }

    /// The usual words, with what the process knows.
    private var proposal: String {
        let voting = answer.voting.map { "el \($0)" } ?? "en la fecha que se anunciará"
        let places = answer.places
        let elected = answer.file.contests.map {
            "\(SpanishFormat.count($0.seats.count, "puesto", "puestos")) de «\($0.name)»"
        }
        return """
            La \(heading.alliance.name) adelanta el proceso «\(process.name)», en el que sus asociados eligen \
            \(SpanishFormat.list(elected)).

            Lo invitamos a acompañarlo como garante: a conocer el censo y las candidaturas, a estar presente en la \
            votación y el escrutinio, y a dejar sus observaciones, que el acta transcribe.

            \(SpanishFormat.sentence("La votación será \(voting)\(places.isEmpty ? "" : ", en \(SpanishFormat.list(places))")"))

            Le agradecemos confirmar quién asistirá, con su nombre y su cargo, para acreditarlo.
            """
    }
}

extension ReadGuarantors.Answer {
    /// When people vote; `nil` while the day is not chosen.
    var voting: String? {
        file.calendar?[.voting].map {
            SpanishFormat.period(from: $0.opensAt, until: $0.closesAt ?? $0.opensAt)
        }
    }

    /// Where people vote, each place once.
    var places: [String] { Set(tables.map { "\($0.place), \($0.address)" }).sorted() }
}

/// The questions of an accreditation.
struct AccreditationForm {
    let name = Field.text("guarantor", "Nombre y apellidos de quien viene", max: 160)
    let officeTitle = Field.text("office_title", "Cargo", max: 160)
    let user: Field<ID<User>?>
    let email = Field.text(
        "email", "Correo, para que entre con su usuario", max: 254,
        hint: "Si queda vacío y no escoge un usuario, asiste sin entrar a la plataforma.", type: "email"
    ).optional()

    init(_ users: [User]) {
        user = Field.choice(
            "user", "Usuario", users.map { Option($0.id, "\($0.name) · \($0.officeTitle)") }, style: .menu,
            prompt: "Ninguno de la lista"
        ).optional()
    }

    /// Reads who comes, and as whom they sign in.
    func read(
        _ form: Submission, through identity: Identity
    ) throws -> (name: String, officeTitle: String, participant: Participant?) {
        let (name, officeTitle, user, email) = try form.read(name, officeTitle, user, email)
        if let user { return (name, officeTitle, .user(user)) }
        guard let email else { return (name, officeTitle, nil) }
        return (
            name, officeTitle,
            .newcomer(try User(filledIn: name, email: email, officeTitle: officeTitle), through: identity)
        )
    }
}

/// Accredits who comes for an institution.
struct AccreditGuarantorPage: Page {
    let heading: AllianceHeading
    let process: ElectionProcess
    let guarantor: Guarantor
    let users: [User]
    let form: FormState

    var title: String { "Acreditar a un garante" }
    var lead: String? { guarantor.institution }
    var trail: [Crumb] {
        heading.trail(to: process) + [Crumb("Garantes", .guarantors(heading.slug, process.id))]
    }
    var help: HelpTopic { "garantes-y-novedades" }

    func body(_ html: inout HTML) {
        let fields = AccreditationForm(users)
        let documents = DocumentFields()
        let state =
            form.isRefused
            ? form
            : form.filling(fields.name, with: guarantor.name).filling(
                fields.officeTitle, with: guarantor.officeTitle
            ).filling(fields.user, with: guarantor.user).filling(documents.type, with: .cedula)
        if let name = guarantor.name {
            html.note(
                .info,
                "Hoy viene \(name). Si acredita a otra persona, \(name) deja de entrar a esta elección como garante."
            )
        }
        html.form(to: .accreditGuarantor(heading.slug, process.id, guarantor.id), state) { form in
            form.field(fields.name)
            form.field(fields.officeTitle)
            form.field(fields.user)
            form.field(fields.email)
            form.p(
                "Si es del padrón, escriba su documento: así no podrá ser también candidato ni jurado.",
                .class("form-text"))
            form.div(.class("form-row")) { row in
                row.field(documents.type)
                row.field(documents.number.optional())
            }
            form.submit("Acreditar", orBackTo: .guarantors(heading.slug, process.id))
        }
    }
}

/// The question of a remark.
struct RemarkForm {
    let body = Field.paragraphs(
        "body", "Observación", max: 4000, rows: 8,
        hint: "Palabra por palabra: el acta la transcribe y no se cambia.")
}

/// Records a remark of a guarantor.
struct RemarkPage: Page {
    let heading: AllianceHeading
    let process: ElectionProcess
    let guarantor: Guarantor
    let form: FormState

    var title: String { "Registrar una observación" }
    var lead: String? { guarantor.institution }
    var trail: [Crumb] {
        heading.trail(to: process) + [Crumb("Garantes", .guarantors(heading.slug, process.id))]
    }
    var help: HelpTopic { "garantes-y-novedades" }

    func body(_ html: inout HTML) {
        html.form(to: .guarantorRemark(heading.slug, process.id, guarantor.id), form) { form in
            form.field(RemarkForm().body)
            form.submit("Registrar la observación", orBackTo: .guarantors(heading.slug, process.id))
        }
    }
}

/// The letter that invites an institution.
struct GuarantorLetter: PrintedDocument {
    let guarantor: Guarantor
    let process: ElectionProcess
    let alliance: String
    let entity: Organization
    /// Where it is written.
    let city: String?
    /// When and where people vote, as it stands now.
    let voting: String?
    let places: [String]
    /// Where an answer is sent.
    let contact: Contact

    var title: String { "Invitación como garante" }
    var control: ControlHeader {
        ControlHeader(
            issuer: alliance, code: "Invitación a garante", version: process.name,
            date: ColombianTime.date(at: guarantor.invitedAt))
    }

    func body(_ html: inout HTML) {
        html.letterhead(of: entity, alliance)
        let date = SpanishFormat.date(ColombianTime.date(at: guarantor.invitedAt))
        html.p(city.map { "\($0), \(date)" } ?? date, .class("letter-date"))
        html.p { to in
            to.text("Señores")
            to.br()
            to.strong(guarantor.institution)
        }
        html.p { subject in
            subject.strong("Asunto: ")
            subject.text("invitación a acompañar como garante el proceso «\(process.name)».")
        }
        for paragraph in guarantor.invitation.split(separator: "\n", omittingEmptySubsequences: true) {
            html.p(String(paragraph))
        }
        html.facts(
            [
                Fact("Votación", voting ?? "En la fecha que se anunciará"),
                Fact("Lugar", places.isEmpty ? "Se anunciará" : SpanishFormat.list(places)),
            ] + answer)
        html.div(.class("whole")) { end in
            end.p("Cordialmente,")
            end.signatures([(nil, "Comité electoral, \(alliance)")])
        }
    }

    private var answer: [Fact] {
        let reached = [contact.email, contact.phone, contact.place].compactMap(\.self)
        return reached.isEmpty ? [] : [Fact("Para responder", reached.joined(separator: " · "))]
    }
}
