import Foundation
import Kernel
public import Postgres
import Tenancy

extension CredentialCount: RowDecodable {
    /// Reads what was counted.
    public init(row: Row) throws(RowError) {
        self.init(
            total: try row["total"], bound: try row["bound"], drawn: try row["drawn"],
            spare: try row["spare"],
            unusable: try row["unusable"])
    }
}

extension CredentialDesk.Elector: RowDecodable {
    /// Reads a row of the roll.
    public init(row: Row) throws(RowError) {
        self.init(
            person: try row["person_id"], name: try row["name"], document: try row["document"],
            table: try row["table_number"])
    }
}

extension ElectorReach: RowDecodable {
    /// Reads what was counted.
    public init(row: Row) throws(RowError) {
        self.init(byMail: try row["by_mail"], byText: try row["by_text"], byEither: try row["by_either"])
    }
}

/// A slip that is somebody's: made for them, or bound to them by its serial.
struct BoundSlip: Sendable, RowDecodable {
    let serial: String?

    init(row: Row) throws(RowError) {
        serial = try row["serial"]
    }
}

private struct Handover: RowDecodable {
    let at: Date

    init(row: Row) throws(RowError) {
        at = try row["happened_at"]
    }
}

private struct StandingTable: RowDecodable {
    let number: Int
    let place: String

    init(row: Row) throws(RowError) {
        number = try row["number"]
        place = try row["place"]
    }
}

/// A slip as its number finds it.
struct NumberedSlip: Sendable, RowDecodable {
    /// Whether it may be voted with: it was not replaced.
    let isUsable: Bool
    /// Whether it is nobody's.
    let isFree: Bool
    /// Whether it is kept for who loses theirs.
    let isSpare: Bool

    init(row: Row) throws(RowError) {
        isUsable = try row["is_usable"]
        isFree = try row["is_free"]
        isSpare = try row["is_spare"]
    }
}

extension Transaction where Scope == TenantScope {
    /// How many credentials a box has.
    func credentialCount(of box: ID<BallotBox>) async throws -> CredentialCount {
        try await row(
            """
            select count(*) as total, count(*) filter (where is_usable and person_id is not null) as bound,
                count(*) filter (where is_usable and person_id is null and not is_spare) as drawn,
                count(*) filter (where is_usable and person_id is null and is_spare) as spare,
                count(*) filter (where not is_usable) as unusable
            from elections.box_credentials
            where organization_id = \(organization) and box_id = \(box)
            """) ?? CredentialCount(total: 0, bound: 0, drawn: 0, spare: 0, unusable: 0)
    }

    /// When lists of credentials of a box were handed in, as the chain tells it: a list takes the place of the one before.
    func handovers(of box: ID<BallotBox>) async throws -> [Date] {
        try await rows(
            """
            select happened_at from tenancy.audit_events
            where organization_id = \(organization) and subject_id = \(box.description)
                and action = 'elections.credentials.handed_in'
            order by sequence
            """,
            as: Handover.self
        ).map(\.at)
    }

    /// How many electors of a roll have no credential of a box that they may use.
    func electorsWithoutCredential(of box: BallotBox) async throws -> Int {
        try await value(
            """
            select count(*) from elections.roll_entries as entries
            where entries.organization_id = \(organization) and entries.process_id = \(box.place.process)
                and not exists (
                    select from elections.box_credentials as credentials
                    where credentials.organization_id = \(organization) and credentials.box_id = \(box.id)
                        and credentials.person_id = entries.person_id and is_usable)
            """) ?? 0
    }

    /// Takes a piece of a list of credentials in.
    ///
    /// - Throws: ``BoxError``.
    func put(_ piece: [BoxCredential], isFirst: Bool, in box: BallotBox) async throws {
        try await execute(
            """
            select elections.put_credentials(
                \(organization), \(box.id), \(isFirst), \(piece.map(\.credential)), \(piece.map(\.serial)),
                \(piece.map(\.person)), \(piece.map(\.isSpare)))
            """,
            refusals: [
                "boxes_follow_their_states": BoxError.notNow(box.state),
                "box_credentials_pkey": BoxError.credentialRefused(0, "una clave está dos veces."),
                "box_credentials_serial_key": BoxError.credentialRefused(
                    0, "un número de volante está dos veces."),
                "box_credentials_one_usable_key": BoxError.credentialRefused(
                    0, "un elector tiene dos claves."),
                "box_credentials_elector_fkey": BoxError.credentialRefused(
                    0, "una clave es de alguien que no está en el censo."),
            ])
    }

    /// Gives an elector the slip with a serial, in place of the one that they have.
    ///
    /// - Throws: ``BoxError``.
    func bind(_ serial: String, to person: ID<Person>, in box: BallotBox, because reason: String?)
        async throws
    {
        try await execute(
            """
            select elections.bind_credential(\(organization), \(box.id), \(person), \(serial), \(reason))
            """,
            refusals: [
                "boxes_follow_their_states": BoxError.notNow(box.state),
                "box_credentials_voted_stay": BoxError.credentialVoted,
                "box_credentials_unusable_is_reasoned": BoxError.reasonMissing,
                "box_credentials_slips_are_free": BoxError.slipNotFree,
                "box_credentials_elector_fkey": BoxError.notOnRoll,
            ])
    }

    /// The slip that bears a number on its outside.
    func slip(numbered serial: String, in box: ID<BallotBox>) async throws -> NumberedSlip? {
        try await row(
            """
            select is_usable, person_id is null as is_free, is_spare from elections.box_credentials
            where organization_id = \(organization) and box_id = \(box) and serial = \(serial)
            """)
    }

    /// The slip that somebody may vote with.
    func slip(of person: ID<Person>, in box: ID<BallotBox>) async throws -> BoundSlip? {
        try await row(
            """
            select serial from elections.box_credentials
            where organization_id = \(organization) and box_id = \(box) and person_id = \(person) and is_usable
            """)
    }

    /// The list of public credentials as the archive has it, by its hash: what `election.json` names.
    func credentialListDigest(of box: ID<BallotBox>) async throws -> HashDigest? {
        let digest: [UInt8]? = try await value(
            """
            select sha256(convert_to(elections.listed_credentials(\(organization), \(box)), 'UTF8'))
            """)
        return digest.flatMap(HashDigest.init(bytes:))
    }

    /// Where the tables of a process stand, as somebody who goes there reads it, by number.
    func whereTablesStand(in process: ID<ElectoralProcess>) async throws -> [Int: String] {
        let tables = try await rows(
            """
            select number::bigint as number, concat_ws(', ', place, address, municipalities.name) as place
            from elections.voting_tables as tables
            join catalogue.municipalities on municipalities.municipality_code = tables.municipality_code
            where tables.organization_id = \(organization) and tables.process_id = \(process)
            """,
            as: StandingTable.self)
        return Dictionary(tables.map { ($0.number, $0.place) }) { first, _ in first }
    }

    /// The electors of a roll as slips name them, a piece of the roll at a time.
    func slipElectors(
        of process: ID<ElectoralProcess>, after position: Int, limit: Int
    ) async throws -> [CredentialDesk.Elector] {
        try await rows(
            """
            select entries.person_id, entries.name,
                entries.document_type || ' ••• ' || right(entries.document_number, 3) as document,
                tables.number::bigint as table_number
            from elections.roll_entries as entries
            left join elections.roll_assignments as assignments on assignments.organization_id = \(organization)
                and assignments.process_id = entries.process_id and assignments.person_id = entries.person_id
            left join elections.voting_tables as tables on tables.organization_id = \(organization)
                and tables.table_id = assignments.table_id
            where entries.organization_id = \(organization) and entries.process_id = \(process)
                and entries.position > \(position)
            order by entries.position
            limit \(limit)
            """)
    }

    /// Keeps where electors are reached as the register has it when the roll is frozen: the address, and the first
    /// mobile number among what people wrote as their telephone.
    func freezeContacts(of process: ID<ElectoralProcess>) async throws {
        try await execute(
            """
            insert into elections.roll_contacts (organization_id, process_id, person_id, email, phone)
            select organization_id, process_id, person_id, email, phone
            from (
                select entries.organization_id, entries.process_id, entries.person_id,
                    case when affiliates.email like '%_@_%' then lower(btrim(affiliates.email)) end as email,
                    (regexp_match(
                        regexp_replace(affiliates.phone, '[ ().-]', '', 'g'),
                        '(?:^|[^0-9])(?:57)?(3[0-9]{9})(?:$|[^0-9])'))[1] as phone
                from elections.roll_entries as entries
                join membership.affiliates on affiliates.organization_id = \(organization)
                    and affiliates.person_id = entries.person_id
                where entries.organization_id = \(organization) and entries.process_id = \(process)) as contacts
            where email is not null or phone is not null
            """)
    }

    /// How many electors are reached by an address or a number of the frozen roll that is nobody else's.
    func reach(of process: ID<ElectoralProcess>) async throws -> ElectorReach {
        try await row(
            """
            select count(*) filter (where has_email) as by_mail, count(*) filter (where has_phone) as by_text,
                count(*) filter (where has_email or has_phone) as by_either
            from (
                select
                    email is not null and count(*) over (partition by email) = 1 as has_email,
                    phone is not null and count(*) over (partition by phone) = 1 as has_phone
                from elections.roll_contacts
                where organization_id = \(organization) and process_id = \(process)) as contacts
            """) ?? ElectorReach(byMail: 0, byText: 0, byEither: 0)
    }
}
