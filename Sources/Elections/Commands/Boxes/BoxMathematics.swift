import Foundation
import Kernel
import VerifiableVoting

/// What a box asks of the mathematics, whatever its group.
protocol BoxMathematics: Sendable {
    /// Asks that credentials are elements of the group, and none the one for which anybody can sign, on all cores.
    ///
    /// - Throws: ``BoxError/credentialRefused(_:_:)`` with the first line that is none.
    func check(_ credentials: [BoxCredential]) async throws
    /// Checks what a trustee sent, and returns what is kept of it: all, but for the proofs of a decryption that the format
    /// does not have.
    ///
    /// - Throws: ``BoxError/messageRefused(_:)``.
    func checked(_ message: TrusteeMessage, in state: KeyState) throws -> TrusteeMessage
    /// Puts the keys of all trustees together: `trustees.json`, and *y*.
    func keys(_ messages: [TrusteeMessage], of trustees: [BoxTrustee]) throws -> (
        text: [UInt8], publicKey: [UInt8]
    )
    /// The sums of no ballots, to which others are added.
    func sums(of election: [UInt8]) throws -> any BallotSums
    /// The result, once enough trustees have decrypted.
    ///
    /// - Throws: ``BoxError/messageRefused(_:)`` where what they sent gives none.
    func result(
        _ decryptions: [TrusteeMessage], of tally: [UInt8], keys: [UInt8], votes: Int
    ) throws -> [UInt8]
    /// The number with which the server makes the ciphertext of a trustee's trial, in base 10.
    func trialNumber(fingerprint: String, trustee: Int) -> String
}

/// Encrypted sums that grow ballot by ballot.
protocol BallotSums: Sendable {
    /// Adds ballots that were checked when they were cast, on all cores.
    mutating func add(_ ballots: [[UInt8]]) async throws
    /// The canonical text.
    var text: [UInt8] { get }
}

/// What is known when a trustee's message comes.
struct KeyState: Sendable {
    /// The box.
    let box: BallotBox
    /// What trustees sent in the ceremony that counts.
    let messages: [TrusteeMessage]
    /// What the archive begins with, once it does.
    let opening: ArchiveOpening?
    /// The encrypted sums, once they are published.
    let tally: [UInt8]?

    /// The messages of a step, by number.
    func all(_ kind: TrusteeMessage.Kind) -> [TrusteeMessage] {
        messages.filter { $0.kind == kind }.sorted { $0.number < $1.number }
    }
}

extension BallotBox.Group {
    /// The mathematics of this group.
    var mathematics: any BoxMathematics {
        switch self {
        case .belenios2048: GroupMathematics<Belenios2048>()
        case .ed25519: GroupMathematics<Ed25519>()
        }
    }
}

private struct GroupMathematics<Group: VotingGroup>: BoxMathematics {
    func check(_ credentials: [BoxCredential]) async throws {
        let piece = 250
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for start in stride(from: 0, to: credentials.count, by: piece) {
                tasks.addTask {
                    for line in start..<min(start + piece, credentials.count) {
                        try check(credentials[line], line: line + 1)
                    }
                }
            }
            try await tasks.waitForAll()
        }
    }

    private func check(_ credential: BoxCredential, line: Int) throws(BoxError) {
        guard credential.person != nil || credential.serial != nil else {
            throw .credentialRefused(line, "un volante sin dueño necesita su número.")
        }
        let element: Group.Element
        do throws(NumberFault) {
            element = try Group.member(reading: Array(credential.credential.utf8)[...])
        } catch {
            throw .credentialRefused(line, "la clave no es de esta urna.")
        }
        guard element != Group.identity else {
            throw .credentialRefused(line, "con esa clave podría votar cualquiera.")
        }
    }

    func checked(_ message: TrusteeMessage, in state: KeyState) throws -> TrusteeMessage {
        do {
            switch message.kind {
            case .singleKey: try checkSingleKey(message, state)
            case .certificate: try checkCertificate(message, state)
            case .polynomial:
                try PolynomialMessage<Group>(reading: message.content).check(
                    in: try ceremony(state), from: message.number)
            case .verificationKey: try checkVerificationKey(message, state)
            case .trial: try checkTrial(message, state)
            case .partialDecryption: return try checkedDecryption(message, state)
            }
            return message
        } catch let fault as TrusteesFault {
            throw BoxError.messageRefused(fault.message)
        } catch let fault as DecryptionFault {
            throw BoxError.messageRefused(fault.message)
        }
    }

    private func ceremony(_ state: KeyState) throws -> Ceremony<Group> {
        try Ceremony(state.all(.certificate).map { try SignedMessage(reading: $0.content) })
    }

    /// Asks besides that no other trustee has the key: the second one could have copied it, proof and all.
    private func checkSingleKey(_ message: TrusteeMessage, _ state: KeyState) throws {
        let key = try TrusteeKey<Group>(reading: message.content)
        for other in state.all(.singleKey) where other.number != message.number {
            guard try TrusteeKey<Group>(reading: other.content).element != key.element else {
                throw TrusteesFault.repeatedKey(message.number)
            }
        }
    }

    private func checkCertificate(_ message: TrusteeMessage, _ state: KeyState) throws {
        let others = try state.all(.certificate).map {
            ($0.number, try SignedMessage<Group>(reading: $0.content))
        }
        try Ceremony<Group>.check(
            try SignedMessage(reading: message.content), of: message.number, size: state.box.choices.trustees,
            threshold: state.box.choices.threshold, among: Dictionary(others) { first, _ in first })
    }

    private func checkVerificationKey(_ message: TrusteeMessage, _ state: KeyState) throws {
        try ceremony(state).check(
            try TrusteeKey(reading: message.content), of: message.number,
            polynomials: state.all(.polynomial).map { try PolynomialMessage(reading: $0.content) })
    }

    private func checkTrial(_ message: TrusteeMessage, _ state: KeyState) throws {
        let (trustees, fingerprint) = try sealed(state)
        let number = trial(fingerprint, message.number)
        try PartialDecryption<Group>(reading: message.content).check(
            of: EncryptedTally(trial: number), key: trustees.keys[message.number - 1].element,
            fingerprint: "trial|\(fingerprint)")
    }

    private func checkedDecryption(_ message: TrusteeMessage, _ state: KeyState) throws -> TrusteeMessage {
        let (trustees, fingerprint) = try sealed(state)
        guard let tally = state.tally else { throw BoxError.notYourTurn }
        let bound = try BoundDecryption<Group>(reading: message.content)
        try bound.check(
            of: try EncryptedTally(reading: tally), key: trustees.keys[message.number - 1].element,
            fingerprint: fingerprint)
        return TrusteeMessage(number: message.number, kind: message.kind, content: bound.part.text)
    }

    private func sealed(_ state: KeyState) throws -> (Trustees<Group>, String) {
        guard let opening = state.opening, let fingerprint = state.box.fingerprint else {
            throw BoxError.notYourTurn
        }
        return (try Trustees(reading: opening.trustees), fingerprint)
    }

    private func trial(_ fingerprint: String, _ trustee: Int) -> Group.Scalar {
        // Drawn by nobody: whoever knows the box can compute it, and no ciphertext of a voter has it.
        Group.Scalar(reducingBigEndian: HashDigest(of: "trial_number|\(fingerprint)|\(trustee)").bytes)
    }

    func trialNumber(fingerprint: String, trustee: Int) -> String {
        String(decoding: trial(fingerprint, trustee).text, as: UTF8.self)
    }

    func keys(
        _ messages: [TrusteeMessage], of trustees: [BoxTrustee]
    ) throws -> (text: [UInt8], publicKey: [UInt8]) {
        func all(_ kind: TrusteeMessage.Kind) -> [[UInt8]] {
            messages.filter { $0.kind == kind }.sorted { $0.number < $1.number }.map(\.content)
        }
        let singles = all(.singleKey)
        let entries: [Trustees<Group>.Entry] =
            if singles.isEmpty {
                [
                    .pedersen(
                        try PedersenKeys(
                            certificates: all(.certificate).map { try SignedMessage(reading: $0) },
                            polynomials: all(.polynomial).map { try PolynomialMessage(reading: $0) },
                            verificationKeys: all(.verificationKey).map { try TrusteeKey(reading: $0) }))
                ]
            } else {
                try singles.map { .single(try TrusteeKey(reading: $0)) }
            }
        let made = try Trustees(entries)
        return (made.text, Group.text(of: made.publicKey))
    }

    func sums(of election: [UInt8]) throws -> any BallotSums {
        GroupSums(
            tally: EncryptedTally<Group>(questions: try ElectionDescription(reading: election).questions),
            questions: try ElectionDescription(reading: election).questions)
    }

    func result(
        _ decryptions: [TrusteeMessage], of tally: [UInt8], keys: [UInt8], votes: Int
    ) throws -> [UInt8] {
        var parts: [Int: PartialDecryption<Group>] = [:]
        for message in decryptions { parts[message.number] = try PartialDecryption(reading: message.content) }
        let decryption = try Decryption(
            parts, of: try EncryptedTally(reading: tally), by: try Trustees(reading: keys))
        guard let result = decryption.result(totalWeight: votes) else {
            throw BoxError.messageRefused(DecryptionFault.noResult.message)
        }
        return result.text
    }
}

private struct GroupSums<Group: VotingGroup>: BallotSums {
    var tally: EncryptedTally<Group>
    let questions: [HomomorphicQuestion]

    var text: [UInt8] { tally.text }

    mutating func add(_ ballots: [[UInt8]]) async throws {
        let questions = questions
        let part = max(1, (ballots.count + 15) / 16)
        let sums = try await withThrowingTaskGroup(of: EncryptedTally<Group>.self) { tasks in
            for start in stride(from: 0, to: ballots.count, by: part) {
                tasks.addTask {
                    var sum = EncryptedTally<Group>(questions: questions)
                    for text in ballots[start..<min(start + part, ballots.count)] {
                        sum.add(try Ballot<Group>(reading: text).answers)
                    }
                    return sum
                }
            }
            var total = EncryptedTally<Group>(questions: questions)
            for try await sum in tasks { total.add(sum) }
            return total
        }
        tally.add(sums)
    }
}
