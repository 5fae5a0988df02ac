import Kernel

/// The ballots of a box, checked on all cores while they are read.
///
/// One task reads the archive, follows its chain and hands out batches; each comes back with its ballots summed. A vote
/// that was replaced later is in the sums too: which ballot of a voter is the last is known at the end only. So those few
/// are read from the archive a second time, and taken out of the sums once. The other way, reading the whole archive
/// twice to know first what counts, costs a second pass also where nobody has changed a vote.
struct BallotStream<Group: VotingGroup> {
    private let setup: ElectionSetup<Group>
    private let source: any ArchiveSource
    private let verifier: ArchiveVerifier
    private var sums: EncryptedTally<Group>
    private var earliest: VerificationFault?
    private var checked = 0
    /// What is known of the ballots.
    private(set) var ledger = BallotLedger()
    /// The trackers in the order of events, where they were asked for.
    private(set) var trackers: [HashDigest] = []

    /// Enough to make handing it out cheap, few enough that cores do not wait for the last one.
    private static var batchSize: Int { 16 }
    /// A batch with as many bytes is handed out with fewer ballots.
    private static var longBatch: Int { 1 << 20 }
    /// The most bytes of ballots that are under way, but for a single batch that has more: an election may allow ballots of
    /// many megabytes, and whoever forges an archive fills each of them.
    private static var mostBytesUnderWay: Int { 32 << 20 }

    init(_ setup: ElectionSetup<Group>, _ source: any ArchiveSource, _ verifier: ArchiveVerifier) {
        self.setup = setup
        self.source = source
        self.verifier = verifier
        sums = EncryptedTally(questions: setup.election.questions)
    }

    // MARK: All ballots

    /// Checks ballots up to the first event that is none, and returns it; `nil` where the archive ends.
    ///
    /// - Throws: The fault of the earliest event, or what the source throws.
    mutating func check(from events: inout EventReader) async throws -> ArchiveStep? {
        var following: ArchiveStep?
        try await withThrowingTaskGroup(of: CheckedBatch<Group>.self) { group in
            let setup = setup
            var underWay = 0
            var bytesUnderWay = 0
            var isOver = false
            while !isOver, earliest == nil {
                let batch = try nextBatch(from: &events, &following, &isOver)
                if batch.isEmpty { continue }
                let bytes = batch.byteCount
                while underWay == Batches.mostUnderWay || bytesUnderWay + bytes > Self.mostBytesUnderWay,
                    let finished = try await group.next()
                {
                    underWay -= 1
                    bytesUnderWay -= finished.byteCount
                    note(finished, at: events.position)
                }
                group.addTask { try CheckedBatch(batch, setup) }
                underWay += 1
                bytesUnderWay += bytes
            }
            for try await finished in group { note(finished, at: events.position) }
        }
        if let earliest { throw earliest }
        return following
    }

    /// Reads ballots until there are enough for a batch or no more come. A fault of the archive itself is kept: a ballot
    /// that is being checked may be at fault before it.
    private mutating func nextBatch(
        from events: inout EventReader, _ following: inout ArchiveStep?, _ isOver: inout Bool
    ) throws -> [BallotRecord] {
        var batch: [BallotRecord] = []
        while batch.count < Self.batchSize, batch.byteCount < Self.longBatch {
            do {
                let step = try events.next()
                guard let step, case .ballot(let text, let stored) = step.content else {
                    following = step
                    isOver = true
                    break
                }
                guard ledger.note(stored.tracker) else {
                    throw VerificationFault(.event(step.event), .repeatedBallot)
                }
                if verifier.keepsTrackers { trackers.append(stored.tracker) }
                batch.append(BallotRecord(event: step.event, text: text, place: stored.place))
            } catch {
                guard let fault = VerificationFault(error, at: events.place) else { throw error }
                earliest = fault
                isOver = true
                break
            }
        }
        return batch
    }

    private mutating func note(_ batch: CheckedBatch<Group>, at position: Int) {
        sums.add(batch.sums)
        for ballot in batch.ballots {
            ledger.note(ballot)
        }
        checked += batch.ballots.count
        verifier.progress(.init(bytesRead: position, byteCount: source.count, ballots: checked))
        guard let fault = batch.fault else { return }
        // A fault without an event is one of what stands behind all ballots that were handed out.
        if let event = earliest?.event, let other = fault.event, event.height < other.height { return }
        earliest = fault
    }

    // MARK: The votes that count

    /// The sums of the votes that count: of each credential the last ballot.
    func countedSums() async throws -> EncryptedTally<Group> {
        var sums = sums
        try await withThrowingTaskGroup(of: EncryptedTally<Group>.self) { group in
            let (setup, source, ledger) = (setup, source, ledger)
            var replaced = EncryptedTally<Group>(questions: setup.election.questions)
            var underWay = 0
            for start in stride(from: 0, to: ledger.replaced.count, by: Self.batchSize) {
                if underWay == Batches.mostUnderWay, let other = try await group.next() {
                    underWay -= 1
                    replaced.add(other)
                }
                let places = ledger.replaced[start..<min(start + Self.batchSize, ledger.replaced.count)]
                group.addTask {
                    var sums = EncryptedTally<Group>(questions: setup.election.questions)
                    for place in places {
                        let text = try source.bytes(in: place)
                        // Read a second time: it has to be what was checked.
                        guard ledger.contains(HashDigest(of: text)),
                            let ballot = try? Ballot<Group>(reading: text),
                            let voter = setup.credentials.index(of: Group.text(of: ballot.credential))
                        else { throw RecordFault(at: place.lowerBound, .notItsHash) }
                        sums.add(ballot.answers, weight: setup.credentials.weight(at: voter))
                    }
                    return sums
                }
                underWay += 1
            }
            for try await other in group { replaced.add(other) }
            if !ledger.replaced.isEmpty { sums.subtract(replaced) }
        }
        return sums
    }

    /// The weights of the votes that count, added.
    var weight: Int {
        ledger.voterIndices.reduce(0) { $0 + setup.credentials.weight(at: $1) }
    }
}

/// A ballot as it stands in the archive.
struct BallotRecord: Sendable {
    let event: EventReference
    let text: [UInt8]
    let place: Range<Int>
}

extension [BallotRecord] {
    /// The bytes of their texts.
    fileprivate var byteCount: Int { reduce(0) { $0 + $1.text.count } }
}

/// A ballot that is valid.
struct CheckedBallot: Sendable {
    /// Whose it is, by the index of the credential.
    let voter: Int
    /// The height of its event.
    let height: Int
    /// Where it stands in the archive.
    let place: Range<Int>
}

/// Ballots that were checked, up to the first that is at fault.
struct CheckedBatch<Group: VotingGroup>: Sendable {
    /// Their choices, summed.
    private(set) var sums: EncryptedTally<Group>
    /// Those that are valid.
    private(set) var ballots: [CheckedBallot] = []
    /// The first fault.
    private(set) var fault: VerificationFault?
    /// The bytes of all ballots that were handed out.
    let byteCount: Int

    /// Checks ballots.
    init(_ records: [BallotRecord], _ setup: ElectionSetup<Group>) throws {
        byteCount = records.byteCount
        sums = EncryptedTally(questions: setup.election.questions)
        for record in records {
            try Task.checkCancellation()
            do {
                let ballot = try setup.checker.check(record.text)
                guard let voter = setup.credentials.index(of: Group.text(of: ballot.credential)) else {
                    fault = VerificationFault(.event(record.event), .unknownCredential)
                    return
                }
                sums.add(ballot.answers, weight: setup.credentials.weight(at: voter))
                ballots.append(CheckedBallot(voter: voter, height: record.event.height, place: record.place))
            } catch {
                fault = VerificationFault(.event(record.event), .ballot(error))
                return
            }
        }
    }
}
