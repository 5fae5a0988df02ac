public import Foundation
public import Kernel

/// That a public statement (`comunicado`) is on the citizen's page of its alliance.
public struct StatementPublication: Sendable, Hashable {
    /// Identifies it.
    public let id: ID<StatementPublication>
    /// The statement.
    public let letter: ID<Letter>
    /// Since when.
    public let at: Date

    /// Describes a publication.
    public init(id: ID<StatementPublication> = ID(), of letter: ID<Letter>, at moment: Date) {
        self.id = id
        self.letter = letter
        at = moment
    }
}

extension Letter {
    /// Asks that it may stand on the citizen's page: a statement that was issued, and no secret of the board's.
    ///
    /// - Throws: ``LetterError``.
    func requirePublishable() throws(LetterError) {
        guard content.kind == .statement else { throw .notAStatement }
        guard state == .issued else { throw .notIssued }
        guard !isReserved else { throw .notShared }
    }
}
