import Elections
import Kernel
import Tenancy

/// What waits for the person: by urgency, by alliance or by subject, as they work through it.
struct PendingPage: ListPage {
    /// A line with the names that it needs.
    struct Line: Sendable {
        let item: PendingItem
        /// The alliance in which it waits; `nil` where it waits in the entity.
        let alliance: Alliance?
        /// Where it waits, in words.
        let place: String
        /// Where it is done.
        let path: Path?
        let status: Status
        let urgency: PendingUrgency

        init(_ item: PendingItem, alliance: Alliance?, place: String, path: Path?, on today: CalendarDate) {
            self.item = item
            self.alliance = alliance
            self.place = place
            self.path = path
            status = item.status(on: today)
            urgency = PendingUrgency(of: item, on: today)
        }
    }

    enum Sort: String, SortKey {
        case urgency = "urgencia"
        static let initial = Self.urgency
    }

    /// The columns of a file.
    static let columns: [Column<Line, Sort>] = [
        .text("Qué falta", to: { $0.path }) { $0.item.words },
        .text("Dónde") { $0.place },
        .text("Asunto") { $0.item.kind.topic.title },
        .status("Estado") { $0.status },
        .integer("Cuántos") { $0.item.count },
        .date("Hasta") { $0.item.dueOn },
        .instant("Desde") { $0.item.since },
        .text("Cuáles") { $0.item.names.isEmpty ? nil : $0.item.names.joined(separator: "; ") },
    ]

    /// The questions to filter by.
    struct Filters {
        static let words = Field.text("q", "Palabra", max: 80).optional()
        static let topic = Field.choice(
            "asunto", "Asunto", PendingTopic.allCases, title: \.title, style: .menu, prompt: "Todos"
        ).optional()
        static let urgency = Field.choice(
            "cuando", "Urgencia", PendingUrgency.allCases, title: \.title, style: .menu, prompt: "Cualquiera"
        ).optional()
        static let grouping = Field.choice(
            "agrupar", "Agrupar", [.alliance, .topic], title: \PendingGrouping.title, style: .menu,
            prompt: PendingGrouping.urgency.title
        ).optional()

        let alliance: Field<AllianceSlug?>

        init(_ alliances: [Alliance]) {
            alliance = Field.choice(
                "alianza", "Alianza",
                alliances.compactMap { alliance in
                    AllianceSlug(rawValue: alliance.slug).map { Option($0, alliance.name) }
                }, style: .menu, prompt: "Todas"
            ).optional()
        }
    }

    /// Below so many lines nobody needs to filter them.
    private static let few = 6

    let query: ListQuery<Sort>
    let found: Found<Line>
    /// How many wait in all, whatever the filters.
    let total: Int
    /// The alliances in which something waits.
    let alliances: [Alliance]
    let grouping: PendingGrouping
    /// How many lines each group has, on all pages.
    let counts: [String: Int]
    let today: CalendarDate

    var title: String { "Pendientes" }
    var lead: String? { "Lo que espera por usted, según sus funciones." }
    var trail: [Crumb] { [Crumb("Inicio", .home())] }
    var help: HelpTopic { "pendientes" }

    /// Takes what waits, filtered and grouped as the address asks.
    init(_ lines: [Line], _ query: ListQuery<Sort>, on today: CalendarDate) {
        var seen: Set<ID<Alliance>> = []
        let alliances = lines.compactMap(\.alliance).filter { seen.insert($0.id).inserted }
            .sorted { $0.name.folded < $1.name.folded }
        let filters = Filters(alliances)
        let grouping = query[Filters.grouping] ?? .urgency
        var shown = lines
        if let words = query[Filters.words]?.folded {
            shown.removeAll { !$0.text.folded.contains(words) }
        }
        if let topic = query[Filters.topic] { shown.removeAll { $0.item.kind.topic != topic } }
        if let urgency = query[Filters.urgency] { shown.removeAll { $0.urgency != urgency } }
        if let slug = query[filters.alliance] { shown.removeAll { $0.alliance?.slug != slug.rawValue } }
        let groups = Dictionary(grouping: shown, by: grouping.key)
        // Within a group the order stays that of urgency.
        let titles = groups.keys.sorted { grouping.precedes($0, $1, groups) }
        self.query = query
        self.alliances = alliances
        self.grouping = grouping
        self.today = today
        total = lines.count
        counts = groups.mapValues(\.count)
        found = query.page(of: titles.flatMap { groups[$0] ?? [] })
    }

    func body(_ html: inout HTML) {
        var questions: ((inout HTML) -> Void)?
        if total > Self.few || query.isFiltered { questions = { ask(&$0) } }
        html.list(
            self, filters: questions,
            empty: EmptyState(
                "No hay nada pendiente para usted. ¡Al día!", next: "Ir al inicio", to: .home()),
            rows: { write(&$0) })
    }

    private func ask(_ form: inout HTML) {
        form.field(Filters.words)
        if alliances.count > 1 { form.field(Filters(alliances).alliance) }
        form.field(Filters.topic)
        form.field(Filters.urgency)
        form.field(Filters.grouping)
    }

    private func write(_ html: inout HTML) {
        var rest = found.rows[...]
        while let first = rest.first {
            let title = grouping.key(first)
            let group = rest.prefix { grouping.key($0) == title }
            rest = rest.dropFirst(group.count)
            html.section(.class("part pending-group")) { part in
                part.h2 { head in
                    head.text(title)
                    head.span(" · \(SpanishFormat.number(counts[title] ?? group.count))", .class("form-text"))
                }
                part.pending(Array(group), on: today, namesAlliance: grouping != .alliance)
            }
        }
    }
}

extension PendingPage.Line {
    /// All that it says.
    fileprivate var text: String {
        ([item.words, place, item.kind.topic.title] + item.names).joined(separator: " ")
    }
}

extension [PendingPage.Line] {
    /// The same lines with what waits alike in several alliances as one, so that one obligation of twenty alliances does
    /// not hide all others where a few are shown.
    var condensed: Self {
        var order: [String] = []
        var alike: [String: Self] = [:]
        for line in self {
            let key = line.likeness
            if alike[key] == nil { order.append(key) }
            alike[key, default: []].append(line)
        }
        return order.compactMap { alike[$0] }.map { lines in
            guard lines.count > 1, let first = lines.first else { return lines[0] }
            return Self.Element(first, standingFor: lines)
        }
    }
}

extension PendingPage.Line {
    /// What makes lines alike: the obligation, or the sort of work; what belongs to one meeting or one election is like
    /// nothing else.
    fileprivate var likeness: String {
        guard case .alliance = item.stream else { return "\(item.kind) \(item.stream)" }
        if item.kind.topic == .obligations { return "\(item.kind) \(item.subject ?? "")" }
        return item.subject == nil && !item.isOwn
            ? "\(item.kind)" : "\(item.kind) \(item.stream) \(item.subject ?? "")"
    }

    fileprivate init(_ first: Self, standingFor lines: [Self]) {
        let items = lines.map(\.item)
        let isObligation = first.item.kind.topic == .obligations
        item = PendingItem(
            first.item.kind, count: items.reduce(0) { $0 + $1.count }, in: first.item.stream,
            dueOn: items.compactMap(\.dueOn).min(), since: items.compactMap(\.since).min(),
            names: isObligation ? first.item.names : [])
        alliance = nil
        let names = lines.compactMap(\.alliance?.name)
        let more = names.count - 2
        place =
            "En \(SpanishFormat.count(names.count, "alianza", "alianzas")): "
            + (more > 0
                ? "\(names.prefix(2).joined(separator: ", ")) y \(more) más" : SpanishFormat.list(names))
        path = Path.pending().with(PendingPage.Filters.topic.name, first.item.kind.topic.rawValue)
            .with(PendingPage.Filters.words.name, isObligation ? first.item.names.first : nil)
        status = first.status
        urgency = first.urgency
    }
}

extension HTML {
    /// Writes what waits, the most urgent first, under a heading of the second level.
    mutating func pending(
        _ lines: [PendingPage.Line], on today: CalendarDate, namesAlliance: Bool = true
    ) {
        ul(.class("pending")) { list in
            for line in lines {
                list.li { item in
                    item.div(.class("pending-head")) { head in
                        head.h3 { $0.text(line.item.words, leadingTo: line.path) }
                        head.status(line.status)
                    }
                    item.p(line.explanation(namesAlliance: namesAlliance), .class("form-text"))
                }
            }
        }
    }
}

extension PendingPage.Line {
    /// Where it waits, until when or since when, and which they are.
    fileprivate func explanation(namesAlliance: Bool) -> String {
        var sentences: [String] = []
        if namesAlliance || place != alliance?.name { sentences.append(place) }
        if let dueOn = item.dueOn {
            sentences.append("Hasta el \(SpanishFormat.longDate(dueOn))")
        } else if let since = item.since {
            sentences.append("Desde el \(SpanishFormat.longDate(ColombianTime.date(at: since)))")
        }
        if item.names.count > 1 { sentences.append(item.names.joined(separator: "; ")) }
        if sentences.isEmpty { sentences.append(item.kind.topic.title) }
        return sentences.joined(separator: ". ") + "."
    }
}

extension TenantContext {
    /// What waits for the person, with the names that its lines need.
    func pendingLines() async throws -> [PendingPage.Line] {
        let desk = PendingDesk(database: visit.site.runner.database, sources: PendingDesk.sources)
        let items = try await desk.items(for: principal, at: visit.now)
        let alliances = Dictionary(try await alliances().map { ($0.id, $0) }) { first, _ in first }
        let processes = try await processNames(for: .seeProcesses)
        return items.map { item in
            let alliance = item.stream.alliance.flatMap { alliances[$0] }
            let process = processes.first { $0.stream == item.stream }
            return PendingPage.Line(
                item, alliance: alliance,
                place: [process?.name, alliance?.name ?? entry.organization.shortName]
                    .compactMap { $0 }.joined(separator: ", "),
                path: item.path(in: alliance.flatMap { AllianceSlug(rawValue: $0.slug) }), on: today)
        }
    }
}

/// What waits for a person.
struct PendingRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.pending) { context in
            PendingPage(
                try await context.pendingLines(), ListQuery<PendingPage.Sort>(context.visit),
                on: context.today)
        }
    }
}
