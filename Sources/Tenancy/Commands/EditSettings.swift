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
    /// Where people write to.
    public let contactEmail: String?
    /// Where people call.
    public let contactPhone: String?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``AccentColorError``, ``InvalidInput`` or ``StoredFileError``.
    public init(
        accentColor: String, logo: StoredFile? = nil, contactEmail: String? = nil, contactPhone: String? = nil
    ) throws {
        self.accentColor = try AccentColor(accentColor)
        let email = contactEmail.map { Login(email: $0).normalForm }.flatMap { $0.isEmpty ? nil : $0 }
        let phone = contactPhone.map { $0.trimmingCharacters(in: .whitespaces) }.flatMap {
            $0.isEmpty ? nil : $0
        }
        var problems: [InvalidInput.Problem] = []
        if let email, !User.isAddress(email) {
            problems.append(
                .init(field: "contact_email", message: "Escriba un correo completo, o déjelo vacío."))
        }
        if let phone, phone.count > 40 || !phone.allSatisfy({ $0.isNumber || "+()- ".contains($0) }) {
            problems.append(
                .init(
                    field: "contact_phone", message: "Escriba solo números, espacios y «+», o déjelo vacío."))
        }
        guard problems.isEmpty else { throw InvalidInput(problems) }
        if let logo, ![.png, .jpeg].contains(logo.mediaType) {
            throw StoredFileError.typeNotAccepted([.png, .jpeg])
        }
        self.logo = logo
        self.contactEmail = email
        self.contactPhone = phone
    }

    /// Where the right is asked and the act is written.
    public var stream: AuditStream { .office }

    /// Carries it out.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let before = try await transaction.settings()
        var file = before.logo
        if let logo { file = try await transaction.store(logo, at: now) }
        try await transaction.set(
            TenantSettings(
                accentColor: accentColor, logo: file, contactEmail: contactEmail, contactPhone: contactPhone))
        // What citizens read of each alliance names the contact.
        try await transaction.postThatAlliancesChanged(at: now)
        return Audited(
            AuditEvent(
                "tenancy.settings.edited",
                details: [
                    "accent_color": accentColor.hex, "logo": file.map(\.description) ?? "",
                    "contact_email": contactEmail ?? "", "contact_phone": contactPhone ?? "",
                ]))
    }
}
