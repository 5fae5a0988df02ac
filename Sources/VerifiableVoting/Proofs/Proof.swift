/// A challenge *c* and the response *z* to it (§4.5 to §4.10).
///
/// One alone proves that somebody knows an exponent; a list of them, whose challenges add up to the hash, that one of
/// several claims is true without telling which.
public struct Proof<Group: VotingGroup>: Hashable, Sendable {
    /// *c*.
    public let challenge: Group.Scalar
    /// *z*.
    public let response: Group.Scalar

    /// A proof of its two numbers.
    public init(challenge: Group.Scalar, response: Group.Scalar) {
        self.challenge = challenge
        self.response = response
    }

    /// Proves that `secret` is known, of which g^secret is public: a proof of knowledge, or a signature, by what the
    /// prefix of the hash holds (Schnorr). Constant time.
    init(
        ofKnowing secret: Group.Scalar, prefix: [UInt8], with generator: inout some RandomNumberGenerator
    ) {
        let nonce = Group.Scalar(randomWith: &generator)
        let commitment = Group.text(of: Group.secretPower(to: nonce))
        challenge = Group.challenge(prefix, [commitment])
        response = nonce - secret * challenge
    }

    /// Whether this proves that the exponent of `key` is known. The key's order is not tested here.
    func provesKnowledge(of key: Group.Element, prefix: [UInt8]) -> Bool {
        let commitment = commitment(toPower: Group.publicPower(of: key, to: challenge))
        return Group.challenge(prefix, [Group.text(of: commitment)]) == challenge
    }

    /// The same where the key has order *q*, and `nil` where it has not.
    func provesKnowledge(ofTested key: Group.Element, prefix: [UInt8]) -> Bool? {
        guard let power = Group.publicPowersTestingOrder(of: key, to: [challenge])?[0] else { return nil }
        return Group.challenge(prefix, [Group.text(of: commitment(toPower: power))]) == challenge
    }

    private func commitment(toPower power: Group.Element) -> Group.Element {
        Group.product(power, Group.publicPower(of: Group.generatorPowers, to: response))
    }

    /// Proves that `base` was raised to the same secret exponent as *g* (Chaum and Pedersen). Constant time.
    init(
        ofSameExponent secret: Group.Scalar, base: Group.Element, prefix: [UInt8],
        with generator: inout some RandomNumberGenerator
    ) {
        let nonce = Group.Scalar(randomWith: &generator)
        let commitments = [Group.secretPower(to: nonce), Group.secretPower(of: base, to: nonce)]
        challenge = Group.challenge(prefix, Group.texts(of: commitments)[...])
        response = nonce - secret * challenge
    }

    /// Whether this proves that `power` is `base` to the exponent of `key`. Orders are not tested here.
    func provesSameExponent(
        of key: Group.Element, base: Group.Element, power: Group.Element, prefix: [UInt8]
    ) -> Bool {
        let commitments = [
            commitment(toPower: Group.publicPower(of: key, to: challenge)),
            Group.product(
                Group.publicPower(of: base, to: response), Group.publicPower(of: power, to: challenge)),
        ]
        return Group.challenge(prefix, Group.texts(of: commitments)[...]) == challenge
    }

    func write(to writer: inout CanonicalWriter) {
        writer.literal(#"{"challenge":"#)
        writer.quoted(challenge.text)
        writer.literal(#","response":"#)
        writer.quoted(response.text)
        writer.literal("}")
    }
}
