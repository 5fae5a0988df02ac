import Foundation
import Kernel

extension Field where Value == String {
    /// A line of text of at most `max` characters. `purpose` says what browsers may fill in by themselves (HTML,
    /// "autofill").
    static func text(
        _ name: String, _ label: String, max: Int, hint: String? = nil, purpose: StaticString? = nil,
        mode: StaticString? = nil, type: StaticString = "text"
    ) -> Self {
        Self(
            name, label, hint: hint,
            control: { html, situation in
                html.void(
                    "input",
                    situation.attributes + [
                        .class("form-control"), .type(type), .value(situation.text), .maxLength(max),
                        .autocomplete(purpose ?? "off"), .inputMode(mode),
                    ])
            },
            read: { entries throws(FieldProblem) in try entries.text(name, max: max) },
            entries: { [QueryItem(name: name, value: $0)] })
    }

    /// Text of several lines, with a count of the characters left; without words of its limit where nobody writes by hand what
    /// is asked for.
    static func paragraphs(
        _ name: String, _ label: String, max: Int, rows: Int = 6, hint: String? = nil, tellsLimit: Bool = true
    ) -> Self {
        let limit = tellsLimit ? "Máximo \(SpanishFormat.number(max)) caracteres." : nil
        let words = [hint, limit].compactMap(\.self).joined(separator: " ")
        return Self(
            name, label, hint: words.isEmpty ? nil : words,
            control: { html, situation in
                html.element(
                    "textarea",
                    situation.attributes + [
                        .class("form-control"), .rows(rows),
                        .data("counter", tellsLimit ? String(max) : nil),
                    ]
                ) { area in
                    area.raw("\n")
                    area.text(situation.text)
                }
            },
            read: { entries throws(FieldProblem) in try entries.text(name, max: max) },
            entries: { [QueryItem(name: name, value: $0)] })
    }

    /// A password or a code; it is never written back into a page.
    ///
    /// Its control is called `secret.` and the name. `purpose` is `current-password`, `new-password` or
    /// `one-time-code`.
    static func password(_ name: String, _ label: String, purpose: StaticString, hint: String? = nil) -> Self
    {
        let name = FormField.secretPrefix + name
        return Self(
            name, label, hint: hint,
            control: { html, situation in
                html.void(
                    "input",
                    situation.attributes + [
                        .class("form-control"), .type("password"), .autocomplete(purpose), .maxLength(200),
                        .data("secret", label),
                    ])
            },
            read: { entries throws(FieldProblem) in
                // Spaces around a password belong to it.
                guard let text = entries.items.first(where: { $0.name == name })?.value, !text.isEmpty else {
                    throw .missing
                }
                guard text.utf8.count <= 800 else {
                    throw FieldProblem("Es demasiado larga. Use una más corta.")
                }
                return text
            },
            entries: { _ in [] })
    }

    /// A word that has to be typed before something is lost.
    static func confirmation(_ word: String) -> Self {
        Self(
            "confirmation", "Escriba la palabra \(word) para confirmar",
            control: { html, situation in
                html.void(
                    "input",
                    situation.attributes + [
                        .class("form-control form-control-word"), .type("text"), .autocomplete("off"),
                        .data("confirms", word),
                    ])
            },
            read: { entries throws(FieldProblem) in
                let text = entries.first("confirmation") ?? ""
                guard text.folded == word.folded else {
                    throw FieldProblem("Escriba \(word) para confirmar. Si no quiere hacerlo, vuelva atrás.")
                }
                return text
            },
            entries: { _ in [] })
    }
}

extension Field where Value == Int {
    /// A whole number.
    static func integer(
        _ name: String, _ label: String, in range: ClosedRange<Int>, hint: String? = nil
    ) -> Self {
        Self(
            name, label, hint: hint,
            control: { html, situation in
                html.void(
                    "input",
                    situation.attributes + [
                        .class("form-control form-control-number"), .type("text"), .inputMode("numeric"),
                        .autocomplete("off"), .value(situation.text),
                    ])
            },
            read: { entries throws(FieldProblem) in
                guard let text = entries.first(name) else { throw .missing }
                let digits = text.replacing(".", with: "").replacing(" ", with: "")
                guard let number = Int(digits), range.contains(number) else {
                    throw FieldProblem(
                        "Escriba un número entero entre \(SpanishFormat.number(range.lowerBound)) y \(SpanishFormat.number(range.upperBound))."
                    )
                }
                return number
            },
            entries: { [QueryItem(name: name, value: String($0))] })
    }
}

extension Field where Value == Int {
    /// A year: its digits have no points between them.
    static func year(_ name: String, _ label: String, hint: String? = nil) -> Self {
        let years = 2000...2100
        let number = integer(name, label, in: years, hint: hint)
        return Self(
            name, label, hint: hint, control: number.control,
            read: { entries throws(FieldProblem) in
                guard let text = entries.first(name) else { throw .missing }
                guard let year = Int(text), years.contains(year) else {
                    throw FieldProblem("Escriba un año con sus cuatro cifras, entre 2000 y 2100.")
                }
                return year
            },
            entries: number.entries)
    }
}

extension Field where Value == CalendarDate {
    /// A day, refused outside of the range that makes sense.
    static func date(
        _ name: String, _ label: String, in range: ClosedRange<CalendarDate> = .ofRecords,
        hint: String? = nil, purpose: StaticString? = nil
    ) -> Self {
        Self(
            name, label, hint: hint,
            control: { html, situation in
                html.void(
                    "input",
                    situation.attributes + [
                        .class("form-control form-control-date"), .type("date"), .value(situation.text),
                        .min(range.lowerBound.description), .max(range.upperBound.description),
                        .autocomplete(purpose),
                    ])
            },
            read: { entries throws(FieldProblem) in
                guard let text = entries.first(name) else { throw .missing }
                guard let date = CalendarDate(text) ?? CalendarDate(dayMonthYear: text) else {
                    throw FieldProblem("Escriba una fecha que exista, como 13/03/2026.")
                }
                guard range.contains(date) else {
                    throw FieldProblem(
                        range.lowerBound == range.upperBound
                            ? "Debe ser el \(SpanishFormat.dates(range))."
                            : "Elija una fecha entre el \(SpanishFormat.longDate(range.lowerBound)) y el \(SpanishFormat.longDate(range.upperBound))."
                    )
                }
                return date
            },
            entries: { [QueryItem(name: name, value: $0.description)] })
    }
}

extension ClosedRange<CalendarDate> {
    /// The days on which anything that is recorded here can have happened, or be meant to happen.
    ///
    /// Alliances of users are of 1994 (Decreto 1757); what is years earlier is a slip of the keyboard, such as a
    /// year of two digits. What a rule knows more exactly asks for its own range.
    static let ofRecords = year(1990).lowerBound...year(2099).upperBound
    /// The days on which somebody who lives can have been born, or be affiliated since.
    static let ofLives = year(1900).lowerBound...year(2099).upperBound
}

extension Field where Value == TimeOfDay {
    /// A time on the clocks of Colombia.
    static func time(_ name: String, _ label: String, hint: String? = nil) -> Self {
        Self(
            name, label, hint: hint,
            control: { html, situation in
                html.void(
                    "input",
                    situation.attributes + [
                        .class("form-control form-control-date"), .type("time"), .value(situation.text),
                    ])
            },
            read: { entries throws(FieldProblem) in
                guard let text = entries.first(name) else { throw .missing }
                guard let time = TimeOfDay(text) else {
                    throw FieldProblem("Escriba una hora de 00:00 a 23:59, como 14:30.")
                }
                return time
            },
            entries: { [QueryItem(name: name, value: $0.description)] })
    }
}

extension Field where Value == Date {
    /// A day and a time on the clocks of Colombia.
    static func instant(_ name: String, _ label: String, hint: String? = nil) -> Self {
        Self(
            name, label, hint: hint,
            control: { html, situation in
                html.void(
                    "input",
                    situation.attributes + [
                        .class("form-control form-control-instant"), .type("datetime-local"),
                        .value(situation.text),
                    ])
            },
            read: { entries throws(FieldProblem) in
                guard let text = entries.first(name) else { throw .missing }
                guard let instant = ColombianTime.instant(text) else {
                    throw FieldProblem("Escriba una fecha y una hora que existan.")
                }
                return instant
            },
            entries: { [QueryItem(name: name, value: ColombianTime.formText($0))] })
    }
}

extension Entries {
    /// Text of at most so many characters, its line ends made alike.
    fileprivate func text(_ name: String, max: Int) throws(FieldProblem) -> String {
        guard let text = first(name)?.replacing("\r\n", with: "\n") else { throw .missing }
        guard text.count <= max else {
            throw FieldProblem(
                "Use máximo \(SpanishFormat.number(max)) caracteres; ahora hay \(SpanishFormat.number(text.count))."
            )
        }
        return text
    }
}
