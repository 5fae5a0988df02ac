import Governance
import Kernel
import Tenancy

/// The questions of a visit.
struct VisitForm {
    let kind = Field.choice("kind", "Clase", OutreachVisit.Kind.allCases, title: \.title, style: .menu)
    let place = Field.text("place", "Lugar", max: 160, hint: "La aseguradora, la sede, el medio.")
    let users = Field.integer("users", "Usuarios que tiene", in: 0...100_000_000).optional()
    let visitedOn = Field.date("visited_on", "Día")
    let posters = Field.integer("posters", "Afiches entregados", in: 0...100_000)
    let leaflets = Field.integer("leaflets", "Volantes entregados", in: 0...1_000_000)
    let receivedBy = Field.text(
        "received_by", "Quién recibió", max: 160, hint: "El cargo u oficina, no el nombre."
    ).optional()
    let note = Field.paragraphs("note", "Nota", max: 500, rows: 2).optional()
    let proof = Field.paper("proof", "Prueba", hint: "Una foto o el recibido.").optional()

    func read(_ form: Submission) throws -> (visit: OutreachVisit, proof: StoredFile?) {
        let (kind, place, users, visitedOn, posters, leaflets, receivedBy, note, proof) = try form.read(
            kind, place, users, visitedOn, posters, leaflets, receivedBy, note, proof)
        return (
            try OutreachVisit(
                kind: kind, place: place, users: users, visitedOn: visitedOn, posters: posters,
                leaflets: leaflets, receivedBy: receivedBy, note: note), try proof?.stored(on: visitedOn)
        )
    }
}

/// Where people were sought out for a meeting, the insurers with the most users first.
struct OutreachPage: Page {
    let heading: AllianceHeading
    let answer: ReadOutreach.Answer
    /// The insurer that the form begins with.
    let chosen: InsurerWeight?
    let mayPlan: Bool
    let mayOpen: Bool
    let form: FormState

    private var meeting: Meeting { answer.meeting }
    private var mayRecord: Bool { mayPlan && meeting.state != .cancelled }

    var title: String { "Visitas, volantes y prensa" }
    var lead: String? { "Para «\(meeting.title)», \(SpanishFormat.longDate(meeting.day))." }
    var trail: [Crumb] { heading.trail(to: meeting) }
    var help: HelpTopic { "convocar" }

    func body(_ html: inout HTML) {
        let visits = answer.visits
        html.figures(
            KeyFigure(visits.count, visits.count == 1 ? "visita" : "visitas"),
            KeyFigure(visits.reduce(0) { $0 + $1.posters }, "afiches entregados"),
            KeyFigure(visits.reduce(0) { $0 + $1.leaflets }, "volantes entregados"))
        if !answer.insurers.isEmpty {
            html.section("Aseguradoras, por número de usuarios", id: "aseguradoras") { writeInsurers(&$0) }
        }
        html.section("Lo que se hizo", id: "visitas") { writeVisits(&$0) }
        guard mayRecord else { return }
        html.section("Anotar una visita o una entrega", id: "anotar") { part in
            let fields = VisitForm()
            let state =
                form.isTyped
                ? form
                : form.filling(fields.visitedOn, with: min(answer.today, meeting.days.upperBound))
                    .filling(fields.posters, with: 0).filling(fields.leaflets, with: 0)
                    .filling(
                        fields.kind, with: chosen.map { $0.isMain ? .mainInsurer : .otherInsurer }
                    )
                    .filling(fields.place, with: chosen?.name).filling(fields.users, with: chosen?.users)
            part.form(to: .outreach(heading.slug, meeting.id), state, hasFiles: true) { form in
                form.div(.class("form-row")) { row in
                    row.field(fields.kind)
                    row.field(fields.place)
                    row.field(fields.users)
                }
                form.div(.class("form-row")) { row in
                    row.field(fields.visitedOn)
                    row.field(fields.posters)
                    row.field(fields.leaflets)
                }
                form.field(fields.receivedBy)
                form.field(fields.note)
                form.field(fields.proof)
                form.submit("Anotar")
            }
        }
    }

    private func writeInsurers(_ part: inout HTML) {
        part.p(
            "Salen del padrón. Las representativas suman tres de cada cuatro usuarios: empiece por ellas.",
            .class("form-text"))
        part.ul(.class("dossier")) { list in
            for insurer in answer.insurers {
                list.li { item in
                    item.div(.class("dossier-head")) { head in
                        head.h3(insurer.name)
                        head.status(
                            insurer.visitedOn.map { Status("Visitada el \(SpanishFormat.date($0))", .met) }
                                ?? (insurer.isMain
                                    ? Status("Por visitar", .due) : Status("Sin visitar", .plain)))
                    }
                    item.p(
                        SpanishFormat.count(insurer.users, "usuario", "usuarios")
                            + (insurer.isMain ? " · representativa" : ""))
                    if mayRecord, insurer.visitedOn == nil {
                        item.p(.class("row-actions")) {
                            $0.a(
                                "Anotar la visita", .class("btn btn-outline-primary btn-sm"),
                                .href(
                                    Path.outreach(heading.slug, meeting.id).with("aseguradora", insurer.name)
                                        .at(anchor: "anotar")),
                                .aria("label", "Anotar la visita a \(insurer.name)"))
                        }
                    }
                }
            }
        }
    }

    private func writeVisits(_ part: inout HTML) {
        guard !answer.visits.isEmpty else {
            part.p("Todavía no hay visitas ni entregas anotadas.")
            return
        }
        part.ul(.class("dossier")) { list in
            for visit in answer.visits {
                list.li { item in
                    item.div(.class("dossier-head")) { head in
                        head.h3(visit.place)
                        head.span(SpanishFormat.date(visit.visitedOn))
                    }
                    let facts = [
                        visit.kind.title,
                        visit.users.map { SpanishFormat.count($0, "usuario", "usuarios") },
                        visit.posters == 0 ? nil : SpanishFormat.count(visit.posters, "afiche", "afiches"),
                        visit.leaflets == 0
                            ? nil : SpanishFormat.count(visit.leaflets, "volante", "volantes"),
                        visit.receivedBy.map { "recibió: \($0)" },
                    ].compactMap(\.self)
                    item.p(facts.joined(separator: " · "))
                    if let note = visit.note { item.p(note) }
                    item.div(.class("row-actions")) { actions in
                        if let proof = visit.proof, mayOpen {
                            actions.a(
                                "Ver la prueba", .class("btn btn-outline-primary btn-sm"),
                                .href(.file(proof)),
                                .aria("label", "Ver la prueba de \(visit.place)"))
                        }
                        if mayRecord {
                            actions.form(to: .removeVisit(heading.slug, meeting.id)) { form in
                                form.input(.type("hidden"), .name("visit"), .value(visit.id.description))
                                form.button(
                                    "Quitar", .type("submit"), .class("btn btn-outline-danger btn-sm"),
                                    .aria("label", "Quitar la visita a \(visit.place)"))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The outreach for meetings.
struct OutreachRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.form(Path.outreach, upTo: .files(megabytes: 10), show: page) { context, form, slug, id in
            let heading = try await context.alliance(slug)
            let (visit, proof) = try VisitForm().read(form)
            try await context.run(RecordVisit(visit, for: id, of: heading.alliance.id, proof: proof), form)
            return Redirect(to: Path.outreach(slug, id).at(anchor: "visitas"), "Quedó anotado.")
        }
        tenant.post(Path.removeVisit) { context, form, slug, id in
            let heading = try await context.alliance(slug)
            guard let visit = form.entries.first("visit").flatMap({ ID<OutreachVisit>($0) }) else {
                throw OutreachError.notFound
            }
            try await context.run(RemoveVisit(visit, for: id, of: heading.alliance.id), form)
            return Redirect(
                to: Path.outreach(slug, id).at(anchor: "visitas"), "La visita quedó fuera de la lista.")
        }
    }

    @Sendable private func page(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> OutreachPage {
        let heading = try await context.alliance(slug)
        let answer = try await context.fetch(ReadOutreach(for: id, of: heading.alliance.id))
        let chosen = context.visit["aseguradora"]
        return OutreachPage(
            heading: heading, answer: answer, chosen: answer.insurers.first { $0.name == chosen },
            mayPlan: context.may(.planMeetings, in: heading.stream),
            mayOpen: context.may(.openFiles, in: heading.stream), form: state)
    }
}
