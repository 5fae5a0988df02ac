extension Ceremony {
    /// Checks the certificate of one member as it comes, before those of the others are known: nobody can spoil a
    /// ceremony by a message that is found wrong only when all are together.
    public static func check(
        _ certificate: SignedMessage<Group>, of member: Int, size: Int, threshold: Int
    ) throws(TrusteesFault) {
        let content = try read(certificate, size: size, index: member)
        guard content.threshold == threshold, certificate.isSigned(by: content.member.verification) else {
            throw .certificate(member)
        }
    }

    /// Checks the public key of one member's share against the polynomials of all.
    public func check(
        _ key: TrusteeKey<Group>, of member: Int, polynomials: [PolynomialMessage<Group>]
    ) throws(TrusteesFault) {
        guard members.indices.contains(member - 1), polynomials.count == members.count else { throw .size }
        var share = Group.identity
        for (place, polynomial) in polynomials.enumerated() {
            let exponents = try exponents(
                of: place + 1, message: polynomial.exponents, agreement: polynomial.agreement)
            share = Group.product(share, Self.value(of: exponents, at: member))
        }
        guard key.element == share else { throw .verificationKey(member) }
        guard key.isProven else { throw .knowledge(member) }
        guard key.isSigned(by: members[member - 1].verification) else { throw .signature(member) }
    }
}
