import ArgumentParser

/// The commands of the terminal about elections.
struct Election: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Cuenta votos y repite sorteos, para quien quiera comprobar un resultado.",
        subcommands: [ElectionCount.self, ElectionDraw.self])
}
