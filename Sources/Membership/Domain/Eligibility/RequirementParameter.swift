import Kernel

/// A figure or date of a requirement that an alliance or an election may set for itself.
public struct RequirementParameter: Sendable, Hashable {
    /// What sort of answer it takes.
    public enum Kind: Sendable, Hashable {
        /// A whole number within a range; it may be left out where `isOptional`.
        case integer(ClosedRange<Int>, isOptional: Bool)
        /// A day, which may be left out.
        case date
        /// A time of the day.
        case time
        /// States of the affiliation, one at least.
        case affiliationStates
    }

    /// Its name in the data.
    public let name: String
    /// The question of a form.
    public let title: String
    /// What helps to answer it.
    public let hint: String?
    /// What sort of answer it takes.
    public let kind: Kind
    /// What it is at present.
    public let value: ParameterValue

    init(
        _ name: String, _ title: String, _ kind: Kind, _ value: ParameterValue, hint: String? = nil
    ) {
        self.name = name
        self.title = title
        self.hint = hint
        self.kind = kind
        self.value = value
    }

    /// What it is, in words; `nil` where nothing is set.
    public var words: String? {
        switch (kind, value) {
        case (_, .none): nil
        case (.date, .text(let text)): CalendarDate(text).map(SpanishFormat.date)
        case (_, .integer(let number)): SpanishFormat.number(number)
        case (_, .text(let text)): text
        case (_, .texts(let texts)):
            SpanishFormat.list(texts.map { AffiliationState(rawValue: $0)?.name ?? $0 })
        case (_, .flag(let flag)): flag ? "sí" : "no"
        }
    }
}

extension Evaluator {
    /// What may be set for an alliance or an election, with what it is; the limit of periods belongs to the body.
    public var adjustable: [RequirementParameter] {
        func date(_ date: CalendarDate?) -> ParameterValue { date.map { .text($0.description) } ?? .none }
        switch self {
        case .affiliation(let states):
            return [
                RequirementParameter("states", "Estados que sirven", .affiliationStates, .texts(states))
            ]
        case .minimumAge(let years, _):
            return [
                RequirementParameter(
                    "years", "Años cumplidos", .integer(0...120, isOptional: false), .integer(years))
            ]
        case .notEmployed(let days):
            return [
                RequirementParameter(
                    "list_days", "Días que sirve la lista o el certificado",
                    .integer(1...3660, isOptional: false), .integer(days))
            ]
        case .residence(let days):
            return [
                RequirementParameter(
                    "paper_days", "Días que sirve un certificado de residencia",
                    .integer(1...3660, isOptional: false), .integer(days))
            ]
        case .factWithinWindow(_, let window):
            return [
                RequirementParameter(
                    "months", "Meses hacia atrás", .integer(1...600, isOptional: false),
                    .integer(window.months),
                    hint: "Se cuentan desde el día que se pregunta, si no hay un primer día fijo."),
                RequirementParameter(
                    "from", "Primer día", .date, date(window.from),
                    hint: "Si el reglamento fija las fechas; si no, déjelo vacío."),
                RequirementParameter("until", "Último día", .date, date(window.until)),
            ]
        case .tenure(let months):
            return [
                RequirementParameter(
                    "months", "Meses de afiliación", .integer(1...600, isOptional: false), .integer(months))
            ]
        case .enrolledWithin(let from, let until):
            return [
                RequirementParameter("from", "Desde las", .time, .text(from)),
                RequirementParameter("until", "Hasta las", .time, .text(until)),
            ]
        case .reviewedPaper(_, _, _, isOfSession: true): return []
        case .reviewedPaper(_, let days, _, _):
            return [
                RequirementParameter(
                    "days", "Días que sirve el documento", .integer(1...3660, isOptional: true),
                    days.map { .integer($0) } ?? .none, hint: "Vacío si no se vence.")
            ]
        case .consecutiveTerms(let gapDays):
            return [
                RequirementParameter(
                    "gap_days", "Días entre períodos para que dejen de ser seguidos",
                    .integer(0...3660, isOptional: false), .integer(gapDays),
                    hint: "El límite de períodos es de cada organismo: se fija en «Gobierno».")
            ]
        case .presence, .noFactInForce, .factInForce, .consent: return []
        }
    }
}
