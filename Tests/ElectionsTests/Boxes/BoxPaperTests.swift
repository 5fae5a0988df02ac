import Foundation
import Kernel
import Postgres
import TestSupport
import Testing
import VerifiableVoting

@testable import Elections
@testable import Tenancy

/// Two boxes of one process, each with a contest of its own and paper beside it.
private struct TwoBoxes {
    let first: BoxElection<Ed25519>
    let second: BoxElection<Ed25519>

    var assembly: Assembly { first.assembly }

    static func open() async throws -> Self {
        let first = try await BoxElection<Ed25519>.open(electors: 8, hasPaper: true)
        let other = try await first.assembly.addContests(1)[0]
        let second = try await BoxElection<Ed25519>.draft(
            of: [other.contest], in: first.assembly, hasPaper: true)
        try await second.open()
        return Self(first: first, second: second)
    }

    func mark(_ person: ID<Person>, in box: BoxElection<Ed25519>) async throws {
        try await assembly.runner.run(
            MarkPaperVote(person, at: assembly.table, of: box.box, in: box.place), as: assembly.jurors[0])
    }

    func undo(_ person: ID<Person>, in box: BoxElection<Ed25519>) async throws {
        try await assembly.runner.run(
            UndoPaperVote(
                person, at: assembly.table, because: "Prefirió la cabina", of: box.box, in: box.place),
            as: assembly.jurors[0])
    }

    func vote(_ person: ID<Person>, in box: BoxElection<Ed25519>) async throws {
        try await box.cast(
            try box.ballot(of: person, for: 1, in: try await box.election()),
            by: try await box.pass(for: person))
    }
}

@Suite struct `Papers beside several boxes` {
    @Test func `are handed over once for all of them, or not at all`() async throws {
        let boxes = try await TwoBoxes.open()
        let people = boxes.assembly.people
        try await boxes.mark(people[0], in: boxes.first)
        for box in [boxes.first, boxes.second] {
            await #expect(throws: CastError.votedOnPaper) { try await boxes.vote(people[0], in: box) }
            #expect(try await box.file().participation == [.paper: 1])
            await #expect(throws: BoxError.hasVoted) { try await boxes.mark(people[0], in: box) }
        }
        // Who voted in one of them gets no papers of the other either, and is told in which.
        try await boxes.vote(people[1], in: boxes.second)
        await #expect(throws: BoxError.votedIn(2)) { try await boxes.mark(people[1], in: boxes.first) }
        await #expect(throws: BoxError.hasVoted) { try await boxes.mark(people[1], in: boxes.second) }
        #expect(try await boxes.first.file().participation == [.paper: 1])
        try await boxes.vote(people[1], in: boxes.first)
        // Back in one, back in all.
        try await boxes.undo(people[0], in: boxes.second)
        for box in [boxes.first, boxes.second] { try await boxes.vote(people[0], in: box) }
    }

    @Test func `bear a mark in a box that was sealed after others had it`() async throws {
        let first = try await BoxElection<Ed25519>.open(electors: 8, hasPaper: true)
        let other = try await first.assembly.addContests(1)[0]
        let second = try await BoxElection<Ed25519>.draft(
            of: [other.contest], in: first.assembly, hasPaper: true)
        let boxes = TwoBoxes(first: first, second: second)
        try await boxes.mark(first.assembly.people[0], in: first)
        try await second.open()
        try await boxes.mark(first.assembly.people[0], in: second)
        #expect(try await second.file().participation == [.paper: 1])
    }

    @Test func `of a rehearsal are its own`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 8, hasPaper: true)
        let mock = try await BoxElection<Ed25519>.draft(
            of: [made.assembly.contest], in: made.assembly, isMock: true, hasPaper: true)
        try await mock.open()
        let boxes = TwoBoxes(first: made, second: mock)
        try await boxes.mark(made.assembly.people[0], in: mock)
        try await boxes.vote(made.assembly.people[0], in: made)
    }
}

@Suite struct `Papers that came back` {
    @Test func `are settled by two people before the box is counted, who see who took the mark away`()
        async throws
    {
        let made = try await BoxElection<Ed25519>.open(electors: 14, hasPaper: true)
        let boxes = TwoBoxes(first: made, second: made)
        let person = made.assembly.people[7]
        for _ in 0..<2 {
            try await boxes.mark(person, in: made)
            try await boxes.undo(person, in: made)
        }
        try await made.vote([1, 1, 2, 3, 0])
        try await boxes.vote(person, in: made)
        try await made.assembly.voteAtTheTable()
        let found = try await made.file().conflicts
        #expect(found.map(\.kind) == [.paperReturned, .paperReturned] && found.allSatisfy(\.isElectronic))
        #expect(found[0].person == person && found[0].account == "Prefirió la cabina")
        #expect(found[0].finder == "Jurado Uno" && found[0].table == 1)
        try await made.act(.close)
        await #expect(throws: BoxError.obstacles([.conflictsOpen(2)])) { try await made.act(.count) }
        try await made.act(.settle(found[0].id), because: "El tarjetón está en el sobre de sobrantes")
        try await made.act(.leaveOut(found[1].id), because: "Había un tarjetón de más en la urna")
        try await made.act(.count)
        try await made.decrypt([0, 1])
        #expect(try await made.file().counts[0].ballots == 5)
        try await made.assembly.canvass()
        let told = try #require(try await made.assembly.report().boxes?.first?.contradictions)
        #expect(told.map(\.isLeftOut) == [false, true])
        #expect(told[0].decision == "El tarjetón está en el sobre de sobrantes")
        let published = try await made.assembly.report().published.boxes?.first?.contradictions
        #expect(published?.allSatisfy { $0.decision == nil } == true)
    }
}
