public import Kernel

/// The figures that a jury reads out (`conteo de mesa`), by slate.
public struct TableFigures: Sendable, Hashable {
    /// Votes of each slate; one that is left out has none.
    public let votes: [ID<Slate>: Int]
    /// Blank votes, which are valid.
    public let blank: Int
    /// Null votes.
    public let null: Int
    /// Unmarked ballots.
    public let unmarked: Int
    /// People who voted at the table.
    public let voters: Int

    /// What was counted.
    public init(votes: [ID<Slate>: Int], blank: Int, null: Int, unmarked: Int, voters: Int) {
        self.votes = votes
        self.blank = blank
        self.null = null
        self.unmarked = unmarked
        self.voters = voters
    }

    /// The figures as a sheet of the ballot's options.
    func sheet(of options: [BallotOption], marksPerBallot: Int) throws -> CountSheet {
        guard Set(votes.keys).isSubset(of: options.map(\.slate)) else { throw TableCountError.notOnBallot }
        return try CountSheet(
            Tally(options.map { Tally.Entry($0.contender, votes: votes[$0.slate] ?? 0) }, blank: blank),
            null: null, unmarked: unmarked, voters: voters, marksPerBallot: marksPerBallot)
    }
}

/// Why the count of a table is refused.
public enum TableCountError: UserFacingError, Hashable {
    /// The user is no juror of the table.
    case notYourTable
    /// Both juries have entered: figures change only by agreement.
    case bothEntered
    /// A slate that is not on the ballot.
    case notOnBallot
    /// A jury has not entered its count.
    case juryMissing
    /// There is nothing to agree on.
    case nothingDiffers
    /// The differences were reconciled before.
    case reconciledAlready
    /// Figures differ without an agreement.
    case notReconciled
    /// No reason was given.
    case reasonMissing
    /// The ballots are not as many as the voters.
    case doesNotAddUp
    /// The vote is still open.
    case pollIsOpen
    /// The count is frozen.
    case closedAlready

    /// The stable code.
    public var code: String {
        switch self {
        case .notYourTable: "elections.table_count.not_your_table"
        case .bothEntered: "elections.table_count.both_entered"
        case .notOnBallot: "elections.table_count.not_on_ballot"
        case .juryMissing: "elections.table_count.jury_missing"
        case .nothingDiffers: "elections.table_count.nothing_differs"
        case .reconciledAlready: "elections.table_count.reconciled_already"
        case .notReconciled: "elections.table_count.not_reconciled"
        case .reasonMissing: "elections.table_count.reason_missing"
        case .doesNotAddUp: "elections.table_count.does_not_add_up"
        case .pollIsOpen: "elections.table_count.poll_is_open"
        case .closedAlready: "elections.table_count.closed_already"
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notYourTable: "Usted no es jurado de esta mesa. Vuelva a la mesa que le asignaron."
        case .bothEntered: "Los dos jurados ya entregaron su conteo. Concilien las diferencias con un motivo."
        case .notOnBallot: "Hay votos para una plancha que no está en el tarjetón. Revise el conteo."
        case .juryMissing: "Falta el conteo de un jurado. Espere a que lo registre."
        case .nothingDiffers: "Los dos conteos coinciden. Cierre la mesa."
        case .reconciledAlready: "Las diferencias ya se conciliaron. Cierre la mesa."
        case .notReconciled: "Los conteos no coinciden. Concilie las diferencias antes de cerrar la mesa."
        case .reasonMissing: "Escriba el motivo."
        case .doesNotAddUp:
            "Las cifras no suman los votantes. Cuente de nuevo; la mesa no se puede cerrar así."
        case .pollIsOpen: "La votación sigue abierta. Ciérrela antes de cerrar la mesa."
        case .closedAlready: "La mesa ya está cerrada y su conteo no cambia."
        }
    }
}
