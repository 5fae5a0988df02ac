import ArgumentParser
import Elections
import Foundation
import Kernel

/// Repeats a draw from its public seed.
struct ElectionDraw: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "draw",
        abstract: "Repeat a draw from its public seed.",
        discussion: """
            Give the parts of the seed in the order in which the canvass record prints them, each with its own \
            --seed. Names with a comma are given one by one, each with its own --among.
            """)

    @Option(help: "A part of the public seed; repeat it for each part, in order.")
    var seed: [String]

    @Option(help: "The names of those who are drawn, in any order: A,B,C, or one --among for each.")
    var among: [String]

    @Option(help: "How many of them have a place.")
    var seats: Int

    @Flag(help: "Print one JSON object.")
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
            // What is wrong is in the arguments.
            FileHandle.standardError.write(Data((error.message + "\n").utf8))
            throw ExitCode(2)
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
