import ArgumentParser

/// `alianzas bench …`: measurements, each beside a reference that ran in the same minutes on the same machine.
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Mide el programa al lado de las herramientas que hacen lo mismo.",
        discussion: """
            Las medidas de la base de datos hacen un clúster de PostgreSQL propio, en la carpeta temporal (TMPDIR), y lo \
            borran al final. \
            Lo que vale es la razón entre el programa y su referencia: los tiempos dependen del equipo y de su carga.
            """,
        subcommands: [BenchPostgres.self, BenchImport.self, BenchVerify.self, BenchCast.self])
}
