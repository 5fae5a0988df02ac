/// A page that is one short form: a few questions and the one thing that it does.
struct QuestionPage: Page {
    let title: String
    var lead: String?
    let trail: [Crumb]
    let help: HelpTopic
    /// Where the form is sent.
    let path: Path
    /// What its button says.
    let verb: String
    var emphasis = Emphasis.primary
    /// The way out.
    let back: Path
    var hasFiles = false
    /// The modules that enhance it, such as that of rows.
    var scripts: [String] = []
    let form: FormState
    /// Writes what stands above the form.
    var introduction: @Sendable (inout HTML) -> Void = { _ in }
    /// Writes the questions.
    let questions: @Sendable (inout HTML) -> Void

    func body(_ html: inout HTML) {
        introduction(&html)
        html.form(to: path, form, hasFiles: hasFiles) { form in
            questions(&form)
            form.submit(verb, emphasis, orBackTo: back)
        }
    }
}
