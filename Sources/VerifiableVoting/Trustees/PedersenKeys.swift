/// A key that N members share so that any T of them decrypt (§4.5, `Pedersen`, in the shape of versions 3.x).
public struct PedersenKeys<Group: VotingGroup>: Sendable {
    /// T: how many members decrypt.
    public let threshold: Int
    /// Each member's certificate.
    public let certificates: [SignedMessage<Group>]
    /// The public half of each member's polynomial.
    public let polynomials: [SignedMessage<Group>]
    /// Each member's signature of all certificates and of the own polynomial.
    public let agreements: [Proof<Group>]
    /// The public key of each member's share.
    public let verificationKeys: [TrusteeKey<Group>]

    /// The most members of an entry, and of all entries together.
    static var memberLimit: Int { 100 }

    /// Puts the messages of a ceremony together, after checking them.
    ///
    /// - Parameters:
    ///   - certificates: One from each member, in their order.
    ///   - polynomials: One from each.
    ///   - verificationKeys: One from each.
    /// - Throws: The first message that does not hold.
    public init(
        certificates: [SignedMessage<Group>], polynomials: [PolynomialMessage<Group>],
        verificationKeys: [TrusteeKey<Group>]
    ) throws(TrusteesFault) {
        let ceremony = try Ceremony(certificates)
        self.init(
            threshold: ceremony.threshold, certificates: certificates,
            polynomials: polynomials.map(\.exponents), agreements: polynomials.map(\.agreement),
            verificationKeys: verificationKeys)
        _ = try subkey()
    }

    fileprivate init(
        threshold: Int, certificates: [SignedMessage<Group>], polynomials: [SignedMessage<Group>],
        agreements: [Proof<Group>], verificationKeys: [TrusteeKey<Group>]
    ) {
        self.threshold = threshold
        self.certificates = certificates
        self.polynomials = polynomials
        self.agreements = agreements
        self.verificationKeys = verificationKeys
    }

    /// Checks all messages.
    ///
    /// - Returns: The sub-key: the product of the polynomials' constant terms.
    func subkey() throws(TrusteesFault) -> Group.Element {
        let ceremony = try Ceremony(certificates)
        let size = ceremony.members.count
        guard ceremony.threshold == threshold,
            [polynomials.count, agreements.count, verificationKeys.count] == [size, size, size]
        else { throw .size }
        var exponents: [[Group.Element]] = []
        for member in 1...size {
            exponents.append(
                try ceremony.exponents(
                    of: member, message: polynomials[member - 1], agreement: agreements[member - 1]))
        }
        let sum = try Ceremony<Group>.sum(of: exponents)
        for member in 1...size {
            let key = verificationKeys[member - 1]
            guard key.element != Group.identity else { throw .weakKey(member) }
            guard key.element == Ceremony<Group>.value(of: sum, at: member) else {
                throw .verificationKey(member)
            }
            guard key.isProven else { throw .knowledge(member) }
            guard key.isSigned(by: ceremony.members[member - 1].verification) else {
                throw .signature(member)
            }
        }
        return sum[0]
    }

    func write(to writer: inout CanonicalWriter) {
        writer.literal(#"{"threshold":"#)
        writer.integer(threshold)
        writer.literal(#","certs":"#)
        writer.array(certificates) { $1.write(to: &$0) }
        writer.literal(#","coefexps":"#)
        writer.array(polynomials) { $1.write(to: &$0) }
        writer.literal(#","signatures":"#)
        writer.array(agreements) { $1.write(to: &$0) }
        writer.literal(#","verification_keys":"#)
        writer.array(verificationKeys) { $1.write(to: &$0) }
        writer.literal("}")
    }
}

extension CanonicalReader {
    /// Reads a `Pedersen` entry.
    mutating func pedersenKeys<Group: VotingGroup>(in group: Group.Type) throws(TextFault) -> PedersenKeys<
        Group
    > {
        let limit = PedersenKeys<Group>.memberLimit
        try expect(#"{"threshold":"#)
        let threshold = try integer(in: 1...limit)
        try expect(#","certs":"#)
        let certificates = try array(atMost: limit) { reader throws(TextFault) in
            try reader.signedMessage(in: group)
        }
        try expect(#","coefexps":"#)
        let polynomials = try array(atMost: limit) { reader throws(TextFault) in
            try reader.signedMessage(in: group)
        }
        try expect(#","signatures":"#)
        let agreements = try array(atMost: limit) { reader throws(TextFault) in try reader.proof(in: group) }
        try expect(#","verification_keys":"#)
        let keys = try array(atMost: limit) { reader throws(TextFault) in try reader.trusteeKey(in: group) }
        try expect("}")
        return PedersenKeys(
            threshold: threshold, certificates: certificates, polynomials: polynomials,
            agreements: agreements, verificationKeys: keys)
    }
}
