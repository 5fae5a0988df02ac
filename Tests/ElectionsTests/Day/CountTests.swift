import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Elections

@Suite struct `The count of a table` {
    private func closedPoll() async throws -> Assembly {
        let assembly = try await Assembly.make()
        _ = try await assembly.begin()
        try await assembly.runner.run(ClosePoll(assembly.poll, of: assembly.place), as: assembly.committee)
        return assembly
    }

    @Test func `is blind until both juries have entered`() async throws {
        let assembly = try await closedPoll()
        let query = ReadCount(of: assembly.poll, in: assembly.place)
        let one = assembly.figures([12, 3, 3], blank: 2)
        let other = assembly.figures([12, 4, 3], blank: 1)
        try await assembly.runner.run(
            EnterCount(one, of: assembly.poll, in: assembly.place), as: assembly.jurors[0])
        let own = try await assembly.runner.fetch(query, as: assembly.jurors[0])
        #expect(own.own == one && own.jury == 1 && own.rows.isEmpty)
        for reader in [assembly.jurors[1], assembly.committee, assembly.guarantor] {
            let seen = try await assembly.runner.fetch(query, as: reader)
            #expect(seen.own == nil && seen.first == nil && seen.second == nil && seen.rows.isEmpty)
            #expect(seen.findings.isEmpty && seen.entered == [1])
        }
        try await assembly.runner.run(
            EnterCount(other, of: assembly.poll, in: assembly.place), as: assembly.jurors[1])
        let both = try await assembly.runner.fetch(query, as: assembly.committee)
        #expect(both.first == one && both.second == other && both.needsAgreement)
        #expect(both.rows.filter(\.differs).map(\.key) == ["votes.\(assembly.slates[1])", "blank"])
    }

    @Test func `is entered by its jurors alone, after the vote has closed`() async throws {
        let assembly = try await Assembly.make()
        _ = try await assembly.begin()
        let entry = EnterCount(
            assembly.figures([12, 3, 3], blank: 2), of: assembly.poll, in: assembly.place)
        await #expect(throws: TableCountError.pollIsOpen) {
            try await assembly.runner.run(entry, as: assembly.jurors[0])
        }
        await #expect(throws: AccessError.self) {
            try await assembly.runner.run(entry, as: assembly.committee)
        }
        let stranger = try await assembly.tenants.principal(
            .juror, of: assembly.organization,
            in: .process(assembly.place.process, of: assembly.place.alliance))
        await #expect(throws: TableCountError.notYourTable) {
            try await assembly.runner.run(entry, as: stranger)
        }
        try await assembly.runner.run(ClosePoll(assembly.poll, of: assembly.place), as: assembly.committee)
        await #expect(throws: TableCountError.notOnBallot) {
            try await assembly.runner.run(
                EnterCount(
                    TableFigures(votes: [ID(): 1], blank: 0, null: 0, unmarked: 0, voters: 1),
                    of: assembly.poll, in: assembly.place), as: assembly.jurors[0])
        }
    }

    @Test func `takes both juries at once, and nothing after them`() async throws {
        let assembly = try await closedPoll()
        let entry = EnterCount(
            assembly.figures([12, 3, 3], blank: 2), of: assembly.poll, in: assembly.place)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for juror in assembly.jurors {
                group.addTask { try await assembly.runner.run(entry, as: juror) }
            }
            try await group.waitForAll()
        }
        for juror in assembly.jurors {
            await #expect(throws: TableCountError.bothEntered) {
                try await assembly.runner.run(entry, as: juror)
            }
        }
    }

    @Test func `is corrected by a jury until the other has entered`() async throws {
        let assembly = try await closedPoll()
        for votes in [[11, 4, 3], [12, 3, 3]] {
            try await assembly.runner.run(
                EnterCount(assembly.figures(votes, blank: 2), of: assembly.poll, in: assembly.place),
                as: assembly.jurors[0])
        }
        let attempts: Int? = try await assembly.read { transaction in
            try await transaction.value(
                """
                select count(*) from elections.count_sheets
                where organization_id = \(assembly.organization.id)
                """)
        }
        #expect(attempts == 2)
        let file = try await assembly.runner.fetch(
            ReadCount(of: assembly.poll, in: assembly.place), as: assembly.jurors[0])
        #expect(file.own?.votes[assembly.slates[0]] == 12)
    }

    @Test func `that both juries had wrong is mended with a reason, and then frozen for good`() async throws {
        let assembly = try await closedPoll()
        // 22 ballots of 20 people: kept as counted, and no way to close.
        let wrong = assembly.figures([12, 5, 3], blank: 2)
        for juror in assembly.jurors {
            try await assembly.runner.run(
                EnterCount(wrong, of: assembly.poll, in: assembly.place), as: juror)
        }
        let close = CloseTable(assembly.poll, in: assembly.place)
        await #expect(throws: CountSheetError.self) {
            try await assembly.runner.run(close, as: assembly.committee)
        }
        let right = assembly.figures([12, 3, 3], blank: 2)
        func reconcile(_ figures: TableFigures, because reason: String) async throws {
            try await assembly.runner.run(
                ReconcileCount(figures, of: assembly.poll, in: assembly.place, because: reason),
                as: assembly.jurors[1])
        }
        await #expect(throws: TableCountError.reasonMissing) { try await reconcile(right, because: "") }
        await #expect(throws: CountSheetError.self) { try await reconcile(wrong, because: "Así fue") }
        try await reconcile(right, because: "Se contó dos veces un paquete")
        await #expect(throws: TableCountError.reconciledAlready) {
            try await reconcile(assembly.figures([11, 4, 3], blank: 2), because: "Otra vez")
        }
        try await assembly.runner.run(close, as: assembly.committee)
        await #expect(throws: TableCountError.closedAlready) {
            try await assembly.runner.run(close, as: assembly.committee)
        }
        await #expect(throws: TableCountError.closedAlready) {
            try await reconcile(assembly.figures([10, 5, 3], blank: 2), because: "Tarde")
        }
        let file = try await assembly.runner.fetch(
            ReadCount(of: assembly.poll, in: assembly.place), as: assembly.guarantor)
        #expect(file.frozen == right)
    }

    @Test func `with ballots missing is closed only with a reason`() async throws {
        let assembly = try await closedPoll()
        for juror in assembly.jurors {
            try await assembly.runner.run(
                EnterCount(assembly.figures([12, 3, 3], blank: 1), of: assembly.poll, in: assembly.place),
                as: juror)
        }
        await #expect(throws: CountSheetError.self) {
            try await assembly.runner.run(
                CloseTable(assembly.poll, in: assembly.place), as: assembly.committee)
        }
        try await assembly.runner.run(
            CloseTable(assembly.poll, in: assembly.place, missingBallotsBecause: "Alguien se llevó la suya"),
            as: assembly.committee)
        let missing: Int? = try await assembly.read { transaction in
            try await transaction.value(
                """
                select unreturned from elections.table_counts
                where organization_id = \(assembly.organization.id)
                """)
        }
        #expect(missing == 1)
    }
}
