/// Bytes as hexadecimal digits, two a byte.
public enum Hex {
    /// The digits of some bytes, in small letters as PostgreSQL and `sha256sum` print them.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(2 * bytes.underestimatedCount)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 0x0F)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The beginning of a long text of digits in two groups of five, «3f9a2 c41b7»: short enough to be read aloud and
    /// compared by ear, while the whole text stands in the record. It tells two seals apart and proves nothing by
    /// itself.
    public static func spoken(_ digits: String) -> String {
        "\(digits.prefix(5)) \(digits.dropFirst(5).prefix(5))"
    }

    /// The bytes of a text of digits in small or capital letters, `nil` for any other text.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count / 2)
        var high: UInt8?
        for character in text.utf8 {
            let value: UInt8
            switch character {
            case 0x30...0x39: value = character - 0x30
            case 0x41...0x46: value = character - 0x41 + 10
            case 0x61...0x66: value = character - 0x61 + 10
            default: return nil
            }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return high == nil ? bytes : nil
    }
}
