import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// The source documents of the demonstration, as they are kept in `sql/data/sources`.
enum Sources {
    static func read(_ code: String) throws -> SourceDocument {
        try SourceDocument(
            Data(
                contentsOf: TestDatabase.repository.appending(path: "sql/data/sources/\(code).json")))
    }

    static let plan = "aliansalud-plan-2026"
    static let minutes = "mutual-ser-san-antero-2021"
    static let procedure = "ips-alianza-usuarios-2026"
}

@Suite struct SourceTests {
    // MARK: What documents write

    @Test(arguments: [
        ("Miércoles 15 enero 2026", "2026-01-15", Weekday?.some(.wednesday)),
        ("Viernes 13 marzo 2026", "2026-03-13", .friday),
        ("Miércoles 06 mayo 2026", "2026-05-06", .wednesday),
        ("5 febrero de 2021", "2021-02-05", nil),
        ("5 de febrero del 2021", "2021-02-05", nil),
        ("SÁBADO, 29 de febrero de 2020", "2020-02-29", .saturday),
    ])
    func `a written date is read`(text: String, date: String, weekday: Weekday?) throws {
        let written = try #require(WrittenDate(text))
        #expect(written.date == (try day(date)))
        #expect(written.weekday == weekday)
    }

    @Test(arguments: ["", "Miércoles", "30 febrero 2021", "15 enero 26", "15/01/2026", "15 enero 2026 2027"])
    func `what is no date is not read as one`(text: String) {
        #expect(WrittenDate(text) == nil)
    }

    @Test func `the weekday of a date is right on that day alone`() throws {
        for offset in 0..<800 {
            let date = try day("2025-01-01") + offset
            for weekday in Weekday.allCases {
                let text = "\(weekday.name) \(SpanishFormat.date(date))"
                let written = try #require(WrittenDate(text), "\(text)")
                #expect((written.dateOfWeekday == nil) == (weekday == date.weekday), "\(text)")
                if let other = written.dateOfWeekday {
                    #expect(other.weekday == weekday && abs(other - date) <= 3, "\(text)")
                }
            }
        }
    }

    @Test(arguments: [
        ("09:00 a.m. a 10:00 a.m.", "09:00", "10:00", false),
        ("09:00 a.m. a 12:00 a.m.", "09:00", "12:00", true),
        ("7:00 am a 11:00 AM", "07:00", "11:00", false),
        ("7: 00 A.M. a 11:00 AM", "07:00", "11:00", false),
        ("11:00 a. m. a 12:00 m.", "11:00", "12:00", false),
        ("11:00 a.m. a 1:30 p.m.", "11:00", "13:30", false),
        ("11:00 a.m. a 1:30 a.m.", "11:00", "13:30", true),
        ("10:00 p.m. a 12:00 a.m.", "22:00", nil, true),
        ("3:00 p.m. a 2:00 p.m.", "15:00", nil, true),
    ])
    func `written hours are read`(text: String, from: String, to: String?, contradict: Bool) throws {
        let hours = try #require(WrittenHours(text))
        #expect(hours.starts.description == from)
        #expect(hours.ends?.description == to)
        #expect(hours.contradict == contradict)
    }

    @Test(arguments: ["", "9:00 a.m.", "09:00 a 10:00", "13:00 p.m. a 2:00 p.m.", "9:75 a.m. a 10:00 a.m."])
    func `what are no hours are not read as such`(text: String) {
        #expect(WrittenHours(text) == nil)
    }

    @Test(arguments: [
        ("3 4 y 5 del mes de febrero del año en curso 2021", ["2021-02-03", "2021-02-04", "2021-02-05"]),
        ("16, 17 y 18 del mes de febrero del año en curso 2021", ["2021-02-16", "2021-02-17", "2021-02-18"]),
        ("9 de marzo de 2022", ["2022-03-09"]),
    ])
    func `several written days are read`(text: String, days: [String]) throws {
        #expect(try #require(WrittenDays(text)).days == (try days.map(day)))
        #expect(WrittenDays("30 y 31 de febrero de 2021") == nil)
    }

    // MARK: What the documents say, and where they contradict themselves

    @Test func `the plan of 2026 has one wrong weekday and two wrong hours, and no others`() throws {
        let plan = try Sources.read(Sources.plan)
        #expect(
            plan.warnings == [
                SourceWarning(
                    kind: .weekday, place: "Programación de reuniones año 2026, fila 1",
                    written: "Miércoles 15 enero 2026", firstReading: "jueves 15 de enero de 2026",
                    secondReading: "miércoles 14 de enero de 2026", meeting: plan.meetings[0].id),
                SourceWarning(
                    kind: .hours, place: "Programación de reuniones año 2026, fila 3",
                    written: "09:00 a.m. a 12:00 a.m.",
                    firstReading: "de 9:00\u{A0}a.\u{A0}m. a 12:00\u{A0}m. (mediodía)",
                    secondReading:
                        "de 9:00\u{A0}a.\u{A0}m. a 12:00\u{A0}a.\u{A0}m. (medianoche), ya del día siguiente",
                    meeting: plan.meetings[2].id),
                SourceWarning(
                    kind: .hours, place: "Programación de reuniones año 2026, fila 9",
                    written: "09:00 a.m. a 12:00 a.m.",
                    firstReading: "de 9:00\u{A0}a.\u{A0}m. a 12:00\u{A0}m. (mediodía)",
                    secondReading:
                        "de 9:00\u{A0}a.\u{A0}m. a 12:00\u{A0}a.\u{A0}m. (medianoche), ya del día siguiente",
                    meeting: plan.meetings[8].id),
            ])
    }

    @Test func `the plan of 2026 is whole`() throws {
        let source = try Sources.read(Sources.plan)
        let plan = try #require(source.plan)
        #expect(plan.axes.map(\.number) == [2, 3, 4, 5])
        #expect(plan.axes.map(\.activities.count) == [6, 3, 3, 3])
        #expect(
            plan.axes.flatMap(\.activities).map(\.number) == [
                "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "3.1", "3.2", "3.3", "4.1", "4.2", "4.3", "5.1",
                "5.2", "5.3",
            ])
        #expect(
            plan.axes.flatMap(\.activities).compactMap(\.baseline) == ["Línea de base 2025, 34 asociados"])
        #expect(plan.axes.flatMap(\.activities).allSatisfy { $0.indicator == nil && $0.responsible == nil })
        #expect(plan.topics[.users]?.count == 4)
        #expect(plan.topics[.members]?.count == 5)
        #expect(source.meetings.count == 14)
        #expect(
            source.meetings.map(\.day)
                == (try [
                    "2026-01-15", "2026-02-11", "2026-03-13", "2026-03-27", "2026-04-24", "2026-05-06",
                    "2026-06-10", "2026-07-08", "2026-07-17", "2026-08-05", "2026-09-09", "2026-10-30",
                    "2026-11-11", "2026-12-09",
                ].map(day)))
        #expect(source.meetings.compactMap(\.restriction).count == 1)
        #expect(source.meetings[2].hours == "9:00\u{A0}a.\u{A0}m. a 12:00\u{A0}m.")
    }

    @Test func `the minutes of San Antero keep their counts, and no hour or weekday is wrong`() throws {
        let source = try Sources.read(Sources.minutes)
        #expect(source.minutes.map { $0.counts.map(\.people) } == [[32, 1], [20, 0], [25, 0]])
        #expect(source.minutes.map(\.datedOn) == (try ["2021-02-05", "2021-02-11", "2021-02-18"].map(day)))
        #expect(
            source.minutes.map(\.days) == [
                try day("2021-02-03")...day("2021-02-05"), try day("2021-02-09")...day("2021-02-11"),
                try day("2021-02-16")...day("2021-02-18"),
            ])
        #expect(
            source.meetings.map(\.hours) == [
                "7:00\u{A0}a.\u{A0}m. a 11:00\u{A0}a.\u{A0}m.", "1:00\u{A0}p.\u{A0}m. a 3:00\u{A0}p.\u{A0}m.",
                "9:00\u{A0}a.\u{A0}m. a 11:00\u{A0}a.\u{A0}m.",
            ])
        #expect(source.warnings.map(\.kind) == [.days, .days, .days])
        #expect(source.warnings.first?.firstReading == "del 3 al 5 de febrero de 2021")
        #expect(source.warnings.first?.secondReading == "5 de febrero de 2021")
    }

    @Test func `the procedure of the IPS orders a meeting every two months, called a week before`() throws {
        let source = try Sources.read(Sources.procedure)
        let agenda = try #require(source.agendas.first)
        #expect(source.agendas.count == 1)
        #expect(agenda.everyMonths == 2)
        #expect(agenda.noticeDays == 7)
        #expect(agenda.items.count == 10)
        #expect(agenda.items[2] == "Lectura del acta de la reunión anterior")
        #expect(source.warnings.map(\.kind) == [.controlHeader])
        #expect(source.warnings[0].secondReading == "SIAU-Mn-01, vigencia Enero -2026")
    }

    @Test func `no file of the sources is left out`() throws {
        let files = try FileManager.default.contentsOfDirectory(
            atPath: TestDatabase.repository.appending(path: "sql/data/sources").path)
        #expect(
            Set(files) == Set([Sources.plan, Sources.minutes, Sources.procedure].map { "\($0).json" }))
    }

    /// A file that cannot be taken in, and why.
    struct BadFile: Sendable, CustomTestStringConvertible {
        let text: String
        let error: SourceError

        init(_ text: String, _ error: SourceError) {
            self.text = text
            self.error = error
        }

        /// A file with one part beside its head.
        init(with part: String, _ error: SourceError) {
            self.init(
                #"{"code":"a","kind":"work_plan","title":"A","publisher":"B",\#(part)}"#, error)
        }

        /// A file with one meeting.
        init(meeting: String, _ error: SourceError) {
            self.init(with: #""meetings":[\#(meeting)]"#, error)
        }

        var testDescription: String { error.message }
    }

    static let meeting =
        #"{"place":"fila 1","date":"3 febrero 2026","kind":"board","title":"R","mode":"virtual"}"#
    static let axis = #"{"number":2,"title":"T","line":"L","activities":[]}"#

    static func plan(_ fields: String) -> String {
        #""plan":{"title":"P","objective":"O","principles":[],"signedBy":[],\#(fields)}"#
    }

    @Test(arguments: [
        BadFile("", .empty), BadFile(" \n\t ", .empty), BadFile("plan", .notJSON(line: 1)),
        BadFile("{\n\"code\": \"a\",\n]", .notJSON(line: 3)),
        BadFile(#"{"code":"#, .notJSON(line: nil)),
        BadFile("[]", .wrongValue("{ }", at: "el documento", expected: "un objeto, entre llaves")),
        BadFile(#"{"kind":"minutes"}"#, .missing("code", at: "el documento")),
        BadFile(
            #"{"code":"a","kind":"poem","title":"A","publisher":"B"}"#,
            .wrongValue(
                "kind", at: "el documento",
                expected: "una de estas palabras: work_plan, minutes o procedure")),
        BadFile(
            #"{"code":"Plan 2026","kind":"minutes","title":"A","publisher":"B"}"#,
            .wrongValue(
                "code", at: "el documento", expected: "minúsculas, cifras y guiones, como «plan-2026»")),
        BadFile(
            #"{"code":"a","kind":"minutes","title":" ","publisher":"B"}"#,
            .wrongValue(
                "title", at: "el documento", expected: "un texto sin espacios al principio ni al final")),
        BadFile(with: #""passages":[]"#, .holdsNothing),
        BadFile(with: #""meetngs":[]"#, .unknownField("meetngs", at: "el documento")),
        BadFile(
            with: #""passages":[{"heading":"H","body":"texto"}]"#,
            .wrongValue("body", at: "passages, número 1", expected: "una lista, entre corchetes")),
        BadFile(
            with: #""passages":[{"heading":"H","body":["a",3]}]"#,
            .wrongValue("body", at: "passages, número 1", expected: "una lista de textos")),
        BadFile(
            meeting: #"{"place":"fila 1","date":"3 febrero 2026","kind":"board","title":"R"}"#,
            .missing("mode", at: "meetings, número 1")),
        BadFile(
            meeting: meeting + "," + meeting.replacing("title", with: "titulo"),
            .unknownField("titulo", at: "meetings, número 2")),
        BadFile(
            meeting: meeting.replacing("board", with: "junta"),
            .wrongValue(
                "kind", at: "meetings, número 1",
                expected:
                    "una de estas palabras: board, assembly, encounter, accountability, public_hearing, socialization, group, training u other"
            )),
        BadFile(
            meeting: meeting.replacing("3 febrero", with: "31 febrero"),
            .unknownDate("31 febrero 2026", at: "fila 1")),
        BadFile(
            meeting: meeting.replacing(#""kind""#, with: #""hours":"de 9 a 10","kind""#),
            .unknownHours("de 9 a 10", at: "fila 1")),
        BadFile(
            meeting: meeting.replacing(#""title":"R""#, with: #""title":" ""#),
            .badMeeting("Escriba el nombre de la reunión.", at: "fila 1")),
        BadFile(
            with: plan(#""year":"2026","axes":[]"#),
            .wrongValue("year", at: "plan", expected: "un número entero")),
        BadFile(
            with: plan(#""year":1726,"axes":[]"#),
            .wrongValue("year", at: "plan", expected: "un número entre 2000 y 2.100")),
        BadFile(
            with: plan(#""year":2026,"axes":[\#(axis.replacing("2", with: "6"))]"#),
            .wrongValue("number", at: "plan, axes, número 1", expected: "un número entre 1 y 5")),
        BadFile(
            with: plan(#""year":2026,"axes":[\#(axis),\#(axis)]"#), .repeated("Eje 2", at: "plan, axes")),
        BadFile(
            with: #""agendas":[{"title":"O","items":[]}]"#,
            .wrongValue("items", at: "agendas, número 1", expected: "una lista con al menos un punto")),
        BadFile(
            with: #""agendas":[{"title":"O","items":["Saludo"],"everyMonths":0}]"#,
            .wrongValue("everyMonths", at: "agendas, número 1", expected: "un número entre 1 y 24")),
        BadFile(
            with:
                #""minutes":[{"place":"Acta 1","date":"3 febrero 2026","kind":"group","title":"R","mode":"virtual","narrative":[],"counts":[{"label":"A","people":-1}]}]"#,
            .wrongValue("people", at: "minutes, número 1", expected: "un número entre 0 y 1.000.000")),
        BadFile(
            with:
                #""minutes":[{"place":"Acta 1","date":"3 febrero 2026","starts":"7:00 am","kind":"group","title":"R","mode":"virtual","narrative":[]}]"#,
            .unknownHours("7:00 am", at: "Acta 1")),
    ])
    func `a file that does not fit is refused with the place and what to write there`(bad: BadFile) {
        #expect(throws: bad.error) { try SourceDocument(Data(bad.text.utf8)) }
    }

    @Test func `bytes that are no text are no document`() {
        #expect(throws: SourceError.self) { try SourceDocument(Data([0x50, 0x4B, 0x03, 0x04, 0xFF])) }
    }

    // MARK: In the database

    @Test(arguments: [Sources.plan, Sources.minutes, Sources.procedure])
    func `a document is imported whole, and once`(code: String) async throws {
        let setting = try await Setting.make()
        let document = try Sources.read(code)
        let outcome = try await setting.run(ImportSource(document, of: setting.alliance.id))
        guard case .imported(let id) = outcome else {
            Issue.record("not imported: \(outcome)")
            return
        }
        let again = try await setting.run(ImportSource(Sources.read(code), of: setting.alliance.id))
        #expect(again == .unchanged(id))

        let found = try #require(try await setting.fetch(ReadSource(code, of: setting.alliance.id)))
        #expect(found.warnings == document.warnings)
        #expect(found.passages == document.passages)
        let year = document.meetings.first?.day.components.year
        let answer = try await setting.fetch(ReadYear(of: setting.alliance.id, in: year))
        #expect(Set(answer.meetings.map(\.meeting)) == Set(document.meetings))
        let plan = try await setting.fetch(ReadPlan(of: setting.alliance.id, in: year)).plan
        #expect(plan == document.plan)
        #expect(answer.agendas == document.agendas)
        for minutes in document.minutes {
            let read = try await setting.fetch(ReadMeeting(minutes.meeting, of: setting.alliance.id))
            #expect(read.minutes == minutes)
            #expect(read.summary.hasMinutes)
            #expect(read.warnings == document.warnings.filter { $0.meeting == minutes.meeting })
        }
    }

    @Test func `what was imported is not changed by another file of that name`() async throws {
        let setting = try await Setting.make()
        try await setting.run(
            ImportSource(try Sources.read(Sources.procedure), of: setting.alliance.id))
        let url = TestDatabase.repository.appending(path: "sql/data/sources/\(Sources.procedure).json")
        let text = try String(contentsOf: url, encoding: .utf8)
            .replacing("\"noticeDays\": 7", with: "\"noticeDays\": 3")
        let changed = try SourceDocument(Data(text.utf8))
        await #expect(throws: SourceError.changed(Sources.procedure)) {
            try await setting.run(ImportSource(changed, of: setting.alliance.id))
        }
    }

    /// Where documents are kept.
    private static let tables: [SQL] = [
        "governance.source_documents", "governance.source_passages", "governance.source_warnings",
        "governance.work_plans", "governance.plan_axes", "governance.plan_activities",
        "governance.training_topics", "governance.meetings", "governance.minutes",
        "governance.minutes_counts", "governance.agenda_templates",
    ]

    @Test func `a second import leaves every row as it was`() async throws {
        let setting = try await Setting.make()
        for code in [Sources.plan, Sources.minutes, Sources.procedure] {
            try await setting.run(ImportSource(try Sources.read(code), of: setting.alliance.id))
        }
        func rows() async throws -> [String] {
            var rows: [String] = []
            for table in Self.tables {
                rows += try await setting.read {
                    try await $0.values("select kept::text from \(fragment: table) as kept order by 1")
                }
            }
            return rows
        }
        let before = try await rows()
        #expect(before.count > 50)
        for code in [Sources.plan, Sources.minutes, Sources.procedure] {
            try await setting.run(ImportSource(try Sources.read(code), of: setting.alliance.id))
        }
        #expect(try await rows() == before)
    }

    @Test
    func `two documents cannot bring the same plan or standing agenda, and nothing of the second stays`()
        async throws
    {
        let setting = try await Setting.make()
        func other(_ code: String) throws -> SourceDocument {
            let url = TestDatabase.repository.appending(path: "sql/data/sources/\(code).json")
            return try SourceDocument(
                Data(String(contentsOf: url, encoding: .utf8).replacing(code, with: "otro").utf8))
        }
        try await setting.run(ImportSource(try Sources.read(Sources.plan), of: setting.alliance.id))
        try await setting.run(ImportSource(try Sources.read(Sources.procedure), of: setting.alliance.id))
        await #expect(throws: PlanError.yearTaken(2026)) {
            try await setting.run(ImportSource(other(Sources.plan), of: setting.alliance.id))
        }
        await #expect(throws: SourceError.agendaTaken("Reunión bimestral de la alianza de usuarios")) {
            try await setting.run(ImportSource(other(Sources.procedure), of: setting.alliance.id))
        }
        #expect(try await setting.fetch(ReadSource("otro", of: setting.alliance.id)) == nil)
        let meetings = try await setting.fetch(ReadYear(of: setting.alliance.id, in: 2026)).meetings
        #expect(meetings.count == 14)
    }
}
