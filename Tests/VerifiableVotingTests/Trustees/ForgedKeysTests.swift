import Foundation
import Kernel
import Testing

@testable import VerifiableVoting

/// Keys in which every proof and every signature holds, and which keep no secret, or not as many people's as they say.
@Suite("Forged keys")
struct ForgedKeysTests {
    private typealias Group = Belenios2048
    private typealias Scalar = Belenios2048.Scalar

    /// A ceremony whose members chose together what each of them ought to draw.
    private struct Forgery {
        var signing: [Scalar]
        var decryption: [Scalar]
        /// Of each member, the lowest first.
        var coefficients: [[Scalar]]

        init(size: Int, threshold: Int, with generator: inout SeededGenerator) {
            func drawn(_ count: Int) -> [Scalar] {
                (0..<count).map { _ in Scalar(randomWith: &generator) }
            }
            (signing, decryption) = (drawn(size), drawn(size))
            coefficients = (0..<size).map { _ in drawn(threshold) }
        }

        var secret: Scalar { coefficients.reduce(.zero) { $0 + $1[0] } }

        /// The entry of `trustees.json`.
        func entry(with generator: inout SeededGenerator) throws -> String {
            let (size, threshold) = (signing.count, coefficients[0].count)
            let certificates = signing.indices.map { member in
                SignedMessage<Group>(
                    Ceremony<Group>.certificateText(
                        size: size, threshold: threshold, index: member + 1,
                        verification: Group.secretPower(to: signing[member]),
                        encryption: Group.secretPower(to: decryption[member])),
                    by: signing[member], with: &generator)
            }
            var all = CanonicalWriter()
            all.array(certificates) { $1.write(to: &$0) }
            var (polynomials, agreements, keys) = (CanonicalWriter(), CanonicalWriter(), CanonicalWriter())
            polynomials.array(signing.indices) { writer, member in
                let exponents = coefficients[member].map { Group.secretPower(to: $0) }
                SignedMessage<Group>(
                    Ceremony<Group>.polynomialText(exponents), by: signing[member], with: &generator
                ).write(to: &writer)
            }
            agreements.array(signing.indices) { writer, member in
                var text = CanonicalWriter()
                text.literal(#"certs_sig|{"certs":"#)
                text.array(certificates) { $1.write(to: &$0) }
                text.literal(#","coefexps":"#)
                text.array(coefficients[member].map { Group.text(of: Group.secretPower(to: $0)) }) {
                    $0.quoted($1)
                }
                text.literal("}")
                SignedMessage<Group>.signature(
                    of: String(decoding: text.bytes, as: UTF8.self), by: signing[member], with: &generator
                ).write(to: &writer)
            }
            keys.array(signing.indices) { writer, member in
                let share = coefficients.reduce(Scalar.zero) { sum, polynomial in
                    sum + polynomial.reversed().reduce(.zero) { $0 * Scalar(member + 1) + $1 }
                }
                TrusteeKey<Group>(share: share, signingKey: signing[member], with: &generator)
                    .write(to: &writer)
            }
            let lists = [all, polynomials, agreements, keys].map { String(decoding: $0.bytes, as: UTF8.self) }
            return #"["Pedersen",{"threshold":\#(threshold),"certs":\#(lists[0]),"coefexps":\#(lists[1]),"#
                + #""signatures":\#(lists[2]),"verification_keys":\#(lists[3])}]"#
        }
    }

    private func single(_ secret: Scalar, with generator: inout SeededGenerator) -> String {
        let key = TrusteeKey<Group>(single: secret, with: &generator)
        return #"["Single",\#(String(decoding: key.text, as: UTF8.self))]"#
    }

    /// An election that these keys encrypt, as far as its first event.
    private func archive(_ entries: [String], secret: Scalar, isOurs: Bool? = nil) throws -> [UInt8] {
        let trustees = Array("[\(entries.joined(separator: ","))]".utf8)
        let credentials = PublicCredential<Group>.list([PublicCredential(of: .one)])
        var terms: ElectionTerms?
        if let isMock = isOurs.map({ !$0 }) {
            terms = BoardElection.terms(trustees: trustees, credentials: credentials, isMock: isMock)
        }
        let election = try ElectionDescription(
            uuid: "9KSp5bvLTQyQkW", name: "Elección", description: "Prueba", group: Group.name,
            publicKey: Group.text(of: Group.secretPower(to: secret)), questions: BoardElection.questions(),
            terms: terms)
        return try forgedArchive(
            of: [.setup(election: election.text, trustees: trustees, credentials: credentials)])
    }

    private func expect(
        _ expected: TrusteesFault?, of archive: [UInt8], _ location: SourceLocation = #_sourceLocation
    ) async throws {
        let fault = try await fault(of: archive)
        guard case .trustees(let found)? = fault?.reason else {
            #expect(fault == nil && expected == nil, "\(fault?.message ?? "–")", sourceLocation: location)
            return
        }
        #expect(found == expected, sourceLocation: location)
        #expect(fault?.event?.height == 0 && found.message.hasSuffix("."), sourceLocation: location)
    }

    // MARK: Trustees alone

    @Test
    func `a key that everybody knows is refused`() async throws {
        var generator = SeededGenerator()
        try await expect(
            .weakKey(1), of: archive([single(.zero, with: &generator)], secret: .zero))
        let other = Scalar(randomWith: &generator)
        try await expect(
            .weakKey(2),
            of: archive([single(other, with: &generator), single(.zero, with: &generator)], secret: other))
        let key = TrusteeKey<Group>(single: .zero, with: &generator)
        #expect(throws: TrusteesFault.weakKey(1)) { try TrusteeKey<Group>(reading: key.text) }
    }

    @Test
    func `keys that cancel each other out are refused`() async throws {
        var generator = SeededGenerator()
        let secret = Scalar(randomWith: &generator)
        let entries = [single(secret, with: &generator), single(.zero - secret, with: &generator)]
        try await expect(.cancelled, of: archive(entries, secret: .zero))
    }

    @Test
    func `one key is not two people's`() async throws {
        var generator = SeededGenerator()
        let secret = Scalar(randomWith: &generator)
        let entry = single(secret, with: &generator)
        try await expect(.repeatedKey(2), of: archive([entry, entry], secret: secret + secret))
        // The same key with another proof.
        try await expect(
            .repeatedKey(2),
            of: archive([entry, single(secret, with: &generator)], secret: secret + secret))
        let other = Scalar(randomWith: &generator)
        try await expect(
            nil, of: archive([entry, single(other, with: &generator)], secret: secret + other))
    }

    @Test
    func `more trustees than a hundred are refused before their keys are checked`() async throws {
        var generator = SeededGenerator()
        let ceremony = try Forgery(size: 51, threshold: 2, with: &generator).entry(with: &generator)
        try await expect(.size, of: archive([ceremony, ceremony], secret: .one))
    }

    // MARK: Ceremonies

    @Test
    func `what a ceremony has to make is taken`() async throws {
        var generator = SeededGenerator()
        for (size, threshold) in [(3, 2), (3, 1), (4, 3)] {
            let made = Forgery(size: size, threshold: threshold, with: &generator)
            try await expect(nil, of: archive([made.entry(with: &generator)], secret: made.secret))
        }
    }

    @Test
    func `one person in two places of a ceremony is refused`() async throws {
        var generator = SeededGenerator()
        var forged = Forgery(size: 3, threshold: 2, with: &generator)
        forged.signing[1] = forged.signing[0]
        try await expect(
            .repeatedKey(2), of: archive([forged.entry(with: &generator)], secret: forged.secret))
        forged = Forgery(size: 3, threshold: 2, with: &generator)
        forged.decryption[2] = forged.decryption[0]
        try await expect(
            .repeatedKey(3), of: archive([forged.entry(with: &generator)], secret: forged.secret))
        // The server finds it as the second certificate comes.
        let members = [1, 2].map { CeremonyMember<Group>(index: $0, characters: "the same") }
        let certificates = members.map { $0.certificate(size: 3, threshold: 2, with: &generator) }
        try Ceremony.check(certificates[1], of: 2, size: 3, threshold: 2, among: [2: certificates[1]])
        #expect(throws: TrusteesFault.repeatedKey(2)) {
            try Ceremony.check(certificates[1], of: 2, size: 3, threshold: 2, among: [1: certificates[0]])
        }
    }

    @Test
    func `a key of a ceremony that everybody knows is refused`() async throws {
        var generator = SeededGenerator()
        var forged = Forgery(size: 3, threshold: 2, with: &generator)
        forged.decryption[1] = .zero
        try await expect(
            .weakKey(2), of: archive([forged.entry(with: &generator)], secret: forged.secret))
        forged = Forgery(size: 3, threshold: 2, with: &generator)
        forged.coefficients[2][1] = .zero
        try await expect(
            .weakKey(3), of: archive([forged.entry(with: &generator)], secret: forged.secret))
        // f(1) = 0: the first member's share is nothing.
        forged = Forgery(size: 3, threshold: 2, with: &generator)
        forged.coefficients[0][0] =
            .zero - forged.coefficients.dropFirst().reduce(.zero) { $0 + $1[0] }
            - forged.coefficients.reduce(.zero) { $0 + $1[1] }
        try await expect(
            .weakKey(1), of: archive([forged.entry(with: &generator)], secret: forged.secret))
    }

    @Test
    func `polynomials that cancel each other out are refused, for each member would have the whole key`()
        async throws
    {
        var generator = SeededGenerator()
        for power in [0, 1] {
            var forged = Forgery(size: 3, threshold: 2, with: &generator)
            forged.coefficients[2][power] =
                .zero - forged.coefficients[0][power] - forged.coefficients[1][power]
            let alone = Scalar(randomWith: &generator)
            let entries = [single(alone, with: &generator), try forged.entry(with: &generator)]
            try await expect(.cancelled, of: archive(entries, secret: alone + forged.secret))
        }
    }

    // MARK: Our elections

    @Test
    func `our terms ask that two decrypt at the least, but for a rehearsal`() async throws {
        var generator = SeededGenerator()
        let secret = Scalar(randomWith: &generator)
        let made = Forgery(size: 3, threshold: 1, with: &generator)
        for (entry, secret) in [
            (single(secret, with: &generator), secret), (try made.entry(with: &generator), made.secret),
        ] {
            try await expect(.notShared, of: archive([entry], secret: secret, isOurs: true))
            try await expect(nil, of: archive([entry], secret: secret, isOurs: false))
            try await expect(nil, of: archive([entry], secret: secret))
            try await expect(
                nil,
                of: archive(
                    [entry, single(.one, with: &generator)], secret: secret + .one, isOurs: true))
        }
    }
}
