import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Standing: RowDecodable {
    /// Reads a row of the projection.
    public init(row: Row) throws(RowError) {
        code = try row["code"]
        norm = try row["norm"]
        normIsConfirmed = try row["norm_is_confirmed"]
        deadlineIsConfirmed = try row["deadline_is_confirmed"]
        state = try row["state"]
        since = try row["since"]
        dueOn = try row["due_on"]
        finding = try row["finding"]
        evaluatedAt = try row["evaluated_at"]
        let words: String? = try row["next_step"]
        let place: String? = try row["next_place"]
        let subject: String? = try row["next_subject"]
        next = words.flatMap { words in
            place.flatMap(NextStep.Place.init).map { NextStep(words, in: $0, of: subject) }
        }
        let document: JSONText = try row["evidence"]
        do {
            evidence = try document.decoded()
        } catch {
            throw RowError(unreadable: "evidence", because: error)
        }
    }
}

extension ObligationChange: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        code = try row["code"]
        state = try row["state"]
        finding = try row["finding"]
        changedAt = try row["changed_at"]
    }
}

extension Standing {
    /// The columns that a standing is read from.
    static var columns: SQL {
        """
        states.code, states.norm, states.norm_is_confirmed, states.deadline_is_confirmed, states.state,
        states.since, states.due_on, states.finding, states.next_step, states.next_place, states.next_subject,
        states.evidence, states.evaluated_at
        """
    }
}

/// A row of a list of alliances, before it is known where it is shown.
struct ComplianceListRow: RowDecodable {
    let row: ComplianceRow

    init(row: Row) throws(RowError) {
        let codes: [Obligation.Code] = try row["codes"]
        let states: [ObligationState] = try row["states"]
        self.row = ComplianceRow(
            organization: try row["organization_id"], entity: try row["organization_name"],
            kind: try row["organization_kind"], municipality: try row["municipality"],
            information: .alliance(
                try row["alliance_id"], name: try row["alliance_name"], slug: try row["alliance_slug"],
                state: try row["state"]),
            states: Dictionary(zip(codes, states)) { first, _ in first }, dueOn: try row["due_on"],
            electionsDue: try row["elections_due"], electionDueOn: try row["election_due_on"])
    }
}

extension Transaction where Scope == TenantScope {
    /// Returns where an alliance stands on each obligation, by code.
    public func standings(of alliance: ID<Alliance>) async throws -> [Standing] {
        try await rows(
            """
            select distinct on (states.code) \(fragment: Standing.columns)
            from reporting.obligation_states as states
            where states.organization_id = \(organization) and states.alliance_id = \(alliance)
            order by states.code, states.municipality_code
            """)
    }

    /// Returns the changes of an alliance's states, the latest first, at most `limit`.
    public func obligationChanges(
        of alliance: ID<Alliance>, limit: Int = 60
    ) async throws -> [ObligationChange] {
        try await rows(
            """
            select code, state, finding, changed_at from reporting.obligation_changes
            where organization_id = \(organization) and alliance_id = \(alliance)
            order by changed_at desc, code limit \(limit)
            """)
    }

    /// Returns the alliances of the tenant with their states.
    public func complianceRows() async throws -> [ComplianceRow] {
        try await rows(
            """
            select profiles.organization_id, profiles.organization_name, profiles.organization_kind,
                profiles.alliance_id, profiles.alliance_name, profiles.alliance_slug, profiles.state,
                profiles.municipality, states.codes, states.states, states.due_on,
                profiles.elections_due, profiles.election_due_on
            from (
                select organization_id, organization_name, organization_kind, alliance_id, alliance_name,
                    alliance_slug, state, string_agg(municipalities.name, ', ' order by municipalities.name)
                    as municipality,
                    \(fragment: ComplianceListRow.electionsDue)
                from reporting.alliance_profiles
                join catalogue.municipalities
                    on municipalities.municipality_code = alliance_profiles.municipality_code
                where organization_id = \(organization)
                group by organization_id, organization_name, organization_kind, alliance_id, alliance_name,
                    alliance_slug, state
            ) as profiles
            join (
                select alliance_id, array_agg(code order by code) as codes,
                    array_agg(state order by code) as states,
                    min(due_on) filter (where state in ('due', 'overdue')) as due_on
                from (
                    select distinct alliance_id, code, state, due_on from reporting.obligation_states
                    where organization_id = \(organization)
                ) as each_state
                group by alliance_id
            ) as states on states.alliance_id = profiles.alliance_id
            order by profiles.alliance_name
            """,
            as: ComplianceListRow.self
        ).map(\.row)
    }
}
