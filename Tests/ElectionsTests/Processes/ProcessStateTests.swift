import Testing

@testable import Elections

@Suite struct `The state of a process` {
    @Test(
        arguments: [
            (
                VoteProgress(isSessionOpen: true, openContests: 2, uncountedContests: 2, openChallenges: 0),
                .voting
            ),
            // A result and a challenge of one contest hold no other one back.
            (
                VoteProgress(isSessionOpen: true, openContests: 2, uncountedContests: 1, openChallenges: 1),
                .voting
            ),
            (
                VoteProgress(isSessionOpen: false, openContests: 7, uncountedContests: 6, openChallenges: 1),
                .count
            ),
            (
                VoteProgress(isSessionOpen: false, openContests: 7, uncountedContests: 0, openChallenges: 0),
                .provisionalResult
            ),
            (
                VoteProgress(isSessionOpen: false, openContests: 7, uncountedContests: 0, openChallenges: 1),
                .challenges
            ),
            (
                VoteProgress(
                    isSessionOpen: false, openContests: 0, uncountedContests: 0, openChallenges: 0,
                    endedContests: 1),
                .void
            ),
            (
                VoteProgress(isSessionOpen: false, openContests: 0, uncountedContests: 0, openChallenges: 0),
                .annulled
            ),
        ] as [(VoteProgress, ProcessState)])
    func `follows from its sessions, contests and challenges`(progress: VoteProgress, state: ProcessState) {
        #expect(progress.state == state)
    }

    @Test func `reaches from the vote on whatever its contests ask for`() {
        let reached: [ProcessState] = [.voting, .count, .provisionalResult, .challenges]
        for state in reached {
            #expect(state.isBetweenVoteAndProclamation)
            for next in reached where next != state {
                // Only a vote makes a result uncertain again.
                let isLeftByVotingAlone = next == .count && state != .voting
                #expect(state.successors.contains(next) != isLeftByVotingAlone, "\(state) to \(next)")
            }
            #expect(state.successors.isSuperset(of: [.suspended, .void, .annulled]))
        }
        #expect(!ProcessState.challenges.successors.contains(.proclaimed))
    }
}
