import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Elections

@Suite struct `The acta` {
    @Test func `tells who departed from the hours and why, who counted, and who gave the term up`()
        async throws
    {
        let assembly = try await Assembly.make()
        let (place, now) = (assembly.place, assembly.clock.now)
        try await assembly.postponed(at: now)
        let session = try await assembly.begin()
        try await assembly.runner.run(
            ExtendPoll(assembly.table, in: place, until: now + 40_000, because: "Había fila"),
            as: assembly.committee)
        try await assembly.runner.run(
            RecordIncident(in: place, at: assembly.table, .weather, account: "Llovió sobre Rosa Prueba"),
            as: assembly.jurors[0])
        try await assembly.runner.run(ClosePoll(assembly.poll, of: place), as: assembly.committee)
        try await assembly.runner.run(CloseSession(session, of: place), as: assembly.committee)
        for juror in assembly.jurors {
            try await assembly.runner.run(
                EnterCount(assembly.figures([10, 6, 3], blank: 1), of: assembly.poll, in: place), as: juror)
        }
        try await assembly.runner.run(CloseTable(assembly.poll, in: place), as: assembly.committee)
        // A juror who is relieved after the count counted it all the same.
        let relieved = try #require(assembly.jurors[0].user)
        let juror: ID<Juror> = try #require(
            try await assembly.read { transaction in
                try await transaction.value(
                    """
                    select juror_id from elections.jurors
                    where organization_id = \(assembly.organization.id) and user_id = \(relieved)
                    """)
            })
        try await assembly.runner.run(
            RelieveJuror(juror, because: "Viajó", in: place.process, of: place.alliance),
            as: assembly.committee)
        try await assembly.runner.run(
            MakeCanvass(of: assembly.contest, in: place), as: assembly.committee)
        try await assembly.runner.run(
            ProposeProclamation(in: place, because: "En firme", waivers: try await assembly.holders()),
            as: assembly.committee)
        let report = try await assembly.report()
        #expect(report.tables.map(\.jurors) == [["Jurado Uno", "Jurado Dos"]])
        #expect(report.postponements.map(\.reason) == ["Alerta por lluvias", "Se inundó el colegio"])
        #expect(report.postponements.map(\.author) == ["Ana Prueba", "Ana Prueba"])
        #expect(report.postponements[1].what.hasPrefix("La votación en Colegio se aplazó del "))
        #expect(report.extensions.map(\.reason) == ["Había fila"])
        #expect(report.extensions.map(\.author) == ["Ana Prueba"])
        #expect(report.incidents.map(\.author) == ["Jurado Uno"])
        #expect(report.waivers.map(\.party) == ["Plancha 1", "Plancha 2", "Plancha 3"])

        // Everybody learns that it happened; words and names stay in the acta.
        let published = report.published
        #expect(published.postponements.count == 2 && published.extensions.count == 1)
        let text = String(decoding: try JSONEncoder().encode(published), as: UTF8.self)
        #expect((published.postponements + published.extensions).allSatisfy { $0.author == nil })
        #expect(published.waivers.allSatisfy { $0.notedBy == nil })
        for word in ["Jurado", "Alerta", "inundó", "fila", "Llovió"] {
            #expect(!text.contains(word), "\(word)")
        }
    }

    @Test(arguments: ChallengeGround.allCases) func `and the chronology speak Spanish`(
        ground: ChallengeGround
    ) {
        #expect(ChronologyEntry.words(for: ground.rawValue, under: "ground") == ground.title)
        #expect(ChronologyEntry.words(for: "dismissed", under: "effect") == "Se negó")
        for effect in ChallengeEffect.allCases {
            #expect(ChronologyEntry.words(for: effect.rawValue, under: "effect") == effect.title)
        }
        for kind in Milestone.Kind.allCases {
            #expect(ChronologyEntry.words(for: kind.rawValue, under: "milestone") == kind.title)
        }
        #expect(ChronologyEntry.words(for: "other", under: "reason") == "other")
    }
}

extension Assembly {
    /// Puts the vote of all off by a day, and that of the only place by another hour.
    fileprivate func postponed(at now: Date) async throws {
        let (org, process, user) = (organization.id, place.process, committee.user)
        _ = try await tenants.database.transaction(TenantScope(.terminal(in: org))) { transaction in
            for (version, kind) in [(1, "computed"), (2, "postponement")] {
                let opens = now + Double(version - 2) * 86_400
                transaction.queue(
                    """
                    insert into elections.calendars (
                        organization_id, process_id, version, kind, reason, made_at, made_by)
                    values (\(org), \(process), \(version), \(kind), 'Alerta por lluvias', \(now - 100), \(user))
                    """)
                transaction.queue(
                    """
                    insert into elections.calendar_milestones (
                        organization_id, process_id, version, milestone, opens_at, closes_at, rule,
                        norm_is_confirmed, is_edited)
                    values (\(org), \(process), \(version), 'voting', \(opens), \(opens + 36_000), 'Estatutos',
                        false, false)
                    """)
            }
            transaction.queue(
                """
                insert into elections.place_postponements (
                    organization_id, postponement_id, process_id, place, opened_at, opens_at, closes_at, reason,
                    postponed_at, postponed_by)
                values (\(org), \(UUID()), \(process), 'Colegio', \(now), \(now + 3600), \(now + 36_000),
                    'Se inundó el colegio', \(now - 50), \(user))
                """)
        }
    }
}
