/// Public exponents as few digits that are odd or zero, each with the power of two it stands at.
enum SlidingWindow {
    /// Digits of which `exponent` = Σ digit_i · 2^i, each zero or odd and below 2^`width`.
    static func digits(of exponent: [UInt64], width: Int) -> [Int8] {
        let bits = 64 * exponent.count
        var digits = [Int8](repeating: 0, count: bits)
        var position = 0
        while position < bits {
            let window = bitField(of: exponent, at: position, width: width)
            if window & 1 == 0 {
                position += 1
            } else {
                digits[position] = Int8(window)
                position += width
            }
        }
        return digits
    }

    /// Digits of which `exponent` = Σ digit_i · 2^i, each zero or odd with an absolute value below 2^(`width` − 1):
    /// fewer than ``digits(of:width:)`` gives, for groups where an inverse costs nothing. There is one place more
    /// than `exponent` has bits.
    static func signedDigits(of exponent: [UInt64], width: Int) -> [Int8] {
        let bits = 64 * exponent.count
        var digits = [Int8](repeating: 0, count: bits + 1)
        var position = 0
        var carry = 0
        while position <= bits {
            let window = bitField(of: exponent, at: position, width: width) + carry
            if window & 1 == 0 {
                position += 1
                continue
            }
            carry = window >= 1 << (width - 1) ? 1 : 0
            digits[position] = Int8(window - carry << width)
            position += width
        }
        return digits
    }

    /// Some bits of a number, from a position on.
    static func bitField(of number: [UInt64], at position: Int, width: Int) -> Int {
        let (word, bit) = (position / 64, UInt64(position % 64))
        guard word < number.count else { return 0 }
        var field = number[word] >> bit
        if bit > 0, word + 1 < number.count { field |= number[word + 1] << (64 - bit) }
        return Int(field & (1 << UInt64(width) - 1))
    }
}
