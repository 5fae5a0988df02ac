public import Kernel

/// Why something is not done with an electronic box.
public enum BoxError: UserFacingError, Hashable {
    /// The process has no such box.
    case notFound
    /// The box is elsewhere in its life.
    case notNow(BallotBox.State)
    /// Something is missing before.
    case obstacles([BoxObstacle])
    /// Nobody chose what it asks.
    case noQuestions
    /// A contest is not voted in secret.
    case notSecret(String)
    /// Another box takes the votes of a contest.
    case contestTaken
    /// The number of trustees, or of those who decrypt together, cannot be.
    case trusteesOutOfRange
    /// One trustee could decrypt a real box alone.
    case oneDecryptsAlone
    /// Nobody could vote.
    case noWay
    /// It closes before it opens.
    case hoursTurned
    /// It takes no ballots on the day to which people are called, which is told in words.
    case otherDay(String)
    /// The bylaws do not allow voting from afar.
    case remoteNotInBylaws
    /// The roll is not frozen.
    case rollNotFrozen
    /// Somebody keeps a share for that body already, or somebody keeps two.
    case trusteeTaken
    /// All trustees are named.
    case trusteesComplete
    /// Whoever is something else in the process keeps no key for others and makes no credentials.
    case otherCapacity(String, Capacity)
    /// Who is named has no document, by which it is known that they do not stand.
    case documentMissing(String)
    /// There is no such trustee or authority, or no more.
    case notAppointed
    /// Another makes the credentials already.
    case authorityTaken
    /// The reason is missing.
    case reasonMissing
    /// What a trustee sent is not what is due of them now.
    case notYourTurn
    /// It was sent before.
    case alreadyPosted
    /// What was sent proves nothing, or is malformed.
    case messageRefused(String)
    /// The list of credentials cannot be, and why, with the line.
    case credentialRefused(Int, String)
    /// The slip is unknown, bound or unusable.
    case slipNotFree
    /// No slip of the box has this number.
    case slipUnknown(String)
    /// The slip was replaced by another.
    case slipReplaced
    /// The credential has voted.
    case credentialVoted
    /// The person is not on the roll.
    case notOnRoll
    /// Acts with a box take two people of different roles.
    case sameRole
    /// Jurors decide nothing about a box but its closing.
    case otherRole
    /// An act of the same kind waits for its second person.
    case actOpen
    /// The act is unknown, was carried out or taken back.
    case actNotOpen
    /// Somebody else proposed it.
    case notProposer
    /// Out of its hours.
    case outsideHours
    /// Too few voted.
    case tooFew(Int)
    /// No ballot has the tracker.
    case noSuchBallot
    /// It is no tracker: of another length, or with other signs.
    case noTracker
    /// The ballots are excluded already.
    case alreadyExcluded
    /// No challenge to the box waits for its decision, for which a ballot could be left out.
    case challengeMissing
    /// Who took a challenge in has no part in leaving out what it points at.
    case ownChallenge
    /// Whoever votes at another table.
    case otherTable
    /// They voted in this box, or on paper, already.
    case hasVoted
    /// They voted in another box of the process, by its number, whose papers the table hands over as well.
    case votedIn(Int)
    /// They did not vote in the box: there is nothing to leave out.
    case noElectronicVote
    /// Nobody votes on paper beside this box.
    case noPaper
    /// A contradiction is listed already, or there is none.
    case noConflict
    /// They were handed no papers at this table.
    case noPaperVote
    /// The urn of the table is closed.
    case urnClosed
    /// A contradiction of their marks is listed, and is decided first.
    case conflictListed
    /// Tables opened the vote before the box was sealed: who was handed papers there bears no mark.
    case tablesVoted

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "elections.box.not_found"
        case .notNow: "elections.box.not_now"
        case .obstacles: "elections.box.obstacles"
        case .noQuestions: "elections.box.no_questions"
        case .notSecret: "elections.box.not_secret"
        case .contestTaken: "elections.box.contest_taken"
        case .trusteesOutOfRange: "elections.box.trustees_out_of_range"
        case .oneDecryptsAlone: "elections.box.one_decrypts_alone"
        case .noWay: "elections.box.no_way"
        case .hoursTurned: "elections.box.hours_turned"
        case .otherDay: "elections.box.other_day"
        case .remoteNotInBylaws: "elections.box.remote_not_in_bylaws"
        case .rollNotFrozen: "elections.box.roll_not_frozen"
        case .trusteeTaken: "elections.box.trustee_taken"
        case .trusteesComplete: "elections.box.trustees_complete"
        case .otherCapacity: "elections.box.other_capacity"
        case .documentMissing: "elections.box.document_missing"
        case .notAppointed: "elections.box.not_appointed"
        case .authorityTaken: "elections.box.authority_taken"
        case .reasonMissing: "elections.box.reason_missing"
        case .notYourTurn: "elections.box.not_your_turn"
        case .alreadyPosted: "elections.box.already_posted"
        case .messageRefused: "elections.box.message_refused"
        case .credentialRefused: "elections.box.credential_refused"
        case .slipNotFree: "elections.box.slip_not_free"
        case .slipUnknown: "elections.box.slip_unknown"
        case .slipReplaced: "elections.box.slip_replaced"
        case .credentialVoted: "elections.box.credential_voted"
        case .notOnRoll: "elections.box.not_on_roll"
        case .sameRole: "elections.box.same_role"
        case .otherRole: "elections.box.other_role"
        case .actOpen: "elections.box.act_open"
        case .actNotOpen: "elections.box.act_not_open"
        case .notProposer: "elections.box.not_proposer"
        case .outsideHours: "elections.box.outside_hours"
        case .tooFew: "elections.box.too_few"
        case .noSuchBallot: "elections.box.no_such_ballot"
        case .noTracker: "elections.box.no_tracker"
        case .alreadyExcluded: "elections.box.already_excluded"
        case .challengeMissing: "elections.box.challenge_missing"
        case .ownChallenge: "elections.box.own_challenge"
        case .otherTable: "elections.box.other_table"
        case .hasVoted: "elections.box.has_voted"
        case .votedIn: "elections.box.voted_in"
        case .noElectronicVote: "elections.box.no_electronic_vote"
        case .noPaper: "elections.box.no_paper"
        case .noConflict: "elections.box.no_conflict"
        case .noPaperVote: "elections.box.no_paper_vote"
        case .urnClosed: "elections.box.urn_closed"
        case .conflictListed: "elections.box.conflict_listed"
        case .tablesVoted: "elections.box.tables_voted"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound, .notAppointed, .noSuchBallot, .noConflict, .noPaperVote: .notFound
        case .contestTaken, .trusteeTaken, .authorityTaken, .alreadyPosted, .actOpen, .alreadyExcluded,
            .hasVoted, .votedIn:
            .conflict
        case .trusteesOutOfRange, .oneDecryptsAlone, .noWay, .hoursTurned, .reasonMissing, .messageRefused,
            .credentialRefused, .noQuestions, .documentMissing, .noTracker:
            .invalid
        default: .refused
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .trusteesOutOfRange: "trustees"
        case .oneDecryptsAlone: "threshold"
        case .noWay, .remoteNotInBylaws: "ways"
        case .hoursTurned: "closes"
        case .otherDay: "opens"
        case .reasonMissing: "reason"
        case .noQuestions, .notSecret, .contestTaken, .tablesVoted: "contests"
        case .documentMissing: "document"
        case .slipNotFree, .slipUnknown, .slipReplaced: "serial"
        case .noSuchBallot, .noTracker, .alreadyExcluded: "tracker"
        case .challengeMissing, .ownChallenge: "challenge"
        default: nil
        }
    }
}

extension BoxError {
    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound: "Esa urna no está en la elección. Vuelva a la elección y escójala de nuevo."
        case .notNow(let state):
            "La urna está en otra etapa: «\(state.title.lowercased())». Vuelva a la urna y mire qué sigue."
        case .obstacles(let missing):
            missing.count == 1
                ? "Falta: \(missing[0].sentence)" : "Falta: " + missing.map(\.sentence).joined(separator: " ")
        case .noQuestions: "Escoja al menos una votación."
        case .notSecret(let name): "«\(name)» no es una votación secreta: no va en la urna electrónica."
        case .contestTaken:
            "Otra urna ya recibe los votos de una de esas votaciones. Anúlela primero o quite la votación."
        case .trusteesOutOfRange:
            "Escriba de 1 a 9 custodios, y cuántos de ellos bastan para descifrar: de 1 a todos."
        case .oneDecryptsAlone:
            "Escriba 2 o más: si bastara un custodio, él solo podría leer todos los votos. Con uno solo se puede hacer un simulacro."
        case .noWay: "Escoja al menos una forma de votar: en la cabina de la mesa o a distancia."
        case .otherDay(let day):
            "La votación está convocada para el \(day): la urna recibe votos ese día. Si la votación se cambió de día, primero aplácela en la cronología de la elección."
        case .hoursTurned: "La urna debe cerrar después de abrir. Corrija las horas."
        case .remoteNotInBylaws:
            "Los estatutos no permiten votar a distancia. Regístrelo antes en los estatutos o quite esa forma."
        case .rollNotFrozen: "El censo no es definitivo. Ciérrelo antes de preparar la urna."
        case .trusteeTaken: "Esa persona ya es custodio, o ya hay un custodio de ese organismo. Escoja otro."
        case .trusteesComplete: "Ya están todos los custodios. Releve a uno para nombrar a otro."
        case .otherCapacity(let name, let capacity):
            "\(name) ya es \(capacity.title) en esta elección. Escoja a alguien que no tenga otra función en ella."
        case .documentMissing(let name):
            "Escriba el documento de \(name): con él se sabe que no se postula en esta elección."
        case .notAppointed: "Esa persona no tiene esa función en la urna, o ya fue relevada."
        case .authorityTaken: "Ya hay una autoridad de credenciales. Relévela para nombrar a otra."
        case .reasonMissing: "Escriba el motivo: queda en el registro de la elección."
        case .notYourTurn: "Todavía no le toca este paso, o ya pasó. Vuelva a abrir la página."
        case .alreadyPosted: "Ya lo había enviado. No hace falta enviarlo de nuevo."
        case .messageRefused(let reason):
            "Lo que envió su navegador no es válido: \(reason) Vuelva a intentarlo."
        case .credentialRefused(let line, let reason):
            "La lista de claves no es válida en la línea \(line): \(reason)"
        case .slipNotFree:
            "Ese volante no está libre: ya es de otra persona, o es de reserva. Revise el número o saque otro."
        case .slipUnknown(let serial): "Ningún volante de esta urna lleva el número «\(serial)». Revíselo."
        case .slipReplaced: "Ese volante se reemplazó y ya no sirve. Apártelo y tome otro."
        case .credentialVoted:
            "Con esa clave ya se votó: no se puede reemplazar. Registre el caso como novedad."
        case .notOnRoll: "Esta persona no está en el censo definitivo. Oriéntela al comité electoral."
        case .sameRole:
            "Esto lo hacen dos personas de organismos distintos. Pida a otra persona que lo confirme."
        case .otherRole: "Esto lo deciden el comité electoral, el garante o la junta. Avíseles."
        case .actOpen: "Ya hay una propuesta igual por confirmar."
        case .actNotOpen: "Esa propuesta ya se confirmó o se retiró. Vuelva a la urna."
        case .notProposer: "La propuesta la retira quien la hizo o el comité electoral."
        case .outsideHours: "No es la hora de la urna. Abra la urna dentro del horario que se selló."
        case .tooFew(let voters):
            "Votaron \(voters): con menos de \(BallotBox.fewest) votos la urna no se abre, porque se sabría cómo votó alguien. Anúlela con su motivo o repita la votación."
        case .noSuchBallot: "Ningún voto tiene ese número de seguimiento. Revíselo."
        case .noTracker:
            "Un número de seguimiento tiene 43 signos, con letras grandes y pequeñas. Revise que esté completo."
        case .alreadyExcluded: "Esos votos ya están excluidos."
        case .challengeMissing:
            "Un voto se excluye por una impugnación a la urna que espere su decisión. Preséntela primero."
        case .ownChallenge:
            "Usted presentó esa impugnación. La exclusión la proponen y confirman otras dos personas."
        case .otherTable: "Esta persona vota en otra mesa. Oriéntela a la suya."
        case .hasVoted: "Esta persona ya votó. Si firmó un listado, registre la contradicción."
        case .votedIn(let number):
            "Esta persona ya votó en la urna electrónica n.º \(number): no se le entrega ningún tarjetón. Si firmó un listado, registre la contradicción en esa urna."
        case .noElectronicVote: "Esta persona no votó en la urna electrónica: no hay voto que excluir."
        case .noPaper: "En esta elección no se vota en papel: se vota en la urna electrónica."
        case .noConflict: "No hay contradicción que registrar, o ya está registrada."
        case .noPaperVote: "A esta persona no se le marcó el voto en papel en esta mesa."
        case .urnClosed:
            "La urna de papel de la mesa ya cerró: no se puede saber si el tarjetón está en ella. Registre el caso como incidente."
        case .conflictListed:
            "Hay una contradicción registrada de esta persona. La deciden dos personas en la página de la urna."
        case .tablesVoted:
            "Las mesas ya abrieron una de esas votaciones, y quien recibió tarjetones podría votar otra vez en la urna. Siga con las mesas, o deje la votación fuera de la urna."
        }
    }
}
