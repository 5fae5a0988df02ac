public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Records that one of those to whom a letter was issued got it, or answered.
public struct FollowLetter: Command {
    /// What became of it.
    public enum News: Sendable, Hashable {
        /// They got it and gave it a number or not.
        case delivered(reference: String?)
        /// They answered.
        case answered(reference: String?, words: String)
    }

    /// Who may do it.
    public static let permission = Permission.keepLetters
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The letter.
    public let id: ID<Letter>
    /// The place of the addressee.
    public let position: Int
    /// What became of it.
    public let news: News
    /// The day.
    public let day: CalendarDate
    /// Its proof, or the answer itself.
    public let paper: StoredFile?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``LetterError``.
    public init(
        _ id: ID<Letter>, of alliance: ID<Alliance>, addressee position: Int, _ news: News,
        on day: CalendarDate, paper: StoredFile? = nil
    ) throws(LetterError) {
        switch news {
        case .delivered(let reference):
            guard reference?.trimmedOrNil != nil || paper != nil else { throw .proofMissing }
        case .answered(_, let words):
            guard words.trimmedOrNil != nil else { throw .noteMissing }
        }
        self.alliance = alliance
        self.id = id
        self.position = position
        self.news = news
        self.day = day
        self.paper = paper
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``LetterError``, `HolidayCalendarError`.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let letter = try await transaction.lockedLetter(id, of: alliance) else {
            throw LetterError.notFound
        }
        guard letter.state == .issued, let number = letter.number else { throw LetterError.notIssued }
        guard
            let addressee = try await transaction.addressees(of: id).first(where: {
                $0.position == position
            })
        else { throw LetterError.notFound }
        guard day <= ColombianTime.date(at: now), day >= letter.datedOn else {
            throw LetterError.dayOutOfPlace
        }
        var file: ID<StoredFile>?
        if let paper {
            file = try await transaction.store(
                paper, as: .letters, in: stream, isReserved: letter.isReserved, at: now)
        }
        var told: [String: String] = [:]
        switch news {
        case .delivered(let reference):
            let due = try await transaction.letterTerm(letter.content.term)?.due(from: day)
            try await transaction.deliver(
                id, to: position,
                LetterAddressee.Delivery(
                    on: day, reference: reference?.trimmedOrNil, file: file, due: due))
            told["reference"] = reference?.trimmedOrNil
        case .answered(let reference, let words):
            guard let delivery = addressee.delivery else { throw LetterError.notDelivered }
            guard day >= delivery.day else { throw LetterError.dayOutOfPlace }
            try await transaction.answer(
                id, by: position,
                LetterAddressee.Reply(
                    on: day, reference: reference?.trimmedOrNil, words: words.trimmedOrNil ?? words,
                    file: file))
            told["reference"] = reference?.trimmedOrNil
        }
        return Audited(
            AuditEvent(
                action, subject: id, details: ["filing_number": number.description], words: told,
                isReserved: letter.isReserved))
    }

    private var action: String {
        switch news {
        case .delivered: "governance.letter.delivered"
        case .answered: "governance.letter.answered"
        }
    }
}

/// Says how a letter that came in was dealt with where no letter answers it, or why a draft is given up.
public struct SettleLetter: Command {
    /// Who may do it.
    public static let permission = Permission.keepLetters
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The letter.
    public let id: ID<Letter>
    /// What was done.
    public let words: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``LetterError/noteMissing``.
    public init(_ id: ID<Letter>, of alliance: ID<Alliance>, _ words: String) throws(LetterError) {
        guard let words = words.trimmedOrNil else { throw .noteMissing }
        self.alliance = alliance
        self.id = id
        self.words = words
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``LetterError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let letter = try await transaction.lockedLetter(id, of: alliance) else {
            throw LetterError.notFound
        }
        guard letter.state != .issued else { throw LetterError.issuedAlready }
        try await transaction.settle(letter, on: ColombianTime.date(at: now), words)
        return Audited(
            AuditEvent(
                letter.direction == .out ? "governance.letter.dropped" : "governance.letter.settled",
                subject: id))
    }
}

/// Keeps a file with a letter: its scan with the signatures, something enclosed.
public struct AttachLetterFile: Command {
    /// Who may do it.
    public static let permission = Permission.keepLetters
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The letter.
    public let id: ID<Letter>
    /// What it is.
    public let title: String
    /// The file.
    public let file: StoredFile

    /// Takes what a person filled in.
    ///
    /// - Throws: ``LetterError/noteMissing``.
    public init(
        _ file: StoredFile, titled title: String, to id: ID<Letter>, of alliance: ID<Alliance>
    ) throws(LetterError) {
        guard let title = title.trimmedOrNil else { throw .noteMissing }
        self.file = file
        self.title = title
        self.id = id
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Keeps it.
    ///
    /// - Throws: ``LetterError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let letter = try await transaction.lockedLetter(id, of: alliance) else {
            throw LetterError.notFound
        }
        let kept = try await transaction.store(
            file, as: .letters, in: stream, isReserved: letter.isReserved, at: now)
        try await transaction.insert(kept, titled: title, of: letter, in: alliance, at: now)
        return Audited(
            AuditEvent("governance.letter.file_added", subject: id, details: ["file": kept.description]))
    }
}

/// Shares a letter of the board's own space with the entity, with all that hangs on it. It is not taken back.
public struct ShareLetter: Command {
    /// Who may do it.
    public static let permission = Permission.keepLetters
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The letter.
    public let id: ID<Letter>

    /// Names a letter.
    public init(_ id: ID<Letter>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Shares it.
    ///
    /// - Throws: ``LetterError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let letter = try await transaction.lockedLetter(id, of: alliance) else {
            throw LetterError.notFound
        }
        guard letter.isReserved else { throw LetterError.alreadyShared }
        try await transaction.share(id, documentKind: Letter.documentKind)
        return Audited(
            AuditEvent(
                "governance.letter.shared", subject: id,
                details: ["filing_number": letter.number?.description ?? ""].filter { !$0.value.isEmpty }))
    }
}

/// Letters that wait for the alliance's answer, and those whose answer did not come.
public struct LettersToFollow: PendingSource {
    /// Tells of them.
    public init() {}

    /// Whoever keeps them.
    public var permission: Permission { .keepLetters }

    /// Reads how many there are, by alliance.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        try await transaction.lettersToAnswer().map { $0.item(.lettersToAnswer) }
            + transaction.lettersToAskAfter(on: today).map { $0.item(.lettersToAskAfter) }
    }
}

extension Letter {
    /// The kind under which its document is issued.
    public static let documentKind = "carta"
}
