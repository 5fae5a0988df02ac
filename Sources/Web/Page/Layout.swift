import Kernel

/// All that stands around a page.
struct Layout<P: Page> {
    let page: P
    let visit: Visit

    private var admission: Admission { visit.admission }
    private var assets: Assets { visit.site.assets }

    func write(_ html: inout HTML) {
        html.raw("<!doctype html>")
        html.html(.lang("es-CO")) { html in
            html.head(content: head)
            html.body(.class(frameClass)) { body in
                body.a("Saltar al contenido", .class("skip"), .href(anchor: "contenido"))
                if let remark = visit.site.remark() { body.p(remark, .class("site-remark")) }
                if page.frame.hasSurroundings { bar(&body) }
                body.main(.id("contenido"), .class("frame"), .tabIndex(-1)) { main in
                    trail(&main)
                    notice(&main)
                    if page.frame != .drawn { heading(&main) }
                    page.body(&main)
                }
                if page.frame.hasSurroundings { footer(&body) }
            }
        }
    }

    private var frameClass: String {
        switch page.frame {
        case .standard: "frame-standard"
        case .counter: "frame-counter"
        case .narrow, .alone: "frame-narrow"
        case .bare, .drawn: "frame-bare"
        }
    }

    /// What the page is, of what, and whose: the browser's history tells pages apart by it.
    private var windowTitle: String {
        let parts = [page.title, page.trail.dropFirst().last?.name, admission.brand?.name, "Alianzas"]
        return parts.compactMap(\.self).reduce(into: [String]()) { titles, part in
            if !titles.contains(part) { titles.append(part) }
        }.joined(separator: " · ")
    }

    private func head(_ head: inout HTML) {
        head.meta(.charset("utf-8"))
        head.meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
        head.title(windowTitle)
        for weight in [400, 600] where assets.has("inter-\(weight).woff2") {
            head.link(
                .rel("preload"), .as("font"), .type("font/woff2"), .crossOrigin(),
                .href(assets.path("inter-\(weight).woff2")))
        }
        head.link(.rel("stylesheet"), .href(assets.path("estilo.css")))
        head.link(.rel("stylesheet"), .href(.accent(admission.brand?.accent ?? .platform)))
        head.link(.rel("icon"), .type("image/svg+xml"), .href(assets.path("icono.svg")))
        for script in ["alianzas.js"] + page.scripts {
            head.script(.type("module"), .src(assets.path(script)))
        }
        for file in page.votingCode {
            if file.hasSuffix(".css") {
                head.link(.rel("stylesheet"), .href(assets.voting.path(file)))
            } else {
                head.script(.type("module"), .src(assets.voting.path(file)))
            }
        }
        if let seconds = page.refreshes {
            // With scripts a module renews what moves; without, the whole page is read anew.
            head.noscript { $0.meta(.httpEquiv("refresh"), .refresh(after: seconds)) }
        }
    }

    // MARK: The bar

    private func bar(_ html: inout HTML) {
        html.header(.class("bar")) { bar in
            bar.div(.class("bar-inner")) { bar in
                brand(&bar)
                if let entry = admission.entry {
                    alliances(entry, &bar)
                    if page.frame != .counter { search(&bar) }
                    bar.nav(.class("bar-tools"), .aria("label", "Su trabajo")) { tools in
                        if entry.pending > 0 { pending(entry.pending, &tools) }
                        help(&tools)
                        account(&tools)
                    }
                } else {
                    bar.nav(.class("bar-tools"), .aria("label", "Servicios")) { tools in
                        help(&tools)
                        account(&tools)
                    }
                }
            }
        }
    }

    private func brand(_ bar: inout HTML) {
        let name = admission.brand?.name ?? "Alianzas"
        let others = admission.account?.tenants.filter { $0.slug != admission.brand?.slug } ?? []
        let home: Path = admission.entry == nil ? .start() : .home()
        bar.div(.class("bar-brand")) { brand in
            brand.a(.class("bar-name"), .href(home)) { link in
                link.span(String(name.prefix(1)), .class("bar-mark"), .aria("hidden", "true"))
                link.span(name)
            }
            guard !others.isEmpty else { return }
            menu("Cambiar de entidad", icon: nil, &brand) { list in
                for tenant in others {
                    guard let slug = TenantSlug(rawValue: tenant.slug) else { continue }
                    list.li { $0.a(tenant.name, .href(.home().of(slug))) }
                }
            }
        }
    }

    private func alliances(_ entry: Entry, _ bar: inout HTML) {
        guard !entry.alliances.isEmpty else { return }
        let segments = visit.path.split(separator: "/")
        let current = entry.alliances.first {
            segments.count > 3 && segments[2] == "alianzas" && segments[3] == $0.slug
        }
        bar.div(.class("bar-alliance")) { bar in
            menu("Cambiar de alianza", icon: .people, text: current?.name ?? "Alianzas", &bar) { list in
                for alliance in entry.alliances.prefix(12) {
                    guard let slug = AllianceSlug(rawValue: alliance.slug) else { continue }
                    list.li { item in
                        item.a(
                            alliance.name, .href(.alliance(slug)),
                            .aria("current", alliance == current ? "true" : nil))
                    }
                }
                list.li(.class("menu-last")) { $0.a("Todas las alianzas", .href(.alliances())) }
            }
        }
    }

    private func search(_ bar: inout HTML) {
        bar.queryForm(at: .search(), FormState(), .class("bar-search"), .role("search")) { form in
            form.label(
                "Buscar una persona, una alianza, una reunión, un acta o un radicado", .for("buscar"),
                .class("visually-hidden"))
            form.input(
                .type("search"), .id("buscar"), .name("q"),
                // Lists have words of their own under the same name.
                .value(visit.path.hasSuffix("/buscar") ? visit["q"] ?? "" : ""),
                .placeholder("Persona, alianza, acta, radicado…"), .autocomplete("off"))
            form.button(.type("submit"), .aria("label", "Buscar")) { $0.icon(.search) }
        }
    }

    private func pending(_ count: Int, _ tools: inout HTML) {
        tools.a(.class("bar-tool"), .href(.pending())) { link in
            link.icon(.inbox)
            link.span("Pendientes", .class("bar-word"))
            link.span(SpanishFormat.number(count), .class("bar-count"))
            link.span(count == 1 ? "asunto espera" : "asuntos esperan", .class("visually-hidden"))
        }
    }

    private func help(_ tools: inout HTML) {
        tools.a(.class("bar-tool"), .href(.help(page.help))) { link in
            link.icon(.help)
            link.span("Ayuda", .class("bar-word"))
        }
    }

    private func account(_ tools: inout HTML) {
        guard let account = admission.account else {
            if page.frame == .standard {
                tools.a("Entrar", .class("btn btn-outline-primary btn-sm"), .href(.signIn()))
            }
            return
        }
        menu("Su cuenta", icon: .person, text: account.name, &tools) { list in
            if let entry = admission.entry { list.li(entry.title, .class("menu-title")) }
            list.li { $0.a("Mi cuenta", .href(.account())) }
            if let entry = admission.entry {
                for place in AdministrationPlace.open(to: entry.principal) {
                    list.li { $0.a(place.title, .href(place.path)) }
                }
            }
            list.li { item in
                item.form(to: .signOut()) { $0.button("Salir", .type("submit"), .class("menu-button")) }
            }
        }
    }

    /// A list that opens below its name; without scripts as well.
    private func menu(
        _ label: String, icon: Icon?, text: String? = nil, _ html: inout HTML, items: (inout HTML) -> Void
    ) {
        html.details(.class("menu")) { menu in
            menu.summary { summary in
                if let icon { summary.icon(icon) }
                summary.span(text == nil ? label : "\(label): ", .class("visually-hidden"))
                if let text { summary.span(text, .class("menu-text")) }
                summary.icon(.chevronDown)
            }
            menu.ul(content: items)
        }
    }

    // MARK: Above the page

    private func trail(_ main: inout HTML) {
        guard !page.trail.isEmpty else { return }
        main.nav(.class("trail"), .aria("label", "Ruta")) { nav in
            nav.ol { list in
                for crumb in page.trail {
                    list.li { item in
                        item.a(crumb.name, .href(crumb.path))
                        item.icon(.chevronRight)
                    }
                }
                list.li(page.title, .aria("current", "page"))
            }
        }
    }

    private func notice(_ main: inout HTML) {
        guard let notice = visit.notice else { return }
        main.div(.class("notice notice-\(notice.tone.rawValue)"), .role("status")) { box in
            box.icon(notice.tone == .done ? .check : .warning)
            box.p(notice.text)
        }
    }

    private func heading(_ main: inout HTML) {
        main.div(.class("heading")) { heading in
            heading.div { words in
                words.h1(page.title)
                if let lead = page.lead { words.p(lead, .class("lead")) }
            }
            heading.div(.class("heading-actions"), content: page.actions)
        }
    }

    private func footer(_ html: inout HTML) {
        html.footer(.class("footer")) { footer in
            footer.div(.class("footer-inner")) { footer in
                footer.p("Alianzas · participación de los usuarios de la salud")
                footer.ul { list in
                    list.li { $0.a("Verificar un documento", .href(.verify())) }
                    list.li { $0.a("Tratamiento de datos", .href(.privacy())) }
                    list.li { $0.a("Accesibilidad", .href(.accessibility())) }
                    list.li { $0.a("Ayuda", .href(.help(.start))) }
                }
            }
        }
    }
}
