import Kernel
import Tenancy

/// How soon something that waits has to be done, as the filter names it.
enum PendingUrgency: String, PathValue, CaseIterable {
    case first = "primero"
    case overdue = "vencido"
    case soon = "pronto"
    case later = "despues"
    case open = "sin-fecha"

    /// How many days ahead are soon.
    static let soonDays = 15

    /// The name on screens.
    var title: String {
        switch self {
        case .first: "Primero: sin usted no sigue"
        case .overdue: "Vencido"
        case .soon: "En los próximos \(Self.soonDays) días"
        case .later: "Más adelante"
        case .open: "Sin fecha"
        }
    }

    /// How soon something has to be done on a day.
    init(of item: PendingItem, on today: CalendarDate) {
        if item.holdsUpAnElection || item.isOwn {
            self = .first
        } else if let dueOn = item.dueOn {
            self = dueOn < today ? .overdue : dueOn <= today + Self.soonDays ? .soon : .later
        } else {
            self = item.kind == .overdueObligations ? .overdue : .open
        }
    }
}

/// How what waits is put together.
enum PendingGrouping: String, PathValue, CaseIterable {
    case urgency = "urgencia"
    case alliance = "alianza"
    case topic = "asunto"

    /// The name on screens.
    var title: String {
        switch self {
        case .urgency: "Por urgencia"
        case .alliance: "Por alianza"
        case .topic: "Por asunto"
        }
    }

    /// The group of a line, by its title.
    func key(_ line: PendingPage.Line) -> String {
        switch self {
        case .urgency: line.urgency.title
        case .alliance: line.alliance?.name ?? line.place
        // One obligation asks the same of each alliance: it is a group of its own.
        case .topic:
            line.item.kind.topic == .obligations
                ? line.item.names.first ?? PendingTopic.obligations.title : line.item.kind.topic.title
        }
    }

    /// Whether a group comes before another: by what is most urgent in it, then by name.
    func precedes(_ left: String, _ right: String, _ groups: [String: [PendingPage.Line]]) -> Bool {
        let first = groups[left]?.map(\.urgency.order).min() ?? 0
        let second = groups[right]?.map(\.urgency.order).min() ?? 0
        return first == second ? left.folded < right.folded : first < second
    }
}

extension PendingUrgency {
    /// The most urgent comes first.
    var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// What something that waits is about, as the filter names it.
enum PendingTopic: String, PathValue, CaseIterable {
    case elections = "elecciones"
    case obligations = "obligaciones"
    case meetings = "reuniones"
    case members = "asociados"
    case governance = "gobierno"
    case work = "compromisos"
    case complaints = "quejas"
    case platform = "plataforma"

    /// The name on screens.
    var title: String {
        switch self {
        case .elections: "Elecciones"
        case .obligations: "Obligaciones"
        case .meetings: "Reuniones y actas"
        case .members: "Asociados"
        case .governance: "Gobierno y períodos"
        case .work: "Compromisos, tareas y cartas"
        case .complaints: "Quejas y orientaciones"
        case .platform: "Usuarios y plataforma"
        }
    }
}

extension PendingItem.Kind {
    /// What it is about.
    var topic: PendingTopic {
        switch self {
        case .claims, .challenges, .slates, .appeals, .ownDisqualification, .votesToCount, .drawToConfirm,
            .orderToConfirm,
            .proclamationToSecond, .annulmentToSecond, .omissionToSecond, .ownKeyStep, .credentialsToMake,
            .boxActToSecond, .mergeToConfirm, .boxStep, .electionToPrepare, .callToPublish,
            .rollToPublish, .rollToFreeze, .jurorsToName, .dayToBegin, .voteToFollow, .canvassToMake,
            .proclamationToMake, .electionsDue, .shownLinks:
            .elections
        case .overdueObligations, .dueObligations, .unprovenObligations, .partialObligations: .obligations
        case .ownSignature, .meetingToPrepare, .supportsToAnswer, .supportsToDeliver, .minutesToRecord,
            .minutesToFinish, .minutesToObserve, .signaturesToGather, .minutesToSign,
            .minutesToPublish:
            .meetings
        case .papers, .applications, .joinRequests: .members
        case .disposalsToSecond, .filesPastTerm: .governance
        case .lapsedHolders, .alternates, .handovers, .ownHandover, .renewals, .undertakingToSign: .governance
        case .topicsToAnswer, .commitmentsOverdue, .dutiesDue, .lettersToAnswer, .lettersToAskAfter: .work
        case .complaintsDue, .complaintsToTransfer, .complaintsToCheck, .orientationsToFollow: .complaints
        case .brokenChains, .jobs, .failingMessages, .failedChores, .invitations: .platform
        }
    }
}
