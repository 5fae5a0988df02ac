public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Publishes the words of the undertaking that the entity asks for. Who signed earlier words stays bound by those.
public struct PublishConfidentialityText: Command {
    /// Who may do it.
    public static let permission = Permission.giveConfidential
    /// The words.
    public let words: String
    /// For how many months a signature holds.
    public let months: Int

    /// Takes what a person filled in.
    public init(_ words: String, holding months: Int) {
        self.words = words
        self.months = months
    }

    /// The office's chain.
    public var stream: AuditStream { .office }

    /// Publishes it.
    ///
    /// - Throws: ``ConfidentialityError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let last = try await transaction.confidentialityText()?.version ?? 0
        let text = try ConfidentialityText(version: last + 1, words: words, months: months)
        try await transaction.publish(text, at: now)
        return Audited(
            AuditEvent(
                "governance.confidentiality.published", subject: text.id,
                details: ["version": String(text.version)]))
    }
}

/// Hands something over to the board of an alliance under confidentiality.
public struct GiveConfidential: Undertaking {
    /// Who may do it.
    public static let permission = Permission.giveConfidential
    /// The alliance.
    public let alliance: ID<Alliance>
    /// What is handed over.
    public let item: ConfidentialItem
    /// Its first file.
    public let file: StoredFile

    /// Takes what a person filled in.
    public init(_ item: ConfidentialItem, _ file: StoredFile, to alliance: ID<Alliance>) {
        self.alliance = alliance
        self.item = item
        self.file = file
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Hands it over. Its title is kept out of the chain.
    ///
    /// - Throws: ``ConfidentialityError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<ConfidentialItem>> {
        guard try await transaction.confidentialityText() != nil else { throw ConfidentialityError.noText }
        guard item.receivedOn <= ColombianTime.date(at: now) else { throw ConfidentialityError.inFuture }
        try await transaction.insert(item, of: alliance, at: now)
        try await transaction.insert(file, of: item.id, in: alliance, at: now)
        return Audited(
            item.id,
            AuditEvent(
                "governance.confidential.given", subject: item.id,
                details: ["until": item.untilOn.description]))
    }
}

/// Adds a file to what was handed over.
public struct AddConfidentialFile: Command {
    /// Who may do it.
    public static let permission = Permission.giveConfidential
    /// The alliance.
    public let alliance: ID<Alliance>
    /// What was handed over.
    public let item: ID<ConfidentialItem>
    /// The file.
    public let file: StoredFile

    /// Takes a file.
    public init(_ file: StoredFile, to item: ID<ConfidentialItem>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.item = item
        self.file = file
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Adds it.
    ///
    /// - Throws: ``ConfidentialityError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let found = try await transaction.lockedConfidentialItem(item, of: alliance)
        guard found.end == nil else { throw ConfidentialityError.over }
        try await transaction.insert(file, of: item, in: alliance, at: now)
        return Audited(
            AuditEvent(
                "governance.confidential.file_added", subject: item,
                details: ["sha256": HashDigest(bytes: file.sha256)?.description ?? ""]))
    }
}

/// Says that something may be read no longer: it was given back, or handed over by mistake.
public struct EndConfidential: Command {
    /// Who may do it.
    public static let permission = Permission.giveConfidential
    /// The alliance.
    public let alliance: ID<Alliance>
    /// What was handed over.
    public let item: ID<ConfidentialItem>
    /// Why.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``ConfidentialityError/reasonMissing``.
    public init(
        _ item: ID<ConfidentialItem>, of alliance: ID<Alliance>, because reason: String
    ) throws(ConfidentialityError) {
        guard let reason = reason.trimmedOrNil else { throw .reasonMissing }
        self.alliance = alliance
        self.item = item
        self.reason = reason
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Ends it.
    ///
    /// - Throws: ``ConfidentialityError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let found = try await transaction.lockedConfidentialItem(item, of: alliance)
        guard found.end == nil else { throw ConfidentialityError.over }
        try await transaction.end(
            item, ConfidentialItem.End(day: ColombianTime.date(at: now), reason: reason))
        return Audited(
            AuditEvent("governance.confidential.ended", subject: item, details: ["reason": reason]))
    }
}
