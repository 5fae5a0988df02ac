public import Kernel

/// Why something about the life of an alliance is refused.
public enum LifeError: UserFacingError, Hashable {
    /// Who calls is not told.
    case callerMissing
    /// Who is called, or how, is not told.
    case callUntold
    /// The authority is missing.
    case authorityMissing
    /// A filing has its number.
    case numberMissing
    /// What the authority said, or was told, is missing.
    case noteMissing
    /// The day lies in the future.
    case inFuture
    /// A call to constitute comes before the assembly that it calls.
    case calledTooLate(constituted: CalendarDate)
    /// A step before an authority, or a member's confirmation, lies before what it follows.
    case beforeBeginning(CalendarDate)
    /// The alliance was not constituted yet.
    case notConstituted
    /// A renewal goes on already.
    case renewalOpen
    /// There is no such renewal, or it is over.
    case renewalNotFound
    /// Nobody confirmed.
    case nobodyConfirmed
    /// The minutes are missing.
    case minutesMissing
    /// A document is none of a member's.
    case notMembers([String])
    /// Somebody who was ticked is no member any more.
    case membersChanged
    /// Nobody was ticked.
    case nobodyTicked
    /// One was recorded for that day.
    case sameDay
    /// The assembly lies before the constitution, or before the renewal began.
    case dayOutOfPlace
    /// No reason was given.
    case reasonMissing

    /// The stable code.
    public var code: String {
        switch self {
        case .callerMissing: "governance.life.caller_missing"
        case .callUntold: "governance.life.call_untold"
        case .authorityMissing: "governance.life.authority_missing"
        case .numberMissing: "governance.life.number_missing"
        case .noteMissing: "governance.life.note_missing"
        case .inFuture: "governance.life.in_future"
        case .calledTooLate: "governance.life.called_too_late"
        case .beforeBeginning: "governance.life.before_beginning"
        case .notConstituted: "governance.life.not_constituted"
        case .renewalOpen: "governance.life.renewal_open"
        case .renewalNotFound: "governance.life.renewal_not_found"
        case .nobodyConfirmed: "governance.life.nobody_confirmed"
        case .minutesMissing: "governance.life.minutes_missing"
        case .notMembers: "governance.life.not_members"
        case .membersChanged: "governance.life.members_changed"
        case .nobodyTicked: "governance.life.nobody_ticked"
        case .sameDay: "governance.life.same_day"
        case .dayOutOfPlace: "governance.life.day_out_of_place"
        case .reasonMissing: "governance.life.reason_missing"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .renewalNotFound: .notFound
        case .renewalOpen, .sameDay, .membersChanged: .conflict
        case .notConstituted, .nobodyConfirmed: .refused
        default: .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .callerMissing: "caller"
        case .callUntold: "addressed_to"
        case .authorityMissing: "authority"
        case .numberMissing: "number"
        case .noteMissing: "note"
        case .inFuture, .calledTooLate, .beforeBeginning, .sameDay, .dayOutOfPlace: "day"
        case .minutesMissing: "minutes"
        case .notMembers: "documents"
        case .nobodyTicked: "members"
        case .reasonMissing: "reason"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .callerMissing: "Diga quién firma la convocatoria."
        case .callUntold: "Diga a quiénes se convoca y por qué medios."
        case .authorityMissing: "Diga ante qué autoridad."
        case .numberMissing: "Escriba el número de radicado."
        case .noteMissing: "Cuente qué pidió, qué se respondió o por qué se negó."
        case .inFuture: "Esa fecha todavía no llega. Corríjala."
        case .calledTooLate(let constituted):
            "La alianza se constituyó el \(SpanishFormat.longDate(constituted)); la convocatoria es anterior. Revise la fecha."
        case .beforeBeginning(let day):
            "Tiene que ser el \(SpanishFormat.longDate(day)) o después. Revise la fecha."
        case .notConstituted: "La alianza no se ha constituido: registre primero su constitución."
        case .renewalOpen: "Ya hay una renovación en curso. Termínela o descártela primero."
        case .renewalNotFound: "Esa renovación ya terminó o no existe. Vuelva a «Vida de la alianza»."
        case .nobodyConfirmed: "Nadie ha confirmado que sigue. Anote primero a los asociados que confirman."
        case .minutesMissing: "Escriba el acta de la asamblea que renovó la alianza, con número y fecha."
        case .notMembers(let documents):
            documents.count == 1
                ? "\(documents[0]) no es de un asociado vigente. Revíselo o inscríbalo primero."
                : "Estos documentos no son de asociados vigentes: \(SpanishFormat.list(documents)). No se anotó ninguno."
        case .membersChanged:
            "Alguien de los marcados no era de la alianza ese día, o salió mientras usted marcaba. Vuelva a la lista."
        case .nobodyTicked:
            "Marque a quienes confirman, o elija «todos»: con lo marcado no queda nadie por anotar."
        case .sameDay: "Ya consta una renovación de ese día."
        case .dayOutOfPlace:
            "La asamblea de renovación es posterior a la constitución y al último período. Revise la fecha."
        case .reasonMissing: "Diga por qué, en una frase."
        }
    }
}
