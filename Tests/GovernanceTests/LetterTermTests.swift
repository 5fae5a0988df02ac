import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// In how long letters are answered, as an entity confirms it.
@Suite struct LetterTermTests {
    private func delivered(in setting: Setting) async throws -> ID<Letter> {
        let alliance = setting.alliance.id
        let content = try LetterContent(
            kind: .petition, subject: "Red de prestadores", body: "Se pide el listado.",
            addressees: ["EPS de prueba"], signers: ["Rosa Arrieta, presidenta"], term: "information")
        let id = try await setting.run(WriteLetter(content, of: alliance))
        try await setting.run(IssueLetter(id, of: alliance, as: 1))
        try await setting.run(
            FollowLetter(
                id, of: alliance, addressee: 1, .delivered(reference: "R-1"), on: day("2026-03-13")))
        return id
    }

    @Test func `nothing is late by a term that nobody confirmed, and by a confirmed one it is`() async throws
    {
        let setting = try await Setting.make()
        try await BetweenCatalogues.load(into: setting)
        let alliance = setting.alliance.id
        func standing(_ id: ID<Letter>, on text: String) async throws -> LetterAddressee.Standing? {
            let today = try day(text)
            return try await setting.fetch(ReadLetter(id, of: alliance)).addressees.first?.standing(on: today)
        }
        let before = try await delivered(in: setting)
        try await setting.run(
            ConfirmLetterTerm("information", businessDays: 5, norm: "Ley 1755 de 2015, artículo 14"))
        let after = try await delivered(in: setting)
        // Five business days from Friday 13 March 2026: the 20th. What was delivered before keeps its ten.
        #expect(try await standing(after, on: "2026-03-20") == .near(until: day("2026-03-20")))
        #expect(try await standing(after, on: "2026-03-21") == .late(since: day("2026-03-20")))
        #expect(try await standing(before, on: "2026-03-21") == .unconfirmed(until: day("2026-03-30")))
        #expect(try await standing(before, on: "2026-04-21") == .unanswered(since: day("2026-03-30")))

        let terms = try await setting.fetch(ReadLetterTerms())
        let own = try #require(terms.first { $0.code == "information" })
        #expect(own.isOwn && own.isConfirmed && own.businessDays == 5)
        #expect(terms.count == 3 && terms.filter(\.isConfirmed).count == 1)

        try await setting.run(WithdrawLetterTerm("information", because: "Se citó mal"))
        #expect(try await setting.fetch(ReadLetterTerms()).allSatisfy { !$0.isConfirmed && !$0.isOwn })
        #expect(try await standing(after, on: "2026-03-21") == .late(since: day("2026-03-20")))
        await #expect(throws: LetterError.termNotFound) {
            try await setting.run(WithdrawLetterTerm("information", because: "Otra vez"))
        }
    }

    @Test func `a term is confirmed by what orders it alone, and by the entity alone`() async throws {
        let setting = try await Setting.make()
        try await BetweenCatalogues.load(into: setting)
        #expect(throws: LetterError.normMissing) {
            try ConfirmLetterTerm("information", businessDays: 5, norm: " Ley ")
        }
        #expect(throws: LetterError.daysOutOfRange) {
            try ConfirmLetterTerm("information", businessDays: 0, norm: "Ley 1755 de 2015")
        }
        await #expect(throws: LetterError.termNotFound) {
            try await setting.run(ConfirmLetterTerm("nada", businessDays: 5, norm: "Ley 1755 de 2015"))
        }
        let board = try await setting.tenants.principal(
            .board, of: setting.organization, in: .alliance(setting.alliance.id))
        await #expect(throws: AccessError.self) {
            try await setting.tenants.runner.run(
                ConfirmLetterTerm("information", businessDays: 5, norm: "Ley 1755 de 2015"), as: board)
        }
    }
}
