import Elections
import Foundation
import Kernel
import Membership
import Postgres
import Tenancy
import VerifiableVoting

/// An open electronic box of an ``InventedElection``, with a roll and a pass for each voter: what casting needs, in rows.
struct BenchBox<Group: VotingGroup>: Sendable {
    /// The tenant.
    let organization: ID<Organization>
    /// The passes, a voter each.
    let tokens: [EntranceToken]
    private let database: Database
    private let box = ID<BallotBox>()

    /// Makes the rows as the database's owner, in a tenant of its own.
    static func make(
        of election: InventedElection<Group>, round: Int, in workbench: Workbench
    ) async throws -> Self {
        let runner = CommandRunner(database: workbench.database)
        let name = "EPS de medida \(Group.name) \(round)"
        let organization = try await RegisterOrganization(
            kind: .insurer, name: name, shortName: name, municipality: "13001"
        ).run(through: runner)
        let alliance = try await runner.run(
            CreateAlliance(name: "Alianza de medida", kind: .territory, municipalities: ["23672"]),
            as: .terminal(in: organization.id))
        let made = Self(
            organization: organization.id, tokens: election.credentials.map { _ in .random() },
            database: workbench.database)
        try await made.insert(election, of: alliance.id)
        return made
    }

    private func insert(_ election: InventedElection<Group>, of alliance: ID<Alliance>) async throws {
        let (org, process) = ("'\(organization)'::uuid", "'\(ID<ElectoralProcess>())'::uuid")
        let texts = [election.description.text, election.trustees.text, election.published]
            .map { "convert_to($text$\(String(decoding: $0, as: UTF8.self))$text$, 'UTF8')" }
            .joined(separator: ", ")
        let voters = zip(election.credentials, tokens).map { credential, token in
            "('\(ID<Person>())'::uuid, '\(credential)', sha256('\\x\(token.text)'::bytea))"
        }.joined(separator: ",\n")
        try await database.script(
            """
            begin;
            insert into elections.processes (
                organization_id, process_id, alliance_id, name, state, drafted_at, state_changed_at)
            values (\(org), \(process), '\(alliance)', 'Elección de medida', 'voting', now(), now());
            create temporary table voters (number serial, person_id uuid, credential text, token bytea);
            insert into voters (person_id, credential, token) values \(voters);
            insert into elections.roll_entries (
                organization_id, process_id, person_id, position, document_type, document_number, name, name_folded,
                municipality_code, leaf)
            select \(org), \(process), person_id, number, 'CC', (1000000 + number)::text, 'Ana Prueba', 'ana prueba',
                '23672', sha256('')
            from voters;
            create temporary table texts as
            select array[\(texts)] as data;
            update texts set data = data || convert_to(
                '{"election":"' || encode(sha256(data[1]), 'hex') || '","trustees":"' || encode(sha256(data[2]), 'hex')
                || '","credentials":"' || encode(sha256(data[3]), 'hex') || '"}', 'UTF8');
            update texts set data =
                data || elections.box_event(null, 0, 'Setup', encode(sha256(data[4]), 'hex'));
            insert into elections.boxes (
                organization_id, box_id, alliance_id, process_id, number, is_mock, uuid, group_name, trustees,
                threshold, ceremony, has_paper, allows_remote, allows_kiosk, leaving_ends_right, opens_at, closes_at,
                state, state_changed_at, drafted_at, is_public, fingerprint, credentials, archive, records, events,
                head, ballots, voters, excluded)
            select \(org), '\(box)'::uuid, '\(alliance)', \(process), 1, true, '\(election.description.uuid)', '\(Group.name)',
                3, 2, 1, false, true, false, false, now() - interval '1 hour', now() + interval '1 day', 'open', now(),
                now(), true, '\(election.description.fingerprint)', \(tokens.count), 0, 6, 1, sha256(data[5]), 0, 0, 0
            from texts;
            insert into elections.box_records (
                organization_id, box_id, archive, position, name, content, is_public)
            select \(org), '\(box)'::uuid, 0, place,
                encode(sha256(content), 'hex') || case place when 5 then '.event.json' else '.data.json' end, content,
                true
            from texts, unnest(data) with ordinality as list (content, place)
            union all
            select \(org), '\(box)'::uuid, 0, 0, 'BELENIOS', '{"version":1,"timestamp":"1795216420"}', true;
            insert into elections.box_credentials (
                organization_id, box_id, credential, process_id, person_id, is_spare, is_usable)
            select \(org), '\(box)'::uuid, credential, \(process), person_id, false, true from voters;
            insert into elections.voting_passes (
                organization_id, pass_id, box_id, process_id, person_id, way, token_sha256, expires_at)
            select \(org), gen_random_uuid(), '\(box)'::uuid, \(process), person_id, 'remote', token, now() + interval '1 day'
            from voters;
            drop table voters, texts;
            commit;
            """, as: .owner)
        for table in ["roll_entries", "box_credentials", "voting_passes"] {
            try await database.script("vacuum analyze elections.\(table)", as: .owner)
        }
    }

    /// Counts again what the tables hold, as PostgreSQL does by itself within a minute: the plans of the next box are those of
    /// an installation that has had one.
    func analyze() async throws {
        for table in ["box_ballots", "participations", "box_records", "boxes"] {
            try await database.script("analyze elections.\(table)", as: .owner)
        }
    }

    /// How many ballots the box holds.
    func ballots() async throws -> Int {
        try await database.read(TenantScope(.terminal(in: organization))) { transaction in
            try await transaction.value(
                "select count(*) from elections.box_ballots where organization_id = \(organization)") ?? 0
        }
    }
}
