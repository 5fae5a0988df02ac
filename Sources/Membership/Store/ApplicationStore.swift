import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Application.Channel: SQLValue {}
extension Application.State: SQLValue {}

extension Application: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["application_id"], alliance: try row["alliance_id"], person: try row["person_id"],
            requestedOn: try row["requested_on"], channel: try row["channel"], state: try row["state"])
    }
}

extension ApplicationSummary: RowDecodable {
    /// Reads a row of a list.
    public init(row: Row) throws(RowError) {
        application = try Application(row: row)
        name = try row["name"]
        document = try row.identityDocument()
        municipality = try row["municipality"]
        decidedOn = try row["decided_on"]
        reason = try row["reason"]
    }
}

extension Transaction where Scope == TenantScope {
    /// Returns the requests of an alliance that wait, the oldest first.
    public func pendingApplications(of alliance: ID<Alliance>) async throws -> [Application] {
        try await rows(
            """
            select application_id, alliance_id, person_id, requested_on, channel, state
            from membership.applications
            where organization_id = \(organization) and alliance_id = \(alliance) and state = 'pending'
            order by requested_on, application_id
            """)
    }

    /// Reads a page of the requests of an alliance, and how many there are in all.
    func applications(
        _ query: ListApplications
    ) async throws -> (applications: [ApplicationSummary], total: Int) {
        let total: Int =
            try await value(
                """
                select count(*) from membership.applications
                where organization_id = \(organization) and alliance_id = \(query.alliance)
                    and (\(query.state)::text is null or state = \(query.state))
                """) ?? 0
        let applications = try await rows(
            """
            \(fragment: applicationRows)
                and applications.alliance_id = \(query.alliance)
                and (\(query.state)::text is null or state = \(query.state))
            order by case state when 'pending' then requested_on end nulls last, requested_on desc, application_id
            limit \(query.limit) offset \(query.offset)
            """, as: ApplicationSummary.self)
        return (applications, total)
    }

    /// Reads a request of an alliance.
    func applicationSummary(
        _ id: ID<Application>, of alliance: ID<Alliance>
    ) async throws -> ApplicationSummary? {
        try await row(
            """
            \(fragment: applicationRows)
                and applications.alliance_id = \(alliance) and application_id = \(id)
            """)
    }

    private var applicationRows: SQL {
        """
        select application_id, alliance_id, applications.person_id, requested_on, channel, state, decided_on, reason,
            concat_ws(' ', first_surname, second_surname, first_name, second_name) as name, document_type,
            document_number, catalogue.place(municipalities.name, municipalities.department) as municipality
        from membership.applications
        join membership.affiliates
            on affiliates.organization_id = \(organization) and affiliates.person_id = applications.person_id
        join catalogue.municipalities on municipalities.municipality_code = affiliates.municipality_code
        where applications.organization_id = \(organization)
        """
    }

    /// Returns a request.
    func application(_ id: ID<Application>) async throws -> Application? {
        try await row(
            """
            select application_id, alliance_id, person_id, requested_on, channel, state
            from membership.applications
            where organization_id = \(organization) and application_id = \(id)
            for update
            """)
    }

    /// Adds a request.
    func insert(_ application: Application, at now: Date) async throws {
        try await execute(
            """
            insert into membership.applications (
                organization_id, application_id, alliance_id, person_id, requested_on, channel, state,
                recorded_at)
            values (
                \(organization), \(application.id), \(application.alliance), \(application.person),
                \(application.requestedOn), \(application.channel), \(application.state), \(now))
            """,
            refusals: ["applications_pending_key": ApplicationError.alreadyPending])
    }

    /// Decides a request that waits.
    func decide(
        _ application: ID<Application>, as state: Application.State, on day: CalendarDate,
        because reason: String?
    ) async throws {
        let decided = try await execute(
            """
            update membership.applications
            set state = \(state), decided_on = \(day), decided_by = \(scope.principal.user), reason = \(reason)
            where organization_id = \(organization) and application_id = \(application) and state = 'pending'
            """)
        guard decided == 1 else { throw ApplicationError.notPending }
    }

    /// Closes the requests of a person that wait, as taken back.
    func closeApplications(of person: ID<Person>, on day: CalendarDate) async throws {
        try await execute(
            """
            update membership.applications
            set state = 'withdrawn', decided_on = greatest(\(day), requested_on),
                decided_by = \(scope.principal.user)
            where organization_id = \(organization) and person_id = \(person) and state = 'pending'
            """)
    }
}
