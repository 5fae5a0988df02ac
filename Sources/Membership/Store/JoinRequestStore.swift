import Foundation
import Kernel
public import Postgres
import Tenancy

extension JoinRequest: RowDecodable {
    /// Reads a row of `membership.join_requests`.
    public init(row: Row) throws(RowError) {
        id = try row["request_id"]
        requestedOn = try row["requested_on"]
        agreement = Agreement(
            personal: try row["personal_text_id"], sensitive: try row["sensitive_text_id"])
        application = try row["application_id"]
        closeReason = try row["close_reason"]
        let name: String? = try row["name"]
        let birthDate: CalendarDate? = try row["birth_date"]
        guard let name, let birthDate else {
            typed = nil
            return
        }
        let phone: String? = try row["phone"]
        let email: String? = try row["email"]
        let document = try row.identityDocument()
        do {
            typed = try Typed(
                document: document, name: name, birthDate: birthDate, phone: phone, email: email)
        } catch {
            throw RowError(unreadable: "name", because: error)
        }
    }
}

extension JoinReceipt: RowDecodable {
    /// Reads a request with the application that it became.
    public init(row: Row) throws(RowError) {
        requestedOn = try row["requested_on"]
        state = try row["state"]
        answeredOn = try row["answered_on"]
        reason = try row["reason"]
        isErased = try row["is_erased"]
    }
}

extension Transaction where Scope == TenantScope {
    private var joinRequestRows: SQL {
        """
        select request_id, document_type, document_number, name, birth_date, phone, email, personal_text_id,
            sensitive_text_id, requested_on, application_id, close_reason
        from membership.join_requests
        where organization_id = \(organization)
        """
    }

    /// The requests of an alliance that wait for somebody to say who it is, the oldest first.
    func waitingJoinRequests(of alliance: ID<Alliance>, limit: Int) async throws -> [JoinRequest] {
        try await rows(
            """
            \(fragment: joinRequestRows) and alliance_id = \(alliance)
                and application_id is null and closed_on is null
            order by requested_on, request_id
            limit \(limit)
            """)
    }

    /// How many of them there are.
    func waitingJoinRequestCount(of alliance: ID<Alliance>) async throws -> Int {
        try await value(
            """
            select count(*) from membership.join_requests
            where organization_id = \(organization) and alliance_id = \(alliance)
                and application_id is null and closed_on is null
            """) ?? 0
    }

    /// A request of an alliance.
    func joinRequest(_ id: ID<JoinRequest>, of alliance: ID<Alliance>) async throws -> JoinRequest? {
        try await row(
            "\(fragment: joinRequestRows) and alliance_id = \(alliance) and request_id = \(id)")
    }

    /// The request that became an application; `nil` where it came otherwise.
    func joinRequest(of application: ID<Application>) async throws -> JoinRequest? {
        try await row("\(fragment: joinRequestRows) and application_id = \(application)")
    }

    /// The request that a code is of; `nil` where none of the alliance has it.
    func joinRequest(by code: ReadableCode, of alliance: ID<Alliance>) async throws -> JoinRequest? {
        try await row(
            """
            \(fragment: joinRequestRows) and alliance_id = \(alliance) and receipt_digest = \(code.digest)
            """)
    }

    /// What the register has of who asks.
    func finding(
        about typed: JoinRequest.Typed, for alliance: ID<Alliance>, on day: CalendarDate
    ) async throws -> JoinRequest.Finding {
        let found = try await affiliates(with: [typed.document], memberOf: alliance, on: day).first
        guard let found, let person = found.person else { return .unknown }
        if found.isMember { return .alreadyMember(person) }
        let isPending: Bool =
            try await value(
                """
                select exists (
                    select from membership.applications
                    where organization_id = \(organization) and alliance_id = \(alliance)
                        and person_id = \(person) and state = 'pending')
                """) ?? false
        if isPending { return .alreadyPending(person) }
        let birthDate: CalendarDate? = try await value(
            """
            select birth_date from membership.affiliates
            where organization_id = \(organization) and person_id = \(person)
            """)
        return birthDate == typed.birthDate ? .same(person) : .otherBirthDate(person)
    }

    /// Keeps a request as it was typed.
    func insert(
        _ typed: JoinRequest.Typed, as id: ID<JoinRequest>, agreeing agreement: JoinRequest.Agreement,
        of alliance: ID<Alliance>, receipt code: ReadableCode, application: ID<Application>?, at now: Date
    ) async throws {
        try await execute(
            """
            insert into membership.join_requests (
                organization_id, request_id, alliance_id, document_type, document_number, name, birth_date,
                phone, email, personal_text_id, sensitive_text_id, receipt_digest, requested_on, recorded_at,
                application_id)
            values (
                \(organization), \(id), \(alliance), \(typed.document.type), \(typed.document.number),
                \(typed.name), \(typed.birthDate), \(typed.phone), \(typed.email), \(agreement.personal),
                \(agreement.sensitive), \(code.digest), \(ColombianTime.date(at: now)), \(now),
                \(application))
            """)
    }

    /// Makes a request that waits the application of a person.
    func identify(_ id: ID<JoinRequest>, as application: ID<Application>) async throws {
        let changed = try await execute(
            """
            update membership.join_requests set application_id = \(application)
            where organization_id = \(organization) and request_id = \(id)
                and application_id is null and closed_on is null
            """)
        guard changed == 1 else { throw JoinRequestError.notWaiting }
    }

    /// Closes a request that waits.
    func close(_ id: ID<JoinRequest>, because reason: String, on day: CalendarDate) async throws {
        let changed = try await execute(
            """
            update membership.join_requests
            set closed_on = \(day), closed_by = \(scope.principal.user), close_reason = \(reason)
            where organization_id = \(organization) and request_id = \(id)
                and application_id is null and closed_on is null
            """)
        guard changed == 1 else { throw JoinRequestError.notWaiting }
    }

    /// Erases what somebody typed; what they agreed to, and what came of it, stays.
    func eraseTyped(of id: ID<JoinRequest>, on day: CalendarDate) async throws {
        let changed = try await execute(
            """
            update membership.join_requests
            set document_type = null, document_number = null, name = null, birth_date = null, phone = null,
                email = null, erased_on = \(day)
            where organization_id = \(organization) and request_id = \(id) and erased_on is null
            """)
        guard changed == 1 else { throw JoinRequestError.erasedAlready }
    }

    /// Where the request stands that a code is of; `nil` where none of the alliance has it.
    func joinReceipt(by code: ReadableCode, of alliance: ID<Alliance>) async throws -> JoinReceipt? {
        try await row(
            """
            select requests.requested_on,
                coalesce(
                    applications.state, case when closed_on is null then 'pending' else 'refused' end) as state,
                coalesce(applications.decided_on, closed_on) as answered_on,
                coalesce(applications.reason, close_reason) as reason, erased_on is not null as is_erased
            from membership.join_requests as requests
            left join membership.applications on applications.organization_id = \(organization)
                and applications.application_id = requests.application_id
            where requests.organization_id = \(organization) and requests.alliance_id = \(alliance)
                and receipt_digest = \(code.digest)
            """)
    }
}
