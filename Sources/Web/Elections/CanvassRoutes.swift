import Elections
import Foundation
import Kernel
import Postgres
import Reporting
import Tenancy

/// The counts of the tables.
struct CountRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.form(Path.tableCount, show: count, act: enter)
        tenant.form(Path.ownCount, show: ownCount, act: enter)
        tenant.form(Path.reconcileCount, show: agreement, act: reconcile)
        tenant.form(Path.confirmAgreement, show: count, act: confirm)
        tenant.form(Path.closeTable, show: count, act: close)
        tenant.form(Path.countSignatures, show: count, act: sign)
        tenant.form(Path.mergePoll, show: count, act: merge)
    }

    @Sendable private func count(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ table: ID<VotingTable>, _ contest: ID<Contest>
    ) async throws -> TableCountPage {
        try await page(.table, context, state, slug, process, table, contest)
    }

    @Sendable private func ownCount(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ table: ID<VotingTable>, _ contest: ID<Contest>
    ) async throws -> TableCountPage {
        try await page(.own, context, state, slug, process, table, contest)
    }

    @Sendable private func agreement(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ table: ID<VotingTable>, _ contest: ID<Contest>
    ) async throws -> TableCountPage {
        try await page(.agreement, context, state, slug, process, table, contest)
    }

    private func page(
        _ task: TableCountPage.Task, _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug,
        _ process: ID<ElectoralProcess>, _ table: ID<VotingTable>, _ contest: ID<Contest>
    ) async throws -> TableCountPage {
        let scene = try await context.scene(slug, process)
        try context.require(.seeCounts, in: scene)
        guard let poll = scene.day.poll(of: contest, at: table) else { throw NoSuchPage() }
        let file = try await context.fetch(ReadCount(of: poll.place, in: scene.place))
        return TableCountPage(
            heading: scene.heading, day: scene.day, table: try scene.table(table),
            contest: try scene.contest(contest), poll: poll, file: file,
            // Jurors close their own table, the committee any.
            mayClose: context.may(.closeTables, in: scene)
                && (file.jury != nil || context.may(.canvass, in: scene)), task: task, form: state)
    }

    private func poll(
        _ context: TenantContext, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ table: ID<VotingTable>, _ contest: ID<Contest>
    ) async throws -> (ProcessPlace, PollPlace, CountFile) {
        let scene = try await context.scene(slug, process)
        guard let poll = scene.day.poll(of: contest, at: table) else { throw NoSuchPage() }
        return (
            scene.place, poll.place, try await context.fetch(ReadCount(of: poll.place, in: scene.place))
        )
    }

    @Sendable private func enter(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ table: ID<VotingTable>, _ contest: ID<Contest>
    ) async throws -> Redirect {
        let (place, poll, file) = try await poll(context, slug, process, table, contest)
        let figures = try CountForm(file).read(form)
        try await context.run(EnterCount(figures, of: poll, in: place), form)
        return Redirect(to: .tableCount(slug, process, table, contest), "Su conteo quedó registrado.")
    }

    @Sendable private func reconcile(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ table: ID<VotingTable>, _ contest: ID<Contest>
    ) async throws -> Redirect {
        let (place, poll, file) = try await poll(context, slug, process, table, contest)
        let figures = try CountForm(file).read(form)
        let reason = try form.read(CountForm.reason)
        try await context.run(ReconcileCount(figures, of: poll, in: place, because: reason), form)
        return Redirect(
            to: .tableCount(slug, process, table, contest),
            "Lo acordado quedó registrado. Falta que lo confirme el otro jurado o el comité.")
    }

    @Sendable private func confirm(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ table: ID<VotingTable>, _ contest: ID<Contest>
    ) async throws -> Redirect {
        let (place, poll, _) = try await poll(context, slug, process, table, contest)
        _ = try form.read(CountForm.recounted)
        guard let number = form.entries.first("number").flatMap({ Int($0) }) else {
            throw TableCountError.nothingToConfirm
        }
        try await context.run(ConfirmAgreement(number, of: poll, in: place), form)
        return Redirect(to: .tableCount(slug, process, table, contest), "Lo acordado quedó confirmado.")
    }

    @Sendable private func sign(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ table: ID<VotingTable>, _ contest: ID<Contest>
    ) async throws -> Redirect {
        let (place, poll, _) = try await poll(context, slug, process, table, contest)
        let voters = try form.read(UrnForm.signatures)
        try await context.run(CountSignatures(voters, at: poll, in: place), form)
        return Redirect(
            to: .tableCount(slug, process, table, contest),
            voters < Urn.fewestBallots
                ? "Las firmas quedaron registradas. No abra la urna."
                : "Las firmas quedaron registradas. Ya puede abrir la urna.")
    }

    @Sendable private func merge(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ table: ID<VotingTable>, _ contest: ID<Contest>
    ) async throws -> Redirect {
        let (place, poll, file) = try await poll(context, slug, process, table, contest)
        let (receiver, _) = try form.read(
            UrnForm(file.urns.receivers(for: table)).receiver, UrnForm.awaited)
        try await context.run(MergePoll(poll, into: receiver, in: place), form)
        return Redirect(
            to: .tableCount(slug, process, table, contest),
            "Quedó registrado. Pase los tarjetones doblados a la urna de la mesa \(file.urns[receiver]?.number ?? 0)."
        )
    }

    @Sendable private func close(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ table: ID<VotingTable>, _ contest: ID<Contest>
    ) async throws -> Redirect {
        let (place, poll, _) = try await poll(context, slug, process, table, contest)
        _ = try form.read(CountForm.readAloud)
        try await context.run(
            CloseTable(poll, in: place, departingBecause: form.entries.first(CountForm.departure.name)), form)
        return Redirect(to: .tableCount(slug, process, table, contest), "La mesa quedó cerrada.")
    }
}

extension TenantContext {
    /// What the actas of a process say, by contest.
    fileprivate func reports(of scene: DayScene) async throws -> [ID<Contest>: CanvassReport] {
        var reports: [ID<Contest>: CanvassReport] = [:]
        for contest in scene.day.contests {
            reports[contest.id] = try await fetch(ReadCanvass(of: contest.id, in: scene.place))
        }
        return reports
    }

    /// What the acta of a contest says.
    func report(of contest: ID<Contest>, in scene: DayScene) async throws -> CanvassReport {
        guard let report = try await fetch(ReadCanvass(of: contest, in: scene.place)) else {
            throw NoSuchPage()
        }
        return report
    }
}

/// Canvass, draw, acta and proclamation.
struct CanvassRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.results) { context, slug, process in
            let scene = try await context.scene(slug, process)
            return ResultsPage(
                heading: scene.heading, day: scene.day,
                reports: try await context.reports(of: scene),
                mayCanvass: context.may(.canvass, in: scene),
                mayConfirmDraws: context.may(.confirmDraws, in: scene))
        }
        tenant.get(Path.canvass) { context, slug, process, contest in
            let scene = try await context.scene(slug, process)
            return CanvassPage(
                heading: scene.heading, day: scene.day, contest: try scene.contest(contest),
                report: try await context.report(of: contest, in: scene),
                publicPage: context.visit.tenant.map {
                    Path.publicElection($0, slug, process).at(anchor: "eleccion-\(contest)")
                }, now: context.visit.now,
                mayCanvass: context.may(.canvass, in: scene),
                mayConfirmDraws: context.may(.confirmDraws, in: scene),
                mayChallenge: context.may(.fileChallenges, in: scene),
                mayAnnul: context.may(.annulProcesses, in: scene))
        }
        tenant.post(Path.canvass) { context, form, slug, process, contest in
            let heading = try await context.alliance(slug)
            let result = try await context.run(
                MakeCanvass(of: contest, in: ProcessPlace(process, of: heading.alliance.id)), form)
            return Redirect(
                to: .canvass(slug, process, contest),
                result.outcome == .tie
                    ? "El escrutinio quedó hecho: hay un empate por sortear." : "El escrutinio quedó hecho.")
        }
        tenant.form(Path.endContest, show: end, act: endContest)
        tenant.get(Path.canvassDocument) { context, slug, process, contest in
            let scene = try await context.scene(slug, process)
            let report = try await context.report(of: contest, in: scene)
            let entity = try await context.organization()
            return Download(
                name: "acta-de-escrutinio-\(report.records.last?.number ?? 0).pdf",
                mediaType: "application/pdf",
                bytes: try await context.issued(
                    CanvassDocument(report: report, entity: entity), as: CanvassDocument.kind, of: contest,
                    in: scene.day.process.stream,
                    at: context.visit.tenant.map { .publicElection($0, slug, process) }), isInline: true)
        }
        tenant.form(Path.proclamation, show: proclamation, act: propose)
        tenant.form(Path.secondProclamation, show: proclamation, act: second)
        tenant.form(Path.withdrawProclamation, show: proclamation, act: withdraw)
    }

    @Sendable private func end(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ contest: ID<Contest>
    ) async throws -> EndContestPage {
        let scene = try await context.scene(slug, process)
        try context.require(.canvass, in: scene)
        return EndContestPage(
            heading: scene.heading, day: scene.day, contest: try scene.contest(contest),
            report: try await context.report(of: contest, in: scene), form: state)
    }

    @Sendable private func endContest(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ contest: ID<Contest>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let (reason, _) = try form.read(
            EndContestPage.reason, Field.confirmation(EndContestPage.word))
        try await context.run(
            EndContest(contest, in: ProcessPlace(process, of: heading.alliance.id), because: reason), form)
        return Redirect(to: .results(slug, process), "La elección quedó declarada así.")
    }

    // MARK: Proclamation

    @Sendable private func proclamation(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> ProclamationPage {
        let scene = try await context.scene(slug, process)
        let mine = context.principal.roles(for: .proclaim, in: scene.day.process.stream)
        let proposal = scene.day.proposal
        return ProclamationPage(
            heading: scene.heading, day: scene.day,
            reports: try await context.reports(of: scene),
            now: context.visit.now, user: context.principal.user,
            mayAct: context.may(.proclaim, in: scene),
            holders: try await holders(in: scene.place, context),
            waivers: try await context.read(.seeProcesses, in: scene.place.stream, showing: Self.holders) {
                try await $0.waivers(in: scene.place)
            },
            maySecond: proposal.map { proposal in
                proposal.user != context.principal.user && mine.contains { $0 != proposal.role }
            } ?? false,
            mayWithdraw: proposal?.user == context.principal.user || context.may(.runProcesses, in: scene),
            credentials: scene.day.proclaimedOn != nil && context.may(.issueCredentials, in: scene)
                ? try await context.fetch(ListCredentials(in: scene.place)) : [],
            form: state)
    }

    private static let holders = Disclosure(details: ["fields": "holders"])

    /// Who of those elected holds a seat already.
    private func holders(in place: ProcessPlace, _ context: TenantContext) async throws -> [TermHolder] {
        try await context.read(.seeProcesses, in: place.stream, showing: Self.holders) {
            try await $0.termHolders(of: place.process)
        }
    }

    @Sendable private func propose(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let place = ProcessPlace(process, of: heading.alliance.id)
        let fields = ProclamationForm(try await holders(in: place, context))
        let (reason, waivers) = try form.read(fields.reason, fields.waivers)
        try await context.run(
            ProposeProclamation(
                in: place, because: reason, waivers: Set(waivers)),
            form)
        return Redirect(
            to: .proclamation(slug, process),
            "La proclamación quedó propuesta. Falta que otra persona la confirme.")
    }

    @Sendable private func withdraw(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let reason = try form.read(ProclamationPage.withdrawal)
        guard let act = form.entries.first("act").flatMap({ ID<ElectoralAct>($0) }) else {
            throw CanvassError.actNotOpen
        }
        try await context.run(
            WithdrawProclamation(act, in: ProcessPlace(process, of: heading.alliance.id), because: reason),
            form)
        return Redirect(to: .proclamation(slug, process), "La propuesta quedó retirada.")
    }

    @Sendable private func second(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        _ = try form.read(Field.confirmation(ProclamationPage.word))
        guard let act = form.entries.first("act").flatMap({ ID<ElectoralAct>($0) }) else {
            throw CanvassError.actNotOpen
        }
        let mandates = try await context.run(
            SecondProclamation(act, in: ProcessPlace(process, of: heading.alliance.id)), form)
        return Redirect(
            to: .proclamation(slug, process),
            "Las personas elegidas quedaron proclamadas: \(SpanishFormat.count(mandates, "mandato", "mandatos"))."
        )
    }
}

/// Challenges of a result.
struct ChallengeRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.challenges) { context, slug, process in
            let scene = try await context.scene(slug, process)
            return ChallengesPage(
                heading: scene.heading, day: scene.day,
                challenges: try await context.fetch(ListChallenges(in: scene.place)),
                now: context.visit.now, mayFile: context.may(.fileChallenges, in: scene))
        }
        tenant.form(Path.fileChallenge, upTo: .files(megabytes: 10), show: filing, act: file)
        tenant.form(Path.challenge, show: challenge, act: decide)
        tenant.form(Path.answerChallenge, show: challenge, act: answer)
        tenant.form(
            Path.addEvidence, upTo: .files(megabytes: 10), show: challenge, act: add)
        tenant.get(Path.evidence) { context, slug, process, challenge, file in
            let scene = try await context.scene(slug, process)
            let opened = try await context.visit.site.runner.run(
                OpenEvidence(file, of: challenge, in: scene.place), as: context.principal)
            return Download(
                name: opened.record.name, mediaType: opened.record.mediaType.rawValue, bytes: opened.content,
                isInline: [.pdf, .png, .jpeg].contains(opened.record.mediaType))
        }
    }

    @Sendable private func filing(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> FileChallengePage {
        let scene = try await context.scene(slug, process)
        try context.require(.fileChallenges, in: scene)
        return FileChallengePage(
            heading: scene.heading, day: scene.day, contest: context.visit["contest"].flatMap { ID($0) },
            box: context.visit["box"].flatMap { ID($0) }, now: context.visit.now,
            role: context.principal.challengerRole(in: scene.day.process.stream),
            form: state)
    }

    @Sendable private func file(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> Redirect {
        let scene = try await context.scene(slug, process)
        let fields = ChallengeForm(scene.day, at: context.visit.now)
        let (contest, table, challenger, ground, facts) = try form.read(
            fields.contest, fields.table, fields.challenger, fields.ground, fields.facts)
        let evidence = try form.read(fields.evidence)
        let role =
            context.principal.challengerRole(in: scene.day.process.stream) == nil
            ? try form.read(fields.role) : nil
        let id = try await context.run(
            FileChallenge(
                in: scene.place, of: contest, at: table,
                to: scene.day.boxes.isEmpty ? nil : try form.read(fields.box), by: challenger, as: role,
                on: ground, facts: facts,
                evidence: try evidence.map { try $0.stored(on: context.today) }), form)
        return Redirect(to: .challenge(slug, process, id), "La impugnación quedó presentada.")
    }

    @Sendable private func challenge(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ challenge: ID<Challenge>
    ) async throws -> ChallengePage {
        let scene = try await context.scene(slug, process)
        let found = try await found(challenge, in: scene, context)
        return ChallengePage(
            heading: scene.heading, day: scene.day, challenge: found,
            mayAnswer: context.may(.answerChallenges, in: scene),
            mayProve: context.may(.fileChallenges, in: scene),
            mayDecide: context.may(.decideChallenges, in: scene),
            isOwn: found.filedBy.map { $0 == context.principal.user } ?? false, form: state)
    }

    private func found(
        _ challenge: ID<Challenge>, in scene: DayScene, _ context: TenantContext
    ) async throws -> ChallengeFile {
        let all = try await context.fetch(ListChallenges(in: scene.place))
        guard let found = all.first(where: { $0.id == challenge }) else { throw NoSuchPage() }
        return found
    }

    @Sendable private func decide(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ challenge: ID<Challenge>
    ) async throws -> Redirect {
        let scene = try await context.scene(slug, process)
        let fields = DecisionForm(try await found(challenge, in: scene, context))
        let (decision, reason) = try form.read(fields.decision, fields.reason)
        try await context.run(
            DecideChallenge(challenge, in: scene.place, effect: decision.effect, because: reason), form)
        return Redirect(
            to: .challenge(slug, process, challenge),
            [.annulBox, .annulContest, .annulProcess].contains(decision.effect)
                ? "La decisión quedó registrada. Falta que otra persona confirme la anulación."
                : "La impugnación quedó decidida.")
    }

    @Sendable private func add(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ challenge: ID<Challenge>
    ) async throws -> Redirect {
        let scene = try await context.scene(slug, process)
        let (file, title) = try form.read(EvidenceForm.file, EvidenceForm.title)
        try await context.run(
            AddEvidence(
                try file.stored(on: context.today), titled: title, to: challenge, in: scene.place), form)
        return Redirect(to: .challenge(slug, process, challenge), "La prueba quedó agregada.")
    }

    @Sendable private func answer(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ challenge: ID<Challenge>
    ) async throws -> Redirect {
        let scene = try await context.scene(slug, process)
        let (answer, answeredBy) = try form.read(DecisionForm.answer, DecisionForm.answeredBy)
        try await context.run(
            AnswerChallenge(answer, to: challenge, in: scene.place, by: answeredBy), form)
        return Redirect(to: .challenge(slug, process, challenge), "La respuesta quedó registrada.")
    }
}

/// What anybody may read of the result of an election.
struct PublicElectionRoutes {
    /// An acta is printed once for all, but its words have to be looked at each time.
    private let actas = Throttle(20, per: 60)

    func add(to everybody: PublicRoutes) {
        everybody.get(Path.publicActa) { context, tenant, slug, process, contest in
            try actas.take(for: context.visit.address.text, at: context.visit.now)
            let (entity, alliance, result) = try await context.published { transaction in
                guard let entity = try await transaction.organization(slug: tenant.rawValue),
                    let alliance = try await transaction.publishedAlliance(
                        slug: slug.rawValue, of: entity.id),
                    let result = try await transaction.publishedResults(
                        of: process, of: alliance.id, in: entity.id
                    ).first(where: { $0.contest == contest }), !result.report.records.isEmpty
                else { throw NoSuchPage() }
                return (entity, alliance.id, result)
            }
            return Download(
                name: "acta-de-escrutinio-\(result.report.records.last?.number ?? 0).pdf",
                mediaType: "application/pdf",
                bytes: try await context.visit.site.issued(
                    CanvassDocument(report: result.report, entity: entity, isPublic: true),
                    as: CanvassDocument.publicKind, of: contest, in: .process(process, of: alliance),
                    at: Path.publicElection(tenant, slug, process).text(in: nil),
                    reading: .system(in: entity.id)), isInline: true)
        }
        everybody.get(Path.publicElection) { context, tenant, slug, process in
            let found = try await context.visit.site.runner.database.read(PublicScope()) { transaction in
                guard let organization = try await transaction.organization(slug: tenant.rawValue),
                    let alliance = try await transaction.publishedAlliance(
                        slug: slug.rawValue, of: organization.id)
                else { throw NoSuchPage() }
                let results = try await transaction.publishedResults(
                    of: process, of: alliance.id, in: organization.id)
                return (
                    alliance.name, results,
                    try await transaction.documents(
                        CanvassDocument.kind, of: results.map(\.contest), in: organization.id)
                )
            }
            guard !found.1.isEmpty else { throw NoSuchPage() }
            return PublicElectionPage(
                tenant: tenant, slug: slug, process: process, alliance: found.0, results: found.1,
                documents: found.2)
        }
    }
}
