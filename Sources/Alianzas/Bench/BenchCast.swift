import ArgumentParser
import Elections
import Foundation
import Kernel
import VerifiableVoting

/// `alianzas bench cast`: ballots that are taken in for good, against what checking their proofs alone would allow.
struct BenchCast: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cast",
        abstract: "Mide cuántos votos recibe una urna, al lado de la sola revisión de sus pruebas.",
        discussion: """
            Cada papeleta tiene trece cifrados y es de otra persona; muchas llegan a la vez y cada una espera su \
            constancia, que solo se da cuando el voto quedó guardado. La referencia revisa las mismas papeletas en los \
            mismos núcleos y no guarda nada. Se alternan y se da la mediana de las razones.
            """)

    @Option(help: ArgumentHelp("Cuántas papeletas por ronda.", valueName: "número"))
    var ballots = 1_000

    @Option(help: ArgumentHelp("El grupo; se puede repetir. Si no se dice, los dos.", valueName: "nombre"))
    var group = [Belenios2048.name, Ed25519.name]

    @Option(help: ArgumentHelp("Cuántas personas votan a la vez.", valueName: "número"))
    var clients = 64

    @Option(help: ArgumentHelp("Cuántas rondas de cada medida.", valueName: "número"))
    var rounds = 5

    @Flag(help: "Responde en JSON, que es la única forma de esta respuesta.")
    var json = false

    private struct Answer: Encodable {
        let ballots: Int
        let ciphertexts: Int
        let clients: Int
        let cores: Int
        let runs: [Run]
    }

    private struct Run: Encodable {
        let group: String
        let ratio: Double
        let ratios: [Double]
        let rate: Double
        let referenceRate: Double
        let processorTime: Double
        let referenceTime: Double

        enum CodingKeys: String, CodingKey {
            case group, ratio, ratios
            case rate = "ballots_per_second"
            case referenceRate = "reference_ballots_per_second"
            case processorTime = "cpu_milliseconds"
            case referenceTime = "reference_cpu_milliseconds"
        }
    }

    func validate() throws {
        guard ballots > 0, clients > 0, rounds > 0, clients <= BallotIntake.mostWaiting else {
            throw ValidationError("Los números tienen que ser mayores que cero.")
        }
        guard group.allSatisfy([Belenios2048.name, Ed25519.name].contains) else {
            throw ValidationError("El grupo es \(Belenios2048.name) o \(Ed25519.name).")
        }
    }

    func run() async throws {
        let runs = try await Workbench.with { workbench in
            try await withTaskExecutorPreference(globalConcurrentExecutor) {
                var runs: [Run] = []
                for name in group {
                    runs.append(
                        name == Ed25519.name
                            ? try await measure(Ed25519.self, on: workbench)
                            : try await measure(Belenios2048.self, on: workbench))
                }
                return runs
            }
        }
        try Terminal.print(
            json: Answer(
                ballots: ballots, ciphertexts: 13, clients: clients,
                cores: ProcessInfo.processInfo.activeProcessorCount, runs: runs))
    }

    private func measure<Group: VotingGroup>(_: Group.Type, on workbench: Workbench) async throws -> Run {
        let election = try InventedElection<Group>(voters: ballots)
        let texts = try await election.ballots(0..<ballots, by: { $0 }).map(\.text)
        guard let key = ElectionKey<Group>(election.trustees.publicKey) else { throw WorkbenchError.noResult }
        let checker = BallotChecker<Group>(election: election.description, key: key)
        let intake = BallotIntake(database: workbench.database)
        var ours: [Timing] = []
        var theirs: [Timing] = []
        for round in 0...rounds {
            let box = try await BenchBox.make(of: election, round: round, in: workbench)
            // Who goes first has the quieter or the louder half of the round: each in turn.
            if round % 2 == 0 { theirs.append(try await check(texts, with: checker)) }
            ours.append(try await cast(texts, into: box, through: intake))
            if round % 2 == 1 { theirs.append(try await check(texts, with: checker)) }
            let ratio = theirs[round].seconds / ours[round].seconds
            Terminal.note(
                "\(Group.name): \(ratio.rounded(places: 2))\(round == 0 ? ", para entrar en calor" : "")")
            try await box.analyze()
        }
        ours.removeFirst()
        theirs.removeFirst()
        let ratios = zip(theirs, ours).map { $0.seconds / $1.seconds }
        func perBallot(_ time: Double) -> Double { (time * 1_000 / Double(ballots)).rounded(places: 3) }
        func rate(_ timings: [Timing]) -> Double {
            (Double(ballots) / median(timings.map(\.seconds))).rounded(places: 1)
        }
        return Run(
            group: Group.name, ratio: median(ratios).rounded(places: 3),
            ratios: ratios.map { $0.rounded(places: 3) }, rate: rate(ours), referenceRate: rate(theirs),
            processorTime: perBallot(median(ours.map(\.processorTime))),
            referenceTime: perBallot(median(theirs.map(\.processorTime))))
    }

    /// How long a round took, in seconds of the clock and of this process's processors.
    private struct Timing {
        let seconds: Double
        let processorTime: Double

        init(of work: () async throws -> Void) async rethrows {
            let (begun, used) = (ContinuousClock.now, processSeconds())
            try await work()
            seconds = begun.duration(to: .now).seconds
            processorTime = processSeconds() - used
        }
    }

    /// Casts each ballot once, by as many people at once as there are clients.
    private func cast<Group: VotingGroup>(
        _ texts: [[UInt8]], into box: BenchBox<Group>, through intake: BallotIntake
    ) async throws -> Timing {
        let timing = try await Timing {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for client in 0..<clients {
                    tasks.addTask {
                        for number in stride(from: client, to: texts.count, by: clients) {
                            _ = try await intake.cast(
                                texts[number], by: box.tokens[number], of: box.organization)
                        }
                    }
                }
                try await tasks.waitForAll()
            }
        }
        guard try await box.ballots() == texts.count else { throw WorkbenchError.noResult }
        return timing
    }

    /// Checks each ballot once, on all cores.
    private func check<Group: VotingGroup>(
        _ texts: [[UInt8]], with checker: BallotChecker<Group>
    ) async throws -> Timing {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        return try await Timing {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for start in 0..<cores {
                    tasks.addTask {
                        for number in stride(from: start, to: texts.count, by: cores) {
                            _ = try checker.check(texts[number])
                        }
                    }
                }
                try await tasks.waitForAll()
            }
        }
    }
}

/// The processor's time that this process has used, in seconds.
func processSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
