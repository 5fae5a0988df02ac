import Elections
import Kernel
import Postgres
import Reporting
import Tenancy

/// Compliance for boards, offices and control bodies.
struct ComplianceRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.compliance) { context, slug in
            let heading = try await context.alliance(slug)
            let answer = try await context.fetch(ComplianceOfAlliance(heading.alliance.id))
            return CompliancePage(
                heading: heading, answer: answer,
                steps: context.steps(
                    of: ObligationView.list(answer.obligations, answer.standings), in: heading),
                mayConfirm: context.may(.confirmTerms, in: heading.stream))
        }
        tenant.get(Path.officeCompliance) { context in
            let query = ListQuery<ComplianceSort>(context.visit)
            let answer = try await context.fetch(ComplianceOfOffice())
            return OfficeCompliancePage(
                query: query, found: query.found(in: answer.rows), all: answer.rows)
        }
        tenant.form(
            Path.obligationTerms,
            show: { context, state, code in try await terms(context, state, code, in: .entity) },
            act: { context, form, code in try await confirm(context, form, code, in: .entity) })
        tenant.form(
            Path.termsWithdrawal,
            show: { context, state, code in try await withdrawal(context, state, code, in: .entity) },
            act: { context, form, code in try await withdraw(context, form, code, in: .entity) })
        tenant.form(
            Path.allianceTerms,
            show: { context, state, slug, code in
                try await terms(context, state, code, in: .alliance(try await context.alliance(slug)))
            },
            act: { context, form, slug, code in
                try await confirm(context, form, code, in: .alliance(try await context.alliance(slug)))
            })
        tenant.form(
            Path.allianceTermsWithdrawal,
            show: { context, state, slug, code in
                try await withdrawal(context, state, code, in: .alliance(try await context.alliance(slug)))
            },
            act: { context, form, slug, code in
                try await withdraw(context, form, code, in: .alliance(try await context.alliance(slug)))
            })
        tenant.get(Path.territory) { context in
            let territory = try await context.territory()
            let query = ListQuery<ComplianceSort>(context.visit)
            let rows = try await territory.rows()
            // What nothing is known of stands apart, unless it is asked for.
            let asked = query[TerritoryPage.filters.information]
            let listed = asked == nil ? rows.filter { !InformationChoice.none.holds(for: $0) } : rows
            return TerritoryPage(
                municipalities: territory.municipalities, query: query, found: query.found(in: listed),
                all: rows, reckonedAt: try await territory.reckonedAt())
        }
        addFigures(to: tenant)
        tenant.get(Path.watchedAlliance) { context, organization, alliance in
            let territory = try await context.territory()
            guard let watched = try await territory.alliance(alliance, of: organization) else {
                throw NoSuchPage()
            }
            return WatchedAlliancePage(watched: watched)
        }
    }

    private func addFigures(to tenant: TenantRoutes) {
        tenant.get(Path.allianceFigures) { context, slug in
            let heading = try await context.alliance(slug)
            return AllianceFiguresPage(
                heading: heading, figures: try await context.fetch(ReadFigures(of: heading.alliance.id)).first
            )
        }
        tenant.get(Path.officeCommitments) { context in
            CommitmentFiguresPage(
                reader: .office, query: ListQuery(context.visit), all: try await context.fetch(ReadFigures()))
        }
        tenant.get(Path.officeComplaints) { context in
            ComplaintFiguresPage(
                reader: .office, query: ListQuery(context.visit), all: try await context.fetch(ReadFigures()))
        }
        tenant.get(Path.territoryCommitments) { context in
            CommitmentFiguresPage(
                reader: .territory, query: ListQuery(context.visit),
                all: try await context.territory().figures())
        }
        tenant.get(Path.territoryComplaints) { context in
            ComplaintFiguresPage(
                reader: .territory, query: ListQuery(context.visit),
                all: try await context.territory().figures())
        }
    }

    private func terms(
        _ context: TenantContext, _ state: FormState, _ code: Obligation.Code, in space: TermsSpace
    ) async throws -> ObligationTermsPage {
        guard let answer = try await context.fetch(ReadTerms(code, of: space.alliance)) else {
            throw NoSuchPage()
        }
        return ObligationTermsPage(
            space: space, answer: answer, maySetForEntity: context.may(.confirmTerms), form: state)
    }

    private func withdrawal(
        _ context: TenantContext, _ state: FormState, _ code: Obligation.Code, in space: TermsSpace
    ) async throws -> TermsWithdrawalPage {
        let page = try await terms(context, state, code, in: space)
        guard let current = page.own else { throw TermsError.notConfirmed }
        return TermsWithdrawalPage(
            space: space, answer: page.answer, current: current, form: state)
    }

    private func withdraw(
        _ context: TenantContext, _ form: Submission, _ code: Obligation.Code, in space: TermsSpace
    ) async throws -> Redirect {
        let reason = try form.read(TermsWithdrawalPage.reason)
        try await context.run(WithdrawTerms(code: code, alliance: space.alliance, reason: reason), form)
        return Redirect(
            to: space.compliance,
            "Los plazos de la \(space.owner) ya no cuentan. Los estados se calculan de nuevo en unos segundos."
        )
    }

    private func confirm(
        _ context: TenantContext, _ form: Submission, _ code: Obligation.Code, in space: TermsSpace
    ) async throws -> Redirect {
        let (norm, parameters) = try ObligationTermsForm(code).read(form)
        try await context.run(
            ConfirmTerms(code: code, alliance: space.alliance, parameters: parameters, norm: norm), form)
        return Redirect(
            to: space.compliance,
            "Los plazos quedaron confirmados. Los estados se calculan de nuevo en unos segundos.")
    }
}

extension TenantContext {
    /// The territory of the control body that the person works for.
    fileprivate func territory() async throws -> WatchedTerritory {
        try await WatchedTerritory(of: principal, in: visit.site.runner.database)
    }
}

/// What citizens read of alliances.
struct PublicAllianceRoutes {
    func add(to everybody: PublicRoutes) {
        everybody.get(Path.publicAlliance) { context, tenant, slug in
            let organization = try await organization(tenant, context)
            let found = try await context.published { transaction in
                try await transaction.publishedAlliance(slug: slug.rawValue, of: organization.id)
            }
            guard let found else { throw NoSuchPage() }
            let documents = try await context.published { transaction in
                try await transaction.publishedDocuments(of: found.id, in: organization.id)
            }
            let statements = try await context.published { transaction in
                try await transaction.publishedStatements(of: found.id, in: organization.id)
            }
            let rolls = try await context.published { transaction in
                try await transaction.rollNotices(of: found.id, in: organization.id)
            }
            let results = try await context.published { transaction in
                try await transaction.processesWithResult(of: found.id, in: organization.id)
            }
            let boxes = try await context.published { transaction in
                var boxes: [ID<ElectoralProcess>: [BoxBoard]] = [:]
                for process in found.profile.elections.compactMap({ ID<ElectoralProcess>($0.id) }) {
                    boxes[process] = try await transaction.boxBoards(of: process, in: organization.id)
                }
                return boxes
            }
            return PublicAlliancePage(
                tenant: tenant, slug: slug, alliance: found, documents: documents, statements: statements,
                rolls: rolls, results: results, boxes: boxes,
                calendarAddress: context.visit.site.origin
                    + Path.publicCalendar(tenant, slug).text(in: nil),
                now: context.visit.now)
        }
        everybody.get(Path.publicCalendar) { context, tenant, slug in
            let organization = try await organization(tenant, context)
            let found = try await context.published { transaction in
                try await transaction.publishedAlliance(slug: slug.rawValue, of: organization.id)
            }
            guard let found else { throw NoSuchPage() }
            return FeedAnswer(
                feed: CalendarFeed(
                    of: found, at: Path.publicAlliance(tenant, slug), context.visit),
                name: "\(slug.rawValue).ics")
        }
        everybody.get(Path.publicStatement) { context, tenant, slug, id in
            let organization = try await organization(tenant, context)
            let alliance = try await context.published { transaction in
                try await transaction.publishedAlliance(slug: slug.rawValue, of: organization.id)
            }
            let statement = try await context.published { transaction in
                try await transaction.publishedStatement(id, in: organization.id)
            }
            guard let alliance, let statement, statement.alliance == alliance.id else { throw NoSuchPage() }
            return PublicStatementPage(
                tenant: tenant, slug: slug, alliance: alliance, statement: statement,
                today: ColombianTime.date(at: context.visit.now))
        }
        everybody.get(Path.publicDocument) { context, tenant, slug, document in
            let organization = try await organization(tenant, context)
            let content = try await content(of: document, in: organization.id, context)
            let alliance = try await context.published { transaction in
                try await transaction.publishedAlliance(slug: slug.rawValue, of: organization.id)
            }
            guard let alliance, alliance.id == content.alliance else { throw NoSuchPage() }
            return PublicDocumentPage(
                tenant: tenant, slug: slug, alliance: alliance, content: content,
                address: WebAddress(
                    context.visit.site.origin
                        + Path.publicDocument(tenant, slug, document).text(in: nil)))
        }
        everybody.get(Path.publicFile) { context, tenant, _, document in
            let organization = try await organization(tenant, context)
            let content = try await content(of: document, in: organization.id, context)
            return Download(name: content.fileName, mediaType: content.mediaType, bytes: content.bytes)
        }
    }

    private func content(
        of document: ID<PublishedDocument>, in organization: ID<Organization>, _ context: PublicContext
    ) async throws -> PublishedContent {
        let content = try await context.published { transaction in
            try await transaction.publishedContent(document, in: organization)
        }
        guard let content else { throw NoSuchPage() }
        return content
    }

    private func organization(
        _ slug: TenantSlug, _ context: PublicContext
    ) async throws -> Organization {
        guard
            let organization = try await context.published({ transaction in
                try await transaction.organization(slug: slug.rawValue)
            })
        else { throw NoSuchPage() }
        return organization
    }
}

extension PublicContext {
    /// Reads what is published.
    func published<Value: Sendable>(
        _ body: (borrowing Transaction<PublicScope>) async throws -> Value
    ) async throws -> Value {
        try await visit.site.runner.database.read(PublicScope(), body)
    }
}

extension PublishedContent {
    /// The name under which it is kept.
    fileprivate var fileName: String {
        let ending = mediaType.hasPrefix("application/pdf") ? ".pdf" : ".txt"
        return document.title.map { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" ? String($0) : "" }
            .joined()
            + ending
    }
}
