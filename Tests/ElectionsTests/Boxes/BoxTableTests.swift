import Foundation
import Governance
import Kernel
import Postgres
import TestSupport
import Testing
import VerifiableVoting

@testable import Elections
@testable import Tenancy

@Suite struct `A box at a table` {
    private func entrance(_ made: BoxElection<Ed25519>) throws -> VotingEntrance {
        let clock = made.clock
        return VotingEntrance(
            database: made.assembly.tenants.database, passwords: try Passwords(cost: .lowest),
            codes: made.assembly.tenants.identity.oneTimeCodes, now: { clock.now })
    }

    @discardableResult
    private func openKiosk(
        _ made: BoxElection<Ed25519>, _ entrance: VotingEntrance, named name: String = "Cabina 1"
    ) async throws -> EntranceToken {
        let device = EntranceToken.random()
        try await made.runner.run(
            OpenKiosk(
                name, at: made.assembly.table, of: made.box, token: device,
                pin: try await entrance.hash(pin: "4711"), in: made.place), as: made.assembly.jurors[0])
        return device
    }

    private func mark(_ person: ID<Person>, _ made: BoxElection<Ed25519>) -> MarkPaperVote {
        MarkPaperVote(person, at: made.assembly.table, of: made.box, in: made.place)
    }

    private func document(_ index: Int) throws -> IdentityDocument {
        try IdentityDocument(type: .cedula, number: "10\(100 + index)")
    }

    /// What somebody does at the same time as others do something else for the same person.
    private enum Attempt: CaseIterable {
        case paper, kiosk, remote
    }

    @Test func `gives one vote to each person, however kiosk, paper and distance come together`() async throws
    {
        let made = try await BoxElection<Ed25519>.open(electors: 8, hasPaper: true)
        let (org, people, juror) = (
            made.assembly.organization.id, made.assembly.people, made.assembly.jurors[0]
        )
        let (entrance, election) = (try entrance(made), try await made.election())
        try await made.assembly.letIn(people, to: try await made.assembly.openSession())
        let (seed, generator) = Seeded.printingSeed("kiosk, paper and distance")
        var random = generator
        var turns: [(ID<Person>, Attempt, EntranceToken?, [UInt8])] = []
        for (index, person) in people.enumerated() {
            let device = try await openKiosk(made, entrance, named: "Cabina \(index)")
            let (_, kiosk) = try await entrance.letIn(person, to: device, pin: "4711", of: org)
            let remote = try await made.pass(for: person)
            for attempt in Attempt.allCases {
                let token: EntranceToken? =
                    switch attempt {
                    case .paper: nil
                    case .kiosk: kiosk
                    case .remote: remote
                    }
                turns.append((person, attempt, token, try made.ballot(of: person, for: 1, in: election)))
            }
        }
        turns.shuffle(using: &random)
        let taken = await withTaskGroup(of: (ID<Person>, Attempt, (any Error)?).self) { tasks in
            for (person, attempt, token, ballot) in turns {
                tasks.addTask {
                    do {
                        if let token {
                            try await made.cast(ballot, by: token)
                        } else {
                            try await made.runner.run(mark(person, made), as: juror)
                        }
                        return (person, attempt, nil)
                    } catch {
                        return (person, attempt, error)
                    }
                }
            }
            return await tasks.reduce(into: []) { $0.append($1) }
        }
        for person in people {
            let own = taken.filter { $0.0 == person }
            let isPaper = own.contains { $0.1 == .paper && $0.2 == nil }
            let ballots = own.count { $0.1 != .paper && $0.2 == nil }
            #expect(isPaper ? ballots == 0 : ballots == 2, "seed \(seed)")
            for (_, attempt, error) in own where error != nil {
                if attempt == .paper {
                    #expect(error as? BoxError == .hasVoted, "seed \(seed)")
                } else {
                    #expect(
                        [.votedOnPaper, .noPass].contains(error as? CastError),
                        "seed \(seed): \(error as Any)")
                }
            }
        }
        let file = try await made.file()
        #expect(file.participation.values.reduce(0, +) == people.count, "seed \(seed)")
        #expect(file.box.voters == people.count - (file.participation[.paper] ?? 0), "seed \(seed)")
    }

    @Test func `takes papers back that were not used, until the urn of the table closes`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 8, hasPaper: true)
        let (people, table, juror) = (made.assembly.people, made.assembly.table, made.assembly.jurors[0])
        func undo(_ person: ID<Person>) throws -> UndoPaperVote {
            try UndoPaperVote(
                person, at: table, because: "Prefirió la cabina", of: made.box, in: made.place)
        }
        #expect(throws: BoxError.reasonMissing) {
            try UndoPaperVote(people[0], at: table, because: " ", of: made.box, in: made.place)
        }
        await #expect(throws: BoxError.noPaperVote) {
            try await made.runner.run(try undo(people[0]), as: juror)
        }
        try await made.runner.run(mark(people[0], made), as: juror)
        try await made.runner.run(mark(people[1], made), as: juror)
        try await made.runner.run(try undo(people[0]), as: juror)
        try await made.vote([1])
        #expect(try await made.file().participation == [.remote: 1, .paper: 1])
        // A vote in the box is nobody's to take back.
        await #expect(throws: BoxError.noPaperVote) {
            try await made.runner.run(try undo(people[0]), as: juror)
        }
        let session = try await made.assembly.openSession()
        try await made.assembly.letIn(people, to: session)
        try await made.runner.run(
            OpenPoll(made.assembly.poll, in: session, of: made.place, ballots: 8),
            as: made.assembly.committee)
        try await made.runner.run(
            ClosePoll(made.assembly.poll, of: made.place), as: made.assembly.committee)
        await #expect(throws: BoxError.urnClosed) {
            try await made.runner.run(try undo(people[1]), as: juror)
        }
    }

    @Test func `shows its jurors how somebody stands, and nobody else's jurors`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 12, hasPaper: true)
        let (people, juror) = (made.assembly.people, made.assembly.jurors[0])
        try await made.assembly.letIn(people[0...1], to: try await made.assembly.openSession())
        func found(_ index: Int) async throws -> BoxElector {
            let table = try await made.runner.fetch(
                ReadBoxTable(
                    made.assembly.table, of: made.box, looking: "10\(100 + index)", in: made.place),
                as: juror)
            return try #require(table.electors.first)
        }
        let before = try await found(0)
        #expect(before.person == people[0] && before.isPresent && before.hasSlip && before.way == nil)
        try await made.runner.run(mark(people[0], made), as: juror)
        let after = try await found(0)
        #expect(after.way == .paper && after.votedAt == 1 && !after.hasConflict)
        #expect(try await !found(2).isPresent)
        // The card by itself likewise, at one's own table.
        let second = try await made.assembly.addPlace("Sede norte")
        func card(at table: ID<VotingTable>, as principal: Principal) async throws -> BoxElector {
            try await made.runner.fetch(
                ReadBoxElector(people[0], at: table, beside: made.box, in: made.place), as: principal)
        }
        #expect(try await card(at: made.assembly.table, as: juror).way == .paper)
        #expect(try await card(at: second.table, as: second.jurors[0]).person == people[0])
        await #expect(throws: TableCountError.notYourTable) {
            _ = try await card(at: made.assembly.table, as: second.jurors[0])
        }
        await #expect(throws: TableError.notFound) {
            _ = try await made.runner.fetch(ReadBoxTable(ID(), of: made.box, in: made.place), as: juror)
        }
        let stranger = try await made.assembly.tenants.invite(
            nil, of: made.assembly.organization, name: "Jurado de otra elección")
        let other = try await made.assembly.tenants.principal(
            of: stranger.user, in: made.assembly.organization)
        await #expect(throws: (any Error).self) {
            _ = try await made.runner.fetch(
                ReadBoxTable(made.assembly.table, of: made.box, in: made.place), as: other)
        }
    }

    @Test func `ends the turn of who voted when its booth waits again`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 6)
        let (org, people, entrance) = (
            made.assembly.organization.id, made.assembly.people, try entrance(made)
        )
        let device = try await openKiosk(made, entrance)
        try await made.assembly.letIn(people, to: try await made.assembly.openSession())
        let (_, token) = try await entrance.letIn(people[0], to: device, pin: "4711", of: org)
        #expect(try await entrance.pass(token, of: org)?.person == people[0])
        // The device lost its power and all that it knew but what it is.
        #expect(try await entrance.free(device, of: org).name == "Cabina 1")
        #expect(try await entrance.pass(token, of: org) == nil)
        let ballot = try made.ballot(of: people[0], for: 1, in: try await made.election())
        await #expect(throws: CastError.noPass) { try await made.cast(ballot, by: token) }
        let (_, next) = try await entrance.letIn(people[1], to: device, pin: "4711", of: org)
        // Closed from the table, its device is nothing any more.
        let kiosk = try #require(try await made.file().kiosks.first)
        try await made.runner.run(
            CloseKiosk(kiosk.id, of: made.box, in: made.place), as: made.assembly.jurors[1])
        #expect(try await entrance.pass(next, of: org) == nil)
        await #expect(throws: EntranceError.kioskUnknown) { _ = try await entrance.free(device, of: org) }
        await #expect(throws: EntranceError.kioskUnknown) {
            _ = try await entrance.letIn(people[2], to: device, pin: "4711", of: org)
        }
    }

    @Test func `counts PINs that are tried at once as those that are tried one after the other`() async throws
    {
        let made = try await BoxElection<Ed25519>.open(electors: 6)
        let (org, person, entrance) = (
            made.assembly.organization.id, made.assembly.people[0], try entrance(made)
        )
        let device = try await openKiosk(made, entrance)
        try await made.assembly.letIn([person], to: try await made.assembly.openSession())
        let answers = await withTaskGroup(of: EntranceError?.self) { tasks in
            for number in 0..<20 {
                tasks.addTask {
                    do {
                        _ = try await entrance.letIn(person, to: device, pin: "\(5_000 + number)", of: org)
                        return nil
                    } catch {
                        return error as? EntranceError
                    }
                }
            }
            return await tasks.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count { $0 == .wrongPin } <= VotingEntrance.mostPins)
        await #expect(throws: EntranceError.kioskLocked(until: made.clock.now + VotingEntrance.lock)) {
            _ = try await entrance.letIn(person, to: device, pin: "4711", of: org)
        }
    }

    @Test func `binds the slip that somebody drew, once`() async throws {
        let made = try await BoxElection<Ed25519>.prepare(electors: 6)
        let (org, people, entrance) = (
            made.assembly.organization.id, made.assembly.people, try entrance(made)
        )
        try await made.makeKey()
        let slips = made.credentials().enumerated().map { index, slip in
            BoxCredential(
                slip.credential, serial: slip.isSpare ? slip.serial : "V-000\(index)", isSpare: slip.isSpare)
        }
        try await made.runner.run(UploadCredentials(slips, to: made.box, in: made.place), as: made.authority)
        try await made.seal()
        try await made.prove()
        try await made.act(.open)
        let device = try await openKiosk(made, entrance)
        try await made.assembly.letIn(people, to: try await made.assembly.openSession())
        func letIn(_ index: Int, drawing serial: String?) async throws {
            let (_, token) = try await entrance.letIn(
                try document(index), drawing: serial, to: device, pin: "4711", of: org)
            try await entrance.leave(token, of: org)
        }
        await #expect(throws: EntranceError.noSlip) { try await letIn(0, drawing: nil) }
        await #expect(throws: BoxError.slipUnknown("V-9999")) { try await letIn(0, drawing: "V-9999") }
        // A spare is in the place of a lost one, and nobody draws it.
        await #expect(throws: BoxError.slipNotFree) { try await letIn(0, drawing: "R0") }
        try await letIn(0, drawing: " v-0003 ")
        // Again with the same one, or without saying it; another's, or a second one, is refused.
        try await letIn(0, drawing: "V-0003")
        try await letIn(0, drawing: nil)
        await #expect(throws: EntranceError.otherSlip) { try await letIn(0, drawing: "V-0004") }
        await #expect(throws: BoxError.slipNotFree) { try await letIn(1, drawing: "V-0003") }
        #expect(try await made.file().credentials.bound == 1)
    }
}
