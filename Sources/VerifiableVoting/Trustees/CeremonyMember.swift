import Kernel

/// A member of a ceremony with the seed that is the only secret to keep: with it and the public messages everything is
/// made again (§4.5). Constant time in what is secret.
public struct CeremonyMember<Group: VotingGroup>: Sendable {
    /// From 1.
    public let index: Int
    private let seed: String
    private let signing: Group.Scalar
    private let decryption: Group.Scalar

    /// The member with this seed.
    public init(index: Int, seed: SecretCode) {
        self.init(index: index, characters: seed.characters)
    }

    init(index: Int, characters: String) {
        self.index = index
        seed = characters
        signing = Group.Scalar(hashesOf: ["sk|\(characters)"])
        decryption = Group.Scalar(hashesOf: ["dk|\(characters)"])
    }

    /// First message: the keys of the ceremony, signed.
    public func certificate(
        size: Int, threshold: Int, with generator: inout some RandomNumberGenerator
    ) -> SignedMessage<Group> {
        let text = Ceremony<Group>.certificateText(
            size: size, threshold: threshold, index: index,
            verification: Group.secretPower(to: signing), encryption: Group.secretPower(to: decryption))
        return SignedMessage(text, by: signing, with: &generator)
    }

    /// Second message: the polynomial's public half and its values for the members, each encrypted to its member.
    ///
    /// - Throws: That the ceremony has another certificate for this member.
    public func polynomial(
        in ceremony: Ceremony<Group>, with generator: inout some RandomNumberGenerator
    ) throws(TrusteesFault) -> PolynomialMessage<Group> {
        try requireOwnCertificate(in: ceremony)
        let coefficients = coefficients(in: ceremony)
        let exponents = coefficients.map { Group.secretPower(to: $0) }
        var shares: [EncryptedShare<Group>] = []
        for (place, member) in ceremony.members.enumerated() {
            let value = coefficients.reversed().reduce(.zero) { $0 * Group.Scalar(place + 1) + $1 }
            shares.append(
                EncryptedShare(
                    value, to: member.encryption,
                    context: ShareContext(ceremony: ceremony.digest, from: index, to: place + 1),
                    with: &generator))
        }
        return PolynomialMessage(
            exponents: SignedMessage(
                Ceremony<Group>.polynomialText(exponents), by: signing, with: &generator),
            agreement: SignedMessage<Group>.signature(
                of: ceremony.agreementText(exponents), by: signing, with: &generator),
            shares: SignedMessage(
                PolynomialMessage<Group>.sharesText(ceremony: ceremony.digest, shares), by: signing,
                with: &generator))
    }

    /// The member's share of the key, after checking what each other member sent: now, or again after a loss.
    ///
    /// - Throws: Whose message does not hold.
    public func share(
        in ceremony: Ceremony<Group>, polynomials: [PolynomialMessage<Group>]
    ) throws(TrusteesFault) -> Group.Scalar {
        try requireOwnCertificate(in: ceremony)
        guard polynomials.count == ceremony.members.count else { throw .size }
        var total = Group.Scalar.zero
        var all: [[Group.Element]] = []
        for (place, polynomial) in polynomials.enumerated() {
            let sender = place + 1
            let exponents = try ceremony.exponents(
                of: sender, message: polynomial.exponents, agreement: polynomial.agreement)
            let shares = try polynomial.encryptedShares(in: ceremony, from: sender)
            let context = ShareContext(ceremony: ceremony.digest, from: sender, to: index)
            guard let value = shares[index - 1].value(decryptedWith: decryption, context: context),
                Group.secretPower(to: value) == Ceremony<Group>.value(of: exponents, at: index)
            else { throw .share(sender) }
            total += value
            all.append(exponents)
        }
        _ = try Ceremony<Group>.sum(of: all)
        return total
    }

    /// Third message: the public key of the share.
    public func verificationKey(
        of share: Group.Scalar, with generator: inout some RandomNumberGenerator
    ) -> TrusteeKey<Group> {
        TrusteeKey(share: share, signingKey: signing, with: &generator)
    }

    private func requireOwnCertificate(in ceremony: Ceremony<Group>) throws(TrusteesFault) {
        guard ceremony.members.indices.contains(index - 1) else { throw .size }
        guard isMember(of: ceremony) else { throw .certificate(index) }
    }

    /// Whether the ceremony has this member's keys in the member's place.
    func isMember(of ceremony: Ceremony<Group>) -> Bool {
        guard ceremony.members.indices.contains(index - 1) else { return false }
        let member = ceremony.members[index - 1]
        return member.verification == Group.secretPower(to: signing)
            && member.encryption == Group.secretPower(to: decryption)
    }

    /// The coefficients follow from the seed and from all certificates: who was interrupted makes the same again, and
    /// among other members makes others.
    private func coefficients(in ceremony: Ceremony<Group>) -> [Group.Scalar] {
        (0..<ceremony.threshold).map { power in
            Group.Scalar(
                hashesOf: (0...1).map { "coefficient|\(ceremony.digest)|\(power)|\($0)|\(seed)" })
        }
    }
}
