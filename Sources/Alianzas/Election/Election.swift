import ArgumentParser

/// The commands of the terminal about elections.
struct Election: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Hace claves y votos sin servidor, descifra la suma, cuenta votos y repite sorteos.",
        subcommands: [
            ElectionBallot.self, ElectionCredentials.self, ElectionDecrypt.self, ElectionCount.self,
            ElectionDraw.self,
        ])
}
