/// How far an election has come, and what may happen next (format, §4.3): Setup, Ballot, …, EndBallots, EncryptedTally,
/// PartialDecryption, …, Result.
///
/// The tool that others use checks the chain and not this order: with several EndBallots it leaves ballots out without a
/// word, and without one it counts all the same.
public enum ArchiveStage: String, Hashable, Sendable, CaseIterable {
    /// Nothing has happened yet.
    case empty
    /// Ballots are taken.
    case voting
    /// No ballot is taken any more.
    case closed
    /// The votes are added up, still encrypted.
    case tallied
    /// Some trustees have given their part of the decryption.
    case decrypting
    /// The result is there, and nothing may follow.
    case finished

    /// The stage after an event, `nil` where it may not happen now.
    public func after(_ type: EventType) -> ArchiveStage? {
        switch (self, type) {
        case (.empty, .setup): .voting
        case (.voting, .ballot): .voting
        case (.voting, .endBallots): .closed
        case (.closed, .encryptedTally): .tallied
        case (.tallied, .partialDecryption), (.decrypting, .partialDecryption): .decrypting
        case (.decrypting, .result): .finished
        default: nil
        }
    }

    /// What a record before the next event may hold at most, in bytes, if it is the one with this number, counted from
    /// 0; `nil` where no event has so many.
    ///
    /// The limits keep a forged archive from filling memory. Before the election is known they are far above what any
    /// needs: two million public credentials of 2048 bits. Then nothing is longer than its longest ballot: sums and parts of
    /// the decryption have as many ciphertexts, and fewer proofs. More data than the next event needs are read, so that the
    /// event that may not stand there is named.
    ///
    /// - Parameters:
    ///   - number: Of the record.
    ///   - longestBallot: Of the election, in bytes; `nil` where its description could not be read.
    /// - Returns: The most bytes.
    func dataLimit(at number: Int, longestBallot: Int?) -> Int? {
        guard number < Self.mostData else { return nil }
        guard self == .empty else { return longestBallot ?? Self.generalLimit }
        return switch number {
        case 0: ElectionDescription.longestText
        case 2: 5 << 28
        default: Self.generalLimit
        }
    }

    /// What a record may hold at most, in bytes, where nothing else is known.
    private static let generalLimit = 64 << 20

    /// The most records that stand before one event: those of the setup.
    private static let mostData = 4

    /// What an event may hold at most, in bytes.
    static let eventLimit = 1 << 10
}
