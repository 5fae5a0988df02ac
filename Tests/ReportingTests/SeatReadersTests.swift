import Foundation
import Governance
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Reporting

/// Who sits on a seat, as every reader has it: the pages of a body, the lists of what ends and what is vacant, the
/// citizen's page, the pulse of an alliance and its obligations.
@Suite struct SeatReadersTests {
    @Test func `every reader has the same people on the seats, whatever the history`() async throws {
        var random = SystemRandomNumberGenerator()
        let seed = random.next()
        var generator = SplitMix(state: seed)
        let tenants = try await TestTenants.withObligations()
        let organization = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: organization)
        let principal = Principal.terminal(in: organization.id)
        let scope = TenantScope(principal)
        let today = ColombianTime.date(at: tenants.clock.now)
        let people = try await people(12, of: organization, in: tenants)

        for index in 0..<4 {
            let waits = index >= 2
            let body = try await tenants.runner.run(
                CreateBody(
                    "Organismo \(index)", kind: waits ? .publicHospitalBoard : .board, of: alliance.id,
                    isExternal: waits,
                    term: TermLimit(
                        months: 24, norm: nil, isConfirmed: true, consecutiveTerms: nil,
                        consecutiveTermsNorm: nil),
                    formation: waits ? .appointment : .proclamation,
                    continuesUntilReplaced: index.isMultiple(of: 2),
                    seats: (1...6).map { try SeatDraft(title: "Puesto \($0)") }), as: principal
            ).id
            let seats = try await tenants.database.read(scope) { try await $0.seats(of: body) }
            for seat in seats {
                var start = today - Int.random(in: 0...1100, using: &generator)
                for _ in 0..<Int.random(in: 0...3, using: &generator) where start <= today + 100 {
                    let length = Int.random(in: 1...500, using: &generator)
                    let mandate = try await tenants.runner.run(
                        RecordMandate(
                            on: seat.id, of: body, in: alliance.id,
                            holder: .person(people[Int.random(in: 0..<12, using: &generator)]), from: start,
                            to: start + length, paper: "Acta"), as: principal)
                    if waits, Bool.random(using: &generator), start <= today {
                        let late = min(today, start + Int.random(in: 0...200, using: &generator))
                        try await tenants.runner.run(
                            RecordAppointment(
                                of: mandate, in: alliance.id, act: "Resolución", on: start,
                                tookOfficeOn: late),
                            as: principal)
                    }
                    var last = start + length
                    if Int.random(in: 0..<3, using: &generator) == 0, start < today {
                        let longest = index.isMultiple(of: 2) ? 600 : length
                        let end = min(today, start + Int.random(in: 0...longest, using: &generator))
                        last = max(last, end)
                        try await tenants.runner.run(
                            EndMandate(
                                mandate, in: alliance.id, on: end,
                                because: Bool.random(using: &generator) ? .resignation : .annulment,
                                note: "Prueba"), as: principal)
                    }
                    start = last + 1 + Int.random(in: 0...200, using: &generator)
                }
            }
        }

        for day in [today] + (0..<12).map({ _ in today - Int.random(in: -60...900, using: &generator) }) {
            try await compare(on: day, alliance.id, tenants, scope, seed: seed)
        }
    }

    private func compare(
        on day: CalendarDate, _ alliance: ID<Alliance>, _ tenants: TestTenants, _ scope: TenantScope,
        seed: UInt64
    ) async throws {
        try await tenants.database.read(scope) { transaction in
            let bodies = try await transaction.seatedBodies(of: alliance, on: day)
            let facts = try #require(try await transaction.facts(of: [alliance]).first)
            let profile = try #require(try await transaction.profiles(of: [alliance], on: day)[alliance])
            let pulse = try #require(try await transaction.pulses(of: [alliance], on: day).first)
            let vacant = Dictionary(
                uniqueKeysWithValues: try await transaction.vacancies(on: day).map { ($0.seat, $0.since) })
            let endings = Set(
                try await transaction.mandateEndings(on: day, within: 180).map(\.mandate))

            var held = 0
            var expectedEndings: Set<ID<Mandate>> = []
            for (body, told) in zip(bodies, profile.bodies) {
                #expect(body.body.name == told.name)
                for (seating, citizen) in zip(body.seatings, told.seats) {
                    let who = "\(body.body.name), \(seating.seat.title), \(day), seed \(seed)"
                    let mandates = seating.holdings.map(\.mandate).filter { $0.rank == 0 }
                    let sits = holder(
                        of: mandates, in: body.body, on: day)
                    if sits != nil { held += 1 }
                    #expect(seating.principal?.mandate.id == sits?.id, "body: \(who)")
                    #expect(citizen.until == sits?.endsOn, "citizen: \(who)")
                    #expect(
                        citizen.isActing ?? false == sits.map { $0.endsOn < day } ?? false, "acting: \(who)")
                    #expect((vacant[seating.seat.id] == nil) == (sits != nil), "vacancies: \(who)")
                    if sits == nil {
                        #expect(vacant[seating.seat.id] == .some(seating.vacantSince), "since: \(who)")
                    }
                    let seat = try #require(
                        facts.seats.first {
                            $0.body == body.body.name && $0.title == seating.seat.title
                        })
                    #expect(
                        seat.holdings.filter { $0.isHeld(on: day) }.map(\.id)
                            == [sits?.id].compactMap(\.self),
                        "facts: \(who)")
                    if let last = seating.holdings.first(where: {
                        $0.mandate.rank == 0 && $0.mandate.held != nil && $0.standing != .pending
                    }), last.mandate.state == .inForce, last.mandate.endsOn <= day + 180 {
                        expectedEndings.insert(last.mandate.id)
                    }
                }
            }
            #expect(pulse.heldSeats == held, "pulse on \(day), seed \(seed)")
            #expect(endings == expectedEndings, "endings on \(day), seed \(seed)")
        }
    }

    /// Who sits on a day, told of the mandates alone: whoever took office and whose time runs; else, where holders go
    /// on, the last to take office who has not left.
    private func holder(
        of mandates: [MandateSummary], in body: Body, on day: CalendarDate
    ) -> MandateSummary? {
        func began(_ mandate: MandateSummary) -> CalendarDate {
            max(mandate.startsOn, mandate.tookOfficeOn ?? mandate.startsOn)
        }
        let taken = mandates.filter { mandate in
            guard mandate.endReason != .annulment, began(mandate) <= day else { return false }
            // Who was elected to a body that takes a posesión sits from then on, and never without one.
            guard body.formation == .proclamation || mandate.tookOfficeOn != nil else { return false }
            return mandate.endedOn.map { $0 >= began(mandate) } ?? true
        }
        if let running = taken.first(where: { day <= $0.endedOn ?? $0.endsOn }) { return running }
        guard body.continuesUntilReplaced, let last = taken.max(by: { $0.startsOn < $1.startsOn }),
            last.endedOn == nil
        else { return nil }
        return last
    }

    private func people(
        _ count: Int, of organization: Organization, in tenants: TestTenants
    ) async throws -> [ID<Person>] {
        let people = (0..<count).map { _ in ID<Person>() }
        try await tenants.database.transaction(TenantScope(.terminal(in: organization.id))) { transaction in
            for (index, person) in people.enumerated() {
                try await transaction.execute(
                    """
                    insert into membership.affiliates (
                        organization_id, person_id, document_type, document_number, first_surname, first_name,
                        birth_date, sex, municipality_code, regime, affiliation_state, insurer_code, valid_from)
                    values (
                        \(transaction.organization), \(person), 'CC', \("\(1000 + index)"), 'Prueba',
                        \("Persona \(index)"), '1970-01-01', 'F', '23672', 'subsidiado', 'active', 'ESS207',
                        '2020-01-01')
                    """)
            }
        }
        return people
    }
}

/// A small generator whose runs can be repeated from a seed.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
