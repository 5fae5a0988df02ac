/// The first place where a text is not what its format asks for.
public struct TextFault: Error, Hashable, Sendable {
    /// The byte, counted from 0, at which something else should stand.
    public let position: Int
    /// What should stand there, in Spanish, to go on the sentence «se esperaba».
    public let expected: String

    /// A fault at a byte counted from 0.
    public init(at position: Int, expected: String) {
        self.position = position
        self.expected = expected
    }

    /// What is wrong, in Spanish, without a full stop: «en el byte 17 se esperaba un número».
    public var phrase: String { "en el byte \(position) se esperaba \(expected)" }
}
