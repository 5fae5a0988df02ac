import ArgumentParser

/// The commands of the terminal about elections.
struct Election: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Arma votos sin servidor, cuenta votos y repite sorteos.",
        subcommands: [ElectionBallot.self, ElectionCount.self, ElectionDraw.self])
}
