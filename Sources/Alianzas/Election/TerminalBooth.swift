import Foundation
import Kernel
import VerifiableVoting

/// Makes ballots of the election that a file tells of.
struct TerminalBooth {
    private let election: ElectionDescription
    /// What the archive says besides: the keys of the trustees and the list of credentials; `nil` of election.json alone.
    private let setup: (trustees: [UInt8], credentials: [UInt8])?

    /// Reads election.json or an archive.
    ///
    /// - Throws: ``TerminalBoothError``.
    init(file path: String) throws {
        let file: ArchiveFile
        do { file = try ArchiveFile(path: path) } catch { throw TerminalBoothError.unreadable(path) }
        var text: [UInt8]
        if try file.bytes(in: 0..<min(8, file.count)) == Array("BELENIOS".utf8) {
            var events = try? EventReader(file)
            guard case .setup(let election, let trustees, let credentials)? = try? events?.next()?.content
            else { throw TerminalBoothError.noElection(path) }
            text = election
            setup = (trustees, credentials)
        } else {
            guard file.count <= ElectionDescription.longestText else {
                throw TerminalBoothError.noElection(path)
            }
            text = try file.bytes(in: 0..<file.count)
            // What an editor leaves behind; the fingerprint is of the text without it.
            if text.last == UInt8(ascii: "\n") { text.removeLast() }
            setup = nil
        }
        do { election = try ElectionDescription(reading: text) } catch {
            throw TerminalBoothError.election(error)
        }
    }

    /// Makes a ballot from a voter's code and answers.
    ///
    /// - Throws: ``TerminalBoothError``.
    func ballot(asking questions: TerminalQuestions) throws -> [UInt8] {
        switch election.group {
        case Belenios2048.name: try ballot(asking: questions, in: Belenios2048.self)
        case Ed25519.name: try ballot(asking: questions, in: Ed25519.self)
        default: throw TerminalBoothError.unknownGroup(election.group)
        }
    }

    private func ballot<Group: VotingGroup>(
        asking questions: TerminalQuestions, in group: Group.Type
    ) throws -> [UInt8] {
        let key = try key(in: group)
        questions.say(election.name)
        if election.terms?.isMock == true { questions.say("SIMULACRO: no elige a nadie.") }
        guard let code = questions.secret("Su clave de voto:") else {
            throw TerminalBoothError.missing(line: 1)
        }
        let secret = try secret(of: code, in: group)
        let votes = try election.questions.enumerated().map { index, question in
            show(question, on: questions)
            guard let line = questions.line("Su voto:") else {
                throw TerminalBoothError.missing(line: index + 2)
            }
            return try Answer.votes(line, to: question, number: index + 1)
        }
        var random = SystemRandomNumberGenerator()
        let maker = BallotMaker<Group>(election: election, key: key)
        return maker.ballot(votes: votes, credential: secret, with: &random).text
    }

    /// The key that votes are encrypted to; in an archive it is the trustees'.
    private func key<Group: VotingGroup>(in group: Group.Type) throws -> Group.Element {
        guard let key = try? Group.member(reading: election.publicKey[...]) else {
            throw TerminalBoothError.otherKey
        }
        if let setup {
            guard let trustees = try? Trustees<Group>(reading: setup.trustees), trustees.publicKey == key
            else {
                throw TerminalBoothError.otherKey
            }
        }
        return key
    }

    /// The private credential of what was typed: a code of ours, or one that the tool made, in either of its forms.
    private func secret<Group: VotingGroup>(of text: String, in group: Group.Type) throws -> Group.Scalar {
        let text = text.trimmingCharacters(in: .whitespaces)
        let uuid = election.uuid
        // Codes of ours have no small letters; those of others may, and then each is another.
        let code = election.terms == nil ? SecretCode(text) : SecretCode(typed: text)
        let secret =
            code.map { PrivateCredential.exponent(of: $0, election: uuid, in: group) }
            ?? PrivateCredential.exponent(ofShort: text, election: uuid, in: group)
        guard let secret else { throw TerminalBoothError.noCode }
        if let setup {
            let credential = String(decoding: Group.text(of: Group.secretPower(to: secret)), as: UTF8.self)
            let list = String(decoding: setup.credentials, as: UTF8.self)
            guard list.contains("\"\(credential)\"") || list.contains("\"\(credential),") else {
                throw TerminalBoothError.otherElection
            }
        }
        return secret
    }

    private func show(_ question: HomomorphicQuestion, on questions: TerminalQuestions) {
        questions.say("")
        questions.say(question.question)
        if question.allowsBlank { questions.say("  blanco. Voto en blanco") }
        for (index, answer) in question.answers.enumerated() { questions.say("  \(index + 1). \(answer)") }
        questions.say(Answer.rule(of: question))
    }
}

/// An answer as it is typed: the numbers of the choices, or «blanco».
private enum Answer {
    /// Which choices of the question are chosen; the blank one, where there is one, comes first.
    static func votes(
        _ line: String, to question: HomomorphicQuestion, number: Int
    ) throws(TerminalBoothError) -> [Bool] {
        let words = line.lowercased().split { $0 == "," || $0.isWhitespace }.map(String.init)
        if question.allowsBlank, words == ["blanco"] {
            return (0..<question.choiceCount).map { $0 == 0 }
        }
        let chosen = words.compactMap { Int($0) }
        guard chosen.count == words.count, Set(chosen).count == chosen.count,
            chosen.allSatisfy((1...question.answers.count).contains),
            question.allowedSums.contains(chosen.count)
        else { throw .answer(number, rule(of: question)) }
        let votes = question.answers.indices.map { chosen.contains($0 + 1) }
        return question.allowsBlank ? [false] + votes : votes
    }

    /// What may be typed.
    static func rule(of question: HomomorphicQuestion) -> String {
        let sums = question.allowedSums
        let count =
            sums.count == 1
            ? SpanishFormat.count(sums.lowerBound, "número", "números")
            : "de \(sums.lowerBound) a \(SpanishFormat.count(sums.upperBound, "número", "números"))"
        return "Escriba \(count) del 1 al \(question.answers.count), con comas entre ellos"
            + (question.allowsBlank ? ", o «blanco»." : ".")
    }
}

/// Why no ballot is made.
enum TerminalBoothError: UserFacingError, Hashable {
    /// The file cannot be read.
    case unreadable(String)
    /// The archive does not begin with an election.
    case noElection(String)
    /// What is in the file is no election.
    case election(ElectionFault)
    /// The election is in a group that this program does not know.
    case unknownGroup(String)
    /// The key of the election is not that of its trustees.
    case otherKey
    /// What was typed is no code.
    case noCode
    /// The code is not of this election.
    case otherElection
    /// An answer is not as the question allows.
    case answer(Int, String)
    /// The input ends too early.
    case missing(line: Int)

    var code: String {
        switch self {
        case .unreadable: "election.ballot.unreadable"
        case .noElection: "election.ballot.no_election"
        case .election: "election.ballot.election"
        case .unknownGroup: "election.ballot.unknown_group"
        case .otherKey: "election.ballot.other_key"
        case .noCode: "election.ballot.no_code"
        case .otherElection: "election.ballot.other_election"
        case .answer: "election.ballot.answer"
        case .missing: "election.ballot.missing"
        }
    }
    var kind: ErrorKind { .invalid }
    var message: String {
        switch self {
        case .unreadable(let path): "No se puede leer el archivo «\(path)»."
        case .noElection(let path): "El archivo «\(path)» no empieza como una elección."
        case .election(let fault): fault.sentence
        case .unknownGroup(let name): "La elección usa el grupo «\(name)», que este programa no conoce."
        case .otherKey:
            "La llave de la elección no es la de sus custodios. No vote con este archivo y avise al comité electoral."
        case .noCode: "Eso no es una clave de voto. Tiene 22 letras y números: revise el volante."
        case .otherElection: "La clave no es de esta votación. Revise el volante."
        case .answer(let number, let rule): "La respuesta a la pregunta \(number) no sirve. \(rule)"
        case .missing(let line):
            line == 1 ? "Falta la clave de voto." : "Falta la respuesta a la pregunta \(line - 1)."
        }
    }
}
