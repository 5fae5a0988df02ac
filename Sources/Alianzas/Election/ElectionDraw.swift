import ArgumentParser
import Elections
import Kernel

/// Repeats a draw from its public seed.
struct ElectionDraw: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "draw",
        abstract: "Repite un sorteo a partir de su semilla pública.",
        discussion: """
            Dé las partes de la semilla en el orden en que las trae el acta de escrutinio, cada una con su --seed. \
            Los nombres que llevan coma se dan uno por uno, cada uno con su --among.
            """)

    @Option(help: "Una parte de la semilla pública; se repite por cada parte, en orden.")
    var seed: [String]

    @Option(help: "Los nombres que entran al sorteo, en cualquier orden: A,B,C, o un --among por cada uno.")
    var among: [String]

    @Option(help: "Cuántos de ellos obtienen puesto.")
    var seats: Int

    @Flag(help: "Responde en JSON.")
    var json = false

    /// Those who are drawn: the parts of a single list, or each name whole where several are given.
    private var contenders: [Contender] {
        let names = among.count == 1 ? among[0].split(separator: ",").map(String.init) : among
        return names.map { Contender(rawValue: $0.trimmingBlanks) }
    }

    func run() throws {
        let draw: Draw
        do {
            draw = try Draw(among: contenders, places: seats, seed: DrawSeed(seed))
        } catch {
            throw ValidationError(error.message)
        }
        if json {
            print(draw.json)
        } else {
            for step in draw.steps { print(step.sentence() + ".") }
            let winners = draw.winners.map(\.rawValue)
            print("\(winners.count == 1 ? "Sale" : "Salen"): \(SpanishFormat.list(winners)).")
        }
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
