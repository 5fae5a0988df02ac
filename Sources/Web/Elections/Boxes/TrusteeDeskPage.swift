import Elections
import Kernel
import Tenancy

/// The page of a trustee, on the trustee's own device. All that is secret happens in its module, `trustee-desk.js`, by
/// what ``TrusteeState`` tells it; here stand the words.
struct TrusteeDeskPage: Page {
    let heading: AllianceHeading
    let process: ElectionProcess
    let box: BallotBox
    let trustees: [BoxTrustee]
    let own: BoxTrustee
    /// Where anybody downloads the archive that is decrypted.
    let archive: Path?
    /// The public board of the box; `nil` where there is none yet.
    let board: Path?
    /// Whose alliance it is, as the printed sheet names them.
    let organization: String

    var title: String { "Mi parte de la llave" }
    var lead: String? { "\(box.title) · \(process.name)" }
    var trail: [Crumb] {
        heading.trail(to: process) + [Crumb(box.title, .box(heading.slug, process.id, box.id))]
    }
    var help: HelpTopic { "custodios" }
    var votingCode: [String] { ["trustee-desk.js", "desks.css"] }

    func body(_ html: inout HTML) {
        html.noscript { text in
            text.note(
                .problem,
                "Esta página necesita JavaScript: la llave se hace en su equipo y no en el servidor.")
        }
        html.p(.class("part-actions")) { links in
            links.action(
                box.isMock ? "Volver al simulacro" : "Volver a la urna",
                to: .box(heading.slug, process.id, box.id))
            if let board { links.action("Tablero público", to: board, icon: .seal) }
        }
        html.div(
            .class("desk"), .data("trustee-desk"),
            .data("state", to: .trusteeState(heading.slug, process.id, box.id)),
            .data("post", to: .trusteeMessage(heading.slug, process.id, box.id))
        ) { desk in
            writeOthers(&desk)
            desk.div(.data("problem"), .class("desk-problem"), .role("alert")) { _ in }
            writeKey(&desk)
            writeCeremony(&desk)
            writeTrial(&desk)
            writeDecryption(&desk)
            writeRenewal(&desk)
            writeSentences(&desk)
            // What is sent bears the proof that a page of ours was open, as every form does.
            desk.div(.hidden()) { $0.form(to: .trusteeMessage(heading.slug, process.id, box.id)) { _ in } }
        }
    }

    private func step(_ name: String, _ title: String, _ html: inout HTML, content: (inout HTML) -> Void) {
        html.section(.class("part"), .data("step", name), .hidden()) { section in
            section.h2(title, .tabIndex(-1))
            content(&section)
        }
    }

    private func button(
        _ words: String, _ act: String, _ html: inout HTML, primary: Bool = true, disabled: Bool = false
    ) {
        html.button(
            words, .type("button"), .class((primary ? Emphasis.primary : .secondary).buttonClass),
            .data("act", act),
            .disabled(disabled))
    }

    /// The button with which a step ends, and where what goes wrong with it is told.
    private func end(_ words: String, _ act: String, _ html: inout HTML, disabled: Bool = false) {
        html.div(.data("asks", act)) { row in
            problem(&row)
            row.div(.class("form-end")) { button(words, act, &$0, disabled: disabled) }
        }
    }

    /// What to do where the signs that are read aloud are not the same.
    private func differing(_ first: String, _ then: String, _ html: inout HTML) {
        html.details(.class("more")) { more in
            more.summary("No son iguales")
            more.p(first)
            more.p(then)
        }
    }

    private func problem(_ html: inout HTML) {
        html.p("", .class("field-problem"), .data("problem"), .role("alert"))
    }

    private func writeOthers(_ html: inout HTML) {
        html.section("Los custodios") { part in
            part.ul(.class("desk-people")) { list in
                for trustee in trustees {
                    list.li { item in
                        item.strong(
                            "\(trustee.number). \(trustee.name)\(trustee.id == own.id ? " (usted)" : "")")
                        item.text(" · \(trustee.body.title) · ")
                        item.span("", .data("progress", "\(trustee.number)"))
                    }
                }
            }
        }
    }

    private func writeKey(_ html: inout HTML) {
        step("make", "Haga su parte de la llave", &html) { step in
            step.p("", .class("desk-problem"), .data("void"), .role("alert"))
            step.p(
                "Use un equipo suyo, en el que no haya hecho su parte ningún otro custodio. Lo que se hace aquí no sale de él."
            )
            end("Hacer mi parte de la llave", "make", &step)
        }
        step("save", "Guárdela de dos maneras", &html) { step in
            step.p("Si pierde las dos, su parte ya no existe. Nadie la puede recuperar por usted.")
            step.ol(.class("desk-tasks")) { list in
                list.li { item in
                    button("Guardar el archivo", "save", &item, primary: false)
                    saved("file", "Guardado.", &item)
                }
                list.li { item in
                    button("Imprimir la hoja de respaldo", "print", &item, primary: false)
                    saved("sheet", "Enviada a la impresora. Si no hay, copie los signos a mano.", &item)
                }
            }
            step.div(.class("key-sheet"), .data("sheet")) { sheet in
                sheet.p("Hoja de respaldo de la llave", .class("key-sheet-title"))
                sheet.p("\(box.title) · \(process.name)", .class("key-sheet-box"))
                sheet.p("\(heading.alliance.name) · \(organization)")
                sheet.p("\(own.name), custodio \(own.number) de \(box.choices.trustees)")
                sheet.p("", .data("made"))
                sheet.p("", .class("key-sheet-code"), .data("code"))
                sheet.div(.data("qr")) { _ in }
                sheet.p("Guárdela en un sobre cerrado. Quien la tenga tiene su parte de la llave.")
            }
            end("Ya la guardé: continuar", "send", &step, disabled: true)
        }
    }

    private func saved(_ what: String, _ words: String, _ html: inout HTML) {
        html.span(.data("saved", what), .hidden(), .role("status")) { line in
            line.icon(.check)
            line.text(words)
        }
    }

    private func writeCeremony(_ html: inout HTML) {
        step("wait", "Espere a los demás", &html) { step in
            step.p("Deje esta página abierta: sigue sola cuando los otros custodios terminen.")
        }
        step("resume", "Continúe donde iba", &html) { step in
            step.p("Escoja el archivo de su llave para seguir.")
            keyFileOrSheet("resume", &step)
        }
        step("agree", "Lean en voz alta estos signos", &html) { step in
            step.p("", .class("desk-aloud"), .data("ceremony"))
            step.p { line in
                line.text("Custodios que bastan para descifrar: ")
                line.strong("", .data("threshold"))
                line.text(".")
            }
            step.p(
                "Los treinta y dos signos y los números deben ser los mismos en los equipos de todos los custodios. Si alguno ve otros, no siga y avise al comité."
            )
            end("Son iguales en todos", "agree", &step)
            differing(
                "No siga nadie. Mire cada uno que los custodios de arriba sean los que están presentes, recarguen todos la página y lean otra vez.",
                "Si siguen distintos, alguien les muestra a unos otra llave que a los demás, y con ella podría leer los votos. Avisen al comité y dejen constancia ante los testigos: el comité releva a un custodio, lo que empieza la llave de nuevo, desde otra red si es posible. Si vuelve a pasar, voten en papel.",
                &step)
        }
        step("ready", "Por ahora no hay nada más que hacer", &html) { step in
            step.div(.data("standing")) { _ in }
        }
        step("done", "Terminó su trabajo", &html) { step in
            step.div(.data("standing")) { _ in }
            step.p("Cuando la proclamación esté en firme, destruya el archivo y la hoja ante un testigo.")
        }
    }

    private func writeTrial(_ html: inout HTML) {
        step("try", "Pruebe su llave", &html) { step in
            step.p("La urna se abre cuando todos los custodios hayan probado que conservan su parte.")
            step.p("Lean en voz alta la huella de la elección que esta llave va a contar:")
            step.p("", .class("desk-aloud"), .data("election"))
            step.p(
                "Debe ser la misma en los equipos de todos los custodios y en el tablero público, visto desde otro equipo. Si alguno ve otra, no siga y avise al comité."
            )
            keyFile("try", &step)
            sheetCode("try", &step)
            step.details(.class("more")) { more in
                more.summary("No tengo el archivo")
                more.p(
                    "Escriba arriba los 22 signos de la hoja y guarde un archivo nuevo. Después escójalo, para probar que quedó bien."
                )
                more.div(.data("asks", "renew")) { row in
                    problem(&row)
                    button("Guardar un archivo nuevo", "renew", &row, primary: false)
                    saved("file", "Guardado. Ahora escójalo arriba.", &row)
                }
            }
            differing(
                "No pruebe la llave nadie. Recarguen todos la página y abran el tablero público en otro equipo y con otra red, como los datos de un teléfono.",
                "Si siguen distintas, la urna que se les muestra no es la que se selló. Avisen al comité y a los testigos: la urna, que todavía no tiene votos, se anula y se prepara otra.",
                &step)
            end("Probar mi llave", "try", &step)
        }
    }

    private func writeDecryption(_ html: inout HTML) {
        step("sum", "Sume los votos cifrados", &html) { step in
            step.p(
                "Su equipo descarga el archivo público de la urna, comprueba cada papeleta y suma él mismo los votos cifrados. Todavía no se abre nada."
            )
            keyFileOrSheet("sum", &step)
            step.element("progress", [.aria("label", "Votos comprobados"), .value("0"), .hidden()]) { _ in }
            end("Sumar los votos", "sum", &step)
            writeTerminal(&step)
        }
        step("decrypt", "Lean en voz alta lo que se va a descifrar", &html) { step in
            step.p { line in
                line.text("Papeletas: ")
                line.strong("", .data("sum", "ballots"))
                line.text(". Personas que votaron: ")
                line.strong("", .data("sum", "voters"))
                line.text(". Cierre de la urna:")
            }
            step.p("", .class("desk-aloud"), .data("sum", "closing"))
            step.p("", .data("excluded"), .hidden())
            step.p(
                "Deben ser los mismos en los equipos de todos los custodios, y las papeletas, las del tablero público menos las excluidas. Dos sumas que se diferencian en un voto muestran ese voto: si algo no coincide, no siga y avise a los testigos."
            )
            step.p(
                "En el tablero público, visto desde otro equipo, los signos son los primeros del renglón «Cierre de la urna»."
            )
            end("Son iguales: descifrar la suma", "decrypt", &step)
            differing(
                "No descifre nadie. Recarguen todos la página y sumen otra vez: la urna pudo cambiar si se excluyó un voto mientras tanto.",
                "Si siguen distintos, a alguno se le muestra otra urna. Nada se ha perdido: cada uno guarda el archivo que descargó del tablero, y los testigos los comparan con «alianzas verify». Avisen al comité y al organismo de control antes de seguir.",
                &step)
        }
    }

    private func keyFile(_ name: String, _ html: inout HTML) {
        html.div(.class("field"), .data("asks", "file")) { field in
            field.label("El archivo de su llave", .class("form-label"), .for("key-file-\(name)"))
            problem(&field)
            field.input(
                .type("file"), .id("key-file-\(name)"), .class("form-control"), .data("key-file"),
                .accept(".json"))
            field.p("No sale de su equipo.", .class("form-text"))
        }
    }

    private func sheetCode(_ name: String, _ html: inout HTML) {
        html.div(.class("field"), .data("asks", "sheet")) { field in
            field.label(
                "Los 22 signos de la hoja de respaldo", .class("form-label"), .for("key-code-\(name)"))
            problem(&field)
            field.input(
                .type("text"), .id("key-code-\(name)"), .class("form-control"), .data("typed-code"),
                .autocomplete("off"), .maxLength(40))
        }
    }

    /// The key from either of the two ways in which it is kept.
    private func keyFileOrSheet(_ name: String, _ html: inout HTML) {
        keyFile(name, &html)
        html.details(.class("more")) { more in
            more.summary("No tengo el archivo: escribir los 22 signos")
            sheetCode(name, &more)
            button("Usar estos signos", "type", &more, primary: false)
        }
        html.p(.data("ready"), .hidden(), .role("status")) { line in
            line.icon(.check)
            line.text("Su llave está lista en esta página.")
        }
    }

    /// Whoever goes on with the sheet alone has one way of keeping the key left, and may make the other anew.
    private func writeRenewal(_ html: inout HTML) {
        html.section(.class("part"), .data("renew"), .hidden()) { part in
            part.h2("Guarde otra vez el archivo")
            part.p(
                "Con la hoja sola le queda una copia de su parte. El archivo nuevo sirve igual que el primero."
            )
            part.div(.class("desk-again")) { row in
                button("Guardar el archivo", "save", &row, primary: false)
                saved("file", "Guardado.", &row)
            }
        }
    }

    /// The name under which the page saves the key (`saveFile`).
    private var keyName: String { "llave-del-custodio-\(own.number)-\(box.uuid).json" }

    /// The way of who decrypts without a browser, or a box too large for one.
    private func writeTerminal(_ html: inout HTML) {
        guard let archive else { return }
        html.details(.class("more")) { more in
            more.summary("Descifrar en la terminal")
            more.p { line in
                line.text("Con miles de papeletas es más rápido, y sirve un equipo sin conexión. Lleve ")
                line.a("el archivo de la urna", .href(archive), .download())
                line.text(" y ")
                line.a(
                    "los mensajes con que se hizo la llave",
                    .href(.trusteeState(heading.slug, process.id, box.id)), .download())
                line.text(" (estado.json). Escriba allí, con el nombre del archivo de su llave:")
            }
            more.command(
                "alianzas election decrypt \(ArchiveName(box.uuid, box.archive).pathText) --key \(keyName) --ceremony estado.json"
            )
            more.p(
                "Deja el archivo descifrado-del-custodio-\(own.number)-\(box.uuid).json. Entréguelo aquí: no es secreto."
            )
            more.div(.class("field"), .data("asks", "part")) { field in
                field.label(
                    "El archivo que dejó la terminal", .class("form-label"), .for("decrypted-part"))
                problem(&field)
                field.input(
                    .type("file"), .id("decrypted-part"), .class("form-control"), .data("part"),
                    .accept(".json"))
                button("Entregar el descifrado", "hand", &field, primary: false)
            }
        }
    }

    /// The words of what may go wrong, by the names that the modules give them.
    private func writeSentences(_ html: inout HTML) {
        html.div(.hidden()) { list in
            for (name, words) in Self.sentences { list.span(words, .data("sentence", name)) }
        }
    }

    static let sentences: KeyValuePairs<String, String> = [
        "excluded":
            "Antes de contar se excluyeron votos: {count}. No están en estos números. El tablero público debe decir lo mismo en «Votos excluidos antes de contar».",
        "offline":
            "No hubo respuesta de la plataforma. Revise la conexión: la página vuelve a intentarlo sola.",
        "refused":
            "La plataforma no aceptó el mensaje, porque ya tenía otro suyo o porque la llave se empezó de nuevo. Recargue la página.",
        "not_a_key_file": "Ese archivo no es el de una llave. Escoja el que guardó al hacerla.",
        "other_key_file": "Ese archivo es de otra urna o de otro custodio.",
        "old_key_file":
            "Ese archivo es de una llave anterior: cambió un custodio y se hizo otra. Escoja el más reciente.",
        "file_missing": "Escoja primero el archivo de su llave.",
        "key_missing": "Escoja primero el archivo de su llave, o escriba los signos de la hoja.",
        "part_missing": "Escoja primero el archivo que dejó la terminal.",
        "key_for_part":
            "Ese es el archivo de su llave, que no se entrega a nadie. No salió de su equipo. Escoja el que dejó la terminal.",
        "not_a_part": "Ese archivo no es el que dejó la terminal.",
        "part_refused":
            "La plataforma no aceptó el descifrado: no es el de la suma de esta urna con su llave, o ya tenía el suyo. Recargue la página.",
        "code_missing": "Escriba los 22 signos de la hoja.",
        "code_length": "Los signos de la hoja son 22; usted escribió {count}. Revíselos uno por uno.",
        "code_letter": "En la hoja no hay ningún signo «{letter}». Revíselos uno por uno.",
        "old_code":
            "Esos signos no son los de la llave que vale. Si tiene otra hoja más reciente, use esa: cada una lleva la fecha. Si no la tiene, no siga y avise al comité.",
        "key_unfinished":
            "En este equipo ya se empezó a hacer esta llave y no se terminó. La hoja y el archivo de esa vez no sirven: destrúyalos.",
        "key_remade":
            "Se cambió un custodio o la forma de la llave: hay que hacer la llave de nuevo. La hoja y el archivo que guardó ya no sirven: destrúyalos.",
        "other_certificates":
            "La plataforma muestra ahora otros custodios que los que ustedes leyeron en voz alta. No se envió nada. No siga y avise al comité y a los testigos.",
        "sheet_differs": "Los signos no son los de su llave. Revíselos uno por uno en la hoja.",
        "other_election":
            "La urna no está cifrada con la llave que usted ayudó a hacer. No siga y avise al comité y a los testigos.",
        "certificate": "El primer mensaje de {member} no está bien firmado. No siga y avise al comité.",
        "not_own_certificate":
            "La llave que la plataforma tiene como suya no es la de su archivo. Si guardó otro archivo después, escoja ese. Si no, no siga y avise al comité.",
        "polynomial": "El mensaje de {member} no corresponde a esta llave. No siga y avise al comité.",
        "wrong_share":
            "La parte que le mandó {member} no es la que publicó. No siga y avise al comité: hay que hacer otra llave.",
        "verification_key":
            "La llave pública de {member} no sale de lo que publicaron los custodios. Avise al comité.",
        "weak_key":
            "La llave de {member} no guarda ningún secreto: cualquiera la conoce. No siga y avise al comité.",
        "repeated_key": "{member} tiene la misma llave que otro custodio. No siga y avise al comité.",
        "cancelled":
            "Las llaves de los custodios se anulan entre sí: uno solo podría abrir los votos. No siga y avise al comité y a los testigos.",
        "key_proof": "Falta la prueba de que {member} conoce su llave. Avise al comité.",
        "trustees":
            "La urna no está cifrada con la llave de sus custodios. No descifre y avise a los testigos.",
        "credentials":
            "Las claves del archivo no son las que se sellaron con la urna. No descifre y avise a los testigos.",
        "terms":
            "Las reglas de la urna cuentan los votos de una opción para otra. No descifre y avise a los testigos.",
        "quorum":
            "Votaron menos personas de las que piden las reglas: la urna no se cuenta. No descifre y avise a los testigos.",
        "weights": "El archivo da más de un voto a una clave. No descifre y avise a los testigos.",
        "copy": "El archivo tiene dos veces el mismo voto. No descifre y avise a los testigos.",
        "ballot": "El archivo tiene un voto que no es válido. No descifre y avise a los testigos.",
        "stage": "La urna todavía no se ha sumado. No se descifra nada antes.",
        "few_ballots": "La urna tiene menos de cinco votos: descifrar la suma mostraría cómo votó alguien.",
        "tally":
            "La suma que publica la plataforma no es la de los votos del archivo. No descifre y avise a los testigos.",
        "other_tally":
            "En este equipo ya se descifró otra suma de esta urna. Con las dos se vería un voto. No siga y avise a los testigos.",
        "unexpected":
            "Algo salió mal en este equipo. Recargue la página e inténtelo de nuevo; lo que ya envió está guardado.",
    ]
}
