import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// The plans of an alliance, the latest year first.
    public func plans(of alliance: ID<Alliance>) async throws -> [WorkPlan] {
        let headers = try await rows(
            """
            select plan_id, year, title, objective, principles, signed_by, approved_on, approved_in
            from governance.work_plans
            where organization_id = \(organization) and alliance_id = \(alliance)
            order by year desc
            """, as: PlanRow.self)
        guard !headers.isEmpty else { return [] }
        let ids = headers.map(\.id)
        let axes = Dictionary(
            grouping: try await rows(
                """
                select plan_id, number, title, line from governance.plan_axes
                where organization_id = \(organization) and plan_id = any (\(ids))
                order by plan_id, number
                """, as: AxisRow.self), by: \.plan)
        let activities = Dictionary(
            grouping: try await rows(
                """
                select plan_id, axis, number, activity, means, scheduled_for, indicator, responsible, baseline
                from governance.plan_activities
                where organization_id = \(organization) and plan_id = any (\(ids))
                order by plan_id, position
                """, as: ActivityRow.self), by: \.plan)
        let topics = Dictionary(
            grouping: try await rows(
                """
                select plan_id, audience, topic from governance.training_topics
                where organization_id = \(organization) and plan_id = any (\(ids))
                order by plan_id, audience, position
                """, as: TopicRow.self), by: \.plan)
        return headers.map { header in
            let activities = Dictionary(grouping: activities[header.id] ?? [], by: \.axis)
            return header.plan(
                axes: (axes[header.id] ?? []).map { axis in
                    axis.axis(with: (activities[axis.number] ?? []).map(\.activity))
                },
                topics: Dictionary(grouping: topics[header.id] ?? [], by: \.audience)
                    .mapValues { $0.map(\.topic) })
        }
    }

    /// What was done for a plan, the latest of each activity and month, by activity and month.
    public func followUps(of plan: ID<WorkPlan>) async throws -> [PlanFollowUp] {
        try await rows(
            """
            select distinct on (activities.position, followed.month)
                followed.activity_number, followed.month, followed.progress, followed.evidence_file_id
            from governance.plan_follow_ups as followed
            join governance.plan_activities as activities
                on activities.organization_id = followed.organization_id
                and activities.plan_id = followed.plan_id and activities.number = followed.activity_number
            where followed.organization_id = \(organization) and activities.organization_id = \(organization)
                and followed.plan_id = \(plan)
            order by activities.position, followed.month, followed.recorded_at desc
            """)
    }

    /// Adds a plan.
    ///
    /// - Throws: ``PlanError/yearTaken(_:)``.
    func insert(
        _ plan: WorkPlan, of alliance: ID<Alliance>, from source: ID<SourceDocument>?, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.work_plans (
                organization_id, plan_id, alliance_id, source_id, year, title, objective, principles,
                signed_by, approved_on, approved_in, recorded_at)
            values (
                \(organization), \(plan.id), \(alliance), \(source), \(plan.year), \(plan.title),
                \(plan.objective), \(plan.principles), \(plan.signedBy), \(plan.approvedOn),
                \(plan.approvedIn), \(now))
            """,
            refusals: ["work_plans_year_key": PlanError.yearTaken(plan.year)])
        try await insertContent(of: plan)
    }

    /// Writes a plan anew in the place of a draft of the same year: one that was neither approved, followed up nor read
    /// from a document.
    ///
    /// - Throws: ``PlanError/notADraft``.
    func rewrite(_ draft: ID<WorkPlan>, as plan: WorkPlan, of alliance: ID<Alliance>) async throws {
        let written = try await execute(
            """
            update governance.work_plans set title = \(plan.title), objective = \(plan.objective)
            where organization_id = \(organization) and alliance_id = \(alliance) and plan_id = \(draft)
                and approved_on is null and source_id is null
                and not exists (
                    select from governance.plan_follow_ups as followed
                    where followed.organization_id = \(organization) and followed.plan_id = \(draft))
            """)
        guard written == 1 else { throw PlanError.notADraft }
        try await pipeline([
            "delete from governance.plan_activities where organization_id = \(organization) and plan_id = \(draft)",
            "delete from governance.plan_axes where organization_id = \(organization) and plan_id = \(draft)",
            "delete from governance.training_topics where organization_id = \(organization) and plan_id = \(draft)",
        ])
        try await insertContent(
            of: WorkPlan(
                id: draft, year: plan.year, title: plan.title, objective: plan.objective,
                principles: plan.principles, signedBy: plan.signedBy, axes: plan.axes, topics: plan.topics))
    }

    /// Adds axes, activities and topics of training.
    private func insertContent(of plan: WorkPlan) async throws {
        let activities = plan.axes.flatMap { axis in axis.activities.map { (axis.number, $0) } }
        let topics = plan.topics.flatMap { audience, topics in
            topics.enumerated().map { (audience, $0 + 1, $1) }
        }
        try await pipeline([
            """
            insert into governance.plan_axes (organization_id, plan_id, number, title, line)
            select \(organization), \(plan.id), number, title, line
            from unnest(
                \(plan.axes.map(\.number)), \(plan.axes.map(\.title)), \(plan.axes.map(\.line))
            ) as axes (number, title, line)
            """,
            """
            insert into governance.plan_activities (
                organization_id, plan_id, number, position, axis, activity, means, scheduled_for, indicator,
                responsible, baseline)
            select \(organization), \(plan.id), number, position, axis, activity, means, scheduled_for,
                indicator, responsible, baseline
            from unnest(
                \(activities.map(\.0)), \(activities.map(\.1.number)), \(activities.map(\.1.activity)),
                \(activities.map(\.1.means)), \(activities.map(\.1.scheduledFor)),
                \(activities.map(\.1.indicator)), \(activities.map(\.1.responsible)),
                \(activities.map(\.1.baseline))
            ) with ordinality as activities (
                axis, number, activity, means, scheduled_for, indicator, responsible, baseline, position)
            """,
            """
            insert into governance.training_topics (organization_id, plan_id, audience, position, topic)
            select \(organization), \(plan.id), audience, position, topic
            from unnest(\(topics.map(\.0)), \(topics.map(\.1)), \(topics.map(\.2)))
                as topics (audience, position, topic)
            """,
        ])
    }

    /// Writes the day on which a plan was approved, and in which minutes.
    ///
    /// - Throws: ``PlanError``.
    func approve(
        _ plan: ID<WorkPlan>, of alliance: ID<Alliance>, on day: CalendarDate, in act: String
    ) async throws {
        let approved = try await execute(
            """
            update governance.work_plans set approved_on = \(day), approved_in = \(act)
            where organization_id = \(organization) and alliance_id = \(alliance) and plan_id = \(plan)
                and approved_on is null
            """)
        guard approved == 0 else { return }
        let exists = try await value(
            """
            select true from governance.work_plans
            where organization_id = \(organization) and alliance_id = \(alliance) and plan_id = \(plan)
            """, as: Bool.self)
        throw exists == true ? PlanError.alreadyApproved : .notFound
    }

    /// Adds what was done for an activity in a month.
    ///
    /// - Throws: ``PlanError/unknownActivity(_:)``.
    func insert(
        _ followUp: PlanFollowUp, of plan: ID<WorkPlan>, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.plan_follow_ups (
                organization_id, plan_id, activity_number, month, progress, evidence_file_id, recorded_at,
                recorded_by)
            values (
                \(organization), \(plan), \(followUp.activity), \(followUp.month), \(followUp.progress),
                \(followUp.evidence), \(now), \(scope.principal.user))
            """,
            refusals: [
                "plan_follow_ups_activity_fkey": PlanError.unknownActivity(followUp.activity)
            ])
    }
}

// MARK: - Rows

private struct PlanRow: RowDecodable {
    let id: ID<WorkPlan>
    let year: Int
    let title: String
    let objective: String
    let principles: [String]
    let signedBy: [String]
    let approvedOn: CalendarDate?
    let approvedIn: String?

    init(row: Row) throws(RowError) {
        id = try row["plan_id"]
        year = try row["year"]
        title = try row["title"]
        objective = try row["objective"]
        principles = try row["principles"]
        signedBy = try row["signed_by"]
        approvedOn = try row["approved_on"]
        approvedIn = try row["approved_in"]
    }

    func plan(axes: [WorkPlan.Axis], topics: [WorkPlan.Audience: [String]]) -> WorkPlan {
        WorkPlan(
            id: id, year: year, title: title, objective: objective, principles: principles,
            signedBy: signedBy, approvedOn: approvedOn, approvedIn: approvedIn, axes: axes, topics: topics)
    }
}

private struct AxisRow: RowDecodable {
    let plan: ID<WorkPlan>
    let number: Int
    let title: String
    let line: String

    init(row: Row) throws(RowError) {
        plan = try row["plan_id"]
        number = try row["number"]
        title = try row["title"]
        line = try row["line"]
    }

    func axis(with activities: [WorkPlan.Activity]) -> WorkPlan.Axis {
        WorkPlan.Axis(number: number, title: title, line: line, activities: activities)
    }
}

private struct ActivityRow: RowDecodable {
    let plan: ID<WorkPlan>
    let axis: Int
    let activity: WorkPlan.Activity

    init(row: Row) throws(RowError) {
        plan = try row["plan_id"]
        axis = try row["axis"]
        activity = WorkPlan.Activity(
            number: try row["number"], activity: try row["activity"], means: try row["means"],
            scheduledFor: try row["scheduled_for"], indicator: try row["indicator"],
            responsible: try row["responsible"], baseline: try row["baseline"])
    }
}

private struct TopicRow: RowDecodable {
    let plan: ID<WorkPlan>
    let audience: WorkPlan.Audience
    let topic: String

    init(row: Row) throws(RowError) {
        plan = try row["plan_id"]
        audience = try row["audience"]
        topic = try row["topic"]
    }
}

extension PlanFollowUp: RowDecodable {
    /// Reads a row of `governance.plan_follow_ups`.
    public init(row: Row) throws(RowError) {
        self.init(
            activity: try row["activity_number"], month: try row["month"], progress: try row["progress"],
            evidence: try row["evidence_file_id"])
    }
}

extension WorkPlan.Audience: SQLValue {}
