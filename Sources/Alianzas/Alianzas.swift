import ArgumentParser

@main
struct Alianzas: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alianzas", abstract: "The platform of the alliances of health users.",
        subcommands: [Election.self])
}
