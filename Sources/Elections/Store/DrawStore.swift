import Foundation
import Kernel
public import Postgres
import Tenancy

/// A draw that waits to be held.
struct DueDraw: Sendable {
    /// What it settles.
    let purpose: DrawPurpose
    /// The canvass that told a tie; `nil` of an order, which is drawn before there is any.
    let canvass: StoredCanvass?
    /// The vote of the contest, 1 being the first.
    let round: Int
    /// The names as they are drawn: composed, in their order.
    let among: [String]
    /// How many are drawn.
    let places: Int

    /// The SHA-256 of those drawn and the places, as `tenancy.canonical` writes them.
    var digest: HashDigest { HashDigest(of: HashChain.canonicalList(among + [String(places)])) }
}

/// A draw that was announced.
struct AnnouncedDraw: Sendable, RowDecodable {
    let id: ID<AnnounceDraw>
    let source: String
    let secret: String
    let seal: [UInt8]
    let announcedAt: Date
    /// The SHA-256 of what was known when it was announced: the record that told the tie, or the list of those who stand.
    let recordDigest: [UInt8]

    init(row: Row) throws(RowError) {
        id = try row["announcement_id"]
        source = try row["source"]
        secret = try row["secret"]
        seal = try row["seal"]
        announcedAt = try row["announced_at"]
        recordDigest = try row["record_digest"]
    }
}

/// The number of a draw as it was last written down.
struct NamedNumber: Sendable, RowDecodable {
    let attempt: Int
    let number: String
    let witnesses: String
    let namedBy: ID<User>

    init(row: Row) throws(RowError) {
        attempt = try row["attempt"]
        number = try row["number"]
        witnesses = try row["witnesses"]
        namedBy = try row["named_by"]
    }
}

extension DrawFile.Overtaken: RowDecodable {
    /// Reads a row.
    public init(row: Row) throws(RowError) {
        self.init(among: try row["among"], announcedAt: try row["announced_at"])
    }
}

private struct RecordedDraw: RowDecodable {
    let id: ID<Draw>
    let seed: [String]

    init(row: Row) throws(RowError) {
        id = try row["draw_id"]
        seed = try row["seed_parts"]
    }
}

extension Tie {
    /// The names as a draw has them: composed, in their order.
    fileprivate var names: [String] { among.map(\.composed).sorted().map(\.rawValue) }
}

extension Transaction where Scope == TenantScope {
    /// A result as the draw of its tie settled it, where those tied were drawn before: nobody draws twice for the same.
    func settled(
        _ result: CountResult, of contest: ID<Contest>, round: Int
    ) async throws -> (result: CountResult, draw: ID<Draw>?) {
        guard let tie = result.ties.first,
            let recorded = try await row(
                """
                select draw_id, seed_parts from elections.draws
                where organization_id = \(organization) and contest_id = \(contest) and round = \(round)
                    and purpose = 'tie' and among = \(tie.names) and places = \(tie.winners)
                order by drawn_at limit 1
                """,
                as: RecordedDraw.self)
        else { return (result, nil) }
        return (try result.settled(by: DrawSeed(recorded.seed)), recorded.id)
    }

    /// The draw of a contest that waits.
    ///
    /// - Throws: ``CanvassError/notCanvassed``, ``CanvassError/nothingTied``, ``BallotOrderError``.
    func dueDraw(
        _ purpose: DrawPurpose, of contest: ID<Contest>, in place: ProcessPlace, at now: Date
    ) async throws -> DueDraw {
        switch purpose {
        case .tie: try await openTie(of: contest, in: place)
        case .ballotOrder: try await dueOrder(of: contest, in: place, at: now)
        }
    }

    /// The tie that the last canvass of a contest left.
    private func openTie(of contest: ID<Contest>, in place: ProcessPlace) async throws -> DueDraw {
        guard let last = try await lastCanvass(of: contest) else { throw CanvassError.notCanvassed }
        guard last.outcome == .tie || last.outcome == .runoff,
            let tie = try await sum(of: contest, in: place).result.ties.first
        else { throw CanvassError.nothingTied }
        return DueDraw(
            purpose: .tie, canvass: last, round: last.round, among: tie.names, places: tie.winners)
    }

    /// Keeps where the number of a draw will come from, with the seal of a secret, and returns the seal.
    ///
    /// - Throws: ``CanvassError/drawAnnounced``.
    func announce(
        _ due: DueDraw, of contest: ID<Contest>, in place: ProcessPlace, from source: String,
        sealing secret: Salt, at now: Date
    ) async throws -> String {
        let words = Hex.encode(secret.bytes)
        let seal = HashDigest(of: words)
        try await execute(
            """
            insert into elections.draw_announcements (
                organization_id, announcement_id, process_id, contest_id, canvass_id, purpose, round, among, places,
                tie, source, secret, seal, announced_at, announced_by)
            values (
                \(organization), \(ID<AnnounceDraw>()), \(place.process), \(contest), \(due.canvass?.id),
                \(due.purpose.rawValue), \(due.round), \(due.among), \(due.places), \(due.digest.bytes), \(source),
                \(words), \(seal.bytes), \(now), \(scope.principal.user))
            """,
            refusals: ["draw_announcements_tie_key": CanvassError.drawAnnounced])
        return Hex.encode(seal.bytes)
    }

    /// The announcement of a draw.
    func announcement(of due: DueDraw, in contest: ID<Contest>) async throws -> AnnouncedDraw? {
        try await row(
            """
            select announcement_id, source, secret, seal, announced_at,
                coalesce(records.sha256, announcements.tie) as record_digest
            from elections.draw_announcements as announcements
            left join elections.canvass_records as records on records.organization_id = \(organization)
                and records.canvass_id = announcements.canvass_id and records.kind = 'provisional'
            where announcements.organization_id = \(organization) and announcements.contest_id = \(contest)
                and announcements.purpose = \(due.purpose.rawValue) and announcements.round = \(due.round)
                and announcements.among = \(due.among) and announcements.places = \(due.places)
            """,
            as: AnnouncedDraw.self)
    }

    /// The last announcement of a contest that was made for others than those who are drawn now, and never drawn.
    private func overtaken(by due: DueDraw, in contest: ID<Contest>) async throws -> DrawFile.Overtaken? {
        try await row(
            """
            select among, announced_at from elections.draw_announcements as announcements
            where announcements.organization_id = \(organization) and announcements.contest_id = \(contest)
                and announcements.purpose = \(due.purpose.rawValue) and announcements.round = \(due.round)
                and not exists (
                    select from elections.draws
                    where draws.organization_id = \(organization)
                        and draws.announcement_id = announcements.announcement_id)
            order by announced_at desc limit 1
            """,
            as: DrawFile.Overtaken.self)
    }

    /// The number of a draw as it was last written down.
    func number(of announcement: ID<AnnounceDraw>) async throws -> NamedNumber? {
        try await row(
            """
            select attempt, number, witnesses, named_by from elections.draw_numbers
            where organization_id = \(organization) and announcement_id = \(announcement)
            order by attempt desc limit 1
            """,
            as: NamedNumber.self)
    }

    /// Writes the number of a draw down.
    func insert(
        number: String, witnesses: String, of announcement: ID<AnnounceDraw>, at now: Date
    ) async throws {
        try await execute(
            """
            insert into elections.draw_numbers (
                organization_id, announcement_id, attempt, number, witnesses, named_at, named_by)
            select \(organization), \(announcement), coalesce(max(attempt), 0) + 1, \(number), \(witnesses),
                \(now), \(scope.principal.user)
            from elections.draw_numbers
            where organization_id = \(organization) and announcement_id = \(announcement)
            """)
    }

    /// Keeps a draw, once for each tie and for each order.
    ///
    /// - Throws: ``CanvassError``, ``BallotOrderError/drawn``.
    func insert(
        _ draw: Draw, as id: ID<Draw>, from announced: AnnouncedDraw, _ number: NamedNumber,
        of contest: ID<Contest>, in place: ProcessPlace, at now: Date
    ) async throws {
        try await execute(
            """
            insert into elections.draws (
                organization_id, draw_id, process_id, contest_id, round, purpose, method, seed_parts,
                seed_text, seed_sha256, among, outcome, places, witnesses, announcement_id, named_by, drawn_at,
                drawn_by)
            select \(organization), \(id), \(place.process), \(contest), round, purpose, 'seed',
                \(draw.seed.parts), \(draw.seed.canonicalText), \(draw.seed.digest),
                \(draw.among.map(\.rawValue)), \(draw.winners.map(\.rawValue)), \(draw.places),
                \(number.witnesses), announcement_id, \(number.namedBy), \(now), \(scope.principal.user)
            from elections.draw_announcements
            where organization_id = \(organization) and announcement_id = \(announced.id)
            """,
            refusals: [
                "draws_announcement_key": CanvassError.nothingTied,
                "draws_ballot_order_once_key": BallotOrderError.drawn,
                "draws_two_people": CanvassError.ownNumber,
            ])
    }

    /// The draws of a contest that settled something, as they were held.
    func draws(of contest: ID<Contest>, for purpose: DrawPurpose) async throws -> [DrawRecord] {
        try await rows(
            """
            select seed_parts, seed_sha256, draws.among, outcome, witnesses, source, seal, drawn_at
            from elections.draws
            left join elections.draw_announcements as announcements
                on announcements.organization_id = \(organization)
                and announcements.announcement_id = draws.announcement_id
            where draws.organization_id = \(organization) and draws.contest_id = \(contest)
                and draws.purpose = \(purpose.rawValue)
            order by drawn_at
            """)
    }

    /// How far a draw of a contest has come.
    ///
    /// - Throws: As ``dueDraw(_:of:in:at:)``.
    func drawFile(
        _ purpose: DrawPurpose, of contest: ID<Contest>, in place: ProcessPlace, at now: Date
    ) async throws -> DrawFile {
        let due = try await dueDraw(purpose, of: contest, in: place, at: now)
        let announced = try await announcement(of: due, in: contest)
        var number: NamedNumber?
        if let announced { number = try await self.number(of: announced.id) }
        let overtaken = announced == nil ? try await overtaken(by: due, in: contest) : nil
        return DrawFile(
            purpose: purpose, among: due.among, places: due.places, recordNumber: due.canvass?.recordNumber,
            recordSeal: Hex.encode(
                announced?.recordDigest ?? due.canvass?.recordDigest ?? due.digest.bytes),
            announcement: announced.map {
                DrawFile.Announcement(
                    source: $0.source, seal: Hex.encode($0.seal), announcedAt: $0.announcedAt)
            },
            overtaken: overtaken,
            number: number.map {
                DrawFile.Number(
                    attempt: $0.attempt, number: $0.number, witnesses: $0.witnesses,
                    isOwn: $0.namedBy == scope.principal.user)
            })
    }
}
