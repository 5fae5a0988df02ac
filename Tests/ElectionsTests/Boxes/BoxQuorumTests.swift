import Governance
import Kernel
import Postgres
import TestSupport
import Testing
import VerifiableVoting

@testable import Elections
@testable import Tenancy

extension BoxElection {
    /// Makes all ready for the opening, with bylaws that ask for more than half, or six people an hour later.
    fileprivate static func ready(bylaws: [BylawParameter.Name]) async throws -> Self {
        let made = try await prepare(electors: 20, bylaws: bylaws)
        try await made.assembly.adoptQuorum(second: 6, daysAgo: 20)
        try await made.makeReady()
        return made
    }
}

@Suite struct `The quorum of a box` {
    @Test func `is that of the session where only those present vote`() async throws {
        let made = try await BoxElection<Ed25519>.ready(bylaws: [])
        let now = made.clock.now
        #expect(try await made.file().obstacles(at: now) == [.sessionMissing])
        let act = try await made.runner.run(
            ProposeBoxAct(.open, of: made.box, because: "Así se acordó", in: made.place),
            as: made.assembly.committee)
        let second = SettleBoxAct(act, seconding: true, of: made.box, in: made.place)
        await #expect(throws: VotingDayError.sessionNotOpen) {
            try await made.runner.run(second, as: made.assembly.guarantor)
        }
        let session = try await made.assembly.openSession()
        try await made.assembly.letIn(made.assembly.people[..<10], to: session)
        let sentence =
            "No hay quórum: hacen falta 11 personas y hay 10 presentes, falta 1. Primera convocatoria, con la mitad más uno de 20 personas habilitadas"
        #expect(try await made.file().obstacles(at: now) == [.quorumMissing(sentence)])
        await #expect(throws: VotingDayError.noQuorum(sentence)) {
            try await made.runner.run(second, as: made.assembly.guarantor)
        }
        try await made.assembly.letIn(made.assembly.people[10..<11], to: session)
        #expect(try await made.file().obstacles(at: now).isEmpty)
        try await made.runner.run(second, as: made.assembly.guarantor)
        let file = try await made.file()
        #expect(file.box.state == .open)
        // It is kept as it was found, for the acta; and is no term of what is verified, since presence is not in the archive.
        let kept: [String] = try await made.assembly.read { transaction in
            try await transaction.values(
                """
                select rule from elections.quorum_checks
                where organization_id = \(made.assembly.organization.id) and process_id = \(made.place.process)
                    and contest_id = \(made.assembly.contest) and round = 1 and is_met
                """)
        }
        #expect(kept.count == 1 && kept[0].hasPrefix("Hay quórum: bastan 11 personas"))
        #expect(try await made.election().terms?.quorum == nil)
    }

    @Test func `is of those who voted where they need not be present`() async throws {
        let made = try await BoxElection<Ed25519>.ready(bylaws: [.remoteVoting])
        #expect(try await made.election().terms?.quorum == 6)
        try await made.act(.open)
        try await made.vote([1, 1, 2, 2, 0])
        try await made.act(.close)
        let missed = BoxError.obstacles([.quorumMissed(voters: 5, required: 6)])
        await #expect(throws: missed) { try await made.act(.count) }
        try await made.act(.annul, because: "No hubo quórum")
        #expect(try await made.file().box.state == .annulled)
    }

    @Test func `stands in the acta where enough voted`() async throws {
        let made = try await BoxElection<Ed25519>.ready(bylaws: [.remoteVoting])
        try await made.act(.open)
        try await made.vote([1, 1, 2, 2, 0, 1])
        try await made.count()
        try await made.runner.run(
            MakeCanvass(of: made.assembly.contest, in: made.place), as: made.assembly.committee)
        #expect(
            try await made.assembly.report().quorum
                == ["Urna n.º 1: los estatutos piden que voten 6 personas y votaron 6"])
        let report = try await ArchiveVerifier().verify(ArchiveBytes(try await made.archive()))
        #expect(report.reachesQuorum == true)
    }

    @Test func `cannot be more than the roll`() async throws {
        let made = try await BoxElection<Ed25519>.prepare(electors: 8)
        try await made.assembly.adoptQuorum("1/1", second: 40, daysAgo: 20)
        try await made.makeKey()
        try await made.handIn()
        await #expect(throws: BoxError.obstacles([.quorumBeyondRoll(electors: 8, required: 9)])) {
            try await made.seal()
        }
    }

    @Test func `does not hold a rehearsal up`() async throws {
        let made = try await BoxElection<Ed25519>.prepare(electors: 8, isMock: true, bylaws: [])
        try await made.assembly.adoptQuorum(second: 6, daysAgo: 20)
        try await made.open()
        #expect(try await made.file().box.state == .open)
    }
}
