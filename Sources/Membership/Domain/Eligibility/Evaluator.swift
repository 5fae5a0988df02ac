public import Kernel

/// The ways to read dated facts. Everything else about a requirement is data.
///
/// An evaluator comes from the data as a name and parameters in JSON. All periods are as of the day asked
/// about: a fact is in force from its first day to the day before its last.
public enum Evaluator: Sendable, Hashable {
    /// The affiliation is in one of the states (E01).
    case affiliation(states: [String])
    /// The person has completed `years`, and the document is none of a minor (E02). 29 February is completed on 28 February.
    case minimumAge(years: Int, refusedDocuments: [String])
    /// The document is not on the entity's list of employees, or a certificate that somebody else reviewed says so;
    /// each may be `listDays` old at the most, and the later of the two decides (E03).
    case notEmployed(listDays: Int)
    /// The person lives in a municipality of the alliance: as a reviewed certificate says that is `paperDays` old at
    /// the most, otherwise as the register says (E04).
    case residence(paperDays: Int)
    /// A fact of `kind` lies in the window (E05: services used).
    case factWithinWindow(kind: String, window: FactWindow)
    /// The person has been affiliated for `months` (E06).
    case tenure(months: Int)
    /// The person is in the session and has not left (E07).
    case presence
    /// The person came in between two times of the day, in Colombian time, `HH:MM` (E09).
    case enrolledWithin(from: String, until: String)
    /// A paper that somebody else reviewed says so; it may be `days` old at the most, and none of the
    /// `adverse` values may stand in it (E08, E10 to E14). One of the session is good for its election alone.
    case reviewedPaper(kind: String, days: Int?, adverse: [String], isOfSession: Bool)
    /// Fewer consecutive periods in the body that is elected than its own limit; periods with no more than `gapDays`
    /// between them are consecutive, and those that run beside each other count once (E15).
    case consecutiveTerms(gapDays: Int)
    /// No fact of `kind` is in force (E16: sanctions).
    case noFactInForce(kind: String)
    /// A fact of `kind` is in force, with that value where one is named.
    case factInForce(kind: String, value: String?)
    /// A data authorisation for the purpose is in force (E17).
    case consent(purpose: String)

    /// Reads an evaluator from the data.
    ///
    /// - Throws: ``RequirementError`` where the name or the parameters are not understood.
    public init(name: String, parameters: [String: ParameterValue]) throws(RequirementError) {
        let reader = ParameterReader(evaluator: name, parameters: parameters)
        switch name {
        case "affiliation":
            self = .affiliation(states: try reader.texts("states"))
        case "minimum_age":
            self = .minimumAge(
                years: try reader.integer("years", in: 0...120),
                refusedDocuments: try reader.texts("refused_documents"))
        case "not_employed":
            self = .notEmployed(listDays: try reader.integer("list_days", in: 1...3660))
        case "residence":
            self = .residence(
                paperDays: try reader.optionalInteger("paper_days", in: 1...3660) ?? Self.residencePaperDays)
        case "fact_within_window":
            self = .factWithinWindow(
                kind: try reader.text("kind"),
                window: try FactWindow(
                    months: try reader.integer("months", in: 1...600), from: try reader.optionalDate("from"),
                    until: try reader.optionalDate("until")))
        case "tenure":
            self = .tenure(months: try reader.integer("months", in: 1...600))
        case "presence":
            self = .presence
        case "enrolled_within":
            let (from, until) = (try reader.time("from"), try reader.time("until"))
            guard from < until else { throw .windowBackwards }
            self = .enrolledWithin(from: from, until: until)
        case "reviewed_paper":
            self = .reviewedPaper(
                kind: try reader.text("kind"), days: try reader.optionalInteger("days", in: 1...3660),
                adverse: try reader.texts("adverse"), isOfSession: try reader.flag("of_session"))
        case "consecutive_terms":
            self = .consecutiveTerms(gapDays: try reader.integer("gap_days", in: 0...3660))
        case "no_fact_in_force":
            self = .noFactInForce(kind: try reader.text("kind"))
        case "fact_in_force":
            self = .factInForce(kind: try reader.text("kind"), value: try reader.optionalText("value"))
        case "consent":
            self = .consent(purpose: try reader.text("purpose"))
        default:
            throw .unknownEvaluator(name)
        }
    }

    /// How old a certificate of residence may be where nothing else is said.
    private static let residencePaperDays = 180

    /// Whether only the session itself can answer (E07, E08, E09): a roll or a candidacy made before it does not
    /// wait for that.
    public var isOfSession: Bool {
        switch self {
        case .presence, .enrolledWithin, .reviewedPaper(_, _, _, isOfSession: true): true
        default: false
        }
    }
}

/// When something has to have happened: in the last months, or between two days.
public struct FactWindow: Sendable, Hashable {
    /// How many months back it may lie, where no first day is given.
    public let months: Int
    /// The first day, where one is fixed.
    public let from: CalendarDate?
    /// The last day, where one is fixed; otherwise the day asked about.
    public let until: CalendarDate?

    /// Makes a window.
    ///
    /// - Throws: ``RequirementError/windowBackwards`` where it ends before it begins.
    public init(
        months: Int, from: CalendarDate? = nil, until: CalendarDate? = nil
    ) throws(RequirementError) {
        if let from, let until, until < from { throw .windowBackwards }
        self.months = months
        self.from = from
        self.until = until
    }

    /// The days of the window for who asks about a day.
    func days(asked day: CalendarDate) -> (first: CalendarDate, last: CalendarDate) {
        (from ?? day.addingMonths(-months), min(until ?? day, day))
    }
}

/// A parameter of an evaluator, as JSON has it.
public enum ParameterValue: Sendable, Hashable, Codable {
    /// A whole number.
    case integer(Int)
    /// A text.
    case text(String)
    /// Several texts.
    case texts([String])
    /// Yes or no.
    case flag(Bool)
    /// Nothing: the limit is lifted.
    case none

    /// Reads a JSON value.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .none
        } else if let integer = try? container.decode(Int.self) {
            self = .integer(integer)
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else {
            self = .texts(try container.decode([String].self))
        }
    }

    /// Writes the JSON value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .integer(let integer): try container.encode(integer)
        case .text(let text): try container.encode(text)
        case .texts(let texts): try container.encode(texts)
        case .flag(let flag): try container.encode(flag)
        case .none: try container.encodeNil()
        }
    }
}

/// Reads the parameters of one evaluator, each in its type and range.
private struct ParameterReader {
    let evaluator: String
    let parameters: [String: ParameterValue]

    func integer(_ name: String, in range: ClosedRange<Int>) throws(RequirementError) -> Int {
        guard let number = try optionalInteger(name, in: range) else { throw refusal(name) }
        return number
    }

    func optionalInteger(_ name: String, in range: ClosedRange<Int>) throws(RequirementError) -> Int? {
        switch parameters[name] {
        case nil, .some(.none): return nil
        case .integer(let number) where range.contains(number): return number
        default: throw refusal(name)
        }
    }

    func text(_ name: String) throws(RequirementError) -> String {
        guard let text = try optionalText(name) else { throw refusal(name) }
        return text
    }

    func optionalText(_ name: String) throws(RequirementError) -> String? {
        switch parameters[name] {
        case nil, .some(.none): return nil
        case .text(let text) where !text.isEmpty: return text
        default: throw refusal(name)
        }
    }

    func texts(_ name: String) throws(RequirementError) -> [String] {
        switch parameters[name] {
        case .texts(let texts): return texts
        case .text(let text): return [text]
        default: throw refusal(name)
        }
    }

    func flag(_ name: String) throws(RequirementError) -> Bool {
        switch parameters[name] {
        case nil, .some(.none): return false
        case .flag(let flag): return flag
        default: throw refusal(name)
        }
    }

    func optionalDate(_ name: String) throws(RequirementError) -> CalendarDate? {
        guard let text = try optionalText(name) else { return nil }
        guard let date = CalendarDate(text) else { throw refusal(name) }
        return date
    }

    func time(_ name: String) throws(RequirementError) -> String {
        let text = try text(name)
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 }), let hour = Int(parts[0]),
            let minute = Int(parts[1]), (0...23).contains(hour), (0...59).contains(minute)
        else { throw refusal(name) }
        return text
    }

    private func refusal(_ name: String) -> RequirementError {
        .parameter(name, of: evaluator)
    }
}
