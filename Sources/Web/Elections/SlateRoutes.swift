import Elections
import Foundation
import Kernel
import Membership
import Postgres
import Tenancy

extension Path {
    /// The slates of a process.
    static let slates = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/planchas")
    /// Registers a slate in a contest.
    static let registerSlate = Route<AllianceSlug, ID<ElectoralProcess>, ID<Contest>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/inscripcion/{contest}")
    /// A slate.
    static let slate = Route<AllianceSlug, ID<ElectoralProcess>, ID<Slate>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/planchas/{slate}")
    /// Changes a slate.
    static let editSlate = Route<AllianceSlug, ID<ElectoralProcess>, ID<Slate>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/planchas/{slate}/cambios")
    /// Takes a slate back.
    static let withdrawSlate = Route<AllianceSlug, ID<ElectoralProcess>, ID<Slate>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/planchas/{slate}/retiro")
    /// Decides on a slate.
    static let decideSlate = Route<AllianceSlug, ID<ElectoralProcess>, ID<Slate>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/planchas/{slate}/decision")
    /// A paper of a slate.
    static let slatePaper = Route<AllianceSlug, ID<ElectoralProcess>, ID<Slate>, ID<StoredFile>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/planchas/{slate}/papeles/{paper}")
    /// Accredits a witness of a slate.
    static let accreditWitness = Route<AllianceSlug, ID<ElectoralProcess>, ID<Slate>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/planchas/{slate}/testigos")
    /// Ends the accreditation of a witness.
    static let withdrawWitness = Route<AllianceSlug, ID<ElectoralProcess>, ID<Slate>, ID<SlateWitness>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/planchas/{slate}/testigos/{witness}/fin")
    /// Records that a candidate accepts.
    static let acceptCandidacy = Route<AllianceSlug, ID<ElectoralProcess>, ID<Slate>, ID<Candidate>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/planchas/{slate}/candidatos/{candidate}/aceptacion"
    )
    /// Puts somebody in the place of a candidate.
    static let replaceCandidate = Route<AllianceSlug, ID<ElectoralProcess>, ID<Slate>, ID<Candidate>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/planchas/{slate}/candidatos/{candidate}/reemplazo"
    )
    /// Keeps a candidate out.
    static let disqualifyCandidate = Route<AllianceSlug, ID<ElectoralProcess>, ID<Slate>, ID<Candidate>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/planchas/{slate}/candidatos/{candidate}/inhabilidad"
    )
    /// Appeals that a candidate was kept out.
    static let appealDisqualification = Route<AllianceSlug, ID<ElectoralProcess>, ID<Slate>, ID<Candidate>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/planchas/{slate}/candidatos/{candidate}/apelacion"
    )
    /// Decides an appeal.
    static let decideAppeal = Route<AllianceSlug, ID<ElectoralProcess>, ID<Slate>, ID<Candidate>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/planchas/{slate}/candidatos/{candidate}/apelacion/decision"
    )
    /// Members who fit what is being typed, for forms that name one.
    static let findMembers = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/buscar-asociados")
}

/// Slates, candidates and witnesses.
struct SlateRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.slates, list)
        tenant.form(Path.registerSlate, show: newSlate, act: register)
        tenant.get(Path.slate) { context, slug, process, slate in
            let (heading, file) = try await context.slate(slug, process, slate)
            let stream = file.process.stream
            return SlatePage(
                heading: heading, file: file, now: context.visit.now,
                may: SlateRights(
                    register: context.may(.registerSlates, in: stream),
                    decide: context.may(.decideSlates, in: stream),
                    appeal: context.may(.appealDisqualifications, in: stream),
                    accredit: context.may(.accreditWitnesses, in: stream),
                    recordPapers: context.may(.recordFacts, in: heading.stream)))
        }
        tenant.form(Path.editSlate, show: changes, act: edit)
        tenant.form(
            Path.withdrawSlate,
            show: { context, state, slug, process, slate in
                let (heading, file) = try await context.slate(slug, process, slate)
                return WithdrawSlatePage(heading: heading, file: file, form: state)
            }, act: withdraw)
        tenant.form(
            Path.decideSlate,
            show: { context, state, slug, process, slate in
                let (heading, file) = try await context.slate(slug, process, slate)
                return DecideSlatePage(heading: heading, file: file, form: state)
            }, act: decide)
        tenant.form(
            Path.acceptCandidacy, upTo: .files(megabytes: 10),
            show: { context, state, slug, process, slate, candidate in
                let (heading, file, found) = try await context.candidate(slug, process, slate, candidate)
                return AcceptCandidacyPage(
                    heading: heading, file: file, candidate: found, today: context.today, form: state)
            }, act: accept)
        tenant.form(
            Path.replaceCandidate,
            show: { context, state, slug, process, slate, candidate in
                let (heading, file, found) = try await context.candidate(slug, process, slate, candidate)
                return ReplaceCandidatePage(heading: heading, file: file, candidate: found, form: state)
            }, act: replace)
        tenant.form(
            Path.disqualifyCandidate, upTo: .files(megabytes: 10),
            show: { context, state, slug, process, slate, candidate in
                let (heading, file, found) = try await context.candidate(slug, process, slate, candidate)
                return DisqualifyCandidatePage(heading: heading, file: file, candidate: found, form: state)
            }, act: disqualify)
        tenant.form(
            Path.appealDisqualification, upTo: .files(megabytes: 10),
            show: { context, state, slug, process, slate, candidate in
                try await context.appeal(slug, process, slate, candidate, form: state)
            }, act: appeal)
        tenant.form(
            Path.decideAppeal,
            show: { context, state, slug, process, slate, candidate in
                let (heading, file, found) = try await context.candidate(slug, process, slate, candidate)
                return DecideAppealPage(heading: heading, file: file, candidate: found, form: state)
            }, act: decideAppeal)
        tenant.form(
            Path.accreditWitness,
            show: { context, state, slug, process, slate in
                let (heading, file) = try await context.slate(slug, process, slate)
                return AccreditWitnessPage(heading: heading, file: file, form: state)
            }, act: accredit)
        tenant.post(Path.withdrawWitness) { context, form, slug, process, slate, witness in
            let heading = try await context.alliance(slug)
            try await context.run(
                WithdrawWitness(witness, of: slate, of: process, of: heading.alliance.id), form)
            return Redirect(to: .slate(slug, process, slate), "La acreditación terminó.")
        }
        tenant.get(Path.slatePaper) { context, slug, process, slate, paper in
            let heading = try await context.alliance(slug)
            let (file, content) = try await context.fetch(
                ReadSlatePaper(paper, of: slate, of: process, of: heading.alliance.id))
            return Download(
                name: file.name, mediaType: file.mediaType.rawValue, bytes: content, isInline: true)
        }
        tenant.get(Path.findMembers, findMembers)
    }

    // MARK: The list and the form

    @Sendable private func list(
        _ context: TenantContext, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> SlatesPage {
        let heading = try await context.alliance(slug)
        let list = try await context.fetch(ListSlates(of: process, of: heading.alliance.id))
        let query = ListQuery<SlatesPage.Sort>(context.visit)
        let filters = SlatesPage.Filters(list.contests)
        var slates = list.slates
        if let words = query[filters.words]?.folded { slates.removeAll { !$0.name.folded.contains(words) } }
        if let state = query[filters.state] { slates.removeAll { $0.state != state } }
        if let contest = query[filters.contest] { slates.removeAll { $0.contest != contest } }
        switch query.sort {
        case .ballot: break
        case .name: slates.sort { $0.name.folded < $1.name.folded }
        case .state: slates.sort { $0.state.title < $1.state.title }
        case .registered: slates.sort { $0.registeredAt < $1.registeredAt }
        }
        if query.isDescending { slates.reverse() }
        let maySee = context.may(.seeCandidates, in: list.process.stream)
        let rows = slates.map { slate in
            SlatesPage.Row(slate: slate, path: maySee ? .slate(slug, process, slate.id) : nil)
        }
        return SlatesPage(
            heading: heading, list: list, query: query, found: query.page(of: rows),
            now: context.visit.now, mayRegister: context.may(.registerSlates, in: list.process.stream))
    }

    @Sendable private func newSlate(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ contest: ID<Contest>
    ) async throws -> SlateFormPage {
        let heading = try await context.alliance(slug)
        let list = try await context.fetch(ListSlates(of: process, of: heading.alliance.id))
        guard context.may(.registerSlates, in: list.process.stream) else {
            throw AccessError.notPermitted(.registerSlates)
        }
        guard let contest = list.contests.first(where: { $0.id == contest }) else { throw NoSuchPage() }
        return SlateFormPage(
            heading: heading, process: list.process, contest: contest, slate: nil, form: state)
    }

    @Sendable private func register(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ contest: ID<Contest>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let list = try await context.fetch(ListSlates(of: process, of: heading.alliance.id))
        guard let found = list.contests.first(where: { $0.id == contest }) else { throw NoSuchPage() }
        let nomination = try await nomination(from: form, for: found, heading, context)
        let slate = try await context.run(
            RegisterSlate(nomination, in: contest, of: process, of: heading.alliance.id), form)
        return Redirect(
            to: .slate(slug, process, slate), "Quedó inscrita. Falta la aceptación firmada de cada candidato."
        )
    }

    @Sendable private func changes(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ slate: ID<Slate>
    ) async throws -> SlateFormPage {
        let (heading, file) = try await context.slate(slug, process, slate)
        return SlateFormPage(
            heading: heading, process: file.process, contest: file.contest, slate: file, form: state)
    }

    @Sendable private func edit(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ slate: ID<Slate>
    ) async throws -> Redirect {
        let (heading, file) = try await context.slate(slug, process, slate)
        let nomination = try await nomination(from: form, for: file.contest, heading, context)
        try await context.run(
            EditSlate(slate, as: nomination, of: process, of: heading.alliance.id), form)
        return Redirect(to: .slate(slug, process, slate), "Los cambios quedaron guardados.")
    }

    private func nomination(
        from form: Submission, for contest: Contest, _ heading: AllianceHeading, _ context: TenantContext
    ) async throws -> Nomination {
        let fields = SlateForm(contest)
        let (name, representative, contact) = try form.read(
            fields.name, fields.representative, fields.contact)
        var finder = MemberFinder(context: context, alliance: heading.alliance.id)
        let principals = try await finder.people(in: fields.principals, of: form)
        let alternates = try await finder.people(in: fields.alternates, of: form)
        try finder.refuseProblems()
        return try Nomination(
            name: name, representative: representative, contact: contact, principals: principals,
            alternates: alternates)
    }

    // MARK: The slate

    @Sendable private func withdraw(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ slate: ID<Slate>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let reason = try form.read(WithdrawSlatePage.reason)
        try await context.run(
            WithdrawSlate(slate, because: reason, of: process, of: heading.alliance.id), form)
        return Redirect(to: .slate(slug, process, slate), "La plancha quedó retirada.")
    }

    @Sendable private func decide(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ slate: ID<Slate>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let questions = DecideSlatePage.Questions()
        let (decision, reason) = try form.read(questions.decision, questions.reason)
        try await context.run(
            DecideSlate(slate, as: decision, because: reason, of: process, of: heading.alliance.id), form)
        return Redirect(
            to: .slate(slug, process, slate),
            decision == .admit ? "Quedó admitida: va al tarjetón." : "Quedó rechazada, con sus razones.")
    }

    @Sendable private func accredit(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ slate: ID<Slate>
    ) async throws -> Redirect {
        let (heading, file) = try await context.slate(slug, process, slate)
        let questions = AccreditWitnessPage.Questions(file.tables)
        let (name, document, table) = try form.read(questions.name, questions.document, questions.table)
        try await context.run(
            AccreditWitness(name, document, at: table, for: slate, of: process, of: heading.alliance.id), form
        )
        return Redirect(to: .slate(slug, process, slate), "El testigo quedó acreditado.")
    }

    // MARK: Candidates

    @Sendable private func accept(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ slate: ID<Slate>, _ candidate: ID<Candidate>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let questions = AcceptCandidacyPage.Questions()
        let (day, proof) = try form.read(questions.day, questions.proof)
        let paper = try await keep(proof, of: day, in: process, heading, context)
        try await context.run(
            AcceptCandidacy(
                of: candidate, on: slate, signedOn: day, proof: paper, of: process, of: heading.alliance.id),
            form)
        return Redirect(to: .slate(slug, process, slate), "La aceptación quedó registrada.")
    }

    @Sendable private func replace(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ slate: ID<Slate>, _ candidate: ID<Candidate>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let questions = ReplaceCandidatePage.Questions()
        let reason = try form.read(questions.reason)
        var finder = MemberFinder(context: context, alliance: heading.alliance.id)
        let person = try await finder.people(in: [questions.person], of: form).first
        try finder.refuseProblems()
        guard let person else {
            throw InvalidInput([.init(field: "person", message: "Escriba quién entra.")])
        }
        try await context.run(
            ReplaceCandidate(
                candidate, on: slate, by: person, because: reason, of: process, of: heading.alliance.id),
            form)
        return Redirect(
            to: .slate(slug, process, slate), "El reemplazo quedó registrado. Falta su aceptación firmada.")
    }

    @Sendable private func disqualify(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ slate: ID<Slate>, _ candidate: ID<Candidate>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let questions = DisqualifyCandidatePage.Questions()
        let (ground, norm, reason, evidence) = try form.read(
            questions.ground, questions.norm, questions.reason, questions.evidence)
        let paper = try await keep(evidence, of: context.today, in: process, heading, context)
        try await context.run(
            DisqualifyCandidate(
                candidate, on: slate,
                for: DisqualificationGround(ground, norm: norm, reason: reason, evidence: paper), of: process,
                of: heading.alliance.id), form)
        return Redirect(to: .slate(slug, process, slate), "La inhabilidad quedó registrada.")
    }

    @Sendable private func appeal(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ slate: ID<Slate>, _ candidate: ID<Candidate>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let questions = AppealPage.Questions()
        let (words, file) = try form.read(questions.appeal, questions.file)
        try await context.run(
            AppealDisqualification(
                of: candidate, on: slate, because: words, file: try file?.stored(on: context.today),
                of: process, of: heading.alliance.id), form)
        let seesSlate = context.may(.seeCandidates, in: .process(process, of: heading.alliance.id))
        return Redirect(
            to: seesSlate ? .slate(slug, process, slate) : .ownAlliance(slug),
            "La apelación quedó presentada. La decide otra persona del comité electoral.")
    }

    @Sendable private func decideAppeal(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ slate: ID<Slate>, _ candidate: ID<Candidate>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let questions = DecideAppealPage.Questions()
        let (outcome, reason) = try form.read(questions.outcome, questions.reason)
        try await context.run(
            DecideAppeal(
                of: candidate, on: slate, as: outcome, because: reason, of: process, of: heading.alliance.id),
            form)
        return Redirect(to: .slate(slug, process, slate), "La decisión quedó guardada.")
    }

    /// Keeps a paper under a key of its own: the form's belongs to the act.
    private func keep(
        _ paper: UploadedFile?, of day: CalendarDate, in process: ID<ElectoralProcess>,
        _ heading: AllianceHeading, _ context: TenantContext
    ) async throws -> ID<StoredFile>? {
        guard let paper else { return nil }
        return try await context.visit.site.runner.run(
            StoreFile(
                StoredFile(name: paper.name, content: try paper.content(), effectiveOn: day),
                as: .elections, in: .process(process, of: heading.alliance.id)),
            as: context.principal)
    }

    // MARK: Members who fit

    @Sendable private func findMembers(
        _ context: TenantContext, _ slug: AllianceSlug
    ) async throws -> Download {
        let heading = try await context.alliance(slug)
        let words = context.visit["q"] ?? ""
        let found = try await context.fetch(
            ListMembers(of: heading.alliance.id, words: words, limit: words.count < 3 ? 0 : 12))
        return Download(
            name: "asociados.json", mediaType: "application/json",
            bytes: Array(try JSONEncoder().encode(found.members.map(\.proposal))), isInline: true)
    }
}

extension TenantContext {
    /// A slate with its alliance.
    fileprivate func slate(
        _ slug: AllianceSlug, _ process: ID<ElectoralProcess>, _ slate: ID<Slate>
    ) async throws -> (AllianceHeading, SlateFile) {
        let heading = try await alliance(slug)
        return (heading, try await fetch(ReadSlate(slate, of: process, of: heading.alliance.id)))
    }

    /// The form of an appeal, for who sees the slate and for the candidate alone.
    fileprivate func appeal(
        _ slug: AllianceSlug, _ process: ID<ElectoralProcess>, _ slate: ID<Slate>,
        _ candidate: ID<Candidate>, form: FormState
    ) async throws -> AppealPage {
        let heading = try await alliance(slug)
        let action = Path.appealDisqualification(slug, process, slate, candidate)
        guard may(.seeCandidates, in: .process(process, of: heading.alliance.id)) else {
            let own = try await fetch(ReadOwnCandidacies(in: heading.alliance.id))
            guard let found = own.first(where: { $0.candidate == candidate && $0.process == process }) else {
                throw NoSuchPage()
            }
            return AppealPage(
                name: found.name, decision: found.disqualification, action: action,
                trail: heading.trail(from: .own), back: .ownAlliance(slug), form: form)
        }
        let (_, file, found) = try await self.candidate(slug, process, slate, candidate)
        return AppealPage(
            name: found.name, decision: found.disqualification, action: action,
            trail: heading.trail(to: file),
            back: .slate(slug, process, slate), form: form)
    }

    /// A candidate with the slate.
    fileprivate func candidate(
        _ slug: AllianceSlug, _ process: ID<ElectoralProcess>, _ slate: ID<Slate>,
        _ candidate: ID<Candidate>
    ) async throws -> (AllianceHeading, SlateFile, CandidateFile) {
        let (heading, file) = try await self.slate(slug, process, slate)
        guard let found = (file.candidates + file.former).first(where: { $0.id == candidate }) else {
            throw NoSuchPage()
        }
        return (heading, file, found)
    }
}

/// Finds the members whom a form names, by document or by name.
private struct MemberFinder {
    let context: TenantContext
    let alliance: ID<Alliance>
    private var problems: [InvalidInput.Problem] = []

    init(context: TenantContext, alliance: ID<Alliance>) {
        self.context = context
        self.alliance = alliance
    }

    /// The people of the rows that are not empty, in their order. What is not found is told by its row.
    mutating func people(in fields: [Field<String?>], of form: Submission) async throws -> [ID<Person>] {
        var people: [ID<Person>] = []
        for field in fields {
            guard let text = form.entries.first(field.name) else { continue }
            do {
                people.append(try await person(text))
            } catch let problem as FieldProblem {
                problems.append(.init(field: field.name, message: problem.message))
            }
        }
        return people
    }

    /// Refuses the form where somebody was not found.
    func refuseProblems() throws(InvalidInput) {
        guard problems.isEmpty else { throw InvalidInput(problems) }
    }

    private func person(_ text: String) async throws -> ID<Person> {
        // What the browser proposed has the document first.
        let words = String(text.prefix { $0 != "·" })
        if let document = try? IdentityDocument(parsing: words) {
            do {
                return try await context.fetch(FindPerson(document, for: alliance))
            } catch let refusal as MemberError {
                throw FieldProblem(refusal.message)
            }
        }
        let found = try await context.fetch(ListMembers(of: alliance, words: words, limit: 5))
        switch found.total {
        case 0:
            throw FieldProblem(
                "Ningún asociado se llama «\(words.prefix(60))» ni tiene ese documento. Escriba su documento."
            )
        case 1: return found.members[0].person
        default:
            let names = found.members.map { "\($0.document.formatted), \($0.name)" }
            throw FieldProblem(
                "Hay \(SpanishFormat.number(found.total)) asociados así: \(names.joined(separator: "; ")). Escriba el documento."
            )
        }
    }
}
