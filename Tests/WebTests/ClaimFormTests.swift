import Foundation
import Kernel
import Tenancy
import Testing

@testable import Elections
@testable import Web

@Suite struct ClaimFormTests {
    private static func submission(_ answers: [String: String]) -> Submission {
        Submission(
            entries: Entries(answers.map { QueryItem(name: $0.key, value: $0.value) }), key: UUID())
    }

    /// Every answer that any claim may have.
    private static let whole = [
        "document_type": "CC", "document": "1.066.555", "name": "Rosa Prueba Díaz",
        "birth_date": "1981-05-06",
        "right_names": "Rosa", "right_surnames": "Pruebas Díaz", "right_type": "CC",
        "right_number": "1066556", "ground": "No aparezco.", "claimant": "Ana Prueba",
    ]

    // A municipality is of the catalogue, which needs a database.
    @Test(
        arguments: ClaimRequest.allCases.filter { $0 != .municipality },
        [ClaimSource.everybody, .office, .committee])
    func `what a claim asks for decides what has to be answered, and all that lacks is told at once`(
        request: ClaimRequest, source: ClaimSource
    ) throws {
        let form = ClaimForm(request, from: source, [])
        let draft = try form.read(Self.submission(Self.whole))
        #expect(draft.kind == request.kind && (draft.correction != nil) == (request.kind == .correct))
        let isOwn = source == .everybody && request != .exclude
        #expect((draft.birthDate != nil) == isOwn)
        #expect(
            draft.claimant
                == (isOwn ? "Rosa Prueba Díaz" : source == .committee ? "Comité electoral" : "Ana Prueba"))

        // Of all answers, those without which the claim is refused are those that an empty form is refused for.
        let needed = Self.whole.keys.filter { name in
            var answers = Self.whole
            answers[name] = nil
            return (try? form.read(Self.submission(answers))) == nil
        }
        do {
            _ = try form.read(Self.submission([:]))
            Issue.record("An empty claim is refused.")
        } catch let refusal as InvalidInput {
            #expect(Set(refusal.problems.map(\.field)) == Set(needed))
            var html = HTML(in: Surroundings(tenant: nil))
            html.form(to: .start()) { form.write(&$0) }
            let page = String(decoding: html.bytes, as: UTF8.self)
            for field in needed { #expect(page.contains("id=\"f-\(field)\"")) }
        }
    }

    @Test func `what is wrong in several parts is told at once, beside each question`() throws {
        var answers = Self.whole
        answers["document"] = "abc"
        answers["right_number"] = "x"
        answers["ground"] = ""
        let form = ClaimForm(.document, from: .office, [])
        do {
            _ = try form.read(Self.submission(answers))
            Issue.record("Three answers are refused.")
        } catch let refusal as InvalidInput {
            #expect(refusal.problems.map(\.field) == ["document", "right_number", "ground"])
        }
    }
}
