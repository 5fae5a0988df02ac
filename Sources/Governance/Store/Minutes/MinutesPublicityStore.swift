import Foundation
import Kernel
public import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// The sealed minutes of a meeting, with what was decided last about publishing them; `nil` where none are sealed.
    func sealedMinutes(of meeting: ID<Meeting>, in alliance: ID<Alliance>) async throws -> SealedMinutes? {
        try await row(
            """
            select seals.minutes_id, meetings.is_reserved, meetings.shared_at, latest.position, latest.act,
                latest.reason, latest.decided_at
            from governance.meetings
            join governance.minutes_drafts as drafts on drafts.organization_id = \(organization)
                and drafts.meeting_id = meetings.meeting_id
            join governance.minutes_seals as seals on seals.organization_id = \(organization)
                and seals.minutes_id = drafts.minutes_id and seals.redacted_file_id is not null
            left join lateral (
                select position, act, reason, decided_at from governance.minutes_publications as decided
                where decided.organization_id = \(organization) and decided.minutes_id = seals.minutes_id
                order by position desc limit 1
            ) as latest on true
            where meetings.organization_id = \(organization) and meetings.alliance_id = \(alliance)
                and meetings.meeting_id = \(meeting)
            """)
    }

    /// Keeps what was decided about sealed minutes. The handler that reckons the alliance puts them on its page, or
    /// takes them off it.
    ///
    /// - Throws: ``AccessError/alreadyDone`` where somebody else decided at the same moment.
    func decide(
        _ act: MinutesPublicity.Act, on minutes: SealedMinutes, of alliance: ID<Alliance>,
        because reason: String? = nil, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.minutes_publications (
                organization_id, minutes_id, position, alliance_id, act, reason, decided_at, decided_by)
            values (
                \(organization), \(minutes.id), \(minutes.decisions + 1), \(alliance), \(act), \(reason),
                \(now), \(scope.principal.user))
            """,
            refusals: ["minutes_publications_pkey": AccessError.alreadyDone])
    }
}

extension SealedMinutes: RowDecodable {
    /// Reads a row of sealed minutes with the last decision on them.
    public init(row: Row) throws(RowError) {
        id = try row["minutes_id"]
        let sharedAt: Date? = try row["shared_at"]
        isOfBoard = sharedAt != nil
        let position: Int? = try row["position"]
        decisions = position ?? 0
        let isReserved: Bool = try row["is_reserved"]
        let act: MinutesPublicity.Act? = try row["act"]
        guard let act, !isReserved else {
            publicity = isReserved ? .reserved : .undecided
            return
        }
        let decidedAt: Date = try row["decided_at"]
        switch act {
        case .published: publicity = .published(at: decidedAt)
        case .withheld: publicity = .withheld(at: decidedAt, reason: try row["reason"])
        case .withdrawn: publicity = .withdrawn(at: decidedAt, reason: try row["reason"])
        }
    }
}

extension MinutesPublicity.Act: SQLValue {}
