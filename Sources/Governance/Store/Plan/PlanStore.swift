import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// The plans of an alliance in all their versions, without what the board keeps to itself: the latest year first, in a year the version in force first and
    /// then the later ones before the earlier.
    public func plans(of alliance: ID<Alliance>) async throws -> [WorkPlan] {
        let headers = try await rows(
            """
            select plan_id, year, version, change_reason, title, objective, principles, guideline, signed_by,
                approved_on, approved_in, is_reserved
            from governance.work_plans
            where organization_id = \(organization) and alliance_id = \(alliance) and not is_reserved
                and dropped_on is null
            order by year desc, approved_on is null, version desc
            """, as: PlanRow.self)
        return try await whole(headers)
    }

    /// The versions of the plan of a year, the one in force first, without what the board keeps to itself.
    public func plans(of alliance: ID<Alliance>, in year: Int) async throws -> [WorkPlan] {
        let headers = try await rows(
            """
            select plan_id, year, version, change_reason, title, objective, principles, guideline, signed_by,
                approved_on, approved_in, is_reserved
            from governance.work_plans
            where organization_id = \(organization) and alliance_id = \(alliance) and year = \(year)
                and not is_reserved and dropped_on is null
            order by approved_on is null, version desc
            """, as: PlanRow.self)
        return try await whole(headers)
    }

    /// The draft of a year that the board keeps to itself; nobody else finds it.
    func ownDraft(of alliance: ID<Alliance>, in year: Int) async throws -> WorkPlan? {
        let headers = try await rows(
            """
            select plan_id, year, version, change_reason, title, objective, principles, guideline, signed_by,
                approved_on, approved_in, is_reserved
            from governance.work_plans
            where organization_id = \(organization) and alliance_id = \(alliance) and year = \(year)
                and is_reserved and dropped_on is null
            """, as: PlanRow.self)
        return try await whole(headers).first
    }

    /// A version of a plan, kept as it is until the transaction ends.
    ///
    /// - Throws: ``PlanError/notFound``.
    func lockedPlan(_ id: ID<WorkPlan>, of alliance: ID<Alliance>) async throws -> WorkPlan {
        let headers = try await rows(
            """
            select plan_id, year, version, change_reason, title, objective, principles, guideline, signed_by,
                approved_on, approved_in, is_reserved
            from governance.work_plans
            where organization_id = \(organization) and alliance_id = \(alliance) and plan_id = \(id)
                and dropped_on is null
            for no key update
            """, as: PlanRow.self)
        guard let found = try await whole(headers).first else { throw PlanError.notFound }
        return found
    }

    private func whole(_ headers: [PlanRow]) async throws -> [WorkPlan] {
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
                select plan_id, activity_id, axis, number, line, activity, means, scheduled_for, months,
                    indicator, target_amount, target_unit, baseline_amount, baseline_on, baseline,
                    responsible, body_id, budget_pesos, population, fulfilled_by, continues_id
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

    // MARK: Follow-up

    /// What was told of the activities of a plan, in all its versions: the latest of each activity and month, by month.
    public func followUps(of plan: WorkPlan, in alliance: ID<Alliance>) async throws -> [PlanFollowUp] {
        try await rows(
            """
            select distinct on (followed.month, followed.activity_id)
                followed.activity_id, followed.month, followed.progress, followed.evidence_file_id
            from governance.plan_follow_ups as followed
            join governance.work_plans as plans on plans.organization_id = \(organization)
                and plans.plan_id = followed.plan_id
            where followed.organization_id = \(organization) and plans.alliance_id = \(alliance)
                and plans.year = \(plan.year)
            order by followed.month, followed.activity_id, followed.recorded_at desc
            """)
    }

    /// Adds what was done for an activity in a month.
    func insert(
        _ followUp: PlanFollowUp, numbered number: String, of plan: ID<WorkPlan>, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.plan_follow_ups (
                organization_id, plan_id, activity_id, activity_number, month, progress, evidence_file_id,
                recorded_at, recorded_by)
            values (
                \(organization), \(plan), \(followUp.activity), \(number), \(followUp.month),
                \(followUp.progress), \(followUp.evidence), \(now), \(scope.principal.user))
            """)
    }

    // MARK: Writing

    /// Adds a plan, or a version of one.
    ///
    /// - Throws: ``PlanError/yearTaken(_:)``.
    func insert(
        _ plan: WorkPlan, of alliance: ID<Alliance>, from source: ID<SourceDocument>?, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.work_plans (
                organization_id, plan_id, alliance_id, source_id, year, version, change_reason, title,
                objective, principles, guideline, signed_by, approved_on, approved_in, is_reserved,
                recorded_at)
            values (
                \(organization), \(plan.id), \(alliance), \(source), \(plan.year), \(plan.version),
                \(plan.changeReason), \(plan.title), \(plan.objective), \(plan.principles),
                \(plan.guideline), \(plan.signedBy), \(plan.approvedOn), \(plan.approvedIn),
                \(plan.isReserved), \(now))
            """,
            refusals: [
                "work_plans_version_key": PlanError.yearTaken(plan.year),
                "work_plans_one_draft_key": plan.isReserved
                    ? PlanError.ownDraftTaken(plan.year) : .yearTaken(plan.year),
            ])
        try await insertContent(of: plan, in: alliance)
    }

    /// Writes a draft anew, which the transaction holds fast.
    ///
    /// - Throws: ``PlanError/notADraft``.
    func rewrite(_ plan: WorkPlan, of alliance: ID<Alliance>) async throws {
        let written = try await execute(
            """
            update governance.work_plans
            set title = \(plan.title), objective = \(plan.objective), principles = \(plan.principles),
                guideline = \(plan.guideline)
            where organization_id = \(organization) and plan_id = \(plan.id) and approved_on is null
            """)
        guard written == 1 else { throw PlanError.notADraft }
        try await pipeline([
            "delete from governance.plan_activities where organization_id = \(organization) and plan_id = \(plan.id)",
            "delete from governance.plan_axes where organization_id = \(organization) and plan_id = \(plan.id)",
            "delete from governance.training_topics where organization_id = \(organization) and plan_id = \(plan.id)",
        ])
        try await insertContent(of: plan, in: alliance)
    }

    /// Adds axes, activities and topics of training.
    private func insertContent(of plan: WorkPlan, in alliance: ID<Alliance>) async throws {
        let topics = plan.topics.flatMap { audience, topics in
            topics.enumerated().map { (audience, $0 + 1, $1) }
        }
        var statements: [SQL] = [
            """
            insert into governance.plan_axes (
                organization_id, plan_id, alliance_id, is_reserved, number, title, line)
            select \(organization), \(plan.id), \(alliance), \(plan.isReserved), number, title, line
            from unnest(
                \(plan.axes.map(\.number)), \(plan.axes.map(\.title)), \(plan.axes.map(\.line))
            ) as axes (number, title, line)
            """,
            """
            insert into governance.training_topics (
                organization_id, plan_id, alliance_id, is_reserved, audience, position, topic)
            select \(organization), \(plan.id), \(alliance), \(plan.isReserved), audience, position, topic
            from unnest(\(topics.map(\.0)), \(topics.map(\.1)), \(topics.map(\.2)))
                as topics (audience, position, topic)
            """,
        ]
        for (index, activity) in plan.activities.enumerated() {
            let terms = activity.terms
            statements.append(
                """
                insert into governance.plan_activities (
                    organization_id, plan_id, alliance_id, is_reserved, activity_id, number, position, axis,
                    line, activity, means, scheduled_for, months, indicator, target_amount, target_unit, baseline_amount,
                    baseline_on, baseline, responsible, body_id, budget_pesos, population, fulfilled_by,
                    continues_id)
                values (
                    \(organization), \(plan.id), \(alliance), \(plan.isReserved), \(activity.id),
                    \(activity.number), \(index + 1),
                    \(terms.axis.rawValue), \(terms.line), \(terms.activity), \(terms.means),
                    \(terms.scheduledFor), \(terms.months), \(terms.indicator), \(terms.target?.amount),
                    \(terms.target?.unit), \(terms.start?.amount), \(terms.start?.asOf),
                    \(terms.baseline), \(terms.responsible), \(terms.body), \(terms.budget),
                    \(terms.population), \(terms.fulfilledBy.map(\.rawValue)), \(terms.continues))
                """)
        }
        try await pipeline(statements)
    }

    // MARK: Approval

    /// Writes the day on which a plan was approved, and in which minutes or by which decision.
    ///
    /// - Throws: ``PlanError``.
    func approve(
        _ plan: ID<WorkPlan>, of alliance: ID<Alliance>, on day: CalendarDate, in act: String,
        by decision: ID<MeetingDecision>? = nil
    ) async throws {
        let found = try await lockedPlan(plan, of: alliance)
        guard found.isDraft else { throw PlanError.alreadyApproved }
        guard !found.isReserved else { throw PlanError.notShared }
        guard found.activityCount > 0 else { throw PlanError.withoutActivities }
        guard found.approvalDays.contains(day) else {
            throw PlanError.approvedOutOfPlace(found.approvalDays)
        }
        try await execute(
            """
            update governance.work_plans
            set approved_on = \(day), approved_in = \(act), approved_by_decision_id = \(decision)
            where organization_id = \(organization) and plan_id = \(plan)
            """)
    }

    /// Takes back what a decision approved that was recorded by mistake.
    ///
    /// - Throws: ``PlanError/yearTaken(_:)`` where the plan was changed since.
    func withdrawApproval(by decision: ID<MeetingDecision>) async throws {
        try await execute(
            """
            update governance.work_plans
            set approved_on = null, approved_in = null, approved_by_decision_id = null
            where organization_id = \(organization) and approved_by_decision_id = \(decision)
            """,
            refusals: ["work_plans_one_draft_key": DecisionError.planRests])
    }
}

// MARK: - Rows

private struct PlanRow: RowDecodable {
    let id: ID<WorkPlan>
    let year: Int
    let version: Int
    let changeReason: String?
    let title: String
    let objective: String
    let principles: [String]
    let guideline: String?
    let signedBy: [String]
    let approvedOn: CalendarDate?
    let approvedIn: String?
    let isReserved: Bool

    init(row: Row) throws(RowError) {
        id = try row["plan_id"]
        year = try row["year"]
        version = try row["version"]
        changeReason = try row["change_reason"]
        title = try row["title"]
        objective = try row["objective"]
        principles = try row["principles"]
        guideline = try row["guideline"]
        signedBy = try row["signed_by"]
        approvedOn = try row["approved_on"]
        approvedIn = try row["approved_in"]
        isReserved = try row["is_reserved"]
    }

    func plan(axes: [WorkPlan.Axis], topics: [WorkPlan.Audience: [String]]) -> WorkPlan {
        WorkPlan(
            id: id, year: year, version: version, changeReason: changeReason, title: title,
            objective: objective, principles: principles, guideline: guideline, signedBy: signedBy,
            approvedOn: approvedOn, approvedIn: approvedIn, axes: axes, topics: topics,
            isReserved: isReserved)
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
            id: try row["activity_id"], number: try row["number"], terms: try ActivityTerms(row: row))
    }
}

extension ActivityTerms {
    fileprivate init(row: Row) throws(RowError) {
        let axis: Int = try row["axis"]
        let line: String? = try row["line"]
        let activity: String = try row["activity"]
        let means: String? = try row["means"]
        let scheduledFor: String? = try row["scheduled_for"]
        let months: [Int] = try row["months"]
        let indicator: String? = try row["indicator"]
        let amount: Int? = try row["target_amount"]
        let unit: String? = try row["target_unit"]
        let baselineAmount: Int? = try row["baseline_amount"]
        let baselineOn: CalendarDate? = try row["baseline_on"]
        let baseline: String? = try row["baseline"]
        let responsible: String? = try row["responsible"]
        let body: ID<Body>? = try row["body_id"]
        let budget: Int? = try row["budget_pesos"]
        let population: String? = try row["population"]
        let kinds: [String] = try row["fulfilled_by"]
        let continues: ID<WorkPlan.Activity>? = try row["continues_id"]
        do {
            var target: Target?
            if let amount, let unit { target = try Target(amount, unit) }
            try self.init(
                axis: PolicyAxis(rawValue: axis) ?? .institution, line: line, activity: activity,
                means: means, scheduledFor: scheduledFor, months: months, indicator: indicator,
                target: target, start: baselineAmount.map { Baseline($0, asOf: baselineOn) },
                baseline: baseline, responsible: responsible, body: body, budget: budget,
                population: population, fulfilledBy: kinds.compactMap(Happening.Kind.init),
                continues: continues)
        } catch {
            throw RowError(unreadable: "activity", because: error)
        }
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
            activity: try row["activity_id"], month: try row["month"], progress: try row["progress"],
            evidence: try row["evidence_file_id"])
    }
}

extension WorkPlan.Audience: SQLValue {}
