import Foundation
import Kernel
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// Of what the quorum of a body is where nobody holds some of its seats.
@Suite struct QuorumVacancyTests {
    @Test(arguments: [(false, 3, 2), (true, 7, 4)])
    func `vacant seats count for the quorum where the bylaws say so`(
        countsVacancies: Bool, base: Int, required: Int
    ) async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        var parameters = [
            try BylawParameter(name: .firstQuorum, text: "1/2", article: "7", norm: nil, isConfirmed: true),
            try BylawParameter(
                name: .firstQuorumIsExceeded, text: "si", article: "7", norm: nil, isConfirmed: true),
        ]
        if countsVacancies {
            parameters.append(
                try BylawParameter(
                    name: .quorumCountsVacancies, text: "si", article: "7", norm: nil, isConfirmed: false))
        }
        try await setting.run(
            AdoptBylaws(
                "Reglamento", of: alliance, approvedOn: day("2026-01-01"), inForceFrom: day("2026-01-01"),
                articles: [BylawArticle(number: "7", heading: "Quórum", body: "La mitad más uno.")],
                parameters: parameters))
        let body = try await setting.run(
            CreateBody(
                "Junta directiva", kind: .board, of: alliance, isExternal: false, term: Setting.term(),
                formation: .proclamation, continuesUntilReplaced: false,
                seats: try (1...7).map { try SeatDraft(title: "Puesto \($0)") })
        ).id
        let seats = try await setting.read { try await $0.seats(of: body) }
        for index in 0..<3 { try await setting.seat(index, on: seats[index], from: day("2025-06-01")) }
        let meeting = try Meeting(
            kind: .board, title: "Reunión de junta", day: day("2026-03-13"),
            startsAt: TimeOfDay(hour: 9, minute: 0), endsAt: TimeOfDay(hour: 10, minute: 0), body: body)
        try await setting.run(PlanMeeting(meeting, of: alliance))
        let quorum = try #require(
            try await setting.read {
                try await $0.quorum(now: setting.tenants.clock.now, in: meeting, of: alliance)
            })
        #expect(quorum.check.base == base && quorum.check.required == required)
        #expect(quorum.source.contains("7 puestos del organismo, 4 vacantes") == countsVacancies)
    }
}
