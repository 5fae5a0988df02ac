/// A tax number (*número de identificación tributaria*, `NIT`) with its check digit: «830.113.831-0».
public struct NIT: Hashable, Sendable {
    /// The number without its check digit, from 5 to 15 digits.
    public let number: Int

    /// The NIT of a number known to be right, `nil` where it has fewer than 5 or more than 15 digits.
    public init?(number: Int) {
        guard (10_000...999_999_999_999_999).contains(number) else { return nil }
        self.number = number
    }

    /// The digit that guards against slips of the finger (*dígito de verificación*), from 0 to 9.
    ///
    /// Modulo 11 over the digits from the right with fixed weights, as DIAN computes it (attributed to Orden
    /// Administrativa 4 de 1989, which was not read; the NITs that insurers print agree).
    public var checkDigit: Int {
        var rest = number
        var sum = 0
        for weight in Self.weights {
            sum += rest % 10 * weight
            rest /= 10
        }
        let remainder = sum % 11
        return remainder > 1 ? 11 - remainder : remainder
    }

    private static let weights = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71]

    /// Reads a NIT as people write it: `830.113.831-0`, `NIT 830113831`, `8301138310`.
    ///
    /// A digit behind a hyphen is checked. Without a hyphen, ten digits that begin with 8 or 9 are those of a legal
    /// person, nine, with the check digit stuck to them; any others are the number alone, as a natural person's
    /// *cédula* is.
    ///
    /// - Throws: Whether it is no NIT or its check digit is wrong.
    public init(parsing text: String) throws(NITError) {
        var rest = text.trimmingPrefix { $0.isWhitespace }
        if rest.prefix(3).lowercased() == "nit" { rest = rest.dropFirst(3) }
        let parts = rest.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "-" || $0 == "–" }
            .map { part in part.filter { !($0.isWhitespace || ".,:".contains($0)) } }
        guard parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            var number = Int(parts[0])
        else { throw .malformed }
        var checkDigit: Int?
        if parts.count == 2 {
            guard parts[1].count == 1, let digit = Int(parts[1]) else { throw .malformed }
            checkDigit = digit
        } else if (8_000_000_000...9_999_999_999).contains(number) {
            checkDigit = number % 10
            number /= 10
        }
        guard let nit = Self(number: number) else { throw .malformed }
        guard checkDigit == nil || checkDigit == nit.checkDigit else {
            throw .wrongCheckDigit(expected: nit.checkDigit)
        }
        self = nit
    }
}

extension NIT: CustomStringConvertible, LosslessStringConvertible {
    /// The number and its check digit without points, `830113831-0`: for files.
    public var description: String { "\(number)-\(checkDigit)" }

    /// Reads what ``init(parsing:)`` reads, where the reason of a refusal does not matter.
    public init?(_ description: String) {
        do { try self.init(parsing: description) } catch { return nil }
    }

    /// The number and its check digit as people read them, «830.113.831-0».
    public var formatted: String { "\(SpanishFormat.number(number))-\(checkDigit)" }
}

extension NIT: Codable {
    /// Reads the NIT from its text and checks its digit.
    public init(from decoder: any Decoder) throws {
        try self.init(parsing: try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the NIT as text, `830113831-0`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// Why a text is no NIT.
public enum NITError: Error, Hashable, Sendable {
    /// It is not a number of 5 to 15 digits, with or without a check digit.
    case malformed
    /// The check digit is not that of the number, so one of the digits is wrong.
    case wrongCheckDigit(expected: Int)
}

extension NITError: UserFacingError {
    /// The stable code, `nit.…`.
    public var code: String {
        switch self {
        case .malformed: "nit.number.malformed"
        case .wrongCheckDigit: "nit.check_digit.wrong"
        }
    }

    /// The input is malformed.
    public var kind: ErrorKind { .invalid }

    /// What is wrong and how to mend it.
    public var message: String {
        switch self {
        case .malformed: "Eso no es un NIT. Escríbalo así: 830.113.831-0."
        case .wrongCheckDigit(let expected):
            "El dígito de verificación de ese NIT sería \(expected). Revise el número completo."
        }
    }
}
