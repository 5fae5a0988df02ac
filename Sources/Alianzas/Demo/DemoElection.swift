import Elections
import Foundation
import Governance
import Kernel
import Postgres
import Tenancy

/// An election of Bogotá's alliance that was held some days ago and ended in a proclamation, so that its acta, its
/// public page and its mandates can be shown at once: each act at its own hour, by whoever has the right to it.
struct DemoElection {
    /// What the two jurors agree on in the end, by the slates in their order, with blank and null votes.
    private static let votes = (slates: [9, 6], blank: 2, null: 1)

    /// The steps that elections share.
    let steps: DemoProcess

    private typealias People = DemoProcess.People

    /// The product at another hour.
    private func product(at hour: Date) -> CommandRunner { steps.product(at: hour) }

    /// Holds the election.
    func load(with people: DemoProcess.People) async throws {
        let now = steps.product.runner.now
        let ready = try await steps.prepare(
            DemoProcess.Plan(
                body: "Comité de control social", seats: 3, name: "Elección del comité de control social",
                slates: ["Usuarios Presentes", "Salud para Bogotá"],
                // After the four who hold the board's posts.
                firstCandidate: 4), on: ColombianTime.date(at: now) - 5, by: people)
        let poll = PollPlace(ready.contest, at: ready.table)
        try await vote(poll, ready, by: people)
        try await count(poll, ready, by: people, at: ready.opens + 5 * 3600)
        try await proclaim(
            ready.contest, in: ready.place, by: people, after: ready.opens + 6 * 3600, before: now)
    }

    // MARK: - The day

    private func vote(_ poll: PollPlace, _ ready: DemoProcess.Ready, by people: People) async throws {
        let (opening, place) = (ready.opens, ready.place)
        let (session, voters) = try await steps.open(
            ready, to: Self.votes.slates.reduce(Self.votes.blank + Self.votes.null, +), by: people)
        try await product(at: opening + 3600).run(
            OpenPoll(poll, in: session, of: place, ballots: 2 * voters.count), as: people.committee)
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
        _ poll: PollPlace, _ ready: DemoProcess.Ready, by people: People, at hour: Date
    ) async throws {
        let (slates, place) = (ready.slates, ready.place)
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
        let holders = try await steps.product.runner.database.read(TenantScope(steps.office)) { transaction in
            try await transaction.termHolders(of: place.process)
        }
        let act = try await product(at: end).run(
            ProposeProclamation(
                in: place, because: "El resultado quedó en firme y no hay impugnaciones por decidir.",
                waivers: Set(holders.map(\.waiver))), as: people.committee)
        try await product(at: end + 600).run(SecondProclamation(act, in: place), as: people.guarantor)
    }
}
