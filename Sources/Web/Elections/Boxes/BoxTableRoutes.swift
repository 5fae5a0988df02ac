import Elections
import Kernel
import Tenancy

/// What jurors do with a box at their table.
struct BoxTableRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.boxTable) { context, slug, process, box, table in
            let scene = try await context.scene(slug, process)
            let words = context.visit["documento"].flatMap { $0.contains { !$0.isWhitespace } ? $0 : nil }
            return BoxTablePage(
                heading: scene.heading, day: scene.day,
                file: try await context.fetch(ReadBoxTable(table, of: box, looking: words, in: scene.place)),
                words: words, now: context.visit.now)
        }
        tenant.post(Path.markPaper) { context, form, slug, process, box, table in
            let heading = try await context.alliance(slug)
            guard let person = form.entries.first("person").flatMap({ ID<Person>($0) }) else {
                throw BoxError.notOnRoll
            }
            guard form.entries.first(BoxTablePage.handed) == "si" else {
                return Redirect(
                    to: Path.boxTable(slug, process, box, table)
                        .with("documento", form.entries.first("documento")),
                    "No quedó entregado: marque primero «Se le entrega el tarjetón».")
            }
            try await context.run(
                MarkPaperVote(
                    person, at: table, of: box, in: ProcessPlace(process, of: heading.alliance.id)), form)
            return Redirect(
                to: .boxTable(slug, process, box, table),
                "El tarjetón quedó entregado: la persona vota en papel. Ninguna cabina le da paso.")
        }
        tenant.post(Path.closeKiosk) { context, form, slug, process, box, table in
            let heading = try await context.alliance(slug)
            guard let kiosk = form.entries.first("kiosk").flatMap({ ID<Kiosk>($0) }) else {
                throw EntranceError.kioskUnknown
            }
            try await context.run(
                CloseKiosk(kiosk, of: box, in: ProcessPlace(process, of: heading.alliance.id)), form)
            return Redirect(to: .boxTable(slug, process, box, table), "La cabina quedó cerrada.")
        }
        tenant.form(Path.boxTableTask, show: page, act: perform)
    }

    @Sendable private func page(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ box: ID<BallotBox>, _ table: ID<VotingTable>, _ task: BoxTableTask
    ) async throws -> BoxTableTaskPage {
        let scene = try await context.scene(slug, process)
        let desk = try await context.fetch(ReadBoxTable(table, of: box, in: scene.place))
        return BoxTableTaskPage(
            heading: scene.heading, day: scene.day, table: try scene.table(table), box: desk.box,
            elector: try await context.fetch(
                ReadBoxElector(try context.elector(), at: table, beside: box, in: scene.place)),
            task: task, form: state)
    }

    @Sendable private func perform(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ box: ID<BallotBox>, _ table: ID<VotingTable>, _ task: BoxTableTask
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let place = ProcessPlace(process, of: heading.alliance.id)
        let person = try context.elector()
        let words: String
        switch task {
        case .slip:
            let slip = try await context.fetch(
                ReadSlipHandover(
                    form.entries.first(BoxTableTaskPage.serial.name) ?? "", for: person, of: box, in: place))
            // A slip that is taken and a reason that is missing are told at once.
            let (serial, reason) = try form.together(
                { form in
                    let serial = try form.read(BoxTableTaskPage.serial)
                    if let refusal = slip.refusal { throw refusal }
                    return serial
                },
                { form in slip.elector.hasSlip ? try form.read(BoxTableTaskPage.lost) : nil })
            try await context.run(
                BindSlip(serial, to: person, at: table, replacingBecause: reason, of: box, in: place), form)
            // The juror reads it against the slip in hand: a number typed wrong is somebody else's slip.
            let handed = "El volante \(slip.serial) quedó entregado a \(slip.elector.name)."
            let lost = slip.elector.serial.map { "El anterior, el \($0)," } ?? "El anterior"
            words =
                slip.elector.hasSlip ? "\(handed) \(lost) ya no sirve: si aparece, apártelo." : handed
        case .paperReturned:
            try await context.run(
                UndoPaperVote(
                    person, at: table, because: try form.read(BoxTableTaskPage.returned), of: box, in: place),
                form)
            words =
                "La marca de papel se quitó. La persona puede votar en la cabina, y dos personas lo revisan antes de contar."
        case .conflict:
            try await context.run(
                ReportConflict(
                    of: person, at: table, account: try form.read(BoxTableTaskPage.account), of: box,
                    in: place), form)
            words = "La contradicción quedó registrada. La deciden dos personas en la página de la urna."
        }
        return Redirect(to: .boxTable(slug, process, box, table), words)
    }
}

extension TenantContext {
    /// The elector whom the address names behind the path.
    ///
    /// - Throws: ``NoSuchPage``.
    fileprivate func elector() throws -> ID<Person> {
        guard let person = visit["persona"].flatMap({ ID<Person>($0) }) else { throw NoSuchPage() }
        return person
    }
}
