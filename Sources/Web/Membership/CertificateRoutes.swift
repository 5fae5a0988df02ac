import Elections
import Foundation
import Kernel
import Membership
import Postgres
import Tenancy

/// What papers say of people: recorded by one, reviewed by another.
struct CertificateRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.papersToReview, waiting)
        tenant.get(Path.recordPaper) { context, slug, person in
            let heading = try await context.alliance(slug, toUse: .recordFacts)
            return ChoosePaperPage(
                heading: heading,
                file: try await context.fetch(ReadPersonFile(person, in: heading.alliance.id)),
                requirements: try await provenByPaper(context))
        }
        tenant.form(
            Path.recordPaperOf, upTo: .files(megabytes: PaperForm.megabytes), show: paper, act: record)
        tenant.form(Path.reviewPaper, show: review, act: decide)
    }

    @Sendable private func waiting(
        _ context: TenantContext, _ slug: AllianceSlug
    ) async throws -> PapersToReviewPage {
        let heading = try await context.alliance(slug)
        let query = ListQuery<PapersToReviewPage.Sort>(context.visit)
        let found = try await query.found { limit, offset in
            let (papers, total) = try await context.fetch(
                ListPapersToReview(of: heading.alliance.id, limit: limit, offset: offset))
            return (papers.map { PapersToReviewPage.Row(waiting: $0, alliance: slug) }, total)
        }
        return PapersToReviewPage(heading: heading, query: query, found: found)
    }

    private func provenByPaper(_ context: TenantContext) async throws -> [Requirement] {
        try await context.read { try await $0.requirements() }.filter { requirement in
            if case .reviewedPaper = requirement.evaluator { true } else { false }
        }
    }

    /// The elections that a paper may still be for: called, and not over.
    private func elections(
        of heading: AllianceHeading, _ context: TenantContext
    ) async throws -> [ElectionProcess] {
        guard context.may(.seeProcesses, in: heading.stream) else { return [] }
        return try await context.fetch(ListProcesses(of: heading.alliance.id)).filter { process in
            ![.draft, .proclaimed, .void, .annulled].contains(process.state)
                && context.may(.recordFacts, in: process.stream)
        }
    }

    @Sendable private func paper(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ person: ID<Person>,
        _ subject: PaperSubject
    ) async throws -> RecordPaperPage {
        let heading = try await context.alliance(slug, toUse: .recordFacts)
        let requirements = try await provenByPaper(context)
        guard
            let name = subject.title
                ?? requirements.first(where: { $0.id == subject.pathText })?.title
        else { throw NoSuchPage() }
        return RecordPaperPage(
            heading: heading, file: try await context.fetch(ReadPersonFile(person, in: heading.alliance.id)),
            subject: subject, name: name, elections: try await elections(of: heading, context), form: state)
    }

    @Sendable private func record(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ person: ID<Person>,
        _ subject: PaperSubject
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = PaperForm(subject, elections: try await elections(of: heading, context))
        let (source, issuedOn, copy, process) = try form.read(
            fields.source, fields.issuedOn, fields.copy, fields.process)
        let statement = try fields.statement(
            form, municipalities: MunicipalityList(try await context.read { try await $0.municipalities() }))
        let space = EligibilitySpace(alliance: heading.alliance.id, process: process)
        var proof: ID<StoredFile>?
        if let copy {
            // Kept under a key of its own: the form's belongs to the paper.
            proof = try await context.visit.site.runner.run(
                StoreFile(
                    StoredFile(name: copy.name, content: try copy.content(), effectiveOn: issuedOn),
                    in: heading.stream),
                as: context.principal)
        }
        try await context.run(
            RecordPaper(
                of: person, saying: statement, in: space, source: source, issuedOn: issuedOn, proof: proof),
            form)
        return Redirect(
            to: .personFile(slug, person), "Quedó registrado; falta que otra persona lo revise.")
    }

    @Sendable private func review(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ person: ID<Person>,
        _ paper: ID<FactRecord>
    ) async throws -> ReviewPaperPage {
        let heading = try await context.alliance(slug)
        let (file, found) = try await find(paper, of: person, in: heading, context)
        return ReviewPaperPage(heading: heading, file: file, paper: found, form: state)
    }

    private func find(
        _ paper: ID<FactRecord>, of person: ID<Person>, in heading: AllianceHeading, _ context: TenantContext
    ) async throws -> (PersonFile, PersonFile.Paper) {
        let file = try await context.fetch(ReadPersonFile(person, in: heading.alliance.id))
        guard let found = file.papers.first(where: { $0.id == paper }) else { throw NoSuchPage() }
        return (file, found)
    }

    @Sendable private func decide(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ person: ID<Person>,
        _ paper: ID<FactRecord>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = ReviewForm()
        let (verdict, reason) = try form.read(fields.verdict, fields.reason)
        let (_, found) = try await find(paper, of: person, in: heading, context)
        try await context.run(
            ReviewPaper(
                paper, in: found.space(in: heading.alliance.id), isAccepted: verdict == .accepted,
                reason: reason), form)
        return Redirect(to: .personFile(slug, person), "La revisión quedó guardada.")
    }
}
