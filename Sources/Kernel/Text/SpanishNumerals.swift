extension SpanishFormat {
    /// A number in words, as it is counted: «treinta y dos», «veintiuno», «doscientas» where it is feminine.
    ///
    /// Numbers from 0 to 999,999,999,999 have words; the answer is `nil` outside, where no count of an alliance
    /// comes.
    public static func words(_ number: Int, _ gender: GrammaticalGender = .masculine) -> String? {
        numeral(number, gender, beforeNoun: false)
    }

    /// A number in words and figures, as minutes write it: «treinta y dos (32)».
    ///
    /// The figures stand alone outside the range of ``words(_:_:)``.
    public static func wordsAndFigures(_ number: Int, _ gender: GrammaticalGender = .masculine) -> String {
        guard let words = words(number, gender) else { return Self.number(number) }
        return "\(words) (\(Self.number(number)))"
    }

    /// A count in words and figures with its noun: «un (1) voto», «veintiuna (21) personas»,
    /// «un millón (1.000.000) de votos».
    public static func countInWords(
        _ count: Int, _ singular: String, _ plural: String, _ gender: GrammaticalGender = .masculine
    ) -> String {
        guard let words = numeral(count, gender, beforeNoun: true) else {
            return Self.count(count, singular, plural)
        }
        let noun = count == 1 ? singular : plural
        let linked = count > 0 && count % 1_000_000 == 0 ? "de \(noun)" : noun
        return "\(words) (\(number(count))) \(linked)"
    }

    /// The words of a number; before a noun *uno* loses its *o*.
    private static func numeral(_ number: Int, _ gender: GrammaticalGender, beforeNoun: Bool) -> String? {
        guard (0...999_999_999_999).contains(number) else { return nil }
        guard number > 0 else { return "cero" }
        let (millions, rest) = number.quotientAndRemainder(dividingBy: 1_000_000)
        var parts: [String] = []
        if millions == 1 {
            parts.append("un millón")
        } else if millions > 1 {
            // What is counted here are millions, which are masculine whatever is counted by them.
            parts.append(belowMillion(millions, .masculine, shortened: true) + " millones")
        }
        if rest > 0 { parts.append(belowMillion(rest, gender, shortened: beforeNoun)) }
        return parts.joined(separator: " ")
    }

    private static func belowMillion(
        _ number: Int, _ gender: GrammaticalGender, shortened: Bool
    ) -> String {
        let (thousands, rest) = number.quotientAndRemainder(dividingBy: 1000)
        var parts: [String] = []
        if thousands > 1 { parts.append(belowThousand(thousands, gender, shortened: true)) }
        if thousands > 0 { parts.append("mil") }
        if rest > 0 { parts.append(belowThousand(rest, gender, shortened: shortened)) }
        return parts.joined(separator: " ")
    }

    private static func belowThousand(
        _ number: Int, _ gender: GrammaticalGender, shortened: Bool
    ) -> String {
        guard number != 100 else { return "cien" }
        let (hundreds, rest) = number.quotientAndRemainder(dividingBy: 100)
        var parts: [String] = []
        if hundreds == 1 {
            parts.append("ciento")
        } else if hundreds > 1 {
            parts.append(hundredStems[hundreds - 2] + (gender == .masculine ? "os" : "as"))
        }
        if rest > 0 { parts.append(belowHundred(rest, gender, shortened: shortened)) }
        return parts.joined(separator: " ")
    }

    private static func belowHundred(
        _ number: Int, _ gender: GrammaticalGender, shortened: Bool
    ) -> String {
        let (tens, units) = number.quotientAndRemainder(dividingBy: 10)
        if units == 1, tens != 1 {
            let one = gender == .feminine ? "una" : shortened ? "un" : "uno"
            switch tens {
            case 0: return one
            case 2: return one == "un" ? "veintiún" : "veinti\(one)"
            default: return "\(tenNames[tens - 3]) y \(one)"
            }
        }
        if number < smallNames.count { return smallNames[number] }
        return units == 0 ? tenNames[tens - 3] : "\(tenNames[tens - 3]) y \(smallNames[units])"
    }

    /// 0 to 29, whose names are one word each; those that end in *uno* are made in `belowHundred`.
    private static let smallNames = [
        "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once",
        "doce", "trece", "catorce", "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve", "veinte",
        "veintiuno", "veintidós", "veintitrés", "veinticuatro", "veinticinco", "veintiséis", "veintisiete",
        "veintiocho", "veintinueve",
    ]
    private static let tenNames = [
        "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa",
    ]
    private static let hundredStems = [
        "doscient", "trescient", "cuatrocient", "quinient", "seiscient", "setecient", "ochocient",
        "novecient",
    ]
}
