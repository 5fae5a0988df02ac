public import Kernel
public import Postgres
public import Tenancy

/// A ballot of a box as its public board lists it.
public struct BoardBallot: Sendable, Hashable, RowDecodable {
    /// Its place among the ballots, from 1.
    public let number: Int
    /// The digest of its text: shown in Base64, the tracker.
    public let tracker: HashDigest
    /// Whether it was left out of what is counted.
    public let isExcluded: Bool

    /// Reads a row of the archive.
    public init(row: Row) throws(RowError) {
        number = try row["number"]
        let bytes: [UInt8] = try row["tracker"]
        tracker = HashDigest(bytes: bytes) ?? HashDigest(of: bytes)
        isExcluded = try row["is_excluded"]
    }
}

extension Transaction where Scope == PublicScope {
    /// The ballots of a box in the order of its archive, with those that were left out of the one that is counted.
    ///
    /// After the five records of the setup and its event each ballot is followed by its event (`verifiable-voting.md`
    /// §4.3): the archive needs no list of its own for the board.
    public func boardBallots(
        of board: BoxBoard, limit: Int, offset: Int, in organization: ID<Organization>
    ) async throws -> [BoardBallot] {
        try await rows(
            """
            select (ballots.position - 6) / 2 + 1 as number, decode(left(ballots.name, 64), 'hex') as tracker,
                \(board.archive)::smallint > 0 and not exists (
                    select from elections.box_records as counted
                    where counted.organization_id = \(organization) and counted.box_id = \(board.id)
                        and counted.archive = \(board.archive)::smallint and counted.name = ballots.name
                        and counted.is_public) as is_excluded
            from elections.box_records as ballots
            where ballots.organization_id = \(organization) and ballots.box_id = \(board.id)
                and ballots.archive = 0 and ballots.is_public
                and ballots.position between \(6 + 2 * offset) and \(6 + 2 * min(offset + limit, board.ballots) - 1)
                and ballots.position % 2 = 0
            order by ballots.position
            """)
    }

    /// The ballot of a tracker; `nil` where the box has none.
    public func boardBallot(
        _ tracker: HashDigest, of board: BoxBoard, in organization: ID<Organization>
    ) async throws -> BoardBallot? {
        let name = "\(tracker).data.json"
        return try await row(
            """
            select (position - 6) / 2 + 1 as number, decode(left(name, 64), 'hex') as tracker,
                \(board.archive)::smallint > 0 and not exists (
                    select from elections.box_records as counted
                    where counted.organization_id = \(organization) and counted.box_id = \(board.id)
                        and counted.archive = \(board.archive)::smallint and counted.name = \(name)
                        and counted.is_public) as is_excluded
            from elections.box_records
            where organization_id = \(organization) and box_id = \(board.id) and archive = 0 and is_public
                and name = \(name) and position between 6 and \(6 + 2 * board.ballots - 1)
            """)
    }
}
