import ArgumentParser

/// `alianzas database …`: what an administrator of the database needs.
struct DatabaseCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "database", abstract: "Para quien administra la base de datos.",
        subcommands: [DatabaseURL.self])
}
