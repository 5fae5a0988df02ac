public import Governance
public import Kernel
public import Tenancy

/// A voting day or assembly of a process, in one place or several at once.
public enum VotingSession {}

/// The stay of one elector in a session.
public enum SessionPresence {}

/// Where an act of the voting day belongs: the process, whose chain it is written to, and its alliance.
public struct ProcessPlace: Sendable, Hashable {
    /// The electoral process.
    public let process: ID<ElectoralProcess>
    /// The alliance that elects.
    public let alliance: ID<Alliance>

    /// The place of acts of a process.
    public init(_ process: ID<ElectoralProcess>, of alliance: ID<Alliance>) {
        self.process = process
        self.alliance = alliance
    }

    /// Where acts of the process are written, and their rights asked.
    public var stream: AuditStream { .process(process, of: alliance) }
}

/// One vote at one table: a contest, its round and the table that receives the ballots.
public struct PollPlace: Sendable, Hashable {
    /// The table.
    public let table: ID<VotingTable>
    /// The contest.
    public let contest: ID<Contest>
    /// 1 for the first vote, 2 for the runoff.
    public let round: Int

    /// A vote at a table.
    public init(_ contest: ID<Contest>, round: Int = 1, at table: ID<VotingTable>) {
        self.table = table
        self.contest = contest
        self.round = round
    }
}

extension Quorum {
    /// The quorum that bylaws order. Where they say nothing, nobody can assume one: whoever comes is enough.
    public init(_ bylaws: Bylaws?) {
        let first: Requirement =
            if let share = bylaws?.share(.firstQuorum).flatMap({ Share($0.numerator, of: $0.denominator) }) {
                bylaws?.allows(.firstQuorumIsExceeded) == true ? .moreThan(share) : .atLeast(share)
            } else {
                .any
            }
        var second: SecondCall?
        if let minutes = bylaws?.integer(.secondCallMinutes) {
            let requirement: Requirement =
                if let people = bylaws?.integer(.secondQuorumCount) {
                    .people(people)
                } else if let share = bylaws?.share(.secondQuorumShare),
                    let part = Share(share.numerator, of: share.denominator), share.numerator > 0
                {
                    .atLeast(part)
                } else {
                    .any
                }
            second = SecondCall(waitMinutes: minutes, requirement: requirement)
        }
        self.init(first: first, second: second)
    }
}

/// Why an act of the voting day is refused.
public enum VotingDayError: UserFacingError, Hashable {
    /// The process is not in a state in which people vote.
    case notVoting
    /// Another session of the process is open.
    case sessionOpen
    /// Every table has voted.
    case nothingToVote
    /// Another round of the contest is due, or none.
    case otherRound
    /// The tie for a place in the runoff of a contest is not drawn.
    case drawMissing(String)
    /// A challenge to the round before is not decided, and who stands in the runoff of a contest depends on it.
    case resultChallenged(String, challenge: Int)
    /// The table was left out of this vote.
    case tableOmitted
    /// Slates wait for their decision.
    case slatesUndecided(Int)
    /// The table of the person voted in another session.
    case tableHasVoted
    /// No such session is open.
    case sessionNotOpen
    /// Check-in has not begun or is over.
    case outsideCheckIn
    /// What the election asks in the session is not met, by the titles of the requirements.
    case requirementsNotMet([String])
    /// The person is not on the frozen roll, or votes at no table.
    case notOnRoll
    /// The person is in already.
    case alreadyPresent
    /// The person is not in.
    case notPresent
    /// Five minutes are over; the person leaves instead.
    case tooLateToUndo
    /// Not enough people are present.
    case noQuorum(String)
    /// The vote is open at the table already.
    case pollOpen
    /// The vote is not open at the table.
    case pollNotOpen
    /// Nothing stands on the ballot.
    case nobodyStands
    /// The process has no table.
    case noTable
    /// A table has no juror in one of its juries.
    case jurorMissing(table: Int)
    /// An act out of the usual was given no reason.
    case reasonMissing
    /// A later closing that is not later.
    case notLater
    /// Check-in that ends before the hour of the call.
    case windowTurned
    /// The session is another day than the calendar's, and nobody said why.
    case otherDay(String)
    /// The urn was not shown empty.
    case urnNotShown
    /// The contest is not voted so.
    case otherMode
    /// Somebody objected: there is a vote.
    case objected
    /// It is voted in an electronic box and at no table.
    case votedInBox
    /// A box that is voted by who is present takes ballots.
    case boxOpen(Int)
    /// A closed box has too few votes to be opened: who voted in it votes again while the tables or a session are open.
    case boxTooSmall(Int)
    /// Those who stand were acclaimed: there is no vote.
    case acclaimed
    /// More stand than there are seats: there is a vote.
    case tooManyStand

    /// The stable code.
    public var code: String {
        switch self {
        case .notVoting: "elections.day.not_voting"
        case .sessionOpen: "elections.day.session_open"
        case .nothingToVote: "elections.day.nothing_to_vote"
        case .otherRound: "elections.day.other_round"
        case .drawMissing: "elections.day.draw_missing"
        case .resultChallenged: "elections.day.result_challenged"
        case .tableOmitted: "elections.day.table_omitted"
        case .slatesUndecided: "elections.day.slates_undecided"
        case .tableHasVoted: "elections.day.table_has_voted"
        case .sessionNotOpen: "elections.day.session_not_open"
        case .outsideCheckIn: "elections.day.outside_check_in"
        case .requirementsNotMet: "elections.day.requirements_not_met"
        case .notOnRoll: "elections.day.not_on_roll"
        case .alreadyPresent: "elections.day.already_present"
        case .notPresent: "elections.day.not_present"
        case .tooLateToUndo: "elections.day.too_late_to_undo"
        case .noQuorum: "elections.day.no_quorum"
        case .pollOpen: "elections.day.poll_open"
        case .pollNotOpen: "elections.day.poll_not_open"
        case .nobodyStands: "elections.day.nobody_stands"
        case .noTable: "elections.day.no_table"
        case .jurorMissing: "elections.day.juror_missing"
        case .reasonMissing: "elections.day.reason_missing"
        case .notLater: "elections.day.not_later"
        case .windowTurned: "elections.day.window_turned"
        case .otherDay: "elections.day.other_day"
        case .urnNotShown: "elections.day.urn_not_shown"
        case .otherMode: "elections.day.other_mode"
        case .objected: "elections.day.objected"
        case .votedInBox: "elections.day.voted_in_box"
        case .boxOpen: "elections.day.box_open"
        case .boxTooSmall: "elections.day.box_too_small"
        case .acclaimed: "elections.day.acclaimed"
        case .tooManyStand: "elections.day.too_many_stand"
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .reasonMissing, .otherDay: "reason"
        case .notLater: "until"
        case .windowTurned, .outsideCheckIn: "checkIn"
        case .urnNotShown: "urn"
        case .objected: "objections"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notVoting: "La elección no está en la etapa de votación. Revise el calendario del proceso."
        case .sessionOpen: "Ya hay una sesión abierta. Ciérrela antes de abrir otra."
        case .nothingToVote: "Todas las mesas ya votaron. Siga con el conteo y el escrutinio."
        case .otherRound: "Esa vuelta no es la que se vota ahora. Vuelva a la jornada y ábrala de nuevo."
        case .drawMissing(let contest):
            "Falta el sorteo para pasar a la segunda vuelta de \(contest). Hágalo en «Escrutinio»."
        case .resultChallenged(let contest, let number):
            "Quiénes pasan a la segunda vuelta de \(contest) depende de la impugnación n.º \(number). Decídala primero."
        case .tableOmitted: "Quedó registrado que esta mesa no se cuenta. Las demás pueden seguir."
        case .slatesUndecided(let count):
            count == 1
                ? "Hay una candidatura inscrita sin decidir. Admítala o recházela antes de instalar la jornada."
                : "Hay \(count) candidaturas inscritas sin decidir. Admítalas o recházelas antes de instalar la jornada."
        case .tableHasVoted:
            "La mesa de esta persona no vota hoy: ya votó en otra sesión o quedó sin votación."
        case .sessionNotOpen: "La sesión no está abierta. Ábrala para continuar."
        case .requirementsNotMet(let titles):
            "No puede ingresar: no cumple \(SpanishFormat.list(titles.map { "«\($0)»" }))."
        case .outsideCheckIn: "El ingreso no está abierto a esta hora. Hable con el comité electoral."
        case .notOnRoll:
            "Esta persona no está en el censo definitivo o no tiene mesa. Oriéntela al comité electoral."
        case .alreadyPresent: "Esta persona ya ingresó. No la registre de nuevo."
        case .notPresent: "Esta persona no está dentro. Registre primero su ingreso."
        case .tooLateToUndo: "Pasaron más de cinco minutos. Registre la salida en lugar de deshacer."
        case .noQuorum(let sentence): "\(sentence). Espere a que lleguen más personas."
        case .pollOpen: "La votación ya está abierta en esta mesa."
        case .pollNotOpen: "La votación no está abierta en esta mesa. Ábrala primero."
        case .nobodyStands: "No hay candidaturas admitidas. Declare desierta la convocatoria o admítalas."
        case .noTable: "La elección no tiene mesas. Prepare al menos una antes de instalar la jornada."
        case .jurorMissing(let table):
            "La mesa \(table) no tiene sus dos jurados. Nómbrelos antes de instalar la jornada."
        case .reasonMissing: "Escriba el motivo: queda en el acta."
        case .notLater: "La nueva hora de cierre debe ser posterior a la actual."
        case .windowTurned: "El ingreso debe terminar después de la hora de la convocatoria."
        case .otherDay(let day):
            "La votación está prevista para el \(day). Para instalarla hoy escriba el motivo: queda en el acta."
        case .urnNotShown: "Muestre la urna vacía a los presentes y márquelo aquí."
        case .otherMode: "Esta elección no se vota así. Revise la forma de votar en la convocatoria."
        case .objected: "Con una sola objeción no hay aclamación: se vota. Abra la votación."
        case .votedInBox: "Esta votación se hace solo en la urna electrónica. No entregue papeletas."
        case .boxOpen(let number):
            "La urna electrónica n.º \(number) sigue recibiendo votos de los presentes. Ciérrela primero, en su página."
        case .boxTooSmall(let number):
            "La urna electrónica n.º \(number) tiene menos de \(BallotBox.fewestInWords) votos y no se abre para contar. Anúlela primero, en su página: mientras esto siga abierto, quienes votaron en ella pueden votar otra vez."
        case .acclaimed: "Esta elección ya se hizo por aclamación. Vea su resultado en el escrutinio."
        case .tooManyStand: "Hay más candidatos que puestos: no se puede aclamar. Abra la votación."
        }
    }
}
