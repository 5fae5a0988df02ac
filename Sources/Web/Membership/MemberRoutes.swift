import Foundation
import Hummingbird
import Kernel
import Membership
import Postgres
import Tenancy

/// The members of an alliance, their files and their requirements.
struct MemberRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.members, list)
        tenant.form(Path.enrolMembers, show: enrolment, act: enrol)
        tenant.get(Path.personFile, personFile)
        tenant.form(Path.endMembership, show: leave, act: endMembership)
        tenant.form(Path.recordPaper, upTo: .files(megabytes: 10), show: paper, act: record)
        tenant.form(Path.reviewPaper, show: review, act: decide)
        tenant.get(Path.requirements) { context, slug in
            let heading = try await context.alliance(slug)
            return RequirementsPage(
                heading: heading,
                entries: try await context.fetch(
                    ListRequirements(in: EligibilitySpace(alliance: heading.alliance.id))),
                maySwitch: context.may(.switchRequirements, in: heading.stream),
                mayAdd: context.may(.switchRequirements))
        }
        tenant.form(Path.switchRequirement, show: requirement, act: switchRequirement)
        tenant.form(Path.newRequirement, show: newRequirement, act: addRequirement)
        tenant.form(Path.consentTexts, show: consentTexts, act: publish)
    }

    // MARK: Members

    @Sendable private func list(_ context: TenantContext, _ slug: AllianceSlug) async throws -> MembersPage {
        let heading = try await context.alliance(slug)
        let query = ListQuery<MembersPage.Sort>(context.visit)
        let order: ListMembers.Order =
            switch query.sort {
            case .name: .name
            case .document: .document
            case .joined: .joined
            }
        let (members, total) = try await context.fetch(
            ListMembers(
                of: heading.alliance.id, words: query[MembersPage.filters.words],
                areFormer: query[MembersPage.filters.standing] == .former, order: order,
                isDescending: query.isDescending, limit: query.limit, offset: query.offset))
        return MembersPage(
            heading: heading, query: query,
            found: Found(members.map { MembersPage.Row(member: $0, alliance: slug) }, of: total),
            mayEnrol: context.may(.enrolMembers, in: heading.stream))
    }

    @Sendable private func enrolment(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> EnrolMembersPage {
        let heading = try await context.alliance(slug)
        guard context.may(.enrolMembers, in: heading.stream) else {
            throw AccessError.notPermitted(.enrolMembers)
        }
        let today = context.today
        return EnrolMembersPage(
            heading: heading, form: state, today: today,
            text: try await context.read { try await $0.consentText(for: .personalData, on: today) })
    }

    @Sendable private func enrol(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> EnrolmentAnswer {
        let heading = try await context.alliance(slug)
        let fields = EnrolmentForm()
        let (text, day, channel) = try form.read(fields.documents, fields.day, fields.channel)
        let list = DocumentList(text)
        // Where nothing can be read there is nothing to enrol; else those who can be are, and the others are told.
        let documents = list.documents.isEmpty ? try list.whole() : list.documents
        let report = try await context.run(
            EnrolMembers(documents, in: heading.alliance.id, on: day, through: channel), form)
        return EnrolmentAnswer(
            heading: heading, report: report, list: list,
            again: FormState().filling(fields.day, with: day).filling(fields.channel, with: channel))
    }

    // MARK: A person

    @Sendable private func personFile(
        _ context: TenantContext, _ slug: AllianceSlug, _ person: ID<Person>
    ) async throws -> PersonFilePage {
        let heading = try await context.alliance(slug)
        let filters = PersonFilePage.Filters()
        let entries = FormState(context.visit.query).entries
        let target = (try? filters.target.read(entries)) ?? .elector
        let day = (try? filters.day.read(entries)) ?? context.today
        return PersonFilePage(
            heading: heading, file: try await context.fetch(ReadPersonFile(person, in: heading.alliance.id)),
            dossier: try await context.fetch(
                ReadDossier(person, as: target, in: EligibilitySpace(alliance: heading.alliance.id), on: day)),
            today: context.today, mayEnrol: context.may(.enrolMembers, in: heading.stream),
            mayRecord: context.may(.recordFacts, in: heading.stream),
            mayReview: context.may(.reviewFacts, in: heading.stream))
    }

    @Sendable private func leave(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ person: ID<Person>
    ) async throws -> EndMembershipPage {
        let heading = try await context.alliance(slug)
        return EndMembershipPage(
            heading: heading, file: try await context.fetch(ReadPersonFile(person, in: heading.alliance.id)),
            form: state, today: context.today)
    }

    @Sendable private func endMembership(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ person: ID<Person>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = EndMembershipForm()
        let (day, reason) = try form.read(fields.day, fields.reason)
        try await context.run(
            EndMembership(of: person, in: heading.alliance.id, on: day, because: reason), form)
        return Redirect(to: .personFile(slug, person), "El retiro quedó registrado.")
    }

    // MARK: Papers

    @Sendable private func paper(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ person: ID<Person>
    ) async throws -> RecordPaperPage {
        let heading = try await context.alliance(slug)
        return RecordPaperPage(
            heading: heading, file: try await context.fetch(ReadPersonFile(person, in: heading.alliance.id)),
            requirements: try await provenByPaper(context), form: state)
    }

    private func provenByPaper(_ context: TenantContext) async throws -> [Requirement] {
        try await context.read { try await $0.requirements() }.filter { requirement in
            if case .reviewedPaper = requirement.evaluator { true } else { false }
        }
    }

    @Sendable private func record(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ person: ID<Person>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = PaperForm(try await provenByPaper(context))
        let (requirement, tenor, source, issuedOn, copy) = try form.read(
            fields.requirement, fields.tenor, fields.source, fields.issuedOn, fields.copy)
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
                of: person, for: requirement.rawValue, in: EligibilitySpace(alliance: heading.alliance.id),
                isFavourable: tenor == .favourable, source: source, issuedOn: issuedOn, proof: proof), form)
        return Redirect(
            to: .personFile(slug, person), "El documento quedó registrado; falta que otra persona lo revise.")
    }

    @Sendable private func review(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ person: ID<Person>,
        _ paper: ID<FactRecord>
    ) async throws -> ReviewPaperPage {
        let heading = try await context.alliance(slug)
        let file = try await context.fetch(ReadPersonFile(person, in: heading.alliance.id))
        guard let found = file.papers.first(where: { $0.id == paper }) else { throw NoSuchPage() }
        return ReviewPaperPage(heading: heading, file: file, paper: found, form: state)
    }

    @Sendable private func decide(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ person: ID<Person>,
        _ paper: ID<FactRecord>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = ReviewForm()
        let (verdict, reason) = try form.read(fields.verdict, fields.reason)
        try await context.run(
            ReviewPaper(
                paper, in: EligibilitySpace(alliance: heading.alliance.id), isAccepted: verdict == .accepted,
                reason: reason), form)
        return Redirect(to: .personFile(slug, person), "La revisión quedó guardada.")
    }

    // MARK: Requirements

    @Sendable private func requirement(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ code: RequirementCode,
        _ target: EligibilityTarget
    ) async throws -> SwitchRequirementPage {
        let heading = try await context.alliance(slug)
        let entry = try await entry(of: code, in: heading, context)
        return SwitchRequirementPage(
            heading: heading, requirement: entry.requirement, target: target,
            isOn: entry.targets.contains(target), form: state)
    }

    private func entry(
        of code: RequirementCode, in heading: AllianceHeading, _ context: TenantContext
    ) async throws -> ListRequirements.Entry {
        let entries = try await context.fetch(
            ListRequirements(in: EligibilitySpace(alliance: heading.alliance.id)))
        guard let entry = entries.first(where: { $0.requirement.id == code.rawValue }) else {
            throw NoSuchPage()
        }
        return entry
    }

    @Sendable private func switchRequirement(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ code: RequirementCode,
        _ target: EligibilityTarget
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let reason = try form.read(SwitchForm().reason)
        let isOn = try await entry(of: code, in: heading, context).targets.contains(target)
        try await context.run(
            SwitchRequirement(
                code.rawValue, for: target, in: EligibilitySpace(alliance: heading.alliance.id), isOn: !isOn,
                because: reason), form)
        return Redirect(to: .requirements(slug), "El cambio quedó guardado y cuenta desde ahora.")
    }

    @Sendable private func newRequirement(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> NewRequirementPage {
        guard context.may(.switchRequirements) else { throw AccessError.notPermitted(.switchRequirements) }
        return NewRequirementPage(heading: try await context.alliance(slug), form: state)
    }

    @Sendable private func addRequirement(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let fields = NewRequirementForm()
        let (title, question, proof, amount, norm, cure) = try form.read(
            fields.title, fields.question, fields.proof, fields.amount, fields.norm, fields.cure)
        try await context.run(
            AddRequirement(
                title, question: question, proof: try proof.proof(amount), norm: norm, cure: cure), form)
        return Redirect(
            to: .requirements(slug),
            "El requisito «\(title)» quedó creado. Diga en la lista a quién se le pide.")
    }

    // MARK: Authorisations

    @Sendable private func consentTexts(_ context: TenantContext, _ state: FormState) async throws
        -> ConsentTextsPage
    {
        ConsentTextsPage(
            form: state, texts: try await context.read { try await $0.consentTexts() }, today: context.today,
            mayPublish: context.may(.publishConsentTexts))
    }

    @Sendable private func publish(_ context: TenantContext, _ form: Submission) async throws -> Redirect {
        let fields = ConsentTextForm()
        let (purpose, body, from) = try form.read(fields.purpose, fields.body, fields.from)
        try await context.run(PublishConsentText(body, for: purpose, from: from), form)
        return Redirect(to: .consentTexts(), "El texto quedó publicado.")
    }
}

/// After enrolling: back to the list, or to who could not be enrolled.
private struct EnrolmentAnswer: Answer {
    let heading: AllianceHeading
    let report: EnrolmentReport
    let list: DocumentList
    /// The form with what holds for those who remain.
    let again: FormState

    func response(to visit: Visit) async throws -> Response {
        guard report.refusals.isEmpty, list.problems.isEmpty else {
            return try await EnrolmentReportPage(heading: heading, report: report, list: list, form: again)
                .response(to: visit)
        }
        let words =
            report.enrolled.count == 1
            ? "La persona quedó inscrita." : "\(report.enrolled.count) personas quedaron inscritas."
        return Redirect(to: .members(heading.slug), words).response(to: visit)
    }
}

/// Reads documents as people write them, one a line.
struct DocumentList {
    /// The documents.
    private(set) var documents: [IdentityDocument] = []
    /// The lines that are no document, as they were typed.
    private(set) var unreadable: [String] = []
    /// Why not, line by line.
    private(set) var problems: [InvalidInput.Problem] = []

    /// Reads a list.
    init(_ text: String) {
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            let words = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            guard !words.isEmpty else { continue }
            do {
                documents.append(try Self.document(words))
            } catch {
                unreadable.append(words)
                problems.append(
                    .init(
                        field: "documents",
                        message: "Línea \(index + 1), «\(words.prefix(40))»: \(error.message)"))
            }
        }
    }

    /// A number without its type is read as a *cédula* where it may be one: nearly all who join have it, and the
    /// answer tells the document as it was read.
    private static func document(_ words: String) throws(IdentityDocumentError) -> IdentityDocument {
        let isBare = words.allSatisfy { $0.isNumber || ". ".contains($0) }
        return isBare
            ? try IdentityDocument(type: .cedula, number: words) : try IdentityDocument(parsing: words)
    }

    /// The documents of a list in which every line has to be one.
    ///
    /// - Throws: `InvalidInput` with each line that is none.
    func whole() throws(InvalidInput) -> [IdentityDocument] {
        guard problems.isEmpty else { throw InvalidInput(Array(problems.prefix(20))) }
        return documents
    }
}

extension TenantContext {
    /// The day of the request in Colombia.
    var today: CalendarDate { ColombianTime.date(at: visit.now) }
}
