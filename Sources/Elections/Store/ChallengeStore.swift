import Foundation
import Kernel
public import Postgres
import Tenancy

extension ChallengeGround: SQLValue {}

extension ChallengeEffect: SQLValue {}

extension Transaction where Scope == TenantScope {
    /// Whether the calendar lets challenges in now; without such a milestone they are let in.
    func isWithinChallenges(_ place: ProcessPlace, at now: Date) async throws -> Bool {
        try await value(
            """
            select \(now) >= opens_at and (closes_at is null or \(now) <= closes_at)
            from elections.calendar_milestones
            where organization_id = \(organization) and process_id = \(place.process)
                and milestone = 'challenges'
            order by version desc limit 1
            """) ?? true
    }

    func insert(_ challenge: FileChallenge, as id: ID<Challenge>, at now: Date) async throws {
        try await execute(
            """
            insert into elections.challenges (
                organization_id, challenge_id, process_id, contest_id, table_id, number, challenger,
                challenger_role, ground, facts, filed_at, filed_by, state)
            select \(organization), \(id), \(challenge.place.process), \(challenge.contest),
                \(challenge.table), coalesce(max(number), 0) + 1, \(challenge.challenger), 'other',
                \(challenge.ground), \(challenge.facts), \(now), \(scope.principal.user), 'open'
            from elections.challenges
            where organization_id = \(organization) and process_id = \(challenge.place.process)
            """)
    }

    func answer(_ answer: AnswerChallenge, at now: Date) async throws {
        let answered = try await execute(
            """
            update elections.challenges
            set answer = \(answer.answer), answered_by = \(answer.answeredBy), answered_at = \(now)
            where organization_id = \(organization) and process_id = \(answer.place.process)
                and challenge_id = \(answer.challenge) and state = 'open' and answer is null
            """)
        guard answered == 1 else { throw CanvassError.challengeNotOpen }
    }

    func decide(_ decision: DecideChallenge, at now: Date) async throws {
        let decided = try await execute(
            """
            update elections.challenges
            set state = \(decision.effect == nil ? "dismissed" : "upheld"), effect = \(decision.effect),
                decision_reason = \(decision.reason), decided_at = \(now), decided_by = \(scope.principal.user)
            where organization_id = \(organization) and process_id = \(decision.place.process)
                and challenge_id = \(decision.challenge) and state = 'open'
            """,
            refusals: ["challenges_effect_has_its_object": CanvassError.effectWithoutObject])
        guard decided == 1 else { throw CanvassError.challengeNotOpen }
    }

    /// Carries out what an upheld challenge does, and returns the contests that have to be counted anew.
    func takeEffect(_ decision: DecideChallenge, at now: Date) async throws -> [ID<Contest>] {
        switch decision.effect {
        case nil, .some(.none): return []
        case .annulTable:
            return try await values(
                """
                insert into elections.table_annulments (
                    organization_id, table_id, contest_id, round, process_id, challenge_id, annulled_at,
                    annulled_by)
                select \(organization), counts.table_id, counts.contest_id, counts.round,
                    \(decision.place.process), \(decision.challenge), \(now), \(scope.principal.user)
                from elections.table_counts as counts
                join elections.challenges on challenges.organization_id = counts.organization_id
                    and challenges.table_id = counts.table_id
                    and (challenges.contest_id is null or challenges.contest_id = counts.contest_id)
                where counts.organization_id = \(organization)
                    and challenges.challenge_id = \(decision.challenge)
                returning contest_id
                """)
        case .annulContest:
            try await execute(
                """
                update elections.contests set state = 'annulled', state_reason = \(decision.reason)
                where organization_id = \(organization) and process_id = \(decision.place.process)
                    and contest_id = (
                        select contest_id from elections.challenges
                        where organization_id = \(organization) and challenge_id = \(decision.challenge))
                """)
            return []
        case .annulProcess:
            try await execute(
                """
                update elections.processes
                set state = 'annulled', state_reason = \(decision.reason), state_changed_at = \(now)
                where organization_id = \(organization) and process_id = \(decision.place.process)
                """)
            return []
        }
    }
}
