import Elections
import Foundation
import Governance
import Kernel
import Membership
import Postgres
import Tenancy

/// What the elections of Bogotá's alliance have in common up to the day of the vote: each act at its own hour, by whoever
/// has the right to it.
struct DemoProcess {
    /// Those who run, count and guarantee elections.
    struct People {
        let committee: Principal
        let guarantor: Principal
        let jurors: [Principal]
    }

    /// A body, and whom it is elected from.
    struct Plan {
        /// The body that is elected.
        let body: String
        let seats: Int
        /// The process.
        let name: String
        /// The slates' names, each with as many candidates as there are seats.
        let slates: [String]
        /// The first member who stands: those before hold a post, or stand elsewhere.
        let firstCandidate: Int
    }

    /// A process on the day of its vote.
    struct Ready {
        let place: ProcessPlace
        let contest: ID<Contest>
        let slates: [ID<Slate>]
        let table: ID<VotingTable>
        /// When the vote opens.
        let opens: Date
    }

    let product: Product
    let places: DemoLoader.Places

    var alliance: ID<Alliance> { places.bogota.id }
    var office: Principal { .terminal(in: places.aliansalud.id) }

    /// The product at another hour.
    func product(at hour: Date) -> CommandRunner {
        CommandRunner(database: product.runner.database, now: { hour })
    }

    /// The hour at which elections of the demonstration begin.
    var start: Date { product.runner.now.addingTimeInterval(-27 * 86_400) }

    /// Brings a process from its draft to the day of its vote.
    func prepare(_ plan: Plan, on voting: CalendarDate, by people: People) async throws -> Ready {
        let body = try await product(at: start).run(
            CreateBody(
                plan.body, kind: .workCommittee, of: alliance, isExternal: false,
                term: try TermLimit(
                    months: 24, norm: "Decreto 1757 de 1994", isConfirmed: false, consecutiveTerms: nil,
                    consecutiveTermsNorm: nil), formation: .proclamation, continuesUntilReplaced: true,
                seats: (1...plan.seats).map { ("Integrante \($0)", nil) }), as: office)
        let (process, calendar) = try await call(body.id, as: plan.name, on: voting)
        let place = ProcessPlace(process, of: alliance)
        let table = try await table(in: place, with: people, at: start)
        try await publish(process, by: people.committee, following: calendar)
        let contest = try await contest(of: process)
        let slates = try await slates(plan, in: contest, of: place, by: people.committee, following: calendar)
        try await freeze(process, by: people.committee, following: calendar)
        return Ready(
            place: place, contest: contest, slates: slates, table: table,
            opens: calendar[.voting]?.opensAt ?? ColombianTime.startOfDay(voting))
    }

    /// Opens the session and lets the first so many of the roll in.
    ///
    /// - Returns: The session, and those who came.
    func open(
        _ ready: Ready, to voters: Int, by people: People
    ) async throws -> (session: ID<VotingSession>, voters: [ID<Person>]) {
        let session = try await product(at: ready.opens).run(
            OpenSession(
                of: ready.place, checkInCloses: ready.opens + 3 * 3600, firstCall: ready.opens),
            as: people.committee)
        let electors = try await product.runner.database.read(TenantScope(office)) { transaction in
            try await transaction.rollEntries(of: ready.place.process)
        }
        let coming = electors.prefix(voters).map(\.person)
        for (index, person) in coming.enumerated() {
            try await product(at: ready.opens + TimeInterval(60 + index * 90)).run(
                CheckIn(person, to: session, of: ready.place, showedDocument: true),
                as: people.jurors[index % people.jurors.count])
        }
        return (session, coming)
    }

    // MARK: - People

    /// Names those who run the elections, after the entity's list of employees of those days, which the rolls are read from.
    func people() async throws -> People {
        try await product(at: start).run(
            LoadStaffList(
                [try IdentityDocument(type: .cedula, number: "1899999999")],
                asOf: ColombianTime.date(at: start)), as: office)
        return try await invited()
    }

    private func invited() async throws -> People {
        People(
            committee: try await person(
                "Rosalba Quintana Pardo", "comite.bogota", "Comité electoral", .electionCommittee, at: start),
            guarantor: try await person(
                "Jairo Alonso Prieto Mora", "garante.bogota", "Personero delegado", .guarantor, at: start),
            jurors: [
                try await person(
                    "Olga Lucía Beltrán Rey", "jurado1.bogota", "Jurado de mesa", .juror, at: start),
                try await person(
                    "Fabio Ernesto Cárdenas Gil", "jurado2.bogota", "Jurado de mesa", .juror, at: start),
            ])
    }

    /// Invites a user with a role.
    func person(
        _ name: String, _ mail: String, _ officeTitle: String, _ role: Role, at hour: Date
    ) async throws -> Principal {
        let runner = product(at: hour)
        let invitation = try await runner.run(
            InviteUser(
                name: name, email: "\(mail)@ejemplo.invalid", officeTitle: officeTitle,
                document: try DemoPerson.document(of: mail), role: role, in: .alliance(alliance),
                through: product.identity), as: office)
        return try await principal(of: invitation.user, at: hour)
    }

    /// A user with all that they were given up to an hour.
    func principal(of user: ID<User>, at hour: Date) async throws -> Principal {
        let grants = try await product.runner.database.read(TenantScope(office)) { transaction in
            try await transaction.grants(of: user, at: hour)
        }
        return Principal(organization: places.aliansalud.id, user: user, grants: grants)
    }

    // MARK: - Before the day

    private func call(
        _ body: ID<Body>, as name: String, on day: CalendarDate
    ) async throws -> (ID<ElectoralProcess>, ElectoralCalendar) {
        let runner = product(at: start)
        guard let opening = TimeOfDay("08:00"), let closing = TimeOfDay("12:00") else {
            throw CalendarError.votingClosesBeforeItOpens
        }
        let year = day.components.year
        let process = try await runner.run(
            DraftProcess(
                "\(name) \(year)–\(year + 2)", of: alliance,
                electing: [body]), as: office)
        let calendar = try await runner.run(
            ComputeCalendar(
                of: process.id, of: alliance, votingOn: day, from: opening, until: closing), as: office)
        return (process.id, calendar)
    }

    private func table(
        in place: ProcessPlace, with people: People, at hour: Date
    ) async throws -> ID<VotingTable> {
        let runner = product(at: hour)
        let table = try await runner.run(
            ArrangeTable(
                TableChoices(
                    place: "Casa de la participación", address: "Carrera 7 n.º 32-16", municipality: "11001",
                    slices: []), in: place.process, of: alliance), as: office)
        for juror in people.jurors {
            guard let user = juror.user else { continue }
            try await runner.run(
                AppointJuror(.user(user), at: table, in: place.process, of: alliance),
                as: people.committee)
        }
        return table
    }

    private func publish(
        _ process: ID<ElectoralProcess>, by committee: Principal, following calendar: ElectoralCalendar
    ) async throws {
        try await product(at: calendar.hour(of: .call)).run(
            PublishCall(
                of: process, of: alliance, through: ["cartelera de la sede", "página de la entidad"]),
            as: committee)
    }

    private func contest(of process: ID<ElectoralProcess>) async throws -> ID<Contest> {
        let contests = try await product.runner.database.read(TenantScope(office)) { transaction in
            try await transaction.contests(of: process)
        }
        guard let contest = contests.first else { throw ProcessError.noContests }
        return contest.id
    }

    private func slates(
        _ plan: Plan, in contest: ID<Contest>, of place: ProcessPlace, by committee: Principal,
        following calendar: ElectoralCalendar
    ) async throws -> [ID<Slate>] {
        let hour = calendar.hour(of: .nominations)
        let runner = product(at: hour)
        let members = try await runner.fetch(ListMembers(of: alliance, limit: 25), as: office).members
        var slates: [ID<Slate>] = []
        for (index, name) in plan.slates.enumerated() {
            let candidates = members.dropFirst(plan.firstCandidate + index * plan.seats).prefix(plan.seats)
            guard let first = candidates.first else { continue }
            let slate = try await runner.run(
                RegisterSlate(
                    Nomination(
                        name: name, representative: first.name, contact: nil,
                        principals: candidates.map(\.person)), in: contest, of: place.process, of: alliance),
                as: office)
            try await admit(slate, in: place, by: committee, at: hour)
            slates.append(slate)
        }
        return slates
    }

    /// Files the signed acceptances, and admits the slate.
    private func admit(
        _ slate: ID<Slate>, in place: ProcessPlace, by committee: Principal, at hour: Date
    ) async throws {
        let runner = product(at: hour)
        let day = ColombianTime.date(at: hour)
        let paper = try await runner.run(
            StoreFile(
                try StoredFile(
                    name: "aceptaciones.txt",
                    content: Array("Aceptamos ser candidatos. (Documento de demostración.)\n".utf8),
                    effectiveOn: day), as: .elections, in: .process(place.process, of: alliance)), as: office)
        let file = try await runner.fetch(
            ReadSlate(slate, of: place.process, of: alliance), as: committee)
        for candidate in file.candidates {
            try await runner.run(
                AcceptCandidacy(
                    of: candidate.id, on: slate, signedOn: day, proof: paper, of: place.process,
                    of: alliance), as: office)
        }
        try await runner.run(
            DecideSlate(
                slate, as: .admit, because: "Cumple los requisitos.", of: place.process, of: alliance),
            as: committee)
    }

    private func freeze(
        _ process: ID<ElectoralProcess>, by committee: Principal, following calendar: ElectoralCalendar
    ) async throws {
        try await product(at: calendar.hour(of: .provisionalRoll)).run(
            PublishProvisionalRoll(of: process, of: alliance), as: committee)
        try await product(at: calendar.hour(of: .rollFreeze)).run(
            FreezeRoll(of: process, of: alliance), as: committee)
    }
}

extension ElectoralCalendar {
    /// An hour of the morning of a step's first day; the first moment of what begins later.
    fileprivate func hour(of step: Milestone.Kind) -> Date {
        guard let milestone = self[step] else { return milestones.first?.opensAt ?? .distantPast }
        let morning = ColombianTime.startOfDay(ColombianTime.date(at: milestone.opensAt)) + 9 * 3600
        return max(milestone.opensAt, min(morning, milestone.closesAt ?? morning))
    }
}
