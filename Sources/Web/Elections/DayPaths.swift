import Elections
import Foundation
import Kernel
import Tenancy

extension Path {
    /// The voting day of a process: its tables, its session, its votes.
    static let votingDay = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/jornada")
    /// Opens a session.
    static let openSession = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/jornada/instalar")
    /// Closes the session that is open.
    static let closeSession = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/jornada/cerrar")
    /// Lets people in.
    static let checkIn = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/jornada/ingreso")
    /// Takes a check-in back.
    static let undoCheckIn = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/jornada/ingreso/deshacer")
    /// Notes that somebody left.
    static let leave = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/jornada/ingreso/salida")
    /// Who came.
    static let attendance = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/jornada/asistencia")
    /// Tells an incident.
    static let incident = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/jornada/incidente")
    /// Opens the vote of a contest at a table.
    static let openPoll = Route<AllianceSlug, ID<ElectoralProcess>, ID<VotingTable>, ID<Contest>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/jornada/mesas/{table}/{contest}/abrir")
    /// Closes the vote of a contest at a table.
    static let closePoll = Route<AllianceSlug, ID<ElectoralProcess>, ID<VotingTable>, ID<Contest>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/jornada/mesas/{table}/{contest}/cerrar")
    /// Lets a table receive votes for longer.
    static let extendPoll = Route<AllianceSlug, ID<ElectoralProcess>, ID<VotingTable>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/jornada/mesas/{table}/ampliar")
}

/// A page of the voting day and of what follows it: the pages of the election stand above what it writes.
protocol DayPage: Page {
    /// The alliance.
    var heading: AllianceHeading { get }
    /// What the process holds.
    var day: DayFile { get }
    /// Which of the pages this is; `nil` for one further in.
    var tab: ProcessTab? { get }
    /// Writes the page below the tabs.
    func content(_ html: inout HTML)
}

extension DayPage {
    var tab: ProcessTab? { nil }
    var process: ElectionProcess { day.process }
    var place: ProcessPlace { ProcessPlace(day.process.id, of: heading.alliance.id) }
    var trail: [Crumb] {
        let way =
            heading.trail(from: .elections) + [Crumb(process.name, .process(heading.slug, process.id))]
        return tab == nil ? way + [Crumb("Jornada", .votingDay(heading.slug, process.id))] : way
    }
    var help: HelpTopic { "dia-de-la-votacion" }

    func body(_ html: inout HTML) {
        if let tab {
            html.processTabs(process, of: heading, at: tab, openChallenges: day.openChallenges)
        }
        content(&html)
    }
}

extension Path {
    /// The count of a contest at a table.
    static let tableCount = Route<AllianceSlug, ID<ElectoralProcess>, ID<VotingTable>, ID<Contest>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/jornada/mesas/{table}/{contest}/conteo")
    /// What a juror counted, to be written anew.
    static let ownCount = Route<AllianceSlug, ID<ElectoralProcess>, ID<VotingTable>, ID<Contest>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/jornada/mesas/{table}/{contest}/corregir")
    /// Settles what two juries counted differently, or mends what both had wrong.
    static let reconcileCount = Route<AllianceSlug, ID<ElectoralProcess>, ID<VotingTable>, ID<Contest>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/jornada/mesas/{table}/{contest}/conciliar")
    /// Confirms what a juror wrote as agreed.
    static let confirmAgreement = Route<AllianceSlug, ID<ElectoralProcess>, ID<VotingTable>, ID<Contest>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/jornada/mesas/{table}/{contest}/confirmar")
    /// Freezes the count of a table.
    static let closeTable = Route<AllianceSlug, ID<ElectoralProcess>, ID<VotingTable>, ID<Contest>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/jornada/mesas/{table}/{contest}/cerrar-mesa")
    /// The results of a process.
    static let results = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/escrutinio")
    /// The canvass of a contest.
    static let canvass = Route<AllianceSlug, ID<ElectoralProcess>, ID<Contest>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/escrutinio/{contest}")
    /// Announces the draw of a tie.
    static let draw = Route<AllianceSlug, ID<ElectoralProcess>, ID<Contest>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/escrutinio/{contest}/sorteo")
    /// Writes the number of a draw down.
    static let drawNumber = Route<AllianceSlug, ID<ElectoralProcess>, ID<Contest>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/escrutinio/{contest}/sorteo/numero")
    /// Confirms the number of a draw, which draws.
    static let confirmDraw = Route<AllianceSlug, ID<ElectoralProcess>, ID<Contest>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/escrutinio/{contest}/sorteo/confirmar")
    /// Ends a contest that elected nobody.
    static let endContest = Route<AllianceSlug, ID<ElectoralProcess>, ID<Contest>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/escrutinio/{contest}/desierta")
    /// The acta de escrutinio as PDF.
    static let canvassDocument = Route<AllianceSlug, ID<ElectoralProcess>, ID<Contest>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/escrutinio/{contest}/acta.pdf")
    /// The challenges of a process.
    static let challenges = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/impugnaciones")
    /// Files a challenge.
    static let fileChallenge = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/impugnaciones/nueva")
    /// A challenge, and its decision.
    static let challenge = Route<AllianceSlug, ID<ElectoralProcess>, ID<Challenge>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/impugnaciones/{challenge}")
    /// Adds a piece of evidence to a challenge.
    static let addEvidence = Route<AllianceSlug, ID<ElectoralProcess>, ID<Challenge>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/impugnaciones/{challenge}/pruebas")
    /// Opens a piece of evidence.
    static let evidence = Route<AllianceSlug, ID<ElectoralProcess>, ID<Challenge>, ID<StoredFile>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/impugnaciones/{challenge}/pruebas/{file}")
    /// Answers a challenge.
    static let answerChallenge = Route<AllianceSlug, ID<ElectoralProcess>, ID<Challenge>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/impugnaciones/{challenge}/respuesta")
    /// What anybody may read of the acta of a contest, printed.
    static let publicActa = Route<TenantSlug, AllianceSlug, ID<ElectoralProcess>, ID<Contest>>(
        "/publico/{tenant}/{alliance}/elecciones/{process}/{contest}/acta.pdf")
    /// Proposes the proclamation.
    static let proclamation = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/proclamacion")
    /// Seconds the proclamation.
    static let secondProclamation = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/proclamacion/confirmar")
    /// Takes a proposed proclamation back.
    static let withdrawProclamation = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/proclamacion/retirar")
    /// What is printed for the tables of a process.
    static let papers = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/papeles")
    /// The ballot of a contest, to print.
    static let ballotPaper = Route<AllianceSlug, ID<ElectoralProcess>, ID<Contest>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/papeles/tarjetones/{contest}/tarjeton.pdf")
    /// The list that the electors of a table sign.
    static let tableRoll = Route<AllianceSlug, ID<ElectoralProcess>, ID<VotingTable>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/papeles/mesas/{table}/lista.pdf")
    /// The sheet on which the jurors of a table count.
    static let tallySheet = Route<AllianceSlug, ID<ElectoralProcess>, ID<VotingTable>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/papeles/mesas/{table}/conteo.pdf")
    /// The credential of somebody who was proclaimed.
    static let credential = Route<AllianceSlug, ID<ElectoralProcess>, ID<Mandate>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/proclamacion/credenciales/{mandate}/credencial.pdf"
    )
    /// What anybody may read of the result of an election.
    static let publicElection = Route<TenantSlug, AllianceSlug, ID<ElectoralProcess>>(
        "/publico/{tenant}/{alliance}/elecciones/{process}")
}

extension ChallengeWindow {
    /// The last day on which challenges are taken, in words.
    var lastDayInWords: String { SpanishFormat.longDate(lastDay) }
}
