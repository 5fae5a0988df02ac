import COpenSSL

/// Powers to public exponents modulo 2048 bits. Variable time.
struct MontgomeryPowers: ~Copyable {
    private static let width = 4
    private static let bucketCount = 1 << (width - 1)

    private let modulus: MontgomeryModulus
    private let registers: Registers
    private let exponentCount: Int
    private var isFilled: [Bool]

    /// Room for the powers of one element after the other, `exponentCount` each.
    init(modulus: MontgomeryModulus, exponentCount: Int) {
        self.modulus = modulus
        self.exponentCount = exponentCount
        registers = Registers(count: 3 + exponentCount * Self.bucketCount)
        isFilled = Array(repeating: false, count: exponentCount * Self.bucketCount)
    }

    /// The digits in which this takes an exponent.
    static func digits(of exponent: [UInt64]) -> [Int8] {
        SlidingWindow.digits(of: exponent, width: width)
    }

    /// The powers of `base`, whose exponents come as digits.
    ///
    /// From the right to the left (Yao, «On the evaluation of powers», 1976): the squarings of the base are
    /// done once for all exponents. Each exponent collects the product of the squares at which it has the digit d
    /// in bucket d; its power is Π bucket_d^d.
    mutating func powers(of base: [UInt64], digits: [[Int8]]) -> [[UInt64]] {
        isFilled = Array(repeating: false, count: isFilled.count)
        let square = registers[0]
        MontgomeryModulus.load(base, into: square)
        let length = digits.map(\.count).max() ?? 0
        for position in 0..<length {
            for (exponent, digits) in digits.enumerated() where digits[position] != 0 {
                collect(square, exponent: exponent, digit: Int(digits[position]))
            }
            if position < length - 1 { multiply(square, square, into: square) }
        }
        return digits.indices.map { power(exponent: $0) }
    }

    private func bucket(_ exponent: Int, _ index: Int) -> OpaquePointer {
        registers[3 + exponent * Self.bucketCount + index]
    }

    private func multiply(_ x: OpaquePointer, _ y: OpaquePointer, into result: OpaquePointer) {
        modulus.multiply(x, y, into: result, registers.scratch)
    }

    private mutating func collect(_ square: OpaquePointer, exponent: Int, digit: Int) {
        let place = exponent * Self.bucketCount + digit / 2
        let bucket = bucket(exponent, digit / 2)
        if isFilled[place] {
            multiply(bucket, square, into: bucket)
        } else {
            _ = OpenSSL.allocated(BN_copy(bucket, square))
            isFilled[place] = true
        }
    }

    /// Π bucket_k^(2k+1) = (Π bucket_k^k)² · Π bucket_k, where the first product is that of the partial products
    /// of the second, from the last bucket to the bucket 1.
    private func power(exponent: Int) -> [UInt64] {
        let (running, total) = (registers[1], registers[2])
        MontgomeryModulus.load(modulus.one, into: running)
        MontgomeryModulus.load(modulus.one, into: total)
        for index in (0..<Self.bucketCount).reversed() {
            if isFilled[exponent * Self.bucketCount + index] {
                multiply(running, bucket(exponent, index), into: running)
            }
            if index > 0 { multiply(total, running, into: total) }
        }
        multiply(total, total, into: total)
        multiply(total, running, into: total)
        return MontgomeryModulus.words(of: total)
    }
}

/// An element with base^(d·256^i) for each digit d and place i of an exponent.
///
/// One multiplication for each octet of the exponent then makes a power. For 256 bits the table has 2 MB.
public final class MontgomeryFixedBase: Sendable {
    private static let digits = 255

    private let places: Int
    private let modulus: MontgomeryModulus
    // Written only in the initializer, and read by OpenSSL without being changed.
    private nonisolated(unsafe) let table: [OpaquePointer]

    /// Computes the table for exponents of so many words of 64 bits.
    init(_ base: [UInt64], modulus: MontgomeryModulus, exponentWords: Int) {
        self.modulus = modulus
        places = 8 * exponentWords
        let registers = Registers(count: 1)
        let step = registers[0]
        MontgomeryModulus.load(base, into: step)
        var table: [OpaquePointer] = []
        for _ in 0..<places {
            var last = step
            table.append(OpenSSL.allocated(BN_dup(step)))
            for _ in 1..<Self.digits {
                let next = OpenSSL.allocated(BN_new())
                modulus.multiply(last, step, into: next, registers.scratch)
                table.append(next)
                last = next
            }
            modulus.multiply(last, step, into: step, registers.scratch)
        }
        self.table = table
    }

    deinit {
        for number in table { BN_free(number) }
    }

    /// A power of the element. Variable time.
    func power(to exponent: [UInt64]) -> [UInt64] {
        let registers = Registers(count: 1)
        let product = registers[0]
        MontgomeryModulus.load(modulus.one, into: product)
        var isOne = true
        for place in 0..<places {
            let digit = Int(exponent[place / 8] >> UInt64(8 * (place % 8)) & 0xFF)
            guard digit > 0 else { continue }
            let factor = table[place * Self.digits + digit - 1]
            if isOne {
                _ = OpenSSL.allocated(BN_copy(product, factor))
                isOne = false
            } else {
                modulus.multiply(product, factor, into: product, registers.scratch)
            }
        }
        return MontgomeryModulus.words(of: product)
    }
}
