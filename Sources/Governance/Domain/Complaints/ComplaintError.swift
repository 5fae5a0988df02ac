public import Kernel

/// Why a complaint, or what is done with it, is refused.
public enum ComplaintError: UserFacingError, Hashable {
    /// It is none of this alliance's.
    case notFound
    /// It says nothing.
    case accountMissing
    /// What is written as an earlier radicado is none.
    case earlierNumberMalformed
    /// It is of nobody.
    case entityMissing
    /// A name was to be kept and is none.
    case nameMissing
    /// A step that tells nothing.
    case noteMissing
    /// Nobody is said to whom it goes.
    case addresseeMissing
    /// Neither a paper nor a number proves that it was passed on.
    case proofMissing
    /// The moment lies in the future, or before what it follows.
    case momentOutOfPlace
    /// An answer told after the term, as of a day within it, without the paper that shows it.
    case answerUnproven
    /// The entity has it, or had it: what is asked is the alliance's to decide.
    case notEntitysToDecide
    /// It does not follow from where the complaint stands.
    case outOfTurn
    /// Somebody else did something with it meanwhile.
    case changedMeanwhile
    /// The analysis is shared already, or none of the complaint's.
    case analysisNotReserved
    /// Nobody is known who complained.
    case nobodyKnown
    /// What may not be written is not known: nothing is taken in.
    case filterMissing
    /// A purpose was not told.
    case purposeMissing
    /// The norm of a term was not told.
    case normMissing
    /// A figure of a term that cannot be.
    case amountOutOfRange
    /// No complaint has the code.
    case receiptNotFound
    /// Nothing has a term of that sort.
    case termNotFound

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "governance.complaint.not_found"
        case .accountMissing: "governance.complaint.account_missing"
        case .earlierNumberMalformed: "governance.complaint.earlier_number_malformed"
        case .entityMissing: "governance.complaint.entity_missing"
        case .nameMissing: "governance.complaint.name_missing"
        case .noteMissing: "governance.complaint.note_missing"
        case .addresseeMissing: "governance.complaint.addressee_missing"
        case .proofMissing: "governance.complaint.proof_missing"
        case .momentOutOfPlace: "governance.complaint.moment_out_of_place"
        case .answerUnproven: "governance.complaint.answer_unproven"
        case .notEntitysToDecide: "governance.complaint.not_entitys_to_decide"
        case .outOfTurn: "governance.complaint.out_of_turn"
        case .changedMeanwhile: "governance.complaint.changed_meanwhile"
        case .analysisNotReserved: "governance.complaint.analysis_not_reserved"
        case .nobodyKnown: "governance.complaint.nobody_known"
        case .filterMissing: "governance.complaint.filter_missing"
        case .purposeMissing: "governance.complaint.purpose_missing"
        case .normMissing: "governance.complaint.norm_missing"
        case .amountOutOfRange: "governance.complaint.amount_out_of_range"
        case .receiptNotFound: "governance.complaint.receipt_not_found"
        case .termNotFound: "governance.complaint.term_not_found"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound, .nobodyKnown, .termNotFound: .notFound
        case .outOfTurn, .changedMeanwhile, .analysisNotReserved: .conflict
        case .filterMissing: .unavailable
        case .notEntitysToDecide: .refused
        default: .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .accountMissing: "account"
        case .earlierNumberMalformed: "earlier_number"
        case .entityMissing: "entity"
        case .nameMissing: "name"
        case .noteMissing: "note"
        case .addresseeMissing: "addressee"
        case .proofMissing: "reference"
        case .momentOutOfPlace: "moment"
        case .answerUnproven: "proof"
        case .purposeMissing: "purpose"
        case .normMissing: "norm"
        case .amountOutOfRange: "amount"
        case .receiptNotFound: "code"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound: "No encontramos esa queja. Vuelva a la lista y escójala de nuevo."
        case .accountMissing: "Cuente qué pasó."
        case .earlierNumberMalformed:
            "Escriba solo el número del radicado, como está en el papel, o déjelo en blanco."
        case .entityMissing: "Diga de qué entidad es: la EPS, la clínica, la farmacia."
        case .nameMissing: "Escriba el nombre, o quite la autorización para que la queja sea anónima."
        case .noteMissing: "Cuente en una frase qué pasó."
        case .addresseeMissing: "Diga a quién se trasladó."
        case .proofMissing:
            "Falta la prueba del traslado: el radicado que dio la entidad, o la copia del correo o del oficio recibido."
        case .momentOutOfPlace:
            "Esa fecha y hora todavía no llega, o es anterior al último paso de la queja. Corríjala."
        case .answerUnproven:
            "El plazo ya pasó y la respuesta lleva una fecha anterior a su fin. Adjunte el documento que lo muestra, o anótela con la fecha de hoy."
        case .notEntitysToDecide:
            "La entidad ya recibió esta queja: bajarle el riesgo, cerrarla o reabrirla le corresponde a la junta de la alianza. Usted puede anotar un seguimiento."
        case .outOfTurn: "Eso no sigue del estado en que está la queja. Vuelva a su página y mire qué falta."
        case .changedMeanwhile:
            "Otra persona cambió la queja mientras tanto. Vuelva a su página y mire qué falta."
        case .analysisNotReserved: "Ese análisis ya está compartido con la entidad."
        case .nobodyKnown:
            "No se guarda quién presentó esta queja: no autorizó que se guardara su nombre, o pidió borrarlo."
        case .filterMissing:
            "Falta la lista de lo que no se puede escribir, y sin ella no se reciben quejas. Avise a quien opera la plataforma."
        case .purposeMissing: "Diga para qué necesita saber quién es: queda en el registro."
        case .normMissing: "Cite la norma o el procedimiento que ordena el plazo, con su artículo o código."
        case .amountOutOfRange: "Escriba un número entre 1 y 2.000."
        case .receiptNotFound: "Ninguna queja de esta alianza tiene ese radicado con ese código. Revíselos."
        case .termNotFound: "Esa clase de queja no tiene plazo. Vuelva a la lista de plazos."
        }
    }
}
