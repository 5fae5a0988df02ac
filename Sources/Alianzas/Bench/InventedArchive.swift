import Foundation
import Kernel
import VerifiableVoting

/// The archive of an ``InventedElection``, in which one voter in twenty changes their mind.
struct InventedArchive<Group: VotingGroup> {
    /// How many ballots are in it, those that were replaced included.
    let ballots: Int

    /// One ballot in so many replaces an earlier one.
    private static var revotes: Int { 20 }
    private var voters: Int { ballots - ballots / Self.revotes }

    /// Who cast the ballot with a number: each voter one and, behind all of them, some a second one.
    private func voter(of ballot: Int) -> Int { ballot < voters ? ballot : (ballot - voters) * 7 % voters }

    /// Writes the archive, made on all cores.
    func write(to file: URL) async throws {
        let invented = try InventedElection<Group>(voters: voters)
        let (election, trustees) = (invented.description, invented.trustees)
        try Data().write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        var writer = ArchiveWriter(timestamp: 1_795_216_420)
        try handle.write(contentsOf: writer.opening)
        try handle.write(
            contentsOf: writer.setup(
                election: election.text, trustees: trustees.text,
                credentials: invented.published))
        var counted: [Int: Int] = [:]
        for number in 0..<ballots { counted[voter(of: number)] = number }
        var tally = EncryptedTally<Group>(questions: election.questions)
        for start in stride(from: 0, to: ballots, by: 256) {
            let numbers = start..<min(start + 256, ballots)
            for (number, ballot) in zip(numbers, try await invented.ballots(numbers, by: voter(of:))) {
                try handle.write(contentsOf: writer.ballot(ballot.text))
                if counted[voter(of: number)] == number { tally.add(ballot.answers) }
            }
        }
        try handle.write(contentsOf: writer.endBallots())
        try handle.write(contentsOf: writer.encryptedTally(tally.text, ballots: voters, weight: voters))
        var random = SystemRandomNumberGenerator()
        var parts: [Int: PartialDecryption<Group>] = [:]
        for owner in [1, 3] {
            let part = PartialDecryption(
                of: tally, with: invented.shares[owner - 1], fingerprint: election.fingerprint,
                generator: &random)
            try handle.write(contentsOf: writer.partialDecryption(part.text, owner: owner))
            parts[owner] = part
        }
        let decryption = try Decryption(parts, of: tally, by: trustees)
        guard let result = decryption.result(totalWeight: voters) else { throw WorkbenchError.noResult }
        try handle.write(contentsOf: writer.result(result.text))
    }
}
