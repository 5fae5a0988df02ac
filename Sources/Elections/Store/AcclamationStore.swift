import Foundation
import Kernel
import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// Keeps an acclamation with the canvass that seats those who stand, as far as there are seats.
    ///
    /// - Throws: ``VotingDayError/otherMode``, ``VotingDayError/tooManyStand``.
    func acclaim(_ acclamation: DeclareAcclamation, present: Int, at now: Date) async throws {
        let contest = try await contests(of: acclamation.place.process).first {
            $0.id == acclamation.contest
        }
        guard let contest, contest.votingMode == .acclamation else { throw VotingDayError.otherMode }
        let options = try await options(of: contest.id, round: 1)
        var sum = try acclaimed(contest, options, try await sizes(in: contest.id), voters: present)
        guard sum.result.allocations.reduce(0, { $0 + $1.seats }) <= contest.seats.count else {
            throw VotingDayError.tooManyStand
        }
        sum.acclamation =
            "Por aclamación de \(SpanishFormat.count(present, "persona presente", "personas presentes")), sin objeciones: \(SpanishFormat.list(options.map(\.contender.rawValue))), para \(SpanishFormat.count(contest.seats.count, "puesto", "puestos"))"
        _ = try await execute(
            """
            insert into elections.acclamations (
                organization_id, contest_id, round, process_id, session_id, slate_ids, present, objections,
                account, declared_at, declared_by)
            values (
                \(organization), \(contest.id), 1, \(acclamation.place.process), \(acclamation.session),
                \(options.map(\.slate)), \(present), 0, \(acclamation.account), \(now),
                \(scope.principal.user))
            """,
            refusals: ["acclamations_pkey": VotingDayError.pollOpen])
        _ = try await insert(
            sum, of: contest.id, in: acclamation.place, cause: .acclamation, at: now)
    }

    /// Every candidate who stands has a seat; no votes were counted.
    private func acclaimed(
        _ contest: Contest, _ options: [BallotOption], _ sizes: [ID<Slate>: Int], voters: Int
    ) throws -> CanvassSum {
        let seats = contest.seats.count
        let tally = try Tally(options.map { Tally.Entry($0.contender, votes: 0) }, blank: 0)
        var result = tally.counted(under: try CountingTerms(contest.rule, seats: seats))
        let allocations = options.map {
            CountResult.Allocation(contender: $0.contender, seats: sizes[$0.slate] ?? 0)
        }
        result.allocations = allocations
        result.outcome = .elected
        result.vacant = max(0, seats - allocations.reduce(0) { $0 + $1.seats })
        result.ties = []
        return CanvassSum(
            contestName: contest.name, round: 1, options: options, result: result, counted: 0, annulled: 0,
            voters: voters, null: 0, unmarked: 0, unreturned: 0)
    }
}
