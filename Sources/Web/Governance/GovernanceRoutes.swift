import Governance
import Kernel
import Tenancy

/// Bylaws, bodies and mandates of an alliance.
struct GovernanceRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.governance) { context, slug in
            let heading = try await context.alliance(slug)
            return GovernancePage(
                heading: heading, answer: try await context.fetch(ReadGovernance(of: heading.alliance.id)),
                founding: try await context.fetch(ReadConstitution(of: heading.alliance.id)),
                rights: GovernanceRights(context, in: heading.stream))
        }
        tenant.get(Path.bylaws, bylaws)
        tenant.form(Path.newBylaws, show: newBylaws, act: adopt)
        tenant.get(Path.body, body)
        tenant.form(Path.newBody, show: newBody, act: create)
        tenant.form(Path.editBody, show: bodyToEdit, act: edit)
        tenant.form(Path.abolishSeat, show: seatToAbolish, act: abolish)
        tenant.form(Path.recordMandate, show: seatToHold, act: recordMandate)
        tenant.form(Path.endMandate, show: mandateToEnd, act: endMandate)
        tenant.form(Path.recordAppointment, show: mandateToAppoint, act: appoint)
        tenant.form(Path.callAlternate, show: seatToFill, act: callAlternate)
        tenant.get(Path.termEnds) { context in
            TermEndsPage(
                query: ListQuery(context.visit), answer: try await context.fetch(ListTermEnds()))
        }
        ConstitutionRoutes().add(to: tenant)
        MeetingRoutes().add(to: tenant)
    }

    // MARK: Bylaws

    @Sendable private func bylaws(
        _ context: TenantContext, _ slug: AllianceSlug, _ version: Int
    ) async throws -> BylawsPage {
        let heading = try await context.alliance(slug)
        let alliance = heading.alliance.id
        let versions = try await context.fetch(ReadGovernance(of: alliance)).versions
        guard let version = versions.first(where: { $0.version == version }) else { throw NoSuchPage() }
        let read = try await context.fetch(ReadBylaws(version.id, of: alliance))
        return BylawsPage(
            heading: heading, bylaws: read.bylaws, version: version, articles: read.articles,
            today: context.today)
    }

    @Sendable private func newBylaws(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> NewBylawsPage {
        NewBylawsPage(heading: try await context.alliance(slug, toUse: .adoptBylaws), form: state)
    }

    @Sendable private func adopt(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let read = try BylawsForm().read(form)
        let bylaws = try await context.run(
            AdoptBylaws(
                read.title, of: heading.alliance.id, approvedOn: read.approvedOn,
                inForceFrom: read.inForceFrom, articles: read.articles, parameters: read.parameters,
                approvedIn: read.approvedIn), form)
        return Redirect(
            to: .governance(slug), "Los estatutos quedaron registrados como versión \(bylaws.version).")
    }

    // MARK: Bodies

    @Sendable private func body(
        _ context: TenantContext, _ slug: AllianceSlug, _ id: ID<Body>
    ) async throws -> BodyPage {
        let heading = try await context.alliance(slug)
        let day = (try? BodyPage.day.read(Entries(context.visit.query))) ?? nil
        return BodyPage(
            heading: heading,
            seated: try await context.fetch(ReadBody(id, of: heading.alliance.id, on: day)),
            day: day ?? context.today, today: context.today,
            rights: GovernanceRights(context, in: heading.stream))
    }

    @Sendable private func newBody(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> NewBodyPage {
        NewBodyPage(heading: try await context.alliance(slug, toUse: .createBodies), form: state)
    }

    @Sendable private func create(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = BodyForm()
        let (name, kind, isExternal, formation, continues) = try form.read(
            fields.name, fields.kind, fields.isExternal, fields.formation, fields.continues)
        let body = try await context.run(
            CreateBody(
                name, kind: kind, of: heading.alliance.id, isExternal: isExternal, term: fields.term(form),
                formation: formation, continuesUntilReplaced: continues, seats: fields.seats.read(form)),
            form)
        return Redirect(to: .body(slug, body.id), "«\(body.name)» quedó creado con sus puestos.")
    }

    @Sendable private func bodyToEdit(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Body>
    ) async throws -> EditBodyPage {
        let heading = try await context.alliance(slug, toUse: .createBodies)
        let seated = try await context.fetch(ReadBody(id, of: heading.alliance.id))
        return EditBodyPage(heading: heading, edited: seated.body, form: state)
    }

    @Sendable private func edit(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Body>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = BodyForm()
        let (name, formation, continues) = try form.read(fields.name, fields.formation, fields.continues)
        try await context.run(
            EditBody(
                id, of: heading.alliance.id, name: name, term: fields.term(form), formation: formation,
                continuesUntilReplaced: continues, addingSeats: EditBodyPage.moreSeats.read(form)), form)
        return Redirect(to: .body(slug, id), "Los cambios quedaron guardados.")
    }

    @Sendable private func seatToAbolish(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ body: ID<Body>, _ seat: ID<Seat>
    ) async throws -> AbolishSeatPage {
        let place = try await context.place(of: seat, body, slug, toUse: .createBodies)
        return AbolishSeatPage(
            heading: place.heading, seated: place.seated, seat: place.seating.seat, form: state)
    }

    @Sendable private func abolish(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ body: ID<Body>,
        _ seat: ID<Seat>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        _ = try form.read(AbolishSeatPage.confirmation.field)
        try await context.run(AbolishSeat(seat, of: body, in: heading.alliance.id), form)
        return Redirect(to: .body(slug, body), "El puesto quedó suprimido.")
    }

    // MARK: Mandates

    @Sendable private func seatToHold(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ body: ID<Body>, _ seat: ID<Seat>
    ) async throws -> RecordMandatePage {
        RecordMandatePage(
            place: try await context.place(of: seat, body, slug, toUse: .recordMandates), form: state)
    }

    @Sendable private func recordMandate(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ body: ID<Body>,
        _ seat: ID<Seat>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = MandateForm()
        let (holder, rank, startsOn, endsOn, origin, paper) = try form.read(
            fields.holder, fields.rank, fields.startsOn, fields.endsOn, fields.origin, fields.paper)
        try await context.run(
            RecordMandate(
                on: seat, of: body, in: heading.alliance.id, rank: rank ?? 0,
                holder: try RecordMandate.Holder(typed: holder),
                from: startsOn, to: endsOn, origin: origin, paper: paper), form)
        return Redirect(to: .body(slug, body), "El período quedó anotado.")
    }

    @Sendable private func mandateToEnd(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ body: ID<Body>,
        _ id: ID<Mandate>
    ) async throws -> EndMandatePage {
        let (place, mandate) = try await context.place(of: id, body, slug)
        return EndMandatePage(place: place, mandate: mandate, form: state, today: context.today)
    }

    @Sendable private func endMandate(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ body: ID<Body>,
        _ id: ID<Mandate>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = EndMandateForm()
        let (day, reason, note) = try form.read(fields.day, fields.reason, fields.note)
        try await context.run(
            EndMandate(id, in: heading.alliance.id, on: day, because: reason, note: note), form)
        return Redirect(to: .body(slug, body), "El período terminó; el puesto queda vacante.")
    }

    @Sendable private func mandateToAppoint(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ body: ID<Body>,
        _ id: ID<Mandate>
    ) async throws -> RecordAppointmentPage {
        let (place, mandate) = try await context.place(of: id, body, slug)
        return RecordAppointmentPage(place: place, mandate: mandate, form: state)
    }

    @Sendable private func appoint(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ body: ID<Body>,
        _ id: ID<Mandate>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = AppointmentForm()
        let (act, appointedOn, tookOfficeOn) = try form.read(
            fields.act, fields.appointedOn, fields.tookOfficeOn)
        try await context.run(
            RecordAppointment(
                of: id, in: heading.alliance.id, act: act, on: appointedOn, tookOfficeOn: tookOfficeOn),
            form)
        return Redirect(
            to: .body(slug, body),
            tookOfficeOn == nil
                ? "El nombramiento quedó registrado; falta la posesión."
                : "La posesión quedó registrada: el período rige.")
    }

    @Sendable private func seatToFill(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ body: ID<Body>, _ seat: ID<Seat>
    ) async throws -> CallAlternatePage {
        let place = try await context.place(of: seat, body, slug, toUse: .recordMandates)
        guard let alternate = place.seating.alternates.first?.mandate else {
            throw MandateError.noAlternate
        }
        return CallAlternatePage(place: place, alternate: alternate, form: state, today: context.today)
    }

    @Sendable private func callAlternate(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ body: ID<Body>,
        _ seat: ID<Seat>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = AlternateForm()
        let (day, paper) = try form.read(fields.day, fields.paper)
        try await context.run(
            CallAlternate(to: seat, of: body, in: heading.alliance.id, on: day, paper: paper), form)
        return Redirect(to: .body(slug, body), "El suplente ocupa el puesto.")
    }
}

extension TenantContext {
    /// The alliance of an address, for somebody who may do something there.
    ///
    /// - Throws: ``NoSuchPage``, ``AccessError/notPermitted(_:)``.
    func alliance(_ slug: AllianceSlug, toUse permission: Permission) async throws -> AllianceHeading {
        let heading = try await alliance(slug)
        guard may(permission, in: heading.stream) else { throw AccessError.notPermitted(permission) }
        return heading
    }

    /// A seat of an address, for somebody who may do something there.
    fileprivate func place(
        of seat: ID<Seat>, _ body: ID<Body>, _ slug: AllianceSlug, toUse permission: Permission
    ) async throws -> SeatPlace {
        let heading = try await alliance(slug, toUse: permission)
        let seated = try await fetch(ReadBody(body, of: heading.alliance.id))
        guard let seating = seated.seatings.first(where: { $0.seat.id == seat }) else { throw NoSuchPage() }
        return SeatPlace(heading: heading, seated: seated, seating: seating)
    }

    /// A mandate of an address with its seat, for somebody who may record mandates there.
    fileprivate func place(
        of mandate: ID<Mandate>, _ body: ID<Body>, _ slug: AllianceSlug
    ) async throws -> (place: SeatPlace, mandate: MandateSummary) {
        let heading = try await alliance(slug, toUse: .recordMandates)
        let seated = try await fetch(ReadBody(body, of: heading.alliance.id))
        for seating in seated.seatings {
            if let holding = seating.holdings.first(where: { $0.mandate.id == mandate }) {
                return (
                    SeatPlace(heading: heading, seated: seated, seating: seating), holding.mandate
                )
            }
        }
        throw NoSuchPage()
    }
}
