import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// The log of what a board keeps to itself: that something was done, and no word of it. 13 March 2026 is today.
@Suite struct ReservedLogTests {
    /// Stands in everything that people write here, and may stand in no event.
    static let word = "Jacarandá"

    /// Runs commands on what is reserved, and knows which.
    private actor Walk {
        let setting: Setting
        private(set) var taken: Set<String> = []

        init(_ setting: Setting) {
            self.setting = setting
        }

        @discardableResult
        func run<C: Command>(_ command: C, as principal: Principal? = nil) async throws -> C.Output {
            let output = try await setting.tenants.runner.run(command, as: principal ?? setting.principal)
            taken.insert(String(describing: C.self))
            return output
        }
    }

    private func scan() throws -> StoredFile {
        try StoredFile(
            name: "\(Self.word).pdf", content: Array("%PDF-1.7 \(UUID())".utf8),
            effectiveOn: day("2026-03-03"))
    }

    /// The details of all events of an alliance that hold the word; and how many have details at all.
    private func told(of setting: Setting) async throws -> (words: [String], count: Int) {
        let details = try await setting.read {
            try await $0.values("select details from tenancy.audit_details", as: String.self)
        }
        return (details.filter { $0.contains(Self.word) }, details.count)
    }

    /// The commands of some folders, as their source declares them.
    private func commands(_ folders: [String]) throws -> Set<String> {
        var names: Set<String> = []
        for folder in folders {
            let path = TestDatabase.repository.appending(path: "Sources/Governance/Commands/\(folder)")
            let files = try FileManager.default.contentsOfDirectory(
                at: path, includingPropertiesForKeys: nil)
            for file in files {
                let text = try String(contentsOf: file, encoding: .utf8)
                for match in text.matches(
                    of: /public struct (\w+): [\w, ]*(MeetingCommand|Command|Undertaking)\b/)
                {
                    names.insert(String(match.output.1))
                }
            }
        }
        return names
    }

    @Test func `no event of a reserved meeting holds a word of what people wrote, whatever is done with it`()
        async throws
    {
        let scene = try await MinutesScene.make()
        let walk = Walk(scene.setting)
        try await prepare(scene, walk)
        let meeting = try await hold(scene, walk)
        try await write(meeting, scene, walk)
        try await keep(meeting, scene, walk)
        let told = try await told(of: scene.setting)
        #expect(told.words == [])
        #expect(told.count > 40)
        // Whoever adds a command on meetings adds it here. What an entity sets for all its alliances is of no meeting.
        let all = try commands(["Meetings", "Session", "Minutes"]).subtracting(["SetDocumentFormat"])
        #expect(await all.subtracting(walk.taken) == [])
        // The word was there to be told.
        let kept = try await scene.setting.read {
            try await $0.value(
                "select count(*) from governance.meetings where title like '%' || \(Self.word) || '%'",
                as: Int.self)
        }
        #expect(kept == 4)
    }

    /// What is done with a meeting before its day.
    private func prepare(_ scene: MinutesScene, _ walk: Walk) async throws {
        let (setting, alliance, word) = (scene.setting, scene.setting.alliance.id, Self.word)
        try await setting.write { transaction in
            try await transaction.execute(
                """
                update membership.affiliates
                set phone = '3000000000', email = document_number || '@ejemplo.com.co'
                where organization_id = \(transaction.organization)
                """)
            try await transaction.execute(
                """
                insert into membership.recorded_facts (
                    organization_id, fact_id, person_id, kind, value, valid_from, source, needs_review,
                    recorded_at)
                values (\(transaction.organization), \(UUID()), \(setting.people[3]), 'service_used', 'atención',
                    \(day("2026-02-01")), 'factura', false, \(setting.tenants.clock.now))
                """)
        }
        let meeting = try Meeting(
            kind: .board, title: "Reunión \(word)", day: day("2026-03-27"),
            startsAt: TimeOfDay(hour: 9, minute: 0), endsAt: TimeOfDay(hour: 11, minute: 0), mode: .inPerson,
            place: "Casa \(word)", body: scene.board, participants: [word], isReserved: true)
        try await walk.run(PlanMeeting(meeting, agenda: AgendaItem.points([word]), of: alliance))
        let id = meeting.id
        try await walk.run(
            EditAgenda(id, of: alliance, .add(.init(kind: .topic, title: "Otro \(word)", presenter: word))))
        let series = try MeetingSeries(title: "Ciclo", purpose: .constitution, sessionsNeeded: 3)
        try await walk.run(CreateSeries(series, of: alliance))
        try await walk.run(
            EditMeeting(
                id, of: alliance, title: "Otra \(word)", mode: .inPerson, place: "Casa \(word)", link: nil,
                body: scene.board, series: nil, participants: [word]))
        try await walk.run(AssignToSeries(id, to: series.id, of: alliance))
        try await walk.run(
            DescribeMeeting(id, of: alliance, isPublic: false, isOwnAccountability: false))
        try await walk.run(
            IssueNotice(
                of: id, of: alliance, caller: word, contact: word, shortNoticeReason: "Por \(word)"))
        try await walk.run(MailNotice(of: id, of: alliance))
        try await walk.run(MakeCallSheet(for: id, of: alliance))
        let line = try #require(try await setting.fetch(ReadCallSheet(of: id, of: alliance)).lines.first)
        try await walk.run(NoteCall(line.id, as: .coming, for: id, of: alliance))
        try await walk.run(UndoCall(line.id, for: id, of: alliance))
        try await walk.run(NoteCall(line.id, as: .coming, for: id, of: alliance))
        try await walk.run(CloseCallSheet(for: id, of: alliance))
        try await walk.run(
            CallMeeting(
                MeetingCall(sentOn: day("2026-03-13"), channel: word, kind: .poster, reached: 4), to: id,
                of: alliance, proof: scan()))
        for _ in 0..<2 {
            try await walk.run(
                RecordVisit(
                    OutreachVisit(
                        kind: .mainInsurer, place: "Sede \(word)", users: 3, visitedOn: day("2026-03-13"),
                        receivedBy: word, note: word), for: id, of: alliance, proof: scan()))
        }
        let visits = try await setting.fetch(ReadOutreach(for: id, of: alliance)).visits
        try await walk.run(RemoveVisit(visits[0].id, for: id, of: alliance))
        try await walk.run(AddEvidence(scan(), titled: "Foto \(word)", of: id, in: alliance))
        for change in [
            FollowSupport.Change.grant(word), .refuse(word),
            .deliver(on: try day("2026-03-13"), word, proof: nil),
        ] {
            let support = try await walk.run(
                AskSupport(.snacks, "Refrigerio \(word)", for: id, of: alliance))
            if case .deliver = change {
                try await walk.run(FollowSupport(support, for: id, of: alliance, .grant(nil)))
            }
            try await walk.run(FollowSupport(support, for: id, of: alliance, change))
        }
        let support = try await walk.run(AskSupport(.snacks, "Bus \(word)", for: id, of: alliance))
        try await walk.run(WithdrawSupport(support, for: id, of: alliance))
        try await walk.run(
            ChangeMeeting(
                id, of: alliance, to: .move(to: day("2026-03-28"), from: nil, until: nil),
                because: "Por \(word)", notice: AuthorityNotice(number: word, filedOn: day("2026-03-12")),
                paper: scan()))
        try await walk.run(ChangeMeeting(id, of: alliance, to: .cancel, because: "Ya no: \(word)"))
    }

    /// What is done in its session.
    private func hold(_ scene: MinutesScene, _ walk: Walk) async throws -> Meeting {
        let (setting, alliance, word) = (scene.setting, scene.setting.alliance.id, Self.word)
        try await setting.run(
            AdoptBylaws(
                "Reglamento", of: alliance, approvedOn: day("2026-01-01"), inForceFrom: day("2026-01-01"),
                articles: [BylawArticle(number: "7", heading: "Quórum", body: "La mitad.")],
                parameters: [
                    BylawParameter(
                        name: .firstQuorum, text: "1/2", article: "7", norm: nil, isConfirmed: true)
                ]))
        let meeting = try Meeting(
            kind: .board, title: "Deliberación \(word)", day: day("2026-03-13"),
            startsAt: TimeOfDay(hour: 9, minute: 0), endsAt: TimeOfDay(hour: 12, minute: 0), mode: .mixed,
            body: scene.board, isReserved: true)
        let id = meeting.id
        try await walk.run(
            PlanMeeting(meeting, agenda: AgendaItem.points(["Uno \(word)", "Dos \(word)"]), of: alliance))
        try await walk.run(PrepareSheets(of: id, in: alliance))
        try await walk.run(
            RecordExcuse(
                of: setting.people[2], from: id, of: alliance, because: "Viaje \(word)",
                on: day("2026-03-12")))
        let stay = try await walk.run(RecordArrival(of: .person(setting.people[0]), to: id, of: alliance))
        let guest = try await walk.run(
            RecordArrival(of: .named("Invitada \(word)", .guest, represents: word), to: id, of: alliance))
        try await walk.run(UndoArrival(stay, in: id, of: alliance))
        try await walk.run(EnterSheet(SheetRow.codes("A-01 A-02"), of: id, in: alliance))
        try await walk.run(AttachScan(scan(), of: "A", in: id, of: alliance))
        try await walk.run(OpenMeeting(id, of: alliance, mayBeInformative: true))
        setting.tenants.clock.advance(by: 60)
        try await walk.run(VerifyQuorum(in: id, of: alliance))
        try await walk.run(RecordDeparture(guest, from: id, of: alliance))
        try await walk.run(RecordReturn(of: [guest], to: id, of: alliance))
        try await walk.run(LimitSpeaking(to: 3, in: id, of: alliance))
        let turn = try await walk.run(AskForWord(.named("Habla \(word)"), in: id, of: alliance))
        try await walk.run(TakeTurn(turn, .give, in: id, of: alliance))
        let captured = AttendanceCapture(
            key: UUID(), attendee: .named("Vecina \(word)", .guest, represents: nil),
            capturedAt: setting.tenants.clock.now, way: .inPerson)
        try await walk.run(SendCaptures([captured], of: id, of: alliance))
        let entitled = try await setting.fetch(ListEntitled(of: id, in: alliance)).people
        try await walk.run(RecordArrivals(of: entitled.map(\.key), to: id, of: alliance))
        let agenda = try await setting.fetch(ReadSession(of: id, in: alliance)).agenda
        try await walk.run(TreatPoint(agenda[0].id, .open, in: id, of: alliance))
        try await walk.run(
            WriteNotes(
                "Nota \(word).", from: WrittenNotes.digest(of: ""), on: agenda[0].id, in: id, of: alliance))
        let decision = try await walk.run(
            RecordDecision(
                "Se decide \(word)", in: id, of: alliance, proposedBy: word, manner: .showOfHands, inFavor: 2)
        )
        try await walk.run(
            WithdrawDecision(decision.id, of: id, in: alliance, because: "Era otra: \(word)"))
        let question = try await walk.run(RecordQuestion("¿\(word)?", askedBy: word, in: id, of: alliance))
        try await walk.run(AnswerQuestion(question, with: "Sí, \(word)", by: word, in: id, of: alliance))
        let commitment = try await walk.run(
            MakeCommitment("Escribir a \(word)", by: .office, until: day("2026-04-01"), in: id, of: alliance))
        try await walk.run(
            FollowCommitment(commitment, of: alliance, .progress, note: "Con \(word)", evidence: scan()))
        try await walk.run(CloseMeeting(id, of: alliance, lacking: Set(SessionLack.allCases)))
        try await walk.run(ReopenMeeting(id, of: alliance, because: "Faltó \(word)"))
        try await walk.run(CloseMeeting(id, of: alliance, lacking: Set(SessionLack.allCases)))
        try await walk.run(
            ImportAttendance(
                [.init(.named("Remota \(word)", .guest, represents: nil), joinedAt: nil, leftAt: nil)],
                to: id,
                of: alliance))
        return meeting
    }

    /// What is done with its minutes.
    private func write(_ meeting: Meeting, _ scene: MinutesScene, _ walk: Walk) async throws {
        let (setting, alliance, word) = (scene.setting, scene.setting.alliance.id, Self.word)
        let id = meeting.id
        try await walk.run(
            WriteMinutes(
                MinutesDraft.Free(
                    activity: .other, activityNote: word, facilitator: word, facilitatorPost: word,
                    company: word, audience: word, narrative: "Se habló de \(word).", attachments: [word]),
                of: id, in: alliance))
        try await walk.run(CirculateMinutes(id, in: alliance, until: nil))
        let (president, secretary) = (try await scene.user(0), try await scene.user(1))
        try await walk.run(
            ObserveMinutes("Faltó \(word)", on: "preguntas", of: id, in: alliance), as: president)
        let observation = try #require(
            try await setting.fetch(ReadMinutes(of: id, in: alliance)).observations.first)
        try await walk.run(
            AnswerMinutesObservation(
                observation.id, of: id, in: alliance, isAccepted: false, answer: "No: \(word)"))
        try await walk.run(
            ApproveMinutes(of: id, in: alliance, by: .commission("Comisión \(word)", on: day("2026-03-13"))))
        try await walk.run(
            ChooseMinutesSigners(
                of: id, in: alliance, seats: scene.seats.prefix(2).map(\.id), facilitatorSigns: false))
        let signings = try await setting.fetch(ReadMinutes(of: id, in: alliance)).signings
        let codes = setting.tenants.identity.oneTimeCodes
        try await walk.run(
            SendSigningCode(to: signings[1].signer.id, of: id, in: alliance, from: codes), as: secretary)
        for signing in signings {
            let paper = try StoredFile(
                name: "\(word) \(signing.signer.office).pdf", content: Array("%PDF-1.7 \(UUID())".utf8),
                effectiveOn: day("2026-03-13"))
            let scan = try await walk.run(
                AttachSignatureScan(paper, of: signing.signer.id, of: id, in: alliance))
            try await walk.run(SignMinutes(signing.signer.id, of: id, in: alliance, by: .paper(scan)))
        }
        let again = try StoredFile(
            name: "\(word).pdf", content: Array("%PDF-1.7 \(UUID())".utf8), effectiveOn: day("2026-03-13"))
        let better = try await walk.run(
            AttachSignatureScan(again, of: signings[0].signer.id, of: id, in: alliance))
        try await walk.run(
            ReplaceSignatureScan(with: better, of: signings[0].signer.id, of: id, in: alliance))
        let file = try await setting.fetch(ReadMinutes(of: id, in: alliance))
        let (digest, draft) = (try #require(file.digest), try #require(file.draft))
        func document(_ kind: String) throws -> NewDocument {
            NewDocument(
                code: DocumentCode(), kind: kind, title: "Acta de \(word)", issuer: "Alianza",
                subject: draft.id, wordsDigest: digest, file: try scan())
        }
        try await walk.run(
            SealMinutes(of: id, in: alliance, document: document("acta"), redacted: document("acta-publica")))
    }

    /// What is done with what is kept of it; and, at last, what takes the reserve from it.
    private func keep(_ meeting: Meeting, _ scene: MinutesScene, _ walk: Walk) async throws {
        let (setting, alliance, word) = (scene.setting, scene.setting.alliance.id, Self.word)
        let office = try await setting.tenants.principal(.office, of: setting.organization)
        let sealed = try #require(
            try await setting.fetch(ReadMinutes(of: meeting.id, in: alliance)).seal)
        let record = try #require(try await setting.read { try await $0.file(sealed.file) })
        #expect(record.isReserved)
        try await walk.run(OpenFile(record))
        let issued = try await walk.run(
            IssueDocument(
                NewDocument(
                    code: DocumentCode(), kind: "prueba", title: "Extracto de \(word)", issuer: "Alianza",
                    subject: meeting.id, wordsDigest: HashDigest(of: word), file: scan()),
                in: .alliance(alliance), isReserved: true))
        try await walk.run(WithdrawDocument(issued, because: "Tenía \(word)", in: .alliance(alliance)))
        // A later meeting, as much the board's own, corrects them; another has its minutes on paper.
        let later = try Meeting(
            kind: .board, title: "Siguiente \(word)", state: .planned, day: day("2026-03-14"),
            startsAt: TimeOfDay(hour: 9, minute: 0), body: scene.board, isReserved: true)
        try await walk.run(PlanMeeting(later, of: alliance))
        setting.tenants.clock.advance(by: 86_400)
        for person in setting.people.prefix(2) {
            try await walk.run(RecordArrival(of: .person(person), to: later.id, of: alliance))
        }
        try await walk.run(OpenMeeting(later.id, of: alliance, mayBeInformative: true))
        let decision = try await walk.run(
            RecordDecision("Corregir \(word)", in: later.id, of: alliance, manner: .showOfHands, inFavor: 2))
        try await walk.run(
            CorrectMinutes(
                of: meeting.id, in: alliance, by: decision.id.rawValue, says: word, shouldSay: "Otra \(word)")
        )
        let paper = try Meeting(
            kind: .board, title: "De papel \(word)", day: day("2026-03-12"), body: scene.board,
            isReserved: true)
        try await walk.run(PlanMeeting(paper, of: alliance))
        try await walk.run(
            RecordMinutes(
                of: paper.id, in: alliance, number: nil, datedOn: day("2026-03-12"), attendees: 3,
                narrative: ["Se habló de \(word)."]))
        // The office reads the log and finds none of these meetings.
        let titles = try await setting.tenants.runner.read(
            .seeAudit, in: [.alliance(alliance)], showing: nil, as: office
        ) { try await $0.meetingTitles([meeting.id, later.id, paper.id]) }
        #expect(titles.isEmpty)
        let board = try await setting.tenants.principal(
            .board, of: setting.organization, in: .alliance(alliance))
        try await walk.run(ShareMeeting(meeting.id, of: alliance), as: board)
        try await walk.run(WithholdMinutes(of: meeting.id, in: alliance, because: word), as: board)
        try await walk.run(PublishMinutes(of: meeting.id, in: alliance), as: board)
        try await walk.run(
            WithholdMinutes(of: meeting.id, in: alliance, isPublished: true, because: word), as: board)
    }

    @Test func `campaigns, letters and oversight of the board's own leave no word in the log either`()
        async throws
    {
        let setting = try await Setting.make()
        let (alliance, word) = (setting.alliance.id, Self.word)
        try await ComplaintCatalogue(folder: TestDatabase.repository.appending(path: "sql/data"))
            .load(into: setting.tenants.database)
        let walk = Walk(setting)
        let id = try await walk.run(
            OpenOversight(
                Oversight(
                    alliance: alliance, isReserved: true, title: "Farmacia \(word)", reason: word,
                    entity: word,
                    startsOn: day("2026-02-01"), endsOn: day("2026-03-31")),
                looking: [OversightIndicator(name: word, expected: word)]))
        try await walk.run(JoinOversight(word, as: .adviser, of: id, in: alliance))
        let read = try await setting.fetch(ReadOversight(id, of: alliance))
        let visit = try await walk.run(
            RecordOversightVisit(
                OversightVisit(kind: .pharmacy, place: word, day: day("2026-03-02")),
                by: read.team.map(\.id),
                measuring: [OversightMeasure(of: read.indicators[0].id, .unmet, measured: word)],
                for: id, of: alliance))
        try await walk.run(
            WithdrawOversightVisit(visit, of: id, in: alliance, because: "Otro día: \(word)"))
        try await walk.run(
            RegisterOversight(
                id, of: alliance,
                as: Oversight.Registration(before: "Personería \(word)", number: word, on: day("2026-03-01")),
                certificate: scan()))
        try await walk.run(
            AddOversightEvidence(scan(), titled: "Foto \(word)", of: id, in: alliance))

        let campaign = try await walk.run(
            PlanCampaign(
                Campaign(
                    kind: .campaign, title: "Campaña \(word)", axis: .culture, audience: word,
                    channels: [.whatsapp], from: day("2026-03-10"), to: day("2026-03-20"), isReserved: true),
                of: alliance))
        try await walk.run(
            WriteCampaignPiece(
                of: campaign, in: alliance, after: 0, words: "Pieza \(word)", file: scan(), keepsFile: false))
        #expect(try await told(of: setting).words == [])
    }

    @Test func `of an open meeting the log says what it is called, and the chain holds where that is purged`()
        async throws
    {
        let setting = try await Setting.make()
        let meeting = try Meeting(kind: .board, title: "Reunión \(Self.word)", day: day("2026-03-27"))
        try await setting.run(PlanMeeting(meeting, of: setting.alliance.id))
        try await setting.run(
            ChangeMeeting(
                meeting.id, of: setting.alliance.id, to: .cancel, because: "No hay salón: \(Self.word)"))
        #expect(try await told(of: setting).words.count == 2)
        try await setting.write {
            try await $0.execute(
                "delete from tenancy.audit_details where details like '%' || \(Self.word) || '%'")
        }
        let reports = try await AuditLedger(database: setting.tenants.database).verify(
            setting.organization.id)
        let areWhole = reports.map(\.isWhole)
        #expect(!areWhole.isEmpty && !areWhole.contains(false))
        #expect(reports.map(\.purgedDetails).reduce(0, +) == 2)
    }
}
