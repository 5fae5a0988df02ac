import Foundation
import Kernel
import Postgres
import TestSupport
import Testing
import VerifiableVoting

@testable import Elections
@testable import Tenancy

@Suite struct `Casting` {
    /// What is in a box by its tables: records of ballots, marks of participation.
    private func stored(_ made: BoxElection<Ed25519>) async throws -> (
        ballots: Int, voters: Int, counted: Int
    ) {
        let org = made.assembly.organization.id
        return try await made.assembly.read { transaction in
            let ballots: Int? = try await transaction.value(
                "select count(*) from elections.box_ballots where organization_id = \(org)")
            let voters: Int? = try await transaction.value(
                "select count(*) from elections.participations where organization_id = \(org)")
            let counted: Int? = try await transaction.value(
                "select count(distinct credential) from elections.box_ballots where organization_id = \(org)")
            return (ballots ?? 0, voters ?? 0, counted ?? 0)
        }
    }

    @Test func `of a hundred people at once stores a hundred`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 100)
        let election = try await made.election()
        let votes = try await Self.votes(of: made.assembly.people, in: made, election)
        let receipts = try await withThrowingTaskGroup(of: CastReceipt.self) { tasks in
            for (ballot, token) in votes {
                tasks.addTask { try await made.cast(ballot, by: token) }
            }
            return try await tasks.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(receipts.map(\.tracker)).count == 100)
        #expect(Set(receipts.map(\.head.events)) == Set(2...101))
        #expect(try await stored(made) == (100, 100, 100))
        let report = try await ArchiveVerifier().verify(ArchiveBytes(try await made.archive()))
        #expect(report.ballots == 100 && report.voters == 100 && report.stage == .voting)
        #expect(Set(try await made.ballots().map(\.tracker)) == Set(receipts.map(\.tracker)))
    }

    private static func votes(
        of people: [ID<Person>], in made: BoxElection<Ed25519>, _ election: ElectionDescription
    ) async throws -> [([UInt8], EntranceToken)] {
        var votes: [([UInt8], EntranceToken)] = []
        for (index, person) in people.enumerated() {
            votes.append(
                (
                    try made.ballot(of: person, for: index % 4, in: election),
                    try await made.pass(for: person)
                ))
        }
        return votes
    }

    @Test func `a hundred times by one person counts one, and each attempt gets an answer`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 6)
        let (person, election) = (made.assembly.people[0], try await made.election())
        let token = try await made.pass(for: person)
        let ballots = try (0..<50).map { try made.ballot(of: person, for: $0 % 4, in: election) }
        // Each of fifty ballots is sent twice at once.
        let answers = await withTaskGroup(of: Result<CastReceipt, any Error>.self) { tasks in
            for ballot in ballots + ballots {
                tasks.addTask {
                    do { return .success(try await made.cast(ballot, by: token)) } catch {
                        return .failure(error)
                    }
                }
            }
            return await tasks.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count == 100)
        for answer in answers {
            // A text that another replaced meanwhile is a copy of an earlier one, and after twenty there is no other.
            if case .failure(let error) = answer {
                #expect([.copy, .tooOften].contains(error as? CastError))
            }
        }
        #expect(try await stored(made) == (BallotBox.mostTurns, 1, 1))
        #expect(try await made.file().box.voters == 1)
        // The last that was taken stands, and is answered again.
        let refused = answers.count { if case .failure(CastError.tooOften) = $0 { true } else { false } }
        #expect(refused == 2 * (50 - BallotBox.mostTurns))
    }

    @Test func `of the same text again gives the same receipt`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 6)
        let (person, election) = (made.assembly.people[0], try await made.election())
        let token = try await made.pass(for: person)
        let first = try made.ballot(of: person, for: 1, in: election)
        let receipt = try await made.cast(first, by: token)
        #expect(try await made.cast(first, by: token).tracker == receipt.tracker)
        #expect(try await made.cast(first, by: token).head == receipt.head)
        // Also when the pass is over, and when the box is closed.
        made.clock.advance(by: VotingEntrance.remoteLife + 1)
        #expect(try await made.cast(first, by: token).head == receipt.head)
        let again = try await made.pass(for: person)
        try await made.cast(try made.ballot(of: person, for: 2, in: election), by: again)
        await #expect(throws: CastError.copy) { try await made.cast(first, by: again) }
        #expect(try await stored(made) == (2, 1, 1))
    }

    @Test func `of fifty against fifty closings takes each in or refuses it, and all closings tell the same`()
        async throws
    {
        let made = try await BoxElection<Ed25519>.open(electors: 50)
        let election = try await made.election()
        let votes = try await Self.votes(of: made.assembly.people, in: made, election)
        let box = try await made.file().box
        let act = try await made.runner.run(
            ProposeBoxAct(.close, of: made.box, because: "Ya", in: made.place), as: made.assembly.committee)
        // Both people have decided: what remains is the step itself, which whoever comes first takes.
        let scope = TenantScope(made.assembly.guarantor)
        try await made.assembly.tenants.database.transaction(scope) { transaction in
            let open = try #require(try await transaction.openActs(of: made.box).first)
            try await transaction.second(open, of: box, as: .guarantor, at: made.clock.now)
        }
        let (answers, closings) = await withTaskGroup(of: Answer.self) { tasks in
            for (ballot, token) in votes {
                tasks.addTask {
                    do {
                        return .cast(.success(try await made.cast(ballot, by: token)))
                    } catch { return .cast(.failure(error)) }
                }
                tasks.addTask {
                    do {
                        return .closed(
                            .success(
                                try await made.assembly.tenants.database.transaction(scope) {
                                    try await $0.close(box, by: act, at: made.clock.now)
                                }))
                    } catch { return .closed(.failure(error)) }
                }
            }
            var answers: [Result<CastReceipt, any Error>] = []
            var closings: [Result<ClosedBox, any Error>] = []
            for await answer in tasks {
                switch answer {
                case .cast(let result): answers.append(result)
                case .closed(let result): closings.append(result)
                }
            }
            return (answers, closings)
        }
        #expect(answers.count == 50 && closings.count == 50)
        let told = try closings.map { try $0.get() }
        #expect(Set(told).count == 1)
        let receipts = answers.compactMap { try? $0.get() }
        for case .failure(let error) in answers { #expect(error as? CastError == .closed) }
        #expect(told[0].ballots == receipts.count && told[0].voters == receipts.count)
        #expect(try await stored(made) == (receipts.count, receipts.count, receipts.count))
        let report = try await ArchiveVerifier().verify(ArchiveBytes(try await made.archive()))
        #expect(report.stage == .closed && report.ballots == receipts.count)
        #expect(report.last.digest == told[0].head.digest)
    }

    private enum Answer: Sendable {
        case cast(Result<CastReceipt, any Error>)
        case closed(Result<ClosedBox, any Error>)
    }

    @Test func `of what would not be valid in the count is refused by its own reason`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 6)
        let (people, election) = (made.assembly.people, try await made.election())
        let token = try await made.pass(for: people[0])
        let own = try made.ballot(of: people[0], for: 1, in: election)
        let text = String(decoding: own, as: UTF8.self)

        await #expect(throws: CastError.noPass) { try await made.cast(own, by: .random()) }
        await #expect(throws: CastError.otherCredential) {
            try await made.cast(try made.ballot(of: people[1], for: 1, in: election), by: token)
        }
        let stranger = try made.strangersBallot(in: election)
        await #expect(throws: CastError.unknownCredential) { try await made.cast(stranger, by: token) }
        await expectNotCanonical { try await made.cast(Array((" " + text).utf8), by: token) }
        await expectNotCanonical { try await made.cast(Array((text + "\n").utf8), by: token) }
        await expectFalseProof {
            try await made.cast(try made.overfullBallot(of: people[0], in: election), by: token)
        }
        let other = text.replacingOccurrences(of: election.uuid, with: String(election.uuid.reversed()))
        await #expect(throws: CastError.otherElection) { try await made.cast(Array(other.utf8), by: token) }
        #expect(try await stored(made) == (0, 0, 0))

        let receipt = try await made.cast(own, by: token)
        #expect(!receipt.isReplacement)
        // Somebody else's ballot as it was cast is no ballot of one's own.
        await #expect(throws: CastError.otherCredential) {
            try await made.cast(own, by: try await made.pass(for: people[2]))
        }
        made.clock.advance(by: VotingEntrance.remoteLife + 1)
        await #expect(throws: CastError.noPass) {
            try await made.cast(try made.ballot(of: people[0], for: 2, in: election), by: token)
        }
        try await made.act(.close)
        await #expect(throws: CastError.closed) {
            try await made.cast(
                try made.ballot(of: people[3], for: 2, in: election), by: try await made.pass(for: people[3]))
        }
        #expect(try await stored(made) == (1, 1, 1))
    }

    @Test func `after the hour is refused although nobody closed`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 6)
        let election = try await made.election()
        made.clock.advance(by: 36_000)
        let person = made.assembly.people[0]
        await #expect(throws: CastError.closed) {
            try await made.cast(
                try made.ballot(of: person, for: 1, in: election), by: try await made.pass(for: person))
        }
    }

    private func expectNotCanonical(_ cast: () async throws -> CastReceipt) async {
        do {
            _ = try await cast()
            Issue.record("it was taken")
        } catch {
            guard case .notCanonical? = error as? CastError else {
                Issue.record(error)
                return
            }
        }
    }

    private func expectFalseProof(_ cast: () async throws -> CastReceipt) async {
        do {
            _ = try await cast()
            Issue.record("it was taken")
        } catch {
            guard case .falseProof? = error as? CastError else {
                Issue.record(error)
                return
            }
        }
    }
}

extension BoxElection {
    /// A ballot with a credential that nobody gave out.
    fileprivate func strangersBallot(in election: ElectionDescription) throws -> [UInt8] {
        var random = SystemRandomNumberGenerator()
        let maker = BallotMaker<Group>(
            election: election, key: try Group.element(reading: election.publicKey[...]))
        return maker.ballot(
            votes: election.questions.map { question in (0..<question.choiceCount).map { $0 == 0 } },
            credential: Group.Scalar(randomWith: &random), with: &random
        ).text
    }

    /// A ballot that marks two where one is allowed: signed, and no proof of it holds.
    fileprivate func overfullBallot(of person: ID<Person>, in election: ElectionDescription) throws -> [UInt8]
    {
        var random = SystemRandomNumberGenerator()
        let maker = BallotMaker<Group>(
            election: election, key: try Group.element(reading: election.publicKey[...]))
        return maker.ballot(
            votes: election.questions.map { question in (0..<question.choiceCount).map { $0 == 1 || $0 == 2 }
            },
            credential: try #require(secrets[person]), with: &random
        ).text
    }
}
