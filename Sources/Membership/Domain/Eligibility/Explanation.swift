import Kernel

extension Outcome {
    /// Why the verdict is what it is, in words for the person, with the fact, its source and its date.
    public var explanation: String {
        let origin = [
            source.map { "según \(Self.articles[$0].map { "\($0) " } ?? "")\($0)" },
            factDate.map { "del \(SpanishFormat.date($0))" },
        ].compactMap { $0 }.joined(separator: " ")
        let words = origin.isEmpty ? reason : "\(reason), \(origin)"
        return words + "."
    }

    private var reason: String {
        switch ground {
        case .met:
            if case .consecutiveTerms = requirement.evaluator {
                "Lleva \(Self.periods(fact)) en este organismo"
            } else {
                fact.map { "Consta: \(Self.readable($0))" } ?? "No hay nada en contra"
            }
        case .otherValue: "Consta otra cosa: \(Self.readable(fact ?? "sin dato"))"
        case .noFact: "No hay ningún dato que lo diga"
        case .tooOld: "El dato es más viejo de lo que se pide: \(Self.readable(fact ?? "sin dato"))"
        case .tooRecent: "Es más reciente de lo que se pide: \(Self.readable(fact ?? "sin dato"))"
        case .tooYoung: "Nació el \(Self.readable(fact ?? "")) y aún no tiene la edad"
        case .minorDocument: "El documento (\(fact ?? "")) es de menor de edad"
        case .pendingReview: "El documento está por revisar"
        case .rejected: "El documento se rechazó en la revisión"
        case .listed: "Está en la lista de empleados"
        case .noList: "No hay una lista de empleados reciente con la cual comparar"
        case .noTerritory: "La alianza aún no tiene municipios"
        case .left: "Salió de la sesión"
        case .outsideWindow: "Entró a las \(fact ?? ""), fuera del horario"
        case .limitReached: "Ya cumplió \(Self.periods(fact)) en este organismo"
        case .noLimit: "El organismo no tiene límite; lleva \(Self.periods(fact))"
        case .noBody: "Depende del organismo: escoja la elección a la que se postula"
        case .registerTooShort: "El padrón solo lo conoce desde el \(Self.readable(fact ?? ""))"
        case .noConsent: "No ha dado la autorización, o la retiró"
        }
    }

    /// How many periods in a row, in words.
    private static func periods(_ count: String?) -> String {
        guard let count = count.flatMap({ Int($0) }), count > 0 else { return "ningún período seguido" }
        return SpanishFormat.count(count, "período seguido", "períodos seguidos")
    }

    /// What a fact says, in words: dates and the codes of the register are told as people say them.
    private static func readable(_ fact: String) -> String {
        if let date = CalendarDate(fact) { return SpanishFormat.date(date) }
        return FactWord(rawValue: fact)?.title ?? fact
    }

    /// The articles of the sources that the product itself names; papers are cited as they were typed.
    private static let articles = [
        "padrón de afiliados": "el", "autorización de datos": "la",
        "lista de empleados de la entidad": "la",
    ]
}
