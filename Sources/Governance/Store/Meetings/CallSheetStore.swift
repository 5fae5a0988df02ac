import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// Puts on the sheet of a meeting those who are called and are not on it yet, and where no single body meets also
    /// those who used a service within the year before, by the facts that requirement E05 is judged by.
    ///
    /// Nobody is put on it who left the register, who took back that their data are used, or who once asked not to be
    /// called.
    ///
    /// - Returns: How many lines were added.
    func fillCallSheet(of meeting: Meeting, with called: [ID<Person>]) async throws -> Int {
        let from = meeting.day.addingMonths(-12)
        let people = try await rows(
            """
            with found as (
                select person_id, 'member' as source from unnest(\(called)) as members (person_id)
                union all
                select facts.person_id, 'user'
                from membership.recorded_facts as facts
                where facts.organization_id = \(organization) and facts.kind = 'service_used'
                    and facts.valid_from between \(from) and \(meeting.day)
                    and facts.cancelled_at is null and \(meeting.body) is null
            ),
            wanted as (
                select person_id, min(source) as source from found group by person_id
            )
            select affiliates.person_id, wanted.source, affiliates.phone
            from wanted
            join membership.affiliates on affiliates.organization_id = \(organization)
                and affiliates.person_id = wanted.person_id
            where affiliates.affiliation_state in ('active', 'suspended')
                and not exists (
                    select from governance.call_sheet_rows as lines
                    where lines.organization_id = \(organization) and lines.person_id = wanted.person_id
                        and (lines.meeting_id = \(meeting.id) or lines.outcome = 'do_not_call'))
                and not exists (
                    select from membership.consents as withdrawn
                    where withdrawn.organization_id = \(organization)
                        and withdrawn.person_id = wanted.person_id and withdrawn.purpose = 'personal_data'
                        and withdrawn.withdrawn_on is not null
                        and not exists (
                            select from membership.consents as given
                            where given.organization_id = \(organization)
                                and given.person_id = wanted.person_id and given.purpose = 'personal_data'
                                and given.withdrawn_on is null))
            order by wanted.source, affiliates.name_folded, affiliates.person_id
            """, as: CalledRow.self)
        guard !people.isEmpty else { return 0 }
        let lines = people.map { _ in ID<CallSheetLine>() }
        return try await execute(
            """
            insert into governance.call_sheet_rows (
                organization_id, row_id, meeting_id, person_id, position, phone, source, attempts)
            select \(organization), lines.row_id, \(meeting.id), lines.person_id,
                lines.position + coalesce((
                    select max(known.position) from governance.call_sheet_rows as known
                    where known.organization_id = \(organization) and known.meeting_id = \(meeting.id)
                ), 0), nullif(btrim(lines.phone), ''), lines.source, 0
            from unnest(
                \(lines), \(people.map(\.person)), \(people.map(\.phone)),
                \(people.map(\.source.rawValue))
            ) with ordinality as lines (row_id, person_id, phone, source, position)
            """)
    }

    /// A part of the sheet of a meeting, and how many lines there are of its sort.
    func callSheet(
        of meeting: ID<Meeting>, _ standing: ReadCallSheet.Standing, limit: Int, offset: Int
    ) async throws -> (lines: [CallSheetLine], total: Int) {
        let condition: SQL =
            switch standing {
            case .left: "lines.outcome is null and lines.phone is not null"
            case .all: "true"
            case .outcome(let outcome): "lines.outcome = \(outcome)"
            case .withoutPhone: "lines.phone is null"
            case .line(let id): "lines.row_id = \(id)"
            }
        let lines = try await rows(
            """
            select lines.row_id, lines.position, lines.person_id, lines.phone, lines.source, lines.outcome,
                lines.called_at, lines.attempts,
                concat_ws(' ', affiliates.first_name, affiliates.second_name, affiliates.first_surname,
                    affiliates.second_surname) as name
            from governance.call_sheet_rows as lines
            join membership.affiliates on affiliates.organization_id = \(organization)
                and affiliates.person_id = lines.person_id
            where lines.organization_id = \(organization) and lines.meeting_id = \(meeting)
                and \(fragment: condition)
            order by lines.position
            limit \(limit) offset \(offset)
            """, as: CallSheetLine.self)
        let total = try await value(
            """
            select count(*) from governance.call_sheet_rows as lines
            where lines.organization_id = \(organization) and lines.meeting_id = \(meeting)
                and \(fragment: condition)
            """, as: Int.self)
        return (lines, total ?? 0)
    }

    /// How the calls for a meeting went.
    public func callSheetCount(of meeting: ID<Meeting>) async throws -> CallSheetCount {
        let rows = try await rows(
            """
            select outcome, count(*) as lines, count(*) filter (where phone is null) as without_phone
            from governance.call_sheet_rows
            where organization_id = \(organization) and meeting_id = \(meeting)
            group by outcome
            """, as: OutcomeRow.self)
        return CallSheetCount(
            lines: rows.reduce(0) { $0 + $1.lines },
            withoutPhone: rows.filter { $0.outcome == nil }.reduce(0) { $0 + $1.withoutPhone },
            outcomes: Dictionary(rows.compactMap { row in row.outcome.map { ($0, row.lines) } }) { first, _ in
                first
            })
    }

    /// When the first call for a meeting was made.
    func firstCall(of meeting: ID<Meeting>) async throws -> Date? {
        try await row(
            """
            select min(called_at) as called_at from governance.call_sheet_rows
            where organization_id = \(organization) and meeting_id = \(meeting)
            """, as: FirstCallRow.self)?.calledAt
    }

    /// Writes what came of a call.
    func note(
        _ outcome: CallSheetLine.Outcome, of line: ID<CallSheetLine>, for meeting: ID<Meeting>, at now: Date
    ) async throws {
        let updated = try await execute(
            """
            update governance.call_sheet_rows
            set outcome = \(outcome), called_at = \(now), called_by = \(scope.principal.user),
                attempts = attempts + 1
            where organization_id = \(organization) and meeting_id = \(meeting) and row_id = \(line)
            """)
        guard updated == 1 else { throw OutreachError.lineNotFound }
    }

    /// Takes back what was noted last of a call: the person is to be called.
    func takeBackCall(of line: ID<CallSheetLine>, for meeting: ID<Meeting>) async throws {
        let updated = try await execute(
            """
            update governance.call_sheet_rows
            set outcome = null, called_at = null, called_by = null, attempts = greatest(attempts - 1, 0)
            where organization_id = \(organization) and meeting_id = \(meeting) and row_id = \(line)
                and outcome is not null
            """)
        guard updated == 1 else { throw OutreachError.lineNotFound }
    }
}

// MARK: - Rows

private struct CalledRow: RowDecodable {
    let person: ID<Person>
    let source: CallSheetLine.Source
    let phone: String?

    init(row: Row) throws(RowError) {
        person = try row["person_id"]
        source = try row["source"]
        phone = try row["phone"]
    }
}

private struct OutcomeRow: RowDecodable {
    let outcome: CallSheetLine.Outcome?
    let lines: Int
    let withoutPhone: Int

    init(row: Row) throws(RowError) {
        outcome = try row["outcome"]
        lines = try row["lines"]
        withoutPhone = try row["without_phone"]
    }
}

private struct FirstCallRow: RowDecodable {
    let calledAt: Date?

    init(row: Row) throws(RowError) {
        calledAt = try row["called_at"]
    }
}

extension CallSheetLine: RowDecodable {
    /// Reads a row of `governance.call_sheet_rows` with the person's name.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["row_id"], position: try row["position"], person: try row["person_id"],
            name: try row["name"], phone: try row["phone"], source: try row["source"],
            outcome: try row["outcome"], calledAt: try row["called_at"], attempts: try row["attempts"])
    }
}

extension CallSheetLine.Source: SQLValue {}
extension CallSheetLine.Outcome: SQLValue {}
