public import Kernel

/// Writes the archive of an election, which is only ever appended to (format, §4.3).
///
/// It holds no bytes: each call returns what is to be written behind what is there, data and event together, so that a
/// caller can make them durable in one piece. Every record carries the time of the first.
public struct ArchiveWriter: Sendable {
    /// Seconds since 1970, the same in every record.
    public let timestamp: Int
    /// How far the election has come.
    public private(set) var stage: ArchiveStage
    /// The hash of the last event, `nil` before the first.
    public private(set) var head: HashDigest?
    /// The height of the next event.
    public private(set) var height: Int

    /// Begins an archive; ``opening`` is to be written first. The time is from 0 to 2³³−1 seconds.
    public init(timestamp: Int) {
        self.init(timestamp: timestamp, stage: .empty, head: nil, height: 0)
    }

    /// Goes on with an archive after its last event.
    ///
    /// - Parameters:
    ///   - timestamp: The time that its records carry.
    ///   - stage: How far it has come.
    ///   - head: The hash of its last event.
    ///   - height: How many events it has.
    public init(timestamp: Int, stage: ArchiveStage, head: HashDigest?, height: Int) {
        self.timestamp = min(max(timestamp, 0), RecordHeader.largestNumber)
        self.stage = stage
        self.head = head
        self.height = height
    }

    /// The first record, which says what the file is.
    public var opening: [UInt8] {
        record(named: "BELENIOS", Array(#"{"version":1,"timestamp":"\#(timestamp)"}"#.utf8))
    }

    /// The beginning of the election: the texts of `election.json`, `trustees.json` and the public credentials, without
    /// a final newline.
    public mutating func setup(
        election: [UInt8], trustees: [UInt8], credentials: [UInt8]
    ) throws(OrderFault) -> [UInt8] {
        let data = ArchiveData.Setup(
            election: HashDigest(of: election), trustees: HashDigest(of: trustees),
            credentials: HashDigest(of: credentials))
        return try append(.setup, data: [election, trustees, credentials, data.text])
    }

    /// A ballot, in its canonical text.
    public mutating func ballot(_ text: [UInt8]) throws(OrderFault) -> [UInt8] {
        try append(.ballot, data: [text])
    }

    /// The end of the vote.
    public mutating func endBallots() throws(OrderFault) -> [UInt8] {
        try append(.endBallots, data: [])
    }

    /// The votes added up: the text of the encrypted tally, how many ballots it adds up and their weights together.
    public mutating func encryptedTally(
        _ text: [UInt8], ballots: Int, weight: Int
    ) throws(OrderFault) -> [UInt8] {
        let sized = ArchiveData.Sized(ballots: ballots, weight: weight, tally: HashDigest(of: text))
        return try append(.encryptedTally, data: [text, sized.text])
    }

    /// The part of a trustee in the decryption; the owner is counted from 1 over all members of trustees.json.
    public mutating func partialDecryption(_ text: [UInt8], owner: Int) throws(OrderFault) -> [UInt8] {
        let owned = ArchiveData.Owned(owner: owner, payload: HashDigest(of: text))
        return try append(.partialDecryption, data: [text, owned.text])
    }

    /// The result, after which nothing can be written.
    public mutating func result(_ text: [UInt8]) throws(OrderFault) -> [UInt8] {
        try append(.result, data: [text])
    }

    /// Writes data and the event that needs them. Its payload is the hash of the last one.
    private mutating func append(_ type: EventType, data: [[UInt8]]) throws(OrderFault) -> [UInt8] {
        guard let next = stage.after(type) else { throw .outOfOrder(type, stage) }
        var bytes: [UInt8] = []
        for content in data { bytes += record(content, suffix: ".data.json") }
        let event = ArchiveEvent(
            parent: head, height: height, type: type, payload: data.last.map { HashDigest(of: $0) })
        bytes += record(event.text, suffix: ".event.json")
        stage = next
        head = HashDigest(of: event.text)
        height += 1
        return bytes
    }

    private func record(_ content: [UInt8], suffix: String) -> [UInt8] {
        record(named: HashDigest(of: content).description + suffix, content)
    }

    private func record(named name: String, _ content: [UInt8]) -> [UInt8] {
        RecordHeader.block(name: Array(name.utf8), size: content.count, time: timestamp) + content
            + [UInt8](repeating: 0, count: RecordHeader.padding(after: content.count))
    }
}
