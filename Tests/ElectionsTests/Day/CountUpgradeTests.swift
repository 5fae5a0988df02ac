import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

/// Rows as the program of the time left them, and what the later migrations make of them.
@Suite struct `A count that waits at an upgrade` {
    @Test func `keeps what was frozen, and has the rest agreed on by two people`() async throws {
        let database = try await TestDatabase.make(upTo: 61)
        let organization = ID<Organization>()
        let (process, open, frozen) = (UUID(), UUID(), UUID())
        let contests = [
            ("plurinominal", "show_of_hands"), ("plurinominal", "paper"), ("mayoria", "show_of_hands"),
        ]
        var script = "set session_replication_role = replica;"
        for (index, contest) in contests.enumerated() {
            let id = UUID()
            script += """
                insert into elections.contests (
                    organization_id, contest_id, process_id, position, name, body_id, seats, candidature,
                    voting_mode, counting_rule, majority_base, has_blank_majority, alternates, rules_source,
                    rules_are_confirmed, state)
                values ('\(organization)', '\(id)', '\(process)', \(index + 1), 'Junta \(index)', '\(id)', 3,
                    '\(contest.0 == "plurinominal" ? "individuals" : "slates")', '\(contest.1)', '\(contest.0)', 'valid', false, 'none', 'Estatutos', false,
                    'open');
                insert into elections.count_sheets (
                    organization_id, table_id, contest_id, round, jury, attempt, process_id, slate_ids, votes,
                    blank, null_votes, unmarked, voters, entered_at, entered_by)
                values ('\(organization)', '\(open)', '\(id)', 1, 1, 1, '\(process)', '{}', '{}', 0, 0, 0,
                    \(10 + index), '2026-01-01', '\(id)');
                """
            for table in [open, frozen] {
                script += """
                    insert into elections.count_differences (
                        organization_id, table_id, contest_id, round, figure, first_jury, second_jury, agreed,
                        reason, reconciled_at)
                    values ('\(organization)', '\(table)', '\(id)', 1, 'blank', 1, 2, 2, 'Así fue', '2026-01-01');
                    """
            }
            script += """
                insert into elections.table_counts (
                    organization_id, table_id, contest_id, round, process_id, slate_ids, votes, blank, null_votes,
                    unmarked, voters, unreturned, is_reconciled, frozen_at)
                values ('\(organization)', '\(frozen)', '\(id)', 1, '\(process)', '{}', '{}', 2, 0, 0, 2, 0,
                    true, '2026-01-01');
                """
        }
        try await database.script(script, as: TestCluster.superuser)
        try await TestDatabase.upgrade(database)
        let kept: [String] = try await database.read(TenantScope(.terminal(in: organization))) {
            try await $0.values(
                """
                select voters || ' ' || coalesce(ballots::text, 'sin contar') from elections.count_sheets
                union all select table_id::text from elections.count_differences
                order by 1
                """)
        }
        let left = Array(repeating: frozen.uuidString.lowercased(), count: contests.count)
        // Raised hands at large: a ballot for each who votes. On paper they are still to be counted.
        #expect(kept.sorted() == (["10 10", "11 sin contar", "12 sin contar"] + left).sorted())
    }
}
