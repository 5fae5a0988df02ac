import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// The decisions of a meeting, in their order, withdrawn ones too.
    public func decisions(of meeting: ID<Meeting>) async throws -> [MeetingDecision] {
        let checks = Dictionary(
            try await quorumRecords(of: meeting).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let named = Dictionary(
            grouping: try await namedVotes(of: meeting), by: \.decision
        ).mapValues { $0.map(\.vote) }
        return try await rows(
            """
            select decision_id, position, item_id, decision, proposed_by, manner, majority, share_numerator,
                share_denominator, share_of, majority_source, in_favor, against, blank, abstained, needed,
                is_adopted, check_id, present, entitled, approves_minutes_id, approves_plan_id,
                approves_bylaws_id, decided_at, withdrawn_at, withdrawal_reason
            from governance.decisions
            where organization_id = \(organization) and meeting_id = \(meeting)
            order by position
            """, as: DecisionRow.self
        ).map { row in
            var decision = row.decision
            decision.byName = named[decision.id] ?? []
            decision.quorum = row.check.flatMap { checks[$0] }
            return decision
        }
    }

    /// Adds a decision with the next number of its meeting, which is held fast.
    func insert(
        _ decision: MeetingDecision, of meeting: Meeting, in alliance: ID<Alliance>, version: Int?
    ) async throws {
        var minutes: ID<Minutes>?
        var plan: ID<WorkPlan>?
        var bylaws: ID<Bylaws>?
        switch decision.approval {
        case .minutes(let id): minutes = id
        case .plan(let id): plan = id
        case .bylaws(let id): bylaws = id
        case nil: break
        }
        try await execute(
            """
            insert into governance.decisions (
                organization_id, decision_id, meeting_id, alliance_id, is_reserved, item_id, position, decision,
                proposed_by, manner, majority, share_numerator, share_denominator, share_of, majority_source,
                in_favor, against, blank, abstained, needed, is_adopted, check_id, present, entitled,
                approves_minutes_id, approves_version, approves_plan_id, approves_bylaws_id, decided_at, decided_by)
            values (
                \(organization), \(decision.id), \(meeting.id), \(alliance), \(meeting.isReserved),
                \(decision.item), \(decision.position), \(decision.decision), \(decision.proposedBy),
                \(decision.manner), \(decision.majority.kind), \(decision.majority.share?.numerator),
                \(decision.majority.share?.denominator), \(decision.majority.base), \(decision.majoritySource),
                \(decision.votes.inFavor), \(decision.votes.against), \(decision.votes.blank),
                \(decision.votes.abstained), \(decision.needed), \(decision.isAdopted), \(decision.quorum?.id),
                \(decision.present), \(decision.entitled), \(minutes), \(version), \(plan), \(bylaws),
                \(decision.decidedAt), \(scope.principal.user))
            """,
            refusals: [
                "decisions_minutes_fkey": DecisionError.approvalNotFound,
                "decisions_item_fkey": AgendaError.notFound,
            ])
        try await insert(decision.byName, of: decision.id, isReserved: meeting.isReserved, in: alliance)
    }

    /// The number of the next decision of a meeting.
    func nextDecision(of meeting: ID<Meeting>) async throws -> Int {
        try await value(
            """
            select coalesce(max(position), 0) + 1 from governance.decisions
            where organization_id = \(organization) and meeting_id = \(meeting)
            """) ?? 1
    }

    /// Withdraws a decision.
    func withdraw(
        _ decision: ID<MeetingDecision>, of meeting: ID<Meeting>, because reason: String, at now: Date
    ) async throws {
        // Held first: minutes may be on their way to be approved by it.
        try await execute(
            """
            select from governance.decisions
            where organization_id = \(organization) and decision_id = \(decision) for update
            """)
        let approved: Bool =
            try await value(
                """
                select exists (
                    select from governance.minutes_drafts
                    where organization_id = \(organization) and approving_decision_id = \(decision))
                """) ?? false
        guard !approved else { throw DecisionError.minutesRest }
        let withdrawn = try await execute(
            """
            update governance.decisions
            set withdrawn_at = \(now), withdrawn_by = \(scope.principal.user), withdrawal_reason = \(reason)
            where organization_id = \(organization) and meeting_id = \(meeting)
                and decision_id = \(decision) and withdrawn_at is null
            """)
        guard withdrawn == 1 else { throw DecisionError.alreadyWithdrawn }
        try await unadopt(by: decision)
        try await withdrawApproval(by: decision)
    }

    /// What a meeting of an alliance may approve: minutes that are out and wait, and its own, plans that nobody approved,
    /// bylaws. What is reserved to the board is approved where its board is alone.
    func approvables(in meeting: Meeting, of alliance: ID<Alliance>) async throws -> [Approvable] {
        try await rows(
            """
            select 'minutes' as kind, drafts.minutes_id as id,
                'Acta de «' || meetings.title || '» (' || to_char(meetings.day, 'DD/MM/YYYY') || ')'
                    || case when drafts.version > 1 then ', versión ' || drafts.version else '' end as title,
                nullif(drafts.version, 0) as version, 1 as place, meetings.day as day
            from governance.minutes_drafts as drafts
            join governance.meetings on meetings.organization_id = \(organization)
                and meetings.meeting_id = drafts.meeting_id
            where drafts.organization_id = \(organization) and drafts.alliance_id = \(alliance)
                and (drafts.state = 'circulated' or drafts.state = 'draft' and drafts.meeting_id = \(meeting.id))
                and drafts.is_reserved <= \(meeting.isReserved)
            union all
            select 'plan', plan_id,
                'Plan: ' || title || case when version > 1 then ', versión ' || version else '' end, null, 2,
                make_date(year, 1, 1)
            from governance.work_plans
            where organization_id = \(organization) and alliance_id = \(alliance) and approved_on is null
                and not is_reserved and dropped_on is null
            union all
            select 'bylaws', bylaws_id,
                'Adoptar: ' || title || ', versión ' || version, null, 3, recorded_at::date
            from governance.bylaws
            where organization_id = \(organization) and alliance_id = \(alliance) and approved_on is null
            order by place, day desc, title
            """)
    }

    // MARK: Questions

    /// The questions of a meeting, in their order.
    public func questions(of meeting: ID<Meeting>) async throws -> [MeetingQuestion] {
        try await rows(
            """
            select question_id, position, item_id, nullif(asked_by, '') as asked_by, question, asked_at, answer,
                answered_by, answered_at
            from governance.meeting_questions
            where organization_id = \(organization) and meeting_id = \(meeting)
            order by position
            """)
    }

    /// Adds a question with the next number of its meeting, which is held fast.
    func insert(_ question: MeetingQuestion, of meeting: Meeting, in alliance: ID<Alliance>) async throws {
        try await execute(
            """
            insert into governance.meeting_questions (
                organization_id, question_id, meeting_id, alliance_id, is_reserved, item_id, position, asked_by,
                is_anonymous, question, asked_at, answer, answered_by, answered_at, recorded_by)
            select \(organization), \(question.id), \(meeting.id), \(alliance), \(meeting.isReserved),
                \(question.item), coalesce(max(position), 0) + 1, \(question.askedBy ?? ""),
                \(question.askedBy == nil), \(question.question), \(question.askedAt), \(question.answer?.text),
                \(question.answer?.by), \(question.answer?.at), \(scope.principal.user)
            from governance.meeting_questions
            where organization_id = \(organization) and meeting_id = \(meeting.id)
            """,
            refusals: ["meeting_questions_item_fkey": AgendaError.notFound])
    }

    /// Writes what was answered; an answer that is there is written over only while it may be mended.
    ///
    /// - Throws: ``SessionError/questionNotFound``, ``SessionError/questionAnswered``.
    func answer(
        _ question: ID<MeetingQuestion>, of meeting: ID<Meeting>, with answer: MeetingQuestion.Answer,
        mending: Bool
    ) async throws {
        let answered = try await execute(
            """
            update governance.meeting_questions
            set answer = \(answer.text), answered_by = \(answer.by), answered_at = \(answer.at)
            where organization_id = \(organization) and meeting_id = \(meeting)
                and question_id = \(question) and (answer is null or \(mending))
            """)
        guard answered == 0 else { return }
        let isThere = try await questions(of: meeting).contains { $0.id == question }
        throw isThere ? SessionError.questionAnswered : SessionError.questionNotFound
    }

    // MARK: Points

    /// Writes where a point stands.
    func take(_ step: PointStep, of item: ID<AgendaItem>, in meeting: ID<Meeting>, at now: Date) async throws
    {
        if step == .open {
            try await execute(
                """
                update governance.agenda_items set state = 'treated', closed_at = \(now)
                where organization_id = \(organization) and meeting_id = \(meeting) and state = 'open'
                    and item_id <> \(item)
                """)
        }
        let state: AgendaItem.State =
            switch step {
            case .open: .open
            case .treat: .treated
            case .postpone: .postponed
            case .reset: .pending
            }
        let isDone = step == .treat || step == .postpone
        let written = try await execute(
            """
            update governance.agenda_items
            set state = \(state),
                opened_at = case when \(step == .reset) then null when \(step == .postpone) then opened_at
                    else coalesce(opened_at, \(now)) end,
                closed_at = case when \(isDone) then \(now)::timestamptz end
            where organization_id = \(organization) and meeting_id = \(meeting) and item_id = \(item)
            """)
        guard written == 1 else { throw AgendaError.notFound }
    }

    // MARK: Lists on paper

    /// The lists that were printed for a meeting, by letter.
    public func sheets(of meeting: ID<Meeting>) async throws -> [AttendanceSheet] {
        try await rows(
            """
            select sheet_id, code, people, blank_rows, printed_at from governance.attendance_sheets
            where organization_id = \(organization) and meeting_id = \(meeting)
            order by length(code), code
            """)
    }

    /// Adds a list.
    func insert(_ sheet: AttendanceSheet, of meeting: ID<Meeting>) async throws {
        try await execute(
            """
            insert into governance.attendance_sheets (
                organization_id, sheet_id, meeting_id, code, people, blank_rows, printed_at, printed_by)
            values (
                \(organization), \(sheet.id), \(meeting), \(sheet.code), \(sheet.people), \(sheet.blankRows),
                \(sheet.printedAt), \(scope.principal.user))
            """)
    }

    /// The scans of signed lists of a meeting, in the order in which they came.
    public func scans(of meeting: ID<Meeting>) async throws -> [AttendanceScan] {
        try await rows(
            """
            select scan_id, sheets.code, scans.file_id, files.name, scans.sha256, recorded_at
            from governance.attendance_scans as scans
            join tenancy.files on files.organization_id = \(organization) and files.file_id = scans.file_id
            left join governance.attendance_sheets as sheets on sheets.organization_id = \(organization)
                and sheets.sheet_id = scans.sheet_id
            where scans.organization_id = \(organization) and scans.meeting_id = \(meeting)
            order by recorded_at, scan_id
            """)
    }

    /// Adds a scan.
    func insert(
        scan file: StoredFile, kept id: ID<StoredFile>, sheet: ID<AttendanceSheet>?, of meeting: ID<Meeting>,
        at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.attendance_scans (
                organization_id, scan_id, meeting_id, sheet_id, file_id, sha256, recorded_at, recorded_by)
            values (
                \(organization), \(ID<AttendanceScan>()), \(meeting), \(sheet), \(id), \(file.sha256), \(now),
                \(scope.principal.user))
            """)
    }
}

/// Something that a meeting may approve.
public struct Approvable: Sendable, Hashable {
    /// What it is.
    public let approval: MeetingDecision.Approval
    /// What it is called.
    public let title: String
    /// The version of minutes that are out.
    let version: Int?
}

// MARK: - Rows

extension Approvable: RowDecodable {
    /// Reads a row of what may be approved.
    public init(row: Row) throws(RowError) {
        let id: UUID = try row["id"]
        let kind: String = try row["kind"]
        approval =
            switch kind {
            case "minutes": .minutes(ID(rawValue: id))
            case "plan": .plan(ID(rawValue: id))
            default: .bylaws(ID(rawValue: id))
            }
        title = try row["title"]
        version = try row["version"]
    }
}

private struct DecisionRow: RowDecodable {
    let decision: MeetingDecision
    let check: ID<QuorumRecord>?

    init(row: Row) throws(RowError) {
        check = try row["check_id"]
        decision = MeetingDecision(
            id: try row["decision_id"], position: try row["position"], item: try row["item_id"],
            decision: try row["decision"], proposedBy: try row["proposed_by"], manner: try row["manner"],
            majority: try Majority(row: row), majoritySource: try row["majority_source"],
            votes: DecisionVotes(
                inFavor: try row["in_favor"], against: try row["against"], blank: try row["blank"],
                abstained: try row["abstained"]),
            needed: try row["needed"], isAdopted: try row["is_adopted"], quorum: nil,
            present: try row["present"], entitled: try row["entitled"],
            approval: try MeetingDecision.Approval(row: row), decidedAt: try row["decided_at"],
            withdrawnAt: try row["withdrawn_at"], withdrawalReason: try row["withdrawal_reason"])
    }
}

extension Majority {
    fileprivate init(row: Row) throws(RowError) {
        let numerator: Int? = try row["share_numerator"]
        let denominator: Int? = try row["share_denominator"]
        let kind: Kind = try row["majority"]
        let base: Base = try row["share_of"]
        let share = numerator.flatMap { numerator in
            denominator.flatMap { Quorum.Share(numerator, of: $0) }
        }
        do {
            self = try Majority(kind, of: base, share: share)
        } catch {
            throw RowError(unreadable: "majority", because: error)
        }
    }
}

extension MeetingDecision.Approval {
    fileprivate init?(row: Row) throws(RowError) {
        let minutes: ID<Minutes>? = try row["approves_minutes_id"]
        let plan: ID<WorkPlan>? = try row["approves_plan_id"]
        let bylaws: ID<Bylaws>? = try row["approves_bylaws_id"]
        if let minutes {
            self = .minutes(minutes)
        } else if let plan {
            self = .plan(plan)
        } else if let bylaws {
            self = .bylaws(bylaws)
        } else {
            return nil
        }
    }
}

extension MeetingQuestion: RowDecodable {
    /// Reads a row of `governance.meeting_questions`.
    public init(row: Row) throws(RowError) {
        let text: String? = try row["answer"]
        let at: Date? = try row["answered_at"]
        let by: String? = try row["answered_by"]
        let answer = text.flatMap { text in at.map { Answer(text: text, by: by, at: $0) } }
        self.init(
            id: try row["question_id"], position: try row["position"], item: try row["item_id"],
            askedBy: try row["asked_by"], question: try row["question"], askedAt: try row["asked_at"],
            answer: answer)
    }
}

extension AttendanceSheet: RowDecodable {
    /// Reads a row of `governance.attendance_sheets`.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["sheet_id"], code: try row["code"], people: try row["people"],
            blankRows: try row["blank_rows"], printedAt: try row["printed_at"])
    }
}

extension AttendanceScan: RowDecodable {
    /// Reads a row of `governance.attendance_scans`.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["scan_id"], sheet: try row["code"], file: try row["file_id"], name: try row["name"],
            sha256: try row["sha256"], recordedAt: try row["recorded_at"])
    }
}

extension Majority.Kind: SQLValue {}

extension Majority.Base: SQLValue {}

extension MeetingDecision.Manner: SQLValue {}
