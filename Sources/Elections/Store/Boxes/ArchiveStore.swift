import Foundation
import Kernel
import Postgres
import Tenancy

/// The texts with which an archive begins.
struct ArchiveOpening: Sendable, RowDecodable {
    let election: [UInt8]
    let trustees: [UInt8]

    init(row: Row) throws(RowError) {
        election = try row["election"]
        trustees = try row["trustees"]
    }
}

/// What became of a ballot that was handed to the box.
struct AppendedBallot: Sendable, RowDecodable {
    let outcome: String
    let tracker: HashDigest
    let head: BoxHead?

    init(row: Row) throws(RowError) {
        outcome = try row["outcome"]
        tracker = try row.digest("tracker")
        let height: Int? = try row["event_height"]
        let bytes: [UInt8]? = try row["event_sha256"]
        if let height, let digest = bytes.flatMap(HashDigest.init(bytes:)) {
            head = BoxHead(events: height + 1, digest: digest)
        } else {
            head = nil
        }
    }

    /// The receipt, or why there is none.
    func receipt() throws(CastError) -> CastReceipt {
        switch outcome {
        case "taken", "replaced", "stored":
            guard let head else { throw .busy }
            return CastReceipt(tracker: tracker, isReplacement: outcome == "replaced", head: head)
        case "unknown_credential": throw .unknownCredential
        case "other_credential": throw .otherCredential
        case "other_ballot": throw .otherElection
        case "copy": throw .copy
        case "not_open": throw .notOpen
        case "closed": throw .closed
        case "paper": throw .votedOnPaper
        case "left": throw .leftSession
        case "too_often": throw .tooOften
        default: throw .noPass
        }
    }
}

/// A ballot that was checked and waits to be appended.
struct CheckedBallot: Sendable {
    let pass: UUID
    let credential: String
    let text: [UInt8]
}

extension Transaction where Scope == TenantScope {
    /// What the archive of a sealed box begins with.
    func opening(of box: BallotBox) async throws -> ArchiveOpening? {
        guard box.fingerprint != nil else { return nil }
        return try await row(
            """
            select election.content as election, trustees.content as trustees
            from elections.box_records as election
            join elections.box_records as trustees on trustees.organization_id = \(organization)
                and trustees.box_id = election.box_id and trustees.archive = 0 and trustees.position = 2
            where election.organization_id = \(organization) and election.box_id = \(box.id)
                and election.archive = 0 and election.position = 1
            """)
    }

    /// The encrypted sums, once they are published: the record before the two that name them.
    func encryptedTally(of box: BallotBox) async throws -> [UInt8]? {
        guard [.tallied, .counted].contains(box.state) else { return nil }
        return try await value(
            """
            select content from elections.box_records
            where organization_id = \(organization) and box_id = \(box.id)
                and archive = \(box.archive)::smallint
                and position = 6 + 2 * \(try await ballotsInArchive(of: box)) + 1
            """)
    }

    /// How many ballots the archive that goes on has.
    private func ballotsInArchive(of box: BallotBox) async throws -> Int {
        let excluded: Int? = try await value(
            """
            select coalesce(sum(cardinality(trackers)), 0)::bigint from elections.box_exclusions
            where organization_id = \(organization) and box_id = \(box.id)
            """)
        return box.ballots - (excluded ?? 0)
    }

    /// Hands checked ballots to the box, in one transaction and in order.
    func append(_ ballots: [CheckedBallot], to box: ID<BallotBox>, at now: Date) async throws
        -> [AppendedBallot]
    {
        try await rows(
            """
            select outcome, tracker, event_height, event_sha256
            from elections.append_ballots(
                \(organization), \(box), \(ballots.map(\.pass)), \(ballots.map(\.credential)),
                \(ballots.map { String(decoding: $0.text, as: UTF8.self) }), \(now))
            order by place
            """)
    }

    /// The ballots that count, in order: the last of each credential that was not excluded, a piece at a time.
    func countedBallots(of box: BallotBox, after height: Int, limit: Int) async throws -> [CountedBallot] {
        try await rows(
            """
            select ballots.height, records.content
            from elections.box_ballots as ballots
            join elections.box_records as records on records.organization_id = \(organization)
                and records.box_id = ballots.box_id and records.archive = 0
                and records.position = ballots.height::bigint * 2 + 4
            where ballots.organization_id = \(organization) and ballots.box_id = \(box.id)
                and ballots.height > \(height)
                and ballots.turn = (
                    select max(others.turn) from elections.box_ballots as others
                    where others.organization_id = \(organization) and others.box_id = ballots.box_id
                        and others.credential = ballots.credential)
                and not exists (
                    select from elections.box_exclusions as exclusions
                    where exclusions.organization_id = \(organization) and exclusions.box_id = ballots.box_id
                        and exclusions.credential = ballots.credential)
            order by ballots.height
            limit \(limit)
            """)
    }

    /// Records of the archive that goes on.
    func records(of box: BallotBox, from position: Int, limit: Int) async throws -> [BoxRecord] {
        try await rows(
            """
            select position, name, content from elections.box_records
            where organization_id = \(organization) and box_id = \(box.id) and archive = \(box.archive)::smallint
                and position >= \(position)
            order by position
            limit \(limit)
            """)
    }

    /// Ends the archive with the decryptions and the result, and freezes the counts.
    func finish(
        _ box: BallotBox, decryptions: [TrusteeMessage], result: [UInt8], at now: Date
    ) async throws {
        try await execute(
            """
            select elections.count_box(
                \(organization), \(box.id), \(decryptions.map(\.number))::integer[],
                \(decryptions.map { String(decoding: $0.content, as: UTF8.self) }),
                \(String(decoding: result, as: UTF8.self)), \(now))
            """,
            refusals: ["boxes_follow_their_states": BoxError.notNow(box.state)])
    }
}

/// A ballot that counts, with its place.
struct CountedBallot: Sendable, RowDecodable {
    let height: Int
    let text: [UInt8]

    init(row: Row) throws(RowError) {
        height = try row["height"]
        text = try row["content"]
    }
}
