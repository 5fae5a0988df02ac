import Kernel
import Tenancy

/// Reads municipalities as people write them.
struct MunicipalityList: Sendable {
    private let all: [Municipality]
    private let byCode: [String: Municipality]
    private let byTitle: [String: [Municipality]]

    /// Takes the municipalities that there are.
    init(_ municipalities: [Municipality]) {
        all = municipalities
        byCode = Dictionary(municipalities.map { ($0.code, $0) }) { first, _ in first }
        byTitle = Dictionary(
            municipalities.flatMap { each in Set([each.title.folded, each.name.folded]).map { ($0, [each]) }
            },
            uniquingKeysWith: +)
    }

    /// The municipality of some words: its name, its name with its department, or its code.
    ///
    /// - Throws: ``Unclear`` where they name none, or several.
    func municipality(named words: String) throws(Unclear) -> Municipality {
        let found = byCode[words].map { [$0] } ?? byTitle[words.folded] ?? []
        if let only = found.first, found.count == 1 { return only }
        throw Unclear(
            words: words, candidates: found.isEmpty ? similar(to: words) : found, isNone: found.isEmpty)
    }

    /// The codes of what was written, one municipality a line.
    ///
    /// - Throws: `InvalidInput` with each line that names none, or several.
    func codes(in text: String, field: String = "municipalities") throws(InvalidInput) -> Set<String> {
        var codes: Set<String> = []
        var problems: [InvalidInput.Problem] = []
        for line in text.split(whereSeparator: \.isNewline) {
            guard let words = line.unblanked else { continue }
            do throws(Unclear) {
                codes.insert(try municipality(named: words).code)
            } catch {
                problems.append(.init(field: field, message: error.message))
            }
        }
        guard problems.isEmpty else { throw InvalidInput(problems) }
        return codes
    }

    /// Words that name no municipality, or several.
    struct Unclear: Error {
        fileprivate let words: String
        fileprivate let candidates: [Municipality]
        fileprivate let isNone: Bool

        /// What is wrong, and what may have been meant.
        var message: String {
            let titles = candidates.prefix(4).map { "«\($0.title)»" }
            guard isNone else {
                return
                    "Hay varios municipios llamados «\(words)». Agregue el departamento: \(titles.joined(separator: ", "))."
            }
            return titles.isEmpty
                ? "No encontramos el municipio «\(words)». Escríbalo con su departamento, o su código."
                : "No encontramos el municipio «\(words)». ¿Es \(titles.joined(separator: " o "))? Escríbalo así."
        }
    }

    /// The municipalities that may have been meant: whose name begins with the words or holds them, or is a letter or two
    /// away; within the department where one is named.
    private func similar(to words: String) -> [Municipality] {
        let parts = words.split(separator: ",", maxSplits: 1).map { ($0.unblanked ?? "").folded }
        guard let name = parts.first, name.count > 2 else { return [] }
        let within = parts.count > 1 ? all.filter { $0.department.folded == parts[1] } : all
        let places = within.isEmpty ? all : within
        let beginning = places.filter {
            $0.name.folded.hasPrefix(name) || name.hasPrefix($0.name.folded + " ")
        }
        if !beginning.isEmpty { return beginning }
        let holding = places.filter { $0.name.folded.contains(name) }
        if !holding.isEmpty { return holding }
        let allowed = name.count > 6 ? 2 : 1
        return places.filter { $0.name.folded.isWithin(allowed, of: name) }
    }
}

extension String {
    /// Whether so many letters more, fewer or other make one text of the other (Levenshtein).
    fileprivate func isWithin(_ allowed: Int, of other: String) -> Bool {
        let (left, right) = (Array(self), Array(other))
        guard abs(left.count - right.count) <= allowed else { return false }
        var row = Array(0...right.count)
        for (line, letter) in left.enumerated() {
            var next = [line + 1]
            for (place, candidate) in right.enumerated() {
                next.append(
                    Swift.min(row[place] + (letter == candidate ? 0 : 1), row[place + 1] + 1, next[place] + 1)
                )
            }
            row = next
        }
        return row[right.count] <= allowed
    }
}

extension StringProtocol {
    /// The text without blanks at both ends; `nil` where nothing is left.
    var unblanked: String? {
        let text = String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        return text.isEmpty ? nil : text
    }
}
