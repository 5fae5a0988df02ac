import Foundation
import Governance
import Kernel
import Membership
import Postgres
import Tenancy
import TestSupport

@testable import Elections

/// A called election with members who can stand: those whose place is not a multiple of three meet what can be read
/// from the register, the others are suspended.
struct SlateSetting {
    let election: ElectionSetting
    let process: ID<ElectoralProcess>
    let contest: Contest
    /// The members, in the order of their documents.
    let members: [ID<Person>]

    var runner: CommandRunner { election.tenants.runner }
    var alliance: ID<Alliance> { election.alliance.id }
    var committee: Principal { election.committee }
    var office: Principal { election.office }

    static func make(members count: Int = 16) async throws -> Self {
        let election = try await ElectionSetting.make(members: count)
        let process = try await election.called()
        let (contests, members) = try await election.tenants.database.read(
            TenantScope(election.office)
        ) { transaction in
            (
                try await transaction.contests(of: process),
                try await transaction.values(
                    """
                    select person_id from membership.affiliates
                    where organization_id = \(election.organization.id) order by document_number
                    """, as: ID<Person>.self)
            )
        }
        return Self(election: election, process: process, contest: contests[0], members: members)
    }

    /// Those who meet the requirements, in order.
    var fit: [ID<Person>] {
        members.enumerated().filter { (1_000_000_000 + $0.offset) % 3 != 0 }.map(\.element)
    }
    /// Those who do not.
    var unfit: [ID<Person>] { members.filter { !fit.contains($0) } }

    func nomination(
        _ principals: [ID<Person>], _ alternates: [ID<Person>] = [], named name: String? = "Salud para todos"
    ) throws -> Nomination {
        try Nomination(
            name: name, representative: "Rosa Prueba", contact: "3000000000", principals: principals,
            alternates: alternates)
    }

    @discardableResult
    func register(
        _ principals: [ID<Person>], _ alternates: [ID<Person>] = [], named name: String? = "Salud para todos",
        as principal: Principal? = nil
    ) async throws -> ID<Slate> {
        try await runner.run(
            RegisterSlate(
                try nomination(principals, alternates, named: name), in: contest.id, of: process, of: alliance
            ),
            as: principal ?? office)
    }

    func file(_ slate: ID<Slate>) async throws -> SlateFile {
        try await runner.fetch(ReadSlate(slate, of: process, of: alliance), as: committee)
    }

    func list() async throws -> SlateList {
        try await runner.fetch(ListSlates(of: process, of: alliance), as: committee)
    }

    /// A signed paper.
    func paper() async throws -> ID<StoredFile> {
        try await runner.run(
            StoreFile(
                try StoredFile(
                    name: "aceptacion.txt", content: Array("Acepto.".utf8),
                    effectiveOn: ColombianTime.date(at: election.tenants.clock.now)),
                as: .elections, in: .process(process, of: alliance)), as: office)
    }

    func accept(_ candidate: ID<Candidate>, on slate: ID<Slate>) async throws {
        try await runner.run(
            AcceptCandidacy(
                of: candidate, on: slate, signedOn: ColombianTime.date(at: election.tenants.clock.now),
                proof: try await paper(), of: process, of: alliance), as: office)
    }

    /// Lets all of a slate accept.
    func acceptAll(_ slate: ID<Slate>) async throws {
        for candidate in try await file(slate).candidates where candidate.acceptedAt == nil {
            try await accept(candidate.id, on: slate)
        }
    }

    func decide(
        _ slate: ID<Slate>, _ decision: DecideSlate.Decision, _ reason: String? = "Se pide después.",
        as principal: Principal? = nil
    ) async throws {
        try await runner.run(
            DecideSlate(slate, as: decision, because: reason, of: process, of: alliance),
            as: principal ?? committee)
    }

    /// Registers a slate of people who meet what is asked, and admits it.
    func admitted(_ principals: [ID<Person>], named name: String = "Salud para todos") async throws -> ID<
        Slate
    > {
        let slate = try await register(principals, named: name)
        try await acceptAll(slate)
        try await decide(slate, .admit)
        return slate
    }

    func disqualify(
        _ candidate: ID<Candidate>, on slate: ID<Slate>, as principal: Principal? = nil
    ) async throws {
        try await runner.run(
            DisqualifyCandidate(
                candidate, on: slate,
                for: DisqualificationGround(
                    "No cumple la afiliación", norm: "Reglamento, artículo 4", reason: "Está suspendido."),
                of: process, of: alliance), as: principal ?? committee)
    }

    /// Somebody else of the committee.
    func colleague(_ name: String = "Otra Persona", person: ID<Person>? = nil) async throws -> Principal {
        var document: IdentityDocument?
        if let person { document = try await election.document(of: person) }
        return try await election.tenants.principal(
            .electionCommittee, of: election.organization, in: .alliance(alliance), name: name,
            document: document)
    }
}

extension SlateSetting {
    func edit(_ slate: ID<Slate>, _ nomination: Nomination) async throws {
        try await runner.run(EditSlate(slate, as: nomination, of: process, of: alliance), as: office)
    }

    func withdraw(_ slate: ID<Slate>, _ reason: String) async throws {
        try await runner.run(WithdrawSlate(slate, because: reason, of: process, of: alliance), as: office)
    }

    func replace(
        _ candidate: ID<Candidate>, on slate: ID<Slate>, by person: ID<Person>, because reason: String?
    ) async throws {
        try await runner.run(
            ReplaceCandidate(
                candidate, on: slate, by: person, because: reason, of: process, of: alliance), as: office)
    }

    func appeal(_ candidate: ID<Candidate>, on slate: ID<Slate>, _ words: String) async throws {
        try await runner.run(
            AppealDisqualification(of: candidate, on: slate, because: words, of: process, of: alliance),
            as: office)
    }

    func decideAppeal(
        of candidate: ID<Candidate>, on slate: ID<Slate>, _ outcome: Disqualification.Outcome,
        as principal: Principal? = nil
    ) async throws {
        try await runner.run(
            DecideAppeal(
                of: candidate, on: slate, as: outcome, because: "Se revisó.", of: process, of: alliance),
            as: principal ?? committee)
    }

    @discardableResult
    func accredit(
        _ name: String, _ number: String, at table: ID<VotingTable>? = nil, for slate: ID<Slate>
    ) async throws -> ID<SlateWitness> {
        try await runner.run(
            AccreditWitness(
                name, try IdentityDocument(type: .cedula, number: number), at: table, for: slate, of: process,
                of: alliance), as: committee)
    }

    /// Upholds a claim that takes a person off the roll.
    func claimOut(_ person: ID<Person>) async throws {
        let now = election.tenants.clock.now
        _ = try await election.tenants.database.transaction(TenantScope(office)) { transaction in
            try await transaction.execute(
                """
                insert into elections.claims (
                    organization_id, claim_id, process_id, number, kind, person_id, document_type, document_number,
                    person_name, claimant, is_ex_officio, ground, filed_at, state, decision_reason, decided_at)
                values (\(election.organization.id), \(ID<Person>()), \(process), 1, 'exclude', \(person), 'CC', '1',
                    'Ana Prueba', 'Comité', true, 'Prueba', \(now), 'upheld', 'Prueba', \(now))
                """)
        }
    }

    /// Does what waits in the outbox for the board of slates.
    func publish() async throws {
        try await election.tenants.database.transaction(TenantScope(office)) { transaction in
            try await transaction.publishSlates(of: alliance)
        }
    }

    /// What anybody reads.
    func board() async throws -> [PublishedSlate] {
        let organization = election.organization.id
        return try await election.tenants.database.read(PublicScope()) { transaction in
            try await transaction.publishedSlates(of: process, of: alliance, in: organization)
        }
    }
}
