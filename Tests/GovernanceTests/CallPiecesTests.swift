import Foundation
import Kernel
import Testing

@testable import Governance

/// The pieces of a call: what each says and how long it may be, for meetings of any length.
@Suite struct CallPiecesTests {
    private func invitation(
        _ title: String = "Asamblea general ordinaria", on day: String = "2026-03-13", to last: String? = nil,
        at place: String? = "Casa de la cultura, calle 10 # 5-30", link: String? = nil,
        agenda: [String] = ["Saludo", "Verificación del quórum", "Plan de trabajo"],
        contact: String = "Oficina de participación, 300 123 4567"
    ) throws -> MeetingInvitation {
        let meeting = try Meeting(
            kind: .assembly, title: title, day: Self.day(day), lastDay: last.map { try Self.day($0) },
            startsAt: TimeOfDay(hour: 9, minute: 30), endsAt: TimeOfDay(hour: 12, minute: 0),
            mode: link == nil ? .inPerson : .virtual, place: place, link: link)
        return MeetingInvitation(
            to: meeting, agenda: try AgendaItem.points(agenda), of: "Alianza de usuarios de San Antero",
            body: nil, caller: "Coordinación", contact: contact)
    }

    private static func day(_ text: String) throws -> CalendarDate { try GovernanceTests.day(text) }

    // MARK: What a call says

    @Test func `a call says what, whom, day with weekday, hours, place and agenda`() throws {
        let core = try invitation().core
        for words in [
            "los asociados de la alianza", "Asamblea general ordinaria", "viernes 13 de marzo de 2026",
            "9:30\u{A0}a.\u{A0}m. a 12:00\u{A0}m.", "Casa de la cultura", "2. Verificación del quórum",
        ] {
            #expect(core.contains(words), "\(words)")
        }
    }

    @Test(arguments: [
        ("2026-03-13", nil, "viernes 13 de marzo de 2026"),
        ("2021-02-03", "2021-02-05", "del miércoles 3 al viernes 5 de febrero de 2021"),
        ("2026-02-27", "2026-03-02", "del viernes 27 de febrero al lunes 2 de marzo de 2026"),
        ("2026-12-30", "2027-01-04", "del miércoles 30 de diciembre de 2026 al lunes 4 de enero de 2027"),
    ])
    func `days are told with their weekdays`(first: String, last: String?, words: String) throws {
        #expect(try invitation(on: first, to: last).dayWords == words)
    }

    // MARK: Pieces

    @Test func `ordinary pieces say everything`() throws {
        let invitation = try invitation()
        for piece in [invitation.whatsApp, invitation.sms.text] {
            #expect(piece.contains("13"))
            #expect(piece.lowercased().contains("viernes"))
            #expect(piece.contains("9:30"))
            #expect(piece.contains("Casa de la cultura"))
            #expect(piece.contains("Saludo"))
            #expect(piece.contains("300 123 4567"))
        }
        #expect(invitation.whatsApp.contains("3. Plan de trabajo"))
        #expect(!invitation.whatsApp.contains("más"))
        #expect(invitation.sms.encoding == .gsm7)
        #expect(invitation.sms.segments <= 2)
        #expect(
            invitation.loudspeaker.contains(
                "viernes trece de marzo de dos mil veintiséis, a las nueve y media de la mañana"))
        #expect(invitation.loudspeaker.contains("calle diez número cinco treinta"))
        #expect(invitation.loudspeaker.contains("tres cero cero uno dos tres cuatro cinco seis siete"))
        #expect(MeetingInvitation.seconds(toRead: invitation.loudspeaker) <= 32)
    }

    @Test(arguments: [
        ("teams.microsoft.com/l/meetup", "https://teams.microsoft.com/l/meetup"),
        (" https://meet.example/abc ", "https://meet.example/abc"), ("HTTP://a.example", "HTTP://a.example"),
        ("zoom.example:8443?id=1", "https://zoom.example:8443?id=1"), ("Se envía por WhatsApp", nil),
        ("javascript:alert(1)", nil), ("sala", nil), ("https://", nil), ("", nil),
    ])
    func `the address of a remote session opens, or is refused`(typed: String, link: String?) {
        #expect((try? Meeting.link(typed: typed)) == link)
    }

    @Test func `who takes part beside the body is called with it`() throws {
        let meeting = try Meeting(
            kind: .board, title: "Reunión ordinaria", day: try Self.day("2026-03-13"), body: ID(),
            participants: ["Participación Social", "Junta directiva"])
        let invitation = MeetingInvitation(
            to: meeting, agenda: [], of: "Alianza", body: "Junta directiva")
        #expect(invitation.called == "quienes integran «Junta directiva» y Participación Social")
    }

    @Test func `a message that is too long for its agenda says how much it left out`() throws {
        let agenda = (1...20).map { "Punto número \($0), con bastantes palabras para que no quepan todos" }
        let text = try invitation(agenda: agenda).whatsApp
        #expect(text.count <= 699)
        let shown = agenda.count { text.contains($0) }
        #expect(shown > 0 && shown < 20)
        #expect(text.contains("y \(20 - shown) puntos más"))
    }

    @Test func `pieces keep to their lengths whatever the meeting is called`() throws {
        let seed = UInt64.random(in: 0..<1_000_000)
        var random = SeededGenerator(seed: seed)
        let words = [
            "asamblea", "rendición", "€", "de", "cuentas", "ñandú", "Córdoba", "2026", "«plan»", "[x]", "😀",
        ]
        func text(_ count: Int) -> String {
            (0..<count).map { _ in words.randomElement(using: &random) ?? "a" }.joined(separator: " ")
        }
        for _ in 0..<200 {
            let isVirtual = Bool.random(using: &random)
            let invitation = try invitation(
                text(Int.random(in: 1...25, using: &random)),
                to: Bool.random(using: &random) ? "2026-03-15" : nil,
                at: isVirtual ? nil : text(Int.random(in: 1...30, using: &random)),
                link: isVirtual
                    ? "https://reunion.example/"
                        + String(repeating: "a", count: Int.random(in: 1...400, using: &random)) : nil,
                agenda: (0..<Int.random(in: 1...40, using: &random)).map { _ in
                    text(Int.random(in: 1...30, using: &random))
                }, contact: text(Int.random(in: 1...20, using: &random)))
            #expect(invitation.whatsApp.count <= 699, "seed \(seed)")
            #expect(invitation.whatsApp.contains("iernes 13"), "seed \(seed)")
            #expect(invitation.whatsApp.contains("9:30"), "seed \(seed)")
            let sms = invitation.sms
            #expect(sms.text.contains("13/03/2026"), "seed \(seed)")
            #expect(sms.text.contains("9:30"), "seed \(seed)")
            #expect(sms.segments <= 8, "seed \(seed)")
            let spoken = invitation.loudspeaker
            #expect(spoken.allSatisfy { !$0.isNumber }, "seed \(seed): \(spoken)")
            #expect(MeetingInvitation.seconds(toRead: spoken) <= 45, "seed \(seed): \(spoken)")
            #expect(invitation.subject.contains("viernes 13"), "seed \(seed)")
        }
    }

    @Test(arguments: [
        ("Hola", TextMessage.Encoding.gsm7, 4, 1), ("Año, café y pingüino", .gsm7, 20, 1),
        ("Reunión", .ucs2, 7, 1), ("[1]", .gsm7, 5, 1), ("10 €", .gsm7, 5, 1), ("😀", .ucs2, 2, 1),
        (String(repeating: "a", count: 160), .gsm7, 160, 1),
        (String(repeating: "a", count: 161), .gsm7, 161, 2),
        (String(repeating: "a", count: 306), .gsm7, 306, 2),
        (String(repeating: "a", count: 307), .gsm7, 307, 3),
        (String(repeating: "í", count: 70), .ucs2, 70, 1), (String(repeating: "í", count: 71), .ucs2, 71, 2),
        // An extended character is not parted between two messages.
        (String(repeating: "a", count: 152) + "€" + String(repeating: "a", count: 20), .gsm7, 174, 2),
        (String(repeating: "€", count: 81), .gsm7, 162, 2),
        (String(repeating: "€", count: 153), .gsm7, 306, 3),
    ])
    func `a text message is counted as networks count it`(
        text: String, encoding: TextMessage.Encoding, units: Int, segments: Int
    ) {
        let message = TextMessage(text)
        #expect(message.encoding == encoding)
        #expect(message.units == units)
        #expect(message.segments == segments)
    }

    @Test func `accents that double the price are left out`() {
        let message = TextMessage(spelling: "Reunión en el salón «Núñez», día único. ¿Asistirá?")
        #expect(message.encoding == .gsm7)
        #expect(message.text == "Reunion en el salon \"Nuñez\", dia unico. ¿Asistira?")
    }

    @Test(arguments: [
        (0, 5, "a las doce y cinco de la mañana"), (9, 0, "a las nueve de la mañana"),
        (12, 0, "a las doce del mediodía"), (13, 15, "a la una y cuarto de la tarde"),
        (18, 30, "a las seis y media de la tarde"), (19, 45, "a las siete y cuarenta y cinco de la noche"),
    ])
    func `hours are said as people say them`(hour: Int, minute: Int, words: String) throws {
        #expect(try #require(TimeOfDay(hour: hour, minute: minute)).spoken == words)
    }

    // MARK: Days of notice

    @Test(arguments: [
        // Friday 13 March 2026, called on the days before it.
        ("2026-03-05", 8, false, 8, true), ("2026-03-06", 8, false, 7, false),
        ("2026-03-13", 0, false, 0, true),
        ("2026-03-06", 5, true, 5, true), ("2026-03-09", 5, true, 4, false),
        ("2026-03-07", 5, true, 4, false),
    ])
    func `notice is counted in the days that are asked for`(
        called: String, asked: Int, areBusinessDays: Bool, given: Int, isMet: Bool
    ) throws {
        let requirement = NoticeRequirement(
            days: asked, areBusinessDays: areBusinessDays, source: "artículo 8")
        let check = NoticeCheck(requirement, calledOn: try Self.day(called), for: try Self.day("2026-03-13"))
        #expect(check.given == given)
        #expect(check.isMet == isMet)
        #expect(isMet == (try Self.day(called) <= requirement.latestDay(for: Self.day("2026-03-13"))))
    }

    @Test func `a holiday is no business day of notice`() throws {
        // Monday 23 March 2026 is Saint Joseph's.
        let requirement = NoticeRequirement(days: 3, areBusinessDays: true, source: "artículo 8")
        let check = NoticeCheck(
            requirement, calledOn: try Self.day("2026-03-20"), for: try Self.day("2026-03-25"))
        #expect(check.given == 2)
        #expect(requirement.latestDay(for: try Self.day("2026-03-25")) == (try Self.day("2026-03-19")))
    }

    @Test func `without a rule none is assumed, and the words say so`() throws {
        let check = NoticeCheck(nil, calledOn: try Self.day("2026-03-12"), for: try Self.day("2026-03-13"))
        #expect(check.isMet && check.given == 1)
        #expect(check.words.contains("Ni los estatutos ni un orden del día permanente piden un mínimo"))
        #expect(!check.told.contains("estatutos"))
    }

    // MARK: Agenda

    @Test func `the models of agendas are read, each for kinds of meetings`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "sql/data")
        let models = try AgendaModel.all(in: folder)
        #expect(
            Set(models.flatMap(\.kinds)).isSuperset(of: [.assembly, .board, .socialization, .accountability]))
        for model in models {
            let items = try model.items()
            #expect(items.map(\.position) == Array(1...items.count))
            #expect(items.allSatisfy { $0.origin == .template })
        }
    }

    @Test func `what was left open stands where it belongs`() throws {
        let agenda = try AgendaItem.points(
            ["Saludo", "Verificación del quórum", "Plan de trabajo", "Preguntas y respuestas", "Despedida"],
            from: .template)
        let left = CarriedPoints(
            open: [
                .init(
                    item: ID(), kind: .topic, title: "Reglamento interno", presenter: nil,
                    day: try Self.day("2026-01-15")),
                .init(
                    item: ID(), kind: .closing, title: "Cierre", presenter: nil,
                    day: try Self.day("2026-01-15")),
            ], commitments: 2, minutes: 1)
        let whole = try left.added(to: agenda)
        #expect(
            whole.map(\.title) == [
                "Saludo", "Verificación del quórum", "Lectura y aprobación del acta anterior",
                "Seguimiento de compromisos", "Plan de trabajo", "Reglamento interno",
                "Preguntas y respuestas",
                "Despedida",
            ])
        #expect(whole.map(\.position) == Array(1...8))
        #expect(whole.filter { $0.origin == .carried }.count == 3)
        // Twice is once.
        #expect(left.missing(in: whole).isEmpty)
        #expect(try left.added(to: whole).map(\.title) == whole.map(\.title))
    }

    @Test func `what a standing agenda has anew is not carried besides`() throws {
        let agenda = try AgendaItem.points(
            ["Saludo", "Presentación del portafolio", "Despedida"], from: .template)
        let left = CarriedPoints(
            open: [
                .init(
                    item: ID(), kind: .presentation, title: "Presentación del portafolio.", presenter: nil,
                    day: try Self.day("2026-01-15"))
            ], commitments: 0, minutes: 0)
        #expect(try left.added(to: agenda).map(\.title) == agenda.map(\.title))
    }

    @Test func `a point moves by one place and stays at the ends`() throws {
        let agenda = try AgendaItem.points(["A", "B", "C"])
        let ids = agenda.map(\.id)
        #expect(try agenda.moving(ids[0], by: 1) == [ids[1], ids[0], ids[2]])
        #expect(try agenda.moving(ids[2], by: -1) == [ids[0], ids[2], ids[1]])
        #expect(try agenda.moving(ids[0], by: -1) == ids)
        #expect(throws: AgendaError.notFound) { try agenda.moving(ID(), by: 1) }
    }

    // MARK: Series and insurers

    @Test func `an assembly is told which sessions are missing`() throws {
        let series = try MeetingSeries(
            title: "Conformación", purpose: .constitution, sessionsNeeded: 3, norm: "Procedimiento de la EPS")
        func session(_ day: String, _ kind: Meeting.Kind, _ state: Meeting.State, came: Int?) throws
            -> SeriesStanding.Session
        {
            .init(
                meeting: try Meeting(kind: kind, title: "Sesión", state: state, day: Self.day(day)),
                reached: nil,
                came: came, enrolled: came.map { $0 == 32 ? 1 : 0 })
        }
        let assembly = try session("2021-03-01", .assembly, .planned, came: nil)
        let sessions = [
            try session("2021-02-03", .socialization, .held, came: 32),
            try session("2021-02-09", .socialization, .held, came: 20),
            try session("2021-02-16", .socialization, .planned, came: nil), assembly,
        ]
        let standing = SeriesStanding(series: series, sessions: sessions, enrolled: 1)
        #expect(standing.words == "2 de 3 sesiones realizadas")
        #expect(standing.came == 52 && standing.enrolledByMinutes == 1 && standing.reached == nil)
        #expect(
            standing.warning(for: assembly.meeting)?.hasPrefix("Falta 1 sesión antes de esta asamblea")
                == true)
        #expect(standing.warning(for: sessions[2].meeting) == nil)
    }

    @Test func `the insurers that together have three of four users are told apart`() {
        let ordered = InsurerWeight.ordered([("C", 10, nil), ("A", 60, nil), ("B", 25, nil), ("D", 5, nil)])
        #expect(ordered.map(\.name) == ["A", "B", "C", "D"])
        #expect(ordered.map(\.isMain) == [true, true, false, false])
    }
}

/// A generator whose numbers its seed decides (SplitMix64).
private struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
