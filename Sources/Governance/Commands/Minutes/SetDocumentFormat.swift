public import Foundation
import Kernel
public import Postgres
public import Tenancy

/// Sets the control header of the entity's minutes from a day on.
public struct SetDocumentFormat: Command {
    /// Who may do it.
    public static let permission = Permission.setDocumentFormats
    /// The format.
    public let format: DocumentFormat

    /// Takes what a person wrote.
    public init(_ format: DocumentFormat) { self.format = format }

    /// The office's chain.
    public var stream: AuditStream { .office }

    /// Adds it.
    ///
    /// - Throws: ``MinutesError/formatTaken``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.insert(format, for: "minutes", at: now)
        return Audited(
            AuditEvent(
                "governance.format.set",
                details: [
                    "code": format.code, "version": format.version, "from": format.validFrom.description,
                ]))
    }
}
