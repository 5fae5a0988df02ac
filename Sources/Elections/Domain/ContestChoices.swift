public import Governance
public import Kernel
import Tenancy

/// What a person decides about a contest of a draft.
public struct ContestChoices: Sendable, Hashable {
    /// The name on the ballot.
    public var name: String
    /// The seats that it fills, all of one body.
    public var seats: [ID<Seat>]
    /// How people stand.
    public var candidature: Contest.Candidature
    /// How people vote.
    public var votingMode: Contest.VotingMode
    /// How votes become seats.
    public var rule: CountingRule
    /// The share of the quotient that a slate has to reach.
    public var threshold: Fraction?
    /// What an absolute majority is more than half of.
    public var majorityBase: MajorityBase
    /// Whether a majority of blank votes makes the election be repeated.
    public var hasBlankMajority: Bool
    /// Who comes in when a principal leaves.
    public var alternates: Contest.Alternates
    /// The first day of the mandates; `nil` where it is that of the proclamation.
    public var startsOn: CalendarDate?
    /// Where the rules come from: article or norm.
    public var rulesSource: String

    /// Takes what a person chose.
    public init(
        name: String, seats: [ID<Seat>], candidature: Contest.Candidature, votingMode: Contest.VotingMode,
        rule: CountingRule, threshold: Fraction? = nil, majorityBase: MajorityBase = .validVotes,
        hasBlankMajority: Bool = false, alternates: Contest.Alternates = .numeric,
        startsOn: CalendarDate? = nil, rulesSource: String
    ) {
        self.name = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        self.seats = seats
        self.candidature = candidature
        self.votingMode = votingMode
        self.rule = rule
        self.threshold = threshold
        self.majorityBase = majorityBase
        self.hasBlankMajority = hasBlankMajority
        self.alternates = alternates
        self.startsOn = startsOn
        self.rulesSource = rulesSource.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// What a contest was decided to be.
    public init(_ contest: Contest) {
        self.init(
            name: contest.name, seats: contest.seats, candidature: contest.candidature,
            votingMode: contest.votingMode, rule: contest.rule, threshold: contest.threshold,
            majorityBase: contest.majorityBase, hasBlankMajority: contest.hasBlankMajority,
            alternates: contest.alternates, startsOn: contest.startsOn, rulesSource: contest.rulesSource)
    }
}

extension ContestChoices {
    /// The contest that the choices make.
    ///
    /// - Parameters:
    ///   - id: Its identifier; that of the contest changed, where one is.
    ///   - process: The process.
    ///   - position: Its place on the ballot paper.
    ///   - body: The body and its seats that are elected.
    ///   - bylaws: Those in force, which say how people may vote.
    /// - Returns: The contest, its seats in the order of the body.
    /// - Throws: The first rule that the choices break.
    func contest(
        _ id: ID<Contest> = ID(), in process: ID<ElectoralProcess>, at position: Int,
        of body: (body: Body, seats: [Seat]), under bylaws: Bylaws?
    ) throws(ContestError) -> Contest {
        guard !name.isEmpty, name.count <= 120 else { throw .unnamed }
        let chosen = Set(seats)
        // In the order of the body, whatever the order in which somebody ticked them.
        let ordered = body.seats.filter { chosen.contains($0.id) }.map(\.id)
        guard !ordered.isEmpty else { throw .noSeats }
        guard ordered.count == chosen.count else { throw .seatsOfSeveralBodies }
        switch candidature {
        case .slates: guard rule != .atLarge else { throw .ruleDoesNotFit }
        case .individuals:
            let isOfOneSeat = ordered.count == 1 && !rule.isProportional
            guard rule == .atLarge || isOfOneSeat else { throw .ruleDoesNotFit }
        }
        guard votingMode != .singleList || candidature == .slates else { throw .singleListNeedsSlates }
        guard (bylaws?.votingModes ?? [.paper]).contains(votingMode) else {
            throw .modeNotInBylaws(votingMode)
        }
        if let threshold {
            guard rule.isProportional else { throw .thresholdNeedsProportion }
            guard threshold.numerator <= 1_000_000, threshold.denominator <= 1_000_000 else {
                throw .thresholdOutOfRange
            }
        }
        guard !rulesSource.isEmpty, rulesSource.count <= 300 else { throw .sourceMissing }
        let proposal = Contest.proposed(
            for: body.body, seats: body.seats.filter { chosen.contains($0.id) }, under: bylaws, in: process,
            at: position)
        // What somebody checked in the bylaws stays checked only while it says the same.
        let isAsProposed =
            rule == proposal.rule && threshold == proposal.threshold && rulesSource == proposal.rulesSource
        return Contest(
            id: id, process: process, position: position, name: name, body: body.body.id, seats: ordered,
            candidature: candidature, votingMode: votingMode, rule: rule, majorityBase: majorityBase,
            threshold: threshold, hasBlankMajority: hasBlankMajority, alternates: alternates,
            startsOn: startsOn, rulesSource: rulesSource,
            rulesAreConfirmed: isAsProposed && proposal.rulesAreConfirmed)
    }
}

/// Why a contest of a draft is not added or changed.
public enum ContestError: UserFacingError, Hashable {
    /// The draft has no such contest.
    case notFound
    /// It has no name, or too long a one.
    case unnamed
    /// Another contest of the process has the name.
    case nameTaken(String)
    /// It fills no seat.
    case noSeats
    /// Its seats are of several bodies, or not elected.
    case seatsOfSeveralBodies
    /// Another contest of the process fills one of the seats.
    case seatTaken
    /// The rule does not fit how people stand.
    case ruleDoesNotFit
    /// A single list is a list.
    case singleListNeedsSlates
    /// The bylaws do not allow this way of voting.
    case modeNotInBylaws(Contest.VotingMode)
    /// A threshold has a meaning only where seats are shared.
    case thresholdNeedsProportion
    /// The threshold is no plausible share.
    case thresholdOutOfRange
    /// Nobody said where the rules come from.
    case sourceMissing
    /// A process elects something.
    case lastContest
    /// One seat cannot be split.
    case oneSeatOnly

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "elections.contest.not_found"
        case .unnamed: "elections.contest.unnamed"
        case .nameTaken: "elections.contest.name_taken"
        case .noSeats: "elections.contest.no_seats"
        case .seatsOfSeveralBodies: "elections.contest.seats_of_several_bodies"
        case .seatTaken: "elections.contest.seat_taken"
        case .ruleDoesNotFit: "elections.contest.rule_does_not_fit"
        case .singleListNeedsSlates: "elections.contest.single_list_needs_slates"
        case .modeNotInBylaws: "elections.contest.mode_not_in_bylaws"
        case .thresholdNeedsProportion: "elections.contest.threshold_needs_proportion"
        case .thresholdOutOfRange: "elections.contest.threshold_out_of_range"
        case .sourceMissing: "elections.contest.source_missing"
        case .lastContest: "elections.contest.last"
        case .oneSeatOnly: "elections.contest.one_seat_only"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound: .notFound
        case .lastContest, .oneSeatOnly: .refused
        case .seatTaken, .nameTaken: .conflict
        default: .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .unnamed, .nameTaken: "name"
        case .noSeats, .seatsOfSeveralBodies, .seatTaken: "seats"
        case .ruleDoesNotFit: "rule"
        case .singleListNeedsSlates, .modeNotInBylaws: "mode"
        case .thresholdNeedsProportion, .thresholdOutOfRange: "threshold"
        case .sourceMissing: "source"
        case .notFound, .lastContest, .oneSeatOnly: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound: "Esa votación no está en la elección. Vuelva a la elección y escójala de nuevo."
        case .unnamed: "Escriba el nombre que irá en el tarjetón, de a lo sumo 120 caracteres."
        case .nameTaken(let name): "Ya hay una votación llamada «\(name)». Escriba otro nombre."
        case .noSeats: "Escoja al menos un puesto."
        case .seatsOfSeveralBodies:
            "Escoja puestos de un solo organismo; para otro organismo agregue otra votación."
        case .seatTaken: "Uno de esos puestos ya se elige en otra votación. Quítelo de una de las dos."
        case .ruleDoesNotFit:
            "Esa regla no sirve así. Con planchas no hay «los más votados»; con candidatos para varios puestos, solo «los más votados»."
        case .singleListNeedsSlates: "La lista única se vota por planchas. Cambie cómo se postulan."
        case .modeNotInBylaws(let mode):
            "Los estatutos no permiten «\(mode.title.lowercased())». Escoja otra forma o regístrela antes en los estatutos."
        case .thresholdNeedsProportion:
            "El umbral solo vale con cuociente o cifra repartidora. Déjelo vacío o cambie la regla."
        case .thresholdOutOfRange: "Escriba el umbral como fracción del cuociente, por ejemplo 1/2."
        case .sourceMissing: "Escriba de qué artículo o decisión sale la regla."
        case .lastContest: "Es lo único que se elige. Agregue antes otra votación."
        case .oneSeatOnly: "Esta votación tiene un solo puesto: no hay qué separar."
        }
    }
}
