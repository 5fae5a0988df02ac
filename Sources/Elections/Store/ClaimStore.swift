import Foundation
import Kernel
public import Postgres
import Tenancy

extension Claim.Kind: SQLValue {}
extension Claim.State: SQLValue {}

extension Claim: RowDecodable {
    /// Reads a row with the name of who decided.
    public init(row: Row) throws(RowError) {
        let type: String = try row["document_type"]
        let number: String = try row["document_number"]
        self.init(
            id: try row["claim_id"], number: try row["number"], kind: try row["kind"],
            person: try row["person_id"], document: "\(type) \(number)", personName: try row["person_name"],
            claimant: try row["claimant"], contact: try row["contact"],
            isExOfficio: try row["is_ex_officio"], filedBy: try row["filed_by"],
            correction: try row["correction_words"], ground: try row["ground"],
            statedBirthDate: try row["stated_birth_date"], filedAt: try row["filed_at"],
            state: try row["state"], decisionReason: try row["decision_reason"],
            decidedAt: try row["decided_at"], decidedBy: try row["decided_by_name"])
    }

    fileprivate static var columns: SQL {
        """
        claims.claim_id, claims.number, claims.kind, claims.person_id, claims.document_type,
        claims.document_number,
        person_name, claimant, contact, is_ex_officio, filed_by, ground, stated_birth_date, filed_at,
        claims.state, decision_reason, decided_at, users.name as decided_by_name,
        case corrects
            when 'name' then 'Nombre: ' || correction
            when 'document' then 'Documento: ' || correction
            when 'municipality' then 'Municipio: ' || municipalities.name
        end as correction_words
        """
    }

    fileprivate static var sources: SQL {
        """
        elections.claims
        left join tenancy.users on users.organization_id = claims.organization_id
            and users.user_id = claims.decided_by
        left join catalogue.municipalities on claims.corrects = 'municipality'
            and municipalities.municipality_code = claims.correction
        """
    }
}

extension ClaimSubject: RowDecodable {
    /// Reads a row of the register.
    public init(row: Row) throws(RowError) {
        let type: String = try row["document_type"]
        let number: String = try row["document_number"]
        self.init(
            person: try row["person_id"], name: try row["name"], document: "\(type) \(number)",
            birthDate: try row["birth_date"], municipality: try row["municipality"],
            isMember: try row["is_member"], verdict: try row["verdict"])
    }
}

/// Whom a document belongs to, and the verdict of a provisional roll on them.
struct ProvisionalStanding: RowDecodable {
    let person: ID<Person>?
    let verdict: String?

    init(person: ID<Person>?, verdict: String?) {
        self.person = person
        self.verdict = verdict
    }

    init(row: Row) throws(RowError) {
        self.init(person: try row["person_id"], verdict: try row["verdict"])
    }
}

extension Transaction where Scope == TenantScope {
    /// The claims of a process in the order in which they came.
    func claims(of process: ID<ElectoralProcess>) async throws -> [Claim] {
        try await rows(
            """
            select \(fragment: Claim.columns) from \(fragment: Claim.sources)
            where claims.organization_id = \(organization) and claims.process_id = \(process)
            order by claims.number
            """)
    }

    /// A claim of a process.
    func claim(_ id: ID<Claim>, of process: ID<ElectoralProcess>) async throws -> Claim? {
        try await row(
            """
            select \(fragment: Claim.columns) from \(fragment: Claim.sources)
            where claims.organization_id = \(organization) and claims.process_id = \(process)
                and claims.claim_id = \(id)
            """)
    }

    /// The numbers of the claims that wait for their decision.
    func openClaims(of process: ID<ElectoralProcess>) async throws -> [Int] {
        try await values(
            """
            select number::bigint from elections.claims
            where organization_id = \(organization) and process_id = \(process) and state = 'open'
            order by number
            """)
    }

    /// Whom a document belongs to, and the verdict on them.
    func standing(
        of document: IdentityDocument, in process: ID<ElectoralProcess>, version: Int
    ) async throws -> ProvisionalStanding {
        try await row(
            """
            select people.person_id, entries.verdict
            from (select \(document.type.rawValue)::text as type, \(document.number)::text as number) as asked
            left join membership.affiliates as people on people.organization_id = \(organization)
                and people.document_type = asked.type and people.document_number = asked.number
            left join elections.provisional_entries as entries
                on entries.organization_id = \(organization) and entries.process_id = \(process)
                and entries.version = \(version) and entries.person_id = people.person_id
            """,
            as: ProvisionalStanding.self) ?? ProvisionalStanding(person: nil, verdict: nil)
    }

    /// What became of the claims about a person in a process, in the order in which they came.
    func claims(about person: ID<Person>, in process: ID<ElectoralProcess>) async throws -> [ClaimAnswer] {
        try await rows(
            """
            select number, kind, state, decision_reason, filed_at, decided_at from elections.claims
            where organization_id = \(organization) and process_id = \(process) and person_id = \(person)
            order by number
            """)
    }

    /// Adds a claim under the next number of its process, whose row the caller has locked.
    ///
    /// - Throws: ``ClaimError/alreadyOpen``.
    func insert(
        _ draft: ClaimDraft, as id: ID<Claim>, about person: ID<Person>?, isExOfficio: Bool,
        against receipt: ReadableCode?, in process: ID<ElectoralProcess>, at now: Date
    ) async throws -> Int {
        let last: Int? = try await value(
            """
            select max(number) from elections.claims
            where organization_id = \(organization) and process_id = \(process)
            """)
        let number = (last ?? 0) + 1
        try await execute(
            """
            insert into elections.claims (
                organization_id, claim_id, process_id, number, kind, person_id, document_type, document_number,
                person_name, claimant, contact, is_ex_officio, corrects, correction, correction_order, ground,
                stated_birth_date, receipt_digest, filed_at, filed_by, state)
            values (
                \(organization), \(id), \(process), \(number), \(draft.kind), \(person),
                \(draft.document.type.rawValue), \(draft.document.number), \(draft.personName),
                \(draft.claimant), \(draft.contact), \(isExOfficio), \(draft.correction?.field),
                \(draft.correction?.text), \(draft.correction?.folded), \(draft.ground), \(draft.birthDate),
                \(receipt?.digest), \(now), \(scope.principal.user), 'open')
            """,
            refusals: [
                "claims_one_open_key": ClaimError.alreadyOpen,
                "claims_one_open_public_key": ClaimError.alreadyOpen,
            ])
        return number
    }

    /// Whom a claim is about: as it was filed, or whoever the register knows by that document by now.
    func subject(of claim: ID<Claim>, in process: ID<ElectoralProcess>) async throws -> ID<Person>? {
        try await value(
            """
            select coalesce(claims.person_id, people.person_id)
            from elections.claims
            left join membership.affiliates as people on people.organization_id = claims.organization_id
                and people.document_type = claims.document_type
                and people.document_number = claims.document_number
            where claims.organization_id = \(organization) and claims.process_id = \(process)
                and claims.claim_id = \(claim)
            """)
    }

    /// What the register says of whom a claim is about.
    func claimSubject(_ person: ID<Person>, in process: ElectionProcess) async throws -> ClaimSubject? {
        try await row(
            """
            select people.person_id, document_type, document_number, birth_date,
                concat_ws(' ', first_name, second_name, first_surname, second_surname) as name,
                municipalities.name as municipality,
                exists (
                    select from membership.memberships
                    where memberships.organization_id = \(organization)
                        and memberships.alliance_id = \(process.alliance)
                        and memberships.person_id = people.person_id and left_on is null) as is_member,
                (
                    select verdict from elections.provisional_entries as entries
                    where entries.organization_id = \(organization) and entries.process_id = \(process.id)
                        and entries.person_id = people.person_id
                    order by version desc limit 1) as verdict
            from membership.affiliates as people
            join catalogue.municipalities on municipalities.municipality_code = people.municipality_code
            where people.organization_id = \(organization) and people.person_id = \(person)
            """)
    }

    /// Whether somebody is a member of an alliance at present.
    func isMember(_ person: ID<Person>, of alliance: ID<Alliance>) async throws -> Bool {
        try await value(
            """
            select exists (
                select from membership.memberships
                where organization_id = \(organization) and alliance_id = \(alliance)
                    and person_id = \(person) and left_on is null)
            """) ?? false
    }

    /// Writes a decision.
    ///
    /// - Throws: ``ClaimError/decided``.
    func decide(
        _ claim: ID<Claim>, about person: ID<Person>?, isUpheld: Bool, because reason: String,
        in process: ID<ElectoralProcess>, at now: Date
    ) async throws {
        let verdict = isUpheld ? Claim.State.upheld : .dismissed
        let isDecided: Bool? = try await value(
            """
            select elections.decide_claim(
                \(organization), \(process), \(claim), \(person), \(verdict), \(reason), \(now),
                \(scope.principal.user))
            """)
        guard isDecided == true else { throw ClaimError.decided }
    }
}
