import Crypto
public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// What a device keeps of a booth or a pass: 32 random octets, of which the database has the digest alone.
public struct EntranceToken: Sendable, Hashable {
    /// As it travels in a cookie: hexadecimal.
    public let text: String
    let digest: HashDigest

    /// Makes a new one.
    public static func random() -> Self {
        var random = SystemRandomNumberGenerator()
        return Self(bytes: (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) })
    }

    /// Reads one that came; `nil` where it cannot be one.
    public init?(_ text: String) {
        guard let bytes = Hex.decode(text), bytes.count == 32 else { return nil }
        self.init(bytes: bytes)
    }

    private init(bytes: [UInt8]) {
        text = Hex.encode(bytes)
        digest = HashDigest(of: bytes)
    }
}

/// Lets people in to a box: in the booth of a table, by a juror's PIN, or from afar, by a code to the telephone or the
/// address that the roll was frozen with.
///
/// It writes no event: an event with a person and an hour would join who came to the order of the archive. What it keeps
/// bears no hour either, beyond the end of a pass.
public struct VotingEntrance: Sendable {
    /// How long a pass of a booth is good, in seconds.
    public static let kioskLife: TimeInterval = 900
    /// How long a pass from afar is good, in seconds.
    public static let remoteLife: TimeInterval = 1_800
    /// How often a PIN may be wrong in a row.
    public static let mostPins = 5
    /// How long a booth is locked then, in seconds.
    public static let lock: TimeInterval = 300
    /// How many codes somebody gets within an hour.
    public static let mostCodes = 4

    /// How long the door takes to answer at the least: longer than looking anybody up, so that the time tells nobody who is
    /// on the roll.
    static let answerTime: Duration = .milliseconds(250)

    /// What the installation sends codes by.
    public let channels: Set<CodeChannel>

    let database: Database
    private let passwords: Passwords
    private let codes: OneTimeCodes
    let clock: @Sendable () -> Date

    /// Makes an entrance.
    public init(
        database: Database, passwords: Passwords, codes: OneTimeCodes,
        channels: Set<CodeChannel> = Set(CodeChannel.allCases),
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.database = database
        self.passwords = passwords
        self.codes = codes
        self.channels = channels
        clock = now
    }

    /// The hash of a booth's PIN: four to twelve digits.
    ///
    /// - Throws: ``EntranceError/wrongPin``, `SignInError/busy`.
    public func hash(pin: String) async throws -> PasswordHash {
        guard (4...12).contains(pin.count), pin.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            throw EntranceError.wrongPin
        }
        return try await passwords.hash(Password(typed: pin))
    }

    // MARK: The booth

    /// Lets an elector who is present at its table in to a booth.
    ///
    /// - Returns: The pass, and the token by which the booth casts.
    /// - Throws: ``EntranceError``, `SignInError/busy`.
    public func letIn(
        _ person: ID<Person>, to booth: EntranceToken, pin: String, of organization: ID<Organization>
    ) async throws -> (pass: VotingPass, token: EntranceToken) {
        let now = clock()
        let scope = TenantScope(.system(in: organization))
        let kiosk = try await opened(booth, by: pin, in: scope, at: now)
        let token = EntranceToken.random()
        let pass = VotingPass(
            id: UUID(), box: kiosk.box, way: .kiosk, expiresAt: now + Self.kioskLife, person: person)
        try await database.transaction(scope) { transaction in
            guard let box = try await transaction.box(kiosk.box), box.takesBallots(at: now) else {
                throw EntranceError.notOpen
            }
            guard try await transaction.isPresent(person, at: kiosk.table) else {
                throw try await transaction.absence(of: person, beside: box)
            }
            guard try await !transaction.votedOnPaper(person, beside: box.id) else {
                throw EntranceError.votedOnPaper
            }
            try await transaction.insert(
                pass, of: kiosk.process, token: token.digest, in: kiosk, at: now)
        }
        return (pass, token)
    }

    /// The booth of a device, by its PIN. Each try is counted before it is known to be right, so that many at once are as
    /// many as one after the other.
    ///
    /// - Throws: ``EntranceError``, `SignInError/busy`.
    func opened(
        _ booth: EntranceToken, by pin: String, in scope: TenantScope, at now: Date
    ) async throws -> KnownKiosk {
        let kiosk = try await database.transaction(scope) { transaction in
            if let tried = try await transaction.tryPin(of: booth.digest, at: now) { return tried }
            let locked = try await transaction.kiosk(by: booth.digest)
            throw locked?.lockedUntil.map(EntranceError.kioskLocked) ?? .kioskUnknown
        }
        guard try await passwords.verify(Password(typed: pin), against: kiosk.pin) else {
            throw EntranceError.wrongPin
        }
        try await database.transaction(scope) { try await $0.forgetTries(of: kiosk.id) }
        return kiosk
    }

    /// Ends a pass: its holder is done, and the booth is free.
    public func leave(_ token: EntranceToken, of organization: ID<Organization>) async throws {
        let now = clock()
        try await database.transaction(TenantScope(.system(in: organization))) { transaction in
            try await transaction.endPass(by: token.digest, at: now)
        }
    }

    // MARK: From afar

    /// Sends a code to an elector's telephone or address of the frozen roll. The answer is the same for a document that
    /// nobody has, a number or an address that is of several, and one that had too many codes.
    ///
    /// - Throws: ``EntranceError/notRemote``, ``EntranceError/notOpen``.
    public func sendCode(
        to document: IdentityDocument, for box: ID<BallotBox>, of organization: ID<Organization>
    ) async throws {
        let now = clock()
        let answersAt = ContinuousClock.now + Self.answerTime
        try await database.transaction(TenantScope(.system(in: organization))) { transaction in
            let box = try await transaction.remoteBox(box, at: now)
            guard
                let contact = try await transaction.contact(of: document, in: box.place.process),
                let channel = contact.channel(among: channels),
                try await transaction.votingCodes(to: contact.person, for: box.id, since: now - 3_600)
                    < Self.mostCodes
            else { return }
            let code = UUID()
            let made = try codes.make(for: code)
            try await transaction.insert(
                code: code, digest: made.digest, to: contact.person, for: box, until: now + OneTimeCodes.life,
                at: now
            )
            let parcel = VotingCodeParcel(
                person: contact.person, process: box.place.process, channel: channel, sealedCode: made.sealed,
                expiresAt: now + OneTimeCodes.life)
            try await transaction.post(
                OutboxMessage(
                    topic: OutboxMessage.votingCodeTopic, subject: ID<VotingCodeParcel>(rawValue: code),
                    payload: try JSONText(encoding: parcel)),
                at: now)
        }
        try await Task.sleep(until: answersAt)
    }

    /// Lets an elector in by the code that was sent to them.
    ///
    /// - Returns: The pass, and the token by which their device casts.
    /// - Throws: ``EntranceError``.
    public func redeem(
        _ code: String, of document: IdentityDocument, for box: ID<BallotBox>,
        of organization: ID<Organization>
    ) async throws -> (pass: VotingPass, token: EntranceToken) {
        let now = clock()
        let answersAt = ContinuousClock.now + Self.answerTime
        let scope = TenantScope(.system(in: organization))
        let typed = ReadableCode(typed: code).digest
        // A try is noted in a transaction of its own: what is refused afterwards does not take it back.
        let tried = try await database.transaction(scope) { transaction in
            let box = try await transaction.remoteBox(box, at: now)
            guard let person = try await transaction.contact(of: document, in: box.place.process)?.person,
                let known = try await transaction.tryCode(of: person, for: box.id, at: now)
            else { return (ID<Person>, KnownCode, BallotBox)?.none }
            return (person, known, box)
        }
        guard let (person, known, found) = tried, known.digest == typed else {
            try await Task.sleep(until: answersAt)
            throw EntranceError.wrongCode
        }
        let token = EntranceToken.random()
        let pass = VotingPass(
            id: UUID(), box: found.id, way: .remote, expiresAt: now + Self.remoteLife, person: person)
        try await database.transaction(scope) { transaction in
            guard try await !transaction.votedOnPaper(person, beside: found.id) else {
                throw EntranceError.votedOnPaper
            }
            guard try await transaction.use(code: known.id, at: now) else { throw EntranceError.wrongCode }
            try await transaction.insert(
                pass, of: found.place.process, token: token.digest, in: nil, at: now)
        }
        return (pass, token)
    }

    /// The pass of a token, while it is good.
    public func pass(
        _ token: EntranceToken, of organization: ID<Organization>
    ) async throws -> VotingPass? {
        let now = clock()
        return try await database.read(TenantScope(.system(in: organization))) {
            try await $0.goodPass(by: token.digest, at: now)
        }
    }
}

extension BallotBox {
    /// Whether it takes ballots at a moment.
    func takesBallots(at now: Date) -> Bool {
        state == .open && (choices.opensAt..<choices.closesAt).contains(now)
    }
}

extension Transaction where Scope == TenantScope {
    /// Why somebody who is not present at the table of a booth is not let in to it.
    fileprivate func absence(of person: ID<Person>, beside box: BallotBox) async throws -> EntranceError {
        guard let elector = try await elector(person, beside: box) else { return .notOnRoll }
        guard elector.isPresent, let table = elector.table else { return .notPresent }
        return .otherTable(table)
    }

    /// A box that is voted from afar and takes ballots.
    ///
    /// - Throws: ``EntranceError``.
    fileprivate func remoteBox(_ id: ID<BallotBox>, at now: Date) async throws -> BallotBox {
        guard let box = try await box(id), box.choices.allowsRemote else { throw EntranceError.notRemote }
        guard box.takesBallots(at: now) else { throw EntranceError.notOpen }
        return box
    }
}
