/// An exact fraction that is not negative, in lowest terms: quotients, residues and shares of votes.
///
/// The numbers of a count reach 10¹², so their products by seats and by a threshold's terms stay below
/// 10³⁶ and fit 128 bits. Comparing two fractions needs 256 bits, which the full-width product gives.
public struct Fraction: Hashable, Sendable {
    /// The part above the bar.
    public let numerator: UInt128
    /// The part below the bar; positive.
    public let denominator: UInt128

    /// The fraction of two numbers, the denominator positive, as in any division.
    init(_ numerator: UInt128, over denominator: UInt128) {
        let divisor = Self.greatestCommonDivisor(numerator, denominator)
        self.numerator = numerator / divisor
        self.denominator = denominator / divisor
    }

    /// A share such as one half: `Fraction(1, of: 2)`.
    ///
    /// - Returns: `nil` where the numerator is negative or the denominator not positive.
    public init?(_ numerator: Int, of denominator: Int) {
        guard numerator >= 0, denominator > 0 else { return nil }
        self.init(UInt128(numerator), over: UInt128(denominator))
    }

    /// A whole number; one below 0 is taken as 0.
    init(whole number: Int) {
        numerator = UInt128(max(0, number))
        denominator = 1
    }

    private static func greatestCommonDivisor(_ left: UInt128, _ right: UInt128) -> UInt128 {
        var (left, right) = (left, right)
        while right != 0 {
            // Divisions of 128 bits are a call; nearly all numbers of a count fit 64 bits.
            if let narrowLeft = UInt64(exactly: left), let narrowRight = UInt64(exactly: right) {
                return UInt128(greatestCommonDivisor(narrowLeft, narrowRight))
            }
            (left, right) = (right, left % right)
        }
        return left
    }

    private static func greatestCommonDivisor(_ left: UInt64, _ right: UInt64) -> UInt64 {
        var (left, right) = (left, right)
        while right != 0 { (left, right) = (right, left % right) }
        return left
    }
}

extension Fraction: Comparable {
    /// Whether one fraction is smaller than another, exactly.
    public static func < (left: Self, right: Self) -> Bool {
        let first = left.numerator.multipliedFullWidth(by: right.denominator)
        let second = right.numerator.multipliedFullWidth(by: left.denominator)
        return (first.high, first.low) < (second.high, second.low)
    }
}

extension Fraction: LosslessStringConvertible {
    /// The fraction in lowest terms with its bar, also where it is whole: `40/1`, `100/3`.
    public var description: String { "\(numerator.digits)/\(denominator.digits)" }

    /// Reads `1/2`, or `2` for `2/1`: digits alone, without sign, blanks or decimals.
    public init?(_ description: String) {
        let terms = description.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let isNumber = { (term: Substring.UTF8View) in
            !term.isEmpty && term.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
        guard (1...2).contains(terms.count), terms.allSatisfy(isNumber),
            let numerator = UInt128(Substring(terms[0])),
            let denominator = terms.count == 1 ? 1 : UInt128(Substring(terms[1])), denominator > 0
        else { return nil }
        self.init(numerator, over: denominator)
    }
}

extension FixedWidthInteger {
    /// The decimal digits. Printing 128 bits divides by a call for each digit, and few numbers need them.
    var digits: String { UInt64(exactly: self).map { String($0) } ?? String(self) }
}
