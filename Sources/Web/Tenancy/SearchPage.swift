import Kernel
import Membership
import Tenancy

/// What a search found: alliances by name, and members by name or document.
struct SearchPage: Page {
    let words: String
    /// Those of the words.
    let alliances: [Alliance]
    let members: [FindMembers.Hit]
    /// The alliances of which members may have been found.
    var places: [ID<Alliance>: Alliance] = [:]

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
                        guard let alliance = places[hit.alliance],
                            let slug = AllianceSlug(rawValue: alliance.slug)
                        else { continue }
                        list.li { item in
                            item.a(hit.member.name, .href(.personFile(slug, hit.member.person)))
                            item.text(", \(hit.member.document.formatted), \(alliance.name)")
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
            let alliances = try await context.alliances()
            // Whoever may see the members of the whole entity asks once, and leaves one trace.
            let streams: [AuditStream] =
                context.may(.seeMembers)
                ? [.office]
                : alliances.map { .alliance($0.id) }.filter { context.may(.seeMembers, in: $0) }
            let members = streams.isEmpty ? [] : try await context.fetch(FindMembers(words, in: streams))
            return SearchPage(
                words: words, alliances: alliances.filter { $0.name.folded.contains(words.folded) },
                members: members,
                places: Dictionary(alliances.map { ($0.id, $0) }) { first, _ in first })
        }
    }
}
