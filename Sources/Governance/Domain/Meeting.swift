public import Kernel

/// A meeting of an alliance, planned or held.
public struct Meeting: Sendable, Hashable {
    /// The kinds of meetings.
    public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        /// Of the board with the entity's office.
        case board
        /// Of all members (`asamblea`).
        case assembly
        /// Of the members with the entity (`encuentro`).
        case encounter
        /// In which the entity, the alliance or both render accounts (`rendición de cuentas`): the meeting says whether
        /// the alliance does.
        case accountability
        /// `audiencia pública de rendición de cuentas`.
        case publicHearing = "public_hearing"
        /// In which people are told of the alliance before it is constituted (`socialización`).
        case socialization
        /// Of a provider's group of users.
        case group
        /// `capacitación`.
        case training
        /// Any other.
        case other

        /// The name on screens.
        public var title: String {
            switch self {
            case .board: "Reunión de junta"
            case .assembly: "Asamblea"
            case .encounter: "Encuentro con la entidad"
            case .accountability: "Rendición de cuentas"
            case .publicHearing: "Audiencia pública"
            case .socialization: "Socialización"
            case .group: "Reunión de la alianza"
            case .training: "Capacitación"
            case .other: "Otra reunión"
            }
        }
    }

    /// Where a meeting stands.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// On the calendar.
        case planned
        /// Held.
        case held
        /// Called off.
        case cancelled

        /// The name on screens.
        public var title: String {
            switch self {
            case .planned: "Programada"
            case .held: "Realizada"
            case .cancelled: "Cancelada"
            }
        }
    }

    /// How people take part.
    public enum Mode: String, Sendable, Hashable, CaseIterable, Codable {
        /// In one room.
        case inPerson = "in_person"
        /// From afar.
        case virtual
        /// Both.
        case mixed
        /// The source does not say.
        case unknown

        /// The name on screens.
        public var title: String {
            switch self {
            case .inPerson: "Presencial"
            case .virtual: "Virtual"
            case .mixed: "Mixta"
            case .unknown: "Sin indicar"
            }
        }
    }

    /// Identifies the meeting.
    public let id: ID<Meeting>
    /// Its kind.
    public let kind: Kind
    /// Its name.
    public let title: String
    /// Where it stands.
    public let state: State
    /// The day.
    public let day: CalendarDate
    /// When it begins, `nil` where that is not set.
    public let startsAt: TimeOfDay?
    /// When it ends, later than it begins; `nil` where that is not known.
    public let endsAt: TimeOfDay?
    /// How people take part.
    public let mode: Mode
    /// Where.
    public let place: String?
    /// Who is called.
    public let participants: [String]
    /// The points to be treated.
    public let agenda: [String]
    /// Who alone may move it, as the source says.
    public let restriction: String?
    /// Date and hours as the source writes them.
    public let asWritten: String?
    /// Whether citizens are told of it; what is the alliance's own stays so until it says otherwise.
    public let isPublic: Bool
    /// Whether the alliance renders accounts in it (`rinde cuentas`): the entity's own accounts are not its own.
    public let isOwnAccountability: Bool

    /// Whether somebody should say if the alliance rendered its own accounts in it: it was of the kinds in which that
    /// happens, and nobody did.
    public var mayHoldOwnAccountability: Bool {
        !isOwnAccountability && state == .held && [.accountability, .publicHearing].contains(kind)
    }

    /// Makes a meeting.
    ///
    /// - Throws: ``MeetingError``.
    public init(
        id: ID<Meeting> = ID(), kind: Kind, title: String, state: State = .planned, day: CalendarDate,
        startsAt: TimeOfDay? = nil, endsAt: TimeOfDay? = nil, mode: Mode = .unknown, place: String? = nil,
        participants: [String] = [], agenda: [String] = [], restriction: String? = nil,
        asWritten: String? = nil, isPublic: Bool = false, isOwnAccountability: Bool = false
    ) throws(MeetingError) {
        guard let title = title.trimmedOrNil else { throw .untitled }
        if let startsAt, let endsAt, endsAt <= startsAt { throw .endsBeforeItStarts }
        guard startsAt != nil || endsAt == nil else { throw .endsBeforeItStarts }
        self.id = id
        self.kind = kind
        self.title = title
        self.state = state
        self.day = day
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.mode = mode
        self.place = place?.trimmedOrNil
        self.participants = participants
        self.agenda = agenda
        self.restriction = restriction
        self.asWritten = asWritten
        self.isPublic = isPublic
        self.isOwnAccountability = isOwnAccountability
    }

    /// A place as citizens are told it: a link is for those who were called.
    public static func publicPlace(_ place: String?) -> String? {
        guard let place, !place.contains("://"), !place.contains(/\w\.\w+\/|(?i:www\.)\w/) else { return nil }
        return place
    }

    /// The hours in words: «9:00 a. m. a 10:00 a. m.».
    public var hours: String? {
        guard let startsAt else { return nil }
        return SpanishFormat.time(startsAt) + (endsAt.map { " a \(SpanishFormat.time($0))" } ?? "")
    }
}

/// How a meeting was called, by one channel: the proof of its notice.
public struct MeetingCall: Sendable, Hashable {
    /// The day.
    public let sentOn: CalendarDate
    /// By what: telephone, poster, WhatsApp, local press.
    public let channel: String
    /// How many people it reached, where that is known.
    public let reached: Int?
    /// What is told of it.
    public let note: String?

    /// Makes a call.
    ///
    /// - Throws: ``MeetingError/channelMissing``.
    public init(
        sentOn: CalendarDate, channel: String, reached: Int? = nil, note: String? = nil
    ) throws(MeetingError) {
        guard let channel = channel.trimmedOrNil else { throw .channelMissing }
        self.sentOn = sentOn
        self.channel = channel
        self.reached = reached
        self.note = note?.trimmedOrNil
    }
}

/// A standing agenda (`orden del día permanente`).
public struct AgendaTemplate: Sendable, Hashable {
    /// Its name.
    public let title: String
    /// The points, in their order.
    public let items: [String]
    /// Every how many months such a meeting is held.
    public let everyMonths: Int?
    /// How many days before it is called.
    public let noticeDays: Int?

    /// Makes a template.
    public init(title: String, items: [String], everyMonths: Int?, noticeDays: Int?) {
        self.title = title
        self.items = items
        self.everyMonths = everyMonths
        self.noticeDays = noticeDays
    }
}

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
    /// The meeting has its minutes already.
    case hasMinutes
    /// Minutes that tell nothing.
    case emptyMinutes
    /// Somebody else alone may move it.
    case restricted(String)
    /// A figure of the minutes is negative, or more voted than came.
    case figuresDoNotFit

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
        case .emptyMinutes: "governance.meeting.empty_minutes"
        case .restricted: "governance.meeting.restricted"
        case .figuresDoNotFit: "governance.meeting.figures_do_not_fit"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound: .notFound
        case .notPlanned, .hasMinutes: .conflict
        case .restricted: .refused
        default: .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .notFound, .notPlanned, .hasMinutes, .restricted: nil
        case .untitled: "title"
        case .endsBeforeItStarts: "ends_at"
        case .channelMissing: "channel"
        case .calledAfterwards: "sent_on"
        case .notYetHeld: "day"
        case .emptyMinutes: "narrative"
        case .figuresDoNotFit: "attendees"
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
        case .hasMinutes: "La reunión ya tiene su acta. Lo que haya que corregir va en un acta posterior."
        case .emptyMinutes: "Cuente qué pasó en la reunión, o adjunte el acta firmada."
        case .restricted(let words): "Esta fecha tiene una condición: «\(words)»"
        case .figuresDoNotFit:
            "Revise las cifras: no pueden ser negativas, ni votar más personas de las que asistieron."
        }
    }
}

extension String {
    /// The text without white space around it, `nil` where nothing is left.
    var trimmedOrNil: String? {
        let trimmed = trimmingPrefix(while: \.isWhitespace)
        guard let last = trimmed.lastIndex(where: { !$0.isWhitespace }) else { return nil }
        return String(trimmed[...last])
    }
}
