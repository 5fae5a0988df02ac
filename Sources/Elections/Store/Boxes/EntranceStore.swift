import Foundation
import Kernel
public import Postgres
import Tenancy

extension VotingPass: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["pass_id"], box: try row["box_id"], way: try row["way"],
            expiresAt: try row["expires_at"], person: try row["person_id"])
    }
}

extension ElectorContact: RowDecodable {
    init(row: Row) throws(RowError) {
        self.init(person: try row["person_id"], email: try row["email"], phone: try row["phone"])
    }
}

/// A booth as its device names it, with what its PIN is compared with.
struct KnownKiosk: Sendable, RowDecodable {
    let id: ID<Kiosk>
    let box: ID<BallotBox>
    let process: ID<ElectoralProcess>
    let table: ID<VotingTable>
    let pin: PasswordHash
    let lockedUntil: Date?

    init(row: Row) throws(RowError) {
        id = try row["kiosk_id"]
        box = try row["box_id"]
        process = try row["process_id"]
        table = try row["table_id"]
        pin = try row["pin_hash"]
        lockedUntil = try row["locked_until"]
    }
}

/// A code that was sent and may still be tried.
struct KnownCode: Sendable, RowDecodable {
    let id: UUID
    let digest: [UInt8]

    init(row: Row) throws(RowError) {
        id = try row["code_id"]
        digest = try row["digest"]
    }
}

extension Transaction where Scope == TenantScope {
    // MARK: Booths

    /// The number of a table of a process, for who runs it: its jurors and the committee.
    ///
    /// - Throws: ``TableError/notFound``, ``TableCountError/notYourTable``.
    func requireBooth(at table: ID<VotingTable>, of place: ProcessPlace) async throws -> Int {
        let number: Int? = try await value(
            """
            select number::bigint from elections.voting_tables
            where organization_id = \(organization) and process_id = \(place.process) and table_id = \(table)
            """)
        guard let number else { throw TableError.notFound }
        if scope.principal.holds(.runVotingDay, in: place.stream) { return number }
        guard try await jury(at: table) != nil else { throw TableCountError.notYourTable }
        return number
    }

    func insert(
        _ kiosk: ID<Kiosk>, named name: String, at table: ID<VotingTable>, of box: BallotBox,
        token: HashDigest,
        pin: PasswordHash, now: Date
    ) async throws {
        try await execute(
            """
            insert into elections.kiosks (
                organization_id, kiosk_id, box_id, process_id, table_id, name, token_sha256, pin_hash, failures,
                opened_at, opened_by)
            values (
                \(organization), \(kiosk), \(box.id), \(box.place.process), \(table), \(name), \(token.bytes),
                \(pin), 0, \(now), \(scope.principal.user))
            """)
    }

    func closeKiosk(_ kiosk: ID<Kiosk>, at now: Date) async throws {
        try await execute(
            """
            update elections.kiosks set closed_at = \(now)
            where organization_id = \(organization) and kiosk_id = \(kiosk) and closed_at is null
            """)
        try await endPasses(in: kiosk, at: now)
    }

    /// The booth of a device.
    func kiosk(by token: HashDigest) async throws -> KnownKiosk? {
        try await row(
            """
            select kiosk_id, box_id, process_id, table_id, pin_hash, locked_until from elections.kiosks
            where organization_id = \(organization) and token_sha256 = \(token.bytes) and closed_at is null
            """)
    }

    /// The booth of a device whose PIN is tried, if it may be now; the try is counted as a wrong one until it is known.
    func tryPin(of token: HashDigest, at now: Date) async throws -> KnownKiosk? {
        try await row(
            """
            update elections.kiosks
            set failures = failures + 1,
                locked_until = case when (failures + 1) % \(VotingEntrance.mostPins) = 0
                    then \(now + VotingEntrance.lock)::timestamptz end
            where organization_id = \(organization) and token_sha256 = \(token.bytes) and closed_at is null
                and (locked_until is null or locked_until <= \(now))
            returning kiosk_id, box_id, process_id, table_id, pin_hash, locked_until
            """)
    }

    /// Notes that the PIN of a booth was right.
    func forgetTries(of kiosk: ID<Kiosk>) async throws {
        try await execute(
            """
            update elections.kiosks set failures = 0, locked_until = null
            where organization_id = \(organization) and kiosk_id = \(kiosk)
            """)
    }

    /// Ends the turn of whoever votes in a booth.
    func endPasses(in kiosk: ID<Kiosk>, at now: Date) async throws {
        try await execute(
            """
            update elections.voting_passes set ended_at = \(now)
            where organization_id = \(organization) and kiosk_id = \(kiosk) and ended_at is null
            """)
    }

    /// Whether somebody is checked in and present at a table.
    func isPresent(_ person: ID<Person>, at table: ID<VotingTable>) async throws -> Bool {
        try await value(
            """
            select exists (
                select from elections.presences
                join elections.sessions on sessions.organization_id = \(organization)
                    and sessions.session_id = presences.session_id and sessions.closed_at is null
                where presences.organization_id = \(organization) and presences.person_id = \(person)
                    and presences.table_id = \(table) and left_at is null and undone_at is null)
            """) ?? false
    }

    /// Whether somebody voted on paper beside a box.
    func votedOnPaper(_ person: ID<Person>, beside box: ID<BallotBox>) async throws -> Bool {
        try await value(
            """
            select exists (
                select from elections.participations
                where organization_id = \(organization) and box_id = \(box) and person_id = \(person)
                    and way = 'paper')
            """) ?? false
    }

    // MARK: Passes

    /// Keeps a pass. One whose time is over leaves its booth free.
    ///
    /// - Throws: ``EntranceError/kioskTaken``.
    func insert(
        _ pass: VotingPass, of process: ID<ElectoralProcess>, token: HashDigest, in kiosk: KnownKiosk?,
        at now: Date
    ) async throws {
        if let kiosk {
            try await execute(
                """
                update elections.voting_passes set ended_at = \(now)
                where organization_id = \(organization) and kiosk_id = \(kiosk.id) and ended_at is null
                    and expires_at <= \(now)
                """)
        }
        try await execute(
            """
            insert into elections.voting_passes (
                organization_id, pass_id, box_id, process_id, person_id, way, table_id, kiosk_id, token_sha256,
                expires_at)
            values (
                \(organization), \(pass.id), \(pass.box), \(process), \(pass.person), \(pass.way),
                \(kiosk?.table), \(kiosk?.id), \(token.bytes), \(pass.expiresAt))
            """,
            refusals: ["voting_passes_one_in_kiosk_key": EntranceError.kioskTaken])
    }

    /// A pass by its token, over or not: what was cast by it is told again to who sends it again.
    func pass(by token: HashDigest) async throws -> VotingPass? {
        try await row(
            """
            select pass_id, box_id, way, expires_at, person_id from elections.voting_passes
            where organization_id = \(organization) and token_sha256 = \(token.bytes)
            """)
    }

    /// A pass by its token, while its holder's turn lasts.
    func goodPass(by token: HashDigest, at now: Date) async throws -> VotingPass? {
        try await row(
            """
            select pass_id, box_id, way, expires_at, person_id from elections.voting_passes
            where organization_id = \(organization) and token_sha256 = \(token.bytes) and ended_at is null
                and expires_at > \(now)
            """)
    }

    /// Ends a pass: who held it is done.
    func endPass(by token: HashDigest, at now: Date) async throws {
        try await execute(
            """
            update elections.voting_passes set ended_at = \(now)
            where organization_id = \(organization) and token_sha256 = \(token.bytes) and ended_at is null
            """)
    }

    /// The number of another box of a process that counts and takes votes beside paper, in which somebody voted.
    func boxVotedIn(by person: ID<Person>, besides box: BallotBox) async throws -> Int? {
        guard !box.isMock else { return nil }
        return try await value(
            """
            select boxes.number::bigint from elections.participations as marks
            join elections.boxes on boxes.organization_id = \(organization) and boxes.box_id = marks.box_id
                and not boxes.is_mock and boxes.has_paper and boxes.state in ('sealed', 'open')
            where marks.organization_id = \(organization) and marks.process_id = \(box.place.process)
                and marks.person_id = \(person) and marks.way <> 'paper' and marks.box_id <> \(box.id)
            order by boxes.number
            limit 1
            """)
    }

    /// Marks that somebody votes on paper, in each box beside which papers are handed over.
    ///
    /// - Throws: ``BoxError``.
    func markPaper(_ person: ID<Person>, at table: ID<VotingTable>, in box: BallotBox) async throws {
        try await execute(
            "select elections.mark_paper_vote(\(organization), \(box.id), \(person), \(table))",
            refusals: [
                "boxes_follow_their_states": BoxError.notNow(box.state),
                "participations_paper_is_beside_the_box": BoxError.noPaper,
                "participations_table_is_theirs": BoxError.otherTable,
                "participations_pkey": BoxError.hasVoted,
            ])
    }

    // MARK: Codes

    /// An elector of a document, with what the frozen roll has of them and of nobody else; `nil` where there is none, or
    /// nothing of the sort.
    func contact(
        of document: IdentityDocument, in process: ID<ElectoralProcess>
    ) async throws -> ElectorContact? {
        try await row(
            """
            select contacts.person_id,
                case when not exists (
                    select from elections.roll_contacts as others
                    where others.organization_id = \(organization) and others.process_id = \(process)
                        and others.email = contacts.email and others.person_id <> contacts.person_id)
                then contacts.email end as email,
                case when not exists (
                    select from elections.roll_contacts as others
                    where others.organization_id = \(organization) and others.process_id = \(process)
                        and others.phone = contacts.phone and others.person_id <> contacts.person_id)
                then contacts.phone end as phone
            from elections.roll_entries as entries
            join elections.roll_contacts as contacts on contacts.organization_id = \(organization)
                and contacts.process_id = entries.process_id and contacts.person_id = entries.person_id
            where entries.organization_id = \(organization) and entries.process_id = \(process)
                and entries.document_type = \(document.type.rawValue)
                and entries.document_number = \(document.number)
            """)
    }

    /// Where codes of an elector go by a channel.
    func votingContact(
        of person: ID<Person>, in process: ID<ElectoralProcess>, by channel: CodeChannel
    ) async throws -> String? {
        try await value(
            """
            select case \(channel.rawValue) when 'mail' then email else phone end
            from elections.roll_contacts
            where organization_id = \(organization) and process_id = \(process) and person_id = \(person)
            """)
    }

    /// How many codes were sent to somebody since a moment.
    func votingCodes(to person: ID<Person>, for box: ID<BallotBox>, since moment: Date) async throws -> Int {
        try await value(
            """
            select count(*) from elections.voting_codes
            where organization_id = \(organization) and box_id = \(box) and person_id = \(person)
                and made_at > \(moment)
            """) ?? 0
    }

    func insert(
        code: UUID, digest: [UInt8], to person: ID<Person>, for box: BallotBox, until end: Date, at now: Date
    ) async throws {
        try await execute(
            """
            insert into elections.voting_codes (
                organization_id, code_id, box_id, process_id, person_id, digest, attempts, made_at, expires_at)
            values (
                \(organization), \(code), \(box.id), \(box.place.process), \(person), \(digest), 0, \(now), \(end))
            """)
    }

    /// The last code of somebody, if it may still be tried; the try is noted.
    func tryCode(of person: ID<Person>, for box: ID<BallotBox>, at now: Date) async throws -> KnownCode? {
        try await row(
            """
            update elections.voting_codes as codes set attempts = attempts + 1
            where organization_id = \(organization) and box_id = \(box) and person_id = \(person)
                and used_at is null and expires_at > \(now) and attempts < \(OneTimeCodes.mostAttempts)
                and made_at = (
                    select max(made_at) from elections.voting_codes as others
                    where others.organization_id = \(organization) and others.box_id = \(box)
                        and others.person_id = \(person))
            returning code_id, digest
            """)
    }

    /// Uses a code up.
    ///
    /// - Returns: Whether nobody did before.
    func use(code: UUID, at now: Date) async throws -> Bool {
        try await execute(
            """
            update elections.voting_codes set used_at = \(now)
            where organization_id = \(organization) and code_id = \(code) and used_at is null
            """) == 1
    }
}
