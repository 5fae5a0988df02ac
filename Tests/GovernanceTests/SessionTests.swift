import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// An assembly of 34 members on 13 March 2026 at 9:00 a. m., which is now; its bylaws ask for the half plus one, and an
/// hour later for ten people.
struct Assembly {
    let setting: Setting
    let members: [ID<Person>]
    let meeting: Meeting

    var alliance: ID<Alliance> { setting.alliance.id }
    var now: Date { setting.tenants.clock.now }

    static func make(
        _ count: Int = 34, kind: Meeting.Kind = .assembly, bylaws: Bool = true, majority: String? = nil,
        mode: Meeting.Mode = .mixed
    ) async throws -> Self {
        let setting = try await Setting.make()
        let (organization, alliance) = (setting.organization.id, setting.alliance.id)
        let members = (0..<count).map { _ in ID<Person>() }
        let now = setting.tenants.clock.now
        try await setting.write { transaction in
            let text = ID<Setting>()
            transaction.queue(
                """
                insert into membership.consent_texts (
                    organization_id, consent_text_id, purpose, version, body, in_force_from, recorded_at)
                values (\(organization), \(text), 'personal_data', 1,
                    'Autorizo el tratamiento de mis datos para participar en la alianza.', '2020-01-01', \(now))
                """)
            for (number, person) in members.enumerated() {
                let consent = ID<Setting>()
                transaction.queue(
                    """
                    insert into membership.affiliates (
                        organization_id, person_id, document_type, document_number, first_surname,
                        second_surname, first_name, birth_date, sex, municipality_code, regime,
                        affiliation_state, insurer_code, valid_from)
                    values (
                        \(organization), \(person), 'CC', \(String(5000 + number)), 'Zárate',
                        \(Self.surnames[number % 26]), \(number < 26 ? "Ana" : "Luis"), '1980-01-01', 'F', '23672',
                        'subsidiado', 'active', 'ESS207', '2020-01-01')
                    """)
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
        if bylaws { try await setting.adopt(majority: majority) }
        let meeting = try Meeting(
            kind: kind, title: "Asamblea anual", day: day("2026-03-13"),
            startsAt: TimeOfDay(hour: 9, minute: 0),
            endsAt: TimeOfDay(hour: 12, minute: 0), mode: mode)
        try await setting.run(
            PlanMeeting(
                meeting, agenda: AgendaItem.points(["Saludo", "Informe de gestión", "Despedida"]),
                of: alliance))
        return Self(setting: setting, members: members, meeting: meeting)
    }

    static let surnames = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".map { "\($0)onda" }

    @discardableResult
    func arrive(_ range: Range<Int>) async throws -> [ID<Attendance>] {
        var stays: [ID<Attendance>] = []
        for person in members[range] {
            stays.append(
                try await setting.run(RecordArrival(of: .person(person), to: meeting.id, of: alliance)))
        }
        return stays
    }

    func file() async throws -> SessionFile {
        try await setting.fetch(ReadSession(of: meeting.id, in: alliance))
    }

    func pass(_ minutes: Int) { setting.tenants.clock.advance(by: TimeInterval(minutes * 60)) }

    func decide(
        _ manner: MeetingDecision.Manner = .showOfHands, majority: Majority? = nil, inFavor: Int?,
        against: Int = 0, abstained: Int = 0, approving approval: MeetingDecision.Approval? = nil
    ) async throws -> MeetingDecision {
        try await setting.run(
            RecordDecision(
                "Se aprueba el informe", in: meeting.id, of: alliance, manner: manner, majority: majority,
                inFavor: inFavor, against: against, abstained: abstained, approving: approval))
    }
}

extension Setting {
    fileprivate func adopt(majority: String? = nil) async throws {
        var parameters = [
            try BylawParameter(name: .firstQuorum, text: "1/2", article: "7", norm: nil, isConfirmed: true),
            try BylawParameter(
                name: .firstQuorumIsExceeded, text: "si", article: "7", norm: nil, isConfirmed: true),
            try BylawParameter(
                name: .secondCallMinutes, text: "60", article: "7", norm: nil, isConfirmed: true),
            try BylawParameter(
                name: .secondQuorumCount, text: "10", article: "7", norm: nil, isConfirmed: true),
        ]
        if let majority {
            parameters.append(
                try BylawParameter(
                    name: .decisionMajority, text: majority, article: "7", norm: nil, isConfirmed: true))
        }
        try await run(
            AdoptBylaws(
                "Reglamento", of: alliance.id, approvedOn: day("2026-01-01"), inForceFrom: day("2026-01-01"),
                articles: [BylawArticle(number: "7", heading: "Quórum", body: "La mitad más uno.")],
                parameters: parameters))
    }
}

/// The session of a meeting: who is entitled, quorum, attendance, decisions.
@Suite struct SessionTests {
    // MARK: Rules

    @Test(arguments: [
        (Majority.Kind.simple, Majority.Base.votes, 5, 4, 0, 0, 5),
        (.simple, .entitled, 5, 5, 0, 0, 6),
        (.absolute, .votes, 5, 4, 1, 3, 6),
        (.absolute, .present, 5, 4, 1, 3, 7),
        (.absolute, .entitled, 5, 4, 1, 3, 18),
        (.unanimous, .votes, 9, 0, 0, 4, 9),
        (.unanimous, .present, 9, 0, 0, 4, 13),
    ])
    func `a majority needs so many`(
        _ kind: Majority.Kind, _ base: Majority.Base, _ inFavor: Int, _ against: Int, _ blank: Int,
        _ abstained: Int, _ needed: Int
    ) throws {
        let votes = DecisionVotes(inFavor: inFavor, against: against, blank: blank, abstained: abstained)
        #expect(
            try Majority(kind, of: base).needed(votes, present: votes.voters, entitled: 34) == needed)
    }

    @Test func `a qualified majority is rounded up, and needs its share`() throws {
        let votes = DecisionVotes(inFavor: 7, against: 3)
        let twoThirds = try Majority(.qualified, of: .votes, share: Quorum.Share(2, of: 3))
        #expect(twoThirds.needed(votes, present: 10, entitled: 34) == 7)
        #expect(twoThirds.needed(votes, present: 10, entitled: 34) <= votes.inFavor)
        #expect(throws: DecisionError.shareMissing) { try Majority(.qualified) }
    }

    @Test func `what two people write at once is kept whole`() {
        let now = Date(timeIntervalSince1970: 1_773_410_400)
        let base = WrittenNotes.digest(of: "Se lee.")
        let alone = WrittenNotes("Se lee y aprueba.", from: base, over: "Se lee.", at: now)
        #expect(alone.text == "Se lee y aprueba." && !alone.wasMerged)
        let second = WrittenNotes("Se lee y discute.", from: base, over: alone.text, at: now)
        #expect(second.wasMerged)
        #expect(second.text.contains("Se lee y aprueba.") && second.text.contains("Se lee y discute."))
        // Sent again, it says nothing twice.
        let again = WrittenNotes("Se lee y discute.", from: base, over: second.text, at: now)
        #expect(again.text == second.text)
    }

    @Test(arguments: [
        ("A-03 A-07 A-12", ["A-03", "A-07", "A-12"]), ("a3, a7;12", ["A-03", "A-07", "A-12"]),
        ("A 1 2 3 B 4", ["A-01", "A-02", "A-03", "B-04"]), ("A-03 A-03", ["A-03"]), ("C2-101", ["C2-101"]),
    ])
    func `rows are read as people type them`(_ text: String, _ codes: [String]) throws {
        #expect(try SheetRow.codes(text).map(\.description) == codes)
    }

    @Test func `what is no row is told, and nothing is taken`() {
        #expect(throws: AttendanceError.unknownRows(["12"])) { try SheetRow.codes("12 A-03") }
        #expect(throws: AttendanceError.unknownRows(["PÉREZ"])) { try SheetRow.codes("A-03 Pérez") }
        #expect(throws: AttendanceError.noRows) { try SheetRow.codes("  ") }
        #expect(SheetRow.letter(0) == "A" && SheetRow.letter(25) == "Z" && SheetRow.letter(26) == "A1")
        #expect(SheetRow.letter(260) == nil)
    }

    @Test func `of two arrivals the earlier counts`() {
        func at(_ minute: Int) -> Date { Date(timeIntervalSince1970: TimeInterval(minute * 60)) }
        #expect(StayConflict(arrivedAt: at(5), known: []) == .none)
        #expect(StayConflict(arrivedAt: at(5), known: [(at(3), nil)]) == .earlierStands)
        #expect(StayConflict(arrivedAt: at(5), known: [(at(9), nil)]) == .replaces)
        #expect(StayConflict(arrivedAt: at(5), known: [(at(1), at(3))]) == .none)
        #expect(StayConflict(arrivedAt: at(5), known: [(at(7), at(9))]) == .precedes(until: at(7)))
    }

    // MARK: Quorum

    @Test func `an assembly without quorum is told what is missing and when the second call opens`()
        async throws
    {
        let assembly = try await Assembly.make()
        try await assembly.arrive(0..<9)
        await #expect {
            try await assembly.setting.run(OpenMeeting(assembly.meeting.id, of: assembly.alliance))
        } throws: { error in
            guard let refusal = error as? SessionError else { return false }
            return refusal.message.contains("hacen falta 18 personas")
                && refusal.message.contains("faltan 9")
                && refusal.message.contains("segunda convocatoria abre a las 10:00")
        }
        assembly.pass(60)
        try await assembly.arrive(9..<10)
        try await assembly.setting.run(OpenMeeting(assembly.meeting.id, of: assembly.alliance))
        let file = try await assembly.file()
        #expect(file.meeting.state == .inSession)
        #expect(file.meeting.session?.call == .second)
        #expect(file.meeting.session?.entitled == 34)
        #expect(file.checks.map(\.occasion) == [.opening])
        #expect(file.checks[0].source == "Reglamento, artículo 7")
    }

    @Test func `quorum lost and regained is recorded by itself, and decides what can be decided`()
        async throws
    {
        let assembly = try await Assembly.make()
        let setting = assembly.setting
        let stays = try await assembly.arrive(0..<19)
        try await setting.run(OpenMeeting(assembly.meeting.id, of: assembly.alliance))
        #expect(try await assembly.decide(inFavor: 12, against: 5, abstained: 2).isAdopted)
        assembly.pass(10)
        for stay in stays[0..<2] {
            try await setting.run(RecordDeparture(stay, from: assembly.meeting.id, of: assembly.alliance))
        }
        #expect(try await assembly.file().checks.last?.occasion == .lost)
        await #expect(throws: DecisionError.self) { try await assembly.decide(inFavor: 12) }
        assembly.pass(5)
        try await assembly.arrive(0..<1)
        let file = try await assembly.file()
        #expect(file.checks.map(\.occasion) == [.opening, .decision, .lost, .regained])
        #expect(file.checks.map(\.present) == [19, 19, 17, 18])
        // Somebody who came back counts once, and their two stays are kept.
        #expect(file.came.count == 19)
        #expect(file.attendances.count == 20)
        let decision = try await assembly.decide(inFavor: 10, against: 8)
        #expect(decision.isAdopted && decision.quorum?.present == 18 && decision.position == 2)
    }

    @Test func `an informative session decides nothing until it has its quorum`() async throws {
        let assembly = try await Assembly.make()
        let setting = assembly.setting
        try await assembly.arrive(0..<5)
        try await setting.run(
            OpenMeeting(assembly.meeting.id, of: assembly.alliance, mayBeInformative: true))
        #expect(try await assembly.file().isInformative)
        await #expect(throws: DecisionError.informative) { try await assembly.decide(inFavor: 5) }
        assembly.pass(5)
        try await assembly.arrive(5..<18)
        try await setting.run(VerifyQuorum(in: assembly.meeting.id, of: assembly.alliance))
        let file = try await assembly.file()
        #expect(!file.isInformative && file.meeting.session?.call == .first)
        #expect(try await assembly.decide(inFavor: 18).isAdopted)
    }

    @Test func `without bylaws no quorum is assumed`() async throws {
        let assembly = try await Assembly.make(bylaws: false)
        try await assembly.arrive(0..<3)
        try await assembly.setting.run(OpenMeeting(assembly.meeting.id, of: assembly.alliance))
        let file = try await assembly.file()
        #expect(file.quorum == nil && file.checks.isEmpty && !file.isInformative)
        let decision = try await assembly.decide(inFavor: 2, against: 1)
        #expect(decision.isAdopted && decision.quorum == nil)
        #expect(decision.majoritySource.contains("no dicen"))
    }

    @Test func `a meeting of whoever comes decides by consensus alone`() async throws {
        let assembly = try await Assembly.make(kind: .group)
        try await assembly.arrive(0..<3)
        try await assembly.setting.run(
            RecordArrival(
                of: .named("Ana Prueba", .guest, represents: "Personería"), to: assembly.meeting.id,
                of: assembly.alliance))
        try await assembly.setting.run(OpenMeeting(assembly.meeting.id, of: assembly.alliance))
        await #expect(throws: DecisionError.consensusOnly) { try await assembly.decide(inFavor: 3) }
        let decision = try await assembly.decide(.consensus, inFavor: nil)
        #expect(decision.isAdopted && decision.votes.inFavor == 4)
        await #expect(throws: DecisionError.noConsensus) {
            try await assembly.decide(.consensus, inFavor: nil, against: 1)
        }
    }

    @Test func `the majority of the bylaws is obeyed, and another is told as chosen`() async throws {
        let assembly = try await Assembly.make(majority: "absoluta")
        try await assembly.arrive(0..<20)
        try await assembly.setting.run(OpenMeeting(assembly.meeting.id, of: assembly.alliance))
        let ordered = try await assembly.decide(inFavor: 9, against: 10)
        #expect(!ordered.isAdopted && ordered.needed == 10)
        #expect(ordered.majoritySource == "Reglamento, artículo 7")
        let chosen = try await assembly.decide(
            majority: Majority(.unanimous, of: .present), inFavor: 19, abstained: 1)
        #expect(!chosen.isAdopted && chosen.majoritySource == "escogida en la sesión")
        await #expect(throws: DecisionError.tooManyVotes(present: 20)) {
            try await assembly.decide(inFavor: 15, against: 6)
        }
        try await assembly.setting.run(
            WithdrawDecision(
                ordered.id, of: assembly.meeting.id, in: assembly.alliance, because: "Se contó mal"))
        #expect(try await assembly.file().decisions[0].withdrawalReason == "Se contó mal")
        await #expect(throws: DecisionError.alreadyWithdrawn) {
            try await assembly.setting.run(
                WithdrawDecision(
                    ordered.id, of: assembly.meeting.id, in: assembly.alliance, because: "Otra vez"))
        }
    }

    @Test
    func `who is called by name is listed with their vote, and what is published has the figures alone`()
        async throws
    {
        let assembly = try await Assembly.make(5)
        let (meeting, alliance) = (assembly.meeting.id, assembly.alliance)
        try await assembly.arrive(0..<4)
        try await assembly.setting.run(OpenMeeting(meeting, of: alliance))
        let voters = try await assembly.file().voters
        #expect(voters.map(\.person) == assembly.members[0..<4].map(Optional.some))
        #expect(throws: DecisionError.namesMissing) {
            try RecordDecision("Nadie", in: meeting, of: alliance, manner: .rollCall, inFavor: 3)
        }
        func decide(_ choices: [NominalVote.Choice], inFavor: Int? = nil) async throws -> MeetingDecision {
            try await assembly.setting.run(
                RecordDecision(
                    "Se aprueba el informe", in: meeting, of: alliance, manner: .rollCall, inFavor: inFavor,
                    byName: Dictionary(uniqueKeysWithValues: zip(voters.map(\.id), choices))))
        }
        let taken = try await decide([.inFavor, .against, .abstained, .inFavor])
        #expect(taken.votes == DecisionVotes(inFavor: 2, against: 1, abstained: 1) && taken.isAdopted)
        await #expect(throws: DecisionError.totalsDiffer) {
            try await decide([.inFavor, .against, .abstained, .inFavor], inFavor: 3)
        }
        let read = try await assembly.file().decisions
        #expect(read.map(\.byName) == [taken.byName])
        #expect(taken.byName.map(\.name) == voters.map(\.name))
        #expect(taken.byName.map(\.choice) == [.inFavor, .against, .abstained, .inFavor])
        let found = try await assembly.file().meeting
        let text = try await assembly.setting.read {
            try await $0.minutesFacts(
                of: found, in: alliance, free: try await $0.firstWords(of: found), signers: []
            ).text
        }
        let section = try #require(text.sections.first { $0.name == "decisiones" })
        #expect(section.blocks.contains(.list(items: taken.byName.map(\.words))))
        let published = try #require(section.published)
        #expect(!published.contains { if case .list = $0 { true } else { false } })
        // Who left is not called any more.
        try await assembly.setting.run(RecordDeparture(voters[3].id, from: meeting, of: alliance))
        await #expect(throws: DecisionError.voterGone) {
            try await decide([.inFavor, .inFavor, .inFavor, .inFavor])
        }
    }

    @Test func `a body counts its seats, and an alternate while the principal is away`() async throws {
        let assembly = try await Assembly.make(3)
        let setting = assembly.setting
        let (body, seats) = try await setting.committee(seats: 3)
        for (index, seat) in seats.enumerated() {
            try await setting.seat(index, on: seat, from: day("2026-01-01"))
        }
        try await setting.seat(3, on: seats[0], rank: 1, from: day("2026-01-01"))
        let meeting = try Meeting(
            kind: .board, title: "Reunión del comité", day: day("2026-03-13"),
            startsAt: TimeOfDay(hour: 9, minute: 0), body: body)
        try await setting.run(PlanMeeting(meeting, of: setting.alliance.id))
        func arrive(_ index: Int) async throws -> ID<Attendance> {
            try await setting.run(
                RecordArrival(of: .person(setting.people[index]), to: meeting.id, of: setting.alliance.id))
        }
        _ = try await arrive(1)
        _ = try await arrive(3)
        try await setting.run(OpenMeeting(meeting.id, of: setting.alliance.id))
        var file = try await setting.fetch(ReadSession(of: meeting.id, in: setting.alliance.id))
        #expect(file.base == 3 && file.present == 2)
        // The principal comes: the seat is the same.
        _ = try await arrive(0)
        file = try await setting.fetch(ReadSession(of: meeting.id, in: setting.alliance.id))
        #expect(file.present == 2 && file.presentStays.count == 3)
        // A member without a seat has no vote there.
        try await setting.run(
            RecordArrival(of: .person(assembly.members[0]), to: meeting.id, of: setting.alliance.id))
        file = try await setting.fetch(ReadSession(of: meeting.id, in: setting.alliance.id))
        #expect(
            file.present == 2
                && file.presentStays.first { $0.person == assembly.members[0] }?.capacity == .user)
    }

    // MARK: Attendance

    @Test func `who is there is told since when, and a mistake is undone for five minutes`() async throws {
        let assembly = try await Assembly.make(3)
        let stay = try await assembly.arrive(0..<1)[0]
        assembly.pass(4)
        await #expect(throws: AttendanceError.alreadyPresent(since: assembly.now.addingTimeInterval(-240))) {
            try await assembly.arrive(0..<1)
        }
        try await assembly.setting.run(UndoArrival(stay, in: assembly.meeting.id, of: assembly.alliance))
        let again = try await assembly.arrive(0..<1)[0]
        assembly.pass(5)
        await #expect(throws: AttendanceError.tooLateToUndo) {
            try await assembly.setting.run(UndoArrival(again, in: assembly.meeting.id, of: assembly.alliance))
        }
        let file = try await assembly.file()
        #expect(file.attendances.count == 2 && file.presentStays.map(\.id) == [again])
    }

    @Test func `the door reads as much after many arrivals as after a few`() async throws {
        let assembly = try await Assembly.make(30)
        func door() async throws -> DoorFile {
            try await assembly.setting.fetch(ReadDoor(of: assembly.meeting.id, in: assembly.alliance))
        }
        let first = try await assembly.arrive(0..<10)
        #expect(try await door().latest.count == ReadDoor.latest)
        try await assembly.arrive(10..<30)
        try await assembly.setting.run(
            RecordDeparture(first[0], from: assembly.meeting.id, of: assembly.alliance))
        let (read, session) = (try await door(), try await assembly.file())
        #expect(read.latest.count == ReadDoor.latest)
        #expect(read.came == 30 && session.came.count == 30)
        #expect(read.presence.present == 29 && session.present == 29)
        #expect(read.presence.attendees == session.presentStays.count)
        let stay = try await assembly.setting.fetch(
            FindStay(first[0], in: assembly.meeting.id, of: assembly.alliance)
        ).stay
        #expect(stay.leftAt != nil)
        // What is shown is found by an index, whatever the number of those who came.
        let plan = try await assembly.setting.read { transaction in
            try await transaction.execute("set local enable_seqscan = off")
            return try await transaction.values(
                """
                explain (costs off) select attendance_id from governance.attendances
                where organization_id = \(transaction.organization) and meeting_id = \(assembly.meeting.id)
                    and undone_at is null
                order by recorded_at desc limit \(ReadDoor.latest)
                """, as: String.self)
        }
        #expect(plan.contains { $0.contains("attendances_latest_index") })
        #expect(!plan.contains { $0.contains("Sort") })
    }

    @Test func `at the door a document, a name or a stranger is told apart`() async throws {
        let assembly = try await Assembly.make(30)
        func find(_ words: String) async throws -> FindAttendees.Answer {
            try await assembly.setting.fetch(
                FindAttendees(words, in: assembly.meeting.id, of: assembly.alliance))
        }
        #expect(try await find("CC 5.003").entitled.map(\.person) == [assembly.members[3]])
        #expect(
            try await find("zarate bon").entitled.map(\.person) == [
                assembly.members[1], assembly.members[27],
            ])
        let stranger = try await find("1001").voteless
        #expect(stranger.map(\.person) == [assembly.setting.people[0]])
        #expect(stranger.map(\.cause) == [.noMember])
        let nobody = try await find("999999")
        #expect(nobody.entitled.isEmpty && nobody.voteless.isEmpty)
    }

    @Test func `what a device noted without signal counts once, the earliest, and a wrong clock is told`()
        async throws
    {
        let assembly = try await Assembly.make(5)
        let setting = assembly.setting
        assembly.pass(30)
        let first = assembly.now
        func capture(_ index: Int, minutesAgo: Double, key: UUID = UUID()) -> AttendanceCapture {
            AttendanceCapture(
                key: key, attendee: .entitled(.init(id: assembly.members[index].rawValue)),
                capturedAt: first.addingTimeInterval(-minutesAgo * 60), way: .inPerson)
        }
        let captures = [
            capture(0, minutesAgo: 20), capture(1, minutesAgo: 18), capture(2, minutesAgo: 60 * 24 * 400),
            AttendanceCapture(
                key: UUID(), attendee: .named("Ana Prueba", .guest, represents: nil), capturedAt: first,
                way: .inPerson),
            AttendanceCapture(
                key: UUID(), attendee: .entitled(.init(id: UUID())), capturedAt: first, way: .inPerson),
        ]
        // The door had noted the second a while later.
        try await setting.run(
            RecordArrival(of: .person(assembly.members[1]), to: assembly.meeting.id, of: assembly.alliance))
        let send = SendCaptures(captures, of: assembly.meeting.id, of: assembly.alliance)
        let report = try await setting.run(send)
        #expect(report.noted == 3 && report.known == 0 && report.wrongClocks == 1)
        #expect(report.alsoNoted == ["Ana Zárate Bonda"])
        #expect(report.unknown == [captures[4].key])
        // A second device had noted the first person before and the second after.
        let other = try await setting.run(
            SendCaptures(
                [capture(0, minutesAgo: 25), capture(1, minutesAgo: 10)], of: assembly.meeting.id,
                of: assembly.alliance))
        #expect(other.noted == 0 && other.alsoNoted.count == 2)
        let again = try await setting.run(send)
        #expect(again.noted == 0 && again.known == 4)
        let file = try await assembly.file()
        #expect(file.presentStays.count == 4)
        #expect(file.conflicts.count == 3)
        func arrival(_ index: Int) -> Date? {
            file.presentStays.first { $0.person == assembly.members[index] }?.arrivedAt
        }
        #expect(arrival(0) == first.addingTimeInterval(-25 * 60))
        #expect(arrival(1) == first.addingTimeInterval(-18 * 60))
        #expect(arrival(2) == first)
        #expect(file.presentStays.first { $0.person == assembly.members[2] }?.hadWrongClock == true)
    }

    @Test func `a signed list is entered by the codes of its rows, whole or not at all`() async throws {
        let assembly = try await Assembly.make(45)
        let setting = assembly.setting
        #expect(try await setting.run(PrepareSheets(of: assembly.meeting.id, in: assembly.alliance)) == 2)
        let sheets = try await setting.fetch(ListEntitled(of: assembly.meeting.id, in: assembly.alliance))
            .sheets
        #expect(sheets.map(\.code) == ["A", "B"] && sheets.map(\.people.count) == [40, 5])
        func enter(_ text: String) async throws -> EnterSheet.Report {
            try await setting.run(
                EnterSheet(SheetRow.codes(text), of: assembly.meeting.id, in: assembly.alliance))
        }
        await #expect(throws: AttendanceError.unknownRows(["C-01"])) { _ = try await enter("A-03 C-01") }
        await #expect(throws: AttendanceError.blankRows(["B-06"])) { _ = try await enter("A-03 B-06") }
        #expect(try await assembly.file().attendances.isEmpty)
        #expect(try await enter("A-03 A-07 B-01").noted == 3)
        let again = try await enter("A-03 A-08")
        #expect(again.noted == 1 && again.alsoNoted.count == 1)
        #expect(
            try await assembly.file().presentStays.compactMap(\.sheetCode).sorted() == [
                "A-03", "A-07", "A-08", "B-01",
            ])
        // Nobody new: the lists in hand stay as they are.
        #expect(try await setting.run(PrepareSheets(of: assembly.meeting.id, in: assembly.alliance)) == 0)
    }

    @Test func `a code and a document find who is entitled, and nobody else`() async throws {
        let assembly = try await Assembly.make(5)
        let setting = assembly.setting
        try await assembly.arrive(0..<4)
        try await setting.run(OpenMeeting(assembly.meeting.id, of: assembly.alliance))
        let code = try #require(try await assembly.file().code)
        func find(_ number: String, _ code: ReadableCode) async throws -> FindOwnPresence.Answer? {
            try await setting.fetch(
                FindOwnPresence(
                    IdentityDocument(type: .cedula, number: number), with: code, of: assembly.alliance))
        }
        #expect(try await find("5004", code)?.isPresent == false)
        #expect(try await find("5000", code)?.isPresent == true)
        #expect(try await find("1001", code) == nil)
        #expect(try await find("5004", ReadableCode(typed: "22222")) == nil)
        try await setting.run(
            CloseMeeting(assembly.meeting.id, of: assembly.alliance, lacking: Set(SessionLack.allCases)))
        #expect(try await find("5004", code) == nil)
    }

    // MARK: Points and questions

    @Test func `points are taken up one at a time, and what is not reached is left for another meeting`()
        async throws
    {
        let assembly = try await Assembly.make(3)
        let (setting, meeting, alliance) = (assembly.setting, assembly.meeting.id, assembly.alliance)
        try await assembly.arrive(0..<3)
        try await setting.run(OpenMeeting(meeting, of: alliance))
        let agenda = try await assembly.file().agenda
        try await setting.run(TreatPoint(agenda[0].id, .open, in: meeting, of: alliance))
        let base = WrittenNotes.digest(of: "")
        try await setting.run(
            WriteNotes("Saluda la presidenta.", from: base, on: agenda[0].id, in: meeting, of: alliance))
        #expect(
            try await setting.run(
                WriteNotes("Saluda.", from: base, on: agenda[0].id, in: meeting, of: alliance)
            )
            .text.hasPrefix("Saluda la presidenta.\n\n[Otra persona escribió a la vez, 9:00"))
        try await setting.run(TreatPoint(agenda[1].id, .open, in: meeting, of: alliance))
        #expect(try await assembly.file().agenda.map(\.state) == [.treated, .open, .pending])
        try await setting.run(TreatPoint(agenda[1].id, .reset, in: meeting, of: alliance))
        let question = try await setting.run(
            RecordQuestion("¿Cuándo llegan los medicamentos?", askedBy: nil, in: meeting, of: alliance))
        try await setting.run(CloseMeeting(meeting, of: alliance, lacking: Set(SessionLack.allCases)))
        try await setting.run(
            AnswerQuestion(question, with: "En abril.", by: "Oficina de la EPS", in: meeting, of: alliance))
        let file = try await assembly.file()
        #expect(file.meeting.state == .held)
        // A report that was not given is left for another meeting; a farewell is not.
        #expect(file.agenda.map(\.state) == [.treated, .postponed, .pending])
        #expect(file.questions[0].askedBy == nil && file.questions[0].answer?.by == "Oficina de la EPS")
        await #expect(throws: AttendanceError.closed) { try await assembly.arrive(0..<1) }
    }

    // MARK: Walls

    @Test func `the office finds no session of the board's own space`() async throws {
        let assembly = try await Assembly.make(3)
        let setting = assembly.setting
        let reserved = try Meeting(
            kind: .assembly, title: "Propia", day: day("2026-03-13"), startsAt: TimeOfDay(hour: 9, minute: 0),
            isReserved: true)
        let board = try await setting.tenants.principal(
            .board, of: setting.organization, in: .alliance(setting.alliance.id), name: "Junta Prueba")
        let office = try await setting.tenants.principal(.office, of: setting.organization)
        try await setting.tenants.runner.run(PlanMeeting(reserved, of: setting.alliance.id), as: board)
        try await setting.tenants.runner.run(
            RecordArrival(of: .person(assembly.members[0]), to: reserved.id, of: setting.alliance.id),
            as: board)
        await #expect(throws: MeetingError.notFound) {
            try await setting.tenants.runner.fetch(
                ReadSession(of: reserved.id, in: setting.alliance.id), as: office)
        }
        await #expect(throws: MeetingError.notFound) {
            try await setting.tenants.runner.run(
                RecordArrival(of: .person(assembly.members[1]), to: reserved.id, of: setting.alliance.id),
                as: office)
        }
    }
}

/// Lists of remote sessions as people download them.
@Suite struct JoinListTests {
    private static let teams = """
        1. Summary
        Meeting title\tAsamblea
        Attended participants\t3

        2. Participants
        Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tRole
        Ana Zárate Bonda\t3/13/26, 9:02:11 AM\t3/13/26, 11:40:00 AM\t2h 37m\t\tPresenter
        Luis Ñáñez (Invitado)\t3/13/26, 9:05:00 AM\t3/13/26, 10:00:00 AM\t55m\t\tAttendee
        Luis Ñáñez (Invitado)\t3/13/26, 10:20:00 AM\t3/13/26, 1:00:00 PM\t55m\t\tAttendee

        3. In-Meeting Activities
        Name\tJoin Time\tLeave Time
        Otra Persona\t9:00\t9:10
        """

    @Test(arguments: ["utf8", "bom", "utf16le", "utf16be", "1252"])
    func `it is read in each encoding`(_ encoding: String) throws {
        let bytes: [UInt8] =
            switch encoding {
            case "bom": [0xEF, 0xBB, 0xBF] + Array(Self.teams.utf8)
            case "utf16le": [0xFF, 0xFE] + Self.teams.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
            case "utf16be": [0xFE, 0xFF] + Self.teams.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
            case "1252": Self.teams.unicodeScalars.map { UInt8($0.value) }
            default: Array(Self.teams.utf8)
            }
        let list = try JoinList(reading: bytes)
        #expect(list.entries.map(\.name) == ["Ana Zárate Bonda", "Luis Ñáñez (Invitado)"])
        #expect(list.entries.map { $0.joinedAt?.description } == ["09:02", "09:05"])
        #expect(list.entries.map { $0.leftAt?.description } == ["11:40", "13:00"])
    }

    @Test func `Meet's list has names and surnames apart, in either language`() throws {
        let list = try JoinList(
            reading: Array(
                """
                "Nombre","Apellidos","Correo","Duración","Hora a la que se unió","Hora a la que salió"
                "Ana","Zárate, Bonda",,"1 h","9:02 a. m.","12:10 p. m."
                """.utf8))
        #expect(list.entries.map(\.name) == ["Ana Zárate, Bonda"])
        #expect(list.entries[0].joinedAt?.description == "09:02")
        #expect(list.entries[0].leftAt?.description == "12:10")
    }

    @Test func `a list of comings and goings is one entry each`() throws {
        let list = try JoinList(
            reading: Array(
                """
                Full Name\tUser Action\tTimestamp
                Ana Zárate\tJoined\t13/3/2026, 09:02:11
                Ana Zárate\tLeft\t13/3/2026, 09:40:00
                Ana Zárate\tJoined\t13/3/2026, 09:50:00
                """.utf8))
        #expect(list.entries.count == 1)
        #expect(
            list.entries[0].joinedAt?.description == "09:02" && list.entries[0].leftAt?.description == "09:40"
        )
    }

    @Test(arguments: ["", "Hola", "Título;Otro\n1;2"])
    func `what is no list is refused`(_ text: String) {
        #expect(throws: AttendanceError.unreadableList) { try JoinList(reading: Array(text.utf8)) }
    }

    @Test func `a name means somebody where it can mean nobody else`() {
        func person(_ name: String) -> EntitledPerson {
            EntitledPerson(
                key: .init(id: UUID()), person: ID(), mandate: nil, name: name, document: nil, seat: nil,
                rank: 0,
                stay: nil, excuse: nil)
        }
        let people = [
            person("Ana María Zárate Bonda"), person("Ana Lucía Zárate Bonda"), person("Luis Burgos Díaz"),
        ]
        func match(_ name: String) -> String? {
            JoinList.Entry(name: name, joinedAt: nil, leftAt: nil).match(among: people)?.name
        }
        #expect(match("BURGOS DIAZ LUIS") == "Luis Burgos Díaz")
        #expect(match("Luis Burgos") == "Luis Burgos Díaz")
        #expect(match("Ana Zárate") == nil)
        #expect(match("Ana Lucía Zárate") == "Ana Lucía Zárate Bonda")
        #expect(match("Luis") == nil)
        #expect(match("Luis Burgos iPhone") == nil)
    }

    // MARK: Majorities and who decides

    @Test func `a session chooses no less than the bylaws order`() async throws {
        let assembly = try await Assembly.make(30, majority: "absoluta")
        let (setting, alliance) = (assembly.setting, assembly.alliance)
        try await assembly.arrive(0..<30)
        try await setting.run(OpenMeeting(assembly.meeting.id, of: alliance))
        func decide(_ majority: Majority?) async throws -> MeetingDecision {
            try await setting.run(
                RecordDecision(
                    "Se aprueba", in: assembly.meeting.id, of: alliance, manner: .showOfHands,
                    majority: majority,
                    inFavor: 15, against: 13, blank: 2))
        }
        let ordered = try await decide(nil)
        #expect(!ordered.isAdopted && ordered.needed == 16)
        let weaker = try await decide(Majority(.simple))
        #expect(!weaker.isAdopted && weaker.needed == 16 && weaker.majority == ordered.majority)
        let stronger = try await decide(Majority(.unanimous))
        #expect(stronger.needed == 30 && stronger.majoritySource == "escogida en la sesión")
    }

    @Test func `bylaws are adopted by an assembly of the members alone`() async throws {
        let gathering = try await Assembly.make(8, kind: .socialization)
        let (setting, alliance) = (gathering.setting, gathering.alliance)
        _ = try await setting.run(
            ProposeBylaws(
                BylawsContent(
                    "Reforma", articles: [BylawArticle(number: "1", heading: "Período", body: "Un año.")],
                    parameters: []), of: alliance))
        try await gathering.arrive(0..<8)
        try await setting.run(OpenMeeting(gathering.meeting.id, of: alliance))
        let id = try #require(try await setting.fetch(ReadGovernance(of: alliance)).projects.first?.id)
        await #expect(throws: DecisionError.assemblyOnly) {
            _ = try await setting.run(
                RecordDecision(
                    "Se adopta", in: gathering.meeting.id, of: alliance, manner: .consensus, inFavor: nil,
                    approving: .bylaws(id)))
        }
    }

    // MARK: Plans

    @Test
    func
        `a decision of the assembly approves a plan, one that is not adopted does not, and its withdrawal takes it back`()
        async throws
    {
        let assembly = try await Assembly.make()
        let (setting, alliance) = (assembly.setting, assembly.alliance)
        let activity = try ActivityTerms(axis: .citizens, activity: "Taller")
        let plan = try await setting.run(
            StartPlan(
                WorkPlan(year: 2026, title: "Plan 2026", objective: "Participar", activities: [activity]),
                of: alliance))
        func approvedIn() async throws -> String? {
            try await setting.fetch(ReadPlan(of: alliance, in: 2026)).plan?.approvedIn
        }
        try await assembly.arrive(0..<20)
        try await setting.run(OpenMeeting(assembly.meeting.id, of: alliance))
        _ = try await assembly.decide(inFavor: 4, against: 9, approving: .plan(plan))
        #expect(try await approvedIn() == nil)
        let taken = try await assembly.decide(inFavor: 18, against: 1, approving: .plan(plan))
        #expect(try await approvedIn() == "Decisión 2 de «Asamblea anual», 13 de marzo de 2026")
        // What is approved is not offered again.
        await #expect(throws: DecisionError.approvalNotFound) {
            _ = try await assembly.decide(inFavor: 18, approving: .plan(plan))
        }
        try await setting.run(
            WithdrawDecision(taken.id, of: assembly.meeting.id, in: alliance, because: "Se contó mal"))
        #expect(try await approvedIn() == nil)
        // Once the plan is being changed, the decision rests under it.
        let again = try await assembly.decide(inFavor: 19, approving: .plan(plan))
        try await setting.run(AmendPlan(plan, of: alliance, because: "Falta una actividad"))
        await #expect(throws: DecisionError.planRests) {
            try await setting.run(
                WithdrawDecision(again.id, of: assembly.meeting.id, in: alliance, because: "Se contó mal"))
        }
    }
}
