import Foundation
public import Kernel
import Postgres
public import Tenancy

/// What was done with a box, and the archives that it left.
public struct BoxHistory: Sendable, Hashable {
    /// People who voted in it, those too whose ballots were left out.
    public let voters: Int
    /// People whose ballots were left out.
    public let excluded: Int
    /// The trackers of the ballots that were left out: of a voter's, also those that they had replaced.
    public let excludedBallots: Int
    /// Its archives, the one that goes on last; none before it is sealed.
    public let archives: [CanvassReport.Box.Archive]
    /// What two people did with it, in order.
    public let steps: [CanvassReport.Box.Step]
    /// Why it was annulled.
    public let annulment: String?

    /// The last time that something was done with it.
    public func step(_ kind: CanvassReport.Box.Step.Kind) -> CanvassReport.Box.Step? {
        steps.last { $0.kind == kind }
    }
}

private struct ArchiveRow: RowDecodable {
    let archive: CanvassReport.Box.Archive

    init(row: Row) throws(RowError) {
        archive = CanvassReport.Box.Archive(
            number: try row["archive"], closing: try row["closing"], head: try row["head"])
    }
}

private struct StepRow: RowDecodable {
    let step: CanvassReport.Box.Step?

    init(row: Row) throws(RowError) {
        let kind: String = try row["kind"]
        let (proposedAs, secondedAs): (Role, Role) = (try row["proposed_as"], try row["seconded_as"])
        let proposer = CanvassReport.Box.Person(name: try row["proposer"], role: proposedAs.title)
        let seconder = CanvassReport.Box.Person(name: try row["seconder"], role: secondedAs.title)
        let doneAt: Date = try row["seconded_at"]
        step = CanvassReport.Box.Step.Kind(rawValue: kind).map {
            CanvassReport.Box.Step(kind: $0, doneAt: doneAt, proposer: proposer, doer: seconder)
        }
    }
}

extension VotingEntrance {
    /// What was done with a box, for its public board; `nil` where there is none.
    public func history(
        of box: ID<BallotBox>, in organization: ID<Organization>
    ) async throws -> BoxHistory? {
        try await database.read(TenantScope(.system(in: organization))) { transaction in
            try await transaction.history(of: box)
        }
    }
}

extension Transaction where Scope == TenantScope {
    /// What two people did with a box, and the archives that it left; `nil` where there is none.
    func history(of id: ID<BallotBox>) async throws -> BoxHistory? {
        guard let box = try await box(id) else { return nil }
        let excludedBallots: Int =
            try await value(
                """
                select coalesce(sum(cardinality(trackers)), 0)::bigint from elections.box_exclusions
                where organization_id = \(organization) and box_id = \(id)
                """) ?? 0
        return BoxHistory(
            voters: box.voters, excluded: box.excluded, excludedBallots: excludedBallots,
            archives: try await archives(of: box, excluding: excludedBallots),
            steps: try await steps(of: id), annulment: box.stateReason)
    }

    /// What two people did with a box, in order.
    func steps(of box: ID<BallotBox>) async throws -> [CanvassReport.Box.Step] {
        try await rows(
            """
            select acts.kind, proposed_as, seconded_as, seconded_at, proposers.name as proposer,
                seconders.name as seconder
            from elections.acts
            left join tenancy.users as proposers on proposers.organization_id = \(organization)
                and proposers.user_id = acts.proposed_by
            left join tenancy.users as seconders on seconders.organization_id = \(organization)
                and seconders.user_id = acts.seconded_by
            where acts.organization_id = \(organization) and acts.box_id = \(box) and seconded_at is not null
                and withdrawn_at is null
            order by seconded_at, acts.act_id
            """,
            as: StepRow.self
        ).compactMap(\.step)
    }

    /// The archives of a box, in order.
    ///
    /// The event that closed one ends it where another was derived from it, since ballots are left out of closed boxes alone.
    /// In the one that goes on it follows the ballots, of which each stands with its event behind the six records of the
    /// setup (`verifiable-voting.md` §4.3).
    private func archives(
        of box: BallotBox, excluding ballots: Int
    ) async throws -> [CanvassReport.Box.Archive] {
        try await rows(
            """
            select number::bigint as archive, split_part(ends.name, '.', 1) as head,
                split_part(
                    case when number < \(box.archive) then ends.name
                        else (
                            select name from elections.box_records as closings
                            where closings.organization_id = \(organization) and closings.box_id = \(box.id)
                                and closings.archive = number and closings.name like '%.event.json'
                                and closings.position = \(6 + 2 * (box.ballots - ballots)))
                    end, '.', 1) as closing
            from generate_series(0, \(box.archive)) as numbers (number)
            cross join lateral (
                select name from elections.box_records as records
                where records.organization_id = \(organization) and records.box_id = \(box.id)
                    and records.archive = number
                order by records.position desc limit 1
            ) as ends
            order by number
            """,
            as: ArchiveRow.self
        ).map(\.archive)
    }

    /// Who sealed a box, and when: one person alone, once everything is there.
    func sealing(
        of box: ID<BallotBox>, in place: ProcessPlace
    ) async throws -> [CanvassReport.Box.Step] {
        let events = try await events(
            of: place.stream, matching: LogFilter(action: "elections.box.sealed"), limit: 1_000)
        return events.filter { $0.subject == box.description }.suffix(1).map { event in
            CanvassReport.Box.Step(
                kind: .seal, doneAt: event.happenedAt, proposer: nil,
                doer: CanvassReport.Box.Person(name: event.actorName, role: Role.electionCommittee.title))
        }
    }

    /// How many slips of a box were made to replace lost ones, those that did so by now as well.
    func spareSlips(of box: ID<BallotBox>) async throws -> Int {
        try await value(
            """
            select count(*) from elections.box_credentials
            where organization_id = \(organization) and box_id = \(box) and is_spare
            """) ?? 0
    }
}
