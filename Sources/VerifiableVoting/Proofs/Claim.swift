/// That a ciphertext encrypts a certain number, with the proof of it or of being one of several such claims (§4.7).
struct Claim<Group: VotingGroup>: Sendable {
    let number: Int
    let proof: Proof<Group>
}

extension Ciphertext {
    /// The commitments A = g^z·α^c and B = y^z·(β·g^−M)^c of each claim about this ciphertext, in the order A, B, A, B.
    /// Variable time.
    ///
    /// - Parameters:
    ///   - claims: Claims and their proofs.
    ///   - key: *y*.
    ///   - testsOrder: Whether α and β are tested to have order *q*; what was multiplied from tested ones is not.
    /// - Returns: Two elements for each claim, or `nil` where α or β is outside of the group.
    func commitments(
        of claims: [Claim<Group>], key: ElectionKey<Group>, testsOrder: Bool = true
    ) -> [Group.Element]? {
        let challenges = claims.map(\.proof.challenge)
        guard let alphas = powers(of: alpha, to: challenges, testsOrder: testsOrder),
            let betas = powers(of: beta, to: challenges, testsOrder: testsOrder)
        else { return nil }
        return claims.indices.flatMap { index in
            let (number, proof) = (claims[index].number, claims[index].proof)
            let offset = number == 0 ? .zero : -(Group.Scalar(number) * proof.challenge)
            return [
                Group.product(
                    alphas[index], Group.publicPower(of: Group.generatorPowers, to: proof.response)),
                Group.product(betas[index], key.publicPower(proof.response, timesGeneratorTo: offset)),
            ]
        }
    }

    private func powers(
        of element: Group.Element, to exponents: [Group.Scalar], testsOrder: Bool
    ) -> [Group.Element]? {
        testsOrder
            ? Group.publicPowersTestingOrder(of: element, to: exponents)
            : Group.publicPowers(of: element, to: exponents)
    }
}

/// The making of a proof that one of several claims is true (§4.7), in constant time: nothing that is done tells which.
///
/// All claims are treated alike. For each, a nonce *w* and a challenge *c* are drawn, and the commitments are A = g^w,
/// B = y^w·g^((m−M)c); where the claim is true the exponent of *g* is 0. Once the hash is known, the challenge of the
/// true claim takes what is missing for their sum, by an addition that gives the others 0, and z = w − r·c.
struct DisjunctiveProver<Group: VotingGroup> {
    /// A claim in the making.
    struct Part {
        /// The randomness of its ciphertext.
        let randomness: Group.Scalar
        /// m − M; 0 if it is true.
        let difference: Group.Scalar
        /// 1 if this is the claim that is proven, of which there is one in a list; otherwise 0.
        let isProven: Group.Scalar
    }

    private let parts: [Part]
    private let nonces: [Group.Scalar]
    private let challenges: [Group.Scalar]
    /// A, B of each claim.
    let commitments: [Group.Element]

    init(
        _ parts: [Part], key: Group.Element, with generator: inout some RandomNumberGenerator
    ) {
        self.init(
            parts, key: key, nonces: parts.map { _ in Group.Scalar(randomWith: &generator) },
            challenges: parts.map { _ in Group.Scalar(randomWith: &generator) })
    }

    /// With nonces and challenges that were drawn already.
    init(_ parts: [Part], key: Group.Element, nonces: [Group.Scalar], challenges: [Group.Scalar]) {
        self.parts = parts
        self.nonces = nonces
        self.challenges = challenges
        commitments = parts.indices.flatMap { index in
            [
                Group.secretPower(to: nonces[index]),
                Group.product(
                    Group.secretPower(of: key, to: nonces[index]),
                    Group.secretPower(to: parts[index].difference * challenges[index])),
            ]
        }
    }

    /// The proofs, in the order of the claims, once the hash over the commitments is known.
    func proofs(prefix: [UInt8]) -> [Proof<Group>] {
        let hash = Group.challenge(prefix, Group.texts(of: commitments)[...])
        let missing = hash - challenges.reduce(.zero, +)
        return parts.indices.map { index in
            let challenge = challenges[index] + parts[index].isProven * missing
            return Proof(
                challenge: challenge, response: nonces[index] - parts[index].randomness * challenge)
        }
    }
}
