import Governance
import Kernel
import Tenancy

/// What the person who looks may do in the governance of an alliance.
struct GovernanceRights {
    let mayAdopt: Bool
    let mayCreate: Bool
    let mayRecord: Bool
    let mayConstitute: Bool
    let mayAttach: Bool
    let mayOpen: Bool
    let mayHandOver: Bool
    let mayTell: Bool

    init(_ context: TenantContext, in stream: AuditStream) {
        mayAdopt = context.may(.adoptBylaws, in: stream)
        mayCreate = context.may(.createBodies, in: stream)
        mayRecord = context.may(.recordMandates, in: stream)
        mayConstitute = context.may(.recordConstitutions, in: stream)
        mayAttach = context.may(.attachPapers, in: stream)
        mayOpen = context.may(.openFiles, in: stream)
        mayHandOver = context.may(.handOver, in: stream)
        mayTell = context.may(.tellService, in: stream)
    }
}

/// How an alliance governs itself: bodies and who sits where until when, bylaws, constitution and registration.
struct GovernancePage: AlliancePage {
    let heading: AllianceHeading
    let answer: ReadGovernance.Answer
    let founding: ReadConstitution.Answer
    let rights: GovernanceRights

    var tab: AllianceTab { .governance }
    var help: HelpTopic { "gobierno" }

    func actions(_ html: inout HTML) {
        if rights.mayConstitute { html.action("Vida de la alianza", to: .life(heading.slug)) }
        if rights.mayAdopt { html.action("Registrar estatutos", to: .newBylaws(heading.slug)) }
        if rights.mayCreate {
            html.action("Crear un organismo", to: .newBody(heading.slug), .primary, icon: .plus)
        }
    }

    func content(_ html: inout HTML) {
        if answer.bodies.isEmpty {
            html.section("Organismos") { part in
                part.emptyState(
                    rights.mayCreate
                        ? EmptyState(
                            "Aún no hay junta, comité ni otros organismos.", next: "Crear el primero",
                            to: .newBody(heading.slug))
                        : EmptyState("Aún no hay junta, comité ni otros organismos."))
            }
        } else {
            writeFigures(&html)
        }
        for body in answer.bodies { html.section(body.body.name) { write(body, &$0) } }
        html.section("Estatutos o reglamento", id: "estatutos") { writeBylaws(&$0) }
        html.section("Constitución y registro", id: "constitucion") { writeFounding(&$0) }
    }

    private func writeFigures(_ html: inout HTML) {
        let elected = answer.bodies.flatMap(\.seatings).filter(\.seat.isElected)
        let ending = elected.count { seating in
            switch seating.principal?.standing {
            case .ending, .acting: true
            default: false
            }
        }
        let vacant = elected.count(where: \.isVacant)
        html.figures(
            KeyFigure(
                elected.count,
                elected.count == 1 ? "puesto que elige la alianza" : "puestos que elige la alianza"),
            KeyFigure(vacant, vacant == 1 ? "vacante" : "vacantes"),
            KeyFigure(ending, "terminan en 180 días o siguen en funciones"))
    }

    // MARK: Bodies

    /// Seats stand in the order of their body.
    private enum Order: String, SortKey {
        case seat = "puesto"
        static let initial = Self.seat
    }

    private func write(_ seated: SeatedBody, _ part: inout HTML) {
        part.p(seated.body.summary, .class("form-text"))
        var columns: [Column<Seating, Order>] = [.text("Puesto") { $0.seat.title }]
        if seated.body.isExternal { columns.append(.text("Sector") { $0.seat.sector }) }
        columns += [
            .text("Quién") { seating in
                seating.principal?.mandate.holderName
                    ?? seating.awaited.first.map { "\($0.mandate.holderName), \($0.mandate.waitsFor)" }
            },
            .date("Hasta") { $0.principal?.mandate.endsOn },
            .status("Estado") { $0.status },
        ]
        part.table("Puestos de \(seated.body.name)", columns, seated.seatings)
        part.p { line in
            line.a(
                "Suplentes, historial y actos de «\(seated.body.name)»",
                .href(.body(heading.slug, seated.body.id)))
        }
    }

    // MARK: Bylaws

    private func writeBylaws(_ part: inout HTML) {
        guard let inForce = answer.bylaws else {
            part.emptyState(
                rights.mayAdopt
                    ? EmptyState(
                        "No hay estatutos vigentes. De ellos salen el quórum, los plazos y la regla de conteo.",
                        next: "Registrar los estatutos", to: .newBylaws(heading.slug))
                    : EmptyState("No hay estatutos vigentes."))
            writeVersions(except: nil, &part)
            return
        }
        part.p { line in
            line.a(inForce.title, .href(.bylaws(heading.slug, inForce.version)))
            line.text(
                ", versión \(inForce.version), vigente desde el \(SpanishFormat.date(inForce.inForceFrom)).")
        }
        let papers = founding.papers.filter { $0.subject == .bylaws(inForce.id) }
        let approvedIn = answer.versions.first { $0.id == inForce.id }?.approvedIn
        if let approvedIn { part.p("Los aprobó: \(approvedIn).") }
        part.papers(papers, mayOpen: rights.mayOpen)
        if papers.isEmpty {
            if approvedIn == nil { part.p("No consta el acta que los aprobó.") }
            if rights.mayAttach {
                part.p { line in
                    line.action(
                        "Adjuntar el acta que los aprobó",
                        to: .attachBylawsMinutes(heading.slug, inForce.version))
                }
            }
        }
        part.parameters(of: inForce)
        writeVersions(except: inForce.id, &part)
    }

    private func writeVersions(except id: ID<Bylaws>?, _ part: inout HTML) {
        if !answer.projects.isEmpty {
            part.h3("Proyectos de reforma")
            part.ul { list in
                for project in answer.projects {
                    list.li { item in
                        item.a(
                            "\(project.title), versión \(project.version)",
                            .href(.bylawsProject(heading.slug, project.version)))
                        item.text(" ")
                        item.status(Status("Proyecto", .open))
                    }
                }
            }
        }
        if rights.mayAdopt, answer.bylaws != nil {
            part.p { $0.action("Preparar una reforma", to: .newBylawsProject(heading.slug)) }
        }
        let others = answer.versions.filter { $0.id != id }
        guard !others.isEmpty else { return }
        part.details { more in
            more.summary("Otras versiones (\(others.count))")
            more.ul { list in
                for version in others {
                    list.li { item in
                        item.a(
                            "Versión \(version.version), \(version.title)",
                            .href(.bylaws(heading.slug, version.version)))
                        item.text(", \(version.period)")
                        if let inForce = answer.bylaws {
                            item.text(". ")
                            item.a(
                                "Comparar con la vigente",
                                .href(
                                    .compareBylaws(
                                        heading.slug, min(version.version, inForce.version),
                                        max(version.version, inForce.version))),
                                .aria("label", "Comparar la versión \(version.version) con la vigente"))
                        }
                    }
                }
            }
        }
    }

    // MARK: Constitution and registration

    private func writeFounding(_ part: inout HTML) {
        if !rights.mayConstitute { part.p { $0.a("Vida de la alianza", .href(.life(heading.slug))) } }
        if founding.constitutions.isEmpty {
            part.p("No consta el acta de constitución.")
        }
        for constitution in founding.constitutions {
            part.h3("Asamblea del \(SpanishFormat.date(constitution.heldOn))")
            part.p(
                "\(constitution.place). Asistieron \(SpanishFormat.count(constitution.attendees, "persona", "personas")) y firmaron el acta \(constitution.signatories)."
            )
            let papers = founding.papers.filter { $0.subject == .constitution(constitution.id) }
            if let file = constitution.file {
                part.p { line in
                    if rights.mayOpen {
                        line.a("Acta de constitución firmada", .href(.file(file)))
                    } else {
                        line.text("El acta firmada está adjunta.")
                    }
                }
            }
            part.papers(papers, mayOpen: rights.mayOpen)
            if constitution.file == nil, papers.isEmpty, constitution == founding.constitutions.first {
                part.p("Falta el archivo del acta firmada.")
                if rights.mayAttach {
                    part.p { $0.action("Adjuntar el acta", to: .attachConstitution(heading.slug)) }
                }
            }
            if rights.mayConstitute {
                part.p {
                    $0.action(
                        "Corregir o completar la constitución",
                        to: .correctConstitution(heading.slug, constitution.id))
                }
            }
            // Who belongs to an alliance is sensitive: the names are for those who keep the paper.
            if rights.mayConstitute, !constitution.signers.isEmpty {
                part.details { more in
                    more.summary("Quiénes firmaron")
                    more.ul { list in
                        for signer in constitution.signers {
                            list.li(signer.name + (signer.office.map { ", \($0)" } ?? ""))
                        }
                    }
                }
            }
        }
        writeSessions(&part)
        if founding.registrations.isEmpty {
            part.p("No consta el registro ante la autoridad competente.")
        }
        for registration in founding.registrations {
            part.p(
                "Registro \(registration.number) ante \(registration.authority)\(registration.registeredOn.map { ", del \(SpanishFormat.date($0))" } ?? ", sin fecha")."
            )
            let papers = founding.papers.filter { $0.subject == .registration(registration.id) }
            part.papers(papers, mayOpen: rights.mayOpen)
            if papers.isEmpty, registration.file == nil, rights.mayAttach {
                part.p {
                    $0.action(
                        "Adjuntar el certificado", to: .attachCertificate(heading.slug, registration.id))
                }
            }
            if rights.mayConstitute {
                part.p {
                    $0.action(
                        "Corregir o completar el registro",
                        to: .correctRegistration(heading.slug, registration.id))
                }
            }
        }
        guard rights.mayConstitute else { return }
        part.p(.class("part-actions")) { line in
            line.action("Registrar la constitución", to: .newConstitution(heading.slug))
            line.action("Anotar el registro", to: .newRegistration(heading.slug))
        }
    }

    private func writeSessions(_ part: inout HTML) {
        guard !founding.sessions.isEmpty else { return }
        part.h3("Sesiones de socialización")
        part.ul { list in
            for session in founding.sessions {
                list.li { item in
                    item.a(
                        SpanishFormat.date(session.meeting.day),
                        .href(.meeting(heading.slug, session.meeting.id)))
                }
            }
        }
    }
}

extension Body {
    /// What the body is, in one paragraph.
    var summary: String {
        let limit = limitWords.map { " \($0)." } ?? ""
        return "\(placeWords). Período de \(termWords).\(limit) \(formationWords) \(endWords)"
    }

    /// Its kind, and whether it is outside.
    var placeWords: String { kind.title + (isExternal ? ", fuera de la alianza" : "") }

    /// How long a period is, with its norm.
    var termWords: String {
        let norm = term.norm.map { " (\($0), \(term.isConfirmed ? "confirmado" : "sin confirmar"))" } ?? ""
        return SpanishFormat.count(term.months, "mes", "meses") + norm
    }

    /// How many periods in a row, with the norm; `nil` where there is no limit.
    var limitWords: String? {
        term.consecutiveTerms.map { terms in
            "Máximo \(SpanishFormat.count(terms, "período seguido", "períodos seguidos"))"
                + (term.consecutiveTermsNorm.map { " (\($0))" } ?? "")
        }
    }

    /// What makes a mandate.
    var formationWords: String {
        formation == .proclamation
            ? "La proclamación basta para ocupar el puesto."
            : "Después de la proclamación siguen el acto de nombramiento y la posesión."
    }

    /// What happens on the last day.
    var endWords: String {
        continuesUntilReplaced
            ? "Quien termina sigue en funciones hasta que lo reemplacen."
            : "Al terminar el período el puesto queda vacante."
    }
}

extension Seat {
    /// The name with the sector that the seat speaks for.
    var fullTitle: String { sector.map { "\(title) (\($0))" } ?? title }
}

extension Seating {
    /// Where the seat stands as a chip.
    var status: Status {
        if let principal { return principal.standing.status }
        if awaited.contains(where: { $0.mandate.rank == 0 }) { return Status("Por posesionarse", .open) }
        return seat.isElected ? Status("Vacante", .overdue) : Status("Sin dato", .unproven)
    }

    /// Who sits there, since when and until when.
    var sentence: String {
        guard let principal else {
            guard seat.isElected else { return "No consta quién lo ocupa." }
            return vacantSince.map { "Vacante desde el \(SpanishFormat.date($0))." }
                ?? "Nadie lo ha ocupado todavía."
        }
        let time = principal.standing.timeLeft.map { " \($0)" } ?? ""
        if principal.mandate.state == .ended {
            let reason = principal.mandate.endReason.map { ": \($0.title.lowercased())" } ?? ""
            return
                "\(principal.mandate.holderName), hasta el \(SpanishFormat.longDate(principal.mandate.lastDay))\(reason).\(time)"
        }
        return "\(principal.mandate.holderName), \(principal.mandate.period).\(time)"
    }
}

extension MandateSummary {
    /// The stretch of days: «del 1 de marzo de 2024 al 28 de febrero de 2026».
    var period: String {
        actsFrom <= endsOn
            ? SpanishFormat.dates(actsFrom...endsOn) : "hasta el \(SpanishFormat.date(endsOn))"
    }

    /// What a mandate that has not begun waits for.
    var waitsFor: String {
        guard state == .pending else { return "comienza el \(SpanishFormat.date(actsFrom))" }
        return appointmentAct == nil ? "espera el acto de nombramiento" : "espera la posesión"
    }
}

extension BylawsVersion {
    /// When the version counts.
    var period: String {
        let from = "vigente desde el \(SpanishFormat.date(inForceFrom))"
        return inForceUntil.map { "\(from) hasta el \(SpanishFormat.date($0))" } ?? from
    }
}
