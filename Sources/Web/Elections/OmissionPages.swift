import Elections
import Kernel
import Postgres
import Tenancy

extension Path {
    /// Proposes to leave a table out.
    static let omitTable = Route<AllianceSlug, ID<ElectoralProcess>, ID<VotingTable>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/jornada/mesas/{table}/sin-votacion")
    /// Seconds that a table is left out, or takes the proposal back.
    static let settleOmission = Route<AllianceSlug, ID<ElectoralProcess>, ID<ElectoralAct>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/jornada/sin-votacion/{act}")
}

/// Proposes to leave a table out, where nobody could vote.
struct OmitTablePage: DayPage {
    static let reason = Field.paragraphs(
        "reason", "¿Por qué queda por fuera?", max: 1000, rows: 4,
        hint: "Qué pasó y qué se intentó. Queda en la cronología y en el acta.")

    let heading: AllianceHeading
    let day: DayFile
    let table: DayTable
    let form: FormState

    var title: String { "Dejar una mesa sin votación" }
    var lead: String? { "Mesa \(table.number), \(table.place)" }

    func content(_ html: inout HTML) {
        let stranded = day.contests.filter { contest in
            day.polls.contains { $0.table == table.id && $0.contest == contest.id && day.isStranded($0) }
        }
        let contests = day.contests.filter { contest in
            day.votesToTake.contains { vote in
                vote.table == table.id && vote.contest == contest.id
                    && day.turns[contest.id]?.lastRound == vote.round
            }
        }
        if !stranded.isEmpty {
            html.note(.warning, "Sus tarjetones no se abren") { note in
                note.p(
                    "Votaron menos de \(Urn.fewestInWords) personas y ninguna otra urna puede recibir sus tarjetones: \(SpanishFormat.list(stranded.map(\.name))). Cuando otra persona lo confirme, el escrutinio se hace sin esos votos y el acta lo dice."
                )
            }
        }
        if !contests.isEmpty {
            html.note(.warning, "Hágalo solo si allí ya no se puede votar") { note in
                note.p(
                    "Aquí falta votar: \(SpanishFormat.list(contests.map(\.name))). Si se puede otro día, instale otra sesión."
                )
                note.p(
                    "Cuando otra persona lo confirme, el escrutinio deja de esperar esta mesa: \(SpanishFormat.count(table.electors, "elector se queda", "electores se quedan")) sin votar."
                )
            }
        }
        html.form(to: .omitTable(heading.slug, process.id, table.id), form) { form in
            form.field(Self.reason)
            form.submit("Proponerlo", orBackTo: .votingDay(heading.slug, process.id))
        }
    }
}

/// Seconds that a table is left out, or takes the proposal back.
struct SettleOmissionPage: DayPage {
    static let word = "CONFIRMAR"

    /// What becomes of the proposal.
    enum Settlement: String, PathValue, CaseIterable {
        case omit = "confirmar"
        case withdraw = "retirar"

        var title: String {
            switch self {
            case .omit: "Confirmarla: el escrutinio se hace sin esta mesa"
            case .withdraw: "Retirar la propuesta: la mesa espera otra sesión"
            }
        }
    }

    static let choice = Field.choice(
        "settlement", "Decisión", Settlement.allCases, title: \.title, style: .list)

    let heading: AllianceHeading
    let day: DayFile
    let table: DayTable
    let omission: TableOmission
    let form: FormState

    var title: String { "Mesa sin votación" }
    var lead: String? { "Mesa \(table.number), \(table.place)" }

    func content(_ html: inout HTML) {
        html.facts(
            Fact("La propuso", "\(omission.proposer), \(omission.role.title.lowercased())"),
            Fact("Cuándo", SpanishFormat.longDateAndTime(omission.proposedAt)),
            Fact("Motivo", omission.reason),
            Fact("Electores de la mesa", SpanishFormat.number(table.electors)))
        html.note(
            .warning, "Confirmarla no se puede deshacer y la hace una persona distinta, con otra función.")
        html.form(to: .settleOmission(heading.slug, process.id, omission.act), form) { form in
            form.field(Self.choice)
            form.field(Field.confirmation(Self.word).optional())
            form.submit("Guardar la decisión", .danger, orBackTo: .votingDay(heading.slug, process.id))
        }
    }
}

/// Tables that are left out.
struct OmissionRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.form(Path.omitTable, show: proposing, act: propose)
        tenant.form(Path.settleOmission, show: settling, act: settle)
    }

    @Sendable private func proposing(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ table: ID<VotingTable>
    ) async throws -> OmitTablePage {
        let scene = try await context.scene(slug, process)
        try context.require(.omitTables, in: scene)
        return OmitTablePage(
            heading: scene.heading, day: scene.day, table: try scene.table(table), form: state)
    }

    @Sendable private func propose(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ table: ID<VotingTable>
    ) async throws -> Redirect {
        let scene = try await context.scene(slug, process)
        let reason = try form.read(OmitTablePage.reason)
        try await context.run(ProposeOmission(of: table, in: scene.place, because: reason), form)
        return Redirect(
            to: .votingDay(slug, process),
            "La propuesta quedó registrada. Falta que otra persona la confirme.")
    }

    @Sendable private func settling(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ act: ID<ElectoralAct>
    ) async throws -> SettleOmissionPage {
        let scene = try await context.scene(slug, process)
        try context.require(.omitTables, in: scene)
        guard let omission = scene.day.omissions.first(where: { $0.act == act && $0.isOpen }) else {
            throw NoSuchPage()
        }
        return SettleOmissionPage(
            heading: scene.heading, day: scene.day, table: try scene.table(omission.table),
            omission: omission, form: state)
    }

    @Sendable private func settle(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ act: ID<ElectoralAct>
    ) async throws -> Redirect {
        let scene = try await context.scene(slug, process)
        let settlement = try form.read(SettleOmissionPage.choice)
        if settlement == .omit { _ = try form.read(Field.confirmation(SettleOmissionPage.word)) }
        try await context.run(
            SettleOmission(act, seconding: settlement == .omit, in: scene.place), form)
        return Redirect(
            to: .votingDay(slug, process),
            settlement == .omit
                ? "La mesa quedó por fuera del escrutinio, y el acta lo dice."
                : "La propuesta quedó retirada.")
    }
}
