import Foundation
import Kernel
import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// The minutes of a meeting that were composed here, with how far they go; `nil` where there are none.
    func publicity(
        of meeting: ID<Meeting>, in alliance: ID<Alliance>
    ) async throws -> (minutes: ID<Minutes>, isSealed: Bool, publicity: MinutesPublicity)? {
        try await row(
            """
            select drafts.minutes_id, meetings.is_reserved, meetings.shared_at, publications.published_at,
                seals.redacted_file_id is not null as is_sealed
            from governance.meetings
            join governance.minutes_drafts as drafts on drafts.organization_id = \(organization)
                and drafts.meeting_id = meetings.meeting_id
            left join governance.minutes_seals as seals on seals.organization_id = \(organization)
                and seals.minutes_id = drafts.minutes_id
            left join governance.minutes_publications as publications
                on publications.organization_id = \(organization)
                and publications.minutes_id = drafts.minutes_id
            where meetings.organization_id = \(organization) and meetings.alliance_id = \(alliance)
                and meetings.meeting_id = \(meeting)
            """, as: PublicityRow.self
        ).map { ($0.minutes, $0.isSealed, $0.publicity) }
    }

    /// Publishes minutes. The handler that reckons the alliance puts them on its page.
    ///
    /// - Throws: ``MinutesPublicityError/alreadyPublished``.
    func publish(_ minutes: ID<Minutes>, of alliance: ID<Alliance>, at now: Date) async throws {
        try await execute(
            """
            insert into governance.minutes_publications (
                organization_id, minutes_id, alliance_id, published_at, published_by)
            values (\(organization), \(minutes), \(alliance), \(now), \(scope.principal.user))
            """,
            refusals: ["minutes_publications_pkey": MinutesPublicityError.alreadyPublished])
    }
}

private struct PublicityRow: RowDecodable {
    let minutes: ID<Minutes>
    let isSealed: Bool
    let publicity: MinutesPublicity

    init(row: Row) throws(RowError) {
        minutes = try row["minutes_id"]
        isSealed = try row["is_sealed"]
        let isReserved: Bool = try row["is_reserved"]
        let sharedAt: Date? = try row["shared_at"]
        let publishedAt: Date? = try row["published_at"]
        publicity =
            if isReserved { .reserved } else if let publishedAt { .published(at: publishedAt) } else {
                sharedAt == nil ? .withSeal : .entityOnly
            }
    }
}
