/// Whether a requirement is met. There are three answers, because what no fact says either way is not a
/// breach: the person is told what would prove it.
public enum Verdict: String, Sendable, Hashable, CaseIterable {
    /// A fact shows that the requirement is met (`cumple`).
    case pass
    /// A fact shows that it is not met (`no cumple`).
    case fail
    /// No fact shows either (`sin probar`).
    case unproven

    /// The word on screens.
    public var title: String {
        switch self {
        case .pass: "Cumple"
        case .fail: "No cumple"
        case .unproven: "Sin probar"
        }
    }

    /// The verdict on all of several requirements: failed if one is, otherwise unproven if one is.
    public static func conjunction(of verdicts: some Sequence<Verdict>) -> Verdict {
        var all = Verdict.pass
        for verdict in verdicts {
            switch verdict {
            case .fail: return .fail
            case .unproven: all = .unproven
            case .pass: break
            }
        }
        return all
    }
}

/// In what capacity a person is looked at; each has requirements of its own.
public enum EligibilityTarget: String, Sendable, Hashable, CaseIterable {
    /// To be a member of the alliance.
    case member
    /// To vote.
    case elector
    /// To stand as a candidate.
    case candidate
    /// To go on holding a seat.
    case holder

    /// The words on screens, after "como".
    public var title: String {
        switch self {
        case .member: "asociado"
        case .elector: "elector"
        case .candidate: "candidato"
        case .holder: "titular de un puesto"
        }
    }
}
