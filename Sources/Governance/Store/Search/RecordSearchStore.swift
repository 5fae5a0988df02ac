import Foundation
import Kernel
import Postgres
import Tenancy

/// A meeting that a search found, with the number of its minutes.
private struct FoundMeeting: RowDecodable {
    let id: ID<Meeting>
    let alliance: ID<Alliance>
    let title: String
    let day: CalendarDate
    let number: Int?

    init(row: Row) throws(RowError) {
        id = try row["meeting_id"]
        alliance = try row["alliance_id"]
        title = try row["title"]
        day = try row["day"]
        number = try row["number"]
    }
}

/// A complaint or a letter that a search found.
private struct FoundFiling<Subject>: RowDecodable {
    let id: ID<Subject>
    let alliance: ID<Alliance>
    let title: String
    let day: CalendarDate
    let year: Int
    let number: Int

    init(row: Row) throws(RowError) {
        id = try row["id"]
        alliance = try row["alliance_id"]
        title = try row["title"]
        day = try row["day"]
        year = try row["year"]
        number = try row["number"]
    }
}

extension Transaction where Scope == TenantScope {
    /// The meetings whose title has words that begin so. The alliances' meetings are read by their index and their titles
    /// looked through: an alliance holds some dozens a year, and no operator that finds words is leakproof.
    func meetings(found query: FindRecords) async throws -> [FoundRecord] {
        try await rows(
            """
            select meeting_id, alliance_id, title, day, null::integer as number
            from governance.meetings
            where organization_id = \(organization) and alliance_id = any (\(query.alliances))
                and not exists (
                    select from unnest(\(query.search.words)) as asked (word)
                    where position(
                        ' ' || asked.word
                        in ' ' || regexp_replace(membership.folded(title), '[^a-z0-9]+', ' ', 'g')) = 0)
            order by day desc, meeting_id
            limit \(FindRecords.limit)
            """, as: FoundMeeting.self
        ).map {
            FoundRecord(subject: .meeting($0.id), alliance: $0.alliance, title: $0.title, day: $0.day)
        }
    }

    /// The minutes of a number, made here or kept from paper.
    func minutes(found query: FindRecords) async throws -> [FoundRecord] {
        guard let number = query.search.minutesNumber else { return [] }
        return try await rows(
            """
            select meetings.meeting_id, meetings.alliance_id, meetings.title, meetings.day,
                \(number)::integer as number
            from (
                select meeting_id from governance.minutes_drafts
                where organization_id = \(organization) and number = \(number)
                union
                select meeting_id from governance.minutes
                where organization_id = \(organization) and number = \(String(number))
            ) as numbered
            join governance.meetings on meetings.organization_id = \(organization)
                and meetings.meeting_id = numbered.meeting_id
            where meetings.alliance_id = any (\(query.alliances))
            order by meetings.day desc, meetings.meeting_id
            limit \(FindRecords.limit)
            """, as: FoundMeeting.self
        ).map {
            FoundRecord(
                subject: .minutes($0.id, number: number), alliance: $0.alliance, title: $0.title, day: $0.day)
        }
    }

    /// The complaints of a radicado.
    func complaints(found query: FindRecords) async throws -> [FoundRecord] {
        guard let filing = query.search.filing, filing.series != .letter else { return [] }
        return try await rows(
            """
            select complaint_id as id, alliance_id, entity as title, year, number,
                (filed_at at time zone 'America/Bogota')::date as day
            from governance.complaints
            where organization_id = \(organization) and alliance_id = any (\(query.alliances))
                and year = \(filing.year) and number = \(filing.number)
            order by alliance_id
            limit \(FindRecords.limit)
            """, as: FoundFiling<Complaint>.self
        ).map {
            FoundRecord(
                subject: .complaint($0.id, FilingNumber(.complaint, year: $0.year, number: $0.number)),
                alliance: $0.alliance, title: $0.title, day: $0.day)
        }
    }

    /// The letters of a radicado.
    func letters(found query: FindRecords) async throws -> [FoundRecord] {
        guard let filing = query.search.filing, filing.series != .complaint else { return [] }
        return try await rows(
            """
            select letter_id as id, alliance_id, subject as title, year, number, dated_on as day
            from governance.letters
            where organization_id = \(organization) and alliance_id = any (\(query.alliances))
                and year = \(filing.year) and number = \(filing.number)
            order by alliance_id
            limit \(FindRecords.limit)
            """, as: FoundFiling<Letter>.self
        ).map {
            FoundRecord(
                subject: .letter($0.id, FilingNumber(.letter, year: $0.year, number: $0.number)),
                alliance: $0.alliance, title: $0.title, day: $0.day)
        }
    }
}
