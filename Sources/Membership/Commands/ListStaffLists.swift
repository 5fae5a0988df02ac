public import Foundation
public import Kernel
public import Tenancy

/// A list of the entity's own employees that was loaded.
public struct StaffListSummary: Sendable, Hashable {
    /// The day that it tells.
    public let day: CalendarDate
    /// How many employees it has.
    public let entries: Int
    /// When it was loaded.
    public let loadedAt: Date
    /// Who loaded it; `nil` for the terminal.
    public let loadedBy: String?
}

/// Lists when the entity told who its employees are, the latest first.
public struct ListStaffLists: Query {
    /// Who may see it.
    public static let permission = Permission.loadStaffLists

    /// The office's chain: the list is of the whole entity.
    public var stream: AuditStream { .office }

    /// Asks for the lists.
    public init() {}

    /// Reads them.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> [StaffListSummary] {
        try await transaction.staffLists()
    }
}
