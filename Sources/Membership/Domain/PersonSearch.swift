public import Kernel

/// What somebody typed to find a person: words of the name in any order, or a document.
///
/// No name has a digit and every document has one, so that which of both it is needs no asking.
public enum PersonSearch: Sendable, Hashable {
    /// Each of the words begins a word of the name. They are folded, and no more than ``mostWords``.
    case name(words: [String])
    /// A document whose type was typed before its number.
    case document(IdentityDocument)
    /// The number of a document, of whatever type.
    case number(String)

    /// More than any name has; each costs a look-up.
    static let mostWords = 8

    /// Reads what was typed; `nil` where it has neither letters nor digits.
    public init?(_ text: String) {
        if text.contains(where: \.isNumber) {
            if let document = IdentityDocument(text) {
                self = .document(document)
                return
            }
            let number = text.uppercased().filter { $0.isASCII && ($0.isNumber || $0.isLetter) }
            self = .number(number.contains { !$0.isNumber } ? number : number.withoutPadding)
            return
        }
        var words: [String] = []
        for word in text.folded.split(separator: " ").map(String.init) where !words.contains(word) {
            words.append(word)
        }
        guard !words.isEmpty else { return nil }
        self = .name(words: Array(words.prefix(Self.mostWords)))
    }
}

extension String {
    /// Digits as documents that are counted are kept: spreadsheets and forms put zeros before them.
    ///
    /// A *tarjeta de identidad* that begins with a zero has eleven digits, and keeps it.
    fileprivate var withoutPadding: String {
        utf8.count == 11 ? self : String(drop { $0 == "0" })
    }
}
