import Elections
import Kernel
import Postgres
import Tenancy

/// The roll and its claims, for those who work in an alliance.
struct ClaimRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.roll) { context, slug, process in
            let heading = try await context.alliance(slug)
            let query = ListQuery<RollSort>(context.visit)
            let (words, verdict) = (
                query[RollPage.filters.words], query[RollPage.filters.verdict]?.verdict
            )
            @Sendable func roll(_ limit: Int, _ offset: Int) async throws -> ListRoll.Answer {
                try await context.fetch(
                    ListRoll(
                        of: process, of: heading.alliance.id, words: words, verdict: verdict, limit: limit,
                        offset: offset))
            }
            let answer = try await roll(query.limit, query.offset)
            return RollPage(
                heading: heading, answer: answer, query: query,
                lines: query.found(answer.lines, of: answer.total) { try await roll($0, $1).lines },
                mayRun: context.may(.runProcesses, in: answer.file.process.stream))
        }
        tenant.get(Path.claims) { context, slug, process in
            let heading = try await context.alliance(slug)
            let answer = try await context.fetch(ListClaims(of: process, of: heading.alliance.id))
            return ClaimsPage(
                heading: heading, answer: answer, query: ListQuery(context.visit), now: context.visit.now,
                mayFile: context.may(.fileClaims, in: answer.process.stream))
        }
        tenant.form(Path.newClaim, show: newClaim, act: file)
        tenant.form(Path.claim, show: claim, act: decide)
    }

    /// The questions of what the address chose; `nil` before anything was.
    private func claimForm(
        _ source: ClaimSource, of heading: AllianceHeading, _ context: TenantContext
    ) async throws -> ClaimForm? {
        guard let request = ClaimRequest(context.visit) else { return nil }
        let municipalities = try await context.read(.seeAlliances, in: heading.stream) {
            try await $0.municipalities(of: heading.alliance.id)
        }
        return ClaimForm(request, from: source, municipalities)
    }

    @Sendable private func newClaim(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> NewClaimPage {
        let (heading, file) = try await context.process(process, of: slug)
        let mayActExOfficio = context.may(.decideClaims, in: file.process.stream)
        let isExOfficio = mayActExOfficio && context.visit[NewClaimPage.exOfficio] != nil
        return NewClaimPage(
            heading: heading, process: file.process,
            fields: try await claimForm(
                isExOfficio ? .committee : .office, of: heading, context),
            mayActExOfficio: mayActExOfficio, isExOfficio: isExOfficio, form: state)
    }

    @Sendable private func file(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> Redirect {
        let (heading, file) = try await context.process(process, of: slug)
        let isExOfficio =
            context.visit[NewClaimPage.exOfficio] != nil
            && context.may(.decideClaims, in: file.process.stream)
        let fields = try await claimForm(isExOfficio ? .committee : .office, of: heading, context)
        guard let fields else { throw NoSuchPage() }
        let draft = try fields.read(form)
        let receipt = try await context.run(
            FileClaim(
                draft, in: process, of: heading.alliance.id, from: isExOfficio ? .committee : .office), form)
        return Redirect(to: .claims(slug, process), "La reclamación n.º \(receipt.number) quedó registrada.")
    }

    @Sendable private func claim(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ claim: ID<Claim>
    ) async throws -> ClaimPage {
        let heading = try await context.alliance(slug)
        let file = try await context.fetch(ReadClaim(claim, of: process, of: heading.alliance.id))
        return ClaimPage(
            heading: heading, file: file, mayDecide: context.may(.decideClaims, in: file.process.stream),
            isOwn: file.claim.filedBy.map { $0 == context.principal.user } ?? false, form: state)
    }

    @Sendable private func decide(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ claim: ID<Claim>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = ClaimDecisionForm()
        let (verdict, reason) = try form.read(fields.verdict, fields.reason)
        try await context.run(
            DecideClaim(
                claim, isUpheld: verdict == .upheld, because: reason, in: process, of: heading.alliance.id),
            form)
        return Redirect(to: .claims(slug, process), "La decisión quedó guardada.")
    }
}
