import Foundation
import Kernel
public import Postgres
import Tenancy

extension Elector: RowDecodable {
    /// Reads a row of the roll with the elector's last stay.
    public init(row: Row) throws(RowError) {
        self.init(
            person: try row["person_id"], name: try row["name"], documentType: try row["document_type"],
            documentNumber: try row["document_number"], table: try row["table_number"],
            place: try row["place"], presence: try row["presence_id"], arrivedAt: try row["arrived_at"],
            leftAt: try row["left_at"])
    }
}

extension Stranger.Cause: SQLValue {}

extension Stranger: RowDecodable {
    /// Reads a row of those who are not on the roll.
    public init(row: Row) throws(RowError) {
        self.init(name: try row["name"], document: try row["document"], cause: try row["cause"])
    }
}

extension Transaction where Scope == TenantScope {
    /// Electors by their document, or by words of which each is in their name.
    func electors(
        matching words: String, in session: ID<VotingSession>, of place: ProcessPlace, limit: Int
    ) async throws -> [Elector] {
        try await rows(
            """
            select entries.person_id, entries.name, entries.document_type, entries.document_number,
                tables.number::bigint as table_number, tables.place, stay.presence_id, stay.arrived_at,
                stay.left_at
            from elections.roll_entries as entries
            left join elections.roll_assignments as assignments
                on assignments.organization_id = \(organization)
                and assignments.process_id = \(place.process)
                and assignments.person_id = entries.person_id
            left join elections.voting_tables as tables on tables.organization_id = \(organization)
                and tables.table_id = assignments.table_id
            left join lateral (
                select presence_id, arrived_at, left_at from elections.presences
                where presences.organization_id = \(organization) and presences.session_id = \(session)
                    and presences.person_id = entries.person_id and undone_at is null
                order by arrived_at desc limit 1
            ) as stay on true
            where entries.organization_id = \(organization) and entries.process_id = \(place.process)
                and \(fragment: words.conditionOnElectors)
            order by entries.position
            limit \(limit)
            """)
    }

    /// People of that document whom the roll does not have, with why.
    func strangers(matching words: String, to place: ProcessPlace) async throws -> [Stranger] {
        try await rows(
            """
            select concat_ws(' ', first_name, second_name, first_surname, second_surname) as name,
                affiliates.document_type || ' ' || affiliates.document_number as document,
                coalesce(entries.verdict, 'no_member') as cause
            from membership.affiliates
            left join elections.provisional_entries as entries on entries.organization_id = \(organization)
                and entries.process_id = \(place.process) and entries.person_id = affiliates.person_id
                and entries.version = (
                    select max(version) from elections.provisional_rolls as rolls
                    where rolls.organization_id = \(organization) and rolls.process_id = \(place.process))
            where affiliates.organization_id = \(organization)
                and affiliates.document_type = any (\(DocumentType.allCases.map(\.rawValue)))
                and affiliates.document_number = \(words.documentNumber)
            order by affiliates.document_type limit 5
            """)
    }

    func presences(_ query: ListPresences) async throws -> (presences: [Elector], total: Int) {
        let total: Int =
            try await value(
                """
                select count(*) from elections.presences
                where organization_id = \(organization) and session_id = \(query.session)
                    and undone_at is null and (not \(query.arePresent) or left_at is null)
                """) ?? 0
        let found = try await rows(
            """
            select entries.person_id, entries.name, entries.document_type, entries.document_number,
                tables.number::bigint as table_number, tables.place, presence_id, arrived_at, left_at
            from elections.presences
            join elections.roll_entries as entries on entries.organization_id = \(organization)
                and entries.process_id = presences.process_id and entries.person_id = presences.person_id
            join elections.voting_tables as tables on tables.organization_id = \(organization)
                and tables.table_id = presences.table_id
            where presences.organization_id = \(organization) and presences.session_id = \(query.session)
                and presences.process_id = \(query.place.process) and undone_at is null
                and (not \(query.arePresent) or left_at is null)
            order by arrived_at desc, presence_id desc
            limit \(query.limit) offset \(query.offset)
            """,
            as: Elector.self)
        return (found, total)
    }
}

extension String {
    /// Whom of the electors what was typed or scanned means. No name has a digit: a document is looked up, and words are
    /// looked for in the names of the one roll.
    var conditionOnElectors: SQL {
        if contains(where: \.isNumber) {
            return """
                entries.document_type = any (\(DocumentType.allCases.map(\.rawValue)))
                    and entries.document_number = \(documentNumber)
                """
        }
        let names = folded.split(separator: " ").map(String.init)
        return """
            \(!names.isEmpty) and not exists (
                select from unnest(\(names)) as words (word)
                where position(' ' || word in ' ' || entries.name_folded) = 0)
            """
    }

    /// What was typed or scanned as the number of a document: its letters and digits, without a type before it.
    fileprivate var documentNumber: String {
        let words = uppercased().split { $0.isWhitespace || $0 == "." || $0 == "-" }
        let hasType = words.first.map { DocumentType(rawValue: String($0)) != nil } ?? false
        let parts = hasType ? words.dropFirst() : words[...]
        return parts.joined()
    }
}
