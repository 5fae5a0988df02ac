import Foundation
import Kernel
public import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// What representatives did in a body outside.
    func service(in body: SeatedBody, on day: CalendarDate) async throws -> BodyService {
        let id = body.body.id
        return BodyService(
            sessions: try await rows(
                """
                select sessions.session_id, sessions.mandate_id, mandates.holder_name, sessions.held_on,
                    sessions.attended, sessions.summary, sessions.excuse, sessions.file_id
                from governance.service_sessions as sessions
                join governance.mandates on mandates.organization_id = \(organization)
                    and mandates.mandate_id = sessions.mandate_id
                where sessions.organization_id = \(organization) and sessions.body_id = \(id)
                order by sessions.held_on desc, sessions.session_id
                """),
            proposals: try await proposals("body_id = \(id)"),
            reports: try await rows(
                """
                select reported_on, audience, summary, meeting_id, file_id from governance.service_reports
                where organization_id = \(organization) and body_id = \(id)
                order by reported_on desc, recorded_at desc
                """),
            representatives: body.seatings.filter(\.seat.isElected).compactMap { $0.principal?.mandate },
            today: day)
    }

    private func proposals(_ condition: SQL) async throws -> [ServiceProposal] {
        try await rows(
            """
            select proposal_id, kind, proposal, proposed_on, outcome, decision, decided_on, carried_out, follow_up,
                followed_on
            from governance.service_proposals
            where organization_id = \(organization) and \(fragment: condition)
            order by proposed_on desc, recorded_at desc
            """)
    }

    /// A proposal in a body of an alliance.
    func proposal(
        _ id: ID<ServiceProposal>, in body: ID<Body>, of alliance: ID<Alliance>
    ) async throws -> ServiceProposal? {
        try await proposals("proposal_id = \(id) and body_id = \(body) and alliance_id = \(alliance)").first
    }

    /// Adds a session.
    ///
    /// - Throws: ``ServiceError/sameDay``.
    func insert(
        _ session: ServiceSession, of body: ID<Body>, in alliance: ID<Alliance>, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.service_sessions (
                organization_id, session_id, alliance_id, body_id, mandate_id, held_on, attended, summary, excuse,
                file_id, recorded_at, recorded_by)
            values (
                \(organization), \(session.id), \(alliance), \(body), \(session.mandate), \(session.heldOn),
                \(session.attended), \(session.summary), \(session.excuse), \(session.file), \(now),
                \(scope.principal.user))
            """,
            refusals: ["service_sessions_mandate_key": ServiceError.sameDay])
    }

    /// Adds a proposal.
    func insert(
        _ proposal: ServiceProposal, of body: ID<Body>, in alliance: ID<Alliance>, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.service_proposals (
                organization_id, proposal_id, alliance_id, body_id, kind, proposal, proposed_on, outcome,
                carried_out, recorded_at, recorded_by)
            values (
                \(organization), \(proposal.id), \(alliance), \(body), \(proposal.kind), \(proposal.proposal),
                \(proposal.proposedOn), \(proposal.outcome), \(proposal.carriedOut), \(now),
                \(scope.principal.user))
            """)
    }

    /// Writes what became of a proposal.
    func update(
        _ proposal: ID<ServiceProposal>, outcome: ServiceProposal.Outcome, decision: String,
        on day: CalendarDate
    ) async throws {
        let updated = try await execute(
            """
            update governance.service_proposals
            set outcome = \(outcome), decision = \(decision), decided_on = \(day)
            where organization_id = \(organization) and proposal_id = \(proposal) and outcome = 'pending'
            """)
        guard updated == 1 else { throw ServiceError.decidedAlready }
    }

    /// Writes whether what was accepted was carried out.
    func update(
        _ proposal: ID<ServiceProposal>, carriedOut: ServiceProposal.Fulfilment, followUp: String,
        on day: CalendarDate
    ) async throws {
        let updated = try await execute(
            """
            update governance.service_proposals
            set carried_out = \(carriedOut), follow_up = \(followUp), followed_on = \(day)
            where organization_id = \(organization) and proposal_id = \(proposal) and outcome = 'accepted'
            """)
        guard updated == 1 else { throw ServiceError.notAccepted }
    }

    /// Adds a report to the members.
    func insert(
        _ report: ServiceReport, of body: ID<Body>, in alliance: ID<Alliance>, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.service_reports (
                organization_id, report_id, alliance_id, body_id, meeting_id, reported_on, audience, summary,
                file_id, recorded_at, recorded_by)
            values (
                \(organization), \(ID<ServiceReport>()), \(alliance), \(body), \(report.meeting),
                \(report.reportedOn), \(report.audience), \(report.summary), \(report.file), \(now),
                \(scope.principal.user))
            """)
    }
}

extension ServiceSession: RowDecodable {
    /// Reads a row of `governance.service_sessions` with the name of the representative.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["session_id"], mandate: try row["mandate_id"],
            representative: try row["holder_name"], heldOn: try row["held_on"],
            attended: try row["attended"], summary: try row["summary"], excuse: try row["excuse"],
            file: try row["file_id"])
    }
}

extension ServiceProposal: RowDecodable {
    /// Reads a row of `governance.service_proposals`.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["proposal_id"], kind: try row["kind"], proposal: try row["proposal"],
            proposedOn: try row["proposed_on"], outcome: try row["outcome"], decision: try row["decision"],
            decidedOn: try row["decided_on"], carriedOut: try row["carried_out"],
            followUp: try row["follow_up"], followedOn: try row["followed_on"])
    }
}

extension ServiceReport: RowDecodable {
    /// Reads a row of `governance.service_reports`.
    public init(row: Row) throws(RowError) {
        self.init(
            reportedOn: try row["reported_on"], audience: try row["audience"], summary: try row["summary"],
            meeting: try row["meeting_id"], file: try row["file_id"])
    }
}

extension ServiceProposal.Kind: SQLValue {}

extension ServiceProposal.Outcome: SQLValue {}

extension ServiceProposal.Fulfilment: SQLValue {}
