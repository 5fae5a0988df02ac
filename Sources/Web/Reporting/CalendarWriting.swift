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

    /// Takes what lies ahead, without what the person may not open.
    init(_ entries: [AgendaEntry], of headings: [AllianceHeading], namesAlliances: Bool = true) {
        let alliances = Dictionary(uniqueKeysWithValues: headings.map { ($0.alliance.id, $0) })
        self.entries = entries.filter { alliances[$0.alliance]?.tabs.contains($0.tab) ?? false }
        self.alliances = alliances
        self.namesAlliances = namesAlliances && headings.count > 1
    }

    /// What lies ahead from a day on.
    func from(_ day: CalendarDate) -> Self {
        Self(
            entries.filter { $0.day >= day }, of: Array(alliances.values), namesAlliances: namesAlliances)
    }

    /// The name of the alliance that an entry is of.
    func allianceName(of entry: AgendaEntry) -> String { alliances[entry.alliance]?.alliance.name ?? "" }

    func path(of entry: AgendaEntry) -> Path? {
        guard let slug = alliances[entry.alliance]?.slug else { return nil }
        return switch entry.kind {
        case .meeting(let id): .meeting(slug, id)
        case .commitment(let id): .commitment(slug, id)
        case .campaign(let id): .campaign(slug, id)
        case .milestone(let id): .process(slug, id)
        case .mandateEnd(let id): .body(slug, id)
        case .obligation(let code, _): Path.compliance(slug).at(anchor: code.rawValue)
        }
    }

    func detail(of entry: AgendaEntry) -> String? {
        let words = [namesAlliances ? alliances[entry.alliance]?.alliance.name : nil, entry.detail].compactMap
        { $0 }
        return words.isEmpty ? nil : words.joined(separator: " · ")
    }
}

extension AgendaEntry {
    /// The page of the alliance that it is a part of.
    fileprivate var tab: AllianceTab {
        switch kind {
        case .meeting, .commitment: .meetings
        case .campaign: .between
        case .milestone: .elections
        case .mandateEnd: .governance
        case .obligation: .compliance
        }
    }

    fileprivate var tone: String {
        switch kind {
        case .meeting, .campaign: "meeting"
        case .milestone: "milestone"
        case .mandateEnd, .obligation, .commitment: "end"
        }
    }

    /// What sort of thing it is.
    var sort: CalendarSort {
        switch kind {
        case .meeting: .meeting
        case .milestone: .milestone
        case .mandateEnd: .mandateEnd
        case .commitment: .commitment
        case .campaign: .campaign
        case .obligation: .obligation
        }
    }
}

/// The sorts of things of a calendar, as addresses name them.
enum CalendarSort: String, PathValue, CaseIterable {
    case meeting = "reuniones"
    case milestone = "elecciones"
    case mandateEnd = "periodos"
    case commitment = "compromisos"
    case campaign = "campanas"
    case obligation = "obligaciones"

    /// What one of them is called.
    var title: String {
        switch self {
        case .meeting: "Reunión"
        case .milestone: "Elección"
        case .mandateEnd: "Período"
        case .commitment: "Compromiso"
        case .campaign: "Campaña"
        case .obligation: "Obligación"
        }
    }
}

extension AgendaEntry.Standing {
    /// The standing as a chip.
    var status: Status {
        switch self {
        case .ahead: Status("Por hacer", .plain)
        case .underway: Status("En curso", .open)
        case .done: Status("Hecho", .met)
        case .withoutMinutes: Status("Sin acta", .unproven)
        case .unproven: .unproven
        case .missed: Status("Sin hacer", .overdue)
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
                if let standing = entry.standing, standing != .ahead {
                    line.text(" ")
                    line.status(standing.status)
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
