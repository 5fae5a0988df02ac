/// A trustee who comes back to decrypt with nothing but the code: which one it is, and the secret that the code gives.
public struct ReturningTrustee<Group: VotingGroup>: Sendable {
    private enum Part: Sendable {
        case single(Group.Scalar)
        case member(CeremonyMember<Group>, of: PedersenKeys<Group>)
    }

    /// The trustee's number, from 1 over the members of all entries.
    public let owner: Int
    private let part: Part

    /// Finds whose code it is; `nil` where none of these keys was made with it. Constant time.
    public init?(_ code: SecretCode, among trustees: Trustees<Group>) {
        var first = 1
        for entry in trustees.entries {
            switch entry {
            case .single(let key):
                let secret = TrusteeKey<Group>.singleSecret(of: code)
                if Group.secretPower(to: secret) == key.element {
                    (owner, part) = (first, .single(secret))
                    return
                }
            case .pedersen(let keys):
                let members = keys.certificates.indices.map {
                    CeremonyMember<Group>(index: $0 + 1, seed: code)
                }
                if let ceremony = try? Ceremony(keys.certificates),
                    let member = members.first(where: { $0.isMember(of: ceremony) })
                {
                    (owner, part) = (first + member.index - 1, .member(member, of: keys))
                    return
                }
            }
            first += entry.keys.count
        }
        return nil
    }

    /// Whether the secret follows from the code and the second messages of the ceremony, which are not in the archive.
    public var needsPolynomials: Bool {
        if case .member = part { true } else { false }
    }

    /// Makes the secret that decrypts. Constant time.
    ///
    /// - Parameter polynomials: The second messages of all members of the ceremony; of a single trustee none are read.
    ///   Whoever kept them is not believed: a share that does not make the key in `trustees.json` is refused.
    /// - Returns: The key of a single trustee, or a member's share.
    /// - Throws: Whose message does not hold.
    public func secret(
        polynomials: [PolynomialMessage<Group>] = []
    ) throws(TrusteesFault) -> Group.Scalar {
        switch part {
        case .single(let secret): return secret
        case .member(let member, let keys):
            let share = try member.share(in: Ceremony(keys.certificates), polynomials: polynomials)
            guard Group.secretPower(to: share) == keys.verificationKeys[member.index - 1].element else {
                throw .verificationKey(member.index)
            }
            return share
        }
    }
}
