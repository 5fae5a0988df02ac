import Elections
import Kernel
import Postgres
import Reporting
import Tenancy

extension Path {
    /// The admitted slates of a process, for everybody.
    static let publicSlates = Route<TenantSlug, AllianceSlug, ID<ElectoralProcess>>(
        "/publico/{tenant}/{alliance}/elecciones/{process}/planchas")
}

/// Who stands in an election, as anybody may read it.
struct PublicSlatesPage: Page {
    let tenant: TenantSlug
    let slug: AllianceSlug
    let alliance: PublishedAlliance
    let election: AllianceProfile.Election
    let slates: [PublishedSlate]

    var title: String { "Planchas y candidatos" }
    var lead: String? { election.name }
    var trail: [Crumb] {
        [Crumb("Alianzas de usuarios", .start()), Crumb(alliance.name, .publicAlliance(tenant, slug))]
    }
    var help: HelpTopic { "planchas" }

    func body(_ html: inout HTML) {
        guard !slates.isEmpty else {
            html.emptyState(
                EmptyState(
                    "El comité electoral todavía no ha admitido planchas. Vuelva cuando cierre la inscripción."
                ))
            return
        }
        html.p(
            "Estas son las que el comité electoral admitió, en el orden del tarjetón. También se puede votar en blanco."
        )
        for position in Set(slates.map(\.contestPosition)).sorted() {
            let contest = slates.filter { $0.contestPosition == position }
            guard let first = contest.first else { continue }
            html.section(
                "\(first.contestName): \(SpanishFormat.count(first.seats, "puesto", "puestos"))"
            ) { part in
                part.ul(.class("dossier")) { list in
                    for slate in contest { list.li { write(slate, &$0) } }
                }
                if let draw = first.draw { part.draw(draw, .ballotOrder, steps: draw.orderSteps) }
            }
        }
    }

    private func write(_ slate: PublishedSlate, _ item: inout HTML) {
        item.h3("\(slate.number). \(slate.name)")
        guard slate.principals != [slate.name] || !slate.alternates.isEmpty else { return }
        item.ol { list in
            for name in slate.principals { list.li(name) }
        }
        guard !slate.alternates.isEmpty else { return }
        item.p(slate.alternates.count == 1 ? "Suplente:" : "Suplentes:")
        item.ol { list in
            for name in slate.alternates { list.li(name) }
        }
    }
}

/// What citizens read of slates.
struct PublicSlateRoutes {
    func add(to everybody: PublicRoutes) {
        everybody.get(Path.publicSlates) { context, tenant, slug, process in
            let organization = try await context.published { transaction in
                try await transaction.organization(slug: tenant.rawValue)
            }
            guard let organization else { throw NoSuchPage() }
            let alliance = try await context.published { transaction in
                try await transaction.publishedAlliance(slug: slug.rawValue, of: organization.id)
            }
            guard let alliance,
                let election = alliance.profile.elections.first(where: { $0.id == process.description })
            else { throw NoSuchPage() }
            let slates = try await context.published { transaction in
                try await transaction.publishedSlates(of: process, of: alliance.id, in: organization.id)
            }
            return PublicSlatesPage(
                tenant: tenant, slug: slug, alliance: alliance, election: election, slates: slates)
        }
    }
}
