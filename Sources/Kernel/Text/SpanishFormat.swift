/// How dates, numbers and lists read in Colombian Spanish.
///
/// Written here and not taken from the system's locale data: minutes, rolls and results are documents, and
/// have to read the same on every machine and after every update.
public enum SpanishFormat {}

// MARK: - Dates

extension SpanishFormat {
    /// A date with its weekday: «viernes 13 de marzo de 2026».
    public static func longDate(_ date: CalendarDate) -> String {
        "\(date.weekday.name) \(Self.date(date))"
    }

    /// A date: «13 de marzo de 2026».
    public static func date(_ date: CalendarDate) -> String {
        let (year, month, day) = date.components
        return "\(day) de \(monthNames[month - 1]) de \(year)"
    }

    /// A date within a year that the page already tells: «13 de marzo».
    public static func dayAndMonth(_ date: CalendarDate) -> String {
        let (_, month, day) = date.components
        return "\(day) de \(monthNames[month - 1])"
    }

    /// A date for tables, day first as is usual in Colombia: «13/03/2026».
    public static func shortDate(_ date: CalendarDate) -> String {
        let (year, month, day) = date.components
        return "\(twoDigits(day))/\(twoDigits(month))/\(year)"
    }

    /// The name of a month from 1 to 12, in lower case; `nil` for any other number.
    public static func monthName(_ month: Int) -> String? {
        monthNames.indices.contains(month - 1) ? monthNames[month - 1] : nil
    }

    /// "marzo de 2026", of any of its days.
    public static func monthAndYear(_ date: CalendarDate) -> String {
        let (year, month, _) = date.components
        return "\(monthNames[month - 1]) de \(year)"
    }

    private static let monthNames = [
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
        "noviembre", "diciembre",
    ]

    static func twoDigits(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}

// MARK: - Numbers

extension SpanishFormat {
    /// A whole number with points between thousands: «1.234».
    ///
    /// A negative one bears the minus sign (U+2212), which screen readers say and a hyphen not.
    public static func number(_ value: some BinaryInteger) -> String {
        (value < 0 ? "−" : "") + grouped(String(value.magnitude))
    }

    /// A number kept as an integer of its smallest unit, with a decimal comma: 12345 with one decimal is
    /// «1.234,5». `decimals`, at least 0, says how many of the last digits stand behind the comma.
    public static func number(_ scaled: Int, decimals: Int) -> String {
        guard decimals > 0 else { return number(scaled) }
        let digits = String(scaled.magnitude)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return (scaled < 0 ? "−" : "") + grouped(padded.dropLast(decimals)) + "," + padded.suffix(decimals)
    }

    /// A share in percent, exact and rounded half up at the last decimal: 1 of 3 is «33,3 %».
    ///
    /// `decimals` goes from 0 to 6. There is no share of a whole that is not positive, of a negative part, or past
    /// what 64 bits hold: the answer is then «—».
    public static func percentage(_ part: Int, of whole: Int, decimals: Int = 1) -> String {
        guard whole > 0, part >= 0 else { return "—" }
        let scale = (0..<decimals).reduce(100 as UInt) { scale, _ in scale * 10 }
        let divisor = UInt(whole)
        let product = UInt(part).multipliedFullWidth(by: scale)
        guard product.high < divisor else { return "—" }
        let (quotient, remainder) = divisor.dividingFullWidth(product)
        let rounded = remainder >= divisor - remainder ? quotient + 1 : quotient
        guard let scaled = Int(exactly: rounded) else { return "—" }
        return number(scaled, decimals: decimals) + " %"
    }

    /// A sentence with its full stop, which an abbreviation at its end is already: «abre a las 8:00 a. m.».
    public static func sentence(_ text: String) -> String {
        text.hasSuffix(".") ? text : text + "."
    }

    /// A count and its noun in the number that fits: «1 voto», «2 votos», «0 votos».
    public static func count(_ count: some BinaryInteger, _ singular: String, _ plural: String) -> String {
        "\(number(count)) \(count == 1 ? singular : plural)"
    }

    /// An ordinal in figures: «3.º», «3.ª».
    public static func ordinal(_ number: Int, _ gender: GrammaticalGender = .masculine) -> String {
        Self.number(number) + (gender == .masculine ? ".º" : ".ª")
    }

    /// Digits with a point before every third from the right; leading zeros stay.
    static func grouped(_ digits: some StringProtocol) -> String {
        var result = ""
        var untilPoint = digits.count
        for digit in digits {
            if untilPoint % 3 == 0, !result.isEmpty { result.append(".") }
            result.append(digit)
            untilPoint -= 1
        }
        return result
    }
}

/// The gender that a number or an ordinal agrees with.
public enum GrammaticalGender: Sendable, Hashable {
    /// As in «un voto», «el puesto».
    case masculine
    /// As in «una plancha», «la mesa».
    case feminine
}

// MARK: - Lists

extension SpanishFormat {
    /// Things joined as Spanish does: «A», «A y B», «A, B y C»; «e» before the sound of *i*.
    public static func list(_ items: [String]) -> String {
        joined(items) { startsWithISound($0) ? "e" : "y" }
    }

    /// Choices joined as Spanish does: «A, B o C»; «u» before the sound of *o*, also in figures («7 u 8»).
    public static func choice(_ items: [String]) -> String {
        joined(items) { startsWithOSound($0) ? "u" : "o" }
    }

    private static func joined(_ items: [String], conjunction: (String) -> String) -> String {
        guard let last = items.last else { return "" }
        guard items.count > 1 else { return last }
        return items.dropLast().joined(separator: ", ") + " \(conjunction(last)) " + last
    }

    /// «e Inés», «e hijos», «e Yvonne»; but «y hierro», «y Yolanda», where the *i* glides into a vowel.
    private static func startsWithISound(_ word: String) -> Bool {
        var letters = word.folded[...]
        if letters.hasPrefix("hi") { letters.removeFirst() }
        guard let first = letters.first else { return false }
        let next = letters.dropFirst().first
        if first == "i" { return next.map { !"aeou".contains($0) } ?? true }
        return first == "y" && next.map { !"aeiou ".contains($0) } ?? false
    }

    /// «u ocho», «u hombres», and the figures that are read so: 8, 80–89, 800–899…, and 11, 11.000….
    private static func startsWithOSound(_ word: String) -> Bool {
        let folded = word.folded
        if folded.hasPrefix("o") || folded.hasPrefix("ho") { return true }
        let digits = folded.prefix { $0.isASCII && $0.isNumber }
        return digits.hasPrefix("8") || (digits.hasPrefix("11") && digits.count % 3 == 2)
    }
}
