public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Signs the undertaking for oneself: drawn on the screen, or by the code that was mailed.
public struct UndertakeConfidentiality: Command {
    /// How somebody signs.
    public enum Hand: Sendable {
        /// With a finger or a mouse.
        case drawn(SignatureDrawing)
        /// By the code that was sent.
        case code(String)
    }

    /// Who may do it.
    public static let permission = Permission.undertakeConfidentiality
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The version of the words that were read.
    public let version: Int
    /// How.
    public let hand: Hand

    /// Takes a signature under a version of the words.
    public init(_ version: Int, by hand: Hand, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.version = version
        self.hand = hand
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Keeps it.
    ///
    /// - Returns: Whether it was taken: a wrong code counts as an attempt, and so it is no error that would undo that.
    /// - Throws: ``ConfidentialityError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Bool> {
        guard let user = transaction.scope.principal.user else { throw ConfidentialityError.notOnBoard }
        let text = try await transaction.textToUndertake(version, by: user, in: alliance, at: now)
        let signature: ConfidentialityUndertaking.Signature
        switch hand {
        case .drawn(let drawing): signature = .drawn(drawing)
        case .code(let typed):
            let code = try await transaction.undertakingCode(of: user, to: text, in: alliance, at: now)
            guard let code, code.attempts < OneTimeCodes.mostAttempts else {
                return Audited(false, event("governance.confidentiality.code_refused", user))
            }
            guard ReadableCode(typed: typed).digest == code.digest else {
                try await transaction.tried(undertakingCode: code.id)
                return Audited(false, event("governance.confidentiality.code_refused", user))
            }
            try await transaction.use(undertakingCode: code.id, at: now)
            signature = .code(sentTo: code.sentTo)
        }
        try await transaction.undertake(
            version, by: user, signature, on: ColombianTime.date(at: now), in: alliance, at: now)
        return Audited(true, event("governance.confidentiality.undertaken", user))
    }

    private func event(_ action: String, _ user: ID<User>) -> AuditEvent {
        AuditEvent(action, subject: user, details: ["version": String(version)])
    }
}

/// Sends a one-time code to the address of who is to sign the undertaking.
public struct SendUndertakingCode: Command {
    /// Who may do it.
    public static let permission = Permission.undertakeConfidentiality
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The version of the words that were read.
    public let version: Int
    private let codes: OneTimeCodes

    /// Asks for a code for a version of the words.
    public init(_ version: Int, in alliance: ID<Alliance>, from codes: OneTimeCodes) {
        self.alliance = alliance
        self.version = version
        self.codes = codes
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Makes the code and posts its mail.
    ///
    /// - Returns: The address, most of it hidden.
    /// - Throws: ``ConfidentialityError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<String> {
        guard let id = transaction.scope.principal.user else { throw ConfidentialityError.notOnBoard }
        let text = try await transaction.textToUndertake(version, by: id, in: alliance, at: now)
        guard let address = try await transaction.user(id)?.email else {
            throw ConfidentialityError.noAddress
        }
        let code = ID<SigningParcel>()
        let made = try codes.make(for: code.rawValue)
        let end = now.addingTimeInterval(OneTimeCodes.life)
        let hidden = SendSigningCode.hidden(address)
        try await transaction.insert(
            undertakingCode: code.rawValue, digest: made.digest, for: id, to: text, in: alliance,
            sentTo: hidden, until: end, at: now)
        let parcel = SigningParcel(
            user: id, sealedCode: made.sealed, title: "el compromiso de confidencialidad", expiresAt: end)
        try await transaction.post(
            OutboxMessage(
                topic: OutboxMessage.signingCodeTopic, subject: code, payload: try JSONText(encoding: parcel)),
            at: now)
        return Audited(
            hidden,
            AuditEvent(
                "governance.confidentiality.code_sent", subject: id, details: ["version": String(version)]))
    }
}

/// Keeps the undertaking that somebody of the board signed on paper.
public struct BindUndertaking: Command {
    /// Who may do it.
    public static let permission = Permission.giveConfidential
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The version of the words on the sheet.
    public let version: Int
    /// Who signed.
    public let user: ID<User>
    /// The scan, whose day is that of the signature.
    public let sheet: StoredFile

    /// Takes a sheet.
    public init(_ version: Int, signedBy user: ID<User>, on sheet: StoredFile, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.version = version
        self.user = user
        self.sheet = sheet
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Keeps it.
    ///
    /// - Throws: ``ConfidentialityError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard sheet.effectiveOn <= ColombianTime.date(at: now) else { throw ConfidentialityError.inFuture }
        let file = try await transaction.store(sheet, as: .custody, in: stream, at: now)
        try await transaction.undertake(
            version, by: user, .paper(file), on: sheet.effectiveOn, in: alliance, at: now)
        return Audited(
            AuditEvent(
                "governance.confidentiality.bound", subject: user, details: ["version": String(version)]))
    }
}

/// Says that an undertaking holds no longer: whoever signed reads nothing more.
public struct WithdrawUndertaking: Command {
    /// Who may do it.
    public static let permission = Permission.withdrawUndertakings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The undertaking.
    public let id: ID<ConfidentialityUndertaking>
    /// Why.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``ConfidentialityError/reasonMissing``.
    public init(
        _ id: ID<ConfidentialityUndertaking>, in alliance: ID<Alliance>, because reason: String
    ) throws(ConfidentialityError) {
        guard let reason = reason.trimmedOrNil else { throw .reasonMissing }
        self.alliance = alliance
        self.id = id
        self.reason = reason
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Writes it.
    ///
    /// - Throws: ``ConfidentialityError/undertakingNotFound``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.withdraw(id, in: alliance, because: reason, at: now)
        return Audited(
            AuditEvent(
                "governance.confidentiality.withdrawn", subject: id, details: ["reason": reason]))
    }
}

extension Transaction where Scope == TenantScope {
    /// The words of the latest version, for somebody of the board who has not signed them.
    ///
    /// - Throws: ``ConfidentialityError``.
    fileprivate func textToUndertake(
        _ version: Int, by user: ID<User>, in alliance: ID<Alliance>, at now: Date
    ) async throws -> ConfidentialityText {
        guard let text = try await confidentialityText() else { throw ConfidentialityError.noText }
        guard text.version == version else { throw ConfidentialityError.textChanged }
        let today = ColombianTime.date(at: now)
        guard try await boardRights(of: alliance, on: today, at: now).contains(where: { $0.user == user })
        else { throw ConfidentialityError.notOnBoard }
        let known = try await undertakings(of: alliance)
        guard !known.contains(where: { $0.user == user && $0.version == version && $0.holds(on: today) })
        else { throw ConfidentialityError.signedAlready }
        return text
    }

    /// Keeps that somebody who is on the board now signed the words of the latest version.
    ///
    /// - Throws: ``ConfidentialityError``.
    fileprivate func undertake(
        _ version: Int, by user: ID<User>, _ signature: ConfidentialityUndertaking.Signature,
        on day: CalendarDate, in alliance: ID<Alliance>, at now: Date
    ) async throws {
        let text = try await textToUndertake(version, by: user, in: alliance, at: now)
        let board = try await boardRights(of: alliance, on: ColombianTime.date(at: now), at: now)
        guard let member = board.first(where: { $0.user == user }) else {
            throw ConfidentialityError.notOnBoard
        }
        try await insert(
            ConfidentialityUndertaking(
                id: ID(), version: version, user: user, name: member.name, signature: signature,
                signedAt: now,
                startsOn: day, endsOn: day.addingMonths(text.months) - 1, withdrawal: nil), to: text,
            in: alliance
        )
    }
}
