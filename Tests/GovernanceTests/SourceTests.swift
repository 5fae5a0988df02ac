import Foundation
import Kernel
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
                    firstReading: "de 9:00 a. m. a 12:00 m. (mediodía)",
                    secondReading: "de 9:00 a. m. a 12:00 a. m. (medianoche), ya del día siguiente",
                    meeting: plan.meetings[2].id),
                SourceWarning(
                    kind: .hours, place: "Programación de reuniones año 2026, fila 9",
                    written: "09:00 a.m. a 12:00 a.m.",
                    firstReading: "de 9:00 a. m. a 12:00 m. (mediodía)",
                    secondReading: "de 9:00 a. m. a 12:00 a. m. (medianoche), ya del día siguiente",
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
        #expect(source.meetings[2].hours == "9:00 a. m. a 12:00 m.")
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
                "7:00 a. m. a 11:00 a. m.", "1:00 p. m. a 3:00 p. m.", "9:00 a. m. a 11:00 a. m.",
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

    @Test func `a file that does not fit is refused with the place`() {
        func read(_ text: String) throws { _ = try SourceDocument(Data(text.utf8)) }
        #expect(throws: SourceError.unreadable("no es JSON")) { try read("plan") }
        #expect(throws: SourceError.unreadable("title")) {
            try read(#"{"code":"a","kind":"minutes"}"#)
        }
        func meeting(_ date: String, _ hours: String) -> String {
            """
            {"code":"a","kind":"work_plan","title":"A","publisher":"B","meetings":[{"place":"fila 1",
            "date":"\(date)","hours":"\(hours)","kind":"board","title":"Reunión","mode":"virtual"}]}
            """
        }
        #expect(throws: SourceError.unknownDate("31 febrero 2026", at: "fila 1")) {
            try read(meeting("31 febrero 2026", "9:00 a.m. a 10:00 a.m."))
        }
        #expect(throws: SourceError.unknownHours("de 9 a 10", at: "fila 1")) {
            try read(meeting("3 febrero 2026", "de 9 a 10"))
        }
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
        #expect(answer.plan == document.plan)
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
}
