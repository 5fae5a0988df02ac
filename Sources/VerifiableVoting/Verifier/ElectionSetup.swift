import Kernel

/// What the first event of an archive sets up, checked (format, §4.11, steps 2, 3 and the terms of step 9): trustees, the
/// joint key, credentials, and that seats can be counted at all.
struct ElectionSetup<Group: VotingGroup>: Sendable {
    let election: ElectionDescription
    let event: EventReference
    let trustees: Trustees<Group>
    let credentials: CredentialIndex
    let checker: BallotChecker<Group>

    init(_ beginning: Beginning, counting: SeatCounting?) async throws {
        let election = beginning.election
        self.election = election
        event = beginning.event
        func fault(_ reason: VerificationFault.Reason) -> VerificationFault {
            .init(.event(beginning.event), reason)
        }
        guard (try? Group.element(reading: election.publicKey[...])) != nil else {
            throw fault(.election(.member("public_key")))
        }
        do { trustees = try Trustees(reading: beginning.trustees) } catch { throw fault(.trustees(error)) }
        guard election.publicKey == Group.text(of: trustees.publicKey),
            let key = ElectionKey<Group>(trustees.publicKey)
        else { throw fault(.trustees(.otherKey)) }
        if let terms = election.terms {
            guard terms.trustees == HashDigest(of: beginning.trustees) else {
                throw fault(.otherBoundRecord(.trustees))
            }
            guard terms.credentials == HashDigest(of: beginning.credentials) else {
                throw fault(.otherBoundRecord(.credentials))
            }
            guard terms.isMock || trustees.fewestToDecrypt >= 2 else { throw fault(.trustees(.notShared)) }
        }
        do {
            credentials = try await CredentialIndex(
                reading: beginning.credentials, in: Group.self, isOurs: election.terms != nil)
        } catch {
            throw VerificationFault(error, at: .event(beginning.event)) ?? error
        }
        guard election.terms == nil || credentials.allWeighOne else { throw fault(.weight) }
        checker = BallotChecker(election: election, key: key)
        do {
            for contest in election.terms?.contests ?? [] { try contest.tryCount(by: counting) }
        } catch {
            throw fault(.seats(error))
        }
    }
}
