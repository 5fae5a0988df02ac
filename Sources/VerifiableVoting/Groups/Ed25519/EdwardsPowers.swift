/// Multiples of a point, which the group writes as powers.
enum EdwardsPowers {
    private static let width = 5
    private static let bucketCount = 1 << (width - 2)

    /// The digits in which ``powers(of:digits:)`` takes an exponent.
    static func digits(of exponent: [UInt64]) -> [Int8] {
        SlidingWindow.signedDigits(of: exponent, width: width)
    }

    /// The powers of one point to several public exponents. Variable time.
    ///
    /// From the right to the left, as ``MontgomeryPowers`` does, with negative digits, as a point is negated for
    /// nothing.
    static func powers(of base: EdwardsPoint, digits: [[Int8]]) -> [EdwardsPoint] {
        let length = 1 + (digits.compactMap { $0.lastIndex { $0 != 0 } }.max() ?? -1)
        var isUsed = [Bool](repeating: false, count: length + 1)
        for digits in digits {
            for position in 0..<length where digits[position] != 0 { isUsed[position] = true }
        }
        var buckets = Buckets(count: digits.count * bucketCount)
        var double = base
        for position in 0..<length {
            if isUsed[position] {
                let term = PreparedPoint(double)
                for exponent in digits.indices {
                    let digit = Int(digits[exponent][position])
                    guard digit != 0 else { continue }
                    buckets.add(
                        double, term, to: exponent * bucketCount + abs(digit) / 2, negated: digit < 0)
                }
            }
            double.double(forAddition: isUsed[position + 1])
        }
        return digits.indices.map { buckets.power(from: $0 * bucketCount, count: bucketCount) }
    }

    /// Sums of points, of which some may be empty.
    private struct Buckets {
        private var sums: [EdwardsPoint]
        private var isFilled: [Bool]

        init(count: Int) {
            sums = Array(repeating: .identity, count: count)
            isFilled = Array(repeating: false, count: count)
        }

        @inline(__always)
        mutating func add(_ point: EdwardsPoint, _ prepared: PreparedPoint, to place: Int, negated: Bool) {
            if isFilled[place] {
                sums[place].add(prepared, negated: negated)
            } else {
                sums[place] = negated ? point.negated : point
                isFilled[place] = true
            }
        }

        /// Π bucket_k^(2k+1) = (Π bucket_k^k)² · Π bucket_k, where the first product is that of the partial products
        /// of the second, from the last bucket to the bucket 1.
        func power(from first: Int, count: Int) -> EdwardsPoint {
            var running = sums[first + count - 1]
            var total = running
            for place in (first..<first + count - 1).reversed() {
                if isFilled[place] { running = running + sums[place] }
                if place > first { total = total + running }
            }
            return total.doubled() + running
        }
    }

    /// A power whose exponent is a secret below 2^253. Constant time.
    ///
    /// Windows of four bits from the left; each reads the whole table and keeps one entry by masks.
    static func secretPower(of base: EdwardsPoint, to exponent: [UInt64]) -> EdwardsPoint {
        let step = PreparedPoint(base)
        var table = [PreparedPoint.identity, step]
        var multiple = base
        for _ in 2..<16 {
            multiple = multiple + step
            table.append(PreparedPoint(multiple))
        }
        var power = EdwardsPoint.identity
        for window in (0..<64).reversed() {
            for _ in 0..<4 { power = power.doubled() }
            let digit = exponent[window / 16] >> UInt64(4 * (window % 16)) & 15
            var entry = PreparedPoint.identity
            for index in 1..<16 {
                entry.replace(by: table[index], mask: allOnesIfEqual(digit, UInt64(index)))
            }
            power = power + entry
        }
        return power
    }

    /// All ones if two numbers below 2^63 are equal, and 0 otherwise.
    private static func allOnesIfEqual(_ x: UInt64, _ y: UInt64) -> UInt64 {
        0 &- ((x ^ y) &- 1) >> 63
    }
}

/// A point with its multiples d·2^(7i), for 1 ≤ d ≤ 64 and 37 places i.
///
/// 37 additions then make a power: digits from −63 to 64. The table has 284 KB, so that those of *g* and *y* stay in
/// a core's cache together.
public struct EdwardsFixedBase: Sendable {
    private static let width = 7
    private static let places = 37
    private static let digits = 1 << (width - 1)

    private let table: [PreparedAffinePoint]

    init(_ base: EdwardsPoint) {
        var points: [EdwardsPoint] = []
        points.reserveCapacity(Self.places * Self.digits)
        var step = base
        for _ in 0..<Self.places {
            let prepared = PreparedPoint(step)
            var multiple = step
            for _ in 1..<Self.digits {
                points.append(multiple)
                multiple = multiple + prepared
            }
            points.append(multiple)
            step = multiple.doubled()
        }
        let inverses = FieldElement.inverses(of: points.map(\.z))
        table = zip(points, inverses).map { PreparedAffinePoint(x: $0.x * $1, y: $0.y * $1) }
    }

    /// The power to a public exponent below 2^253. Variable time.
    func power(to exponent: [UInt64]) -> EdwardsPoint {
        var power = EdwardsPoint.identity
        var carry = 0
        for place in 0..<Self.places {
            let field = SlidingWindow.bitField(of: exponent, at: Self.width * place, width: Self.width)
            var digit = field + carry
            carry = digit > Self.digits ? 1 : 0
            digit -= carry << Self.width
            guard digit != 0 else { continue }
            power.add(table[place * Self.digits + abs(digit) - 1], negated: digit < 0)
        }
        return power
    }
}
