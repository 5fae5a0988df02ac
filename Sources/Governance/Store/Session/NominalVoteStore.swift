import Kernel
public import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// Those whose vote counts in a meeting now, by name; one more than are called at the most where there are more.
    func voters(in meeting: Meeting, of alliance: ID<Alliance>) async throws -> [PresentVoter] {
        try await rows(
            """
            select voters.attendance_id, voters.person_id, voters.name
            from (
                select distinct on (entitled.unit_id) stays.attendance_id, entitled.person_id, entitled.name,
                    entitled.name_folded, entitled.seat_position
                from \(fragment: electorate(of: meeting, in: alliance)) as entitled
                join governance.attendances as stays on stays.organization_id = \(organization)
                    and stays.meeting_id = \(meeting.id) and stays.capacity = 'entitled'
                    and stays.left_at is null and stays.undone_at is null
                    and coalesce(stays.mandate_id, stays.person_id) = entitled.entitlement_id
                order by entitled.unit_id, entitled.rank
            ) as voters
            order by voters.seat_position, voters.name_folded, voters.attendance_id
            limit \(PresentVoter.most + 1)
            """)
    }

    /// The votes of a meeting's decisions in which each was called by name.
    func namedVotes(of meeting: ID<Meeting>) async throws -> [NamedVoteRow] {
        try await rows(
            """
            select votes.decision_id, votes.person_id, votes.name, votes.vote
            from governance.decision_votes as votes
            join governance.decisions on decisions.organization_id = \(organization)
                and decisions.decision_id = votes.decision_id
            where votes.organization_id = \(organization) and decisions.meeting_id = \(meeting)
            order by votes.decision_id, votes.position
            """)
    }

    /// Adds the votes of a decision.
    func insert(
        _ votes: [NominalVote], of decision: ID<MeetingDecision>, isReserved: Bool, in alliance: ID<Alliance>
    ) async throws {
        guard !votes.isEmpty else { return }
        try await execute(
            """
            insert into governance.decision_votes (
                organization_id, decision_id, position, alliance_id, is_reserved, person_id, name, vote)
            select \(organization), \(decision), votes.position, \(alliance), \(isReserved), votes.person_id,
                votes.name, votes.vote
            from unnest(
                \(votes.map(\.person)), \(votes.map(\.name)), \(votes.map(\.choice.rawValue))
            ) with ordinality as votes (person_id, name, vote, position)
            """)
    }
}

// MARK: - Rows

/// A vote with the decision that it is of.
struct NamedVoteRow: RowDecodable {
    let decision: ID<MeetingDecision>
    let vote: NominalVote

    init(row: Row) throws(RowError) {
        decision = try row["decision_id"]
        vote = NominalVote(
            person: try row["person_id"], name: try row["name"], choice: try row["vote"])
    }
}

extension PresentVoter: RowDecodable {
    /// Reads a row of those whose vote counts.
    public init(row: Row) throws(RowError) {
        self.init(id: try row["attendance_id"], person: try row["person_id"], name: try row["name"])
    }
}

extension NominalVote.Choice: SQLValue {}
