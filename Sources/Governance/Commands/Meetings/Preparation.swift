import Foundation
public import Kernel
import Postgres
import Tenancy

/// How far a meeting is prepared: called, spread, supported.
public struct Preparation: Sendable {
    /// The body that meets; `nil` where the members do, or whoever is called.
    public let body: Body?
    /// The notice in force.
    public let notice: MeetingNotice?
    /// Whether the meeting is another than its notice says.
    public let isNoticeOutdated: Bool
    /// Whether enough days were given, or would be if it were called today.
    public let check: NoticeCheck
    /// The last day on which it may be called; `nil` where nothing asks for days.
    public let latestDay: CalendarDate?
    /// How many visits were made for it.
    public let visits: Int
    /// How the calls by telephone go.
    public let calls: CallSheetCount
    /// The support asked for it.
    public let supports: [MeetingSupport]
    /// Where its series stands.
    public let series: SeriesStanding?
}

extension Transaction where Scope == TenantScope {
    /// How far a meeting is prepared.
    func preparation(
        of meeting: Meeting, _ agenda: [AgendaItem], in alliance: ID<Alliance>, at now: Date
    ) async throws -> Preparation {
        let notice = try await notices(of: meeting.id).last
        let invitation = try await invitation(to: meeting, agenda: agenda, of: alliance)
        let requirement = try await noticeRequirement(of: meeting, of: alliance)
        var body: Body?
        if let id = meeting.body { body = try await self.body(id) }
        let today = min(ColombianTime.date(at: now), meeting.day)
        return Preparation(
            body: body, notice: notice, isNoticeOutdated: notice.map { !$0.isOf(invitation) } ?? false,
            check: notice?.check ?? NoticeCheck(requirement, calledOn: today, for: meeting.day),
            latestDay: requirement?.latestDay(for: meeting.day),
            visits: try await visits(for: meeting.id).count,
            calls: try await callSheetCount(of: meeting.id),
            supports: try await supports(of: alliance, for: meeting.id).map(\.support),
            series: try await standing(ofSeriesOf: meeting, in: alliance))
    }
}
