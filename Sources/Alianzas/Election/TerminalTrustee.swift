import Elections
import Foundation
import Kernel
import VerifiableVoting

/// A trustee at the terminal: the code, what the ceremony left, and which sum the key file has decrypted.
struct TerminalTrustee {
    /// What the trustee's page saves (`trustee-desk.js`).
    private struct KeyFile: Decodable {
        let kind: String
        let version: Int
        let uuid: String
        let number: Int
        let code: String
    }

    /// The state of the trustee's page, of which the second messages are read.
    private struct CeremonyFile: Decodable {
        let polynomials: [String?]
    }

    private let code: SecretCode
    private let key: (file: KeyFile, path: String)?
    private let ceremony: String?

    /// Reads the key file, or asks for the code on the sheet.
    ///
    /// - Throws: ``TerminalTrusteeError``.
    init(key path: String?, ceremony: String?, asking questions: TerminalQuestions) throws {
        self.ceremony = ceremony
        guard let path else {
            key = nil
            let typed = questions.secret("Los 22 signos de la hoja de respaldo:")
            guard let code = typed.flatMap({ SecretCode(typed: $0) }) else {
                throw TerminalTrusteeError.noCode
            }
            self.code = code
            return
        }
        let file: KeyFile = try Self.read(path, or: .noKey(path))
        guard file.kind == "alianzas-trustee-key", file.version == 1, let code = SecretCode(file.code) else {
            throw TerminalTrusteeError.noKey(path)
        }
        self.code = code
        key = (file, path)
    }

    private static func read<Content: Decodable>(
        _ path: String, or fault: TerminalTrusteeError
    ) throws -> Content {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw TerminalTrusteeError.unreadable(path)
        }
        do { return try JSONDecoder().decode(Content.self, from: data) } catch { throw fault }
    }

    // MARK: The part

    /// The trustee's part in a sum, once it is known that the election encrypts to a key of theirs.
    ///
    /// - Throws: ``TerminalTrusteeError``.
    func part(in sum: SumToDecrypt) throws -> TerminalDecryption {
        if let key, key.file.uuid != sum.election.uuid { throw TerminalTrusteeError.otherElection }
        return switch sum.election.group {
        case Ed25519.name: try part(in: sum, Ed25519.self)
        default: try part(in: sum, Belenios2048.self)
        }
    }

    private func part<Group: VotingGroup>(
        in sum: SumToDecrypt, _ group: Group.Type
    ) throws -> TerminalDecryption {
        let trustees = try Trustees<Group>(reading: sum.tally.trustees)
        guard let trustee = ReturningTrustee(code, among: trustees),
            key.map({ $0.file.number == trustee.owner }) ?? true
        else { throw TerminalTrusteeError.otherKey }
        let secret: Group.Scalar
        do {
            secret = try trustee.secret(polynomials: trustee.needsPolynomials ? polynomials(in: group) : [])
        } catch let fault as TrusteesFault {
            throw TerminalTrusteeError.ceremony(fault.message)
        }
        let (tally, fingerprint) = (
            try EncryptedTally<Group>(reading: sum.tally.text), sum.election.fingerprint
        )
        return TerminalDecryption(owner: trustee.owner) {
            var random = SystemRandomNumberGenerator()
            return BoundDecryption(of: tally, with: secret, fingerprint: fingerprint, generator: &random)
                .text
        }
    }

    private func polynomials<Group: VotingGroup>(in group: Group.Type) throws -> [PolynomialMessage<Group>] {
        guard let ceremony else { throw TerminalTrusteeError.ceremonyMissing }
        let file: CeremonyFile = try Self.read(ceremony, or: .noCeremony(ceremony))
        return try file.polynomials.map { text in
            guard let text else { throw TerminalTrusteeError.noCeremony(ceremony) }
            return try PolynomialMessage(reading: Array(text.utf8))
        }
    }

    // MARK: One sum for each key file

    /// Notes beside the key file which sum is about to be decrypted. The same again is let pass: what was lost on its way
    /// is sent anew. A code that was typed leaves no trace.
    ///
    /// - Throws: ``TerminalTrusteeError/otherSum(_:)`` where another was.
    func bind(to sum: SumToDecrypt) throws {
        guard let key else { return }
        let path = "\(key.path).suma"
        let hash = Array("\(HashDigest(of: sum.tally.text))\n".utf8)
        do {
            try NewFile.write(hash, to: path)
        } catch {
            guard error.code == .EEXIST else { throw TerminalTrusteeError.unwritable(path) }
            guard let noted = FileManager.default.contents(atPath: path) else {
                throw TerminalTrusteeError.unreadable(path)
            }
            guard noted.elementsEqual(hash) else { throw TerminalTrusteeError.otherSum(path) }
        }
    }
}

/// A partial decryption that can be made.
struct TerminalDecryption {
    /// The trustee's number.
    let owner: Int
    /// Makes it, in the canonical text of a ``BoundDecryption``. Constant time.
    let decrypt: () -> [UInt8]
}

/// Why nothing is decrypted.
enum TerminalTrusteeError: UserFacingError, Hashable {
    /// A file cannot be read.
    case unreadable(String)
    /// A file cannot be written.
    case unwritable(String)
    /// There is such a file.
    case exists(String)
    /// The file holds no key.
    case noKey(String)
    /// What was typed is no code.
    case noCode
    /// The file does not hold what the ceremony left.
    case noCeremony(String)
    /// The key is shared, and the messages of its ceremony were not given.
    case ceremonyMissing
    /// A message of the ceremony does not hold.
    case ceremony(String)
    /// The archive is not valid.
    case archive(String)
    /// The key is of another box.
    case otherElection
    /// The election does not encrypt to this trustee's key.
    case otherKey
    /// The ballots are not summed up yet.
    case notTallied
    /// Somebody's vote weighs more than another's.
    case weights
    /// Too few voted.
    case fewVoters
    /// What the trustees read is not what this archive has.
    case otherClosing
    /// Nobody said that the sums agree.
    case notAgreed
    /// This key file decrypted another sum.
    case otherSum(String)

    var code: String {
        switch self {
        case .unreadable: "election.decrypt.unreadable"
        case .unwritable: "election.decrypt.unwritable"
        case .exists: "election.decrypt.exists"
        case .noKey: "election.decrypt.no_key"
        case .noCode: "election.decrypt.no_code"
        case .noCeremony: "election.decrypt.no_ceremony"
        case .ceremonyMissing: "election.decrypt.ceremony_missing"
        case .ceremony: "election.decrypt.ceremony"
        case .archive: "election.decrypt.archive"
        case .otherElection: "election.decrypt.other_election"
        case .otherKey: "election.decrypt.other_key"
        case .notTallied: "election.decrypt.not_tallied"
        case .weights: "election.decrypt.weights"
        case .fewVoters: "election.decrypt.few_voters"
        case .otherClosing: "election.decrypt.other_closing"
        case .notAgreed: "election.decrypt.not_agreed"
        case .otherSum: "election.decrypt.other_sum"
        }
    }
    var kind: ErrorKind { .invalid }
    var message: String {
        switch self {
        case .unreadable(let path): "No se puede leer el archivo «\(path)»."
        case .unwritable(let path): "No se puede escribir «\(path)». No se descifró nada."
        case .exists(let path): "El archivo «\(path)» ya existe y no se toca. Indique otro con --output."
        case .noKey(let path):
            "El archivo «\(path)» no es el de una llave. Escoja el que guardó al hacerla."
        case .noCode: "Eso no son los signos de una llave. Son 22 letras y números: revise la hoja."
        case .noCeremony(let path):
            "El archivo «\(path)» no tiene los mensajes de todos los custodios. Descárguelo de nuevo de «Mi parte de la llave»."
        case .ceremonyMissing:
            "Faltan los mensajes con que los custodios hicieron la llave. Descárguelos de «Mi parte de la llave» e indíquelos con --ceremony."
        case .ceremony(let words): "Los mensajes de la ceremonia no son los de esta llave. \(words)"
        case .archive(let words): "\(words) No descifre y avise a los testigos."
        case .otherElection: "La llave es de otra urna."
        case .otherKey:
            "La urna no está cifrada con la llave que usted ayudó a hacer, o los signos no son los suyos. Si está seguro de ellos, no siga y avise al comité y a los testigos."
        case .notTallied: "La urna todavía no se ha sumado. No se descifra nada antes."
        case .weights: "El archivo da más de un voto a una clave. No descifre y avise a los testigos."
        case .fewVoters:
            "La urna tiene menos de \(BallotBox.fewestInWords) votos: descifrar la suma mostraría cómo votó alguien."
        case .otherClosing:
            "El cierre de esta urna no es el que leyeron los custodios. No descifre y avise a los testigos."
        case .notAgreed: "No se descifró nada."
        case .otherSum(let path):
            "Con esta llave ya se descifró otra suma de esta urna, como dice «\(path)». Con las dos se vería un voto. No siga y avise a los testigos."
        }
    }
}
