import Elections
import Foundation
import Hummingbird
import Kernel
import Membership
import Postgres
import Tenancy

/// The members of an alliance, their files and their authorisations.
struct MemberRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.members, list)
        tenant.form(
            Path.enrolMembers, upTo: .files(megabytes: PaperForm.megabytes), show: enrolment, act: enrol)
        tenant.get(Path.personFile, personFile)
        tenant.form(Path.endMembership, show: leave, act: endMembership)
        tenant.form(Path.withdrawConsent, show: consent, act: withdraw)
        tenant.form(
            Path.recordConsent, upTo: .files(megabytes: PaperForm.megabytes), show: consentToRecord,
            act: recordConsent)
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
        let words = query[MembersPage.filters.words]
        let areFormer = query[MembersPage.filters.standing] == .former
        let isDescending = query.isDescending
        let found = try await query.found { limit, offset in
            let (members, total) = try await context.fetch(
                ListMembers(
                    of: heading.alliance.id, words: words, areFormer: areFormer, order: order,
                    isDescending: isDescending, limit: limit, offset: offset))
            return (members.map { MembersPage.Row(member: $0, alliance: slug) }, total)
        }
        return MembersPage(
            heading: heading, query: query, found: found,
            mayEnrol: context.may(.enrolMembers, in: heading.stream))
    }

    @Sendable private func enrolment(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> EnrolMembersPage {
        let heading = try await context.alliance(slug)
        let today = context.today
        return try await context.read(.enrolMembers, in: heading.stream) { transaction in
            EnrolMembersPage(
                heading: heading, form: state, today: today,
                text: try await transaction.consentText(for: .personalData, on: today),
                sensitive: try await transaction.consentText(for: .sensitiveData, on: today))
        }
    }

    @Sendable private func enrol(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> EnrolmentAnswer {
        let heading = try await context.alliance(slug)
        let fields = EnrolmentForm()
        let (text, day, channel, sensitive, proof) = try form.read(
            fields.documents, fields.day, fields.channel, fields.sensitive, fields.proof)
        let list = DocumentList(text)
        // Where nothing can be read there is nothing to enrol; else those who can be are, and the others are told.
        let documents = list.documents.isEmpty ? try list.whole() : list.documents
        let report: EnrolmentReport
        do {
            report = try await context.run(
                EnrolMembers(
                    documents, in: heading.alliance.id, on: day, through: channel,
                    includingSensitiveData: sensitive, proof: try proof?.stored(on: day)), form)
        } catch let error as MemberError where !list.problems.isEmpty {
            // The only one that could be read cannot be enrolled: one answer tells that and the other lines.
            throw InvalidInput([.init(field: fields.documents.name, message: error.message)] + list.problems)
        }
        return EnrolmentAnswer(
            heading: heading, report: report, list: list,
            asksSensitive: try await context.read(.enrolMembers, in: heading.stream) {
                try await $0.consentText(for: .sensitiveData, on: day) != nil
            },
            again: FormState().filling(fields.day, with: day).filling(fields.channel, with: channel)
                .filling(fields.sensitive, with: sensitive))
    }

    // MARK: A person

    @Sendable private func personFile(
        _ context: TenantContext, _ slug: AllianceSlug, _ person: ID<Person>
    ) async throws -> PersonFilePage {
        let heading = try await context.alliance(slug)
        let alliance = heading.alliance.id
        let file = try await context.fetch(ReadPersonFile(person, in: alliance))
        let candidacies = try await candidacies(of: alliance, context)
        let filters = PersonFilePage.Filters(candidacies)
        let entries = FormState(context.visit.query).entries
        let day = (try? filters.day.read(entries)) ?? context.today
        let chosen = (try? filters.candidacy.read(entries)) ?? nil
        let asKnownThen = (try? filters.asKnownThen.read(entries)) ?? false
        let contest = candidacies.first { $0.contest.id == chosen }?.contest
        let consents = try await context.read(
            .seeMembers, in: heading.stream, showing: Disclosure(of: person, details: ["fields": "consents"])
        ) { try await $0.consents(of: person, on: day) }
        var space = EligibilitySpace(alliance: alliance)
        if let contest {
            space = try await context.read(.seeProcesses, in: heading.stream) {
                try await $0.candidacySpace(of: contest, in: alliance)
            }
        }
        return PersonFilePage(
            heading: heading, file: file,
            dossier: try await context.fetch(
                ReadDossier(
                    person, as: (try? filters.target.read(entries)) ?? .elector, in: space, on: day,
                    asKnownThen: asKnownThen)),
            consents: consents, candidacies: candidacies, candidacy: contest?.id, asKnownThen: asKnownThen,
            today: context.today,
            rights: .init(
                enrol: context.may(.enrolMembers, in: heading.stream),
                record: context.may(.recordFacts, in: heading.stream),
                withdraw: context.may(.withdrawConsents, in: heading.stream),
                review: { process in
                    guard let process else { return context.may(.reviewFacts, in: heading.stream) }
                    return context.may(.decideInElections, in: .process(process, of: alliance))
                }))
    }

    /// What the elections of an alliance decide, the latest first, for who sees them.
    private func candidacies(
        of alliance: ID<Alliance>, _ context: TenantContext
    ) async throws -> [PersonFilePage.Candidacy] {
        guard context.may(.seeProcesses, in: .alliance(alliance)) else { return [] }
        let processes = try await context.fetch(ListProcesses(of: alliance))
        return try await context.read(.seeProcesses, in: .alliance(alliance)) { transaction in
            var candidacies: [PersonFilePage.Candidacy] = []
            for process in processes {
                candidacies += try await transaction.contests(of: process.id).map {
                    .init(process: process, contest: $0)
                }
            }
            return candidacies
        }
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

    // MARK: Authorisations

    @Sendable private func consent(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ person: ID<Person>
    ) async throws -> WithdrawConsentPage {
        let heading = try await context.alliance(slug)
        let today = context.today
        let consents = try await context.read(.withdrawConsents, in: heading.stream) {
            try await $0.consents(of: person, on: today)
        }
        return WithdrawConsentPage(
            heading: heading, file: try await context.fetch(ReadPersonFile(person, in: heading.alliance.id)),
            consents: consents, form: state, today: today)
    }

    @Sendable private func withdraw(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ person: ID<Person>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = WithdrawConsentForm(Set(ConsentPurpose.allCases))
        let (purpose, day) = try form.read(fields.purpose, fields.day)
        let report = try await context.run(
            WithdrawConsent(of: person, for: purpose, at: heading.alliance.id, on: day), form)
        return Redirect(
            to: .personFile(slug, person),
            report.left.isEmpty
                ? "La autorización quedó revocada."
                : "La autorización quedó revocada y la persona ya no es asociada.")
    }

    @Sendable private func consentToRecord(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ person: ID<Person>
    ) async throws -> RecordConsentPage {
        let heading = try await context.alliance(slug, toUse: .enrolMembers)
        let today = context.today
        return RecordConsentPage(
            heading: heading, file: try await context.fetch(ReadPersonFile(person, in: heading.alliance.id)),
            texts: try await context.read(.enrolMembers, in: heading.stream) { transaction in
                var texts: [ConsentText] = []
                for purpose in ConsentPurpose.allCases {
                    if let text = try await transaction.consentText(for: purpose, on: today) {
                        texts.append(text)
                    }
                }
                return texts
            },
            form: state, today: today)
    }

    @Sendable private func recordConsent(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ person: ID<Person>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = RecordConsentForm()
        let (purpose, day, channel, proof) = try form.read(
            fields.purpose, fields.day, fields.channel, fields.proof)
        try await context.run(
            RecordConsent(
                of: person, for: purpose, at: heading.alliance.id, on: day, through: channel,
                proof: try proof?.stored(on: day)), form)
        return Redirect(to: .personFile(slug, person), "La autorización quedó anotada.")
    }

    @Sendable private func consentTexts(_ context: TenantContext, _ state: FormState) async throws
        -> ConsentTextsPage
    {
        ConsentTextsPage(
            form: state, texts: try await context.consentTexts(), today: context.today,
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
    /// Whether the entity has a text about sensitive data.
    let asksSensitive: Bool
    /// The form with what holds for those who remain.
    let again: FormState

    func response(to visit: Visit) async throws -> Response {
        guard report.refusals.isEmpty, list.problems.isEmpty else {
            return try await EnrolmentReportPage(
                heading: heading, report: report, list: list, asksSensitive: asksSensitive, form: again
            ).response(to: visit)
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
                        message:
                            "Línea \(index + 1), «\(words.prefix(40))»: \(words.contains(where: \.isNumber) ? error.message : "Escriba un documento: CC 12345678.")"
                    ))
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
