import ArgumentParser
import Foundation
import Kernel
import VerifiableVoting

/// `alianzas bench verify`: the verification of an archive, against `belenios-tool` on the same archive in the same run.
struct BenchVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Mide la verificación de una urna, al lado de belenios-tool.",
        discussion: """
            La urna tiene papeletas de trece cifrados y llaves de dos de tres personas; se hace una vez y queda en la \
            carpeta temporal (TMPDIR). En el grupo Ed25519, que belenios-tool 2.0 no conoce, la referencia son las 59 \
            papeletas por segundo y núcleo que se midieron con la versión 3.0. «ratio» compara todos los núcleos con uno \
            de la referencia, y «ratio_per_core», uno con uno.
            """)

    @Option(help: ArgumentHelp("Cuántas papeletas tiene la urna.", valueName: "número"))
    var ballots = 10_000

    @Option(help: ArgumentHelp("El grupo: \(Belenios2048.name) o \(Ed25519.name).", valueName: "nombre"))
    var group = Belenios2048.name

    @Flag(help: "Responde en JSON, que es la única forma de esta respuesta.")
    var json = false

    /// Ballots a second on one core: belenios-tool 3.0 in Ed25519 (`verifiable-voting.md`, section 5).
    private static let recordedRate = 59.0

    private struct Answer: Encodable {
        let group: String
        let ballots: Int
        let ciphertexts: Int
        let fileMegabytes: Int
        let seconds: Double
        let rate: Double
        let reference: String
        let referenceSeconds: Double?
        let referenceRate: Double
        /// All of our cores against the one of the reference.
        let ratio: Double
        /// One of our cores against the one of the reference.
        let ratioPerCore: Double
        let peakMemory: Int
        let cores: Int

        enum CodingKeys: String, CodingKey {
            case group, ballots, seconds, reference, ratio, cores
            case ciphertexts = "ciphertexts_per_ballot"
            case fileMegabytes = "file_mb"
            case rate = "ballots_per_second"
            case referenceSeconds = "reference_seconds"
            case referenceRate = "reference_ballots_per_second"
            case ratioPerCore = "ratio_per_core"
            case peakMemory = "peak_memory_mb"
        }
    }

    func validate() throws {
        guard (20...1_000_000).contains(ballots) else {
            throw ValidationError("La urna tiene de 20 a 1 000 000 de papeletas.")
        }
        guard [Belenios2048.name, Ed25519.name].contains(group) else {
            throw ValidationError("El grupo es \(Belenios2048.name) o \(Ed25519.name).")
        }
    }

    func run() async throws {
        let answer = try await withTaskExecutorPreference(globalConcurrentExecutor) {
            group == Ed25519.name ? try await measure(Ed25519.self) : try await measure(Belenios2048.self)
        }
        try Terminal.print(json: answer)
    }

    private func measure<Group: VotingGroup>(_: Group.Type) async throws -> Answer {
        let archive = try await archive(of: Group.self)
        resetPeakMemory()
        let begun = ContinuousClock.now
        let report = try await ArchiveVerifier().verify(ArchiveFile(path: archive.path))
        let seconds = begun.duration(to: .now).seconds
        let peak = peakMemory()
        guard report.stage == .finished, report.ballots == ballots else { throw WorkbenchError.noResult }
        Terminal.note("alianzas: \(seconds.rounded(places: 2)) s")
        let rate = Double(ballots) / seconds
        let reference = Group.name == Ed25519.name ? nil : try await referenceTime(of: archive)
        let referenceRate = reference.map { Double(ballots) / $0 } ?? Self.recordedRate
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let size = try FileManager.default.attributesOfItem(atPath: archive.path)[.size] as? Int ?? 0
        return Answer(
            group: Group.name, ballots: ballots, ciphertexts: 13, fileMegabytes: size >> 20,
            seconds: seconds.rounded(places: 2), rate: rate.rounded(places: 1),
            reference: reference == nil
                ? "belenios-tool 3.0, por núcleo, según verifiable-voting.md §5"
                : "belenios-tool \(try await tool(["--version"]).trimmingCharacters(in: .whitespacesAndNewlines))",
            referenceSeconds: reference?.rounded(places: 2), referenceRate: referenceRate.rounded(places: 1),
            ratio: (rate / referenceRate).rounded(places: 2),
            ratioPerCore: (rate / referenceRate / Double(cores)).rounded(places: 2), peakMemory: peak,
            cores: cores)
    }

    /// The archive, in a folder of its own, where the tool looks for it.
    private func archive<Group: VotingGroup>(of _: Group.Type) async throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "alianzas-bench-verify-1-\(Group.name)-\(ballots)")
        let archive = folder.appending(path: "urna.bel")
        guard !FileManager.default.fileExists(atPath: archive.path) else { return archive }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // A run that is stopped leaves no half archive under the name that the next one takes.
        let unfinished = folder.appending(path: "urna.part")
        let begun = ContinuousClock.now
        try await InventedArchive<Group>(ballots: ballots).write(to: unfinished)
        try FileManager.default.moveItem(at: unfinished, to: archive)
        Terminal.note("urna hecha: \(begun.duration(to: .now).seconds.rounded(places: 2)) s")
        return archive
    }

    /// The seconds that the tool takes.
    private func referenceTime(of archive: URL) async throws -> Double {
        let begun = ContinuousClock.now
        _ = try await tool(["election", "verify", "--dir", archive.deletingLastPathComponent().path])
        let seconds = begun.duration(to: .now).seconds
        Terminal.note("belenios-tool: \(seconds.rounded(places: 2)) s")
        return seconds
    }

    private func tool(_ arguments: [String]) async throws -> String {
        // Version 3.0 does not wait for its own checks otherwise.
        try await BenchProgram.run(
            "/usr/bin/belenios-tool", arguments, environment: ["LWT_ASYNC_METHOD": "none"],
            in: FileManager.default.temporaryDirectory)
    }
}
