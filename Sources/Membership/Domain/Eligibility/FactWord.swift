/// What the values of facts mean, in words. A value that is no word (a date, a count, what somebody typed) is told as
/// it is.
enum FactWord: String, CaseIterable {
    // The register.
    case active, suspended, retired, deceased
    // The session.
    case present = "in"
    case left = "out"
    case shown
    case notShown = "not_shown"
    // Papers.
    case clear
    case notMet = "not_met"
    case holdsOrSeeks = "holds_or_seeks"
    case disqualified
    case hasInterests = "has_interests"
    case hasContracts = "has_contracts"
    case lessThanAYear = "less_than_a_year"
    case employed
    case notEmployed = "not_employed"
    // Authorisations.
    case personalData = "personal_data"
    case sensitiveData = "sensitive_data"

    /// The words, as they stand after «Consta: ».
    var title: String {
        switch self {
        case .active: "afiliación activa"
        case .suspended: "afiliación suspendida"
        case .retired: "afiliación retirada"
        case .deceased: "fallecido"
        case .present: "presente"
        case .left: "se retiró"
        case .shown: "lo mostró"
        case .notShown: "no lo mostró"
        case .clear: "a favor"
        case .notMet: "no cumple"
        case .holdsOrSeeks: "ocupa o aspira a un cargo"
        case .disqualified: "con inhabilidad"
        case .hasInterests: "con intereses en el sector"
        case .hasContracts: "con contratos"
        case .lessThanAYear: "menos de un año"
        case .employed: "empleado"
        case .notEmployed: "no es empleado"
        case .personalData: "autorización vigente"
        case .sensitiveData: "autorización de datos sensibles vigente"
        }
    }
}
