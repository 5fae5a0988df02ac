extension QueryItem {
    /// Reads `name=value&name=value` as forms and addresses encode it (URL standard,
    /// "application/x-www-form-urlencoded parsing").
    ///
    /// At most 2,000 items are read: no form of ours has more, and what follows is dropped.
    static func list(of text: String) -> [QueryItem] {
        text.utf8.split(separator: UInt8(ascii: "&"), maxSplits: 2000).prefix(2000).map { pair in
            let name = pair.prefix { $0 != UInt8(ascii: "=") }
            return QueryItem(name: decoded(name), value: decoded(pair.dropFirst(name.count + 1)))
        }
    }

    private static func decoded(_ text: Substring.UTF8View) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var rest = text
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.first?.hexValue, let low = rest.dropFirst().first?.hexValue else {
                    bytes.append(byte)
                    continue
                }
                bytes.append(high << 4 | low)
                rest = rest.dropFirst(2)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self).typed
    }
}

extension String {
    /// The text without the control characters that no keyboard writes: all but tab and line ends. PostgreSQL takes no
    /// U+0000, and what is stored is to be what is seen.
    var typed: String {
        let isClean = unicodeScalars.allSatisfy(\.isTyped)
        return isClean ? self : String(UnicodeScalarView(unicodeScalars.filter(\.isTyped)))
    }
}

extension Unicode.Scalar {
    fileprivate var isTyped: Bool {
        switch value {
        case 0x09, 0x0A, 0x0D: true
        case 0..<0x20, 0x7F..<0xA0: false
        default: true
        }
    }
}

extension UInt8 {
    /// The value of a hexadecimal digit.
    fileprivate var hexValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
