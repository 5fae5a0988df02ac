import Foundation
import Kernel

/// One question of a form, declared once: the page writes it from here and the handler reads it from here.
///
/// ```swift
/// struct SlateForm {
///     let name = Field.text("name", "Nombre de la plancha", max: 120)
///     let kind = Field.choice("kind", "Modalidad", SlateKind.allCases, title: \.title)
/// }
/// ```
///
/// `name` is that of the control, and the one that a ``UserFacingError`` gives as its `field`: so what a rule
/// of the domain refuses stands beside the question it is about.
struct Field<Value: Sendable>: Sendable {
    /// The name of the control.
    let name: String
    /// The question, in words.
    let label: String
    /// What helps to answer it.
    var hint: String?
    /// Whether it has to be answered.
    private(set) var isRequired: Bool
    /// Whether a question that may be left blank says so. One that other answers demand does not: its words say when.
    private(set) var isToldOptional = true
    /// How the question is put around its control.
    let arrangement: FieldArrangement
    /// Writes the control.
    let control: @Sendable (inout HTML, FieldSituation) -> Void
    /// Reads the answer.
    let read: @Sendable (Entries) throws(FieldProblem) -> Value
    /// The entries that an answer comes from, to fill the form with what is known.
    let entries: @Sendable (Value) -> [QueryItem]

    init(
        _ name: String, _ label: String, hint: String? = nil, isRequired: Bool = true,
        arrangement: FieldArrangement = .labelled,
        control: @escaping @Sendable (inout HTML, FieldSituation) -> Void,
        read: @escaping @Sendable (Entries) throws(FieldProblem) -> Value,
        entries: @escaping @Sendable (Value) -> [QueryItem]
    ) {
        self.name = name
        self.label = label
        self.hint = hint
        self.isRequired = isRequired
        self.arrangement = arrangement
        self.control = control
        self.read = read
        self.entries = entries
    }

    /// The same question, which may be left without an answer.
    func optional() -> Field<Value?> {
        Field<Value?>(
            name, label, hint: hint, isRequired: false, arrangement: arrangement, control: control,
            read: { entries throws(FieldProblem) in
                entries.isBlank(under: name) ? nil : try read(entries)
            },
            entries: { $0.map(entries) ?? [] })
    }

    /// The same question, which other answers of the form may demand.
    func conditional() -> Field<Value?> {
        var field = optional()
        field.isToldOptional = false
        return field
    }

    /// The same question with a rule of its own on top, such as the initializer of a type of the domain. What
    /// the rule throws stands beside the question.
    func reading<Result: Sendable>(
        _ rule: @escaping @Sendable (Value) throws -> Result, printing: @escaping @Sendable (Result) -> Value
    ) -> Field<Result> {
        Field<Result>(
            name, label, hint: hint, isRequired: isRequired, arrangement: arrangement, control: control,
            read: { entries throws(FieldProblem) in
                let value = try read(entries)
                do {
                    return try rule(value)
                } catch let refusal as any UserFacingError {
                    throw FieldProblem(refusal.message)
                } catch {
                    throw FieldProblem("No se pudo leer este dato. Revíselo.")
                }
            },
            entries: { entries(printing($0)) })
    }
}

/// How a question is put around its control.
enum FieldArrangement: Sendable {
    /// The words stand above the control.
    case labelled
    /// The words stand after it, as with a box to tick.
    case inline
    /// The words head a group of controls.
    case group
}

/// What a control is written with.
struct FieldSituation: Sendable {
    /// The identifier of the control; a summary of errors links to it.
    let id: String
    /// The name of the control.
    let name: String
    /// What was typed, or is known.
    let entries: Entries
    /// Whether it has to be answered.
    let isRequired: Bool
    /// Whether the answer was refused.
    let isInvalid: Bool
    /// The identifiers of hint and error.
    let description: String?

    /// What was typed under the control's name.
    var text: String { entries.first(name) ?? "" }

    /// The attributes that every control bears.
    var attributes: [Attribute] {
        [
            .id(id), .name(name), .required(isRequired), .aria("describedby", description),
            .aria("invalid", isInvalid ? "true" : nil),
        ]
    }
}

/// Why an answer was refused, in words for the person.
struct FieldProblem: Error, Hashable {
    let message: String

    init(_ message: String) {
        self.message = message
    }

    static let missing = Self("Escriba este dato.")
    static let nothingChosen = Self("Elija una opción.")
}

/// What was typed into a form, by name.
struct Entries: Sendable {
    private(set) var items: [QueryItem]
    /// The files of each question; most take one.
    var files: [String: [UploadedFile]] = [:]
    /// Why files were not taken in, by the names of their questions.
    var refusedFiles: [String: String] = [:]
    /// The questions whose files were left out when the rest was kept.
    var leftOut: [String] = []

    init(_ items: [QueryItem] = []) {
        self.items = items
    }

    /// What was typed under a name, without the space around it; `nil` where it is absent or blank.
    func first(_ name: String) -> String? {
        all(name).first
    }

    /// All that was typed or chosen under a name, blanks left out.
    func all(_ name: String) -> [String] {
        items.lazy.filter { $0.name == name }
            .map { $0.value.trimmingCharacters(in: .whitespacesAndNewlines) }
            .filter { !$0.isEmpty }
    }

    /// Whether a question with its parts (`name`, `name.part`) has no answer at all.
    func isBlank(under name: String) -> Bool {
        files[name] == nil && refusedFiles[name] == nil
            && !items.contains {
                ($0.name == name || $0.name.hasPrefix(name + ".")) && !$0.value.allSatisfy(\.isWhitespace)
            }
    }

    /// Parts with the files that a scanner does not let in, and keeps why.
    mutating func refuseFiles(by scanner: UploadScanner) async throws {
        for (name, sent) in files {
            for file in sent {
                guard let refusal = try await scanner.refusal(of: file) else { continue }
                refusedFiles[name] = refusal
                files[name] = nil
                break
            }
        }
    }

    /// Puts items in place of those that bear the same names.
    mutating func replace(with new: [QueryItem]) {
        items.removeAll { item in new.contains { $0.name == item.name } }
        items += new
    }
}
