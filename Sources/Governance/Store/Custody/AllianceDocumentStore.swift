import Foundation
import Kernel
public import Postgres
import Tenancy

extension AllianceDocument.Source: SQLValue {}

extension AllianceDocument: RowDecodable {
    /// Reads a row of the list.
    public init(row: Row) throws(RowError) {
        source = try row["source"]
        id = try row["id"]
        title = try row["title"]
        kind = try row["kind"]
        datedOn = try row["dated_on"]
        keptAt = try row["kept_at"]
        file = try row["file_id"]
        let bytes: [UInt8]? = try row["sha256"]
        digest = bytes.flatMap { HashDigest(bytes: $0) }
        code = try row["code"]
        version = try row["version"]
        meeting = try row["meeting_id"]
        let (isWithdrawn, isSuperseded): (Bool, Bool) = (try row["is_withdrawn"], try row["is_superseded"])
        standing = isWithdrawn ? .withdrawn : isSuperseded ? .superseded : .current
        isReserved = try row["is_reserved"]
        delivery = try row["delivery"]
        retention = try DocumentRetention(row: row)
        origin = nil
    }
}

extension DocumentGap: RowDecodable {
    /// Reads what was counted.
    public init(row: Row) throws(RowError) {
        self.init(try row["kind"], count: try row["count"], since: try row["since"])
    }
}

extension DocumentGap.Kind: SQLValue {}

extension Transaction where Scope == TenantScope {
    /// All documents of an alliance that the scope may see, the latest first: those issued, files that are none of
    /// them, minutes from paper, and the bylaws; with how long each is kept and what was decided about it by a day.
    func documents(of alliance: ID<Alliance>, on day: CalendarDate) async throws -> [AllianceDocument] {
        try await rows(
            """
            with terms as materialized (
                select class, years, runs_from, is_confirmed from tenancy.retention_in_force(\(organization)))
            select listed.*, case when terms.class is not null then terms.years is null end as is_kept_always,
                kept.until as kept_until, coalesce(terms.is_confirmed, false) as retention_is_confirmed, (
                    select max(decisions.keep_until) from governance.retention_decisions as decisions
                    where decisions.organization_id = \(organization) and decisions.file_id = listed.file_id
                        and decisions.kind = 'keep' and decisions.withdrawn_at is null
                ) as postponed_until,
                exists (
                    select from governance.retention_decisions as decisions
                    where decisions.organization_id = \(organization) and decisions.file_id = listed.file_id
                        and decisions.kind = 'dispose' and decisions.withdrawn_at is null
                        and decisions.seconded_at is null
                ) as is_proposed,
                coalesce(kept.until < \(day) and (
                    listed.file_id is null or governance.file_is_bound(\(organization), listed.file_id)), false)
                    as is_bound, (
                    select max(deliveries.number) from governance.delivery_items as items
                    join governance.deliveries on deliveries.organization_id = \(organization)
                        and deliveries.delivery_id = items.delivery_id
                    where items.organization_id = \(organization) and items.file_id = listed.file_id
                ) as delivery
            from (
                select 'issued' as source, documents.document_id as id, documents.title, documents.kind,
                    documents.dated_on, documents.issued_at as kept_at, documents.file_id, documents.sha256,
                    documents.code, null::integer as version, null::uuid as meeting_id,
                    documents.withdrawn_at is not null as is_withdrawn,
                    exists (
                        select from tenancy.documents as later
                        where later.organization_id = \(organization) and later.kind = documents.kind
                            and later.subject_id = documents.subject_id and later.version > documents.version
                    ) as is_superseded, documents.is_reserved, files.retention_class, files.disposed_at
                from tenancy.documents
                join tenancy.files on files.organization_id = \(organization)
                    and files.file_id = documents.file_id
                where documents.organization_id = \(organization) and documents.alliance_id = \(alliance)
                union all
                select 'file', files.file_id, files.name, null, files.effective_on, files.stored_at,
                    files.file_id, files.sha256, null, null, null, false, false, files.is_reserved,
                    files.retention_class, files.disposed_at
                from tenancy.files
                where files.organization_id = \(organization) and files.alliance_id = \(alliance)
                    and not exists (
                        select from tenancy.documents
                        where documents.organization_id = \(organization)
                            and documents.file_id = files.file_id)
                union all
                select 'minutes', minutes.minutes_id,
                    concat_ws(': ', concat_ws(' ', 'Acta', minutes.number), meetings.title), null, minutes.dated_on,
                    minutes.recorded_at, minutes.file_id, null, null, null, meetings.meeting_id, false, false,
                    minutes.is_reserved, coalesce(files.retention_class, 'minutes'), files.disposed_at
                from governance.minutes
                join governance.meetings on meetings.organization_id = \(organization)
                    and meetings.meeting_id = minutes.meeting_id
                left join tenancy.files on files.organization_id = \(organization)
                    and files.file_id = minutes.file_id
                where minutes.organization_id = \(organization) and minutes.alliance_id = \(alliance)
                    and not exists (
                        select from governance.minutes_seals as seals
                        where seals.organization_id = \(organization)
                            and seals.minutes_id = minutes.minutes_id)
                union all
                select 'bylaws', bylaws.bylaws_id, concat(bylaws.title, ', versión ', bylaws.version), null,
                    bylaws.approved_on, bylaws.recorded_at, null, null, null, bylaws.version, null, false,
                    exists (
                        select from governance.bylaws as later
                        where later.organization_id = \(organization) and later.alliance_id = \(alliance)
                            and later.version > bylaws.version and later.approved_on is not null), false,
                    'constitution', null
                from governance.bylaws
                where bylaws.organization_id = \(organization) and bylaws.alliance_id = \(alliance)
                    and bylaws.approved_on is not null
            ) as listed
            left join terms on terms.class = listed.retention_class
            cross join lateral (
                select governance.file_kept_until(
                    \(organization), listed.file_id, listed.retention_class, listed.dated_on, terms.runs_from,
                    terms.years)
            ) as kept (until)
            order by listed.dated_on desc, listed.kept_at desc, listed.id
            """)
    }

    /// What an alliance should have on paper and does not.
    func documentGaps(of alliance: ID<Alliance>, on day: CalendarDate) async throws -> [DocumentGap] {
        let year = day.components.year
        return try await rows(
            """
            select kind, count, since from (
                select 'constitution' as kind, 1 as count, null::date as since
                where not exists (
                    select from governance.constitutions
                    where constitutions.organization_id = \(organization)
                        and constitutions.alliance_id = \(alliance) and constitutions.withdrawn_at is null)
                union all
                select 'bylaws', 1, null::date
                where not exists (
                    select from governance.bylaws
                    where bylaws.organization_id = \(organization) and bylaws.alliance_id = \(alliance)
                        and bylaws.approved_on is not null)
                union all
                select 'plan', 1, null::date
                where not exists (
                    select from governance.work_plans
                    where work_plans.organization_id = \(organization)
                        and work_plans.alliance_id = \(alliance) and work_plans.year = \(year)
                        and not work_plans.is_reserved and work_plans.dropped_on is null)
                union all
                select 'minutes', count(*), min(meetings.day)
                from governance.meetings
                where meetings.organization_id = \(organization) and meetings.alliance_id = \(alliance)
                    and meetings.state in ('planned', 'held') and meetings.day < \(day)
                    and not exists (
                        select from governance.minutes
                        where minutes.organization_id = \(organization)
                            and minutes.meeting_id = meetings.meeting_id)
                union all
                select 'signedMinutes', count(*), min(minutes.dated_on)
                from governance.minutes
                where minutes.organization_id = \(organization) and minutes.alliance_id = \(alliance)
                    and minutes.file_id is null
                    and not exists (
                        select from governance.papers
                        where papers.organization_id = \(organization)
                            and papers.minutes_id = minutes.minutes_id and papers.kind = 'signed_minutes')
                    and not exists (
                        select from governance.minutes_seals as seals
                        where seals.organization_id = \(organization)
                            and seals.minutes_id = minutes.minutes_id)
                union all
                select 'delivery', count(*), min(files.effective_on)
                from tenancy.files
                where files.organization_id = \(organization) and files.alliance_id = \(alliance)
                    and files.disposed_at is null and not exists (
                        select from governance.delivery_items as items
                        where items.organization_id = \(organization) and items.file_id = files.file_id)
                union all
                select 'receipt', count(*), min(deliveries.handed_on)
                from governance.deliveries
                where deliveries.organization_id = \(organization) and deliveries.alliance_id = \(alliance)
                    and deliveries.received_on is null
            ) as gaps
            where count > 0
            """)
    }
}
