import Foundation
import Kernel
public import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// The scans of a signer, the first first.
    func minutesScans(of signer: UUID) async throws -> [MinutesScan] {
        try await rows(
            """
            select scan_id, file_id, dated_on, attached_by, confirmed_at from governance.minutes_scans
            where organization_id = \(organization) and signer_id = \(signer)
            order by attached_at, scan_id
            """)
    }

    /// Keeps a scan for somebody to look at.
    func insert(
        scan: ID<MinutesScan>, file: ID<StoredFile>, on day: CalendarDate, of signer: UUID,
        in draft: MinutesDraft, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.minutes_scans (
                organization_id, scan_id, signer_id, minutes_id, alliance_id, is_reserved, file_id, dated_on,
                attached_at, attached_by)
            values (
                \(organization), \(scan), \(signer), \(draft.id), \(draft.alliance), \(draft.isReserved),
                \(file), \(day), \(now), \(scope.principal.user))
            """)
    }

    /// Notes that a scan is the one of its signature.
    ///
    /// - Throws: ``AccessError/alreadyDone``.
    func confirm(scan: ID<MinutesScan>, at now: Date) async throws {
        let confirmed = try await execute(
            """
            update governance.minutes_scans set confirmed_at = \(now)
            where organization_id = \(organization) and scan_id = \(scan) and confirmed_at is null
            """)
        guard confirmed == 1 else { throw AccessError.alreadyDone }
    }
}

extension MinutesScan: RowDecodable {
    /// Reads a row of `governance.minutes_scans`.
    public init(row: Row) throws(RowError) {
        id = try row["scan_id"]
        file = try row["file_id"]
        datedOn = try row["dated_on"]
        attachedBy = try row["attached_by"]
        confirmedAt = try row["confirmed_at"]
    }
}
