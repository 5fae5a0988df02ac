public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Begins a letter that is to go out: a draft, without a number. The board may keep it to itself.
public struct WriteLetter: Undertaking {
    /// Who may do it.
    public static let permission = Permission.keepLetters
    /// The alliance.
    public let alliance: ID<Alliance>
    /// What it says.
    public let content: LetterContent
    /// The letter that came in which it answers.
    public let answers: ID<Letter>?
    /// Whether the board keeps it to itself.
    public let isReserved: Bool

    /// Takes what a person filled in.
    public init(
        _ content: LetterContent, of alliance: ID<Alliance>, answering answers: ID<Letter>? = nil,
        isReserved: Bool = false
    ) {
        self.content = content
        self.alliance = alliance
        self.answers = answers
        self.isReserved = isReserved
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Writes it.
    ///
    /// - Throws: ``LetterError``, `InvalidInput` where a statement identifies somebody.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        ID<Letter>
    > {
        if isReserved, !transaction.scope.principal.mayReserve(in: stream) { throw LetterError.notOnBoard }
        try content.check(with: try await transaction.clinicalFilter())
        if let answers, try await transaction.letter(answers, of: alliance)?.direction != .received {
            throw LetterError.notFound
        }
        let letter = Letter(
            id: ID(), direction: .out, state: .draft, number: nil, content: content,
            datedOn: ColombianTime.date(at: now), answers: answers, arrival: nil, settlement: nil,
            digest: nil, isReserved: isReserved, revision: 1)
        try await transaction.insert(letter, of: alliance, at: now)
        return Audited(
            letter.id,
            AuditEvent(
                "governance.letter.written", subject: letter.id, details: ["kind": content.kind.title]))
    }
}

/// Changes what a draft says.
public struct EditLetter: Command {
    /// Who may do it.
    public static let permission = Permission.keepLetters
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The letter.
    public let id: ID<Letter>
    /// What it is to say.
    public let content: LetterContent
    /// The revision that was read.
    public let revision: Int

    /// Takes what a person filled in.
    public init(
        _ id: ID<Letter>, of alliance: ID<Alliance>, to content: LetterContent, after revision: Int
    ) {
        self.id = id
        self.alliance = alliance
        self.content = content
        self.revision = revision
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Changes it.
    ///
    /// - Throws: ``LetterError``, `InvalidInput` where a statement identifies somebody.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let letter = try await transaction.lockedLetter(id, of: alliance) else {
            throw LetterError.notFound
        }
        guard letter.state == .draft else { throw LetterError.issuedAlready }
        try content.check(with: try await transaction.clinicalFilter())
        try await transaction.update(id, to: content, after: revision)
        return Audited(AuditEvent("governance.letter.edited", subject: id))
    }
}

/// Gives a letter its number and its day (`numerar`): from then on it does not change.
public struct IssueLetter: Undertaking {
    /// Who may do it.
    public static let permission = Permission.issueLetters
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The letter.
    public let id: ID<Letter>
    /// The revision that was read.
    public let revision: Int

    /// Names a letter as it was read.
    public init(_ id: ID<Letter>, of alliance: ID<Alliance>, as revision: Int) {
        self.id = id
        self.alliance = alliance
        self.revision = revision
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Issues it.
    ///
    /// - Throws: ``LetterError``, `InvalidInput` where a statement identifies somebody.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        FilingNumber
    > {
        guard let letter = try await transaction.lockedLetter(id, of: alliance) else {
            throw LetterError.notFound
        }
        guard letter.state == .draft else { throw LetterError.issuedAlready }
        guard letter.revision == revision else { throw LetterError.changedMeanwhile }
        try letter.content.requireWhole()
        // What was written before the word list knew it.
        try letter.content.check(with: try await transaction.clinicalFilter())
        let (number, digest) = try await transaction.issue(
            letter, of: alliance, on: ColombianTime.date(at: now))
        return Audited(
            number,
            AuditEvent(
                "governance.letter.issued", subject: id,
                details: [
                    "filing_number": number.description, "kind": letter.content.kind.title,
                    "sha256": digest.description,
                ]))
    }
}

/// Records a letter that came in, with its scan.
public struct ReceiveLetter: Command {
    /// Who may do it.
    public static let permission = Permission.keepLetters
    /// The alliance.
    public let alliance: ID<Alliance>
    /// What it says, in short.
    public let content: LetterContent
    /// How it came in.
    public let arrival: Letter.Arrival
    /// The day that it bears.
    public let datedOn: CalendarDate
    /// Its scan.
    public let scan: StoredFile?
    /// Whether the board keeps it to itself.
    public let isReserved: Bool

    /// Takes what a person filled in.
    public init(
        _ content: LetterContent, of alliance: ID<Alliance>, _ arrival: Letter.Arrival,
        datedOn: CalendarDate, scan: StoredFile? = nil, isReserved: Bool = false
    ) {
        self.content = content
        self.alliance = alliance
        self.arrival = arrival
        self.datedOn = datedOn
        self.scan = scan
        self.isReserved = isReserved
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it, with until when it is to be answered.
    ///
    /// - Throws: ``LetterError``, `HolidayCalendarError`.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        ID<Letter>
    > {
        if isReserved, !transaction.scope.principal.mayReserve(in: stream) { throw LetterError.notOnBoard }
        guard arrival.receivedOn <= ColombianTime.date(at: now), datedOn <= arrival.receivedOn else {
            throw LetterError.dayOutOfPlace
        }
        let due = try await transaction.letterTerm(content.term)?.due(from: arrival.receivedOn)
        let letter = Letter(
            id: ID(), direction: .received, state: .received, number: nil, content: content,
            datedOn: datedOn, answers: nil,
            arrival: try Letter.Arrival(
                from: arrival.sender, reference: arrival.reference, on: arrival.receivedOn,
                asksAnswer: arrival.asksAnswer, due: due), settlement: nil, digest: nil,
            isReserved: isReserved, revision: 1)
        try await transaction.insert(letter, of: alliance, at: now)
        if let scan {
            let file = try await transaction.store(
                scan, as: .letters, in: stream, isReserved: isReserved, at: now)
            try await transaction.insert(file, titled: "La carta recibida", of: letter, in: alliance, at: now)
        }
        return Audited(
            letter.id,
            AuditEvent(
                "governance.letter.received", subject: letter.id,
                details: ["kind": content.kind.title, "day": arrival.receivedOn.description]))
    }
}
