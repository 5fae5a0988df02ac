import Governance
import Kernel
import Membership
import Postgres
import Tenancy

/// Bylaws, bodies and mandates of an alliance.
struct GovernanceRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.governance) { context, slug in
            let heading = try await context.alliance(slug)
            return GovernancePage(
                heading: heading, records: try await context.fetch(ReadGovernance(of: heading.alliance.id)),
                today: context.today, mayAdopt: context.may(.adoptBylaws, in: heading.stream),
                mayCreate: context.may(.createBodies, in: heading.stream),
                mayRecord: context.may(.recordMandates, in: heading.stream))
        }
        tenant.get(Path.bylaws, bylaws)
        tenant.form(Path.newBylaws, show: newBylaws, act: adopt)
        tenant.form(Path.newBody, show: newBody, act: create)
        tenant.form(Path.recordMandate, show: seat, act: recordMandate)
        tenant.form(Path.endMandate, show: mandateToEnd, act: endMandate)
        tenant.form(Path.recordAppointment, show: mandateToAppoint, act: appoint)
    }

    // MARK: Bylaws

    @Sendable private func bylaws(
        _ context: TenantContext, _ slug: AllianceSlug, _ version: Int
    ) async throws -> BylawsPage {
        let heading = try await context.alliance(slug)
        let records = try await context.fetch(ReadGovernance(of: heading.alliance.id))
        guard let bylaws = records.bylaws.first(where: { $0.version == version }) else { throw NoSuchPage() }
        return BylawsPage(
            heading: heading, bylaws: bylaws,
            articles: try await context.read { try await $0.articles(of: bylaws.id) })
    }

    @Sendable private func newBylaws(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> NewBylawsPage {
        let heading = try await context.alliance(slug)
        guard context.may(.adoptBylaws, in: heading.stream) else {
            throw AccessError.notPermitted(.adoptBylaws)
        }
        return NewBylawsPage(heading: heading, form: state)
    }

    @Sendable private func adopt(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = BylawsForm()
        let (title, approvedOn, inForceFrom, text) = try form.read(
            fields.title, fields.approvedOn, fields.inForceFrom, fields.articles)
        var parameters: [BylawParameter] = []
        for parameter in fields.parameters {
            let (value, article) = try form.read(parameter.value, parameter.article)
            guard let value else { continue }
            parameters.append(
                try BylawParameter(
                    name: parameter.name, text: value.folded == "si" ? "si" : value, article: article,
                    norm: nil,
                    isConfirmed: article != nil))
        }
        let articles = BylawArticle.list(in: text ?? "")
        let bylaws = try await context.run(
            AdoptBylaws(
                title, of: heading.alliance.id, approvedOn: approvedOn, inForceFrom: inForceFrom,
                articles: articles, parameters: parameters), form)
        return Redirect(
            to: .governance(slug), "Los estatutos quedaron registrados como versión \(bylaws.version).")
    }

    // MARK: Bodies

    @Sendable private func newBody(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> NewBodyPage {
        let heading = try await context.alliance(slug)
        guard context.may(.createBodies, in: heading.stream) else {
            throw AccessError.notPermitted(.createBodies)
        }
        return NewBodyPage(heading: heading, form: state)
    }

    @Sendable private func create(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = BodyForm()
        let (name, kind, isExternal, months, norm, consecutive, formation, continues, seats) = try form.read(
            fields.name, fields.kind, fields.isExternal, fields.months, fields.norm, fields.consecutive,
            fields.formation, fields.continues, fields.seats)
        let term = try TermLimit(
            months: months, norm: norm, isConfirmed: false, consecutiveTerms: consecutive,
            consecutiveTermsNorm: norm)
        let body = try await context.run(
            CreateBody(
                name, kind: kind, of: heading.alliance.id, isExternal: isExternal, term: term,
                formation: formation, continuesUntilReplaced: continues, seats: Seat.titles(in: seats)), form)
        return Redirect(to: .governance(slug), "«\(body.name)» quedó creado con sus puestos.")
    }

    // MARK: Mandates

    @Sendable private func seat(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ seat: ID<Seat>
    ) async throws -> RecordMandatePage {
        let heading = try await context.alliance(slug)
        let records = try await context.fetch(ReadGovernance(of: heading.alliance.id))
        for record in records.bodies {
            if let found = record.seats.first(where: { $0.id == seat }) {
                return RecordMandatePage(
                    heading: heading, seat: found, bodyName: record.body.name, form: state)
            }
        }
        throw NoSuchPage()
    }

    @Sendable private func recordMandate(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ seat: ID<Seat>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = MandateForm()
        let (document, startsOn, endsOn) = try form.read(fields.document, fields.startsOn, fields.endsOn)
        let person = try await context.fetch(FindPerson(document, for: heading.alliance.id))
        try await context.run(
            RecordMandate(of: person, in: seat, of: heading.alliance.id, from: startsOn, until: endsOn), form)
        return Redirect(to: .governance(slug), "El período quedó registrado.")
    }

    private func mandate(
        _ id: ID<Mandate>, of heading: AllianceHeading, _ context: TenantContext
    ) async throws -> MandateSummary {
        let records = try await context.fetch(ReadGovernance(of: heading.alliance.id))
        guard let found = records.bodies.lazy.flatMap(\.mandates).first(where: { $0.id == id }) else {
            throw NoSuchPage()
        }
        return found
    }

    @Sendable private func mandateToEnd(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Mandate>
    ) async throws -> EndMandatePage {
        let heading = try await context.alliance(slug)
        return EndMandatePage(
            heading: heading, mandate: try await mandate(id, of: heading, context), form: state,
            today: context.today)
    }

    @Sendable private func endMandate(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Mandate>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = EndMandateForm()
        let (day, reason) = try form.read(fields.day, fields.reason)
        try await context.run(EndMandate(id, of: heading.alliance.id, on: day, because: reason), form)
        return Redirect(to: .governance(slug), "El período terminó; el puesto queda vacante.")
    }

    @Sendable private func mandateToAppoint(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Mandate>
    ) async throws -> RecordAppointmentPage {
        let heading = try await context.alliance(slug)
        return RecordAppointmentPage(
            heading: heading, mandate: try await mandate(id, of: heading, context), form: state)
    }

    @Sendable private func appoint(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Mandate>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = AppointmentForm()
        let (act, appointedOn, tookOfficeOn) = try form.read(
            fields.act, fields.appointedOn, fields.tookOfficeOn)
        try await context.run(
            RecordAppointment(
                of: id, of: heading.alliance.id, act: act, on: appointedOn, tookOfficeOn: tookOfficeOn), form)
        return Redirect(to: .governance(slug), "El nombramiento quedó registrado.")
    }
}

extension Seat {
    /// The titles of seats, one a line, with the sector after a semicolon.
    fileprivate static func titles(in text: String) -> [(title: String, sector: String?)] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            let parts = line.split(separator: ";", maxSplits: 1).map { part in
                part.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            }
            guard let title = parts.first, !title.isEmpty else { return nil }
            return (title, parts.count > 1 && !parts[1].isEmpty ? parts[1] : nil)
        }
    }
}

extension BylawArticle {
    /// The articles of a text: each begins on a line «Artículo 7. Quórum.», and its text follows.
    fileprivate static func list(in text: String) -> [BylawArticle] {
        var articles: [BylawArticle] = []
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if let head = line.wholeMatch(of: /\s*(?i)art[íi]culo\s+([0-9]+(?:\s+bis)?)[.°º:\-]*\s*(.*)/) {
                let rest = String(head.output.2)
                let cut = rest.firstIndex(of: ".") ?? rest.endIndex
                articles.append(
                    BylawArticle(
                        number: String(head.output.1), heading: String(rest[..<cut]),
                        body: String(rest[cut...].drop { $0 == "." || $0 == " " })))
            } else if let last = articles.popLast() {
                articles.append(
                    BylawArticle(
                        number: last.number, heading: last.heading,
                        body: last.body.isEmpty ? String(line) : last.body + "\n" + line))
            }
        }
        return articles
    }
}
