import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// The minutes of a meeting, `nil` where none are kept.
    public func minutes(of meeting: ID<Meeting>) async throws -> Minutes? {
        guard
            let header = try await row(
                """
                select minutes_id, meeting_id, number, dated_on, first_day, last_day, municipality, activity,
                    facilitator, company, audience, narrative, follow_up, attachments, file_id
                from governance.minutes
                where organization_id = \(organization) and meeting_id = \(meeting)
                """, as: MinutesRow.self)
        else { return nil }
        let counts = try await rows(
            """
            select label, people from governance.minutes_counts
            where organization_id = \(organization) and minutes_id = \(header.id)
            order by position
            """, as: Minutes.Count.self)
        let decisions = try await rows(
            """
            select decision, in_favor, against, abstained from governance.minutes_decisions
            where organization_id = \(organization) and minutes_id = \(header.id)
            order by position
            """, as: Minutes.Decision.self)
        let commitments = try await rows(
            """
            select activity, due_on, responsible from governance.minutes_commitments
            where organization_id = \(organization) and minutes_id = \(header.id)
            order by position
            """, as: Minutes.Commitment.self)
        return header.minutes(counts: counts, decisions: decisions, commitments: commitments)
    }

    /// Adds minutes, as reserved as their meeting: those that were composed here once they are sealed, others from
    /// their paper.
    ///
    /// - Throws: ``MeetingError/hasMinutes``, ``MeetingError/numberIsLater(first:)``.
    func insert(
        _ minutes: Minutes, of alliance: ID<Alliance>, from source: ID<SourceDocument>?, at now: Date,
        composedAs draft: MinutesDraft? = nil
    ) async throws {
        if draft == nil, let number = minutes.number.flatMap({ Int($0) }),
            let first = try await firstGivenNumber(beside: minutes.meeting), number >= first
        {
            throw MeetingError.numberIsLater(first: first)
        }
        let added = try await execute(
            """
            insert into governance.minutes (
                organization_id, minutes_id, alliance_id, meeting_id, source_id, number, dated_on, first_day,
                last_day, municipality, activity, facilitator, company, audience, narrative, follow_up,
                attachments, file_id, recorded_at, recorded_by, is_reserved, draft_id)
            select
                \(organization), \(minutes.id), \(alliance), meetings.meeting_id, \(source),
                \(minutes.number), \(minutes.datedOn), \(minutes.days.lowerBound),
                \(minutes.days.upperBound), \(minutes.municipality), \(minutes.activity),
                \(minutes.facilitator), \(minutes.company), \(minutes.audience), \(minutes.narrative),
                \(minutes.followUp), \(minutes.attachments), \(minutes.file), \(now),
                \(scope.principal.user), meetings.is_reserved, \(draft?.id)
            from governance.meetings
            where organization_id = \(organization) and meeting_id = \(minutes.meeting)
            """,
            refusals: [
                "minutes_meeting_key": MeetingError.hasMinutes, "minutes_pkey": MeetingError.hasMinutes,
            ])
        guard added == 1 else { throw MeetingError.notFound }
        try await pipeline([
            """
            insert into governance.minutes_counts (organization_id, minutes_id, position, label, people)
            select \(organization), \(minutes.id), position, label, people
            from unnest(\(minutes.counts.map(\.label)), \(minutes.counts.map(\.people)))
                with ordinality as counts (label, people, position)
            """,
            """
            insert into governance.minutes_decisions (
                organization_id, minutes_id, position, decision, in_favor, against, abstained)
            select \(organization), \(minutes.id), position, decision, in_favor, against, abstained
            from unnest(
                \(minutes.decisions.map(\.decision)), \(minutes.decisions.map(\.inFavor)),
                \(minutes.decisions.map(\.against)), \(minutes.decisions.map(\.abstained))
            ) with ordinality as decisions (decision, in_favor, against, abstained, position)
            """,
            """
            insert into governance.minutes_commitments (
                organization_id, minutes_id, position, activity, due_on, responsible)
            select \(organization), \(minutes.id), position, activity, due_on, responsible
            from unnest(
                \(minutes.commitments.map(\.activity)), \(minutes.commitments.map(\.dueOn)),
                \(minutes.commitments.map(\.responsible))
            ) with ordinality as commitments (activity, due_on, responsible, position)
            """,
        ])
    }
}

// MARK: - Rows

private struct MinutesRow: RowDecodable {
    let id: ID<Minutes>
    private let header: Minutes

    init(row: Row) throws(RowError) {
        let first: CalendarDate = try row["first_day"]
        let last: CalendarDate = try row["last_day"]
        id = try row["minutes_id"]
        header = Minutes(
            id: id, meeting: try row["meeting_id"], number: try row["number"], datedOn: try row["dated_on"],
            days: first...max(first, last), municipality: try row["municipality"],
            activity: try row["activity"], facilitator: try row["facilitator"], company: try row["company"],
            audience: try row["audience"], narrative: try row["narrative"], followUp: try row["follow_up"],
            attachments: try row["attachments"], file: try row["file_id"])
    }

    func minutes(
        counts: [Minutes.Count], decisions: [Minutes.Decision], commitments: [Minutes.Commitment]
    ) -> Minutes {
        Minutes(
            id: id, meeting: header.meeting, number: header.number, datedOn: header.datedOn,
            days: header.days, municipality: header.municipality, activity: header.activity,
            facilitator: header.facilitator, company: header.company, audience: header.audience,
            narrative: header.narrative, followUp: header.followUp, attachments: header.attachments,
            counts: counts, decisions: decisions, commitments: commitments, file: header.file)
    }
}

extension Minutes.Count: RowDecodable {
    /// Reads a row of `governance.minutes_counts`.
    public init(row: Row) throws(RowError) {
        self.init(label: try row["label"], people: try row["people"])
    }
}

extension Minutes.Decision: RowDecodable {
    /// Reads a row of `governance.minutes_decisions`.
    public init(row: Row) throws(RowError) {
        self.init(
            decision: try row["decision"], inFavor: try row["in_favor"], against: try row["against"],
            abstained: try row["abstained"])
    }
}

extension Minutes.Commitment: RowDecodable {
    /// Reads a row of `governance.minutes_commitments`.
    public init(row: Row) throws(RowError) {
        self.init(
            activity: try row["activity"], dueOn: try row["due_on"], responsible: try row["responsible"])
    }
}
