import Kernel

/// The verification of what follows the setup of an election: ballots, sums, decryption, result (format, §4.11, steps 4
/// to 9).
struct ElectionVerification<Group: VotingGroup> {
    private let verifier: ArchiveVerifier
    private let setup: ElectionSetup<Group>
    private let timestamp: Int
    private var events: EventReader
    private var ballots: BallotStream<Group>
    private var tally: VerificationReport.Tally?
    private var decryptions: [Int: PartialDecryption<Group>] = [:]

    init(
        _ verifier: ArchiveVerifier, _ setup: ElectionSetup<Group>, _ source: any ArchiveSource,
        _ events: EventReader
    ) {
        self.verifier = verifier
        self.setup = setup
        self.events = events
        timestamp = events.timestamp
        ballots = BallotStream(setup, source, verifier)
    }

    /// Verifies up to the end of the archive.
    mutating func run() async throws -> VerificationReport {
        var step = try await ballots.check(from: &events)
        try checkElectors()
        let closing = step?.event
        if case .endBallots? = step?.content { step = try next() }
        var questions: [VerificationReport.Question]?
        if let step, let closing { questions = try await decryption(after: step, closing) }
        return report(questions)
    }

    /// Reads the next event, and names what is wrong with it by it.
    private mutating func next() throws -> ArchiveStep? {
        do {
            return try events.next()
        } catch {
            throw VerificationFault(error, at: events.place) ?? error
        }
    }

    private func checkElectors() throws(VerificationFault) {
        guard let electors = setup.election.terms?.electors, ballots.ledger.voters > electors else { return }
        throw VerificationFault(
            .event(events.last ?? setup.event),
            .moreVotersThanElectors(voters: ballots.ledger.voters, electors: electors))
    }

    // MARK: Sums

    /// Verifies the encrypted tally and what follows it.
    private mutating func decryption(
        after step: ArchiveStep, _ closing: EventReference
    ) async throws -> [VerificationReport.Question]? {
        guard case .encryptedTally(let text, let count, let weight) = step.content else { return nil }
        func fault(_ reason: VerificationFault.Reason) -> VerificationFault {
            .init(.event(step.event), reason)
        }
        let tally: EncryptedTally<Group>
        do {
            tally = try await ballots.countedSums()
        } catch {
            throw VerificationFault(error, at: .event(step.event)) ?? error
        }
        guard count == ballots.ledger.voters else {
            throw fault(.tallySize(stated: count, counted: ballots.ledger.voters))
        }
        guard weight == ballots.weight else {
            throw fault(.tallySize(stated: weight, counted: ballots.weight))
        }
        guard text == tally.text else { throw fault(.otherTally) }
        if let required = setup.election.terms?.quorum, ballots.ledger.voters < required {
            throw fault(.quorum(voters: ballots.ledger.voters, required: required))
        }
        self.tally = .init(
            closing: closing, text: text, allWeighOne: setup.credentials.allWeighOne,
            trustees: setup.trustees.text)
        while let step = try next() {
            switch step.content {
            case .partialDecryption(let text, let owner): try note(text, of: owner, tally, at: step.event)
            case .result(let text):
                let questions = try result(text, tally, at: step.event)
                _ = try next()
                return questions
            default: throw fault(.order(.outOfOrder(step.event.type, events.stage)))
            }
        }
        return nil
    }

    private mutating func note(
        _ text: [UInt8], of owner: Int, _ tally: EncryptedTally<Group>, at event: EventReference
    ) throws {
        func fault(_ reason: VerificationFault.Reason) -> VerificationFault { .init(.event(event), reason) }
        guard decryptions[owner] == nil else { throw fault(.repeatedOwner(owner)) }
        let keys = setup.trustees.keys
        guard keys.indices.contains(owner - 1) else { throw fault(.decryption(.unknownOwner(owner))) }
        do {
            let part = try PartialDecryption<Group>(reading: text)
            try part.check(
                of: tally, key: keys[owner - 1].element, fingerprint: setup.election.fingerprint)
            decryptions[owner] = part
        } catch {
            throw fault(.decryption(error))
        }
        guard opens(tally) else { throw fault(.decryption(.noResult)) }
    }

    /// Whether the sums open with what was decrypted, or wait for more. Weights would make the search for the numbers as
    /// long as somebody likes; with them the result alone tells.
    private func opens(_ tally: EncryptedTally<Group>) -> Bool {
        guard setup.credentials.allWeighOne,
            let decryption = try? Decryption(decryptions, of: tally, by: setup.trustees)
        else { return true }
        return decryption.result(totalWeight: ballots.weight) != nil
    }

    // MARK: Result

    private func result(
        _ text: [UInt8], _ tally: EncryptedTally<Group>, at event: EventReference
    ) throws -> [VerificationReport.Question] {
        func fault(_ reason: VerificationFault.Reason) -> VerificationFault { .init(.event(event), reason) }
        let result: ElectionResult
        do { result = try ElectionResult(reading: text) } catch { throw fault(.text(error)) }
        let decryption: Decryption<Group>
        do {
            decryption = try Decryption(decryptions, of: tally, by: setup.trustees)
        } catch {
            throw fault(.decryption(error))
        }
        guard decryption.holds(result) else { throw fault(.otherResult) }
        var questions: [VerificationReport.Question] = []
        for (index, question) in setup.election.questions.enumerated() {
            let blank = question.allowsBlank ? result.counts[index][0] : nil
            let votes = Array(result.counts[index].suffix(question.answers.count))
            do {
                let seats = try seats(of: index, votes: votes, blank: blank ?? 0)
                questions.append(.init(question: question, votes: votes, blank: blank, seats: seats))
            } catch {
                throw fault(.seats(error))
            }
        }
        return questions
    }

    private func seats(of question: Int, votes: [Int], blank: Int) throws(SeatCountFault) -> SeatCount? {
        guard let counting = verifier.counting, let contest = setup.election.terms?.contests[question],
            let terms = contest.count
        else { return nil }
        return try SeatCount(
            contest, terms, votes: votes, blank: blank, ballots: ballots.ledger.voters, by: counting)
    }

    // MARK: Report

    private func report(_ questions: [VerificationReport.Question]?) -> VerificationReport {
        let last = events.last ?? setup.event
        return VerificationReport(
            election: setup.election, stage: events.stage, timestamp: timestamp, events: last.height + 1,
            last: last, ballots: ballots.ledger.count, voters: ballots.ledger.voters, weight: ballots.weight,
            credentials: setup.credentials.count, trustees: setup.trustees.keys.count,
            partialDecryptions: decryptions.count, tally: tally, questions: questions,
            trackers: ballots.trackers)
    }
}
