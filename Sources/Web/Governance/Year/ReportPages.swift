import Governance
import Kernel
import Tenancy

/// The questions of a report.
struct ReportForm {
    let kind = Field.choice("kind", "Clase", GivenReport.Kind.allCases, title: \.title)
    let title = Field.text("title", "Título", max: 200)
    let year = Field.year("year", "Año del informe", hint: "El año del que da cuenta.")
    let day = Field.date("day", "Día en que se presentó")
    let audience = Field.text("audience", "Ante quiénes", max: 200).optional()
    let paper = Field.paper("paper", "El informe").optional()

    /// Writes the questions.
    func write(_ form: inout HTML) {
        form.field(kind)
        form.field(title)
        form.div(.class("form-row")) { row in
            row.field(year)
            row.field(day)
        }
        form.field(audience)
        form.field(paper)
    }

    /// The report that a form tells, or another in the place of one.
    func read(
        _ form: Submission, of alliance: ID<Alliance>, correcting correction: RecordReport.Correction? = nil
    ) throws -> RecordReport {
        let (kind, title, year, day, audience, paper) = try form.read(
            kind, title, year, day, audience, paper)
        return try RecordReport(
            of: alliance, kind: kind, title: title, on: day, about: year, to: audience ?? "",
            paper: paper?.stored(on: day), correcting: correction)
    }
}

/// Records a report that was given.
struct NewReportPage: Page {
    let heading: AllianceHeading
    /// What the way here says of it.
    let kind: GivenReport.Kind?
    let year: Int
    let form: FormState

    var title: String { "Anotar un informe" }
    var trail: [Crumb] { heading.trail(from: .meetings) }
    var help: HelpTopic { "reuniones" }

    func body(_ html: inout HTML) {
        let fields = ReportForm()
        let state =
            form.isTyped ? form : form.filling(fields.kind, with: kind).filling(fields.year, with: year)
        html.form(to: .newReport(heading.slug), state, hasFiles: true) { form in
            fields.write(&form)
            form.submit("Anotar el informe", orBackTo: .meetings(heading.slug))
        }
    }
}

/// A report that was given.
struct ReportPage: Page {
    let heading: AllianceHeading
    let report: GivenReport
    let mayFollow: Bool
    let mayOpen: Bool

    var title: String { report.title }
    var lead: String? { report.kind.title }
    var trail: [Crumb] { heading.trail(from: .meetings) }
    var help: HelpTopic { "reuniones" }

    func actions(_ html: inout HTML) {
        guard mayFollow else { return }
        html.action("Corregir", to: .correctReport(heading.slug, report.id), icon: .pencil)
        html.action("Quitar", to: .withdrawReport(heading.slug, report.id), .danger)
    }

    func body(_ html: inout HTML) {
        html.facts(
            Fact("Año del informe", String(report.year)), Fact("Se presentó", report.givenOn),
            Fact("Ante quiénes", report.audience),
            Fact("El informe") { fact in
                if let file = report.file, mayOpen {
                    fact.a("Abrir el archivo", .href(.file(file)))
                } else {
                    fact.text(report.file == nil ? "No está adjunto" : "Está adjunto")
                }
            })
    }
}

/// Why a report is corrected or taken back.
enum CorrectionForm {
    static let reason = Field.paragraphs("reason", "Por qué", max: 500, rows: 3)
}

/// Records another report in the place of one.
struct CorrectReportPage: Page {
    let heading: AllianceHeading
    let report: GivenReport
    let form: FormState

    var title: String { "Corregir «\(report.title)»" }
    var lead: String? { "Lo que estaba anotado queda en el registro, con el motivo." }
    var trail: [Crumb] {
        heading.trail(from: .meetings) + [Crumb(report.title, .report(heading.slug, report.id))]
    }
    var help: HelpTopic { "reuniones" }

    func body(_ html: inout HTML) {
        let fields = ReportForm()
        let state =
            form.isTyped
            ? form
            : form.filling(fields.kind, with: report.kind).filling(fields.title, with: report.title)
                .filling(fields.year, with: report.year).filling(fields.day, with: report.givenOn)
                .filling(fields.audience, with: report.audience)
        html.form(to: .correctReport(heading.slug, report.id), state, hasFiles: true) { form in
            fields.write(&form)
            form.field(CorrectionForm.reason)
            form.submit("Guardar la corrección", orBackTo: .report(heading.slug, report.id))
        }
    }
}

/// Takes a report back.
struct WithdrawReportPage: Page {
    let heading: AllianceHeading
    let report: GivenReport
    let form: FormState

    var title: String { "Quitar «\(report.title)»" }
    var lead: String? {
        "Si se anotó por error. Deja de contar para el cumplimiento; el registro lo conserva."
    }
    var trail: [Crumb] {
        heading.trail(from: .meetings) + [Crumb(report.title, .report(heading.slug, report.id))]
    }
    var help: HelpTopic { "reuniones" }

    func body(_ html: inout HTML) {
        html.form(to: .withdrawReport(heading.slug, report.id), form) { form in
            form.field(CorrectionForm.reason)
            form.submit(
                "Quitar el informe", .danger, orBackTo: .report(heading.slug, report.id),
                back: "Volver al informe")
        }
    }
}

/// Reports that were given.
struct ReportRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.form(Path.newReport, upTo: .files(megabytes: 10), show: newReport, act: record)
        tenant.get(Path.report) { context, slug, id in
            let heading = try await context.alliance(slug)
            return ReportPage(
                heading: heading, report: try await report(id, of: heading, context),
                mayFollow: context.may(.followPlans, in: heading.stream),
                mayOpen: context.may(.openFiles, in: heading.stream))
        }
        tenant.form(Path.correctReport, upTo: .files(megabytes: 10), show: reportToCorrect, act: correct)
        tenant.form(Path.withdrawReport, show: reportToWithdraw, act: withdraw)
    }

    private func report(
        _ id: ID<GivenReport>, of heading: AllianceHeading, _ context: TenantContext
    ) async throws -> GivenReport {
        let reports = try await context.fetch(ReadYear(of: heading.alliance.id)).reports
        guard let report = reports.first(where: { $0.id == id }) else { throw PlanError.reportNotFound }
        return report
    }

    @Sendable private func newReport(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> NewReportPage {
        NewReportPage(
            heading: try await context.alliance(slug, toUse: .followPlans),
            kind: context.visit["clase"].flatMap(GivenReport.Kind.init),
            year: context.visit["ano"].flatMap { Int($0) } ?? context.today.components.year, form: state)
    }

    @Sendable private func record(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let id = try await context.run(ReportForm().read(form, of: heading.alliance.id), form)
        return Redirect(to: .report(slug, id), "El informe quedó anotado.")
    }

    @Sendable private func reportToCorrect(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<GivenReport>
    ) async throws -> CorrectReportPage {
        let heading = try await context.alliance(slug, toUse: .followPlans)
        return CorrectReportPage(
            heading: heading, report: try await report(id, of: heading, context), form: state)
    }

    @Sendable private func correct(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<GivenReport>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let reason = try form.read(CorrectionForm.reason)
        let corrected = try await context.run(
            ReportForm().read(
                form, of: heading.alliance.id, correcting: .init(of: id, because: reason)), form)
        return Redirect(to: .report(slug, corrected), "La corrección quedó guardada.")
    }

    @Sendable private func reportToWithdraw(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<GivenReport>
    ) async throws -> WithdrawReportPage {
        let heading = try await context.alliance(slug, toUse: .followPlans)
        return WithdrawReportPage(
            heading: heading, report: try await report(id, of: heading, context), form: state)
    }

    @Sendable private func withdraw(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<GivenReport>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let reason = try form.read(CorrectionForm.reason)
        try await context.run(
            WithdrawReport(.init(of: id, because: reason), of: heading.alliance.id), form)
        return Redirect(to: .meetings(slug), "El informe ya no cuenta.")
    }
}
