public import Kernel

/// Why a meeting or its minutes are refused.
public enum MeetingError: UserFacingError, Hashable {
    /// The meeting is none of this alliance's.
    case notFound
    /// It has no name.
    case untitled
    /// It ends before it begins.
    case endsBeforeItStarts
    /// A call names no channel.
    case channelMissing
    /// A call after the meeting is none.
    case calledAfterwards
    /// The day of a held meeting lies in the future.
    case notYetHeld
    /// The meeting was held or called off already.
    case notPlanned
    /// The entity's office alone may move it.
    case entityAlone
    /// The authority has to be told, with a filing number, before the day that is moved.
    case authorityNotTold(String)
    /// The notice to the authority has no day.
    case noticeUndated(String)
    /// The notice to the authority is of a day to come, or not before the day that is moved.
    case noticeOutOfTime(String)
    /// A change that does not say why.
    case reasonMissing
    /// A year without meetings.
    case nothingToPlan
    /// The meeting has its minutes already.
    case hasMinutes
    /// Minutes from paper have a number from which on minutes are numbered here.
    case numberIsLater(first: Int)
    /// Minutes that tell nothing.
    case emptyMinutes
    /// A figure of the minutes is negative, or more voted than came.
    case figuresDoNotFit
    /// What is the board's own is not on the citizens' page.
    case reservedAndPublic
    /// Only the board has a space of its own.
    case notOnBoard
    /// The meeting is shared already.
    case alreadyShared
    /// The series is none of this alliance's.
    case seriesNotFound
    /// The body is none of this alliance's.
    case bodyNotFound
    /// What is written is no address of a remote session.
    case unreadableLink

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "governance.meeting.not_found"
        case .untitled: "governance.meeting.untitled"
        case .endsBeforeItStarts: "governance.meeting.ends_before_it_starts"
        case .channelMissing: "governance.meeting.channel_missing"
        case .calledAfterwards: "governance.meeting.called_afterwards"
        case .notYetHeld: "governance.meeting.not_yet_held"
        case .notPlanned: "governance.meeting.not_planned"
        case .hasMinutes: "governance.meeting.has_minutes"
        case .numberIsLater: "governance.meeting.number_is_later"
        case .emptyMinutes: "governance.meeting.empty_minutes"
        case .entityAlone: "governance.meeting.entity_alone"
        case .authorityNotTold: "governance.meeting.authority_not_told"
        case .noticeUndated: "governance.meeting.notice_undated"
        case .noticeOutOfTime: "governance.meeting.notice_out_of_time"
        case .reasonMissing: "governance.meeting.reason_missing"
        case .nothingToPlan: "governance.meeting.nothing_to_plan"
        case .figuresDoNotFit: "governance.meeting.figures_do_not_fit"
        case .reservedAndPublic: "governance.meeting.reserved_and_public"
        case .notOnBoard: "governance.meeting.not_on_board"
        case .alreadyShared: "governance.meeting.already_shared"
        case .seriesNotFound: "governance.meeting.series_not_found"
        case .bodyNotFound: "governance.meeting.body_not_found"
        case .unreadableLink: "governance.meeting.unreadable_link"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound: .notFound
        case .notPlanned, .hasMinutes, .alreadyShared: .conflict
        case .entityAlone: .refused
        default: .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .notFound, .notPlanned, .hasMinutes, .entityAlone, .nothingToPlan, .alreadyShared: nil
        case .notOnBoard: "is_reserved"
        case .seriesNotFound: "series"
        case .bodyNotFound: "body"
        case .unreadableLink: "link"
        case .authorityNotTold: "notice_number"
        case .noticeUndated, .noticeOutOfTime: "filed_on"
        case .reasonMissing: "reason"
        case .untitled: "title"
        case .endsBeforeItStarts: "ends_at"
        case .channelMissing: "channel"
        case .calledAfterwards: "sent_on"
        case .notYetHeld: "day"
        case .emptyMinutes: "narrative"
        case .figuresDoNotFit: "attendees"
        case .reservedAndPublic: "is_public"
        case .numberIsLater: "number"
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound: "No encontramos esa reunión. Vuelva a la lista y escójala de nuevo."
        case .untitled: "Escriba el nombre de la reunión."
        case .endsBeforeItStarts: "La reunión termina antes de empezar. Corrija una de las dos horas."
        case .channelMissing: "Diga por qué medio se convocó: teléfono, afiche, WhatsApp, prensa…"
        case .calledAfterwards: "La convocatoria no puede ser posterior a la reunión. Revise la fecha."
        case .notYetHeld: "Esa fecha todavía no llega. Registre el acta después de la reunión."
        case .notPlanned: "La reunión ya se realizó o se canceló. No se puede cambiar."
        case .numberIsLater(let first):
            "Las actas de este libro se numeran aquí desde la n.º \(first): la de papel lleva un número anterior, o ninguno."
        case .hasMinutes: "La reunión ya tiene su acta. Lo que haya que corregir va en un acta posterior."
        case .emptyMinutes: "Cuente qué pasó en la reunión, o adjunte el acta firmada."
        case .entityAlone:
            "Esta fecha solo la puede cambiar la entidad. Pídalo a su oficina de participación."
        case .authorityNotTold(let authority):
            "Antes de cambiar esta fecha hay que avisar a \(authority). Escriba el radicado del aviso."
        case .noticeUndated(let authority): "Escriba la fecha en que se radicó el aviso a \(authority)."
        case .noticeOutOfTime(let authority):
            "El aviso a \(authority) se radica antes del día que se cambia, y no en una fecha que todavía no llega. Corrija la fecha del aviso."
        case .reasonMissing: "Diga por qué se cambia, y con quién se acordó."
        case .nothingToPlan: "Deje marcada al menos una reunión."
        case .figuresDoNotFit:
            "Revise las cifras: no pueden ser negativas, ni votar más personas de las que asistieron."
        case .reservedAndPublic:
            "Una reunión reservada a la junta no va en la página pública. Quite una de las dos marcas."
        case .notOnBoard: "Solo quien es de la junta programa reuniones de su espacio propio."
        case .alreadyShared: "La reunión ya está a la vista de la entidad."
        case .seriesNotFound: "Ese ciclo de sesiones no es de esta alianza. Escójalo de la lista."
        case .bodyNotFound: "Ese organismo no es de esta alianza. Escójalo de la lista."
        case .unreadableLink:
            "Pegue la dirección completa de la sala, como «https://meet.example/abc». Si todavía no hay, déjela en blanco."
        }
    }
}
