import ArgumentParser
import Elections
import Foundation
import Glibc
import Kernel
import VerifiableVoting

/// `alianzas election decrypt`: a trustee's part of the count without a page, for boxes of any size.
struct ElectionDecrypt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decrypt",
        abstract: "Descifra la suma de una urna con la parte de la llave de un custodio.",
        discussion: """
            Verifica el archivo .bel entero, suma él mismo los votos cifrados y muestra lo que los custodios se leen antes \
            de descifrar: papeletas, personas y los signos del cierre. Pide entonces la palabra DESCIFRAR; con --closing se \
            le dicen los signos del cierre y no pregunta. Deja el descifrado en un archivo nuevo, que se entrega en «Mi \
            parte de la llave» y no es secreto. Funciona sin servidor y sin conexión.

            Sin --key pide los 22 signos de la hoja de respaldo en la entrada; nunca van en la línea de órdenes, donde otros \
            procesos los verían. Si la llave es de varios custodios de los que bastan algunos, necesita además los mensajes \
            con que la hicieron (estado.json), que se descargan de la misma página.

            Dos sumas de la misma urna que se diferencian en un voto muestran ese voto. Con --key recuerda junto al archivo \
            de la llave (llave.json.suma) cuál descifró y no acepta otra; una copia de la llave en otro lugar y los signos de \
            la hoja no recuerdan nada, ni lo que se descifró en la página. Lo que protege el voto es comparar en voz alta.
            """)

    @Argument(help: ArgumentHelp("La urna: un archivo .bel.", valueName: "archivo"))
    var file: String

    @Option(
        help: ArgumentHelp(
            "El archivo de la llave; si no se dice, se piden los signos de la hoja.", valueName: "archivo"))
    var key: String?

    @Option(help: ArgumentHelp("Los mensajes con que los custodios hicieron la llave.", valueName: "archivo"))
    var ceremony: String?

    @Option(
        help: ArgumentHelp(
            "Los signos del cierre que leyeron los custodios: 32 o más de su huella.", valueName: "huella"))
    var closing: String?

    @Option(help: ArgumentHelp("Dónde queda el descifrado.", valueName: "archivo"))
    var output: String?

    func run() async throws {
        let questions = TerminalQuestions(isShown: isatty(STDIN_FILENO) == 1)
        let desk = try TerminalTrustee(key: key, ceremony: ceremony, asking: questions)
        let report = try await verified()
        let sum = try SumToDecrypt(report)
        let part = try desk.part(in: sum)
        sum.lines.forEach(Terminal.print)
        try agree(on: sum, asking: questions)
        try desk.bind(to: sum)
        let path = output ?? "descifrado-del-custodio-\(part.owner)-\(sum.election.uuid).json"
        do {
            try NewFile.write(part.decrypt(), to: path)
        } catch {
            throw error.code == .EEXIST ? TerminalTrusteeError.exists(path) : .unwritable(path)
        }
        Terminal.print("Descifrado: \(path). Entréguelo en «Mi parte de la llave».")
    }

    private func verified() async throws -> VerificationReport {
        let archive: ArchiveFile
        do { archive = try ArchiveFile(path: file) } catch { throw TerminalTrusteeError.unreadable(file) }
        let line = ProgressLine(isShown: true)
        var verifier = ArchiveVerifier()
        verifier.progress = { line.show($0) }
        defer { line.end() }
        do { return try await verifier.verify(archive) } catch let fault as VerificationFault {
            throw TerminalTrusteeError.archive(fault.message)
        }
    }

    /// Goes on where somebody says that this is the sum that all have read.
    private func agree(on sum: SumToDecrypt, asking questions: TerminalQuestions) throws {
        if let closing {
            guard sum.isClosed(by: closing) else { throw TerminalTrusteeError.otherClosing }
            return
        }
        let typed = questions.line("Si todo coincide, escriba DESCIFRAR:")
        guard typed?.trimmingCharacters(in: .whitespaces) == "DESCIFRAR" else {
            throw TerminalTrusteeError.notAgreed
        }
    }
}

/// What is decrypted of a verified archive, and what trustees hold against each other before they do.
struct SumToDecrypt {
    let election: ElectionDescription
    let tally: VerificationReport.Tally
    private let ballots: Int
    private let voters: Int

    /// - Throws: ``TerminalTrusteeError``, where nothing is to be decrypted.
    init(_ report: VerificationReport) throws(TerminalTrusteeError) {
        guard let tally = report.tally else { throw .notTallied }
        guard tally.allWeighOne else { throw .weights }
        // The sum of fewer would tell too much of each; the page and the server keep to the same number.
        guard report.election.terms?.isMock == true || report.voters >= BallotBox.fewest else {
            throw .fewVoters
        }
        election = report.election
        self.tally = tally
        ballots = report.ballots
        voters = report.voters
    }

    /// What is shown of it.
    var lines: [String] {
        [
            "✔ La urna está completa y correcta, y su suma es la de sus papeletas.",
            "Elección: \(election.name) (\(election.uuid))",
            "Papeletas: \(SpanishFormat.number(ballots)). Personas que votaron: \(SpanishFormat.number(voters)). "
                + "Cierre de la urna:",
            "  \(tally.closing.digest.spoken)",
            "Deben ser los mismos en los equipos de todos los custodios, y las papeletas, las del tablero público menos las "
                + "excluidas. Si algo no coincide, no siga y avise a los testigos.",
        ].map(\.harmless) + (election.terms?.isMock == true ? ["*** SIMULACRO: no elige a nadie. ***"] : [])
    }

    /// Whether these are digits of the event that closed the box, with blanks or without: those that are spoken, at the least.
    func isClosed(by typed: String) -> Bool {
        let digits = typed.filter { !$0.isWhitespace }.lowercased()
        return digits.count >= HashDigest.spokenDigits && tally.closing.digest.description.hasPrefix(digits)
    }
}
