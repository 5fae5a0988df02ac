import Governance
import Kernel
import Tenancy

/// The life of an alliance: each step with what shows it, what is missing, and what is next.
struct LifePage: Page {
    let heading: AllianceHeading
    let life: AllianceLife
    let dissolution: Dissolution?
    let mayKeep: Bool
    let mayConstitute: Bool
    let mayOpen: Bool

    var title: String { "Vida de la alianza" }
    var lead: String? {
        "De la convocatoria a la renovación: el estado cambia solo con lo que se registra y con las fechas."
    }
    var trail: [Crumb] { heading.trail(from: .governance) }
    var help: HelpTopic { "vida-de-la-alianza" }

    private var slug: AllianceSlug { heading.slug }
    private var isConstituted: Bool { !life.constitutions.isEmpty }

    func body(_ html: inout HTML) {
        html.p { $0.status(life.state.status) }
        if let dissolution {
            html.note(
                .info,
                "Disuelta el \(SpanishFormat.longDate(dissolution.decidedOn)), según \(dissolution.act): \(dissolution.reason)"
            )
        }
        html.lifeAlarm(life.state == .dissolved ? nil : life.period, on: life.today, of: slug)
        html.section("Expediente", id: "expediente") { part in
            part.steps([call, sessions, enrolment, constitution, registration, renewal])
        }
        html.section("Antes de la plataforma", id: "historia") { part in
            part.p(
                "Los períodos, las actas y las elecciones de antes entran de una hoja de cálculo, con sus escaneos y la marca «del papel»."
            )
            part.p(.class("part-actions")) { $0.action("Historia del papel", to: .history(slug)) }
        }
    }

    // MARK: Steps

    private var call: Step {
        Step(
            title: "Convocatoria",
            status: life.call != nil ? Status("Hecha", .met) : missing,
            when: life.call.map { SpanishFormat.longDate($0.calledOn) },
            isCurrent: life.state == .draft
        ) { [self] step in
            if let call = life.call {
                step.p(
                    "Convocó \(call.calledBy == .entity ? "la entidad" : "un grupo de usuarios"): \(call.caller). A \(call.addressedTo), por \(call.channels)."
                )
                write(call.file, "La convocatoria", &step)
            } else {
                step.p("No consta quién convocó: la entidad o los mismos usuarios.")
            }
            if mayKeep, life.state != .dissolved {
                step.p {
                    $0.action(
                        life.call == nil ? "Registrar la convocatoria" : "Registrar otra convocatoria",
                        to: .newAllianceCall(slug))
                }
            }
        }
    }

    private var sessions: Step {
        Step(
            title: "Sesiones antes de la asamblea",
            status: life.sessions.map {
                $0.held >= $0.needed ? Status("Hechas", .met) : Status("Faltan", .open)
            } ?? (isConstituted ? Status("Sin dato", .unproven) : missing),
            isCurrent: life.state == .convened
        ) { [self] step in
            if let sessions = life.sessions {
                step.p { line in
                    line.a(
                        "\(sessions.held) de \(SpanishFormat.count(sessions.needed, "sesión", "sesiones"))",
                        .href(.series(slug, sessions.series)))
                }
            } else {
                step.p("No hay un ciclo de sesiones de constitución.")
                if heading.path(to: .meetings) != nil {
                    step.p { $0.a("Ver las reuniones", .href(.meetings(slug))) }
                }
            }
        }
    }

    private var enrolment: Step {
        Step(
            title: "Inscripción",
            status: life.members > 0
                ? Status("Abierta", .met) : life.applicants > 0 ? Status("En curso", .open) : missing,
            isCurrent: life.state == .enrolling
        ) { [self] step in
            step.p { line in
                line.text(
                    "\(SpanishFormat.count(life.members, "asociado", "asociados")) hoy; \(SpanishFormat.count(life.applicants, "persona pidió", "personas pidieron")) ingresar.",
                    leadingTo: heading.path(to: .members))
            }
        }
    }

    private var constitution: Step {
        let latest = life.constitutions.first
        return Step(
            title: "Constitución",
            status: latest == nil ? missing : Status("Hecha", .met),
            when: latest.map { SpanishFormat.longDate($0.heldOn) }
        ) { [self] step in
            if let latest {
                step.p(
                    "\(latest.place). Asistieron \(SpanishFormat.count(latest.attendees, "persona", "personas")); firmaron \(latest.signatories)."
                )
                write(latest.file, "El acta de constitución", &step)
                if life.constitutions.count > 1 {
                    step.p(
                        "Constan \(life.constitutions.count) asambleas de constitución.", .class("form-text"))
                }
            }
            step.p { line in
                line.a(
                    latest == nil ? "Ver la constitución" : "Ver el acta, sus firmas y sus documentos",
                    .href(Path.governance(slug).at(anchor: "constitucion")))
            }
            if mayConstitute, latest == nil, life.state != .dissolved {
                step.p { $0.action("Registrar la constitución", to: .newConstitution(slug)) }
            }
        }
    }

    private var registration: Step {
        let latest = life.registrations.first
        return Step(
            title: "Registro ante la autoridad",
            status: latest != nil
                ? Status("Hecho", .met) : life.registrySteps.isEmpty ? missing : Status("En trámite", .open),
            when: latest?.registeredOn.map { SpanishFormat.longDate($0) },
            isCurrent: life.state == .constituted
        ) { [self] step in
            if let latest { step.p("Registro \(latest.number) ante \(latest.authority).") }
            if !life.registrySteps.isEmpty {
                step.ol(.class("history")) { list in
                    for each in life.registrySteps {
                        list.li { item in
                            item.strong("\(SpanishFormat.date(each.happenedOn)): \(each.kind.title)")
                            item.text(", \(each.authority)\(each.number.map { ", radicado \($0)" } ?? "").")
                            if !each.note.isEmpty { item.text(" \(each.note)") }
                            if let file = each.file, mayOpen {
                                item.text(" ")
                                item.a("Documento", .href(.file(file)))
                            }
                        }
                    }
                }
            }
            if !isConstituted { step.p("Sigue después de la constitución.") }
            guard isConstituted, life.state != .dissolved else { return }
            step.p(.class("part-actions")) { line in
                if mayKeep { line.action("Anotar un trámite o respuesta", to: .newRegistryStep(slug)) }
                if mayConstitute { line.action("Anotar el registro", to: .newRegistration(slug)) }
            }
        }
    }

    private var renewal: Step {
        Step(
            title: "Período y renovación",
            status: life.period?.status(on: life.today) ?? missing,
            when: life.period.map { "Hasta el \(SpanishFormat.longDate($0.endsOn))" },
            isCurrent: [.active, .renewalDue, .expired].contains(life.state)
        ) { [self] step in
            step.p(life.period?.words(on: life.today) ?? "El período empieza con la constitución.")
            for renewal in life.renewals where renewal.state == .done {
                step.p(
                    "Renovada el \(SpanishFormat.date(renewal.renewedOn ?? renewal.begunOn)), con \(SpanishFormat.count(renewal.confirmed, "asociado que confirmó", "asociados que confirmaron")): \(renewal.minutes ?? "")\(renewal.registration.map { ". Registro: \($0)" } ?? "")."
                )
                write(renewal.file, "El acta de renovación", &step)
            }
            guard let period = life.period, life.state != .dissolved else { return }
            if let open = life.openRenewal {
                step.p(
                    "Renovación en curso desde el \(SpanishFormat.date(open.begunOn)): \(open.confirmed) de \(SpanishFormat.count(life.members, "asociado ha confirmado", "asociados han confirmado"))."
                )
                guard mayKeep else { return }
                step.p(.class("part-actions")) { line in
                    line.action("Anotar quiénes confirman", to: .confirmMembers(slug, open.id))
                    if open.confirmed > 0 {
                        line.action("Terminar con el acta", to: .finishRenewal(slug, open.id), .primary)
                    }
                    line.action("Descartar", to: .dropRenewal(slug, open.id))
                }
            } else if mayKeep {
                step.p(.class("part-actions")) { line in
                    line.action(
                        "Comenzar la renovación", to: .beginRenewal(slug),
                        period.isAlarming(on: life.today) ? .primary : .secondary)
                }
            }
        }
    }

    private var missing: Status { Status("Falta", .open) }

    private func write(_ file: ID<StoredFile>?, _ words: String, _ step: inout HTML) {
        guard let file else { return }
        step.p { line in
            if mayOpen {
                line.a(words, .href(.file(file)))
            } else {
                line.text("\(words) está guardada.")
            }
        }
    }
}
