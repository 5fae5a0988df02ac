public import Kernel

/// Why something is not done with minutes.
public enum MinutesError: UserFacingError, Hashable {
    /// There are none, or they are not for whoever asks.
    case notFound
    /// The meeting goes on, or was not held.
    case notHeld
    /// They were recorded from paper.
    case onPaper
    /// Training or other activity without its words.
    case activityUntold
    /// They are approved: nothing of them is changed any more.
    case closed
    /// Observations wait for an answer.
    case unanswered(Int)
    /// Observations were accepted, and the version that is out is still the one that they are on.
    case notTakenUp(Int)
    /// The time for observations is not over.
    case stillObserved(until: CalendarDate)
    /// The text resembles an earlier one, and nobody said that this is right.
    case resembles(percent: Int)
    /// They were not circulated.
    case notCirculated
    /// Who observes was not there.
    case wasNotThere
    /// Nothing is asked.
    case emptyObservation
    /// An observation that is not taken up has no reason.
    case refusalUnreasoned
    /// The decision does not approve these minutes.
    case notTheDecision
    /// The commission is not told.
    case commissionUntold
    /// They are not approved yet.
    case notApproved
    /// Somebody signed already.
    case signedAlready
    /// Who signs is another person.
    case notTheSigner
    /// The signer's mandate is over.
    case rightOver(name: String, office: String)
    /// The scan of a signature is not the one that waits, or counts already.
    case scanNotFound
    /// The drawing is no signature.
    case drawingUnreadable
    /// The signer has no address.
    case noAddress
    /// The code is wrong, used or too old.
    case codeNotValid
    /// Nobody signs.
    case noSigners
    /// Somebody did not sign.
    case notAllSigned
    /// The words are not those that were signed.
    case altered
    /// They are not sealed.
    case notSealed
    /// A correction that says nothing.
    case correctionEmpty
    /// The decision of a correction is not of a later meeting.
    case correctionNotLater
    /// The format lacks something.
    case formatIncomplete
    /// A format begins on that day already.
    case formatTaken
    /// The day has passed.
    case dayPassed

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "governance.minutes.not_found"
        case .notHeld: "governance.minutes.not_held"
        case .onPaper: "governance.minutes.on_paper"
        case .activityUntold: "governance.minutes.activity_untold"
        case .closed: "governance.minutes.closed"
        case .unanswered: "governance.minutes.unanswered"
        case .notTakenUp: "governance.minutes.not_taken_up"
        case .stillObserved: "governance.minutes.still_observed"
        case .resembles: "governance.minutes.resembles"
        case .notCirculated: "governance.minutes.not_circulated"
        case .wasNotThere: "governance.minutes.was_not_there"
        case .emptyObservation: "governance.minutes.empty_observation"
        case .refusalUnreasoned: "governance.minutes.refusal_unreasoned"
        case .notTheDecision: "governance.minutes.not_the_decision"
        case .commissionUntold: "governance.minutes.commission_untold"
        case .notApproved: "governance.minutes.not_approved"
        case .signedAlready: "governance.minutes.signed_already"
        case .notTheSigner: "governance.minutes.not_the_signer"
        case .rightOver: "governance.minutes.right_over"
        case .scanNotFound: "governance.minutes.scan_not_found"
        case .drawingUnreadable: "governance.minutes.drawing_unreadable"
        case .noAddress: "governance.minutes.no_address"
        case .codeNotValid: "governance.minutes.code_not_valid"
        case .noSigners: "governance.minutes.no_signers"
        case .notAllSigned: "governance.minutes.not_all_signed"
        case .altered: "governance.minutes.altered"
        case .notSealed: "governance.minutes.not_sealed"
        case .correctionEmpty: "governance.minutes.correction_empty"
        case .correctionNotLater: "governance.minutes.correction_not_later"
        case .formatIncomplete: "governance.minutes.format_incomplete"
        case .formatTaken: "governance.minutes.format_taken"
        case .dayPassed: "governance.minutes.day_passed"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound: .notFound
        case .onPaper, .closed, .signedAlready, .scanNotFound, .formatTaken: .conflict
        case .notTheSigner: .forbidden
        case .notHeld, .unanswered, .notTakenUp, .stillObserved, .notCirculated, .wasNotThere, .notApproved,
            .rightOver, .noAddress,
            .noSigners, .notAllSigned, .altered, .notSealed, .correctionNotLater, .notTheDecision:
            .refused
        default: .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .activityUntold: "activity_note"
        case .resembles: "is_right"
        case .emptyObservation: "observation"
        case .refusalUnreasoned: "answer"
        case .commissionUntold: "note"
        case .drawingUnreadable: "drawing"
        case .codeNotValid: "secret.code"
        case .correctionEmpty: "says"
        case .formatIncomplete: "code"
        case .formatTaken: "valid_from"
        case .dayPassed: "observe_until"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound: "No encontramos esa acta. Vuelva a la reunión o al libro de actas."
        case .notHeld: "La reunión no ha terminado. El acta estará lista cuando se cierre la sesión."
        case .onPaper:
            "El acta de esta reunión se registró desde el papel. Lo que haya que corregir va en un acta posterior."
        case .activityUntold: "Diga el tema de la capacitación o cuál fue la otra actividad."
        case .closed:
            "El acta ya está aprobada y no se cambia. Lo que haya que corregir va en un acta posterior."
        case .unanswered(let count):
            "Antes responda \(SpanishFormat.count(count, "la observación pendiente", "observaciones pendientes"))."
        case .notTakenUp(let count):
            "Se \(count == 1 ? "acogió una observación" : "acogieron \(SpanishFormat.number(count)) observaciones") a esta versión: corrija el acta y envíe otra versión antes de aprobarla."
        case .stillObserved(let day):
            "Se pidieron observaciones hasta el \(SpanishFormat.date(day)). La comisión aprueba el acta después de ese día; una reunión puede hacerlo antes."
        case .resembles(let percent):
            "El \(percent) % del texto coincide con un acta anterior. Corríjalo, o marque que es correcto y siga."
        case .notCirculated: "El acta todavía no se ha enviado a observaciones."
        case .wasNotThere: "Solo quienes estuvieron en la reunión hacen observaciones a su acta."
        case .emptyObservation: "Escriba qué debería cambiar en el acta."
        case .refusalUnreasoned: "Explique por qué no se acoge la observación."
        case .notTheDecision:
            "Esa decisión no aprueba esta acta. Escoja otra, o tome la decisión en la reunión."
        case .commissionUntold: "Diga quiénes integran la comisión y en qué decisión se designó."
        case .notApproved: "El acta se firma después de aprobada."
        case .signedAlready: "Esa firma ya está puesta. No hay nada más que hacer."
        case .notTheSigner: "Esta firma es de otra persona. Cada quien entra con su usuario y firma lo suyo."
        case .rightOver(let name, let office):
            "El período de \(name) en \(office) terminó y ya no puede firmar por ese cargo. Cambie quién firma: lo hace quien ejerce hoy."
        case .scanNotFound:
            "Esa copia ya no es la que está por revisar: alguien la guardó o adjuntó otra. Vuelva al acta y mire cómo quedó."
        case .drawingUnreadable: "No se ve una firma. Dibújela de nuevo con el dedo o el ratón."
        case .noAddress: "Su usuario no tiene un correo al que enviar el código. Firme dibujando o en papel."
        case .codeNotValid: "El código no es correcto, ya se usó o ya venció. Revíselo o pida otro."
        case .noSigners: "Antes diga quiénes firman el acta."
        case .notAllSigned: "Faltan firmas. El acta se sella cuando firmen todos."
        case .altered:
            "El texto guardado no es el que se firmó. No se sella: avise a quien administra el servidor y conserve una copia de la base de datos."
        case .notSealed: "El acta todavía no está sellada."
        case .correctionEmpty: "Escriba qué dice el acta y qué debe decir."
        case .correctionNotLater:
            "Un acta sellada solo la corrige una decisión adoptada en una reunión posterior."
        case .formatIncomplete: "Escriba código, versión y unidad del formato."
        case .formatTaken: "Ya hay un formato que rige desde ese día. Escoja otra fecha."
        case .dayPassed: "Escoja un día que no haya pasado."
        }
    }
}
