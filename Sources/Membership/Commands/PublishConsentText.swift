public import Foundation
public import Kernel
public import Tenancy

/// Sets the text of the data authorisation that people agree to from a day on. Earlier texts stay, with who agreed
/// to them.
public struct PublishConsentText: Command {
    /// Who may do it.
    public static let permission = Permission.publishConsentTexts
    /// What it is for.
    public let purpose: ConsentPurpose
    /// The text.
    public let body: String
    /// The first day on which it is used.
    public let inForceFrom: CalendarDate

    /// Takes what a person wrote.
    ///
    /// - Throws: ``ConsentError/textTooShort``.
    public init(_ body: String, for purpose: ConsentPurpose, from day: CalendarDate) throws(ConsentError) {
        let body = body.trimmingCharacters(in: .whitespacesAndNewlines)
        guard body.count >= ConsentText.minimumLength else { throw .textTooShort }
        self.purpose = purpose
        self.body = body
        inForceFrom = day
    }

    /// The office's chain: the text is of the whole entity.
    public var stream: AuditStream { .office }

    /// Adds the text.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ConsentText> {
        let text = try await transaction.insertConsentText(body, for: purpose, from: inForceFrom, at: now)
        return Audited(
            text,
            AuditEvent(
                "membership.consent_text.published", subject: text.id,
                details: [
                    "purpose": purpose.rawValue, "version": String(text.version),
                    "from": inForceFrom.description,
                ]))
    }
}
