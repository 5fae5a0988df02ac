import Kernel

extension HTML {
    /// Writes a form that changes something.
    ///
    /// It bears the proof that a page of ours was open and the key that makes a double click count once. Where
    /// something was refused, a summary that links to each question stands above it, or the reason that concerns none of them.
    mutating func form(
        to path: Path, _ state: FormState = FormState(), hasFiles: Bool = false, content: (inout HTML) -> Void
    ) {
        hasForm = true
        if let refusal = state.refusal {
            div(.class("refusal"), .role("alert"), .tabIndex(-1), .data("focus")) {
                $0.note(.problem, refusal)
            }
        }
        let attributes: [Attribute] = [
            .method("post"), .action(path), .noValidate(), .data("form"),
            .encoding(hasFiles ? "multipart/form-data" : "application/x-www-form-urlencoded"),
        ]
        within(state) { html in
            html.element("form", attributes) { form in
                form.input(.type("hidden"), .name(FormField.token), .value(form.surroundings.formToken))
                form.input(.type("hidden"), .name(FormField.key), .value(ID<Submission>().description))
                form.withSummary(content)
            }
        }
    }

    /// Writes a form that only asks: its answers stand in the address.
    mutating func queryForm(
        at path: Path, _ state: FormState = FormState(), _ attributes: Attribute...,
        content: (inout HTML) -> Void
    ) {
        within(state) { $0.element("form", [.method("get"), .action(path)] + attributes, content) }
    }

    /// Writes a question with its control, its hint, and what was wrong with the answer.
    mutating func field<V>(_ field: Field<V>) {
        formLabels[field.name] = field.label
        let problems = formState.problems(of: field.name)
        let id = "f-" + field.name
        let description = [field.hint.map { _ in id + "-hint" }, problems.isEmpty ? nil : id + "-problem"]
            .compactMap { $0 }
        let situation = FieldSituation(
            id: id, name: field.name, entries: formState.entries, isRequired: field.isRequired,
            isInvalid: !problems.isEmpty,
            description: description.isEmpty ? nil : description.joined(separator: " "))

        func explanations(_ html: inout HTML) {
            if let hint = field.hint { html.p(hint, .class("form-text"), .id(id + "-hint")) }
        }
        func refusals(_ html: inout HTML) {
            guard !problems.isEmpty else { return }
            html.div(.id(id + "-problem")) { box in
                for problem in problems {
                    box.p(.class("field-problem")) { line in
                        line.icon(.warning)
                        line.text(problem)
                    }
                }
            }
        }
        func words(_ html: inout HTML) {
            html.text(field.label)
            if !field.isRequired, field.isToldOptional, field.arrangement != .inline {
                html.span(" (opcional)", .class("optional"))
            }
        }
        let boxClass = problems.isEmpty ? "field" : "field is-refused"
        switch field.arrangement {
        case .labelled:
            div(.class(boxClass)) { box in
                box.label(.class("form-label"), .for(id), content: words)
                explanations(&box)
                refusals(&box)
                field.control(&box, situation)
            }
        case .inline:
            div(.class(boxClass)) { box in
                refusals(&box)
                box.div(.class("form-check")) { line in
                    field.control(&line, situation)
                    line.label(.class("form-check-label"), .for(id), content: words)
                }
                explanations(&box)
            }
        case .group:
            fieldset(
                .class(boxClass), .aria("describedby", situation.description),
                .aria("invalid", problems.isEmpty ? nil : "true")
            ) { box in
                box.legend(.class("form-label"), content: words)
                explanations(&box)
                refusals(&box)
                field.control(&box, situation)
            }
        }
    }

    /// Writes the button that sends the form; its words say what happens. Beside it, the way out, which has other
    /// words where the form itself cancels something.
    mutating func submit(
        _ words: String, _ emphasis: Emphasis = .primary, orBackTo path: Path? = nil,
        back: String = "Cancelar"
    ) {
        div(.class("form-end")) { end in
            let style = emphasis == .danger ? "btn btn-danger" : emphasis.buttonClass
            end.button(words, .type("submit"), .class(style))
            if let path { end.a(back, .class("btn btn-link"), .href(path)) }
        }
    }
}

extension HTML {
    /// Writes content whose questions show `state`.
    private mutating func within(_ state: FormState, content: (inout HTML) -> Void) {
        let outer = (formState, formLabels)
        (formState, formLabels) = (state, [:])
        content(&self)
        (formState, formLabels) = outer
    }

    /// Writes the questions, and above them a summary of what was refused, which knows their names by then.
    private mutating func withSummary(_ questions: (inout HTML) -> Void) {
        let start = bytes.count
        questions(&self)
        let problems = formState.problems
        guard !problems.isEmpty else { return }
        let written = Array(bytes[start...])
        bytes.removeSubrange(start...)
        div(.class("problem-summary"), .role("alert"), .tabIndex(-1), .data("focus")) { box in
            box.h2(
                problems.count == 1 ? "Falta corregir un dato" : "Faltan \(problems.count) datos por corregir"
            )
            box.ul { list in
                for problem in problems {
                    let label = list.formLabels[problem.field]
                    list.li { item in
                        if let label {
                            item.a("\(label): \(problem.message)", .href(anchor: "f-" + problem.field))
                        } else {
                            item.text(problem.message)
                        }
                    }
                }
            }
        }
        bytes += written
    }
}

/// The names of what every form bears by itself.
enum FormField {
    /// The proof that a page of ours was open.
    static let token = "_ficha"
    /// The key that makes a double click count once.
    static let key = "_clave"
    /// What the names of passwords and codes begin with, which no page ever holds again.
    static let secretPrefix = "secret."
}
