import Kernel
import Postgres
import Tenancy

extension PersonSearch {
    /// Whom of `membership.affiliates` somebody means who typed these words; nobody where they say nothing.
    ///
    /// Names are looked up word by word and documents by type and number: the register itself is not looked through.
    /// Who has all the words is gathered before, from the words alone, since left to join them the planner takes words
    /// that many have for a reason to read the whole register.
    static func condition(_ words: String, in organization: ID<Organization>) -> SQL {
        switch PersonSearch(words) {
        case nil: "false"
        case .name(let words):
            "affiliates.person_id = any (array(\(fragment: people(named: words, in: organization))))"
        case .document(let document):
            "(document_type = \(document.type) and document_number = \(document.number))"
        case .number(let number):
            "(document_type = any (\(DocumentType.allCases.map(\.rawValue))) and document_number = \(number))"
        }
    }

    private static func people(named words: [String], in organization: ID<Organization>) -> SQL {
        words.dropFirst().reduce(people(of: words[0], in: organization)) { people, word in
            "\(fragment: people) intersect \(fragment: Self.people(of: word, in: organization))"
        }
    }

    private static func people(of word: String, in organization: ID<Organization>) -> SQL {
        """
        select person_id from membership.affiliate_words
        where organization_id = \(organization) and word ^@ \(word)
        """
    }
}
