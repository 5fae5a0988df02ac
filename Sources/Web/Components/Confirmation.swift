/// An act that cannot be undone: what is lost, and the word that has to be typed.
struct Confirmation: Sendable {
    /// The word, such as «CONGELAR».
    let word: String
    /// What happens and what is lost, a sentence each.
    let consequences: [String]
    /// What the button says, such as «Congelar el censo».
    let verb: String

    /// The question for the word; the handler reads it before it acts.
    var field: Field<String> { .confirmation(word) }
}

extension HTML {
    /// Writes the form of an act that cannot be undone, with what else is asked before the word.
    mutating func confirmation(
        _ confirmation: Confirmation, to path: Path, _ state: FormState, orBackTo back: Path,
        warning: String = "Esto no se puede deshacer", hasFiles: Bool = false,
        questions: (inout HTML) -> Void = { _ in }
    ) {
        note(.warning, warning) { note in
            note.ul(.class("losses")) { list in
                for consequence in confirmation.consequences { list.li(consequence) }
            }
        }
        form(to: path, state, hasFiles: hasFiles) { form in
            questions(&form)
            form.field(confirmation.field)
            form.submit(confirmation.verb, .danger, orBackTo: back)
        }
    }
}
