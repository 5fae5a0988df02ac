public import Governance
public import Kernel
public import Tenancy

/// What a process elects: one body or group of posts, with its seats, how people stand, vote and are counted.
public struct Contest: Sendable, Hashable {
    /// How people stand.
    public enum Candidature: String, Sendable, Hashable, CaseIterable {
        /// In slates (`planchas`, `listas`).
        case slates
        /// One by one.
        case individuals

        /// The words on screens.
        public var title: String {
            switch self {
            case .slates: "Por planchas"
            case .individuals: "Por candidatos"
            }
        }
    }

    /// How people vote.
    public enum VotingMode: String, Sendable, Hashable, CaseIterable {
        /// Secretly: on paper, in an electronic box, or either.
        case paper
        /// By show of hands.
        case showOfHands = "show_of_hands"
        /// By acclamation.
        case acclamation
        /// For or against the only list.
        case singleList = "single_list"

        /// Whether ballots are put into an urn, so that nobody sees how another votes.
        public var isSecret: Bool { self == .paper || self == .singleList }

        /// The words on screens.
        public var title: String {
            switch self {
            case .paper: "Voto secreto"
            case .showOfHands: "Mano alzada"
            case .acclamation: "Aclamación"
            case .singleList: "Lista única"
            }
        }
    }

    /// Who comes in when a principal leaves.
    public enum Alternates: String, Sendable, Hashable, CaseIterable {
        /// Nobody.
        case none
        /// The next of the slate (`suplencia numérica`).
        case numeric
        /// The alternate of that principal (`suplencia personal`).
        case personal

        /// The words on screens.
        public var title: String {
            switch self {
            case .none: "Sin suplentes"
            case .numeric: "Suplencia numérica: el siguiente de la lista"
            case .personal: "Suplencia personal: cada principal con el suyo"
            }
        }
    }

    /// Where a contest stands.
    public enum State: String, Sendable, Hashable, CaseIterable {
        case open, void
        case blankWon = "blank_won"
        case annulled, proclaimed
    }

    /// Identifies the contest.
    public let id: ID<Contest>
    /// The process.
    public let process: ID<ElectoralProcess>
    /// Its place on the ballot paper, 1 being the first.
    public let position: Int
    /// Its name on the ballot.
    public let name: String
    /// The body.
    public let body: ID<Body>
    /// The seats that it fills, in the order in which those elected take them.
    public let seats: [ID<Seat>]
    /// How people stand.
    public let candidature: Candidature
    /// How people vote.
    public let votingMode: VotingMode
    /// How votes become seats.
    public let rule: CountingRule
    /// What an absolute majority is more than half of.
    public let majorityBase: MajorityBase
    /// The share of the quotient that a slate has to reach; `nil` for none.
    public let threshold: Fraction?
    /// Whether a majority of blank votes makes the election be repeated.
    public let hasBlankMajority: Bool
    /// Who comes in when a principal leaves.
    public let alternates: Alternates
    /// The first day of the mandates; `nil` where it is that of the proclamation.
    public let startsOn: CalendarDate?
    /// Where the rules come from: article or norm.
    public let rulesSource: String
    /// Whether somebody checked them against the text.
    public let rulesAreConfirmed: Bool
    /// Where it stands.
    public let state: State

    /// Makes a contest.
    public init(
        id: ID<Contest> = ID(), process: ID<ElectoralProcess>, position: Int, name: String, body: ID<Body>,
        seats: [ID<Seat>], candidature: Candidature, votingMode: VotingMode, rule: CountingRule,
        majorityBase: MajorityBase = .validVotes, threshold: Fraction? = nil, hasBlankMajority: Bool,
        alternates: Alternates, startsOn: CalendarDate? = nil, rulesSource: String, rulesAreConfirmed: Bool,
        state: State = .open
    ) {
        self.id = id
        self.process = process
        self.position = position
        self.name = name
        self.body = body
        self.seats = seats
        self.candidature = candidature
        self.votingMode = votingMode
        self.rule = rule
        self.majorityBase = majorityBase
        self.threshold = threshold
        self.hasBlankMajority = hasBlankMajority
        self.alternates = alternates
        self.startsOn = startsOn
        self.rulesSource = rulesSource
        self.rulesAreConfirmed = rulesAreConfirmed
        self.state = state
    }
}

extension Contest {
    /// The contest for the seats of a body, with the rules of the bylaws; where these are silent, simple majority of
    /// persons for one seat and quotient of slates for several, which is told as not confirmed.
    static func proposed(
        for body: Body, seats: [Seat], under bylaws: Bylaws?, in process: ID<ElectoralProcess>,
        at position: Int
    ) -> Self {
        let ordered = bylaws?.choice(.countingRule).flatMap(CountingRule.init)
        let usual: CountingRule = seats.count == 1 ? .simpleMajority : .quotient
        // What shares seats among slates has nothing to share with one seat.
        let isSilent = seats.count == 1 && ordered?.isProportional == true
        let rule = isSilent ? usual : ordered ?? usual
        let parameter = isSilent ? nil : bylaws?.parameters[.countingRule]
        let source =
            parameter?.article.map { "\(bylaws?.title ?? "Estatutos"), artículo \($0)" } ?? parameter?.norm
            ?? (isSilent
                ? "Propuesta de la plataforma: los estatutos no dicen la regla para un solo puesto"
                : "Propuesta de la plataforma: los estatutos no lo dicen")
        return Contest(
            process: process, position: position, name: body.name, body: body.id, seats: seats.map(\.id),
            candidature: seats.count == 1 || rule == .atLarge ? .individuals : .slates, votingMode: .paper,
            rule: rule, threshold: rule.isProportional ? bylaws?.countingThreshold : nil,
            hasBlankMajority: bylaws?.allows(.blankMajorityRepeats) ?? false,
            alternates: bylaws?.allows(.alternatesRequired) == true ? .personal : .numeric,
            rulesSource: source, rulesAreConfirmed: parameter?.isConfirmed ?? false)
    }
}

extension Bylaws {
    /// The share of the quotient that a slate has to reach, `nil` where the bylaws ask for none.
    var countingThreshold: Fraction? {
        share(.countingThreshold).flatMap { Fraction($0.numerator, of: $0.denominator) }
    }

    /// How people may vote: secretly on paper always, otherwise where the bylaws allow it.
    public var votingModes: Set<Contest.VotingMode> {
        Set(choices(.votingMethods).compactMap(Contest.VotingMode.init(bylaws:))).union([.paper])
    }
}

extension Contest.VotingMode {
    /// Reads the word of the bylaws.
    fileprivate init?(bylaws word: String) {
        switch word {
        case "secreto": self = .paper
        case "mano_alzada": self = .showOfHands
        case "aclamacion": self = .acclamation
        case "lista_unica": self = .singleList
        default: return nil
        }
    }
}
