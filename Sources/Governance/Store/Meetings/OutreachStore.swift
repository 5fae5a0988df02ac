import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// The visits for a meeting, those with the most users first.
    public func visits(for meeting: ID<Meeting>) async throws -> [OutreachVisit] {
        try await rows(
            """
            select visit_id, kind, place, users, visited_on, posters, leaflets, received_by, note, file_id
            from governance.outreach_visits
            where organization_id = \(organization) and meeting_id = \(meeting)
            order by users desc nulls last, visited_on, visit_id
            """, as: OutreachVisit.self)
    }

    /// The insurers of the register by how many people they insure, with their last visit for a meeting. The codes of
    /// one insurer count together.
    func insurersByWeight(for meeting: ID<Meeting>) async throws -> [InsurerWeight] {
        let rows = try await rows(
            """
            with weights as (
                select coalesce(insurers.short_name, counts.insurer_code) as name, sum(counts.users) as users
                from membership.insurer_counts as counts
                left join catalogue.insurers on insurers.insurer_code = counts.insurer_code
                where counts.organization_id = \(organization)
                group by 1
            )
            select name, users,
                (
                    select max(visits.visited_on) from governance.outreach_visits as visits
                    where visits.organization_id = \(organization) and visits.meeting_id = \(meeting)
                        and membership.folded(visits.place) = membership.folded(weights.name)
                ) as visited_on
            from weights
            order by users desc, name
            limit 60
            """, as: WeightRow.self)
        return InsurerWeight.ordered(rows.map { ($0.name, $0.users, $0.visitedOn) })
    }

    /// Adds a visit.
    func insert(
        _ visit: OutreachVisit, proof: ID<StoredFile>?, for meeting: ID<Meeting>, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.outreach_visits (
                organization_id, visit_id, meeting_id, kind, place, users, visited_on, posters, leaflets,
                received_by, note, file_id, recorded_at, recorded_by)
            values (
                \(organization), \(visit.id), \(meeting), \(visit.kind), \(visit.place), \(visit.users),
                \(visit.visitedOn), \(visit.posters), \(visit.leaflets), \(visit.receivedBy), \(visit.note),
                \(proof), \(now), \(scope.principal.user))
            """)
    }

    /// Takes a visit out.
    func remove(_ visit: ID<OutreachVisit>, for meeting: ID<Meeting>) async throws {
        try await execute(
            """
            delete from governance.outreach_visits
            where organization_id = \(organization) and meeting_id = \(meeting) and visit_id = \(visit)
            """)
    }
}

// MARK: - Rows

private struct WeightRow: RowDecodable {
    let name: String
    let users: Int
    let visitedOn: CalendarDate?

    init(row: Row) throws(RowError) {
        name = try row["name"]
        users = try row["users"]
        visitedOn = try row["visited_on"]
    }
}

extension OutreachVisit: RowDecodable {
    /// Reads a row of `governance.outreach_visits`.
    public init(row: Row) throws(RowError) {
        let id: ID<OutreachVisit> = try row["visit_id"]
        let kind: Kind = try row["kind"]
        let place: String = try row["place"]
        let users: Int? = try row["users"]
        let visitedOn: CalendarDate = try row["visited_on"]
        let posters: Int = try row["posters"]
        let leaflets: Int = try row["leaflets"]
        let receivedBy: String? = try row["received_by"]
        let note: String? = try row["note"]
        let proof: ID<StoredFile>? = try row["file_id"]
        do {
            try self.init(
                id: id, kind: kind, place: place, users: users, visitedOn: visitedOn, posters: posters,
                leaflets: leaflets, receivedBy: receivedBy, note: note, proof: proof)
        } catch {
            throw RowError(unreadable: "place", because: error)
        }
    }
}

extension OutreachVisit.Kind: SQLValue {}
