public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Signs the undertaking for oneself, on the screen.
public struct UndertakeConfidentiality: Command {
    /// Who may do it.
    public static let permission = Permission.undertakeConfidentiality
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The version of the words that were read.
    public let version: Int
    /// The drawing.
    public let drawing: SignatureDrawing

    /// Takes a signature under a version of the words.
    public init(_ version: Int, drawing: SignatureDrawing, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.version = version
        self.drawing = drawing
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Keeps it.
    ///
    /// - Throws: ``ConfidentialityError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard let user = transaction.scope.principal.user else { throw ConfidentialityError.notOnBoard }
        try await transaction.undertake(
            version, by: user, .drawn(drawing), on: ColombianTime.date(at: now), in: alliance, at: now)
        return Audited(
            AuditEvent(
                "governance.confidentiality.undertaken", subject: user,
                details: ["version": String(version)]))
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
        let file = try await transaction.store(sheet, in: stream, at: now)
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
    /// Keeps that somebody who is on the board now signed the words of the latest version.
    ///
    /// - Throws: ``ConfidentialityError``.
    fileprivate func undertake(
        _ version: Int, by user: ID<User>, _ signature: ConfidentialityUndertaking.Signature,
        on day: CalendarDate, in alliance: ID<Alliance>, at now: Date
    ) async throws {
        guard let text = try await confidentialityText() else { throw ConfidentialityError.noText }
        guard text.version == version else { throw ConfidentialityError.textChanged }
        let today = ColombianTime.date(at: now)
        let board = try await boardRights(of: alliance, on: today, at: now)
        guard let member = board.first(where: { $0.user == user }) else {
            throw ConfidentialityError.notOnBoard
        }
        let known = try await undertakings(of: alliance)
        guard !known.contains(where: { $0.user == user && $0.version == version && $0.holds(on: today) })
        else { throw ConfidentialityError.signedAlready }
        try await insert(
            ConfidentialityUndertaking(
                id: ID(), version: version, user: user, name: member.name, signature: signature,
                signedAt: now,
                startsOn: day, endsOn: day.addingMonths(text.months) - 1, withdrawal: nil), to: text,
            in: alliance
        )
    }
}
