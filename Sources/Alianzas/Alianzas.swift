import ArgumentParser
import Glibc
import Kernel
import Postgres

/// The program: everything is wired here, and every command of the terminal hangs here.
@main
struct Alianzas: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alianzas",
        abstract: "La plataforma de las alianzas de usuarios de la salud.",
        discussion: """
            Los datos están en la carpeta que diga ALIANZAS_DATA, o en el servidor de PostgreSQL que diga \
            ALIANZAS_DATABASE_URL. El resultado es 0 si se hizo, 1 si se rechazó con sus razones y 2 si la orden \
            está mal escrita.
            """,
        subcommands: [
            Serve.self,
            Migrate.self,
            DatabaseCommands.self,
            Organizations.self,
            Users.self,
            Import.self,
            Eligibility.self,
            Election.self,
            Verify.self,
            Generate.self,
            Demo.self,
            Compliance.self,
            Audit.self,
            Bench.self,
        ])

    static func main() async {
        // Sent to a pipe that nobody reads any more, output ends the command with an error, not a signal.
        signal(SIGPIPE, SIG_IGN)
        do {
            // Transactions go fastest on the threads that sleep on their sockets.
            try await withTaskExecutorPreference(SocketExecutor.shared) { try await runCommand() }
        } catch {
            Terminal.finish(after: error)
        }
    }

    private static func runCommand() async throws {
        var command = try parseAsRoot()
        if var command = command as? any AsyncParsableCommand {
            try await command.run()
        } else {
            try command.run()
        }
    }
}
