import Elections
import Foundation
import Governance
import Kernel
import Membership
import Postgres
import Tenancy

/// An election of Bogotá's alliance that was held some days ago and ended in a proclamation, so that its acta, its
/// public page and its mandates can be shown at once: each act at its own hour, by whoever has the right to it.
struct DemoElection {
    /// What the two jurors agree on in the end, by the slates in their order, with blank and null votes.
    private static let votes = (slates: [9, 6], blank: 2, null: 1)

    let product: Product
    let places: DemoLoader.Places

    private var alliance: ID<Alliance> { places.bogota.id }
    private var office: Principal { .terminal(in: places.aliansalud.id) }

    /// Those who run, count and guarantee it.
    private struct People {
        let committee: Principal
        let guarantor: Principal
        let jurors: [Principal]
    }

    /// The product at another hour.
    private func product(at hour: Date) -> CommandRunner {
        CommandRunner(database: product.runner.database, now: { hour })
    }

    /// Holds the election.
    func load() async throws {
        let now = product.runner.now
        let start = now.addingTimeInterval(-27 * 86_400)
        // The entity's list of employees of those days, which the roll of those days is read from.
        try await product(at: start).run(
            LoadStaffList(
                [try IdentityDocument(type: .cedula, number: "1899999999")],
                asOf: ColombianTime.date(at: start)), as: office)
        let body = try await product(at: start).run(
            CreateBody(
                "Comité de control social", kind: .workCommittee, of: alliance, isExternal: false,
                term: try TermLimit(
                    months: 24, norm: "Decreto 1757 de 1994", isConfirmed: false, consecutiveTerms: nil,
                    consecutiveTermsNorm: nil), formation: .proclamation, continuesUntilReplaced: true,
                seats: (1...3).map { ("Integrante \($0)", nil) }), as: office)
        let voting = ColombianTime.date(at: now) - 5
        let (process, calendar) = try await call(body.id, on: voting, at: start)
        let place = ProcessPlace(process, of: alliance)
        let people = try await people(at: start)
        let table = try await table(in: place, with: people, at: start)
        try await publish(process, by: people.committee, following: calendar)
        let contest = try await contest(of: process)
        let slates = try await slates(in: contest, of: place, by: people.committee, following: calendar)
        try await freeze(process, by: people.committee, following: calendar)
        let hour = calendar[.voting]?.opensAt ?? ColombianTime.startOfDay(voting)
        try await vote(PollPlace(contest, at: table), in: place, by: people, from: hour)
        try await count(PollPlace(contest, at: table), slates, in: place, by: people, at: hour + 5 * 3600)
        try await proclaim(contest, in: place, by: people, after: hour + 6 * 3600, before: now)
    }

    // MARK: - Before the day

    private func call(
        _ body: ID<Body>, on day: CalendarDate, at hour: Date
    ) async throws -> (ID<ElectoralProcess>, ElectoralCalendar) {
        let runner = product(at: hour)
        guard let opening = TimeOfDay("08:00"), let closing = TimeOfDay("12:00") else {
            throw CalendarError.votingClosesBeforeItOpens
        }
        let year = day.components.year
        let process = try await runner.run(
            DraftProcess(
                "Elección del comité de control social \(year)–\(year + 2)", of: alliance,
                electing: [body]), as: office)
        let calendar = try await runner.run(
            ComputeCalendar(
                of: process.id, of: alliance, votingOn: day, from: opening, until: closing), as: office)
        return (process.id, calendar)
    }

    private func people(at hour: Date) async throws -> People {
        People(
            committee: try await person(
                "Rosalba Quintana Pardo", "comite.bogota", "Comité electoral", .electionCommittee, at: hour),
            guarantor: try await person(
                "Jairo Alonso Prieto Mora", "garante.bogota", "Personero delegado", .guarantor, at: hour),
            jurors: [
                try await person(
                    "Olga Lucía Beltrán Rey", "jurado1.bogota", "Jurado de mesa", .juror, at: hour),
                try await person(
                    "Fabio Ernesto Cárdenas Gil", "jurado2.bogota", "Jurado de mesa", .juror, at: hour),
            ])
    }

    private func person(
        _ name: String, _ mail: String, _ officeTitle: String, _ role: Role, at hour: Date
    ) async throws -> Principal {
        let runner = product(at: hour)
        let invitation = try await runner.run(
            InviteUser(
                name: name, email: "\(mail)@ejemplo.invalid", officeTitle: officeTitle,
                document: try DemoPerson.of(account: mail)?.document, role: role, in: .alliance(alliance),
                through: product.identity), as: office)
        let grants = try await runner.database.read(TenantScope(office)) { transaction in
            try await transaction.grants(of: invitation.user, at: hour)
        }
        return Principal(organization: places.aliansalud.id, user: invitation.user, grants: grants)
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
        in contest: ID<Contest>, of place: ProcessPlace, by committee: Principal,
        following calendar: ElectoralCalendar
    ) async throws -> [ID<Slate>] {
        let hour = calendar.hour(of: .nominations)
        let runner = product(at: hour)
        let members = try await runner.fetch(ListMembers(of: alliance, limit: 25), as: office).members
        var slates: [ID<Slate>] = []
        for (index, name) in ["Usuarios Presentes", "Salud para Bogotá"].enumerated() {
            // After the four who hold the board's posts.
            let candidates = members.dropFirst(4 + index * 3).prefix(3)
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

    // MARK: - The day

    private func vote(
        _ poll: PollPlace, in place: ProcessPlace, by people: People, from opening: Date
    ) async throws {
        let session = try await product(at: opening).run(
            OpenSession(of: place, checkInCloses: opening + 3 * 3600, firstCall: opening),
            as: people.committee)
        let electors = try await product.runner.database.read(TenantScope(office)) { transaction in
            try await transaction.rollEntries(of: place.process)
        }
        let voters = Self.votes.slates.reduce(Self.votes.blank + Self.votes.null, +)
        for (index, elector) in electors.prefix(voters).enumerated() {
            try await product(at: opening + TimeInterval(60 + index * 90)).run(
                CheckIn(elector.person, to: session, of: place, showedDocument: true),
                as: people.jurors[index % people.jurors.count])
        }
        try await product(at: opening + 3600).run(
            OpenPoll(poll, in: session, of: place, ballots: electors.count), as: people.committee)
        try await product(at: opening + 2 * 3600).run(
            RecordIncident(
                in: place, at: poll.table, .materials,
                account: "Se dañó un tarjetón antes de entregarlo; se anuló ante los testigos y se cambió."),
            as: people.committee)
        try await product(at: opening + 4 * 3600).run(
            ClosePoll(poll, of: place), as: people.committee)
        try await product(at: opening + 4 * 3600 + 300).run(
            CloseSession(session, of: place), as: people.committee)
    }

    /// Two counts that differ in one vote, which the jurors then agree on.
    private func count(
        _ poll: PollPlace, _ slates: [ID<Slate>], in place: ProcessPlace, by people: People, at hour: Date
    ) async throws {
        func figures(_ votes: [Int], blank: Int) -> TableFigures {
            TableFigures(
                votes: Dictionary(zip(slates, votes)) { first, _ in first }, blank: blank,
                null: Self.votes.null, unmarked: 0,
                voters: Self.votes.slates.reduce(Self.votes.blank + Self.votes.null, +))
        }
        let right = figures(Self.votes.slates, blank: Self.votes.blank)
        let other = figures(
            [Self.votes.slates[0], Self.votes.slates[1] + 1], blank: Self.votes.blank - 1)
        let runner = product(at: hour)
        try await runner.run(EnterCount(right, of: poll, in: place), as: people.jurors[0])
        try await runner.run(EnterCount(other, of: poll, in: place), as: people.jurors[1])
        try await runner.run(
            ReconcileCount(
                right, of: poll, in: place,
                because: "Se recontó ante los testigos: un tarjetón sin marca se había leído como voto."),
            as: people.jurors[1])
        try await runner.run(ConfirmAgreement(1, of: poll, in: place), as: people.jurors[0])
        try await runner.run(CloseTable(poll, in: place), as: people.committee)
    }

    /// Counts, decides a challenge, and proclaims when its term is over.
    private func proclaim(
        _ contest: ID<Contest>, in place: ProcessPlace, by people: People, after hour: Date, before now: Date
    ) async throws {
        try await product(at: hour).run(MakeCanvass(of: contest, in: place), as: people.committee)
        let challenge = try await product(at: hour + 3600).run(
            FileChallenge(
                in: place, of: contest, by: "Jairo Alonso Prieto Mora", on: .arithmetic,
                facts: "En la mesa se leyó primero un voto más para la plancha."), as: people.guarantor)
        try await product(at: hour + 86_400).run(
            DecideChallenge(
                challenge, in: place, effect: nil,
                because: "El recuento se hizo ante los testigos y el acta de la mesa lo explica."),
            as: people.committee)
        let end = ColombianTime.startOfDay(ColombianTime.date(at: now) - 1) + 10 * 3600
        let holders = try await product.runner.database.read(TenantScope(office)) { transaction in
            try await transaction.termHolders(of: place.process)
        }
        let act = try await product(at: end).run(
            ProposeProclamation(
                in: place, because: "El resultado quedó en firme y no hay impugnaciones por decidir.",
                waivers: Set(holders.map(\.waiver))), as: people.committee)
        try await product(at: end + 600).run(SecondProclamation(act, in: place), as: people.guarantor)
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
