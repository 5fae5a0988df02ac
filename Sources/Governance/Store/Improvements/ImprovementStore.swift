import Foundation
import Kernel
public import Postgres
import Tenancy

extension Improvement.Source: SQLValue {}
extension Improvement.State: SQLValue {}
extension ImprovementStep.Kind: SQLValue {}

extension Improvement: RowDecodable {
    /// Reads a row of `governance.improvements`.
    public init(row: Row) throws(RowError) {
        let id: ID<Improvement> = try row["improvement_id"]
        let alliance: ID<Alliance> = try row["alliance_id"]
        let source: Source = try row["found_in"]
        let meeting: ID<Meeting>? = try row["meeting_id"]
        let complaint: ID<Complaint>? = try row["complaint_id"]
        let foundOn: CalendarDate = try row["found_on"]
        let title: String = try row["title"]
        let unit: String? = try row["unit"]
        let state: State = try row["state"]
        let approvedBy: String? = try row["approved_by"]
        let approvedOn: CalendarDate? = try row["approved_on"]
        let dueOn: CalendarDate? = try row["due_on"]
        let doneOn: CalendarDate? = try row["done_on"]
        do {
            try self.init(
                id: id, alliance: alliance, source: source, meeting: meeting, complaint: complaint,
                foundOn: foundOn, title: title, unit: unit, state: state, approvedBy: approvedBy,
                approvedOn: approvedOn, dueOn: dueOn, doneOn: doneOn)
        } catch {
            throw RowError(unreadable: "title", because: error)
        }
    }

    fileprivate static func query(_ organization: ID<Organization>) -> SQL {
        """
        select improvements.improvement_id, improvements.alliance_id, improvements.found_in,
            improvements.meeting_id, improvements.complaint_id, improvements.found_on, improvements.title,
            improvements.unit, improvements.state, improvements.approved_by, improvements.approved_on,
            improvements.due_on, improvements.done_on
        from governance.improvements
        where improvements.organization_id = \(organization)
        """
    }
}

extension ImprovementStep: RowDecodable {
    /// Reads a row of `governance.improvement_steps`.
    public init(row: Row) throws(RowError) {
        self.init(
            kind: try row["kind"], note: try row["note"], who: try row["who"],
            happenedOn: try row["happened_on"], file: try row["file_id"])
    }
}

extension Transaction where Scope == TenantScope {
    /// The improvement opportunities of an alliance, the latest first.
    func improvements(of alliance: ID<Alliance>) async throws -> [Improvement] {
        try await rows(
            """
            \(fragment: Improvement.query(organization))
            and improvements.alliance_id = \(alliance)
            order by improvements.found_on desc, improvements.improvement_id
            """)
    }

    /// An improvement opportunity of an alliance.
    func improvement(_ id: ID<Improvement>, of alliance: ID<Alliance>) async throws -> Improvement? {
        try await row(
            """
            \(fragment: Improvement.query(organization))
            and improvements.alliance_id = \(alliance) and improvements.improvement_id = \(id)
            """)
    }

    /// The steps of an improvement opportunity, the first first.
    func steps(of improvement: ID<Improvement>) async throws -> [ImprovementStep] {
        try await rows(
            """
            select kind, note, who, happened_on, file_id from governance.improvement_steps
            where organization_id = \(organization) and improvement_id = \(improvement)
            order by recorded_at, step_id
            """)
    }

    /// The steps of all improvement opportunities of an alliance, the first of each first.
    func improvementSteps(of alliance: ID<Alliance>) async throws -> [ID<Improvement>: [ImprovementStep]] {
        let rows = try await rows(
            """
            select steps.improvement_id, steps.kind, steps.note, steps.who, steps.happened_on, steps.file_id
            from governance.improvement_steps as steps
            join governance.improvements on improvements.organization_id = \(organization)
                and improvements.improvement_id = steps.improvement_id
            where steps.organization_id = \(organization) and improvements.alliance_id = \(alliance)
            order by steps.recorded_at, steps.step_id
            """, as: StepOfImprovementRow.self)
        return Dictionary(grouping: rows, by: \.improvement).mapValues { $0.map(\.step) }
    }

    /// Adds an improvement opportunity with its first step.
    func insert(_ improvement: Improvement, at now: Date) async throws {
        try await execute(
            """
            insert into governance.improvements (
                organization_id, improvement_id, alliance_id, found_in, meeting_id, complaint_id, found_on,
                title, unit, state, recorded_at, recorded_by)
            values (
                \(organization), \(improvement.id), \(improvement.alliance), \(improvement.source),
                \(improvement.meeting), \(improvement.complaint), \(improvement.foundOn), \(improvement.title),
                \(improvement.unit), 'found', \(now), \(scope.principal.user))
            """)
        try await insert(
            ImprovementStep(kind: .found, happenedOn: improvement.foundOn), of: improvement.id, at: now)
    }

    /// Adds a step of an improvement opportunity.
    func insert(_ step: ImprovementStep, of improvement: ID<Improvement>, at now: Date) async throws {
        try await execute(
            """
            insert into governance.improvement_steps (
                organization_id, step_id, improvement_id, kind, note, who, happened_on, file_id, recorded_at,
                recorded_by)
            values (
                \(organization), \(ID<ImprovementStep>()), \(improvement), \(step.kind), \(step.note),
                \(step.who), \(step.happenedOn), \(step.file), \(now), \(scope.principal.user))
            """)
    }

    /// Writes where an improvement opportunity stands, where it still stands as it was read.
    ///
    /// - Throws: ``ImprovementError/outOfTurn`` where somebody else was quicker.
    func update(
        _ improvement: Improvement, to state: Improvement.State, unit: String?, approvedBy: String?,
        approvedOn: CalendarDate?, dueOn: CalendarDate?, doneOn: CalendarDate?
    ) async throws {
        let updated = try await execute(
            """
            update governance.improvements
            set state = \(state), unit = \(unit), approved_by = \(approvedBy), approved_on = \(approvedOn),
                due_on = \(dueOn), done_on = \(doneOn)
            where organization_id = \(organization) and improvement_id = \(improvement.id)
                and state = \(improvement.state)
            """)
        guard updated == 1 else { throw ImprovementError.outOfTurn }
    }
}

private struct StepOfImprovementRow: RowDecodable {
    let improvement: ID<Improvement>
    let step: ImprovementStep

    init(row: Row) throws(RowError) {
        improvement = try row["improvement_id"]
        step = try ImprovementStep(row: row)
    }
}
