import Foundation
import Kernel
import Postgres
import TestSupport
import Testing
import VerifiableVoting

@testable import Elections
@testable import Tenancy

@Suite struct `Who signed on paper and voted in the box` {
    private func report(_ person: ID<Person>, _ made: BoxElection<Ed25519>) async throws {
        try await made.runner.run(
            ReportConflict(
                of: person, at: made.assembly.table, account: "Firmó el renglón 3", of: made.box,
                in: made.place),
            as: made.assembly.jurors[0])
    }

    private struct Standing: RowDecodable, Equatable {
        /// Whether the electronic vote is theirs.
        let isInBox: Bool
        /// How many came to the table and voted in no box.
        let checkedIn: Int

        init(_ isInBox: Bool, _ checkedIn: Int) {
            self.isInBox = isInBox
            self.checkedIn = checkedIn
        }

        init(row: Row) throws(RowError) {
            isInBox = try row["is_in_box"]
            checkedIn = try row["checked_in"]
        }
    }

    private func standing(of person: ID<Person>, _ made: BoxElection<Ed25519>) async throws -> Standing? {
        let (org, contest, table) = (
            made.assembly.organization.id, made.assembly.contest, made.assembly.table
        )
        return try await made.assembly.read {
            try await $0.row(
                """
                select elections.voted_in_box(\(org), \(person), \(contest), 1) as is_in_box, checked_in
                from elections.table_attendance(\(org), \(table), \(contest), 1)
                """)
        }
    }

    @Test func `is told by the jurors of the table where it was seen`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 12, hasPaper: true)
        try await made.vote([1])
        let second = try await made.assembly.addPlace("Sede norte")
        await #expect(throws: TableCountError.notYourTable) {
            try await made.runner.run(
                ReportConflict(
                    of: made.assembly.people[0], at: made.assembly.table, account: "Firmó", of: made.box,
                    in: made.place), as: second.jurors[0])
        }
        #expect(try await made.file().conflicts.isEmpty)
    }

    @Test func `has the electronic vote left out by two people, who do not see which it is`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 14, hasPaper: true)
        try await made.vote([1, 1, 2, 3, 0, 2])
        let person = made.assembly.people[2]
        try await report(person, made)
        try await made.assembly.voteAtTheTable()
        let conflict = try #require(try await made.file().conflicts.first)
        // While the box takes ballots nothing is left out: its voter may still replace it.
        await #expect(throws: BoxError.notNow(.open)) { try await made.act(.leaveOut(conflict.id)) }
        try await made.act(.close)
        #expect(try await standing(of: person, made) == Standing(true, 7))
        let before = try await made.archive()
        let settling = try await made.runner.run(
            ProposeBoxAct(.settle(conflict.id), of: made.box, because: "Que queden", in: made.place),
            as: made.assembly.guarantor)
        let act = try await made.runner.run(
            ProposeBoxAct(.leaveOut(conflict.id), of: made.box, because: "Votó dos veces", in: made.place),
            as: made.assembly.committee)
        let open = try await made.file().acts
        #expect(open.map(\.kind) == [.settle(conflict.id), .leaveOut(conflict.id)])
        await #expect(throws: BoxError.sameRole) {
            try await made.runner.run(
                SettleBoxAct(act, seconding: true, of: made.box, in: made.place), as: made.assembly.committee)
        }
        try await made.runner.run(
            SettleBoxAct(act, seconding: true, of: made.box, in: made.place), as: made.assembly.guarantor)
        let file = try await made.file()
        #expect(file.conflicts[0].decision == "Votó dos veces" && file.box.excluded == 1)
        #expect(file.exclusions.map(\.reason) == ["Votó dos veces"] && file.exclusions[0].trackers.count == 1)
        // Their vote is the one on paper, and they are of those who came to the table.
        #expect(try await standing(of: person, made) == Standing(false, 8))
        // The other proposal about it is over, and the first archive stays.
        #expect(file.acts.isEmpty)
        await #expect(throws: BoxError.actNotOpen) {
            try await made.runner.run(
                SettleBoxAct(settling, seconding: true, of: made.box, in: made.place),
                as: made.assembly.committee)
        }
        #expect(try await made.archive() == before)
        try await made.act(.count)
        try await made.decrypt([0, 1])
        #expect(try await made.file().counts[0].lines.map(\.votes) == [2, 1, 1])
        #expect(try await ArchiveVerifier().verify(ArchiveBytes(try await made.archive(1))).voters == 5)
        try await made.assembly.canvass()
        let box = try #require(try await made.assembly.report().boxes?.first)
        #expect(box.contradictions?.map(\.isLeftOut) == [true] && box.exclusions.count == 1)
    }

    @Test func `gets no papers for a ballot that was left out for another reason`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 14, hasPaper: true)
        let (person, table) = (made.assembly.people[0], made.assembly.table)
        try await made.vote([1, 1, 2, 3, 0, 2])
        try await made.assembly.voteAtTheTable()
        try await made.act(.close)
        let ballot = try #require(try await made.ballots().first)
        try await made.exclude(ballot.tracker, because: "Votaron por otra persona")
        #expect(try await made.file().box.excluded == 1)
        #expect(try await standing(of: person, made) == Standing(true, 7))
        await #expect(throws: BoxError.notNow(.closed)) {
            try await made.runner.run(
                MarkPaperVote(person, at: table, of: made.box, in: made.place),
                as: made.assembly.jurors[0])
        }
    }

    @Test func `has nothing left out where nothing of theirs is in the box`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 8, hasPaper: true)
        let (person, table) = (made.assembly.people[0], made.assembly.table)
        try await made.runner.run(
            MarkPaperVote(person, at: table, of: made.box, in: made.place), as: made.assembly.jurors[0])
        try await made.runner.run(
            UndoPaperVote(person, at: table, because: "Se dañó", of: made.box, in: made.place),
            as: made.assembly.jurors[0])
        try await made.act(.close)
        let conflict = try #require(try await made.file().conflicts.first)
        #expect(!conflict.isElectronic)
        await #expect(throws: BoxError.noElectronicVote) { try await made.act(.leaveOut(conflict.id)) }
    }
}

@Suite struct `The end of a box` {
    private struct Entrances: RowDecodable {
        let codes: Int
        let messages: Int
        let passes: Int
        let hours: Int

        init(row: Row) throws(RowError) {
            codes = try row["codes"]
            messages = try row["messages"]
            passes = try row["passes"]
            hours = try row["hours"]
        }
    }

    private func entrances(_ made: BoxElection<Ed25519>) async throws -> Entrances {
        let (org, box) = (made.assembly.organization.id, made.box)
        return try #require(
            try await made.assembly.read {
                try await $0.row(
                    """
                    select (
                            select count(*) from elections.voting_codes
                            where organization_id = \(org) and box_id = \(box)) as codes,
                        (
                            select count(*) from tenancy.outbox
                            where organization_id = \(org) and topic = 'elections.voting.code') as messages,
                        count(*) as passes, count(distinct (expires_at, ended_at)) as hours
                    from elections.voting_passes where organization_id = \(org) and box_id = \(box)
                    """) as Entrances?
            })
    }

    @Test(arguments: [BoxAct.Kind.close, .annul])
    func `forgets at which hour each was let in`(end: BoxAct.Kind) async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 6)
        let election = try await made.election()
        var last: (EntranceToken, [UInt8], CastReceipt)?
        for person in made.assembly.people.prefix(3) {
            made.clock.advance(by: 60)
            let (token, now) = (try await made.pass(for: person), made.clock.now)
            let ballot = try made.ballot(of: person, for: 1, in: election)
            last = (token, ballot, try await made.cast(ballot, by: token))
            let box = try await made.file().box
            try await made.assembly.tenants.database.transaction(TenantScope(made.assembly.committee)) {
                // One of another box is sent beside it.
                let code = UUID()
                try await $0.insert(
                    code: code, digest: [UInt8](repeating: 1, count: 32), to: person, for: box,
                    until: now + 900, at: now)
                for subject in [code, UUID()] {
                    try await $0.post(
                        OutboxMessage(
                            topic: OutboxMessage.votingCodeTopic,
                            subject: ID<VotingCodeParcel>(rawValue: subject), payload: "{}"),
                        at: now)
                }
            }
        }
        let before = try await entrances(made)
        #expect(before.codes == 3 && before.messages == 6 && before.passes == 3 && before.hours == 3)
        made.clock.advance(by: 60)
        try await made.act(end)
        let after = try await entrances(made)
        #expect(after.codes == 0 && after.messages == 3 && after.passes == 3 && after.hours == 1)
        // A ballot that is sent again for want of an answer still has it.
        let (token, ballot, receipt) = try #require(last)
        if end == .close { #expect(try await made.cast(ballot, by: token).tracker == receipt.tracker) }
    }

    @Test func `is the same, however many trustees decrypt at once`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 7, trustees: 3, threshold: 2)
        try await made.vote([1, 1, 2, 3, 0])
        try await made.act(.close)
        try await made.act(.count)
        let refused = await withTaskGroup(of: (any Error)?.self) { tasks in
            for index in 0..<3 {
                tasks.addTask {
                    do {
                        try await made.decrypt([index])
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            return await tasks.reduce(into: [any Error]()) { if let error = $1 { $0.append(error) } }
        }
        // Who comes when it is counted is not needed any more.
        #expect(refused.count == 1)
        let file = try await made.file()
        #expect(file.box.state == .counted && file.counts[0].ballots == 5)
        let report = try await ArchiveVerifier().verify(ArchiveBytes(try await made.archive()))
        #expect(report.stage == .finished && report.last.digest == file.box.head?.digest)
    }
}
