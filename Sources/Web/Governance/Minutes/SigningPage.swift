import Governance
import Kernel
import Tenancy

/// The questions of one's own signature.
enum SigningForm {
    static let drawing = Field.text("drawing", "Firma", max: SignatureDrawing.mostPoints * 10)
    static let code = Field.password(
        "code", "El código que recibió", purpose: "one-time-code", hint: "Como «k7m2p-9xq4r».")
}

/// One's own signature: one thing to do, with large buttons.
struct SigningPage: Page {
    let heading: AllianceHeading
    let file: MinutesFile
    let signing: MinutesFile.Signing
    let mayMail: Bool
    let form: FormState

    private var meeting: Meeting { file.meeting }
    private var signer: MinutesSigner { signing.signer }

    var title: String {
        if signer.signature != nil { return "Usted ya firmó" }
        guard file.state == .approved, let approved = file.draft?.approved else {
            return "El acta todavía no se firma"
        }
        return "Firme el acta n.º \(approved.number)"
    }
    var lead: String? { "\(meeting.title), \(SpanishFormat.longDate(meeting.day))" }
    var frame: Frame { .counter }
    var help: HelpTopic { "acta" }
    var scripts: [String] { ["firma.js"] }

    func body(_ html: inout HTML) {
        html.div(.class("signing")) { page in
            if let signature = signer.signature {
                page.note(.done, "\(signer.name), \(signer.office). \(signature.words)")
                page.action("Ver el acta", to: .minutes(heading.slug, meeting.id), .primary)
                return
            }
            guard file.state == .approved else {
                page.note(.info, MinutesError.notApproved.message)
                page.action("Ver el acta", to: .minutes(heading.slug, meeting.id))
                return
            }
            guard signing.hasRight else {
                page.note(
                    .problem, MinutesError.rightOver(name: signer.name, office: signer.office).message)
                return
            }
            page.p { line in
                line.text("Firma ")
                line.strong(signer.name)
                line.text(", \(signer.office).")
            }
            page.p { $0.a("Leer el acta antes de firmar", .href(.minutesFile(heading.slug, meeting.id))) }
            page.likeness(file.likeness, in: heading.slug)
            if file.isLast(signer) { page.sealingNote() }
            page.signing(
                to: .signMinutes(heading.slug, meeting.id),
                verb: file.isLast(signer) ? "Firmar y sellar el acta" : "Firmar el acta",
                sending: mayMail ? .signingCode(heading.slug, meeting.id) : nil,
                sentTo: signing.codeSentTo, form)
            page.p(
                "¿Prefiere firmar en papel? Pídale a la oficina que imprima el acta y adjunte la hoja firmada.",
                .class("form-text"))
        }
    }

}

extension HTML {
    /// Writes what the last signature does.
    mutating func sealingNote() {
        note(.warning, "Es la última firma: con ella el acta queda sellada") { note in
            note.p("Después nadie puede cambiarla, tampoco la oficina. Léala antes.")
        }
    }

    /// Writes how somebody signs on the screen: by drawing, and where mail is sent, by a code.
    mutating func signing(
        to path: Path, verb: String, sending: Path?, sentTo address: String?, _ state: FormState
    ) {
        // Each of the two is a form: what was refused stands in the one that was sent.
        let isAboutCode = address != nil && !state.problems(of: SigningForm.code.name).isEmpty
        signingPad(to: path, isAboutCode ? FormState() : state, verb: verb)
        guard let sending else { return }
        signingCode(sentTo: address, to: path, sending: sending, isAboutCode ? state : FormState())
    }

    /// Writes how somebody signs by a mailed code: asks for one, or takes the one that was sent.
    private mutating func signingCode(
        sentTo address: String?, to path: Path, sending: Path, _ state: FormState
    ) {
        guard let address else {
            return section("Sin dibujar", id: "codigo") { part in
                part.p("También puede firmar con un código que le llega al correo.")
                part.action("Enviarme un código", posting: sending, .secondary, icon: .mail)
            }
        }
        section("Con el código", id: "codigo") { part in
            part.p("Lo enviamos a \(address). Sirve 15 minutos, una sola vez.")
            part.form(to: path, state) { form in
                form.field(SigningForm.code)
                form.submit("Firmar con el código")
            }
            part.action("Enviar otro código", posting: sending, .secondary)
        }
    }

    /// Writes the sheet on which somebody draws their signature, with what its button says.
    mutating func signingPad(to path: Path, _ state: FormState, verb: String) {
        form(to: path, state) { form in
            form.input(.type("hidden"), .name(SigningForm.drawing.name), .value(""))
            form.div(.data("signing"), .hidden()) { pad in
                pad.p("Dibuje su firma con el dedo en el recuadro:", .id("pad-words"))
                pad.element(
                    "canvas",
                    [
                        .class("signing-pad"), .width(SignatureDrawing.width),
                        .height(SignatureDrawing.height),
                        .role("img"), .aria("labelledby", "pad-words"),
                    ]
                ) { _ in }
                pad.div(.class("signing-tools")) { tools in
                    tools.button(
                        "Borrar y empezar de nuevo", .type("button"), .class("btn btn-outline-primary"),
                        .data("clear"))
                }
                pad.button(verb, .type("submit"), .class("btn btn-primary"))
            }
        }
    }
}
