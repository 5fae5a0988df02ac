import Foundation

extension StringProtocol {
    /// The text as it is searched: lower case, no accents, no punctuation, words one space apart.
    ///
    /// - `ñ` becomes `n` and `ü` becomes `u`, because people look for «Nunez» and «Arguello» from keyboards
    ///   and old files that lack them. Sorting keeps `ñ` apart (``PersonName/sortKey``).
    /// - Dots and apostrophes vanish (`S.A.S.` is `sas`, `D'Angelo` is `dangelo`); every other sign parts
    ///   words, as a space does (`Pérez-Gómez` is `perez gomez`).
    /// - Folding what is folded changes nothing, so a stored column and a typed query meet.
    ///
    /// For finding, never for comparing identities: «año» and «ano» fold alike.
    public var folded: String {
        var folder = Folder(capacity: utf8.count)
        for scalar in unicodeScalars { folder.append(scalar) }
        return folder.finish()
    }
}

/// Collects folded text as UTF-8.
private struct Folder {
    private var bytes: [UInt8] = []
    private var owesSpace = false

    init(capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    mutating func append(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x61...0x7A, 0x30...0x39: append(byte: UInt8(scalar.value))
        case 0x41...0x5A: append(byte: UInt8(scalar.value) + 0x20)
        case 0x2E, 0x27: break
        case 0x00...0x7F: owesSpace = !bytes.isEmpty
        case 0xC0...0x17F:
            let letters = Self.latin[Int(scalar.value) - 0xC0]
            if letters.isEmpty { owesSpace = !bytes.isEmpty }
            for byte in letters { append(byte: byte) }
        default: appendRare(scalar)
        }
    }

    mutating func finish() -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    private mutating func append(byte: UInt8) {
        if owesSpace {
            bytes.append(0x20)
            owesSpace = false
        }
        bytes.append(byte)
    }

    private mutating func appendRare(_ scalar: Unicode.Scalar) {
        guard let text = Self.fold(scalar) else {
            owesSpace = !bytes.isEmpty
            return
        }
        for byte in text.utf8 { append(byte: byte) }
    }

    /// Latin-1 letters and Latin Extended-A (U+00C0 to U+017F), folded once, a sign that parts words being empty:
    /// nearly every accent of a Colombian name is here, and a national register has tens of millions of them.
    private static let latin: [[UInt8]] = (0xC0...0x17F).map { value in
        Unicode.Scalar(UInt32(value)).flatMap(fold).map { Array($0.utf8) } ?? []
    }

    /// The folded text of a scalar: empty where it vanishes, `nil` where it parts words.
    private static func fold(_ scalar: Unicode.Scalar) -> String? {
        if let known = withoutDecomposition[scalar] { return known }
        // Lower case comes first: the Kelvin and Ångström signs decompose only as letters.
        let lowered = scalar.properties.lowercaseMapping.decomposedStringWithCanonicalMapping
        var kept = String.UnicodeScalarView()
        for part in lowered.unicodeScalars {
            if let known = withoutDecomposition[part] {
                kept.append(contentsOf: known.unicodeScalars)
                continue
            }
            switch part.properties.generalCategory {
            case .nonspacingMark, .enclosingMark, .format: continue
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
                .decimalNumber, .letterNumber, .otherNumber, .spacingMark:
                kept.append(part)
            default: return nil
            }
        }
        return String(kept)
    }

    /// Letters whose accent is part of the letter, ordinal signs, and the apostrophes of word processors.
    private static let withoutDecomposition: [Unicode.Scalar: String] = [
        "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ß": "ss", "ẞ": "ss",
        "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ł": "l", "Ł": "l", "ı": "i", "ſ": "s",
        "ª": "a", "º": "o", "’": "", "‘": "", "ʼ": "", "´": "",
    ]
}
