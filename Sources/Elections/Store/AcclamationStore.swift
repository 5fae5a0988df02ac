import Foundation
import Kernel
import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// Holds a contest, so that it is either acclaimed or voted.
    ///
    /// - Throws: ``CanvassError/notFound``.
    func hold(_ contest: ID<Contest>, of place: ProcessPlace) async throws {
        let held: Bool? = try await value(
            """
            select true from elections.contests
            where organization_id = \(organization) and process_id = \(place.process)
                and contest_id = \(contest)
            for no key update
            """)
        guard held == true else { throw CanvassError.notFound }
    }

    /// How many were present when a contest was acclaimed; `nil` where it was not.
    func acclaiming(_ contest: ID<Contest>) async throws -> Int? {
        try await value(
            """
            select present from elections.acclamations
            where organization_id = \(organization) and contest_id = \(contest)
            """)
    }

    /// The contests of a process in which more stand than there are seats: nobody is acclaimed there.
    func contested(in process: ID<ElectoralProcess>) async throws -> Set<ID<Contest>> {
        Set(
            try await values(
                """
                select contests.contest_id from elections.contests
                where contests.organization_id = \(organization) and contests.process_id = \(process)
                    and contests.seats < (
                        select count(*) from elections.standing_slates as slates
                        join elections.candidates on candidates.organization_id = \(organization)
                            and candidates.slate_id = slates.slate_id and candidates.role = 'principal'
                            and candidates.state = 'standing'
                        where slates.organization_id = \(organization)
                            and slates.contest_id = contests.contest_id)
                """,
                as: ID<Contest>.self))
    }

    /// Keeps an acclamation with the canvass that seats those who stand, as far as there are seats.
    ///
    /// - Throws: ``VotingDayError/otherMode``, ``VotingDayError/tooManyStand``, ``VotingDayError/pollOpen`` where a vote
    ///   was opened, as where somebody objected.
    func acclaim(_ acclamation: DeclareAcclamation, present: Int, at now: Date) async throws {
        try await hold(acclamation.contest, of: acclamation.place)
        let contest = try await contests(of: acclamation.place.process).first {
            $0.id == acclamation.contest
        }
        guard let contest, contest.votingMode == .acclamation else { throw VotingDayError.otherMode }
        let isVoted: Bool? = try await value(
            """
            select true from elections.polls
            where organization_id = \(organization) and contest_id = \(contest.id) limit 1
            """)
        guard isVoted == nil else { throw VotingDayError.pollOpen }
        let sum = try await acclaimed(contest, present: present)
        guard sum.result.allocations.reduce(0, { $0 + $1.seats }) <= contest.seats.count else {
            throw VotingDayError.tooManyStand
        }
        _ = try await execute(
            """
            insert into elections.acclamations (
                organization_id, contest_id, round, process_id, session_id, slate_ids, present, objections,
                account, declared_at, declared_by)
            values (
                \(organization), \(contest.id), 1, \(acclamation.place.process), \(acclamation.session),
                \(sum.options.map(\.slate)), \(present), 0, \(acclamation.account), \(now),
                \(scope.principal.user))
            """,
            refusals: ["acclamations_pkey": VotingDayError.pollOpen])
        _ = try await insert(
            sum, of: contest.id, in: acclamation.place, cause: .acclamation, at: now)
    }

    /// Every candidate who stands has a seat; no votes were counted.
    func acclaimed(_ contest: Contest, present: Int) async throws -> CanvassSum {
        let options = try await options(of: contest.id, round: 1)
        let sizes = try await sizes(in: contest.id)
        let seats = contest.seats.count
        let tally = try Tally(options.map { Tally.Entry($0.contender, votes: 0) }, blank: 0)
        var result = tally.counted(under: try CountingTerms(contest.rule, seats: seats))
        let allocations = options.map {
            CountResult.Allocation(contender: $0.contender, seats: sizes[$0.slate] ?? 0)
        }
        result.allocations = allocations
        result.outcome = allocations.contains { $0.seats > 0 } ? .elected : .nobody
        result.vacant = max(0, seats - allocations.reduce(0) { $0 + $1.seats })
        result.ties = []
        return CanvassSum(
            contestName: contest.name, round: 1, options: options, result: result, counted: 0, annulled: 0,
            voters: present, null: 0, unmarked: 0, unreturned: 0, omitted: [], boxes: [],
            acclamation:
                "Por aclamación de \(SpanishFormat.count(present, "persona presente", "personas presentes")), sin objeciones: \(SpanishFormat.list(options.map(\.contender.rawValue))), para \(SpanishFormat.count(seats, "puesto", "puestos"))"
        )
    }
}
