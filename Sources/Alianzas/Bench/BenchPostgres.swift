import ArgumentParser
import Foundation
import Glibc
import Kernel
import Postgres
import Tenancy

/// `alianzas bench postgres`: transactions of one statement in a tenant's scope, against `pgbench` with the same
/// statements in a pipeline.
struct BenchPostgres: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "postgres", abstract: "Mide las transacciones de una entidad, al lado de pgbench.",
        discussion: """
            Cada transacción es una ida y vuelta: begin, la entrada a la entidad, la sentencia y commit. pgbench \
            manda lo mismo, preparado y en un solo envío. Se alternan y se da la mediana de las razones.
            """)

    @Option(help: ArgumentHelp("Cuántas tareas a la vez; se puede repetir.", valueName: "número"))
    var tasks = [8, 32]

    @Option(help: ArgumentHelp("Cuántas rondas de cada medida.", valueName: "número"))
    var rounds = 5

    @Option(help: ArgumentHelp("Cuánto dura cada medida, en segundos.", valueName: "segundos"))
    var seconds = 2

    @Option(help: ArgumentHelp("Cuántas conexiones puede tener el programa.", valueName: "número"))
    var connections = PgSettings.standardConnections

    @Flag(help: "Responde en JSON, que es la única forma de esta respuesta.")
    var json = false

    private struct Answer: Encodable {
        let reference: String
        let cores: Int
        let connections: Int
        let seconds: Int
        let runs: [Run]
    }

    private struct Run: Encodable {
        let name: String
        let tasks: Int
        let ratio: Double
        let ratios: [Double]
        let rate: Int
        let referenceRate: Int
        let processorTime: Double

        enum CodingKeys: String, CodingKey {
            case name, tasks, ratio, ratios
            case rate = "transactions_per_second"
            case referenceRate = "reference_transactions_per_second"
            case processorTime = "cpu_microseconds"
        }
    }

    func validate() throws {
        guard rounds > 0, seconds > 0, connections > 0, tasks.allSatisfy({ $0 > 0 }) else {
            throw ValidationError("Los números tienen que ser mayores que cero.")
        }
    }

    func run() async throws {
        let answer = try await Workbench.with { workbench in
            var settings = workbench.database.settings
            settings.connectionsPerRole = connections
            let database = Database(settings)
            defer { database.close() }
            let rows = try await BenchRows.make(in: workbench)
            var runs: [Run] = []
            for load in [Load.select, .insert] {
                for tasks in tasks {
                    runs.append(try await measure(load, tasks: tasks, rows, of: database, on: workbench))
                }
            }
            return Answer(
                reference: try await workbench.run("pgbench", ["--version"])
                    .trimmingCharacters(in: .whitespacesAndNewlines)
                    + ", --protocol=prepared, \\startpipeline",
                cores: ProcessInfo.processInfo.activeProcessorCount, connections: connections,
                seconds: seconds, runs: runs)
        }
        try Terminal.print(json: answer)
    }

    /// What is run over and over.
    private enum Load: String {
        case select, insert
    }

    private func measure(
        _ load: Load, tasks: Int, _ rows: BenchRows, of database: Database, on workbench: Workbench
    ) async throws -> Run {
        var ours: [Double] = []
        var theirs: [Double] = []
        var cpu: [Double] = []
        let script = try write(
            load == .select ? rows.selectScript : rows.insertScript, named: load.rawValue, in: workbench)
        for round in 0..<rounds {
            // Who goes first has the quieter or the louder half of the round: each in turn.
            if round % 2 == 0 { theirs.append(try await reference(script, tasks, rows, workbench)) }
            let (rate, microseconds) = try await product(load, tasks, rows, database)
            ours.append(rate)
            cpu.append(microseconds)
            if round % 2 == 1 { theirs.append(try await reference(script, tasks, rows, workbench)) }
            Terminal.note(
                "\(load.rawValue) \(tasks): \(Int(ours[round])) / \(Int(theirs[round])) = "
                    + "\((ours[round] / theirs[round]).rounded(places: 2))")
        }
        let ratios = zip(ours, theirs).map { $0 / $1 }
        return Run(
            name: load.rawValue, tasks: tasks, ratio: median(ratios).rounded(places: 3),
            ratios: ratios.map { $0.rounded(places: 3) }, rate: Int(median(ours)),
            referenceRate: Int(median(theirs)),
            processorTime: median(cpu).rounded(places: 1))
    }

    // MARK: The reference

    private func write(_ script: String, named name: String, in workbench: Workbench) throws -> String {
        let file = workbench.folder.appending(path: "\(name).pgbench")
        try Data(script.utf8).write(to: file)
        return file.path
    }

    /// Transactions a second of pgbench.
    private func reference(
        _ script: String, _ tasks: Int, _ rows: BenchRows, _ workbench: Workbench
    ) async throws -> Double {
        let threads = min(tasks, ProcessInfo.processInfo.activeProcessorCount)
        let output = try await workbench.run(
            "pgbench",
            [
                "--no-vacuum", "--protocol=prepared", "--client=\(tasks)", "--jobs=\(threads)",
                "--time=\(seconds)", "--file=\(script)", "--define=organization=\(rows.organization)",
                workbench.database.settings.connectionString(for: .app),
            ])
        guard let match = output.firstMatch(of: /tps = ([0-9.]+) \(without initial/),
            let rate = Double(match.1)
        else { throw WorkbenchError.programFailed("pgbench", output) }
        return rate
    }

    // MARK: The product

    /// Transactions a second of the product, and the processor's time that each took it.
    private func product(
        _ load: Load, _ tasks: Int, _ rows: BenchRows, _ database: Database
    ) async throws -> (rate: Double, microseconds: Double) {
        // Connections and prepared statements are there before the clock starts, as pgbench's are.
        _ = try await transactions(load, tasks, rows, database, for: .milliseconds(200))
        let (begun, used) = (ContinuousClock.now, processSeconds())
        let count = try await transactions(load, tasks, rows, database, for: .seconds(seconds))
        let elapsed = begun.duration(to: .now).seconds
        return (Double(count) / elapsed, (processSeconds() - used) * 1e6 / Double(count))
    }

    private func transactions(
        _ load: Load, _ tasks: Int, _ rows: BenchRows, _ database: Database, for time: Duration
    ) async throws -> Int {
        let end = ContinuousClock.now + time
        return try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<tasks {
                group.addTask {
                    var count = 0
                    var random = PlainRandom()
                    while ContinuousClock.now < end {
                        switch load {
                        case .select: try await rows.select(from: database, &random)
                        case .insert: try await rows.insert(into: database, &random)
                        }
                        count += 1
                    }
                    return count
                }
            }
            return try await group.reduce(0, +)
        }
    }
}
