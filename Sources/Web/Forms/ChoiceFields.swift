import Kernel

/// One of the answers that a question offers.
struct Option<Value: Sendable>: Sendable {
    let value: Value
    let title: String
    var hint: String?

    init(_ value: Value, _ title: String, hint: String? = nil) {
        self.value = value
        self.title = title
        self.hint = hint
    }
}

/// How the answers of a question are offered.
enum ChoiceStyle: Sendable {
    /// A list that opens: for many.
    case menu
    /// All in sight: for a few.
    case list
}

extension Field where Value: PathValue {
    /// One of several answers; what is not among them is refused. A list that opens shows the prompt while
    /// nothing is chosen.
    static func choice(
        _ name: String, _ label: String, _ options: [Option<Value>], style: ChoiceStyle? = nil,
        prompt: String = "Elija…", hint: String? = nil
    ) -> Self {
        let style = style ?? (options.count > 5 ? .menu : .list)
        return Self(
            name, label, hint: hint, arrangement: style == .menu ? .labelled : .group,
            control: { html, situation in
                switch style {
                case .menu: html.menu(of: options, prompt: prompt, in: situation)
                case .list: html.list(of: options, type: "radio", in: situation)
                }
            },
            read: { entries throws(FieldProblem) in
                guard let text = entries.first(name), let value = Value(pathText: text),
                    options.contains(where: { $0.value.pathText == value.pathText })
                else { throw .nothingChosen }
                return value
            },
            entries: { [QueryItem(name: name, value: $0.pathText)] })
    }

    /// One of the cases of a type.
    static func choice(
        _ name: String, _ label: String, _ values: [Value], title: (Value) -> String,
        style: ChoiceStyle? = nil,
        prompt: String = "Elija…", hint: String? = nil
    ) -> Self {
        choice(
            name, label, values.map { Option($0, title($0)) }, style: style, prompt: prompt, hint: hint)
    }
}

extension Field {
    /// Any number of several answers, in the order in which they are offered; at least one where it is required.
    static func choices<Element: PathValue>(
        _ name: String, _ label: String, _ options: [Option<Element>], hint: String? = nil,
        isRequired: Bool = true
    ) -> Self where Value == [Element] {
        Self(
            name, label, hint: hint, isRequired: isRequired, arrangement: .group,
            control: { html, situation in html.list(of: options, type: "checkbox", in: situation) },
            read: { entries throws(FieldProblem) in
                let chosen = entries.all(name)
                let values = options.filter { chosen.contains($0.value.pathText) }.map(\.value)
                if values.isEmpty, isRequired { throw FieldProblem("Elija al menos una opción.") }
                return values
            },
            entries: { $0.map { QueryItem(name: name, value: $0.pathText) } })
    }
}

extension Field where Value == Bool {
    /// A box to tick. `demand` says why it has to be, such as «Para inscribirse tiene que autorizar…»; without
    /// it, it may be left.
    static func checkbox(_ name: String, _ label: String, demand: String? = nil, hint: String? = nil) -> Self
    {
        Self(
            name, label, hint: hint, isRequired: demand != nil, arrangement: .inline,
            control: { html, situation in
                html.void(
                    "input",
                    situation.attributes + [
                        .class("form-check-input"), .type("checkbox"), .value("si"),
                        .checked(!situation.text.isEmpty),
                    ])
            },
            read: { entries throws(FieldProblem) in
                let isTicked = entries.first(name) != nil
                if let demand, !isTicked { throw FieldProblem(demand) }
                return isTicked
            },
            entries: { $0 ? [QueryItem(name: name, value: "si")] : [] })
    }
}

extension HTML {
    fileprivate mutating func menu<V: PathValue>(
        of options: [Option<V>], prompt: String, in situation: FieldSituation
    ) {
        element("select", situation.attributes + [.class("form-select")]) { menu in
            menu.option(prompt, .value(""))
            for option in options {
                let text = option.value.pathText
                menu.option(option.title, .value(text), .selected(situation.text == text))
            }
        }
    }

    fileprivate mutating func list<V: PathValue>(
        of options: [Option<V>], type: StaticString, in situation: FieldSituation
    ) {
        let chosen = situation.entries.all(situation.name)
        for (index, option) in options.enumerated() {
            // The first bears the identifier that the summary of errors links to.
            let id = index == 0 ? situation.id : "\(situation.id)-\(index)"
            div(.class("form-check")) { line in
                line.input(
                    .class("form-check-input"), .type(type), .id(id), .name(situation.name),
                    .value(option.value.pathText), .checked(chosen.contains(option.value.pathText)),
                    .aria("describedby", option.hint == nil ? nil : "\(id)-hint"))
                line.label(option.title, .class("form-check-label"), .for(id))
                if let hint = option.hint { line.p(hint, .class("form-text"), .id("\(id)-hint")) }
            }
        }
    }
}
