import ArgumentParser
import Foundation
import Kernel
import Membership
import Postgres
import Tenancy

/// `alianzas bench import`: a file of affiliates, against `psql \copy` of the same file into a table of the same
/// definition.
struct BenchImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Mide la importación de afiliados, al lado de psql \\copy.",
        discussion: """
            El mismo archivo entra con psql \\copy a una tabla con las mismas llaves, índices y restricciones, con el \
            programa a un padrón vacío, y otra vez con el programa cuando nada ha cambiado. La referencia corre antes \
            y después, y cuenta su promedio.
            """)

    @Option(help: ArgumentHelp("Cuántas filas tiene el archivo.", valueName: "número"))
    var rows = 1_000_000

    @Option(help: ArgumentHelp("De qué personas inventadas es el archivo.", valueName: "semilla"))
    var seed: UInt64 = 1

    @Flag(help: "Responde en JSON, que es la única forma de esta respuesta.")
    var json = false

    private struct Answer: Encodable {
        let rows: Int
        let fileMegabytes: Int
        let ratio: Double
        let unchangedRatio: Double
        let peakMemory: Int
        let rate: Int
        let unchangedRate: Int
        let referenceRate: Int
        let phases: [String: Double]
        let reference: String
        let cores: Int

        enum CodingKeys: String, CodingKey {
            case rows, ratio, phases, reference, cores
            case fileMegabytes = "file_mb"
            case unchangedRatio = "unchanged_ratio"
            case peakMemory = "peak_memory_mb"
            case rate = "rows_per_second"
            case unchangedRate = "unchanged_rows_per_second"
            case referenceRate = "reference_rows_per_second"
        }
    }

    func validate() throws {
        guard (1...10_000_000).contains(rows) else {
            throw ValidationError("El archivo tiene de 1 a 10 000 000 de filas.")
        }
    }

    func run() async throws {
        try Terminal.print(json: try await Workbench.with(measure))
    }

    private func measure(on workbench: Workbench) async throws -> Answer {
        let runner = CommandRunner(database: workbench.database)
        let organization = try await RegisterOrganization(
            kind: .insurer, name: "EPS de medida", shortName: "EPS de medida", municipality: "13001",
            codes: ["ESS207", "ESSC07"]
        ).run(through: runner)
        let file = try InventedFile(rows: rows, seed: seed).write(into: workbench.folder)
        let reference = ReferenceTable(workbench: workbench, organization: organization.id)
        try await reference.make()

        var references = [try await reference.copy(file)]
        resetPeakMemory()
        let imports = Imports(runner: runner, divipola: workbench.divipola, organization: organization.id)
        let first = try await imports.take(file, named: "new")
        guard first.summary.new == rows else { throw WorkbenchError.rowsRefused(first.summary.refused) }
        let second = try await imports.take(file, named: "unchanged")
        guard second.summary.unchanged == rows else {
            throw WorkbenchError.rowsRefused(second.summary.refused)
        }
        let peak = peakMemory()
        references.append(try await reference.copy(file))

        let ours = Double(rows) / first.seconds
        let again = Double(rows) / second.seconds
        let theirs = Double(rows) / (references.reduce(0, +) / Double(references.count))
        let size = try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int ?? 0
        return Answer(
            rows: rows, fileMegabytes: size >> 20, ratio: (ours / theirs).rounded(places: 3),
            unchangedRatio: (again / theirs).rounded(places: 3), peakMemory: peak, rate: Int(ours),
            unchangedRate: Int(again), referenceRate: Int(theirs),
            phases: first.phases.merging(second.phases) { $1 }.merging(
                ["reference_before": references[0], "reference_after": references[1]]) { $1 }
                .mapValues { $0.rounded(places: 2) },
            reference: try await workbench.run("psql", ["--version"])
                .trimmingCharacters(in: .whitespacesAndNewlines) + ", \\copy",
            cores: ProcessInfo.processInfo.activeProcessorCount)
    }
}

/// The product's way of a file into the register, timed by its steps.
private struct Imports {
    let runner: CommandRunner
    let divipola: Divipola
    let organization: ID<Organization>

    func take(
        _ file: URL, named name: String
    ) async throws -> (summary: AffiliateImportSummary, seconds: Double, phases: [String: Double]) {
        let imports = ImportAffiliates(runner: runner, divipola: divipola)
        let principal = Principal.terminal(in: organization)
        let begun = ContinuousClock.now
        let preview = try await imports.stage(
            try FileOnDisk(path: file.path), named: file.lastPathComponent, as: principal)
        let staged = ContinuousClock.now
        let summary = try await imports.merge(
            preview.staged, asOf: ColombianTime.date(at: Date()), as: principal)
        let merged = ContinuousClock.now
        Terminal.note("\(name): \(staged - begun) + \(merged - staged)")
        return (
            summary, begun.duration(to: merged).seconds,
            [
                "\(name)_stage": begun.duration(to: staged).seconds,
                "\(name)_merge": staged.duration(to: merged).seconds,
            ]
        )
    }
}

/// A file of people who do not exist.
private struct InventedFile {
    let rows: Int
    let seed: UInt64

    func write(into folder: URL) throws -> URL {
        let data = try Configuration.current().catalogues
        func text(_ name: String) throws -> String {
            try String(contentsOf: data.appending(path: name), encoding: .utf8)
        }
        let people = try InventedPeople(
            InventedPeople.Figures(
                names: text("nombres.csv"), surnames: text("apellidos.csv"),
                ages: text("age_pyramid_2024.csv"), populations: text("municipality_population_2024.csv")),
            seed: seed, today: ColombianTime.date(at: Date()))
        let file = folder.appending(path: "padron.csv")
        try Data(AffiliateFileWriter.header.utf8).write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        try handle.seekToEnd()
        var piece = ""
        for person in people.prefix(rows) {
            piece += AffiliateFileWriter.line(
                of: person, insurer: person.regime == .contributory ? "ESSC07" : "ESS207")
            if piece.utf8.count > 1 << 20 {
                try handle.write(contentsOf: Data(piece.utf8))
                piece = ""
            }
        }
        try handle.write(contentsOf: Data(piece.utf8))
        return file
    }
}

/// A table of the register's definition, into which `psql` copies files: every key, index and constraint of
/// `membership.affiliates`, and what a file does not have by default.
private struct ReferenceTable {
    let workbench: Workbench
    let organization: ID<Organization>

    func make() async throws {
        try await workbench.database.script(
            """
            create schema bench;
            create sequence bench.people;
            create table bench.affiliates (like membership.affiliates including all);
            do $$
            declare
                key record;
            begin
                for key in
                    select conname, pg_get_constraintdef(oid) as definition from pg_constraint
                    where conrelid = 'membership.affiliates'::regclass and contype = 'f'
                loop
                    execute format('alter table bench.affiliates add constraint %I %s', key.conname, key.definition);
                end loop;
            end
            $$;
            alter table bench.affiliates
                alter organization_id set default '\(organization)',
                -- One after the other, as the product's own.
                alter person_id set default lpad(to_hex(nextval('bench.people')), 32, '0')::uuid,
                alter batch_id set default '\(ID<ImportBatch>())',
                alter valid_from set default current_date,
                -- The states as the file names them.
                drop constraint affiliates_state_known,
                add constraint affiliates_state_known check (affiliation_state in ('AC', 'SU', 'RE', 'AF'));
            """, as: .owner)
    }

    /// Copies a file into the table, empty but for it.
    ///
    /// - Returns: Seconds.
    func copy(_ file: URL) async throws -> Double {
        try await workbench.database.script("truncate bench.affiliates", as: .owner)
        let columns = """
            document_type, document_number, first_surname, second_surname, first_name, second_name, birth_date, sex, \
            municipality_code, regime, affiliation_state, phone, email, insurer_code
            """
        let begun = ContinuousClock.now
        _ = try await workbench.run(
            "psql",
            [
                "--no-psqlrc", "--set=ON_ERROR_STOP=1",
                "--command=\\copy bench.affiliates (\(columns)) from '\(file.path)' with (format csv, header, delimiter ';')",
                workbench.database.settings.connectionString(for: .owner),
            ])
        let seconds = begun.duration(to: .now).seconds
        Terminal.note("psql \\copy: \(seconds.rounded(places: 2)) s")
        return seconds
    }
}
