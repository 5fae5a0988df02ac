import Kernel

/// One line of `alianzas election count`: a contest to count, asked in JSON.
///
/// `{"id":…,"rule":"cuociente","seats":3,"votes":{"A":60,"B":28},"blank":0,"threshold":"1/2","sizes":{"A":3},
/// "blank_majority":true,"majority_of":"valid"}`
///
/// - `id`: any string, number, boolean or null; it goes back byte by byte. Required.
/// - `rule`: a raw value of ``CountingRule``; `seats`: from 1; `votes`: contenders and their votes, which may be
///   none at all (the count is then void or vacant). Required.
/// - `blank`: blank votes, 0 where it is missing; `marked_ballots`: ballots that bear the votes, where each may bear
///   several, as many as the votes where it is missing.
/// - `threshold`: `"1/2"` or `"1"`, digits alone; `sizes`: candidates of slates that stand in `votes`;
///   `blank_majority`: true or false; `majority_of`: a raw value of ``MajorityBase``. Each may be missing or
///   null. A threshold has no effect under the rules that share nothing in proportion.
///
/// Numbers are written in digits alone, up to 10¹²: no sign, point, exponent or quotes. A key that is none of
/// these or comes twice is refused rather than passed over, because a misspelt `treshold` would change who is
/// elected in silence.
public struct CountRequest: Sendable {
    /// The votes.
    public let tally: Tally
    /// The terms under which they are to be counted.
    public let terms: CountingTerms
    /// The id as it was written.
    private let id: ArraySlice<UInt8>

    /// Counts the contest that a line asks for.
    ///
    /// - Parameter line: A line without its line feed; any bytes.
    /// - Returns: One line of JSON without its line feed: the id and the members of ``CountResult/json``, or the
    ///   id and an `error` in Spanish. The id is null where none could be read.
    public static func answer(to line: [UInt8]) -> [UInt8] {
        var id: ArraySlice<UInt8>?
        do {
            let request = try CountRequest(line, id: &id)
            var writer = JSONWriter()
            writer.object { writer in
                writer.key("id")
                writer.raw(request.id)
                request.tally.counted(under: request.terms).write(to: &writer)
            }
            return writer.bytes
        } catch {
            return refusal(of: id, error)
        }
    }

    /// The answer to a line that is longer than ``LineSplitter/limit``.
    public static let answerToOverlongLine = refusal(of: nil, .overlong)

    private static func refusal(of id: ArraySlice<UInt8>?, _ problem: CountRequestError) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("id")
            writer.raw(id ?? Array("null".utf8)[...])
            writer.member("error", problem.message)
        }
        return writer.bytes
    }

    /// Reads a line, and sets the id as soon as it is known, so that a refusal can give it back.
    init(_ line: [UInt8], id: inout ArraySlice<UInt8>?) throws(CountRequestError) {
        let value: JSONValue
        do {
            value = try JSONReader.value(of: line)
        } catch {
            throw line.allSatisfy(\.isBlank) ? .empty : .syntax(column: error.column)
        }
        guard case .object(let members) = value else { throw .noObject }
        id = Self.id(in: members)
        guard String(validating: line, as: UTF8.self) != nil else { throw .notUTF8 }

        let fields = try Fields(members)
        guard case .scalar(let idScalar) = try fields.required(.id) else { throw .idNotScalar }
        self.id = idScalar.bytes
        tally = try fields.tally()
        terms = try fields.terms(of: tally)
    }

    /// The id that a refusal gives back: the only one of the object, if it is a scalar and text.
    private static func id(in members: [JSONValue.Member]) -> ArraySlice<UInt8>? {
        let ids = members.filter { $0.key.says(Key.id.rawValue) }
        guard ids.count == 1, case .scalar(let scalar) = ids[0].value,
            String(validating: scalar.bytes, as: UTF8.self) != nil
        else { return nil }
        return scalar.bytes
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D }
}

/// The keys of a line.
private enum Key: String, CaseIterable {
    // In the order in which they are usually written, which is that in which they are looked for.
    case id, rule, seats, votes, blank, threshold, sizes
    case blankMajority = "blank_majority"
    case majorityOf = "majority_of"
    case markedBallots = "marked_ballots"
}

/// The members of a line by their keys.
private struct Fields {
    private var values: [Key: JSONValue] = [:]

    init(_ members: [JSONValue.Member]) throws(CountRequestError) {
        for member in members {
            guard let key = Key.allCases.first(where: { member.key.says($0.rawValue) }) else {
                guard let text = member.key.text else { throw .notText }
                throw .unknownKey(text, known: Key.allCases.map(\.rawValue))
            }
            guard values.updateValue(member.value, forKey: key) == nil else {
                throw .repeatedKey(key.rawValue)
            }
        }
    }

    /// The value of a key that need not be there; null counts as absent.
    private func optional(_ key: Key) -> JSONValue? {
        guard let value = values[key] else { return nil }
        if case .scalar(let scalar) = value, scalar.kind == .null { return nil }
        return value
    }

    func required(_ key: Key) throws(CountRequestError) -> JSONValue {
        guard let value = values[key] else { throw .missing(key.rawValue) }
        return value
    }

    func tally() throws(CountRequestError) -> Tally {
        let votes = try numbers(of: try required(.votes), in: .votes)
        let blank = try optional(.blank).map { (value) throws(CountRequestError) in
            try number(value, named: Key.blank.rawValue)
        }
        let marked = try optional(.markedBallots).map { (value) throws(CountRequestError) in
            try number(value, named: Key.markedBallots.rawValue)
        }
        do {
            return try Tally(
                votes.map { Tally.Entry($0.contender, votes: $0.number) }, blank: blank ?? 0,
                markedBallots: marked)
        } catch {
            throw .count(error)
        }
    }

    func terms(of tally: Tally) throws(CountRequestError) -> CountingTerms {
        guard let rule = try text(try required(.rule)).flatMap(CountingRule.init) else {
            throw .unknownRule
        }
        let seats = try number(try required(.seats), named: Key.seats.rawValue)
        guard seats > 0 else { throw .noSeats }
        var threshold: Fraction?
        if let value = optional(.threshold) {
            threshold = try text(value).flatMap(Fraction.init)
            guard threshold != nil else { throw .badThreshold }
        }
        var sizes: [Contender: Int] = [:]
        if let value = optional(.sizes) {
            let standing = Set(tally.entries.map(\.contender))
            for (slate, size) in try numbers(of: value, in: .sizes) {
                guard standing.contains(slate) else { throw .sizeOfNobody(slate) }
                guard sizes.updateValue(size, forKey: slate) == nil else {
                    throw .count(.repeatedContender(slate))
                }
            }
        }
        var base = MajorityBase.validVotes
        if let value = optional(.majorityOf) {
            guard let given = try text(value).flatMap(MajorityBase.init) else {
                throw .badMajorityBase
            }
            base = given
        }
        let blankMajority = try blankMajority()
        do {
            return try CountingTerms(
                rule, seats: seats, threshold: threshold, sizes: sizes, blankMajority: blankMajority,
                majorityBase: base)
        } catch {
            throw .count(error)
        }
    }

    private func blankMajority() throws(CountRequestError) -> Bool {
        guard let value = optional(.blankMajority) else { return false }
        guard case .scalar(let scalar) = value, scalar.kind == .boolean else {
            throw .notBoolean(Key.blankMajority.rawValue)
        }
        return scalar.bytes.first == UInt8(ascii: "t")
    }

    /// The text of a string, `nil` for any other value.
    private func text(_ value: JSONValue) throws(CountRequestError) -> String? {
        guard case .scalar(let scalar) = value, scalar.kind == .string else { return nil }
        guard let text = scalar.text else { throw .notText }
        return text
    }

    private func number(
        _ value: JSONValue, named name: @autoclosure () -> String
    ) throws(CountRequestError) -> Int {
        guard case .scalar(let scalar) = value, let number = scalar.wholeNumber else {
            throw .notWholeNumber(name(), written: value.excerpt)
        }
        return number
    }

    private func numbers(
        of value: JSONValue, in key: Key
    ) throws(CountRequestError) -> [(contender: Contender, number: Int)] {
        guard case .object(let members) = value else { throw .notAnObject(key.rawValue) }
        var numbers: [(contender: Contender, number: Int)] = []
        numbers.reserveCapacity(members.count)
        for member in members {
            guard let name = member.key.text else { throw .notText }
            numbers.append(
                (Contender(rawValue: name), try number(member.value, named: "\(key.rawValue).\(name)")))
        }
        return numbers
    }
}

extension JSONValue {
    /// The value as it was written, short enough for a message.
    fileprivate var excerpt: String {
        switch self {
        case .object: "{…}"
        case .array: "[…]"
        case .scalar(let scalar):
            scalar.bytes.count <= 40
                ? String(decoding: scalar.bytes, as: UTF8.self)
                : String(decoding: scalar.bytes.prefix(40), as: UTF8.self) + "…"
        }
    }
}
