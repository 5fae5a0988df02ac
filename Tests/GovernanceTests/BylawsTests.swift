import Foundation
import Kernel
import Tenancy
import TestSupport
import Testing

@testable import Governance

@Suite struct BylawsTests {
    private static func parameter(
        _ name: BylawParameter.Name, _ text: String, article: String? = "1"
    ) throws -> BylawParameter {
        try BylawParameter(name: name, text: text, article: article, norm: nil, isConfirmed: false)
    }

    private static let articles = [BylawArticle(number: "1", heading: "Quórum", body: "La mitad más uno.")]

    private func adoption(
        of alliance: ID<Alliance>, from: String = "2024-03-01", approved: String = "2024-02-20",
        articles: [BylawArticle] = Self.articles, _ parameters: [BylawParameter] = []
    ) throws -> AdoptBylaws {
        try AdoptBylaws(
            "Reglamento", of: alliance, approvedOn: day(approved), inForceFrom: day(from),
            articles: articles, parameters: parameters)
    }

    @Test func `the version in force on a day is the latest that began by then`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let first = try await setting.run(
            adoption(of: alliance, [Self.parameter(.termMonths, "12")])
        ).id
        let second = try await setting.run(
            adoption(of: alliance, from: "2026-01-01", [Self.parameter(.termMonths, "24")])
        ).id
        for (date, expected) in [
            ("2024-02-29", nil), ("2024-03-01", first), ("2025-12-31", first), ("2026-01-01", second),
        ] {
            let found = try await setting.read { try await $0.bylaws(of: alliance, on: day(date)) }
            #expect(found?.id == expected, "\(date)")
        }
        let now = try await setting.fetch(ReadGovernance(of: alliance))
        #expect(now.bylaws?.integer(.termMonths) == 24)
        #expect(now.versions.map(\.version) == [2, 1])
        #expect(now.versions.map(\.inForceUntil) == [nil, try day("2025-12-31")])
    }

    @Test func `articles keep their order, and parameters their citation`() async throws {
        let setting = try await Setting.make()
        let articles = ["9", "10", "10 bis"].map {
            BylawArticle(number: $0, heading: "Asunto \($0)", body: "Texto.")
        }
        let id = try await setting.run(
            adoption(
                of: setting.alliance.id, articles: articles,
                [
                    Self.parameter(.noticeDays, "8", article: "10 bis"),
                    BylawParameter(
                        name: .termMonths, text: "24", article: nil, norm: "Decreto 1757 de 1994",
                        isConfirmed: true),
                ])
        ).id
        let (bylaws, found, _) = try await setting.fetch(ReadBylaws(id, of: setting.alliance.id))
        #expect(found == articles)
        #expect(bylaws.parameters[.noticeDays]?.article == "10 bis")
        #expect(bylaws.parameters[.termMonths]?.norm == "Decreto 1757 de 1994")
        #expect(bylaws.parameters[.termMonths]?.isConfirmed == true)
        let other = try await setting.tenants.alliance("Otra", in: setting.organization)
        await #expect(throws: BylawsError.notFound) {
            _ = try await setting.fetch(ReadBylaws(id, of: other.id))
        }
    }

    @Test func `two versions never begin on one day`() async throws {
        let setting = try await Setting.make()
        try await setting.run(adoption(of: setting.alliance.id))
        let error = BylawsError.sameDay(try day("2024-03-01"))
        await #expect(throws: error) { try await setting.run(adoption(of: setting.alliance.id)) }
    }

    @Test func `bylaws that do not hold together are refused`() throws {
        let alliance = ID<Alliance>()
        #expect(throws: BylawsError.inForceBeforeApproval) {
            try adoption(of: alliance, from: "2024-02-19")
        }
        #expect(throws: BylawsError.empty) { try adoption(of: alliance, articles: []) }
        #expect(throws: BylawsError.unknownArticle("7")) {
            try adoption(of: alliance, [Self.parameter(.termMonths, "24", article: "7")])
        }
        #expect(throws: BylawsError.uncitedParameter(.termMonths)) {
            try adoption(of: alliance, [Self.parameter(.termMonths, "24", article: nil)])
        }
        #expect(throws: BylawsError.repeatedArticle("1")) {
            try adoption(of: alliance, articles: Self.articles + Self.articles)
        }
        #expect(throws: BylawsError.halfSecondCall) {
            try adoption(of: alliance, [Self.parameter(.secondCallMinutes, "60")])
        }
    }

    @Test func `nobody registers bylaws that are approved tomorrow`() async throws {
        let setting = try await Setting.make()
        await #expect(throws: BylawsError.approvedInFuture) {
            try await setting.run(
                adoption(of: setting.alliance.id, from: "2026-04-01", approved: "2026-03-14"))
        }
    }

    @Test(arguments: [
        (["first_quorum=1/2", "first_quorum_is_exceeded=si"], Quorum.Requirement?.none, 6, Int?.none),
        (["first_quorum=1/2"], nil, 5, nil),
        (["first_quorum=1/2", "second_call_minutes=60", "second_quorum_share=0/1"], .any, 5, 1),
        (["first_quorum=1/2", "second_call_minutes=60", "second_quorum_share=1/10"], nil, 5, 1),
        (["first_quorum=1/2", "second_call_minutes=60", "second_quorum_count=4"], .people(4), 5, 4),
        // Both have to be reached: 3 of 10 are 4 people or 3.
        (
            [
                "first_quorum=1/2", "second_call_minutes=60", "second_quorum_share=4/10",
                "second_quorum_count=3",
            ], nil, 5, 4
        ),
        (
            [
                "first_quorum=1/2", "second_call_minutes=60", "second_quorum_share=1/10",
                "second_quorum_count=3",
            ], nil, 5, 3
        ),
    ])
    func `the quorum is what the figures say`(
        figures: [String], second: Quorum.Requirement?, first: Int, secondPeople: Int?
    ) throws {
        let parameters = try figures.map { figure in
            let parts = figure.split(separator: "=").map(String.init)
            let name = try #require(BylawParameter.Name(rawValue: parts[0]))
            return try Self.parameter(name, parts[1])
        }
        let bylaws = Bylaws(
            id: ID(), alliance: ID(), version: 1, title: "Reglamento", approvedOn: try day("2024-01-01"),
            inForceFrom: try day("2024-01-01"), parameters: parameters)
        let quorum = try #require(bylaws.quorum)
        #expect(quorum.first.people(of: 10) == first)
        #expect(quorum.second?.requirement.people(of: 10) == secondPeople)
        if let second { #expect(quorum.second?.requirement == second) }
    }

    @Test func `bylaws without figures order no quorum`() throws {
        let silent = Bylaws(
            id: ID(), alliance: ID(), version: 1, title: "Reglamento", approvedOn: try day("2024-01-01"),
            inForceFrom: try day("2024-01-01"), parameters: [])
        #expect(silent.quorum == nil)
    }

    @Test func `a body of the alliance has the term and the seats that its bylaws give it`() async throws {
        let setting = try await Setting.make()
        try await setting.run(
            adoption(
                of: setting.alliance.id,
                [Self.parameter(.termMonths, "12"), Self.parameter(.boardSeats, "2")]))
        func create(months: Int, seats: Int, _ kind: Body.Kind = .board) async throws -> Body {
            try await setting.run(
                CreateBody(
                    "Junta de \(months) y \(seats)", kind: kind, of: setting.alliance.id, isExternal: false,
                    term: Setting.term(months), formation: .proclamation, continuesUntilReplaced: false,
                    seats: (1...seats).map { try SeatDraft(title: "Puesto \($0)") }))
        }
        await #expect(throws: BodyError.longerThanBylaws(months: 12)) {
            try await create(months: 24, seats: 2)
        }
        await #expect(throws: BodyError.seatsAgainstBylaws(2)) { try await create(months: 12, seats: 3) }
        _ = try await create(months: 6, seats: 3, .workCommittee)
        let board = try await create(months: 12, seats: 2)
        func edit(_ months: Int, adding: Int = 0) async throws {
            try await setting.run(
                EditBody(
                    board.id, of: setting.alliance.id, name: "Junta", term: Setting.term(months),
                    formation: .proclamation, continuesUntilReplaced: true,
                    addingSeats: (0..<adding).map { try SeatDraft(title: "Otro \($0)") }))
        }
        await #expect(throws: BodyError.longerThanBylaws(months: 12)) { try await edit(13) }
        await #expect(throws: BodyError.seatsAgainstBylaws(2)) { try await edit(12, adding: 1) }
        try await edit(12)
        // A body outside has its own norm.
        _ = try await setting.hospitalBoard()
    }
}
