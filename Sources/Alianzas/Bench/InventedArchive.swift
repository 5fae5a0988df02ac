import Foundation
import Kernel
import VerifiableVoting

/// The archive of an election that nobody held: a board of ten candidates, of whom up to three or nobody are chosen, and
/// a question of yes or no, which makes thirteen ciphertexts a ballot; two of three trustees decrypt. One voter in
/// twenty changes their mind.
struct InventedArchive<Group: VotingGroup> {
    /// How many ballots are in it, those that were replaced included.
    let ballots: Int

    /// One ballot in so many replaces an earlier one.
    private static var revotes: Int { 20 }
    private static var uuid: String { "4ufdtN7uVcm5Wq" }

    private var voters: Int { ballots - ballots / Self.revotes }

    /// Who cast the ballot with a number: each voter one and, behind all of them, some a second one.
    private func voter(of ballot: Int) -> Int { ballot < voters ? ballot : (ballot - voters) * 7 % voters }

    /// What a ballot chooses: of eleven ballots one is blank, and those for the later candidates choose two.
    private func votes(of ballot: Int) -> [[Bool]] {
        let first = ballot % 11
        let board = (0..<11).map { $0 == first || first > 5 && $0 == first - 5 }
        return [board, [ballot % 3 > 0, ballot % 3 == 0]]
    }

    /// Writes the archive, made on all cores.
    func write(to file: URL) async throws {
        var random = SystemRandomNumberGenerator()
        let (trustees, shares) = try Self.trustees(with: &random)
        let credentials = (0..<voters).map { _ in
            PrivateCredential.exponent(
                of: SecretCode(randomWith: &random), election: Self.uuid, in: Group.self)
        }
        let published = PublicCredential<Group>.list(credentials.map { PublicCredential(of: $0) })
        let election = try ElectionDescription(
            uuid: Self.uuid, name: "Elección de medida", description: "", group: Group.name,
            publicKey: Group.text(of: trustees.publicKey), questions: Self.questions(),
            terms: terms(trustees: trustees.text, credentials: published))
        try Data().write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        var writer = ArchiveWriter(timestamp: 1_795_216_420)
        try handle.write(contentsOf: writer.opening)
        try handle.write(
            contentsOf: writer.setup(
                election: election.text, trustees: trustees.text,
                credentials: published))
        let maker = BallotMaker<Group>(election: election, key: trustees.publicKey)
        var counted: [Int: Int] = [:]
        for number in 0..<ballots { counted[voter(of: number)] = number }
        var tally = EncryptedTally<Group>(questions: election.questions)
        for start in stride(from: 0, to: ballots, by: 256) {
            for (number, ballot) in try await make(start..<min(start + 256, ballots), maker, credentials) {
                try handle.write(contentsOf: writer.ballot(ballot.text))
                if counted[voter(of: number)] == number { tally.add(ballot.answers) }
            }
        }
        try handle.write(contentsOf: writer.endBallots())
        try handle.write(contentsOf: writer.encryptedTally(tally.text, ballots: voters, weight: voters))
        var parts: [Int: PartialDecryption<Group>] = [:]
        for owner in [1, 3] {
            let part = PartialDecryption(
                of: tally, with: shares[owner - 1], fingerprint: election.fingerprint, generator: &random)
            try handle.write(contentsOf: writer.partialDecryption(part.text, owner: owner))
            parts[owner] = part
        }
        let decryption = try Decryption(parts, of: tally, by: trustees)
        guard let result = decryption.result(totalWeight: voters) else { throw WorkbenchError.noResult }
        try handle.write(contentsOf: writer.result(result.text))
    }

    private func make(
        _ numbers: Range<Int>, _ maker: BallotMaker<Group>, _ credentials: [Group.Scalar]
    ) async throws -> [(number: Int, ballot: Ballot<Group>)] {
        try await withThrowingTaskGroup(of: [(number: Int, ballot: Ballot<Group>)].self) { group in
            for start in stride(from: numbers.lowerBound, to: numbers.upperBound, by: 16) {
                group.addTask {
                    var random = SystemRandomNumberGenerator()
                    var ballots: [(number: Int, ballot: Ballot<Group>)] = []
                    for number in start..<min(start + 16, numbers.upperBound) {
                        let secret = credentials[voter(of: number)]
                        ballots.append(
                            (
                                number,
                                maker.ballot(votes: votes(of: number), credential: secret, with: &random)
                            ))
                    }
                    return ballots
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }.sorted { $0.number < $1.number }
        }
    }

    private static func questions() throws -> [HomomorphicQuestion] {
        [
            try HomomorphicQuestion(
                question: "¿Quiénes van a la junta?", answers: (1...10).map { "Candidatura \($0)" },
                allowsBlank: true, minimum: 1, maximum: 3),
            try HomomorphicQuestion(
                question: "¿Aprueba las cuentas?", answers: ["Sí", "No"], allowsBlank: false, minimum: 1,
                maximum: 1),
        ]
    }

    /// Three seats for the candidates with most votes; the other question fills none.
    private func terms(trustees: [UInt8], credentials: [UInt8]) -> ElectionTerms {
        func options(_ names: [String]) -> [ContestTerms.Option] {
            names.enumerated().map { .init(number: $0 + 1, slate: "\($0 + 1)", contender: $1) }
        }
        return ElectionTerms(
            process: "medida", isMock: true, rollSeal: HashDigest(of: "medida"), electors: 2 * voters,
            trustees: HashDigest(of: trustees), credentials: HashDigest(of: credentials),
            opensAt: Date(timeIntervalSince1970: 1_795_352_400),
            closesAt: Date(timeIntervalSince1970: 1_795_381_200), quorum: voters,
            contests: [
                ContestTerms(
                    contest: "junta", round: 1, options: options((1...10).map { "Candidatura \($0)" }),
                    count: SeatTerms(rule: "plurinominal", seats: 3)),
                ContestTerms(contest: "cuentas", round: 1, options: options(["Sí", "No"]), count: nil),
            ])
    }

    private static func trustees(
        with random: inout SystemRandomNumberGenerator
    ) throws -> (trustees: Trustees<Group>, shares: [Group.Scalar]) {
        let members = (1...3).map {
            CeremonyMember<Group>(index: $0, seed: SecretCode(randomWith: &random))
        }
        let ceremony = try Ceremony(members.map { $0.certificate(size: 3, threshold: 2, with: &random) })
        let polynomials = try members.map { try $0.polynomial(in: ceremony, with: &random) }
        let shares = try members.map { try $0.share(in: ceremony, polynomials: polynomials) }
        let keys = zip(members, shares).map { $0.verificationKey(of: $1, with: &random) }
        let pedersen = try PedersenKeys(
            certificates: ceremony.certificates, polynomials: polynomials, verificationKeys: keys)
        return (try Trustees([.pedersen(pedersen)]), shares)
    }
}
