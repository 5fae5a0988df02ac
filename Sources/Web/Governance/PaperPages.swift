import Governance
import Kernel
import Tenancy

/// The questions of a paper that is added to an act.
struct SignedPaperForm {
    let title = Field.text(
        "title", "Cómo se identifica", max: 200, hint: "Por ejemplo: «Acta 1 del 7 de septiembre de 2026».")
    let day = Field.date("day", "Fecha del documento")
    let file = Field.paper("file", "El documento firmado")
}

/// Adds a signed paper to an act that was recorded before.
struct AttachPaperPage: Page {
    let heading: AllianceHeading
    /// Where the form is sent.
    let path: Path
    /// What is attached: «Adjuntar el acta de constitución».
    let title: String
    /// Of what.
    let lead: String?
    /// The part of the alliance that it belongs to.
    let tab: AllianceTab
    /// Where it is shown.
    let back: Path
    /// What is known of the day.
    let day: CalendarDate?
    let form: FormState

    var trail: [Crumb] { heading.trail(from: tab) }
    var help: HelpTopic { tab == .plan ? "plan" : tab == .meetings ? "reuniones" : "gobierno" }

    func body(_ html: inout HTML) {
        let fields = SignedPaperForm()
        html.form(
            to: path, form.isTyped ? form : form.filling(fields.day, with: day), hasFiles: true
        ) { form in
            form.field(fields.title)
            form.field(fields.day)
            form.field(fields.file)
            form.submit("Adjuntar", orBackTo: back)
        }
        html.p(
            "Lo que ya estaba registrado no cambia: el documento queda a su lado, con la fecha en que se adjuntó.",
            .class("form-text"))
    }
}

extension HTML {
    /// Writes papers, each a link for those who may open it.
    mutating func papers(_ papers: [Paper], mayOpen: Bool) {
        guard !papers.isEmpty else { return }
        ul(.class("evidence")) { list in
            for paper in papers {
                list.li { item in
                    item.text("\(paper.subject.title): ")
                    if mayOpen {
                        item.a(paper.title, .href(.file(paper.file)))
                    } else {
                        item.text(paper.title)
                    }
                    item.text(", \(SpanishFormat.date(paper.datedOn))")
                }
            }
        }
    }
}

/// Papers that are added to acts.
struct PaperRoutes {
    private static let limit = Submission.Limit.files(megabytes: 10)

    func add(to tenant: TenantRoutes) {
        tenant.form(Path.attachConstitution, upTo: Self.limit, show: constitution, act: addConstitution)
        tenant.form(Path.attachCertificate, upTo: Self.limit, show: certificate, act: addCertificate)
        tenant.form(Path.attachBylawsMinutes, upTo: Self.limit, show: bylaws, act: addBylaws)
        tenant.form(Path.attachPlanMinutes, upTo: Self.limit, show: plan, act: addPlan)
        tenant.form(Path.attachMinutes, upTo: Self.limit, show: minutes, act: addMinutes)
        tenant.form(Path.attachAttendance, upTo: Self.limit, show: attendance, act: addAttendance)
    }

    private func attach(
        _ form: Submission, to subject: Paper.Subject, of heading: AllianceHeading, _ context: TenantContext
    ) async throws {
        let fields = SignedPaperForm()
        let (title, day, file) = try form.read(fields.title, fields.day, fields.file)
        try await context.run(
            AttachPaper(
                try file.stored(on: day), to: subject, of: heading.alliance.id, titled: title), form)
    }

    // MARK: Constitution

    private func lastConstitution(
        of heading: AllianceHeading, _ context: TenantContext
    ) async throws -> Constitution {
        let answer = try await context.fetch(ReadConstitution(of: heading.alliance.id))
        guard let last = answer.constitutions.first else { throw NoSuchPage() }
        return last
    }

    @Sendable private func constitution(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> AttachPaperPage {
        let heading = try await context.alliance(slug, toUse: .attachPapers)
        let last = try await lastConstitution(of: heading, context)
        return AttachPaperPage(
            heading: heading, path: .attachConstitution(slug), title: "Adjuntar el acta de constitución",
            lead: "De la asamblea del \(SpanishFormat.longDate(last.heldOn)).", tab: .governance,
            back: .governance(slug), day: last.heldOn, form: state)
    }

    @Sendable private func addConstitution(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let last = try await lastConstitution(of: heading, context)
        try await attach(form, to: .constitution(last.id), of: heading, context)
        return Redirect(
            to: Path.governance(slug).at(anchor: "constitucion"), "El acta de constitución quedó adjunta.")
    }

    private func registration(
        _ id: ID<Registration>, of heading: AllianceHeading, _ context: TenantContext
    ) async throws -> Registration {
        let answer = try await context.fetch(ReadConstitution(of: heading.alliance.id))
        guard let found = answer.registrations.first(where: { $0.id == id }) else { throw NoSuchPage() }
        return found
    }

    @Sendable private func certificate(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Registration>
    ) async throws -> AttachPaperPage {
        let heading = try await context.alliance(slug, toUse: .attachPapers)
        let found = try await registration(id, of: heading, context)
        return AttachPaperPage(
            heading: heading, path: .attachCertificate(slug, id),
            title: "Adjuntar el certificado del registro",
            lead: "Registro \(found.number) ante \(found.authority).", tab: .governance,
            back: .governance(slug), day: found.registeredOn, form: state)
    }

    @Sendable private func addCertificate(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Registration>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        try await attach(form, to: .registration(id), of: heading, context)
        return Redirect(to: Path.governance(slug).at(anchor: "constitucion"), "El certificado quedó adjunto.")
    }

    // MARK: Bylaws

    private func version(
        _ version: Int, of heading: AllianceHeading, _ context: TenantContext
    ) async throws -> BylawsVersion {
        let versions = try await context.fetch(ReadGovernance(of: heading.alliance.id)).versions
        guard let found = versions.first(where: { $0.version == version }) else { throw NoSuchPage() }
        return found
    }

    @Sendable private func bylaws(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ version: Int
    ) async throws -> AttachPaperPage {
        let heading = try await context.alliance(slug, toUse: .attachPapers)
        let found = try await self.version(version, of: heading, context)
        return AttachPaperPage(
            heading: heading, path: .attachBylawsMinutes(slug, version),
            title: "Adjuntar el acta que aprobó los estatutos",
            lead: "\(found.title), versión \(found.version).", tab: .governance, back: .governance(slug),
            day: found.approvedOn, form: state)
    }

    @Sendable private func addBylaws(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ version: Int
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let found = try await self.version(version, of: heading, context)
        try await attach(form, to: .bylaws(found.id), of: heading, context)
        return Redirect(to: Path.governance(slug).at(anchor: "estatutos"), "El acta quedó adjunta.")
    }

    // MARK: Plan

    private func planOfYear(
        _ year: Int, of heading: AllianceHeading, _ context: TenantContext
    ) async throws -> WorkPlan {
        let answer = try await context.fetch(ReadPlan(of: heading.alliance.id, in: year))
        guard let plan = answer.plan else { throw NoSuchPage() }
        return plan
    }

    @Sendable private func plan(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ year: Int
    ) async throws -> AttachPaperPage {
        let heading = try await context.alliance(slug, toUse: .attachPapers)
        let found = try await planOfYear(year, of: heading, context)
        return AttachPaperPage(
            heading: heading, path: .attachPlanMinutes(slug, year),
            title: "Adjuntar el acta que aprobó el plan",
            lead: found.title, tab: .plan, back: .plan(slug, year), day: found.approvedOn, form: state)
    }

    @Sendable private func addPlan(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ year: Int
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let found = try await planOfYear(year, of: heading, context)
        try await attach(form, to: .plan(found.id), of: heading, context)
        return Redirect(to: .plan(slug, year), "El acta quedó adjunta.")
    }

    // MARK: Minutes

    private func recorded(
        of meeting: ID<Meeting>, _ heading: AllianceHeading, _ context: TenantContext
    ) async throws -> (meeting: Meeting, minutes: Minutes) {
        let answer = try await context.fetch(ReadMeeting(meeting, of: heading.alliance.id))
        guard let minutes = answer.minutes else { throw NoSuchPage() }
        return (answer.summary.meeting, minutes)
    }

    private func page(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>, _ path: Path,
        _ title: String
    ) async throws -> AttachPaperPage {
        let heading = try await context.alliance(slug, toUse: .attachPapers)
        let (meeting, minutes) = try await recorded(of: id, heading, context)
        return AttachPaperPage(
            heading: heading, path: path, title: title,
            lead: "De «\(meeting.title)», \(SpanishFormat.longDate(meeting.day)).", tab: .meetings,
            back: .meeting(slug, id), day: minutes.datedOn, form: state)
    }

    @Sendable private func minutes(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> AttachPaperPage {
        try await page(context, state, slug, id, .attachMinutes(slug, id), "Adjuntar el acta firmada")
    }

    @Sendable private func addMinutes(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let minutes = try await recorded(of: id, heading, context).minutes
        try await attach(form, to: .minutes(minutes.id), of: heading, context)
        return Redirect(to: .meeting(slug, id), "El acta firmada quedó adjunta.")
    }

    @Sendable private func attendance(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> AttachPaperPage {
        try await page(
            context, state, slug, id, .attachAttendance(slug, id), "Adjuntar la lista de asistencia")
    }

    @Sendable private func addAttendance(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let minutes = try await recorded(of: id, heading, context).minutes
        try await attach(form, to: .attendance(minutes.id), of: heading, context)
        return Redirect(to: .meeting(slug, id), "La lista de asistencia quedó adjunta.")
    }
}
