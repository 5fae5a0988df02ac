import Elections
import Kernel

/// What the secret of a box rests on, said wherever somebody decides whether to trust it.
struct BoxTrust {
    let trustees: Int
    let threshold: Int

    private var those: String {
        threshold == trustees
            ? (trustees == 1 ? "El custodio de la llave" : "Los \(trustees) custodios de la llave, juntos")
            : "\(threshold) de los \(trustees) custodios de la llave, juntos"
    }

    func write(_ html: inout HTML) {
        html.section("Qué guarda el secreto") { part in
            part.ul { list in
                list.li("\(those), pueden leer los votos. Por eso son de lugares distintos.")
                list.li(
                    "Si además los ayuda quien maneja el servidor, o tienen una copia de su base de datos, sabrían de quién es cada voto."
                )
                list.li(
                    "La autoridad de credenciales y quien maneja el servidor, juntos, podrían votar por quien no vota."
                )
                list.li("El equipo en que alguien vota ve lo que marca.")
            }
            part.p(
                "Nadie más, ni la base de datos, sus copias o sus registros, tiene con qué abrir un voto. El resultado lo puede comprobar cualquiera con el archivo de la urna."
            )
        }
    }
}
