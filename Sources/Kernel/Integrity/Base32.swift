/// Bytes as letters and digits that can be read aloud and copied by hand (D. Crockford's Base32): no I, L, O or U, so
/// that none is taken for 1 or 0.
public enum Base32 {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// The code of some bytes, five bits a sign from the highest on; the bits that the last sign lacks are zeros.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        var buffer = 0
        var bits = 0
        for byte in bytes {
            buffer = buffer << 8 | Int(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[buffer >> bits & 0x1F])
            }
            buffer &= 0x1F
        }
        if bits > 0 { text.append(alphabet[buffer << (5 - bits) & 0x1F]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a code as it is typed: letters of any case, `O` for 0, `I` and `L` for 1, spaces and hyphens
    /// anywhere.
    ///
    /// `nil` where a sign is none of these, or the code is not one that ``encode(_:)`` writes: of a wrong length, or with
    /// bits after the last byte.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = 0
        var bits = 0
        for sign in text.uppercased().utf8 where sign != UInt8(ascii: " ") && sign != UInt8(ascii: "-") {
            guard let value = values[sign] else { return nil }
            buffer = buffer << 5 | value
            bits += 5
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(buffer >> bits & 0xFF))
                buffer &= 1 << bits - 1
            }
        }
        return bits < 5 && buffer == 0 ? bytes : nil
    }

    /// A code in groups of four signs, «7ZZ4-R0AC», as it is printed.
    public static func grouped(_ code: some StringProtocol) -> String {
        var text = ""
        for (index, sign) in code.enumerated() {
            if index > 0, index % 4 == 0 { text.append("-") }
            text.append(sign)
        }
        return text
    }

    private static let values: [UInt8: Int] = {
        var values = Dictionary(uniqueKeysWithValues: alphabet.enumerated().map { ($1, $0) })
        values[UInt8(ascii: "O")] = 0
        values[UInt8(ascii: "I")] = 1
        values[UInt8(ascii: "L")] = 1
        return values
    }()
}
