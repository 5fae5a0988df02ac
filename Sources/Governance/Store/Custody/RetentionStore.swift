import Foundation
import Kernel
public import Postgres
import Tenancy

extension RetentionDecision.Kind: SQLValue {}
extension RetentionSide: SQLValue {}

extension DocumentRetention: RowDecodable {
    /// Reads the columns of a document that tell how long it is kept.
    public init(row: Row) throws(RowError) {
        let disposedAt: Date? = try row["disposed_at"]
        self.init(
            as: try row["retention_class"], until: try row["kept_until"],
            isAlways: try row["is_kept_always"], isConfirmed: try row["retention_is_confirmed"],
            postponedUntil: try row["postponed_until"], isProposed: try row["is_proposed"],
            disposedOn: disposedAt.map { ColombianTime.date(at: $0) }, isBound: try row["is_bound"])
    }
}

extension RetentionDecision: RowDecodable {
    /// Reads a row of `governance.retention_decisions` with the names of who decided.
    public init(row: Row) throws(RowError) {
        let (decidedAt, secondedAt): (Date, Date?) = (try row["decided_at"], try row["seconded_at"])
        self.init(
            id: try row["decision_id"], kind: try row["kind"], keepUntil: try row["keep_until"],
            reason: try row["reason"], decidedOn: ColombianTime.date(at: decidedAt),
            decidedBy: try row["decided_by"], isOwn: try row["is_own"], side: try row["decided_side"],
            secondedOn: secondedAt.map { ColombianTime.date(at: $0) }, secondedBy: try row["seconded_by"],
            withdrawal: try row["withdrawal_reason"])
    }
}

extension Transaction where Scope == TenantScope {
    /// What was decided about a file, the latest first.
    func retentionDecisions(on file: ID<StoredFile>) async throws -> [RetentionDecision] {
        try await rows(
            """
            select decisions.decision_id, decisions.kind, decisions.keep_until, decisions.reason,
                decisions.decided_at, deciders.name as decided_by, decisions.decided_side,
                decisions.decided_by is not distinct from \(scope.principal.user) as is_own,
                decisions.seconded_at, seconders.name as seconded_by, decisions.withdrawal_reason
            from governance.retention_decisions as decisions
            left join tenancy.users as deciders on deciders.organization_id = \(organization)
                and deciders.user_id = decisions.decided_by
            left join tenancy.users as seconders on seconders.organization_id = \(organization)
                and seconders.user_id = decisions.seconded_by
            where decisions.organization_id = \(organization) and decisions.file_id = \(file)
            order by decisions.decided_at desc, decisions.decision_id
            """)
    }

    /// Notes what was decided about a file.
    ///
    /// - Throws: ``RetentionError``.
    func insert(
        _ kind: RetentionDecision.Kind, until day: CalendarDate?, of file: ID<StoredFile>,
        in alliance: ID<Alliance>, because reason: String, by side: RetentionSide, at now: Date
    ) async throws -> ID<RetentionDecision> {
        let id = ID<RetentionDecision>()
        try await execute(
            """
            insert into governance.retention_decisions (
                organization_id, decision_id, alliance_id, file_id, file_is_reserved, kind, keep_until, reason,
                decided_at, decided_by, decided_side)
            values (
                \(organization), \(id), \(alliance), \(file), false, \(kind), \(day), \(reason), \(now),
                \(scope.principal.user), \(side))
            """,
            refusals: [
                "retention_decisions_disposal_key": RetentionError.proposedAlready,
                "retention_decisions_file_fkey": RetentionError.notFound,
            ])
        return id
    }

    /// Lets the content of a file go that somebody else proposed.
    ///
    /// - Throws: ``RetentionError``; nothing of the transaction is to be kept then.
    func dispose(
        by decision: ID<RetentionDecision>, seconded side: RetentionSide, on day: CalendarDate, at now: Date
    ) async throws {
        try await execute(
            """
            select governance.dispose_file(
                \(organization), \(decision), \(day), \(now), \(scope.principal.user), \(side))
            """,
            refusals: [
                "retention_decisions_is_open": RetentionError.notProposed,
                "retention_decisions_is_free": RetentionError.bound,
                "retention_decisions_is_past_term": RetentionError.termNotPassed,
                "retention_decisions_second_is_another": RetentionError.sameSide,
            ])
    }

    /// Takes a proposal back that waits.
    ///
    /// - Returns: Whether it waited.
    func withdraw(
        _ decision: ID<RetentionDecision>, in alliance: ID<Alliance>, because reason: String, at now: Date
    ) async throws -> Bool {
        try await execute(
            """
            update governance.retention_decisions
            set withdrawn_at = \(now), withdrawn_by = \(scope.principal.user), withdrawal_reason = \(reason)
            where organization_id = \(organization) and decision_id = \(decision)
                and alliance_id = \(alliance) and kind = 'dispose' and seconded_at is null
                and withdrawn_at is null
            """) == 1
    }

    /// The files past their confirmed term about which nobody has decided, by alliance.
    ///
    /// The days of the document bound what is read: no term ends before its years have passed since then.
    func filesPastTerm(on day: CalendarDate) async throws -> [PendingCount] {
        try await rows(
            """
            select files.alliance_id, null::uuid as process_id, count(*) as count,
                null::timestamptz as since, null::date as due_on
            from tenancy.retention_in_force(\(organization)) as terms
            join tenancy.files on files.organization_id = \(organization)
                and files.retention_class = terms.class
                and files.effective_on < (\(day)::date - make_interval(years => terms.years))::date
                and files.alliance_id is not null and files.process_id is null and not files.is_reserved
                and files.disposed_at is null
            where terms.is_confirmed and terms.years is not null
                and governance.file_kept_until(
                    \(organization), files.file_id, terms.class, files.effective_on, terms.runs_from, terms.years)
                    < \(day)
                and not exists (
                    select from governance.retention_decisions as decisions
                    where decisions.organization_id = \(organization) and decisions.file_id = files.file_id
                        and decisions.withdrawn_at is null
                        and (decisions.kind = 'dispose' or decisions.keep_until >= \(day)))
                and not governance.file_is_bound(\(organization), files.file_id)
            group by files.alliance_id
            """)
    }

    /// The proposals to let files go that wait for somebody of a side, by alliance.
    func disposals(waitingFor side: RetentionSide) async throws -> [PendingCount] {
        try await rows(
            """
            select decisions.alliance_id, null::uuid as process_id, count(*) as count,
                min(decisions.decided_at) as since, null::date as due_on
            from governance.retention_decisions as decisions
            where decisions.organization_id = \(organization) and decisions.kind = 'dispose'
                and decisions.decided_side = \(side.other) and decisions.seconded_at is null
                and decisions.withdrawn_at is null
            group by decisions.alliance_id
            """)
    }
}
