import Kernel

/// A ballot as a text of the one canonical shape (§4.7): where everything stands in it, before any number is computed
/// with.
///
/// Reading this far is cheap, so that a text that cannot be a ballot of the election costs little.
struct BallotText: Sendable {
    typealias Digits = Range<Int>

    struct EncodedPair {
        let first: Digits
        let second: Digits
    }

    struct EncodedAnswer {
        let choices: [EncodedPair]
        let individualProofs: [[EncodedPair]]
        let overallProof: [EncodedPair]
        let blankProof: [EncodedPair]?
    }

    let bytes: [UInt8]
    let electionUUID: String
    let fingerprint: String
    let credential: Digits
    let answers: [EncodedAnswer]
    /// What the signature says it signs.
    let signedHash: String
    let signature: EncodedPair
    /// h: the hash of the text without its signature, in Base64.
    let unsignedHash: String

    /// More answers, choices or proofs than any question has are not read.
    private static let listLimit = HomomorphicQuestion.answerLimit + 3

    init(_ bytes: [UInt8]) throws(TextFault) {
        self.bytes = bytes
        var reader = CanonicalReader(bytes)
        try reader.expect(#"{"election_uuid":"#)
        electionUUID = String(decoding: bytes[try reader.plain(maximumBytes: 100)], as: UTF8.self)
        try reader.expect(#","election_hash":"#)
        fingerprint = String(decoding: bytes[try reader.plain(maximumBytes: 43)], as: UTF8.self)
        try reader.expect(#","credential":"#)
        credential = try reader.element()
        try reader.expect(#","answers":"#)
        answers = try reader.array(atMost: ElectionDescription.questionLimit, Self.answer)
        let end = reader.position
        try reader.expect(#","signature":{"hash":"#)
        signedHash = String(decoding: bytes[try reader.plain(maximumBytes: 43)], as: UTF8.self)
        try reader.expect(#","proof":"#)
        signature = try reader.proof()
        try reader.expect("}}")
        try reader.end()
        unsignedHash = HashDigest(of: bytes[..<end] + [UInt8(ascii: "}")]).base64
    }

    /// Reads a text whose faults are those of a ballot.
    init(ballot bytes: [UInt8]) throws(BallotFault) {
        do { try self.init(bytes) } catch { throw .notCanonical(error) }
    }

    private static func answer(_ reader: inout CanonicalReader) throws(TextFault) -> EncodedAnswer {
        try reader.expect(#"{"choices":"#)
        let choices = try reader.array(atMost: listLimit) { reader throws(TextFault) in
            try reader.ciphertext()
        }
        try reader.expect(#","individual_proofs":"#)
        let individual = try reader.array(atMost: listLimit, proofs)
        try reader.expect(#","overall_proof":"#)
        let overall = try proofs(&reader)
        let blank = reader.takes(#","blank_proof":"#) ? try proofs(&reader) : nil
        try reader.expect("}")
        return EncodedAnswer(
            choices: choices, individualProofs: individual, overallProof: overall, blankProof: blank)
    }

    private static func proofs(_ reader: inout CanonicalReader) throws(TextFault) -> [EncodedPair] {
        try reader.array(atMost: listLimit) { reader throws(TextFault) in try reader.proof() }
    }

    /// The text of a number or an element.
    func text(_ digits: Digits) -> [UInt8] { Array(bytes[digits]) }

    func element<Group: VotingGroup>(
        _ digits: Digits, of part: BallotPart, in: Group.Type
    ) throws(BallotFault) -> Group.Element {
        do { return try Group.element(reading: bytes[digits]) } catch { throw .element(part) }
    }

    func proof<Group: VotingGroup>(
        _ pair: EncodedPair, of part: BallotPart, in: Group.Type
    ) throws(BallotFault) -> Proof<Group> {
        do {
            return Proof(
                challenge: try Group.Scalar(reading: bytes[pair.first]),
                response: try Group.Scalar(reading: bytes[pair.second]))
        } catch { throw .number(part) }
    }
}

extension CanonicalReader {
    /// The most digits of an element or a number of a group.
    private static let digitLimit = 620

    /// Reads an element's text in whichever form its group has.
    mutating func element() throws(TextFault) -> Range<Int> {
        try plain(maximumBytes: Self.digitLimit)
    }

    /// Reads `{"challenge":Z_q,"response":Z_q}`.
    mutating func proof() throws(TextFault) -> BallotText.EncodedPair {
        try expect(#"{"challenge":"#)
        let challenge = try decimal(maximumDigits: Self.digitLimit)
        try expect(#","response":"#)
        let response = try decimal(maximumDigits: Self.digitLimit)
        try expect("}")
        return BallotText.EncodedPair(first: challenge, second: response)
    }

    /// Reads `{"alpha":G,"beta":G}`.
    mutating func ciphertext() throws(TextFault) -> BallotText.EncodedPair {
        try expect(#"{"alpha":"#)
        let alpha = try element()
        try expect(#","beta":"#)
        let beta = try element()
        try expect("}")
        return BallotText.EncodedPair(first: alpha, second: beta)
    }
}
