import Kernel

/// What is voted on, as `election.json` says it (format, §4.4).
///
/// Its fingerprint stands in every ballot and in every proof, so that nothing of it can be changed once the first vote
/// is cast: neither a question nor the terms of ours that the tool passes over.
public struct ElectionDescription: Hashable, Sendable {
    /// Identifies the election: at least 14 characters of Base58.
    public let uuid: String
    /// Its title.
    public let name: String
    /// What it is about.
    public let description: String
    /// The name of the group in which it is encrypted.
    public let group: String
    /// `S(y)`: the key to which votes are encrypted, as it is written.
    public let publicKey: [UInt8]
    /// The questions, in the order of the answers of a ballot.
    public let questions: [HomomorphicQuestion]
    /// Who organises it, where that is told.
    public let administrator: String?
    /// Who makes the credentials, where that is told.
    public let credentialAuthority: String?
    /// Our own terms; an election that was not made here has none.
    public let terms: ElectionTerms?
    /// The text that is hashed.
    public let text: [UInt8]
    /// φ: the hash of the text in Base64.
    public let fingerprint: String

    /// The characters of identifiers.
    static let base58 = Set("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)
    /// The most questions that one election may have.
    static let questionLimit = 100
    /// The most octets of a text that are looked at: ten thousand answers.
    public static let longestText = 4 << 20
    /// The most octets of an identifier: it stands in every ballot.
    public static let longestUUID = 100

    /// Describes an election in its canonical text.
    public init(
        uuid: String, name: String, description: String, group: String, publicKey: [UInt8],
        questions: [HomomorphicQuestion], administrator: String? = nil, credentialAuthority: String? = nil,
        terms: ElectionTerms? = nil
    ) throws(ElectionFault) {
        guard Self.isUUID(uuid) else { throw .member("uuid") }
        guard (1...Self.questionLimit).contains(questions.count) else {
            throw .questionCount(questions.count)
        }
        try terms?.check(against: questions)
        self.uuid = uuid
        self.name = name
        self.description = description
        self.group = group
        self.publicKey = publicKey
        self.questions = questions
        self.administrator = administrator
        self.credentialAuthority = credentialAuthority
        self.terms = terms
        var writer = CanonicalWriter(capacity: 4096)
        writer.literal(#"{"version":1,"description":"#)
        writer.string(description)
        writer.literal(#","name":"#)
        writer.string(name)
        writer.literal(#","group":"#)
        writer.string(group)
        writer.literal(#","public_key":"#)
        writer.quoted(publicKey)
        writer.literal(#","questions":"#)
        writer.array(questions) { $1.write(to: &$0) }
        writer.literal(#","uuid":"#)
        writer.string(uuid)
        if let administrator {
            writer.literal(#","administrator":"#)
            writer.string(administrator)
        }
        if let credentialAuthority {
            writer.literal(#","credential_authority":"#)
            writer.string(credentialAuthority)
        }
        if let terms {
            writer.literal(#","alianzas":"#)
            terms.write(to: &writer)
        }
        writer.literal("}")
        text = writer.bytes
        fingerprint = HashDigest(of: writer.bytes).base64
    }

    private static func isUUID(_ text: String) -> Bool {
        (14...longestUUID).contains(text.utf8.count) && text.utf8.allSatisfy(base58.contains)
    }

    /// Reads the text of an election, whoever wrote it: members that we do not know are allowed and are part of the
    /// fingerprint, but ours are read strictly.
    public init(reading text: [UInt8]) throws(ElectionFault) {
        let node: JSONNode
        do { node = try JSONNode(text) } catch { throw .text(error) }
        func string(_ member: String) throws(ElectionFault) -> String {
            guard let value = node[member]?.string else { throw .member(member) }
            return value
        }
        func optional(_ member: String) throws(ElectionFault) -> String? {
            node[member] == nil ? nil : try string(member)
        }
        guard let version = node["version"]?.integer else { throw .member("version") }
        guard version == 1 else { throw .version(version) }
        uuid = try string("uuid")
        guard Self.isUUID(uuid) else { throw .member("uuid") }
        name = try string("name")
        description = try string("description")
        group = try string("group")
        publicKey = Array(try string("public_key").utf8)
        administrator = try optional("administrator")
        credentialAuthority = try optional("credential_authority")
        guard let list = node["questions"]?.array else { throw .member("questions") }
        guard (1...Self.questionLimit).contains(list.count) else { throw .questionCount(list.count) }
        var questions: [HomomorphicQuestion] = []
        for question in list { questions.append(try HomomorphicQuestion(reading: question)) }
        self.questions = questions
        if let other = node.member(like: "alianzas") { throw .misspeltTerms(other) }
        if let member = node["alianzas"] {
            let terms = try ElectionTerms(reading: member)
            try terms.check(against: questions)
            self.terms = terms
        } else {
            terms = nil
        }
        self.text = text
        fingerprint = HashDigest(of: text).base64
    }
}

extension JSONNode {
    /// The name of a member that is this one but for capitals: whoever wrote it meant this one, and would be passed over.
    fileprivate func member(like name: String) -> String? {
        guard case .object(let members) = self else { return nil }
        return members.map(\.name).first { $0 != name && $0.lowercased() == name }
    }
}

extension HomomorphicQuestion {
    fileprivate init(reading node: JSONNode) throws(ElectionFault) {
        if let type = node["type"] { throw .questionType(type.string ?? "") }
        guard let question = node["question"]?.string else { throw .member("question") }
        guard let list = node["answers"]?.array else { throw .member("answers") }
        var answers: [String] = []
        for answer in list {
            guard let text = answer.string else { throw .member("answers") }
            answers.append(text)
        }
        guard let minimum = node["min"]?.integer else { throw .member("min") }
        guard let maximum = node["max"]?.integer else { throw .member("max") }
        var allowsBlank = false
        if let blank = node["blank"] {
            guard let value = blank.bool else { throw .member("blank") }
            allowsBlank = value
        }
        try self.init(
            question: question, answers: answers, allowsBlank: allowsBlank, minimum: minimum, maximum: maximum
        )
    }
}
