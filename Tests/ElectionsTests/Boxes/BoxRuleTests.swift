import Foundation
import Kernel
import Postgres
import TestSupport
import Testing
import VerifiableVoting

@testable import Elections
@testable import Tenancy

@Suite struct `A box and the tables of its vote` {
    private func openPoll(_ assembly: Assembly, in session: ID<VotingSession>) async throws {
        try await assembly.runner.run(
            OpenPoll(assembly.poll, in: session, of: assembly.place, ballots: 10), as: assembly.committee)
    }

    @Test func `come one before the other, so that nobody who was handed papers votes again`() async throws {
        let first = try await BoxElection<Ed25519>.open(electors: 8, hasPaper: true)
        let assembly = first.assembly
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people, to: session)
        try await assembly.runner.run(
            MarkPaperVote(assembly.people[0], at: assembly.table, of: first.box, in: first.place),
            as: assembly.jurors[0])
        try await first.act(.close)
        try await first.act(.annul, because: "Se cayó la red")
        // Drafted before the tables open and sealed after it: no mark was made of the papers meanwhile.
        let second = try await BoxElection<Ed25519>.draft(
            of: [assembly.contest], in: assembly, hasPaper: true)
        try await second.makeKey()
        try await second.handIn()
        try await openPoll(assembly, in: session)
        await #expect(throws: BoxError.tablesVoted) { try await second.seal() }
        try await second.act(.annul, because: "Las mesas abrieron")
        await #expect(throws: BoxError.tablesVoted) {
            _ = try await BoxElection<Ed25519>.draft(of: [assembly.contest], in: assembly)
        }
        // A rehearsal takes no vote from anybody, and no number either.
        let mock = try await BoxElection<Ed25519>.draft(of: [assembly.contest], in: assembly, isMock: true)
        #expect(try await mock.file().box.title == "Simulacro n.º 1")
        #expect(try await second.file().box.title == "Urna n.º 2")
    }

    @Test func `take no vote twice where it is voted in the box alone`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 8)
        let session = try await made.assembly.openSession()
        try await made.assembly.letIn(made.assembly.people, to: session)
        await #expect(throws: VotingDayError.votedInBox) {
            try await openPoll(made.assembly, in: session)
        }
        try await made.act(.annul, because: "Se cayó la red")
        try await openPoll(made.assembly, in: session)
    }

    @Test func `are held apart by the database, whatever was asked at the sealing`() async throws {
        let made = try await BoxElection<Ed25519>.prepare(electors: 8, hasPaper: true)
        let assembly = made.assembly
        try await made.makeKey()
        try await made.handIn()
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people, to: session)
        assembly.clock.advance(by: 60)
        try await made.seal()
        try await made.prove()
        // As if the vote had been opened while the box was being sealed.
        let (poll, before) = (assembly.poll, assembly.clock.now - 30)
        try await assembly.tenants.database.transaction(TenantScope(assembly.committee)) { transaction in
            let quorum = try #require(
                try await transaction.quorum(now: before, in: session, of: assembly.place))
            try await transaction.insertQuorum(
                quorum, of: poll.contest, round: poll.round, in: session, of: assembly.place, at: before)
            try await transaction.open(poll, in: session, of: assembly.place, ballots: 10, at: before)
        }
        await #expect(throws: BoxError.tablesVoted) { try await made.act(.open) }
    }
}

@Suite struct `A slip` {
    @Test func `is handed over by the jurors of the table of its elector`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 12)
        let assembly = made.assembly
        let second = try await assembly.addPlace("Sede norte")
        func bind(at table: ID<VotingTable>, as juror: Principal) async throws {
            try await made.runner.run(
                BindSlip(
                    "R0", to: assembly.people[0], at: table, replacingBecause: "Se perdió", of: made.box,
                    in: made.place), as: juror)
        }
        await #expect(throws: BoxError.otherTable) {
            try await bind(at: second.table, as: second.jurors[0])
        }
        await #expect(throws: TableCountError.notYourTable) {
            try await bind(at: assembly.table, as: second.jurors[0])
        }
        try await bind(at: assembly.table, as: assembly.jurors[0])
        #expect(try await made.file().credentials.unusable == 1)
    }
}
