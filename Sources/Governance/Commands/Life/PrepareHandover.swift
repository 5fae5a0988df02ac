public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Prepares the handover of a body: its list is made from what there is, its signers from who leaves and who comes.
public struct PrepareHandover: Command {
    /// How many days before the change a handover may be prepared.
    static let daysAhead = 31
    /// How many days after it.
    static let daysAfter = 366

    /// Who may do it.
    public static let permission = Permission.handOver
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The body.
    public let body: ID<Body>
    /// The first day of those who come.
    public let changedOn: CalendarDate

    /// Asks for a body's handover.
    public init(of body: ID<Body>, in alliance: ID<Alliance>, changingOn changedOn: CalendarDate) {
        self.alliance = alliance
        self.body = body
        self.changedOn = changedOn
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Prepares it.
    ///
    /// - Throws: ``HandoverError``, ``BodyError/notFound``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Handover>> {
        let today = ColombianTime.date(at: now)
        let found = try await transaction.body(body, in: alliance)
        guard !found.isExternal else { throw HandoverError.outside }
        guard (today - Self.daysAfter...today + Self.daysAhead).contains(changedOn) else {
            throw HandoverError.dayOutOfPlace
        }
        guard let before = try await transaction.seatedBody(body, on: changedOn - 1),
            let after = try await transaction.seatedBody(body, on: changedOn)
        else { throw BodyError.notFound }
        let holders = { (seated: SeatedBody) in Set(seated.seatings.compactMap { $0.principal?.mandate.id }) }
        let (left, came) = (holders(before), holders(after))
        guard !left.isEmpty else { throw HandoverError.nobodyLeaves }
        guard !came.isEmpty else { throw HandoverError.nobodyComes }
        guard left != came else { throw HandoverError.sameHolders }
        let handover = Handover(
            id: ID(), alliance: alliance, body: body, bodyName: found.name, changedOn: changedOn,
            state: .open,
            digest: nil, finishedAt: nil, droppedReason: nil)
        let signers =
            HandoverSigner.of(before, on: .outgoing) + HandoverSigner.of(after, on: .incoming)
        let items = try await transaction.handoverList(of: alliance, on: today, at: now)
        try await transaction.insert(handover, signers: signers, items: items, at: now)
        return Audited(
            handover.id,
            AuditEvent(
                "governance.handover.prepared", subject: handover.id,
                details: [
                    "body": body.description, "changed_on": changedOn.description,
                    "items": String(items.count),
                ]))
    }
}

/// Says of the points of a handover whether they are delivered, adds others, and takes up what changed meanwhile; until
/// somebody signs.
public struct CheckHandover: Command {
    /// What is said of a point.
    public struct Mark: Sendable, Hashable {
        /// The point.
        public let key: String
        /// Whether it is delivered.
        public let state: HandoverItem.State
        /// What is told of it.
        public let note: String?

        /// Says it.
        public init(_ key: String, _ state: HandoverItem.State, note: String?) {
            self.key = key
            self.state = state
            self.note = note?.trimmedOrNil
        }
    }

    /// Who may do it.
    public static let permission = Permission.handOver
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The handover.
    public let handover: ID<Handover>
    /// What is said of its points.
    public let marks: [Mark]
    /// Another thing that is delivered.
    public let addition: String?

    /// Takes what a person filled in.
    public init(
        _ handover: ID<Handover>, of alliance: ID<Alliance>, marking marks: [Mark], adding addition: String?
    ) {
        self.alliance = alliance
        self.handover = handover
        self.marks = marks
        self.addition = addition?.trimmedOrNil
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Keeps it.
    ///
    /// - Returns: How many points nobody looked at yet.
    /// - Throws: ``HandoverError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Int> {
        let found = try await transaction.openHandover(handover, of: alliance)
        guard found.digest == nil else { throw HandoverError.signedInPart }
        let today = ColombianTime.date(at: now)
        let said = Dictionary(marks.map { ($0.key, $0) }) { first, _ in first }
        let known = try await transaction.items(of: handover).enumerated().map { index, item in
            guard let mark = said[item.key] else { return item }
            if mark.state == .missing, mark.note == nil {
                throw HandoverError.missingUntold(item.title, position: index + 1)
            }
            return HandoverItem(
                key: item.key, kind: item.kind, title: item.title, detail: item.detail, state: mark.state,
                note: mark.note)
        }
        var items = HandoverItem.refreshed(
            try await transaction.handoverList(of: alliance, on: today, at: now), keeping: known)
        if let addition {
            items.append(
                HandoverItem(
                    key: "other:\(ID<HandoverItem>())", kind: .other, title: addition,
                    detail: "Lo agregó quien preparó la entrega"))
        }
        try await transaction.replace(items: items, of: handover)
        let unchecked = items.count { $0.state == .pending }
        return Audited(
            unchecked,
            AuditEvent(
                "governance.handover.checked", subject: handover,
                details: ["items": String(items.count), "unchecked": String(unchecked)]))
    }
}

/// Gives a handover up, so that another may be prepared; what was signed of it stays as it is.
public struct DropHandover: Command {
    /// Who may do it.
    public static let permission = Permission.handOver
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The handover.
    public let handover: ID<Handover>
    /// Why.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``HandoverError/reasonMissing``.
    public init(
        _ handover: ID<Handover>, of alliance: ID<Alliance>, because reason: String
    ) throws(HandoverError) {
        guard let reason = reason.trimmedOrNil else { throw .reasonMissing }
        self.alliance = alliance
        self.handover = handover
        self.reason = reason
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Gives it up.
    ///
    /// - Throws: ``HandoverError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        _ = try await transaction.openHandover(handover, of: alliance)
        try await transaction.close(handover, droppedBecause: reason, at: now)
        return Audited(
            AuditEvent("governance.handover.dropped", subject: handover, details: ["reason": reason]))
    }
}
