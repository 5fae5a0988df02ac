import Elections
import Foundation
import Governance
import Kernel
import Postgres
import Tenancy

/// A process on its day, as its address names it.
struct DayScene: Sendable {
    let heading: AllianceHeading
    let day: DayFile

    var place: ProcessPlace { ProcessPlace(day.process.id, of: heading.alliance.id) }

    /// A table of the process.
    func table(_ id: ID<VotingTable>) throws -> DayTable {
        guard let found = day.tables.first(where: { $0.id == id }) else { throw NoSuchPage() }
        return found
    }

    /// A contest of the process.
    func contest(_ id: ID<Contest>) throws -> Contest {
        guard let found = day.contests.first(where: { $0.id == id }) else { throw NoSuchPage() }
        return found
    }
}

extension TenantContext {
    /// The process of an address, with all that its day holds.
    func scene(_ slug: AllianceSlug, _ process: ID<ElectoralProcess>) async throws -> DayScene {
        let heading = try await alliance(slug)
        let place = ProcessPlace(process, of: heading.alliance.id)
        return DayScene(heading: heading, day: try await fetch(ReadDay(of: place)))
    }

    /// Whether the person may do something in a process.
    func may(_ permission: Permission, in scene: DayScene) -> Bool {
        may(permission, in: scene.day.process.stream)
    }

    /// Refuses what the person may not do, before a form is shown for it.
    func require(_ permission: Permission, in scene: DayScene) throws {
        guard may(permission, in: scene) else { throw AccessError.notPermitted(permission) }
    }
}

/// The voting day: tables, session, door, votes.
struct DayRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.votingDay) { context, slug, process in
            let scene = try await context.scene(slug, process)
            return VotingDayPage(
                heading: scene.heading, day: scene.day, now: context.visit.now,
                mayRun: context.may(.runVotingDay, in: scene), mayCheckIn: context.may(.checkIn, in: scene),
                mayTell: context.may(.recordIncidents, in: scene),
                mayOmit: context.may(.omitTables, in: scene),
                mayPrint: context.may(.printPapers, in: scene),
                boxes: context.may(.seeBoxes, in: scene)
                    ? try await context.fetch(ReadRunningBoxes(of: scene.place)) : [],
                mayRunBooths: context.may(.runBooths, in: scene), user: context.principal.user)
        }
        tenant.form(Path.openSession, show: session, act: openSession)
        tenant.form(Path.closeSession, show: closing, act: closeSession)
        tenant.form(Path.openPoll, show: poll, act: openPoll)
        tenant.form(Path.closePoll, show: pollClosing, act: closePoll)
        tenant.form(Path.extendPoll, show: extension_, act: extendPoll)
        tenant.form(Path.incident, show: incident, act: recordIncident)
        OmissionRoutes().add(to: tenant)
        DoorRoutes().add(to: tenant)
        BoxRoutes().add(to: tenant)
        CountRoutes().add(to: tenant)
        CanvassRoutes().add(to: tenant)
        ChallengeRoutes().add(to: tenant)
    }

    // MARK: Session

    @Sendable private func session(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> OpenSessionPage {
        let scene = try await context.scene(slug, process)
        try context.require(.runVotingDay, in: scene)
        return OpenSessionPage(
            heading: scene.heading, day: scene.day, now: context.visit.now, form: state)
    }

    @Sendable private func openSession(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = SessionForm()
        let (firstCall, checkIn, reason) = try form.read(fields.firstCall, fields.checkIn, fields.reason)
        try await context.run(
            OpenSession(
                of: ProcessPlace(process, of: heading.alliance.id), checkInCloses: checkIn,
                firstCall: firstCall, onAnotherDayBecause: reason ?? ""), form)
        return Redirect(
            to: .votingDay(slug, process), "La jornada quedó instalada. Ya se registran ingresos.")
    }

    @Sendable private func closing(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> CloseSessionPage {
        let scene = try await context.scene(slug, process)
        try context.require(.runVotingDay, in: scene)
        return CloseSessionPage(heading: scene.heading, day: scene.day, form: state)
    }

    @Sendable private func closeSession(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> Redirect {
        let scene = try await context.scene(slug, process)
        _ = try form.read(Field.confirmation(CloseSessionPage.word))
        guard let session = scene.day.session else { throw VotingDayError.sessionNotOpen }
        try await context.run(CloseSession(session.id, of: scene.place), form)
        return Redirect(
            to: .votingDay(slug, process),
            scene.day.isCounted
                ? "La jornada quedó cerrada. \(scene.day.allCounted): haga el escrutinio."
                : "La jornada quedó cerrada. Sigue el conteo.")
    }

    // MARK: Votes

    @Sendable private func poll(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ table: ID<VotingTable>, _ contest: ID<Contest>
    ) async throws -> OpenPollPage {
        let scene = try await context.scene(slug, process)
        try context.require(.runVotingDay, in: scene)
        return OpenPollPage(
            heading: scene.heading, day: scene.day, table: try scene.table(table),
            contest: try scene.contest(contest), now: context.visit.now, form: state)
    }

    @Sendable private func openPoll(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ table: ID<VotingTable>, _ contest: ID<Contest>
    ) async throws -> Redirect {
        let scene = try await context.scene(slug, process)
        guard let session = scene.day.session else { throw VotingDayError.sessionNotOpen }
        let fields = OpenPollForm()
        let place = PollPlace(contest, round: scene.day.round(of: contest), at: table)
        switch scene.day.mode(of: try scene.contest(contest)) {
        case .paper, .singleList:
            let (ballots, _) = try form.read(fields.ballots, fields.urn)
            try await context.run(
                OpenPoll(place, in: session.id, of: scene.place, ballots: ballots), form)
        case .showOfHands:
            try await context.run(OpenPoll(place, in: session.id, of: scene.place, ballots: 0), form)
        case .acclamation:
            let (account, objections) = try form.read(fields.account, fields.objections)
            if let objection = Objection(of: objections, account: account) {
                try await context.run(
                    OpenPoll(place, in: session.id, of: scene.place, ballots: 0, after: objection), form)
                return Redirect(
                    to: .votingDay(slug, process), "Hubo objeciones: se vota. La votación quedó abierta.")
            }
            try await context.run(
                DeclareAcclamation(
                    of: contest, in: session.id, of: scene.place, account: account, objections: objections),
                form)
            return Redirect(to: .canvass(slug, process, contest), "La aclamación quedó registrada.")
        }
        return Redirect(to: .votingDay(slug, process), "La votación quedó abierta.")
    }

    @Sendable private func pollClosing(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ table: ID<VotingTable>, _ contest: ID<Contest>
    ) async throws -> ClosePollPage {
        let scene = try await context.scene(slug, process)
        try context.require(.runVotingDay, in: scene)
        guard let poll = scene.day.poll(of: contest, at: table) else { throw NoSuchPage() }
        return ClosePollPage(
            heading: scene.heading, day: scene.day, table: try scene.table(table),
            contest: try scene.contest(contest), poll: poll, now: context.visit.now, form: state)
    }

    @Sendable private func closePoll(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ table: ID<VotingTable>, _ contest: ID<Contest>
    ) async throws -> Redirect {
        let scene = try await context.scene(slug, process)
        _ = try form.read(Field.confirmation(ClosePollPage.word))
        guard let poll = scene.day.poll(of: contest, at: table) else { throw VotingDayError.pollNotOpen }
        try await context.run(ClosePoll(poll.place, of: scene.place), form)
        return Redirect(
            to: .votingDay(slug, process), "La votación quedó cerrada. Los jurados registran su conteo.")
    }

    @Sendable private func extension_(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ table: ID<VotingTable>
    ) async throws -> ExtendPollPage {
        let scene = try await context.scene(slug, process)
        try context.require(.runVotingDay, in: scene)
        return ExtendPollPage(
            heading: scene.heading, day: scene.day, table: try scene.table(table), form: state)
    }

    @Sendable private func extendPoll(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ table: ID<VotingTable>
    ) async throws -> Redirect {
        let scene = try await context.scene(slug, process)
        let fields = ExtensionForm()
        let (until, reason) = try form.read(fields.until, fields.reason)
        let day = ColombianTime.date(at: context.visit.now)
        try await context.run(
            ExtendPoll(
                table, in: scene.place, until: ColombianTime.instant(day, until), because: reason), form)
        return Redirect(to: .votingDay(slug, process), "El cierre quedó ampliado.")
    }

    @Sendable private func incident(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> IncidentPage {
        let scene = try await context.scene(slug, process)
        try context.require(.recordIncidents, in: scene)
        return IncidentPage(heading: scene.heading, day: scene.day, form: state)
    }

    @Sendable private func recordIncident(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> Redirect {
        let scene = try await context.scene(slug, process)
        let fields = IncidentForm(scene.day.tables)
        let (kind, table, account) = try form.read(fields.kind, fields.table, fields.account)
        try await context.run(RecordIncident(in: scene.place, at: table, kind, account: account), form)
        return Redirect(to: .votingDay(slug, process), "El incidente quedó registrado.")
    }
}
