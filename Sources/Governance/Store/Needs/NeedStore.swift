import Foundation
import Kernel
public import Postgres
import Tenancy

extension Need.State: SQLValue {}

extension Transaction where Scope == TenantScope {
    /// The needs that an alliance was told of, the latest first.
    func needs(of alliance: ID<Alliance>) async throws -> [Need] {
        try await rows(
            """
            select need_id, topic, account, place, people, channel, told_on, state, meeting_id, activity_id, answer,
                answered_on
            from governance.needs
            where organization_id = \(organization) and alliance_id = \(alliance)
            order by told_on desc, need_id
            """)
    }

    /// Adds a need.
    func insert(_ need: Need, of alliance: ID<Alliance>, at now: Date) async throws {
        try await execute(
            """
            insert into governance.needs (
                organization_id, need_id, alliance_id, topic, account, place, people, channel, told_on, state,
                recorded_at, recorded_by)
            values (
                \(organization), \(need.id), \(alliance), \(need.topic), \(need.account), \(need.place),
                \(need.people), \(need.channel), \(need.toldOn), 'open', \(now), \(scope.principal.user))
            """)
    }

    /// Writes on whose agenda an open need was put, or to which activity it led.
    ///
    /// - Throws: ``NeedError/over``.
    func lead(
        _ need: ID<Need>, to meeting: ID<Meeting>?, _ activity: ID<WorkPlan.Activity>?
    ) async throws {
        let written = try await execute(
            """
            update governance.needs
            set meeting_id = coalesce(\(meeting), meeting_id), activity_id = coalesce(\(activity), activity_id)
            where organization_id = \(organization) and need_id = \(need) and state = 'open'
            """)
        guard written == 1 else { throw NeedError.over }
    }

    /// Writes what came of an open need.
    ///
    /// - Throws: ``NeedError/over``.
    func end(_ need: ID<Need>, as state: Need.State, _ answer: Need.Answer) async throws {
        let written = try await execute(
            """
            update governance.needs set state = \(state), answer = \(answer.note), answered_on = \(answer.day)
            where organization_id = \(organization) and need_id = \(need) and state = 'open'
            """)
        guard written == 1 else { throw NeedError.over }
    }
}

extension Need: RowDecodable {
    /// Reads a row of `governance.needs`.
    public init(row: Row) throws(RowError) {
        let id: ID<Need> = try row["need_id"]
        let topic: Complaint.Category = try row["topic"]
        let account: String = try row["account"]
        let place: String = try row["place"]
        let people: Int = try row["people"]
        let channel: Complaint.Channel = try row["channel"]
        let toldOn: CalendarDate = try row["told_on"]
        let state: State = try row["state"]
        let meeting: ID<Meeting>? = try row["meeting_id"]
        let activity: ID<WorkPlan.Activity>? = try row["activity_id"]
        let note: String? = try row["answer"]
        let answeredOn: CalendarDate? = try row["answered_on"]
        do {
            let answer: Answer? =
                if let note, let answeredOn { try Answer(on: answeredOn, note) } else { nil }
            try self.init(
                id: id, topic: topic, account: account, place: place, people: people, channel: channel,
                toldOn: toldOn, state: state, meeting: meeting, activity: activity, answer: answer)
        } catch {
            throw RowError(unreadable: "account", because: error)
        }
    }
}
