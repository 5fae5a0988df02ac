public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Takes in the public halves of the credentials of a box from who makes them: the whole list at once, in the place of
/// any before. Their private halves stay on the slips.
public struct UploadCredentials: Command {
    /// How many lines go to the database at a time.
    static let piece = 2_000

    /// Who may do it.
    public static let permission = Permission.handInCredentials
    /// The process.
    public let place: ProcessPlace
    /// The box.
    public let box: ID<BallotBox>
    /// The list.
    public let credentials: [BoxCredential]

    /// Takes a list.
    public init(_ credentials: [BoxCredential], to box: ID<BallotBox>, in place: ProcessPlace) {
        self.place = place
        self.box = box
        self.credentials = credentials
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Checks each credential, on all cores, and keeps the list.
    ///
    /// - Throws: ``BoxError/credentialRefused(_:_:)``, ``BoxError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<CredentialCount> {
        let found = try await transaction.lockedBox(box, of: place, in: .preparing)
        guard let authority = try await transaction.authority(of: box),
            authority.user == transaction.scope.principal.user
        else { throw BoxError.notAppointed }
        try await found.choices.group.mathematics.check(credentials)
        var rest = credentials[...]
        var isFirst = true
        while isFirst || !rest.isEmpty {
            try await transaction.put(Array(rest.prefix(Self.piece)), isFirst: isFirst, in: found)
            rest = rest.dropFirst(Self.piece)
            isFirst = false
        }
        let count = try await transaction.credentialCount(of: box)
        return Audited(
            count,
            AuditEvent(
                "elections.credentials.handed_in", subject: box,
                details: ["box": found.title, "count": String(count.total), "spare": String(count.spare)]))
    }
}

/// Binds a slip to an elector: drawn at a table from those that belong to nobody, or a spare in the place of a lost one
/// that has not voted, which is unusable from then on.
///
/// The event names no person: with its hour it would tell who came when.
public struct BindSlip: Command {
    /// Who may do it.
    public static let permission = Permission.bindCredentials
    /// The process.
    public let place: ProcessPlace
    /// The box.
    public let box: ID<BallotBox>
    /// What stands on the outside of the slip.
    public let serial: String
    /// The elector.
    public let person: ID<Person>
    /// The table where it is handed over.
    public let table: ID<VotingTable>
    /// Why, where it replaces one.
    public let reason: String?

    /// Takes what a juror scanned or typed.
    public init(
        _ serial: String, to person: ID<Person>, at table: ID<VotingTable>,
        replacingBecause reason: String? = nil, of box: ID<BallotBox>, in place: ProcessPlace
    ) {
        self.place = place
        self.box = box
        self.table = table
        self.serial = Self.normal(serial)
        self.person = person
        self.reason = reason?.nonBlank
    }

    /// A serial as slips bear it, of what somebody typed.
    static func normal(_ serial: String) -> String {
        serial.uppercased().filter { !$0.isWhitespace }
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Binds it; a juror to an elector of their own table alone.
    ///
    /// - Throws: ``BoxError``, ``TableError``, ``TableCountError/notYourTable``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let found = try await transaction.box(box, of: place)
        let number = try await transaction.requireBooth(at: table, of: place)
        guard let elector = try await transaction.elector(person, beside: found) else {
            throw BoxError.notOnRoll
        }
        guard elector.table == number || transaction.scope.principal.holds(.prepareBoxes, in: stream) else {
            throw BoxError.otherTable
        }
        if let refusal = try await transaction.refusal(
            ofSlip: serial, asReplacement: elector.hasSlip, in: found)
        {
            throw refusal
        }
        try await transaction.bind(serial, to: person, in: found, because: reason)
        return Audited(
            AuditEvent(
                reason == nil ? "elections.slip.bound" : "elections.slip.replaced", subject: box,
                details: ["box": found.title, "table": String(number), "reason": reason ?? ""]))
    }
}

/// Reads to whom a slip is handed, and what it would be refused for: the form tells that together with whatever else is
/// missing, and what is handed over is told with their name.
public struct ReadSlipHandover: Query {
    /// What is found.
    public struct Answer: Sendable {
        /// Who gets it; a slip that they have is replaced, for a reason.
        public let elector: BoxElector
        /// What stands on the outside of the new slip, as slips bear it.
        public let serial: String
        /// Why the slip is not given to them; `nil` where it may be.
        public let refusal: BoxError?
    }

    /// Who may do it.
    public static let permission = Permission.bindCredentials
    /// The process.
    public let place: ProcessPlace
    /// The box.
    public let box: ID<BallotBox>
    /// What stands on the outside of the slip.
    public let serial: String
    /// The elector.
    public let person: ID<Person>

    /// Asks about a slip as somebody typed its number.
    public init(_ serial: String, for person: ID<Person>, of box: ID<BallotBox>, in place: ProcessPlace) {
        self.place = place
        self.box = box
        self.serial = BindSlip.normal(serial)
        self.person = person
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }
    /// Their name is shown.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "name"]) }

    /// Reads it.
    ///
    /// - Throws: ``BoxError/notFound``, ``BoxError/notOnRoll``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        let found = try await transaction.box(box, of: place)
        guard let elector = try await transaction.elector(person, beside: found) else {
            throw BoxError.notOnRoll
        }
        return Answer(
            elector: elector, serial: serial,
            refusal: try await transaction.refusal(
                ofSlip: serial, asReplacement: elector.hasSlip, in: found))
    }
}

extension Transaction where Scope == TenantScope {
    /// Why a slip is not given to somebody; a spare is given in the place of another alone.
    fileprivate func refusal(
        ofSlip serial: String, asReplacement isReplacement: Bool, in box: BallotBox
    ) async throws -> BoxError? {
        guard let slip = try await slip(numbered: serial, in: box.id) else { return .slipUnknown(serial) }
        guard slip.isUsable else { return .slipReplaced }
        return slip.isFree && (isReplacement || !slip.isSpare) ? nil : .slipNotFree
    }
}
