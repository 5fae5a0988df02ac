import Foundation
import Kernel
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// Constitution, registration, meetings, minutes and the follow-up of plans; 13 March 2026 is today.
@Suite struct RecordTests {
    private func meeting(
        on date: String, _ kind: Meeting.Kind = .board, restriction: String? = nil, rule: MoveRule? = nil
    ) throws -> Meeting {
        try Meeting(
            kind: kind, title: "Reunión de prueba", day: day(date), startsAt: TimeOfDay(hour: 9, minute: 0),
            endsAt: TimeOfDay(hour: 10, minute: 0), mode: .virtual, restriction: restriction,
            moveRule: rule)
    }

    private func document(_ index: Int) throws -> IdentityDocument {
        try IdentityDocument(type: .cedula, number: Setting.documents[index])
    }

    // MARK: Constitution

    @Test func `a constitution keeps who signed, affiliates by name and witnesses by office`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let record = try RecordConstitution(
            of: alliance, on: day("2026-03-01"), at: "Sala de espera", attendees: 30,
            signers: [
                .affiliate(document(0)), .affiliate(document(1)),
                .witness(name: "Ana Prueba", office: "Personería"),
            ])
        try await setting.run(record)
        let found = try #require(try await setting.fetch(ReadConstitution(of: alliance)).constitutions.first)
        #expect(found.signers.map(\.name) == ["Rosa Arrieta", "Luis Burgos", "Ana Prueba"])
        #expect(found.signers.map(\.person) == [setting.people[0], setting.people[1], nil])
        #expect(found.attendees == 30)
        await #expect(throws: ConstitutionError.sameDay) { try await setting.run(record) }
    }

    @Test func `a constitution that cannot have been is refused`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let signer = RecordConstitution.Signer.affiliate(try document(0))
        #expect(throws: ConstitutionError.tooFew) {
            try RecordConstitution(of: alliance, on: day("2026-03-01"), at: "Sala", attendees: 1, signers: [])
        }
        #expect(throws: ConstitutionError.moreSignersThanAttendees) {
            try RecordConstitution(
                of: alliance, on: day("2026-03-01"), at: "Sala", attendees: 2,
                signers: [signer, .affiliate(document(1)), .affiliate(document(2))])
        }
        #expect(throws: ConstitutionError.repeatedSigner("CC 1001")) {
            try RecordConstitution(
                of: alliance, on: day("2026-03-01"), at: "Sala", attendees: 2, signers: [signer, signer])
        }
        await #expect(throws: ConstitutionError.inFuture) {
            try await setting.run(
                RecordConstitution(
                    of: alliance, on: day("2026-03-14"), at: "Sala", attendees: 2, signers: [signer]))
        }
        await #expect(throws: ConstitutionError.signerNotFound("CC 999999")) {
            try await setting.run(
                RecordConstitution(
                    of: alliance, on: day("2026-03-01"), at: "Sala", attendees: 2,
                    signers: [.affiliate(IdentityDocument(type: .cedula, number: "999999"))]))
        }
    }

    @Test func `a registration keeps its authority, number and date, each once`() async throws {
        let setting = try await Setting.make()
        let record = try RecordRegistration(
            of: setting.alliance.id, before: "Secretaría de Salud", number: "045", on: day("2026-03-02"))
        try await setting.run(record)
        let found = try await setting.fetch(ReadConstitution(of: setting.alliance.id)).registrations
        #expect(found == [record.registration])
        await #expect(throws: ConstitutionError.numberTaken) {
            try await setting.run(
                RecordRegistration(
                    of: setting.alliance.id, before: "Secretaría de Salud", number: "045", on: nil))
        }
    }

    @Test func `an alliance is registered, and answers the authority, after its constitution`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        try await setting.run(
            RecordConstitution(
                of: alliance, on: day("2026-02-02"), at: "Casa comunal", attendees: 4, signers: []))
        let constituted = try day("2026-02-02")
        await #expect(throws: ConstitutionError.registeredTooEarly(constituted: constituted)) {
            try await setting.run(
                RecordRegistration(
                    of: alliance, before: "Personería", number: "7", on: day("2026-02-01")))
        }
        await #expect(throws: LifeError.beforeBeginning(constituted)) {
            try await setting.run(
                RecordRegistryStep(
                    RegistryStep(
                        .filed, before: "Personería", number: "9", on: day("2026-02-01"), note: ""),
                    of: alliance))
        }
        await #expect(throws: LifeError.calledTooLate(constituted: constituted)) {
            try await setting.run(
                RecordAllianceCall(
                    of: alliance, by: .users, named: "Ana", on: day("2026-02-03"), to: "Usuarios",
                    through: "Carteles"))
        }
        try await setting.run(
            RecordRegistration(of: alliance, before: "Personería", number: "7", on: constituted))
    }

    // MARK: Meetings and minutes

    @Test func `a meeting is called, held and has its minutes once`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let meeting = try meeting(on: "2026-03-12", .assembly)
        try await setting.run(PlanMeeting(meeting, of: alliance))
        for (date, channel) in [("2026-03-05", "Afiche"), ("2026-03-01", "Teléfono")] {
            try await setting.run(
                CallMeeting(
                    MeetingCall(sentOn: day(date), channel: channel, reached: 40), to: meeting.id,
                    of: alliance))
        }
        await #expect(throws: MeetingError.calledAfterwards) {
            try await setting.run(
                CallMeeting(
                    MeetingCall(sentOn: day("2026-03-13"), channel: "Prensa"), to: meeting.id, of: alliance))
        }
        let minutes = try RecordMinutes(
            of: meeting.id, in: alliance, number: "3", datedOn: day("2026-03-12"), attendees: 33,
            narrative: ["Se leyó el acta anterior.", "  "],
            decisions: [
                .init(decision: "Se aprueba el plan", inFavor: 32, against: 1, abstained: 0),
                .init(decision: "Próxima reunión en mayo"),
            ],
            commitments: [
                .init(activity: "Enviar el plan", dueOn: day("2026-03-20"), responsible: "Secretaría")
            ])
        try await setting.run(minutes)
        let read = try await setting.fetch(ReadMeeting(meeting.id, of: alliance))
        #expect(read.summary.calledOn == (try day("2026-03-01")))
        #expect(read.summary.meeting.state == .held)
        #expect(read.minutes == minutes.minutes)
        #expect(read.minutes?.narrative == ["Se leyó el acta anterior."])
        await #expect(throws: MeetingError.hasMinutes) { try await setting.run(minutes) }
    }

    @Test func `minutes whose figures do not fit, or of a meeting to come, are refused`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let meeting = try meeting(on: "2026-03-14")
        try await setting.run(PlanMeeting(meeting, of: alliance))
        #expect(throws: MeetingError.figuresDoNotFit) {
            try RecordMinutes(
                of: meeting.id, in: alliance, number: nil, datedOn: day("2026-03-13"), attendees: 32,
                narrative: ["Algo."], decisions: [.init(decision: "Aprobado", inFavor: 32, against: 1)])
        }
        #expect(throws: MeetingError.emptyMinutes) {
            try RecordMinutes(
                of: meeting.id, in: alliance, number: nil, datedOn: day("2026-03-13"), attendees: 3,
                narrative: [" "])
        }
        await #expect(throws: MeetingError.notYetHeld) {
            try await setting.run(
                RecordMinutes(
                    of: meeting.id, in: alliance, number: nil, datedOn: day("2026-03-13"), attendees: 3,
                    narrative: ["Algo."]))
        }
    }

    @Test func `a meeting is moved or called off with a reason, the hearing only by who may`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let hearing = try meeting(
            on: "2026-07-17", .publicHearing, restriction: "Solo la EPS la mueve.",
            rule: MoveRule(isEntityOnly: true, authority: "Supersalud"))
        try await setting.run(PlanMeeting(hearing, of: alliance))
        let move = ChangeMeeting.Change.move(
            to: try day("2026-07-24"), from: TimeOfDay(hour: 14, minute: 0), until: nil)
        func change(_ notice: AuthorityNotice? = nil) throws -> ChangeMeeting {
            try ChangeMeeting(hearing.id, of: alliance, to: move, because: "Sala ocupada", notice: notice)
        }
        let filed = try AuthorityNotice(number: "2026-12", filedOn: day("2026-03-12"))
        let board = try await setting.tenants.principal(
            .board, of: setting.organization, in: .alliance(alliance))
        await #expect(throws: MeetingError.entityAlone) {
            try await setting.tenants.runner.run(change(filed), as: board)
        }
        await #expect(throws: MeetingError.authorityNotTold("Supersalud")) { try await setting.run(change()) }
        // What was not filed yet was not told.
        await #expect(throws: MeetingError.noticeOutOfTime("Supersalud")) {
            try await setting.run(change(AuthorityNotice(number: "2026-12", filedOn: day("2026-03-14"))))
        }
        try await setting.run(change(filed))
        let answer = try await setting.fetch(ReadMeeting(hearing.id, of: alliance))
        #expect(answer.changes.map(\.notice?.number) == ["2026-12"])
        #expect(answer.changes.map(\.dayBefore) == [hearing.day])
        let moved = answer.summary.meeting
        #expect(moved.day == (try day("2026-07-24")))
        #expect(moved.hours == "2:00\u{A0}p.\u{A0}m.")

        let other = try meeting(on: "2026-04-01")
        try await setting.run(PlanMeeting(other, of: alliance))
        let cancel = try ChangeMeeting(other.id, of: alliance, to: .cancel, because: "Paro")
        try await setting.run(cancel)
        await #expect(throws: MeetingError.notPlanned) { try await setting.run(cancel) }
    }

    @Test func `another alliance's meeting is not found`() async throws {
        let setting = try await Setting.make()
        let meeting = try meeting(on: "2026-03-12")
        try await setting.run(PlanMeeting(meeting, of: setting.alliance.id))
        let other = try await setting.tenants.alliance("Otra", in: setting.organization)
        await #expect(throws: MeetingError.notFound) {
            _ = try await setting.fetch(ReadMeeting(meeting.id, of: other.id))
        }
        await #expect(throws: MeetingError.notFound) {
            try await setting.run(
                CallMeeting(
                    MeetingCall(sentOn: day("2026-03-01"), channel: "Afiche"), to: meeting.id, of: other.id))
        }
    }

    // MARK: Years and reports

    @Test func `the year that is shown is the present one, whatever is known of others`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let before = try Meeting(kind: .group, title: "Reunión", day: day("2021-02-05"))
        try await setting.run(PlanMeeting(before, of: alliance))
        let answer = try await setting.fetch(ReadYear(of: alliance))
        #expect(answer.year == 2026)
        #expect(answer.years == [2026, 2025, 2021])
    }

    // MARK: Papers

    @Test func `a signed paper is added to what was recorded before, and to nothing of others`() async throws
    {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let constitution = try await setting.run(
            RecordConstitution(
                of: alliance, on: day("2026-03-01"), at: "Sala", attendees: 30,
                signers: [.affiliate(document(0)), .affiliate(document(1))]))
        let bylaws = try await setting.run(
            AdoptBylaws(
                "Estatutos", of: alliance, approvedOn: day("2026-03-01"), inForceFrom: day("2026-03-01"),
                articles: [BylawArticle(number: "1", heading: "Nombre", body: "La alianza.")],
                parameters: []))
        let subjects: [Paper.Subject] = [.constitution(constitution), .bylaws(bylaws.id)]
        for subject in subjects {
            try await setting.run(AttachPaper(setting.paper(), to: subject, of: alliance, titled: "Acta 1"))
        }
        let papers = try await setting.fetch(ReadConstitution(of: alliance)).papers
        #expect(papers.map(\.subject) == subjects)
        #expect(papers.allSatisfy { $0.title == "Acta 1" })

        let other = try await setting.tenants.alliance("Otra", in: setting.organization)
        await #expect(throws: PaperError.subjectNotFound) {
            try await setting.run(
                AttachPaper(setting.paper(), to: subjects[0], of: other.id, titled: "Acta 1"))
        }
        #expect(throws: PaperError.untitled) {
            try AttachPaper(setting.paper(), to: subjects[0], of: alliance, titled: " ")
        }
    }

    @Test func `constitution, registration and the first mandate move an alliance on, once it was called`()
        async throws
    {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        func state() async throws -> Alliance.State? {
            try await setting.read { try await $0.alliance(alliance)?.state }
        }
        func constitute(_ date: String) async throws {
            try await setting.run(
                RecordConstitution(
                    of: alliance, on: day(date), at: "Sala", attendees: 3,
                    signers: [.affiliate(document(0)), .affiliate(document(1))]))
        }
        try await constitute("2026-03-01")
        #expect(try await state() == .draft)
        try await setting.run(EditAlliance(id: alliance, name: "Alianza", state: .convened))
        try await constitute("2026-03-02")
        #expect(try await state() == .constituted)
        try await setting.run(
            RecordRegistration(of: alliance, before: "Personería", number: "7", on: day("2026-03-03")))
        #expect(try await state() == .registered)
        let committee = try await setting.committee()
        try await setting.seat(0, on: committee.seats[0], from: day("2026-03-03"))
        #expect(try await state() == .active)
    }

    @Test func `what was recorded in part of a constitution or a registration is completed with its reason`()
        async throws
    {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        func founding() async throws -> ReadConstitution.Answer {
            try await setting.fetch(ReadConstitution(of: alliance))
        }
        func constitute(
            _ signers: [Int], correcting correction: FoundingCorrection<Constitution>? = nil
        ) async throws -> ID<Constitution> {
            try await setting.run(
                RecordConstitution(
                    of: alliance, on: day("2026-03-01"), at: "Sala", attendees: 9,
                    signers: signers.map { .affiliate(try document($0)) }, correcting: correction))
        }
        let first = try await constitute([0])
        try await setting.run(
            AttachPaper(setting.paper(), to: .constitution(first), of: alliance, titled: "Acta 1"))
        #expect(throws: ConstitutionError.reasonMissing) { try FoundingCorrection(of: first, because: " ") }
        let second = try await constitute(
            [0, 1, 2], correcting: FoundingCorrection(of: first, because: "Faltaban firmas"))
        var found = try await founding()
        #expect(found.constitutions.map(\.id) == [second])
        #expect(found.constitutions.first?.signers.count == 3)
        #expect(found.papers.contains { $0.subject == .constitution(second) && $0.title == "Acta 1" })
        await #expect(throws: ConstitutionError.notFound) {
            _ = try await constitute([0], correcting: FoundingCorrection(of: first, because: "Otra vez"))
        }

        func register(
            on date: CalendarDate?, correcting correction: FoundingCorrection<Registration>? = nil
        ) async throws -> ID<Registration> {
            try await setting.run(
                RecordRegistration(
                    of: alliance, before: "Personería", number: "7", on: date, correcting: correction))
        }
        let begun = try await register(on: nil)
        await #expect(throws: ConstitutionError.numberTaken) { _ = try await register(on: day("2026-03-03")) }
        let whole = try await register(
            on: day("2026-03-03"), correcting: FoundingCorrection(of: begun, because: "Faltaba la fecha"))
        found = try await founding()
        #expect(found.registrations.map(\.id) == [whole])
        #expect(found.registrations.first?.registeredOn == (try day("2026-03-03")))
    }

    @Test func `an alliance is active once somebody represents it today, and by nothing else`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        for state in [Alliance.State.convened, .enrolling, .constituted, .registered, .active, .expired] {
            try await setting.run(EditAlliance(id: alliance, name: "Alianza", state: state))
        }
        func state() async throws -> Alliance.State? {
            try await setting.read { try await $0.alliance(alliance)?.state }
        }
        let (_, seats) = try await setting.committee()
        let electors = try await setting.run(
            CreateBody(
                "Comité electoral", kind: .electionCommittee, of: alliance, isExternal: false,
                term: Setting.term(), formation: .proclamation, continuesUntilReplaced: false,
                seats: [SeatDraft(title: "Integrante")])
        ).id
        let elector = try #require(try await setting.read { try await $0.seats(of: electors) }.first)
        try await setting.seat(2, on: elector, from: day("2026-01-01"))
        try await setting.seat(0, on: seats[0], from: day("2019-01-01"), to: day("2020-12-31"))
        try await setting.seat(0, on: seats[0], from: day("2026-06-01"))
        #expect(try await state() == .expired)
        try await setting.seat(1, on: seats[1], from: day("2026-01-01"))
        #expect(try await state() == .active)
    }

    @Test func `whether a meeting is public or renders own accounts is put right, of one that was held too`()
        async throws
    {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let held = try Meeting(
            kind: .accountability, title: "Rendición de cuentas", state: .held, day: day("2026-02-01"),
            mode: .inPerson)
        try await setting.write {
            try await $0.insert(
                [held], of: alliance, plan: nil, from: nil, at: setting.tenants.clock.now)
        }
        #expect(held.mayHoldOwnAccountability)
        try await setting.run(
            DescribeMeeting(held.id, of: alliance, isPublic: true, isOwnAccountability: true))
        let found = try #require(
            try await setting.read { try await $0.meeting(held.id, of: alliance) }?.meeting)
        #expect(found.isPublic && found.isOwnAccountability && !found.mayHoldOwnAccountability)
        let other = try await setting.tenants.alliance("Otra", in: setting.organization)
        await #expect(throws: MeetingError.notFound) {
            try await setting.run(
                DescribeMeeting(held.id, of: other.id, isPublic: false, isOwnAccountability: false))
        }
    }

    @Test func `a dissolved alliance begins nothing, and what was is still put on paper`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let (body, seats) = try await setting.committee()
        let mandate = try await setting.seat(0, on: seats[0], from: day("2026-01-01"))
        let planned = try meeting(on: "2026-03-12")
        try await setting.run(PlanMeeting(planned, of: alliance))
        try await setting.run(
            DissolveAlliance(
                alliance,
                on: DissolutionGrounds(because: "Así se decidió", by: "Acta 9", on: day("2026-03-13")),
                minutes: setting.paper()))
        let next = try meeting(on: "2026-04-01")
        await #expect(throws: AllianceError.isDissolved) {
            try await setting.run(PlanMeeting(next, of: alliance))
        }
        await #expect(throws: AllianceError.isDissolved) {
            try await setting.seat(1, on: seats[1], from: day("2026-01-01"))
        }
        await #expect(throws: AllianceError.isDissolved) { try await setting.committee("Otro comité") }
        try await setting.run(
            ChangeMeeting(planned.id, of: alliance, to: .cancel, because: "La alianza se disolvió"))
        try await setting.run(
            EndMandate(
                mandate, in: alliance, on: day("2026-03-13"), because: .other, note: "Disolución, acta 9"))
        #expect(try await setting.principal(body, seats[0], on: day("2026-03-14")) == nil)
    }

    @Test func `a report that was given is kept, corrected and taken back`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        func record(
            _ title: String, year: Int = 2025, correcting: RecordReport.Correction? = nil
        ) throws -> RecordReport {
            try RecordReport(
                of: alliance, kind: .accountability, title: title, on: day("2026-03-10"), about: year,
                to: "Asociados y ciudadanía", correcting: correcting)
        }
        func reports() async throws -> [GivenReport] {
            try await setting.fetch(ReadYear(of: alliance)).reports
        }
        let first = try record("Rendición 2026")
        try await setting.run(first)
        #expect(try await reports() == [first.report])
        #expect(throws: PlanError.reasonMissing) {
            try RecordReport.Correction(of: first.report.id, because: " ")
        }
        let second = try record(
            "Rendición 2025", correcting: .init(of: first.report.id, because: "El año estaba mal"))
        try await setting.run(second)
        #expect(try await reports() == [second.report])
        await #expect(throws: PlanError.reportNotFound) {
            try await setting.run(
                record("Otra", correcting: .init(of: first.report.id, because: "Otra vez")))
        }
        try await setting.run(
            WithdrawReport(.init(of: second.report.id, because: "No se presentó"), of: alliance))
        #expect(try await reports().isEmpty)
        await #expect(throws: PlanError.inFuture) { try await setting.run(record("Mañana", year: 2027)) }
    }

    // MARK: What waits

    @Test func `meetings without minutes and minutes without their paper wait`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let (past, held) = (try meeting(on: "2026-03-02"), try meeting(on: "2026-03-03"))
        for each in [past, held, try meeting(on: "2026-03-13")] {
            try await setting.run(PlanMeeting(each, of: alliance))
        }
        let minutes = try await setting.run(
            RecordMinutes(
                of: held.id, in: alliance, number: "1", datedOn: day("2026-03-03"), attendees: 3,
                narrative: ["Algo."], attendance: setting.paper()))
        func waiting() async throws -> [PendingItem.Kind: Int] {
            let today = try day("2026-03-13")
            let now = setting.tenants.clock.now
            let items = try await setting.read { transaction in
                try await MinutesToComplete().items(in: transaction, on: today, at: now)
            }
            return Dictionary(items.map { ($0.kind, $0.count) }, uniquingKeysWith: +)
        }
        #expect(try await waiting() == [.minutesToRecord: 1, .minutesToSign: 1])
        try await setting.run(
            AttachPaper(setting.paper(), to: .minutes(minutes), of: alliance, titled: "Acta 1"))
        #expect(try await waiting() == [.minutesToRecord: 1])
    }

    @Test func `minutes that were begun wait to be finished, and are not asked for a second time`()
        async throws
    {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let begun = try meeting(on: "2026-03-13")
        try await setting.run(PlanMeeting(begun, of: alliance))
        try await setting.run(OpenMeeting(begun.id, of: alliance, lacking: [.people]))
        try await setting.run(CloseMeeting(begun.id, of: alliance, lacking: Set(SessionLack.allCases)))
        let (today, now) = (try day("2026-03-14"), setting.tenants.clock.now)
        let items = try await setting.read {
            try await MinutesToComplete().items(in: $0, on: today, at: now)
        }
        #expect(items.filter { $0.count > 0 }.map(\.kind) == [.minutesToFinish])
    }

    @Test func `a meeting of the coming days is asked for with what it lacks`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let (soon, far) = (try meeting(on: "2026-03-17"), try meeting(on: "2026-05-20"))
        for each in [soon, far] { try await setting.run(PlanMeeting(each, of: alliance)) }
        let (today, now) = (try day("2026-03-13"), setting.tenants.clock.now)
        func waiting() async throws -> [PendingItem] {
            try await setting.read { try await MeetingsToPrepare().items(in: $0, on: today, at: now) }
        }
        let item = try #require(try await waiting().first)
        #expect(try await waiting().count == 1)
        #expect(item.subject == soon.id.description)
        #expect(try item.dueOn == day("2026-03-17"))
        let words = try #require(item.names.first)
        #expect(words.contains("el martes 17 de marzo de 2026") && words.contains("convocarla"))
    }
}
