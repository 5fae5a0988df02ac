import Crypto
import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

extension ProvisionalRoll: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        self.init(
            version: try row["version"], cutoffOn: try row["cutoff_on"], eligible: try row["eligible"],
            ineligible: try row["ineligible"], unproven: try row["unproven"],
            publishedAt: try row["published_at"], claimsUntil: try row["claims_until"])
    }
}

extension Roll: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        self.init(
            electors: try row["electors"], salt: try row["salt"], sha256: try row["sha256"],
            frozenAt: try row["frozen_at"])
    }
}

extension RollEntry: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        self.init(
            person: try row["person_id"], position: try row["position"],
            documentType: try row["document_type"], documentNumber: try row["document_number"],
            name: try row["name"], municipality: try row["municipality_code"])
    }
}

extension Transaction where Scope == TenantScope {
    /// The latest publication of the provisional roll of a process.
    public func provisionalRoll(of process: ID<ElectoralProcess>) async throws -> ProvisionalRoll? {
        try await row(
            """
            select version, cutoff_on, eligible, ineligible, unproven, published_at, claims_until
            from elections.provisional_rolls
            where organization_id = \(organization) and process_id = \(process)
            order by version desc limit 1
            """)
    }

    /// The frozen roll of a process.
    public func roll(of process: ID<ElectoralProcess>) async throws -> Roll? {
        try await row(
            """
            select electors, salt, sha256, frozen_at from elections.rolls
            where organization_id = \(organization) and process_id = \(process)
            """)
    }

    /// The electors of a frozen roll, in the order of their names.
    public func rollEntries(of process: ID<ElectoralProcess>) async throws -> [RollEntry] {
        try await rows(
            """
            select person_id, position, document_type, document_number, name, municipality_code
            from elections.roll_entries
            where organization_id = \(organization) and process_id = \(process)
            order by position
            """)
    }

    /// Writes a publication of the provisional roll: every member with the verdict on their right to vote, in one
    /// statement.
    func publishProvisionalRoll(
        of process: ElectionProcess, asOf day: CalendarDate, because reason: String?, at now: Date
    ) async throws -> ProvisionalRoll {
        let latest = try await provisionalRoll(of: process.id)?.version ?? 0
        let verdicts = try await verdicts(
            as: .elector, in: EligibilitySpace(alliance: process.alliance, process: process.id), on: day,
            at: now, stage: .preparation)
        let counts = try await rows(
            "select verdict, count(*) as people from (\(fragment: verdicts)) as verdicts group by verdict",
            as: VerdictCount.self)
        func count(_ verdict: String) -> Int { counts.first { $0.verdict == verdict }?.people ?? 0 }
        guard counts.contains(where: { $0.people > 0 }) else { throw RollError.noMembers }
        let window = ClaimWindow(try await calendar(of: process.id), publishedAt: now)
        let roll = ProvisionalRoll(
            version: latest + 1, cutoffOn: day, eligible: count("eligible"), ineligible: count("ineligible"),
            unproven: count("unproven"), publishedAt: now, claimsUntil: window?.closesAt)
        let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) }
        try await execute(
            """
            insert into elections.provisional_rolls (
                organization_id, process_id, version, cutoff_on, eligible, ineligible, unproven, board_salt,
                reason, claims_until, published_at, published_by)
            values (
                \(organization), \(process.id), \(roll.version), \(day), \(roll.eligible),
                \(roll.ineligible), \(roll.unproven), \(salt), \(reason),
                \(roll.claimsUntil), \(now), \(scope.principal.user))
            """)
        try await execute(
            """
            insert into elections.provisional_entries (
                organization_id, process_id, version, person_id, document_type, document_number, name,
                name_folded, municipality_code, verdict, failed, unproven)
            select \(organization), \(process.id), \(roll.version), affiliates.person_id, document_type,
                document_number, concat_ws(' ', first_name, second_name, first_surname, second_surname),
                name_folded, municipality_code, verdict, failed, unproven
            from (\(fragment: verdicts)) as verdicts
            join membership.affiliates
                on affiliates.organization_id = \(organization)
                and affiliates.person_id = verdicts.person_id
            """)
        return roll
    }

    /// Freezes the roll by the only function that may write it.
    ///
    /// - Throws: ``RollError``.
    func freezeRoll(of process: ElectionProcess, at now: Date) async throws -> Roll {
        let salt = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        try await execute(
            """
            select elections.freeze_roll(
                \(organization), \(process.id), \(salt), \(now), \(scope.principal.user))
            """,
            refusals: [
                "rolls_follow_claims": RollError.notNow(process.state),
                "rolls_claims_are_decided": RollError.claimsOpen([]),
                "roll_entries_document_key": RollError.documentTwice,
                "rolls_electors_count": RollError.nobody,
            ])
        guard let roll = try await roll(of: process.id) else { throw RollError.nobody }
        return roll
    }

    /// Writes the call, and binds its contests: from now on they can be neither changed nor removed.
    func insertCall(
        _ text: String, of process: ID<ElectoralProcess>, channels: [String], at now: Date
    ) async throws {
        try await execute(
            """
            insert into elections.calls (
                organization_id, process_id, calendar_version, text, sha256, channels, published_at,
                published_by)
            select \(organization), \(process), max(version), \(text),
                \(Array(SHA256.hash(data: Array(text.utf8)))), \(channels), \(now), \(scope.principal.user)
            from elections.calendars where organization_id = \(organization) and process_id = \(process)
            """,
            refusals: ["calls_pkey": ProcessError.alreadyCalled])
        try await execute(
            """
            insert into elections.called_contests (organization_id, process_id, contest_id)
            select organization_id, process_id, contest_id from elections.contests
            where organization_id = \(organization) and process_id = \(process)
            """)
    }

    /// The text of the call as it was published.
    public func call(of process: ID<ElectoralProcess>) async throws -> String? {
        try await value(
            """
            select text from elections.calls
            where organization_id = \(organization) and process_id = \(process)
            """)
    }
}

/// How many people have a verdict.
private struct VerdictCount: RowDecodable {
    let verdict: String
    let people: Int

    init(row: Row) throws(RowError) {
        verdict = try row["verdict"]
        people = try row["people"]
    }
}
