import Testing

@testable import VerifiableVoting

@Suite struct CredentialTests {
    @Test func `codes of both kinds give the exponents that the tool derives`() throws {
        let vectors = try Vectors.load()
        func check<G: VotingGroup>(_: G.Type) throws {
            let vector = vectors.group(G.name)
            let code = try #require(SecretCode(vector.derive_2_4.credential))
            #expect(code.grouped == vector.derive_2_4.credential)
            let secret = PrivateCredential.exponent(of: code, election: vectors.uuid, in: G.self)
            #expect(secret.decimal == vector.derive_2_4.secret)
            #expect(G.string(PublicCredential<G>(of: secret).element) == vector.derive_2_4.public)
            guard let short = vector.derive_2_0 else { return }
            let old = PrivateCredential.exponent(
                ofShort: short.credential, election: vectors.uuid, in: G.self)
            #expect(old?.decimal == short.secret)
        }
        try check(Belenios2048.self)
        try check(Ed25519.self)
    }

    @Test(arguments: [
        "BeM-YsY-Nxu-gMN-Zog", "BeM-YsY-Nxu-gMN-Zo", "BeMYsYNxugMNZof", "BeM-YsY-Nxu-gMN-Z0f", "",
    ])
    func `a mistyped short code is told from a right one`(code: String) {
        #expect(PrivateCredential.exponent(ofShort: code, election: "x", in: Ed25519.self) == nil)
    }

    @Test func `new codes are read again in groups or not, and hold no letter that is mistaken`() {
        var generator = SeededGenerator()
        for _ in 0..<50 {
            let code = SecretCode(randomWith: &generator)
            #expect(code.grouped.split(separator: "-").map(\.count) == [5, 6, 5, 6])
            #expect(SecretCode(code.grouped)?.characters == code.characters, "seed \(generator.seed)")
            #expect(SecretCode(code.characters)?.grouped == code.grouped)
            #expect(code.characters.allSatisfy { !"IOl0".contains($0) && !$0.isLowercase })
        }
        #expect(SecretCode("XRhSc-dFCqEf-Nt9Zw-9K5Jd") == nil)
        #expect(SecretCode("XRhSc-dFCqEf-Nt9Zw-9K5Jd0") == nil)
    }

    @Test func `the published order is that of the elements`() throws {
        var generator = SeededGenerator()
        let credentials = (0..<6).map { index in
            PublicCredential<Ed25519>(of: .init(randomWith: &generator), weight: index == 2 ? 5 : 1)
        }
        let text = PublicCredential.list(credentials)
        #expect(text == PublicCredential.list(credentials.shuffled(using: &generator)))
        let entries = String(decoding: text, as: UTF8.self).split(separator: ",")
        #expect(entries.count == 7, "one weight: seed \(generator.seed)")
        let index = entries.firstIndex { $0.hasPrefix("5") }
        let weighted = Ed25519.string(credentials[2].element)
        #expect(index.map { entries[$0 - 1].hasSuffix(weighted) } == true)
    }
}
