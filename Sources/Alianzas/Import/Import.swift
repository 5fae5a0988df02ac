import ArgumentParser

/// `alianzas import`: takes files in.
struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Importa archivos.",
        subcommands: [ImportAffiliatesFile.self, ImportStaffFile.self, ImportSourceFile.self])
}
