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
    /// Ballots taken out of the urn, where they bear several marks; `nil` where their number is that of the rows.
    public let ballots: Int?
    /// People who voted at the table.
    public let voters: Int

    /// What was counted.
    public init(
        votes: [ID<Slate>: Int], blank: Int, null: Int, unmarked: Int, ballots: Int? = nil, voters: Int
    ) {
        self.votes = votes
        self.blank = blank
        self.null = null
        self.unmarked = unmarked
        self.ballots = ballots
        self.voters = voters
    }

    /// The ballots that came out of the urn.
    var ballotsOfUrn: Int { ballots ?? votes.values.reduce(blank + null + unmarked, +) }

    /// The figures as a sheet of the ballot's options.
    ///
    /// - Throws: ``TableCountError``, ``CountSheetError``, ``CountError``.
    func sheet(of options: [BallotOption], under terms: SheetTerms) throws -> CountSheet {
        guard Set(votes.keys).isSubset(of: options.map(\.slate)) else { throw TableCountError.notOnBallot }
        guard terms.areMet(by: self) else { throw TableCountError.ballotsMissing }
        return try CountSheet(
            Tally(options.map { Tally.Entry($0.contender, votes: votes[$0.slate] ?? 0) }, blank: blank),
            null: null, unmarked: unmarked,
            // Where hands are raised for several there are no ballots: each who votes counts as one.
            ballots: terms.marksPerBallot == 1 ? nil : terms.countsBallots ? ballots : voters,
            voters: voters, marksPerBallot: terms.marksPerBallot)
    }
}

/// What the count of a contest asks of a table.
struct SheetTerms: Sendable, Hashable {
    /// How many marks a ballot may bear.
    let marksPerBallot: Int
    /// How many juries count: ballots are counted twice, raised hands once.
    let juries: Int

    /// Whether the ballots of the urn are counted beside what they bear.
    var countsBallots: Bool { marksPerBallot > 1 && juries > 1 }

    /// Whether figures have all that the sheet asks for.
    func areMet(by figures: TableFigures) -> Bool { !countsBallots || figures.ballots != nil }
}

/// What a table voted against what the door knows of it.
struct Attendance: Sendable, Hashable {
    /// Electors who vote at the table.
    let electors: Int
    /// Those of them who were in at some time while the contest was voted there.
    let checkedIn: Int
}

/// Why the count of a table is refused.
public enum TableCountError: UserFacingError, Hashable {
    /// The user is no juror of the table.
    case notYourTable
    /// The user counted at this table for its other jury.
    case countedForTheOther
    /// Both juries have entered: figures change only by agreement.
    case bothEntered
    /// A slate that is not on the ballot.
    case notOnBallot
    /// A ballot bears several marks, and nobody counted the ballots.
    case ballotsMissing
    /// A jury has not entered its count.
    case juryMissing
    /// There is nothing to agree on.
    case nothingDiffers
    /// What was agreed has been confirmed.
    case reconciledAlready
    /// Nothing waits to be confirmed, or something else does by now.
    case nothingToConfirm
    /// Somebody confirms what they wrote themselves.
    case ownAgreement
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
        case .countedForTheOther: "elections.table_count.counted_for_the_other"
        case .bothEntered: "elections.table_count.both_entered"
        case .notOnBallot: "elections.table_count.not_on_ballot"
        case .ballotsMissing: "elections.table_count.ballots_missing"
        case .juryMissing: "elections.table_count.jury_missing"
        case .nothingDiffers: "elections.table_count.nothing_differs"
        case .reconciledAlready: "elections.table_count.reconciled_already"
        case .nothingToConfirm: "elections.table_count.nothing_to_confirm"
        case .ownAgreement: "elections.table_count.own_agreement"
        case .notReconciled: "elections.table_count.not_reconciled"
        case .reasonMissing: "elections.table_count.reason_missing"
        case .doesNotAddUp: "elections.table_count.does_not_add_up"
        case .pollIsOpen: "elections.table_count.poll_is_open"
        case .closedAlready: "elections.table_count.closed_already"
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .ballotsMissing: "ballots"
        case .reasonMissing: "reason"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notYourTable: "Usted no es jurado de esta mesa. Vuelva a la mesa que le asignaron."
        case .countedForTheOther:
            "Usted ya registró el conteo del otro jurado de esta mesa. Este lo registra otra persona."
        case .bothEntered: "Los dos jurados ya entregaron su conteo. Concilien las diferencias con un motivo."
        case .notOnBallot: "Hay votos para una plancha que no está en el tarjetón. Revise el conteo."
        case .juryMissing: "Falta el conteo de un jurado. Espere a que lo registre."
        case .nothingDiffers: "Los dos conteos coinciden. Cierre la mesa."
        case .ballotsMissing: "Cuente los tarjetones que salieron de la urna y escriba cuántos fueron."
        case .reconciledAlready: "Lo acordado ya se confirmó. Cierre la mesa."
        case .nothingToConfirm: "Lo acordado cambió. Lea las cifras de nuevo antes de confirmarlas."
        case .ownAgreement: "Lo confirma el otro jurado o el comité electoral, no quien lo escribió."
        case .notReconciled:
            "Los conteos no coinciden. Acuerden las cifras, y que las confirme el otro jurado o el comité."
        case .reasonMissing: "Escriba el motivo."
        case .doesNotAddUp:
            "Las cifras no suman los votantes. Cuente de nuevo; la mesa no se puede cerrar así."
        case .pollIsOpen: "La votación sigue abierta. Ciérrela antes de cerrar la mesa."
        case .closedAlready: "La mesa ya está cerrada y su conteo no cambia."
        }
    }
}
