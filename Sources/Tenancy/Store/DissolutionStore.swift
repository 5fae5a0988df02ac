public import Kernel
public import Postgres

extension Dissolution.Kind: SQLValue {}

extension Transaction where Scope == TenantScope {
    /// The acts that dissolved an alliance or put that right, the latest first.
    public func dissolutions(of alliance: ID<Alliance>) async throws -> [Dissolution] {
        try await rows(
            """
            select dissolution_id, kind, state_before, state_after, reason, act, decided_on, file_id, recorded_at
            from tenancy.dissolutions
            where organization_id = \(organization) and alliance_id = \(alliance)
            order by recorded_at desc, dissolution_id desc
            """)
    }

    /// Adds an act.
    func insert(_ act: Dissolution, of alliance: ID<Alliance>) async throws {
        try await execute(
            """
            insert into tenancy.dissolutions (
                organization_id, dissolution_id, alliance_id, kind, state_before, state_after, reason, act,
                decided_on, file_id, recorded_at, recorded_by)
            values (
                \(organization), \(act.id), \(alliance), \(act.kind), \(act.before), \(act.after),
                \(act.reason), \(act.act), \(act.decidedOn), \(act.file), \(act.recordedAt),
                \(scope.principal.user))
            """)
    }
}

extension Dissolution: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["dissolution_id"], kind: try row["kind"], before: try row["state_before"],
            after: try row["state_after"], reason: try row["reason"], act: try row["act"],
            decidedOn: try row["decided_on"], file: try row["file_id"], recordedAt: try row["recorded_at"])
    }
}
