public import Foundation
import Kernel
public import Postgres
public import Tenancy

/// The control headers of the entity's minutes.
public struct ReadDocumentFormats: Query {
    /// Who may do it.
    public static let permission = Permission.setDocumentFormats

    /// Asks for them.
    public init() {}

    /// The office's chain.
    public var stream: AuditStream { .office }

    /// Reads them, the latest first.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> [DocumentFormat] {
        try await transaction.documentFormats("minutes")
    }
}
