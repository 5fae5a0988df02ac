import Foundation
import Kernel
import Postgres
import TestSupport
import Testing
import VerifiableVoting

@testable import Elections
@testable import Tenancy

extension BoxElection {
    /// Has the guarantor second the act that waits.
    fileprivate func second() async throws {
        let act = try #require(try await file().acts.first)
        try await runner.run(
            SettleBoxAct(act.id, seconding: true, of: box, in: place), as: assembly.guarantor)
    }
}

@Suite struct `A challenge to a box` {
    @Test func `holds its count up, so that a ballot can still be left out`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 8)
        try await made.vote([1, 1, 2, 3, 0, 2])
        let challenge = try await made.challenge()
        try await made.act(.close)
        await #expect(throws: BoxError.obstacles([.challengeOpen(1)])) { try await made.act(.count) }
        let earlier = try await made.archive()
        let ballot = try #require(try await made.ballots().first)
        let exclusion = BoxAct.Kind.exclude(tracker: ballot.tracker, challenge: challenge)
        let proposed = try await made.runner.run(
            ProposeBoxAct(exclusion, of: made.box, because: "Impugnación n.º 1", in: made.place),
            as: made.assembly.committee)
        #expect(try await made.file().acts.map(\.trackers) == [[ballot.tracker]])
        // Left out first and decided after it: neither is the sum opened meanwhile.
        for effect in [ChallengeEffect.none, .excludeBallots, nil] {
            await #expect(throws: CanvassError.exclusionProposed) {
                try await made.assembly.decide(challenge, effect)
            }
        }
        await #expect(throws: BoxError.obstacles([.challengeOpen(1), .proposalOpen(exclusion)])) {
            try await made.act(.count)
        }
        try await made.runner.run(
            SettleBoxAct(proposed, seconding: true, of: made.box, in: made.place),
            as: made.assembly.guarantor)
        for effect in [ChallengeEffect.none, nil] {
            await #expect(throws: CanvassError.exclusionDone) {
                try await made.assembly.decide(challenge, effect)
            }
        }
        try await made.assembly.decide(challenge, .excludeBallots)
        try await made.act(.count)
        try await made.decrypt([0, 1])
        #expect(try await made.file().counts[0].lines.map(\.votes) == [1, 2, 1])

        // What goes on holds, but does not go on from what was cast: who kept the earlier archive sees that it is derived.
        let verifier = ArchiveVerifier()
        #expect(try await verifier.verify(ArchiveBytes(try await made.archive(1))).stage == .finished)
        #expect(try await verifier.verify(ArchiveBytes(earlier)).stage == .closed)
        #expect(try await made.archive(0) == earlier)
        let compared = try ArchivePrefix.compare(
            ArchiveBytes(earlier), with: ArchiveBytes(try await made.archive(1)))
        guard case .differs(let event, _) = compared else {
            Issue.record("the derived archive passes for the one that was filled")
            return
        }
        #expect(event?.height == 1)

        try await made.assembly.canvass()
        let box = try #require(try await made.assembly.report().boxes?.first)
        #expect(box.exclusions.map(\.trackers) == [[ballot.tracker.base64]])
        #expect(box.exclusions.map(\.reason) == ["Impugnación n.º 1"] && box.cast == 6 && box.ballots == 5)
    }

    @Test func `is what a ballot is left out for, by others than who took it in`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 8)
        try await made.vote([1, 1, 2, 3, 0, 2])
        try await made.act(.close)
        let ballot = try #require(try await made.ballots().first)
        func exclude(for challenge: ID<Challenge>) async throws {
            try await made.act(.exclude(tracker: ballot.tracker, challenge: challenge))
        }
        await #expect(throws: BoxError.challengeMissing) { try await exclude(for: ID()) }
        let own = try await made.challenge(as: made.assembly.guarantor)
        await #expect(throws: BoxError.ownChallenge) { try await exclude(for: own) }
        let act = try #require(try await made.file().acts.first)
        try await made.runner.run(
            SettleBoxAct(act.id, seconding: false, of: made.box, in: made.place), as: made.assembly.committee)
        await #expect(throws: CanvassError.effectWithoutObject) {
            try await made.assembly.decide(own, .excludeBallots)
        }
        try await made.assembly.decide(own, nil)
        await #expect(throws: BoxError.challengeMissing) { try await exclude(for: own) }
        try await exclude(for: made.challenge())
        #expect(try await made.file().exclusions.map(\.challenge) == [2])
    }

    @Test func `annuls it by two people beside a table, and both results are told`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 16, hasPaper: true)
        let assembly = made.assembly
        try await made.vote([1, 1, 1, 1, 1, 2])
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people[6..<14], to: session)
        try await assembly.vote(
            [assembly.slates[0]: 2, assembly.slates[1]: 6], at: assembly.poll, in: session)
        try await assembly.runner.run(CloseSession(session, of: made.place), as: assembly.committee)
        try await made.count()
        #expect(try await assembly.canvass().tally.entries.map(\.votes) == [7, 7, 0])
        let before = try await assembly.report()

        let challenge = try await made.challenge()
        #expect(try await assembly.state == .challenges)
        let proposed = try? await assembly.propose()
        #expect(proposed == nil)
        try await assembly.decide(challenge, .annulBox)
        // It is proposed, and still counts; taken back, the challenge waits again.
        #expect(try await made.file().box.state == .counted)
        let act = try #require(try await made.file().acts.first)
        try await made.runner.run(
            SettleBoxAct(act.id, seconding: false, of: made.box, in: made.place), as: assembly.committee)
        #expect(try await assembly.state == .challenges)
        try await assembly.decide(challenge, .annulBox)
        try await made.second()

        let after = try await assembly.report()
        #expect(after.lines.map(\.votes) == [2, 6, 0] && after.voters == 8)
        #expect(before.version == 1 && after.version == 2)
        let box = try #require(after.boxes?.first)
        #expect(box.isAnnulled && box.annulment == "Así se probó" && box.votes == [5, 1, 0])
        #expect(after.records.last?.text.contains("urna electrónica 1 anulada") == true)
        #expect(after.published.boxes?.first?.annulment == nil)
        try await assembly.second(try await assembly.propose())
        #expect(try await assembly.state == .proclaimed)
    }

    @Test func `annuls the whole vote where nothing else was voted, and another call is made`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 8)
        let assembly = made.assembly
        try await made.vote([1, 1, 2, 3, 0])
        try await made.count()
        try await assembly.canvass()
        try await assembly.decide(try await made.challenge(), .annulBox)
        try await made.second()
        let report = try await assembly.report()
        #expect(report.result == .void && report.version == 2 && report.boxes?.first?.isAnnulled == true)
        #expect(try await assembly.day().votesToTake.isEmpty)
    }

    @Test func `that is annulled before its result lets the vote be repeated`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 8)
        let assembly = made.assembly
        try await made.vote([1, 2])
        try await made.act(.close)
        try await made.act(.annul, because: "Votaron dos")
        // In another box, or on paper.
        #expect(try await assembly.day().votesToTake.map(\.contest) == [assembly.contest])
        let again = try await BoxElection<Ed25519>.draft(of: [assembly.contest], in: assembly)
        try await again.open()
        try await again.vote([1, 1, 2, 3, 0])
        try await again.count()
        try await assembly.canvass()
        let boxes = try #require(try await assembly.report().boxes)
        #expect(boxes.map(\.number) == [1, 2] && boxes.map(\.isAnnulled) == [true, false])
        #expect(boxes[0].votes.isEmpty && boxes[1].votes == [2, 1, 1])
    }

    @Test func `is not needed where too few voted, and nobody goes home before it is annulled`() async throws
    {
        let made = try await BoxElection<Ed25519>.open(electors: 14, hasPaper: true)
        let (assembly, place) = (made.assembly, made.place)
        try await made.vote([1, 1, 2])
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people[..<13], to: session)
        try await assembly.runner.run(
            OpenPoll(assembly.poll, in: session, of: place, ballots: 20), as: assembly.committee)
        try await made.act(.close)
        #expect(try await assembly.day().boxes.map(\.waitsForAnnulment) == [true])
        await #expect(throws: VotingDayError.boxTooSmall(1)) {
            try await assembly.runner.run(ClosePoll(assembly.poll, of: place), as: assembly.committee)
        }
        await #expect(throws: VotingDayError.boxTooSmall(1)) {
            try await assembly.runner.run(CloseSession(session, of: place), as: assembly.committee)
        }
        try await made.act(.annul, because: "Votaron tres")
        try await assembly.runner.run(ClosePoll(assembly.poll, of: place), as: assembly.committee)
        try await assembly.runner.run(CloseSession(session, of: place), as: assembly.committee)
    }

    @Test func `annuls none whose runoff was put to the vote`() async throws {
        let made = try await BoxElection<Ed25519>.open(
            electors: 8, terms: Assembly.Terms(rule: "mayoria_absoluta", seats: 2))
        let assembly = made.assembly
        try await made.vote([1, 1, 1, 2, 2, 3])
        try await made.count()
        #expect(try await assembly.canvass().outcome == .runoff)
        try await assembly.holdRunoff([assembly.slates[0]: 5, assembly.slates[1]: 3])
        await #expect(throws: CanvassError.nextRoundVoted) { try await made.act(.annul) }
    }

    @Test func `is not taken of a rehearsal, nor of table and box at once`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 6, isMock: true)
        await #expect(throws: CanvassError.outsideChallenges) { _ = try await made.challenge() }
        await #expect(throws: CanvassError.tableOrBox) {
            try await made.runner.run(
                FileChallenge(
                    in: made.place, at: made.assembly.table, to: made.box, by: "Testigo", on: .other,
                    facts: "Las dos"), as: made.assembly.guarantor)
        }
    }
}
