import Governance
import Kernel
import Tenancy

extension Path {
    /// What ends soon, over all alliances.
    static let termEnds = FixedRoute("/o/{tenant}/vencimientos")

    // MARK: Bylaws

    /// Registers bylaws.
    static let newBylaws = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/gobierno/estatutos-nuevos")
    /// A version of the bylaws.
    static let bylaws = Route<AllianceSlug, Int>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/estatutos/{version}")

    /// Writes a project of bylaws.
    static let newBylawsProject = Route<AllianceSlug>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/reforma-nueva")
    /// A project of bylaws.
    static let bylawsProject = Route<AllianceSlug, Int>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/reformas/{version}")
    /// Two texts of bylaws side by side.
    static let compareBylaws = Route<AllianceSlug, Int, Int>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/estatutos/{version}/comparar/{other}")

    // MARK: Bodies

    /// Makes a body.
    static let newBody = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/gobierno/organismo-nuevo")
    /// A body.
    static let body = Route<AllianceSlug, ID<Body>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/organismos/{body}")
    /// The certificate of who sat on a body on a day.
    static let representation = Route<AllianceSlug, ID<Body>, CalendarDate>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/organismos/{body}/certificado/{day}")
    /// Changes a body.
    static let editBody = Route<AllianceSlug, ID<Body>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/organismos/{body}/editar")
    /// Says when people are told that its mandates end.
    static let bodyAlarms = Route<AllianceSlug, ID<Body>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/organismos/{body}/avisos")
    /// Abolishes a seat.
    static let abolishSeat = Route<AllianceSlug, ID<Body>, ID<Seat>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/organismos/{body}/puestos/{seat}/suprimir")
    /// Records who holds a seat.
    static let recordMandate = Route<AllianceSlug, ID<Body>, ID<Seat>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/organismos/{body}/puestos/{seat}/periodo")
    /// Calls an alternate to a seat.
    static let callAlternate = Route<AllianceSlug, ID<Body>, ID<Seat>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/organismos/{body}/puestos/{seat}/suplente")
    /// Ends a mandate.
    static let endMandate = Route<AllianceSlug, ID<Body>, ID<Mandate>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/organismos/{body}/periodos/{mandate}/fin")
    /// The minutes of the vacancy that the end of a mandate left.
    static let vacancyMinutes = Route<AllianceSlug, ID<Body>, ID<Mandate>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/organismos/{body}/periodos/{mandate}/acta-de-vacancia")
    /// Records an appointment.
    static let recordAppointment = Route<AllianceSlug, ID<Body>, ID<Mandate>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/organismos/{body}/periodos/{mandate}/posesion")

    // MARK: Constitution

    /// Records a constitution assembly.
    static let newConstitution = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/gobierno/constitucion")
    /// Adds the minutes of the latest constitution assembly.
    static let attachConstitution = Route<AllianceSlug>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/constitucion/acta")
    /// Adds the certificate of a registration.
    static let attachCertificate = Route<AllianceSlug, ID<Registration>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/registro/{registration}/certificado")
    /// Adds the minutes that approved a version of the bylaws.
    static let attachBylawsMinutes = Route<AllianceSlug, Int>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/estatutos/{version}/acta")
    /// Records a constitution assembly anew in the place of what was recorded of it.
    static let correctConstitution = Route<AllianceSlug, ID<Constitution>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/constitucion/{constitution}/corregir")
    /// Records a registration anew in the place of what was recorded of it.
    static let correctRegistration = Route<AllianceSlug, ID<Registration>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/registro/{registration}/corregir")
    /// Records a registration.
    static let newRegistration = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/gobierno/registro")

    // MARK: Meetings

    /// Puts a meeting on the calendar.
    static let newMeeting = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/reuniones/nueva")
    /// A meeting.
    static let meeting = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}")
    /// Moves a meeting.
    static let moveMeeting = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/reprogramar")
    /// Puts right whether a meeting is public and renders accounts.
    static let describeMeeting = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/caracter")
    /// Calls a meeting off.
    static let cancelMeeting = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/cancelar")
    /// Records minutes.
    static let recordMinutes = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/acta/papel")
    /// Adds the signed minutes of a meeting.
    static let attachMinutes = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/acta/firmada")
    /// Adds the list of those who came to a meeting.
    static let attachAttendance = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/acta/asistencia")
    /// Records a report.
    static let newReport = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/informes/nuevo")
    /// A report that was given.
    static let report = Route<AllianceSlug, ID<GivenReport>>(
        "/o/{tenant}/alianzas/{alliance}/informes/{report}")
    /// Records another report in the place of one.
    static let correctReport = Route<AllianceSlug, ID<GivenReport>>(
        "/o/{tenant}/alianzas/{alliance}/informes/{report}/corregir")
    /// Takes a report back.
    static let withdrawReport = Route<AllianceSlug, ID<GivenReport>>(
        "/o/{tenant}/alianzas/{alliance}/informes/{report}/quitar")
    /// A source document.
    static let source = Route<AllianceSlug, TenantSlug>(
        "/o/{tenant}/alianzas/{alliance}/documentos/{code}")
}

extension Body.Kind: PathValue {}
extension Body.Formation: PathValue {}
extension MandateSummary.EndReason: PathValue {}
extension MandateSummary.Origin: PathValue {}
extension Meeting.Kind: PathValue {}
extension Meeting.Mode: PathValue {}
extension GivenReport.Kind: PathValue {}

extension MandateStanding {
    /// The standing as a chip.
    var status: Status {
        switch self {
        case .pending: Status("Por comenzar", .open)
        case .inForce: Status("Vigente", .met)
        case .ending: .due
        case .acting: Status("En funciones", .overdue)
        case .expired: Status("Vencido", .overdue)
        case .ended: Status("Terminado", .sealed)
        }
    }

    /// How much time is left, in words; `nil` where that is not the point.
    var timeLeft: String? {
        switch self {
        case .ending(let days):
            days == 0
                ? "Termina hoy."
                : "\(days == 1 ? "Falta" : "Faltan") \(SpanishFormat.count(days, "día", "días"))."
        case .acting: "Su período terminó; sigue en funciones hasta que lo reemplacen."
        case .expired: "Su período terminó."
        case .pending, .inForce, .ended: nil
        }
    }
}

extension Meeting.State {
    /// The state as a chip.
    var status: Status {
        switch self {
        case .planned, .inSession: Status(title, .open)
        case .held: Status(title, .met)
        case .cancelled: Status(title, .sealed)
        }
    }
}
