import ArgumentParser
import Elections
import Foundation
import Kernel
import VerifiableVoting

/// `alianzas verify FILE.bel`: verifies the archive of an election, ours or not, with nothing but the file.
struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verifica una urna electrónica completa, sin servidor ni cuenta.",
        discussion: """
            Revisa cada papeleta con sus pruebas, la cadena de eventos, las llaves, la suma cifrada, el descifrado y el \
            resultado, y vuelve a contar los puestos. Si algo no está bien, nombra el primer evento en que falla y \
            por qué. Sirve para cualquier archivo .bel de Belenios (protocolo 1) con preguntas homomórficas, también \
            mientras se vota.

            Con --against se comprueba además que una copia anterior del mismo archivo sigue intacta al comienzo de \
            este: que desde entonces nada se quitó ni se cambió.
            """)

    @Argument(help: ArgumentHelp("La urna: un archivo .bel.", valueName: "archivo"))
    var file: String

    @Option(help: ArgumentHelp("Una copia anterior de la misma urna.", valueName: "archivo"))
    var against: String?

    @Flag(help: "Muestra el número de seguimiento de cada papeleta, en el orden de la urna.")
    var trackers = false

    @Flag(help: "Responde en JSON.")
    var json = false

    func run() async throws {
        let archive = try Self.open(file)
        let earlier = try against.map(Self.open)
        let line = ProgressLine(isShown: !json)
        var verifier = ArchiveVerifier()
        verifier.counting = CountRequest.answer(to:)
        verifier.keepsTrackers = trackers
        verifier.progress = { line.show($0) }
        let outcome: Result<VerificationReport, VerificationFault>
        do {
            outcome = .success(try await verifier.verify(archive))
        } catch let fault as VerificationFault {
            outcome = .failure(fault)
        }
        line.end()
        let growth = try earlier.map { try Growth(of: archive, since: $0) }
        if json {
            try Terminal.print(json: VerifyAnswer(outcome, growth))
        } else {
            VerifyText(outcome, growth, file: file).lines.forEach(Terminal.print)
        }
        guard case .success = outcome, growth?.isWhole ?? true else {
            throw ExitCode(Terminal.Status.refused.rawValue)
        }
    }

    private static func open(_ path: String) throws -> ArchiveFile {
        do {
            return try ArchiveFile(path: path)
        } catch {
            throw ValidationError("No se puede leer el archivo «\(path)».")
        }
    }
}

/// What has become of an archive since an earlier copy of it was made.
struct Growth {
    /// Whether the copy is the beginning of the archive.
    let isWhole: Bool
    /// The last event of the copy or, where something differs, the first event that does.
    let event: EventReference?
    /// What was found, in Spanish, as a sentence.
    let sentence: String

    init(of later: ArchiveFile, since earlier: ArchiveFile) throws {
        do {
            switch try ArchivePrefix.compare(earlier, with: later) {
            case .grew(let last):
                isWhole = true
                event = last
                sentence =
                    last.map {
                        "La copia anterior, que llega hasta el evento n.º \($0.height), está intacta en esta."
                    }
                    ?? "La copia anterior, que no tenía eventos, está intacta en esta."
            case .cut(let last):
                isWhole = true
                event = last
                sentence =
                    "La copia anterior está cortada, como queda una descarga que no terminó. "
                    + (last.map { "Hasta donde llega, el evento n.º \($0.height), está intacta en esta." }
                        ?? "No alcanza a tener eventos; lo que tiene está intacto en esta.")
            case .differs(let event, let offset):
                isWhole = false
                self.event = event
                sentence =
                    event.map {
                        "La copia anterior tiene el evento n.º \($0.height) (\($0.type.rawValue), \($0.digest)), que en "
                            + "esta urna no está o fue cambiado (byte \(offset)). Conserve las dos copias y avise al "
                            + "comité electoral y al organismo de control."
                    } ?? "La copia anterior no es de esta urna: difieren desde el byte \(offset)."
            }
        } catch let fault as VerificationFault {
            isWhole = false
            event = fault.event
            sentence = "La copia anterior no es una urna válida. \(fault.message)"
        }
    }
}
