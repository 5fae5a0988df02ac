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
        case .met: fact.map { "Consta: \(Self.readable($0))" } ?? "No hay nada en contra"
        case .otherValue: "Consta otra cosa: \(Self.readable(fact ?? "sin dato"))"
        case .noFact: "No hay ningún dato que lo diga"
        case .tooOld: "El dato es más viejo de lo que se pide: \(Self.readable(fact ?? "sin dato"))"
        case .tooYoung: "Nació el \(Self.readable(fact ?? "")) y aún no tiene la edad"
        case .minorDocument: "El documento (\(fact ?? "")) es de menor de edad"
        case .pendingReview: "El documento está por revisar"
        case .rejected: "El documento se rechazó en la revisión"
        case .listed: "Está en la lista de empleados"
        case .noList: "No hay una lista de empleados reciente con la cual comparar"
        case .noTerritory: "La alianza aún no tiene municipios"
        case .left: "Salió de la sesión"
        case .outsideWindow: "Entró a las \(fact ?? ""), fuera del horario"
        case .limitReached: "Ya cumplió \(fact ?? "") períodos seguidos"
        case .registerTooShort: "El padrón solo lo conoce desde el \(Self.readable(fact ?? ""))"
        case .noConsent: "No ha dado la autorización, o la retiró"
        }
    }

    /// What a fact says, in words: dates and the codes of the register are told as people say them.
    private static func readable(_ fact: String) -> String {
        if let date = CalendarDate(fact) { return SpanishFormat.date(date) }
        return words[fact] ?? fact
    }

    /// The articles of the sources that the product itself names; papers are cited as they were typed.
    private static let articles = [
        "padrón de afiliados": "el", "autorización de datos": "la",
        "lista de empleados de la entidad": "la",
    ]

    private static let words = [
        "active": "afiliación activa", "suspended": "afiliación suspendida", "retired": "afiliación retirada",
        "deceased": "fallecido", "in": "presente", "out": "se retiró",
        "personal_data": "autorización vigente",
        "clear": "a favor", "not_shown": "no lo mostró", "holds_or_seeks": "ocupa o aspira a un cargo",
        "disqualified": "con inhabilidad", "has_interests": "con intereses en el sector",
        "has_contracts": "con contratos", "less_than_a_year": "menos de un año", "employed": "empleado",
        "not_employed": "no es empleado", "0": "ningún período",
    ]
}
