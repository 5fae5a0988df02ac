import ArgumentParser
import Foundation
import Glibc
import Kernel
import Postgres

/// What the terminal shows, and with which status the program ends.
enum Terminal {
    /// How a command ended, as scripts read it.
    enum Status: Int32 {
        case done = 0
        case refused = 1
        case usage = 2
    }

    /// Prints a line of the answer.
    static func print(_ line: String) {
        write(line + "\n", to: .standardOutput)
    }

    /// Prints an answer for machines, as one line of JSON with its keys in order.
    static func print(json answer: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        print(String(decoding: try encoder.encode(answer), as: UTF8.self))
    }

    /// Says what is going on, apart from the answer.
    static func note(_ line: String) {
        write(line + "\n", to: .standardError)
    }

    /// Writes over the line of the terminal that shows how far something is.
    static func overwriteLine(_ words: String) {
        write("\r\u{1B}[K\(words)", to: .standardError)
    }

    private static func write(_ text: String, to handle: FileHandle) {
        try? handle.write(contentsOf: Data(text.utf8))
    }

    // MARK: Ends

    /// What went wrong, as `--json` prints it.
    private struct Refusal: Encodable {
        let error: String
        let message: String
        let field: String?
    }

    /// Says what went wrong and ends the program.
    static func finish(after error: any Error) -> Never {
        let end = end(after: error)
        if CommandLine.arguments.contains("--json"), let refusal = end.refusal {
            try? print(json: refusal)
        } else if end.status == .done {
            write(end.text, to: .standardOutput)
        } else {
            write(end.text, to: .standardError)
        }
        exit(end.code)
    }

    private struct End {
        var status: Status
        var code: Int32 { explicit ?? status.rawValue }
        var text = ""
        var refusal: Refusal?
        /// A status that a command chose itself.
        var explicit: Int32?
    }

    private static func end(after error: any Error) -> End {
        switch error {
        case let chosen as ExitCode:
            return End(status: .refused, explicit: chosen.rawValue)
        case let error as any UserFacingError:
            return End(
                status: error is ConfigurationError ? .usage : .refused, text: error.message + "\n",
                refusal: Refusal(error: error.code, message: error.message, field: error.field))
        case let error as PostgresError:
            let message =
                "La base de datos no pudo hacerlo: \(error.description). "
                + "Si se repite, envíe este mensaje a quien administra el servidor."
            return End(
                status: .refused, text: message + "\n",
                refusal: Refusal(error: "database", message: message, field: nil))
        case is CancellationError:
            return End(status: .refused, text: "Se detuvo antes de terminar.\n")
        default:
            break
        }
        let code = Alianzas.exitCode(for: error)
        let text = SpanishUsage.translated(Alianzas.fullMessage(for: error))
        if code.isSuccess { return End(status: .done, text: text + "\n") }
        if code == .validationFailure {
            return End(
                status: .usage, text: text + "\n",
                refusal: Refusal(
                    error: "usage", message: SpanishUsage.translated(Alianzas.message(for: error)), field: nil
                ))
        }
        let message = "Algo falló de nuestro lado: \(String(reflecting: error))"
        return End(
            status: .refused, text: message + "\n",
            refusal: Refusal(error: "unexpected", message: message, field: nil))
    }
}
