import Governance
import Kernel
import Reporting
import Tenancy

/// How much an alliance asks of the person: what waits in it.
struct AllianceNeed: Sendable, Hashable, Comparable {
    /// How many lines wait.
    var count = 0
    /// Those of them that are late.
    var overdue = 0
    /// Those whose day is near, or that wait for the person alone.
    var soon = 0

    /// The most urgent as a chip.
    var status: Status {
        if overdue > 0 {
            return Status(SpanishFormat.count(overdue, "cosa vencida", "cosas vencidas"), .overdue)
        }
        if soon > 0 { return Status(SpanishFormat.count(soon, "cosa pronto", "cosas pronto"), .due) }
        return count > 0 ? Status("Con tiempo", .plain) : Status("Al día", .met)
    }

    /// The need in words.
    var words: String {
        count == 0 ? "Nada pendiente" : SpanishFormat.count(count, "pendiente", "pendientes")
    }

    static func < (left: Self, right: Self) -> Bool {
        (left.overdue, left.soon, left.count) < (right.overdue, right.soon, right.count)
    }
}

extension [PendingPage.Line] {
    /// How much each alliance asks for.
    var needs: [ID<Alliance>: AllianceNeed] {
        reduce(into: [:]) { needs, line in
            guard let alliance = line.alliance else { return }
            needs[alliance.id, default: AllianceNeed()].count += 1
            switch line.urgency {
            case .overdue: needs[alliance.id, default: AllianceNeed()].overdue += 1
            case .first, .soon: needs[alliance.id, default: AllianceNeed()].soon += 1
            case .later, .open: break
            }
        }
    }
}

/// An alliance in the list, with what the person may know of it.
struct AllianceRow: Sendable {
    let heading: AllianceHeading
    let municipalities: [Municipality]
    /// How it does; `nil` where the person may not know.
    let pulse: AlliancePulse?
    /// What comes; `nil` where the person may not know.
    let outlook: AllianceOutlook?
    let need: AllianceNeed

    var alliance: Alliance { heading.alliance }
    var members: Int? { alliance.state == .dissolved ? nil : pulse?.members }

    /// Where it is: a few municipalities by name, more by their number.
    var place: String {
        let names = municipalities.map(\.title)
        return names.count > 3
            ? "\(names[0]) y \(names.count - 1) municipios más" : SpanishFormat.list(names)
    }

    var meetingWords: String? {
        outlook?.meeting.map { "\(SpanishFormat.shortDate($0.day)) · \($0.title)" }
    }
    var meetingPath: Path? { outlook?.meeting.map { .meeting(heading.slug, $0.id) } }
    var pendingPath: Path { .pending().with("alianza", heading.slug.rawValue) }
}

/// What an alliance may need, as the filter names it.
enum AllianceNeedChoice: String, PathValue, CaseIterable {
    case overdue = "vencido"
    case soon = "pronto"
    case period = "periodo"
    case seats = "puestos"
    case meeting = "reunion"

    /// The name on screens.
    var title: String {
        switch self {
        case .overdue: "Tiene algo vencido"
        case .soon: "Tiene algo pronto"
        case .period: "Su período termina o terminó"
        case .seats: "Tiene puestos vacantes"
        case .meeting: "No tiene reunión programada"
        }
    }

    /// Whether an alliance needs it on a day.
    func isMet(by row: AllianceRow, on day: CalendarDate) -> Bool {
        guard row.alliance.state != .dissolved else { return false }
        return switch self {
        case .overdue: row.need.overdue > 0
        case .soon: row.need.soon > 0
        case .period: row.outlook?.period?.isAlarming(on: day) ?? false
        case .seats: row.pulse.map { $0.heldSeats < $0.seats } ?? false
        case .meeting: row.outlook.map { $0.meeting == nil } ?? false
        }
    }
}

extension TenantContext {
    /// The alliances that the person sees as rows of a list, with as many statements as for one.
    func allianceRows(_ headings: [AllianceHeading], _ lines: [PendingPage.Line]) async throws
        -> [AllianceRow]
    {
        let alliances = headings.map(\.alliance)
        guard !alliances.isEmpty else { return [] }
        let places = try await read(.seeAlliances, in: headings.map(\.stream)) {
            try await $0.municipalities(of: alliances.map(\.id))
        }
        let pulses = Dictionary(try await pulses(of: alliances).map { ($0.alliance, $0) }) { first, _ in first
        }
        let readable = alliances.map(\.id).filter { may(.readGovernance, in: .alliance($0)) }
        let outlooks = readable.isEmpty ? [:] : try await fetch(ReadOutlooks(of: readable))
        let needs = lines.needs
        return headings.map { heading in
            let id = heading.alliance.id
            return AllianceRow(
                heading: heading, municipalities: places[id] ?? [], pulse: pulses[id], outlook: outlooks[id],
                need: needs[id] ?? AllianceNeed())
        }
    }
}
