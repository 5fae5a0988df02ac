import Foundation
import Kernel
import VerifiableVoting

/// An election that nobody held: a board of ten candidates, of whom up to three or nobody are chosen, and a question of yes
/// or no, which makes thirteen ciphertexts a ballot; two of three trustees decrypt.
struct InventedElection<Group: VotingGroup>: Sendable {
    /// What is voted on.
    let description: ElectionDescription
    /// The keys.
    let trustees: Trustees<Group>
    /// The trustees' shares.
    let shares: [Group.Scalar]
    /// The list of public credentials.
    let published: [UInt8]
    /// Each voter's public credential, S(C).
    let credentials: [String]
    private let secrets: [Group.Scalar]

    private static var uuid: String { "4ufdtN7uVcm5Wq" }

    /// Makes the keys and the credentials.
    init(voters: Int) throws {
        var random = SystemRandomNumberGenerator()
        (trustees, shares) = try Self.trustees(with: &random)
        secrets = (0..<voters).map { _ in
            PrivateCredential.exponent(
                of: SecretCode(randomWith: &random), election: Self.uuid, in: Group.self)
        }
        let halves = secrets.map { PublicCredential<Group>(of: $0) }
        published = PublicCredential<Group>.list(halves)
        credentials = Group.texts(of: halves.map(\.element)).map { String(decoding: $0, as: UTF8.self) }
        description = try ElectionDescription(
            uuid: Self.uuid, name: "Elección de medida", description: "", group: Group.name,
            publicKey: Group.text(of: trustees.publicKey), questions: Self.questions(),
            terms: Self.terms(trustees: trustees.text, credentials: published, voters: voters))
    }

    /// What a ballot chooses: of eleven ballots one is blank, and those for the later candidates choose two.
    private func votes(of ballot: Int) -> [[Bool]] {
        let first = ballot % 11
        let board = (0..<11).map { $0 == first || first > 5 && $0 == first - 5 }
        return [board, [ballot % 3 > 0, ballot % 3 == 0]]
    }

    /// Makes ballots on all cores, in the order of their numbers.
    func ballots(
        _ numbers: Range<Int>, by voter: @escaping @Sendable (Int) -> Int
    ) async throws -> [Ballot<Group>] {
        let maker = BallotMaker<Group>(election: description, key: trustees.publicKey)
        return try await withThrowingTaskGroup(of: (start: Int, ballots: [Ballot<Group>]).self) { group in
            for start in stride(from: numbers.lowerBound, to: numbers.upperBound, by: 16) {
                group.addTask {
                    var random = SystemRandomNumberGenerator()
                    let own = start..<min(start + 16, numbers.upperBound)
                    return (
                        start,
                        own.map {
                            maker.ballot(
                                votes: votes(of: $0), credential: secrets[voter($0)], with: &random)
                        }
                    )
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.start < $1.start }
                .flatMap(\.ballots)
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
    private static func terms(trustees: [UInt8], credentials: [UInt8], voters: Int) -> ElectionTerms {
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
