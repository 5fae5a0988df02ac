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
        tenant.form(Path.newBylawsProject, show: newProject, act: propose)
        tenant.get(Path.bylawsProject) { context, slug, version in
            let heading = try await context.alliance(slug)
            let read = try await context.fetch(ReadBylawsText(of: heading.alliance.id, version: version))
            guard let text = read.text, text.isProject else { throw NoSuchPage() }
            return BylawsProjectPage(heading: heading, project: text, inForce: read.inForce)
        }
        tenant.get(Path.compareBylaws) { context, slug, before, after in
            let heading = try await context.alliance(slug)
            return CompareBylawsPage(
                heading: heading,
                comparison: try await context.fetch(
                    CompareBylaws(of: heading.alliance.id, before, with: after)))
        }
        tenant.get(Path.body, body)
        tenant.get(Path.representation, representation)
        tenant.form(Path.newBody, show: newBody, act: create)
        tenant.form(Path.editBody, show: bodyToEdit, act: edit)
        BodyAlarmRoutes().add(to: tenant)
        tenant.form(Path.abolishSeat, show: seatToAbolish, act: abolish)
        tenant.form(Path.recordMandate, show: seatToHold, act: recordMandate)
        tenant.form(
            Path.endMandate, upTo: .files(megabytes: PaperForm.megabytes), show: mandateToEnd, act: endMandate
        )
        tenant.get(Path.vacancyMinutes, vacancyMinutes)
        tenant.form(Path.recordAppointment, show: mandateToAppoint, act: appoint)
        tenant.form(Path.callAlternate, show: seatToFill, act: callAlternate)
        tenant.get(Path.termEnds) { context in
            TermEndsPage(
                query: ListQuery(context.visit), answer: try await context.fetch(ListTermEnds()))
        }
        ConstitutionRoutes().add(to: tenant)
        HandoverRoutes().add(to: tenant)
        LifeRoutes().add(to: tenant)
        HistoryRoutes().add(to: tenant)
        ServiceRoutes().add(to: tenant)
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

    @Sendable private func newProject(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> NewBylawsProjectPage {
        let heading = try await context.alliance(slug, toUse: .adoptBylaws)
        return NewBylawsProjectPage(
            heading: heading, inForce: try await context.fetch(ReadBylawsText(of: heading.alliance.id)).text,
            form: state)
    }

    @Sendable private func propose(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .adoptBylaws)
        let fields = BylawsForm()
        let (title, from) = try form.read(fields.title, NewBylawsProjectPage.from)
        let (articles, parameters) = try fields.content(form)
        let version = try await context.run(
            ProposeBylaws(
                BylawsContent(title, articles: articles, parameters: parameters), of: heading.alliance.id,
                from: from), form)
        return Redirect(
            to: .bylawsProject(slug, version),
            "El proyecto quedó escrito: rige cuando una asamblea lo adopte.")
    }

    // MARK: Bodies

    @Sendable private func body(
        _ context: TenantContext, _ slug: AllianceSlug, _ id: ID<Body>
    ) async throws -> BodyPage {
        let heading = try await context.alliance(slug)
        let day = (try? BodyPage.day.read(Entries(context.visit.query))) ?? nil
        let alliance = heading.alliance.id
        let seated = try await context.fetch(ReadBody(id, of: alliance, on: day))
        let (termGap, lapsed, alarms) = try await context.read(.readGovernance, in: heading.stream) {
            [today = context.today] transaction in
            (
                try await transaction.termGap(), try await transaction.lapsedHolders(on: today, of: id),
                try await transaction.alarmDays()
            )
        }
        return BodyPage(
            heading: heading, seated: seated, day: day ?? context.today, today: context.today,
            rights: GovernanceRights(context, in: heading.stream), termGap: termGap, lapsed: lapsed,
            alarms: BodyAlarms(of: id, among: alarms),
            handovers: seated.body.isExternal
                ? [] : try await context.fetch(ListHandovers(of: id, in: alliance)),
            service: seated.body.isExternal
                ? try await context.fetch(ReadBodyService(of: id, in: alliance)) : nil)
    }

    /// Prints who sat on a body: today for whoever reads it, on a day gone by for whoever opens its files. Each day is a
    /// document of its own in the register, so that nobody else fills it by asking day after day.
    @Sendable private func representation(
        _ context: TenantContext, _ slug: AllianceSlug, _ id: ID<Body>, _ day: CalendarDate
    ) async throws -> Download {
        let heading = try await context.alliance(slug)
        let mayOpen = context.may(.openFiles, in: heading.stream)
        guard day == context.today || (day < context.today && mayOpen) else { throw NoSuchPage() }
        let certificate = RepresentationCertificate(
            seated: try await context.fetch(ReadBody(id, of: heading.alliance.id, on: day)), day: day,
            alliance: heading.alliance.name, entity: context.entry.organization, today: context.today)
        return Download(
            name: "\(certificate.title).pdf", mediaType: "application/pdf",
            bytes: try await context.issued(
                certificate, as: RepresentationCertificate.kind, of: "\(id):\(day)", in: heading.stream),
            isInline: true)
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
        let lapsed = try await context.read(.readGovernance, in: place.heading.stream) {
            [today = context.today] in
            try await $0.lapsedHolders(on: today, of: body)
        }
        return EndMandatePage(
            place: place, mandate: mandate, form: state, today: context.today,
            lapsed: lapsed.first { $0.mandate == id })
    }

    @Sendable private func endMandate(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ body: ID<Body>,
        _ id: ID<Mandate>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = EndMandateForm()
        let (day, reason, note, paper, scan, callsNext) = try form.read(
            fields.day, fields.reason, fields.note, fields.paper, fields.scan, fields.callsNext)
        try await context.run(
            EndMandate(
                id, in: heading.alliance.id, on: day, because: reason, note: note, paper: paper,
                scan: try scan?.stored(on: day), callingNext: callsNext), form)
        return Redirect(
            to: .body(slug, body),
            callsNext
                ? "El período terminó y quien sigue en orden ocupa el puesto."
                : "El período terminó; el puesto queda vacante.")
    }

    /// Prints the minutes of a vacancy.
    @Sendable private func vacancyMinutes(
        _ context: TenantContext, _ slug: AllianceSlug, _ body: ID<Body>, _ id: ID<Mandate>
    ) async throws -> Download {
        let (place, mandate) = try await context.place(of: id, body, slug)
        guard mandate.endReason != nil, mandate.rank == 0, let last = mandate.endedOn else {
            throw NoSuchPage()
        }
        let alliance = place.heading.alliance
        let seatings = place.seated.seatings
        let called = place.seating.holdings.map(\.mandate).last {
            $0.origin == .succession && $0.startsOn == last + 1
        }
        let named = seatings.filter { $0.seat.signsForItsBody }
        let minutes = VacancyMinutes(
            body: place.seated.body, seat: place.seating.seat, ended: mandate, called: called,
            signers: (named.isEmpty ? Array(seatings.prefix(2)) : named).map {
                ($0.principal?.mandate.holderName, $0.seat.title)
            }, alliance: alliance.name, entity: context.entry.organization, today: context.today)
        return Download(
            name: "\(minutes.title).pdf", mediaType: "application/pdf",
            bytes: try await context.issued(
                minutes, as: VacancyMinutes.kind, of: id, in: place.heading.stream), isInline: true)
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
