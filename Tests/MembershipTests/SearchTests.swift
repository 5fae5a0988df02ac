import Kernel
import Postgres
import Tenancy
import Testing

@testable import Membership

@Suite struct SearchTests {
    private static func file(_ people: (number: String, names: [String])...) -> [UInt8] {
        AffiliateFiles.file(
            lines: people.map { person in
                AffiliateFiles.line([
                    .documentNumber: person.number, .firstSurname: person.names[0],
                    .secondSurname: person.names[1], .firstName: person.names[2],
                    .secondName: person.names[3],
                ])
            })
    }

    private static let three = file(
        ("81000001", ["Zuluaga", "Plaza", "Amparo", ""]),
        ("81000002", ["De la Hoz", "Núñez", "María", "del Pilar"]),
        ("81000003", ["D'Angelo", "Pérez-Gómez", "María", "Amparo"]))

    private func found(_ words: String, _ register: Register) async throws -> [String] {
        try await register.runner.fetch(
            ListAffiliates(.init(words: words), order: .document), as: register.principal
        ).affiliates.map { String($0.document.number.suffix(1)) }
    }

    @Test
    func `a person is found by any words of the name in any order, and by the document as it is written`()
        async throws
    {
        let register = try await Register.make()
        try await register.take(Self.three)
        let searches: [(words: String, people: [String])] = [
            ("amparo zuluaga", ["1"]), ("ZULUAGA AMPARO", ["1"]), ("zulu amp", ["1"]),
            ("amparo", ["1", "3"]),
            ("maria nunez", ["2"]), ("pilar", ["2"]), ("hoz pilar", ["2"]), ("María de la Hoz", ["2"]),
            ("d'angelo", ["3"]), ("gomez maria", ["3"]), ("Pérez-Gómez", ["3"]), ("paro", []),
            ("amparo nunez", []), ("CC 81000001", ["1"]), ("c.c. 81.000.002", ["2"]), ("81000003", ["3"]),
            ("cédula 81000003", ["3"]), ("CE 81000001", []), ("0081000001", ["1"]), ("8100000", []),
            ("%", []),
        ]
        for (words, people) in searches {
            #expect(try await found(words, register) == people, "\(words)")
        }
    }

    @Test func `who is renamed is found by the new name alone, and by the former one when that is undone`()
        async throws
    {
        let register = try await Register.make()
        try await register.take(Self.three, cutoff: "2026-10-31")
        let renamed = try await register.take(
            Self.file(
                ("81000001", ["Zuluaga", "Plaza", "Consuelo", ""]),
                ("81000004", ["Zuluaga", "Plaza", "Consuelo", ""])))
        #expect(try await found("zuluaga amparo", register) == [])
        #expect(try await found("consuelo zuluaga", register) == ["1", "4"])
        #expect(try await found("maria", register) == ["2", "3"])

        try await register.runner.run(
            UndoAffiliateImport(renamed.preview.staged.batch), as: register.principal)
        #expect(try await found("zuluaga amparo", register) == ["1"])
        #expect(try await found("consuelo", register) == [])
        let words = try await register.texts(
            "select distinct person_id::text from membership.affiliate_words")
        #expect(words.count == 3)
    }
}
