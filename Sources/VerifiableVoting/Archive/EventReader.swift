public import Kernel

/// An event of an archive with what it says.
public struct ArchiveStep: Sendable {
    /// What an event says, by the texts of its data.
    public enum Content: Sendable {
        /// The texts of `election.json`, `trustees.json` and the public credentials.
        case setup(election: [UInt8], trustees: [UInt8], credentials: [UInt8])
        /// The text of a ballot, and how it is found again.
        case ballot([UInt8], StoredBallot)
        case endBallots
        /// The text of the encrypted tally, and how many ballots and votes it adds up by its own account.
        case encryptedTally([UInt8], ballots: Int, weight: Int)
        /// The text of a partial decryption, whose owner is counted from 1.
        case partialDecryption([UInt8], owner: Int)
        /// The text of the result.
        case result([UInt8])
    }

    /// The event.
    public let event: EventReference
    /// What it says.
    public let content: Content
}

/// How a ballot is found again.
public struct StoredBallot: Hashable, Sendable {
    /// The hash of its text.
    public let tracker: HashDigest
    /// Where its text stands in the archive, in bytes.
    public let place: Range<Int>
}

/// An event, as a report names it.
public struct EventReference: Hashable, Sendable {
    /// Its place in the chain, counted from 0.
    public let height: Int
    /// What happened.
    public let type: EventType
    /// The hash of its text.
    public let digest: HashDigest
}

/// Reads the events of an archive in their order, each with its data, and enforces that order exactly (format, §4.3):
/// the chain holds; the data of an event stand directly before it, all of them, in order, and none is left over; what may
/// happen next is what ``ArchiveStage`` says.
///
/// An archive may end after any event: it is offered while the vote goes on.
public struct EventReader: Sendable {
    private var records: ArchiveReader
    /// How far the election has come by the events read so far.
    public private(set) var stage = ArchiveStage.empty
    /// The last event that held, `nil` before the first.
    public private(set) var last: EventReference?
    /// The event that was being read when a fault was found, where it got as far as that.
    public private(set) var current: EventReference?
    /// No ballot of the election is longer; `nil` before the setup, and where that describes no election: such a one the
    /// verifier refuses, and who only compares archives reads on.
    private var longestBallot: Int?

    /// Begins an archive.
    ///
    /// - Throws: ``RecordFault``, or what the source throws.
    public init(_ source: any ArchiveSource) throws {
        records = try ArchiveReader(source)
    }

    /// Seconds since 1970, which every record carries.
    public var timestamp: Int { records.timestamp }
    /// How many bytes were read.
    public var position: Int { records.position }

    /// Reads the next event, `nil` at the end of the archive.
    ///
    /// - Throws: ``RecordFault``, ``OrderFault``, ``TextFault`` or what the source throws.
    public mutating func next() throws -> ArchiveStep? {
        current = nil
        var data: [ArchiveRecord] = []
        while true {
            let limit = stage.dataLimit(at: data.count, longestBallot: longestBallot)
            guard let record = try records.next(dataLimit: limit, eventLimit: ArchiveStage.eventLimit) else {
                guard data.isEmpty else { throw OrderFault.unusedData }
                return nil
            }
            guard record.kind == .event else {
                data.append(record)
                continue
            }
            return try step(record, data)
        }
    }

    private mutating func step(_ record: ArchiveRecord, _ data: [ArchiveRecord]) throws -> ArchiveStep {
        let event = try ArchiveEvent(canonical: record.content)
        let reference = EventReference(height: event.height, type: event.type, digest: record.digest)
        current = reference
        guard event.parent == last?.digest else { throw OrderFault.parent }
        let height = last.map { $0.height + 1 } ?? 0
        guard event.height == height else { throw OrderFault.height(expected: height) }
        guard let next = stage.after(event.type) else { throw OrderFault.outOfOrder(event.type, stage) }
        let content = try Self.content(of: event, data)
        if case .setup(let election, _, _) = content {
            longestBallot = (try? ElectionDescription(reading: election))?.longestBallot
        }
        stage = next
        last = reference
        return ArchiveStep(event: reference, content: content)
    }

    private static func content(
        of event: ArchiveEvent, _ data: [ArchiveRecord]
    ) throws -> ArchiveStep.Content {
        let needed = event.type.dataCount
        guard data.count == needed else {
            throw OrderFault.missingData(found: data.count, needed: needed)
        }
        guard event.payload == data.last?.digest else { throw OrderFault.payload }
        let texts = data.map(\.content)
        switch event.type {
        case .setup:
            let setup = try ArchiveData.Setup(canonical: texts[3])
            guard
                setup
                    == .init(election: data[0].digest, trustees: data[1].digest, credentials: data[2].digest)
            else { throw OrderFault.otherData }
            return .setup(election: texts[0], trustees: texts[1], credentials: texts[2])
        case .ballot:
            return .ballot(texts[0], StoredBallot(tracker: data[0].digest, place: data[0].place))
        case .endBallots: return .endBallots
        case .encryptedTally:
            let sized = try ArchiveData.Sized(canonical: texts[1])
            guard sized.tally == data[0].digest else { throw OrderFault.otherData }
            return .encryptedTally(texts[0], ballots: sized.ballots, weight: sized.weight)
        case .partialDecryption:
            let owned = try ArchiveData.Owned(canonical: texts[1])
            guard owned.payload == data[0].digest else { throw OrderFault.otherData }
            return .partialDecryption(texts[0], owner: owned.owner)
        case .result: return .result(texts[0])
        case .shuffle, .endShuffles:
            // No stage has them: elections with questions that need a shuffle are not taken.
            throw OrderFault.outOfOrder(event.type, .tallied)
        }
    }
}

extension EventType {
    /// How many records of data stand before it.
    fileprivate var dataCount: Int {
        switch self {
        case .setup: 4
        case .ballot, .result: 1
        case .encryptedTally, .shuffle, .partialDecryption: 2
        case .endBallots, .endShuffles: 0
        }
    }
}
