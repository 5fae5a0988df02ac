import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// The work groups of an alliance, those that go on first.
    public func workGroups(of alliance: ID<Alliance>) async throws -> [WorkGroup] {
        try await rows(
            """
            select group_id, kind, name, charge, activity_id, began_on, ends_on, ended_on, end_reason, report,
                report_file_id
            from governance.work_groups
            where organization_id = \(organization) and alliance_id = \(alliance)
            order by ended_on is not null, ended_on desc, name, group_id
            """)
    }

    /// A work group of an alliance, kept as it is until the transaction ends.
    ///
    /// - Throws: ``WorkGroupError/notFound``.
    func lockedWorkGroup(_ id: ID<WorkGroup>, of alliance: ID<Alliance>) async throws -> WorkGroup {
        let found = try await row(
            """
            select group_id, kind, name, charge, activity_id, began_on, ends_on, ended_on, end_reason, report,
                report_file_id
            from governance.work_groups
            where organization_id = \(organization) and alliance_id = \(alliance) and group_id = \(id)
            for no key update
            """, as: WorkGroup.self)
        guard let found else { throw WorkGroupError.notFound }
        return found
    }

    /// Who is and was in the work groups of an alliance, those who coordinate first.
    public func groupMembers(of alliance: ID<Alliance>) async throws -> [ID<WorkGroup>: [WorkGroupMember]] {
        let found = try await rows(
            """
            select members.group_id, members.member_id, members.person_id, members.role, members.joined_on,
                members.left_on,
                concat_ws(' ', people.first_name, people.second_name, people.first_surname,
                    people.second_surname) as name
            from governance.work_group_members as members
            join governance.work_groups as groups on groups.organization_id = \(organization)
                and groups.group_id = members.group_id
            join membership.affiliates as people on people.organization_id = \(organization)
                and people.person_id = members.person_id
            where members.organization_id = \(organization) and groups.alliance_id = \(alliance)
            order by members.left_on is not null, members.role, name, members.member_id
            """, as: MemberRow.self)
        return Dictionary(grouping: found, by: \.group).mapValues { $0.map(\.member) }
    }

    /// Adds a work group.
    ///
    /// - Throws: ``WorkGroupError/nameTaken``.
    func insert(_ group: WorkGroup, of alliance: ID<Alliance>, at now: Date) async throws {
        try await execute(
            """
            insert into governance.work_groups (
                organization_id, group_id, alliance_id, kind, name, charge, activity_id, began_on, ends_on,
                recorded_at, recorded_by)
            values (
                \(organization), \(group.id), \(alliance), \(group.kind), \(group.name), \(group.charge),
                \(group.activity), \(group.beganOn), \(group.endsOn), \(now), \(scope.principal.user))
            """,
            refusals: ["work_groups_name_key": WorkGroupError.nameTaken])
    }

    /// Writes how a group ended, and that nobody is in it any more.
    func end(_ group: ID<WorkGroup>, _ end: WorkGroup.End) async throws {
        try await pipeline([
            """
            update governance.work_groups
            set ended_on = \(end.day), end_reason = \(end.reason), report = \(end.report),
                report_file_id = \(end.file)
            where organization_id = \(organization) and group_id = \(group)
            """,
            """
            update governance.work_group_members set left_on = greatest(\(end.day)::date, joined_on)
            where organization_id = \(organization) and group_id = \(group) and left_on is null
            """,
        ])
    }

    /// Adds somebody to a group.
    ///
    /// - Throws: ``WorkGroupError/alreadyIn``.
    func insert(
        member person: ID<Person>, as role: WorkGroupMember.Role, of group: ID<WorkGroup>,
        since day: CalendarDate, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.work_group_members (
                organization_id, member_id, group_id, person_id, role, joined_on, recorded_at, recorded_by)
            values (
                \(organization), \(ID<WorkGroupMember>()), \(group), \(person), \(role), \(day), \(now),
                \(scope.principal.user))
            """,
            refusals: ["work_group_members_current_key": WorkGroupError.alreadyIn])
    }

    /// Writes that somebody left a group.
    ///
    /// - Throws: ``WorkGroupError/notIn``.
    func leave(
        _ member: ID<WorkGroupMember>, of group: ID<WorkGroup>, on day: CalendarDate
    ) async throws {
        let written = try await execute(
            """
            update governance.work_group_members set left_on = greatest(\(day)::date, joined_on)
            where organization_id = \(organization) and group_id = \(group) and member_id = \(member)
                and left_on is null
            """)
        guard written == 1 else { throw WorkGroupError.notIn }
    }
}

// MARK: - Rows

extension WorkGroup: RowDecodable {
    /// Reads a row of `governance.work_groups`.
    public init(row: Row) throws(RowError) {
        let id: ID<WorkGroup> = try row["group_id"]
        let kind: Kind = try row["kind"]
        let name: String = try row["name"]
        let charge: String = try row["charge"]
        let activity: ID<WorkPlan.Activity>? = try row["activity_id"]
        let beganOn: CalendarDate = try row["began_on"]
        let endsOn: CalendarDate? = try row["ends_on"]
        let endedOn: CalendarDate? = try row["ended_on"]
        let reason: String? = try row["end_reason"]
        let report: String? = try row["report"]
        let file: ID<StoredFile>? = try row["report_file_id"]
        do {
            var end: End?
            if let endedOn, let reason, let report {
                end = try End(on: endedOn, because: reason, report: report, file: file)
            }
            try self.init(
                id: id, kind: kind, name: name, charge: charge, activity: activity, beganOn: beganOn,
                endsOn: endsOn, end: end)
        } catch {
            throw RowError(unreadable: "name", because: error)
        }
    }
}

private struct MemberRow: RowDecodable {
    let group: ID<WorkGroup>
    let member: WorkGroupMember

    init(row: Row) throws(RowError) {
        group = try row["group_id"]
        member = WorkGroupMember(
            id: try row["member_id"], person: try row["person_id"], name: try row["name"],
            role: try row["role"], joinedOn: try row["joined_on"], leftOn: try row["left_on"])
    }
}

extension WorkGroup.Kind: SQLValue {}

extension WorkGroupMember.Role: SQLValue {}
