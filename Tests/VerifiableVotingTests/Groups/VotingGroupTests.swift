import Testing

@testable import VerifiableVoting

@Suite struct VotingGroupTests {
    @Test(arguments: [true, false])
    func `the generator and keys of other programs come out`(overIntegers: Bool) throws {
        let vectors = try Vectors.load()
        func check<G: VotingGroup>(_: G.Type) throws {
            let vector = vectors.group(G.name)
            #expect(G.string(G.generator) == vector.g)
            let secret = try G.Scalar(decimal: vector.derive_2_4.secret)
            #expect(secret.decimal == vector.derive_2_4.secret)
            #expect(G.string(G.secretPower(to: secret)) == vector.derive_2_4.public)
            #expect(G.string(G.publicPower(of: G.generatorPowers, to: secret)) == vector.derive_2_4.public)
            #expect(G.string(G.publicPower(of: G.generator, to: secret)) == vector.derive_2_4.public)
            #expect(
                try G.member(reading: Array(vector.derive_2_4.public.utf8)[...]) == G.secretPower(to: secret))
        }
        if overIntegers { try check(Belenios2048.self) } else { try check(Ed25519.self) }
    }

    @Test func `powers obey the laws of exponents in every way of computing them`() throws {
        func check<G: VotingGroup>(_: G.Type, rounds: Int) throws {
            var generator = SeededGenerator()
            let seed = generator.seed
            let edges = [G.Scalar.zero, .one, -.one, G.Scalar(2 as UInt64), G.Scalar(255 as UInt64)]
            for round in 0..<rounds {
                let base = G.secretPower(to: G.Scalar(randomWith: &generator))
                let a = round < edges.count ? edges[round] : G.Scalar(randomWith: &generator)
                let b = G.Scalar(randomWith: &generator)
                let powers = try #require(
                    G.publicPowersTestingOrder(of: base, to: [a, b, a + b, a * b]), "seed \(seed)")
                #expect(powers == G.publicPowers(of: base, to: [a, b, a + b, a * b]), "seed \(seed)")
                #expect(G.product(powers[0], powers[1]) == powers[2], "seed \(seed)")
                #expect(G.publicPower(of: powers[0], to: b) == powers[3], "seed \(seed)")
                #expect(G.secretPower(of: base, to: a) == powers[0], "seed \(seed)")
                #expect(G.publicPower(of: G.fixedBase(base), to: a) == powers[0], "seed \(seed)")
                #expect(G.product(powers[0], G.publicInverse(of: powers[0])) == G.identity, "seed \(seed)")
            }
        }
        try check(Belenios2048.self, rounds: 6)
        try check(Ed25519.self, rounds: 6)
    }

    @Test func `small powers are the same in as few steps as they need`() throws {
        func check<G: VotingGroup>(_: G.Type) throws {
            var generator = SeededGenerator()
            let base = G.secretPower(to: G.Scalar(randomWith: &generator))
            for exponent in Array(0...17) + [63, 64, 100] {
                #expect(
                    G.publicPower(of: base, toSmall: exponent)
                        == G.publicPower(of: base, to: G.Scalar(exponent)), "seed \(generator.seed)")
            }
        }
        try check(Belenios2048.self)
        try check(Ed25519.self)
    }

    @Test func `what is written is read again, and sorted as the format says`() throws {
        func check<G: VotingGroup>(_: G.Type, key: ([UInt8]) -> String) throws {
            var generator = SeededGenerator()
            let elements =
                (0..<8).map { _ in G.secretPower(to: G.Scalar(randomWith: &generator)) } + [G.identity]
            let texts = G.texts(of: elements)
            for (element, text) in zip(elements, texts) {
                #expect(try G.member(reading: text[...]) == element, "seed \(generator.seed)")
                #expect(G.text(of: element) == text)
            }
            let sorted = G.texts(of: elements.sorted(by: G.precedes))
            #expect(sorted == texts.sorted { key($0) < key($1) }, "seed \(generator.seed)")
        }
        try check(Belenios2048.self) { text in
            String(repeating: "0", count: 620 - text.count) + String(decoding: text, as: UTF8.self)
        }
        try check(Ed25519.self) { text in
            stride(from: 62, through: 0, by: -2).map { String(decoding: text[$0..<$0 + 2], as: UTF8.self) }
                .joined()
        }
    }

    @Test(arguments: [
        ("", NumberFault.malformed), ("-1", .malformed), ("+1", .malformed), ("01", .malformed),
        ("1 ", .malformed), ("١", .malformed),
        ("78571733251071885079927659812671450121821421258408794611510081919805623223441", .outOfRange),
        (String(repeating: "9", count: 100), .outOfRange),
    ])
    func `a number is read in one way only`(text: String, fault: NumberFault) {
        #expect(throws: fault) { try Belenios2048.Scalar(decimal: text) }
    }

    @Test func `the greatest number of each group is read`() throws {
        let largest = "78571733251071885079927659812671450121821421258408794611510081919805623223440"
        #expect(try Belenios2048.Scalar(decimal: largest) == -.one)
        let small = "7237005577332262213973186563042994240857116359379907606001950938285454250988"
        #expect(try Ed25519.Scalar(decimal: small) == -.one)
        #expect(throws: NumberFault.outOfRange) {
            try Ed25519.Scalar(decimal: String(small.dropLast()) + "9")
        }
    }

    @Test func `scalars add, multiply and divide as numbers modulo q`() throws {
        func check<S: GroupScalar>(_: S.Type) throws {
            var generator = SeededGenerator()
            for _ in 0..<20 {
                let (a, b, c) = (
                    S(randomWith: &generator), S(randomWith: &generator), S(randomWith: &generator)
                )
                #expect((a + b) * c == a * c + b * c, "seed \(generator.seed)")
                #expect(a - b == -(b - a), "seed \(generator.seed)")
                #expect(a * a.inverse == .one, "seed \(generator.seed)")
                #expect(try S(decimal: a.decimal) == a, "seed \(generator.seed)")
            }
            #expect(S(-3) + S(3 as UInt64) == .zero)
            // 2^256 written as 33 bytes, and made by 256 doublings.
            let power = (0..<256).reduce(S.one) { power, _ in power + power }
            #expect(S(reducingBigEndian: [1] + Array(repeating: 0, count: 32)) == power)
            #expect(S(reducingBigEndian: [1, 0]) == S(256 as UInt64))
        }
        try check(Belenios2048.Scalar.self)
        try check(Ed25519.Scalar.self)
    }

    @Test func `secret exponents have one length whatever they are`() {
        var generator = SeededGenerator()
        typealias Scalar = Belenios2048.Scalar
        let scalars = [Scalar.zero, .one, -.one] + (0..<200).map { _ in Scalar(randomWith: &generator) }
        for scalar in scalars {
            let words = Belenios2048Order.addingTwice(to: scalar.words)
            #expect(words.count == 5 && words[4] > 0, "seed \(generator.seed)")
            let bytes = words.reversed().flatMap { word in
                stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
            }
            #expect(Scalar(reducingBigEndian: bytes) == scalar, "seed \(generator.seed)")
        }
    }

    @Test func `an integer outside the group is told from one inside`() throws {
        // −1 and a cube root of 1 would be elements if p − 1 had no small factors.
        let p = try Belenios2048.element(reading: DecimalNumber.text(of: minusOne())[...])
        #expect(!Belenios2048.hasGroupOrder(p))
        #expect(Belenios2048.hasGroupOrder(Belenios2048.identity))
        #expect(!Belenios2048.hasGroupOrder(try Belenios2048.element("0")))
        #expect(!Belenios2048.hasGroupOrder(try Belenios2048.element("2")))
        let modulus = DecimalNumber.text(of: Belenios2048.modulus.words)
        #expect(throws: NumberFault.outOfRange) { try Belenios2048.element(reading: modulus[...]) }
    }

    private func minusOne() -> [UInt64] {
        var words = Belenios2048.modulus.words
        words[0] -= 1
        return words
    }
}

@Suite struct Ed25519Tests {
    /// Points of order 2, 4 and 8.
    @Test(arguments: [
        "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7",
    ])
    func `a point of small order is on the curve and not in the group`(text: String) throws {
        let point = try Ed25519.element(text)
        #expect(Ed25519.string(point) == text)
        #expect(!Ed25519.hasGroupOrder(point))
        #expect(!Ed25519.hasGroupOrder(Ed25519.product(point, Ed25519.generator)))
        let eighth = Ed25519.publicPower(of: point, to: Ed25519.Scalar(8 as UInt64))
        #expect(eighth == Ed25519.identity)
    }

    @Test(arguments: [
        // y = p + 1, a second way of writing 1.
        ("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffee", NumberFault.outOfRange),
        // x = −0.
        ("8000000000000000000000000000000000000000000000000000000000000001", .outOfRange),
        // No x belongs to y = 2.
        ("0000000000000000000000000000000000000000000000000000000000000002", .outOfRange),
        ("6666666666666666666666666666666666666666666666666666666666666A58", .malformed),
        ("666666666666666666666666666666666666666666666666666666666666658", .malformed),
    ])
    func `only the one encoding of a point is read`(text: String, fault: NumberFault) {
        #expect(throws: fault) { try Ed25519.element(text) }
    }

    @Test func `the identity is read as the point that it is`() throws {
        let text = String(repeating: "0", count: 63) + "1"
        #expect(try Ed25519.member(reading: Array(text.utf8)[...]) == Ed25519.identity)
    }
}

@Suite struct DecimalNumberTests {
    @Test func `numbers of any length are written as they were read`() throws {
        var generator = SeededGenerator()
        for length in 1...310 {
            let digits = (0..<length).map { place in
                UInt8(ascii: "0") + UInt8.random(in: (place == 0 ? 1 : 0)...9, using: &generator)
            }
            let words = try DecimalNumber.words(reading: digits[...], wordCount: 17)
            #expect(DecimalNumber.text(of: words) == digits, "seed \(generator.seed)")
        }
        #expect(DecimalNumber.text(of: [0, 0]) == [UInt8(ascii: "0")])
        let largest = DecimalNumber.text(of: [.max, .max])
        #expect(String(decoding: largest, as: UTF8.self) == "340282366920938463463374607431768211455")
    }
}
