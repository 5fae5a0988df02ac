public import Foundation

/// Has a program of the installation's choice look at each file that people send, before anything is made of it
/// (`ALIANZAS_SCAN`, such as `/usr/bin/clamdscan --fdpass --no-summary`). It gets the path of the file as its last
/// argument, and says by its status what it found, as ClamAV's do: 0 nothing, 1 something harmful.
public struct UploadScanner: Sendable {
    private let executable: URL
    private let arguments: [String]
    private let limit: Duration

    /// Makes a scanner.
    ///
    /// - Parameters:
    ///   - executable: The program.
    ///   - arguments: What stands before the path of the file.
    ///   - limit: How long it may take for one file.
    public init(executable: URL, arguments: [String], limit: Duration = .seconds(300)) {
        self.executable = executable
        self.arguments = arguments
        self.limit = limit
    }

    /// What the person reads of a file that is not taken in; `nil` for one that is.
    func refusal(of file: UploadedFile) async throws -> String? {
        let run = LimitedProcess(
            executable: executable, arguments: arguments + [file.location.path],
            folder: file.location.deletingLastPathComponent(), limit: limit)
        let status: Int32
        do {
            status = try await run.status()
        } catch is LimitedProcess.Failure {
            status = -1
        }
        switch status {
        case 0: return nil
        case 1:
            return
                "«\(file.name)» trae un programa dañino y no se recibió. Revise el equipo del que viene y envíe otra copia."
        // What was not looked at is not taken in.
        default:
            return
                "«\(file.name)» no se pudo revisar contra programas dañinos. Espere un minuto y envíelo otra vez; si sigue igual, avise a quien opera la plataforma."
        }
    }
}
