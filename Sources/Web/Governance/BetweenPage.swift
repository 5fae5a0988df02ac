import Governance
import Kernel
import Tenancy

/// What an alliance does between meetings: orientations, campaigns, letters, oversight, needs, polls.
struct BetweenPage: AlliancePage {
    let heading: AllianceHeading
    let orientations: ReadOrientations.Answer
    let campaigns: [CampaignSummary]
    let letters: ReadLetters.Answer
    let oversights: [OversightSummary]
    let needs: [Need]
    let polls: [ReadPolls.Line]

    private var today: CalendarDate { orientations.today }
    private var slug: AllianceSlug { heading.slug }
    /// How many of each are shown here.
    private static let shown = 5

    var tab: AllianceTab { .between }
    var help: HelpTopic { "orientaciones" }

    func actions(_ html: inout HTML) {
        html.action("Programar una campaña", to: .newCampaign(slug))
        html.action("Escribir una carta", to: .newLetter(slug))
        html.action("Registrar una orientación", to: .newOrientation(slug), .primary, icon: .plus)
    }

    func content(_ html: inout HTML) {
        html.p("Lo que la alianza hace de una reunión a otra. Cada cosa cuenta sola en el plan de trabajo.")
        html.section("Orientaciones de \(orientations.year)", id: "orientaciones") {
            writeOrientations(&$0)
        }
        html.section("Campañas y boletines", id: "campanas") { writeCampaigns(&$0) }
        html.section("Cartas y comunicados", id: "cartas") { writeLetters(&$0) }
        html.section("Veedurías", id: "veedurias") { writeOversights(&$0) }
        html.section("Necesidades y sondeos", id: "necesidades") { writeNeeds(&$0) }
    }

    private func writeOrientations(_ part: inout HTML) {
        let counted = orientations.orientations.filter { $0.withdrawal == nil }
        guard !counted.isEmpty else {
            return part.emptyState(
                EmptyState(
                    "No hay orientaciones de \(orientations.year).", next: "Registrar la primera",
                    to: .newOrientation(slug)))
        }
        part.figures(
            KeyFigure(counted.count, "orientaciones", to: .orientations(slug)),
            KeyFigure(counted.reduce(0) { $0 + $1.people }, "personas orientadas"),
            KeyFigure(
                counted.count(where: \.waits), "por seguir",
                to: Path.orientations(slug).with(
                    OrientationsPage.choice.name, OrientationsPage.Choice.waiting.rawValue)))
        part.table(
            "Las últimas orientaciones", OrientationsPage.columns.filter { $0.title != "Quién orientó" },
            counted.prefix(Self.shown).map {
                OrientationsPage.Row(
                    orientation: $0, topic: orientations.topics.title(of: $0), slug: slug, today: today)
            })
        part.p(.class("part-actions")) { line in
            line.action("Ver todas las orientaciones", to: .orientations(slug))
            line.action("Cifras por tema y mes", to: .orientationYear(slug, orientations.year))
        }
    }

    private func writeCampaigns(_ part: inout HTML) {
        guard !campaigns.isEmpty else {
            return part.emptyState(
                EmptyState(
                    "No hay campañas ni boletines.", next: "Programar la primera", to: .newCampaign(slug)))
        }
        part.table(
            "Las últimas campañas", CampaignsPage.columns.filter { $0.title != "Eje" },
            campaigns.prefix(Self.shown).map {
                CampaignsPage.Row(summary: $0, slug: slug, today: today)
            })
        part.p(.class("part-actions")) { $0.action("Ver todas las campañas", to: .campaigns(slug)) }
    }

    private func writeLetters(_ part: inout HTML) {
        guard !letters.lines.isEmpty else {
            return part.emptyState(
                EmptyState(
                    "No hay cartas de \(letters.year).", next: "Escribir la primera", to: .newLetter(slug))
            )
        }
        part.figures(
            KeyFigure(
                letters.lines.count(where: \.waitsForOthers), "esperan respuesta de otros",
                to: Path.letters(slug).with(
                    LettersPage.choice.name, LettersPage.Choice.unanswered.rawValue)),
            KeyFigure(
                letters.lines.count(where: \.waitsForUs), "por responder",
                to: Path.letters(slug).with(
                    LettersPage.choice.name, LettersPage.Choice.toAnswer.rawValue)))
        part.table(
            "Las últimas cartas", LettersPage.columns.filter { $0.title != "Quién la lleva" },
            letters.lines.prefix(Self.shown).map {
                LettersPage.Row(line: $0, slug: slug, today: today)
            })
        part.p(.class("part-actions")) { line in
            line.action("Ver todas las cartas", to: .letters(slug))
            line.action("Registrar una recibida", to: .receiveLetter(slug))
        }
    }
}

extension BetweenPage {
    private func writeOversights(_ part: inout HTML) {
        guard !oversights.isEmpty else {
            return part.emptyState(
                EmptyState("No hay veedurías.", next: "Iniciar la primera", to: .newOversight(slug)))
        }
        let columns = OversightsPage.columns.filter {
            ["Qué se vigila", "A quién", "Estado", "Hallazgos", "Corregidos"].contains($0.title)
        }
        part.table(
            "Las últimas veedurías", columns,
            oversights.prefix(Self.shown).map {
                OversightsPage.Row(summary: $0, slug: slug, today: today)
            })
        part.p(.class("part-actions")) { $0.action("Ver todas las veedurías", to: .oversights(slug)) }
    }

    private func writeNeeds(_ part: inout HTML) {
        part.figures(
            KeyFigure(needs.count { $0.state == .open }, "necesidades por atender", to: .needs(slug)),
            KeyFigure(
                polls.count { $0.poll.standing(on: today) == .open }, "sondeos abiertos", to: .polls(slug)))
        part.p(.class("part-actions")) { line in
            line.action("Anotar una necesidad", to: .newNeed(slug))
            line.action("Hacer un sondeo", to: .newPoll(slug))
        }
    }
}

/// What an alliance does between meetings.
struct BetweenRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.between) { context, slug in
            let heading = try await context.alliance(slug)
            return BetweenPage(
                heading: heading,
                orientations: try await context.fetch(ReadOrientations(of: heading.alliance.id)),
                campaigns: try await context.fetch(ReadCampaigns(of: heading.alliance.id)),
                letters: try await context.fetch(ReadLetters(of: heading.alliance.id)),
                oversights: try await context.fetch(ReadOversights(of: heading.alliance.id)),
                needs: try await context.fetch(ReadNeeds(of: heading.alliance.id)).needs,
                polls: try await context.fetch(ReadPolls(of: heading.alliance.id)))
        }
        OversightRoutes().add(to: tenant)
        NeedRoutes().add(to: tenant)
        PollRoutes().add(to: tenant)
        OrientationRoutes().add(to: tenant)
        CampaignRoutes().add(to: tenant)
        LetterRoutes().add(to: tenant)
    }
}
