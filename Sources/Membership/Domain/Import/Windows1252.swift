/// The code page of Windows for Western Europe, in which Excel writes its plain CSV in Colombia.
enum Windows1252 {
    /// The characters of the bytes 80 to 9F; 0 for the five that the code page leaves undefined. From A0 on a
    /// byte is the character of its number.
    static let specials: [UInt16] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
    ]

    /// Appends the text of Windows-1252 bytes as UTF-8.
    ///
    /// The five undefined bytes stay as they are: alone they are no UTF-8, so that what reads the text finds
    /// them as it finds any other foreign byte.
    static func transcode(_ bytes: Span<UInt8>, into text: inout [UInt8]) {
        let specials = specials
        var index = 0
        while index < bytes.count {
            let high = bytes.firstHighByte(from: index, to: bytes.count)
            text.append(contentsOf: bytes.extracting(index..<high))
            guard high < bytes.count else { return }
            let byte = bytes[high]
            let scalar = byte < 0xA0 ? specials[Int(byte - 0x80)] : UInt16(byte)
            switch scalar {
            case 0:
                text.append(byte)
            case ..<0x800:
                text.append(UInt8(0xC0 | scalar >> 6))
                text.append(UInt8(0x80 | scalar & 0x3F))
            default:
                text.append(UInt8(0xE0 | scalar >> 12))
                text.append(UInt8(0x80 | scalar >> 6 & 0x3F))
                text.append(UInt8(0x80 | scalar & 0x3F))
            }
            index = high + 1
        }
    }
}

extension [UInt8] {
    /// Appends bytes by one copy.
    mutating func append(contentsOf bytes: Span<UInt8>) {
        bytes.withUnsafeBufferPointer { append(contentsOf: $0) }
    }
}
