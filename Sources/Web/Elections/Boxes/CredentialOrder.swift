import Elections
import Foundation
import Kernel
import Tenancy

/// What the credential authority works from, as the page's module reads it: for which election, and for whom.
struct CredentialOrder: Encodable, Sendable {
    /// An elector as a slip names them.
    struct Elector: Encodable, Sendable {
        /// Identifies them to the server, which gets it back with the public half.
        let person: String
        /// Their name on the roll.
        let name: String
        /// Their document, most of it hidden.
        let document: String
        /// Where they vote: "Mesa 3"; `nil` where they have no table.
        let table: String?
    }

    /// The identifier of the election, from which keys are derived (`verifiable-voting.md` §4.6).
    let uuid: String
    /// The group's name.
    let group: String
    /// The address of the booth, to which a code is added after a # that browsers keep to themselves.
    let booth: String
    /// What is elected.
    let title: String
    /// The alliance.
    let alliance: String
    /// Whether it is a rehearsal.
    let mock: Bool
    /// Who gets one, by table and name.
    let electors: [Elector]
}

/// A line of the file of public halves (`claves-publicas.json`), as the page writes it.
struct CredentialLine: Codable {
    let credential: String
    let person: String?
    let serial: String?
    let isSpare: Bool?
}

/// Why a file of public halves is not read.
enum CredentialFileError: UserFacingError {
    /// A line is none of such a file.
    case unreadable(line: Int)
    /// It holds nothing.
    case empty

    var code: String {
        switch self {
        case .unreadable: "web.credentials.unreadable"
        case .empty: "web.credentials.empty"
        }
    }
    var kind: ErrorKind { .invalid }
    var field: String? { "credentials" }
    var message: String {
        switch self {
        case .unreadable(let line):
            "La línea \(line) del archivo no es una clave pública. Entregue el archivo tal como se hizo."
        case .empty: "El archivo no tiene claves. Hágalas de nuevo."
        }
    }
}

extension CredentialLine {
    /// Reads a file of public halves.
    ///
    /// - Throws: ``CredentialFileError``.
    static func read(_ bytes: [UInt8]) throws -> [BoxCredential] {
        let reader = JSONDecoder()
        let credentials = try bytes.split(separator: UInt8(ascii: "\n")).enumerated().map { index, line in
            guard let line = try? reader.decode(CredentialLine.self, from: Data(line)) else {
                throw CredentialFileError.unreadable(line: index + 1)
            }
            var person: ID<Person>?
            if let text = line.person {
                guard let known = ID<Person>(text) else {
                    throw CredentialFileError.unreadable(line: index + 1)
                }
                person = known
            }
            return BoxCredential(
                line.credential, serial: line.serial, of: person, isSpare: line.isSpare ?? false)
        }
        guard !credentials.isEmpty else { throw CredentialFileError.empty }
        return credentials
    }
}
