import BigInt
import Testing

@testable import Elections

@Suite struct FractionTests {
    @Test func `comparing needs more than 128 bits and has them`() throws {
        var (seed, random) = Seeded.printingSeed("fractions")
        func number() -> UInt128 {
            let bits = UInt128(random.next()) << 64 | UInt128(random.next())
            return bits >> UInt128.random(in: 0..<128, using: &random)
        }
        for _ in 0..<4000 {
            let (first, second) = (
                Fraction(number(), over: number() | 1),
                random.chance(1, of: 20) ? Fraction(3, over: 7) : Fraction(number(), over: number() | 1)
            )
            let left = BigUInt(first.numerator) * BigUInt(second.denominator)
            let right = BigUInt(second.numerator) * BigUInt(first.denominator)
            #expect((first < second) == (left < right), "seed \(seed): \(first) \(second)")
            #expect((first == second) == (left == right), "seed \(seed): \(first) \(second)")
            #expect(
                BigUInt(first.numerator).greatestCommonDivisor(with: BigUInt(first.denominator)) == 1,
                "seed \(seed): \(first)")
        }
    }

    @Test(arguments: [
        ("1/2", "1/2"), ("2/4", "1/2"), ("0", "0/1"), ("0/5", "0/1"), ("3", "3/1"), ("007/2", "7/2"),
    ])
    func `a fraction is read and printed in lowest terms`(text: String, printed: String) throws {
        #expect(try #require(Fraction(text)).description == printed)
    }

    @Test(arguments: [
        "", "/", "1/", "/2", "1/0", "0/0", "-1/2", "+1/2", "1/-2", " 1/2", "1/2 ", "1 / 2", "0.5", "50%",
        "1/2/3",
        "½", "١/٢", "1e2", "340282366920938463463374607431768211456",
    ])
    func `what is no fraction is not read as one`(text: String) {
        #expect(Fraction(text) == nil)
    }
}
