import ArgumentParser

/// `alianzas audit …`: the chains of events, for who wants to be sure of them.
struct Audit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Comprueba y ancla las cadenas de auditoría.",
        discussion: """
            Cada acto queda en una cadena: cada eslabón lleva la huella del anterior. Quien administra la base de \
            datos podría rehacer una cadena completa; lo que se ancló por fuera lo delata. Guarde las anclas donde \
            esa persona no llegue.
            """,
        subcommands: [AuditVerify.self, AuditAnchor.self])
}
