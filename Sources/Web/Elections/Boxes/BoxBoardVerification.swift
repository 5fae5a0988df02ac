import Elections
import Kernel

extension BoxBoardPage {
    /// Writes how anybody verifies the box: with which programs, where they are had, and what they answer.
    func writeVerification(_ html: inout HTML) {
        let file = name().pathText
        html.section("Cómo lo comprueba cualquiera", id: "comprobar") { part in
            part.p { line in
                line.text("Descargue el archivo y compruébelo en su equipo, sin cuenta ni conexión: ")
                line.a(file, .href(path(of: board.archive)))
                line.text(board.archive > 0 ? ". Es el que se cuenta." : ".")
            }
            part.h3("Con el programa de esta plataforma")
            part.p(
                "Se llama «alianzas» y se usa en una terminal de Linux. Esta página no lo entrega: pídalo a la entidad que maneja la plataforma. Si no quiere depender de ella, use el otro programa, más abajo."
            )
            part.command("alianzas verify \(file)")
            part.p(
                "Si todo está bien, la respuesta empieza con «✔ La urna» y muestra el último eslabón, que debe ser el de esta página. Si algo falla, empieza con «✘», dice en qué punto y por qué: guarde el archivo como está y avise al comité electoral y al organismo de control."
            )
            writeGrowth(&part)
            part.h3("Con un programa que no es nuestro")
            writeOther(file, &part)
        }
    }

    /// Writes how a copy from before is held against what there is now. What was derived by leaving ballots out does not
    /// continue it.
    private func writeGrowth(_ html: inout HTML) {
        let filled = name(of: 0).pathText
        html.p(
            board.archive == 0
                ? "Guarde el archivo varias veces durante la votación. Con una copia de antes, aquí ANTES.bel, se ve que nada se quitó ni se cambió:"
                : "Si guardó una copia durante la votación, aquí ANTES.bel, compárela con el archivo como se llenó:"
        )
        html.command("alianzas verify \(filled) --against ANTES.bel")
        html.p("Bien: «La copia anterior … está intacta en esta». Mal: «… no está o fue cambiado».")
        guard board.archive > 0 else { return }
        html.p(
            "No la compare con \(name().pathText): sin la papeleta excluida, todos los eslabones que siguen son otros. Por eso ahí la respuesta es que difieren desde esa papeleta, y así debe ser."
        )
    }

    private func writeOther(_ file: String, _ html: inout HTML) {
        html.p(
            "belenios-tool, de los autores de Belenios. En Debian se instala con la primera orden: Debian 12 trae la versión 2.0\(board.group == .belenios2048 ? "" : ", que no lee el cifrado de esta urna,") y Debian 13 la 3. Con la segunda orden el archivo queda solo en una carpeta: con dos, el programa contesta «must contain a single .bel file»."
        )
        html.command("sudo apt install belenios-tool")
        html.command("mkdir comprobar && cp \(file) comprobar")
        if board.group == .belenios2048 {
            html.p("Con la versión 2.0:")
            html.command("belenios-tool election verify --dir comprobar")
        }
        html.p("Con la versión 3. Sin la primera palabra deja pasar errores:")
        html.command("LWT_ASYNC_METHOD=none belenios-tool election verify --dir comprobar")
        html.p("Bien: «all checks passed». Cualquier otra respuesta es mala.")
        guard [.tallied, .counted].contains(board.state) else { return }
        html.p(
            "La versión 3.0 no compara la suma cifrada con las papeletas. Estas dos órdenes deben mostrar el mismo número:"
        )
        html.command(
            "belenios-tool election compute-encrypted-tally --dir comprobar | sed -n 2p | tr -d '\\n' | sha256sum | cut -d' ' -f1"
        )
        html.command(
            "tar xOf \(file) | grep -ao '\"EncryptedTally\",\"payload\":\"[0-9a-f]*' | cut -d'\"' -f6")
    }
}
