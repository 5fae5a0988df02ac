import Elections
import Foundation
import Kernel

/// What the booth shows and encrypts to.
struct BoothFacts: Encodable {
    /// The trustees, as the welcome names them.
    struct Trustees: Encodable {
        let threshold: Int
        let names: [String]
    }

    /// `election.json`, byte by byte.
    let election: String
    /// The alliance and the box, as a receipt names them.
    let alliance: String
    let box: String
    let trustees: Trustees
    let hours: String
    /// The SHA-256 of the voter's public credential, so that another's slip is told before anything is chosen.
    let credential: String?
    /// Where it is not known who votes, the beginnings of the SHA-256 of all public credentials, with blanks between them.
    let credentials: String?
    /// For each question the address of each option's picture.
    let pictures: [[String?]]
    /// For each question what stands below each option: the names of a slate's candidates.
    let details: [[String]]

    /// As JSON, always written alike: the offline booth of an election is the same to the byte.
    func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(self))
    }
}

extension BoothFacts {
    /// What a box's booth shows; the voter's credential where it is known who votes.
    init(_ file: BoothFile) {
        election = String(decoding: file.election, as: UTF8.self)
        alliance = file.alliance
        box = file.box.title
        trustees = Trustees(threshold: file.box.choices.threshold, names: file.trustees)
        hours = SpanishFormat.sentence("Se vota \(file.box.hours)")
        credential = file.credential.map { HashDigest(of: $0).description }
        credentials = file.credentialMarks.isEmpty ? nil : file.credentialMarks.joined(separator: " ")
        pictures = []
        details = file.questions.map { question in
            question.options.map { option in
                let names = file.principals[option.slate] ?? []
                // Who stands alone is named already.
                return names == [option.name] ? "" : names.joined(separator: ", ")
            }
        }
    }
}
