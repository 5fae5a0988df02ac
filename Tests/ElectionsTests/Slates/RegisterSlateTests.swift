import Foundation
import Governance
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Elections

@Suite struct `A slate that comes as the vote begins` {
    @Test func `is refused`() async throws {
        let setting = try await SlateSetting.make()
        let registration = try await setting.votingBegins {
            Task { _ = try await setting.register([setting.fit[0]]) }
        }
        await #expect(throws: SlateError.notNow(.voting)) { try await registration.value }
    }

    @Test func `is not changed`() async throws {
        let setting = try await SlateSetting.make()
        let slate = try await setting.admitted([setting.fit[0]])
        let candidate = try await setting.file(slate).candidates[0].id
        let replacement = try await setting.votingBegins {
            Task { try await setting.replace(candidate, on: slate, by: setting.fit[1], because: "Renunció.") }
        }
        await #expect(throws: SlateError.notNow(.voting)) { try await replacement.value }
    }
}

extension SlateSetting {
    /// Takes the process to its vote while something else is on its way.
    fileprivate func votingBegins(
        beside start: @Sendable () -> Task<Void, any Error>
    ) async throws -> Task<Void, any Error> {
        try await election.tenants.database.transaction(TenantScope(office)) { transaction in
            _ = try await transaction.lockedProcess(ProcessPlace(process, of: alliance))
            try await transaction.execute(
                """
                update elections.processes set state = 'voting'
                where organization_id = \(election.organization.id) and process_id = \(process)
                """)
            let started = start()
            try await Task.sleep(for: .milliseconds(300))
            return started
        }
    }
}

@Suite struct RegisterSlateTests {
    @Test func `a slate is registered with its people in their order, and its requirements are kept`()
        async throws
    {
        let setting = try await SlateSetting.make()
        let (principals, alternates) = (Array(setting.members[0..<5]), Array(setting.members[5..<7]))
        let slate = try await setting.register(principals, alternates)

        let file = try await setting.file(slate)
        #expect(file.slate.state == .registered && file.slate.name == "Salud para todos")
        #expect(file.slate.representative == "Rosa Prueba" && file.slate.contact == "3000000000")
        #expect(file.candidates.map(\.person) == principals + alternates)
        #expect(file.candidates.map(\.position) == [1, 2, 3, 4, 5, 1, 2])
        #expect(
            file.candidates.map(\.role)
                == Array(repeating: .principal, count: 5) + [.alternate, .alternate])
        #expect(file.candidates.allSatisfy { $0.acceptedAt == nil && $0.isOnRoll == nil })
        let kept: Int? = try await setting.election.tenants.database.read(TenantScope(setting.office)) {
            transaction in
            try await transaction.value(
                """
                select count(*) from elections.candidate_dossiers
                where organization_id = \(setting.election.organization.id) and version = 1
                    and jsonb_array_length(outcomes) > 4
                """)
        }
        #expect(kept == 7)
        let summary = try #require(try await setting.list().slates.first)
        #expect(summary.principals == 5 && summary.alternates == 2 && summary.number == nil)
    }

    @Test(arguments: [
        (0, SlateError.noCandidates), (6, SlateError.tooManyPrincipals(6, seats: 5)),
    ])
    func `a slate without people, or with more than the seats, is refused`(
        _ count: Int, _ refusal: SlateError
    ) async throws {
        let setting = try await SlateSetting.make()
        await #expect(throws: refusal) { try await setting.register(Array(setting.members[0..<count])) }
        #expect(try await setting.list().slates.isEmpty)
    }

    @Test func `nobody stands twice, on a slate or on two`() async throws {
        let setting = try await SlateSetting.make()
        let people = setting.members
        await #expect(throws: SlateError.personRepeated) {
            try await setting.register([people[0], people[1]], [people[0]])
        }
        try await setting.register([people[0], people[1]], named: "Una")
        let refusal = await #expect(throws: SlateError.self) {
            try await setting.register([people[2], people[1]], named: "Otra")
        }
        guard case .onAnotherSlate(_, slate: "Una") = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
    }

    @Test func `two slates of a contest never have the same name, however it is written`() async throws {
        let setting = try await SlateSetting.make()
        try await setting.register([setting.members[0]], named: "Salud  para Todos")
        await #expect(throws: SlateError.nameTaken) {
            try await setting.register([setting.members[1]], named: "SALUD PARA TODOS")
        }
        await #expect(throws: SlateError.unnamed) {
            try await setting.register([setting.members[1]], named: " ")
        }
    }

    @Test func `two slates that name the same person at once: one stands, the other is told`() async throws {
        let setting = try await SlateSetting.make()
        let people = setting.members
        let results = await withTaskGroup(of: Result<ID<Slate>, any Error>.self) { group in
            for (index, name) in ["Una", "Dos", "Tres", "Cuatro"].enumerated() {
                group.addTask {
                    do {
                        return .success(
                            try await setting.register([people[0], people[index + 1]], named: name))
                    } catch {
                        return .failure(error)
                    }
                }
            }
            return await group.reduce(into: [Result<ID<Slate>, any Error>]()) { $0.append($1) }
        }
        let refused = results.compactMap { result -> SlateError? in
            if case .failure(let error) = result { error as? SlateError } else { nil }
        }
        #expect(refused.count == 3)
        #expect(refused.allSatisfy { if case .onAnotherSlate = $0 { true } else { false } })
        #expect(try await setting.list().slates.count == 1)
    }

    @Test func `who is no member does not stand`() async throws {
        let setting = try await SlateSetting.make()
        let stranger = ID<Person>()
        await #expect(throws: SlateError.notMember("Esa persona")) {
            try await setting.register([stranger])
        }
    }

    @Test func `who runs, counts or guarantees the election does not stand`() async throws {
        let setting = try await SlateSetting.make()
        let (juror, official) = (setting.members[1], setting.members[2])
        _ = try await setting.election.tenants.database.transaction(TenantScope(setting.office)) {
            transaction in
            try await transaction.execute(
                """
                insert into elections.capacities (organization_id, process_id, person_id, capacity, since)
                values (\(setting.election.organization.id), \(setting.process), \(juror), 'juror',
                    \(setting.election.tenants.clock.now))
                """)
        }
        let refusal = await #expect(throws: SlateError.self) { try await setting.register([juror]) }
        guard case .otherCapacity(_, .juror) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        // Whoever has a role of the committee does not stand either, even before the first act.
        _ = try await setting.colleague(person: official)
        let second = await #expect(throws: SlateError.self) { try await setting.register([official]) }
        guard case .otherCapacity(_, .committee) = second else {
            Issue.record("\(String(describing: second))")
            return
        }
    }

    @Test func `whoever stands does not decide`() async throws {
        let setting = try await SlateSetting.make()
        let slate = try await setting.register([setting.fit[0]])
        let other = try await setting.register([setting.fit[1]], named: "Otra")
        try await setting.acceptAll(other)
        let candidate = try await setting.colleague(person: setting.fit[0])
        await #expect(throws: SlateError.ownElection) {
            try await setting.decide(other, .admit, as: candidate)
        }
        // And whoever decided does not stand.
        let member = setting.fit[2]
        try await setting.decide(other, .admit, as: try await setting.colleague(person: member))
        let refusal = await #expect(throws: SlateError.self) {
            try await setting.register([member], named: "Tres")
        }
        guard case .otherCapacity(_, .committee) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(try await setting.file(slate).slate.state == .registered)
    }

    @Test
    func `whoever stands does not decide, also where the register came to know them after they were invited`()
        async throws
    {
        let setting = try await SlateSetting.make()
        let (tenants, organization) = (setting.election.tenants, setting.election.organization)
        // Invited with the document of somebody whom the register does not have.
        let document = try IdentityDocument(type: .cedula, number: "1000999999")
        let colleague = try await tenants.principal(
            .electionCommittee, of: organization, in: .alliance(setting.alliance), name: "Cira Prueba",
            document: document)
        let other = try await setting.register([setting.fit[1]], named: "Otra")
        try await setting.acceptAll(other)
        // The register comes to know them, and they stand before they decided anything: as the person of before.
        let person = setting.fit[0]
        try await setting.register([person])
        try await tenants.database.transaction(TenantScope(setting.office)) { transaction in
            _ = try await transaction.execute(
                """
                update membership.affiliates set document_number = \(document.number)
                where organization_id = \(organization.id) and person_id = \(person)
                """)
        }
        await #expect(throws: SlateError.ownElection) {
            try await setting.decide(other, .admit, as: colleague)
        }
    }

    @Test func `a committee whose user has no document decides nothing`() async throws {
        let setting = try await SlateSetting.make()
        let slate = try await setting.register([setting.fit[0]])
        try await setting.acceptAll(slate)
        // As of before documents were asked for.
        try await setting.election.tenants.database.transaction(TenantScope(setting.office)) { transaction in
            _ = try await transaction.execute(
                """
                update tenancy.users set document_type = null, document_number = null
                where organization_id = \(setting.election.organization.id)
                    and user_id = \(setting.committee.user)
                """)
        }
        await #expect(throws: GrantError.needsDocument(.electionCommittee, "Comité Prueba")) {
            try await setting.decide(slate, .admit)
        }
    }

    @Test func `slates are taken from the call until nominations close`() async throws {
        let setting = try await SlateSetting.make()
        let window = try #require(try await setting.list().window)
        let clock = setting.election.tenants.clock
        // The call was published before the day computed for it: nominations run from then on.
        #expect(window.opensAt <= clock.now)
        clock.advance(by: window.closesAt.timeIntervalSince(clock.now) + 1)
        await #expect(throws: SlateError.registrationClosed(at: window.closesAt)) {
            try await setting.register([setting.members[0]])
        }
    }

    @Test func `nothing is registered before the call`() async throws {
        let setting = try await SlateSetting.make()
        let draft = try await setting.runner.run(
            DraftProcess("Otra", of: setting.alliance, electing: [setting.election.body]), as: setting.office)
        let list = try await setting.runner.fetch(
            ListSlates(of: draft.id, of: setting.alliance), as: setting.committee)
        #expect(list.window == nil)
        await #expect(throws: SlateError.notNow(.draft)) {
            try await setting.runner.run(
                RegisterSlate(
                    try setting.nomination([setting.members[0]]), in: list.contests[0].id, of: draft.id,
                    of: setting.alliance), as: setting.office)
        }
    }

    @Test func `only the office and the committee register, and only in their own alliance`() async throws {
        let setting = try await SlateSetting.make()
        let member = try await setting.election.tenants.principal(
            .member, of: setting.election.organization, in: .alliance(setting.alliance), name: "Una Asociada")
        await #expect(throws: AccessError.notPermitted(.registerSlates)) {
            try await setting.register([setting.members[0]], as: member)
        }
        let stranger = try await setting.election.tenants.principal(
            .office, of: try await setting.election.tenants.insurer("Otra EPS"))
        await #expect(throws: ProcessError.notFound) {
            try await setting.register([setting.members[0]], as: stranger)
        }
    }

    @Test func `who stands alone is a slate of one under their own name`() async throws {
        let setting = try await SlateSetting.make()
        let body = try await setting.runner.run(
            CreateBody(
                "Revisoría", kind: .other, of: setting.alliance, isExternal: false,
                term: TermLimit(
                    months: 24, norm: nil, isConfirmed: false, consecutiveTerms: nil,
                    consecutiveTermsNorm: nil),
                formation: .proclamation, continuesUntilReplaced: false, seats: [("Revisor", nil)]),
            as: setting.office)
        let process = try await setting.runner.run(
            DraftProcess("Revisoría", of: setting.alliance, electing: [body.id]), as: setting.office
        ).id
        try await setting.runner.run(
            ComputeCalendar(
                of: process, of: setting.alliance,
                votingOn: ColombianTime.date(at: setting.election.tenants.clock.now) + 60,
                from: try #require(TimeOfDay("08:00")), until: try #require(TimeOfDay("12:00"))),
            as: setting.office)
        try await setting.election.addTable(to: process)
        try await setting.runner.run(
            PublishCall(of: process, of: setting.alliance, through: ["Cartelera"]), as: setting.committee)
        let list = try await setting.runner.fetch(
            ListSlates(of: process, of: setting.alliance), as: setting.committee)
        let contest = try #require(list.contests.first)
        #expect(contest.candidature == .individuals)
        let slate = try await setting.runner.run(
            RegisterSlate(
                try setting.nomination([setting.fit[0]], named: nil), in: contest.id, of: process,
                of: setting.alliance), as: setting.office)
        let file = try await setting.runner.fetch(
            ReadSlate(slate, of: process, of: setting.alliance), as: setting.committee)
        #expect(file.slate.name == file.candidates.first?.name)
        await #expect(throws: SlateError.onePersonOnly) {
            try await setting.runner.run(
                RegisterSlate(
                    try setting.nomination([setting.fit[1], setting.fit[2]], named: "Dos"), in: contest.id,
                    of: process, of: setting.alliance), as: setting.office)
        }
    }

    @Test func `a blank majority keeps out those it won against, until the seat was elected`() async throws {
        let setting = try await SlateSetting.make()
        let org = setting.election.organization.id
        func decided(_ state: String, standing person: ID<Person>, at moment: String) async throws {
            let (process, contest, slate) = (UUID(), UUID(), UUID())
            try await setting.election.tenants.database.transaction(TenantScope(setting.office)) {
                transaction in
                transaction.queue(
                    """
                    insert into elections.processes (
                        organization_id, process_id, alliance_id, name, state, state_reason, drafted_at,
                        state_changed_at)
                    values (\(org), \(process), \(setting.alliance), 'La anterior', 'void', 'Prueba', now(), now())
                    """)
                transaction.queue(
                    """
                    insert into elections.contests (
                        organization_id, contest_id, process_id, position, name, body_id, seats, candidature,
                        voting_mode, counting_rule, majority_base, has_blank_majority, alternates, rules_source,
                        rules_are_confirmed, state)
                    values (\(org), \(contest), \(process), 1, 'La anterior', \(setting.contest.body), 1, 'slates',
                        'paper', 'mayoria', 'valid', true, 'none', 'Reglamento, artículo 9', true, \(state))
                    """)
                transaction.queue(
                    """
                    insert into elections.contest_seats (
                        organization_id, process_id, contest_id, position, seat_id)
                    values (\(org), \(process), \(contest), 1, \(setting.contest.seats[0]))
                    """)
                transaction.queue(
                    """
                    insert into elections.contest_rounds (
                        organization_id, contest_id, round, process_id, kind, announced_at)
                    values (\(org), \(contest), 1, \(process), 'first', now())
                    """)
                transaction.queue(
                    """
                    insert into elections.canvasses (
                        organization_id, canvass_id, process_id, contest_id, round, version, cause,
                        tables_counted, tables_annulled, voters, blank, null_votes, unmarked, unreturned, outcome,
                        vacant, quotient, tied_slate_ids, tied_seats, runoff_slate_ids, steps, computed_at)
                    values (\(org), \(UUID()), \(process), \(contest), 1, 1, 'count', 1, 0, 1, 1, 0, 0, 0,
                        'blank_wins', 1, '1', '{}', 0, '{}', '{}', \(moment)::timestamptz)
                    """)
                transaction.queue(
                    """
                    insert into elections.slates (
                        organization_id, slate_id, process_id, contest_id, name, name_folded, representative,
                        state, registered_at, decided_at)
                    values (\(org), \(slate), \(process), \(contest), 'Una', 'una', 'Ana', 'admitted', now(), now())
                    """)
                transaction.queue(
                    """
                    insert into elections.capacities (organization_id, process_id, person_id, capacity, since)
                    values (\(org), \(process), \(person), 'candidate', now())
                    """)
                transaction.queue(
                    """
                    insert into elections.candidates (
                        organization_id, candidate_id, process_id, contest_id, slate_id, person_id, capacity, name,
                        role, position, state, registered_at)
                    values (\(org), \(UUID()), \(process), \(contest), \(slate), \(person), 'candidate', 'Ana',
                        'principal', 1, 'standing', now())
                    """)
            }
        }
        try await decided("blank_won", standing: setting.fit[0], at: "2026-01-01")
        let refusal = await #expect(throws: SlateError.self) {
            try await setting.register([setting.fit[0]])
        }
        guard case .barred(_, norm: "Reglamento, artículo 9") = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        try await decided("proclaimed", standing: setting.fit[1], at: "2026-02-01")
        try await setting.register([setting.fit[0]])
    }
}

@Suite struct NominationTests {
    private static func contest(
        seats: Int, _ candidature: Contest.Candidature, _ alternates: Contest.Alternates
    ) -> Contest {
        Contest(
            process: ID(), position: 1, name: "Comité", body: ID(), seats: (0..<seats).map { _ in ID() },
            candidature: candidature, votingMode: .paper,
            rule: candidature == .slates ? .quotient : .simpleMajority, hasBlankMajority: false,
            alternates: alternates, rulesSource: "Reglamento", rulesAreConfirmed: true)
    }

    @Test(arguments: [
        (5, Contest.Candidature.slates, Contest.Alternates.numeric, 5, 5, SlateError?.none),
        (5, .slates, .numeric, 3, 0, nil),
        (5, .slates, .numeric, 5, 6, .tooManyAlternates(6, most: 5)),
        (5, .slates, .none, 5, 1, .tooManyAlternates(1, most: 0)),
        (5, .slates, .personal, 4, 3, .alternateMissing),
        (5, .slates, .personal, 4, 4, nil),
        (5, .slates, .personal, 6, 6, .tooManyPrincipals(6, seats: 5)),
        (1, .individuals, .numeric, 1, 1, nil),
        (1, .individuals, .numeric, 2, 0, .onePersonOnly),
        (3, .individuals, .numeric, 1, 2, .tooManyAlternates(2, most: 1)),
        (1, .individuals, .personal, 1, 0, .alternateMissing),
    ])
    func `the size of a slate fits the seats and the alternates of its contest`(
        _ seats: Int, _ candidature: Contest.Candidature, _ alternates: Contest.Alternates, _ first: Int,
        _ second: Int, _ refusal: SlateError?
    ) throws {
        let nomination = try Nomination(
            name: "Una", representative: "Rosa Prueba", contact: nil,
            principals: (0..<first).map { _ in ID() }, alternates: (0..<second).map { _ in ID() })
        let contest = Self.contest(seats: seats, candidature, alternates)
        if let refusal {
            #expect(throws: refusal) { try nomination.require(fitting: contest) }
        } else {
            try nomination.require(fitting: contest)
        }
    }

    @Test func `who stands alone needs no name, a slate does`() throws {
        let nomination = try Nomination(
            name: " ", representative: "Rosa", contact: "", principals: [ID()])
        #expect(nomination.name == nil && nomination.contact == nil)
        try nomination.require(fitting: Self.contest(seats: 1, .individuals, .none))
        #expect(throws: SlateError.unnamed) {
            try nomination.require(fitting: Self.contest(seats: 5, .slates, .none))
        }
        #expect(throws: SlateError.representativeMissing) {
            try Nomination(name: "Una", representative: " ", contact: nil, principals: [ID()])
        }
    }
}
