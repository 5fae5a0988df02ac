import Elections
import Kernel
import Tenancy

// The places of a process in preparation; those of its roll, guarantors and chronology stand beside their pages.
extension Path {
    /// Adds a contest to a draft.
    static let newContest = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/votaciones/nueva")
    /// Changes a contest of a draft.
    static let contest = Route<AllianceSlug, ID<ElectoralProcess>, ID<Contest>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/votaciones/{contest}")
    /// Takes a contest out of a draft.
    static let removeContest = Route<AllianceSlug, ID<ElectoralProcess>, ID<Contest>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/votaciones/{contest}/quitar")
    /// Splits a contest into one for each seat.
    static let splitContest = Route<AllianceSlug, ID<ElectoralProcess>, ID<Contest>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/votaciones/{contest}/separar")
    /// Moves one date of the calendar of a draft.
    static let milestone = Route<AllianceSlug, ID<ElectoralProcess>, Milestone.Kind>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/calendario/{milestone}")
    /// The tables of a process.
    static let tables = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/mesas")
    /// Adds a table.
    static let newTable = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/mesas/nueva")
    /// Shares the electors among the tables.
    static let splitElectors = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/mesas/repartir")
    /// Says why a municipality has no table.
    static let exceptMunicipality = Route<AllianceSlug, ID<ElectoralProcess>, MunicipalityCode>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/mesas/municipio/{municipality}")
    /// Changes a table.
    static let table = Route<AllianceSlug, ID<ElectoralProcess>, ID<VotingTable>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/mesas/{table}")
    /// Takes a table out.
    static let removeTable = Route<AllianceSlug, ID<ElectoralProcess>, ID<VotingTable>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/mesas/{table}/quitar")
    /// Names a juror.
    static let appointJuror = Route<AllianceSlug, ID<ElectoralProcess>, ID<VotingTable>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/mesas/{table}/jurado")
    /// Relieves a juror.
    static let relieveJuror = Route<AllianceSlug, ID<ElectoralProcess>, ID<VotingTable>, ID<Juror>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/mesas/{table}/jurado/{juror}/relevar")
}

extension Milestone.Kind: PathValue {}
extension Contest.Candidature: PathValue {}
extension Contest.VotingMode: PathValue {}
extension Contest.Alternates: PathValue {}
extension CountingRule: PathValue {}
extension MajorityBase: PathValue {}

/// The pages of one process, for those who work at it, in the order in which it goes.
enum ProcessTab: CaseIterable {
    case summary, roll, claims, slates, tables, guarantors, boxes, day, result, challenges, proclamation,
        chronology

    fileprivate var title: String {
        switch self {
        case .summary: "Resumen"
        case .slates: "Planchas"
        case .tables: "Mesas"
        case .roll: "Censo"
        case .claims: "Reclamaciones"
        case .guarantors: "Garantes"
        case .boxes: "Urna electrónica"
        case .day: "Jornada"
        case .result: "Escrutinio"
        case .challenges: "Impugnaciones"
        case .proclamation: "Proclamación"
        case .chronology: "Cronología"
        }
    }

    /// The right that its page asks for.
    fileprivate var permission: Permission {
        switch self {
        case .roll: .seeRoll
        case .claims: .seeClaims
        case .challenges: .seeChallenges
        case .boxes: .seeBoxes
        case .summary, .slates, .tables, .guarantors, .day, .result, .proclamation, .chronology: .seeProcesses
        }
    }

    fileprivate func path(of process: ID<ElectoralProcess>, in alliance: AllianceSlug) -> Path {
        switch self {
        case .summary: .process(alliance, process)
        case .slates: .slates(alliance, process)
        case .tables: .tables(alliance, process)
        case .roll: .roll(alliance, process)
        case .claims: .claims(alliance, process)
        case .guarantors: .guarantors(alliance, process)
        case .boxes: .boxes(alliance, process)
        case .day: .votingDay(alliance, process)
        case .result: .results(alliance, process)
        case .challenges: .challenges(alliance, process)
        case .proclamation: .proclamation(alliance, process)
        case .chronology: .chronology(alliance, process)
        }
    }
}

extension HTML {
    /// Writes the state of a process and those of its pages that the person may open, with how many challenges wait to be
    /// decided.
    mutating func processTabs(
        _ process: ElectionProcess, of heading: AllianceHeading, at current: ProcessTab,
        openChallenges: Int = 0
    ) {
        // Why it stands still is told on all of them.
        let isTold = current == .summary || process.stateReason != nil
        p(.class(isTold ? "alliance-state" : "alliance-state alliance-state-elsewhere")) {
            line in
            line.status(process.state.status)
            if let reason = process.stateReason { line.text(" \(reason)") }
        }
        tabs(
            "Páginas de la elección",
            ProcessTab.allCases.filter { heading.principal.holds($0.permission, in: process.stream) }.map {
                tab in
                Tab(
                    tab.title, tab.path(of: process.id, in: heading.slug),
                    count: tab == .challenges ? openChallenges : 0, isCurrent: tab == current)
            })
    }
}

extension AllianceHeading {
    /// The way to a page of a process.
    func trail(to process: ElectionProcess) -> [Crumb] {
        trail(from: .elections) + [Crumb(process.name, .process(slug, process.id))]
    }
}
