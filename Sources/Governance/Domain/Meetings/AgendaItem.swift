public import Foundation
public import Kernel

/// A point of a meeting's agenda (`punto del orden del día`), with what was said of it.
public struct AgendaItem: Sendable, Hashable {
    /// The kinds of points. What happens in a meeting is told where its point stands: the quorum at its point, the
    /// approval of earlier minutes at theirs.
    public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        /// `saludo`, installation.
        case opening
        /// What the meeting is for.
        case objective
        /// Whether there are enough.
        case quorum
        /// Reading and approval of earlier minutes.
        case previousMinutes = "previous_minutes"
        /// Review of commitments.
        case commitments
        /// A matter that is treated.
        case topic
        /// A report that is given.
        case report
        /// Somebody or something is introduced: staff, the services offered.
        case presentation
        /// `capacitación`.
        case training
        /// An election.
        case election
        /// Something that is put to the vote.
        case decision
        /// Questions and answers.
        case questions
        /// `refrigerio`, `receso`.
        case `break`
        /// The call to the next meeting.
        case nextMeeting = "next_meeting"
        /// `despedida`.
        case closing

        /// The name on screens.
        public var title: String {
            switch self {
            case .opening: "Saludo o instalación"
            case .objective: "Objetivo de la reunión"
            case .quorum: "Verificación del quórum"
            case .previousMinutes: "Lectura y aprobación del acta anterior"
            case .commitments: "Seguimiento de compromisos"
            case .topic: "Tema"
            case .report: "Informe"
            case .presentation: "Presentación"
            case .training: "Capacitación"
            case .election: "Elección"
            case .decision: "Decisión"
            case .questions: "Preguntas y respuestas"
            case .break: "Refrigerio o receso"
            case .nextMeeting: "Invitación a la próxima reunión"
            case .closing: "Despedida"
            }
        }
    }

    /// Where a point comes from.
    public enum Origin: String, Sendable, Hashable, CaseIterable {
        /// The standing agenda.
        case template
        /// An earlier meeting left it open.
        case carried
        /// Somebody added it.
        case added
    }

    /// Where a point stands.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// Not reached.
        case pending
        /// Under way.
        case open
        /// Done with.
        case treated
        /// Left for another meeting.
        case postponed

        /// The name on screens.
        public var title: String {
            switch self {
            case .pending: "Pendiente"
            case .open: "En curso"
            case .treated: "Tratado"
            case .postponed: "Aplazado"
            }
        }
    }

    /// Identifies the point.
    public let id: ID<AgendaItem>
    /// Its place, from 1.
    public let position: Int
    /// Its kind.
    public let kind: Kind
    /// What is treated.
    public let title: String
    /// How long it is meant to take, in minutes.
    public let minutesPlanned: Int?
    /// Who presents it: an office or a body.
    public let presenter: String?
    /// Where it comes from.
    public let origin: Origin
    /// The point of an earlier meeting that it carries on.
    public let carriedFrom: ID<AgendaItem>?
    /// Where it stands.
    public let state: State
    /// When it was taken up.
    public let openedAt: Date?
    /// When it was done with.
    public let closedAt: Date?
    /// What was said, a paragraph a line; what the minutes tell of it.
    public let notes: String

    /// Makes a point.
    ///
    /// - Throws: ``AgendaError``.
    public init(
        id: ID<AgendaItem> = ID(), position: Int, kind: Kind, title: String, minutesPlanned: Int? = nil,
        presenter: String? = nil, origin: Origin = .added, carriedFrom: ID<AgendaItem>? = nil,
        state: State = .pending, openedAt: Date? = nil, closedAt: Date? = nil, notes: String = ""
    ) throws(AgendaError) {
        guard let title = title.trimmedOrNil else { throw .untitled }
        if let minutesPlanned, !(1...600).contains(minutesPlanned) { throw .minutesOutOfRange }
        self.id = id
        self.position = position
        self.kind = kind
        self.title = title
        self.minutesPlanned = minutesPlanned
        self.presenter = presenter?.trimmedOrNil
        self.origin = origin
        self.carriedFrom = carriedFrom
        self.state = state
        self.openedAt = openedAt
        self.closedAt = closedAt
        self.notes = notes
    }
}

extension AgendaItem {
    /// Points of an agenda as a person writes it, a point a line, each of the kind that its words speak of.
    ///
    /// - Throws: ``AgendaError``.
    public static func points(
        _ titles: [String], from origin: Origin = .added
    ) throws(AgendaError) -> [AgendaItem] {
        var points: [AgendaItem] = []
        for (index, title) in titles.enumerated() {
            points.append(
                try AgendaItem(position: index + 1, kind: Kind(reading: title), title: title, origin: origin))
        }
        return points
    }
}

extension AgendaItem.Kind {
    /// The kind that a title speaks of, as offices write the points of their standing agendas; a topic where it
    /// speaks of none.
    public init(reading title: String) {
        let folded = title.folded
        let kinds: [(Self, [String])] = [
            (.previousMinutes, ["acta anterior", "acta de la reunion anterior", "aprobacion del acta"]),
            (.commitments, ["compromiso"]), (.quorum, ["quorum"]), (.objective, ["objetivo"]),
            (.questions, ["preguntas", "proposiciones"]), (.break, ["refrigerio", "receso"]),
            (.nextMeeting, ["proxima reunion", "proximo encuentro"]), (.closing, ["despedida", "cierre"]),
            (.opening, ["saludo", "instalacion", "bienvenida"]), (.training, ["capacitacion", "taller"]),
            (.election, ["eleccion"]), (.presentation, ["presentacion", "portafolio"]),
            (.report, ["informe"]),
        ]
        self = kinds.first { $0.1.contains(where: folded.contains) }?.0 ?? .topic
    }
}

/// Why an agenda is refused.
public enum AgendaError: UserFacingError, Hashable {
    /// A point says nothing.
    case untitled
    /// A point is meant to take no time, or more than ten hours.
    case minutesOutOfRange
    /// The point is none of this meeting's.
    case notFound
    /// The meeting is over: its agenda stays as it was.
    case meetingIsOver
    /// The point was taken up: what it is stays.
    case takenUp
    /// No meeting before it has an agenda to repeat.
    case noEarlierAgenda
    /// All that was to be put in stands there already, or nothing was.
    case nothingToPut

    /// The stable code.
    public var code: String {
        switch self {
        case .untitled: "governance.agenda.untitled"
        case .minutesOutOfRange: "governance.agenda.minutes_out_of_range"
        case .notFound: "governance.agenda.not_found"
        case .meetingIsOver: "governance.agenda.meeting_is_over"
        case .takenUp: "governance.agenda.taken_up"
        case .noEarlierAgenda: "governance.agenda.no_earlier"
        case .nothingToPut: "governance.agenda.nothing_to_put"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound: .notFound
        case .meetingIsOver, .takenUp, .noEarlierAgenda: .conflict
        case .untitled, .minutesOutOfRange, .nothingToPut: .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .untitled: "title"
        case .minutesOutOfRange: "minutes"
        case .noEarlierAgenda, .nothingToPut: "model"
        case .notFound, .meetingIsOver, .takenUp: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .untitled: "Escriba de qué trata cada punto del orden del día."
        case .minutesOutOfRange: "Un punto dura entre 1 y 600 minutos. Corrija la cifra o déjela en blanco."
        case .notFound: "Ese punto no está en el orden del día de esta reunión. Vuelva a la reunión."
        case .meetingIsOver: "La reunión ya terminó: su orden del día queda como fue."
        case .noEarlierAgenda: "Ninguna reunión anterior como esta tiene orden del día. Elija otro modelo."
        case .nothingToPut:
            "Todo eso ya está en el orden del día. Elija otro modelo o escriba los puntos que falten."
        case .takenUp: "Ese punto ya se trató. Se puede cambiar de lugar, pero no de contenido."
        }
    }
}
