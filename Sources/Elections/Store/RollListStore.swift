import Kernel
public import Postgres
import Tenancy

extension ListRoll.Line: RowDecodable {
    /// Reads a row of the list.
    public init(row: Row) throws(RowError) {
        let type: String = try row["document_type"]
        let number: String = try row["document_number"]
        let (name, folded): (String, String) = (try row["name"], try row["name_folded"])
        self.init(
            person: try row["person_id"], name: name.rotated(asFolded: folded), document: "\(type) \(number)",
            municipality: try row["municipality"], verdict: try row["verdict"],
            obstacles: try row["obstacles"], table: try row["table_number"])
    }
}

extension String {
    /// The same name with its last words first, as its folded form has them: surnames first, by which people are looked
    /// for. The name as it is, where no turn of its words gives that form.
    func rotated(asFolded folded: String) -> String {
        let words = split(separator: " ")
        for start in words.indices {
            let turned = (words[start...] + words[..<start]).joined(separator: " ")
            if turned.folded == folded { return turned }
        }
        return self
    }
}

extension Transaction where Scope == TenantScope {
    /// A page of the roll's list, and how many are on the whole of it.
    func rollLines(_ query: ListRoll) async throws -> (lines: [ListRoll.Line], total: Int) {
        let names = (query.words?.folded ?? "").split(separator: " ").map(String.init)
        let found: SQL = """
            select listed.* from (\(fragment: try await everybodyListed(in: query.process))) as listed
            where (\(query.verdict)::text is null or verdict = \(query.verdict))
                and (
                    \(query.words)::text is null
                    or \(!names.isEmpty) and not exists (
                        select from unnest(\(names)) as words (word)
                        where position(' ' || word in ' ' || name_folded) = 0)
                    or document_number ^@ \(query.words.map { $0.filter(\.isNumber) } ?? "")
                        and \(query.words?.contains(where: \.isNumber) ?? false))
            """
        let total: Int = try await value("select count(*) from (\(fragment: found)) as found") ?? 0
        let lines = try await rows(
            """
            select found.*, municipalities.name as municipality
            from (\(fragment: found)) as found
            join catalogue.municipalities on municipalities.municipality_code = found.municipality_code
            order by found.name_folded collate "es-CO-x-icu", found.document_type, found.document_number
            limit \(query.limit) offset \(query.offset)
            """,
            as: ListRoll.Line.self)
        return (lines, total)
    }

    /// One person of the roll's list; `nil` where they are not in it.
    func rollLine(of person: ID<Person>, in process: ID<ElectoralProcess>) async throws -> ListRoll.Line? {
        try await row(
            """
            select listed.*, municipalities.name as municipality
            from (\(fragment: try await everybodyListed(in: process))) as listed
            join catalogue.municipalities on municipalities.municipality_code = listed.municipality_code
            where listed.person_id = \(person)
            """)
    }

    /// Everybody of the latest provisional roll, as the frozen one has them where there is one.
    private func everybodyListed(in process: ID<ElectoralProcess>) async throws -> SQL {
        let isFrozen = try await roll(of: process) != nil
        return """
            select coalesce(frozen.person_id, known.person_id) as person_id,
                coalesce(frozen.document_type, known.document_type) as document_type,
                coalesce(frozen.document_number, known.document_number) as document_number,
                coalesce(frozen.name, known.name) as name,
                coalesce(frozen.name_folded, known.name_folded) as name_folded,
                coalesce(frozen.municipality_code, known.municipality_code) as municipality_code,
                case when frozen.person_id is not null then 'eligible'
                    when \(isFrozen) and known.verdict = 'eligible' then 'ineligible'
                    else known.verdict end as verdict,
                case when frozen.person_id is not null then '{}' else known.failed || known.unproven end
                    as obstacles,
                tables.number::bigint as table_number
            from (
                select * from elections.provisional_entries
                where organization_id = \(organization) and process_id = \(process)
                    and version = (
                        select max(version) from elections.provisional_rolls
                        where organization_id = \(organization) and process_id = \(process))
            ) as known
            full join (
                select * from elections.roll_entries
                where organization_id = \(organization) and process_id = \(process)
            ) as frozen on frozen.person_id = known.person_id
            left join elections.roll_assignments as assignments
                on assignments.organization_id = \(organization) and assignments.process_id = \(process)
                and assignments.person_id = frozen.person_id
            left join elections.voting_tables as tables on tables.organization_id = \(organization)
                and tables.table_id = assignments.table_id
            """
    }
}
