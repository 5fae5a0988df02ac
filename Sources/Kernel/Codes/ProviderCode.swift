/// The code of a provider of health services (`IPS`) in the special register (*código de habilitación*, `REPS`).
///
/// Five digits of the municipality, five of the provider and, for one of its sites, two more. The split is general
/// knowledge; that codes have ten to twelve digits was seen.
public struct ProviderCode: RawRepresentable, Hashable, Sendable, Codable {
    /// Ten or twelve digits.
    public let rawValue: String

    /// The code of ten digits, or of twelve with a site; `nil` for any other text.
    public init?(rawValue: String) {
        guard rawValue.utf8.count == 10 || rawValue.utf8.count == 12,
            rawValue.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        self.rawValue = rawValue
    }

    /// Reads a code as people write it, with spaces, dots or hyphens.
    ///
    /// - Throws: That it is none, and which one was meant where a spreadsheet ate the zero in front.
    public init(parsing text: String) throws(ProviderCodeError) {
        let digits = text.filter { !($0.isWhitespace || ".-".contains($0)) }
        if let code = Self(rawValue: digits) {
            self = code
            return
        }
        let padded = Self(rawValue: "0" + digits)
        throw ProviderCodeError(suggestion: padded)
    }

    /// The code of the municipality.
    public var municipality: MunicipalityCode? { MunicipalityCode(rawValue: String(rawValue.prefix(5))) }

    /// The provider without its site.
    public var provider: ProviderCode { ProviderCode(validDigits: String(rawValue.prefix(10))) }

    /// The two digits of the site (*sede*), where the code names one.
    public var site: String? { rawValue.utf8.count == 12 ? String(rawValue.suffix(2)) : nil }

    private init(validDigits: String) {
        rawValue = validDigits
    }
}

extension ProviderCode: CustomStringConvertible {
    /// The digits.
    public var description: String { rawValue }
}

/// A text that is no code of a provider.
public struct ProviderCodeError: UserFacingError, Hashable {
    /// The code that was meant, if only its zero in front is missing.
    public let suggestion: ProviderCode?

    /// The stable code.
    public var code: String { "provider.code.malformed" }

    /// The input is malformed.
    public var kind: ErrorKind { .invalid }

    /// What is wrong and how to mend it.
    public var message: String {
        let rule = "El código de habilitación lleva 10 dígitos, o 12 con la sede."
        guard let suggestion else { return "\(rule) Revíselo." }
        return "\(rule) Parece que le falta el cero inicial: ¿es \(suggestion)?"
    }
}
