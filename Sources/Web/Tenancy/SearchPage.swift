import Kernel
import Membership
import Tenancy

/// What a search found: alliances by name, and members by name or document.
struct SearchPage: Page {
    /// A member, in one of the alliances.
    struct Hit: Sendable {
        let member: MemberSummary
        let alliance: Alliance
    }

    let words: String
    let alliances: [Alliance]
    let members: [Hit]

    var title: String { words.isEmpty ? "Buscar" : "Resultados de «\(words)»" }
    var trail: [Crumb] { [Crumb("Inicio", .home())] }

    func body(_ html: inout HTML) {
        guard !words.isEmpty else {
            html.p("Escriba arriba un nombre, un documento o una alianza.")
            return
        }
        guard !alliances.isEmpty || !members.isEmpty else {
            html.emptyState(
                EmptyState("No encontramos nada con esas palabras. Pruebe con el apellido o el documento."))
            return
        }
        if !alliances.isEmpty {
            html.section("Alianzas") { part in
                part.ul { list in
                    for alliance in alliances {
                        guard let slug = AllianceSlug(rawValue: alliance.slug) else { continue }
                        list.li { $0.a(alliance.name, .href(.alliance(slug))) }
                    }
                }
            }
        }
        if !members.isEmpty {
            html.section("Asociados") { part in
                part.ul { list in
                    for hit in members {
                        guard let slug = AllianceSlug(rawValue: hit.alliance.slug) else { continue }
                        list.li { item in
                            item.a(hit.member.name, .href(.personFile(slug, hit.member.person)))
                            item.text(", \(hit.member.document.formatted), \(hit.alliance.name)")
                        }
                    }
                }
            }
        }
    }
}

/// The search of the bar.
struct SearchRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.search) { context in
            let words = context.visit["q"] ?? ""
            guard !words.isEmpty else { return SearchPage(words: "", alliances: [], members: []) }
            let alliances = try await context.read { try await $0.alliances() }
                .filter { context.may(.seeAlliances, in: .alliance($0.id)) }
            var members: [SearchPage.Hit] = []
            for alliance in alliances where context.may(.seeMembers, in: .alliance(alliance.id)) {
                let found = try await context.fetch(ListMembers(of: alliance.id, words: words, limit: 20))
                    .members
                members += found.map { SearchPage.Hit(member: $0, alliance: alliance) }
            }
            return SearchPage(
                words: words, alliances: alliances.filter { $0.name.folded.contains(words.folded) },
                members: Array(members.prefix(50)))
        }
    }
}
