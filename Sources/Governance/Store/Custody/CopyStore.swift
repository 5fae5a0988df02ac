import Foundation
import Kernel
import Postgres
import Tenancy

/// A row of a copy, with the key behind which the next page begins.
struct CopiedRow: Sendable, RowDecodable {
    let key: String
    let line: String

    init(row: Row) throws(RowError) {
        key = try row["row_key"]
        line = try row["line"]
    }
}

/// What a copy does not hold of a table, and why.
struct CopyAbsence: Sendable, RowDecodable {
    let relation: String
    /// The columns that stay out; none where the whole table does.
    let columns: [String]
    let reason: String

    init(row: Row) throws(RowError) {
        relation = try row["relation"]
        columns = try row["left_out"]
        reason = try row["reason"]
    }
}

/// Of whom a copy is, and of which day: what decides which rows go.
struct CopySubject: Sendable {
    let alliance: ID<Alliance>
    let day: CalendarDate
    /// How many rows are read at once.
    let page: Int
}

extension Transaction where Scope == TenantScope {
    /// The tables of which a copy has rows.
    func copiedTables() async throws -> [String] {
        try await values(
            "select relation from catalogue.copied_tables where condition is not null order by relation",
            as: String.self)
    }

    /// What a copy does not hold.
    func copyAbsences() async throws -> [CopyAbsence] {
        try await rows(
            """
            select relation, left_out, reason from catalogue.copied_tables
            where reason is not null order by reason, relation
            """)
    }

    /// A page of the rows of a table, as JSON.
    func copiedRows(
        of relation: String, for subject: CopySubject, after key: String?
    ) async throws -> [CopiedRow] {
        try await rows(
            """
            select row_key, line from governance.copied_rows(
                \(relation), \(organization), \(subject.alliance), \(subject.day), \(key), \(subject.page))
            """)
    }

    /// A page of the people who are or were members, as JSON. How they are reached goes of those alone who are members
    /// now.
    func copiedMembers(for subject: CopySubject, after key: String?) async throws -> [CopiedRow] {
        try await rows(
            """
            select people.person_id::text as row_key, jsonb_strip_nulls(jsonb_build_object(
                'person_id', people.person_id, 'document_type', people.document_type,
                'document_number', people.document_number, 'first_surname', people.first_surname,
                'second_surname', people.second_surname, 'first_name', people.first_name,
                'second_name', people.second_name, 'municipality_code', people.municipality_code,
                'is_member', present.person_id is not null,
                'phone', case when present.person_id is not null then people.phone end,
                'email', case when present.person_id is not null then people.email end))::text as line
            from membership.affiliates as people
            left join membership.memberships as present on present.organization_id = \(organization)
                and present.alliance_id = \(subject.alliance) and present.person_id = people.person_id
                and present.joined_on <= \(subject.day) and present.left_on is null
                and exists (
                    select from membership.consents
                    where consents.organization_id = \(organization)
                        and consents.consent_id = present.consent_id and consents.withdrawn_on is null)
            where people.organization_id = \(organization)
                and (\(key)::text is null or people.person_id > \(key)::uuid)
                and people.person_id in (
                    select memberships.person_id from membership.memberships
                    where memberships.organization_id = \(organization)
                        and memberships.alliance_id = \(subject.alliance))
            order by people.person_id
            limit \(subject.page)
            """)
    }

    /// A page of the names of those who acted in some chains, as JSON.
    func copiedActors(
        of streams: [UUID], for subject: CopySubject, after key: String?
    ) async throws -> [CopiedRow] {
        try await rows(
            """
            select users.user_id::text as row_key,
                jsonb_build_object('user_id', users.user_id, 'name', users.name)::text as line
            from tenancy.users
            where users.organization_id = \(organization)
                and (\(key)::text is null or users.user_id > \(key)::uuid)
                and users.user_id in (
                    select events.actor_id from tenancy.audit_events as events
                    where events.organization_id = \(organization) and events.stream_id = any (\(streams)))
            order by users.user_id
            limit \(subject.page)
            """)
    }

    /// The files that go, by their identifiers and names: an archive has room for some 65,000 of them.
    func copiedFiles(for subject: CopySubject) async throws -> [CopiedFile] {
        var (files, key): ([CopiedFile], String?) = ([], nil)
        while true {
            let page: [CopiedFile] = try await rows(
                """
                select row_key, (line::jsonb ->> 'file_id')::uuid as file_id, line::jsonb ->> 'name' as name
                from governance.copied_rows(
                    'tenancy.files', \(organization), \(subject.alliance), \(subject.day), \(key),
                    \(subject.page))
                """)
            files += page
            guard page.count == subject.page else { return files }
            key = page.last?.key
        }
    }

    /// The chains of those elections of an alliance that go.
    func copiedStreams(for subject: CopySubject) async throws -> [UUID] {
        try await values(
            """
            select (line::jsonb ->> 'process_id')::uuid as stream_id
            from governance.copied_rows(
                'elections.processes', \(organization), \(subject.alliance), \(subject.day), null, 10000)
            """, as: UUID.self)
    }
}

/// A file that goes into a copy.
struct CopiedFile: Sendable, RowDecodable {
    fileprivate let key: String
    let id: ID<StoredFile>
    let name: String

    init(row: Row) throws(RowError) {
        key = try row["row_key"]
        id = try row["file_id"]
        name = try row["name"]
    }
}
