import Foundation
import Kernel
import Logging
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// What comes before a meeting: its notice, agenda, series, outreach, calls and support. 13 March 2026 is today.
@Suite struct CallTests {
    private func meeting(
        on date: String = "2026-03-27", _ kind: Meeting.Kind = .board, title: String = "Reunión de prueba",
        isReserved: Bool = false
    ) throws -> Meeting {
        try Meeting(
            kind: kind, title: title, day: day(date), startsAt: TimeOfDay(hour: 9, minute: 0),
            endsAt: TimeOfDay(hour: 11, minute: 0), mode: .inPerson, place: "Auditorio",
            isReserved: isReserved)
    }

    private func planned(
        _ setting: Setting, on date: String = "2026-03-27", _ kind: Meeting.Kind = .board,
        title: String = "Reunión de prueba"
    ) async throws -> Meeting {
        let meeting = try meeting(on: date, kind, title: title)
        try await setting.run(
            PlanMeeting(
                meeting, agenda: AgendaItem.points(["Saludo", "Plan", "Cierre"]), of: setting.alliance.id))
        return meeting
    }

    private func bylaws(of setting: Setting, _ parameters: [(BylawParameter.Name, String)]) async throws {
        try await setting.run(
            AdoptBylaws(
                "Reglamento", of: setting.alliance.id, approvedOn: day("2026-01-10"),
                inForceFrom: day("2026-01-10"),
                articles: [BylawArticle(number: "8", heading: "Plazos", body: "Ocho días.")],
                parameters: parameters.map {
                    try BylawParameter(name: $0.0, text: $0.1, article: "8", norm: nil, isConfirmed: true)
                }))
    }

    private func issue(
        _ meeting: Meeting, of setting: Setting, because reason: String? = nil
    ) throws -> IssueNotice {
        try IssueNotice(
            of: meeting.id, of: setting.alliance.id, caller: "Coordinación", contact: "300 123 4567",
            shortNoticeReason: reason)
    }

    private func enrol(_ people: [ID<Person>], in setting: Setting, on date: String = "2026-01-10")
        async throws
    {
        let (text, consents) = (UUID(), people.map { _ in UUID() })
        let (joined, now) = (try day(date), setting.tenants.clock.now)
        try await setting.write { transaction in
            try await transaction.execute(
                """
                insert into membership.consent_texts (
                    organization_id, consent_text_id, purpose, version, body, in_force_from, recorded_at)
                values (\(transaction.organization), \(text), 'personal_data', 1,
                    'Autorizo el tratamiento de mis datos para participar en la alianza.', \(joined), \(now))
                """)
            for (person, consent) in zip(people, consents) {
                try await transaction.execute(
                    """
                    insert into membership.consents (
                        organization_id, consent_id, person_id, consent_text_id, purpose, given_on, channel,
                        recorded_at)
                    values (\(transaction.organization), \(consent), \(person), \(text), 'personal_data',
                        \(joined), 'paper', \(now))
                    """)
                try await transaction.execute(
                    """
                    insert into membership.memberships (
                        organization_id, membership_id, alliance_id, person_id, consent_id, joined_on, recorded_at)
                    values (\(transaction.organization), \(UUID()), \(setting.alliance.id), \(person),
                        \(consent), \(joined), \(now))
                    """)
            }
        }
    }

    private func set(phone: String?, email: String?, of person: ID<Person>, in setting: Setting) async throws
    {
        try await setting.write {
            try await $0.execute(
                """
                update membership.affiliates set phone = \(phone), email = \(email)
                where organization_id = \($0.organization) and person_id = \(person)
                """)
        }
    }

    // MARK: Notice

    @Test func `a notice keeps its words, with their hash and the days that were given`() async throws {
        let setting = try await Setting.make()
        try await bylaws(of: setting, [(.noticeDays, "8")])
        let meeting = try await planned(setting)
        let notice = try await setting.run(issue(meeting, of: setting))
        #expect(notice.version == 1 && notice.check.given == 14 && notice.shortNoticeReason == nil)
        let read = try await setting.fetch(ReadNotice(of: meeting.id, of: setting.alliance.id))
        #expect(read.notices == [notice])
        #expect(!read.isOutdated)
        #expect(notice.words.contains("viernes 27 de marzo de 2026"))
        #expect(notice.words.contains("artículo 8, Reglamento"))
        await #expect(throws: NoticeError.unchanged) { try await setting.run(issue(meeting, of: setting)) }
    }

    @Test func `a short notice asks for its reason, in business days too`() async throws {
        let setting = try await Setting.make()
        try await bylaws(of: setting, [(.noticeDays, "10"), (.daysAreBusinessDays, "si")])
        let meeting = try await planned(setting)
        // From Friday 13 to Friday 27 March there are nine business days: Monday 23 is a holiday.
        await #expect {
            try await setting.run(issue(meeting, of: setting))
        } throws: { error in
            (error as? NoticeError)?.message.contains(
                "9 días hábiles de anticipación; se piden 10 días hábiles")
                == true
        }
        let notice = try await setting.run(
            issue(meeting, of: setting, because: "El salón solo estaba libre ese día"))
        #expect(notice.words.contains("por esta razón: El salón"))
    }

    @Test func `where the bylaws are silent the standing agenda rules, and else nothing`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let meeting = try meeting()
        #expect(try await setting.read { try await $0.noticeRequirement(of: meeting, of: alliance) } == nil)
        try await setting.write {
            try await $0.insert(
                AgendaTemplate(title: "Reunión bimestral", items: ["Saludo"], everyMonths: 2, noticeDays: 7),
                of: alliance, from: nil, at: setting.tenants.clock.now)
        }
        let standing = try await setting.read { try await $0.noticeRequirement(of: meeting, of: alliance) }
        #expect(standing?.days == 7 && standing?.source.contains("Reunión bimestral") == true)
        try await bylaws(of: setting, [(.noticeDays, "8")])
        let ruled = try await setting.read { try await $0.noticeRequirement(of: meeting, of: alliance) }
        #expect(ruled?.days == 8 && ruled?.source == "artículo 8, Reglamento")
    }

    @Test func `a meeting that is moved, or whose agenda changes, is called anew`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let meeting = try await planned(setting)
        try await setting.run(issue(meeting, of: setting))
        try await setting.run(
            EditAgenda(meeting.id, of: alliance, .add(.init(kind: .topic, title: "Otro tema"))))
        #expect(try await setting.fetch(ReadNotice(of: meeting.id, of: alliance)).isOutdated)
        await #expect(throws: NoticeError.outdated) {
            try await setting.run(MailNotice(of: meeting.id, of: alliance))
        }
        let second = try await setting.run(issue(meeting, of: setting))
        #expect(second.version == 2)
        try await setting.run(
            ChangeMeeting(
                meeting.id, of: alliance,
                to: .move(to: day("2026-03-28"), from: meeting.startsAt, until: nil),
                because: "Acuerdo"))
        let read = try await setting.fetch(ReadMeeting(meeting.id, of: alliance)).preparation
        #expect(read.isNoticeOutdated && read.notice?.version == 2)
        #expect(read.notice?.words.contains("27 de marzo") == true)
    }

    @Test func `a meeting without hour, place or agenda is not called`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        func refusal(_ meeting: Meeting, _ agenda: [String]) async throws -> NoticeError? {
            try await setting.run(PlanMeeting(meeting, agenda: AgendaItem.points(agenda), of: alliance))
            do {
                try await setting.run(issue(meeting, of: setting))
                return nil
            } catch let error as NoticeError {
                return error
            }
        }
        let date = try day("2026-03-27")
        let nine = TimeOfDay(hour: 9, minute: 0)
        #expect(
            try await refusal(Meeting(kind: .board, title: "A", day: date, place: "Sala"), ["Saludo"])
                == .withoutHour)
        #expect(
            try await refusal(Meeting(kind: .board, title: "B", day: date, startsAt: nine), ["Saludo"])
                == .withoutPlace)
        #expect(
            try await refusal(
                Meeting(
                    kind: .board, title: "C", day: date, startsAt: nine, link: "https://reunion.example/1"),
                [])
                == .withoutAgenda)
    }

    @Test func `a call by a channel bears the notice of its day and its proof`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let meeting = try await planned(setting)
        let notice = try await setting.run(issue(meeting, of: setting))
        let call = try MeetingCall(sentOn: day("2026-03-13"), channel: "Afiche", kind: .poster, reached: 40)
        try await setting.run(CallMeeting(call, to: meeting.id, of: alliance, proof: setting.paper()))
        let read = try await setting.fetch(ReadNotice(of: meeting.id, of: alliance)).calls
        #expect(read.map(\.notice) == [notice.id])
        #expect(read.first?.kind == .poster && read.first?.proof != nil)
    }

    @Test func `mail goes once to those who have an address, and counts them`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        try await enrol(Array(setting.people.prefix(3)), in: setting)
        try await set(phone: nil, email: "rosa@correo.test", of: setting.people[0], in: setting)
        try await set(phone: nil, email: "luis@ejemplo.invalid", of: setting.people[1], in: setting)
        let meeting = try await planned(setting, .assembly)
        await #expect(throws: NoticeError.notIssued) {
            try await setting.run(MailNotice(of: meeting.id, of: alliance))
        }
        let notice = try await setting.run(issue(meeting, of: setting))
        let outcome = try await setting.run(MailNotice(of: meeting.id, of: alliance))
        #expect(outcome.queued == 1 && outcome.unreachable == 2)
        await #expect(throws: NoticeError.mailedAlready) {
            try await setting.run(MailNotice(of: meeting.id, of: alliance))
        }
        let sent = SentMail()
        let worker = OutboxWorker(
            database: setting.tenants.database,
            handlers: [.mail(origin: "https://alianzas.example") { mail, _ in await sent.add(mail) }],
            now: { setting.tenants.clock.now }, logger: Logger(label: "alianzas.test"))
        _ = try await worker.drain(setting.organization.id)
        let mails = await sent.mails
        #expect(mails.map(\.recipient) == ["rosa@correo.test"])
        #expect(mails.first?.text.hasPrefix(notice.words) == true)
        #expect(mails.first?.subject == "Convocatoria: Reunión de prueba, viernes 27 de marzo de 2026")
    }

    // MARK: Agenda

    @Test func `points are added, changed, moved and taken out until the meeting is over`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let meeting = try await planned(setting, on: "2026-03-12")
        func titles() async throws -> [String] {
            try await setting.fetch(ReadAgenda(of: meeting.id, of: alliance)).agenda.map(\.title)
        }
        func change(_ change: EditAgenda.Change) async throws {
            try await setting.run(EditAgenda(meeting.id, of: alliance, change))
        }
        let items = try await setting.fetch(ReadAgenda(of: meeting.id, of: alliance)).agenda
        try await change(.add(.init(kind: .report, title: "Informe", minutes: 20, presenter: "Gerencia")))
        try await change(.move(items[2].id, by: 1))
        #expect(try await titles() == ["Saludo", "Plan", "Informe", "Cierre"])
        try await change(.edit(items[1].id, .init(kind: .decision, title: "Plan de 2026")))
        try await change(.remove(items[0].id))
        let after = try await setting.fetch(ReadAgenda(of: meeting.id, of: alliance)).agenda
        #expect(after.map(\.title) == ["Plan de 2026", "Informe", "Cierre"])
        #expect(after.map(\.position) == [1, 2, 3])
        await #expect(throws: AgendaError.notFound) { try await change(.remove(items[0].id)) }
        await #expect(throws: AgendaError.minutesOutOfRange) {
            try await change(.add(.init(kind: .topic, title: "Otro", minutes: 900)))
        }
        try await setting.run(
            RecordMinutes(
                of: meeting.id, in: alliance, number: nil, datedOn: day("2026-03-12"), attendees: 3,
                narrative: ["Se hizo."]))
        await #expect(throws: AgendaError.meetingIsOver) { try await change(.remove(items[1].id)) }
    }

    @Test func `what the meeting before left open is carried once, and told`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let before = try await planned(setting, on: "2026-03-10")
        try await setting.write { transaction in
            try await transaction.execute(
                """
                update governance.agenda_items set state = case when title = 'Plan' then 'postponed' else 'treated' end
                where organization_id = \(transaction.organization) and meeting_id = \(before.id)
                """)
            try await transaction.execute(
                """
                update governance.meetings set state = 'held'
                where organization_id = \(transaction.organization) and meeting_id = \(before.id)
                """)
            try await transaction.execute(
                """
                insert into governance.commitments (
                    organization_id, commitment_id, alliance_id, is_reserved, activity, owner_kind, owner, made_on,
                    state, recorded_at)
                values (\(transaction.organization), \(UUID()), \(alliance), false, 'Enviar el plan', 'office',
                    'Secretaría', '2026-03-10', 'open', \(setting.tenants.clock.now))
                """)
        }
        let next = try meeting(on: "2026-04-10")
        try await setting.run(
            PlanMeeting(next, agenda: AgendaItem.points(["Saludo", "Despedida"]), of: alliance))
        let read = try await setting.fetch(ReadAgenda(of: next.id, of: alliance))
        #expect(read.agenda.map(\.title) == ["Saludo", "Seguimiento de compromisos", "Plan", "Despedida"])
        #expect(read.origins.values.map { $0 } == [before.day])
        #expect(read.missing.isEmpty)
        // Of another kind, it is none of theirs; the commitments are the alliance's.
        let other = try meeting(on: "2026-04-11", .assembly)
        try await setting.run(PlanMeeting(other, agenda: AgendaItem.points(["Saludo"]), of: alliance))
        #expect(
            try await setting.fetch(ReadAgenda(of: other.id, of: alliance)).agenda.map(\.title)
                == ["Saludo", "Seguimiento de compromisos"])
        // A third meeting does not get what the second took up.
        let third = try meeting(on: "2026-05-10")
        try await setting.run(PlanMeeting(third, of: alliance))
        #expect(
            try await setting.fetch(ReadAgenda(of: third.id, of: alliance)).agenda.map(\.title)
                == ["Seguimiento de compromisos"])
    }

    // MARK: Own space

    @Test func `the board's own meeting is nobody else's until it is shared`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let board = try await setting.tenants.principal(
            .board, of: setting.organization, in: .alliance(alliance), name: "Junta")
        let office = try await setting.tenants.principal(.office, of: setting.organization)
        let runner = setting.tenants.runner
        let own = try meeting(isReserved: true)
        let plan = PlanMeeting(own, agenda: try AgendaItem.points(["Saludo"]), of: alliance)
        await #expect(throws: MeetingError.notOnBoard) { try await runner.run(plan, as: office) }
        try await runner.run(plan, as: board)
        try await runner.run(issue(own, of: setting), as: board)
        await #expect(throws: MeetingError.notFound) {
            try await runner.fetch(ReadMeeting(own.id, of: alliance), as: office)
        }
        await #expect(throws: MeetingError.notFound) {
            try await runner.run(ShareMeeting(own.id, of: alliance), as: office)
        }
        try await runner.run(ShareMeeting(own.id, of: alliance), as: board)
        let read = try await runner.fetch(ReadMeeting(own.id, of: alliance), as: office)
        #expect(read.agenda.map(\.title) == ["Saludo"] && read.preparation.notice != nil)
        #expect(!read.summary.meeting.isReserved)
        await #expect(throws: MeetingError.alreadyShared) {
            try await runner.run(ShareMeeting(own.id, of: alliance), as: board)
        }
    }

    // MARK: Series

    @Test func `a series counts its sessions and leads from those reached to those enrolled`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let series = try MeetingSeries(title: "Conformación", purpose: .constitution, sessionsNeeded: 3)
        try await setting.run(CreateSeries(series, of: alliance))
        for (date, came) in [("2026-02-03", 32), ("2026-02-09", 20), ("2026-02-16", 25)] {
            let session = try await planned(setting, on: date, .socialization)
            try await setting.run(
                CallMeeting(
                    MeetingCall(sentOn: day("2026-01-30"), channel: "Volantes", kind: .leaflet, reached: 100),
                    to: session.id, of: alliance))
            try await setting.run(
                RecordMinutes(
                    of: session.id, in: alliance, number: nil, datedOn: day(date), attendees: came,
                    narrative: ["Socialización."]))
            try await setting.run(AssignToSeries(session.id, to: series.id, of: alliance))
        }
        try await enrol([setting.people[0]], in: setting, on: "2026-02-03")
        let read = try await setting.fetch(ReadSeries(series.id, of: alliance)).standing
        #expect(read.words == "3 de 3 sesiones realizadas" && read.missing == 0)
        #expect(read.reached == 300 && read.came == 77 && read.enrolled == 1)
        let stranger = try await setting.tenants.alliance("Otra alianza", in: setting.organization)
        await #expect(throws: MeetingError.seriesNotFound) {
            try await setting.fetch(ReadSeries(series.id, of: stranger.id))
        }
    }

    // MARK: Outreach and calls

    @Test func `visits are ordered by weight, and insurers know theirs`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let meeting = try await planned(setting)
        // As an import counts them.
        let now = setting.tenants.clock.now
        try await setting.write { transaction in
            try await transaction.execute(
                """
                insert into membership.insurer_counts (organization_id, insurer_code, users, counted_at)
                values (\(setting.organization.id), 'ESS207', 4, \(now))
                """)
        }
        let insurer = try #require(
            try await setting.fetch(ReadOutreach(for: meeting.id, of: alliance)).insurers.first)
        #expect(insurer.users == 4 && insurer.isMain && insurer.visitedOn == nil)
        for (place, users) in [("Radio local", nil), (insurer.name, 4)] {
            try await setting.run(
                RecordVisit(
                    OutreachVisit(
                        kind: .mainInsurer, place: place, users: users, visitedOn: day("2026-03-13"),
                        posters: 2),
                    for: meeting.id, of: alliance))
        }
        let read = try await setting.fetch(ReadOutreach(for: meeting.id, of: alliance))
        #expect(read.visits.map(\.place) == [insurer.name, "Radio local"])
        #expect(read.insurers.first?.visitedOn == (try day("2026-03-13")))
        await #expect(throws: OutreachError.notYet) {
            try await setting.run(
                RecordVisit(
                    OutreachVisit(kind: .press, place: "Periódico", visitedOn: day("2026-03-14")),
                    for: meeting.id,
                    of: alliance))
        }
        try await setting.run(RemoveVisit(read.visits[1].id, for: meeting.id, of: alliance))
        #expect(try await setting.fetch(ReadOutreach(for: meeting.id, of: alliance)).visits.count == 1)
    }

    @Test func `the sheet of calls has members and users of the year, each once`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        try await enrol([setting.people[0]], in: setting)
        for (index, person) in setting.people.enumerated() {
            try await set(phone: index == 2 ? nil : "30000000\(index)", email: nil, of: person, in: setting)
        }
        let now = setting.tenants.clock.now
        try await setting.write { transaction in
            for (person, date) in zip(
                setting.people, ["2026-02-01", "2025-04-01", "2026-01-01", "2024-12-01"])
            {
                try await transaction.execute(
                    """
                    insert into membership.recorded_facts (
                        organization_id, fact_id, person_id, kind, value, valid_from, source, needs_review,
                        recorded_at)
                    values (\(transaction.organization), \(UUID()), \(person), 'service_used', 'atención',
                        \(day(date)), 'factura', false, \(now))
                    """)
            }
        }
        let meeting = try await planned(setting)
        #expect(try await setting.run(MakeCallSheet(for: meeting.id, of: alliance)) == 3)
        #expect(try await setting.run(MakeCallSheet(for: meeting.id, of: alliance)) == 0)
        let sheet = try await setting.fetch(ReadCallSheet(of: meeting.id, of: alliance))
        // A member who also used a service is a member; who used one more than a year ago is not called.
        #expect(sheet.lines.map(\.source) == [.member, .user, .user])
        #expect(Set(sheet.lines.map(\.person)) == Set(setting.people.prefix(3)))
        #expect(sheet.count.withoutPhone == 1 && sheet.count.left == 2)
        let first = try #require(sheet.lines.first)
        try await setting.run(NoteCall(first.id, as: .noAnswer, for: meeting.id, of: alliance))
        try await setting.run(NoteCall(first.id, as: .doNotCall, for: meeting.id, of: alliance))
        let other = try #require(sheet.lines.dropFirst().first { $0.phone != nil })
        try await setting.run(NoteCall(other.id, as: .coming, for: meeting.id, of: alliance))
        let after = try await setting.fetch(ReadCallSheet(of: meeting.id, of: alliance, .left))
        #expect(after.lines.isEmpty && after.count.called == 2 && after.count.reached == 1)
        let called = try await setting.fetch(
            ReadCallSheet(of: meeting.id, of: alliance, .outcome(.doNotCall)))
        #expect(called.lines.map(\.attempts) == [2])
        try await setting.run(CloseCallSheet(for: meeting.id, of: alliance))
        let calls = try await setting.fetch(ReadNotice(of: meeting.id, of: alliance)).calls
        #expect(calls.map(\.kind) == [.phone] && calls.first?.reached == 1)
        // Sent twice it counts once; calls made otherwise are told beside it.
        await #expect(throws: OutreachError.alreadyCounted) {
            try await setting.run(CloseCallSheet(for: meeting.id, of: alliance))
        }
        try await setting.run(
            CallMeeting(
                MeetingCall(sentOn: calls[0].sentOn, channel: "Llamadas de la junta", kind: .phone),
                to: meeting.id, of: alliance))
        #expect(
            try await setting.fetch(ReadNotice(of: meeting.id, of: alliance)).calls.map(\.isOfSheet)
                == [true, false])
        // Whoever asked not to be called is on no later sheet.
        let next = try await planned(setting, on: "2026-04-27")
        try await setting.run(MakeCallSheet(for: next.id, of: alliance))
        let later = try await setting.fetch(ReadCallSheet(of: next.id, of: alliance))
        #expect(!later.lines.map(\.person).contains(first.person))
    }

    @Test func `nobody is called who left the register or took their consent back`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        try await enrol(setting.people, in: setting)
        try await setting.write { transaction in
            for (person, state) in zip(setting.people, ["deceased", "retired"]) {
                try await transaction.execute(
                    """
                    update membership.affiliates set affiliation_state = \(state)
                    where organization_id = \(transaction.organization) and person_id = \(person)
                    """)
            }
            try await transaction.execute(
                """
                update membership.consents set withdrawn_on = '2026-02-01'
                where organization_id = \(transaction.organization) and person_id = \(setting.people[2])
                """)
        }
        let meeting = try await planned(setting)
        try await setting.run(MakeCallSheet(for: meeting.id, of: alliance))
        let sheet = try await setting.fetch(ReadCallSheet(of: meeting.id, of: alliance))
        #expect(sheet.lines.map(\.person) == [setting.people[3]])
    }

    // MARK: At one moment

    @Test func `who moves a meeting that somebody edits keeps what was edited`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let meeting = try await planned(setting)
        let (held, holding) = AsyncStream.makeStream(of: Void.self)
        async let edit: Void = setting.write { transaction in
            _ = try await transaction.lockedMeeting(meeting.id, of: alliance)
            holding.finish()
            // Nothing is written before the other one waits for this meeting.
            var waiting = 0
            let clock = ContinuousClock()
            let end = clock.now + .seconds(20)
            while waiting == 0, clock.now < end {
                await Task.yield()
                waiting =
                    try await transaction.value(
                        """
                        select count(*) from pg_stat_activity
                        where datname = current_database() and wait_event_type = 'Lock'
                        """) ?? 0
            }
            try await transaction.update(
                meeting.edited(
                    title: "Asamblea extraordinaria", mode: .inPerson, place: meeting.place, link: nil,
                    body: nil,
                    series: nil, participants: []))
        }
        for await _ in held {}
        try await setting.run(
            ChangeMeeting(
                meeting.id, of: alliance,
                to: .move(to: meeting.day + 7, from: meeting.startsAt, until: meeting.endsAt),
                because: "El salón no estaba libre"))
        try await edit
        let after = try await setting.fetch(ReadMeeting(meeting.id, of: alliance)).summary.meeting
        #expect(after.title == "Asamblea extraordinaria" && after.day == meeting.day + 7)
    }

    // MARK: Support

    @Test func `support is asked, granted or refused with its reason, and delivered`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let office = try await setting.tenants.principal(.office, of: setting.organization)
        let board = try await setting.tenants.principal(
            .board, of: setting.organization, in: .alliance(alliance), name: "Junta")
        let runner = setting.tenants.runner
        let meeting = try await planned(setting)
        let snacks = try await runner.run(
            AskSupport(.snacks, "Refrigerio para 40 personas", for: meeting.id, of: alliance), as: board)
        let bus = try await runner.run(
            AskSupport(.transport, "Un bus", for: meeting.id, of: alliance), as: board)
        func waiting() async throws -> [PendingItem.Kind: Int] {
            let desk = PendingDesk(database: setting.tenants.database, sources: [SupportsToFollow()])
            let items = try await desk.items(for: office, at: setting.tenants.clock.now)
            return Dictionary(items.map { ($0.kind, $0.count) }) { $0 + $1 }
        }
        #expect(try await waiting() == [.supportsToAnswer: 2])
        // Who asks does not answer.
        await #expect(throws: AccessError.self) {
            try await runner.run(FollowSupport(snacks, for: meeting.id, of: alliance, .grant(nil)), as: board)
        }
        #expect(throws: SupportError.refusedWithoutReason) {
            try FollowSupport(bus, for: meeting.id, of: alliance, .refuse("  "))
        }
        try await runner.run(
            FollowSupport(bus, for: meeting.id, of: alliance, .refuse("No hay rubro")), as: office)
        try await runner.run(FollowSupport(snacks, for: meeting.id, of: alliance, .grant("Sí")), as: office)
        #expect(try await waiting() == [.supportsToDeliver: 1])
        await #expect(throws: SupportError.notYet) {
            try await runner.run(
                FollowSupport(
                    snacks, for: meeting.id, of: alliance, .deliver(on: day("2026-03-14"), nil, proof: nil)),
                as: office)
        }
        try await runner.run(
            FollowSupport(
                snacks, for: meeting.id, of: alliance,
                .deliver(on: day("2026-03-13"), "40 refrigerios", proof: setting.paper())), as: office)
        #expect(try await waiting().isEmpty)
        let read = try await setting.fetch(ReadSupports(of: alliance, for: meeting.id)).supports.map(
            \.support)
        #expect(Set(read.map(\.state)) == [.delivered, .refused])
        await #expect(throws: SupportError.notOpen) {
            try await runner.run(WithdrawSupport(bus, for: meeting.id, of: alliance), as: board)
        }
    }

    @Test func `where a remote session is entered is told to those who are called, and to who prepares it`()
        async throws
    {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let meeting = try await planned(setting)
        try await setting.run(
            EditMeeting(
                meeting.id, of: alliance, title: meeting.title, mode: .virtual, place: nil,
                link: "https://meet.example/abc", body: nil, series: nil, participants: []))
        try await setting.run(issue(meeting, of: setting))
        func links(_ role: Role) async throws -> [Bool] {
            let reader = try await setting.tenants.principal(
                role, of: setting.organization, in: .alliance(alliance), name: role.rawValue)
            let runner = setting.tenants.runner
            let notice = try await runner.fetch(ReadNotice(of: meeting.id, of: alliance), as: reader)
            let page = try await runner.fetch(ReadMeeting(meeting.id, of: alliance), as: reader)
            #expect(!notice.isOutdated)
            #expect(notice.mayEnter == (notice.invitation.link != nil))
            #expect(!(notice.notice?.wordsWithoutLink.contains("meet.example") ?? true))
            return [notice.mayEnter, page.link != nil]
        }
        #expect(try await links(.board) == [true, true])
        // Who reads what the alliance records, and is not in its register, is called to none of its sessions.
        #expect(try await links(.member) == [false, false])
    }

    // MARK: Walls

    @Test func `another tenant finds nothing of it`() async throws {
        let setting = try await Setting.make()
        let meeting = try await planned(setting)
        try await setting.run(issue(meeting, of: setting))
        let stranger = try await setting.tenants.insurer("Otra EPS")
        let principal = Principal.terminal(in: stranger.id)
        let alliance = setting.alliance.id
        for query in [ReadNotice(of: meeting.id, of: alliance)] {
            await #expect(throws: MeetingError.notFound) {
                try await setting.tenants.runner.fetch(query, as: principal)
            }
        }
        await #expect(throws: MeetingError.notFound) {
            try await setting.tenants.runner.fetch(ReadCallSheet(of: meeting.id, of: alliance), as: principal)
        }
        await #expect(throws: MeetingError.notFound) {
            try await setting.tenants.runner.run(MakeCallSheet(for: meeting.id, of: alliance), as: principal)
        }
    }
}

/// The mail that a carrier was given.
private actor SentMail {
    private(set) var mails: [MailMessage] = []

    func add(_ mail: MailMessage) { mails.append(mail) }
}
