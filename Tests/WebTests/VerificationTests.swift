import Foundation
import HTTPTypes
import Kernel
import Tenancy
import TestSupport
import Testing

@testable import Web

@Suite struct VerificationTests {
    @Test(arguments: [
        "23456-abcde-fghjk", "23456 ABCDE FGHJK", "https://alianzas.example/verificar/23456-abcde-fghjk",
    ])
    func `a code is known however it was copied`(text: String) throws {
        let code = try #require(DocumentCode(typed: "23456abcdefghjk"))
        #expect(DocumentMarking(text) == .code(code))
    }

    @Test func `a digest is known with spaces and in capitals`() throws {
        let digest = HashDigest(of: "algo")
        let pieces = digest.description.uppercased().enumerated().map { $0 % 8 == 7 ? "\($1) " : "\($1)" }
            .joined()
        #expect(DocumentMarking(pieces) == .digest(digest))
        #expect(DocumentMarking("<script>") == nil)
    }

    @Test func `what is issued bears its code, and its words without it tell whether it is the same`() throws
    {
        let certificate = Certificate(words: "Consta que sí.")
        let code = DocumentCode()
        let mark = DocumentMark(
            code: code, place: try #require(WebAddress("https://alianzas.example/verificar")),
            address: try #require(WebAddress("https://alianzas.example/verificar/\(code)")),
            logo: InlineImage(.png, [1, 2, 3]))
        let issued = String(decoding: certificate.markup(mark), as: UTF8.self)
        #expect(issued.contains(code.description))
        #expect(issued.contains(#"src="data:image/png;base64,AQID""#))
        #expect(InlineImage(.pdf, [1]) == nil)
        let plain = String(decoding: certificate.markup(), as: UTF8.self)
        #expect(!plain.contains("verificar"))
        #expect(certificate.markup() == certificate.markup())
        #expect(Certificate(words: "Consta que no.").markup() != certificate.markup())
    }

    @Test func `anybody learns what became of a document by its code, its digest, and nothing by another`()
        async throws
    {
        let test = try await TestSite.make()
        let tenants = test.tenants
        let host = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: host)
        let code = DocumentCode()
        let file = try StoredFile(
            name: "acta.txt", content: Array("Acta".utf8), effectiveOn: CalendarDate(dayNumber: 20_525))
        let id = try await tenants.runner.run(
            IssueDocument(
                NewDocument(
                    code: code, kind: "acta", title: "Acta <1>", issuer: "Alianza de prueba", subject: "uno",
                    wordsDigest: HashDigest(of: "Acta"), file: file), in: .alliance(alliance.id)),
            as: .terminal(in: host.id))
        try await test.visit { client in
            let browser = Browser(client)
            for path in [
                "/verificar/\(code)", "/verificar?codigo=\(code.description.uppercased())",
                "/verificar?codigo=\(Hex.encode(file.sha256))",
            ] {
                let found = try await browser.open(path)
                #expect(found.text.contains("Auténtico y vigente"), "\(path)")
                #expect(found.text.contains("Acta &lt;1&gt;"))
            }
            for path in ["/verificar/\(DocumentCode())", "/verificar?codigo=\(HashDigest(of: "otra"))"] {
                #expect(try await browser.open(path).text.contains("No encontramos ese documento"), "\(path)")
            }
            #expect(try await browser.open("/verificar?codigo=hola").text.contains("no es un código"))
            try await tenants.runner.run(
                try WithdrawDocument(id, because: "Tenía un error", in: .alliance(alliance.id)),
                as: .terminal(in: host.id))
            let withdrawn = try await browser.open("/verificar/\(code)")
            #expect(withdrawn.text.contains("Anulado") && withdrawn.text.contains("Tenía un error"))
        }
    }
}
