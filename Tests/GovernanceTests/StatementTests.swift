import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// Public statements: published by the board alone, once they are numbered and shared, and taken back with a reason; and
/// what else is open between meetings, which one board hands to the next.
@Suite struct StatementTests {
    private struct Sides {
        let setting: Setting
        let office: Principal
        let board: Principal

        var alliance: ID<Alliance> { setting.alliance.id }

        static func make() async throws -> Self {
            let setting = try await Setting.make()
            try await BetweenCatalogues.load(into: setting)
            return Self(
                setting: setting,
                office: try await setting.tenants.principal(.office, of: setting.organization),
                board: try await setting.tenants.principal(
                    .board, of: setting.organization, in: .alliance(setting.alliance.id)))
        }

        @discardableResult
        func run<C: Command>(_ command: C, as principal: Principal) async throws -> C.Output {
            try await setting.tenants.runner.run(command, as: principal)
        }

        func write(_ kind: Letter.Kind, _ subject: String, isReserved: Bool = false) async throws -> ID<
            Letter
        > {
            try await run(
                WriteLetter(
                    LetterContent(
                        kind: kind, subject: subject, body: "Se pide que se entregue completo.",
                        addressees: ["EPS de prueba", "Secretaría de Salud"], signers: ["La junta"]),
                    of: alliance, isReserved: isReserved), as: board)
        }
    }

    @Test func `a statement is published once it is numbered and shared, by the board`() async throws {
        let sides = try await Sides.make()
        let id = try await sides.write(.statement, "Medicamentos", isReserved: true)
        await #expect(throws: LetterError.notIssued) {
            try await sides.run(PublishStatement(id, of: sides.alliance), as: sides.board)
        }
        _ = try await sides.run(IssueLetter(id, of: sides.alliance, as: 1), as: sides.board)
        await #expect(throws: LetterError.notShared) {
            try await sides.run(PublishStatement(id, of: sides.alliance), as: sides.board)
        }
        try await sides.run(ShareLetter(id, of: sides.alliance), as: sides.board)
        await #expect(throws: AccessError.self) {
            try await sides.run(PublishStatement(id, of: sides.alliance), as: sides.office)
        }
        try await sides.run(PublishStatement(id, of: sides.alliance), as: sides.board)
        await #expect(throws: LetterError.publishedAlready) {
            try await sides.run(PublishStatement(id, of: sides.alliance), as: sides.board)
        }
        let read = ReadLetter(id, of: sides.alliance)
        #expect(
            try await sides.setting.tenants.runner.fetch(read, as: sides.office).publication?.letter == id)
        #expect(throws: LetterError.noteMissing) {
            try WithdrawStatement(id, of: sides.alliance, because: " ")
        }
        let withdrawal = try WithdrawStatement(id, of: sides.alliance, because: "Ya se corrigió")
        try await sides.run(withdrawal, as: sides.board)
        await #expect(throws: LetterError.notPublished) { try await sides.run(withdrawal, as: sides.board) }
        // What was taken back may be published again.
        try await sides.run(PublishStatement(id, of: sides.alliance), as: sides.board)
    }

    @Test func `what is between two who write to each other is not published`() async throws {
        let sides = try await Sides.make()
        let id = try await sides.write(.petition, "Red")
        _ = try await sides.run(IssueLetter(id, of: sides.alliance, as: 1), as: sides.board)
        await #expect(throws: LetterError.notAStatement) {
            try await sides.run(PublishStatement(id, of: sides.alliance), as: sides.board)
        }
    }

    @Test func `open letters, oversight exercises and polls are handed over, and not what the board keeps`()
        async throws
    {
        let sides = try await Sides.make()
        let open = try await sides.write(.official, "Citas")
        _ = try await sides.run(IssueLetter(open, of: sides.alliance, as: 1), as: sides.board)
        let answered = try await sides.write(.official, "Urgencias")
        _ = try await sides.run(IssueLetter(answered, of: sides.alliance, as: 1), as: sides.board)
        for position in 1...2 {
            try await sides.run(
                FollowLetter(
                    answered, of: sides.alliance, addressee: position, .delivered(reference: "1"),
                    on: day("2026-03-13")), as: sides.board)
            try await sides.run(
                FollowLetter(
                    answered, of: sides.alliance, addressee: position,
                    .answered(reference: nil, words: "Se hará"), on: day("2026-03-13")), as: sides.board)
        }
        _ = try await sides.write(.letter, "Lo que no se ha enviado")
        _ = try await sides.write(.letter, "Lo que la junta piensa", isReserved: true)
        for isReserved in [false, true] {
            _ = try await sides.run(
                OpenOversight(
                    Oversight(
                        alliance: sides.alliance, isReserved: isReserved,
                        title: isReserved ? "Trato" : "Farmacia", reason: "Vuelven dos veces", entity: "EPS",
                        startsOn: day("2026-03-01"))), as: sides.board)
        }
        for (title, from, until) in [
            ("Horarios", "2026-03-01", "2026-03-20"), ("Sede", "2026-03-01", "2026-03-14"),
        ] {
            try await sides.run(
                OpenPoll(
                    Poll(
                        title: title, purpose: "Saber", opensOn: day(from), closesOn: day(until),
                        isPublic: false,
                        takesComments: false, questions: [Poll.Question(.scale, "¿Le sirve?")]),
                    of: sides.alliance), as: sides.board)
        }
        let items = try await sides.setting.read { transaction in
            try await transaction.handoverList(
                of: sides.alliance, on: day("2026-03-16"), at: sides.setting.tenants.clock.now)
        }
        func told(_ kind: HandoverItem.Kind) -> [String] {
            items.filter { $0.kind == kind }.map { "\($0.title) (\($0.detail))" }
        }
        #expect(
            Set(told(.letters)) == [
                "Carta S-2026-0001: Citas (Esperan respuesta de 2 de 2)",
                "Borrador de carta: Lo que no se ha enviado (Sin numerar)",
            ])
        #expect(told(.polls) == ["Sondeo: Horarios (Recibe respuestas hasta el 20/03/2026)"])
        #expect(told(.oversight) == ["Veeduría: Farmacia (Sobre EPS, sin hallazgos abiertos)"])
    }
}
