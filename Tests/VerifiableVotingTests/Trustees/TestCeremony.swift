@testable import VerifiableVoting

/// A ceremony of N members, from their seeds to their shares.
struct TestCeremony<Group: VotingGroup> {
    let seeds: [SecretCode]
    let certificates: Ceremony<Group>
    let polynomials: [PolynomialMessage<Group>]
    let shares: [Group.Scalar]
    let keys: PedersenKeys<Group>

    init(size: Int, threshold: Int, with generator: inout SeededGenerator) throws {
        var seeds: [SecretCode] = []
        for _ in 0..<size { seeds.append(SecretCode(randomWith: &generator)) }
        let members = seeds.enumerated().map { CeremonyMember<Group>(index: $0 + 1, seed: $1) }
        var certificates: [SignedMessage<Group>] = []
        for member in members {
            certificates.append(member.certificate(size: size, threshold: threshold, with: &generator))
        }
        let ceremony = try Ceremony(certificates)
        var polynomials: [PolynomialMessage<Group>] = []
        for member in members { polynomials.append(try member.polynomial(in: ceremony, with: &generator)) }
        shares = try members.map { try $0.share(in: ceremony, polynomials: polynomials) }
        var keys: [TrusteeKey<Group>] = []
        for (member, share) in zip(members, shares) {
            keys.append(member.verificationKey(of: share, with: &generator))
        }
        self.keys = try PedersenKeys(
            certificates: certificates, polynomials: polynomials, verificationKeys: keys)
        self.seeds = seeds
        self.polynomials = polynomials
        self.certificates = ceremony
    }
}
