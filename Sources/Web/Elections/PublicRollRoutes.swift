import Elections
import Hummingbird
import Kernel
import Postgres
import Reporting
import Tenancy

/// What citizens ask a published roll.
struct PublicRollRoutes {
    func add(to everybody: PublicRoutes) {
        everybody.form(Path.publicRoll, show: board, act: ask)
        everybody.form(Path.publicClaim, show: claim, act: file)
        everybody.form(Path.claimReceipt, show: receipt, act: follow)
    }

    @Sendable private func board(
        _ context: PublicContext, _ state: FormState, _ tenant: TenantSlug, _ slug: AllianceSlug,
        _ process: ID<ElectoralProcess>
    ) async throws -> PublicRollPage {
        let (roll, organization) = try await context.roll(process, of: slug, tenant)
        let query = ListQuery<RollSort>(context.visit)
        let found = try await query.found { limit, offset in
            let lines = try await context.published { transaction in
                try await transaction.rollBoard(
                    of: roll.notice, in: organization, limit: limit, offset: offset)
            }
            return (lines, roll.notice.electors)
        }
        return PublicRollPage(roll: roll, query: query, found: found, now: context.visit.now, form: state)
    }

    @Sendable private func ask(
        _ context: PublicContext, _ form: Submission, _ tenant: TenantSlug, _ slug: AllianceSlug,
        _ process: ID<ElectoralProcess>
    ) async throws -> RollAnswerPage {
        let (roll, organization) = try await context.roll(process, of: slug, tenant)
        let fields = RollQuestionForm()
        let birthDate = try form.read(fields.birthDate)
        guard let document = try fields.document.read(form) else {
            throw InvalidInput([.init(field: fields.document.number.name, message: "Escriba su documento.")])
        }
        let answer = try await context.asking(.rollCheck, about: "\(process) \(document)") {
            try await context.published { transaction in
                try await transaction.rollAnswer(
                    to: document, bornOn: birthDate, about: roll.notice, in: organization)
            }
        }
        return RollAnswerPage(roll: roll, document: document, answer: answer, now: context.visit.now)
    }

    @Sendable private func receipt(
        _ context: PublicContext, _ state: FormState, _ tenant: TenantSlug, _ slug: AllianceSlug,
        _ process: ID<ElectoralProcess>
    ) async throws -> ClaimReceiptQuestionPage {
        let (roll, _) = try await context.roll(process, of: slug, tenant)
        return ClaimReceiptQuestionPage(roll: roll, form: state)
    }

    @Sendable private func follow(
        _ context: PublicContext, _ form: Submission, _ tenant: TenantSlug, _ slug: AllianceSlug,
        _ process: ID<ElectoralProcess>
    ) async throws -> FollowedClaimPage {
        let (roll, organization) = try await context.roll(process, of: slug, tenant)
        let code = ReadableCode(typed: try form.read(ClaimReceiptQuestionPage.code))
        let answer = try await context.asking(.rollCheck, about: "\(process) \(code)") {
            try await context.published { transaction in
                try await transaction.claimAnswer(to: code, about: roll.notice, in: organization)
            }
        }
        guard let answer else {
            throw InvalidInput([
                .init(
                    field: ClaimReceiptQuestionPage.code.name,
                    message: "Ninguna reclamación de esta elección tiene ese código. Revíselo.")
            ])
        }
        return FollowedClaimPage(roll: roll, claim: answer)
    }

    @Sendable private func claim(
        _ context: PublicContext, _ state: FormState, _ tenant: TenantSlug, _ slug: AllianceSlug,
        _ process: ID<ElectoralProcess>
    ) async throws -> PublicClaimPage {
        let (roll, _) = try await context.roll(process, of: slug, tenant)
        return PublicClaimPage(
            roll: roll, fields: try await context.claimForm(about: roll), now: context.visit.now, form: state)
    }

    @Sendable private func file(
        _ context: PublicContext, _ form: Submission, _ tenant: TenantSlug, _ slug: AllianceSlug,
        _ process: ID<ElectoralProcess>
    ) async throws -> ClaimReceiptPage {
        let (roll, organization) = try await context.roll(process, of: slug, tenant)
        guard let fields = try await context.claimForm(about: roll) else { throw NoSuchPage() }
        let draft = try fields.read(form)
        // With the date of birth in it, nobody uses up another's attempts.
        let subject = "\(process) \(draft.document) \(draft.birthDate?.description ?? draft.claimant.folded)"
        let receipt = try await context.asking(.claim, about: subject) {
            try await context.visit.site.runner.run(
                FileClaim(draft, in: process, of: roll.alliance.id, from: .everybody),
                as: .system(in: organization), key: ID(rawValue: form.key))
        }
        guard let receipt else { throw NoSuchPage() }
        return ClaimReceiptPage(roll: roll, receipt: receipt, isOwn: fields.isOwn)
    }
}

extension PublicContext {
    /// The published roll of a process: the frozen one where there is one.
    ///
    /// - Throws: ``NoSuchPage``.
    fileprivate func roll(
        _ process: ID<ElectoralProcess>, of slug: AllianceSlug, _ tenant: TenantSlug
    ) async throws -> (PublishedRoll, ID<Organization>) {
        let organization = try await published { try await $0.organization(slug: tenant.rawValue) }
        guard let organization else { throw NoSuchPage() }
        let alliance = try await published {
            try await $0.publishedAlliance(slug: slug.rawValue, of: organization.id)
        }
        guard let alliance else { throw NoSuchPage() }
        let notices = try await published {
            try await $0.rollNotices(of: alliance.id, in: organization.id)
        }.filter { $0.process == process }
        guard let notice = notices.first(where: { $0.phase == .frozen }) ?? notices.first else {
            throw NoSuchPage()
        }
        return (
            PublishedRoll(tenant: tenant, slug: slug, alliance: alliance, notice: notice), organization.id
        )
    }

    /// The questions of what the address chose to claim, with the municipalities of the alliance as its public page has
    /// them; `nil` before anything was chosen.
    fileprivate func claimForm(about roll: PublishedRoll) async throws -> ClaimForm? {
        guard let request = ClaimRequest(visit) else { return nil }
        let names = roll.alliance.profile.municipalities
        let municipalities = try await published { try await $0.municipalities() }.filter { place in
            names.contains(place.name) || names.contains(place.title)
        }
        return ClaimForm(request, from: .everybody, municipalities)
    }

    /// Asks something that is limited as sign-in is.
    ///
    /// - Throws: ``TooManyAttempts``.
    func asking<Value: Sendable>(
        _ question: PublicQuestion, about subject: String, _ body: () async throws -> Value?
    ) async throws -> Value? {
        do {
            return try await visit.site.identity.ask(
                question, about: subject, from: visit.visitor, body)
        } catch SignInError.tooManyAttempts(let minutes) {
            throw TooManyAttempts(secondsToWait: minutes * 60)
        }
    }
}
