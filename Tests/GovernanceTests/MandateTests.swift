import Foundation
import Kernel
import Membership
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// What the database and the commands make of mandates; 13 March 2026 is today.
@Suite struct MandateTests {
    // MARK: Opening

    @Test func `a mandate lasts as long as the body allows, to the day before`() async throws {
        let setting = try await Setting.make()
        let (body, seats) = try await setting.committee()
        let process = ID<ElectoralProcess>()
        try await setting.write {
            try await $0.openMandates(
                [
                    NewMandate(
                        seat: seats[0].id, person: setting.people[0], startsOn: day("2026-03-13"),
                        origin: .election, process: process)
                ], at: setting.tenants.clock.now)
        }
        let holder = try #require(try await setting.read { try await $0.mandates(of: body) }.first)
        #expect(holder.endsOn == (try day("2028-03-12")))
        #expect(holder.state == .inForce)
        #expect(holder.holderName == "Rosa Arrieta")
        #expect(holder.process == process)
    }

    @Test func `no mandate passes the limit of its body`() async throws {
        let setting = try await Setting.make()
        let (_, seats) = try await setting.committee()
        await #expect(throws: MandateError.longerThanLimit(months: 24)) {
            try await setting.seat(0, on: seats[0], from: day("2025-01-01"), to: day("2027-01-01"))
        }
        try await setting.seat(0, on: seats[0], from: day("2025-01-01"), to: day("2026-12-31"))
    }

    @Test func `one seat has one holder at a time, and alternates beside`() async throws {
        let setting = try await Setting.make()
        let (body, seats) = try await setting.committee()
        try await setting.seat(0, on: seats[0], from: day("2025-01-01"), to: day("2025-12-31"))
        await #expect(throws: MandateError.seatTaken) {
            try await setting.seat(1, on: seats[0], from: day("2025-12-31"))
        }
        try await setting.seat(1, on: seats[0], from: day("2026-01-01"))
        try await setting.seat(2, on: seats[0], rank: 1, from: day("2026-01-01"))
        let holders = try await setting.read { try await $0.holders(of: body, on: day("2026-03-13")) }
        #expect(holders.map(\.holderName) == ["Luis Burgos", "Carmen Coronado"])
    }

    @Test func `who is not in the register holds no seat of the alliance`() async throws {
        let setting = try await Setting.make()
        let (body, seats) = try await setting.committee()
        let seat = seats[0].id
        await #expect(throws: MandateError.holderNotFound) {
            try await setting.run(
                RecordMandate(
                    on: seat, of: body, in: setting.alliance.id,
                    holder: .document(IdentityDocument(type: .cedula, number: "999999")),
                    from: day("2026-01-01"), paper: "Acta 1"))
        }
        await #expect(throws: MandateError.holderNotFound) {
            try await setting.write {
                try await $0.openMandates(
                    [
                        NewMandate(
                            seat: seat, person: ID(), startsOn: day("2026-01-01"), origin: .election,
                            process: ID())
                    ], at: setting.tenants.clock.now)
            }
        }
        await #expect(throws: MandateError.holderMustBeKnown) {
            try await setting.run(
                RecordMandate(
                    on: seat, of: body, in: setting.alliance.id, holder: .name("Ana Prueba"),
                    from: day("2026-01-01"), paper: "Acta 1"))
        }
    }

    @Test func `a seat outside that the alliance does not elect is held by a name`() async throws {
        let setting = try await Setting.make()
        let (body, seats) = try await setting.hospitalBoard()
        try await setting.run(
            RecordMandate(
                on: seats[1].id, of: body, in: setting.alliance.id, holder: .name("Delegada de la alcaldía"),
                from: day("2026-01-01"), origin: .exOfficio, paper: "Decreto 4 de 2026"))
        let holder = try #require(try await setting.principal(body, seats[1], on: day("2026-03-13")))
        #expect(holder.mandate.holderName == "Delegada de la alcaldía")
        #expect(holder.mandate.person == nil)
    }

    @Test func `nothing is opened in another alliance's body`() async throws {
        let setting = try await Setting.make()
        let (body, seats) = try await setting.committee()
        let other = try await setting.tenants.alliance("Otra", in: setting.organization)
        await #expect(throws: BodyError.notFound) {
            try await setting.run(
                RecordMandate(
                    on: seats[0].id, of: body, in: other.id,
                    holder: .document(IdentityDocument(type: .cedula, number: "1001")),
                    from: day("2026-01-01"), paper: "Acta 1"))
        }
    }

    @Test func `a principal's mandate is a fact for eligibility, an alternate's is not`() async throws {
        let setting = try await Setting.make()
        let (body, seats) = try await setting.committee()
        try await setting.seat(0, on: seats[0], from: day("2024-03-01"), to: day("2026-02-28"))
        try await setting.seat(1, on: seats[0], rank: 1, from: day("2024-03-01"))
        let facts: [String] = try await setting.read {
            try await $0.values(
                """
                select concat_ws(' ', person_id, value, valid_from, valid_until)
                from membership.facts where kind = 'mandate'
                """)
        }
        #expect(facts == ["\(setting.people[0]) \(body) 2024-03-01 2026-03-01"])
    }

    @Test func `what eligibility knows of a mandate follows what happened to it`() async throws {
        let setting = try await Setting.make()
        let (_, seats) = try await setting.committee()
        let (_, boardSeats) = try await setting.hospitalBoard()
        func known() async throws -> [String] {
            try await setting.read {
                try await $0.values(
                    """
                    select concat_ws(' ', valid_from, valid_until) from membership.facts
                    where kind = 'mandate' and cancelled_at is null order by 1
                    """)
            }
        }
        func end(
            _ mandate: ID<Mandate>, on last: String, because reason: MandateSummary.EndReason
        ) async throws {
            try await setting.write {
                try await $0.end(
                    mandate, on: day(last), because: reason, note: nil, at: setting.tenants.clock.now)
            }
        }
        // Who resigned held it until then; who was annulled never did.
        let resigned = try await setting.seat(0, on: seats[0], from: day("2024-03-01"), to: day("2026-02-28"))
        let annulled = try await setting.seat(1, on: seats[1], from: day("2024-03-01"), to: day("2026-02-28"))
        #expect(try await known().count == 2)
        try await end(resigned, on: "2025-06-30", because: .resignation)
        try await end(annulled, on: "2025-06-30", because: .annulment)
        #expect(try await known() == ["2024-03-01 2025-07-01"])
        // Who waits for the posesión holds nothing yet, and nothing ever who never takes office.
        func elect(_ person: Int, from first: String) async throws -> ID<Mandate> {
            let mandate = ID<Mandate>()
            try await setting.write {
                try await $0.openMandates(
                    [
                        NewMandate(
                            id: mandate, seat: boardSeats[0].id, person: setting.people[person],
                            startsOn: day(first), origin: .election, process: ID())
                    ], at: setting.tenants.clock.now)
            }
            return mandate
        }
        let never = try await elect(0, from: "2025-01-01")
        try await end(never, on: "2025-01-31", because: .resignation)
        let late = try await elect(1, from: "2025-02-01")
        #expect(try await known() == ["2024-03-01 2025-07-01"])
        try await setting.run(
            RecordAppointment(
                of: late, in: setting.alliance.id, act: "Resolución 12", on: day("2025-02-10"),
                tookOfficeOn: day("2025-03-01")))
        #expect(try await known() == ["2024-03-01 2025-07-01", "2025-03-01 2028-02-01"])
    }

    @Test func `who goes on until replaced serves without a break, for reelection too`() async throws {
        let setting = try await Setting.make()
        try await RequirementCatalogue(folder: TestDatabase.repository.appending(path: "sql/data"))
            .load(into: setting.tenants.database)
        let (body, seats) = try await setting.committee(continues: true)
        let space = EligibilitySpace(
            alliance: setting.alliance.id,
            body: ContestedBody(id: body.description, termLimit: 2, norm: "Reglamento, artículo 7"))
        func reelection(on date: String) async throws -> Verdict? {
            try await setting.read {
                try await $0.dossier(
                    of: setting.people[0], as: .candidate, in: space, on: day(date),
                    at: setting.tenants.clock.now
                ).outcomes.first { $0.requirement.id == "E15" }?.verdict
            }
        }
        try await setting.seat(0, on: seats[0], from: day("2021-03-01"), to: day("2023-02-28"))
        #expect(try await reelection(on: "2025-11-01") == .pass)
        // 276 days after the first period ended, on which it went on all the while.
        let second = try await setting.seat(0, on: seats[0], from: day("2023-12-01"), to: day("2025-11-30"))
        #expect(try await reelection(on: "2025-11-01") == .fail)
        // Annulled, the second never replaced the first.
        try await setting.run(
            EndMandate(
                second, in: setting.alliance.id, on: day("2023-12-01"), because: .annulment,
                note: "Decisión 2"))
        #expect(try await reelection(on: "2025-11-01") == .pass)
        // Who takes another seat of the body leaves the one that they went on in: two periods all the same.
        try await setting.seat(0, on: seats[1], from: day("2024-06-01"), to: day("2025-11-30"))
        #expect(try await reelection(on: "2025-11-01") == .fail)
    }

    @Test func `who goes on serves until the day before another follows`() async throws {
        let setting = try await Setting.make()
        let (_, seats) = try await setting.committee(continues: true)
        func served() async throws -> [String] {
            try await setting.read {
                try await $0.values(
                    """
                    select concat_ws(' ', valid_from, valid_until) from membership.facts
                    where kind = 'mandate' and cancelled_at is null order by 1
                    """)
            }
        }
        try await setting.seat(0, on: seats[0], from: day("2023-03-01"), to: day("2025-02-28"))
        #expect(try await served() == ["2023-03-01"])
        try await setting.seat(1, on: seats[0], from: day("2026-03-10"))
        #expect(try await served() == ["2023-03-01 2026-03-10", "2026-03-10"])
    }

    // MARK: Appointment

    @Test func `who never took office held nothing and replaced nobody`() async throws {
        let setting = try await Setting.make()
        let body = try await setting.run(
            CreateBody(
                "Junta de la ESE", kind: .publicHospitalBoard, of: setting.alliance.id, isExternal: true,
                term: Setting.term(), formation: .appointment, continuesUntilReplaced: true,
                seats: [SeatDraft(title: "Usuarios")])
        ).id
        let seat = try #require(try await setting.read { try await $0.seats(of: body) }.first)
        let sitting = try await setting.seat(0, on: seat, from: day("2024-02-01"), to: day("2026-01-31"))
        try await setting.run(
            RecordAppointment(
                of: sitting, in: setting.alliance.id, act: "Resolución 3", on: day("2024-01-20"),
                tookOfficeOn: day("2024-02-01")))
        let elected = try await setting.seat(1, on: seat, from: day("2026-02-01"))
        try await setting.run(
            EndMandate(elected, in: setting.alliance.id, on: day("2026-02-10"), because: .resignation))
        let today = try day("2026-03-13")
        let found = try #require(try await setting.read { try await $0.mandate(elected) })
        #expect(found.state == .neverHeld && found.held == nil)
        #expect(try await setting.principal(body, seat, on: today)?.mandate.id == sitting)
        #expect(try await setting.principal(body, seat, on: today)?.mandate.replacedOn == nil)
        #expect(try await setting.fetch(ListTermEnds()).vacancies.isEmpty)
        // The days are free for whoever is elected next.
        try await setting.seat(2, on: seat, from: day("2026-02-01"))
    }

    @Test func `who took another seat before a late posesión serves on both`() async throws {
        let setting = try await Setting.make()
        let body = try await setting.run(
            CreateBody(
                "Junta de la ESE", kind: .publicHospitalBoard, of: setting.alliance.id, isExternal: true,
                term: Setting.term(), formation: .appointment, continuesUntilReplaced: true,
                seats: [SeatDraft(title: "Usuarios"), SeatDraft(title: "Comunidad")])
        ).id
        let seats = try await setting.read { try await $0.seats(of: body) }
        func takeOffice(_ mandate: ID<Mandate>, on posesion: String) async throws {
            try await setting.run(
                RecordAppointment(
                    of: mandate, in: setting.alliance.id, act: "Resolución 3", on: day("2024-01-20"),
                    tookOfficeOn: day(posesion)))
        }
        let late = try await setting.seat(0, on: seats[0], from: day("2024-02-01"), to: day("2024-03-31"))
        let other = try await setting.seat(0, on: seats[1], from: day("2024-05-01"), to: day("2025-04-30"))
        try await takeOffice(other, on: "2024-05-01")
        try await takeOffice(late, on: "2024-06-01")
        let served: [String] = try await setting.read {
            try await $0.values(
                """
                select concat_ws(' ', valid_from, valid_until) from membership.facts
                where kind = 'mandate' and cancelled_at is null order by 1
                """)
        }
        #expect(served == ["2024-05-01", "2024-06-01"])
    }

    @Test func `what has not begun is ended as never held, and what has begun needs its paper for that`()
        async throws
    {
        let setting = try await Setting.make()
        let (body, seats) = try await setting.committee()
        let alliance = setting.alliance.id
        let coming = try await setting.seat(0, on: seats[0], from: day("2026-04-01"))
        try await setting.run(
            EndMandate(coming, in: alliance, on: day("2026-03-12"), because: .resignation))
        #expect(try await setting.read { try await $0.mandate(coming) }?.state == .neverHeld)
        #expect(try await setting.principal(body, seats[0], on: day("2026-04-02")) == nil)
        try await setting.seat(1, on: seats[0], from: day("2026-04-01"))

        let begun = try await setting.seat(0, on: seats[1], from: day("2026-03-01"))
        await #expect(throws: MandateError.endsBeforeItBegan(try day("2026-03-01"))) {
            try await setting.run(EndMandate(begun, in: alliance, on: day("2026-02-27"), because: .death))
        }
        try await setting.run(
            EndMandate(
                begun, in: alliance, on: day("2026-02-27"), because: .death, note: "Registro civil 12"))
        #expect(try await setting.read { try await $0.mandate(begun) }?.state == .neverHeld)
    }

    @Test func `what a mandate may last is what the bylaws of its first day order, where that is less`()
        async throws
    {
        let setting = try await Setting.make()
        let (body, seats) = try await setting.committee()
        try await setting.run(
            AdoptBylaws(
                "Reglamento", of: setting.alliance.id, approvedOn: day("2025-12-01"),
                inForceFrom: day("2026-01-01"),
                articles: [BylawArticle(number: "4", heading: "Período", body: "Un año.")],
                parameters: [
                    BylawParameter(
                        name: .termMonths, text: "12", article: "4", norm: nil, isConfirmed: true)
                ]))
        try await setting.seat(0, on: seats[0], from: day("2024-01-01"), to: day("2025-12-31"))
        await #expect(throws: MandateError.longerThanLimit(months: 12)) {
            try await setting.seat(1, on: seats[0], from: day("2026-01-01"), to: day("2027-01-01"))
        }
        try await setting.seat(1, on: seats[0], from: day("2026-01-01"))
        let holder = try #require(try await setting.principal(body, seats[0], on: day("2026-03-13")))
        #expect(holder.mandate.endsOn == (try day("2026-12-31")))
        // A body outside keeps to its own norm.
        let (board, places) = try await setting.hospitalBoard()
        try await setting.seat(2, on: places[0], from: day("2026-01-01"))
        let elected = try #require(try await setting.read { try await $0.mandates(of: board) }.first)
        #expect(elected.endsOn == (try day("2028-12-31")))
    }

    @Test func `who was elected to an ESE board waits for the act and the posesión`() async throws {
        let setting = try await Setting.make()
        let (body, seats) = try await setting.hospitalBoard()
        let mandate = ID<Mandate>()
        try await setting.write {
            try await $0.openMandates(
                [
                    NewMandate(
                        id: mandate, seat: seats[0].id, person: setting.people[0],
                        startsOn: day("2026-02-01"), origin: .election, process: ID())
                ], at: setting.tenants.clock.now)
        }
        func state() async throws -> MandateSummary.State? {
            try await setting.read { try await $0.mandate(mandate)?.state }
        }
        #expect(try await state() == .pending)
        #expect(try await setting.principal(body, seats[0], on: day("2026-03-13")) == nil)

        await #expect(throws: MandateError.actMissing) {
            try await setting.run(
                RecordAppointment(
                    of: mandate, in: setting.alliance.id, act: nil, on: nil,
                    tookOfficeOn: day("2026-03-01")))
        }
        try await setting.run(
            RecordAppointment(
                of: mandate, in: setting.alliance.id, act: "Resolución 12", on: day("2026-02-10")))
        #expect(try await state() == .pending)
        await #expect(throws: MandateError.officeBeforeAppointment) {
            try await setting.run(
                RecordAppointment(
                    of: mandate, in: setting.alliance.id, act: nil, on: nil,
                    tookOfficeOn: day("2026-02-09")))
        }
        try await setting.run(
            RecordAppointment(
                of: mandate, in: setting.alliance.id, act: nil, on: nil, tookOfficeOn: day("2026-03-01")))
        #expect(try await state() == .inForce)
        #expect(try await setting.principal(body, seats[0], on: day("2026-02-28")) == nil)
        #expect(try await setting.principal(body, seats[0], on: day("2026-03-01")) != nil)
        await #expect(throws: MandateError.alreadyInForce) {
            try await setting.run(
                RecordAppointment(
                    of: mandate, in: setting.alliance.id, act: "Otra", on: day("2026-02-10")))
        }
    }

    @Test func `who was elected to an ESE board before, on paper, waits for the act and the posesión too`()
        async throws
    {
        let setting = try await Setting.make()
        let (body, seats) = try await setting.hospitalBoard()
        let mandate = try await setting.seat(0, on: seats[0], from: day("2026-02-01"))
        let today = try day("2026-03-13")
        #expect(try await setting.principal(body, seats[0], on: today) == nil)
        var vacancies = try await setting.fetch(ListTermEnds()).vacancies
        #expect(vacancies.map(\.isAwaited) == [true])
        try await setting.run(
            RecordAppointment(
                of: mandate, in: setting.alliance.id, act: "Resolución 12", on: day("2026-02-10"),
                tookOfficeOn: day("2026-02-12")))
        #expect(try await setting.principal(body, seats[0], on: today)?.mandate.id == mandate)
        vacancies = try await setting.fetch(ListTermEnds()).vacancies
        #expect(vacancies.isEmpty)
    }

    @Test func `whom an authority appoints to a seat of another sector holds it at once`() async throws {
        let setting = try await Setting.make()
        let (body, seats) = try await setting.hospitalBoard()
        try await setting.run(
            RecordMandate(
                on: seats[1].id, of: body, in: setting.alliance.id,
                holder: .name("Delegación de la alcaldía"),
                from: day("2026-01-01"), to: day("2026-03-20"), origin: .appointment, paper: "Decreto 4"))
        #expect(try await setting.principal(body, seats[1], on: day("2026-03-13")) != nil)
        // Neither its end nor its vacancy is the alliance's to fill.
        let ends = try await setting.fetch(ListTermEnds())
        #expect(ends.endings.isEmpty)
        #expect(ends.vacancies.map(\.seatTitle) == ["Usuarios"])
        let seated = try await setting.read { try await $0.seatedBody(body, on: day("2026-03-13")) }
        #expect(seated?.vacancies == 1)
    }

    // MARK: Ending

    @Test func `who resigns leaves the seat empty from the next day`() async throws {
        let setting = try await Setting.make()
        let (body, seats) = try await setting.committee()
        let mandate = try await setting.seat(0, on: seats[0], from: day("2025-06-01"))
        try await setting.run(
            EndMandate(mandate, in: setting.alliance.id, on: day("2026-03-10"), because: .resignation))
        #expect(try await setting.principal(body, seats[0], on: day("2026-03-10")) != nil)
        #expect(try await setting.principal(body, seats[0], on: day("2026-03-11")) == nil)
        let seated = try await setting.read { try await $0.seatedBody(body, on: day("2026-03-13")) }
        #expect(seated?.seatings.first?.vacantSince == (try day("2026-03-11")))
        await #expect(throws: MandateError.alreadyEnded) {
            try await setting.run(
                EndMandate(mandate, in: setting.alliance.id, on: day("2026-03-11"), because: .death))
        }
        try await setting.seat(1, on: seats[0], from: day("2026-03-11"))
    }

    @Test func `an annulled mandate was never held, and frees its days`() async throws {
        let setting = try await Setting.make()
        let (body, seats) = try await setting.committee()
        let mandate = try await setting.seat(0, on: seats[0], from: day("2025-06-01"))
        try await setting.run(
            EndMandate(
                mandate, in: setting.alliance.id, on: day("2026-03-10"), because: .annulment,
                note: "Decisión 2 del comité electoral"))
        #expect(try await setting.principal(body, seats[0], on: day("2025-07-01")) == nil)
        try await setting.seat(1, on: seats[0], from: day("2025-06-01"))
    }

    @Test func `nobody leaves a seat after the last day where nobody goes on`() async throws {
        let setting = try await Setting.make()
        for (name, continues) in [("Comité", false), ("Junta", true)] {
            let (_, seats) = try await setting.committee(name, continues: continues)
            let mandate = try await setting.seat(
                0, on: seats[0], from: day("2023-03-01"), to: day("2025-02-28"))
            let end = try EndMandate(
                mandate, in: setting.alliance.id, on: day("2026-03-01"), because: .resignation)
            if continues {
                try await setting.run(end)
            } else {
                await #expect(throws: MandateError.endsAfterPeriod(try day("2025-02-28"))) {
                    try await setting.run(end)
                }
            }
        }
    }

    @Test func `what has digits is a document, or it is refused`() throws {
        #expect(
            try RecordMandate.Holder(typed: "CC 1.001")
                == .document(IdentityDocument(type: .cedula, number: "1001")))
        #expect(
            try RecordMandate.Holder(typed: "Delegada de la alcaldía") == .name("Delegada de la alcaldía"))
        #expect(throws: InvalidInput.self) { try RecordMandate.Holder(typed: "CC 12A456") }
    }

    @Test func `an end tells why`() throws {
        #expect(throws: MandateError.endNotTold) {
            try EndMandate(ID(), in: nil, on: day("2026-03-10"), because: .other, note: "  ")
        }
    }

    @Test func `the first alternate follows a principal who is gone, for what remains`() async throws {
        let setting = try await Setting.make()
        let (body, seats) = try await setting.committee()
        let principal = try await setting.seat(0, on: seats[0], from: day("2025-06-01"))
        try await setting.seat(2, on: seats[0], rank: 2, from: day("2025-06-01"))
        try await setting.seat(1, on: seats[0], rank: 1, from: day("2025-06-01"))
        let call = try CallAlternate(
            to: seats[0].id, of: body, in: setting.alliance.id, on: day("2026-03-12"), paper: "Acta 9")
        await #expect(throws: MandateError.notVacant) { try await setting.run(call) }
        try await setting.run(
            EndMandate(principal, in: setting.alliance.id, on: day("2026-03-11"), because: .death))
        try await setting.run(call)
        let holder = try #require(try await setting.principal(body, seats[0], on: day("2026-03-13")))
        #expect(holder.mandate.holderName == "Luis Burgos")
        #expect(holder.mandate.origin == .succession)
        #expect(holder.mandate.endsOn == (try day("2027-05-31")))
        let alternates = try await setting.read { try await $0.seatedBody(body, on: day("2026-03-13")) }?
            .seatings.first?.alternates.map(\.mandate.holderName)
        #expect(alternates == ["Carmen Coronado"])
    }

    // MARK: Past the end

    @Test(arguments: [true, false])
    func `past the last day a holder goes on where the body says so, until somebody follows`(
        continues: Bool
    ) async throws {
        let setting = try await Setting.make()
        let (body, seats) = try await setting.committee(continues: continues)
        try await setting.seat(0, on: seats[0], from: day("2024-03-01"), to: day("2026-02-28"))
        let today = try day("2026-03-13")
        let principal = try await setting.principal(body, seats[0], on: today)
        #expect(principal?.standing == (continues ? .acting : nil))
        let ends = try await setting.fetch(ListTermEnds())
        #expect(ends.endings.map(\.standing) == [continues ? .acting : .expired])
        #expect(
            ends.vacancies.map(\.seatTitle)
                == (continues ? ["Integrante 2"] : ["Integrante 1", "Integrante 2"]))

        try await setting.seat(1, on: seats[0], from: day("2026-03-10"))
        #expect(try await setting.principal(body, seats[0], on: today)?.mandate.holderName == "Luis Burgos")
        let after = try await setting.fetch(ListTermEnds())
        #expect(after.endings.isEmpty)
        #expect(after.vacancies.map(\.seatTitle) == ["Integrante 2"])
    }

    @Test(arguments: [
        (181, false), (180, true), (91, true), (15, true), (0, true),
    ])
    func `what ends within 180 days is listed over all alliances`(days: Int, isNear: Bool) async throws {
        let setting = try await Setting.make()
        let (_, seats) = try await setting.committee()
        let today = try day("2026-03-13")
        try await setting.seat(0, on: seats[0], from: day("2025-03-01"), to: today + days)
        let endings = try await setting.fetch(ListTermEnds()).endings
        #expect(endings.map(\.alliance?.slug) == (isNear ? [setting.alliance.slug] : []))
        #expect(endings.map(\.standing) == (isNear ? [.ending(inDays: days)] : []))
    }

    @Test func `a list of vacancies and the bodies themselves agree on random histories`() async throws {
        var random = SystemRandomNumberGenerator()
        let seed = random.next()
        var generator = SplitMix(state: seed)
        let setting = try await Setting.make()
        let today = try day("2026-03-13")
        var bodies: [ID<Body>] = []
        for index in 0..<4 {
            let (body, seats) = try await setting.committee(
                "Comité \(index)", seats: 6, continues: index.isMultiple(of: 2))
            bodies.append(body)
            for seat in seats {
                var start = today - Int.random(in: 0...900, using: &generator)
                for person in 0..<Int.random(in: 0...3, using: &generator) {
                    let length = Int.random(in: 1...500, using: &generator)
                    let mandate = try await setting.seat(person, on: seat, from: start, to: start + length)
                    var last = start + length
                    if Bool.random(using: &generator), start < today {
                        let longest = index.isMultiple(of: 2) ? 600 : length
                        let end = min(today, start + Int.random(in: 0...longest, using: &generator))
                        last = max(last, end)
                        try await setting.run(
                            EndMandate(
                                mandate, in: setting.alliance.id, on: end,
                                because: Bool.random(using: &generator) ? .resignation : .annulment,
                                note: "Prueba"))
                    }
                    start = last + 1 + Int.random(in: 0...200, using: &generator)
                }
            }
        }
        var empty: [ID<Seat>: CalendarDate?] = [:]
        var endings: Set<ID<Mandate>> = []
        for body in bodies {
            let seated = try #require(try await setting.read { try await $0.seatedBody(body, on: today) })
            for seating in seated.seatings {
                if seating.isVacant { empty[seating.seat.id] = seating.vacantSince }
                for holding in seating.holdings where holding.mandate.state == .inForce {
                    switch holding.standing {
                    case .acting, .expired, .ending: endings.insert(holding.mandate.id)
                    case .inForce, .pending, .ended: break
                    }
                }
            }
        }
        let list = try await setting.fetch(ListTermEnds())
        let told = Dictionary(uniqueKeysWithValues: list.vacancies.map { ($0.seat, $0.since) })
        #expect(told == empty, "seed \(seed)")
        #expect(Set(list.endings.map(\.mandate)) == endings, "seed \(seed)")
    }

    // MARK: Seats

    @Test func `a seat that is held is not abolished, nor the last one`() async throws {
        let setting = try await Setting.make()
        let (body, seats) = try await setting.committee()
        let mandate = try await setting.seat(0, on: seats[0], from: day("2025-06-01"))
        let abolish = AbolishSeat(seats[0].id, of: body, in: setting.alliance.id)
        await #expect(throws: BodyError.seatIsHeld("Integrante 1")) { try await setting.run(abolish) }
        try await setting.run(
            EndMandate(mandate, in: setting.alliance.id, on: day("2026-03-10"), because: .resignation))
        try await setting.run(abolish)
        await #expect(throws: BodyError.lastSeat) {
            try await setting.run(AbolishSeat(seats[1].id, of: body, in: setting.alliance.id))
        }
        try await setting.run(
            EditBody(
                body, of: setting.alliance.id, name: "Comité", term: Setting.term(12),
                formation: .proclamation, continuesUntilReplaced: true,
                addingSeats: [SeatDraft(title: "Integrante 3")]))
        let after = try await setting.read { try await $0.seats(of: body) }
        #expect(after.map(\.position) == [2, 3])
        #expect(try await setting.read { try await $0.body(body) }?.term.months == 12)
    }

    @Test func `two bodies of an alliance have two names`() async throws {
        let setting = try await Setting.make()
        _ = try await setting.committee()
        await #expect(throws: BodyError.nameTaken("Comité organizador")) { try await setting.committee() }
    }

    @Test func `more than two years need the norm that says so`() {
        #expect(throws: BodyError.uncitedTerm(months: 36)) { try Setting.term(36) }
    }

    // MARK: Rights

    @Test func `a board acts in its own alliance alone, and a member only reads`() async throws {
        let setting = try await Setting.make()
        let (body, _) = try await setting.committee()
        let other = try await setting.tenants.alliance("Otra", in: setting.organization)
        let board = try await setting.tenants.principal(
            .board, of: setting.organization, in: .alliance(other.id))
        await #expect(throws: AccessError.notPermitted(.readGovernance)) {
            _ = try await setting.tenants.runner.fetch(ReadBody(body, of: setting.alliance.id), as: board)
        }
        await #expect(throws: BodyError.notFound) {
            _ = try await setting.tenants.runner.fetch(ReadBody(body, of: other.id), as: board)
        }
        let member = try await setting.tenants.principal(
            .member, of: setting.organization, in: .alliance(setting.alliance.id))
        _ = try await setting.tenants.runner.fetch(ReadBody(body, of: setting.alliance.id), as: member)
        await #expect(throws: AccessError.notPermitted(.createBodies)) {
            try await setting.tenants.runner.run(
                AbolishSeat(ID(), of: body, in: setting.alliance.id), as: member)
        }
    }
}

/// A small generator whose runs can be repeated from a seed.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
