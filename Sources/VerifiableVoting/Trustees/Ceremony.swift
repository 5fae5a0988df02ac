import Kernel

/// The certificates of a ceremony, on which all members agree before they go on (§4.5).
public struct Ceremony<Group: VotingGroup>: Sendable {
    /// The two keys that a member makes for the ceremony.
    struct Member {
        /// With which the member's messages are signed.
        let verification: Group.Element
        /// To which the member's shares are encrypted.
        let encryption: Group.Element
    }

    /// All certificates, in the order of the members.
    public let certificates: [SignedMessage<Group>]
    /// T.
    public let threshold: Int
    /// In their order.
    let members: [Member]
    /// The hash of all certificates in hexadecimal digits, which the members read to each other: who was shown others
    /// has another hash.
    public let digest: String

    /// Checks certificates.
    ///
    /// - Throws: The first one that is of another ceremony or not signed with its own key, or the first member who has a
    ///   key of another one: two places that one person holds are not two people.
    public init(_ certificates: [SignedMessage<Group>]) throws(TrusteesFault) {
        guard (2...PedersenKeys<Group>.memberLimit).contains(certificates.count) else { throw .size }
        var members: [Member] = []
        var threshold: Int?
        for (index, certificate) in certificates.enumerated() {
            let content = try Self.read(certificate, size: certificates.count, index: index + 1)
            guard threshold == nil || threshold == content.threshold,
                certificate.isSigned(by: content.member.verification)
            else { throw .certificate(index + 1) }
            threshold = content.threshold
            members.append(content.member)
        }
        guard let threshold, threshold < certificates.count else { throw .size }
        for keys in [members.map(\.verification), members.map(\.encryption)] {
            if let repeated = Group.firstRepeated(keys) { throw .repeatedKey(repeated + 1) }
        }
        self.certificates = certificates
        self.members = members
        self.threshold = threshold
        var writer = CanonicalWriter()
        writer.array(certificates) { $1.write(to: &$0) }
        digest = HashDigest(of: writer.bytes).description
    }

    static func read(
        _ certificate: SignedMessage<Group>, size: Int, index: Int
    ) throws(TrusteesFault) -> (threshold: Int, member: Member) {
        var reader = CanonicalReader(Array(certificate.message.utf8))
        do {
            try reader.expect(#"{"context":{"group":"#)
            let name = try reader.string(maximumBytes: 100)
            try reader.expect(#","size":"#)
            let claimedSize = try reader.integer(in: 1...PedersenKeys<Group>.memberLimit)
            try reader.expect(#","threshold":"#)
            let threshold = try reader.integer(in: 1...PedersenKeys<Group>.memberLimit)
            try reader.expect(#","index":"#)
            let claimedIndex = try reader.integer(in: 1...PedersenKeys<Group>.memberLimit)
            try reader.expect(#"},"verification":"#)
            let verification = try reader.member(of: Group.self)
            try reader.expect(#","encryption":"#)
            let encryption = try reader.member(of: Group.self)
            try reader.expect("}")
            try reader.end()
            guard name == Group.name, claimedSize == size, claimedIndex == index else {
                throw TrusteesFault.certificate(index)
            }
            guard verification != Group.identity, encryption != Group.identity else {
                throw TrusteesFault.weakKey(index)
            }
            return (threshold, Member(verification: verification, encryption: encryption))
        } catch let fault as TrusteesFault {
            throw fault
        } catch { throw .certificate(index) }
    }

    static func certificateText(
        size: Int, threshold: Int, index: Int, verification: Group.Element, encryption: Group.Element
    ) -> String {
        var writer = CanonicalWriter()
        writer.literal(#"{"context":{"group":"#)
        writer.string(Group.name)
        writer.literal(#","size":"#)
        writer.integer(size)
        writer.literal(#","threshold":"#)
        writer.integer(threshold)
        writer.literal(#","index":"#)
        writer.integer(index)
        writer.literal(#"},"verification":"#)
        writer.quoted(Group.text(of: verification))
        writer.literal(#","encryption":"#)
        writer.quoted(Group.text(of: encryption))
        writer.literal("}")
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Checks the public half of a member's polynomial and that the member agrees on the certificates.
    ///
    /// - Returns: A_0 … A_(T−1).
    func exponents(
        of member: Int, message: SignedMessage<Group>, agreement: Proof<Group>
    ) throws(TrusteesFault) -> [Group.Element] {
        let key = members[member - 1].verification
        guard message.isSigned(by: key) else { throw .polynomial(member) }
        let exponents: [Group.Element]
        var reader = CanonicalReader(Array(message.message.utf8))
        do {
            try reader.expect(#"{"coefexps":"#)
            exponents = try reader.array(atMost: threshold) { reader throws(TextFault) in
                try reader.member(of: Group.self)
            }
            try reader.expect("}")
            try reader.end()
        } catch { throw .polynomial(member) }
        guard exponents.count == threshold else { throw .polynomial(member) }
        // No coefficient that was drawn is 0, and one of a lesser degree asks for fewer members than the threshold says.
        guard !exponents.contains(Group.identity) else { throw .weakKey(member) }
        guard SignedMessage.isSignature(agreement, of: agreementText(exponents), by: key) else {
            throw .agreement(member)
        }
        return exponents
    }

    static func polynomialText(_ exponents: [Group.Element]) -> String {
        var writer = CanonicalWriter()
        writer.literal(#"{"coefexps":"#)
        writer.array(Group.texts(of: exponents)) { $0.quoted($1) }
        writer.literal("}")
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    func agreementText(_ exponents: [Group.Element]) -> String {
        var writer = CanonicalWriter()
        writer.literal(#"certs_sig|{"certs":"#)
        writer.array(certificates) { $1.write(to: &$0) }
        writer.literal(#","coefexps":"#)
        writer.array(Group.texts(of: exponents)) { $0.quoted($1) }
        writer.literal("}")
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// The public half of the sum of all polynomials: Π_i A_ik for each k. Its values are the public keys of the shares.
    ///
    /// - Throws: ``TrusteesFault/cancelled`` where one of the products is 1: if it is the last, fewer members than the
    ///   threshold have the key, and each of them the whole of it where the threshold is 2.
    static func sum(of polynomials: [[Group.Element]]) throws(TrusteesFault) -> [Group.Element] {
        var sum = polynomials.first ?? []
        for polynomial in polynomials.dropFirst() { sum = zip(sum, polynomial).map(Group.product) }
        guard !sum.contains(Group.identity) else { throw .cancelled }
        return sum
    }

    /// g^f(index) of the public half of f: Π A_k^(index^k), from the last. Variable time.
    static func value(of exponents: [Group.Element], at index: Int) -> Group.Element {
        exponents.reversed().reduce(Group.identity) { power, exponent in
            Group.product(Group.publicPower(of: power, toSmall: index), exponent)
        }
    }
}
