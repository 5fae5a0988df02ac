import Foundation
import Governance
import Kernel
import Postgres
import Tenancy
import VerifiableVoting

extension Transaction where Scope == TenantScope {
    /// Checks what a trustee sent, and returns what is kept of it.
    ///
    /// - Throws: ``BoxError/messageRefused(_:)``.
    func checked(_ message: TrusteeMessage, of box: BallotBox) async throws -> TrusteeMessage {
        let state = KeyState(
            box: box, messages: try await messages(of: box, box.keySteps),
            opening: try await opening(of: box),
            tally: try await encryptedTally(of: box))
        return try box.choices.group.mathematics.checked(message, in: state)
    }

    // MARK: Sealing

    /// Writes `trustees.json` and `election.json` of a box, and seals it with them.
    func seal(
        _ box: BallotBox, asking questions: [BoxQuestion], at now: Date
    ) async throws -> (head: BoxHead, fingerprint: String) {
        let trustees = try await trustees(of: box)
        let keys = try box.choices.group.mathematics.keys(
            try await messages(of: box, box.keySteps), of: trustees)
        for question in questions where question.options.isEmpty {
            throw BoxError.obstacles([.nobodyStands(question.name)])
        }
        let election = try await description(
            of: box, asking: questions, publicKey: keys.publicKey, trustees: HashDigest(of: keys.text))
        try await seal(box, election: election.text, trustees: keys.text, questions: questions, at: now)
        let sealed = try await self.box(box.id, of: box.place)
        guard let head = sealed.head, let fingerprint = sealed.fingerprint else { throw BoxError.notFound }
        return (head, fingerprint)
    }

    /// Describes what a box asks: with the roll, the hours and the rules by which seats are filled, which its fingerprint
    /// binds to each ballot.
    private func description(
        of box: BallotBox, asking questions: [BoxQuestion], publicKey: [UInt8], trustees: HashDigest
    ) async throws -> ElectionDescription {
        guard let process = try await process(box.place.process), let roll = try await roll(of: process.id),
            let seal = HashDigest(bytes: roll.sha256),
            let credentials = try await credentialListDigest(of: box.id)
        else { throw BoxError.rollNotFrozen }
        let contests = try await contests(of: process.id)
        var asked: [HomomorphicQuestion] = []
        var terms: [VerifiableVoting.ContestTerms] = []
        for question in questions {
            guard let contest = contests.first(where: { $0.id == question.contest }) else {
                throw ContestError.notFound
            }
            asked.append(try contest.question(question.options))
            terms.append(contest.terms(question, sizes: try await sizes(in: contest.id)))
        }
        let quorum = box.bindsQuorum ? try await fewestVoters(in: box, of: roll.electors) : nil
        return try ElectionDescription(
            uuid: box.uuid, name: process.name, description: box.title, group: box.choices.group.rawValue,
            publicKey: publicKey, questions: asked,
            terms: ElectionTerms(
                process: process.id.description, isMock: box.isMock, rollSeal: seal, electors: roll.electors,
                trustees: trustees, credentials: credentials, opensAt: box.choices.opensAt,
                closesAt: box.choices.closesAt, quorum: quorum, contests: terms))
    }

    /// How many have to vote in a box, as the bylaws of its day have it; `nil` where they ask for no number.
    ///
    /// - Throws: ``BoxError/obstacles(_:)`` where the roll has fewer.
    private func fewestVoters(in box: BallotBox, of electors: Int) async throws -> Int? {
        let day = ColombianTime.date(at: box.choices.opensAt)
        let required = Quorum(try await bylaws(of: box.place.alliance, on: day)).fewestVoters(of: electors)
        if let required, required > electors {
            throw BoxError.obstacles([.quorumBeyondRoll(electors: electors, required: required)])
        }
        return required
    }

    // MARK: Counting

    /// How many ballots are read at a time.
    private static var piece: Int { 500 }

    /// Adds the ballots of a closed box up, encrypted as they are, and publishes the sums.
    func tally(_ box: BallotBox, by act: ID<ElectoralAct>, at now: Date) async throws {
        guard !box.isTooSmall else { throw BoxError.tooFew(box.counted) }
        guard let opening = try await opening(of: box) else { throw BoxError.notNow(box.state) }
        var sums = try box.choices.group.mathematics.sums(of: opening.election)
        var height = 0
        var counted = 0
        while true {
            let ballots = try await countedBallots(of: box, after: height, limit: Self.piece)
            guard let last = ballots.last else { break }
            try await sums.add(ballots.map(\.text))
            height = last.height
            counted += ballots.count
        }
        guard counted == box.counted else { throw BoxError.notFound }
        try await publish(sums.text, of: box, by: act, at: now)
    }

    /// The end of an archive, once enough trustees have decrypted, also with a message that is about to be kept: the result
    /// is computed, and the whole archive with it verified as anybody would. `nil` where more have to decrypt.
    ///
    /// It takes as long as the archive is large, and nothing is written: whoever holds no lock may ask for it.
    ///
    /// - Throws: `VerificationFault`, ``BoxError/messageRefused(_:)``.
    func ending(of box: BallotBox, with message: TrusteeMessage? = nil) async throws -> ArchiveEnding? {
        let decryptions = try await messages(of: box, [.partialDecryption]) + [message].compactMap(\.self)
        guard box.state == .tallied, decryptions.count >= box.choices.threshold,
            let opening = try await opening(of: box), let tally = try await encryptedTally(of: box)
        else { return nil }
        let sent = Array(decryptions.sorted { $0.number < $1.number }.prefix(box.choices.threshold))
        let result = try box.choices.group.mathematics.result(
            sent, of: tally, keys: opening.trustees, votes: box.counted)
        return ArchiveEnding(
            decryptions: sent, result: result, head: try await verify(box, endedBy: sent, result))
    }

    /// Ends the archive of a box with what was verified, and freezes the counts.
    ///
    /// - Throws: ``BoxError/notNow(_:)`` where the archive that is kept is not the one that was verified.
    func finish(_ box: BallotBox, with ending: ArchiveEnding, at now: Date) async throws {
        try await finish(box, decryptions: ending.decryptions, result: ending.result, at: now)
        let kept = try await self.box(box.id, of: box.place)
        guard kept.head?.digest == ending.head else { throw BoxError.notNow(kept.state) }
        if !box.isMock { try await advance(try await lockedProcess(box.place), at: now) }
    }

    /// Verifies what the archive of a box will be, from the first record to the last, so that no count is frozen of an
    /// archive that does not hold; returns its last hash.
    ///
    /// The file that it writes for that is the one that is published then; it is removed before this returns.
    ///
    /// - Throws: `VerificationFault`.
    private func verify(
        _ box: BallotBox, endedBy decryptions: [TrusteeMessage], _ result: [UInt8]
    ) async throws -> HashDigest {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).bel")
        defer { try? FileManager.default.removeItem(at: file) }
        guard let head = box.head, FileManager.default.createFile(atPath: file.path, contents: nil) else {
            throw CocoaError(.fileWriteUnknown)
        }
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        let time = try await BoxArchive.write {
            try await records(of: box, from: $0, limit: $1)
        } to: {
            try handle.write(contentsOf: $0)
        }
        var writer = ArchiveWriter(timestamp: time, stage: .tallied, head: head.digest, height: head.events)
        for part in decryptions {
            try handle.write(contentsOf: writer.partialDecryption(part.content, owner: part.number))
        }
        try handle.write(contentsOf: writer.result(result))
        var verifier = ArchiveVerifier()
        verifier.counting = { CountRequest.answer(to: $0) }
        let report = try await verifier.verify(try ArchiveFile(path: file.path))
        guard report.last.digest == writer.head, report.voters == box.counted else {
            throw BoxError.notNow(box.state)
        }
        return report.last.digest
    }
}

/// How the archive of a box ends, verified with all that stands before it.
struct ArchiveEnding: Sendable {
    /// What trustees sent, by number, as many as are needed.
    let decryptions: [TrusteeMessage]
    /// The result.
    let result: [UInt8]
    /// The hash of its last event.
    let head: HashDigest
}

extension Contest {
    /// How many marks a ballot bears at the most.
    private func marks(among options: Int) -> Int { rule == .atLarge ? min(seats.count, options) : 1 }

    /// What a box asks of the contest: one mark, or as many as there are seats at large, or blank.
    fileprivate func question(_ options: [BoxOption]) throws -> HomomorphicQuestion {
        try HomomorphicQuestion(
            question: name, answers: options.map(\.name), allowsBlank: true, minimum: 1,
            maximum: marks(among: options.count))
    }

    /// What the sums of the contest decide, in the words of our count.
    fileprivate func terms(
        _ question: BoxQuestion, sizes: [ID<Slate>: Int]
    ) -> VerifiableVoting.ContestTerms {
        // A runoff has two left: whoever has more votes is elected.
        let rule = question.round > 1 && rule == .absoluteMajority ? .simpleMajority : rule
        return VerifiableVoting.ContestTerms(
            contest: id.description, round: question.round,
            options: question.options.map {
                ContestTerms.Option(number: $0.number, slate: $0.slate.description, contender: $0.name)
            },
            count: SeatTerms(
                rule: rule.rawValue, seats: seats.count, threshold: threshold?.description,
                sizes: question.options.map {
                    SeatTerms.Size(contender: $0.name, candidates: sizes[$0.slate] ?? 0)
                },
                blankMajority: hasBlankMajority,
                majorityBase: rule == .absoluteMajority ? majorityBase.rawValue : nil))
    }
}
