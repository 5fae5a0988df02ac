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
    /// Writes the form of an act that cannot be undone.
    mutating func confirmation(
        _ confirmation: Confirmation, to path: Path, _ state: FormState, orBackTo back: Path
    ) {
        note(.warning, "Esto no se puede deshacer") { note in
            note.ul(.class("losses")) { list in
                for consequence in confirmation.consequences { list.li(consequence) }
            }
        }
        form(to: path, state) { form in
            form.field(confirmation.field)
            form.submit(confirmation.verb, .danger, orBackTo: back)
        }
    }
}
