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
        // A rehearsal takes no vote from anybody.
        _ = try await BoxElection<Ed25519>.draft(of: [assembly.contest], in: assembly, isMock: true)
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
