import Governance
import Kernel
import Reporting
import Tenancy

/// Entries with the alliances that they are of.
struct Agenda: Sendable {
    /// By day and hour.
    let entries: [AgendaEntry]
    private let alliances: [ID<Alliance>: AllianceHeading]
    /// Whether an entry tells its alliance: not on a page of that alliance.
    private let namesAlliances: Bool
    /// Whether the person may open events of several alliances.
    private let opensEvents: Bool

    /// Takes entries without what the person may not open, and without what was called off unless it is asked for.
    init(
        _ entries: [AgendaEntry], of headings: [AllianceHeading], namesAlliances: Bool = true,
        showsCalledOff: Bool = false, opensEvents: Bool = false
    ) {
        let alliances = Dictionary(uniqueKeysWithValues: headings.map { ($0.alliance.id, $0) })
        self.entries = entries.filter { entry in
            (showsCalledOff || !entry.isCalledOff)
                && alliances[entry.alliance]?.tabs.contains(entry.tab) ?? false
        }
        self.alliances = alliances
        self.namesAlliances = namesAlliances && headings.count > 1
        self.opensEvents = opensEvents
    }

    /// The same with each event of several alliances once; who may open such events goes there from it.
    func joined(opensEvents: Bool) -> Self {
        Self(
            entries.joiningEvents, of: Array(alliances.values), namesAlliances: namesAlliances,
            showsCalledOff: true, opensEvents: opensEvents)
    }

    /// What lies ahead from a day on.
    func from(_ day: CalendarDate) -> Self { only { $0.day >= day } }

    /// What is of a sort; all of it for `nil`.
    func of(_ sort: CalendarSort?) -> Self { only { sort == nil || $0.sort == sort } }

    private func only(_ isMeant: (AgendaEntry) -> Bool) -> Self {
        Self(
            entries.filter(isMeant), of: Array(alliances.values), namesAlliances: namesAlliances,
            showsCalledOff: true, opensEvents: opensEvents)
    }

    /// The name of the alliance that an entry is of.
    func allianceName(of entry: AgendaEntry) -> String { alliances[entry.alliance]?.alliance.name ?? "" }

    func path(of entry: AgendaEntry) -> Path? {
        guard let slug = alliances[entry.alliance]?.slug else { return nil }
        return switch entry.kind {
        case .meeting(let id, _): .meeting(slug, id)
        case .jointEvent(let event, _, let id, _): opensEvents ? .event(event) : .meeting(slug, id)
        case .milestone(let id, _, _): .process(slug, id)
        case .commitment(let id): .commitment(slug, id)
        case .duty: .year(slug, entry.day.components.year)
        case .training(let id): .training(slug, id)
        case .campaign(let id): .campaign(slug, id)
        case .oversightVisit(let id, let oversight): .oversightVisit(slug, oversight, id)
        case .oversightEnd(let id): .oversight(slug, id)
        case .poll(let id, _): .poll(slug, id)
        case .letter(let id, _): .letter(slug, id)
        case .mandateEnd(_, let body): .body(slug, body)
        case .lifeEnd: .life(slug)
        case .obligation(let code, _): Path.compliance(slug).at(anchor: code.rawValue)
        }
    }

    func detail(of entry: AgendaEntry) -> String? {
        if case .jointEvent = entry.kind { return entry.detail }
        let words = [namesAlliances ? alliances[entry.alliance]?.alliance.name : nil, entry.detail].compactMap
        { $0 }
        return words.isEmpty ? nil : words.joined(separator: " · ")
    }
}

extension AgendaEntry {
    /// The page of the alliance that it is a part of.
    fileprivate var tab: AllianceTab {
        switch kind {
        case .meeting, .jointEvent, .commitment, .duty: .meetings
        case .training: .plan
        case .campaign, .oversightVisit, .oversightEnd, .poll, .letter: .between
        case .milestone: .elections
        case .mandateEnd, .lifeEnd: .governance
        case .obligation: .compliance
        }
    }

    fileprivate var tone: String {
        switch kind {
        case .meeting, .jointEvent, .campaign, .training, .oversightVisit, .poll: "meeting"
        case .milestone: "milestone"
        case .mandateEnd, .lifeEnd, .obligation, .commitment, .duty, .letter, .oversightEnd: "end"
        }
    }

    /// What sort of thing it is.
    var sort: CalendarSort {
        switch kind {
        case .meeting(_, .training), .jointEvent(_, .training, _, _), .training: .training
        case .meeting, .jointEvent: .meeting
        case .milestone: .milestone
        case .mandateEnd, .lifeEnd: .term
        case .commitment: .commitment
        case .duty: .duty
        case .campaign: .campaign
        case .oversightVisit, .oversightEnd: .oversight
        case .poll: .poll
        case .letter: .letter
        case .obligation: .obligation
        }
    }
}

/// The sorts of things of a calendar, as addresses name them.
enum CalendarSort: String, PathValue, CaseIterable {
    case meeting = "reuniones"
    case training = "capacitaciones"
    case milestone = "elecciones"
    case term = "periodos"
    case commitment = "compromisos"
    case duty = "tareas"
    case obligation = "obligaciones"
    case letter = "cartas"
    case campaign = "campanas"
    case oversight = "veedurias"
    case poll = "sondeos"

    /// The question that calendars are filtered by.
    static let filter = Field.choice(
        "que", "Tipo", allCases, title: \.title, style: .menu, prompt: "Todo"
    ).optional()

    /// What one of them is called.
    var title: String {
        switch self {
        case .meeting: "Reunión"
        case .training: "Capacitación"
        case .milestone: "Elección"
        case .term: "Período"
        case .commitment: "Compromiso"
        case .duty: "Tarea periódica"
        case .obligation: "Obligación"
        case .letter: "Carta"
        case .campaign: "Campaña"
        case .oversight: "Veeduría"
        case .poll: "Sondeo"
        }
    }

    /// What all of them are called.
    var plural: String {
        switch self {
        case .meeting: "Reuniones"
        case .training: "Capacitaciones"
        case .milestone: "Elecciones"
        case .term: "Períodos que terminan"
        case .commitment: "Compromisos"
        case .duty: "Tareas periódicas"
        case .obligation: "Obligaciones"
        case .letter: "Cartas"
        case .campaign: "Campañas"
        case .oversight: "Veedurías"
        case .poll: "Sondeos"
        }
    }
}

extension ObligationState: PathValue {
    init?(pathText: String) {
        guard let found = Self.allCases.first(where: { $0.pathText == pathText }) else { return nil }
        self = found
    }

    var pathText: String {
        switch self {
        case .met: "cumple"
        case .partial: "parcial"
        case .due: "por-vencer"
        case .overdue: "vencido"
        case .unproven: "sin-probar"
        case .notApplicable: "no-aplica"
        }
    }
}

extension HTML {
    /// Writes what lies ahead, one line each, days once.
    mutating func agenda(_ agenda: Agenda, today: CalendarDate, empty: EmptyState) {
        guard !agenda.entries.isEmpty else { return emptyState(empty) }
        let days = Dictionary(grouping: agenda.entries, by: \.day).sorted { $0.key < $1.key }
        ol(.class("agenda")) { list in
            for (day, entries) in days {
                list.li(.class(day == today ? "agenda-day agenda-today" : "agenda-day")) { item in
                    item.p(.class("agenda-date")) { line in
                        line.span(day.weekday.name.capitalizedFirst, .class("agenda-weekday"))
                        line.text(" \(SpanishFormat.dayAndMonth(day))")
                        if day == today { line.strong(" Hoy") }
                    }
                    item.ul { inner in
                        for entry in entries { inner.line(of: entry, in: agenda) }
                    }
                }
            }
        }
    }

    private mutating func line(of entry: AgendaEntry, in agenda: Agenda) {
        li(.class("agenda-entry agenda-\(entry.tone)")) { item in
            item.p { line in
                if let time = entry.time {
                    line.span(SpanishFormat.time(time), .class("agenda-time"))
                    line.text(" ")
                }
                if let path = agenda.path(of: entry) {
                    line.a(entry.title, .href(path))
                } else {
                    line.text(entry.title)
                }
            }
            let detail = [entry.sort.title, agenda.detail(of: entry)].compactMap { $0 }
            item.p(.class("agenda-detail")) { line in
                line.text(detail.joined(separator: " · "))
                // That something is to come, its day says.
                if entry.state != .due {
                    line.text(" ")
                    line.status(entry.state.status)
                }
            }
        }
    }

    /// Writes whole weeks that hold these days, Monday first. On a phone the list says the same, and the grid is
    /// left out.
    mutating func calendar(of agenda: Agenda, days: ClosedRange<CalendarDate>, today: CalendarDate) {
        let first = days.lowerBound - (days.lowerBound.weekday.rawValue - 1)
        let last = days.upperBound + (7 - days.upperBound.weekday.rawValue)
        let byDay = Dictionary(grouping: agenda.entries, by: \.day)
        table(.class("month")) { table in
            table.caption("Calendario", .class("visually-hidden"))
            table.thead { head in
                head.tr { row in
                    for weekday in Weekday.allCases {
                        row.th(.scope("col")) {
                            $0.abbr(String(weekday.name.prefix(3)), .title(weekday.name))
                        }
                    }
                }
            }
            table.tbody { body in
                for monday in stride(from: first, through: last, by: 7) {
                    body.tr { row in
                        for day in monday...(monday + 6) {
                            row.day(
                                day, entries: byDay[day] ?? [], in: agenda, isInside: days.contains(day),
                                isToday: day == today)
                        }
                    }
                }
            }
        }
    }

    private mutating func day(
        _ day: CalendarDate, entries: [AgendaEntry], in agenda: Agenda, isInside: Bool, isToday: Bool
    ) {
        let holiday = (try? HolidayCalendar.holidays(on: day))?.first
        var kinds = ["month-day"]
        if !isInside { kinds.append("month-outside") }
        if isToday { kinds.append("month-today") }
        if holiday != nil || day.weekday == .sunday { kinds.append("month-rest") }
        td(.class(kinds.joined(separator: " ")), .aria("current", isToday ? "date" : nil)) { cell in
            let (_, month, number) = day.components
            let words =
                number == 1 || day == day.calendarMonth.lowerBound
                ? "\(number) \(SpanishFormat.monthName(month)?.prefix(3) ?? "")" : "\(number)"
            cell.p(words, .class("month-number"))
            if let holiday { cell.p(holiday.name, .class("month-holiday")) }
            if !entries.isEmpty {
                cell.ul { list in
                    for entry in entries.prefix(3) {
                        list.li(.class("agenda-\(entry.tone)")) { item in
                            if let path = agenda.path(of: entry) {
                                item.a(
                                    entry.title, .href(path), .title(agenda.detail(of: entry) ?? entry.title))
                            } else {
                                item.text(entry.title)
                            }
                        }
                    }
                    if entries.count > 3 { list.li("y \(entries.count - 3) más", .class("month-more")) }
                }
            }
        }
    }
}
