public import Kernel

/// Why a process is not put off, stopped, ended or replaced.
public enum DisruptionError: UserFacingError, Hashable {
    /// What happens needs its reason.
    case reasonMissing
    /// The new moment is not later than the one that was.
    case notLater
    /// The vote has begun or is over.
    case votingBegan
    /// There is no table at that place.
    case noSuchPlace
    /// The period cannot be extended: it has not begun, or is over.
    case notExtensible
    /// The process is not suspended.
    case notSuspended
    /// Another act waits for its second person.
    case actOpen
    /// The act is unknown, was carried out or taken back.
    case actNotOpen
    /// An annulment waits for its second person: nothing is counted or decided meanwhile.
    case annulmentOpen
    /// Somebody else proposed it.
    case notProposer
    /// People voted: a single person does not undo it.
    case votesCast
    /// Two people of different roles annul.
    case sameRole
    /// The process is not over, or elected all that it was called for.
    case nothingToReplace
    /// Another process replaces it already.
    case alreadyReplaced

    /// The stable code.
    public var code: String {
        switch self {
        case .reasonMissing: "elections.disruption.reason_missing"
        case .notLater: "elections.disruption.not_later"
        case .votingBegan: "elections.disruption.voting_began"
        case .noSuchPlace: "elections.disruption.no_such_place"
        case .notExtensible: "elections.disruption.not_extensible"
        case .notSuspended: "elections.disruption.not_suspended"
        case .actOpen: "elections.disruption.act_open"
        case .actNotOpen: "elections.disruption.act_not_open"
        case .annulmentOpen: "elections.disruption.annulment_open"
        case .notProposer: "elections.disruption.not_proposer"
        case .votesCast: "elections.disruption.votes_cast"
        case .sameRole: "elections.disruption.same_role"
        case .nothingToReplace: "elections.disruption.nothing_to_replace"
        case .alreadyReplaced: "elections.disruption.already_replaced"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .reasonMissing, .notLater, .noSuchPlace: .invalid
        case .actOpen, .actNotOpen, .alreadyReplaced: .conflict
        case .sameRole, .notProposer: .forbidden
        default: .refused
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .reasonMissing: "reason"
        case .notLater: "opens"
        case .noSuchPlace: "place"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .reasonMissing: "Escriba el motivo: queda en la cronología y en el acta."
        case .notLater: "Escoja un momento más tarde que el que ya estaba."
        case .votingBegan:
            "La votación ya empezó. Amplíe el cierre de la mesa, registre una novedad o suspenda la elección."
        case .noSuchPlace: "No hay mesas en ese lugar. Escójalo de la lista."
        case .notExtensible: "Ese plazo no se puede prorrogar ahora: no ha empezado o ya terminó."
        case .notSuspended: "La elección no está suspendida."
        case .actOpen:
            "Ya hay una proclamación o una anulación propuesta. Falta que otra persona la confirme, o que se retire."
        case .actNotOpen: "Esa propuesta ya no está abierta."
        case .annulmentOpen: "Hay una anulación propuesta. Falta que otra persona la confirme o la retire."
        case .notProposer:
            "La retira quien la propuso, o el comité electoral. Si no está de acuerdo, escriba por qué no la confirma."
        case .votesCast:
            "Ya se votó. Termine el escrutinio: si nadie resultó elegido, declare desierta esa elección. Para dejarla sin efecto, proponga que se anule."
        case .sameRole: "Debe confirmarlo otra persona, con una función distinta de quien lo propuso."
        case .nothingToReplace: "No hay qué reemplazar: la elección sigue, o proveyó todos sus puestos."
        case .alreadyReplaced: "Ya hay otra elección que reemplaza a esta."
        }
    }
}
