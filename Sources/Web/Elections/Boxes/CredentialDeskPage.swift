import Elections
import Foundation
import Kernel
import Tenancy

/// The page of the credential authority, on a device of their own. The private halves are made and printed by its module,
/// `credential-desk.js`, and never sent; the form hands in the public ones.
struct CredentialDeskPage: Page {
    let heading: AllianceHeading
    let process: ElectionProcess
    let box: BallotBox
    /// How many are on the roll.
    let electors: Int
    /// What has been handed in.
    let count: CredentialCount
    /// When lists were handed in, of which the last one counts.
    let handovers: [Date]
    let spares: Int
    let areDrawn: Bool
    let form: FormState

    var title: String { "Claves de voto" }
    var lead: String? { "\(box.title) · \(process.name)" }
    var trail: [Crumb] {
        heading.trail(to: process) + [Crumb(box.title, .box(heading.slug, process.id, box.id))]
    }
    var help: HelpTopic { "claves-de-voto" }
    var votingCode: [String] { ["credential-desk.js", "desks.css", "slips.css"] }

    static let file = Field.file(
        "credentials", "El archivo claves-publicas.json", accepting: [.json], megabytes: 100)

    private var path: Path { .credentialDesk(heading.slug, process.id, box.id) }
    private var drawn: Int { areDrawn ? electors : 0 }

    func body(_ html: inout HTML) {
        if count.total > 0 {
            let handedIn = SpanishFormat.count(count.total, "clave entregada", "claves entregadas")
            html.note(.done, "Terminó: \(handedIn)") { note in
                note.p(
                    "Entregue los volantes, cerrados, a quienes los reparten. Guarde aparte los de reserva.")
                if let last = handovers.last {
                    note.p(
                        SpanishFormat.sentence(
                            "Las claves se entregaron el \(SpanishFormat.longDateAndTime(last))")
                            + (handovers.count > 1
                                ? " Solo sirven los volantes que se hicieron de último: cada uno dice cuándo y por cuál vez. Destruya los anteriores ante testigos."
                                : ""))
                }
                if box.state != .preparing { note.p("La urna está sellada: las claves ya no cambian.") }
            }
        }
        guard box.state == .preparing else { return }
        guard count.total > 0 else { return writeDesk(&html) }
        html.details(.class("more"), .open(form.isRefused)) { more in
            more.summary("Hacer otras claves")
            more.note(
                .warning,
                "Solo si los volantes se dañaron o los vio alguien. Todos los de ahora dejan de servir, también los que ya se repartieron: recójalos."
            )
            writeDesk(&more)
        }
    }

    private func writeDesk(_ html: inout HTML) {
        html.noscript { text in
            text.note(
                .problem,
                "Esta página necesita JavaScript: las claves se hacen en su equipo. También se pueden hacer desde la terminal, con «alianzas election credentials»."
            )
        }
        html.div(
            .class("desk"), .data("credential-desk"),
            .data("order", to: .credentialOrder(heading.slug, process.id, box.id)),
            .data("spares", "\(spares)"), .data("drawn", "\(drawn)")
        ) { desk in
            writeMake(&desk)
            writeProgress(&desk)
            writePrint(&desk)
        }
        writeTerminal(&html)
    }

    private func step(
        _ name: String, _ title: String, _ html: inout HTML, hidden: Bool = true,
        content: (inout HTML) -> Void
    ) {
        html.section(.class("part"), .data("step", name), .hidden(hidden)) { section in
            section.h2(title, .tabIndex(-1))
            content(&section)
        }
    }

    private func writeMake(_ html: inout HTML) {
        step("make", "Haga las claves en este equipo", &html, hidden: false) { step in
            let own =
                areDrawn
                ? SpanishFormat.count(
                    drawn, "volante sin nombre, para sacar", "volantes sin nombre, para sacar")
                    + " de una caja en la mesa"
                : SpanishFormat.count(
                    electors, "clave, para la persona del censo", "claves, una para cada persona del censo")
            step.p("Se harán \(own), y \(SpanishFormat.count(spares, "de reserva", "de reserva")).")
            step.p(
                "Tenga lista la impresora: las claves solo existen mientras esta página está abierta, y en los volantes."
            )
            step.div(.data("problem"), .hidden(), .role("alert")) { problem in
                problem.note(.problem, "No se pudo leer el censo. Revise la conexión e inténtelo de nuevo.")
            }
            step.div(.class("form-end")) { end in
                end.button(
                    "Hacer las claves", .type("button"),
                    .class((count.total > 0 ? Emphasis.danger : .primary).buttonClass), .data("make"))
            }
            step.queryForm(at: path) { ask in
                ask.p(.class("form-text")) { line in
                    line.text(
                        areDrawn
                            ? "¿Prefiere una clave con el nombre de cada persona? "
                            : "¿Prefiere volantes sin nombre, que cada persona saca de una caja en la mesa? ")
                    line.a(
                        "Cambiar",
                        .href(path.with("sin-nombre", areDrawn ? nil : "si").with("reserva", "\(spares)")))
                }
            }
        }
    }

    private func writeProgress(_ html: inout HTML) {
        step("progress", "Se están haciendo las claves", &html) { step in
            step.element("progress", [.aria("label", "Claves hechas"), .value("0")]) { _ in }
            step.p("No cierre esta página.")
        }
    }

    private func writePrint(_ html: inout HTML) {
        step("print", "Imprima los volantes y entregue las claves públicas", &html) { step in
            step.form(to: path, form, hasFiles: true) { form in
                form.ol(.class("desk-tasks")) { list in
                    list.li { item in
                        item.button(
                            "Imprimir los volantes", .type("button"), .class(Emphasis.primary.buttonClass),
                            .data("print-slips"))
                    }
                    list.li("Revise que salieron completos y que la cámara de un teléfono lee el cuadro.")
                    list.li { item in
                        item.input(
                            .type("file"), .name("credentials"), .class("visually-hidden"), .tabIndex(-1),
                            .aria("hidden", "true"))
                        item.button(
                            "Entregar las claves públicas", .type("submit"),
                            .class(Emphasis.primary.buttonClass),
                            .data("after-print"), .disabled())
                    }
                }
                form.p("Al entregarlas, las claves privadas desaparecen de este equipo.", .class("form-text"))
            }
            step.div(.class("slips"), .data("slips")) { _ in }
        }
    }

    /// The way of who made the credentials without a browser.
    private func writeTerminal(_ html: inout HTML) {
        html.details(.class("more"), .open(form.isRefused)) { more in
            more.summary("Con muchas personas, o en un equipo sin conexión")
            more.p { line in
                line.text("Lleve a ese equipo ")
                line.a(
                    "la lista de electores",
                    .href(.credentialOrder(heading.slug, process.id, box.id)), .download())
                line.text(
                    " y haga allí las claves con «alianzas election credentials electores.json». Después entregue aquí el archivo que resulta."
                )
            }
            more.form(to: path, form, hasFiles: true) { form in
                form.field(Self.file)
                form.submit("Entregar este archivo", .secondary)
            }
        }
    }
}
