/// A number *m* encrypted as (g^r, y^r·g^m): ElGamal in the exponent, so that products of ciphertexts encrypt sums
/// (§4.7).
public struct Ciphertext<Group: VotingGroup>: Equatable, Sendable {
    /// g^r.
    public let alpha: Group.Element
    /// y^r·g^m.
    public let beta: Group.Element

    /// A ciphertext of its two halves.
    public init(alpha: Group.Element, beta: Group.Element) {
        self.alpha = alpha
        self.beta = beta
    }

    /// Encrypts a secret number with secret randomness to the key *y*. Constant time.
    public init(of number: Group.Scalar, randomness: Group.Scalar, to key: Group.Element) {
        alpha = Group.secretPower(to: randomness)
        beta = Group.product(
            Group.secretPower(of: key, to: randomness), Group.secretPower(to: number))
    }

    /// The encryption of 0 with randomness 0, which leaves a product as it is.
    public static var one: Self { Self(alpha: Group.identity, beta: Group.identity) }

    /// The encryption of the sum of both numbers.
    public static func * (left: Self, right: Self) -> Self {
        Self(
            alpha: Group.product(left.alpha, right.alpha), beta: Group.product(left.beta, right.beta))
    }

    /// The encryption of a public multiple of the number. Variable time.
    public func publicPower(_ exponent: Group.Scalar) -> Self {
        Self(
            alpha: Group.publicPower(of: alpha, to: exponent),
            beta: Group.publicPower(of: beta, to: exponent))
    }

    func write(to writer: inout CanonicalWriter) {
        let texts = Group.texts(of: [alpha, beta])
        writer.literal(#"{"alpha":"#)
        writer.quoted(texts[0])
        writer.literal(#","beta":"#)
        writer.quoted(texts[1])
        writer.literal("}")
    }
}

extension Sequence {
    /// The product of ciphertexts.
    func product<Group>() -> Ciphertext<Group> where Element == Ciphertext<Group> {
        reduce(.one, *)
    }
}
