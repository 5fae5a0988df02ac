/// `BELENIOS-2048`: the subgroup of 256-bit order of the integers modulo a prime of 2048 bits (§4.2).
///
/// The order of an element has to be tested, for (p − 1)/q has small factors too.
public enum Belenios2048: VotingGroup {
    /// An integer modulo *p*, in Montgomery's form.
    public struct Element: Equatable, Sendable {
        let words: [UInt64]
    }

    /// A number modulo *q*.
    public typealias Scalar = Scalar256<Belenios2048Order>
    /// An element with a table of its powers.
    public typealias FixedBase = MontgomeryFixedBase

    /// "BELENIOS-2048".
    public static var name: String { "BELENIOS-2048" }
    /// 1.
    public static var identity: Element { Element(words: modulus.one) }
    /// *g*.
    public static let generator = element(
        plain: [
            0xCF28_4308_F1D7_E653, 0x41E1_C91F_E382_3F4B, 0x743D_663F_42D8_53C0, 0x47AA_680D_4377_1902,
            0xAC63_8F5F_3410_0D2D, 0xB7AE_FF04_867D_8724, 0x3AC8_B72F_D04E_0991, 0x2212_7B6C_BBA4_4D45,
            0x3731_AE42_68D6_0D7F, 0xC4FF_49B1_964C_4A91, 0xD2DD_E0CE_514E_0927, 0x60A7_EA57_4A61_F552,
            0xF74B_7A16_15A2_74BA, 0x1B9E_519E_DCEE_8BB0, 0x65F3_97C6_B870_DF8C, 0x6AEF_1BE3_65FD_D901,
            0xDF9C_2458_570B_06D2, 0x88FD_B1A3_381A_697F, 0x8FE5_FB9C_F9FD_B8EA, 0x643E_673F_D9D2_15FC,
            0xFD4F_10D5_B1A3_56A8, 0xD4BC_04E2_9F37_48AE, 0x301B_8942_3682_3FE1, 0x541E_5219_E0D0_D094,
            0x8262_EE68_A0E9_2CEA, 0xD9D8_976F_01D9_5A1C, 0x5A9D_FD00_1D26_BA31, 0x988B_98C2_5959_7F9C,
            0xE781_878A_5223_0A51, 0x31FD_1C58_07B6_1FB1, 0xD7CA_A3A7_8A42_415E, 0x1307_C1AB_5F29_5885,
        ])
    /// The powers of *g*.
    public static let generatorPowers = fixedBase(generator)

    /// The integers modulo *p*.
    static let modulus = MontgomeryModulus(
        words: [
            0xD9CE_C415_7646_E64F, 0x1E59_E0E6_351E_051E, 0xB44F_6CEF_17D7_0730, 0x878A_FFA2_375E_2999,
            0x6A4C_CFA0_4EE4_008F, 0x555B_C810_941E_021B, 0xCB5D_E0AC_F66A_3882, 0x0E79_92D0_F18C_C759,
            0x82D8_C319_11AC_DD4A, 0xE3FA_DA9E_0108_40D0, 0x9AA8_5994_11D9_98D3, 0x7F18_FB1A_8BC8_5827,
            0xBBB2_9C9E_C309_9B60, 0x6B00_6517_D6F6_747E, 0xD722_9ABE_93A1_88B4, 0xA3E1_4DFA_9B21_62F4,
            0x6B4F_E17D_8D47_E843, 0x7EBC_15A3_49FA_318A, 0x0A40_91D8_FA44_7F6C, 0x0743_5012_768A_2CDD,
            0x27A5_022D_DD89_12D1, 0x3FB8_C3AA_BFFF_12CE, 0x30C6_E82A_C36D_E1AE, 0x07DD_973F_9C53_E509,
            0xA2F8_5E0F_B11C_0EDE, 0x06E0_92A4_95AF_8D79, 0x421F_514E_D40B_FD4C, 0x1E6D_3685_6B42_8030,
            0x2791_811D_21FC_35F2, 0xB7DC_7EF3_A791_B686, 0xE39E_568F_CCDF_FB0F, 0xA3EF_2D01_1FEF_B1B6,
        ])
    private static let orderDigits = MontgomeryPowers.digits(of: Belenios2048Order.words)
}

/// The order of `BELENIOS-2048`: 78571733251071885079927659812671450121821421258408794611510081919805623223441.
public enum Belenios2048Order: ScalarModulus {
    /// *q*.
    public static var order: Words256 {
        [
            0xE202_6338_7D55_C491, 0xF0FA_90C2_168B_C709,
            0xF4DA_A0F2_579D_B7F2, 0xADB6_066A_7352_2565,
        ]
    }
    /// −q⁻¹ mod 2^64.
    public static var negatedInverse: UInt64 { 0x27FD_9552_BDF1_838F }
    /// 2^512 mod *q*.
    public static var radixSquared: Words256 {
        [
            0x86F9_7F21_E709_E1E9, 0x7DC1_A384_A29B_91B0,
            0x0AD5_8BC1_DBA6_F5C0, 0x8668_3023_35C7_B5BB,
        ]
    }
}

extension ScalarModulus {
    /// *q* as an array of words.
    static var words: [UInt64] { [order[0], order[1], order[2], order[3]] }

    /// Adds 2*q* to a number of four words and writes the sum in five.
    static func addingTwice(to words: [UInt64]) -> [UInt64] {
        var carry: UInt128 = 0
        let sum = words.indices.map { index in
            carry += UInt128(words[index]) + 2 * UInt128(order[index])
            defer { carry >>= 64 }
            return UInt64(truncatingIfNeeded: carry)
        }
        return sum + [UInt64(truncatingIfNeeded: carry)]
    }
}

extension Belenios2048 {
    /// Reads an integer in base 10 below *p*.
    public static func element(
        reading text: ArraySlice<UInt8>
    ) throws(NumberFault) -> Element {
        let plain = try DecimalNumber.words(reading: text, wordCount: MontgomeryModulus.wordCount)
        guard precedes(plain, modulus.words) else { throw .outOfRange }
        return element(plain: plain)
    }

    /// Writes integers in base 10.
    public static func texts(of elements: [Element]) -> [[UInt8]] {
        plainWords(of: elements).map { DecimalNumber.text(of: $0) }
    }

    /// Whether `x` is the smaller integer.
    public static func precedes(_ x: Element, _ y: Element) -> Bool {
        let plain = plainWords(of: [x, y])
        return precedes(plain[0], plain[1])
    }

    private static func precedes(_ x: [UInt64], _ y: [UInt64]) -> Bool {
        x.reversed().lexicographicallyPrecedes(y.reversed())
    }

    private static func element(plain: [UInt64]) -> Element {
        let registers = Registers(count: 1)
        MontgomeryModulus.load(plain, into: registers[0])
        modulus.enter(registers[0], registers.scratch)
        return Element(words: MontgomeryModulus.words(of: registers[0]))
    }

    private static func plainWords(of elements: [Element]) -> [[UInt64]] {
        let registers = Registers(count: 1)
        return elements.map { element in
            MontgomeryModulus.load(element.words, into: registers[0])
            modulus.leave(registers[0], registers.scratch)
            return MontgomeryModulus.words(of: registers[0])
        }
    }

    /// The product modulo *p*.
    public static func product(_ x: Element, _ y: Element) -> Element {
        let registers = Registers(count: 2)
        MontgomeryModulus.load(x.words, into: registers[0])
        MontgomeryModulus.load(y.words, into: registers[1])
        modulus.multiply(registers[0], registers[1], into: registers[0], registers.scratch)
        return Element(words: MontgomeryModulus.words(of: registers[0]))
    }

    /// The power to *q* − 1.
    public static func publicInverse(of x: Element) -> Element {
        publicPower(of: x, to: .minusOne)
    }

    /// Makes the table of an element's powers: 8,000 multiplications.
    public static func fixedBase(_ x: Element) -> MontgomeryFixedBase {
        MontgomeryFixedBase(x.words, modulus: modulus, exponentWords: 4)
    }

    /// 31 multiplications.
    public static func publicPower(of base: MontgomeryFixedBase, to exponent: Scalar) -> Element {
        Element(words: base.power(to: exponent.words))
    }

    /// 256 squarings, and for each exponent some 58 multiplications.
    public static func publicPowers(of x: Element, to exponents: [Scalar]) -> [Element] {
        powers(of: x, digits: exponents.map { MontgomeryPowers.digits(of: $0.words) })
    }

    /// 256 squarings, and for each exponent and the test some 58 multiplications.
    public static func publicPowersTestingOrder(of x: Element, to exponents: [Scalar]) -> [Element]? {
        var powers = powers(
            of: x, digits: exponents.map { MontgomeryPowers.digits(of: $0.words) } + [orderDigits])
        guard powers.popLast() == identity else { return nil }
        return powers
    }

    private static func powers(of x: Element, digits: [[Int8]]) -> [Element] {
        var powers = MontgomeryPowers(modulus: modulus, exponentCount: digits.count)
        return powers.powers(of: x.words, digits: digits).map { Element(words: $0) }
    }

    /// OpenSSL's power in constant time, of an element of order *q*.
    ///
    /// The exponent is raised by 2*q*, so that it has five words whatever it was: OpenSSL takes its time from their
    /// number, and a vote is an exponent of 0 or 1.
    public static func secretPower(of x: Element, to exponent: Scalar) -> Element {
        let registers = Registers(count: 3)
        MontgomeryModulus.load(x.words, into: registers[0])
        modulus.leave(registers[0], registers.scratch)
        MontgomeryModulus.load(Belenios2048Order.addingTwice(to: exponent.words), into: registers[1])
        modulus.secretPower(of: registers[0], to: registers[1], into: registers[2], registers.scratch)
        modulus.enter(registers[2], registers.scratch)
        return Element(words: MontgomeryModulus.words(of: registers[2]))
    }
}
