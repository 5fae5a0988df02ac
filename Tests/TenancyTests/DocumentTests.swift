import Foundation
import Kernel
import Postgres
import TestSupport
import Testing

@testable import Tenancy

@Suite struct DocumentTests {
    private func document(
        _ text: String, of subject: String = "asunto", code: DocumentCode = DocumentCode()
    ) throws -> NewDocument {
        NewDocument(
            code: code, kind: "acta-de-prueba", title: "Acta de prueba", issuer: "Alianza de prueba",
            subject: subject, wordsDigest: HashDigest(of: text),
            file: try StoredFile(
                name: "acta.txt", content: Array(text.utf8),
                effectiveOn: CalendarDate("2026-03-13") ?? .init(dayNumber: 0)))
    }

    @Test func `anybody finds an issued document by its code or its file, and nobody anything else`()
        async throws
    {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: insurer)
        let board = try await tenants.principal(.board, of: insurer, in: .alliance(alliance.id))
        let code = DocumentCode()
        let made = try document("Primera versión", code: code)
        try await tenants.runner.run(IssueDocument(made, in: .alliance(alliance.id)), as: board)
        func found(_ code: DocumentCode) async throws -> IssuedDocument? {
            try await tenants.database.read(PublicScope()) { try await $0.document(code: code) }
        }
        let first = try #require(try await found(code))
        #expect(first.title == "Acta de prueba" && first.version == 1 && !first.isSuperseded)
        let digest = try #require(HashDigest(bytes: made.file.sha256))
        let bySum = try await tenants.database.read(PublicScope()) { try await $0.documents(sha256: digest) }
        #expect(bySum.map(\.id) == [first.id])
        #expect(try await found(DocumentCode()) == nil)

        // A later version takes its place, and both are told apart.
        try await tenants.runner.run(
            IssueDocument(try document("Segunda versión"), in: .alliance(alliance.id)), as: board)
        #expect(try await found(code)?.isSuperseded == true)

        try await tenants.runner.run(
            try WithdrawDocument(first.id, because: "Se firmó por error", in: .alliance(alliance.id)),
            as: board)
        #expect(try await found(code)?.withdrawal?.reason == "Se firmó por error")
        await #expect(throws: IssuedDocumentError.withdrawnAlready) {
            try await tenants.runner.run(
                try WithdrawDocument(first.id, because: "Otra vez", in: .alliance(alliance.id)), as: board)
        }
        let member = try await tenants.principal(
            .member, of: insurer, in: .alliance(alliance.id), name: "Beto Prueba")
        await #expect(throws: AccessError.notPermitted(.issueDocuments)) {
            try await tenants.runner.run(
                IssueDocument(try document("Falsa"), in: .alliance(alliance.id)), as: member)
        }
        // Whom the register serves reads no file.
        let error = await #expect(throws: PostgresError.self) {
            try await tenants.database.read(PublicScope()) {
                try await $0.values("select name from tenancy.files", as: String.self)
            }
        }
        #expect(error?.sqlState == "42501")
    }

    @Test(arguments: [
        "23456-abcde-fghjk", "23456ABCDEFGHJK", " 23456 abcde fghjk ", "23456-ABCDE-FGHJK\n",
    ])
    func `a code is read as people type it`(text: String) {
        #expect(DocumentCode(typed: text)?.description == "23456-abcde-fghjk")
    }

    @Test(arguments: ["", "23456-abcde", "23456-abcde-fghj1", "23456-abcde-fghjk-mnpqr", "¿?"])
    func `what is no code is none`(text: String) {
        #expect(DocumentCode(typed: text) == nil)
    }

    @Test func `a file is opened in its space alone, and each time is an event there`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let alliance = try await tenants.alliance("Una alianza", in: insurer)
        let other = try await tenants.alliance("Otra alianza", in: insurer)
        let board = try await tenants.principal(.board, of: insurer, in: .alliance(alliance.id))
        let stranger = try await tenants.principal(
            .board, of: insurer, in: .alliance(other.id), name: "Beto Prueba")
        let file = try document("Un papel").file
        let id = try await tenants.runner.run(
            StoreFile(file, as: .letters, in: .alliance(alliance.id)), as: board)
        let record = try #require(
            try await tenants.database.read(TenantScope(board)) { try await $0.file(id) })
        #expect(record.space == .alliance(alliance.id))
        await #expect(throws: AccessError.notPermitted(.openFiles)) {
            try await tenants.runner.run(OpenFile(record), as: stranger)
        }
        let opened = try await tenants.runner.run(OpenFile(record), as: board)
        #expect(opened.content == file.content)
        let log = try await tenants.runner.fetch(
            ReadLog(LogQuestion(of: [.alliance(alliance.id)], actions: ["tenancy."], limit: 10)), as: board)
        #expect(log.entries.map(\.event.action).contains("tenancy.file.opened"))
        #expect(log.entries.map(\.event.action).contains("tenancy.attempt.refused"))
    }
}
