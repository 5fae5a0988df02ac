import Foundation
import Governance
import Kernel
import Tenancy

/// The attendance list of a remote session: sent, reviewed, taken in.
struct JoinListRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.form(Path.importAttendance, upTo: .files(megabytes: 2), show: show, act: review)
        tenant.post(Path.confirmImport, confirm)
    }

    @Sendable private func show(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> JoinListPage {
        let (heading, file) = try await context.session(id, slug, toUse: .recordAttendance)
        return JoinListPage(heading: heading, file: file, form: state)
    }

    @Sendable private func review(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> ReviewJoinListPage {
        let (heading, file) = try await context.session(id, slug, toUse: .recordAttendance)
        let upload = try form.read(JoinListPage.list)
        let list = try JoinList(reading: upload.content())
        let people = try await context.fetch(ListEntitled(of: id, in: heading.alliance.id)).people
        return ReviewJoinListPage(
            heading: heading, file: file, list: list, people: people, fileName: upload.name)
    }

    @Sendable private func confirm(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let (heading, file) = try await context.session(id, slug, toUse: .recordAttendance)
        let now = context.visit.now
        var entries: [ImportAttendance.Entry] = []
        for index in 0..<ReviewJoinListPage.limit {
            guard let name = form.entries.first("name\(index)") else { break }
            let choice = form.entries.first("who\(index)") ?? ReviewJoinListPage.leftOut
            guard choice != ReviewJoinListPage.leftOut else { continue }
            let attendee: Attendee =
                UUID(uuidString: choice).map { .entitled(EntitledPerson.Key(id: $0)) }
                ?? .named(name, .guest, represents: nil)
            func moment(_ field: String) -> Date? {
                form.entries.first("\(field)\(index)").flatMap { TimeOfDay($0) }.map {
                    file.meeting.moment($0, at: now)
                }
            }
            entries.append(
                ImportAttendance.Entry(attendee, joinedAt: moment("joined"), leftAt: moment("left")))
        }
        let report = try await context.run(ImportAttendance(entries, to: id, of: heading.alliance.id), form)
        let also =
            report.alsoNoted.isEmpty
            ? "" : " Ya figuraban: \(SpanishFormat.list(report.alsoNoted)); cuenta la llegada más temprana."
        return Redirect(
            to: .meetingDoor(slug, id),
            "\(SpanishFormat.count(report.noted, "asistente quedó registrado", "asistentes quedaron registrados")).\(also)"
        )
    }
}

/// Asks for the list.
struct JoinListPage: AttendancePart {
    static let list = Field.file(
        "list", "Lista de asistencia", accepting: [.csv], megabytes: 2,
        hint: "El CSV que descarga Teams o Meet. Antes de contarla se muestra quién es quién.")

    let heading: AllianceHeading
    let file: SessionFile
    let form: FormState

    var title: String { "Lista de la sesión virtual" }
    var lead: String? { meeting.title }

    func body(_ html: inout HTML) {
        html.form(to: .importAttendance(slug, meeting.id), form, hasFiles: true) { form in
            form.field(Self.list)
            form.submit("Revisar la lista", orBackTo: .meetingDoor(slug, meeting.id))
        }
    }
}

/// Who each of the list is, before it counts.
struct ReviewJoinListPage: AttendancePart {
    /// How many are reviewed at once.
    static let limit = 1000
    static let leftOut = "no"
    static let guest = "invitado"

    let heading: AllianceHeading
    let file: SessionFile
    let list: JoinList
    let people: [EntitledPerson]
    let fileName: String

    var title: String { "¿Quién es quién?" }
    var lead: String? {
        "«\(fileName)»: \(SpanishFormat.count(list.entries.count, "persona", "personas")). Nada cuenta hasta que lo confirme."
    }
    var frame: Frame { .standard }

    func body(_ html: inout HTML) {
        let matched = list.entries.map { $0.match(among: people) }
        let sure = matched.count { $0 != nil }
        html.p(
            "\(SpanishFormat.count(sure, "nombre coincide", "nombres coinciden")) con alguien con voto; los demás quedan como invitados si usted no dice otra cosa."
        )
        html.form(to: .confirmImport(slug, meeting.id)) { form in
            form.ul(.class("dossier")) { rows in
                for (index, entry) in list.entries.prefix(Self.limit).enumerated() {
                    rows.li { write(entry, matched[index], index, &$0) }
                }
            }
            form.submit("Registrar la asistencia", orBackTo: .meetingDoor(slug, meeting.id))
        }
    }

    private func write(_ entry: JoinList.Entry, _ match: EntitledPerson?, _ index: Int, _ item: inout HTML) {
        item.input(.type("hidden"), .name("name\(index)"), .value(String(entry.name.prefix(160))))
        if let joined = entry.joinedAt {
            item.input(.type("hidden"), .name("joined\(index)"), .value(joined.description))
        }
        if let left = entry.leftAt {
            item.input(.type("hidden"), .name("left\(index)"), .value(left.description))
        }
        item.div(.class("dossier-head")) { head in
            head.h2(entry.name)
            head.status(match == nil ? Status("Sin coincidencia", .due) : Status("Coincide", .met))
        }
        let hours = [
            entry.joinedAt.map { "entró \(SpanishFormat.time($0))" },
            entry.leftAt.map { "salió \(SpanishFormat.time($0))" },
        ]
        .compactMap(\.self)
        if !hours.isEmpty { item.p(SpanishFormat.list(hours).capitalizedFirst, .class("form-text")) }
        item.label("Cuenta como", .for("who\(index)"), .class("form-label"))
        item.select(.id("who\(index)"), .name("who\(index)"), .class("form-select")) { menu in
            // Those whom the name may mean stand first; in a small meeting all can be chosen.
            let candidates = entry.candidates(among: people)
            let rest = people.count <= 100 ? people.filter { !candidates.contains($0) } : []
            for person in candidates + rest {
                menu.option(
                    person.name, .value(person.key.id.uuidString.lowercased()),
                    .selected(person.key == match?.key))
            }
            menu.option("Invitado, sin voto", .value(Self.guest), .selected(match == nil))
            menu.option("No contarlo", .value(Self.leftOut))
        }
    }
}
