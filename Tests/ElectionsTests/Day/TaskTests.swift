import Foundation
import Kernel
import Tenancy
import TestSupport
import Testing

@testable import Elections

extension Assembly {
    /// How many tasks of a sort wait for somebody.
    func tasks(_ subject: TasksOfOthers.Subject, of principal: Principal) async throws -> Int {
        try await PendingDesk(database: tenants.database, sources: [TasksOfOthers(subject)])
            .items(for: principal, at: clock.now).map(\.count).reduce(0, +)
    }
}

@Suite struct `Whoever is the second of two` {
    @Test func `hears of it, and of it no more once it is done`() async throws {
        let assembly = try await Assembly.make()
        let (runner, place, poll) = (assembly.tenants.runner, assembly.place, assembly.poll)
        let session = try await assembly.begin()
        #expect(try await assembly.tasks(.counts, of: assembly.jurors[0]) == 0)
        try await runner.run(ClosePoll(poll, of: place), as: assembly.committee)
        try await runner.run(CloseSession(session, of: place), as: assembly.committee)
        let figures = assembly.figures([12, 3, 3], blank: 2)
        try await runner.run(EnterCount(figures, of: poll, in: place), as: assembly.jurors[0])
        #expect(try await assembly.tasks(.counts, of: assembly.jurors[0]) == 0)
        #expect(try await assembly.tasks(.counts, of: assembly.jurors[1]) == 1)
        try await runner.run(EnterCount(figures, of: poll, in: place), as: assembly.jurors[1])
        #expect(try await assembly.tasks(.counts, of: assembly.jurors[1]) == 0)
        try await runner.run(CloseTable(poll, in: place), as: assembly.committee)

        try await assembly.canvass()
        #expect(try await assembly.tasks(.draws, of: assembly.guarantor) == 0)
        try await assembly.nameNumber()
        #expect(try await assembly.tasks(.draws, of: assembly.guarantor) == 1)
        #expect(try await assembly.tasks(.draws, of: assembly.committee) == 0)
        try await runner.run(ConfirmDraw(1, of: assembly.contest, in: place), as: assembly.guarantor)
        #expect(try await assembly.tasks(.draws, of: assembly.guarantor) == 0)

        let act = try await assembly.propose()
        #expect(try await assembly.tasks(.proclamations, of: assembly.committee) == 0)
        #expect(try await assembly.tasks(.proclamations, of: assembly.guarantor) == 1)
        #expect(try await assembly.tasks(.annulments, of: assembly.guarantor) == 0)
        try await assembly.second(act)
        #expect(try await assembly.tasks(.proclamations, of: assembly.guarantor) == 0)
    }
}
