import Governance
import Kernel
import Membership
import Tenancy

/// Asks once more before a renewal begins.
struct BeginRenewalPage: Page {
    let heading: AllianceHeading
    let life: AllianceLife
    let form: FormState

    var title: String { "Comenzar la renovación" }
    var lead: String? { life.period?.words(on: life.today) }
    var trail: [Crumb] { heading.trailOfLife }
    var help: HelpTopic { "vida-de-la-alianza" }

    func body(_ html: inout HTML) {
        html.ul { list in
            list.li("Se abre la lista para anotar qué asociados confirman que siguen.")
            list.li("Nadie sale de la alianza por no confirmar.")
            list.li("Termina con el acta de la asamblea que la renueva; mientras tanto puede descartarse.")
        }
        html.form(to: .beginRenewal(heading.slug), form) { form in
            form.submit("Comenzar la renovación", orBackTo: .life(heading.slug))
        }
    }
}

/// The questions of members who confirm, ticked in a list.
struct ConfirmMembersForm {
    /// Whom the ticks stand for.
    enum Reach: String, PathValue, CaseIterable {
        case ticked = "marcados"
        case page = "pagina"
        case all = "todos"
    }

    static let words = Field.text("q", "Nombre o documento", max: 80).optional()
    /// Those whom the page showed.
    static let shown = "shown"

    let reach: Field<Reach>
    let members: Field<[ID<Person>]>
    let day = Field.date("day", "Día en que confirmaron")

    init(_ found: Found<ListUnconfirmed.Line>, of all: Int) {
        reach = Field.choice(
            "reach", "Confirman",
            [
                Option(.ticked, "Los que marque en esta página"),
                Option(.page, "Los \(found.rows.count) de esta página, menos los que marque"),
                Option(
                    .all,
                    "Los \(SpanishFormat.number(all)) que faltan, de todas las páginas, menos los que marque"),
            ])
        members = Field.choices(
            "members", "Asociados que no han confirmado",
            found.rows.map { Option($0.person, $0.name, hint: $0.document.formatted) }, isRequired: false)
    }

    /// The day on which they confirmed.
    func day(of form: Submission) throws -> CalendarDate { try form.read(day) }

    /// Who confirms, by what was ticked of those whom the page showed: the list may have changed since.
    func who(_ form: Submission) throws -> ConfirmMembers.Who {
        func people(_ name: String) -> [ID<Person>] {
            form.entries.all(name).compactMap { ID<Person>($0) }
        }
        let ticked = people(members.name)
        switch try form.read(reach) {
        case .ticked:
            guard !ticked.isEmpty else { throw LifeError.nobodyTicked }
            return .people(ticked)
        case .page:
            let rest = people(Self.shown).filter { !ticked.contains($0) }
            guard !rest.isEmpty else { throw LifeError.nobodyTicked }
            return .people(rest)
        case .all: return .everybody(but: ticked)
        }
    }
}

/// Notes members who confirm, ticked in the list of those who have not.
struct ConfirmMembersPage: ListPage {
    /// There is one order.
    enum Order: String, SortKey {
        case name = "nombre"
        static let initial = Self.name
    }

    static let columns: [Column<ListUnconfirmed.Line, Order>] = [
        .text("Nombre") { $0.name }, .text("Documento") { $0.document.formatted },
    ]

    let heading: AllianceHeading
    let renewal: Renewal
    let query: ListQuery<Order>
    let found: Found<ListUnconfirmed.Line>
    /// How many have not confirmed, whatever the filter.
    let waiting: Int
    let today: CalendarDate
    let form: FormState

    var title: String { "Anotar quiénes confirman" }
    var lead: String? {
        "Han confirmado \(SpanishFormat.count(renewal.confirmed, "asociado", "asociados")). Quien no confirma no sale por eso de la alianza."
    }
    var trail: [Crumb] { heading.trailOfLife }
    var help: HelpTopic { "vida-de-la-alianza" }

    func actions(_ html: inout HTML) {
        html.action("Pegar una lista de documentos", to: .confirmDocuments(heading.slug, renewal.id))
    }

    func body(_ html: inout HTML) {
        html.list(
            self, filters: { $0.field(ConfirmMembersForm.words) },
            empty: EmptyState(
                "Todos los asociados confirmaron.", next: "Terminar con el acta",
                to: .finishRenewal(heading.slug, renewal.id))
        ) { part in
            let fields = ConfirmMembersForm(found, of: waiting)
            part.form(
                to: query.path(page: query.page),
                form.isTyped
                    ? form : form.filling(fields.day, with: today).filling(fields.reach, with: .ticked)
            ) { form in
                for line in found.rows {
                    form.input(
                        .type("hidden"), .name(ConfirmMembersForm.shown), .value(line.person.description))
                }
                form.field(fields.members)
                form.field(fields.reach)
                form.field(fields.day)
                form.submit("Anotar", orBackTo: .life(heading.slug))
            }
        }
    }
}

/// The question for a list of documents, as it is copied from a sheet.
struct ConfirmDocumentsForm {
    let documents = Field.paragraphs(
        "documents", "Documentos de quienes confirman", max: 40_000, rows: 8,
        hint: "Uno por línea, con su tipo: «CC 12345678». Quien ya había confirmado se cuenta una vez.")
    let day = Field.date("day", "Día en que confirmaron")

    /// The documents of the list.
    func read(_ form: Submission) throws -> [IdentityDocument] {
        try form.read(documents).lines.map { line in
            guard let document = try? IdentityDocument(parsing: line) else {
                throw InvalidInput([
                    .init(
                        field: documents.name,
                        message: "«\(line)» no es un documento con su tipo. Escríbalo así: «CC 12345678».")
                ])
            }
            return document
        }
    }
}

/// Notes members who confirm, by a list of documents.
struct ConfirmDocumentsPage: Page {
    let heading: AllianceHeading
    let renewal: Renewal
    let today: CalendarDate
    let form: FormState

    var title: String { "Pegar la lista de quienes confirman" }
    var lead: String? {
        "Con los documentos de la hoja firmada. Se anotan todos, o ninguno si alguno no es de la alianza."
    }
    var trail: [Crumb] {
        heading.trailOfLife + [Crumb("Anotar quiénes confirman", .confirmMembers(heading.slug, renewal.id))]
    }
    var help: HelpTopic { "vida-de-la-alianza" }

    func body(_ html: inout HTML) {
        let fields = ConfirmDocumentsForm()
        html.form(
            to: .confirmDocuments(heading.slug, renewal.id),
            form.isTyped ? form : form.filling(fields.day, with: today)
        ) { form in
            form.field(fields.documents)
            form.field(fields.day)
            form.submit("Anotar", orBackTo: .confirmMembers(heading.slug, renewal.id))
        }
    }
}

/// Begins a renewal and notes who confirms.
struct RenewalRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.form(
            Path.beginRenewal,
            show: { context, state, slug in
                let heading = try await context.alliance(slug, toUse: .keepLife)
                return BeginRenewalPage(
                    heading: heading, life: try await context.fetch(ReadLife(of: heading.alliance.id)),
                    form: state)
            }, act: begin)
        tenant.form(Path.confirmMembers, show: members, act: confirm)
        tenant.form(
            Path.confirmDocuments,
            show: { context, state, slug, id in
                let (heading, renewal) = try await context.renewal(id, slug)
                return ConfirmDocumentsPage(
                    heading: heading, renewal: renewal, today: context.today, form: state)
            }, act: confirmDocuments)
    }

    @Sendable private func begin(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .keepLife)
        let id = try await context.run(BeginRenewal(of: heading.alliance.id), form)
        return Redirect(
            to: .confirmMembers(slug, id), "La renovación comenzó: anote a los asociados que confirman.")
    }

    private func found(
        _ query: ListQuery<ConfirmMembersPage.Order>, in renewal: ID<Renewal>, of heading: AllianceHeading,
        _ context: TenantContext
    ) async throws -> Found<ListUnconfirmed.Line> {
        let words = query[ConfirmMembersForm.words]
        return try await query.found { limit, offset in
            let (members, total) = try await context.fetch(
                ListUnconfirmed(
                    in: renewal, of: heading.alliance.id, words: words, limit: limit, offset: offset))
            return (members, total)
        }
    }

    @Sendable private func members(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Renewal>
    ) async throws -> ConfirmMembersPage {
        let (heading, renewal) = try await context.renewal(id, slug)
        let query = ListQuery<ConfirmMembersPage.Order>(context.visit)
        let found = try await found(query, in: id, of: heading, context)
        var waiting = found.total
        if query.isFiltered {
            waiting = try await context.fetch(
                ListUnconfirmed(in: id, of: heading.alliance.id, limit: 1, offset: 0)
            ).total
        }
        return ConfirmMembersPage(
            heading: heading, renewal: renewal, query: query, found: found, waiting: waiting,
            today: context.today, form: state)
    }

    @Sendable private func confirm(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Renewal>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .keepLife)
        let fields = ConfirmMembersForm(Found(page: [], of: 0), of: 0)
        let (who, day) = try form.together(fields.who, fields.day(of:))
        let noted = try await context.run(
            ConfirmMembers(who, in: id, of: heading.alliance.id, on: day), form)
        return Redirect(to: .confirmMembers(slug, id), words(of: noted))
    }

    @Sendable private func confirmDocuments(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Renewal>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .keepLife)
        let fields = ConfirmDocumentsForm()
        let noted = try await context.run(
            ConfirmMembers(
                .documents(try fields.read(form)), in: id, of: heading.alliance.id,
                on: try form.read(fields.day)), form)
        return Redirect(to: .life(slug), words(of: noted))
    }

    private func words(of noted: Int) -> String {
        "Se anotaron \(SpanishFormat.count(noted, "asociado", "asociados"))."
    }
}

extension TenantContext {
    /// The renewal of an address, while it goes on.
    ///
    /// - Throws: ``LifeError/renewalNotFound``.
    func renewal(_ id: ID<Renewal>, _ slug: AllianceSlug) async throws -> (AllianceHeading, Renewal) {
        let heading = try await alliance(slug, toUse: .keepLife)
        let life = try await fetch(ReadLife(of: heading.alliance.id))
        guard let renewal = life.openRenewal, renewal.id == id else { throw LifeError.renewalNotFound }
        return (heading, renewal)
    }
}
