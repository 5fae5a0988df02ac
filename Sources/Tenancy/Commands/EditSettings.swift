public import Foundation
import Kernel
public import Postgres

/// Changes how the entity looks and is reached.
public struct EditSettings: Command {
    /// Who may do it.
    public static let permission = Permission.editSettings
    /// The colour of its pages from now on.
    public let accentColor: AccentColor
    /// A new logo; `nil` keeps the one there is.
    public let logo: StoredFile?
    /// Whether there is no logo from now on.
    public let removesLogo: Bool
    /// Where people reach the entity from now on.
    public let contact: Contact

    /// Takes what a person filled in.
    ///
    /// - Throws: ``AccentColorError``, `InvalidInput` or ``StoredFileError``.
    public init(
        accentColor: String, logo: StoredFile? = nil, removingLogo: Bool = false, contactEmail: String? = nil,
        contactPhone: String? = nil, contactPlace: String? = nil
    ) throws {
        self.accentColor = try AccentColor(accentColor)
        if let logo, ![.png, .jpeg].contains(logo.mediaType) {
            throw StoredFileError.typeNotAccepted([.png, .jpeg])
        }
        self.logo = logo
        removesLogo = removingLogo
        contact = try Contact(filledIn: contactEmail, phone: contactPhone, place: contactPlace)
    }

    /// Where the right is asked and the act is written.
    public var stream: AuditStream { .office }

    /// Carries it out.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let before = try await transaction.settings()
        var file = removesLogo ? nil : before.logo
        if let logo { file = try await transaction.store(logo, as: .entity, at: now) }
        try await transaction.set(
            TenantSettings(accentColor: accentColor, logo: file, contact: contact))
        // What citizens read of each alliance names the contact.
        try await transaction.postThatAlliancesChanged(at: now)
        return Audited(
            AuditEvent(
                "tenancy.settings.edited",
                details: ["accent_color": accentColor.hex, "logo": file.map(\.description) ?? ""]
                    .merging(contact.details) { first, _ in first }))
    }
}
