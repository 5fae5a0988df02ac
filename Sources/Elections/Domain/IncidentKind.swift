/// What kind of thing happened that was not meant to.
public enum IncidentKind: String, Sendable, Hashable, CaseIterable {
    /// Disorder, threats.
    case publicOrder = "public_order"
    /// Ballots, urns, sheets.
    case materials
    /// Somebody could not come in.
    case access
    /// The roll.
    case roll
    /// The secret of the vote.
    case secrecy
    /// Ballots that were damaged or taken away.
    case ballots
    /// Rain, flood.
    case weather
    /// Anything else.
    case other

    /// The words on screens.
    public var title: String {
        switch self {
        case .publicOrder: "Orden público"
        case .materials: "Materiales de la votación"
        case .access: "Acceso al lugar"
        case .roll: "Censo"
        case .secrecy: "Secreto del voto"
        case .ballots: "Tarjetones"
        case .weather: "Clima"
        case .other: "Otro"
        }
    }
}
