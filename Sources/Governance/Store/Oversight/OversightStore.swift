import Foundation
import Kernel
public import Postgres
import Tenancy

extension OversightMember.Role: SQLValue {}

extension Transaction where Scope == TenantScope {
    /// Asks that who keeps something to the board is on it. The server itself may.
    ///
    /// - Throws: ``OversightError/notOnBoard``.
    func requireBoard(toReserve isReserved: Bool, in alliance: ID<Alliance>) throws(OversightError) {
        guard !isReserved || scope.principal.mayReserve(in: .alliance(alliance)) else { throw .notOnBoard }
    }

    // MARK: Exercises

    /// The exercises of an alliance, the latest first.
    func oversights(of alliance: ID<Alliance>) async throws -> [OversightSummary] {
        try await rows(
            """
            select oversights.*,
                (
                    select coalesce(array_agg(members.name order by members.name), '{}')
                    from governance.oversight_members as members
                    where members.organization_id = \(organization)
                        and members.oversight_id = oversights.oversight_id
                        and members.role = 'coordinator' and members.left_on is null
                ) as coordinators,
                visits.visit_count, visits.last_visit_on, found.finding_count, found.closed_count,
                found.corrected_count
            from governance.oversights
            cross join lateral (
                select count(*) as visit_count, max(visits.visited_on) as last_visit_on
                from governance.oversight_visits as visits
                where visits.organization_id = \(organization)
                    and visits.oversight_id = oversights.oversight_id and visits.withdrawn_on is null
            ) as visits
            cross join lateral (
                select count(*) as finding_count,
                    count(*) filter (where findings.state = 'closed') as closed_count,
                    count(*) filter (where findings.outcome = 'corrected') as corrected_count
                from governance.oversight_findings as findings
                where findings.organization_id = \(organization)
                    and findings.oversight_id = oversights.oversight_id
            ) as found
            where oversights.organization_id = \(organization) and oversights.alliance_id = \(alliance)
            order by oversights.starts_on desc, oversights.oversight_id
            """)
    }

    /// An exercise of an alliance.
    func oversight(_ id: ID<Oversight>, of alliance: ID<Alliance>) async throws -> Oversight? {
        try await row(oversightQuery(id, of: alliance))
    }

    /// An exercise of an alliance, kept as it is until the transaction ends.
    ///
    /// - Throws: ``OversightError/notFound``.
    func lockedOversight(_ id: ID<Oversight>, of alliance: ID<Alliance>) async throws -> Oversight {
        let found = try await row(
            "\(fragment: oversightQuery(id, of: alliance)) for no key update", as: Oversight.self)
        guard let found else { throw OversightError.notFound }
        return found
    }

    /// An exercise that goes on, kept as it is until the transaction ends.
    ///
    /// - Throws: ``OversightError``.
    func openOversight(_ id: ID<Oversight>, of alliance: ID<Alliance>) async throws -> Oversight {
        let found = try await lockedOversight(id, of: alliance)
        guard found.end == nil else { throw OversightError.closed }
        return found
    }

    private func oversightQuery(_ id: ID<Oversight>, of alliance: ID<Alliance>) -> SQL {
        """
        select oversights.* from governance.oversights
        where organization_id = \(organization) and alliance_id = \(alliance) and oversight_id = \(id)
        """
    }

    /// Adds an exercise.
    func insert(_ oversight: Oversight, at now: Date) async throws {
        try await execute(
            """
            insert into governance.oversights (
                organization_id, oversight_id, alliance_id, is_reserved, title, reason, entity, starts_on, ends_on,
                version, recorded_at, recorded_by)
            values (
                \(organization), \(oversight.id), \(oversight.alliance), \(oversight.isReserved),
                \(oversight.title), \(oversight.reason), \(oversight.entity), \(oversight.startsOn),
                \(oversight.endsOn), 1, \(now), \(scope.principal.user))
            """)
    }

    /// Writes anew what an exercise is for.
    func update(_ oversight: Oversight) async throws {
        try await execute(
            """
            update governance.oversights
            set title = \(oversight.title), reason = \(oversight.reason), entity = \(oversight.entity),
                starts_on = \(oversight.startsOn), ends_on = \(oversight.endsOn), version = version + 1
            where organization_id = \(organization) and oversight_id = \(oversight.id)
            """)
    }

    /// Writes before whom an exercise is registered.
    func register(_ id: ID<Oversight>, _ registration: Oversight.Registration) async throws {
        try await execute(
            """
            update governance.oversights
            set registry_authority = \(registration.authority), registry_number = \(registration.number),
                registered_on = \(registration.day), registry_file_id = \(registration.file)
            where organization_id = \(organization) and oversight_id = \(id)
            """)
    }

    /// Writes how an exercise ended.
    func close(_ id: ID<Oversight>, _ end: Oversight.End) async throws {
        try await execute(
            """
            update governance.oversights set closed_on = \(end.day), conclusion = \(end.conclusion)
            where organization_id = \(organization) and oversight_id = \(id)
            """)
    }

    /// Lifts the reserve from an exercise and from all that hangs on it.
    func share(_ id: ID<Oversight>) async throws {
        try await lift(
            """
            select file_id from governance.oversight_evidence
            where organization_id = \(organization) and oversight_id = \(id)
            union all
            select file_id from governance.oversight_steps
            where organization_id = \(organization) and oversight_id = \(id) and file_id is not null
            union all
            select registry_file_id from governance.oversights
            where organization_id = \(organization) and oversight_id = \(id) and registry_file_id is not null
            """)
        try await pipeline([
            """
            update governance.oversight_members set is_reserved = false
            where organization_id = \(organization) and oversight_id = \(id)
            """,
            """
            update governance.oversight_indicators set is_reserved = false
            where organization_id = \(organization) and oversight_id = \(id)
            """,
            """
            update governance.oversight_visits set is_reserved = false
            where organization_id = \(organization) and oversight_id = \(id)
            """,
            """
            update governance.oversight_visitors set is_reserved = false
            where organization_id = \(organization) and oversight_id = \(id)
            """,
            """
            update governance.oversight_measures set is_reserved = false
            where organization_id = \(organization) and oversight_id = \(id)
            """,
            """
            update governance.oversight_findings set is_reserved = false
            where organization_id = \(organization) and oversight_id = \(id)
            """,
            """
            update governance.oversight_steps set is_reserved = false
            where organization_id = \(organization) and oversight_id = \(id)
            """,
            """
            update governance.oversight_evidence set is_reserved = false
            where organization_id = \(organization) and oversight_id = \(id)
            """,
            """
            update governance.oversights set is_reserved = false
            where organization_id = \(organization) and oversight_id = \(id)
            """,
        ])
    }

    // MARK: Team

    /// The team of an exercise, those who coordinate first.
    func members(of oversight: ID<Oversight>) async throws -> [OversightMember] {
        try await rows(
            """
            select member_id, name, role, joined_on, left_on from governance.oversight_members
            where organization_id = \(organization) and oversight_id = \(oversight)
            order by left_on is not null, role, name, member_id
            """)
    }

    /// Takes somebody into the team.
    ///
    /// - Throws: ``OversightError/alreadyIn``.
    func insert(
        _ name: String, person: ID<Person>?, as role: OversightMember.Role, of oversight: Oversight,
        on day: CalendarDate, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.oversight_members (
                organization_id, member_id, oversight_id, alliance_id, is_reserved, name, person_id, role, joined_on,
                recorded_at, recorded_by)
            values (
                \(organization), \(ID<OversightMember>()), \(oversight.id), \(oversight.alliance),
                \(oversight.isReserved), \(name), \(person), \(role), \(day), \(now), \(scope.principal.user))
            """,
            refusals: ["oversight_members_current_key": OversightError.alreadyIn])
    }

    /// Writes that somebody left the team.
    ///
    /// - Throws: ``OversightError/notIn``.
    func leave(_ member: ID<OversightMember>, of oversight: ID<Oversight>, on day: CalendarDate) async throws
    {
        let written = try await execute(
            """
            update governance.oversight_members set left_on = greatest(\(day)::date, joined_on)
            where organization_id = \(organization) and oversight_id = \(oversight) and member_id = \(member)
                and left_on is null
            """)
        guard written == 1 else { throw OversightError.notIn }
    }

    // MARK: Indicators

    /// What the visits of an exercise look at, in order.
    func indicators(of oversight: ID<Oversight>) async throws -> [OversightIndicator] {
        try await rows(
            """
            select indicator_id, position, name, expected, dropped_on from governance.oversight_indicators
            where organization_id = \(organization) and oversight_id = \(oversight)
            order by position
            """)
    }

    /// Adds indicators behind those that there are.
    func insert(_ indicators: [OversightIndicator], of oversight: Oversight, at now: Date) async throws {
        guard !indicators.isEmpty else { return }
        let known = try await self.indicators(of: oversight.id).map(\.position).max() ?? 0
        try await pipeline(
            indicators.enumerated().map { index, indicator in
                """
                insert into governance.oversight_indicators (
                    organization_id, indicator_id, oversight_id, alliance_id, is_reserved, position, name, expected,
                    recorded_at, recorded_by)
                values (
                    \(organization), \(indicator.id), \(oversight.id), \(oversight.alliance),
                    \(oversight.isReserved), \(known + index + 1), \(indicator.name), \(indicator.expected),
                    \(now), \(scope.principal.user))
                """
            })
    }

    /// Writes that an indicator is looked at no more.
    ///
    /// - Throws: ``OversightError/indicatorNotFound``.
    func drop(
        _ indicator: ID<OversightIndicator>, of oversight: ID<Oversight>, on day: CalendarDate
    ) async throws {
        let written = try await execute(
            """
            update governance.oversight_indicators set dropped_on = \(day)
            where organization_id = \(organization) and oversight_id = \(oversight)
                and indicator_id = \(indicator) and dropped_on is null
            """)
        guard written == 1 else { throw OversightError.indicatorNotFound }
    }
}

// MARK: - Rows

extension Oversight: RowDecodable {
    /// Reads a row of `governance.oversights`.
    public init(row: Row) throws(RowError) {
        let id: ID<Oversight> = try row["oversight_id"]
        let alliance: ID<Alliance> = try row["alliance_id"]
        let isReserved: Bool = try row["is_reserved"]
        let title: String = try row["title"]
        let reason: String = try row["reason"]
        let entity: String = try row["entity"]
        let startsOn: CalendarDate = try row["starts_on"]
        let endsOn: CalendarDate? = try row["ends_on"]
        let version: Int = try row["version"]
        let authority: String? = try row["registry_authority"]
        let number: String? = try row["registry_number"]
        let registeredOn: CalendarDate? = try row["registered_on"]
        let file: ID<StoredFile>? = try row["registry_file_id"]
        let closedOn: CalendarDate? = try row["closed_on"]
        let conclusion: String? = try row["conclusion"]
        do {
            var registration: Registration?
            if let authority, let number, let registeredOn {
                registration = try Registration(
                    before: authority, number: number, on: registeredOn, file: file)
            }
            var end: End?
            if let closedOn, let conclusion { end = try End(on: closedOn, concluding: conclusion) }
            try self.init(
                id: id, alliance: alliance, isReserved: isReserved, title: title, reason: reason,
                entity: entity, startsOn: startsOn, endsOn: endsOn, version: version,
                registration: registration, end: end)
        } catch {
            throw RowError(unreadable: "title", because: error)
        }
    }
}

extension OversightSummary: RowDecodable {
    /// Reads a row of the list.
    public init(row: Row) throws(RowError) {
        oversight = try Oversight(row: row)
        coordinators = try row["coordinators"]
        visits = try row["visit_count"]
        lastVisitOn = try row["last_visit_on"]
        findings = try row["finding_count"]
        closedFindings = try row["closed_count"]
        corrected = try row["corrected_count"]
    }
}

extension OversightMember: RowDecodable {
    /// Reads a row of `governance.oversight_members`.
    public init(row: Row) throws(RowError) {
        id = try row["member_id"]
        name = try row["name"]
        role = try row["role"]
        joinedOn = try row["joined_on"]
        leftOn = try row["left_on"]
    }
}

extension OversightIndicator: RowDecodable {
    /// Reads a row of `governance.oversight_indicators`.
    public init(row: Row) throws(RowError) {
        let id: ID<OversightIndicator> = try row["indicator_id"]
        let position: Int = try row["position"]
        let name: String = try row["name"]
        let expected: String = try row["expected"]
        let droppedOn: CalendarDate? = try row["dropped_on"]
        do {
            try self.init(
                id: id, position: position, name: name, expected: expected, droppedOn: droppedOn)
        } catch {
            throw RowError(unreadable: "name", because: error)
        }
    }
}
