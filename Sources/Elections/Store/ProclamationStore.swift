import Foundation
import Governance
import Kernel
import Postgres
import Tenancy

/// Who takes which seat.
struct ElectedHolder: Sendable, RowDecodable {
    let seat: ID<Seat>
    let rank: Int
    let person: ID<Person>
    let startsOn: CalendarDate?

    init(row: Row) throws(RowError) {
        seat = try row["seat_id"]
        rank = try row["rank"]
        person = try row["person_id"]
        startsOn = try row["starts_on"]
    }
}

private struct FinalRecord: RowDecodable {
    let contest: ID<Contest>
    let canvass: ID<Canvass>
    let outcome: CountResult.Outcome
    let text: String
    let isSealed: Bool
    let hasElected: Bool

    init(row: Row) throws(RowError) {
        contest = try row["contest_id"]
        canvass = try row["canvass_id"]
        outcome = try row["outcome"]
        text = try row["text"]
        isSealed = try row["is_sealed"]
        hasElected = try row["has_elected"]
    }
}

extension Transaction where Scope == TenantScope {
    private func hasOpenAppeal(_ place: ProcessPlace) async throws -> Bool {
        try await value(
            """
            select exists (
                select from elections.disqualifications
                where organization_id = \(organization) and process_id = \(place.process)
                    and appeal is not null and appeal_outcome is null)
            """) ?? false
    }

    /// Seals the last canvass of each open contest as final.
    ///
    /// - Throws: ``CanvassError``.
    func sealFinalRecords(of place: ProcessPlace, at now: Date) async throws {
        let records = try await rows(
            """
            select distinct on (canvasses.contest_id) canvasses.contest_id, canvasses.canvass_id,
                canvasses.outcome, records.text,
                exists (
                    select from elections.canvass_records as finals
                    where finals.organization_id = \(organization)
                        and finals.canvass_id = canvasses.canvass_id and finals.kind = 'final') as is_sealed,
                exists (
                    select from elections.canvass_elected as elected
                    where elected.organization_id = \(organization)
                        and elected.canvass_id = canvasses.canvass_id) as has_elected
            from elections.canvasses
            join elections.contests on contests.organization_id = canvasses.organization_id
                and contests.contest_id = canvasses.contest_id and contests.state = 'open'
            join elections.canvass_records as records on records.organization_id = canvasses.organization_id
                and records.canvass_id = canvasses.canvass_id and records.kind = 'provisional'
            where canvasses.organization_id = \(organization) and canvasses.process_id = \(place.process)
            order by canvasses.contest_id, canvasses.version desc
            """,
            as: FinalRecord.self)
        guard try await !hasOpenAppeal(place) else { throw CanvassError.appealOpen }
        guard !records.isEmpty else { throw CanvassError.nobodyElected }
        guard records.allSatisfy({ $0.outcome == .elected || $0.outcome.electsNobody }) else {
            throw CanvassError.notFinal
        }
        guard records.allSatisfy(\.hasElected) else { throw CanvassError.endsWithoutElected }
        for record in records where !record.isSealed {
            try await seal(
                record.canvass, of: record.contest, in: place, kind: "final",
                text: record.text + "acta definitiva \(ColombianTime.formText(now))\n", at: now)
        }
    }

    /// Ends an open contest without anybody elected.
    ///
    /// - Throws: ``CanvassError/notFound``.
    func end(
        _ contest: ID<Contest>, as state: Contest.State, because reason: String, in place: ProcessPlace
    ) async throws {
        let ended = try await execute(
            """
            update elections.contests set state = \(state), state_reason = \(reason)
            where organization_id = \(organization) and process_id = \(place.process)
                and contest_id = \(contest) and state = 'open'
            """)
        guard ended == 1 else { throw CanvassError.notFound }
    }

    func propose(
        _ act: ID<ElectoralAct>, in place: ProcessPlace, because reason: String, at now: Date
    ) async throws {
        guard let role = scope.principal.role(for: .proclaim, in: place.stream) else {
            throw CanvassError.sameRole
        }
        try await execute(
            """
            insert into elections.acts (
                organization_id, act_id, process_id, kind, reason, proposed_at, proposed_by, proposed_as)
            values (
                \(organization), \(act), \(place.process), 'proclaim', \(reason), \(now),
                \(scope.principal.user), \(role))
            """,
            refusals: ["acts_one_open_key": CanvassError.actOpen])
    }

    func second(_ act: ID<ElectoralAct>, in place: ProcessPlace, at now: Date) async throws {
        guard
            let role = scope.principal.role(
                for: .proclaim, in: place.stream, besides: try await proposingRole(of: act, in: place))
        else { throw CanvassError.sameRole }
        let seconded = try await execute(
            """
            update elections.acts
            set seconded_at = \(now), seconded_by = \(scope.principal.user),
                seconded_as = \(role)
            where organization_id = \(organization) and process_id = \(place.process) and act_id = \(act)
                and kind = 'proclaim' and seconded_at is null and withdrawn_at is null
            """,
            refusals: [
                "acts_two_people": CanvassError.sameRole, "acts_two_roles": CanvassError.sameRole,
            ])
        guard seconded == 1 else { throw CanvassError.actNotOpen }
    }

    /// The role in which somebody proposed an act that needs a second person.
    func proposingRole(of act: ID<ElectoralAct>, in place: ProcessPlace) async throws -> Role? {
        try await value(
            """
            select proposed_as from elections.acts
            where organization_id = \(organization) and process_id = \(place.process) and act_id = \(act)
            """)
    }

    func proclaim(
        _ act: ID<ElectoralAct>, in place: ProcessPlace, on day: CalendarDate, at now: Date
    ) async throws {
        try await execute(
            "select elections.proclaim(\(organization), \(place.process), \(act), \(day), \(now))",
            refusals: [
                "proclamations_follow_results": CanvassError.notYet,
                "proclamations_challenges_are_decided": CanvassError.challengeOpen,
                "proclamations_are_seconded": CanvassError.actNotOpen,
                "proclamations_records_are_final": CanvassError.notFinal,
                "proclamations_appeals_are_decided": CanvassError.appealOpen,
                "proclamations_elect_somebody": CanvassError.nobodyElected,
                "proclamations_elected_stand": CanvassError.electedOut,
            ])
    }

    /// Those elected in the contests of a process that were proclaimed.
    func elected(in place: ProcessPlace) async throws -> [ElectedHolder] {
        try await rows(
            """
            select seats.seat_id, elected.rank, elected.person_id, contests.starts_on
            from elections.canvass_elected as elected
            join elections.contest_seats as seats on seats.organization_id = elected.organization_id
                and seats.contest_id = elected.contest_id and seats.position = elected.seat_position
            join elections.contests on contests.organization_id = elected.organization_id
                and contests.contest_id = elected.contest_id and contests.state = 'proclaimed'
            where elected.organization_id = \(organization) and elected.process_id = \(place.process)
                and elected.canvass_id = (
                    select canvass_id from elections.canvasses
                    where canvasses.organization_id = \(organization)
                        and canvasses.contest_id = elected.contest_id
                    order by version desc limit 1)
            order by elected.contest_id, elected.seat_position, elected.rank
            """,
            as: ElectedHolder.self)
    }
}
