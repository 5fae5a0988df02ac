import ArgumentParser

/// The commands of the terminal about elections.
struct Election: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Count votes and draw lots, for anybody who wants to check a result.",
        subcommands: [ElectionCount.self, ElectionDraw.self])
}
