/// Where an electoral process stands, from the draft to the proclamation.
public enum ProcessState: String, Sendable, Hashable, CaseIterable {
    /// Being prepared: everything can be changed.
    case draft
    /// The call was published; contests and rules stand.
    case called
    /// The provisional roll was published.
    case provisionalRoll = "provisional_roll"
    /// Claims against the provisional roll are taken.
    case claims
    /// The roll is frozen.
    case frozenRoll = "frozen_roll"
    /// Slates and candidates are taken.
    case nominations
    /// The day of the vote.
    case voting
    /// Tables are counted.
    case count
    /// The result was published, provisionally.
    case provisionalResult = "provisional_result"
    /// The result was published, and a challenge to it waits for its decision.
    case challenges
    /// Those elected were proclaimed. Nothing follows.
    case proclaimed
    /// Stopped for a time; it goes on where it was.
    case suspended
    /// Nobody stood, came or was elected (`desierta`). Another call may replace it.
    case void
    /// Taken back by a decision.
    case annulled

    /// The states that may follow by the course of things; suspension, voidness and annulment beside it.
    ///
    /// Nominations may be taken before or after the roll is frozen, as the calendar has it.
    public var successors: Set<ProcessState> {
        switch self {
        case .draft: [.called]
        case .called: [.provisionalRoll, .suspended, .void, .annulled]
        case .provisionalRoll: [.claims, .frozenRoll, .suspended, .void, .annulled]
        case .claims: [.frozenRoll, .suspended, .void, .annulled]
        case .frozenRoll: [.nominations, .voting, .suspended, .void, .annulled]
        case .nominations: [.voting, .suspended, .void, .annulled]
        case .voting: [.count, .provisionalResult, .challenges, .suspended, .void, .annulled]
        case .count: [.voting, .provisionalResult, .challenges, .suspended, .void, .annulled]
        case .provisionalResult: [.voting, .challenges, .proclaimed, .suspended, .void, .annulled]
        case .challenges: [.voting, .provisionalResult, .suspended, .void, .annulled]
        case .suspended:
            [
                .called, .provisionalRoll, .claims, .frozenRoll, .nominations, .voting, .count,
                .provisionalResult, .challenges, .annulled,
            ]
        case .proclaimed, .void, .annulled: []
        }
    }

    /// Whether the process is over.
    public var isOver: Bool { successors.isEmpty }

    /// Whether the vote has begun and nobody is proclaimed yet: from here on ``VoteProgress`` tells the state.
    public var isBetweenVoteAndProclamation: Bool {
        switch self {
        case .voting, .count, .provisionalResult, .challenges: true
        default: false
        }
    }

    /// The name on screens.
    public var title: String {
        switch self {
        case .draft: "En preparación"
        case .called: "Convocada"
        case .provisionalRoll: "Censo provisional publicado"
        case .claims: "Reclamaciones al censo"
        case .frozenRoll: "Censo definitivo"
        case .nominations: "Inscripción de candidaturas"
        case .voting: "Votación"
        case .count: "Escrutinio"
        case .provisionalResult: "Resultado provisional"
        case .challenges: "Impugnaciones"
        case .proclaimed: "Proclamada"
        case .suspended: "Suspendida"
        case .void: "Desierta"
        case .annulled: "Anulada"
        }
    }
}
