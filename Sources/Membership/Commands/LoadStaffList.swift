public import Foundation
public import Kernel
public import Tenancy

/// Loads the list of the entity's own employees on a day, who are not members. Only hashes of their documents are
/// kept: whoever is asked about can be looked up, and the list cannot be read.
public struct LoadStaffList: Command {
    /// Who may do it.
    public static let permission = Permission.loadStaffLists
    /// The day that the list tells.
    public let day: CalendarDate
    /// The documents of the employees.
    public let documents: Set<IdentityDocument>

    /// Takes a list.
    ///
    /// - Throws: ``MemberError/nobody`` for an empty one, which would clear everybody.
    public init(_ documents: Set<IdentityDocument>, asOf day: CalendarDate) throws(MemberError) {
        guard !documents.isEmpty else { throw .nobody }
        self.day = day
        self.documents = documents
    }

    /// The office's chain: the list is of the whole entity.
    public var stream: AuditStream { .office }

    /// Keeps the list.
    ///
    /// - Throws: ``MemberError/inTheFuture``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard day <= ColombianTime.date(at: now) else { throw MemberError.inTheFuture }
        let list = try await transaction.insertStaffList(of: documents, asOf: day, at: now)
        return Audited(
            AuditEvent(
                "membership.staff_list.loaded", subject: list,
                details: ["day": day.description, "entries": String(documents.count)]))
    }
}
