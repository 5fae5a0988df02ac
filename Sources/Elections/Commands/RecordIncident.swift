public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Tells what happened that was not meant to; it goes into the acta.
public struct RecordIncident: Command {
    /// Who may do it.
    public static let permission = Permission.recordIncidents
    /// The process.
    public let place: ProcessPlace
    /// The table, where it happened at one.
    public let table: ID<VotingTable>?
    /// What kind of thing.
    public let kind: IncidentKind
    /// What happened.
    public let account: String

    /// An incident as it was told.
    public init(
        in place: ProcessPlace, at table: ID<VotingTable>? = nil, _ kind: IncidentKind, account: String
    ) {
        self.place = place
        self.table = table
        self.kind = kind
        self.account = account.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Keeps it.
    ///
    /// - Throws: ``VotingDayError/reasonMissing``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard !account.isEmpty else { throw VotingDayError.reasonMissing }
        try await transaction.insertIncident(kind, account, at: table, of: place, now: now)
        return Audited(
            AuditEvent(
                "elections.incident.recorded", subject: place.process, details: ["kind": kind.rawValue]))
    }
}
