import Hummingbird
import Kernel

/// What a form answers whose act is never changed: first what was understood, to be read once more, then the act.
enum Reviewed<Review: Page, Filled: Page>: Answer {
    /// What was understood.
    case review(Review)
    /// The form again, as it was filled in.
    case again(Filled)
    /// The act is done.
    case done(Redirect)

    func response(to visit: Visit) async throws -> Response {
        switch self {
        case .review(let page): try await page.response(to: visit)
        case .again(let page): try await page.response(to: visit)
        case .done(let redirect): redirect.response(to: visit)
        }
    }
}

/// How far a form is that is reviewed before its act.
enum ReviewStep: String {
    /// It is shown what was understood.
    case review = "revisar"
    /// The form is filled in anew.
    case correct = "corregir"
    /// The act is done.
    case act = "registrar"

    fileprivate static let name = "paso"

    /// The step that a form asks for; one that was just filled in is to be reviewed.
    init(_ form: Submission) {
        self = form.entries.first(Self.name).flatMap(Self.init) ?? .review
    }
}

extension Submission {
    /// What was typed, without which step was asked for.
    var typed: [QueryItem] { entries.items.filter { $0.name != ReviewStep.name } }
}

extension FormState {
    /// A form as it was filled in, to be corrected.
    init(correcting form: Submission) {
        self.init(form.typed)
        isTyped = true
    }
}

extension HTML {
    /// Writes the form under a review: what was typed goes with it unseen, and the act is done or the form filled in
    /// anew. `questions` are those that come last, such as the signed paper.
    mutating func reviewForm(
        to path: Path, of form: Submission, verb: String, hasFiles: Bool = false,
        questions: (inout HTML) -> Void = { _ in }
    ) {
        self.form(to: path, FormState(), hasFiles: hasFiles) { html in
            for item in form.typed { html.input(.type("hidden"), .name(item.name), .value(item.value)) }
            questions(&html)
            html.div(.class("form-end")) { end in
                end.button(
                    verb, .type("submit"), .name(ReviewStep.name), .value(ReviewStep.act.rawValue),
                    .class(Emphasis.primary.buttonClass))
                end.button(
                    "Corregir", .type("submit"), .name(ReviewStep.name),
                    .value(ReviewStep.correct.rawValue), .class("btn btn-link"))
            }
        }
    }
}
