import Foundation
import Kernel
import Synchronization
import Testing

@testable import VerifiableVoting

/// What a tool that many use takes for good (`verifiable-voting.md` §3), and what our terms add.
@Suite("Forged archives")
struct ForgedArchiveTests {
    private let board: BoardElection
    private let contents: [ArchiveStep.Content]

    init() throws {
        var generator = SeededGenerator()
        board = try BoardElection(with: &generator)
        contents = try steps(of: ArchiveBytes(board.archive)).map(\.content)
    }

    /// Asks that an archive of these events is refused for a reason, in an event.
    private func expect(
        _ code: String, at height: Int, of contents: [ArchiveStep.Content],
        _ location: SourceLocation = #_sourceLocation
    ) async throws {
        let fault = try await fault(of: forgedArchive(of: contents))
        #expect(fault?.code == "voting.archive.\(code)", "\(fault?.message ?? "–")", sourceLocation: location)
        #expect(fault?.event?.height == height, "\(fault?.message ?? "–")", sourceLocation: location)
    }

    /// The first event of the archive, or one after it.
    private func beginning(_ height: Int = 0) throws -> EventReference {
        try steps(of: ArchiveBytes(board.archive))[height].event
    }

    private func ballot(by secret: Belenios2048.Scalar) -> ArchiveStep.Content {
        var generator = SeededGenerator()
        let election = board.election
        let maker = BallotMaker<Belenios2048>(
            election: election.description, key: election.trustees.publicKey)
        let text = maker.ballot(
            votes: [[false, true, false], [true, false]], credential: secret, with: &generator
        ).text
        return .ballot(text, StoredBallot(tracker: HashDigest(of: text), place: 0..<0))
    }

    @Test
    func `the archive itself is verified, with its seats`() async throws {
        var verifier = ArchiveVerifier()
        let asked = Mutex<[String]>([])
        verifier.counting = { line in
            asked.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
            return Array(
                #"{"outcome":"elected","seats":{"Uno":2,"Dos":1},"ties":[],"vacant":0,"steps":[]}"#.utf8)
        }
        let report = try await verifier.verify(ArchiveBytes(board.archive))
        // Two trials, and the result.
        let lines = [(0, 0, 0), (1, 0, 2), (1, 1, 2)].map { votes, blank, marked in
            #"{"id":"c1","rule":"cuociente","seats":3,"votes":{"Uno":\#(votes),"Dos":\#(votes)},"#
                + #""blank":\#(blank),"marked_ballots":\#(marked)}"#
        }
        #expect(asked.withLock { $0 } == lines)
        #expect(report.ballots == 4 && report.voters == 3 && report.credentials == 4)
        #expect(report.questions?.map(\.votes) == [[1, 1], [2, 1]])
        #expect(report.questions?.map(\.blank) == [1, nil])
        #expect(report.questions?[0].seats?.allocations.map(\.seats) == [2, 1])
        #expect(report.questions?[1].seats == nil && report.reachesQuorum == true)
        #expect(report.turnout?.voters == 3 && report.turnout?.electors == 9)
        #expect(report.trustees == 3 && report.partialDecryptions == 2)
    }

    @Test
    func `terms that the engine refuses are a fault of the setup, and sums of the result`() async throws {
        var verifier = ArchiveVerifier()
        let refusal = Array(#"{"id":null,"error":"Regla desconocida."}"#.utf8)
        let answer = Array(#"{"outcome":"void","seats":{},"ties":[],"vacant":3,"steps":[]}"#.utf8)
        let open = try forgedArchive(of: Array(contents.prefix(2)))
        verifier.counting = { _ in refusal }
        for archive in [open, board.archive] {
            let fault = await #expect(throws: VerificationFault.self) {
                try await verifier.verify(ArchiveBytes(archive))
            }
            #expect(fault?.code == "voting.archive.seats" && fault?.event?.type == .setup)
        }
        // The votes of the result have one blank among them.
        verifier.counting = { String(decoding: $0, as: UTF8.self).contains(#""blank":1"#) ? refusal : answer }
        let fault = await #expect(throws: VerificationFault.self) {
            try await verifier.verify(ArchiveBytes(board.archive))
        }
        #expect(fault?.code == "voting.archive.seats" && fault?.event?.type == .result)
    }

    @Test
    func `a ballot of nobody in the list is refused`() async throws {
        var generator = SeededGenerator()
        let stranger = Belenios2048.Scalar(randomWith: &generator)
        var forged = contents
        forged.insert(ballot(by: stranger), at: 3)
        try await expect("unknown_credential", at: 3, of: forged)
    }

    @Test
    func `a ballot that comes again after it was replaced is refused`() async throws {
        var forged = contents
        forged.insert(contents[1], at: 5)
        try await expect("repeated_ballot", at: 5, of: forged)
    }

    @Test
    func `a ballot longer than any of the election is refused, and not read`() async throws {
        let longest = board.election.description.longestBallot
        func forged(_ size: Int) throws -> MeasuredSource {
            let text = [UInt8](repeating: UInt8(ascii: "x"), count: size)
            var forged = contents
            forged.insert(
                .ballot(text, StoredBallot(tracker: HashDigest(of: text), place: 0..<0)), at: 2)
            return MeasuredSource(try forgedArchive(of: forged))
        }
        // What is no longer is read, and is no ballot.
        let read = try forged(longest)
        let other = await #expect(throws: VerificationFault.self) { try await ArchiveVerifier().verify(read) }
        #expect(other?.event?.height == 2, "\(other?.message ?? "–")")
        #expect(read.largest >= longest)

        let long = try forged(32 << 20)
        let fault = await #expect(throws: VerificationFault.self) { try await ArchiveVerifier().verify(long) }
        guard case .record(let record)? = fault?.reason else {
            Issue.record("\(fault?.message ?? "–")")
            return
        }
        #expect(record.reason == .tooLarge(size: 32 << 20, limit: longest))
        #expect(try fault?.place == .after(beginning(1)))
        #expect(long.largest < 1 << 20)
    }

    @Test
    func `of long ballots only so many are read before the first ones are checked`() async throws {
        let trustees = board.election.trustees
        let question = try HomomorphicQuestion(
            question: "¿Quiénes?", answers: (1...1_000).map { "\($0)" }, allowsBlank: false, minimum: 1,
            maximum: 1)
        let election = try ElectionDescription(
            uuid: "9KSp5bvLTQyQkW", name: "Elección", description: "Prueba", group: Belenios2048.name,
            publicKey: Belenios2048.text(of: trustees.publicKey), questions: [question])
        var forged = [
            ArchiveStep.Content.setup(
                election: election.text, trustees: trustees.text, credentials: board.election.credentials)
        ]
        let length = election.longestBallot
        #expect((1 << 20..<4 << 20).contains(length))
        for number in 0..<64 << 20 / length {
            let text = Array("\(number)".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: length - 9)
            forged.append(.ballot(text, StoredBallot(tracker: HashDigest(of: text), place: 0..<0)))
        }
        let source = MeasuredSource(try forgedArchive(of: forged))
        let fault = await #expect(throws: VerificationFault.self) {
            try await ArchiveVerifier().verify(source)
        }
        #expect(fault?.event?.height == 1, "\(fault?.message ?? "–")")
        #expect(source.total < 48 << 20, "\(source.total) of \(source.count)")
    }

    @Test
    func `the sums have to be those of the ballots`() async throws {
        var forged = contents
        forged.remove(at: 2)
        try await expect("tally_size", at: 5, of: forged)
        forged = contents
        forged[4] = ballot(by: board.election.privates[0])
        try await expect("tally", at: 6, of: forged)
        // The order of two ballots of one voter says which counts.
        forged = contents
        forged.swapAt(1, 4)
        try await expect("tally", at: 6, of: forged)
    }

    @Test
    func `the sums have to say how many they add up`() async throws {
        guard case .encryptedTally(let text, let ballots, let weight) = contents[6] else {
            Issue.record("the sums are not event 6")
            return
        }
        for (ballots, weight) in [(ballots + 1, weight), (ballots, weight + 100), (4, 4)] {
            var forged = contents
            forged[6] = .encryptedTally(text, ballots: ballots, weight: weight)
            try await expect("tally_size", at: 6, of: forged)
        }
    }

    @Test
    func `a result has to be what the sums decrypt to`() async throws {
        for counts in [[[1, 1, 1], [1, 2]], [[1, 1, 1], [2]], [[1, 1, 1]], [[2, 1, 0], [2, 1]]] {
            var forged = contents
            forged[9] = .result(ElectionResult(counts: counts).text)
            try await expect("result", at: 9, of: forged)
        }
    }

    @Test
    func `decryptions have to be enough, true, and of their owners`() async throws {
        guard case .partialDecryption(let first, _) = contents[7],
            case .partialDecryption(let second, _) = contents[8]
        else {
            Issue.record("the parts are not events 7 and 8")
            return
        }
        var forged = contents
        forged.remove(at: 8)
        try await expect("decryption.not_enough", at: 8, of: forged)
        forged = contents
        forged[8] = .partialDecryption(first, owner: 1)
        try await expect("repeated_owner", at: 8, of: forged)
        forged[8] = .partialDecryption(second, owner: 4)
        try await expect("decryption.unknown_owner", at: 8, of: forged)
        forged[8] = .partialDecryption(second, owner: 2)
        try await expect("decryption.proof", at: 8, of: forged)
    }

    @Test
    func `no other order of events is taken`() async throws {
        var forged = contents
        forged.remove(at: 5)
        try await expect("order", at: 5, of: forged)
        forged = contents
        forged.insert(.endBallots, at: 3)
        try await expect("order", at: 4, of: forged)
        try await expect("order", at: 10, of: contents + [contents[9]])
        try await expect("order", at: 10, of: contents + [contents[1]])
        // The data of a second setup are longer than any ballot, and are not read as far as its event.
        let again = try await fault(of: forgedArchive(of: [contents[0]] + contents))
        #expect(again?.code == "voting.archive.record")
        #expect(try again?.place == .after(beginning()))
    }

    // MARK: Credentials

    @Test(arguments: [true, false])
    func `a credential by which anybody could vote is refused, with its ballot`(hasTerms: Bool) async throws {
        var generator = SeededGenerator()
        let secrets = [Belenios2048.Scalar.zero, .one]
        let credentials = PublicCredential<Belenios2048>.list(secrets.map { PublicCredential(of: $0) })
        let trustees = board.election.trustees
        let election = try ElectionDescription(
            uuid: "9KSp5bvLTQyQkW", name: "Elección", description: "Prueba", group: Belenios2048.name,
            publicKey: Belenios2048.text(of: trustees.publicKey), questions: BoardElection.questions(),
            terms: hasTerms ? BoardElection.terms(trustees: trustees.text, credentials: credentials) : nil)
        let maker = BallotMaker<Belenios2048>(election: election, key: trustees.publicKey)
        let text = maker.ballot(
            votes: [[false, true, false], [true, false]], credential: .zero, with: &generator
        ).text
        let fault = try await fault(
            of: forgedArchive(
                of: [
                    .setup(election: election.text, trustees: trustees.text, credentials: credentials),
                    .ballot(text, StoredBallot(tracker: HashDigest(of: text), place: 0..<0)),
                ]))
        guard case .credentials(let credential)? = fault?.reason else {
            Issue.record("\(fault?.message ?? "–")")
            return
        }
        #expect(credential == CredentialsFault(number: 1, reason: .everybodys) && fault?.event?.height == 0)
        // Whoever takes ballots asks it of the ballot as well.
        let key = try #require(ElectionKey<Belenios2048>(trustees.publicKey))
        #expect(throws: BallotFault.everybodysCredential) {
            try BallotChecker(election: election, key: key).check(text)
        }
    }

    @Test(arguments: [true, false])
    func `our terms bind a sorted list in which no weight is written`(hasTerms: Bool) async throws {
        let trustees = board.election.trustees
        func reason(_ credentials: [String]) async throws -> CredentialsFault? {
            let list = Array("[\"\(credentials.joined(separator: #"",""#))\"]".utf8)
            let election = try ElectionDescription(
                uuid: "9KSp5bvLTQyQkW", name: "Elección", description: "Prueba", group: Belenios2048.name,
                publicKey: Belenios2048.text(of: trustees.publicKey), questions: BoardElection.questions(),
                terms: hasTerms ? BoardElection.terms(trustees: trustees.text, credentials: list) : nil)
            let fault = try await fault(
                of: forgedArchive(
                    of: [.setup(election: election.text, trustees: trustees.text, credentials: list)]))
            guard case .credentials(let found)? = fault?.reason else {
                #expect(fault == nil, "\(fault?.message ?? "–")")
                return nil
            }
            #expect(found.sentence.hasSuffix("."))
            return found
        }
        func ours(_ number: Int, _ reason: CredentialsFault.Reason) -> CredentialsFault? {
            hasTerms ? CredentialsFault(number: number, reason: reason) : nil
        }
        let node = try JSONNode(board.election.credentials)
        let list = (node.array ?? []).compactMap(\.string)
        #expect(try await reason(list) == nil)
        #expect(try await reason(list.reversed()) == ours(2, .unsorted))
        #expect(try await reason([list[0], list[2], list[1], list[3]]) == ours(3, .unsorted))
        #expect(try await reason(list.map { "\($0),1" }) == ours(1, .writtenWeight))
        #expect(try await reason(list.prefix(3) + ["\(list[3]),1"]) == ours(4, .writtenWeight))
        // Everywhere.
        #expect(
            try await reason([list[0], list[0], list[1]]) == CredentialsFault(number: 2, reason: .repeated))
    }

    // MARK: Terms

    @Test
    func `trustees and credentials are those that the terms bind`() async throws {
        guard case .setup(let election, let trustees, let credentials) = contents[0] else {
            Issue.record("event 0 sets nothing up")
            return
        }
        var generator = SeededGenerator()
        let others = try BoardElection(with: &generator).election
        // The same keys in another text: only what the terms bind tells the two apart.
        let text = String(decoding: trustees, as: UTF8.self)
        let key = #""public_key":"[0-9]+"(,"signature":\{[^}]*\})?"#
        let last = try #require(text.range(of: key, options: [.regularExpression, .backwards]))
        let named = Array(text.replacingCharacters(in: last, with: text[last] + #","name":"Otra""#).utf8)
        #expect(try Trustees<Belenios2048>(reading: named).publicKey == board.election.trustees.publicKey)
        for (trustees, credentials, code) in [
            (trustees, others.credentials, "bound_record"), (named, credentials, "bound_record"),
            (others.trustees.text, credentials, "trustees"),
        ] {
            let archive = try forgedArchive(
                of: [.setup(election: election, trustees: trustees, credentials: credentials)])
            let fault = try await fault(of: archive)
            #expect(fault?.code == "voting.archive.\(code)")
        }
    }

    @Test(arguments: [#""public_key":"0"#, #""public_key":"-"#, #""public_key":"9999"#])
    func `a key that is written in another way is told from another key`(beginning: String) async throws {
        guard case .setup(let election, let trustees, let credentials) = contents[0] else {
            Issue.record("event 0 sets nothing up")
            return
        }
        let text = String(decoding: election, as: UTF8.self)
            .replacing(#""public_key":""#, with: beginning)
        let fault = try await fault(
            of: forgedArchive(
                of: [.setup(election: Array(text.utf8), trustees: trustees, credentials: credentials)]))
        guard case .election(.member("public_key"))? = fault?.reason else {
            Issue.record("\(fault?.message ?? "–")")
            return
        }
        #expect(fault?.event?.height == 0)
    }

    @Test
    func `terms that give the votes of one slate to the other are refused`() async throws {
        guard case .setup(let election, let trustees, let credentials) = contents[0] else {
            Issue.record("event 0 sets nothing up")
            return
        }
        let text = String(decoding: election, as: UTF8.self)
        let swapped = text.replacing(#""contender":"Uno""#, with: #""contender":"x""#)
            .replacing(#""contender":"Dos""#, with: #""contender":"Uno""#)
            .replacing(#""contender":"x""#, with: #""contender":"Dos""#)
        #expect(swapped != text)
        try await expect(
            "election", at: 0,
            of: [.setup(election: Array(swapped.utf8), trustees: trustees, credentials: credentials)])
    }

    @Test(arguments: [
        (2, [1, 1, 1], "voters", 3), (9, [1, 2, 1], "weight", 0),
    ])
    func `one person has one vote, and nobody votes who is not on the roll`(
        electors: Int, weights: [Int], code: String, height: Int
    ) async throws {
        var generator = SeededGenerator()
        let election = try WholeElection<Belenios2048>(
            questions: BoardElection.questions(), keys: .both, weights: weights,
            votes: (0..<3).map { .init(voter: $0, votes: [[true, false, false], [true, false]]) },
            terms: { BoardElection.terms(trustees: $0, credentials: $1, electors: electors) },
            with: &generator)
        let fault = try await fault(of: election.archive())
        #expect(fault?.code == "voting.archive.\(code)", "\(fault?.message ?? "–")")
    }

    @Test
    func `fewer votes than the terms ask for are not added up`() async throws {
        var generator = SeededGenerator()
        for (quorum, code) in [(3, nil), (4, "voting.archive.quorum")] {
            let election = try WholeElection<Belenios2048>(
                questions: BoardElection.questions(), keys: .both, weights: [1, 1, 1, 1],
                votes: [0, 1, 1, 2].map { .init(voter: $0, votes: [[true, false, false], [true, false]]) },
                terms: { BoardElection.terms(trustees: $0, credentials: $1, quorum: quorum) },
                with: &generator)
            let archive = try election.archive()
            let fault = try await fault(of: archive)
            #expect(fault?.code == code, "\(fault?.message ?? "–")")
            #expect(fault == nil || fault?.event?.type == .encryptedTally)
            // A box that closed with fewer is a box, which nobody counts.
            let closed = try steps(of: ArchiveBytes(archive)).map(\.content).prefix {
                $0.type != .encryptedTally
            }
            let report = try await ArchiveVerifier().verify(ArchiveBytes(forgedArchive(of: Array(closed))))
            #expect(report.stage == .closed && report.reachesQuorum == (code == nil))
        }
    }

    // MARK: The first fault

    @Test
    func `of several faults the earliest event is named, whatever the cores do first`() async throws {
        let filler = (0..<40).map { _ in ballot(by: board.election.privates[3]) }
        var generator = SeededGenerator()
        let stranger = Belenios2048.Scalar(randomWith: &generator)
        var forged = [contents[0]] + filler
        forged[21] = ballot(by: stranger)
        guard case .ballot(var text, _) = forged[35] else {
            Issue.record("event 35 is no ballot")
            return
        }
        text[text.count - 5] ^= 1
        forged[35] = .ballot(text, StoredBallot(tracker: HashDigest(of: text), place: 0..<0))
        let archive = try forgedArchive(of: forged) + [0]
        for _ in 0..<5 {
            let fault = try await fault(of: archive)
            #expect(fault?.event?.height == 21 && fault?.code == "voting.archive.unknown_credential")
        }
    }
}
