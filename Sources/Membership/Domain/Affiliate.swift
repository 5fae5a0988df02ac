/// The sex that the register of affiliates has for a person.
public enum Sex: String, Sendable, Hashable, CaseIterable {
    case female = "F"
    case male = "M"
    /// Neither of both, or not determined.
    case indeterminate = "I"

    /// What it is called.
    public var name: String {
        switch self {
        case .female: "femenino"
        case .male: "masculino"
        case .indeterminate: "no binario o indeterminado"
        }
    }
}

/// The part of the health system through which a person is affiliated (`régimen`).
public enum Regime: String, Sendable, Hashable, CaseIterable {
    case contributory = "contributivo"
    case subsidized = "subsidiado"
    /// Of those whose profession has a system of its own: armed forces, teachers, universities, oil company.
    case special = "especial"
    /// Of none: the poor whom no insurer has, and whom some alliances take in.
    case uninsured = "no_asegurado"

    /// What it is called.
    public var name: String {
        switch self {
        case .contributory: "contributivo"
        case .subsidized: "subsidiado"
        case .special: "especial o de excepción"
        case .uninsured: "no asegurado"
        }
    }
}

/// Whether an affiliation is in force (`estado de la afiliación`).
public enum AffiliationState: String, Sendable, Hashable, CaseIterable {
    case active
    case suspended
    case retired
    case deceased

    /// The code that files have.
    public var code: String {
        switch self {
        case .active: "AC"
        case .suspended: "SU"
        case .retired: "RE"
        case .deceased: "AF"
        }
    }

    /// What an affiliation of that state is called.
    public var name: String {
        switch self {
        case .active: "activa"
        case .suspended: "suspendida"
        case .retired: "retirada"
        case .deceased: "fallecido"
        }
    }
}
