public import Foundation
public import Kernel
public import Postgres

/// The chains of events of the tenants: verifies them, and tells their heads to the outside.
public struct AuditLedger: Sendable {
    /// How many links are read at once.
    static let page = 2000

    private let database: Database

    /// Opens the ledger.
    public init(database: Database) {
        self.database = database
    }

    /// Verifies all chains of a tenant, link by link.
    ///
    /// A chain that a given anchor names and that the database has lost is reported as cut off.
    ///
    /// - Parameters:
    ///   - organization: The tenant.
    ///   - anchors: What was told to the outside, as the outside kept it. Without any, the database's own
    ///     notes of it are compared, which prove nothing against the owner of the database.
    /// - Returns: A report of each chain, the office's first.
    /// - Throws: ``PostgresError``.
    /// - Complexity: O(events); a page of links is in memory at a time.
    public func verify(
        _ organization: ID<Organization>, anchors: [Anchor]? = nil
    ) async throws -> [ChainReport] {
        // All is read from one snapshot, so that a chain that grows meanwhile is no broken one.
        try await database.snapshot(TenantScope(.system(in: organization))) { transaction in
            let heads = try await transaction.chainHeads()
            let noted = try await transaction.anchors()
            let told = (anchors ?? noted).filter { $0.organization == organization }
            var streams = heads.map(\.stream)
            let others = Set(try await transaction.streamsWithEvents()).union(told.map(\.stream))
                .subtracting(streams)
            streams += others.sorted { $0.uuidString < $1.uuidString }
            var reports: [ChainReport] = []
            for stream in streams {
                try Task.checkCancellation()
                let head = heads.first { $0.stream == stream }
                var verification = ChainVerification(
                    organization: organization, stream: stream, anchors: told.filter { $0.stream == stream })
                while !verification.isBroken {
                    let links = try await transaction.links(
                        of: stream, after: verification.count, limit: Self.page)
                    for link in links { verification.follow(link) }
                    if links.count < Self.page { break }
                }
                reports.append(
                    verification.finish(head: head.map { ($0.kind, $0.sequence, $0.hash) }))
            }
            return reports
        }
    }

    /// Notes what a verification found, so that the page of the log can tell it.
    public func note(
        _ reports: [ChainReport], of organization: ID<Organization>, by user: ID<User>? = nil, at now: Date
    ) async throws {
        guard !reports.isEmpty else { return }
        try await database.transaction(TenantScope(.system(in: organization))) { transaction in
            try await transaction.note(reports, by: user, at: now)
        }
    }

    /// Tells the heads of all tenants that moved since they were last told to a file, and notes that.
    ///
    /// The file is one of lines of JSON, to be copied where the database's administrator has no hand.
    ///
    /// - Returns: The anchors written.
    public func anchor(to file: URL, at now: Date) async throws -> [Anchor] {
        var written: [Anchor] = []
        for organization in try await database.read(PublicScope(), { try await $0.organizations() }) {
            written += try await anchor(organization.id, to: file, at: now)
        }
        return written
    }

    /// Tells the heads of a tenant that moved since they were last told to a file, and notes that.
    ///
    /// - Returns: The anchors written.
    func anchor(_ organization: ID<Organization>, to file: URL, at now: Date) async throws -> [Anchor] {
        let scope = TenantScope(.system(in: organization))
        let (heads, noted) = try await database.read(scope) { transaction in
            (try await transaction.chainHeads(), try await transaction.anchors())
        }
        let known = Set(noted.map { "\($0.stream) \($0.sequence)" })
        let moved = heads.compactMap { head -> Anchor? in
            guard head.sequence > 0, !known.contains("\(head.stream) \(head.sequence)"),
                let hash = HashDigest(bytes: head.hash)
            else { return nil }
            return Anchor(
                organization: organization, stream: head.stream, sequence: head.sequence, hash: hash,
                anchoredAt: now)
        }
        guard !moved.isEmpty else { return [] }
        // First outside, then in the database: an anchor that was noted was told.
        try AnchorFile(url: file).append(moved)
        try await database.transaction(scope) { transaction in
            for anchor in moved { try await transaction.note(anchor, medium: "file") }
        }
        return moved
    }
}
