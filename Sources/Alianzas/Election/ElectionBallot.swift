import ArgumentParser
import Foundation
import Glibc
import Kernel
import VerifiableVoting

/// `alianzas election ballot`: a booth without a page. What it writes is cast elsewhere.
struct ElectionBallot: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ballot",
        abstract: "Arma y cifra un voto en la terminal, para quien no quiera confiar en una página.",
        discussion: """
            Lee la elección (election.json, o el archivo .bel de la urna) y, de la entrada, la clave de voto y una línea \
            por pregunta: los números de las opciones separados por comas, o «blanco». La clave y el voto nunca van en la \
            línea de órdenes, donde otros procesos los verían.

            Escribe en la salida la papeleta cifrada y firmada, byte por byte como va a la urna, y aparte su número de \
            seguimiento. Con el archivo .bel comprueba además que las llaves sean las de los custodios y que la clave \
            sea de esta votación. Funciona sin servidor y sin conexión.
            """)

    @Argument(help: ArgumentHelp("election.json, o la urna: un archivo .bel.", valueName: "archivo"))
    var file: String

    func run() throws {
        let booth = try TerminalBooth(file: file)
        let ballot = try booth.ballot(asking: TerminalQuestions(isShown: isatty(STDIN_FILENO) == 1))
        try StandardStreams.write(ballot)
        Terminal.note("Número de seguimiento: \(HashDigest(of: ballot).base64)")
    }
}

/// Where a voter's code and answers come from: lines of the input, which a person at a terminal is asked for.
struct TerminalQuestions {
    /// Whether somebody sees what is asked.
    let isShown: Bool

    /// Asks for what is not to be read over a shoulder.
    func secret(_ prompt: String) -> String? {
        guard isShown else { return readLine() }
        var shown = termios()
        guard tcgetattr(STDIN_FILENO, &shown) == 0 else { return line(prompt) }
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
            Terminal.note("")
        }
        return line(prompt)
    }

    /// Asks for a line.
    func line(_ prompt: String) -> String? {
        if isShown { Terminal.overwriteLine(prompt + " ") }
        return readLine()
    }

    /// Says what is asked about.
    func say(_ line: String) {
        if isShown { Terminal.note(line.harmless) }
    }
}
