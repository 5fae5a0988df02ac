import Crypto
import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

extension RollNotice: RowDecodable {
    /// Reads a row of the projection.
    public init(row: Row) throws(RowError) {
        let digest: [UInt8]? = try row["sha256"]
        self.init(
            process: try row["process_id"], processName: try row["process_name"], phase: try row["phase"],
            electors: try row["electors"], salt: try row["board_salt"], sha256: digest,
            claimsUntil: try row["claims_until"], publishedAt: try row["published_at"])
    }
}

extension RollNotice.Phase: SQLValue {}
extension RollAnswer.Standing: SQLValue {}

extension RollBoardLine: RowDecodable {
    /// Reads a row of the projection.
    public init(row: Row) throws(RowError) {
        self.init(
            name: try row["masked_name"], document: try row["masked_document"],
            municipality: try row["municipality"])
    }
}

extension ClaimAnswer: RowDecodable {
    /// Reads a row of the projection.
    public init(row: Row) throws(RowError) {
        self.init(
            number: try row["number"], kind: try row["kind"], state: try row["state"],
            decisionReason: try row["decision_reason"], filedAt: try row["filed_at"],
            decidedAt: try row["decided_at"])
    }
}

private struct StandingRow: RowDecodable {
    let standing: RollAnswer.Standing
    let reasons: [String]
    let place: String?

    init(row: Row) throws(RowError) {
        standing = try row["standing"]
        reasons = try row["reasons"]
        place = try row["polling_place"]
    }
}

// MARK: - Publishing

extension Transaction where Scope == TenantScope {
    /// Writes the public board and the answers of a roll anew: those who are on it masked, and for each person of the
    /// provisional roll whether they are on it and why.
    func publishRoll(of process: ElectionProcess, as phase: RollNotice.Phase, at now: Date) async throws {
        try await publishNotice(of: process, as: phase, at: now)
        try await publishBoard(of: process.id, as: phase)
        try await publishAnswers(of: process)
    }

    /// Writes the header of a published roll anew.
    func publishNotice(
        of process: ElectionProcess, as phase: RollNotice.Phase, at now: Date
    ) async throws {
        try await execute(
            """
            delete from elections.roll_notices
            where organization_id = \(organization) and process_id = \(process.id) and phase = \(phase)
            """)
        let roll = try await provisionalRoll(of: process.id)
        let calendar = try await calendar(of: process.id)
        let window = roll.flatMap { ClaimWindow(calendar, of: $0) }
        try await execute(
            """
            insert into elections.roll_notices (
                organization_id, process_id, phase, municipality_code, alliance_id, process_name, electors,
                board_salt, sha256, claims_until, published_at, is_public)
            select \(organization), \(process.id), \(phase), places.municipality_code, \(process.alliance),
                \(process.name), coalesce(rolls.electors, provisional.eligible), provisional.board_salt,
                rolls.sha256, \(window?.closesAt), \(now), true
            from elections.provisional_rolls as provisional
            join tenancy.alliance_municipalities as places on places.organization_id = \(organization)
                and places.alliance_id = \(process.alliance)
            left join elections.rolls on \(phase) = 'frozen' and rolls.organization_id = \(organization)
                and rolls.process_id = \(process.id)
            where provisional.organization_id = \(organization) and provisional.process_id = \(process.id)
                and provisional.version = \(roll?.version)
            """)
    }

    private func publishBoard(of process: ID<ElectoralProcess>, as phase: RollNotice.Phase) async throws {
        try await execute(
            """
            delete from elections.roll_board
            where organization_id = \(organization) and process_id = \(process) and phase = \(phase)
            """)
        try await execute(
            """
            insert into elections.roll_board (
                organization_id, process_id, phase, document_digest, municipality_code, masked_name,
                masked_document, place, is_public)
            select \(organization), \(process), \(phase), digest, municipality_code, masked_name, masked_document,
                row_number() over (order by masked_name collate "es-CO-x-icu", masked_document, digest), true
            from (
                select listed.municipality_code, elections.masked_name(listed.name) as masked_name,
                    listed.document_type || ' ******'
                        || right(listed.document_number, least(3, length(listed.document_number) / 2))
                        as masked_document,
                    elections.answer_digest(
                        salt.board_salt, listed.document_type, listed.document_number, birth_date) as digest
                from (\(fragment: listed(in: process, as: phase))) as listed
                join membership.affiliates as people on people.organization_id = \(organization)
                    and people.person_id = listed.person_id
                cross join (\(fragment: boardSalt(of: process))) as salt
            ) as masked
            on conflict on constraint roll_board_pkey do nothing
            """)
    }

    /// Those who are on a roll.
    private func listed(in process: ID<ElectoralProcess>, as phase: RollNotice.Phase) -> SQL {
        switch phase {
        case .frozen:
            """
            select person_id, document_type, document_number, name, municipality_code
            from elections.roll_entries
            where organization_id = \(organization) and process_id = \(process)
            """
        case .provisional:
            """
            select person_id, document_type, document_number, name, municipality_code
            from elections.provisional_entries
            where organization_id = \(organization) and process_id = \(process) and verdict = 'eligible'
                and version = (
                    select max(version) from elections.provisional_rolls
                    where organization_id = \(organization) and process_id = \(process))
            """
        }
    }

    private func boardSalt(of process: ID<ElectoralProcess>) -> SQL {
        """
        select board_salt from elections.provisional_rolls
        where organization_id = \(organization) and process_id = \(process)
        order by version desc limit 1
        """
    }

    /// Writes the answers of a process: in words, so that whoever reads them needs nothing of the tenant.
    func publishAnswers(of process: ElectionProcess) async throws {
        let requirements = try await requirements()
        let isFrozen = try await roll(of: process.id) != nil
        try await execute(
            """
            delete from elections.roll_answers
            where organization_id = \(organization) and process_id = \(process.id)
            """)
        try await execute(
            """
            insert into elections.roll_answers (
                organization_id, process_id, answer_digest, municipality_code, standing, reasons, polling_place,
                is_public)
            select \(organization), \(process.id),
                elections.answer_digest(
                    salt.board_salt, coalesce(frozen.document_type, known.document_type),
                    coalesce(frozen.document_number, known.document_number), people.birth_date),
                coalesce(frozen.municipality_code, known.municipality_code),
                case when frozen.person_id is not null then 'in'
                    when \(isFrozen) then 'out'
                    when known.verdict = 'eligible' then 'in'
                    when known.verdict = 'unproven' then 'unproven'
                    else 'out' end,
                case when frozen.person_id is not null or (not \(isFrozen) and known.verdict = 'eligible') then '{}'
                    when cardinality(known.failed || known.unproven) = 0
                        then array['El comité electoral decidió una reclamación que lo excluye del censo.']
                    else array(
                        select coalesce(texts.words, codes.code)
                        from unnest(known.failed || known.unproven) with ordinality as codes (code, place)
                        left join unnest(
                            \(requirements.map(\.id)),
                            \(requirements.map { "\($0.title). \($0.cure)" })
                        ) as texts (code, words) on texts.code = codes.code
                        order by place) end,
                case when tables.table_id is not null
                    then 'Mesa ' || tables.number || ': ' || tables.place || ', ' || tables.address end,
                true
            from (
                select * from elections.provisional_entries
                where organization_id = \(organization) and process_id = \(process.id)
                    and version = (
                        select max(version) from elections.provisional_rolls
                        where organization_id = \(organization) and process_id = \(process.id))
            ) as known
            full join (
                select * from elections.roll_entries
                where organization_id = \(organization) and process_id = \(process.id)
            ) as frozen on frozen.person_id = known.person_id
            join membership.affiliates as people on people.organization_id = \(organization)
                and people.person_id = coalesce(frozen.person_id, known.person_id)
            left join elections.roll_assignments as assignments
                on assignments.organization_id = \(organization) and assignments.process_id = \(process.id)
                and assignments.person_id = frozen.person_id
            left join elections.voting_tables as tables on tables.organization_id = \(organization)
                and tables.table_id = assignments.table_id
            cross join (\(fragment: boardSalt(of: process.id))) as salt
            on conflict on constraint roll_answers_pkey do nothing
            """)
    }

    /// Writes what became of a claim: for whom it is about, by the date of birth of the register where it knows the
    /// document (a date that somebody else states opens nothing), and for who filed it, by the receipt.
    func publishAnswer(to claim: ID<Claim>, in process: ElectionProcess) async throws {
        try await execute(
            """
            delete from elections.claim_answers
            where organization_id = \(organization) and claim_id = \(claim)
            """)
        try await execute(
            """
            insert into elections.claim_answers (
                organization_id, claim_id, process_id, municipality_code, answer_digest, receipt_digest, number,
                kind, state, decision_reason, filed_at, decided_at, is_public)
            select \(organization), claims.claim_id, claims.process_id,
                coalesce(people.municipality_code, (
                    select min(municipality_code) from tenancy.alliance_municipalities
                    where organization_id = \(organization) and alliance_id = \(process.alliance))),
                elections.answer_digest(
                    salt.board_salt, claims.document_type, claims.document_number,
                    coalesce(people.birth_date, claims.stated_birth_date)),
                claims.receipt_digest, claims.number, claims.kind, claims.state, claims.decision_reason, claims.filed_at,
                claims.decided_at, true
            from elections.claims
            left join membership.affiliates as people on people.organization_id = \(organization)
                and people.document_type = claims.document_type
                and people.document_number = claims.document_number
            cross join (\(fragment: boardSalt(of: process.id))) as salt
            where claims.organization_id = \(organization) and claims.claim_id = \(claim)
                and (people.birth_date is not null or claims.stated_birth_date is not null
                    or claims.receipt_digest is not null)
            """)
    }
}

// MARK: - Reading what is published

extension Transaction where Scope == PublicScope {
    /// The published rolls of an alliance, the latest first.
    public func rollNotices(
        of alliance: ID<Alliance>, in organization: ID<Organization>
    ) async throws -> [RollNotice] {
        try await rows(
            """
            select distinct on (published_at, process_id, phase) process_id, process_name, phase, electors,
                board_salt, sha256, claims_until, published_at
            from elections.roll_notices
            where organization_id = \(organization) and alliance_id = \(alliance) and is_public
            order by published_at desc, process_id, phase
            """)
    }

    /// A page of the board of a roll, and how many are on it.
    public func rollBoard(
        of notice: RollNotice, in organization: ID<Organization>, limit: Int, offset: Int
    ) async throws -> [RollBoardLine] {
        try await rows(
            """
            select masked_name, masked_document, municipalities.name as municipality
            from elections.roll_board as board
            join catalogue.municipalities on municipalities.municipality_code = board.municipality_code
            where organization_id = \(organization) and process_id = \(notice.process)
                and phase = \(notice.phase) and is_public
            order by place limit \(limit) offset \(offset)
            """)
    }

    /// What the published roll says to who proves to be a person by document and date of birth; `nil` where the two do
    /// not belong together, or nobody has them.
    public func rollAnswer(
        to document: IdentityDocument, bornOn birthDate: CalendarDate, about notice: RollNotice,
        in organization: ID<Organization>
    ) async throws -> RollAnswer? {
        let digest = notice.digest(of: document, bornOn: birthDate)
        let standing = try await row(
            """
            select standing, reasons, polling_place from elections.roll_answers
            where organization_id = \(organization) and process_id = \(notice.process)
                and answer_digest = \(digest) and is_public
            """,
            as: StandingRow.self)
        let claims = try await rows(
            """
            select number, kind, state, decision_reason, filed_at, decided_at from elections.claim_answers
            where organization_id = \(organization) and process_id = \(notice.process)
                and answer_digest = \(digest) and is_public
            order by number
            """,
            as: ClaimAnswer.self)
        guard standing != nil || !claims.isEmpty else { return nil }
        return RollAnswer(
            standing: standing?.standing, reasons: standing?.reasons ?? [], place: standing?.place,
            claims: claims)
    }

    /// What became of the claim that a receipt is of, without the reasons: they speak of a person, who finds them by
    /// document and date of birth. `nil` where no claim of the process has the code.
    public func claimAnswer(
        to receipt: ReadableCode, about notice: RollNotice, in organization: ID<Organization>
    ) async throws -> ClaimAnswer? {
        try await row(
            """
            select number, kind, state, null::text as decision_reason, filed_at, decided_at
            from elections.claim_answers
            where organization_id = \(organization) and process_id = \(notice.process)
                and receipt_digest = \(receipt.digest) and is_public
            """)
    }
}
