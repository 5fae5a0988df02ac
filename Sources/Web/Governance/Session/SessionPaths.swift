import Foundation
import Governance
import Kernel
import Tenancy

extension Path {
    // MARK: Session

    /// The session of a meeting: agenda, people, what is being written.
    static let session = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/sesion")
    /// Opens the session of a meeting.
    static let openMeeting = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/sesion/abrir")
    /// Closes the session of a meeting.
    static let closeMeeting = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/sesion/cerrar")
    /// Takes a point up, is done with it, puts it off.
    static let treatPoint = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/sesion/puntos")
    /// Writes the notes of a point.
    static let writeNotes = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/sesion/notas")
    /// Looks at a commitment of before.
    static let reviewCommitment = Route<AllianceSlug, ID<Meeting>, ID<Commitment>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/sesion/compromisos/{commitment}")
    /// Takes on a commitment in the session.
    static let sessionCommitment = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/sesion/compromisos")
    /// Takes a decision in the session.
    static let sessionDecision = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/sesion/decisiones")
    /// Notes a question in the session.
    static let sessionQuestion = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/sesion/preguntas")
    /// Notes that somebody asks for the word.
    static let askForWord = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/sesion/palabra")
    /// Gives the word, ends a turn, mends a mistake.
    static let takeTurn = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/sesion/palabra/turno")
    /// Sets for how long each may speak.
    static let limitSpeaking = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/sesion/palabra/tiempo")
    /// Notes who left and who came back, from the session.
    static let movePresent = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/sesion/presentes")
    /// Opens a closed session again.
    static let reopenMeeting = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/sesion/reabrir")
    /// Verifies the quorum.
    static let verifyQuorum = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/sesion/quorum")
    /// The screen of the hall.
    static let hall = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/sala")
    /// The decisions of a meeting; records another.
    static let decisions = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/decisiones")
    /// Withdraws a decision.
    static let withdrawDecision = Route<AllianceSlug, ID<Meeting>, ID<MeetingDecision>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/decisiones/{decision}/retirar")
    /// The questions of a meeting; records another.
    static let questions = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/preguntas")
    /// Answers a question.
    static let answerQuestion = Route<AllianceSlug, ID<Meeting>, ID<MeetingQuestion>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/preguntas/{question}/responder")

    // MARK: Attendance

    /// The door of a meeting.
    static let meetingDoor = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/asistencia")
    /// Takes an arrival back.
    static let undoArrival = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/asistencia/deshacer")
    /// Notes when somebody left.
    static let departure = Route<AllianceSlug, ID<Meeting>, ID<Attendance>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/asistencia/salidas/{attendance}")
    /// Notes a guest, a guarantor, somebody of the entity.
    static let guestArrival = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/asistencia/invitados")
    /// Those entitled as a list to tick, with excuses.
    static let tickList = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/asistencia/lista")
    /// Writes an excuse.
    static let excuse = Route<AllianceSlug, ID<Meeting>, ID<Person>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/asistencia/excusas/{person}")
    /// Everybody who came, with hours.
    static let stays = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/asistencia/quienes")
    /// Notes who left and who came back, from the list of those who came.
    static let moveStays = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/asistencia/movimientos")
    /// The attendance page that works without signal.
    static let offlineAttendance = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/asistencia/sin-senal")
    /// Takes in what was noted without signal.
    static let sendCaptures = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/asistencia/sin-senal/enviar")
    /// Lists on paper: print, enter, photograph.
    static let paperAttendance = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/asistencia/planilla")
    /// Makes the lists.
    static let prepareSheets = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/asistencia/planilla/preparar")
    /// The lists as a document.
    static let printedSheets = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/asistencia/planilla/imprimir")
    /// Cards with a QR of those entitled.
    static let attendanceCards = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/asistencia/planilla/tarjetas")
    /// Adds the photograph of a signed list.
    static let attachScan = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/asistencia/planilla/escaneo")
    /// Takes in the list of a remote session.
    static let importAttendance = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/asistencia/importar")
    /// Takes in what was reviewed of that list.
    static let confirmImport = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/asistencia/importar/confirmar")
    /// Where those in the hall note themselves, on their own phone.
    static let ownPresence = Route<TenantSlug, AllianceSlug>("/publico/{tenant}/{alliance}/presente")
}

extension Attendance.Capacity: PathValue {}
extension Attendance.Way: PathValue {}
extension MeetingDecision.Manner: PathValue {}
extension Majority.Kind: PathValue {}
extension Majority.Base: PathValue {}
extension PointStep: PathValue {}
extension SpeakingStep: PathValue {}
extension SessionLack: PathValue {}

/// The time of an instant on the clocks of Colombia: «9:42 a. m.».
func hour(_ instant: Date) -> String { SpanishFormat.time(ColombianTime.time(at: instant)) }
