import Foundation
import Kernel
import Tenancy
import Web

/// The program that sends the installation's text messages (`ALIANZAS_SMS`): providers have an interface each, and a
/// script of a few lines knows it. It gets the number with its country last (`+573001234567`) and the text on standard
/// input; a status other than 0 says that the message was not taken, and it is handed over again later.
struct TextRelay: Sendable {
    let program: Configuration.OutsideProgram
    /// How long it may take for one message.
    private static let limit: Duration = .seconds(30)

    /// Hands messages over to the program.
    func carrier() -> TextCarrier {
        { message, number in
            let status = try await LimitedProcess(
                executable: program.executable, arguments: program.arguments + [number],
                folder: FileManager.default.temporaryDirectory, input: message.text, limit: Self.limit
            ).status()
            guard status == 0 else { throw TextFailure(status: status) }
        }
    }
}

/// A message was not taken.
struct TextFailure: Error, CustomStringConvertible {
    let status: Int32

    var description: String { "ALIANZAS_SMS ended with status \(status)" }
}
