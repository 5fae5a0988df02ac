import Elections
import Foundation
import Kernel

/// What brings somebody to the door of a box.
enum DoorPurpose: String {
    /// To vote in the booth behind it.
    case vote = "votar"
    /// To hand in a ballot that was made without connection.
    case handIn = "entregar"
    /// To go on in a booth that stands open, since its pass is over.
    case goOn = "seguir"

    /// The name under which addresses have it.
    static let name = "para"

    /// As addresses have it; what most come for needs no word.
    var query: String? { self == .vote ? nil : rawValue }
}

/// The door of who votes from afar: by the document and a code to the address that the roll was frozen with.
///
/// What it says is the same for a document that nobody has, so that strangers learn of no member here.
struct BoothDoorPage: Page {
    static let code = Field.text("code", "El código que le llegó", max: 20, purpose: "one-time-code")

    /// The word of the address by which who has a code is asked for no other.
    static let owned = "codigo"
    /// The field by which who has asked for a code already asks for another.
    static let another = "otro"

    let door: BoothDoor
    let purpose: DoorPurpose
    let words: CodeWords
    /// Whether a code was sent in the place of an earlier one.
    var isAnother = false
    /// Whose code is asked for; `nil` while none was sent.
    let document: IdentityDocument?
    /// Whether who asks has a code already, so that none is sent.
    var hasCode = false
    let now: Date
    let form: FormState

    var title: String {
        if purpose == .handIn { return "Entregar un voto hecho sin conexión" }
        return door.board.isMock ? "Simulacro de votación" : "Votar"
    }
    var lead: String? { door.processName }
    var trail: [Crumb] { door.trail }
    var help: HelpTopic { "votar-con-clave" }
    var frame: Frame { .narrow }
    var votingCode: [String] { ["door.js"] }

    func body(_ html: inout HTML) {
        if door.board.isMock {
            html.note(.warning, "Esto es un simulacro: nada de aquí cuenta en la elección.")
        }
        if let words = door.board.closedDoor(at: now) {
            html.note(.info, words)
            html.p { $0.a("Ver el tablero público de la urna", .href(door.boardPath)) }
            return
        }
        // The code of the slip stands behind the # of the address; `door.js` carries it along, and nobody else sees it.
        if let document {
            writeCode(of: document, &html)
        } else if hasCode {
            writeBoth(&html)
        } else {
            writeDocument(&html)
        }
    }

    private var purposeWords: String {
        switch purpose {
        case .vote:
            "Primero compruebe que es usted. Después escoge y vota."
        case .handIn:
            "Primero compruebe que es usted. Después entrega el archivo que le guardó la cabina sin conexión. Está cifrado: aquí nadie ve por quién votó."
        case .goOn:
            "Compruebe otra vez que es usted. Lo que escogió sigue en la página que dejó abierta."
        }
    }

    private func writeDocument(_ html: inout HTML) {
        html.p(purposeWords)
        html.p("La urna recibe votos hasta el \(SpanishFormat.longDateAndTime(door.board.closesAt))")
        if purpose == .vote {
            // Which of them is so only the browser knows; `door.js` shows it.
            html.p("Su volante ya se leyó: no tiene que escribir la clave.", .data("slip", "read"), .hidden())
            html.p("Tenga a la mano su volante: después escribe su clave.", .data("slip", "none"))
        }
        let documents = DocumentFields()
        html.form(
            to: door.codePath(for: purpose),
            form.isRefused ? form : form.filling(documents.type, with: .cedula)
        ) { form in
            form.div(.class("form-row")) { row in
                row.field(documents.type)
                row.field(documents.number)
            }
            form.submit("Enviarme un código")
        }
        html.p(.class("form-text")) { line in
            line.text("¿Le llegó un código hace poco? ")
            line.a("Ya tengo un código", .href(door.path(for: purpose).with(Self.owned, "si")))
        }
    }

    /// Asks for document and code at once: who left the page to look for the code needs no other.
    private func writeBoth(_ html: inout HTML) {
        html.p(
            "Escriba su documento y el código que le llegó. Cada código sirve quince minutos y una sola vez.")
        let documents = DocumentFields()
        html.form(
            to: door.path(for: purpose),
            form.isRefused ? form : form.filling(documents.type, with: .cedula)
        ) { form in
            form.div(.class("form-row")) { row in
                row.field(documents.type)
                row.field(documents.number)
            }
            form.field(Self.code)
            form.submit(purpose == .vote ? "Entrar a votar" : "Continuar")
        }
        html.p(.class("form-text")) { $0.a("No tengo código, o se venció", .href(door.path(for: purpose))) }
    }

    private func writeCode(of document: IdentityDocument, _ html: inout HTML) {
        html.note(
            .info,
            "Si el documento \(document.formatted) puede votar a distancia, le llegó \(isAnother ? "otro" : "un") código \(words.destination ?? "al correo") que tenía registrado cuando se congeló el censo."
        )
        html.form(to: door.path(for: purpose), form) { form in
            form.input(.type("hidden"), .name("document_type"), .value(document.type.rawValue))
            form.input(.type("hidden"), .name("document"), .value(document.number))
            form.field(Self.code)
            form.submit(purpose == .vote ? "Entrar a votar" : "Continuar")
        }
        html.section("¿No le llegó?") { part in
            writeAnother(for: document, &part)
            writeReasons(&part)
        }
    }
}

extension BoothDoorPage {
    /// Why nothing may have come, and the way back.
    private func writeReasons(_ html: inout HTML) {
        html.details(.class("technical")) { details in
            details.summary("Por qué puede no llegar")
            details.ul { list in
                if words.channels.contains(.mail) { list.li("Mire también en el correo no deseado.") }
                list.li("Cada código sirve quince minutos y una sola vez.")
                list.li(
                    "No se manda código a quien no tenía \(words.missing) en el registro cuando se congeló el censo, ni \(words.destination ?? "al correo") que registraron varias personas: así nadie vota por otro de su casa. Acérquese a su mesa o pida ayuda al comité electoral."
                )
            }
            details.p {
                $0.a("Volver a escribir el documento", .href(door.path(for: purpose)))
            }
        }
    }

    /// Sends another code to who waits for one, or has typed one that is not good.
    private func writeAnother(for document: IdentityDocument, _ html: inout HTML) {
        html.p(
            "Espere unos minutos. Si no llega, o si se venció, pida otro: sirve el último, y en una hora se mandan \(SpanishFormat.words(VotingEntrance.mostCodes) ?? "pocos") como máximo."
        )
        html.form(to: door.codePath(for: purpose), FormState()) { form in
            form.input(.type("hidden"), .name(Self.another), .value("si"))
            form.input(.type("hidden"), .name("document_type"), .value(document.type.rawValue))
            form.input(.type("hidden"), .name("document"), .value(document.number))
            form.submit("Pedir otro código", .secondary)
        }
    }
}

/// Tells who was let in again that the booth they left open goes on.
struct PassRenewedPage: Page {
    let door: BoothDoor

    var title: String { "Ya puede terminar su voto" }
    var lead: String? { door.processName }
    var trail: [Crumb] { door.trail }
    var help: HelpTopic { "votar-con-clave" }
    var frame: Frame { .narrow }

    func body(_ html: inout HTML) {
        html.note(
            .done,
            "Cierre esta página, vuelva a la que dejó abierta y toque «Intentar de nuevo». Lo que escogió sigue ahí."
        )
    }
}
