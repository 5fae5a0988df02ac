import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// Projects of bylaws: comparison article by article, and adoption by a decision; 13 March 2026 is today.
@Suite struct BylawsProjectTests {
    private func text(_ version: Int, _ articles: [(String, String)], months: String? = nil) throws
        -> BylawsText
    {
        let parameters = try months.map {
            [try BylawParameter(name: .termMonths, text: $0, article: "1", norm: nil, isConfirmed: true)]
        }
        return BylawsText(
            id: ID(), version: version, title: "Estatutos", approvedOn: nil, from: nil,
            articles: articles.map { BylawArticle(number: $0.0, heading: "", body: $0.1) },
            parameters: Dictionary((parameters ?? []).map { ($0.name, $0) }) { first, _ in first })
    }

    @Test func `articles are compared by their number, and what is gone stands where it was`() throws {
        let comparison = BylawsComparison(
            try text(
                1, [("1", "Uno."), ("2", "Dos."), ("3", "Tres años de período."), ("4", "Cuatro.")],
                months: "36"),
            with: try text(
                2, [("1", "Uno."), ("3", "Dos años de período."), ("3 bis", "Nuevo."), ("4", "Cuatro.")],
                months: "24"))
        #expect(comparison.articles.map(\.number) == ["1", "2", "3", "3 bis", "4"])
        #expect(comparison.articles.map(\.change) == [.same, .removed, .changed, .added, .same])
        let words = comparison.articles[2].words
        #expect(words.before.filter(\.isChanged).map(\.text) == ["Tres"])
        #expect(words.after.filter(\.isChanged).map(\.text) == ["Dos"])
        #expect(comparison.parameters.map(\.change) == [.changed])
        #expect(comparison.changes == 4)
    }

    @Test func `a text is the same as itself`() throws {
        let one = try text(1, [("1", "Uno."), ("2", "Dos.")], months: "24")
        let comparison = BylawsComparison(one, with: one)
        #expect(comparison.changes == 0)
        #expect(comparison.articles.allSatisfy { $0.change == .same })
    }

    @Test
    func `a project orders nothing until a decision adopts it, and nothing again where that is withdrawn`()
        async throws
    {
        let scene = try await Assembly.make(10)
        let setting = scene.setting
        let alliance = setting.alliance.id
        let version = try await setting.run(
            ProposeBylaws(
                BylawsContent(
                    "Estatutos reformados",
                    articles: [BylawArticle(number: "1", heading: "Período", body: "Un año.")],
                    parameters: [
                        BylawParameter(
                            name: .termMonths, text: "12", article: "1", norm: nil, isConfirmed: true)
                    ]), of: alliance))
        let governance = try await setting.fetch(ReadGovernance(of: alliance))
        #expect(governance.projects.map(\.version) == [version])
        #expect(governance.versions.allSatisfy { $0.version != version })
        #expect(governance.bylaws?.version != version)
        let project = try #require(governance.projects.first)

        // In the assembly, with its quorum.
        try await scene.arrive(0..<8)
        try await setting.run(OpenMeeting(scene.meeting.id, of: alliance))
        func decide(inFavor: Int) async throws -> MeetingDecision {
            try await setting.run(
                RecordDecision(
                    "Se aprueba la reforma", in: scene.meeting.id, of: alliance, manner: .showOfHands,
                    inFavor: inFavor, against: 8 - inFavor, approving: .bylaws(project.id)))
        }
        #expect(try await !decide(inFavor: 2).isAdopted)
        #expect(try await setting.fetch(ReadGovernance(of: alliance)).bylaws?.version != version)
        let adopted = try await decide(inFavor: 8)
        #expect(adopted.isAdopted)
        let after = try await setting.fetch(ReadGovernance(of: alliance))
        #expect(after.bylaws?.version == version)
        #expect(after.bylaws?.integer(.termMonths) == 12)
        #expect(after.projects.isEmpty)
        #expect(
            after.versions.first { $0.version == version }?.approvedIn?.contains("Asamblea anual") == true)
        // The day before, what was in force stays.
        let before = try await setting.read { try await $0.bylaws(of: alliance, on: day("2026-03-12")) }
        #expect(before?.version != version)

        try await setting.run(
            WithdrawDecision(adopted.id, of: scene.meeting.id, in: alliance, because: "Se contó mal"))
        let again = try await setting.fetch(ReadGovernance(of: alliance))
        #expect(again.bylaws?.version != version)
        #expect(again.projects.map(\.version) == [version])
    }
}
