import Elections
import Kernel
import Tenancy

/// What is printed for a vote on paper, and the credentials of those whom it elected.
struct PapersRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.papers) { context, slug, process in
            let (heading, papers) = try await context.papers(of: process, slug)
            return PapersPage(
                heading: heading, papers: papers, alliance: heading.alliance.name,
                entity: try await context.organization(), today: context.today)
        }
        tenant.get(Path.ballotPaper) { context, slug, process, contest in
            let (heading, papers) = try await context.papers(of: process, slug)
            guard papers.isWhole else { throw AccessError.notPermitted(.printPapers) }
            guard let ballot = papers.ballots.first(where: { $0.contest.id == contest }) else {
                throw NoSuchPage()
            }
            if let obstacle = ballot.obstacle { throw PaperError.ballot(obstacle) }
            return try await context.printed(
                BallotDocument(
                    ballot: ballot, process: papers.process, alliance: heading.alliance.name,
                    entity: try await context.organization(), printedOn: context.today),
                as: "tarjeton")
        }
        tenant.get(Path.tableRoll) { context, slug, process, table in
            let heading = try await context.alliance(slug)
            let list = try await context.fetch(
                ListTableElectors(of: table, in: ProcessPlace(process, of: heading.alliance.id)))
            return try await context.printed(
                TableRollDocument(
                    list: list, alliance: heading.alliance.name, entity: try await context.organization()),
                as: "mesa-\(list.table.setup.number)-lista-de-electores")
        }
        tenant.get(Path.tallySheet) { context, slug, process, table in
            let (heading, papers) = try await context.papers(of: process, slug)
            let table = try papers.table(table)
            let ballots = papers.ballots.filter(\.isSettled)
            guard !ballots.isEmpty else { throw PaperError.nothingToCount }
            return try await context.printed(
                TallyDocument(
                    ballots: ballots, table: table, process: papers.process,
                    alliance: heading.alliance.name, entity: try await context.organization()),
                as: "mesa-\(table.setup.number)-hoja-de-conteo")
        }
        tenant.get(Path.credential) { context, slug, process, mandate in
            let scene = try await context.scene(slug, process)
            let credentials = try await context.fetch(ListCredentials(in: scene.place))
            guard let found = credentials.first(where: { $0.mandate == mandate }) else {
                throw credentials.isEmpty ? PaperError.notProclaimed as any Error : NoSuchPage()
            }
            let document = CredentialDocument(
                credential: found, process: scene.day.process, alliance: scene.heading.alliance.name,
                entity: try await context.organization())
            return Download(
                name: "credencial.pdf", mediaType: "application/pdf",
                bytes: try await context.issued(
                    document, as: "credencial", of: mandate, in: scene.day.process.stream,
                    at: context.visit.tenant.map { .publicElection($0, slug, process) }), isInline: true)
        }
    }
}

extension TenantContext {
    /// What is printed for the tables of a process, as the person may print it.
    fileprivate func papers(
        of process: ID<ElectoralProcess>, _ slug: AllianceSlug
    ) async throws -> (AllianceHeading, PapersFile) {
        let heading = try await alliance(slug)
        return (heading, try await fetch(ReadPapers(in: ProcessPlace(process, of: heading.alliance.id))))
    }

    /// A document that is printed and not issued: it is used once, and proves nothing by itself.
    func printed(_ document: some PrintedDocument, as name: String) async throws -> Download {
        Download(
            name: "\(name).pdf", mediaType: "application/pdf",
            bytes: try await visit.site.printer.render(document), isInline: true)
    }
}
