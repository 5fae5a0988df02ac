@testable import VerifiableVoting

/// An election from the trustees' keys to the result, made by Swift alone, with its archive.
struct WholeElection<Group: VotingGroup> {
    /// Who decrypts.
    enum Keys: CustomStringConvertible {
        case single
        /// `threshold` of `size`, of whom these decrypt.
        case pedersen(threshold: Int, size: Int, decrypting: [Int])
        /// One alone and with it two of three, of whom the first and the last decrypt.
        case both

        var description: String {
            switch self {
            case .single: "single"
            case .pedersen(let threshold, let size, let decrypting): "\(threshold) of \(size): \(decrypting)"
            case .both: "one alone and 2 of 3"
            }
        }
    }

    /// A ballot to be cast: by whom, for what.
    struct Vote {
        let voter: Int
        let votes: [[Bool]]
    }

    let description: ElectionDescription
    /// The private credentials, by voter.
    let privates: [Group.Scalar]
    let trustees: Trustees<Group>
    /// `public_credentials.json`.
    let credentials: [UInt8]
    let ballots: [Ballot<Group>]
    let tally: EncryptedTally<Group>
    /// The keys and shares of those who decrypt.
    let secrets: [Int: Group.Scalar]
    var parts: [Int: PartialDecryption<Group>]
    let decryption: Decryption<Group>
    var result: ElectionResult?
    let countedBallots: Int
    let countedWeight: Int

    /// Holds an election; `terms` are made for the texts of trustees and credentials.
    init(
        questions: [HomomorphicQuestion], keys: Keys, weights: [Int], votes: [Vote],
        terms: (_ trustees: [UInt8], _ credentials: [UInt8]) -> ElectionTerms? = { _, _ in nil },
        with generator: inout SeededGenerator
    ) throws {
        let (entries, secrets) = try Self.keys(keys, with: &generator)
        trustees = try Trustees(entries)
        let uuid = "9KSp5bvLTQyQkW"
        var privates: [Group.Scalar] = []
        for _ in weights {
            let code = SecretCode(randomWith: &generator)
            privates.append(PrivateCredential.exponent(of: code, election: uuid, in: Group.self))
        }
        self.privates = privates
        credentials = PublicCredential<Group>.list(
            zip(privates, weights).map { PublicCredential(of: $0, weight: $1) })
        description = try ElectionDescription(
            uuid: uuid, name: "Elección", description: "Prueba", group: Group.name,
            publicKey: Group.text(of: trustees.publicKey), questions: questions,
            terms: terms(trustees.text, credentials))
        let maker = BallotMaker<Group>(election: description, key: trustees.publicKey)
        var ballots: [Ballot<Group>] = []
        var last: [Int: Ballot<Group>] = [:]
        for vote in votes {
            let ballot = maker.ballot(votes: vote.votes, credential: privates[vote.voter], with: &generator)
            ballots.append(ballot)
            last[vote.voter] = ballot
        }
        self.ballots = ballots
        var tally = EncryptedTally<Group>(questions: questions)
        for (voter, ballot) in last { tally.add(ballot.answers, weight: weights[voter]) }
        self.tally = tally
        countedBallots = last.count
        countedWeight = last.keys.reduce(0) { $0 + weights[$1] }

        var parts: [Int: PartialDecryption<Group>] = [:]
        for (owner, secret) in secrets.sorted(by: { $0.key < $1.key }) {
            parts[owner] = PartialDecryption(
                of: tally, with: secret, fingerprint: description.fingerprint, generator: &generator)
        }
        self.secrets = secrets
        self.parts = parts
        decryption = try Decryption(parts, of: tally, by: trustees)
        result = decryption.result(totalWeight: countedWeight)
    }

    private static func keys(
        _ keys: Keys, with generator: inout SeededGenerator
    ) throws -> ([Trustees<Group>.Entry], [Int: Group.Scalar]) {
        switch keys {
        case .single:
            let secret = TrusteeKey<Group>.singleSecret(of: SecretCode(randomWith: &generator))
            return ([.single(TrusteeKey(single: secret, with: &generator))], [1: secret])
        case .pedersen(let threshold, let size, let decrypting):
            let ceremony = try TestCeremony<Group>(size: size, threshold: threshold, with: &generator)
            let secrets = decrypting.map { ($0, ceremony.shares[$0 - 1]) }
            return ([.pedersen(ceremony.keys)], Dictionary(uniqueKeysWithValues: secrets))
        case .both:
            let (single, first) = try Self.keys(.single, with: &generator)
            let (pedersen, others) = try Self.keys(
                .pedersen(threshold: 2, size: 3, decrypting: [1, 3]), with: &generator)
            let shifted = others.map { ($0.key + 1, $0.value) }
            return (single + pedersen, first.merging(shifted) { _, new in new })
        }
    }

    /// The archive, with one record for each step.
    func archive() throws -> [UInt8] {
        var writer = ArchiveWriter(timestamp: 1_795_216_420)
        var bytes = writer.opening
        bytes += try writer.setup(
            election: description.text, trustees: trustees.text, credentials: credentials)
        for ballot in ballots { bytes += try writer.ballot(ballot.text) }
        bytes += try writer.endBallots()
        bytes += try writer.encryptedTally(tally.text, ballots: countedBallots, weight: countedWeight)
        for (owner, part) in parts.sorted(by: { $0.key < $1.key }) {
            bytes += try writer.partialDecryption(part.text, owner: owner)
        }
        if let result { bytes += try writer.result(result.text) }
        return bytes
    }
}
