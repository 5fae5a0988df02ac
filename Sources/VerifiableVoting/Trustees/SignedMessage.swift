/// A text that a trustee signed with the key of the ceremony (§4.5, `signed`).
public struct SignedMessage<Group: VotingGroup>: Hashable, Sendable {
    /// What is signed: canonical JSON.
    public let message: String
    /// The signature.
    public let signature: Proof<Group>

    /// Signs a text. Constant time.
    init(_ message: String, by secret: Group.Scalar, with generator: inout some RandomNumberGenerator) {
        self.message = message
        signature = Self.signature(of: message, by: secret, with: &generator)
    }

    init(message: String, signature: Proof<Group>) {
        self.message = message
        self.signature = signature
    }

    /// Reads a message, whose signature is checked where it is known by whom it should be: a certificate by
    /// ``Ceremony``.
    public init(reading text: [UInt8]) throws(TrusteesFault) {
        var reader = CanonicalReader(text)
        do {
            self = try reader.signedMessage(in: Group.self)
            try reader.end()
        } catch { throw .text(error) }
    }

    /// The canonical text, as pages and server exchange it.
    public var text: [UInt8] {
        var writer = CanonicalWriter()
        write(to: &writer)
        return writer.bytes
    }

    /// Whether the key's owner signed it.
    func isSigned(by key: Group.Element) -> Bool {
        Self.isSignature(signature, of: message, by: key)
    }

    static func signature(
        of text: String, by secret: Group.Scalar, with generator: inout some RandomNumberGenerator
    ) -> Proof<Group> {
        Proof(ofKnowing: secret, prefix: prefix(text), with: &generator)
    }

    static func isSignature(_ signature: Proof<Group>, of text: String, by key: Group.Element) -> Bool {
        signature.provesKnowledge(of: key, prefix: prefix(text))
    }

    private static func prefix(_ text: String) -> [UInt8] {
        Array("sigmsg|\(text)|".utf8)
    }

    func write(to writer: inout CanonicalWriter) {
        writer.literal(#"{"message":"#)
        writer.string(message)
        writer.literal(#","signature":"#)
        signature.write(to: &writer)
        writer.literal("}")
    }
}

extension CanonicalReader {
    /// The longest message of a ceremony: the shares of 100 members.
    static let messageLimit = 200_000

    /// Reads `signed`.
    mutating func signedMessage<Group: VotingGroup>(in group: Group.Type) throws(TextFault) -> SignedMessage<
        Group
    > {
        try expect(#"{"message":"#)
        let message = try string(maximumBytes: Self.messageLimit)
        try expect(#","signature":"#)
        let signature = try proof(in: group)
        try expect("}")
        return SignedMessage(message: message, signature: signature)
    }

    /// Reads a proof, whose numbers have to be below *q*.
    mutating func proof<Group: VotingGroup>(in group: Group.Type) throws(TextFault) -> Proof<Group> {
        let start = position
        let pair = try proof()
        do {
            return Proof(
                challenge: try Group.Scalar(reading: bytes[pair.first]),
                response: try Group.Scalar(reading: bytes[pair.second]))
        } catch {
            throw TextFault(at: start, expected: "una prueba con números menores que el orden del grupo")
        }
    }

    /// Reads an element and tests its order: `ok(x)`.
    mutating func member<Group: VotingGroup>(of group: Group.Type) throws(TextFault) -> Group.Element {
        let start = position
        let range = try element()
        do { return try Group.member(reading: bytes[range]) } catch {
            throw TextFault(at: start, expected: "un elemento del grupo")
        }
    }
}
