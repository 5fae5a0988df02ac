import Foundation
import Glibc

/// The accounts of the demonstration, kept beside its data so that each start can show them.
struct DemoCard {
    /// One account.
    struct Account: Codable {
        /// The kind of user.
        let role: String
        /// The entity, or entities.
        let entity: String
        let login: String
        let password: String
        /// The secret of the second factor, by groups, where the role needs one.
        let secret: String?
    }

    /// All of them.
    struct Accounts: Codable {
        let accounts: [Account]

        /// What the terminal shows.
        func text(at address: String) -> String {
            let width = accounts.map(\.login.count).max() ?? 0
            let lines = accounts.map { account in
                let login = account.login.padding(toLength: width, withPad: " ", startingAt: 0)
                let factor = account.secret == nil ? "" : " (con código)"
                return "  \(login)  \(account.password)  \(account.role), \(account.entity)\(factor)"
            }
            return """
                Alianzas de demostración: \(address)/entrar
                Cada cuenta con su contraseña:
                \(lines.joined(separator: "\n"))
                El código de una cuenta «con código»: alianzas demo code CORREO
                """
        }
    }

    /// The right to load, held until this value goes or the process ends, however it ends.
    final class Turn: Sendable {
        private let descriptor: CInt

        /// Takes the turn; `nil` where another process has it.
        fileprivate init?(at file: URL) {
            descriptor = open(
                file.path(percentEncoded: false), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard descriptor >= 0 else { return nil }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                close(descriptor)
                return nil
            }
        }

        deinit {
            close(descriptor)
        }
    }

    private let file: URL
    private let mark: URL
    private let lock: URL

    /// The card of a data folder.
    init(folder: String) {
        let folder = URL(filePath: folder, directoryHint: .isDirectory)
        file = folder.appending(path: "demostracion.json")
        mark = folder.appending(path: "demostracion.en-curso")
        lock = folder.appending(path: "demostracion.lock")
    }

    /// Whether a load began and did not end. One that had written its accounts had ended but for taking its mark away.
    var isHalfLoaded: Bool {
        FileManager.default.fileExists(atPath: mark.path(percentEncoded: false)) && !isWritten
    }

    /// Whether a load ended in this folder.
    var isWritten: Bool { FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) }

    /// Takes the turn to load.
    ///
    /// - Throws: ``DemoError/isLoading`` where another process has it.
    func takeTurn() throws(DemoError) -> Turn {
        guard let turn = Turn(at: lock) else { throw .isLoading }
        return turn
    }

    /// Notes that the load begins; ``write(_:)`` notes its end.
    func begin() throws {
        try Data().write(to: mark)
    }

    /// Keeps the accounts, readable by their owner alone.
    func write(_ accounts: [Account]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(Accounts(accounts: accounts)).write(to: file, options: .atomic)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: file.path(percentEncoded: false))
        try end()
    }

    /// Takes the mark of a load away that has ended.
    func end() throws {
        guard FileManager.default.fileExists(atPath: mark.path(percentEncoded: false)) else { return }
        try FileManager.default.removeItem(at: mark)
    }

    /// The accounts that were kept; `nil` where the data are not the demonstration's.
    func read() throws -> Accounts? {
        guard let data = FileManager.default.contents(atPath: file.path(percentEncoded: false)) else {
            return nil
        }
        return try JSONDecoder().decode(Accounts.self, from: data)
    }
}
