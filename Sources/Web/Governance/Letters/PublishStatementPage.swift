import Governance
import Kernel
import Tenancy

/// Puts a public statement on the citizen's page, once it was seen what anybody will read.
struct PublishStatementPage: Page {
    let heading: AllianceHeading
    let answer: ReadLetter.Answer
    let form: FormState

    private var letter: Letter { answer.letter }

    var title: String { "Publicar el comunicado" }
    var lead: String? {
        "Cualquiera lo leerá en la página pública de la alianza, sin cuenta y sin clave."
    }
    var trail: [Crumb] { heading.letterTrail(letter) }
    var help: HelpTopic { "cartas" }

    func body(_ html: inout HTML) {
        html.facts(
            Fact("Comunicado", letter.number.map { "\($0): \(letter.content.subject)" }),
            Fact("Se leerá quién firma", letter.content.signers.joined(separator: "; ")),
            Fact(
                "Se leerá a quién se dirigió",
                answer.addressees.isEmpty
                    ? "A todo el público" : answer.addressees.map(\.name).joined(separator: "; ")))
        html.note(.warning, "Revise que no nombre a ningún usuario ni cuente nada de su salud.") { note in
            note.p(
                "También se verá lo que se anote que respondió cada destinatario, o desde hace cuántos días no responde."
            )
        }
        html.article(.class("call")) { $0.paragraphs(of: letter.content.body) }
        html.form(to: .publishStatement(heading.slug, letter.id), form) { form in
            form.submit("Publicar el comunicado", orBackTo: .letter(heading.slug, letter.id))
        }
    }
}
