import Foundation
import Kernel
import TestSupport
import Testing
import VerifiableVoting

@testable import Elections
@testable import Tenancy

@Suite struct `The history of a box` {
    @Test func `names each of its archives with its links, and tells who voted from what was counted`()
        async throws
    {
        let made = try await BoxElection<Ed25519>.open(electors: 8, trustees: 3, threshold: 2)
        try await made.vote([1, 1, 2, 3, 0, 2])
        #expect(try await made.history().archives.map(\.closing) == [nil])
        // One votes anew, and is left out with both ballots.
        let (person, election) = (made.assembly.people[1], try await made.election())
        let receipt = try await made.cast(
            try made.ballot(of: person, for: 3, in: election), by: try await made.pass(for: person))
        try await made.act(.close)
        let closed = try #require(try await made.file().box.head?.digest.description)
        #expect(try await made.history().archives == [.init(number: 0, closing: closed, head: closed)])
        try await made.exclude(receipt.tracker, because: "Se probó suplantación")
        let derived = try #require(try await made.file().box.head?.digest.description)
        try await made.act(.count)
        try await made.decrypt([1, 2])
        let counted = try #require(try await made.file().box.head?.digest.description)

        let history = try await made.history()
        #expect(
            history.archives == [
                .init(number: 0, closing: closed, head: closed),
                .init(number: 1, closing: derived, head: counted),
            ])
        for archive in history.archives {
            let report = try await ArchiveVerifier().verify(
                ArchiveBytes(try await made.archive(archive.number)))
            #expect(report.last.digest.description == archive.head)
        }
        #expect(history.voters == 6 && history.excluded == 1 && history.excludedBallots == 2)

        try await made.assembly.canvass()
        let report = try await made.assembly.report()
        let box = try #require(report.boxes?.first)
        #expect(
            box.cast == 7 && box.cameIn == 6 && box.excluded == 1 && box.ballots == 5 && box.replaced == 1)
        #expect(report.voters == 5 && report.turnout == 6)
        #expect(box.archives == history.archives)
        #expect(box.steps?.map(\.kind) == [.seal, .open, .close, .exclude, .count])
        #expect(box.steps?[0].proposer == nil && box.steps?[0].doer.name != nil)
        #expect(
            box.steps?.dropFirst().allSatisfy { step in
                step.proposer?.name != nil && step.proposer?.role != step.doer.role
            } == true)
        #expect(box.authority?.name != nil && box.slips.map { $0.made >= 8 && $0.replaced == 0 } == true)
        #expect(report.signers.count { $0.role.hasPrefix("Custodio de la llave, urna n.º") } == 3)
        #expect(report.signers.last?.role.hasPrefix("Autoridad de credenciales") == true)
        let sealed = try #require(report.records.last?.text)
        #expect(sealed.contains("votantes 6\nvotos electrónicos excluidos 1\n"))
        #expect(sealed.contains("último eslabón \(counted), votantes 6, excluidos 1, contados 5\n"))

        // Anybody reads what was done, and of nobody who did it.
        let told = try #require(report.published.boxes?.first)
        #expect(told.archives == box.archives && told.steps?.map(\.kind) == box.steps?.map(\.kind))
        let people = (told.steps ?? []).flatMap { [$0.proposer, $0.doer] } + [told.authority]
        #expect(people.allSatisfy { $0?.name == nil } && report.published.turnout == 6)
    }

    @Test func `tells when a box was annulled, and by whom`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 7)
        try await made.vote([1, 2, 3, 0])
        try await made.act(.close)
        try await made.act(.annul, because: "Votaron cuatro")
        let history = try await made.history()
        let step = try #require(history.step(.annul))
        let box = try await made.file().box
        #expect(history.annulment == "Votaron cuatro" && step.doneAt == box.stateChangedAt)
        #expect(step.proposer?.role == "Comité electoral" && step.doer.role == "Garante")
        #expect(history.archives.map(\.closing).allSatisfy { $0 != nil })
    }
}

extension BoxElection {
    /// What its public board tells of it.
    fileprivate func history() async throws -> BoxHistory {
        try #require(try await assembly.read { try await $0.history(of: box) })
    }
}
