public import Kernel

/// Why a letter, or what is done with it, is refused.
public enum LetterError: UserFacingError, Hashable {
    /// It is none of this alliance's, or the person may not see it.
    case notFound
    /// It is about nothing.
    case subjectMissing
    /// It says nothing.
    case bodyMissing
    /// It goes to nobody.
    case addresseeMissing
    /// It goes to more than there is room for.
    case tooManyAddressees
    /// Nobody signs it.
    case signerMissing
    /// Nobody is said to have written it.
    case senderMissing
    /// There is no such term.
    case termNotFound
    /// Nothing is said to order a term.
    case normMissing
    /// A term is none from 1 to 365 business days.
    case daysOutOfRange
    /// It has its number and does not change any more.
    case issuedAlready
    /// It has no number yet.
    case notIssued
    /// Somebody else changed it meanwhile.
    case changedMeanwhile
    /// The day lies in the future, or before what it follows.
    case dayOutOfPlace
    /// Neither a number nor a paper proves that it was got.
    case proofMissing
    /// That they got it is not recorded.
    case notDelivered
    /// It was recorded already.
    case recordedAlready
    /// What was done is not told.
    case noteMissing
    /// It is shared already.
    case alreadyShared
    /// It is the board's own: it is shared before it is published.
    case notShared
    /// It is no public statement.
    case notAStatement
    /// It is on the citizen's page already.
    case publishedAlready
    /// It is not on the citizen's page.
    case notPublished
    /// Who reserves it is not on the board.
    case notOnBoard

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "governance.letter.not_found"
        case .subjectMissing: "governance.letter.subject_missing"
        case .bodyMissing: "governance.letter.body_missing"
        case .addresseeMissing: "governance.letter.addressee_missing"
        case .tooManyAddressees: "governance.letter.too_many_addressees"
        case .signerMissing: "governance.letter.signer_missing"
        case .senderMissing: "governance.letter.sender_missing"
        case .termNotFound: "governance.letter.term_not_found"
        case .normMissing: "governance.letter.norm_missing"
        case .daysOutOfRange: "governance.letter.days_out_of_range"
        case .issuedAlready: "governance.letter.issued_already"
        case .notIssued: "governance.letter.not_issued"
        case .changedMeanwhile: "governance.letter.changed_meanwhile"
        case .dayOutOfPlace: "governance.letter.day_out_of_place"
        case .proofMissing: "governance.letter.proof_missing"
        case .notDelivered: "governance.letter.not_delivered"
        case .recordedAlready: "governance.letter.recorded_already"
        case .noteMissing: "governance.letter.note_missing"
        case .alreadyShared: "governance.letter.already_shared"
        case .notShared: "governance.letter.not_shared"
        case .notAStatement: "governance.letter.not_a_statement"
        case .publishedAlready: "governance.letter.published_already"
        case .notPublished: "governance.letter.not_published"
        case .notOnBoard: "governance.letter.not_on_board"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound: .notFound
        case .issuedAlready, .notIssued, .changedMeanwhile, .notDelivered, .recordedAlready, .alreadyShared,
            .notShared, .notAStatement, .publishedAlready, .notPublished:
            .conflict
        case .notOnBoard: .forbidden
        default: .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .subjectMissing: "subject"
        case .bodyMissing: "body"
        case .addresseeMissing, .tooManyAddressees: "addressees"
        case .signerMissing: "signers"
        case .senderMissing: "sender"
        case .termNotFound: "term"
        case .normMissing: "norm"
        case .daysOutOfRange: "business_days"
        case .dayOutOfPlace: "day"
        case .proofMissing: "reference"
        case .noteMissing: "note"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound: "No encontramos esa carta. Vuelva a la lista y escójala de nuevo."
        case .subjectMissing: "Escriba el asunto."
        case .bodyMissing: "Falta el texto de la carta. Edítela y escríbalo antes de numerarla."
        case .addresseeMissing: "Falta a quién va dirigida. Edítela y escriba al menos un destinatario."
        case .tooManyAddressees:
            "Una carta lleva hasta \(LetterContent.mostAddressees) destinatarios. Divídala en varias."
        case .signerMissing: "Falta quién la firma. Edítela y escriba al menos una persona con su cargo."
        case .senderMissing: "Diga quién la envía."
        case .termNotFound: "Ese plazo no está en la lista. Escoja otro."
        case .normMissing: "Cite la norma o el procedimiento que ordena el plazo, con su artículo o código."
        case .daysOutOfRange: "Un plazo va de 1 a 365 días hábiles."
        case .issuedAlready: "La carta ya tiene número y no se cambia más. Si hay un error, envíe otra."
        case .notIssued: "La carta todavía no tiene número. Numérela primero."
        case .changedMeanwhile:
            "Otra persona la cambió mientras tanto. Vuelva a su página, mire cómo quedó y haga su cambio otra vez."
        case .dayOutOfPlace: "Esa fecha todavía no llega, o es anterior a la carta. Corríjala."
        case .proofMissing:
            "Falta la prueba de la entrega: el radicado que dieron, o la copia con el sello de recibido."
        case .notDelivered: "Primero anote cuándo la recibieron."
        case .recordedAlready: "Eso ya estaba anotado. Vuelva a la página de la carta."
        case .noteMissing: "Cuente en una frase qué se hizo o qué dice."
        case .alreadyShared: "La carta ya está compartida."
        case .notShared:
            "El comunicado es del espacio propio de la junta. Compártalo con la entidad antes de publicarlo."
        case .notAStatement: "Solo se publican los comunicados; las cartas son entre quienes se escriben."
        case .publishedAlready: "El comunicado ya está en la página pública."
        case .notPublished: "El comunicado no está en la página pública."
        case .notOnBoard: "Solo la junta de la alianza puede guardar algo en su espacio propio."
        }
    }
}
