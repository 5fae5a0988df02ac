import Foundation
import Kernel
import Membership
public import Postgres
import Tenancy

extension CandidateFile: RowDecodable {
    /// Reads a row of a slate, without dossier or disqualification.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["candidate_id"], person: try row["person_id"], name: try row["name"],
            document: try row.identityDocument(), role: try row["role"], position: try row["position"],
            state: try row["state"], stateReason: try row["state_reason"],
            acceptedAt: try row["accepted_at"], acceptance: try row["acceptance"],
            acceptanceFile: try row["acceptance_file_id"], replaces: try row["replaces_id"],
            isOnRoll: try row["is_on_roll"])
    }
}

/// A person who is to stand in a place of a slate.
struct Placement {
    let person: ID<Person>
    let name: String
    let role: CandidateRole
    let position: Int
    var replaces: ID<Candidate>?
    /// How the person accepted, where they stood on the slate before in the same role.
    var acceptance: (at: Date?, words: String?, file: ID<StoredFile>?) = (nil, nil, nil)
}

extension Transaction where Scope == TenantScope {
    /// Everybody who is or was on a slate, principals first, in their order.
    func candidates(of slate: ID<Slate>) async throws -> [CandidateFile] {
        try await rows(
            """
            select candidates.candidate_id, candidates.person_id, candidates.name, affiliates.document_type,
                affiliates.document_number, role, candidates.position, candidates.state,
                candidates.state_reason, accepted_at, acceptance, acceptance_file_id, replaces_id,
                case when rolls.process_id is not null then entries.person_id is not null end as is_on_roll
            from elections.candidates
            join membership.affiliates on affiliates.organization_id = \(organization)
                and affiliates.person_id = candidates.person_id
            left join elections.rolls on rolls.organization_id = \(organization)
                and rolls.process_id = candidates.process_id
            left join elections.roll_entries as entries on entries.organization_id = \(organization)
                and entries.process_id = candidates.process_id and entries.person_id = candidates.person_id
            where candidates.organization_id = \(organization) and candidates.slate_id = \(slate)
            order by case role when 'principal' then 0 else 1 end, candidates.position,
                candidates.registered_at, candidates.candidate_id
            """)
    }

    /// Puts people in their places, with the capacity that keeps them from running the election.
    ///
    /// - Returns: The candidacies, in the order of the places.
    /// - Throws: ``SlateError``, ``CandidacyError`` where somebody else was faster.
    func insertCandidates(
        _ placements: [Placement], of slate: ID<Slate>, in contest: Contest, at now: Date
    ) async throws -> [ID<Candidate>] {
        // In the order of the people, so that two who name the same ones do not wait for each other.
        let people = placements.map(\.person).sorted { $0.description < $1.description }
        try await execute(
            """
            insert into elections.capacities (organization_id, process_id, person_id, capacity, since)
            select \(organization), \(contest.process), people.person_id, 'candidate', \(now)
            from unnest(\(people)) with ordinality as people (person_id, place)
            order by people.place
            on conflict (organization_id, process_id, person_id) do nothing
            """)
        let ids = placements.map { _ in ID<Candidate>() }
        try await execute(
            """
            insert into elections.candidates (
                organization_id, candidate_id, process_id, contest_id, slate_id, person_id, capacity, name, role,
                position, state, registered_at, replaces_id, accepted_at, acceptance, acceptance_file_id)
            select \(organization), places.candidate_id, \(contest.process), \(contest.id), \(slate),
                places.person_id, 'candidate', places.name, places.role, places.position, 'standing', \(now),
                places.replaces_id, places.accepted_at, places.acceptance, places.acceptance_file_id
            from unnest(
                \(ids), \(placements.map(\.person)), \(placements.map(\.name)), \(placements.map(\.role)),
                \(placements.map(\.position)), \(placements.map(\.replaces)),
                \(placements.map(\.acceptance.at)), \(placements.map(\.acceptance.words)),
                \(placements.map(\.acceptance.file))
            ) as places (
                candidate_id, person_id, name, role, position, replaces_id, accepted_at, acceptance,
                acceptance_file_id)
            """,
            refusals: [
                "candidates_one_slate_key": SlateError.onAnotherSlate(
                    "Una de las personas", slate: "otra plancha"),
                "candidates_one_per_place_key": CandidacyError.placeTaken,
                "candidates_capacity_fkey": SlateError.otherCapacity("Una de las personas", .committee),
            ])
        return ids
    }

    /// Takes people off a slate.
    func takeOff(
        _ candidates: [ID<Candidate>], as state: CandidateState, because reason: String
    ) async throws {
        try await execute(
            """
            update elections.candidates set state = \(state), state_reason = \(reason)
            where organization_id = \(organization) and candidate_id = any (\(candidates))
                and state = 'standing'
            """)
    }

    /// Puts a candidate who was kept out back in the place.
    ///
    /// - Throws: ``SlateError``, ``CandidacyError`` where the place or the person is taken.
    func putBack(_ candidate: ID<Candidate>) async throws {
        try await execute(
            """
            update elections.candidates set state = 'standing', state_reason = null
            where organization_id = \(organization) and candidate_id = \(candidate)
                and state = 'disqualified'
            """,
            refusals: [
                "candidates_one_slate_key": SlateError.onAnotherSlate("Esta persona", slate: "otra plancha"),
                "candidates_one_per_place_key": CandidacyError.placeTaken,
            ])
    }

    /// Records that a candidate accepts.
    ///
    /// - Throws: ``CandidacyError/acceptedAlready``.
    func accept(
        _ candidate: ID<Candidate>, at moment: Date, how words: String, proof: ID<StoredFile>
    ) async throws {
        let accepted = try await execute(
            """
            update elections.candidates set accepted_at = \(moment), acceptance = \(words),
                acceptance_file_id = \(proof)
            where organization_id = \(organization) and candidate_id = \(candidate) and state = 'standing'
                and accepted_at is null
            """)
        guard accepted == 1 else { throw CandidacyError.acceptedAlready }
    }

    /// Keeps what the requirements of a candidate were when they were read.
    func keep(_ dossier: Dossier, of candidate: ID<Candidate>, at now: Date) async throws {
        let outcomes = try JSONText(encoding: dossier.outcomes.map { KeptOutcome($0, on: dossier.day) })
        try await execute(
            """
            insert into elections.candidate_dossiers (
                organization_id, candidate_id, version, verdict, outcomes, evaluated_at)
            select \(organization), \(candidate), coalesce(max(version), 0) + 1, \(dossier.verdict),
                \(outcomes), \(now)
            from elections.candidate_dossiers
            where organization_id = \(organization) and candidate_id = \(candidate)
            """)
    }
}

/// An outcome as it is kept with a candidacy.
private struct KeptOutcome: Encodable {
    let code: String
    let title: String
    let norm: String
    let verdict: String
    let ground: String
    let fact: String?
    let source: String?
    let factDate: String?
    let day: String

    init(_ outcome: Outcome, on day: CalendarDate) {
        code = outcome.requirement.id
        title = outcome.requirement.title
        norm = outcome.requirement.norm
        verdict = outcome.verdict.rawValue
        ground = outcome.ground.rawValue
        fact = outcome.fact
        source = outcome.source
        factDate = outcome.factDate?.description
        self.day = day.description
    }
}
