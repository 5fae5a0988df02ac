import Kernel

/// The readable part of an address, made from a name: lower-case ASCII words joined by hyphens.
public struct Slug: Sendable, Hashable, CustomStringConvertible {
    /// The longest slug, in characters.
    public static let maximumLength = 60

    /// The text, `^[a-z0-9]+(-[a-z0-9]+)*$`.
    public let description: String

    /// Makes the slug of a name, `nil` where the name has neither letters nor digits.
    public init?(of name: String) {
        let words = name.folded.split(separator: " ")
        guard var text = words.first.map({ String($0.prefix(Self.maximumLength)) }) else { return nil }
        for word in words.dropFirst() {
            guard text.count + 1 + word.count <= Self.maximumLength else { break }
            text += "-\(word)"
        }
        description = text
    }

    /// The slugs to try where a name is taken: the plain one, then with 2, 3…
    public var candidates: some Sequence<String> {
        (1...99).lazy.map { number in
            number == 1 ? description : "\(description.prefix(Self.maximumLength - 3))-\(number)"
        }
    }
}
