public import Kernel
public import Postgres
public import Tenancy

/// A seal that stands in a published acta: that of an acta itself, or of the roll that it counts.
public struct PublishedSeal: Sendable, Hashable, RowDecodable {
    /// Whose election it is.
    public let organization: ID<Organization>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The name of the process.
    public let processName: String
    /// The name of the election within it.
    public let contestName: String
    /// The number of the acta in the alliance's book; `nil` where the seal is that of the roll.
    public let record: Int?

    /// Reads a row of the projection.
    public init(row: Row) throws(RowError) {
        organization = try row["organization_id"]
        alliance = try row["alliance_id"]
        process = try row["process_id"]
        processName = try row["process"]
        contestName = try row["contest"]
        record = try row["record"]
    }
}

extension Transaction where Scope == PublicScope {
    /// Returns the published actas that bear a SHA-256 as their own seal, or as that of their roll.
    public func publishedSeals(_ digest: HashDigest) async throws -> [PublishedSeal] {
        let text = digest.description
        return try await rows(
            """
            select distinct results.organization_id, results.alliance_id, results.process_id,
                results.report ->> 'process' as process, results.report ->> 'contest' as contest,
                (
                    select (records.value ->> 'number')::int
                    from jsonb_array_elements(results.report -> 'records') as records (value)
                    where records.value ->> 'sha256' = \(text)
                ) as record
            from elections.published_results as results
            where results.is_public and (
                results.report ->> 'rollSeal' = \(text)
                or exists (
                    select from jsonb_array_elements(results.report -> 'records') as records (value)
                    where records.value ->> 'sha256' = \(text)))
            limit 20
            """)
    }
}
