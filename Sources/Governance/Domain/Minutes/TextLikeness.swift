public import Kernel

/// How much of a text stood in earlier ones already: minutes that are copied from others tell of a meeting that they
/// do not know.
///
/// A paragraph is compared by its runs of four words, digits aside: another date or hour makes no other text. At most
/// 200 earlier texts of 20.000 words each are compared.
public struct TextLikeness: Sendable {
    /// How many words make a run.
    static let run = 4
    /// Shorter paragraphs, such as greetings, are alike everywhere.
    static let fewestWords = 12
    /// From how much on a paragraph counts as copied, in per cent.
    static let paragraphThreshold = 60
    /// From how much on a text has to be looked at, in per cent.
    public static let threshold = 30
    static let mostWords = 20_000
    /// How many earlier texts are compared.
    static let mostTexts = 200

    /// An earlier text.
    public struct Earlier: Sendable {
        /// What it is called.
        public let title: String
        /// Its meeting.
        public let meeting: ID<Meeting>
        /// Its day.
        public let day: CalendarDate
        /// What it says.
        public let paragraphs: [String]

        /// Takes a text.
        public init(title: String, meeting: ID<Meeting>, day: CalendarDate, paragraphs: [String]) {
            self.title = title
            self.meeting = meeting
            self.day = day
            self.paragraphs = paragraphs
        }
    }

    /// A paragraph that stood in an earlier text.
    public struct Copied: Sendable, Hashable {
        /// Its place in the new text, from 1.
        public let position: Int
        /// How much of it, in per cent.
        public let percent: Int
        /// How it begins.
        public let beginning: String
    }

    /// What was found in one earlier text.
    public struct Finding: Sendable, Hashable {
        /// What the earlier text is called.
        public let title: String
        /// Its meeting.
        public let meeting: ID<Meeting>
        /// Its day.
        public let day: CalendarDate
        /// How much of the new text stands in it, in per cent.
        public let percent: Int
        /// Which paragraphs.
        public let paragraphs: [Copied]
    }

    /// The earlier texts in which part of a text stands, the likest first.
    public static func findings(in paragraphs: [String], among earlier: [Earlier]) -> [Finding] {
        var left = mostWords
        let runs = paragraphs.enumerated().compactMap { index, text -> (Int, String, [UInt64])? in
            let words = words(of: text)
            left -= words.count
            guard words.count >= fewestWords, left >= 0 else { return nil }
            return (index + 1, text, Self.runs(of: words))
        }
        let total = runs.reduce(0) { $0 + $1.2.count }
        guard total > 0 else { return [] }
        return earlier.prefix(mostTexts).compactMap { text -> Finding? in
            let known = Set(Self.runs(of: words(of: text.paragraphs.joined(separator: " "))))
            guard !known.isEmpty else { return nil }
            var copied: [Copied] = []
            var common = 0
            for (position, paragraph, runs) in runs {
                let found = runs.count { known.contains($0) }
                common += found
                let percent = found * 100 / runs.count
                if percent >= paragraphThreshold {
                    copied.append(
                        Copied(position: position, percent: percent, beginning: beginning(of: paragraph)))
                }
            }
            guard !copied.isEmpty else { return nil }
            return Finding(
                title: text.title, meeting: text.meeting, day: text.day, percent: common * 100 / total,
                paragraphs: copied)
        }
        .sorted { ($1.percent, $0.day) < ($0.percent, $1.day) }
    }

    private static func beginning(of text: String) -> String {
        text.count > 90 ? "\(text.prefix(90))…" : text
    }

    /// The words of a text as they are compared.
    private static func words(of text: String) -> ArraySlice<String> {
        text.folded.split { !($0.isLetter || $0.isNumber) }.filter { !$0.allSatisfy(\.isNumber) }
            .map(String.init).prefix(mostWords)
    }

    /// The runs of words, each as a number (FNV-1a, 64 bits).
    private static func runs(of words: ArraySlice<String>) -> [UInt64] {
        guard words.count >= run else { return [] }
        let hashes = words.map { word in
            word.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        }
        return (0...(hashes.count - run)).map { start in
            hashes[start..<start + run].reduce(0x9e37_79b9_7f4a_7c15 as UInt64) {
                ($0 ^ $1) &* 0x100_0000_01b3
            }
        }
    }
}
