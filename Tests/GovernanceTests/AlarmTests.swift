import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// What people are told of before mandates and periods end: when, whom, and once.
@Suite struct AlarmTests {
    // MARK: Days

    @Test(arguments: [
        (181, Alarm?.none), (180, .ahead(180)), (91, .ahead(180)), (90, .ahead(90)), (46, .ahead(90)),
        (45, .ahead(45)), (16, .ahead(45)), (15, .ahead(15)), (0, .ahead(15)), (-1, .over), (-400, .over),
    ])
    func `an end is within the nearest alarm`(left: Int, alarm: Alarm?) throws {
        let today = try day("2026-03-13")
        #expect(try AlarmDays([15, 90, 45, 180]).alarm(on: today, endingOn: today + left) == alarm)
    }

    @Test(arguments: [
        ("180, 90, 45, 15", [180, 90, 45, 15]), ("15 y 30", [30, 15]), ("  7 ", [7]), ("60;60;30", [60, 30]),
    ])
    func `days are read as people write them`(text: String, days: [Int]) throws {
        #expect(try AlarmDays(written: text).days == days)
    }

    @Test(arguments: [
        ("quince", AlarmError.notNumbers), ("-5", .daysOutOfRange), ("0", .daysOutOfRange),
        ("", .daysOutOfRange), ("1,2,3,4,5,6,7,8,9", .daysOutOfRange), ("4000", .daysOutOfRange),
    ])
    func `what are no days is refused`(text: String, error: AlarmError) {
        #expect(throws: error) { try AlarmDays(written: text) }
    }

    @Test func `what ends together is one line`() throws {
        func end(_ seat: String?, body: String = "Junta", on text: String = "2026-03-28") throws -> ComingEnd
        {
            try ComingEnd(
                subject: seat ?? "x", alliance: nil, named: "Alianza", body: body, seat: seat,
                endsOn: day(text), alarm: .ahead(15))
        }
        let lines = try [end("Vocal"), end("Presidencia"), end(nil, body: "El período de la alianza")]
            .lines(on: day("2026-03-13"))
        #expect(
            lines == [
                "Alianza",
                "– El período de la alianza: termina el sábado 28 de marzo de 2026, en 15 días.",
                "– Junta (Vocal y Presidencia): termina el sábado 28 de marzo de 2026, en 15 días.", "",
            ])
        #expect(
            try [end("Vocal", on: "2026-03-12")].lines(on: day("2026-03-13"))[1]
                == "– Junta (Vocal): terminó el jueves 12 de marzo de 2026.")
    }

    // MARK: Mails

    /// An alliance whose committee ends on a day, with an office, its board, and the board of another alliance.
    private struct Scene {
        let setting: Setting
        let body: ID<Body>

        static func make(endingOn text: String) async throws -> Self {
            let setting = try await Setting.make()
            let (body, seats) = try await setting.committee()
            for (index, seat) in seats.enumerated() {
                try await setting.seat(index, on: seat, from: day("2025-03-01"), to: day(text))
            }
            let (tenants, organization) = (setting.tenants, setting.organization)
            let other = try await tenants.alliance("Otra alianza", in: organization)
            _ = try await tenants.principal(.office, of: organization, email: "oficina@eps.com.co")
            _ = try await tenants.principal(
                .board, of: organization, in: .alliance(setting.alliance.id), email: "junta@alianza.com.co")
            _ = try await tenants.principal(
                .board, of: organization, in: .alliance(other.id), email: "otra@alianza.com.co")
            _ = try await tenants.principal(
                .member, of: organization, in: .alliance(setting.alliance.id), email: "asociada@correo.com.co"
            )
            return Self(setting: setting, body: body)
        }

        /// The mails that a day brings, by whom they go to; they are taken away.
        func mails(on text: String) async throws -> [String: Mailing] {
            let organization = setting.organization.id
            let now = try ColombianTime.instant(day(text), #require(TimeOfDay(hour: 8, minute: 0)))
            func posted() async throws -> [JSONText] {
                try await setting.read { transaction in
                    try await transaction.values(
                        """
                        select payload from tenancy.outbox
                        where organization_id = \(organization) and topic = 'tenancy.mail'
                            and posted_at = \(now)
                        """)
                }
            }
            for _ in 1...2 {
                try await setting.tenants.database.transaction(TenantScope(.system(in: organization))) {
                    try await TellOfEnds().perform(in: $0, at: now)
                }
            }
            let mails = try await posted().map { try $0.decoded(as: Mailing.self) }
            #expect(Set(mails.map(\.recipient)).count == mails.count, "somebody was told twice")
            return Dictionary(mails.map { ($0.recipient, $0) }) { first, _ in first }
        }
    }

    @Test func `the office and the board are told once at each alarm, and nobody else`() async throws {
        let scene = try await Scene.make(endingOn: "2026-12-31")
        let expected: [(day: String, words: String?)] = [
            ("2026-07-03", nil), ("2026-07-04", "en 180 días"), ("2026-07-05", nil),
            ("2026-10-02", "en 90 días"),
            ("2026-11-16", "en 45 días"), ("2026-12-15", nil), ("2026-12-16", "en 15 días"),
            ("2026-12-31", nil), ("2027-01-01", "terminó el jueves 31 de diciembre de 2026"),
            ("2027-01-02", nil),
            ("2027-06-01", nil),
        ]
        for (day, words) in expected {
            let mails = try await scene.mails(on: day)
            #expect(
                mails.keys.sorted() == (words == nil ? [] : ["junta@alianza.com.co", "oficina@eps.com.co"]),
                "\(day)")
            guard let words, let mail = mails["junta@alianza.com.co"] else { continue }
            #expect(mail.text.contains(words), "\(mail.text)")
            #expect(mail.text.contains("Comité organizador (Integrante 1 e Integrante 2)"), "\(mail.text)")
            #expect(mail.subject == "Períodos que terminan en \(scene.setting.alliance.name)")
        }
    }

    @Test func `a server that stood still tells the nearest alarm alone`() async throws {
        let scene = try await Scene.make(endingOn: "2026-12-31")
        #expect(try await scene.mails(on: "2026-12-01").count == 2)
        #expect(try await scene.mails(on: "2026-12-02").isEmpty)
        #expect(try await scene.mails(on: "2026-12-16").count == 2)
    }

    @Test func `a body has its own days`() async throws {
        let scene = try await Scene.make(endingOn: "2026-12-31")
        try await scene.setting.run(
            SetAlarmDays("60 y 5", of: scene.body, in: scene.setting.alliance.id))
        #expect(try await scene.mails(on: "2026-10-02").isEmpty)
        #expect(try await scene.mails(on: "2026-11-01").count == 2)
        #expect(try await scene.mails(on: "2026-12-16").isEmpty)
        #expect(try await scene.mails(on: "2026-12-26").count == 2)
        // Blank goes back to what the catalogue has.
        try await scene.setting.run(SetAlarmDays(" ", of: scene.body, in: scene.setting.alliance.id))
        #expect(try await scene.mails(on: "2026-12-27").count == 2)
    }

    @Test func `nobody is told of a seat that somebody is to follow on`() async throws {
        let scene = try await Scene.make(endingOn: "2026-12-31")
        let seats = try await scene.setting.read { try await $0.seats(of: scene.body) }
        for (index, seat) in seats.enumerated() {
            try await scene.setting.seat(index + 2, on: seat, from: day("2027-01-01"))
        }
        #expect(try await scene.mails(on: "2026-12-16").isEmpty)
    }
}
