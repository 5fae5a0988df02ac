/// A public key with which decryptions are checked (§4.5, `tpk`).
public struct TrusteeKey<Group: VotingGroup>: Equatable, Sendable {
    /// X = g^x.
    public let element: Group.Element
    /// That *x* is known.
    public let proof: Proof<Group>
    /// In a ceremony, the member's signature of S(X), with the key of the member's certificate.
    public let signature: Proof<Group>?
    /// Whose key it is, where that is told.
    public let name: String?

    /// The key of a trustee without whom nothing is decrypted. Constant time.
    public init(
        single secret: Group.Scalar, name: String? = nil, with generator: inout some RandomNumberGenerator
    ) {
        self.init(of: secret, name: name, signingKey: nil, with: &generator)
    }

    /// The key of a member's share, signed with the key of the member's certificate. Constant time.
    init(
        share: Group.Scalar, signingKey: Group.Scalar, with generator: inout some RandomNumberGenerator
    ) {
        self.init(of: share, name: nil, signingKey: signingKey, with: &generator)
    }

    private init(
        of secret: Group.Scalar, name: String?, signingKey: Group.Scalar?,
        with generator: inout some RandomNumberGenerator
    ) {
        element = Group.secretPower(to: secret)
        let text = Group.text(of: element)
        proof = Proof(ofKnowing: secret, prefix: Self.prefix(text), with: &generator)
        signature =
            if let signingKey {
                SignedMessage.signature(
                    of: String(decoding: text, as: UTF8.self), by: signingKey, with: &generator)
            } else { nil }
        self.name = name
    }

    private static func prefix(_ text: [UInt8]) -> [UInt8] {
        Array("pok|\(Group.name)|".utf8) + text + [UInt8(ascii: "|")]
    }

    /// The secret key that a seed of 22 characters gives to a single trustee. The format leaves it open; this is the
    /// derivation of credentials with a prefix of its own: SHA-256("trustee_key|" ‖ group ‖ "|0|" ‖ seed) ‖
    /// SHA-256("trustee_key|" ‖ group ‖ "|1|" ‖ seed) modulo *q*. Constant time.
    public static func singleSecret(of seed: SecretCode) -> Group.Scalar {
        Group.Scalar(hashesOf: (0...1).map { "trustee_key|\(Group.name)|\($0)|\(seed.characters)" })
    }

    /// Whether the owner knows the secret. The order was tested when the key was read.
    var isProven: Bool {
        proof.provesKnowledge(of: element, prefix: Self.prefix(Group.text(of: element)))
    }

    /// Whether the member of this certificate's key signed it.
    func isSigned(by key: Group.Element) -> Bool {
        guard let signature else { return false }
        let text = String(decoding: Group.text(of: element), as: UTF8.self)
        return SignedMessage.isSignature(signature, of: text, by: key)
    }

    /// The canonical text, as a trustee's page sends it.
    public var text: [UInt8] {
        var writer = CanonicalWriter()
        write(to: &writer)
        return writer.bytes
    }

    /// Reads a key, tests its order and the proof, and that it is not the element 1.
    public init(reading text: [UInt8]) throws(TrusteesFault) {
        var reader = CanonicalReader(text)
        do {
            self = try reader.trusteeKey(in: Group.self)
            try reader.end()
        } catch { throw .text(error) }
        guard element != Group.identity else { throw .weakKey(1) }
        guard isProven else { throw .knowledge(1) }
    }

    func write(to writer: inout CanonicalWriter) {
        writer.literal(#"{"pok":"#)
        proof.write(to: &writer)
        writer.literal(#","public_key":"#)
        writer.quoted(Group.text(of: element))
        if let signature {
            writer.literal(#","signature":"#)
            signature.write(to: &writer)
        }
        if let name {
            writer.literal(#","name":"#)
            writer.string(name)
        }
        writer.literal("}")
    }

    fileprivate init(element: Group.Element, proof: Proof<Group>, signature: Proof<Group>?, name: String?) {
        self.element = element
        self.proof = proof
        self.signature = signature
        self.name = name
    }
}

extension CanonicalReader {
    /// Reads `tpk`, and tests the order of the key.
    mutating func trusteeKey<Group: VotingGroup>(in group: Group.Type) throws(TextFault) -> TrusteeKey<Group>
    {
        try expect(#"{"pok":"#)
        let proof = try proof(in: group)
        try expect(#","public_key":"#)
        let element = try member(of: group)
        let signature = takes(#","signature":"#) ? try self.proof(in: group) : nil
        let name = takes(#","name":"#) ? try string(maximumBytes: 1000) : nil
        try expect("}")
        return TrusteeKey(element: element, proof: proof, signature: signature, name: name)
    }
}
