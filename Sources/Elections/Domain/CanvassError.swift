public import Kernel

/// A sum of tables and what the rule makes of it (`escrutinio`).
public enum Canvass {}

/// A challenge of a result (`impugnación`).
public enum Challenge {}

/// An act of two people: one proposes it, another of a different role carries it out.
public enum ElectoralAct {}

/// Why a canvass, a draw, a challenge or a proclamation is refused.
public enum CanvassError: UserFacingError, Hashable {
    /// The contest is none of this process's, or it is over.
    case notFound
    /// A table has not frozen its count.
    case tablesOpen(Int)
    /// There is no canvass yet.
    case notCanvassed
    /// There is no tie to draw.
    case nothingTied
    /// The time to challenge is over, or has not begun.
    case outsideChallenges
    /// The challenge is not open.
    case challengeNotOpen
    /// Who filed a challenge does not decide it; the others of the committee can, by name.
    case ownChallenge(others: [String])
    /// Words are missing.
    case wordsMissing
    /// The effect has no table or contest to apply to.
    case effectWithoutObject
    /// A challenge waits for its decision.
    case challengeOpen
    /// The term to challenge runs until a day, and these did not give it up.
    case termRuns(String, besides: [String])
    /// A contest has no final result.
    case notFinal
    /// The contest was elected: it does not end without anybody.
    case somebodyElected
    /// The term to challenge this result runs.
    case resultMayBeChallenged(String)
    /// Another act waits for its second person.
    case actOpen
    /// The act is not open.
    case actNotOpen
    /// The second person has to be another, of another role.
    case sameRole
    /// Somebody else proposed it.
    case notProposer
    /// The process is in no state for it.
    case notYet

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "elections.canvass.not_found"
        case .tablesOpen: "elections.canvass.tables_open"
        case .notCanvassed: "elections.canvass.not_canvassed"
        case .nothingTied: "elections.canvass.nothing_tied"
        case .outsideChallenges: "elections.challenge.outside_window"
        case .challengeNotOpen: "elections.challenge.not_open"
        case .ownChallenge: "elections.challenge.own_challenge"
        case .wordsMissing: "elections.challenge.words_missing"
        case .effectWithoutObject: "elections.challenge.effect_without_object"
        case .challengeOpen: "elections.proclamation.challenge_open"
        case .termRuns: "elections.proclamation.term_runs"
        case .notFinal: "elections.proclamation.not_final"
        case .somebodyElected: "elections.contest.somebody_elected"
        case .resultMayBeChallenged: "elections.contest.result_may_be_challenged"
        case .actOpen: "elections.proclamation.act_open"
        case .actNotOpen: "elections.proclamation.act_not_open"
        case .sameRole: "elections.proclamation.same_role"
        case .notProposer: "elections.proclamation.not_proposer"
        case .notYet: "elections.proclamation.not_yet"
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .termRuns: "waivers"
        case .effectWithoutObject: "effect"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound: "No encontramos esa elección en el proceso. Vuelva al proceso y escójala de nuevo."
        case .tablesOpen(let count):
            count == 1
                ? "Falta cerrar una mesa. Ciérrela antes del escrutinio."
                : "Faltan \(count) mesas por cerrar. Ciérrelas antes del escrutinio."
        case .notCanvassed: "Todavía no hay escrutinio. Hágalo primero."
        case .nothingTied: "No hay ningún empate por sortear."
        case .outsideChallenges: "El plazo para impugnar no está abierto. Revise el calendario del proceso."
        case .challengeNotOpen: "Esa impugnación no está abierta."
        case .ownChallenge(let others):
            "Usted presentó esta impugnación, y quien la presenta no la decide. \(others.asDeciders)"
        case .wordsMissing: "Escriba quién impugna, los hechos y las razones."
        case .effectWithoutObject: "Indique la mesa o la elección que se anula."
        case .challengeOpen: "Hay una impugnación sin decidir. Decídala primero."
        case .termRuns(let until, let others):
            "El plazo para impugnar corre hasta el \(until). Antes solo se proclama si todos renuncian a él; \(others.count > 1 ? "faltan" : "falta") \(SpanishFormat.list(others))."
        case .somebodyElected: "Esta elección tiene elegidos: proclámelos."
        case .notFinal:
            "Una elección no tiene resultado definitivo. Termine su escrutinio antes de proclamar."
        case .resultMayBeChallenged(let until):
            "El plazo para impugnar este resultado corre hasta el \(until). Espere a que termine."
        case .actOpen:
            "Ya hay una proclamación o una anulación propuesta. Falta que otra persona la confirme, o que se retire."
        case .actNotOpen: "Esa propuesta ya no está abierta."
        case .sameRole: "Debe segundarla otra persona, con una función distinta de quien la propuso."
        case .notProposer: "La retira quien la propuso, o el comité electoral."
        case .notYet:
            "Todavía no se puede proclamar. Cierre la jornada y termine antes el escrutinio de cada elección."
        }
    }
}
