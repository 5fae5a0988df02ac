import Kernel

/// Takes names of people, numbers of documents and telephones, and addresses of mail out of a text that is for
/// everybody.
struct MinutesRedaction: Sendable {
    private struct Name: Sendable {
        let words: [String]
        let replacement: String
    }

    private let names: [String: [Name]]

    /// Knows the people whom the text may name, each with what stands in their place.
    init(_ people: [(name: String, replacement: String)]) {
        var names: [String: [Name]] = [:]
        for (name, replacement) in people {
            let words = Self.words(of: name).map(\.folded)
            guard let first = words.first, words.count > 1 else { continue }
            // The whole name, and the first name with any of what follows: «Rosa Elena Arrieta» and «Rosa Arrieta».
            var forms = [words]
            forms += words.dropFirst().map { [first, $0] }
            if words.count > 2 { forms.append(Array(words.dropFirst())) }
            for form in forms where form.count > 1 {
                names[form[0], default: []].append(Name(words: form, replacement: replacement))
            }
        }
        // The longest first; of equal ones the one that was told first, so that the same text always comes out.
        self.names = names.mapValues { found in
            found.enumerated().sorted {
                ($1.element.words.count, $0.offset) < ($0.element.words.count, $1.offset)
            }
            .map(\.element)
        }
    }

    /// Words by which institutions, offices and groups are called. Whoever is called otherwise may be a person.
    private static let institutions: Set<String> = [
        "alcaldia", "alianza", "area", "asociacion", "camara", "cajero", "centro", "clinica", "colegio",
        "comision",
        "comite", "concejo", "consejo", "contraloria", "coordinacion", "corporacion", "defensoria",
        "delegacion",
        "departamento", "direccion", "drogueria", "empresa", "entidad", "eps", "ese", "farmacia", "fiscalia",
        "fundacion", "gerencia", "gobernacion", "grupo", "hospital", "instituto", "ips", "junta",
        "laboratorio",
        "ministerio", "oficina", "personeria", "policia", "presidencia", "procuraduria", "secretaria", "siau",
        "sede",
        "subdireccion", "superintendencia", "supersalud", "tesoreria", "unidad", "universidad", "veeduria",
        "vicepresidencia",
    ]

    /// Whether a text reads as the name of an institution, an office or a group.
    static func isInstitution(_ name: String) -> Bool {
        words(of: name).contains { institutions.contains($0.folded) }
    }

    /// The text without them.
    func callAsFunction(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.firstIndex(where: { $0.isLetter || $0.isNumber }) {
            result += rest[..<start]
            rest = rest[start...]
            if let (replacement, end) = name(at: rest) ?? number(at: rest, after: result) {
                result += replacement
                rest = rest[end...]
            } else {
                let end = rest.firstIndex { !($0.isLetter || $0.isNumber) } ?? rest.endIndex
                result += rest[..<end]
                rest = rest[end...]
            }
        }
        return (result + rest).replacing(/[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+/, with: "[correo reservado]")
    }

    private func name(at text: Substring) -> (String, String.Index)? {
        let first = text.prefix { $0.isLetter }
        guard let candidates = names[String(first).folded] else { return nil }
        for name in candidates {
            var end = first.endIndex
            var isFound = true
            for word in name.words.dropFirst() {
                let gap = text[end...].prefix { $0 == " " || $0 == "\u{A0}" || $0 == "." }
                let next = text[gap.endIndex...].prefix { $0.isLetter }
                guard !gap.isEmpty, String(next).folded == word else {
                    isFound = false
                    break
                }
                end = next.endIndex
            }
            if isFound { return (name.replacement, end) }
        }
        return nil
    }

    /// A run of six to twelve digits, with dots or spaces between them; amounts of money stay.
    private func number(at text: Substring, after before: String) -> (String, String.Index)? {
        guard text.first?.isASCII == true, text.first?.isNumber == true else { return nil }
        var digits = 0
        var end = text.startIndex
        var index = text.startIndex
        while index < text.endIndex {
            let character = text[index]
            if character.isASCII, character.isNumber {
                digits += 1
                end = text.index(after: index)
            } else if !(character == "." || character == " ") {
                break
            }
            index = text.index(after: index)
        }
        // The digits of a digest go on in letters.
        guard (6...12).contains(digits), text[end...].first?.isLetter != true else { return nil }
        if before.reversed().first(where: { $0 != " " }) == "$"
            || text[end...].drop(while: { $0 == " " }).hasPrefix("pesos")
        {
            return (String(text[..<end]), end)
        }
        // A year at the end of a sentence and a number at the start of the next are two things.
        let run = text[..<end]
        guard !run.contains(". "), !run.contains("  ") else { return nil }
        return ("[número reservado]", end)
    }

    private static func words(of name: String) -> [String] {
        name.split { !$0.isLetter }.map(String.init)
    }
}
