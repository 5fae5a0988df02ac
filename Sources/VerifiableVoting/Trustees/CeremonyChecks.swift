extension Ceremony {
    /// Checks the certificate of one member as it comes, before those of the others are known: nobody can spoil a
    /// ceremony by a message that is found wrong only when all are together.
    ///
    /// - Parameters:
    ///   - certificate: What came.
    ///   - member: From whom, from 1.
    ///   - size: N.
    ///   - threshold: T.
    ///   - others: The certificates that came before, by member: nobody may have a key of another.
    /// - Throws: The fault of this member.
    public static func check(
        _ certificate: SignedMessage<Group>, of member: Int, size: Int, threshold: Int,
        among others: [Int: SignedMessage<Group>] = [:]
    ) throws(TrusteesFault) {
        let content = try read(certificate, size: size, index: member)
        guard content.threshold == threshold, certificate.isSigned(by: content.member.verification) else {
            throw .certificate(member)
        }
        for (index, other) in others where index != member {
            let other = try read(other, size: size, index: index).member
            guard other.verification != content.member.verification,
                other.encryption != content.member.encryption
            else { throw .repeatedKey(member) }
        }
    }

    /// Checks the public key of one member's share against the polynomials of all.
    public func check(
        _ key: TrusteeKey<Group>, of member: Int, polynomials: [PolynomialMessage<Group>]
    ) throws(TrusteesFault) {
        guard members.indices.contains(member - 1), polynomials.count == members.count else { throw .size }
        var exponents: [[Group.Element]] = []
        for (place, polynomial) in polynomials.enumerated() {
            exponents.append(
                try self.exponents(
                    of: place + 1, message: polynomial.exponents, agreement: polynomial.agreement))
        }
        guard key.element != Group.identity else { throw .weakKey(member) }
        guard try key.element == Self.value(of: Self.sum(of: exponents), at: member) else {
            throw .verificationKey(member)
        }
        guard key.isProven else { throw .knowledge(member) }
        guard key.isSigned(by: members[member - 1].verification) else { throw .signature(member) }
    }
}
