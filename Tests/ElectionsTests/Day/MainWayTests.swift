import Elections
import Foundation
import Kernel
import Tenancy
import TestSupport
import Testing

@Suite struct `From check-in to proclamation` {
    @Test func `two counts that differ, a tie and a challenge end in proclaimed mandates`() async throws {
        let assembly = try await Assembly.make()
        let (runner, place, poll) = (assembly.tenants.runner, assembly.place, assembly.poll)
        let session = try await assembly.begin()
        await #expect(throws: VotingDayError.alreadyPresent) {
            try await runner.run(
                CheckIn(assembly.people[0], to: session, of: place, showedDocument: true),
                as: assembly.jurors[0])
        }
        try await runner.run(ClosePoll(poll, of: place), as: assembly.committee)
        try await runner.run(CloseSession(session, of: place), as: assembly.committee)

        // 12, 3 and 3 with 2 blank over 3 seats: the quotient is 20/3, and two residues of 3 tie for a seat.
        let right = assembly.figures([12, 3, 3], blank: 2)
        try await runner.run(EnterCount(right, of: poll, in: place), as: assembly.jurors[0])
        await #expect(throws: TableCountError.juryMissing) {
            try await runner.run(CloseTable(poll, in: place), as: assembly.committee)
        }
        try await runner.run(
            EnterCount(assembly.figures([12, 4, 3], blank: 1), of: poll, in: place), as: assembly.jurors[1])
        await #expect(throws: TableCountError.bothEntered) {
            try await runner.run(EnterCount(right, of: poll, in: place), as: assembly.jurors[0])
        }
        let differences = try await runner.run(
            ReconcileCount(right, of: poll, in: place, because: "Se recontó la plancha 2"),
            as: assembly.jurors[0])
        #expect(differences.count == 2)
        await #expect(throws: CountSheetError.self) {
            try await runner.run(CloseTable(poll, in: place), as: assembly.committee)
        }
        try await runner.run(ConfirmAgreement(1, of: poll, in: place), as: assembly.jurors[1])
        try await runner.run(CloseTable(poll, in: place), as: assembly.committee)

        let result = try await runner.run(
            MakeCanvass(of: assembly.contest, in: place), as: assembly.committee)
        #expect(result.quotient.description == "20/3")
        #expect(result.outcome == .tie)
        #expect(result.ties.map(\.seats) == [1])
        try await assembly.nameNumber()
        let draw = try await runner.run(
            ConfirmDraw(1, of: assembly.contest, in: place), as: assembly.guarantor)
        // Who confirmed the number made this version of the canvass, and signs as what they are.
        let signers = try await assembly.report().signers
        #expect(signers.filter { $0.role == "Comité electoral" }.map(\.name) == ["Ana Prueba"])
        #expect(signers.allSatisfy { $0.name != "Delegada Uno" || $0.role.hasPrefix("Garante") })
        let repeated = try Draw(among: draw.among, places: draw.places, seed: DrawSeed(draw.seed.parts))
        #expect(repeated.winners == draw.winners)

        let challenge = try await runner.run(
            FileChallenge(
                in: place, of: assembly.contest, by: "Ana Prueba", on: .arithmetic, facts: "Falta un voto"),
            as: assembly.guarantor)
        await #expect(throws: CanvassError.challengeOpen) {
            try await runner.run(
                ProposeProclamation(in: place, because: "Resultado en firme"), as: assembly.committee)
        }
        try await runner.run(
            DecideChallenge(challenge, in: place, effect: nil, because: "El acta suma"),
            as: assembly.committee)
        // One slate gives the term up: that of the others runs.
        let refusal = await #expect(throws: CanvassError.self) {
            try await runner.run(
                ProposeProclamation(
                    in: place, because: "Resultado en firme", waivers: [.slate(assembly.slates[0])]),
                as: assembly.committee)
        }
        guard case .termRuns(_, let others) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(others == ["Plancha 2 (Comité organizador)", "Plancha 3 (Comité organizador)"])
        let act = try await runner.run(
            ProposeProclamation(
                in: place, because: "Resultado en firme", waivers: try await assembly.holders()),
            as: assembly.committee)
        await #expect(throws: CanvassError.sameRole) {
            try await runner.run(SecondProclamation(act, in: place), as: assembly.committee)
        }
        let mandates = try await runner.run(SecondProclamation(act, in: place), as: assembly.guarantor)
        #expect(mandates == 3)
        let waivers = try await assembly.read { try await $0.waivers(in: place) }
        #expect(waivers.map(\.party) == ["Plancha 1", "Plancha 2", "Plancha 3"])
        #expect(waivers.allSatisfy { $0.notedBy == "Ana Prueba" })
    }

    @Test func `a table whose figures do not add up is kept and cannot be closed`() async throws {
        let assembly = try await Assembly.make()
        let (runner, place, poll) = (assembly.tenants.runner, assembly.place, assembly.poll)
        _ = try await assembly.begin()
        try await runner.run(ClosePoll(poll, of: place), as: assembly.committee)
        for juror in assembly.jurors {
            try await runner.run(
                EnterCount(assembly.figures([10, 6, 4], blank: 2), of: poll, in: place), as: juror)
        }
        await #expect(throws: CountSheetError.self) {
            try await runner.run(CloseTable(poll, in: place), as: assembly.committee)
        }
        await #expect(throws: CanvassError.tablesOpen(1)) {
            try await runner.run(MakeCanvass(of: assembly.contest, in: place), as: assembly.committee)
        }
    }
}
