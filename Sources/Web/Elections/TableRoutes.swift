import Elections
import Hummingbird
import Kernel
import Postgres
import Tenancy

/// Tables and jurors of a process.
struct TableRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.tables) { context, slug, process in
            let (heading, answer) = try await context.tables(of: process, slug)
            return TablesPage(
                heading: heading, answer: answer,
                mayArrange: context.may(.arrangeTables, in: answer.process.stream),
                mayAppoint: context.may(.appointJurors, in: answer.process.stream),
                mayPrint: context.may(.printPapers, in: answer.process.stream))
        }
        tenant.form(Path.newTable, show: newTable, act: add)
        tenant.form(Path.table, show: table, act: change)
        tenant.post(Path.removeTable) { context, form, slug, process, table in
            let heading = try await context.alliance(slug)
            try await context.run(RemoveTable(table, of: process, of: heading.alliance.id), form)
            return Redirect(to: .tables(slug, process), "La mesa quedó por fuera.")
        }
        tenant.post(Path.splitElectors) { context, form, slug, process in
            let heading = try await context.alliance(slug)
            try await context.run(SplitElectors(in: process, of: heading.alliance.id), form)
            return Redirect(
                to: .tables(slug, process), "Los electores quedaron repartidos por apellido entre las mesas.")
        }
        tenant.form(Path.exceptMunicipality, show: municipality, act: except)
        tenant.form(Path.appointJuror, show: juror, act: appoint)
        tenant.form(Path.relieveJuror, show: relief, act: relieve)
    }

    @Sendable private func newTable(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> TablePage {
        let (heading, answer) = try await context.tables(of: process, slug)
        return TablePage(heading: heading, answer: answer, table: nil, form: state)
    }

    @Sendable private func add(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> Redirect {
        try await arrange(nil, context, form, slug, process)
        return Redirect(to: .tables(slug, process), "La mesa quedó agregada.")
    }

    @Sendable private func table(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ table: ID<VotingTable>
    ) async throws -> TablePage {
        let (heading, answer) = try await context.tables(of: process, slug)
        return TablePage(heading: heading, answer: answer, table: try answer[table], form: state)
    }

    @Sendable private func change(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ table: ID<VotingTable>
    ) async throws -> Redirect {
        try await arrange(table, context, form, slug, process)
        return Redirect(to: .tables(slug, process), "La mesa quedó guardada.")
    }

    private func arrange(
        _ table: ID<VotingTable>?, _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug,
        _ process: ID<ElectoralProcess>
    ) async throws {
        let (heading, answer) = try await context.tables(of: process, slug)
        let fields = ArrangeTableForm(answer.municipalities)
        let choices = try fields.read(form)
        let reason = answer.needsReason ? try form.read(fields.reason) : nil
        try await context.run(
            ArrangeTable(choices, as: table, in: process, of: heading.alliance.id, because: reason), form)
    }

    @Sendable private func municipality(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ code: MunicipalityCode
    ) async throws -> ExceptMunicipalityPage {
        let (heading, answer) = try await context.tables(of: process, slug)
        guard let row = answer.coverage.first(where: { $0.municipality == code.rawValue }) else {
            throw NoSuchPage()
        }
        return ExceptMunicipalityPage(heading: heading, process: answer.process, coverage: row, form: state)
    }

    @Sendable private func except(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ code: MunicipalityCode
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let reason = try form.read(ExceptionForm().reason)
        try await context.run(
            ExceptMunicipality(code.rawValue, because: reason, in: process, of: heading.alliance.id), form)
        return Redirect(to: .tables(slug, process), "El motivo quedó guardado.")
    }

    // MARK: Jurors

    @Sendable private func juror(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ table: ID<VotingTable>
    ) async throws -> AppointJurorPage {
        let (heading, answer) = try await context.tables(of: process, slug)
        return AppointJurorPage(
            heading: heading, process: answer.process, table: try answer[table],
            users: try await context.participants(for: .appointJurors, in: answer.process.stream), form: state
        )
    }

    @Sendable private func appoint(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ table: ID<VotingTable>
    ) async throws -> ParticipantAnswer {
        let (heading, answer) = try await context.tables(of: process, slug)
        let users = try await context.participants(for: .appointJurors, in: answer.process.stream)
        let participant = try ParticipantForm(users).read(
            form, as: "Jurado de mesa", through: context.visit.site.identity)
        let appointment = try await context.run(
            AppointJuror(
                participant, with: try DocumentFields().read(form), at: table, in: process,
                of: heading.alliance.id), form)
        return ParticipantAnswer(
            heading: heading, process: answer.process, title: "El jurado quedó nombrado",
            invitation: appointment.invitation, back: .tables(slug, process))
    }

    @Sendable private func relief(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ table: ID<VotingTable>, _ juror: ID<Juror>
    ) async throws -> RelieveJurorPage {
        let (heading, answer) = try await context.tables(of: process, slug)
        let setup = try answer[table]
        guard let found = setup.jurors.first(where: { $0.id == juror }) else { throw NoSuchPage() }
        return RelieveJurorPage(
            heading: heading, process: answer.process, table: setup, juror: found, form: state)
    }

    @Sendable private func relieve(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ table: ID<VotingTable>, _ juror: ID<Juror>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let reason = try form.read(ReliefForm().reason)
        try await context.run(
            RelieveJuror(juror, because: reason, in: process, of: heading.alliance.id), form)
        return Redirect(to: .tables(slug, process), "El jurado quedó relevado. Nombre a otra persona.")
    }
}

/// After naming somebody: back, or what has to be handed to a newcomer.
struct ParticipantAnswer: Answer {
    let heading: AllianceHeading
    let process: ElectionProcess
    let title: String
    let invitation: Invitation?
    let back: Path

    func response(to visit: Visit) async throws -> Response {
        guard let invitation else { return Redirect(to: back, "\(title).").response(to: visit) }
        return try await HandoverPage(
            heading: heading, process: process, title: title, invitation: invitation, back: back
        ).response(to: visit)
    }
}

extension ReadTables.Answer {
    /// A table.
    ///
    /// - Throws: ``NoSuchPage``.
    fileprivate subscript(_ id: ID<VotingTable>) -> TableSetup {
        get throws(NoSuchPage) {
            guard let found = tables.first(where: { $0.id == id }) else { throw NoSuchPage() }
            return found
        }
    }
}

extension TenantContext {
    fileprivate func tables(
        of process: ID<ElectoralProcess>, _ slug: AllianceSlug
    ) async throws -> (AllianceHeading, ReadTables.Answer) {
        let heading = try await alliance(slug)
        return (heading, try await fetch(ReadTables(of: process, of: heading.alliance.id)))
    }

    /// Who may be asked to serve in a process: those at work in the entity, but for those who run this one. They are
    /// shown to whoever may ask them.
    func participants(
        for permission: Permission, in stream: AuditStream
    ) async throws -> [User] {
        let now = visit.now
        return try await read(
            permission, in: stream, showing: Disclosure(details: ["fields": "users"])
        ) { transaction in
            let committee = try await transaction.holders(of: .electionCommittee, for: stream, at: now)
            return try await transaction.users().map(\.user).filter { user in
                user.isActive && !committee.contains { $0.id == user.id }
            }
        }
    }
}
