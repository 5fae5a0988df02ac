import Elections
import Foundation
import Governance
import Kernel
import Membership
import Reporting
import Tenancy

extension Path {
    /// What an alliance is to one of its members: their vote, who represents them, what comes, their data.
    static let ownAlliance = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/mi-alianza")
}

/// An alliance as one of its members has it. All that is personal on it is theirs.
struct OwnAlliancePage: AlliancePage {
    let heading: AllianceHeading
    /// What the alliance holds of them; `nil` where the account is of nobody whom it knows.
    let own: OwnFile?
    /// The elections that go on.
    let votes: [OwnVote]
    /// Their candidacies in them.
    let candidacies: [OwnCandidacy]
    let bodies: [SeatedBody]
    /// The polls that take answers.
    let polls: [ReadOwnPolls.Line]
    /// Where they were, what they may observe and what they proposed.
    let participation: OwnParticipation
    /// Whether they may propose topics of training.
    let mayPropose: Bool
    /// Meetings and dates of elections to come.
    let agenda: Agenda
    /// Whom to write to.
    let contact: Contact
    let tenant: TenantSlug?
    let now: Date

    private var today: CalendarDate { ColombianTime.date(at: now) }
    private var slug: AllianceSlug { heading.slug }

    var title: String { AllianceTab.own.title }
    var lead: String? { heading.alliance.name }
    var tab: AllianceTab { .own }
    var trail: [Crumb] { heading.trail(from: .summary) }
    var help: HelpTopic { "mi-alianza" }

    func content(_ html: inout HTML) {
        if own == nil {
            html.note(
                .warning,
                "Su cuenta no está unida a ninguna persona de la alianza. Pida a la oficina de participación que anote en ella su documento, como está en el padrón."
            )
        }
        if let file = own?.file {
            html.p(
                file.isMember(on: today)
                    ? "Usted es de la alianza \(file.periodsInWords)."
                    : "Usted ya no es de la alianza; lo fue \(file.periodsInWords).")
        }
        writeObservable(&html)
        html.section(votes.count > 1 ? "Las elecciones" : "La elección") { part in
            guard !votes.isEmpty else {
                return part.emptyState(EmptyState("No hay ninguna elección en curso."))
            }
            for vote in votes { write(vote, &part) }
        }
        if !candidacies.isEmpty {
            html.section("Mi candidatura", id: "candidatura") { part in
                for candidacy in candidacies { write(candidacy, &part) }
            }
        }
        html.section("Quién me representa") { writeRepresentatives(&$0) }
        html.section("Próximas reuniones y fechas") { part in
            part.agenda(
                agenda, today: today,
                empty: EmptyState("No hay reuniones ni fechas electorales en los próximos 60 días."))
        }
        if !polls.isEmpty {
            html.section("Sondeos", id: "sondeos") { part in
                part.ul { list in
                    for line in polls {
                        list.li { item in
                            item.text(
                                line.poll.title,
                                leadingTo: line.isAnswered ? nil : .answerPoll(slug, line.poll.id))
                            item.text(
                                line.isAnswered
                                    ? ". Usted ya respondió."
                                    : ". Se responde hasta el \(SpanishFormat.date(line.poll.closesOn)).")
                        }
                    }
                }
            }
        }
        html.section("Mis quejas", id: "quejas") { part in
            part.p(
                "Cuéntele a la alianza si algo del servicio falla: lo traslada a la entidad y verifica que se corrija."
            )
            part.div(.class("part-actions")) { actions in
                actions.action("Presentar una queja", to: .newOwnComplaint(slug))
                actions.action("Ver cómo van las mías", to: .ownComplaints(slug))
            }
        }
        html.section("Mis orientaciones", id: "orientaciones") { part in
            part.p(
                "Si le explicó a otro usuario qué hacer, regístrelo en un minuto: cuenta en el plan de la alianza. No se anota a quién."
            )
            part.div(.class("part-actions")) { actions in
                actions.action("Registrar una orientación", to: .newOwnOrientation(slug))
                actions.action("Ver las mías", to: .ownOrientations(slug))
                actions.action("Campañas y boletines", to: .campaigns(slug))
            }
        }
        html.section("Mis capacitaciones", id: "capacitaciones") { writeTrainings(&$0) }
        if own != nil { html.section("Mi asistencia", id: "asistencia") { writeAttendance(&$0) } }
        if let own {
            html.section("Mis datos", id: "datos") { write(own, &$0) }
            html.section("Mi autorización de datos", id: "autorizacion") { write(own.consents, &$0) }
        }
        if let tenant {
            html.p { $0.a("Lo que la alianza publica para todos", .href(.publicAlliance(tenant, slug))) }
        }
    }

    // MARK: The vote

    private func write(_ vote: OwnVote, _ part: inout HTML) {
        part.h3(vote.process.name)
        write(vote.standing, claimsUntil: vote.claimsUntil, &part)
        var facts: [Fact] = []
        if case .on(_, let table?) = vote.standing {
            facts += [
                Fact("Se vota", SpanishFormat.period(from: table.opensAt, until: table.closesAt)),
                Fact("Dónde", "Mesa \(table.number): \(table.place), \(table.address)"),
            ]
        } else {
            facts += [
                Fact("Se vota", vote.calendar?[.voting].map(\.period) ?? "El día no se ha fijado"),
                Fact(
                    "Dónde",
                    vote.tables.isEmpty
                        ? "El lugar no se ha fijado"
                        : vote.tables.map { "\($0.place), \($0.address)" }.uniqued.joined(separator: "; ")),
            ]
        }
        if let until = vote.claimsUntil {
            facts.append(Fact("Se reclama", "Hasta el \(SpanishFormat.moment(until))"))
        }
        part.facts(facts)
        for claim in vote.claims { write(claim, &part) }
        guard let tenant else { return }
        part.div(.class("part-actions")) { actions in
            if vote.claimsUntil != nil {
                actions.action("Presentar una reclamación", to: .publicClaim(tenant, slug, vote.process.id))
            }
            if vote.calendar != nil {
                actions.action("Planchas y candidatos", to: .publicSlates(tenant, slug, vote.process.id))
            }
            actions.action("Cómo va la elección", to: .process(slug, vote.process.id))
        }
    }

    private func write(_ standing: OwnVote.Standing, claimsUntil: Date?, _ part: inout HTML) {
        switch standing {
        case .unpublished:
            part.note(.info, "Todavía no se publica el censo. Cuando salga, aquí dirá si usted está.")
        case .on(.frozen, _):
            part.note(.done, "Está en el censo definitivo: puede votar. Lleve su documento original.")
        case .on(.provisional, _):
            part.note(
                .done, "Está en el censo provisional: puede votar, si nada cambia antes del definitivo.")
        case .off(let phase, let reasons):
            part.note(.problem, "No está en el \(phase.title.lowercased())") { note in
                note.ul { list in
                    for reason in reasons { list.li(reason) }
                }
            }
        case .unproven(let reasons):
            part.note(.warning, "Falta probar un requisito para que pueda votar") { note in
                note.ul { list in
                    for reason in reasons { list.li(reason) }
                }
            }
        case .unlisted where own == nil:
            if let vote = votes.first(where: { $0.standing == .unlisted }), let tenant {
                part.p { line in
                    line.a(
                        "Consulte el censo con su documento y su fecha de nacimiento",
                        .href(.publicRoll(tenant, slug, vote.process.id)))
                }
            }
        case .unlisted:
            part.note(
                .warning,
                "No está en la lista de esta elección: no figuraba como asociado cuando se hizo el censo."
                    + (claimsUntil == nil ? "" : " Puede pedir que lo incluyan."))
        }
    }

    private func write(_ claim: ClaimAnswer, _ part: inout HTML) {
        part.p { line in
            line.status(claim.state.status)
            line.text(
                " Reclamación n.º \(claim.number), de \(claim.kind.title.lowercased()), recibida el \(SpanishFormat.date(ColombianTime.date(at: claim.filedAt)))."
            )
            if let reason = claim.decisionReason { line.text(" \(SpanishFormat.sentence(reason))") }
        }
    }

    // MARK: Candidacies

    private func write(_ candidacy: OwnCandidacy, _ part: inout HTML) {
        part.h3("\(candidacy.slateName), \(candidacy.contestName)")
        part.p { line in
            line.status(candidacy.state.status)
            line.text(" \(candidacy.role.title).")
        }
        if let decision = candidacy.disqualification { part.disqualification(decision) }
        guard candidacy.mayAppeal else { return }
        part.div(.class("part-actions")) { actions in
            actions.action(
                "Apelar",
                to: .appealDisqualification(slug, candidacy.process, candidacy.slate, candidacy.candidate))
        }
    }

    // MARK: Representatives

    /// Seats stand in the order of their body.
    private enum Order: String, SortKey {
        case seat = "puesto"
        static let initial = Self.seat
    }

    private func writeRepresentatives(_ part: inout HTML) {
        let elected = bodies.filter { $0.seatings.contains(where: \.seat.isElected) }
        guard !elected.isEmpty else {
            return part.emptyState(EmptyState("La alianza no ha registrado sus organismos."))
        }
        let columns: [Column<Seating, Order>] = [
            .text("Puesto") { $0.seat.title },
            .text("Quién") { $0.principal?.mandate.holderName },
            .date("Hasta") { $0.principal?.mandate.endsOn },
        ]
        for seated in elected {
            let seatings = seated.seatings.filter(\.seat.isElected)
            let held = seatings.filter { !$0.isVacant }
            part.h3(seated.body.name)
            if !held.isEmpty { part.table(seated.body.name, columns, held) }
            let vacant = seatings.count - held.count
            if vacant > 0 {
                part.p(
                    held.isEmpty
                        ? vacant == 1
                            ? "Su puesto está sin ocupar." : "Sus \(vacant) puestos están sin ocupar."
                        : "Y \(SpanishFormat.count(vacant, "puesto", "puestos")) sin ocupar.")
            }
        }
    }

    // MARK: Data

    private func write(_ own: OwnFile, _ part: inout HTML) {
        let file = own.file
        part.facts(
            Fact("Nombre", file.name), Fact("Documento", file.document.formatted),
            Fact("Municipio", file.municipality), Fact("Afiliación", file.affiliation.status),
            Fact("Nacimiento", file.registered.map { SpanishFormat.date($0.birthDate) }),
            Fact("Teléfono", file.registered?.phone), Fact("Correo", file.registered?.email))
        if !file.papers.isEmpty {
            part.h3("Documentos que se registraron")
            part.ul { list in
                for paper in file.papers {
                    list.li { item in
                        item.text("\(paper.words). ")
                        item.status(paper.status)
                    }
                }
            }
        }
        part.details(.class("technical")) { details in
            details.summary("¿Cumplo los requisitos para votar?")
            details.p(.class("dossier-verdict")) { line in
                line.status(own.dossier.verdict.status)
                line.text(" el \(SpanishFormat.longDate(own.dossier.day)).")
            }
            details.outcomes(of: own.dossier)
        }
        part.h3("Si algo está mal")
        part.p(
            "Pida que lo corrijan en la oficina de participación, con su documento. Mientras se reciben reclamaciones, pida también la corrección del censo."
        )
        let ways = [contact.phone, contact.email, contact.place].compactMap(\.self)
        part.p(
            ways.isEmpty
                ? "La entidad no ha publicado su correo ni su teléfono: acérquese a su oficina."
                : ways.joined(separator: " · "))
    }

    private func write(_ consents: [OwnFile.GivenConsent], _ part: inout HTML) {
        if consents.isEmpty {
            part.p("No consta ninguna autorización suya.")
        }
        for consent in consents {
            part.h3(consent.text.purpose.title)
            part.p(
                consent.withdrawnOn.map {
                    "La dio el \(SpanishFormat.longDate(consent.givenOn)) y la revocó el \(SpanishFormat.longDate($0))."
                }
                    ?? "La dio el \(SpanishFormat.longDate(consent.givenOn)). \(consent.channel.title).")
            part.details(.class("technical")) { details in
                details.summary("Lo que autorizó")
                details.write([consent.text])
            }
        }
        part.p { line in
            line.text("Puede revocarla cuando quiera, en la oficina de participación. ")
            line.a("Cómo se tratan los datos", .href(.privacy()))
        }
    }
}

extension Milestone {
    /// When it is, in words.
    fileprivate var period: String {
        closesAt.map { SpanishFormat.period(from: opensAt, until: $0) } ?? SpanishFormat.moment(opensAt)
    }
}

extension [String] {
    /// Each once, in the order in which it first comes.
    fileprivate var uniqued: Self {
        reduce(into: []) { kept, text in
            if !kept.contains(text) { kept.append(text) }
        }
    }
}
