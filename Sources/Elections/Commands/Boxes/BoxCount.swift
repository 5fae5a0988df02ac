import Foundation
import Kernel
import Postgres
import Tenancy
import VerifiableVoting

extension Transaction where Scope == TenantScope {
    /// Checks what a trustee sent.
    ///
    /// - Throws: ``BoxError/messageRefused(_:)``.
    func check(_ message: TrusteeMessage, of box: BallotBox) async throws {
        let state = KeyState(
            box: box, messages: try await messages(of: box, box.keySteps),
            opening: try await opening(of: box),
            tally: try await encryptedTally(of: box))
        try box.choices.group.mathematics.check(message, in: state)
    }

    // MARK: Sealing

    /// Writes `trustees.json` and `election.json` of a box, and seals it with them.
    func seal(
        _ box: BallotBox, asking questions: [BoxQuestion], at now: Date
    ) async throws -> (head: BoxHead, fingerprint: String) {
        let trustees = try await trustees(of: box)
        let keys = try box.choices.group.mathematics.keys(
            try await messages(of: box, box.keySteps), of: trustees)
        var asked: [BoxQuestion] = []
        for question in questions {
            let options = try await optionsToAsk(question, isMock: box.isMock)
            guard !options.isEmpty else { throw BoxError.obstacles([.nobodyStands(question.name)]) }
            asked.append(
                BoxQuestion(
                    position: question.position, contest: question.contest, round: question.round,
                    name: question.name, options: options))
        }
        let election = try await description(
            of: box, asking: asked, publicKey: keys.publicKey, trustees: HashDigest(of: keys.text))
        try await seal(
            box, election: election.text, trustees: keys.text, fingerprint: election.fingerprint,
            questions: asked,
            at: now)
        guard let head = try await self.box(box.id, of: box.place).head else { throw BoxError.notFound }
        return (head, election.fingerprint)
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
        return try ElectionDescription(
            uuid: box.uuid, name: process.name, description: box.title, group: box.choices.group.rawValue,
            publicKey: publicKey, questions: asked,
            terms: ElectionTerms(
                process: process.id.description, isMock: box.isMock, rollSeal: seal, electors: roll.electors,
                trustees: trustees, credentials: credentials, opensAt: box.choices.opensAt,
                closesAt: box.choices.closesAt, quorum: nil, contests: terms))
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

    /// Ends the archive once enough trustees have decrypted: the result is computed, the whole archive is verified as
    /// anybody would, and only then are the counts frozen.
    func countIfDecrypted(_ box: BallotBox, at now: Date) async throws {
        let decryptions = try await messages(of: box, [.partialDecryption])
        guard decryptions.count >= box.choices.threshold, let opening = try await opening(of: box),
            let tally = try await encryptedTally(of: box)
        else { return }
        let sent = Array(decryptions.sorted { $0.number < $1.number }.prefix(box.choices.threshold))
        let result = try box.choices.group.mathematics.result(
            sent, of: tally, keys: opening.trustees, votes: box.counted)
        try await finish(box, decryptions: sent, result: result, at: now)
        try await verifyArchive(of: try await self.box(box.id, of: box.place))
        if !box.isMock { try await advance(try await lockedProcess(box.place), at: now) }
    }
}

extension Transaction where Scope == TenantScope {
    /// Verifies the archive of a box as anybody would, from the first record to the last. What is wrong with it undoes what
    /// the transaction has written, so that no count is frozen of an archive that does not hold.
    ///
    /// The file that it writes for that is the one that is published; it is removed before this returns.
    ///
    /// - Throws: `VerificationFault`.
    private func verifyArchive(of box: BallotBox) async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).bel")
        defer { try? FileManager.default.removeItem(at: file) }
        guard FileManager.default.createFile(atPath: file.path, contents: nil) else {
            throw CocoaError(.fileWriteUnknown)
        }
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        try await BoxArchive.write {
            try await records(of: box, from: $0, limit: $1)
        } to: {
            try handle.write(contentsOf: $0)
        }
        var verifier = ArchiveVerifier()
        verifier.counting = { CountRequest.answer(to: $0) }
        let report = try await verifier.verify(try ArchiveFile(path: file.path))
        guard report.last.digest == box.head?.digest, report.voters == box.counted else {
            throw BoxError.notNow(box.state)
        }
    }
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
