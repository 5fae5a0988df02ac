import Elections
import Governance
import Kernel
import Membership
import Tenancy

/// What a search found, by kind.
struct SearchPage: Page {
    let words: String
    /// Those of the words.
    var alliances: [Alliance] = []
    var members: [FindMembers.Hit] = []
    var records: [FindRecords.Kind: [FoundRecord]] = [:]
    var elections: [ElectionProcess] = []
    var document: IssuedDocument?
    /// The alliances of which something may have been found.
    var places: [ID<Alliance>: Alliance] = [:]

    /// What was found of one kind.
    private struct Group {
        let title: String
        let id: String
        let count: Int
        let isCut: Bool
        let write: (inout HTML) -> Void
    }

    var title: String { words.isEmpty ? "Buscar" : "Resultados de «\(words)»" }
    var trail: [Crumb] { [Crumb("Inicio", .home())] }

    func body(_ html: inout HTML) {
        guard !words.isEmpty else {
            html.p("Escriba arriba lo que busca:")
            return html.ul { list in
                list.li("Un nombre, un apellido o un documento: «Burgos», «CC 1066555123».")
                list.li("Una alianza, una reunión o una elección: «San Antero», «asamblea anual».")
                list.li("Un acta por su número: «acta 3».")
                list.li("Una queja o una carta por su radicado: «Q-2026-0007», «S-2026-0012».")
                list.li("Un documento emitido aquí, por el código que lleva impreso.")
            }
        }
        let groups = groups.filter { $0.count > 0 }
        guard !groups.isEmpty else {
            return html.emptyState(
                EmptyState(
                    "No encontramos nada con esas palabras. Pruebe con el apellido, el documento, «acta 3» o el radicado."
                ))
        }
        for group in groups {
            html.section("\(group.title) (\(group.count))", id: group.id) { part in
                part.ul { group.write(&$0) }
                if group.isCut {
                    part.p("Hay más: escriba otra palabra para acercarse.", .class("form-text"))
                }
            }
        }
    }

    private var groups: [Group] {
        [
            Group(title: "Alianzas", id: "alianzas", count: alliances.count, isCut: false) {
                writeAlliances(&$0)
            },
            Group(title: "Asociados", id: "asociados", count: members.count, isCut: members.count == 50) {
                writeMembers(&$0)
            },
            group(.minutes, "Actas", "actas"), group(.meetings, "Reuniones", "reuniones"),
            Group(title: "Elecciones", id: "elecciones", count: elections.count, isCut: elections.count == 20)
            {
                writeElections(&$0)
            },
            group(.complaints, "Quejas", "quejas"), group(.letters, "Cartas", "cartas"),
            Group(title: "Documentos", id: "documentos", count: document == nil ? 0 : 1, isCut: false) {
                writeDocument(&$0)
            },
        ]
    }

    private func group(_ kind: FindRecords.Kind, _ title: String, _ id: String) -> Group {
        let found = records[kind] ?? []
        return Group(title: title, id: id, count: found.count, isCut: found.count == FindRecords.limit) {
            list in
            for record in found { write(record, &list) }
        }
    }

    private func place(_ alliance: ID<Alliance>) -> (name: String, slug: AllianceSlug)? {
        guard let place = places[alliance], let slug = AllianceSlug(rawValue: place.slug) else { return nil }
        return (place.name, slug)
    }

    private func writeAlliances(_ list: inout HTML) {
        for alliance in alliances {
            guard let slug = AllianceSlug(rawValue: alliance.slug) else { continue }
            list.li { $0.a(alliance.name, .href(.alliance(slug))) }
        }
    }

    private func writeMembers(_ list: inout HTML) {
        for hit in members {
            guard let (name, slug) = place(hit.alliance) else { continue }
            list.li { item in
                item.a(hit.member.name, .href(.personFile(slug, hit.member.person)))
                item.text(", \(hit.member.document.formatted), \(name)")
            }
        }
    }

    private func writeElections(_ list: inout HTML) {
        for process in elections {
            guard let (name, slug) = place(process.alliance) else { continue }
            list.li { item in
                item.a(process.name, .href(.process(slug, process.id)))
                item.text(", \(name)")
            }
        }
    }

    private func write(_ record: FoundRecord, _ list: inout HTML) {
        guard let (name, slug) = place(record.alliance) else { return }
        list.li { item in
            switch record.subject {
            case .meeting(let id): item.a(record.title, .href(.meeting(slug, id)))
            case .minutes(let id, let number):
                item.a("Acta n.º \(number) de «\(record.title)»", .href(.minutes(slug, id)))
            case .complaint(let id, let number):
                item.a("Queja \(number)", .href(.complaint(slug, id)))
                item.text(", contra \(record.title)")
            case .letter(let id, let number):
                item.a("Carta \(number): \(record.title)", .href(.letter(slug, id)))
            }
            item.text(", \(SpanishFormat.date(record.day)), \(name)")
        }
    }

    private func writeDocument(_ list: inout HTML) {
        guard let document else { return }
        list.li { item in
            if let code = DocumentCode(typed: document.code) {
                item.a(document.title, .href(.verifyCode(code)))
            } else {
                item.text(document.title)
            }
            item.text(", \(SpanishFormat.date(document.datedOn)), \(document.issuer)")
        }
    }
}

/// The search of the bar.
struct SearchRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.search) { context in
            let words = context.visit["q"] ?? ""
            guard !words.isEmpty else { return SearchPage(words: "") }
            return try await search(words, context)
        }
    }

    private func search(_ words: String, _ context: TenantContext) async throws -> SearchPage {
        let alliances = try await context.alliances()
        var page = SearchPage(
            words: words, places: Dictionary(alliances.map { ($0.id, $0) }) { first, _ in first })
        page.alliances = alliances.filter { $0.name.folded.contains(words.folded) }
        // Whoever may see the members of the whole entity asks once, and leaves one trace.
        let streams: [AuditStream] =
            context.may(.seeMembers)
            ? [.office] : alliances.map { .alliance($0.id) }.filter { context.may(.seeMembers, in: $0) }
        if !streams.isEmpty { page.members = try await context.fetch(FindMembers(words, in: streams)) }
        guard let search = RecordSearch(words) else { return page }
        func open(_ permission: Permission) -> [ID<Alliance>] {
            alliances.map(\.id).filter { context.may(permission, in: .alliance($0)) }
        }
        for kind in FindRecords.Kind.allCases where kind.mayFit(search) {
            let alliances = open(kind.permission)
            guard !alliances.isEmpty else { continue }
            page.records[kind] = try await context.fetch(FindRecords(kind, by: search, in: alliances))
        }
        let voting = open(.seeProcesses)
        if !voting.isEmpty {
            page.elections = try await context.fetch(FindElections(search.words, in: voting))
        }
        let filed = open(.openFiles)
        if let code = DocumentCode(typed: words), !filed.isEmpty {
            page.document = try await context.fetch(FindDocument(code, in: filed))
        }
        return page
    }
}
