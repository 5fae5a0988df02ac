@testable import VerifiableVoting

/// Numbers that a seed repeats (SplitMix64), for tests with generated inputs.
struct SeededGenerator: RandomNumberGenerator {
    /// To be printed with a failure, so that it can be had again.
    let seed: UInt64
    private var state: UInt64

    /// A new seed each time, unless one is given.
    init(seed: UInt64 = .random(in: 0...UInt64(UInt32.max))) {
        self.seed = seed
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}

extension GroupScalar {
    /// The number written in base 10, which has to be below the order.
    init(decimal text: String) throws {
        self = try Self(reading: Array(text.utf8)[...])
    }

    var decimal: String { String(decoding: text, as: UTF8.self) }
}

extension VotingGroup {
    static func string(_ element: Element) -> String {
        String(decoding: text(of: element), as: UTF8.self)
    }

    static func element(_ text: String) throws -> Element {
        try element(reading: Array(text.utf8)[...])
    }
}
