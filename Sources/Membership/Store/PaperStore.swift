import Kernel
public import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// The columns of a paper, up to the condition on `facts`.
    var paperColumns: SQL {
        """
        select facts.fact_id, facts.person_id, facts.kind, value, source, valid_from, valid_until, proof_file_id,
            process_id, municipalities.name || ', ' || municipalities.department as place, facts.recorded_by,
            facts.recorded_at, coalesce(verdict, 'pending') as review, reason, cancel_reason
        from membership.recorded_facts as facts
        left join membership.fact_reviews as reviews
            on reviews.organization_id = \(organization) and reviews.fact_id = facts.fact_id
        left join catalogue.municipalities on facts.kind = 'residence' and municipality_code = value
        """
    }

    /// Reads the papers of an alliance and its elections that wait for a review, the oldest first.
    func papersToReview(_ query: ListPapersToReview) async throws -> (papers: [WaitingPaper], total: Int) {
        let waiting: SQL = """
            facts.organization_id = \(organization) and needs_review and cancelled_at is null
                and alliance_id = \(query.alliance)
                and not exists (
                    select from membership.fact_reviews as reviewed
                    where reviewed.organization_id = \(organization) and reviewed.fact_id = facts.fact_id)
            """
        let total: Int =
            try await value(
                """
                select count(*) from membership.recorded_facts as facts
                where facts.organization_id = \(organization) and \(fragment: waiting)
                """) ?? 0
        let papers = try await rows(
            """
            select papers.*, concat_ws(' ', first_name, second_name, first_surname, second_surname) as name,
                users.name as recorder
            from (\(fragment: paperColumns) where \(fragment: waiting)) as papers
            join membership.affiliates on affiliates.organization_id = \(organization)
                and affiliates.person_id = papers.person_id
            left join tenancy.users
                on users.organization_id = \(organization) and users.user_id = papers.recorded_by
            order by papers.recorded_at, papers.fact_id
            limit \(query.limit) offset \(query.offset)
            """,
            as: WaitingPaper.self)
        return (papers, total)
    }
}

extension WaitingPaper: RowDecodable {
    /// Reads a row of the list.
    public init(row: Row) throws(RowError) {
        paper = try PersonFile.Paper(row: row)
        person = try row["person_id"]
        name = try row["name"]
        recordedAt = try row["recorded_at"]
        recorder = try row["recorder"]
    }
}

extension PersonFile.Paper: RowDecodable {
    /// Reads a row of the table with its review.
    public init(row: Row) throws(RowError) {
        id = try row["fact_id"]
        kind = try row["kind"]
        value = try row["value"]
        place = try row["place"]
        source = try row["source"]
        validFrom = try row["valid_from"]
        validUntil = try row["valid_until"]
        process = try row["process_id"]
        proof = try row["proof_file_id"]
        review = try row["review"]
        reviewReason = try row["reason"]
        recordedBy = try row["recorded_by"]
        withdrawal = try row["cancel_reason"]
    }
}
