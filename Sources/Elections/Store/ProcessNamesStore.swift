public import Kernel
public import Postgres
public import Tenancy

/// A process with the alliance that it belongs to, as lists of other subjects name it.
public struct ProcessName: Sendable, Hashable, Identifiable, RowDecodable {
    /// Identifies the process.
    public let id: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: Kernel.ID<Alliance>
    /// The name of the process.
    public let name: String

    /// The chain of the process.
    public var stream: AuditStream { .process(id, of: alliance) }

    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        id = try row["process_id"]
        alliance = try row["alliance_id"]
        name = try row["name"]
    }
}

extension Transaction where Scope == TenantScope {
    /// Returns the processes of all alliances of the tenant, the latest first.
    public func processNames() async throws -> [ProcessName] {
        try await rows(
            """
            select process_id, alliance_id, name from elections.processes
            where organization_id = \(organization) order by drafted_at desc, process_id desc
            """)
    }
}
