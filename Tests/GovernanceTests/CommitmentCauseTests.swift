import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// Commitments that come of a point of the agenda or of a decision, and the minutes that tell them there.
@Suite struct CommitmentCauseTests {
    @Test func `the minutes tell a commitment under its point or its decision`() async throws {
        let scene = try await MinutesScene.make()
        let (setting, alliance) = (scene.setting, scene.setting.alliance.id)
        let meeting = try await scene.heldMeeting(on: "2026-03-10")
        try await scene.tell(of: meeting)
        let decision = try await scene.decide(in: meeting, approving: nil)
        let agenda = try await setting.read { try await $0.agenda(of: meeting.id) }
        let item = try #require(agenda.first)
        func make(_ activity: String, _ cause: Commitment.Cause?) async throws -> ID<Commitment> {
            try await setting.run(
                MakeCommitment(
                    activity, by: .named("Farmacia El Puerto"), until: day("2026-04-01"), in: meeting.id,
                    because: cause, of: alliance))
        }
        let decided = ID<MeetingDecision>(rawValue: decision)
        let ofPoint = try await make("Publicar horarios", .item(item.id))
        let ofDecision = try await make("Llevar el informe", .decision(decided))
        _ = try await make("Mandar las actas", nil)

        let read = try await setting.fetch(ReadCommitment(ofPoint, of: alliance))
        #expect(read.commitment.cause == .item(item.id))
        #expect(read.cause == "Punto \(item.position): \(item.title)")
        #expect(
            try await setting.fetch(ReadCommitment(ofDecision, of: alliance)).cause?.hasPrefix("Decisión")
                == true)

        let text = try await setting.fetch(ReadMinutes(of: meeting.id, in: alliance)).text
        func told(in section: String) -> [String] {
            text.sections.first { $0.name == section }?.blocks.compactMap { block in
                if case .paragraph(let text) = block, text.hasPrefix("Compromiso: ") { text } else { nil }
            } ?? []
        }
        #expect(
            told(in: "desarrollo") == [
                "Compromiso: Publicar horarios, a cargo de Farmacia El Puerto, hasta el 1 de abril de 2026."
            ])
        #expect(
            told(in: "decisiones") == [
                "Compromiso: Llevar el informe, a cargo de Farmacia El Puerto, hasta el 1 de abril de 2026."
            ])
        #expect(text.commitments.count >= 3)
    }

    @Test func `a commitment comes of nothing that its meeting does not have`() async throws {
        let scene = try await MinutesScene.make()
        let (setting, alliance) = (scene.setting, scene.setting.alliance.id)
        let meeting = try await scene.heldMeeting(on: "2026-03-10")
        let other = try await scene.heldMeeting(on: "2026-03-11")
        let decision = ID<MeetingDecision>(rawValue: try await scene.decide(in: other, approving: nil))
        for cause in [Commitment.Cause.decision(decision), .item(ID())] {
            await #expect(throws: CommitmentError.causeNotFound) {
                try await setting.run(
                    MakeCommitment(
                        "Hacer", by: .office, until: nil, in: meeting.id, because: cause, of: alliance))
            }
        }
        await #expect(throws: CommitmentError.causeNotFound) {
            try await setting.run(
                MakeCommitment("Hacer", by: .office, until: nil, because: .decision(decision), of: alliance))
        }
    }
}
