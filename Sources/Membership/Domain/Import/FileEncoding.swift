/// How the bytes of a file of affiliates stand for characters: one way for the whole file.
public enum FileEncoding: Sendable, Hashable {
    case utf8
    case windows1252

    /// The name that a person knows it by.
    public var name: String {
        switch self {
        case .utf8: "UTF-8"
        case .windows1252: "Windows-1252"
        }
    }
}

/// Follows bytes through the well-formed sequences of UTF-8 (Unicode 16, table 3-7).
///
/// A byte that breaks a sequence may itself begin one, and none of those before it could have: so the bytes
/// are read once, whatever the pieces they come in.
struct UTF8Automaton {
    enum Step {
        /// The byte is a character by itself.
        case ascii
        /// The byte begins or continues a sequence that is not complete yet.
        case partial
        /// The byte completes a sequence of several bytes.
        case complete
        /// The byte, or what came before it, belongs to no sequence.
        case broken
    }

    /// Continuation bytes still to come.
    private(set) var awaited = 0
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF

    /// Whether the bytes so far end within a sequence.
    var isWithinSequence: Bool { awaited > 0 }

    mutating func step(_ byte: UInt8) -> Step {
        guard awaited > 0 else { return begin(byte) ? (byte < 0x80 ? .ascii : .partial) : .broken }
        guard byte >= lowest, byte <= highest else {
            _ = begin(byte)
            return .broken
        }
        (lowest, highest) = (0x80, 0xBF)
        awaited -= 1
        return awaited == 0 ? .complete : .partial
    }

    /// Whether a byte is a character or the first of a sequence.
    private mutating func begin(_ byte: UInt8) -> Bool {
        (lowest, highest, awaited) = (0x80, 0xBF, 0)
        switch byte {
        case 0x00...0x7F: return true
        case 0xC2...0xDF: awaited = 1
        case 0xE0: (lowest, awaited) = (0xA0, 2)
        case 0xE1...0xEC, 0xEE...0xEF: awaited = 2
        case 0xED: (highest, awaited) = (0x9F, 2)
        case 0xF0: (lowest, awaited) = (0x90, 3)
        case 0xF1...0xF3: awaited = 3
        case 0xF4: (highest, awaited) = (0x8F, 3)
        default: return false
        }
        return true
    }

    /// The first byte of `range` that belongs to no sequence, `nil` where all of it is UTF-8.
    static func firstInvalid(in bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        var automaton = UTF8Automaton()
        var sequence = range.lowerBound
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            if !automaton.isWithinSequence {
                sequence = index
                // The accents of Spanish have sequences of two bytes, the first of them C3.
                if byte == 0xC3, index + 1 < range.upperBound, bytes[index + 1] & 0xC0 == 0x80 {
                    index += 2
                    continue
                }
            }
            if byte >= 0x80 || automaton.isWithinSequence {
                if case .broken = automaton.step(byte) { return sequence }
            }
            index += 1
        }
        return automaton.isWithinSequence ? sequence : nil
    }
}

/// Finds out the encoding of a file from all of its bytes, in whatever pieces they come.
///
/// A file that holds one valid sequence of several bytes is UTF-8, and its other high bytes are faults of
/// their rows; one that holds none is Windows-1252. The byte order mark is such a sequence.
struct EncodingSurvey {
    private(set) var encoding = FileEncoding.windows1252
    private var automaton = UTF8Automaton()

    /// Whether further bytes cannot change the answer.
    var isDecided: Bool { encoding == .utf8 }

    mutating func look(at bytes: Span<UInt8>) {
        var index = 0
        while index < bytes.count {
            if !automaton.isWithinSequence {
                index = bytes.firstHighByte(from: index, to: bytes.count)
                if index == bytes.count { return }
            }
            if case .complete = automaton.step(bytes[index]) {
                encoding = .utf8
                return
            }
            index += 1
        }
    }
}

extension Span<UInt8> {
    /// The first byte from `start` on that is no ASCII, `end` where there is none.
    func firstHighByte(from start: Int, to end: Int) -> Int {
        var index = start
        while index + 8 <= end {
            let word = bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            let high = word & 0x8080_8080_8080_8080
            if high != 0 { return index + high.littleEndian.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < end, self[index] < 0x80 { index += 1 }
        return index
    }
}
