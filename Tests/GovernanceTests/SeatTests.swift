import Foundation
import Kernel
import Membership
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// Rights that a mandate gives, vacancies and who follows, periods in a row; 13 March 2026 is today.
@Suite struct SeatTests {
    private func mandate(
        from: String, to: String, state: MandateSummary.State = .inForce, ended: String? = nil,
        heldUntil: String?, person: ID<Person> = ID(), rank: Int = 0
    ) throws -> MandateSummary {
        MandateSummary(
            id: ID(), body: ID(), seat: ID(), rank: rank, person: person, holderName: "Rosa",
            startsOn: try day(from), endsOn: try day(to), endedOn: try ended.map(day), state: state,
            origin: .recorded,
            held: MandateSummary.HeldDays(from: try day(from), until: try heldUntil.map(day)))
    }

    // MARK: The right to act

    @Test(arguments: [
        // A body whose holders stop with their last day.
        ("2026-02-28", false, Optional("2026-12-31")), ("2026-03-01", true, "2026-12-31"),
        ("2026-12-31", true, "2026-12-31"), ("2027-01-01", false, "2026-12-31"),
        // One whose holders go on until replaced.
        ("2027-01-01", true, nil), ("2028-06-01", true, nil),
        // Replaced on the 1st of February.
        ("2027-01-31", true, "2027-01-31"), ("2027-02-01", false, "2027-01-31"),
    ])
    func `who holds a seat acts by it from the first day to the last that the body lets them`(
        today: String, mayAct: Bool, heldUntil: String?
    ) throws {
        let mandate = try mandate(from: "2026-03-01", to: "2026-12-31", heldUntil: heldUntil)
        #expect(mandate.mayAct(on: try day(today)) == mayAct)
    }

    @Test func `nobody acts by a mandate that was never held or was taken back`() throws {
        for state in [MandateSummary.State.annulled, .neverHeld] {
            let mandate = try mandate(
                from: "2026-03-01", to: "2026-12-31", state: state, ended: "2026-03-05", heldUntil: nil)
            #expect(try !mandate.mayAct(on: day("2026-03-03")))
        }
    }

    @Test func `a seat is acted for by its principal alone, by name and person`() async throws {
        let setting = try await Setting.make()
        let (body, seats) = try await setting.committee()
        try await setting.seat(0, on: seats[0], from: day("2025-01-01"), to: day("2026-03-12"))
        try await setting.seat(1, on: seats[0], rank: 1, from: day("2025-01-01"), to: day("2026-12-31"))
        func acts(_ person: Int, _ name: String, on text: String) async throws -> Bool {
            try await setting.read {
                try await $0.mayAct(setting.people[person], named: name, for: seats[0].id, on: day(text))
            }
        }
        #expect(try await acts(0, "Rosa Arrieta", on: "2026-03-12"))
        #expect(try await !acts(0, "Rosa", on: "2026-03-12"))
        #expect(try await !acts(1, "Luis Burgos", on: "2026-03-12"))
        // The committee's holders do not go on after their last day, and the alternate has to be called first.
        #expect(try await !acts(0, "Rosa Arrieta", on: "2026-03-13"))
        #expect(try await !acts(1, "Luis Burgos", on: "2026-03-13"))
        try await setting.run(
            CallAlternate(
                to: seats[0].id, of: body, in: setting.alliance.id, on: day("2026-03-13"), paper: "Acta 4"))
        #expect(try await acts(1, "Luis Burgos", on: "2026-03-13"))
    }

    // MARK: Vacancies

    @Test(arguments: [
        MandateSummary.EndReason.resignation, .death, .affiliationLost, .removal,
    ])
    func `a seat that falls vacant is taken by the next in order, with the minutes of both`(
        reason: MandateSummary.EndReason
    ) async throws {
        let setting = try await Setting.make()
        let (body, seats) = try await setting.committee()
        let principal = try await setting.seat(
            0, on: seats[0], from: day("2025-01-01"), to: day("2026-12-31"))
        try await setting.seat(2, on: seats[0], rank: 2, from: day("2025-01-01"), to: day("2026-12-31"))
        try await setting.seat(1, on: seats[0], rank: 1, from: day("2025-01-01"), to: day("2026-12-30"))
        try await setting.run(
            EndMandate(
                principal, in: setting.alliance.id, on: day("2026-03-10"), because: reason,
                note: "Consta en el acta", paper: "Acta 7 del 10 de marzo de 2026", scan: setting.paper(),
                callingNext: true))
        let before = try #require(try await setting.principal(body, seats[0], on: day("2026-03-10")))
        #expect(before.mandate.holderName == "Rosa Arrieta")
        #expect(before.mandate.endReason == reason)
        #expect(before.mandate.endPaper == "Acta 7 del 10 de marzo de 2026")
        #expect(before.mandate.endFile != nil)
        let after = try #require(try await setting.principal(body, seats[0], on: day("2026-03-11")))
        #expect(after.mandate.holderName == "Luis Burgos")
        #expect(after.mandate.origin == .succession)
        #expect(after.mandate.paper == "Acta 7 del 10 de marzo de 2026")
        #expect(try after.mandate.endsOn == day("2026-12-30"))
        let seated = try #require(
            try await setting.read { try await $0.seatedBody(body, on: day("2026-03-11")) })
        // Whoever was second in order is the only one left.
        #expect(seated.seatings[0].alternates.map(\.mandate.holderName) == ["Carmen Coronado"])
    }

    @Test func `nobody is called without minutes, without an alternate, or to a seat that goes on`()
        async throws
    {
        let setting = try await Setting.make()
        let (_, seats) = try await setting.committee()
        let principal = try await setting.seat(
            0, on: seats[0], from: day("2025-01-01"), to: day("2026-12-31"))
        #expect(throws: MandateError.paperMissing) {
            try EndMandate(
                principal, in: setting.alliance.id, on: day("2026-03-10"), because: .resignation,
                callingNext: true)
        }
        #expect(throws: MandateError.paperMissing) {
            try EndMandate(
                principal, in: setting.alliance.id, on: day("2026-03-10"), because: .resignation,
                scan: setting.paper())
        }
        await #expect(throws: MandateError.noAlternate) {
            try await setting.run(
                EndMandate(
                    principal, in: setting.alliance.id, on: day("2026-03-10"), because: .resignation,
                    paper: "Acta 7", callingNext: true))
        }
        // Nothing of it was kept.
        #expect(try await setting.read { try await $0.mandate(principal) }?.state == .inForce)
    }

    @Test func `the register tells whose seat is to be declared vacant`() async throws {
        let setting = try await Setting.make()
        let (body, seats) = try await setting.committee(seats: 3)
        let mandates = [
            try await setting.seat(0, on: seats[0], from: day("2025-01-01"), to: day("2026-12-31")),
            try await setting.seat(1, on: seats[1], from: day("2025-01-01"), to: day("2026-12-31")),
            try await setting.seat(2, on: seats[2], from: day("2025-01-01"), to: day("2026-12-31")),
        ]
        func lapsed() async throws -> [LapsedHolder] {
            try await setting.read { try await $0.lapsedHolders(on: day("2026-03-13"), of: body) }
        }
        #expect(try await lapsed().isEmpty)
        try await setting.write { transaction in
            for (person, state) in [(0, "deceased"), (1, "retired"), (2, "suspended")] {
                try await transaction.execute(
                    """
                    update membership.affiliates set affiliation_state = \(state), valid_from = '2026-03-01'
                    where organization_id = \(setting.organization.id) and person_id = \(setting.people[person])
                    """)
            }
        }
        let found = try await lapsed()
        #expect(Set(found.map(\.mandate)) == [mandates[0], mandates[1]])
        #expect(found.first { $0.mandate == mandates[0] }?.reason == .death)
        #expect(found.first { $0.mandate == mandates[1] }?.reason == .affiliationLost)
        #expect(try found.allSatisfy { try $0.since == day("2026-03-01") })
        let pending = try await setting.read { transaction in
            try await LapsedHolders().items(
                in: transaction, on: day("2026-03-13"), at: setting.tenants.clock.now)
        }
        #expect(pending.map(\.count) == [2])
        // Once declared it waits no more.
        try await setting.run(
            EndMandate(mandates[0], in: setting.alliance.id, on: day("2026-03-01"), because: .death))
        #expect(try await lapsed().map(\.mandate) == [mandates[1]])
    }

    @Test func `a vacant seat with an alternate waits for the call`() async throws {
        let setting = try await Setting.make()
        let (_, seats) = try await setting.committee()
        let principal = try await setting.seat(
            0, on: seats[0], from: day("2025-01-01"), to: day("2026-12-31"))
        try await setting.seat(1, on: seats[0], rank: 1, from: day("2025-01-01"), to: day("2026-12-31"))
        func waiting() async throws -> [Int] {
            try await setting.read { transaction in
                try await AlternatesToCall().items(
                    in: transaction, on: day("2026-03-13"), at: setting.tenants.clock.now)
            }.map(\.count)
        }
        #expect(try await waiting().isEmpty)
        try await setting.run(
            EndMandate(principal, in: setting.alliance.id, on: day("2026-03-10"), because: .resignation))
        #expect(try await waiting() == [1])
    }

    // MARK: Periods in a row

    @Test func `periods in a row are counted on any seat of the body, and a longer gap begins anew`()
        async throws
    {
        let setting = try await Setting.make()
        let (body, seats) = try await setting.committee()
        try await setting.seat(0, on: seats[0], from: day("2018-01-01"), to: day("2019-12-31"))
        try await setting.seat(0, on: seats[0], from: day("2021-01-01"), to: day("2022-12-31"))
        try await setting.seat(0, on: seats[1], from: day("2023-02-01"), to: day("2024-12-31"))
        try await setting.seat(0, on: seats[0], from: day("2025-01-01"), to: day("2026-12-31"))
        try await setting.seat(1, on: seats[1], from: day("2025-01-01"), to: day("2026-12-31"))
        let seated = try #require(
            try await setting.read { try await $0.seatedBody(body, on: day("2026-03-13")) })
        let rosa = try #require(seated.seatings[0].principal?.mandate)
        let luis = try #require(seated.seatings[1].principal?.mandate)
        #expect(seated.term(of: rosa, gap: 180) == 3)
        #expect(seated.term(of: rosa, gap: 366) == 4)
        #expect(seated.term(of: rosa, gap: 10) == 2)
        #expect(seated.term(of: luis, gap: 180) == 1)
    }
}
