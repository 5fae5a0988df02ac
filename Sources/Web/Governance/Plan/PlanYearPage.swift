import Governance
import Kernel
import Tenancy

/// Makes the meetings of a year from those of the year before, each on its proposed day, which may be changed or left
/// out.
struct PlanYearPage: Page {
    let heading: AllianceHeading
    let year: Int
    let proposals: [ProposeYear.Proposal]
    let planned: Int
    let form: FormState

    /// One meeting of the form.
    struct Row {
        let isKept: Field<Bool>
        let day: Field<CalendarDate>

        init(_ proposal: ProposeYear.Proposal) {
            isKept = Field.checkbox("keep-\(proposal.model)", "Programarla")
            day = Field.date("day-\(proposal.model)", "Día")
        }
    }

    var title: String { "Programar \(year) como \(year - 1)" }
    var lead: String? {
        "Cada reunión cae el mismo día de la semana y del mes en que se había programado el año pasado; si es festivo, el día hábil siguiente. Quite las que no van y cambie los días que haga falta."
    }
    var trail: [Crumb] {
        heading.trail(from: .meetings) + [Crumb("El año \(year)", .year(heading.slug, year))]
    }
    var help: HelpTopic { "ano" }

    func body(_ html: inout HTML) {
        if planned > 0 {
            html.note(
                .warning,
                "\(year) ya tiene \(SpanishFormat.count(planned, "reunión programada", "reuniones programadas")): revise que no queden dos veces."
            )
        }
        var state = form
        if !form.isTyped {
            for proposal in proposals {
                let row = Row(proposal)
                state = state.filling(row.isKept, with: true)
                    .filling(row.day, with: proposal.entry.meeting.day)
            }
        }
        html.form(to: .planYear(heading.slug, year), state) { form in
            for proposal in proposals {
                let row = Row(proposal)
                let meeting = proposal.entry.meeting
                form.fieldset(.class("year-row")) { set in
                    set.legend(meeting.title)
                    set.p(
                        [
                            "El año pasado, \(SpanishFormat.longDate(proposal.modelDay))\(proposal.movedTo.map { " (se movió al \(SpanishFormat.dayAndMonth($0)))" } ?? "")",
                            proposal.holiday.map {
                                "el \(SpanishFormat.dayAndMonth($0.date)) es festivo, \($0.name)"
                            },
                            "se propone el \(meeting.day.weekday.name) \(SpanishFormat.dayAndMonth(meeting.day))",
                            meeting.hours,
                        ]
                        .compactMap(\.self).joined(separator: " · "), .class("form-text"))
                    if let unclear = proposal.unclear {
                        set.p(
                            "El documento de origen escribe «\(unclear)», que no concuerda con el calendario: revise el día.",
                            .class("form-text"))
                    }
                    set.field(row.isKept)
                    set.field(row.day)
                }
            }
            form.submit("Programar las reuniones marcadas", orBackTo: .year(heading.slug, year))
        }
    }

    /// The meetings that a form keeps, on its days.
    static func read(
        _ form: Submission, from proposals: [ProposeYear.Proposal]
    ) throws -> [PlanYear.Entry] {
        try proposals.compactMap { proposal in
            let row = Row(proposal)
            guard try form.read(row.isKept) else { return nil }
            return PlanYear.Entry(
                try proposal.entry.meeting.on(form.read(row.day)), agenda: proposal.entry.agenda)
        }
    }
}

/// The years of alliances.
struct YearRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.year) { context, slug, year in
            let heading = try await context.alliance(slug)
            guard (2000...2100).contains(year) else { throw NoSuchPage() }
            return YearPage(
                heading: heading,
                answer: try await context.fetch(ReadCalendar(of: heading.alliance.id, in: year)),
                due: try await context.nextMeeting(of: heading),
                mayPlan: context.may(.planMeetings, in: heading.stream))
        }
        tenant.form(Path.planYear, show: yearToPlan, act: plan)
        tenant.form(
            Path.newDuty,
            show: { context, state, slug in
                NewDutyPage(
                    heading: try await context.alliance(slug, toUse: .planMeetings), today: context.today,
                    form: state)
            },
            act: { context, form, slug in
                let heading = try await context.alliance(slug, toUse: .planMeetings)
                try await context.run(AddDuty(DutyForm().read(form), of: heading.alliance.id), form)
                return Redirect(
                    to: .year(slug, context.today.components.year), "La tarea periódica quedó agregada.")
            })
        tenant.form(
            Path.endDuty,
            show: { context, state, slug, id in
                let heading = try await context.alliance(slug, toUse: .planMeetings)
                let answer = try await context.fetch(ReadCalendar(of: heading.alliance.id))
                guard let duty = answer.duties.first(where: { $0.duty.id == id })?.duty else {
                    throw DutyError.notFound
                }
                return EndDutyPage(heading: heading, duty: duty, year: answer.year, form: state)
            },
            act: { context, form, slug, id in
                let heading = try await context.alliance(slug, toUse: .planMeetings)
                try await context.run(EndDuty(id, of: heading.alliance.id), form)
                return Redirect(to: .year(slug, context.today.components.year), "La tarea periódica terminó.")
            })
    }

    @Sendable private func yearToPlan(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ year: Int
    ) async throws -> PlanYearPage {
        let heading = try await context.alliance(slug, toUse: .planMeetings)
        guard (context.today.components.year...context.today.components.year + 1).contains(year) else {
            throw NoSuchPage()
        }
        return PlanYearPage(
            heading: heading, year: year,
            proposals: try await context.fetch(ProposeYear(year, of: heading.alliance.id)),
            planned: try await context.fetch(ReadCalendar(of: heading.alliance.id, in: year)).meetings
                .count { $0.meeting.state != .cancelled },
            form: state)
    }

    @Sendable private func plan(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ year: Int
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .planMeetings)
        let proposed = try await context.fetch(ProposeYear(year, of: heading.alliance.id))
        let kept = try PlanYearPage.read(form, from: proposed)
        try await context.run(PlanYear(kept, of: heading.alliance.id), form)
        return Redirect(
            to: .year(slug, year),
            "Quedaron programadas \(SpanishFormat.count(kept.count, "reunión", "reuniones")) de \(year).")
    }
}
