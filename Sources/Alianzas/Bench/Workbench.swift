import Foundation
import Kernel
import Postgres
import Tenancy

/// A database for measurements: a cluster of its own, set up as the product sets its own up, with the product's
/// schema and catalogues and no data.
struct Workbench: Sendable {
    /// The database.
    let database: Database
    /// The municipalities of the catalogue.
    let divipola: Divipola
    /// A folder for files; it goes with the cluster.
    let folder: URL
    /// The folder of PostgreSQL's programs.
    let programs: URL

    /// Makes a database for the length of the closure.
    static func with<Result>(_ body: (Workbench) async throws -> Result) async throws -> Result {
        let configuration = try Configuration.current()
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "alianzas-bench-\(ProcessInfo.processInfo.processIdentifier)")
        let contents = PrivateCluster.Contents.product(of: configuration)
        let cluster = try await PrivateCluster.open(
            at: folder.path, for: .serving, contents: contents, program: "alianzas bench")
        let database = Database(cluster.settings)
        let outcome: Swift.Result<Result, any Error>
        do {
            try await Migrations(directory: configuration.migrations).apply(to: database, as: .owner)
            let catalogue = try Catalogue(folder: configuration.catalogues)
            try await catalogue.load(into: database)
            let workbench = Workbench(
                database: database, divipola: catalogue.divipola, folder: folder,
                programs: URL(filePath: try await PrivateCluster.programs(), directoryHint: .isDirectory))
            outcome = .success(try await body(workbench))
        } catch {
            outcome = .failure(error)
        }
        database.close()
        await cluster.stop()
        try FileManager.default.removeItem(at: folder)
        return try outcome.get()
    }

    /// Runs one of PostgreSQL's programs to its end.
    ///
    /// - Returns: What it wrote to its standard output.
    /// - Throws: ``WorkbenchError`` where it is not there or ends badly.
    func run(_ program: String, _ arguments: [String]) async throws -> String {
        try await BenchProgram.run(programs.appending(path: program).path, arguments, in: folder)
    }
}

/// Another program, run to its end.
enum BenchProgram {
    /// Runs a program.
    ///
    /// - Parameters:
    ///   - path: Where it is.
    ///   - arguments: What it is given.
    ///   - environment: What is set for it beside what this process has.
    ///   - folder: Where what it writes is kept meanwhile.
    /// - Returns: What it wrote to its standard output.
    /// - Throws: ``WorkbenchError`` where it is not there or ends badly.
    static func run(
        _ path: String, _ arguments: [String], environment: [String: String] = [:], in folder: URL
    ) async throws -> String {
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw WorkbenchError.programMissing(path)
        }
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let program = URL(filePath: path).lastPathComponent
        // Files, since a pipe that nobody empties meanwhile stops its writer.
        let output = folder.appending(path: "\(program).out")
        let errors = folder.appending(path: "\(program).err")
        for file in [output, errors] { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        let status: Int32 = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        guard status == 0 else {
            throw WorkbenchError.programFailed(program, try String(contentsOf: errors, encoding: .utf8))
        }
        return try String(contentsOf: output, encoding: .utf8)
    }
}

/// Why nothing can be measured.
enum WorkbenchError: UserFacingError, Hashable {
    case programMissing(String)
    case programFailed(String, String)
    case rowsRefused(Int)
    case noResult

    var code: String {
        switch self {
        case .programMissing: "bench.program_missing"
        case .programFailed: "bench.program_failed"
        case .rowsRefused: "bench.rows_refused"
        case .noResult: "bench.no_result"
        }
    }
    var kind: ErrorKind { .unavailable }
    var message: String {
        switch self {
        case .programMissing(let path):
            "Falta el programa «\(path)». Instale postgresql-15 o belenios-tool."
        case .programFailed(let program, let output):
            "El programa «\(program)» falló: \(output)"
        case .rowsRefused(let count):
            "El archivo de prueba debía entrar completo y se rechazaron \(count) filas. Informe de este error."
        case .noResult: "La urna de prueba no dio su resultado. Informe de este error."
        }
    }
}

/// The median of some figures; 0 of none.
func median(_ figures: [Double]) -> Double {
    guard !figures.isEmpty else { return 0 }
    let sorted = figures.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

extension Double {
    /// Rounded for reading, to some decimal places.
    func rounded(places: Int) -> Double {
        let factor = (0..<places).reduce(1.0) { power, _ in power * 10 }
        return (self * factor).rounded() / factor
    }
}

extension Duration {
    /// Seconds, with their fraction.
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
