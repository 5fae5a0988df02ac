import Kernel

/// A group of prime order *q* in which ballots are encrypted and decrypted (`verifiable-voting.md` §4.2).
///
/// Operations are written as the format writes them, multiplicatively.
///
/// There are two kinds of power, and mixing them up is a leak. Those named *public* take time that depends on their
/// input: they are for what anyone may see, above all verification. ``secretPower(of:to:)`` takes the same steps
/// and reads the same places of memory whatever the exponent is: it is for keys, randomness and choices.
public protocol VotingGroup: Sendable {
    /// An element, or something of the same shape that ``hasGroupOrder(_:)`` was not asked about yet.
    associatedtype Element: Equatable, Sendable
    /// An exponent: a number below *q*.
    associatedtype Scalar: GroupScalar
    /// An element that is raised to many public exponents, with its powers at hand.
    associatedtype FixedBase: Sendable

    /// The name that `election.json` gives it: "BELENIOS-2048".
    static var name: String { get }
    /// The element 1.
    static var identity: Element { get }
    /// The element *g*.
    static var generator: Element { get }
    /// The powers of *g*, prepared once for the process.
    static var generatorPowers: FixedBase { get }

    /// Reads `S(x)` strictly. Whether the element has order *q* is not asked here, for it costs a power.
    static func element(reading text: ArraySlice<UInt8>) throws(NumberFault) -> Element
    /// Writes `S(x)` of each element. Many at once are cheaper than one by one.
    static func texts(of elements: [Element]) -> [[UInt8]]
    /// Whether `x` comes before `y` where the format sorts elements.
    static func precedes(_ x: Element, _ y: Element) -> Bool

    /// The product of two elements.
    static func product(_ x: Element, _ y: Element) -> Element
    /// The inverse of an element of order *q*. Variable time.
    static func publicInverse(of x: Element) -> Element

    /// Prepares the powers of a public element.
    static func fixedBase(_ x: Element) -> FixedBase
    /// A power of a prepared element. Variable time.
    static func publicPower(of base: FixedBase, to exponent: Scalar) -> Element
    /// Several powers of one element, which share their squarings. Variable time.
    static func publicPowers(of x: Element, to exponents: [Scalar]) -> [Element]
    /// The same powers if the element has order *q*, and `nil` otherwise; the test shares the squarings too.
    static func publicPowersTestingOrder(of x: Element, to exponents: [Scalar]) -> [Element]?

    /// A power whose exponent is a secret. Constant time; the element is public and has order *q*.
    static func secretPower(of x: Element, to exponent: Scalar) -> Element
}

extension VotingGroup {
    /// Whether x^q = 1, which with a text that could be read makes the `ok(x)` of the format.
    public static func hasGroupOrder(_ x: Element) -> Bool {
        publicPowersTestingOrder(of: x, to: []) != nil
    }

    /// Reads `S(x)` and tests the order: `ok(x)`.
    public static func member(reading text: ArraySlice<UInt8>) throws(NumberFault) -> Element {
        let element = try element(reading: text)
        guard hasGroupOrder(element) else { throw .outOfRange }
        return element
    }

    /// Writes `S(x)`.
    public static func text(of x: Element) -> [UInt8] {
        texts(of: [x])[0]
    }

    /// The index of the first element that stands before already, `nil` where all are different.
    static func firstRepeated(_ elements: [Element]) -> Int? {
        var seen: Set<[UInt8]> = []
        return texts(of: elements).firstIndex { !seen.insert($0).inserted }
    }

    /// One power of an element. Variable time.
    public static func publicPower(of x: Element, to exponent: Scalar) -> Element {
        publicPowers(of: x, to: [exponent])[0]
    }

    /// A power to an exponent that is not negative, in as many steps as that has bits: for small ones, since the other
    /// powers take all squarings of the longest. Variable time.
    static func publicPower(of x: Element, toSmall exponent: Int) -> Element {
        var power = identity
        for bit in stride(from: Int.bitWidth - 1 - exponent.leadingZeroBitCount, through: 0, by: -1) {
            power = product(power, power)
            if exponent >> bit & 1 == 1 { power = product(power, x) }
        }
        return power
    }

    /// g^exponent in constant time.
    public static func secretPower(to exponent: Scalar) -> Element {
        secretPower(of: generator, to: exponent)
    }

    /// `H(prefix; e1, …, en)` of §4.1, from the texts of the elements.
    static func challenge(_ prefix: [UInt8], _ texts: ArraySlice<[UInt8]>) -> Scalar {
        var hash = HashDigestBuilder()
        hash.append(prefix)
        var separator: [UInt8] = []
        for text in texts {
            hash.append(separator + text)
            separator = [UInt8(ascii: ",")]
        }
        return Scalar(reducingBigEndian: hash.digest.bytes)
    }
}

/// Why a text is no number or no element.
public enum NumberFault: Error, Hashable, Sendable {
    /// Nothing is written like this: a sign, a leading zero, another alphabet or length.
    case malformed
    /// The number is not below its bound, or no element of the group belongs to it.
    case outOfRange
}
