import Foundation
public import Kernel

/// Something that nobody may write where a complaint is told.
public struct ClinicalPattern: Sendable, Hashable, Decodable {
    /// How it is compared.
    public enum Kind: String, Sendable, Hashable, Decodable {
        /// A word or several, without accents; one that ends in `*` is the beginning of others.
        case word
        /// An expression of the ICU library.
        case expression
    }

    /// What it would tell.
    public enum Reason: String, Sendable, Hashable, CaseIterable, Decodable {
        /// The code of a diagnosis.
        case code
        /// A disease or state of health.
        case condition
        /// A medicine.
        case medicine
        /// A procedure.
        case procedure
        /// A number that may be that of a document.
        case document
        /// A number that is written as that of a person's document.
        case identity
        /// An address of mail, a telephone.
        case contact

        /// What it is, in words.
        var words: String {
            switch self {
            case .code: "parece el código de un diagnóstico"
            case .condition: "es un dato de salud"
            case .medicine: "es el nombre de un medicamento, que dice de qué está enferma una persona"
            case .procedure: "es el nombre de un procedimiento, que dice de qué está enferma una persona"
            case .document: "parece el número de un documento"
            case .identity: "es el número de documento de una persona"
            case .contact: "parece un teléfono o un correo"
            }
        }

        /// Whether it tells who somebody is, not how they are.
        var isPersonal: Bool {
            switch self {
            case .document, .identity, .contact: true
            case .code, .condition, .medicine, .procedure: false
            }
        }
    }

    /// How it is compared.
    public let kind: Kind
    /// What is looked for.
    public let pattern: String
    /// What it would tell.
    public let reason: Reason

    /// Describes a pattern.
    public init(kind: Kind, pattern: String, reason: Reason) {
        self.kind = kind
        self.pattern = pattern
        self.reason = reason
    }
}

/// Stops what would tell of somebody's health, or who they are, before it is kept.
///
/// It reads words, not meanings: it is the last of the walls, after the questions that do not ask for any of that.
public struct ClinicalFilter: Sendable {
    /// Something that was found.
    public struct Finding: Sendable, Hashable {
        /// As it was written.
        public let fragment: String
        /// What it would tell.
        public let reason: ClinicalPattern.Reason

        /// It, and what it would tell, in words.
        public var words: String { "«\(fragment)» \(reason.words)" }
    }

    private let words: [String: ClinicalPattern.Reason]
    private let beginnings: [(text: String, reason: ClinicalPattern.Reason)]
    private let phrases: [(text: String, reason: ClinicalPattern.Reason)]
    private let expressions: [ClinicalPattern]

    /// Makes a filter of patterns.
    ///
    /// - Throws: ``ComplaintError/filterMissing`` where there are none, or an expression cannot be read: without its filter
    ///   nothing is taken in.
    public init(_ patterns: [ClinicalPattern]) throws(ComplaintError) {
        guard !patterns.isEmpty else { throw .filterMissing }
        var words: [String: ClinicalPattern.Reason] = [:]
        var beginnings: [(text: String, reason: ClinicalPattern.Reason)] = []
        var phrases: [(text: String, reason: ClinicalPattern.Reason)] = []
        for each in patterns where each.kind == .word {
            let text = each.pattern.folded
            if each.pattern.hasSuffix("*") {
                beginnings.append((text, each.reason))
            } else if text.contains(" ") {
                phrases.append((" \(text) ", each.reason))
            } else {
                words[text] = each.reason
            }
        }
        self.words = words
        self.beginnings = beginnings
        self.phrases = phrases
        expressions = patterns.filter { $0.kind == .expression }
        for each in expressions where (try? NSRegularExpression(pattern: each.pattern)) == nil {
            throw .filterMissing
        }
    }

    /// What a text holds that may not be written, each once, in the order of the text for words, then what expressions
    /// found.
    public func findings(in text: String) -> [Finding] {
        var found: [Finding] = []
        func note(_ fragment: String, _ reason: ClinicalPattern.Reason) {
            let finding = Finding(fragment: fragment, reason: reason)
            if !found.contains(finding) { found.append(finding) }
        }
        for chunk in text.split(whereSeparator: \.isWhitespace) {
            for word in chunk.folded.split(separator: " ") {
                guard let reason = reason(of: String(word)) else { continue }
                note(chunk.trimmingCharacters(in: .punctuationCharacters), reason)
            }
        }
        let folded = " \(text.folded) "
        for phrase in phrases where folded.contains(phrase.text) {
            note(phrase.text.trimmingCharacters(in: .whitespaces), phrase.reason)
        }
        for each in expressions {
            guard let expression = try? NSRegularExpression(pattern: each.pattern) else { continue }
            for match in expression.matches(in: text, range: NSRange(text.startIndex..., in: text)) {
                guard let range = Range(match.range, in: text) else { continue }
                note(String(text[range]), each.reason)
            }
        }
        // A number that is written as a document is told once.
        let identities = found.filter { $0.reason == .identity }
        return found.filter { finding in
            finding.reason != .document || !identities.contains { $0.fragment.contains(finding.fragment) }
        }
    }

    private func reason(of word: String) -> ClinicalPattern.Reason? {
        words[word] ?? beginnings.first { word.hasPrefix($0.text) }?.reason
    }

    /// What is wrong with a text of a form, in words for whoever wrote it; `nil` where nothing is.
    public func problem(
        in text: String?, field: String,
        for reasons: Set<ClinicalPattern.Reason> = Set(ClinicalPattern.Reason.allCases)
    ) -> InvalidInput.Problem? {
        let found = findings(in: text ?? "").filter { reasons.contains($0.reason) }
        guard !found.isEmpty else { return nil }
        let parts = found.prefix(4).map(\.words)
        let isClinical = found.contains { !$0.reason.isPersonal }
        let isPersonal = found.contains(where: \.reason.isPersonal)
        return InvalidInput.Problem(
            field: field,
            message: """
                No se guardó: \(SpanishFormat.list(parts)). \
                \(isClinical ? "Cuente qué pasó con el servicio sin decir de qué está enferma la persona: «no me entregaron el medicamento». " : "")\
                \(isPersonal ? "Los datos de una persona no van aquí: van aparte, con su autorización. " : "")\
                Bórrelo y envíe de nuevo.
                """)
    }

    /// Refuses texts of a form that hold what may not be written, each beside its question.
    ///
    /// - Throws: `InvalidInput`.
    public func check(
        _ texts: [(field: String, text: String?)],
        for reasons: Set<ClinicalPattern.Reason> = Set(ClinicalPattern.Reason.allCases)
    ) throws(InvalidInput) {
        let problems = texts.compactMap { problem(in: $0.text, field: $0.field, for: reasons) }
        guard problems.isEmpty else { throw InvalidInput(problems) }
    }
}
