import Governance
import Kernel
import Tenancy

/// The trainings of a year: topics with the entity's answers, the programme, and what was held.
struct TrainingsPage: Page {
    let heading: AllianceHeading
    let answer: ReadTrainings.Answer
    let mayPropose: Bool
    let mayAnswer: Bool
    let mayPlan: Bool
    /// Whether the person opens a training, where those who came are named.
    let mayOpen: Bool
    let mayEvaluate: Bool

    private enum Order: String, SortKey {
        case month = "mes"
        static let initial = Self.month
    }

    private var slug: AllianceSlug { heading.slug }
    private var year: Int { answer.year }

    var title: String { "Capacitaciones de \(year)" }
    var lead: String? {
        "Los temas que se proponen y lo que la entidad responde; el programa del año y lo que se dio."
    }
    var trail: [Crumb] { heading.trail(from: .plan) + [Crumb("Plan de \(year)", .plan(slug, year))] }
    var help: HelpTopic { "capacitaciones" }

    func actions(_ html: inout HTML) {
        if mayPropose { html.action("Proponer un tema", to: Path.newTopic(slug).with("ano", String(year))) }
        if mayPlan {
            html.action("Agregar al programa", to: .newTraining(slug, year), .primary, icon: .plus)
        }
    }

    func body(_ html: inout HTML) {
        html.nav(.class("month-nav"), .aria("label", "Años")) { nav in
            nav.action("\(year - 1)", to: Path.trainings(slug).with("ano", String(year - 1)))
            nav.action("\(year + 1)", to: Path.trainings(slug).with("ano", String(year + 1)))
        }
        html.section("Programa", id: "programa") { writeProgramme(&$0) }
        html.section("Temas propuestos", id: "temas") { writeTopics(&$0) }
        if !answer.others.isEmpty {
            html.section("Fuera del programa", id: "otras") { part in
                part.ul { list in
                    for meeting in answer.others {
                        list.li { item in
                            item.text("\(SpanishFormat.date(meeting.day)): ")
                            item.a(meeting.title, .href(.meeting(slug, meeting.id)))
                            item.text(" ")
                            item.status(meeting.state.status)
                        }
                    }
                }
            }
        }
    }

    private func writeProgramme(_ part: inout HTML) {
        guard !answer.programme.isEmpty else {
            part.emptyState(
                mayPlan
                    ? EmptyState(
                        "El programa de \(year) está vacío.", next: "Agregar la primera capacitación",
                        to: .newTraining(slug, year)) : EmptyState("El programa de \(year) está vacío."))
            return
        }
        let today = answer.today
        var columns: [Column<ReadTrainings.Entry, Order>] = [
            .text("Tema", to: { path(of: $0) }) { $0.training.topic },
            .text("Mes") { (SpanishFormat.monthName($0.training.month) ?? "").capitalizedFirst },
            .text("Para") { $0.training.audience.title },
            .text("La dicta") { $0.training.provider },
            .text("Actividad") { entry in
                answer.plan?.activities.first { $0.id == entry.training.activity }?.number
            },
            .date("Día") { $0.meeting?.day },
            .status("Estado") { $0.training.status(in: $0.meeting, on: today) },
        ]
        if mayEvaluate {
            columns.append(
                .custom("Evaluación") { html, entry in
                    guard entry.meeting?.state == .held else { return html.absent() }
                    html.a("Evaluarla", .href(.evaluateOwnTraining(slug, entry.training.id)))
                })
        }
        part.table("Programa de capacitaciones de \(year)", columns, answer.programme)
    }

    private func path(of entry: ReadTrainings.Entry) -> Path? {
        mayOpen ? .training(slug, entry.training.id) : entry.meeting.map { .meeting(slug, $0.id) }
    }

    private func writeTopics(_ part: inout HTML) {
        if answer.unproposed > 0 {
            part.p(
                "El plan trae \(SpanishFormat.count(answer.unproposed, "tema que no se ha propuesto", "temas que no se han propuesto")) a la entidad."
            )
            if heading.principal.holds(.registerPlans, in: heading.stream) {
                part.action("Proponer los temas del plan", posting: .proposePlanTopics(slug, year))
            }
        }
        guard !answer.topics.isEmpty else {
            if answer.unproposed == 0 {
                part.emptyState(
                    mayPropose
                        ? EmptyState(
                            "Nadie ha propuesto temas para \(year).", next: "Proponer el primero",
                            to: Path.newTopic(slug).with("ano", String(year)))
                        : EmptyState("Nadie ha propuesto temas para \(year)."))
            }
            return
        }
        let columns: [Column<TopicProposal, Order>] = [
            .text("Tema") { $0.topic }, .text("Para") { $0.audience.title },
            .text("Lo propone") { $0.origin.title }, .date("Desde el") { $0.proposedOn },
            .status("Respuesta") { $0.status },
            .text("Qué respondió la entidad") { topic in
                topic.answer.map { "\(SpanishFormat.date($0.day)): \($0.words)" }
            },
            .custom("Qué sigue") { html, topic in
                if topic.answer == nil, mayAnswer {
                    html.a("Responder", .href(.answerTopic(slug, year, topic.id)))
                } else if topic.answer?.isAccepted == true, mayPlan,
                    !answer.programme.contains(where: { $0.training.proposal == topic.id })
                {
                    html.a(
                        "Ponerla en el programa",
                        .href(Path.newTraining(slug, year).with("tema", topic.id.description)))
                } else {
                    html.absent()
                }
            },
        ]
        part.table("Temas propuestos para \(year)", columns, answer.topics)
    }
}

/// The questions of a training of the programme.
struct TrainingForm {
    let topic = Field.text("topic", "Tema", max: 200)
    let audience = Field.choice("audience", "Para", WorkPlan.Audience.allCases, title: \.title)
    let provider = Field.text(
        "provider", "Quién la dicta", max: 200, hint: "La entidad, la secretaría de salud.")
    let month = Field.choice(
        "month", "Mes", Array(1...12), title: { (SpanishFormat.monthName($0) ?? "").capitalizedFirst },
        style: .menu)
    let activity: Field<ActivityReference?>
    let stay = Field.integer(
        "stay", "Porcentaje que hay que quedarse para certificarse", in: 1...100)

    init(_ plan: WorkPlan?) {
        activity = ActivityReference.field(plan?.activities ?? [])
    }
}

/// Adds a training to the programme of a year.
struct NewTrainingPage: Page {
    let heading: AllianceHeading
    let answer: ReadTrainings.Answer
    /// The proposal that it answers.
    let topic: TopicProposal?
    let form: FormState

    var title: String { "Agregar una capacitación al programa de \(answer.year)" }
    var trail: [Crumb] {
        heading.trail(from: .plan) + [
            Crumb("Capacitaciones", Path.trainings(heading.slug).with("ano", String(answer.year)))
        ]
    }
    var help: HelpTopic { "capacitaciones" }

    func body(_ html: inout HTML) {
        let fields = TrainingForm(answer.plan)
        var state = form
        if !form.isTyped {
            state = form.filling(fields.topic, with: topic?.topic)
                .filling(fields.audience, with: topic?.audience).filling(
                    fields.stay, with: Training.usualStay)
        }
        let path: Path = .newTraining(heading.slug, answer.year)
        html.form(to: topic.map { path.with("tema", $0.id.description) } ?? path, state) { form in
            form.field(fields.topic)
            form.field(fields.audience)
            form.field(fields.provider)
            form.field(fields.month)
            if answer.plan != nil { form.field(fields.activity) }
            form.field(fields.stay)
            form.submit(
                "Agregar al programa", orBackTo: Path.trainings(heading.slug).with("ano", String(answer.year))
            )
        }
    }
}

/// A training: its meeting, who came and for how long, how they found it, and its certificates.
struct TrainingPage: Page {
    let heading: AllianceHeading
    let answer: ReadTraining.Answer
    let mayPlan: Bool

    private enum Order: String, SortKey {
        case name = "nombre"
        static let initial = Self.name
    }

    private var training: Training { answer.training }
    private var slug: AllianceSlug { heading.slug }

    var title: String { training.topic }
    var trail: [Crumb] {
        heading.trail(from: .plan) + [
            Crumb("Capacitaciones", Path.trainings(slug).with("ano", String(training.year)))
        ]
    }
    var help: HelpTopic { "capacitaciones" }

    func actions(_ html: inout HTML) {
        if answer.meeting?.state == .held {
            html.action(
                "Formato de evaluación (PDF)", to: .evaluationSheet(slug, training.id), icon: .document)
            html.action("Anotar una evaluación", to: .evaluateTraining(slug, training.id), .primary)
        } else if answer.meeting == nil, training.dropReason == nil, mayPlan {
            html.action("Quitar del programa", to: .dropTraining(slug, training.id))
            html.action("Programar la reunión", to: .scheduleTraining(slug, training.id), .primary)
        }
    }

    func body(_ html: inout HTML) {
        html.p { line in
            line.status(training.status(in: answer.meeting, on: answer.today))
        }
        html.facts(
            Fact("Para", training.audience.title), Fact("La dicta", training.provider),
            Fact("Mes", SpanishFormat.monthName(training.month)),
            Fact("Actividad del plan") { fact in
                if let activity = answer.activity {
                    fact.a(
                        "\(activity.number). \(activity.activity)",
                        .href(.activity(slug, training.year, activity.id)))
                } else {
                    fact.text("Cuenta para todas las que se cumplen con capacitaciones")
                }
            },
            Fact("Reunión") { fact in
                if let meeting = answer.meeting {
                    fact.a(
                        "\(SpanishFormat.longDate(meeting.day)), \(meeting.title)",
                        .href(.meeting(slug, meeting.id)))
                } else {
                    fact.text(training.dropReason.map { "No se dará: \($0)" } ?? "Sin programar")
                }
            },
            Fact("Para certificarse", "Quedarse el \(training.stayPercent) % de la sesión o más"))
        html.section("Quiénes asistieron", id: "asistencia") { writeTrainees(&$0) }
        html.section("Cómo les pareció", id: "evaluacion") { writeEvaluations(&$0) }
    }

    private func writeTrainees(_ part: inout HTML) {
        guard !answer.trainees.isEmpty else {
            part.p(
                answer.meeting?.state == .held && answer.meeting?.session == nil
                    ? "La reunión no se llevó aquí: de cada persona no consta cuánto se quedó, y no hay certificados."
                    : "La asistencia se toma en la sesión de la reunión. Los certificados salen cuando se cierra."
            )
            return
        }
        let certified = answer.trainees.count { $0.isCertified(of: training) }
        part.figures(
            KeyFigure(answer.trainees.count, answer.trainees.count == 1 ? "asistente" : "asistentes"),
            KeyFigure(certified, certified == 1 ? "se certifica" : "se certifican"))
        if certified > 1 {
            let most = TrainingCertificates.limit
            let parts = (certified + most - 1) / most
            part.div(.class("part-actions")) { actions in
                for number in 1...parts {
                    actions.action(
                        parts == 1
                            ? "Todos los certificados en un PDF"
                            : "Certificados, parte \(number) de \(parts) (PDF)",
                        to: .trainingCertificates(slug, training.id, number), icon: .print)
                }
            }
        }
        let columns: [Column<Trainee, Order>] = [
            .text("Nombre") { $0.name }, .text("Se quedó") { "\($0.stayed) %" },
            .status("Certificado") {
                $0.isCertified(of: training) ? Status("Se certifica", .met) : Status("No alcanzó", .plain)
            },
            .custom("Documento") { html, trainee in
                if trainee.isCertified(of: training) {
                    html.a(
                        "Certificado de \(trainee.name)",
                        .href(.trainingCertificate(slug, training.id, trainee.id)))
                } else {
                    html.absent()
                }
            },
        ]
        part.table("Asistentes", columns, answer.trainees)
    }

    private func writeEvaluations(_ part: inout HTML) {
        let evaluations = answer.evaluations
        guard !evaluations.isEmpty else {
            part.p(
                "Nadie la ha evaluado. Quienes asistieron lo hacen desde su cuenta, o en el formato de papel."
            )
            return
        }
        func mean(_ mark: (TrainingEvaluation) -> Int) -> String {
            TrainingEvaluation.mean(of: mark, over: evaluations)
                .map { SpanishFormat.number($0, decimals: 1) } ?? ""
        }
        part.figures(
            KeyFigure(evaluations.count, evaluations.count == 1 ? "evaluación" : "evaluaciones"),
            KeyFigure(mean(\.content), "el contenido, de 5"),
            KeyFigure(mean(\.trainer), "quien la dictó, de 5"),
            KeyFigure(mean(\.usefulness), "le sirve, de 5"))
        let remarks = evaluations.compactMap(\.remark)
        guard !remarks.isEmpty else { return }
        part.ul { list in
            for remark in remarks { list.li(remark) }
        }
    }
}
