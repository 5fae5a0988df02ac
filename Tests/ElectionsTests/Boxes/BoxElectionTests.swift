import Foundation
import Kernel
import Postgres
import TestSupport
import Testing
import VerifiableVoting

@testable import Elections
@testable import Tenancy

@Suite struct `An electronic box` {
    @Test func `takes a whole election in 2048 bits, with two of three trustees, and anybody verifies it`()
        async throws
    {
        try await whole(Belenios2048.self, trustees: 3, threshold: 2)
    }

    @Test func `takes a whole election on the curve, with three of five trustees`() async throws {
        try await whole(Ed25519.self, trustees: 5, threshold: 3)
    }

    @Test func `takes a whole election with trustees who are all needed`() async throws {
        try await whole(Ed25519.self, trustees: 2, threshold: 2)
    }

    private func whole<Group: VotingGroup>(_ group: Group.Type, trustees: Int, threshold: Int) async throws {
        let made = try await BoxElection<Group>.open(electors: 7, trustees: trustees, threshold: threshold)
        try await made.vote([1, 1, 1, 2, 0, 3])
        // Who changes their mind replaces the ballot before.
        let (first, election) = (made.assembly.people[0], try await made.election())
        let again = try await made.cast(
            try made.ballot(of: first, for: 2, in: election), by: try await made.pass(for: first))
        #expect(again.isReplacement)
        #expect(try await made.assembly.state() == .voting)
        try await made.act(.close)
        try await made.act(.count)
        #expect(try await made.file().box.state == .tallied)
        try await made.decrypt(Array(0..<threshold).reversed())
        let file = try await made.file()
        #expect(file.box.state == .counted)
        #expect(file.counts.map(\.ballots) == [6])
        #expect(file.counts[0].lines.map(\.votes) == [2, 2, 1] && file.counts[0].blank == 1)
        #expect(file.counts[0].lines.map(\.slate) == made.assembly.slates)

        let report = try await ArchiveVerifier().verify(ArchiveBytes(try await made.archive()))
        #expect(report.stage == .finished)
        #expect(report.ballots == 7 && report.voters == 6 && report.credentials == 9)
        #expect(report.questions?.map(\.votes) == [[2, 2, 1]])
        #expect(report.last.digest == file.box.head?.digest)

        if made.choices.group == .belenios2048 { try await made.requireToolAccepts() }

        let sum = try await made.assembly.read {
            try await $0.sum(of: made.assembly.contest, in: made.place)
        }
        #expect(sum.voters == 6 && sum.counted == 0 && sum.boxes.map(\.number) == [1])
        #expect(sum.result.tally.entries.map(\.votes) == [2, 2, 1] && sum.result.tally.blank == 1)
        try await made.runner.run(
            MakeCanvass(of: made.assembly.contest, in: made.place), as: made.assembly.committee)
        let acta = try await made.assembly.report()
        #expect(acta.boxes?.map(\.votes) == [[2, 2, 1]] && acta.tables.isEmpty)
    }

    @Test func `that is a rehearsal is counted in its archive, and in nothing else`() async throws {
        let made = try await BoxElection<Ed25519>.open(
            electors: 7, trustees: 1, threshold: 1, isMock: true)
        try await made.vote([1, 2])
        try await made.act(.close)
        try await made.act(.count)
        try await made.decrypt([0])
        let file = try await made.file()
        #expect(file.box.state == .counted && file.counts.isEmpty)
        #expect(try await made.election().terms?.isMock == true)
        #expect(try await ArchiveVerifier().verify(ArchiveBytes(try await made.archive())).voters == 2)
        #expect(try await made.assembly.state() == .frozenRoll)
        // The tables still owe the vote.
        #expect(try await made.assembly.read { try await $0.votesToTake(of: made.place.process) }.count == 1)
    }

    @Test func `with fewer than five voters is not opened`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 7)
        try await made.vote([1, 2, 3, 0])
        try await made.act(.close)
        await #expect(throws: BoxError.obstacles([.tooFew(4)])) { try await made.act(.count) }
        try await made.act(.annul, because: "Votaron cuatro")
        #expect(try await made.file().box.state == .annulled)
    }

    @Test func `leaves the ballots of one out in a derived archive, before the tally alone`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 8, trustees: 3, threshold: 2)
        try await made.vote([1, 1, 2, 3, 0, 2])
        let (person, election) = (made.assembly.people[1], try await made.election())
        let receipt = try await made.cast(
            try made.ballot(of: person, for: 3, in: election), by: try await made.pass(for: person))
        try await made.act(.close)
        let before = try await made.archive()
        try await made.exclude(receipt.tracker, because: "Se probó suplantación")
        #expect(try await made.archive() == before)
        await #expect(throws: BoxError.alreadyExcluded) {
            try await made.exclude(receipt.tracker)
        }
        let again = try #require(try await made.file().openChallenges.first)
        try await made.assembly.decide(again.id)
        try await made.act(.count)
        try await made.decrypt([1, 2])
        let file = try await made.file()
        #expect(file.counts[0].lines.map(\.votes) == [1, 2, 1] && file.counts[0].ballots == 5)
        #expect(file.exclusions.map(\.reason) == ["Se probó suplantación"])
        #expect(file.exclusions[0].trackers.count == 2 && file.exclusions[0].trackers[1] == receipt.tracker)
        let derived = try await ArchiveVerifier().verify(ArchiveBytes(try await made.archive(1)))
        #expect(derived.ballots == 5 && derived.stage == .finished)
        let original = try await ArchiveVerifier().verify(ArchiveBytes(try await made.archive(0)))
        #expect(original.ballots == 7 && original.stage == .closed)
        await #expect(throws: BoxError.notNow(.counted)) {
            try await made.act(.exclude(tracker: receipt.tracker, challenge: again.id))
        }
    }

    @Test func `waits for what is missing, and says it`() async throws {
        let made = try await BoxElection<Ed25519>.prepare(
            electors: 6, trustees: 3, threshold: 2, hasContacts: false)
        let now = made.clock.now
        #expect(
            try await made.file().obstacles(at: now) == [
                .keyMissing("Custodio 1"), .keyMissing("Custodio 2"), .keyMissing("Custodio 3"),
                .credentialsMissing, .contactsMissing,
            ])
        await #expect(throws: BoxError.self) { try await made.seal() }
        try await made.makeKey()
        try await made.runner.run(
            UploadCredentials(Array(made.credentials().dropFirst()), to: made.box, in: made.place),
            as: made.authority)
        #expect(
            try await made.file().obstacles(at: now) == [.electorsWithoutCredential(1), .contactsMissing])
    }

    @Test func `is acted on by two people of different roles`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 6)
        let other = try await made.assembly.tenants.principal(
            .electionCommittee, of: made.assembly.organization,
            in: .process(made.place.process, of: made.place.alliance), name: "Otra Prueba")
        let act = try await made.runner.run(
            ProposeBoxAct(.close, of: made.box, because: "Ya", in: made.place), as: made.assembly.committee)
        for principal in [made.assembly.committee, other] {
            await #expect(throws: BoxError.sameRole) {
                try await made.runner.run(
                    SettleBoxAct(act, seconding: true, of: made.box, in: made.place), as: principal)
            }
        }
        // Jurors of a table may second the closing, and decide nothing else.
        await #expect(throws: BoxError.otherRole) {
            _ = try await made.runner.run(
                ProposeBoxAct(.annul, of: made.box, because: "Ya", in: made.place),
                as: made.assembly.jurors[0])
        }
        let annulment = try await made.runner.run(
            ProposeBoxAct(.annul, of: made.box, because: "Ya", in: made.place), as: made.assembly.committee)
        await #expect(throws: BoxError.otherRole) {
            try await made.runner.run(
                SettleBoxAct(annulment, seconding: true, of: made.box, in: made.place),
                as: made.assembly.jurors[0])
        }
        try await made.runner.run(
            SettleBoxAct(act, seconding: true, of: made.box, in: made.place), as: made.assembly.jurors[0])
        #expect(try await made.file().box.state == .closed)
    }
}

extension BoxElection {
    /// Has the program of Debian 12, which we did not write, verify an archive. Where the program is not installed this
    /// fails.
    func requireToolAccepts(_ number: Int = 0) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let uuid = try await election().uuid
        try Data(try await archive(number)).write(to: folder.appending(path: "\(uuid).bel"))
        let tool = Process()
        let output = Pipe()
        tool.executableURL = URL(fileURLWithPath: "/usr/bin/belenios-tool")
        tool.arguments = ["election", "verify", "--dir", folder.path]
        tool.standardError = output
        tool.standardOutput = output
        try tool.run()
        let said = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        tool.waitUntilExit()
        #expect(tool.terminationStatus == 0, "\(said)")
        #expect(said.contains("all checks passed"), "\(said)")
    }
}

extension Assembly {
    /// Where the process stands.
    func state() async throws -> ProcessState? {
        try await read { try await $0.process(place.process)?.state }
    }
}
