public import Kernel

/// Why a mandate is refused.
public enum MandateError: UserFacingError, Hashable {
    /// The seat is none of this tenant's, or was abolished.
    case seatNotFound
    /// The mandate is none of this tenant's.
    case notFound
    /// The period passes the body's limit.
    case longerThanLimit(months: Int)
    /// The end lies before the beginning.
    case endsBeforeItStarts
    /// Somebody holds the seat in that period.
    case seatTaken
    /// The mandate is over already.
    case alreadyEnded
    /// The `posesión` lies before the appointment.
    case officeBeforeAppointment
    /// The body's proclamation makes the mandate: no appointment follows.
    case noAppointmentDue
    /// The holder is not in the register.
    case holderNotFound
    /// Nobody was named.
    case holderMissing
    /// The alliance's own seats are held by people of the register.
    case holderMustBeKnown
    /// The paper that the mandate is known from was not named.
    case paperMissing
    /// The mandate is in force already.
    case alreadyInForce
    /// The act of appointment was not named.
    case actMissing
    /// The end is not told.
    case endNotTold
    /// The day lies in the future.
    case inFuture
    /// The day lies before the mandate began, and no paper tells that the holder never sat.
    case endsBeforeItBegan(CalendarDate)
    /// The body's holders do not go on after their last day.
    case endsAfterPeriod(CalendarDate)
    /// Somebody sits on the seat.
    case notVacant
    /// No alternate can be called.
    case noAlternate
    /// The act of appointment was recorded already, with other words.
    case alreadyAppointed

    /// The stable code.
    public var code: String {
        switch self {
        case .seatNotFound: "governance.mandate.seat_not_found"
        case .notFound: "governance.mandate.not_found"
        case .longerThanLimit: "governance.mandate.longer_than_limit"
        case .endsBeforeItStarts: "governance.mandate.ends_before_it_starts"
        case .seatTaken: "governance.mandate.seat_taken"
        case .alreadyEnded: "governance.mandate.already_ended"
        case .officeBeforeAppointment: "governance.mandate.office_before_appointment"
        case .noAppointmentDue: "governance.mandate.no_appointment_due"
        case .holderNotFound: "governance.mandate.holder_not_found"
        case .holderMissing: "governance.mandate.holder_missing"
        case .holderMustBeKnown: "governance.mandate.holder_must_be_known"
        case .paperMissing: "governance.mandate.paper_missing"
        case .alreadyInForce: "governance.mandate.already_in_force"
        case .actMissing: "governance.mandate.act_missing"
        case .endNotTold: "governance.mandate.end_not_told"
        case .inFuture: "governance.mandate.in_future"
        case .endsBeforeItBegan: "governance.mandate.ends_before_it_began"
        case .endsAfterPeriod: "governance.mandate.ends_after_period"
        case .notVacant: "governance.mandate.not_vacant"
        case .noAlternate: "governance.mandate.no_alternate"
        case .alreadyAppointed: "governance.mandate.already_appointed"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .seatNotFound, .notFound: .notFound
        case .seatTaken, .alreadyEnded, .alreadyInForce, .alreadyAppointed: .conflict
        case .noAppointmentDue, .longerThanLimit, .notVacant, .noAlternate: .refused
        case .endsBeforeItStarts, .officeBeforeAppointment, .holderNotFound, .holderMissing,
            .holderMustBeKnown, .paperMissing, .actMissing, .endNotTold, .inFuture, .endsBeforeItBegan,
            .endsAfterPeriod:
            .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .seatNotFound, .notFound, .alreadyEnded, .noAppointmentDue, .alreadyInForce, .notVacant,
            .noAlternate, .alreadyAppointed:
            nil
        case .longerThanLimit, .endsBeforeItStarts: "ends_on"
        case .seatTaken: "starts_on"
        case .officeBeforeAppointment: "took_office_on"
        case .holderNotFound, .holderMissing, .holderMustBeKnown: "holder"
        case .paperMissing: "paper"
        case .actMissing: "act"
        case .endNotTold: "note"
        case .inFuture, .endsBeforeItBegan, .endsAfterPeriod: "day"
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .seatNotFound: "No encontramos ese puesto. Vuelva al organismo y escójalo de nuevo."
        case .notFound: "No encontramos ese período. Vuelva al organismo y escójalo de nuevo."
        case .longerThanLimit(let months):
            "El período pasa del límite de \(months) meses de este organismo. Adelante la fecha final."
        case .endsBeforeItStarts: "La fecha final está antes de la inicial. Corrija una de las dos."
        case .seatTaken:
            "Ese puesto ya tiene titular en esas fechas. Termine primero ese período, con su motivo."
        case .alreadyEnded: "Ese período ya terminó. No hay nada más que hacer."
        case .officeBeforeAppointment:
            "La posesión no puede ser anterior al acto de nombramiento. Revise las dos fechas."
        case .noAppointmentDue:
            "En este organismo la proclamación basta: no hace falta acto de nombramiento."
        case .holderNotFound:
            "Esa persona no está en el padrón. Revise el documento o inscríbala primero."
        case .holderMissing: "Diga quién ocupa el puesto, con su documento o su nombre."
        case .holderMustBeKnown:
            "Los puestos de la alianza son de personas del padrón. Escriba el documento de la persona."
        case .paperMissing: "Diga de qué papel consta: acta, resolución o certificado, con número y fecha."
        case .alreadyInForce: "Ese período ya rige. No hay nada más que hacer."
        case .actMissing: "Escriba el acto de nombramiento con su número."
        case .endNotTold: "Cuente en una frase por qué termina el período."
        case .inFuture: "Esa fecha todavía no llega. Registre el hecho cuando ocurra."
        case .endsBeforeItBegan(let first):
            """
            El período comenzó el \(SpanishFormat.date(first)). Corrija la fecha o, si la persona no alcanzó a ocupar \
            el puesto, cuente en qué documento consta.
            """
        case .endsAfterPeriod(let last):
            """
            El período terminó el \(SpanishFormat.date(last)) y en este organismo nadie continúa después. Escriba esa \
            fecha o una anterior.
            """
        case .notVacant: "El puesto tiene titular. Un suplente entra cuando el principal falta."
        case .noAlternate: "El puesto no tiene suplente a quien llamar. Convoque una elección."
        case .alreadyAppointed: "El acto de nombramiento ya consta. Registre solo la posesión."
        }
    }
}
