import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// Minutes that write themselves and cannot be rewritten; 13 March 2026 is today.
@Suite struct MinutesTests {
    // MARK: Words

    @Test(arguments: [
        ("Rosa Arrieta pidió la palabra.", "una persona asociada pidió la palabra."),
        (
            "habló ROSA ELENA ARRIETA y luego Rosa Elena",
            "habló una persona asociada y luego una persona asociada"
        ),
        ("Documento CC 1.067.890.123 de Montería", "Documento CC [número reservado] de Montería"),
        ("Costó $ 1.500.000 y 250.000 pesos", "Costó $ 1.500.000 y 250.000 pesos"),
        ("El 13 de marzo de 2026, a las 9:00", "El 13 de marzo de 2026, a las 9:00"),
        ("Escriba a rosa.a@correo.co hoy", "Escriba a [correo reservado] hoy"),
        ("La rosa y la arrieta son otra cosa", "La rosa y la arrieta son otra cosa"),
    ])
    func `names, documents and addresses are taken out of what is published`(text: String, public: String) {
        let redact = MinutesRedaction([("Rosa Elena Arrieta", "una persona asociada")])
        #expect(redact(text) == `public`)
    }

    @Test(arguments: [
        ("", false), ("M1 1", false), ("M0 0L100 100L200 50L300 100L400 20", true),
        ("M0 0L1 1L2 2L3 3L4 4", false), ("M0 0L1001 1L2 2L3 3L90 4", false),
        ("M0 0\"><script>L1 1", false), ("M10 10L60 60L90 90M100 100L150 120", true),
    ])
    func `a drawing is a signature or is refused`(text: String, isTaken: Bool) {
        #expect(((try? SignatureDrawing(text)) != nil) == isTaken)
    }

    @Test func `the three minutes of San Antero are told to be one text`() throws {
        let source = try Sources.read(Sources.minutes)
        let texts = source.minutes
        #expect(texts.count == 3)
        let earlier = texts.dropLast().map {
            TextLikeness.Earlier(
                title: "Acta", meeting: $0.meeting, day: $0.datedOn, paragraphs: $0.narrative)
        }
        let last = try #require(texts.last)
        let found = TextLikeness.findings(in: last.narrative, among: Array(earlier))
        #expect(found.count == 2)
        for finding in found {
            #expect(finding.percent >= 85, "\(finding.percent)")
            #expect(!finding.paragraphs.isEmpty)
        }
        let other =
            "La junta leyó el informe de la visita a la farmacia, oyó a los usuarios que esperan medicamentos desde enero y pidió a la entidad la relación de pendientes por municipio."
        #expect(TextLikeness.findings(in: [other], among: Array(earlier)).isEmpty)
    }

    // MARK: From draft to seal

    @Test func `minutes are composed, observed, approved, signed and sealed`() async throws {
        let scene = try await MinutesScene.make()
        let setting = scene.setting
        let alliance = setting.alliance.id
        let meeting = try await scene.heldMeeting(on: "2026-03-10")
        try await scene.tell(of: meeting)

        // It is there as soon as the meeting ended, from what happened.
        let first = try await setting.fetch(ReadMinutes(of: meeting.id, in: alliance))
        #expect(first.draft == nil && first.isComposedNow && first.state == .draft)
        let names = first.text.sections.map(\.name)
        #expect(
            names == [
                "identificacion", "actividad", "convocatoria", "asistencia", "quorum", "desarrollo",
                "decisiones", "preguntas", "compromisos", "datos",
            ])
        let words = try first.text.canonical()
        #expect(words == (try setting.canonicalAgain(words)))
        #expect(words.contains("Rosa Arrieta") && words.contains("2 presentes de 3"))
        #expect(first.gaps.contains(.activity) && first.gaps.contains(.format) && !first.gaps.contains(.call))
        // What everybody may read names nobody.
        let open = first.text.sections.flatMap { $0.published ?? $0.blocks }.map { "\($0)" }.joined()
        #expect(!open.contains("Rosa") && !open.contains("Luis") && !open.contains("https://"))
        #expect(open.contains("Se exigía mayoría simple"))

        try await setting.run(
            SetDocumentFormat(
                DocumentFormat(code: "SIAU-F-07", version: "2", unit: "SIAU", validFrom: day("2026-01-01"))))
        try await setting.run(
            WriteMinutes(
                MinutesDraft.Free(
                    activity: .training, activityNote: "Deberes y derechos", facilitator: "Nora Prueba",
                    facilitatorPost: "Coordinación", company: "EPS", audience: "Asociados",
                    narrative: "Rosa Arrieta contó su visita."), of: meeting.id, in: alliance))
        await #expect(throws: MinutesError.notCirculated) {
            try await setting.run(
                ApproveMinutes(of: meeting.id, in: alliance, by: .commission("A y B", on: day("2026-03-12"))))
        }
        #expect(try await setting.run(CirculateMinutes(meeting.id, in: alliance, until: nil)) == 1)

        // Observed by who was there, and by nobody else of the members.
        let president = try await scene.user(0)
        let stranger = try await scene.user(2)
        try await setting.tenants.runner.run(
            ObserveMinutes("Faltó mi pregunta", on: "preguntas", of: meeting.id, in: alliance), as: president)
        await #expect(throws: MinutesError.wasNotThere) {
            try await setting.tenants.runner.run(
                ObserveMinutes("Y la mía", on: "preguntas", of: meeting.id, in: alliance), as: stranger)
        }
        await #expect(throws: MinutesError.notFound) {
            try await setting.tenants.runner.fetch(ReadMinutes(of: meeting.id, in: alliance), as: stranger)
        }
        await #expect(throws: MinutesError.unanswered(1)) {
            try await setting.run(CirculateMinutes(meeting.id, in: alliance, until: nil))
        }
        let observed = try await setting.fetch(ReadMinutes(of: meeting.id, in: alliance))
        let observation = try #require(observed.observations.first)
        try await setting.run(
            AnswerMinutesObservation(
                observation.id, of: meeting.id, in: alliance, isAccepted: true, answer: nil))
        #expect(try await setting.run(CirculateMinutes(meeting.id, in: alliance, until: nil)) == 2)

        // Approved by a decision of the next meeting.
        let next = try await scene.heldMeeting(on: "2026-03-12")
        let draft = try #require(observed.draft)
        let other = try await scene.decide(in: next, approving: nil)
        await #expect(throws: MinutesError.notTheDecision) {
            try await setting.run(ApproveMinutes(of: meeting.id, in: alliance, by: .decision(other)))
        }
        let decision = try await scene.decide(in: next, approving: draft.id)
        #expect(
            try await setting.run(ApproveMinutes(of: meeting.id, in: alliance, by: .decision(decision))) == 1)
        await #expect(throws: MinutesError.closed) {
            try await setting.run(WriteMinutes(observed.free, of: meeting.id, in: alliance))
        }

        // Signed by each who has the office, in their own way.
        let approved = try await setting.fetch(ReadMinutes(of: meeting.id, in: alliance))
        #expect(approved.signings.map(\.signer.office) == ["Presidencia", "Secretaría"])
        let drawing = try SignatureDrawing("M0 0L100 100L200 50L300 100L400 20")
        func sign(_ index: Int, _ hand: SignMinutes.Hand, as principal: Principal) async throws -> Bool {
            try await setting.tenants.runner.run(
                SignMinutes(approved.signings[index].signer.id, of: meeting.id, in: alliance, by: hand),
                as: principal)
        }
        await #expect(throws: MinutesError.notTheSigner) { try await sign(0, .drawn(drawing), as: stranger) }
        #expect(try await sign(0, .drawn(drawing), as: president))
        await #expect(throws: MinutesError.signedAlready) {
            try await sign(0, .drawn(drawing), as: president)
        }
        let secretary = try await scene.user(1)
        #expect(try await sign(1, .code("aaaaa-bbbbb"), as: secretary) == false)
        let codes = setting.tenants.identity.oneTimeCodes
        try await setting.tenants.runner.run(
            SendSigningCode(to: approved.signings[1].signer.id, of: meeting.id, in: alliance, from: codes),
            as: secretary)
        #expect(try await sign(1, .code("aaaaa-bbbbb"), as: secretary) == false)
        let code = try #require(try await scene.sentCode(codes))
        #expect(try await sign(1, .code(code), as: secretary))

        // Sealed: in the register as minutes from paper are, in the book, and whole.
        try await scene.seal(meeting.id)
        let sealed = try await setting.fetch(ReadMinutes(of: meeting.id, in: alliance))
        #expect(sealed.state == .sealed && !sealed.isAltered && sealed.seal?.number == 1)
        let registered = try #require(try await setting.fetch(ReadMeeting(meeting.id, of: alliance)).minutes)
        #expect(registered.number == "1" && registered.counts.first?.people == 2)
        #expect(registered.narrative.first == "Presidencia contó su visita.")
        #expect(registered.decisions.map(\.inFavor) == [2])
        let book = try await setting.fetch(ReadBook(of: alliance))
        #expect(book.first { $0.meeting == meeting.id }?.state == .sealed)
        #expect(try await setting.read { try await $0.verifyMinutes() }.faults.isEmpty)

        // Corrected by a later meeting alone, and shown on both.
        await #expect(throws: MinutesError.correctionNotLater) {
            try await setting.run(
                CorrectMinutes(
                    of: meeting.id, in: alliance, by: scene.decide(in: meeting, approving: nil, at: 9),
                    says: "2", shouldSay: "3"))
        }
        try await setting.run(
            CorrectMinutes(of: meeting.id, in: alliance, by: other, says: "dos", shouldSay: "tres"))
        let corrected = try await setting.fetch(ReadMinutes(of: meeting.id, in: alliance))
        #expect(corrected.corrections.map(\.meeting) == [next.id])
        let later = try await setting.fetch(ReadMinutes(of: next.id, in: alliance))
        #expect(later.text.followUp.contains { $0.hasPrefix("Se corrigió el acta n.º 1") })
    }

    @Test(arguments: MinutesFault.Kind.allCases)
    func `a byte changed in sealed minutes is told`(kind: MinutesFault.Kind) async throws {
        let scene = try await MinutesScene.make()
        let meeting = try await scene.sealedMeeting()
        let database = scene.setting.tenants.database
        // The owner of the database mends the digest beside the content too: the seal still tells.
        func change(_ name: String) -> String {
            "update tenancy.files set content = set_byte(content, 12, 33), sha256 = sha256(set_byte(content, 12, 33)) where name like '\(name)'"
        }
        let owner =
            switch kind {
            case .words:
                "update governance.minutes_versions set words = replace(words, 'presentes', 'presentas'), sha256 = sha256(convert_to(replace(words, 'presentes', 'presentas'), 'UTF8'))"
            case .file: change("acta%")
            case .twin:
                change("copia%")
            case .signature: "update governance.minutes_signers set signed_sha256 = sha256('otro')"
            // Whoever owns the database mends all that speaks of the text, and of the twin; the chain still tells.
            case .seal:
                """
                update governance.minutes_versions
                set words = replace(words, 'presentes', 'presentas'),
                    sha256 = sha256(convert_to(replace(words, 'presentes', 'presentas'), 'UTF8'));
                update governance.minutes_signers as signers set signed_sha256 = versions.sha256
                from governance.minutes_versions as versions where versions.minutes_id = signers.minutes_id;
                update governance.minutes_seals as seals set words_sha256 = versions.sha256
                from governance.minutes_versions as versions where versions.minutes_id = seals.minutes_id;
                """
            }
        #expect(try await scene.setting.read { try await $0.verifyMinutes() }.faults.isEmpty)
        try await database.script(owner, as: TestCluster.superuser)
        let found = try await scene.setting.read { try await $0.verifyMinutes() }
        #expect(found.count == 1 && found.faults.map(\.kind) == [kind])
        let file = try await scene.setting.fetch(ReadMinutes(of: meeting, in: scene.setting.alliance.id))
        #expect(file.isAltered == (kind == .words))
    }

    @Test func `a twin that is changed with its digest is told by the chain`() async throws {
        let scene = try await MinutesScene.make()
        _ = try await scene.sealedMeeting()
        try await scene.setting.tenants.database.script(
            """
            update tenancy.files
            set content = set_byte(content, 12, 33), sha256 = sha256(set_byte(content, 12, 33))
            where name like 'copia%';
            update governance.minutes_seals as seals set redacted_sha256 = files.sha256
            from tenancy.files where files.file_id = seals.redacted_file_id;
            """, as: TestCluster.superuser)
        let found = try await scene.setting.read { try await $0.verifyMinutes() }
        #expect(found.faults.map(\.kind) == [.seal])
    }

    @Test func `who is past their mandate does not sign`() async throws {
        let scene = try await MinutesScene.make()
        let setting = scene.setting
        let meeting = try await scene.approvedMeeting()
        let file = try await setting.fetch(ReadMinutes(of: meeting, in: setting.alliance.id))
        let signer = try #require(file.signings.first?.signer)
        let president = try await scene.user(0)
        try await setting.write { transaction in
            try await transaction.execute(
                """
                update governance.mandates set state = 'ended', ended_on = '2026-03-12', end_reason = 'resignation'
                where organization_id = \(setting.organization.id) and seat_id = \(signer.seat)
                """)
            try await transaction.followService(in: scene.board, at: setting.tenants.clock.now)
        }
        await #expect(throws: MinutesError.rightOver(name: signer.name, office: signer.office)) {
            try await setting.tenants.runner.run(
                SignMinutes(
                    signer.id, of: meeting, in: setting.alliance.id,
                    by: .drawn(SignatureDrawing("M0 0L100 100L200 50L300 100L400 20"))), as: president)
        }
    }

    @Test func `fifty approvals at once give consecutive numbers`() async throws {
        let scene = try await MinutesScene.make()
        let setting = scene.setting
        let alliance = setting.alliance.id
        var meetings: [ID<Meeting>] = []
        for _ in 0..<50 {
            let meeting = try await scene.heldMeeting(on: "2026-03-10")
            try await setting.run(CirculateMinutes(meeting.id, in: alliance, until: nil))
            meetings.append(meeting.id)
        }
        let numbers = try await withThrowingTaskGroup(of: Int.self) { group in
            for meeting in meetings {
                group.addTask {
                    try await setting.run(
                        ApproveMinutes(
                            of: meeting, in: alliance, by: .commission("La comisión", on: day("2026-03-12"))))
                }
            }
            var numbers: [Int] = []
            for try await number in group { numbers.append(number) }
            return numbers
        }
        #expect(numbers.sorted() == Array(1...50))
    }

    @Test func `a book goes on from the highest number on paper`() async throws {
        let scene = try await MinutesScene.make()
        let setting = scene.setting
        let paper = try Meeting(kind: .assembly, title: "Asamblea", day: day("2026-02-10"))
        try await setting.run(PlanMeeting(paper, of: setting.alliance.id))
        try await setting.run(
            RecordMinutes(
                of: paper.id, in: setting.alliance.id, number: "14", datedOn: day("2026-02-10"), attendees: 9,
                narrative: ["Se eligió."]))
        let meeting = try await scene.heldMeeting(on: "2026-03-10", of: .some(nil))
        try await setting.run(CirculateMinutes(meeting.id, in: setting.alliance.id, until: nil))
        let number = try await setting.run(
            ApproveMinutes(
                of: meeting.id, in: setting.alliance.id, by: .commission("Comisión", on: day("2026-03-12"))))
        #expect(number == 15)
        let book = try await setting.fetch(ReadBook(of: setting.alliance.id))
        #expect(book.map(\.number) == ["15", "14"] && book.last?.state == nil)
        await #expect(throws: MinutesError.onPaper) {
            try await setting.fetch(ReadMinutes(of: paper.id, in: setting.alliance.id))
        }
    }

    @Test func `what is copied from earlier minutes is not circulated without a word`() async throws {
        let scene = try await MinutesScene.make()
        let setting = scene.setting
        let alliance = setting.alliance.id
        let text = try Sources.read(Sources.minutes).minutes[0].narrative
        let paper = try Meeting(kind: .socialization, title: "Socialización", day: day("2026-02-10"))
        try await setting.run(PlanMeeting(paper, of: alliance))
        try await setting.run(
            RecordMinutes(
                of: paper.id, in: alliance, number: nil, datedOn: day("2026-02-10"), attendees: 32,
                narrative: text))
        let meeting = try await scene.heldMeeting(on: "2026-03-10")
        try await setting.run(
            WriteMinutes(
                MinutesDraft.Free(activity: .unmarked, narrative: text.joined(separator: "\n")),
                of: meeting.id, in: alliance))
        await #expect(throws: MinutesError.resembles(percent: 100)) {
            try await setting.run(CirculateMinutes(meeting.id, in: alliance, until: nil))
        }
        try await setting.run(
            CirculateMinutes(meeting.id, in: alliance, until: nil, likenessIsRight: true))
    }

    @Test func `what is the board's own does not exist for the office`() async throws {
        let scene = try await MinutesScene.make()
        let setting = scene.setting
        let meeting = try await scene.heldMeeting(on: "2026-03-10", isReserved: true)
        try await setting.run(CirculateMinutes(meeting.id, in: setting.alliance.id, until: nil))
        let office = try await setting.tenants.principal(.office, of: setting.organization)
        let board = try await scene.user(0)
        await #expect(throws: MinutesError.notFound) {
            try await setting.tenants.runner.fetch(
                ReadMinutes(of: meeting.id, in: setting.alliance.id), as: office)
        }
        #expect(try await setting.tenants.runner.fetch(ReadBook(of: setting.alliance.id), as: office).isEmpty)
        #expect(
            try await setting.tenants.runner.fetch(
                ReadMinutes(of: meeting.id, in: setting.alliance.id), as: board
            ).state == .circulated)
    }

    @Test func `to share a meeting publishes nothing: its board decides, once the minutes are sealed`()
        async throws
    {
        let scene = try await MinutesScene.make()
        let (setting, alliance) = (scene.setting, scene.setting.alliance.id)
        let runner = setting.tenants.runner
        let office = try await setting.tenants.principal(.office, of: setting.organization)
        let board = try await setting.tenants.principal(
            .board, of: setting.organization, in: .alliance(alliance))
        let meeting = try await scene.heldMeeting(on: "2026-03-11", isReserved: true).id
        try await setting.run(CirculateMinutes(meeting, in: alliance, until: nil))
        #expect(try await setting.fetch(ReadMinutesPublicity(of: meeting, in: alliance)) == nil)
        try await setting.run(
            ApproveMinutes(of: meeting, in: alliance, by: .commission("Comisión", on: day("2026-03-12"))))
        for signing in try await setting.fetch(ReadMinutes(of: meeting, in: alliance)).signings {
            let scan = try StoredFile(
                name: "firma.pdf", content: Array("%PDF-1.7 \(UUID())".utf8), effectiveOn: day("2026-03-12"))
            try await setting.sign(signing.signer.id, onPaper: scan, of: meeting)
        }
        await #expect(throws: MinutesPublicityError.notSealed) {
            try await runner.run(PublishMinutes(of: meeting, in: alliance), as: board)
        }
        try await scene.seal(meeting)
        await #expect(throws: MinutesPublicityError.reserved) {
            try await runner.run(PublishMinutes(of: meeting, in: alliance), as: board)
        }
        #expect(try await asked(of: board, in: setting).isEmpty)
        try await runner.run(ShareMeeting(meeting, of: alliance), as: board)
        let sealed = try #require(try await setting.fetch(ReadMinutesPublicity(of: meeting, in: alliance)))
        #expect(sealed.publicity == .undecided && sealed.isOfBoard)
        // The board is asked, and the office, which may read them now, is not: it does not decide.
        #expect(try await asked(of: board, in: setting) == [meeting])
        #expect(try await asked(of: office, in: setting).isEmpty)
        await #expect(throws: MinutesPublicityError.ofTheBoard) {
            try await runner.run(PublishMinutes(of: meeting, in: alliance), as: office)
        }
        try await runner.run(PublishMinutes(of: meeting, in: alliance), as: board)
        await #expect(throws: MinutesPublicityError.ofTheBoard) {
            try await runner.run(
                WithholdMinutes(of: meeting, in: alliance, isPublished: true, because: "No gustó"), as: office
            )
        }
    }

    @Test func `what is sealed is published, withheld or taken back by an act, and the last one counts`()
        async throws
    {
        let scene = try await MinutesScene.make()
        let (setting, alliance) = (scene.setting, scene.setting.alliance.id)
        let runner = setting.tenants.runner
        let office = try await setting.tenants.principal(.office, of: setting.organization)
        let member = try await setting.tenants.principal(
            .member, of: setting.organization, in: .alliance(alliance))
        let meeting = try await scene.sealedMeeting()
        func publicity() async throws -> MinutesPublicity? {
            try await setting.fetch(ReadMinutesPublicity(of: meeting, in: alliance))?.publicity
        }
        let now = setting.tenants.clock.now
        #expect(try await publicity() == .undecided)
        #expect(try await asked(of: office, in: setting) == [meeting])
        await #expect(throws: AccessError.notPermitted(.publishMinutes)) {
            try await runner.run(PublishMinutes(of: meeting, in: alliance), as: member)
        }
        await #expect(throws: MinutesPublicityError.notPublished) {
            try await runner.run(
                WithholdMinutes(of: meeting, in: alliance, isPublished: true, because: "Error"), as: office)
        }
        #expect(throws: MinutesPublicityError.unreasoned) {
            try WithholdMinutes(of: meeting, in: alliance, because: "  ")
        }
        try await runner.run(
            WithholdMinutes(of: meeting, in: alliance, because: "Habla de un caso"), as: office)
        #expect(try await publicity() == .withheld(at: now, reason: "Habla de un caso"))
        #expect(try await asked(of: office, in: setting).isEmpty)
        await #expect(throws: MinutesPublicityError.alreadyWithheld) {
            try await runner.run(WithholdMinutes(of: meeting, in: alliance, because: "Otra"), as: office)
        }
        try await runner.run(PublishMinutes(of: meeting, in: alliance), as: office)
        #expect(try await publicity() == .published(at: now))
        await #expect(throws: MinutesPublicityError.alreadyPublished) {
            try await runner.run(PublishMinutes(of: meeting, in: alliance), as: office)
        }
        await #expect(throws: MinutesPublicityError.alreadyPublished) {
            try await runner.run(WithholdMinutes(of: meeting, in: alliance, because: "Otra"), as: office)
        }
        try await runner.run(
            WithholdMinutes(of: meeting, in: alliance, isPublished: true, because: "Tenía un nombre"),
            as: office)
        #expect(try await publicity() == .withdrawn(at: now, reason: "Tenía un nombre"))
        try await runner.run(PublishMinutes(of: meeting, in: alliance), as: office)
        #expect(try await publicity() == .published(at: now))
    }

    /// The meetings of whose minutes somebody is asked whether they are published.
    private func asked(of principal: Principal, in setting: Setting) async throws -> [ID<Meeting>] {
        try await setting.tenants.database.read(TenantScope(principal)) {
            try await MinutesToPublish().items(in: $0, on: day("2026-03-20"), at: setting.tenants.clock.now)
        }.compactMap { $0.subject.flatMap { ID<Meeting>($0) } }
    }

    @Test func `an extract of the board's own minutes is theirs until the meeting is shared`() async throws {
        let scene = try await MinutesScene.make()
        let setting = scene.setting
        let meeting = try await scene.heldMeeting(on: "2026-03-10", isReserved: true)
        let decision = try await scene.decide(in: meeting, approving: nil)
        let office = try await setting.tenants.principal(.office, of: setting.organization)
        let file = try StoredFile(
            name: "extracto.pdf", content: Array("%PDF-1.7 extracto".utf8), effectiveOn: day("2026-03-10"))
        try await setting.tenants.runner.run(
            IssueDocument(
                NewDocument(
                    code: DocumentCode(), kind: MinutesText.Decision.extract, title: "Extracto",
                    issuer: "Alianza", subject: decision.uuidString.lowercased(),
                    wordsDigest: HashDigest(of: "Extracto"), file: file),
                in: .alliance(setting.alliance.id), isReserved: true),
            as: .system(in: setting.organization.id))
        func titles() async throws -> [String] {
            try await setting.tenants.runner.fetch(ReadDocuments(of: setting.alliance.id), as: office)
                .documents.map(\.title)
        }
        #expect(try await titles().isEmpty)
        try await setting.tenants.runner.run(
            ShareMeeting(meeting.id, of: setting.alliance.id), as: scene.user(0))
        #expect(try await titles() == ["Extracto"])
    }
}
