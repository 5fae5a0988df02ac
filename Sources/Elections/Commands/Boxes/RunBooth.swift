public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Turns a device into a booth at a table (`cabina`). Whoever has its token is the booth; each voter is let in with its PIN.
public struct OpenKiosk: Command {
    /// Who may do it.
    public static let permission = Permission.runBooths
    /// The process.
    public let place: ProcessPlace
    /// The box.
    public let box: ID<BallotBox>
    /// The table.
    public let table: ID<VotingTable>
    /// What the jurors call it.
    public let name: String
    private let token: HashDigest
    private let pin: PasswordHash

    /// Takes what a juror chose. Of the token, which the device keeps, the digest alone is kept here; of the PIN with which
    /// jurors let voters in, its hash (``VotingEntrance/hash(pin:)``).
    public init(
        _ name: String, at table: ID<VotingTable>, of box: ID<BallotBox>, token: EntranceToken,
        pin: PasswordHash, in place: ProcessPlace
    ) {
        self.place = place
        self.box = box
        self.table = table
        self.name = String(name.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(60))
        self.token = token.digest
        self.pin = pin
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Opens it; a juror at their own table alone.
    ///
    /// - Throws: ``BoxError``, ``TableError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Kiosk>> {
        let found = try await transaction.box(box, of: place)
        guard found.choices.allowsKiosk, [.sealed, .open].contains(found.state) else {
            throw BoxError.notNow(found.state)
        }
        let number = try await transaction.requireBooth(at: table, of: place)
        let kiosk = ID<Kiosk>()
        try await transaction.insert(
            kiosk, named: name.nonBlank ?? "Cabina", at: table, of: found, token: token, pin: pin, now: now)
        return Audited(
            kiosk,
            AuditEvent(
                "elections.kiosk.opened", subject: kiosk,
                details: ["name": name, "box": found.title, "table": String(number)]))
    }
}

/// Closes a booth: its device lets nobody in any more.
public struct CloseKiosk: Command {
    /// Who may do it.
    public static let permission = Permission.runBooths
    /// The process.
    public let place: ProcessPlace
    /// The box.
    public let box: ID<BallotBox>
    /// The booth.
    public let kiosk: ID<Kiosk>

    /// Names the booth.
    public init(_ kiosk: ID<Kiosk>, of box: ID<BallotBox>, in place: ProcessPlace) {
        self.place = place
        self.box = box
        self.kiosk = kiosk
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Closes it.
    ///
    /// - Throws: ``BoxError``, ``TableError``, ``EntranceError/kioskUnknown``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let found = try await transaction.box(box, of: place)
        guard
            let open = try await transaction.kiosks(of: box).first(where: {
                $0.id == kiosk && $0.closedAt == nil
            })
        else { throw EntranceError.kioskUnknown }
        _ = try await transaction.requireBooth(at: open.table, of: place)
        try await transaction.closeKiosk(kiosk, at: now)
        return Audited(
            AuditEvent(
                "elections.kiosk.closed", subject: kiosk, details: ["name": open.name, "box": found.title]))
    }
}

/// Marks that an elector gets ballot papers at their table, where a box is open beside it: they do not vote in it any more,
/// nor in any other box of the process that counts, since the table hands its papers over at once. Whoever voted in one of
/// them gets none. The event names no person.
public struct MarkPaperVote: Command {
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

    /// Somebody at a table.
    public init(
        _ person: ID<Person>, at table: ID<VotingTable>, of box: ID<BallotBox>, in place: ProcessPlace
    ) {
        self.place = place
        self.box = box
        self.person = person
        self.table = table
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Marks it.
    ///
    /// - Throws: ``BoxError``, ``TableError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let found = try await transaction.box(box, of: place)
        let number = try await transaction.requireBooth(at: table, of: place)
        if let other = try await transaction.boxVotedIn(by: person, besides: found) {
            throw BoxError.votedIn(other)
        }
        try await transaction.markPaper(person, at: table, in: found)
        return Audited(
            AuditEvent(
                "elections.paper_vote.marked", subject: box,
                details: ["box": found.title, "table": String(number)]))
    }
}

/// Lists that the marks of somebody contradict each other, as where they signed a table's list and voted in the box. Two
/// people decide what it comes to (``BoxAct/Kind/settle(_:)``).
public struct ReportConflict: Command {
    /// Who may do it.
    public static let permission = Permission.runBooths
    /// The process.
    public let place: ProcessPlace
    /// The box.
    public let box: ID<BallotBox>
    /// Whose marks.
    public let person: ID<Person>
    /// The table where it was found.
    public let table: ID<VotingTable>
    /// What was found.
    public let account: String

    /// Takes what somebody tells.
    ///
    /// - Throws: ``BoxError/reasonMissing``.
    public init(
        of person: ID<Person>, at table: ID<VotingTable>, account: String, of box: ID<BallotBox>,
        in place: ProcessPlace
    ) throws(BoxError) {
        guard let account = account.nonBlank else { throw .reasonMissing }
        self.place = place
        self.box = box
        self.person = person
        self.table = table
        self.account = account
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Lists it; a juror of their own table alone.
    ///
    /// - Throws: ``BoxError``, ``TableError``, ``TableCountError/notYourTable``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<ParticipationConflict>> {
        _ = try await transaction.requireBooth(at: table, of: place)
        let found = try await transaction.lockedBox(box, of: place, in: .open, .closed)
        let conflict = ID<ParticipationConflict>()
        try await transaction.insert(conflict, of: person, at: table, in: found, account: account, now: now)
        return Audited(
            conflict,
            AuditEvent("elections.conflict.found", subject: conflict, details: ["box": found.title]))
    }
}
