public import Foundation
public import Kernel
public import Postgres
public import Tenancy
import VerifiableVoting

/// Takes ballots in: each is checked as the count will check it, on all cores and outside of any transaction, and those
/// that passed are appended to the chain of their box, as many at a time as came while the last were written.
///
/// A receipt is given after the commit and never before: what it names is durable. Nothing here knows a choice: a ballot
/// is a text whose proofs hold. It is no ``Command`` and leaves no event, since an event with a person and an hour would
/// join who came to the order of the archive; the archive is the log of what it does.
public actor BallotIntake {
    /// Ballots that may wait to be checked before others are asked to come back.
    public static let mostWaiting = 2_000
    /// Boxes that are kept at hand. Beyond it they are read again, so that a server which runs for years forgets those that closed.
    private static let mostBoxes = 64

    private struct BoxKey: Hashable {
        let organization: ID<Organization>
        let box: ID<BallotBox>
    }

    private let database: Database
    private let clock: @Sendable () -> Date
    private let cores: CoreLimit
    private var boxes: [BoxKey: BoxAtHand] = [:]

    /// Makes an intake.
    ///
    /// - Parameters:
    ///   - database: Where boxes are.
    ///   - cores: How many ballots are checked at once.
    ///   - now: The server's clock.
    public init(
        database: Database, cores: Int = ProcessInfo.processInfo.activeProcessorCount,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.database = database
        self.cores = CoreLimit(cores, mostWaiting: Self.mostWaiting)
        clock = now
    }

    /// Casts a ballot. The same text sent again, for want of an answer, gets the same receipt.
    ///
    /// - Parameters:
    ///   - text: The canonical text of the ballot (`verifiable-voting.md` §4.7).
    ///   - token: Of the pass of who casts it.
    ///   - organization: The tenant of the address.
    /// - Returns: The receipt, once the ballot is durable.
    /// - Throws: ``CastError``; nothing is kept then.
    public func cast(
        _ text: [UInt8], by token: EntranceToken, of organization: ID<Organization>
    ) async throws -> CastReceipt {
        try await cast(text, into: slot(by: token, of: organization))
    }

    /// The slot that a pass opens, before anything of the ballot is read: a stranger's is not.
    ///
    /// - Throws: ``CastError``.
    public func slot(by token: EntranceToken, of organization: ID<Organization>) async throws -> BallotSlot {
        let pass = try await database.read(TenantScope(.system(in: organization))) {
            try await $0.pass(by: token.digest)
        }
        guard let pass else { throw CastError.noPass }
        return BallotSlot(pass: pass, box: try await box(BoxKey(organization: organization, box: pass.box)))
    }

    /// Casts a ballot into a slot; see ``cast(_:by:of:)``.
    ///
    /// - Throws: ``CastError``; nothing is kept then.
    public func cast(_ text: [UInt8], into slot: BallotSlot) async throws -> CastReceipt {
        guard text.count <= slot.longestBallot else { throw CastError.notCanonical("") }
        let checker = slot.box.checker
        let credential = try await cores.run { try checker.credential(ofValid: text) }
        let appended = try await slot.box.appender.append(
            CheckedBallot(pass: slot.pass.id, credential: credential, text: text))
        return try appended.receipt()
    }

    private func box(_ key: BoxKey) async throws -> BoxAtHand {
        if let known = boxes[key] { return known }
        let found: (BallotBox, ArchiveOpening)? = try await database.read(
            TenantScope(.system(in: key.organization))
        ) { transaction in
            guard let box = try await transaction.box(key.box),
                let opening = try await transaction.opening(of: box)
            else { return nil }
            return (box, opening)
        }
        guard let (box, opening) = found else { throw CastError.notOpen }
        // Somebody else may have asked for it meanwhile; two appenders of one box would do no harm but wait for each other.
        if let known = boxes[key] { return known }
        let made = BoxAtHand(
            checker: try box.choices.group.checker(of: ElectionDescription(reading: opening.election)),
            appender: BoxAppender(
                database: database, organization: key.organization, box: key.box, now: clock))
        if boxes.count >= Self.mostBoxes { boxes.removeAll() }
        boxes[key] = made
        return made
    }
}

/// What ballots of one box are checked with, and where they go.
private struct BoxAtHand: Sendable {
    let checker: any BallotChecking
    let appender: BoxAppender
}

/// What a pass opens for one ballot.
public struct BallotSlot: Sendable {
    fileprivate let pass: VotingPass
    fileprivate let box: BoxAtHand

    /// The longest ballot of the election, in octets.
    public var longestBallot: Int { box.checker.longestBallot }
}

/// Appends the ballots of one box: what comes while a transaction runs goes together with the next.
actor BoxAppender {
    /// The most ballots of one transaction, so that nobody waits for a long one.
    static let largestBatch = 256

    private struct Waiting {
        let ballot: CheckedBallot
        let continuation: CheckedContinuation<AppendedBallot, any Error>
    }

    private let database: Database
    private let organization: ID<Organization>
    private let box: ID<BallotBox>
    private let clock: @Sendable () -> Date
    private var waiting: [Waiting] = []
    private var isWriting = false

    init(
        database: Database, organization: ID<Organization>, box: ID<BallotBox>,
        now: @escaping @Sendable () -> Date
    ) {
        self.database = database
        self.organization = organization
        self.box = box
        clock = now
    }

    /// Appends a ballot that was checked.
    ///
    /// Whoever hung up is not waited for, but what they sent is appended: they ask again and are told.
    func append(_ ballot: CheckedBallot) async throws -> AppendedBallot {
        try await withCheckedThrowingContinuation { continuation in
            waiting.append(Waiting(ballot: ballot, continuation: continuation))
            guard !isWriting else { return }
            isWriting = true
            Task { await write() }
        }
    }

    private func write() async {
        while !waiting.isEmpty {
            let batch = Array(waiting.prefix(Self.largestBatch))
            waiting.removeFirst(batch.count)
            do {
                let appended = try await store(batch.map(\.ballot))
                for (item, outcome) in zip(batch, appended) { item.continuation.resume(returning: outcome) }
            } catch {
                // Whether the commit was reached is unknown: who sends the same text again is told.
                for item in batch { item.continuation.resume(throwing: error) }
            }
        }
        isWriting = false
    }

    private nonisolated func store(_ ballots: [CheckedBallot]) async throws -> [AppendedBallot] {
        let now = clock()
        return try await database.transaction(TenantScope(.system(in: organization))) { transaction in
            try await transaction.append(ballots, to: box, at: now)
        }
    }
}

/// Runs work that keeps a core busy: as many at a time as there are cores, the others in line, and none beyond a limit.
actor CoreLimit {
    private var free: Int
    private let mostWaiting: Int
    private var line: [CheckedContinuation<Void, Never>] = []

    init(_ cores: Int, mostWaiting: Int) {
        free = max(1, cores)
        self.mostWaiting = mostWaiting
    }

    /// Runs the work beside the actor.
    ///
    /// - Throws: ``CastError/busy``, or what the work throws.
    nonisolated func run<Output: Sendable>(
        _ work: @escaping @Sendable () throws -> Output
    ) async throws -> Output {
        try await enter()
        do {
            let output = try await Task.detached(operation: work).value
            await leave()
            return output
        } catch {
            await leave()
            throw error
        }
    }

    private func enter() async throws {
        if free > 0 {
            free -= 1
            return
        }
        guard line.count < mostWaiting else { throw CastError.busy }
        await withCheckedContinuation { line.append($0) }
    }

    private func leave() {
        guard !line.isEmpty else {
            free += 1
            return
        }
        line.removeFirst().resume()
    }
}

/// Checks the ballots of one election, whatever its group.
protocol BallotChecking: Sendable {
    /// No ballot of the election is longer, in octets.
    var longestBallot: Int { get }
    /// S(C) of the credential of a ballot that is valid by itself.
    ///
    /// - Throws: ``CastError``.
    func credential(ofValid text: [UInt8]) throws -> String
}

extension BallotChecker: BallotChecking {
    func credential(ofValid text: [UInt8]) throws -> String {
        do throws(BallotFault) {
            return String(decoding: Group.text(of: try check(text).credential), as: UTF8.self)
        } catch {
            switch error {
            case .notCanonical: throw CastError.notCanonical(error.message)
            case .otherElection: throw CastError.otherElection
            default: throw CastError.falseProof(error.message)
            }
        }
    }
}

extension BallotBox.Group {
    /// Makes the checker of an election in this group.
    func checker(of election: ElectionDescription) throws -> any BallotChecking {
        switch self {
        case .belenios2048: try Self.checker(of: election, in: Belenios2048.self)
        case .ed25519: try Self.checker(of: election, in: Ed25519.self)
        }
    }

    private static func checker<G: VotingGroup>(
        of election: ElectionDescription, in group: G.Type
    ) throws -> any BallotChecking {
        guard let key = ElectionKey<G>(try G.element(reading: election.publicKey[...])) else {
            throw CastError.notOpen
        }
        return BallotChecker<G>(election: election, key: key)
    }
}
