public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Takes the mark away that somebody was handed ballot papers, where they gave them back unused: they may vote in the box.
/// Not once the urn of their table is closed, since nobody can tell then whether their paper is in it.
///
/// The mark goes in each box of the process that has it. Each of them lists who took it away, of whom and why, and is not
/// counted before two people settled that (``ParticipationConflict/Kind/paperReturned``). The event names no person.
public struct UndoPaperVote: Command {
    /// Who may do it.
    public static let permission = Permission.runBooths
    /// The process.
    public let place: ProcessPlace
    /// The box.
    public let box: ID<BallotBox>
    /// The elector.
    public let person: ID<Person>
    /// The table.
    public let table: ID<VotingTable>
    /// Why.
    public let reason: String

    /// Takes what a juror tells.
    ///
    /// - Throws: ``BoxError/reasonMissing``.
    public init(
        _ person: ID<Person>, at table: ID<VotingTable>, because reason: String, of box: ID<BallotBox>,
        in place: ProcessPlace
    ) throws(BoxError) {
        guard let reason = reason.nonBlank else { throw .reasonMissing }
        self.place = place
        self.box = box
        self.person = person
        self.table = table
        self.reason = reason
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Takes it away.
    ///
    /// - Throws: ``BoxError``, ``TableError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let found = try await transaction.box(box, of: place)
        let number = try await transaction.requireBooth(at: table, of: place)
        try await transaction.undoPaper(person, at: table, in: found, because: reason, now: now)
        return Audited(
            AuditEvent(
                "elections.paper_vote.undone", subject: box,
                details: ["box": found.title, "table": String(number), "reason": reason]))
    }
}
