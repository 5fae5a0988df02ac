/// A day of the week, numbered as in ISO 8601: Monday is 1 and Sunday 7.
public enum Weekday: Int, Sendable, Hashable, CaseIterable, Codable {
    /// *Lunes.*
    case monday = 1
    /// *Martes.*
    case tuesday
    /// *Miércoles.*
    case wednesday
    /// *Jueves.*
    case thursday
    /// *Viernes.*
    case friday
    /// *Sábado.*
    case saturday
    /// *Domingo.*
    case sunday

    /// The name in Spanish, in lower case.
    public var name: String {
        switch self {
        case .monday: "lunes"
        case .tuesday: "martes"
        case .wednesday: "miércoles"
        case .thursday: "jueves"
        case .friday: "viernes"
        case .saturday: "sábado"
        case .sunday: "domingo"
        }
    }
}

extension CalendarDate {
    /// The day of the week.
    public var weekday: Weekday {
        // Day 0, 1 January 1970, was a Thursday.
        let sinceMonday = (dayNumber % 7 + 10) % 7
        return Weekday(rawValue: sinceMonday + 1) ?? .monday
    }
}
