/// `Ed25519`: the subgroup of prime order of the points of edwards25519 (§4.2), for large elections.
///
/// The curve has eight times as many points, so the order of an element has to be tested.
public enum Ed25519: VotingGroup {
    /// A point of the curve.
    public struct Element: Equatable, Sendable {
        let point: EdwardsPoint
    }

    /// A number modulo *q*.
    public typealias Scalar = Scalar256<Ed25519Order>
    /// A point with a table of its multiples.
    public typealias FixedBase = EdwardsFixedBase

    /// "Ed25519".
    public static var name: String { "Ed25519" }
    /// The neutral point.
    public static let identity = Element(point: .identity)
    /// The base point of RFC 8032: y = 4/5, x even.
    public static let generator = Element(point: basePoint)
    /// The multiples of the base point.
    public static let generatorPowers = fixedBase(generator)

    private static let basePoint: EdwardsPoint = {
        let x = FieldElement(
            1_738_742_601_995_546, 1_146_398_526_822_698, 2_070_867_633_025_821, 562_264_141_797_630,
            587_772_402_128_613)
        let y = FieldElement(
            1_801_439_850_948_184, 1_351_079_888_211_148, 450_359_962_737_049, 900_719_925_474_099,
            1_801_439_850_948_198)
        return EdwardsPoint(x: x, y: y, z: .one, t: x * y)
    }()
    private static let orderDigits = EdwardsPowers.digits(of: Ed25519Order.words)
}

/// The order of `Ed25519`: 2^252 + 27742317777372353535851937790883648493.
public enum Ed25519Order: ScalarModulus {
    /// *q*.
    public static var order: Words256 {
        [0x5812_631A_5CF5_D3ED, 0x14DE_F9DE_A2F7_9CD6, 0, 0x1000_0000_0000_0000]
    }
    /// −q⁻¹ mod 2^64.
    public static var negatedInverse: UInt64 { 0xD2B5_1DA3_1254_7E1B }
    /// 2^512 mod *q*.
    public static var radixSquared: Words256 {
        [
            0xA406_11E3_449C_0F01, 0xD00E_1BA7_6885_9347, 0xCEEC_73D2_17F5_BE65, 0x0399_411B_7C30_9A3D,
        ]
    }
}

extension Ed25519 {
    /// Reads y + 2^255·(x mod 2) from 64 small hexadecimal digits, the most significant first: the bytes of RFC 8032
    /// backwards. A y that is not below 2^255 − 19 is refused, and so is an x of −0.
    public static func element(
        reading text: ArraySlice<UInt8>
    ) throws(NumberFault) -> Element {
        guard text.count == 64 else { throw .malformed }
        var words: [UInt64] = [0, 0, 0, 0]
        for (place, character) in text.enumerated() {
            guard let digit = hexadecimalDigit(character) else { throw .malformed }
            words[3 - place / 16] = words[3 - place / 16] << 4 | digit
        }
        let xIsOdd = words[3] >> 63 == 1
        words[3] &= UInt64.max >> 1
        let y = FieldElement(words: words)
        guard y.words == words, let point = EdwardsPoint(y: y, xIsOdd: xIsOdd) else { throw .outOfRange }
        return Element(point: point)
    }

    private static func hexadecimalDigit(_ character: UInt8) -> UInt64? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(character - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(character - UInt8(ascii: "a") + 10)
        default: nil
        }
    }

    /// Writes points as 64 hexadecimal digits, for one inversion in all.
    public static func texts(of elements: [Element]) -> [[UInt8]] {
        encodings(of: elements).map { words in
            (0..<64).map { place in
                let digit = words[3 - place / 16] >> UInt64(60 - 4 * (place % 16)) & 15
                return digit < 10
                    ? UInt8(ascii: "0") + UInt8(digit) : UInt8(ascii: "a") + UInt8(digit - 10)
            }
        }
    }

    private static func encodings(of elements: [Element]) -> [[UInt64]] {
        let inverses = FieldElement.inverses(of: elements.map(\.point.z))
        return zip(elements, inverses).map { element, inverse in
            var words = (element.point.y * inverse).words
            if (element.point.x * inverse).isOdd { words[3] |= 1 << 63 }
            return words
        }
    }

    /// By the bytes of RFC 8032, from the first.
    public static func precedes(_ x: Element, _ y: Element) -> Bool {
        let encodings = encodings(of: [x, y]).map { $0.map(\.byteSwapped) }
        return encodings[0].lexicographicallyPrecedes(encodings[1])
    }

    /// The sum of two points.
    public static func product(_ x: Element, _ y: Element) -> Element {
        Element(point: x.point + y.point)
    }

    /// The point with −x.
    public static func publicInverse(of x: Element) -> Element {
        var inverse = EdwardsPoint.identity
        inverse.add(PreparedPoint(x.point), negated: true)
        return Element(point: inverse)
    }

    /// Makes the table of a point's multiples: 4,000 additions.
    public static func fixedBase(_ x: Element) -> EdwardsFixedBase {
        EdwardsFixedBase(x.point)
    }

    /// 32 additions.
    public static func publicPower(of base: EdwardsFixedBase, to exponent: Scalar) -> Element {
        Element(point: base.power(to: exponent.words))
    }

    /// 252 doublings, and for each exponent some 50 additions.
    public static func publicPowers(of x: Element, to exponents: [Scalar]) -> [Element] {
        powers(of: x, digits: exponents.map { EdwardsPowers.digits(of: $0.words) })
    }

    /// 252 doublings, for each exponent some 50 additions, and 30 for the test.
    public static func publicPowersTestingOrder(of x: Element, to exponents: [Scalar]) -> [Element]? {
        var powers = powers(
            of: x, digits: exponents.map { EdwardsPowers.digits(of: $0.words) } + [orderDigits])
        guard let test = powers.popLast(), test.point.isIdentity else { return nil }
        return powers
    }

    private static func powers(of x: Element, digits: [[Int8]]) -> [Element] {
        EdwardsPowers.powers(of: x.point, digits: digits).map { Element(point: $0) }
    }

    /// 256 doublings and 64 additions in Swift, with one read of a whole table each.
    public static func secretPower(of x: Element, to exponent: Scalar) -> Element {
        Element(point: EdwardsPowers.secretPower(of: x.point, to: exponent.words))
    }
}
