import Foundation
import Kernel

extension UInt8 {
    static var plus: UInt8 { UInt8(ascii: "+") }

    var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
    var isSmallLetter: Bool { self &- UInt8(ascii: "a") < 26 }
    var isCapitalLetter: Bool { self &- UInt8(ascii: "A") < 26 }
    var isLetter: Bool { (self | 0x20).isSmallLetter }
    fileprivate var capital: UInt8 { isSmallLetter ? self - 0x20 : self }
    /// Whether it stands between the parts of a date.
    var isDateSign: Bool {
        self == UInt8(ascii: "/") || self == UInt8(ascii: "-") || self == UInt8(ascii: ".")
    }
}

// MARK: - Texts

extension Span<UInt8> {
    /// The text of a range of UTF-8; foreign bytes become U+FFFD.
    func string(_ range: Range<Int>) -> String {
        extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    /// The value of a field as the file has it, without its quotes.
    func string(of field: RecordField) -> String {
        let text = string(field.range)
        return field.hasDoubledQuotes ? text.replacing("\"\"", with: "\"") : text
    }

    /// The bytes of a range in which each quote is doubled, with one of each two.
    func withoutDoubledQuotes(_ range: Range<Int>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            bytes.append(self[index])
            index += self[index] == .quote ? 2 : 1
        }
        return bytes
    }

    /// The range without white space at its ends; the space that does not break is white space too.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        guard start < end else { return range }
        // Nearly every value has a letter or digit at both ends.
        if self[start].isVisible, self[end - 1].isVisible { return range }
        while start < end {
            if self[start].isWhiteSpace {
                start += 1
            } else if isHardSpace(at: start, in: start..<end) {
                start += 2
            } else {
                break
            }
        }
        while start < end {
            if self[end - 1].isWhiteSpace {
                end -= 1
            } else if isHardSpace(at: end - 2, in: start..<end) {
                end -= 2
            } else {
                break
            }
        }
        return start..<end
    }

    private func isHardSpace(at index: Int, in range: Range<Int>) -> Bool {
        index >= range.lowerBound && index + 1 < range.upperBound && self[index] == 0xC2
            && self[index + 1] == 0xA0
    }

    /// How many Unicode scalars a range of UTF-8 has.
    func countCharacters(_ range: Range<Int>) -> Int {
        var count = 0
        for index in range where self[index] & 0xC0 != 0x80 { count += 1 }
        return count
    }

    /// The number that at most eight digits spell.
    func number(_ range: Range<Int>) -> Int? {
        guard range.count <= 8 else { return nil }
        var number = 0
        for index in range {
            guard self[index].isDigit else { return nil }
            number = number * 10 + Int(self[index] - UInt8(ascii: "0"))
        }
        return number
    }

    /// The only byte of a range as a capital letter, the first two as one number, 0 where there are more.
    fileprivate func code(_ range: Range<Int>) -> UInt16 {
        switch range.count {
        case 1: UInt16(self[range.lowerBound].capital)
        case 2: UInt16(self[range.lowerBound].capital) << 8 | UInt16(self[range.lowerBound + 1].capital)
        default: 0
        }
    }

    /// Whether a spreadsheet would run a value. A telephone may begin with the + of its country.
    func beginsLikeFormula(raw: Range<Int>, _ range: Range<Int>, of column: AffiliateColumn) -> Bool {
        switch self[range.lowerBound] {
        case UInt8(ascii: "="), UInt8(ascii: "-"), UInt8(ascii: "@"): return true
        case .plus: return column != .phone
        default: break
        }
        let first = self[raw.lowerBound]
        return first == .tab || first == .carriageReturn
    }
}

extension UInt8 {
    /// Whether it is a sign of ASCII that can be seen.
    fileprivate var isVisible: Bool { self &- 0x21 < 0x5E }

    fileprivate var isWhiteSpace: Bool {
        self == .space || self == .tab || self == .lineFeed || self == .carriageReturn
    }
}

extension Unicode.Scalar {
    var isControl: Bool { properties.generalCategory == .control }
}

extension String {
    /// Whether spreadsheets would take it for a formula.
    var beginsLikeFormula: Bool { unicodeScalars.first.map { "=-@+".unicodeScalars.contains($0) } ?? false }

    /// The words one space apart, letters and their accents as one; marks that nobody sees are left out.
    var precomposedWords: String {
        var visible = String.UnicodeScalarView()
        visible.append(contentsOf: unicodeScalars.filter { $0.properties.generalCategory != .format })
        return String(visible).precomposedStringWithCanonicalMapping
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

// MARK: - Names

/// How a part of a name is written.
enum NameScan {
    /// As it is to be kept.
    case plain
    /// Without a letter.
    case withoutLetters
    /// With line breaks, repeated spaces, or characters beyond those of Western Europe.
    case unusual
}

/// What the bytes of a name are, to be asked of each without branching.
struct NameBytes {
    private static let letter: UInt8 = 1
    private static let high: UInt8 = 2
    private static let control: UInt8 = 4
    private static let space: UInt8 = 8

    private let kinds: [UInt8] = (UInt8.min...UInt8.max).map { byte in
        if byte >= 0x80 { return high }
        if byte < 0x20 || byte == 0x7F { return control }
        return byte == .space ? space : byte.isLetter ? letter : 0
    }

    /// Looks through a trimmed part of a name, which is UTF-8.
    func scan(_ bytes: Span<UInt8>, _ range: Range<Int>) -> NameScan {
        var all: UInt8 = 0
        var repeated: UInt8 = 0
        var previous: UInt8 = 0
        for index in range {
            let kind = kinds[Int(bytes[index])]
            all |= kind
            repeated |= kind & previous
            previous = kind
        }
        guard all & Self.control == 0, repeated & Self.space == 0 else { return .unusual }
        if all & Self.high != 0 { return scanHighBytes(bytes, range, hasLetter: all & Self.letter != 0) }
        return all & Self.letter != 0 ? .plain : .withoutLetters
    }

    /// Whether the characters beyond ASCII are letters of Latin-1, from À to ÿ, which is what Spanish needs.
    private func scanHighBytes(_ bytes: Span<UInt8>, _ range: Range<Int>, hasLetter: Bool) -> NameScan {
        var hasLetter = hasLetter
        var index = range.lowerBound
        while index < range.upperBound {
            if bytes[index] >= 0x80 {
                guard bytes[index] == 0xC3 else { return .unusual }
                index += 1
                // Among the letters stand the signs × and ÷.
                hasLetter = hasLetter || (bytes[index] != 0x97 && bytes[index] != 0xB7)
            }
            index += 1
        }
        return hasLetter ? .plain : .withoutLetters
    }
}

// MARK: - Documents

/// The types of documents by the two capital letters that nearly every file has.
struct DocumentTypeCodes {
    /// A type with what is asked of it for each row.
    struct Entry {
        let type: DocumentType
        /// A number of its own, from 1 on.
        let index: UInt8
        let shape: DocumentType.NumberShape
    }

    private let entries: [Entry]
    /// The index of each two letters, 0 where they are no code.
    private let indices: [UInt8]

    init() {
        entries = zip(DocumentType.allCases, 1...).map { Entry(type: $0, index: $1, shape: $0.numberShape) }
        var indices = [UInt8](repeating: 0, count: 26 * 26)
        for entry in entries {
            let code = Array(entry.type.rawValue.utf8)
            if let place = code.span.placeOfTwoCapitals(0..<code.count) { indices[place] = entry.index }
        }
        self.indices = indices
    }

    /// The type that a text stands for, however it is written.
    func entry(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Entry? {
        if let place = bytes.placeOfTwoCapitals(range), indices[place] > 0 {
            return entries[Int(indices[place]) - 1]
        }
        guard let type = DocumentType(variant: bytes.string(range)) else { return nil }
        return entries.first { $0.type == type }
    }
}

extension Span<UInt8> {
    /// The place of two capital letters among all such pairs.
    fileprivate func placeOfTwoCapitals(_ range: Range<Int>) -> Int? {
        guard range.count == 2 else { return nil }
        let first = self[range.lowerBound] &- UInt8(ascii: "A")
        let second = self[range.lowerBound + 1] &- UInt8(ascii: "A")
        return first < 26 && second < 26 ? Int(first) * 26 + Int(second) : nil
    }

    /// Whether a number is written in its normal form, with digits alone, and has the shape of its type.
    func isPlainNumber(_ range: Range<Int>, of shape: DocumentType.NumberShape) -> Bool {
        guard shape.lengths.contains(range.count) else { return false }
        let zero = UInt8(ascii: "0")
        if shape.dropsLeadingZeros, self[range.lowerBound] == zero { return false }
        var hasOtherThanZero = false
        for index in range {
            guard self[index].isDigit else { return false }
            hasOtherThanZero = hasOtherThanZero || self[index] != zero
        }
        return hasOtherThanZero
    }
}

// MARK: - Dates

extension Span<UInt8> {
    /// The day that a text spells, `31/12/1980` or `1980-12-31`, `nil` where it spells none.
    func date(_ range: Range<Int>) -> CalendarDate? {
        let start = range.lowerBound
        if range.count == 10 {
            if self[start + 2] == UInt8(ascii: "/"), self[start + 5] == UInt8(ascii: "/") {
                return date(year: start + 6, month: start + 3, day: start)
            }
            if self[start + 4] == UInt8(ascii: "-"), self[start + 7] == UInt8(ascii: "-") {
                return date(year: start, month: start + 5, day: start + 8)
            }
        }
        let text = string(range)
        return CalendarDate(text) ?? CalendarDate(dayMonthYear: text)
    }

    /// The day whose parts begin at these places, the year with four digits and the others with two.
    private func date(year: Int, month: Int, day: Int) -> CalendarDate? {
        guard let century = twoDigits(year), let rest = twoDigits(year + 2), let month = twoDigits(month),
            let day = twoDigits(day)
        else { return nil }
        return CalendarDate(year: century * 100 + rest, month: month, day: day)
    }

    private func twoDigits(_ index: Int) -> Int? {
        let tens = self[index] &- UInt8(ascii: "0")
        let ones = self[index + 1] &- UInt8(ascii: "0")
        return tens < 10 && ones < 10 ? Int(tens) * 10 + Int(ones) : nil
    }
}

// MARK: - Codes

/// The letters of a code as one number, as ``Span/code(_:)`` gives them.
private func letters(_ first: Unicode.Scalar, _ second: Unicode.Scalar? = nil) -> UInt16 {
    second.map { UInt16(UInt8(ascii: first)) << 8 | UInt16(UInt8(ascii: $0)) } ?? UInt16(UInt8(ascii: first))
}

extension Sex {
    /// Reads the code or the word. «H» is left out: where it stands for *hombre*, «M» stands for *mujer*.
    init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        switch bytes.code(range) {
        case letters("F"): self = .female
        case letters("M"): self = .male
        case letters("I"), letters("X"), letters("N", "B"): self = .indeterminate
        default:
            switch bytes.string(range).folded {
            case "femenino", "mujer": self = .female
            case "masculino", "hombre": self = .male
            case "no binario", "indeterminado", "intersexual": self = .indeterminate
            default: return nil
            }
        }
    }
}

extension Regime {
    /// Reads the code or the word.
    init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        switch bytes.code(range) {
        case letters("C"): self = .contributory
        case letters("S"): self = .subsidized
        case letters("E"): self = .special
        case letters("N"): self = .uninsured
        default:
            switch bytes.string(range).folded {
            case "contributivo": self = .contributory
            case "subsidiado": self = .subsidized
            case "especial", "excepcion", "especial o de excepcion", "especial o excepcion": self = .special
            case "no asegurado", "ppna": self = .uninsured
            default: return nil
            }
        }
    }
}

extension AffiliationState {
    /// Reads the code of two letters.
    init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        switch bytes.code(range) {
        case letters("A", "C"): self = .active
        case letters("S", "U"): self = .suspended
        case letters("R", "E"): self = .retired
        case letters("A", "F"): self = .deceased
        default: return nil
        }
    }
}

extension Span<UInt8> {
    /// Whether a text is the code of an insurer in its normal form: six signs, three to five capital letters and then
    /// digits.
    func isInsurerCode(_ range: Range<Int>) -> Bool {
        guard range.count == 6 else { return false }
        var letters = 0
        while letters < 6, self[range.lowerBound + letters].isCapitalLetter { letters += 1 }
        guard (3...5).contains(letters) else { return false }
        return range.dropFirst(letters).allSatisfy { self[$0].isDigit }
    }
}

// MARK: - Contact

extension Span<UInt8> {
    /// Whether a text is one telephone or several: at least seven digits, what people write between them, and an
    /// extension (`ext. 12`).
    func isPhone(_ range: Range<Int>) -> Bool {
        var digits = 0
        for index in range {
            switch self[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
            case .plus where index == range.lowerBound: continue
            case .space, UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "/"),
                UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "#"):
                continue
            case UInt8(ascii: "e"), UInt8(ascii: "x"), UInt8(ascii: "t"), UInt8(ascii: "E"),
                UInt8(ascii: "X"),
                UInt8(ascii: "T"):
                continue
            default: return false
            }
        }
        return digits >= 7
    }

    /// Whether a text has the shape of an address that mail can be sent to: one @, a domain of several parts, no
    /// sign that addresses need quotes for. RFC 5321 allows more than anybody in a register has.
    func isEmail(_ range: Range<Int>) -> Bool {
        var at: Int?
        var lastDot: Int?
        for index in range {
            switch self[index] {
            case UInt8(ascii: "@"):
                guard at == nil, index > range.lowerBound, index - range.lowerBound <= 64 else {
                    return false
                }
                at = index
            case UInt8(ascii: "."):
                if let at, index == at + 1 { return false }
                if lastDot == index - 1 { return false }
                lastDot = index
            case UInt8(ascii: "\""), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","),
                UInt8(ascii: ":"),
                UInt8(ascii: ";"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "["), UInt8(ascii: "]"),
                UInt8(ascii: "\\"):
                return false
            case 0x21...0x7E: continue
            default: return false
            }
        }
        guard let at, let lastDot else { return false }
        return lastDot > at && lastDot < range.upperBound - 1
    }
}
