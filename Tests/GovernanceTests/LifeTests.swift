import Foundation
import Kernel
import Membership
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// The life of an alliance: its states by what happened and by the days, its file, its renewals; 13 March 2026 is today.
@Suite struct LifeTests {
    private func period(isConfirmed: Bool = true) throws -> LifePeriod {
        LifeTerms(months: 24, source: "Artículo 3", isConfirmed: isConfirmed, alarms: [30, 180, 90])
            .period(from: try day("2024-09-10"))
    }

    // MARK: The period

    @Test(arguments: [
        ("2026-03-12", LifePeriod.Standing.running(days: 181)),
        ("2026-03-13", .ending(days: 180, alarm: 180)),
        ("2026-06-10", .ending(days: 91, alarm: 180)), ("2026-06-11", .ending(days: 90, alarm: 90)),
        ("2026-08-10", .ending(days: 30, alarm: 30)), ("2026-09-09", .ending(days: 0, alarm: 30)),
        ("2026-09-10", .over(days: 1)), ("2027-01-01", .over(days: 114)),
    ])
    func `a period is told of by its alarms`(today: String, standing: LifePeriod.Standing) throws {
        let period = try period()
        #expect(try period.endsOn == day("2026-09-09"))
        #expect(try period.standing(on: day(today)) == standing)
    }

    @Test(arguments: [
        ("2026-03-12", Alliance.State.active, true, Alliance.State?.none),
        ("2026-03-13", .active, true, .renewalDue),
        ("2026-09-10", .renewalDue, true, .expired), ("2026-09-10", .active, true, .expired),
        // Nobody is told to be expired by a term that nobody confirmed.
        ("2026-09-10", .renewalDue, false, nil), ("2026-09-10", .active, false, .renewalDue),
        ("2026-03-12", .expired, true, .active), ("2026-09-10", .constituted, true, nil),
        ("2026-09-10", .dissolved, true, nil), ("2026-09-10", .draft, true, nil),
    ])
    func `the days pass an alliance on that was at work`(
        today: String, before: Alliance.State, isConfirmed: Bool, after: Alliance.State?
    ) throws {
        #expect(try period(isConfirmed: isConfirmed).state(of: before, on: day(today)) == after)
    }

    // MARK: In the database

    private func state(_ setting: Setting) async throws -> Alliance.State {
        try #require(try await setting.read { try await $0.alliance(setting.alliance.id) }).state
    }

    private func follow(_ setting: Setting, on text: String) async throws {
        let now = ColombianTime.instant(try day(text), try #require(TimeOfDay("10:00")))
        try await setting.write { try await FollowLives().perform(in: $0, at: now) }
    }

    private func set(_ state: Alliance.State, _ setting: Setting) async throws {
        try await setting.write { transaction in
            try await transaction.execute(
                """
                update tenancy.alliances set state = \(state)
                where organization_id = \(setting.organization.id) and alliance_id = \(setting.alliance.id)
                """)
        }
    }

    private func constitute(_ setting: Setting, on text: String) async throws {
        try await setting.run(
            RecordConstitution(
                of: setting.alliance.id, on: day(text), at: "Casa comunal", attendees: 4, signers: []))
    }

    /// Makes affiliates members of the alliance since 2025.
    private func join(_ setting: Setting, _ indexes: [Int]) async throws {
        let (organization, alliance) = (setting.organization.id, setting.alliance.id)
        let now = setting.tenants.clock.now
        let text = ID<Setting>()
        try await setting.write { transaction in
            transaction.queue(
                """
                insert into membership.consent_texts (
                    organization_id, consent_text_id, purpose, version, body, in_force_from, recorded_at)
                values (\(organization), \(text), 'personal_data', 1, 'Autorizo el tratamiento de mis datos para participar en la alianza.',
                    '2020-01-01', \(now))
                """)
            for person in indexes.map({ setting.people[$0] }) {
                let consent = ID<Setting>()
                transaction.queue(
                    """
                    insert into membership.consents (
                        organization_id, consent_id, person_id, consent_text_id, purpose, given_on, channel,
                        recorded_at)
                    values (\(organization), \(consent), \(person), \(text), 'personal_data', '2025-01-01',
                        'paper', \(now))
                    """)
                transaction.queue(
                    """
                    insert into membership.memberships (
                        organization_id, membership_id, alliance_id, person_id, consent_id, joined_on, recorded_at)
                    values (\(organization), \(ID<Setting>()), \(alliance), \(person), \(consent), '2025-01-01',
                        \(now))
                    """)
            }
        }
    }

    @Test func `a call convenes an alliance, and who asks to join makes it enrol`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        try await set(.draft, setting)
        #expect(throws: LifeError.callerMissing) {
            try RecordAllianceCall(
                of: alliance, by: .users, named: " ", on: day("2026-03-01"), to: "Usuarios",
                through: "Carteles")
        }
        await #expect(throws: LifeError.inFuture) {
            try await setting.run(
                RecordAllianceCall(
                    of: alliance, by: .users, named: "Ana", on: day("2026-03-14"), to: "Usuarios",
                    through: "Carteles"))
        }
        try await setting.run(
            RecordAllianceCall(
                of: alliance, by: .users, named: "Ana Prueba y otros", on: day("2026-03-01"),
                to: "Usuarios del último año", through: "Carteles y llamadas", paper: setting.paper()))
        #expect(try await state(setting) == .convened)
        try await follow(setting, on: "2026-03-14")
        #expect(try await state(setting) == .convened)
        try await setting.write { transaction in
            try await transaction.execute(
                """
                insert into membership.applications (
                    organization_id, application_id, alliance_id, person_id, requested_on, channel, state,
                    recorded_at)
                values (
                    \(setting.organization.id), \(ID<Application>()), \(alliance), \(setting.people[0]),
                    '2026-03-02', 'session', 'pending', '2026-03-02')
                """)
        }
        try await follow(setting, on: "2026-03-15")
        #expect(try await state(setting) == .enrolling)
        let life = try await setting.fetch(ReadLife(of: alliance))
        #expect(life.call?.calledBy == .users)
        #expect(life.call?.file != nil)
        #expect(life.applicants == 1)
        #expect(life.period == nil)
    }

    @Test func `what is filed before the authority is told step by step`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        #expect(throws: LifeError.numberMissing) {
            try RegistryStep(.filed, before: "Secretaría", number: nil, on: day("2026-03-01"), note: "")
        }
        #expect(throws: LifeError.noteMissing) {
            try RegistryStep(.asked, before: "Secretaría", number: nil, on: day("2026-03-01"), note: " ")
        }
        let filed = try RegistryStep(
            .filed, before: "Secretaría de Salud", number: "R-12", on: day("2026-03-01"), note: "")
        await #expect(throws: LifeError.notConstituted) {
            try await setting.run(RecordRegistryStep(filed, of: alliance))
        }
        try await constitute(setting, on: "2026-02-01")
        try await setting.run(RecordRegistryStep(filed, of: alliance, paper: setting.paper()))
        try await setting.run(
            RecordRegistryStep(
                RegistryStep(
                    .asked, before: "Secretaría de Salud", number: nil, on: day("2026-03-05"),
                    note: "La lista de asistentes"), of: alliance))
        let steps = try await setting.fetch(ReadLife(of: alliance)).registrySteps
        #expect(steps.map(\.kind) == [.filed, .asked])
        #expect(steps[0].number == "R-12")
        #expect(steps[0].file != nil)
    }

    @Test func `over thirty months an alliance is to be renewed, expires by its bylaws, and is renewed`()
        async throws
    {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        try await setting.run(
            AdoptBylaws(
                "Estatutos", of: alliance, approvedOn: day("2024-01-01"), inForceFrom: day("2024-01-01"),
                articles: [BylawArticle(number: "3", heading: "Período", body: "Dos años.")],
                parameters: [
                    BylawParameter(
                        name: .alliancePeriodMonths, text: "24", article: "3", norm: nil, isConfirmed: true)
                ]))
        try await constitute(setting, on: "2024-03-01")
        try await set(.active, setting)
        for (text, expected) in [
            ("2025-08-31", Alliance.State.active), ("2025-09-01", .renewalDue), ("2026-02-28", .renewalDue),
            ("2026-03-01", .expired),
        ] {
            try await follow(setting, on: text)
            #expect(try await state(setting) == expected, "\(text)")
        }
        let pending = try await setting.read { transaction in
            try await AlliancesToRenew().items(
                in: transaction, on: day("2026-03-13"), at: setting.tenants.clock.now)
        }
        #expect(try pending.map(\.dueOn) == [day("2026-02-28")])

        // Who confirms is a member, all or none; and the assembly has its minutes.
        let renewal = try await setting.run(BeginRenewal(of: alliance))
        await #expect(throws: LifeError.renewalOpen) { try await setting.run(BeginRenewal(of: alliance)) }
        let rosa = try IdentityDocument(type: .cedula, number: "1001")
        await #expect(throws: LifeError.notMembers([rosa.description])) {
            try await setting.run(
                ConfirmMembers(.documents([rosa]), in: renewal, of: alliance, on: day("2026-03-10")))
        }
        await #expect(throws: LifeError.nobodyConfirmed) {
            try await setting.run(
                FinishRenewal(renewal, of: alliance, on: day("2026-03-12"), minutes: "Acta 9"))
        }
        try await join(setting, [0, 1])
        let luis = try IdentityDocument(type: .cedula, number: "1002")
        let noted = try await setting.run(
            ConfirmMembers(.documents([rosa]), in: renewal, of: alliance, on: day("2026-03-10")))
        #expect(noted == 1)
        // Who had confirmed counts once.
        let others = try await setting.run(
            ConfirmMembers(.documents([rosa, luis]), in: renewal, of: alliance, on: day("2026-03-11")))
        #expect(others == 1)
        await #expect(throws: LifeError.dayOutOfPlace) {
            try await setting.run(
                FinishRenewal(renewal, of: alliance, on: day("2024-02-01"), minutes: "Acta 9"))
        }
        try await setting.run(
            FinishRenewal(
                renewal, of: alliance, on: day("2026-03-12"), minutes: "Acta 9 del 12 de marzo de 2026",
                paper: setting.paper(), registration: "Secretaría de Salud, 045"))
        #expect(try await state(setting) == .active)
        let life = try await setting.fetch(ReadLife(of: alliance))
        #expect(life.openRenewal == nil)
        #expect(life.renewals.first?.confirmed == 2)
        #expect(try life.period?.endsOn == day("2028-03-11"))
    }

    @Test func `without bylaws the usual period is not confirmed, and nobody is told to be expired`()
        async throws
    {
        let setting = try await Setting.make()
        try await constitute(setting, on: "2023-03-01")
        try await set(.active, setting)
        let period = try #require(try await setting.fetch(ReadLifePeriod(of: setting.alliance.id)))
        #expect(period.terms.months == 24)
        #expect(!period.terms.isConfirmed)
        #expect(period.terms.alarms == [180, 90, 30])
        try await follow(setting, on: "2026-03-13")
        #expect(try await state(setting) == .renewalDue)
    }
}
