import Kernel

/// What somebody typed to find a record: words of a title, a number of minutes, a radicado.
public struct RecordSearch: Sendable, Hashable {
    /// More than any title needs; each costs a look-up.
    static let mostWords = 8
    private static let wordsOfMinutes: Set<String> = [
        "acta", "actas", "n", "no", "nro", "num", "numero", "de", "la",
    ]

    /// Letters and digits, folded, each word once.
    public let words: [String]

    /// Reads what was typed; `nil` where it has neither letters nor digits.
    public init?(_ text: String) {
        var words: [String] = []
        for word in text.folded.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map(String.init)
        where !words.contains(word) {
            words.append(word)
        }
        guard !words.isEmpty else { return nil }
        self.words = Array(words.prefix(Self.mostWords))
    }

    /// The number of minutes that it asks for: «acta n.º 3», «acta 3». A number alone is none: it is more often a document.
    public var minutesNumber: Int? {
        guard words.contains("acta") || words.contains("actas") else { return nil }
        let rest = words.filter { !Self.wordsOfMinutes.contains($0) }.map { $0.trimmingPrefix("n") }
        guard rest.count == 1, let number = Int(rest[0]), number > 0 else { return nil }
        return number
    }

    /// The radicado that it asks for, of a complaint or of a letter; without its letter it may be of either.
    public var filing: (series: FilingNumber.Series?, year: Int, number: Int)? {
        var series: FilingNumber.Series?
        var numbers: [Int] = []
        for word in words {
            if let number = Int(word) {
                numbers.append(number)
            } else if let named = FilingNumber.Series(rawValue: word.uppercased()) {
                series = named
            } else if word != "radicado" {
                return nil
            }
        }
        guard numbers.count == 2, (2000...2200).contains(numbers[0]), numbers[1] > 0 else { return nil }
        return (series, numbers[0], numbers[1])
    }
}
