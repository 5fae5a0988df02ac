import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Elections

/// Who decides in an election, and with whom.
@Suite struct DecisionTests {
    @Test func `whoever stands decides nothing of the day and the result, even with a role of the committee`()
        async throws
    {
        let assembly = try await Assembly.make()
        let candidate = try await assembly.colleague(.electionCommittee, person: assembly.people[0])
        let board = try await assembly.colleague(.board, person: assembly.people[1])
        let (place, contest, now) = (assembly.place, assembly.contest, assembly.clock.now)
        func refused(_ command: some Command, as principal: Principal) async {
            await #expect(throws: SlateError.ownElection) {
                _ = try await assembly.runner.run(command, as: principal)
            }
        }
        let session = ID<VotingSession>()
        let challenge = ID<Challenge>()
        await refused(OpenSession(of: place, checkInCloses: now + 3600, firstCall: now), as: candidate)
        await refused(CloseSession(session, of: place), as: candidate)
        await refused(OpenPoll(assembly.poll, in: session, of: place, ballots: 1), as: candidate)
        await refused(ClosePoll(assembly.poll, of: place), as: candidate)
        await refused(CloseTable(assembly.poll, in: place), as: candidate)
        await refused(MakeCanvass(of: contest, in: place), as: candidate)
        await refused(
            DecideChallenge(challenge, in: place, effect: nil, because: "No fue así"), as: candidate)
        await refused(EndContest(contest, in: place, because: "Sin votos"), as: candidate)
        await refused(ProposeProclamation(in: place, because: "En firme"), as: candidate)
        await refused(ProposeProclamation(in: place, because: "En firme"), as: board)
        await refused(SecondProclamation(ID(), in: place), as: board)
        await refused(
            try ProposeAnnulment(of: place.process, of: place.alliance, because: "Perdí"), as: board)
        // A member of the board who does not stand may.
        let other = try await assembly.colleague(.board, person: assembly.people[19])
        await #expect(throws: CanvassError.notCanvassed) {
            try await assembly.runner.run(ProposeProclamation(in: place, because: "En firme"), as: other)
        }
    }

    @Test func `a committee of one alliance decides nothing in the process of another`() async throws {
        let assembly = try await Assembly.make()
        let other = try await assembly.tenants.alliance("Otra", in: assembly.organization)
        let stranger = try await assembly.tenants.principal(
            .electionCommittee, of: assembly.organization, in: .alliance(other.id))
        // The right is held where they say that the process is; the process is elsewhere.
        await #expect(throws: ProcessError.notFound) {
            try await assembly.runner.run(
                OpenSession(
                    of: ProcessPlace(assembly.place.process, of: other.id),
                    checkInCloses: assembly.clock.now + 3600, firstCall: assembly.clock.now), as: stranger)
        }
    }

    @Test func `a vote is closed by those of its own process`() async throws {
        let assembly = try await Assembly.make()
        _ = try await assembly.begin()
        let process = ID<ElectoralProcess>()
        try await assembly.tenants.insertProcess(
            process, of: assembly.place.alliance, in: assembly.organization, state: "voting")
        let place = ProcessPlace(process, of: assembly.place.alliance)
        let space = Grant.Space.process(process, of: place.alliance)
        let stranger = try await assembly.tenants.principal(
            .electionCommittee, of: assembly.organization, in: space)
        await #expect(throws: VotingDayError.pollNotOpen) {
            try await assembly.runner.run(ClosePoll(assembly.poll, of: place), as: stranger)
        }
        try await assembly.runner.run(ClosePoll(assembly.poll, of: assembly.place), as: assembly.committee)
        await #expect(throws: VotingDayError.pollNotOpen) {
            try await assembly.runner.run(CloseTable(assembly.poll, in: place), as: stranger)
        }
    }

    @Test func `an act of two people counts the roles that they have here`() async throws {
        let assembly = try await Assembly.make()
        let elsewhere = try await assembly.tenants.alliance("Otra", in: assembly.organization)
        let annul = try ProposeAnnulment(
            of: assembly.place.process, of: assembly.place.alliance, because: "Hubo fraude")
        let act = try await assembly.runner.run(annul, as: assembly.committee)
        // On the committee here, on the board elsewhere: the same role as who proposed.
        let colleague = try await assembly.colleague(
            .electionCommittee, and: .board, in: .alliance(elsewhere.id))
        func settle(_ act: ID<ElectoralAct>, as principal: Principal) async throws {
            try await assembly.runner.run(
                SettleAnnulment(
                    act, .second, of: assembly.place.process, of: assembly.place.alliance),
                as: principal)
        }
        await #expect(throws: DisruptionError.sameRole) { try await settle(act, as: colleague) }
        // On the committee and on the board here: the role that the other did not have.
        let both = try await assembly.colleague(
            .electionCommittee, and: .board, in: .alliance(assembly.place.alliance))
        try await settle(act, as: both)
        let state = try await assembly.read { try await $0.process(assembly.place.process)?.state }
        #expect(state == .annulled)
    }
}

extension Assembly {
    /// Somebody with one or two roles, who may be a person of the register.
    func colleague(
        _ role: Role, and second: Role? = nil, in space: Grant.Space? = nil, person: ID<Person>? = nil
    ) async throws -> Principal {
        let document = try person.flatMap { people.firstIndex(of: $0) }.map {
            try IdentityDocument(type: .cedula, number: "10\(100 + $0)")
        }
        let invitation = try await tenants.invite(
            role, of: organization, in: .alliance(place.alliance), document: document)
        if let second, let space {
            try await runner.run(
                GrantRole(second, in: space, to: invitation.user), as: .terminal(in: organization.id))
        }
        return try await tenants.principal(of: invitation.user, in: organization)
    }
}
