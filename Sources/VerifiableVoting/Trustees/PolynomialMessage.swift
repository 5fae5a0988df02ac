/// A member's second message in a ceremony.
public struct PolynomialMessage<Group: VotingGroup>: Hashable, Sendable {
    /// The public half of the polynomial, for `coefexps`.
    public let exponents: SignedMessage<Group>
    /// The signature of all certificates with it, for `signatures`.
    public let agreement: Proof<Group>
    /// The polynomial's value for each member, encrypted to that member. It is signed, so that a wrong one can be laid
    /// at its maker's door, and kept beside the archive, since a restored backup reads it again.
    public let shares: SignedMessage<Group>

    init(exponents: SignedMessage<Group>, agreement: Proof<Group>, shares: SignedMessage<Group>) {
        self.exponents = exponents
        self.agreement = agreement
        self.shares = shares
    }

    /// Reads a message without checking its signatures, which needs the ceremony.
    public init(reading text: [UInt8]) throws(TrusteesFault) {
        var reader = CanonicalReader(text)
        do {
            try reader.expect(#"{"coefexps":"#)
            exponents = try reader.signedMessage(in: Group.self)
            try reader.expect(#","signature":"#)
            agreement = try reader.proof(in: Group.self)
            try reader.expect(#","shares":"#)
            shares = try reader.signedMessage(in: Group.self)
            try reader.expect("}")
            try reader.end()
        } catch { throw .text(error) }
    }

    /// The canonical text, as pages and server exchange it.
    public var text: [UInt8] {
        var writer = CanonicalWriter()
        writer.literal(#"{"coefexps":"#)
        exponents.write(to: &writer)
        writer.literal(#","signature":"#)
        agreement.write(to: &writer)
        writer.literal(#","shares":"#)
        shares.write(to: &writer)
        writer.literal("}")
        return writer.bytes
    }

    /// Checks everything that can be checked without a member's secret, so that a server keeps no message that a
    /// member would have to refuse for its form.
    public func check(in ceremony: Ceremony<Group>, from member: Int) throws(TrusteesFault) {
        guard ceremony.members.indices.contains(member - 1) else { throw .size }
        _ = try ceremony.exponents(of: member, message: exponents, agreement: agreement)
        _ = try encryptedShares(in: ceremony, from: member)
    }

    static func sharesText(ceremony: String, _ shares: [EncryptedShare<Group>]) -> String {
        var writer = CanonicalWriter()
        writer.literal(#"{"ceremony":"#)
        writer.string(ceremony)
        writer.literal(#","shares":"#)
        writer.array(shares) { $1.write(to: &$0) }
        writer.literal("}")
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    func encryptedShares(
        in ceremony: Ceremony<Group>, from sender: Int
    ) throws(TrusteesFault) -> [EncryptedShare<Group>] {
        guard shares.isSigned(by: ceremony.members[sender - 1].verification) else { throw .share(sender) }
        var reader = CanonicalReader(Array(shares.message.utf8))
        do {
            try reader.expect(#"{"ceremony":"#)
            let digest = try reader.string(maximumBytes: 64)
            try reader.expect(#","shares":"#)
            let shares = try reader.array(atMost: ceremony.members.count) { reader throws(TextFault) in
                try reader.encryptedShare(in: Group.self)
            }
            try reader.expect("}")
            try reader.end()
            guard digest == ceremony.digest, shares.count == ceremony.members.count else {
                throw TrusteesFault.share(sender)
            }
            return shares
        } catch { throw .share(sender) }
    }
}
