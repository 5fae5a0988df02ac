public import Kernel
public import Postgres
public import Tenancy
import VerifiableVoting

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

/// What a box was asked and what its archive says that came out, for its public board.
public struct BoardResult: Sendable, Hashable {
    /// The votes of an option.
    public struct Line: Sendable, Hashable {
        /// The option's name; `nil` for the blank vote.
        public let option: String?
        /// Its votes.
        public let votes: Int
    }

    /// The question.
    public let question: String
    /// The votes, in the order of the ballot, blank votes last.
    public let lines: [Line]

    /// What the result's record means for the questions of `election.json`.
    static func read(election: [UInt8], result: [UInt8]) throws -> [Self] {
        let questions = try ElectionDescription(reading: election).questions
        return zip(questions, try ElectionResult(reading: result).counts).map { question, counts in
            let blank = question.allowsBlank ? counts.first.map { Line(option: nil, votes: $0) } : nil
            let votes = counts.dropFirst(question.allowsBlank ? 1 : 0)
            return Self(
                question: question.question,
                lines: zip(question.answers, votes).map { Line(option: $0, votes: $1) }
                    + (blank.map { [$0] } ?? []))
        }
    }
}

extension Transaction where Scope == PublicScope {
    /// The sums that the archive of a counted box ends with; none before.
    public func boardResults(
        of board: BoxBoard, in organization: ID<Organization>
    ) async throws -> [BoardResult] {
        guard board.state == .counted else { return [] }
        // `election.json` is the second record; the result stands before the last event.
        let records: [BoxRecord] = try await rows(
            """
            select position, name, content from elections.box_records
            where organization_id = \(organization) and box_id = \(board.id) and is_public
                and archive = \(board.archive)::smallint
                and position in (1, (
                    select max(position) - 1 from elections.box_records
                    where organization_id = \(organization) and box_id = \(board.id) and is_public
                        and archive = \(board.archive)::smallint))
            order by position
            """)
        guard let election = records.first, let result = records.last else { return [] }
        return try BoardResult.read(election: election.content, result: result.content)
    }

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
