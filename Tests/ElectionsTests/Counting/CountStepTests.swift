import Testing

@testable import Elections

@Suite struct CountStepTests {
    private func sentences(
        _ votes: KeyValuePairs<Contender, Int>, blank: Int = 0, under terms: CountingTerms,
        naming name: (Contender) -> String = { "Plancha \($0)" }
    ) throws -> [String] {
        try Tally(votes.map { Tally.Entry($0.key, votes: $0.value) }, blank: blank)
            .counted(under: terms).steps.map { $0.sentence(naming: name) }
    }

    @Test func `a count by quotient reads as it is done by hand`() throws {
        #expect(
            try sentences(["A": 50, "B": 30, "C": 16], blank: 24, under: CountingTerms(.quotient, seats: 3))
                == [
                    "Votos válidos: 96 por candidaturas + 24 en blanco = 120",
                    "Cuociente: 120 votos válidos ÷ 3 puestos = 40",
                    "Plancha A: 50 ÷ 40 = 1 puesto, residuo 10",
                    "Plancha B: 30 ÷ 40 = 0 puestos, residuo 30",
                    "Plancha C: 16 ÷ 40 = 0 puestos, residuo 16",
                    "Quedan 2 puestos para los residuos más altos",
                    "Plancha B: residuo 30, el más alto, 1 puesto",
                    "Plancha C: residuo 16, el 2.º más alto, 1 puesto",
                ])
    }

    @Test func `a count by the figure shows each division and the place of the figure`() throws {
        #expect(
            try sentences(
                ["A": 40, "B": 40, "C": 10], under: CountingTerms(.distributingFigure, seats: 3)) == [
                    "Votos válidos: 90 por candidaturas + 0 en blanco = 90",
                    """
                    Divisiones por 1, 2, 3…, de mayor a menor: 1.º Plancha A 40 ÷ 1 = 40; 2.º Plancha B 40 ÷ 1 \
                    = 40; 3.º Plancha A 40 ÷ 2 = 20; 4.º Plancha B 40 ÷ 2 = 20
                    """,
                    "Cifra repartidora: el resultado que ocupa el lugar 3 es 20",
                    "Plancha A: la cifra 20 cabe 2 veces en 40, la última en empate, 1 puesto",
                    "Plancha B: la cifra 20 cabe 2 veces en 40, la última en empate, 1 puesto",
                    "Plancha C: la cifra 20 cabe 0 veces en 10, 0 puestos",
                    "Empate entre Plancha A y Plancha B con resultado 20: 1 puesto se define por sorteo",
                ])
    }

    @Test func `thresholds, short lists and vacancies say what happened`() throws {
        let terms = try CountingTerms(
            .quotient, seats: 5, threshold: Fraction("1/2"), sizes: ["A": 3], blankMajority: true)
        #expect(
            try sentences(["A": 81, "B": 9, "C": 10], under: terms) == [
                "Votos válidos: 100 por candidaturas + 0 en blanco = 100",
                "Voto en blanco: 0 de 100 votos válidos; gana con más de la mitad, 51: no gana",
                "Cuociente: 100 votos válidos ÷ 5 puestos = 20",
                "Umbral: 1/2 del cuociente 20 = 10",
                "Plancha B: 9 votos, no alcanza el umbral",
                "Plancha A: 81 ÷ 20 = 4 puestos, residuo 1",
                "Plancha C: 10 ÷ 20 = 0 puestos, residuo 10",
                "Queda 1 puesto para los residuos más altos",
                "Plancha C: residuo 10, el más alto, 1 puesto",
                "Plancha A obtuvo 4 puestos y tiene 3 candidatos: 1 puesto queda vacante",
            ])
    }

    @Test func `majorities say the votes that were needed`() throws {
        #expect(
            try sentences(
                ["Ana": 1200, "Inés": 800, "Luz": 1], blank: 2000,
                under: CountingTerms(.absoluteMajority, seats: 1), naming: \.rawValue) == [
                    "Votos válidos: 2.001 por candidaturas + 2.000 en blanco = 4.001",
                    "Mayoría absoluta: más de la mitad de los 4.001 votos válidos son 2.001",
                    "1.º lugar: Ana, 1.200 votos",
                    "2.º lugar: Inés, 800 votos",
                    "3.º lugar: Luz, 1 voto",
                    "Nadie alcanza 2.001 votos",
                    "Segunda vuelta entre Ana e Inés",
                ])
    }

    @Test(arguments: [
        (40, 1, "40"), (1_234_567, 1, "1.234.567"), (75, 2, "37,5"), (1, 8, "0,125"), (1, 16, "0,0625"),
        (100, 3, "33 y 1/3"), (1, 3, "1/3"), (0, 7, "0"), (1, 32, "1/32"), (20_001, 20, "1.000,05"),
    ])
    func `fractions are said exactly`(numerator: Int, denominator: Int, text: String) throws {
        #expect(try #require(Fraction(numerator, of: denominator)).spanish == text)
    }

    @Test func `whatever is counted, no sentence is empty or ends in a full stop`() throws {
        // Always the same contests, so that each kind of step is sure to be among them.
        let seed: UInt64 = 2026
        var random = Seeded(seed)
        var kinds: Set<String> = []
        for _ in 0..<2000 {
            let contest = GeneratedContest(contenders: 0...6, seats: 1...9, using: &random)
            var result = try contest.result
            if !result.ties.isEmpty { result = try result.settled(by: DrawSeed(["x"])) }
            for step in result.steps {
                let sentence = step.sentence()
                kinds.insert(step.kind)
                #expect(!sentence.isEmpty && !sentence.hasSuffix("."), "seed \(seed): \(contest)")
                #expect(!sentence.contains("\n") && !sentence.contains("  "), "seed \(seed): \(sentence)")
            }
        }
        // All but the number that a draw drops, which no seed of this life will show.
        #expect(kinds.count == 30, "\(kinds.sorted())")
    }
}
