import Governance
import Kernel
import Tenancy

/// Topics, programme, evaluations and certificates of trainings.
struct TrainingRoutes {
    private static let year = Field.year("ano", "Año").optional()

    func add(to tenant: TenantRoutes) {
        tenant.get(Path.trainings) { context, slug in
            let heading = try await context.alliance(slug)
            let year = (try? Self.year.read(Entries(context.visit.query))) ?? nil
            return TrainingsPage(
                heading: heading,
                answer: try await context.fetch(ReadTrainings(of: heading.alliance.id, in: year)),
                mayPropose: context.may(.proposeTopics, in: heading.stream),
                mayAnswer: context.may(.answerTopics, in: heading.stream),
                mayPlan: context.may(.planMeetings, in: heading.stream),
                mayOpen: context.may(.recordAttendance, in: heading.stream),
                mayEvaluate: context.may(.evaluateTrainings, in: heading.stream))
        }
        tenant.form(Path.newTopic, show: topicToPropose, act: propose)
        tenant.post(Path.proposePlanTopics) { context, form, slug, year in
            let heading = try await context.alliance(slug, toUse: .registerPlans)
            let count = try await context.run(ProposePlanTopics(of: heading.alliance.id, in: year), form)
            return Redirect(
                to: Path.trainings(slug).with("ano", String(year)),
                "\(SpanishFormat.count(count, "tema quedó propuesto", "temas quedaron propuestos").capitalizedFirst)."
            )
        }
        tenant.form(Path.answerTopic, show: topicToAnswer, act: answer)
        tenant.form(Path.newTraining, show: trainingToPlan, act: plan)
        tenant.get(Path.training) { context, slug, id in
            let (heading, answer) = try await found(id, slug, context)
            return TrainingPage(
                heading: heading, answer: answer, mayPlan: context.may(.planMeetings, in: heading.stream))
        }
        tenant.form(Path.scheduleTraining, show: trainingToSchedule, act: schedule)
        tenant.form(Path.dropTraining, show: trainingToDrop, act: drop)
        tenant.form(Path.evaluateTraining, show: trainingToEvaluate, act: evaluate)
        tenant.form(Path.evaluateOwnTraining, show: ownTraining, act: evaluateOwn)
        tenant.get(Path.evaluationSheet, sheet)
        tenant.get(Path.trainingCertificate, certificate)
        tenant.get(Path.trainingCertificates, certificates)
        tenant.get(Path.ownTrainingCertificate, ownCertificate)
    }

    @Sendable private func found(
        _ id: ID<Training>, _ slug: AllianceSlug, _ context: TenantContext
    ) async throws -> (heading: AllianceHeading, answer: ReadTraining.Answer) {
        let heading = try await context.alliance(slug, toUse: .recordAttendance)
        return (heading, try await context.fetch(ReadTraining(id, of: heading.alliance.id)))
    }

    // MARK: Topics

    private func year(_ context: TenantContext) -> Int {
        ((try? Self.year.read(Entries(context.visit.query))) ?? nil) ?? context.today.components.year
    }

    /// Whether the person says who proposes: the office and the board do for others.
    private func asksOrigin(_ context: TenantContext, _ heading: AllianceHeading) -> Bool {
        context.may(.planMeetings, in: heading.stream)
    }

    @Sendable private func topicToPropose(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> NewTopicPage {
        let heading = try await context.alliance(slug, toUse: .proposeTopics)
        return NewTopicPage(
            heading: heading, year: year(context), asksOrigin: asksOrigin(context, heading), form: state)
    }

    @Sendable private func propose(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .proposeTopics)
        let year = year(context)
        let (topic, audience, reason) = try form.read(
            NewTopicPage.topic, NewTopicPage.audience, NewTopicPage.reason)
        let origin = asksOrigin(context, heading) ? try form.read(NewTopicPage.origin) : .member
        try await context.run(
            ProposeTopic(
                topic, of: heading.alliance.id, in: year, for: audience, from: origin, because: reason), form)
        return Redirect(
            to: Path.trainings(slug).with("ano", String(year)),
            "El tema quedó propuesto. La respuesta de la entidad aparecerá aquí.")
    }

    private func topic(
        _ id: ID<TopicProposal>, _ year: Int, _ slug: AllianceSlug, _ context: TenantContext
    ) async throws -> (heading: AllianceHeading, topic: TopicProposal) {
        let heading = try await context.alliance(slug, toUse: .answerTopics)
        let answer = try await context.fetch(ReadTrainings(of: heading.alliance.id, in: year))
        guard let topic = answer.topics.first(where: { $0.id == id }) else { throw NoSuchPage() }
        return (heading, topic)
    }

    @Sendable private func topicToAnswer(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ year: Int,
        _ id: ID<TopicProposal>
    ) async throws -> AnswerTopicPage {
        let (heading, topic) = try await topic(id, year, slug, context)
        return AnswerTopicPage(heading: heading, topic: topic, form: state)
    }

    @Sendable private func answer(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ year: Int,
        _ id: ID<TopicProposal>
    ) async throws -> Redirect {
        let (heading, _) = try await topic(id, year, slug, context)
        let (choice, words) = try form.read(AnswerTopicPage.choice, AnswerTopicPage.words)
        try await context.run(
            AnswerTopic(id, of: heading.alliance.id, isAccepted: choice == .accepted, with: words), form)
        return Redirect(to: Path.trainings(slug).with("ano", String(year)), "La respuesta quedó anotada.")
    }

    // MARK: Programme

    private func proposed(
        _ answer: ReadTrainings.Answer, _ context: TenantContext
    ) -> TopicProposal? {
        answer.topics.first { $0.id.description == context.visit["tema"] }
    }

    @Sendable private func trainingToPlan(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ year: Int
    ) async throws -> NewTrainingPage {
        let heading = try await context.alliance(slug, toUse: .planMeetings)
        guard (2000...2100).contains(year) else { throw NoSuchPage() }
        let answer = try await context.fetch(ReadTrainings(of: heading.alliance.id, in: year))
        return NewTrainingPage(
            heading: heading, answer: answer, topic: proposed(answer, context), form: state)
    }

    @Sendable private func plan(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ year: Int
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .planMeetings)
        let answer = try await context.fetch(ReadTrainings(of: heading.alliance.id, in: year))
        let fields = TrainingForm(answer.plan)
        let (topic, audience, provider) = try form.read(fields.topic, fields.audience, fields.provider)
        let (month, activity, stay) = try form.read(fields.month, fields.activity, fields.stay)
        let training = try Training(
            year: year, month: month, topic: topic, audience: audience, provider: provider,
            activity: activity?.id, proposal: proposed(answer, context)?.id, stayPercent: stay)
        try await context.run(PlanTraining(training, of: heading.alliance.id), form)
        return Redirect(to: .training(slug, training.id), "La capacitación quedó en el programa de \(year).")
    }

    @Sendable private func trainingToSchedule(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Training>
    ) async throws -> ScheduleTrainingPage {
        let (heading, answer) = try await found(id, slug, context)
        return ScheduleTrainingPage(heading: heading, training: answer.training, form: state)
    }

    @Sendable private func schedule(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Training>
    ) async throws -> Redirect {
        let (heading, answer) = try await found(id, slug, context)
        let (day, startsAt, endsAt) = try form.read(
            ScheduleTrainingPage.day, ScheduleTrainingPage.startsAt, ScheduleTrainingPage.endsAt)
        let (mode, place, link) = try form.read(
            ScheduleTrainingPage.mode, ScheduleTrainingPage.place, ScheduleTrainingPage.link)
        let meeting = try Meeting(
            kind: .training, title: answer.training.topic, day: day, startsAt: startsAt, endsAt: endsAt,
            mode: mode, place: place, link: link, participants: [answer.training.audience.title])
        try await context.run(ScheduleTraining(id, of: heading.alliance.id, in: meeting), form)
        return Redirect(to: .meeting(slug, meeting.id), "La capacitación quedó en el calendario.")
    }

    @Sendable private func trainingToDrop(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Training>
    ) async throws -> DropTrainingPage {
        let (heading, answer) = try await found(id, slug, context)
        return DropTrainingPage(heading: heading, training: answer.training, form: state)
    }

    @Sendable private func drop(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Training>
    ) async throws -> Redirect {
        let (heading, answer) = try await found(id, slug, context)
        try await context.run(
            DropTraining(id, of: heading.alliance.id, because: form.read(DropTrainingPage.reason)), form)
        return Redirect(
            to: Path.trainings(slug).with("ano", String(answer.training.year)),
            "La capacitación ya no está en el programa.")
    }

    // MARK: Evaluations

    @Sendable private func trainingToEvaluate(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Training>
    ) async throws -> EvaluateTrainingPage {
        let (heading, answer) = try await found(id, slug, context)
        return EvaluateTrainingPage(
            heading: heading, topic: answer.training.topic, path: .evaluateTraining(slug, id),
            back: .training(slug, id), isOwn: false, form: state)
    }

    @Sendable private func evaluate(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Training>
    ) async throws -> Redirect {
        let (heading, _) = try await found(id, slug, context)
        try await context.run(
            EvaluateTraining(EvaluationForm().read(form), of: id, in: heading.alliance.id), form)
        return Redirect(to: .evaluateTraining(slug, id), "Quedó guardada. Pase la siguiente, o vuelva.")
    }

    /// The topic of a training for those who were in it, who read nothing of the others.
    private func ownTopic(
        _ id: ID<Training>, _ heading: AllianceHeading, _ context: TenantContext
    ) async throws -> String {
        let found = try await context.read(.evaluateTrainings, in: heading.stream) { transaction in
            try await transaction.training(id, of: heading.alliance.id)
        }
        guard let found else { throw NoSuchPage() }
        return found.topic
    }

    @Sendable private func ownTraining(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Training>
    ) async throws -> EvaluateTrainingPage {
        let heading = try await context.alliance(slug, toUse: .evaluateTrainings)
        return EvaluateTrainingPage(
            heading: heading, topic: try await ownTopic(id, heading, context),
            path: .evaluateOwnTraining(slug, id), back: .trainings(slug), isOwn: true, form: state)
    }

    /// The server does it for the member: the chain is not to tell who did.
    @Sendable private func evaluateOwn(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Training>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .evaluateTrainings)
        guard let user = context.principal.user else { throw NoSuchPage() }
        try await context.visit.site.runner.run(
            EvaluateOwnTraining(
                EvaluationForm().read(form), by: user, of: id, in: heading.alliance.id),
            as: .system(in: context.principal.organization), key: ID(rawValue: form.key))
        return Redirect(to: .trainings(slug), "Gracias: su evaluación quedó guardada sin su nombre.")
    }

    // MARK: Documents

    @Sendable private func sheet(
        _ context: TenantContext, _ slug: AllianceSlug, _ id: ID<Training>
    ) async throws -> Download {
        let (heading, answer) = try await found(id, slug, context)
        guard let meeting = answer.meeting else { throw NoSuchPage() }
        let sheet = EvaluationSheet(
            training: answer.training, meeting: meeting, alliance: heading.alliance.name,
            entity: context.entry.organization)
        return Download(
            name: "\(sheet.title).pdf", mediaType: "application/pdf",
            bytes: try await context.visit.site.printer.render(sheet), isInline: true)
    }

    @Sendable private func certificate(
        _ context: TenantContext, _ slug: AllianceSlug, _ id: ID<Training>, _ stay: ID<Attendance>
    ) async throws -> Download {
        let (heading, answer) = try await found(id, slug, context)
        guard let meeting = answer.meeting, let trainee = answer.trainees.first(where: { $0.id == stay }),
            trainee.isCertified(of: answer.training)
        else { throw NoSuchPage() }
        return try await issue(
            TrainingCertificate(
                training: answer.training, meeting: meeting, trainee: trainee,
                alliance: heading.alliance.name, entity: context.entry.organization),
            in: heading, context)
    }

    /// The certificates of a training, some hundreds in each document.
    @Sendable private func certificates(
        _ context: TenantContext, _ slug: AllianceSlug, _ id: ID<Training>, _ part: Int
    ) async throws -> Download {
        let (heading, answer) = try await found(id, slug, context)
        let certified = answer.trainees.filter { $0.isCertified(of: answer.training) }
        let most = TrainingCertificates.limit
        guard let meeting = answer.meeting, (1...certified.count / most + 1).contains(part) else {
            throw NoSuchPage()
        }
        let trainees = Array(certified.dropFirst((part - 1) * most).prefix(most))
        guard !trainees.isEmpty else { throw NoSuchPage() }
        let certificates = TrainingCertificates(
            training: answer.training, meeting: meeting, trainees: trainees,
            alliance: heading.alliance.name, entity: context.entry.organization)
        return Download(
            name: "\(certificates.title).pdf", mediaType: "application/pdf",
            bytes: try await context.issued(
                certificates, as: TrainingCertificates.kind,
                of: part == 1 ? id.description : "\(id)-\(part)", in: heading.stream),
            isInline: true)
    }

    @Sendable private func ownCertificate(
        _ context: TenantContext, _ slug: AllianceSlug, _ id: ID<Training>
    ) async throws -> Download {
        let heading = try await context.alliance(slug, toUse: .seeOwnAttendance)
        let own = try await context.fetch(ReadOwnTrainee(of: id, in: heading.alliance.id))
        return try await issue(
            TrainingCertificate(
                training: own.training, meeting: own.meeting, trainee: own.trainee,
                alliance: heading.alliance.name, entity: context.entry.organization),
            in: heading, context)
    }

    private func issue(
        _ certificate: TrainingCertificate, in heading: AllianceHeading, _ context: TenantContext
    ) async throws -> Download {
        Download(
            name: "\(certificate.title).pdf", mediaType: "application/pdf",
            bytes: try await context.issued(
                certificate, as: TrainingCertificate.kind, of: certificate.trainee.id, in: heading.stream),
            isInline: true)
    }
}
