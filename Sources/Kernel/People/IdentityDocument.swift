/// An identity document: its type and its number in normal form.
///
/// Two are equal when they are the same document, however they were typed: `C.C. 12.345.678` is `CC 0012345678`.
public struct IdentityDocument: Hashable, Sendable {
    /// The type of the document.
    public let type: DocumentType
    /// Digits and capital letters, nothing between them.
    ///
    /// Text, because numbers of unidentified people have letters. Zeros in front are dropped from CC, CE and PT,
    /// which are counted up from one, so that a zero in front is the padding of some file; they stay in TI and RC,
    /// where those of people born from 2000 to 2009 begin with the year of birth, in MS and AS, which begin with
    /// the code of a municipality, and wherever nothing is known of them.
    public let number: String

    /// The document of a type and a number as typed, with or without dots, spaces and hyphens.
    ///
    /// A decimal zero behind bare digits, `12345678.0`, is what spreadsheets add, and is dropped.
    ///
    /// - Throws: What is wrong with the number.
    public init(type: DocumentType, number text: some StringProtocol) throws(IdentityDocumentError) {
        let shape = type.numberShape
        var number = try Self.compact(text, of: type)
        if shape.dropsLeadingZeros { number.removeFirst(number.prefix { $0 == "0" }.count) }
        guard number.contains(where: { $0 != "0" }) else { throw .numberMissing(type) }
        guard shape.allowsLetters || number.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw .hasLetters(type)
        }
        guard shape.lengths.contains(number.utf8.count) else { throw .wrongLength(type) }
        self.type = type
        self.number = number
    }

    /// Reads type and number from one text: `CC 12.345.678`, `c.c. No. 12345678`, `Cédula 12345678`, `PA AB123456`.
    ///
    /// - Throws: What is wrong with it; a number without its type is ambiguous, and refused.
    public init(parsing text: String) throws(IdentityDocumentError) {
        let words = text.split(whereSeparator: \.isWhitespace)
        for count in stride(from: words.count - 1, to: 0, by: -1) {
            guard let type = DocumentType(variant: words[..<count].joined(separator: " ")) else { continue }
            var number = words[count...]
            if number.count > 1, let first = number.first, Self.numberSigns.contains(first.folded) {
                number.removeFirst()
            }
            try self.init(type: type, number: number.joined())
            return
        }
        let letters = text.prefix { !$0.isNumber }
        guard letters.contains(where: \.isLetter) else { throw .typeMissing }
        guard let type = DocumentType(variant: letters) else { throw .unknownType }
        try self.init(type: type, number: text[letters.endIndex...])
    }

    /// Reads what stands for a person, a document or a name: what has a digit, as no name has, is a document.
    ///
    /// - Returns: `nil` for a name.
    /// - Throws: ``IdentityDocumentError`` for what has digits and is no document.
    public static func unlessName(_ text: String) throws(IdentityDocumentError) -> Self? {
        guard text.contains(where: \.isNumber) else { return nil }
        return try Self(parsing: text)
    }

    /// What is written between type and number, folded; «#» folds to nothing. A lone «N» may begin a passport.
    private static let numberSigns: Set<String> = ["no", "nro", "num", "numero", ""]

    /// The number without what people put between its digits.
    private static func compact(
        _ text: some StringProtocol, of type: DocumentType
    ) throws(IdentityDocumentError) -> String {
        var text = Substring(text)
        while text.last?.isWhitespace == true { text.removeLast() }
        if text.hasSuffix(".0") || text.hasSuffix(",0"),
            text.utf8.dropLast(2).allSatisfy({ (0x30...0x39).contains($0) })
        {
            text.removeLast(2)
        }
        var kept: [UInt8] = []
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9", "A"..."Z": kept.append(UInt8(ascii: scalar))
            case "a"..."z": kept.append(UInt8(ascii: scalar) - 0x20)
            case ".", ",", "-", "'", "–", "’": continue
            default:
                guard scalar.properties.isWhitespace else { throw .strangeSign(type) }
            }
        }
        return String(decoding: kept, as: UTF8.self)
    }
}

// MARK: - Texts

extension IdentityDocument: CustomStringConvertible, LosslessStringConvertible {
    /// Type and number in normal form, `CC 12345678`: for files and logs of machines.
    public var description: String { "\(type.rawValue) \(number)" }

    /// Reads what ``init(parsing:)`` reads, where the reason of a refusal does not matter.
    public init?(_ description: String) {
        do { try self.init(parsing: description) } catch { return nil }
    }

    /// Type and number as people read them: «CC 12.345.678».
    ///
    /// Numbers that are composed (11 digits that begin with a date of birth, or letters) have no thousands.
    public var formatted: String {
        let isCounted =
            switch type {
            case .cedula, .foreignerCedula, .temporaryProtectionPermit: true
            case .identityCard, .civilRegistry:
                number.utf8.count == 10 && number.utf8.allSatisfy { (0x30...0x39).contains($0) }
            default: false
            }
        return "\(type.rawValue) \(isCounted ? SpanishFormat.grouped(number) : number)"
    }

    /// Type and end of the number for published lists: «CC ******678».
    ///
    /// With the masked name (``PersonName/masked``) the three last digits tell its holder apart from namesakes, and
    /// tell a stranger nothing that leads to the rest. The six asterisks are always six, so that the length, which
    /// tells the generation, stays hidden; of a short number at most half is shown.
    public var masked: String {
        "\(type.rawValue) ******\(number.suffix(min(3, number.count / 2)))"
    }
}

extension IdentityDocument: Codable {
    /// Reads the document from its text, `CC 12345678`.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        try self.init(parsing: text)
    }

    /// Writes the document as text, `CC 12345678`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

// MARK: - Errors

/// Why a text is no identity document. The text itself is left out: it is personal, and errors get logged.
public enum IdentityDocumentError: Error, Hashable, Sendable {
    /// No type stands before the number.
    case typeMissing
    /// The type is not one of the known ones.
    case unknownType
    /// There is no number, or only zeros.
    case numberMissing(DocumentType)
    /// The number has letters, and numbers of its type have none.
    case hasLetters(DocumentType)
    /// The number has a sign that is neither letter nor digit.
    case strangeSign(DocumentType)
    /// The number is longer or shorter than those of its type.
    case wrongLength(DocumentType)
}

extension IdentityDocumentError: UserFacingError {
    private static let types = SpanishFormat.choice(DocumentType.allCases.map(\.rawValue))

    /// The stable code, `document.…`.
    public var code: String {
        switch self {
        case .typeMissing: "document.type.missing"
        case .unknownType: "document.type.unknown"
        case .numberMissing: "document.number.missing"
        case .hasLetters: "document.number.has_letters"
        case .strangeSign: "document.number.strange_sign"
        case .wrongLength: "document.number.wrong_length"
        }
    }

    /// The input is malformed.
    public var kind: ErrorKind { .invalid }

    /// What is wrong and how to mend it.
    public var message: String {
        switch self {
        case .typeMissing:
            return "Antes del número falta qué documento es. Escriba uno de estos: \(Self.types)."
        case .unknownType:
            return "No existe ese tipo de documento. Escriba uno de estos: \(Self.types)."
        case .numberMissing: return "Falta el número del documento. Escríbalo como está en el documento."
        case .hasLetters(let type):
            return
                "El número del documento «\(type.name)» lleva solo dígitos. Quite las letras o cambie el tipo."
        case .strangeSign:
            return "El número del documento tiene un signo extraño. Escriba solo letras y dígitos."
        case .wrongLength(let type):
            let lengths = type.numberShape.lengths
            let unit = type.numberShape.allowsLetters ? "letras y dígitos" : "dígitos"
            return "El número del documento «\(type.name)» lleva de \(lengths.lowerBound) a "
                + "\(lengths.upperBound) \(unit). Revíselo."
        }
    }
}
