import Foundation
import Kernel
public import Postgres
import Tenancy

extension OversightVisit.Place: SQLValue {}
extension OversightMeasure.Verdict: SQLValue {}
extension OversightFinding.State: SQLValue {}
extension OversightFinding.Outcome: SQLValue {}
extension FindingStep.Kind: SQLValue {}

extension Transaction where Scope == TenantScope {
    // MARK: Visits

    /// The visits of an exercise with who went and what was measured, the first first.
    func visits(of oversight: ID<Oversight>) async throws -> [OversightVisitRecord] {
        let visits = try await rows(
            """
            select visits.visit_id, visits.number, visits.place_kind, visits.place, visits.visited_on,
                visits.received_by, visits.account, visits.withdrawn_on, visits.withdrawal_reason,
                (
                    select coalesce(array_agg(members.name order by members.role, members.name), '{}')
                    from governance.oversight_visitors as went
                    join governance.oversight_members as members on members.organization_id = \(organization)
                        and members.member_id = went.member_id
                    where went.organization_id = \(organization) and went.visit_id = visits.visit_id
                ) as visitors
            from governance.oversight_visits as visits
            where visits.organization_id = \(organization) and visits.oversight_id = \(oversight)
            order by visits.number
            """, as: VisitRow.self)
        let measures = try await rows(
            """
            select measures.visit_id, measures.indicator_id, measures.verdict, measures.measured, measures.remark
            from governance.oversight_measures as measures
            join governance.oversight_indicators as indicators on indicators.organization_id = \(organization)
                and indicators.indicator_id = measures.indicator_id
            where measures.organization_id = \(organization) and measures.oversight_id = \(oversight)
            order by indicators.position
            """, as: MeasureRow.self)
        let byVisit = Dictionary(grouping: measures, by: \.visit)
        return visits.map { row in
            OversightVisitRecord(
                visit: row.visit, visitors: row.visitors,
                measures: (byVisit[row.visit.id] ?? []).map(\.measure))
        }
    }

    /// Adds a visit with who went and what was measured, and says its number.
    func insert(
        _ visit: OversightVisit, by visitors: [ID<OversightMember>], measuring measures: [OversightMeasure],
        of oversight: Oversight, at now: Date
    ) async throws -> Int {
        let number =
            try await value(
                """
                insert into governance.oversight_visits (
                    organization_id, visit_id, oversight_id, alliance_id, is_reserved, number, place_kind, place,
                    visited_on, received_by, account, recorded_at, recorded_by)
                select \(organization), \(visit.id), \(oversight.id), \(oversight.alliance),
                    \(oversight.isReserved), coalesce(max(visits.number), 0) + 1, \(visit.kind), \(visit.place),
                    \(visit.day), \(visit.receivedBy), \(visit.account), \(now), \(scope.principal.user)
                from governance.oversight_visits as visits
                where visits.organization_id = \(organization) and visits.oversight_id = \(oversight.id)
                returning number
                """, as: Int.self) ?? 1
        try await pipeline(
            visitors.map { member in
                """
                insert into governance.oversight_visitors (
                    organization_id, visit_id, member_id, oversight_id, alliance_id, is_reserved)
                values (
                    \(organization), \(visit.id), \(member), \(oversight.id), \(oversight.alliance),
                    \(oversight.isReserved))
                """
            }
                + measures.map { measure in
                    """
                    insert into governance.oversight_measures (
                        organization_id, visit_id, indicator_id, oversight_id, alliance_id, is_reserved, verdict,
                        measured, remark)
                    values (
                        \(organization), \(visit.id), \(measure.indicator), \(oversight.id),
                        \(oversight.alliance), \(oversight.isReserved), \(measure.verdict),
                        \(measure.measured), \(measure.remark))
                    """
                })
        return number
    }

    /// Writes that a visit was recorded by mistake.
    ///
    /// - Throws: ``OversightError/visitNotFound``.
    func withdraw(
        _ visit: ID<OversightVisit>, of oversight: ID<Oversight>, on day: CalendarDate, because reason: String
    ) async throws {
        let written = try await execute(
            """
            update governance.oversight_visits set withdrawn_on = \(day), withdrawal_reason = \(reason)
            where organization_id = \(organization) and oversight_id = \(oversight) and visit_id = \(visit)
                and withdrawn_on is null
            """)
        guard written == 1 else { throw OversightError.visitNotFound }
    }

    // MARK: Findings

    /// What an exercise found, the first first.
    func findings(of oversight: ID<Oversight>) async throws -> [OversightFinding] {
        try await rows(findingsQuery(of: oversight, "order by number"))
    }

    /// A finding of an exercise.
    func finding(
        _ id: ID<OversightFinding>, of oversight: ID<Oversight>
    ) async throws -> OversightFinding? {
        try await row(findingsQuery(of: oversight, "and finding_id = \(id)"))
    }

    private func findingsQuery(of oversight: ID<Oversight>, _ rest: SQL) -> SQL {
        """
        select finding_id, number, visit_id, account, found_on, state, outcome, improvement_id, commitment_id
        from governance.oversight_findings
        where organization_id = \(organization) and oversight_id = \(oversight) \(fragment: rest)
        """
    }

    /// A finding from which something beyond the exercise is to come: the entity sees that, so the exercise has to be
    /// shared.
    ///
    /// - Throws: ``OversightError``.
    func findingToLeadOn(
        _ id: ID<OversightFinding>, of oversight: ID<Oversight>, in alliance: ID<Alliance>
    ) async throws -> OversightFinding {
        let exercise = try await lockedOversight(oversight, of: alliance)
        guard !exercise.isReserved else { throw OversightError.reserved }
        guard let found = try await finding(id, of: oversight) else { throw OversightError.findingNotFound }
        return found
    }

    /// Adds a finding, and says its number.
    @discardableResult
    func insert(
        _ finding: OversightFinding, of oversight: Oversight, at now: Date
    ) async throws -> Int {
        try await value(
            """
            insert into governance.oversight_findings (
                organization_id, finding_id, oversight_id, alliance_id, is_reserved, visit_id, number, account,
                found_on, state, recorded_at, recorded_by)
            select \(organization), \(finding.id), \(oversight.id), \(oversight.alliance),
                \(oversight.isReserved), \(finding.visit), coalesce(max(findings.number), 0) + 1,
                \(finding.account), \(finding.foundOn), 'open', \(now), \(scope.principal.user)
            from governance.oversight_findings as findings
            where findings.organization_id = \(organization) and findings.oversight_id = \(oversight.id)
            returning number
            """, as: Int.self) ?? 1
    }

    /// Writes where a finding stands, where it still stands as it was read.
    ///
    /// - Throws: ``OversightError/outOfTurn`` where somebody else was quicker.
    func update(
        _ finding: OversightFinding, to state: OversightFinding.State, outcome: OversightFinding.Outcome?
    ) async throws {
        let written = try await execute(
            """
            update governance.oversight_findings set state = \(state), outcome = \(outcome)
            where organization_id = \(organization) and finding_id = \(finding.id) and state = \(finding.state)
            """)
        guard written == 1 else { throw OversightError.outOfTurn }
    }

    /// Writes which improvement opportunity came of a finding.
    func lead(_ finding: OversightFinding, to improvement: ID<Improvement>) async throws {
        try await execute(
            """
            update governance.oversight_findings set improvement_id = \(improvement)
            where organization_id = \(organization) and finding_id = \(finding.id)
            """)
    }

    /// Writes which commitment came of a finding.
    func lead(_ finding: OversightFinding, to commitment: ID<Commitment>) async throws {
        try await execute(
            """
            update governance.oversight_findings set commitment_id = \(commitment)
            where organization_id = \(organization) and finding_id = \(finding.id)
            """)
    }

    /// The finding from which an improvement opportunity came.
    func origin(of improvement: ID<Improvement>) async throws -> FindingOrigin? {
        try await row(originQuery("findings.improvement_id = \(improvement)"))
    }

    /// The finding from which a commitment came.
    func origin(of commitment: ID<Commitment>) async throws -> FindingOrigin? {
        try await row(originQuery("findings.commitment_id = \(commitment)"))
    }

    private func originQuery(_ condition: SQL) -> SQL {
        """
        select findings.oversight_id, oversights.title, findings.number
        from governance.oversight_findings as findings
        join governance.oversights on oversights.organization_id = \(organization)
            and oversights.oversight_id = findings.oversight_id
        where findings.organization_id = \(organization) and \(fragment: condition)
        limit 1
        """
    }

    // MARK: Steps

    /// What became of the findings of an exercise, the first first.
    func steps(of oversight: ID<Oversight>) async throws -> [ID<OversightFinding>: [FindingStep]] {
        let found = try await rows(
            """
            select finding_id, kind, note, happened_on, is_accepted, outcome, file_id
            from governance.oversight_steps
            where organization_id = \(organization) and oversight_id = \(oversight)
            order by recorded_at, step_id
            """, as: StepRow.self)
        return Dictionary(grouping: found, by: \.finding).mapValues { $0.map(\.step) }
    }

    /// Adds a step of a finding.
    func insert(
        _ step: FindingStep, of finding: OversightFinding, in oversight: Oversight, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.oversight_steps (
                organization_id, step_id, finding_id, oversight_id, alliance_id, is_reserved, kind, note,
                happened_on, is_accepted, outcome, file_id, recorded_at, recorded_by)
            values (
                \(organization), \(ID<FindingStep>()), \(finding.id), \(oversight.id), \(oversight.alliance),
                \(oversight.isReserved), \(step.kind), \(step.note), \(step.happenedOn), \(step.isAccepted),
                \(step.outcome), \(step.file), \(now), \(scope.principal.user))
            """)
    }

    // MARK: Evidence

    /// The photographs and papers of an exercise, in the order in which they came.
    func evidence(of oversight: ID<Oversight>) async throws -> [OversightEvidence] {
        try await rows(
            """
            select evidence.title, evidence.dated_on, evidence.file_id, evidence.visit_id, evidence.finding_id,
                files.sha256
            from governance.oversight_evidence as evidence
            join tenancy.files on files.organization_id = \(organization) and files.file_id = evidence.file_id
            where evidence.organization_id = \(organization) and evidence.oversight_id = \(oversight)
            order by evidence.recorded_at, evidence.evidence_id
            """)
    }

    /// Keeps a file and adds it to an exercise.
    ///
    /// - Throws: ``OversightError/fileKnown``, ``OversightError/visitNotFound``.
    func insert(
        _ file: StoredFile, titled title: String, asEvidenceOf oversight: Oversight,
        visit: ID<OversightVisit>?, finding: ID<OversightFinding>?, at now: Date
    ) async throws {
        let kept = try await store(
            file, as: .oversight, in: .alliance(oversight.alliance), isReserved: oversight.isReserved, at: now
        )
        try await execute(
            """
            insert into governance.oversight_evidence (
                organization_id, evidence_id, oversight_id, alliance_id, is_reserved, visit_id, finding_id, title,
                dated_on, file_id, recorded_at, recorded_by)
            values (
                \(organization), \(ID<OversightEvidence>()), \(oversight.id), \(oversight.alliance),
                \(oversight.isReserved), \(visit), \(finding), \(title), \(file.effectiveOn), \(kept), \(now),
                \(scope.principal.user))
            """,
            refusals: [
                "oversight_evidence_once_key": OversightError.fileKnown,
                "oversight_evidence_visit_fkey": OversightError.visitNotFound,
                "oversight_evidence_finding_fkey": OversightError.findingNotFound,
            ])
    }
}

// MARK: - Rows

private struct VisitRow: RowDecodable {
    let visit: OversightVisit
    let visitors: [String]

    init(row: Row) throws(RowError) {
        let id: ID<OversightVisit> = try row["visit_id"]
        let number: Int = try row["number"]
        let kind: OversightVisit.Place = try row["place_kind"]
        let place: String = try row["place"]
        let day: CalendarDate = try row["visited_on"]
        let receivedBy: String? = try row["received_by"]
        let account: String = try row["account"]
        let withdrawnOn: CalendarDate? = try row["withdrawn_on"]
        let reason: String? = try row["withdrawal_reason"]
        var withdrawal: OversightVisit.Withdrawal?
        if let withdrawnOn, let reason { withdrawal = .init(day: withdrawnOn, reason: reason) }
        visitors = try row["visitors"]
        do {
            visit = try OversightVisit(
                id: id, number: number, kind: kind, place: place, day: day, receivedBy: receivedBy,
                account: account, withdrawal: withdrawal)
        } catch {
            throw RowError(unreadable: "place", because: error)
        }
    }
}

private struct MeasureRow: RowDecodable {
    let visit: ID<OversightVisit>
    let measure: OversightMeasure

    init(row: Row) throws(RowError) {
        visit = try row["visit_id"]
        let indicator: ID<OversightIndicator> = try row["indicator_id"]
        let verdict: OversightMeasure.Verdict = try row["verdict"]
        let measured: String? = try row["measured"]
        let remark: String? = try row["remark"]
        do {
            measure = try OversightMeasure(of: indicator, verdict, measured: measured, remark: remark)
        } catch {
            throw RowError(unreadable: "measured", because: error)
        }
    }
}

private struct StepRow: RowDecodable {
    let finding: ID<OversightFinding>
    let step: FindingStep

    init(row: Row) throws(RowError) {
        finding = try row["finding_id"]
        step = FindingStep(
            kind: try row["kind"], note: try row["note"], happenedOn: try row["happened_on"],
            isAccepted: try row["is_accepted"], outcome: try row["outcome"], file: try row["file_id"])
    }
}

extension OversightFinding: RowDecodable {
    /// Reads a row of `governance.oversight_findings`.
    public init(row: Row) throws(RowError) {
        let id: ID<OversightFinding> = try row["finding_id"]
        let number: Int = try row["number"]
        let visit: ID<OversightVisit>? = try row["visit_id"]
        let account: String = try row["account"]
        let foundOn: CalendarDate = try row["found_on"]
        let state: State = try row["state"]
        let outcome: Outcome? = try row["outcome"]
        let improvement: ID<Improvement>? = try row["improvement_id"]
        let commitment: ID<Commitment>? = try row["commitment_id"]
        do {
            try self.init(
                id: id, number: number, visit: visit, account: account, foundOn: foundOn, state: state,
                outcome: outcome, improvement: improvement, commitment: commitment)
        } catch {
            throw RowError(unreadable: "account", because: error)
        }
    }
}

extension FindingOrigin: RowDecodable {
    /// Reads a finding with its exercise.
    public init(row: Row) throws(RowError) {
        oversight = try row["oversight_id"]
        title = try row["title"]
        number = try row["number"]
    }
}

extension OversightEvidence: RowDecodable {
    /// Reads a row of the table, with the hash of its file.
    public init(row: Row) throws(RowError) {
        title = try row["title"]
        datedOn = try row["dated_on"]
        file = try row["file_id"]
        visit = try row["visit_id"]
        finding = try row["finding_id"]
        guard let digest = HashDigest(bytes: try row["sha256"]) else {
            throw RowError(unreadable: "sha256", because: OversightError.fileKnown)
        }
        sha256 = digest
    }
}
