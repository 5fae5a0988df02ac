import Kernel

extension CountStep {
    /// Returns the step as one Spanish sentence without its full stop, for the acta, the page and the terminal.
    ///
    /// `name` says how a contender is called there: by its name on the ballot, if nothing else is asked for.
    public func sentence(naming name: (Contender) -> String = { $0.rawValue }) -> String {
        switch self {
        case .validVotes(let contenders, let blank):
            """
            Votos válidos: \(contenders.spanish) por candidaturas + \(blank.spanish) en blanco = \
            \((contenders + blank).spanish)
            """
        case .noValidVotes:
            "No hay votos válidos: nadie resulta elegido y la elección queda desierta"
        case .blankMajority(let blank, let valid):
            """
            Voto en blanco: \(blank.spanish) de \(valid.spanish) votos válidos; gana con más de la mitad, \
            \((valid / 2 + 1).spanish): \(blank > valid / 2 ? "gana y nadie resulta elegido" : "no gana")
            """
        case .withoutVotes(let contenders):
            "Sin votos no se obtiene puesto: \(list(contenders, name))"
        case .quotient(let valid, let seats):
            """
            Cuociente: \(counted(valid, "voto válido", "votos válidos")) ÷ \(seatsText(seats)) = \
            \(Fraction(UInt128(valid), over: UInt128(seats)).spanish)
            """
        case .threshold(let share, let quotient, let votes):
            "Umbral: \(share.spanishBar) del cuociente \(quotient.spanish) = \(votes.spanish)"
        case .thresholdMissed(let contender, let votes):
            "\(name(contender)): \(votesText(votes)), no alcanza el umbral"
        case .thresholdReachedByNone:
            "Nadie alcanza el umbral: participan todas"
        case .wholeQuotients(let contender, let votes, let quotient, let seats, let residue):
            """
            \(name(contender)): \(votes.spanish) ÷ \(quotient.spanish) = \(seatsText(seats)), residuo \
            \(residue.spanish)
            """
        case .seatsLeft(let seats):
            "\(seats == 1 ? "Queda" : "Quedan") \(seatsText(seats)) para los residuos más altos"
        case .seatByResidue(let contender, let residue, let place):
            """
            \(name(contender)): residuo \(residue.spanish), el \(place == 1 ? "" : "\(place.spanish).º ")más alto, \
            1 puesto
            """
        case .residuesSpent(let seats):
            "No hay más residuos: \(remainsVacant(seats))"
        case .rankedResults(let results):
            "Divisiones por 1, 2, 3…, de mayor a menor: "
                + results.enumerated().map { position, result in
                    """
                    \(position + 1).º \(name(result.contender)) \(result.votes.spanish) ÷ \
                    \(result.divisor.spanish) = \(result.value.spanish)
                    """
                }.joined(separator: "; ")
        case .distributingFigure(let figure, let place):
            "Cifra repartidora: el resultado que ocupa el lugar \(place.spanish) es \(figure.spanish)"
        case .seatsByFigure(let contender, let votes, let figure, let times, let lastIsTied):
            """
            \(name(contender)): la cifra \(figure.spanish) cabe \(counted(times, "vez", "veces")) en \
            \(votes.spanish)\(lastIsTied ? ", la última en empate" : ""), \
            \(seatsText(lastIsTied ? times - 1 : times))
            """
        case .placed(let contender, let votes, let place):
            "\(place.spanish).º lugar: \(name(contender)), \(votesText(votes))"
        case .absoluteMajority(let base, let votes, let needed):
            """
            Mayoría absoluta: más de la mitad de los \(votes.spanish) votos \
            \(base == .validVotes ? "válidos" : "por candidaturas") son \(needed.spanish)
            """
        case .majorityReached(let contender, let votes, let seats):
            """
            \(name(contender)) tiene la mayoría con \(votesText(votes)) y obtiene \
            \(seats == 1 ? "el puesto" : "los \(seats.spanish) puestos")
            """
        case .majorityMissed(let needed):
            "Nadie alcanza \(votesText(needed))"
        case .runoff(let contenders):
            contenders.count == 1
                ? "Segunda vuelta con \(list(contenders, name)) como única candidatura"
                : "Segunda vuelta entre \(list(contenders, name))"
        case .runoffTie(let certain, let tie):
            """
            Segunda vuelta: \(certain.isEmpty ? "" : "pasa \(list(certain, name)); ")\
            empate \(tie.sentence(naming: name)), \
            \(counted(tie.seats, "cupo se define", "cupos se definen")) por sorteo
            """
        case .electedByRank(let contenders):
            "\(contenders.count == 1 ? "Obtiene" : "Obtienen") puesto: \(list(contenders, name))"
        case .tie(let tie):
            """
            Empate \(tie.sentence(naming: name)): \
            \(counted(tie.seats, "puesto se define", "puestos se definen")) por sorteo\
            \(tie.exhausted.isEmpty ? "" : exhaustedText(tie.exhausted, name))
            """
        case .tieWithoutCandidates(let tie):
            """
            Empate \(tie.sentence(naming: name)): ninguna lista tiene más candidatos, \
            \(remainsVacant(tie.seats))
            """
        case .listExhausted(let contender, let won, let candidates):
            """
            \(name(contender)) obtuvo \(seatsText(won)) y tiene \
            \(counted(candidates, "candidato", "candidatos")): \(remainsVacant(won - candidates))
            """
        case .votesSpent(let seats):
            "Nadie más tiene votos: \(remainsVacant(seats))"
        case .draw(let step):
            step.sentence(naming: name)
        case .drawn(let tie, let winners):
            "Sorteo entre \(list(tie.among, name)): \(winners.count == 1 ? "sale" : "salen") \(list(winners, name))"
        }
    }

    private func exhaustedText(_ contenders: [Contender], _ name: (Contender) -> String) -> String {
        contenders.count == 1
            ? "; si sale \(list(contenders, name)), su puesto queda vacante porque no tiene más candidatos"
            : "; si salen \(list(contenders, name)), sus puestos quedan vacantes porque no tienen más candidatos"
    }

    private func remainsVacant(_ seats: Int) -> String {
        counted(seats, "puesto queda vacante", "puestos quedan vacantes")
    }
}

extension Tie {
    /// «entre B y C con residuo 10».
    fileprivate func sentence(naming name: (Contender) -> String) -> String {
        let equal =
            switch level {
            case .votes(let votes): votesText(votes)
            case .residue(let residue): "residuo \(residue.spanish)"
            case .result(let result): "resultado \(result.spanish)"
            }
        return "entre \(list(among, name)) con \(equal)"
    }
}

extension DrawStep {
    private static let seedBeginning = "Semilla del sorteo: "

    /// Whether a sentence tells the seed of a draw and its digest.
    public static func isSeedSentence(_ text: String) -> Bool { text.hasPrefix(seedBeginning) }

    /// Whether a sentence is that of a step of a draw; records keep sentences alone.
    static func isSentence(_ text: String) -> Bool {
        let beginnings = [seedBeginning, "Participan, numerados desde 0 ", "Extracción "]
        return beginnings.contains { text.hasPrefix($0) }
            || text.contains(" se descarta: no reparte por igual ")
    }

    /// Returns the step as one Spanish sentence without its full stop.
    ///
    /// `name` says how a contender is called there: by its name on the ballot, if nothing else is asked for.
    public func sentence(naming name: (Contender) -> String = { $0.rawValue }) -> String {
        switch self {
        case .seed(let seed):
            """
            \(Self.seedBeginning)\(seed.parts.map { "«\($0)»" }.joined(separator: " + ")); su SHA-256 es \
            \(seed.digestText)
            """
        case .numbered(let contenders):
            "Participan, numerados desde 0 y otra vez después de cada extracción: "
                + contenders.enumerated().map { "\($0) \(name($1))" }.joined(separator: ", ")
        case .dropped(let number, let left):
            "\(number.spanish) se descarta: no reparte por igual entre \(left.spanish)"
        case .taken(let contender, let place, let number, let left):
            """
            Extracción \(place.spanish): \(number.spanish) dividido por \(left.spanish) deja \
            \((number % UInt64(left)).spanish): \(name(contender))
            """
        }
    }
}

extension Fraction {
    /// The share with its bar, or the whole number: «1/2», «2».
    fileprivate var spanishBar: String {
        denominator == 1 ? numerator.spanish : "\(numerator.spanish)/\(denominator.spanish)"
    }
}

/// Names joined as Spanish does: «A», «A y B», «A, B e Inés».
private func list(_ contenders: [Contender], _ name: (Contender) -> String) -> String {
    SpanishFormat.list(contenders.map(name))
}
