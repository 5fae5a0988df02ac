import Elections
import Governance
import Hummingbird
import Kernel
import Membership
import Postgres
import Reporting
import Tenancy

extension Path {
    /// Changes an alliance's name, site or state.
    static let editAlliance = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/editar")
}

/// The home of who works at a tenant, and its alliances.
struct AllianceRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.home) { context -> HomeAnswer in
            guard !context.may(.watchTerritory) else { return .elsewhere(Redirect(to: .territory())) }
            let headings = try await context.headings()
            // Whoever is a member and nothing else has no work here: theirs is what they open.
            if context.principal.isOnlyMember, headings.count == 1, let own = headings[0].path(to: .own) {
                return .elsewhere(Redirect(to: own))
            }
            return .home(try await home(of: headings, context))
        }
        tenant.get(Path.alliances, list)
        tenant.get(Path.alliance) { context, slug in
            let heading = try await context.alliance(slug)
            return try await summary(of: heading, context)
        }
        tenant.form(Path.editTerritory, show: editTerritory, act: setTerritory)
        tenant.form(Path.editAllianceContact, show: editContact, act: setContact)
        tenant.form(Path.editAlliance, show: editAlliance, act: edit)
        let limit = Submission.Limit.files(megabytes: 10)
        tenant.form(Path.dissolveAlliance, upTo: limit, show: toDissolve, act: dissolve)
        tenant.form(Path.restoreAlliance, upTo: limit, show: toRestore, act: restore)
    }

    // MARK: What comes

    private func home(
        of headings: [AllianceHeading], _ context: TenantContext
    ) async throws -> HomePage {
        let alliances = headings.map(\.alliance)
        let today = context.today
        let entries = try await context.agenda(of: alliances, in: HomePage.days(from: today))
        let pending = try await context.pendingLines()
        // Who needs most comes first; those that need as much stay by name.
        let rows = try await context.allianceRows(headings, pending)
            .enumerated().sorted { left, right in
                left.element.need == right.element.need
                    ? left.offset < right.offset : left.element.need > right.element.need
            }.map(\.element)
        return HomePage(
            organization: context.entry.organization, places: places(context), pending: pending,
            alliances: rows,
            agenda: Agenda(entries, of: headings).joined(
                opensEvents: context.may(.planMeetings, in: .office)),
            acts: try await context.lastActs(HomePage.actsShown), today: today,
            mayCreate: context.may(.createAlliances))
    }

    /// The pages of the whole entity that the person may open.
    private func places(_ context: TenantContext) -> [HomePage.Place] {
        let all: [(Permission?, HomePage.Place)] = [
            (.seeAffiliates, .init(title: "Afiliados", path: .affiliates())),
            (nil, .init(title: "Calendario", path: .calendar())),
            (.planMeetings, .init(title: "Eventos conjuntos", path: .events())),
            (.readGovernance, .init(title: "Compromisos", path: .allCommitments())),
            (.readGovernance, .init(title: "Vencimientos", path: .termEnds())),
            (.seeCompliance, .init(title: "Cumplimiento", path: .officeCompliance())),
        ]
        return all.filter { permission, _ in permission.map { context.may($0) } ?? true }.map(\.1)
    }

    private func summary(
        of heading: AllianceHeading, _ context: TenantContext
    ) async throws -> AllianceSummaryPage {
        let alliance = heading.alliance
        let today = context.today
        let (municipalities, contact) = try await context.read(
            .seeAlliances, in: heading.stream
        ) { transaction in
            (
                try await transaction.municipalities(of: alliance.id),
                try await transaction.contact(of: alliance.id)
            )
        }
        let entries = try await context.agenda(of: [alliance], in: AllianceSummaryPage.days(from: today))
        let pulses = try await context.pulses(of: [alliance])
        var asking: [ObligationView] = []
        // What is asked of an alliance is asked of those who work for it.
        if alliance.state != .dissolved, !context.principal.isOnlyMember,
            context.may(.seeCompliance, in: heading.stream)
        {
            let answer = try await context.fetch(ComplianceOfAlliance(alliance.id))
            asking = ObligationView.list(answer.obligations, answer.standings)
                .filter { ![.met, .notApplicable].contains($0.standing.state) }
        }
        var dissolution: Dissolution?
        if alliance.state == .dissolved {
            dissolution = try await context.read(.seeAlliances, in: heading.stream) {
                try await $0.dissolutions(of: alliance.id)
            }.first
        }
        return AllianceSummaryPage(
            heading: heading, municipalities: municipalities, contact: contact, pulse: pulses.first,
            asking: asking, steps: context.steps(of: asking, in: heading), dissolution: dissolution,
            period: context.may(.readGovernance, in: heading.stream)
                ? try await context.fetch(ReadLifePeriod(of: heading.alliance.id)) : nil,
            agenda: Agenda(entries, of: [heading], namesAlliances: false), today: today,
            organization: TenantSlug(rawValue: context.entry.organization.slug),
            mayEdit: context.may(.editAlliances, in: heading.stream),
            mayDissolve: context.may(.dissolveAlliances, in: heading.stream),
            mayOpen: context.may(.openFiles, in: heading.stream))
    }

    @Sendable private func list(_ context: TenantContext) async throws -> AlliancesPage {
        let rows = try await context.allianceRows(
            try await context.headings(), try await context.pendingLines())
        return AlliancesPage(
            rows, ListQuery<AlliancesPage.Sort>(context.visit), mayCreate: context.may(.createAlliances),
            on: context.today)
    }

    // MARK: Changes

    @Sendable private func editAlliance(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> EditAlliancePage {
        let heading = try await editable(slug, context)
        return EditAlliancePage(
            heading: heading, mayDissolve: context.may(.dissolveAlliances, in: heading.stream), form: state)
    }

    @Sendable private func edit(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = EditAllianceForm(heading.alliance)
        let (name, site, address) = try form.read(fields.name, fields.siteName, fields.slug)
        // The state of a dissolved one is not asked.
        let state =
            heading.alliance.state == .dissolved
            ? heading.alliance.state : try form.read(fields.state).state
        try await context.run(
            EditAlliance(
                id: heading.alliance.id, name: name, siteName: site,
                state: state == heading.alliance.state ? nil : state, slug: address), form)
        let place = address.flatMap(AllianceSlug.init(rawValue:)) ?? slug
        return Redirect(to: .alliance(place), "Los cambios quedaron guardados.")
    }

    // MARK: Dissolution

    @Sendable private func toDissolve(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> DissolveAlliancePage {
        let heading = try await context.alliance(slug, toUse: .dissolveAlliances)
        guard heading.alliance.state != .dissolved else { throw AllianceError.dissolutionDoesNotFit }
        let processes = try await context.read(.dissolveAlliances, in: heading.stream) {
            try await $0.processes(of: heading.alliance.id)
        }
        return DissolveAlliancePage(
            heading: heading, election: processes.first { $0.state != .draft && !$0.state.isOver }?.name,
            form: state)
    }

    @Sendable private func dissolve(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = DissolutionForm()
        let (_, minutes) = try form.read(DissolveAlliancePage.confirmation.field, fields.minutes)
        let grounds = try fields.grounds(form)
        try await context.run(
            DissolveAlliance(
                heading.alliance.id, on: grounds, minutes: try minutes.stored(on: grounds.decidedOn)), form)
        return Redirect(to: .alliance(slug), "La alianza quedó disuelta.")
    }

    @Sendable private func toRestore(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> RestoreAlliancePage {
        let heading = try await context.alliance(slug, toUse: .dissolveAlliances)
        guard heading.alliance.state == .dissolved,
            let last = try await context.read(
                .dissolveAlliances, in: heading.stream, { try await $0.dissolutions(of: heading.alliance.id) }
            ).first
        else { throw AllianceError.dissolutionDoesNotFit }
        return RestoreAlliancePage(
            heading: heading, dissolution: last, today: context.today, form: state)
    }

    @Sendable private func restore(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = DissolutionForm()
        let paper = try form.read(fields.minutes.optional())
        let grounds = try fields.grounds(form)
        try await context.run(
            RestoreAlliance(
                heading.alliance.id, on: grounds, paper: try paper?.stored(on: grounds.decidedOn)), form)
        return Redirect(to: .alliance(slug), "La disolución quedó corregida.")
    }

    @Sendable private func editTerritory(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> EditTerritoryPage {
        let heading = try await editable(slug, context)
        return EditTerritoryPage(
            heading: heading, form: state,
            municipalities: try await context.read(.editAlliances, in: heading.stream) {
                try await $0.municipalities(of: heading.alliance.id)
            })
    }

    @Sendable private func setTerritory(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let places = try form.read(AllianceForm.municipalities)
        let known = try await context.municipalities()
        try await context.run(
            SetTerritory(
                of: heading.alliance.id, municipalities: try MunicipalityList(known).codes(in: places)), form)
        return Redirect(to: .alliance(slug), "Los municipios quedaron guardados.")
    }

    @Sendable private func editContact(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> EditAllianceContactPage {
        let heading = try await editable(slug, context)
        let contacts = try await context.read(.editAlliances, in: heading.stream) {
            try await $0.contacts(of: [heading.alliance.id])
        }
        return EditAllianceContactPage(
            heading: heading, form: state, contact: contacts[heading.alliance.id] ?? .none)
    }

    @Sendable private func setContact(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = ContactForm()
        let (email, phone, place, mark) = try form.read(
            fields.email, fields.phone, fields.place, EditAllianceContactPage.mark)
        try await context.run(
            SetAllianceContact(
                of: heading.alliance.id, try Contact(filledIn: email, phone: phone, place: place), after: mark
            ),
            form)
        return Redirect(to: .alliance(slug), "El contacto quedó guardado.")
    }

    /// An alliance that the person may change.
    private func editable(_ slug: AllianceSlug, _ context: TenantContext) async throws -> AllianceHeading {
        let heading = try await context.alliance(slug)
        try context.require(.editAlliances, in: heading.stream)
        return heading
    }
}

/// Where a person begins: the home of an entity, the territory of a control body, or the alliance of a member.
private enum HomeAnswer: Answer {
    case home(HomePage)
    case elsewhere(Redirect)

    func response(to visit: Visit) async throws -> Response {
        switch self {
        case .home(let page): try await page.response(to: visit)
        case .elsewhere(let redirect): redirect.response(to: visit)
        }
    }
}

extension TenantContext {
    /// The alliances that the person sees, as their pages know them.
    func headings() async throws -> [AllianceHeading] { try await alliances().compactMap(heading) }

    /// What has its date within these days and the person may know of: who sees an alliance does not see all of it.
    func agenda(
        of alliances: [Alliance], in days: ClosedRange<CalendarDate>
    ) async throws -> [AgendaEntry] {
        try await visit.site.runner.agenda(of: alliances, in: days, on: today, as: principal)
    }

    /// How alliances do today, for those who may know.
    func pulses(of alliances: [Alliance]) async throws -> [AlliancePulse] {
        let streams = alliances.map { AuditStream.alliance($0.id) }.filter { may(.seeCompliance, in: $0) }
        guard !streams.isEmpty else { return [] }
        return try await read(.seeCompliance, in: streams) { transaction in
            try await transaction.pulses(of: streams.compactMap(\.alliance), on: today)
        }
    }
}

extension CommandRunner {
    /// What of alliances has its date within these days and a person may know of.
    func agenda(
        of alliances: [Alliance], in days: ClosedRange<CalendarDate>, on today: CalendarDate,
        as principal: Principal
    ) async throws -> [AgendaEntry] {
        guard !alliances.isEmpty else { return [] }
        let streams = alliances.map { AuditStream.alliance($0.id) }
        return try await read(.seeAlliances, in: streams, showing: nil, as: principal) { transaction in
            try await transaction.agenda(of: alliances.map(\.id), in: days, on: today)
        }.filter { principal.holds($0.permission, in: .alliance($0.alliance)) }
    }
}

extension AgendaEntry {
    /// Who may know of it.
    fileprivate var permission: Permission {
        switch kind {
        case .meeting, .jointEvent, .mandateEnd, .lifeEnd, .commitment, .duty, .training: .readGovernance
        case .campaign: .readCampaigns
        case .oversightVisit, .oversightEnd: .seeOversight
        case .poll: .keepPolls
        case .letter: .readLetters
        case .milestone: .seeProcesses
        case .obligation: .seeCompliance
        }
    }
}
