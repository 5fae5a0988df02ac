public import Foundation
public import Kernel
public import Tenancy

/// A stay of somebody in a meeting, from when to when.
public struct Attendance: Sendable, Hashable, Identifiable {
    /// As what somebody is there.
    public enum Capacity: String, Sendable, Hashable, CaseIterable {
        /// Their vote counts.
        case entitled
        /// A user of the services who does not belong to the alliance, or has no vote in this meeting.
        case user
        /// A guest.
        case guest
        /// A guarantor: personería, control body.
        case guarantor
        /// Of the entity.
        case entity
        /// Who conducts it.
        case facilitator

        /// The name on screens.
        public var title: String {
            switch self {
            case .entitled: "Con voto"
            case .user: "Usuario sin voto"
            case .guest: "Invitado"
            case .guarantor: "Garante u organismo de control"
            case .entity: "De la entidad"
            case .facilitator: "Facilita la reunión"
            }
        }
    }

    /// How somebody takes part.
    public enum Way: String, Sendable, Hashable, CaseIterable {
        /// In the room.
        case inPerson = "in_person"
        /// From afar.
        case remote

        /// The name on screens.
        public var title: String {
            switch self {
            case .inPerson: "En la sala"
            case .remote: "A distancia"
            }
        }
    }

    /// By which means a stay was noted.
    public enum Method: String, Sendable, Hashable, CaseIterable {
        /// On their own phone, with the code of the session.
        case ownCode = "own_code"
        /// On their own phone, from the QR of the session.
        case qr
        /// By their document or name, at the door.
        case document
        /// Ticked on a list.
        case list
        /// On a device without signal, sent later.
        case offline
        /// On a signed list, entered by the codes of its rows.
        case paperSheet = "paper_sheet"
        /// From the list of a remote session.
        case `import`

        /// The name on screens.
        public var title: String {
            switch self {
            case .ownCode: "Código, en su teléfono"
            case .qr: "QR, en su teléfono"
            case .document: "Documento o nombre"
            case .list: "Lista"
            case .offline: "Sin señal"
            case .paperSheet: "Planilla firmada"
            case .import: "Lista de la sesión virtual"
            }
        }

        /// Whether it tells what happened before: such may be entered after the session too.
        public var isOfPast: Bool { [.offline, .paperSheet, .import].contains(self) }
    }

    /// Within how many seconds of its note a stay may be undone.
    public static let undoSeconds: TimeInterval = 300

    /// Identifies the stay.
    public let id: Kernel.ID<Attendance>
    /// The person, where the register has them.
    public let person: Kernel.ID<Person>?
    /// The mandate by which they have a seat in the body that meets.
    public let mandate: Kernel.ID<Mandate>?
    /// The name.
    public let name: String
    /// The document, where the register has them.
    public let document: IdentityDocument?
    /// As what they are there.
    public let capacity: Capacity
    /// Whom they represent.
    public let represents: String?
    /// How they take part.
    public let way: Way
    /// By which means it was noted.
    public let method: Method
    /// When they came.
    public let arrivedAt: Date
    /// When they left; `nil` while they are there.
    public let leftAt: Date?
    /// When it was undone.
    public let undoneAt: Date?
    /// The stay that counts in its place, where two devices noted the same person.
    public let sameAs: Kernel.ID<Attendance>?
    /// What the device's clock showed, where it was noted without signal.
    public let capturedAt: Date?
    /// The row of a signed list: «A-07».
    public let sheetCode: String?
    /// When it was noted.
    public let recordedAt: Date

    /// Whether they are there.
    public var isPresent: Bool { leftAt == nil && undoneAt == nil }

    /// Whether the clock of the device could not be right: the arrival is that of the note then.
    public var hadWrongClock: Bool { capturedAt.map { abs($0.timeIntervalSince(arrivedAt)) >= 60 } ?? false }

    /// When a departure was that is told to the minute: the minute may be the one in which they came.
    func departure(toldAs moment: Date) -> Date {
        moment < arrivedAt && arrivedAt.timeIntervalSince(moment) < 60 ? arrivedAt : moment
    }

    /// When a return was that is told to the minute: the minute may be the one in which they left.
    func returning(toldAs moment: Date) -> Date {
        guard let leftAt, moment < leftAt, leftAt.timeIntervalSince(moment) < 60 else { return moment }
        return leftAt
    }

    /// Who it is of, as far as stays of the same somebody are told to be so.
    public var somebody: String {
        mandate?.description ?? person?.description ?? "\(capacity.rawValue) \(name.folded)"
    }

    /// Whether it may be undone.
    public func mayBeUndone(at now: Date) -> Bool {
        isPresent && now.timeIntervalSince(recordedAt) < Self.undoSeconds
    }
}

/// Whom a note of attendance is about.
public enum Attendee: Sendable, Hashable {
    /// Somebody entitled.
    case entitled(EntitledPerson.Key)
    /// Somebody of the register; whether they have a vote follows from it.
    case person(ID<Person>)
    /// Somebody who is not of the register, or is there as something else.
    case named(String, Attendance.Capacity, represents: String?)
}

/// The hours of a meeting: what is noted of it lies within them.
public struct MeetingHours: Sendable, Hashable {
    /// How long before its call people come, in seconds.
    static let early: TimeInterval = 3 * 3600

    /// From the first that can come to the last that can.
    public let range: ClosedRange<Date>

    /// The hours of a meeting as far as they have passed; `nil` before its day.
    public init?(of meeting: Meeting, at now: Date) {
        let firstDay = ColombianTime.startOfDay(meeting.day)
        let early = meeting.calledFor.map { max(firstDay, $0.addingTimeInterval(-Self.early)) } ?? firstDay
        let start = min(early, meeting.session?.openedAt ?? early)
        let end = min(now, meeting.session?.closedAt ?? ColombianTime.endOfDay(meeting.days.upperBound))
        guard start <= end else { return nil }
        range = start...end
    }

    /// When somebody came whose arrival a device noted: what its clock showed where that can be, else when it was
    /// sent.
    public func arrival(capturedAt: Date) -> Date {
        range.contains(capturedAt) ? capturedAt : range.upperBound
    }
}

/// What a device noted without signal.
public struct AttendanceCapture: Sendable, Hashable {
    /// Its own key: sent twice it counts once.
    public let key: UUID
    /// Whom it is about.
    public let attendee: Attendee
    /// What the device's clock showed.
    public let capturedAt: Date
    /// How they take part.
    public let way: Attendance.Way

    /// Describes a capture.
    public init(key: UUID, attendee: Attendee, capturedAt: Date, way: Attendance.Way) {
        self.key = key
        self.attendee = attendee
        self.capturedAt = capturedAt
        self.way = way
    }
}

/// What became of a stay that was noted twice: which of the two counts, the earlier.
public enum StayConflict: Sendable, Hashable {
    /// Nobody had noted it.
    case none
    /// What was noted before counts, and the new one is kept beside it.
    case earlierStands
    /// The new one is earlier and takes its place.
    case replaces
    /// They had come before, left and came again: it tells of a first stay that ended when the second began.
    case precedes(until: Date)

    /// Compares an arrival with the stays that are known of the same person, which are not undone.
    public init(arrivedAt: Date, known stays: [(arrivedAt: Date, leftAt: Date?)]) {
        guard
            let next = stays.filter({ ($0.leftAt ?? .distantFuture) >= arrivedAt }).min(by: {
                $0.arrivedAt < $1.arrivedAt
            })
        else {
            self = .none
            return
        }
        if next.arrivedAt <= arrivedAt {
            self = .earlierStands
        } else {
            self = next.leftAt == nil ? .replaces : .precedes(until: next.arrivedAt)
        }
    }
}

/// Why an attendance is not noted.
public enum AttendanceError: UserFacingError, Hashable {
    /// The day has not come.
    case beforeItsDay(CalendarDate)
    /// The session is closed.
    case closed
    /// The meeting was called off.
    case cancelled
    /// Its minutes were circulated.
    case minutesCirculated
    /// They are there already.
    case alreadyPresent(since: Date)
    /// They are not there.
    case notPresent
    /// They had not left.
    case notGone
    /// They came back before they left.
    case returnedBeforeLeaving
    /// Nobody was ticked.
    case nobodyTicked
    /// Five minutes have passed.
    case tooLateToUndo
    /// They are neither entitled nor in the register.
    case unknownPerson
    /// The hour lies outside of the meeting.
    case outsideHours
    /// They left before they came.
    case leftBeforeArriving
    /// No name was given.
    case unnamed
    /// What a device sent cannot be read.
    case unreadableCapture
    /// Codes of rows that no list has.
    case unknownRows([String])
    /// Rows without a name.
    case blankRows([String])
    /// No code was typed.
    case noRows
    /// There is nobody to put on a list.
    case nobodyToList
    /// The list of a remote session cannot be read.
    case unreadableList
    /// Nobody of the list is to count.
    case nobodyChosen

    /// The stable code.
    public var code: String {
        switch self {
        case .beforeItsDay: "governance.attendance.before_its_day"
        case .closed: "governance.attendance.closed"
        case .cancelled: "governance.attendance.cancelled"
        case .minutesCirculated: "governance.attendance.minutes_circulated"
        case .alreadyPresent: "governance.attendance.already_present"
        case .notPresent: "governance.attendance.not_present"
        case .notGone: "governance.attendance.not_gone"
        case .returnedBeforeLeaving: "governance.attendance.returned_before_leaving"
        case .nobodyTicked: "governance.attendance.nobody_ticked"
        case .tooLateToUndo: "governance.attendance.too_late_to_undo"
        case .unknownPerson: "governance.attendance.unknown_person"
        case .outsideHours: "governance.attendance.outside_hours"
        case .leftBeforeArriving: "governance.attendance.left_before_arriving"
        case .unnamed: "governance.attendance.unnamed"
        case .unreadableCapture: "governance.attendance.unreadable_capture"
        case .unknownRows: "governance.attendance.unknown_rows"
        case .blankRows: "governance.attendance.blank_rows"
        case .noRows: "governance.attendance.no_rows"
        case .nobodyToList: "governance.attendance.nobody_to_list"
        case .unreadableList: "governance.attendance.unreadable_list"
        case .nobodyChosen: "governance.attendance.nobody_chosen"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .closed, .cancelled, .minutesCirculated, .alreadyPresent, .notPresent, .notGone, .tooLateToUndo:
            .conflict
        case .beforeItsDay, .nobodyToList: .refused
        case .unknownPerson, .outsideHours, .leftBeforeArriving, .unnamed, .unreadableCapture, .unknownRows,
            .blankRows, .noRows, .unreadableList, .nobodyChosen, .returnedBeforeLeaving, .nobodyTicked:
            .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .outsideHours, .leftBeforeArriving, .returnedBeforeLeaving: "at"
        case .unnamed: "name"
        case .unknownRows, .blankRows, .noRows: "rows"
        case .unreadableList: "list"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        func hour(_ instant: Date) -> String { SpanishFormat.time(ColombianTime.time(at: instant)) }
        switch self {
        case .beforeItsDay(let day):
            return "La reunión es el \(SpanishFormat.longDate(day)). La asistencia se registra desde ese día."
        case .closed: return "La sesión ya se cerró. Lo que falte se registra con la planilla firmada."
        case .cancelled: return "La reunión se canceló: no se registra asistencia."
        case .minutesCirculated:
            return "El acta ya circuló con su asistencia. Lo que falte se pide como observación al acta."
        case .alreadyPresent(let since): return SpanishFormat.sentence("Ya está desde las \(hour(since))")
        case .notPresent: return "Esa persona no figura como presente. Actualice la página."
        case .notGone: return "Esa persona no figura como salida. Actualice la página."
        case .returnedBeforeLeaving: return "El regreso es anterior a la salida. Corrija la hora."
        case .nobodyTicked: return "Marque al menos a una persona."
        case .tooLateToUndo: return "Pasaron más de cinco minutos: registre su salida."
        case .unknownPerson: return "Esa persona no está en el padrón. Anótela por su nombre, como invitada."
        case .outsideHours: return "La hora queda fuera de la reunión, o todavía no llega. Corríjala."
        case .leftBeforeArriving: return "La salida es anterior a la llegada. Corrija la hora."
        case .unnamed: return "Escriba el nombre de la persona."
        case .unreadableCapture:
            return
                "El aparato envió algo que no se pudo leer. Lo marcado sigue guardado en él: recargue la página."
        case .unknownRows(let rows):
            return
                "No hay ninguna planilla con \(rows.count == 1 ? "este renglón" : "estos renglones"): \(SpanishFormat.list(rows)). Revise los códigos; no se registró ninguno."
        case .blankRows(let rows):
            return
                "\(rows.count == 1 ? "Este renglón estaba" : "Estos renglones estaban") en blanco: \(SpanishFormat.list(rows)). A quien firmó ahí anótelo por su nombre, como invitado; no se registró ninguno."
        case .noRows: return "Escriba los códigos de los renglones firmados, como «A-03 A-07 A-12»."
        case .nobodyToList:
            return "No hay a quién poner en la planilla: la alianza no tiene personas con voto ese día."
        case .unreadableList:
            return
                "No se encontró la lista de participantes en el archivo. Envíe el CSV tal como lo descarga Teams o Meet."
        case .nobodyChosen: return "Ninguna persona quedó para contar. Elija al menos una."
        }
    }
}
