@testable import VerifiableVoting

/// An election with one key and one voter, to make ballots in.
struct TestElection<Group: VotingGroup> {
    let description: ElectionDescription
    let checker: BallotChecker<Group>
    let maker: BallotMaker<Group>
    let secretKey: Group.Scalar
    let credential: Group.Scalar

    init(questions: [HomomorphicQuestion], with generator: inout SeededGenerator) throws {
        secretKey = Group.Scalar(randomWith: &generator)
        credential = Group.Scalar(randomWith: &generator)
        let publicKey = Group.secretPower(to: secretKey)
        description = try ElectionDescription(
            uuid: "9KSp5bvLTQyQkW", name: "Elección", description: "Prueba", group: Group.name,
            publicKey: Group.text(of: publicKey), questions: questions)
        guard let key = ElectionKey<Group>(publicKey) else { throw NumberFault.outOfRange }
        checker = BallotChecker(election: description, key: key)
        maker = BallotMaker(election: description, key: publicKey)
    }

    func ballot(_ votes: [[Bool]], with generator: inout SeededGenerator) -> Ballot<Group> {
        maker.ballot(votes: votes, credential: credential, with: &generator)
    }

    /// Answers that may be false, rightly signed.
    func signed(_ answers: [Ballot<Group>.Answer], with generator: inout SeededGenerator) -> Ballot<Group> {
        Ballot(
            electionUUID: description.uuid, fingerprint: description.fingerprint, answers: answers,
            credential: credential, with: &generator)
    }
}
