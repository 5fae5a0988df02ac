import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@Suite struct `A process that votes when the program is renewed` {
    /// Files of migrations by number, in a folder of their own.
    private func migrations(_ isIncluded: (String) -> Bool, in folder: URL) throws -> Migrations {
        let all = TestDatabase.repository.appending(path: "sql/migrations")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in try FileManager.default.contentsOfDirectory(atPath: all.path) where isIncluded(name) {
            try FileManager.default.copyItem(
                at: all.appending(path: name), to: folder.appending(path: name))
        }
        return try Migrations(directory: folder)
    }

    /// A process of three contests, of which so many were counted, as the program left it that took the state from the
    /// last act.
    private struct Left {
        let number: Int
        let state: String
        var counted = 3
        var isRunoffVoted = false
        var isSessionOpen = false
        var isChallenged = false
        let expected: String
    }

    private let left = [
        Left(number: 1, state: "provisional_result", counted: 1, expected: "count"),
        Left(number: 2, state: "challenges", counted: 1, isChallenged: true, expected: "count"),
        Left(number: 3, state: "challenges", expected: "provisional_result"),
        Left(number: 4, state: "challenges", isChallenged: true, expected: "challenges"),
        Left(number: 5, state: "provisional_result", counted: 1, isSessionOpen: true, expected: "voting"),
        Left(number: 6, state: "provisional_result", isRunoffVoted: true, expected: "count"),
        Left(number: 7, state: "provisional_result", expected: "provisional_result"),
        Left(number: 8, state: "frozen_roll", counted: 0, expected: "frozen_roll"),
        Left(number: 9, state: "count", expected: "provisional_result"),
    ]

    @Test func `stands where its sessions, contests and challenges do`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = try await TestDatabase.makeEmpty()
        try await migrations({ $0 < "0062" }, in: folder).apply(to: database, as: .owner)
        // Only what the state follows from: rows of other tables are not referred to.
        try await database.script(
            "set session_replication_role = replica;" + left.map(rows).joined(separator: "\n"),
            as: TestCluster.superuser)
        try await migrations({ $0 >= "0062" }, in: folder).apply(to: database, as: .owner)
        let tenant = TenantScope(.terminal(in: ID(rawValue: organization)))
        let found = try await database.read(tenant) { transaction in
            try await transaction.values(
                "select state from elections.processes where organization_id = \(organization) order by name",
                as: String.self)
        }
        #expect(found == left.map(\.expected))
    }

    private let organization = UUID(uuidString: "aaaaaaaa-0000-4000-8000-000000000000") ?? UUID()

    private func rows(_ left: Left) -> String {
        let process = "aaaaaaaa-0000-4000-8000-0000000\(left.number)0000"
        func id(_ suffix: Int) -> String { "aaaaaaaa-0000-4000-8000-0000000\(left.number)00\(10 + suffix)" }
        var text = """
            insert into elections.processes (
                organization_id, process_id, alliance_id, name, state, drafted_at, state_changed_at)
            values ('\(organization)', '\(process)', '\(organization)', 'Elección \(left.number)',
                '\(left.state)', '2026-01-01', '2026-01-02');
            insert into elections.sessions (
                organization_id, session_id, process_id, number, check_in_opens_at, check_in_closes_at,
                first_call_at, opened_at, closed_at)
            values ('\(organization)', '\(id(0))', '\(process)', 1, '2026-01-02', '2026-01-03', '2026-01-02',
                '2026-01-02', \(left.isSessionOpen ? "null" : "'2026-01-03'"));
            """
        for contest in 1...3 {
            text += """
                insert into elections.contests (
                    organization_id, contest_id, process_id, position, name, body_id, seats, candidature,
                    voting_mode, counting_rule, majority_base, has_blank_majority, alternates, rules_source,
                    rules_are_confirmed, state)
                values ('\(organization)', '\(id(contest))', '\(process)', \(contest), 'Votación \(contest)',
                    '\(organization)', 1, 'slates', 'paper', 'mayoria_absoluta', 'valid', false, 'none',
                    'Estatutos', false, 'open');
                """
            guard contest <= left.counted else { continue }
            let isRunoff = left.isRunoffVoted && contest == 1
            text += """
                insert into elections.contest_rounds (
                    organization_id, contest_id, round, process_id, kind, previous_round, announced_at)
                values ('\(organization)', '\(id(contest))', 1, '\(process)', 'first', null, '2026-01-02')
                    \(isRunoff ? ", ('\(organization)', '\(id(contest))', 2, '\(process)', 'runoff', 1, '2026-01-03')" : "");
                insert into elections.canvasses (
                    organization_id, canvass_id, process_id, contest_id, round, version, cause, tables_counted,
                    tables_annulled, voters, blank, null_votes, unmarked, unreturned, outcome, vacant, quotient,
                    tied_slate_ids, tied_seats, runoff_slate_ids, steps, computed_at)
                values ('\(organization)', '\(id(contest + 10))', '\(process)', '\(id(contest))', 1, 1, 'count',
                    1, 0, 20, 0, 0, 0, 0, '\(isRunoff ? "runoff" : "elected")', 0, '20/1', '{}', 0, '{}', '{}',
                    '2026-01-02');
                """
        }
        if left.isChallenged {
            text += """
                insert into elections.challenges (
                    organization_id, challenge_id, process_id, contest_id, number, challenger, challenger_role,
                    ground, facts, filed_at, state)
                values ('\(organization)', '\(id(30))', '\(process)', '\(id(1))', 1, 'Ana', 'other', 'other',
                    'Hechos', '2026-01-03', 'open');
                """
        }
        return text
    }
}
