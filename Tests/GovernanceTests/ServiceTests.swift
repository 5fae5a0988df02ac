import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// What representatives do in bodies outside; 13 March 2026 is today.
@Suite struct ServiceTests {
    /// The board of an ESE in which Rosa represents the alliance since 2025.
    private func represented() async throws -> (setting: Setting, body: ID<Body>, mandate: ID<Mandate>) {
        let setting = try await Setting.make()
        let (body, seats) = try await setting.hospitalBoard()
        let mandate = try await setting.seat(0, on: seats[0], from: day("2025-01-01"))
        try await setting.run(
            RecordAppointment(
                of: mandate, in: setting.alliance.id, act: "Decreto 3", on: day("2025-01-10"),
                tookOfficeOn: day("2025-02-01")))
        return (setting, body, mandate)
    }

    @Test func `sessions are told of who held the seat on their day, once`() async throws {
        let (setting, body, mandate) = try await represented()
        let alliance = setting.alliance.id
        func tell(_ text: String, attended: Bool = true) async throws {
            try await setting.run(
                TellSession(
                    of: body, in: alliance, by: mandate, on: day(text), attended: attended,
                    summary: "Presupuesto del hospital", paper: setting.paper()))
        }
        // Elected since January, and sworn in in February.
        await #expect(throws: ServiceError.noRight("Rosa Arrieta")) { try await tell("2025-01-20") }
        await #expect(throws: ServiceError.inFuture) { try await tell("2026-03-14") }
        try await tell("2026-02-10")
        await #expect(throws: ServiceError.sameDay) { try await tell("2026-02-10") }
        try await tell("2026-03-10", attended: false)
        let service = try await setting.fetch(ReadBodyService(of: body, in: alliance))
        #expect(service.sessions.map(\.attended) == [false, true])
        #expect(service.sessions[0].excuse == "Presupuesto del hospital")
        #expect(service.representatives.map(\.holderName) == ["Rosa Arrieta"])
    }

    @Test func `a proposal is decided once, and only what was accepted is carried out`() async throws {
        let (setting, body, _) = try await represented()
        let alliance = setting.alliance.id
        let id = try await setting.run(
            TellProposal(
                "Atender los sábados de 8 a 12", about: .openingHours, in: body, of: alliance,
                on: day("2026-02-10")))
        func follow(_ news: FollowProposal.News, on text: String) async throws {
            try await setting.run(
                FollowProposal(id, in: body, of: alliance, news, note: "Consta en el acta", on: day(text)))
        }
        await #expect(throws: ServiceError.notAccepted) {
            try await follow(.carriedOut(.yes), on: "2026-03-01")
        }
        await #expect(throws: ServiceError.decidedBefore) { try await follow(.accepted, on: "2026-02-09") }
        try await follow(.accepted, on: "2026-02-20")
        await #expect(throws: ServiceError.decidedAlready) { try await follow(.refused, on: "2026-02-21") }
        try await follow(.carriedOut(.no), on: "2026-03-01")
        try await follow(.carriedOut(.yes), on: "2026-03-12")
        let proposal = try #require(
            try await setting.fetch(ReadBodyService(of: body, in: alliance)).proposals.first)
        #expect(proposal.kind == .openingHours)
        #expect(proposal.outcome == .accepted)
        #expect(proposal.carriedOut == .yes)
        #expect(try proposal.followedOn == day("2026-03-12"))
    }

    @Test func `members are told, and only bodies outside are told of`() async throws {
        let (setting, body, _) = try await represented()
        let alliance = setting.alliance.id
        try await setting.run(
            TellReport(
                of: body, in: alliance, on: day("2026-03-10"), to: "Asamblea", summary: "Lo que se logró"))
        #expect(try await setting.fetch(ReadBodyService(of: body, in: alliance)).daysSinceReport == 3)
        let (inside, _) = try await setting.committee()
        await #expect(throws: ServiceError.notOutside) {
            try await setting.run(
                TellProposal("Algo", about: .other, in: inside, of: alliance, on: day("2026-03-10")))
        }
        #expect(throws: ServiceError.audienceMissing) {
            try TellReport(of: body, in: alliance, on: day("2026-03-10"), to: " ", summary: "Algo")
        }
    }
}
