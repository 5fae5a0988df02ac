import Foundation
import Kernel
public import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    // MARK: Call and registry

    /// The calls of an alliance, the latest first.
    func allianceCalls(of alliance: ID<Alliance>) async throws -> [AllianceCall] {
        try await rows(
            """
            select called_by, caller, called_on, addressed_to, channels, file_id from governance.alliance_calls
            where organization_id = \(organization) and alliance_id = \(alliance)
            order by called_on desc, recorded_at desc
            """)
    }

    /// Adds a call.
    func insert(_ call: AllianceCall, of alliance: ID<Alliance>, at now: Date) async throws -> UUID {
        let id = ID<AllianceCall>().rawValue
        try await execute(
            """
            insert into governance.alliance_calls (
                organization_id, call_id, alliance_id, called_by, caller, called_on, addressed_to, channels,
                file_id, recorded_at, recorded_by)
            values (
                \(organization), \(id), \(alliance), \(call.calledBy), \(call.caller), \(call.calledOn),
                \(call.addressedTo), \(call.channels), \(call.file), \(now), \(scope.principal.user))
            """)
        return id
    }

    /// The steps of an alliance before the authority, the first first.
    func registrySteps(of alliance: ID<Alliance>) async throws -> [RegistryStep] {
        try await rows(
            """
            select kind, authority, number, happened_on, note, file_id from governance.registry_steps
            where organization_id = \(organization) and alliance_id = \(alliance)
            order by happened_on, recorded_at
            """)
    }

    /// Adds a step before the authority.
    func insert(
        _ step: RegistryStep, file: ID<StoredFile>?, of alliance: ID<Alliance>, at now: Date
    ) async throws -> UUID {
        let id = ID<RegistryStep>().rawValue
        try await execute(
            """
            insert into governance.registry_steps (
                organization_id, step_id, alliance_id, kind, authority, number, happened_on, note, file_id,
                recorded_at, recorded_by)
            values (
                \(organization), \(id), \(alliance), \(step.kind), \(step.authority), \(step.number),
                \(step.happenedOn), \(step.note), \(file), \(now), \(scope.principal.user))
            """)
        return id
    }

    // MARK: Renewals

    /// The renewals of an alliance, the latest first.
    func renewals(of alliance: ID<Alliance>) async throws -> [Renewal] {
        try await rows(
            """
            select renewal_id, state, begun_on, renewed_on, minutes, file_id, registration,
                (
                    select count(*) from governance.renewal_confirmations as confirmations
                    where confirmations.organization_id = \(organization)
                        and confirmations.renewal_id = renewals.renewal_id
                ) as confirmed
            from governance.renewals
            where organization_id = \(organization) and alliance_id = \(alliance)
            order by begun_at desc
            """)
    }

    /// The renewal of an alliance that goes on, held fast until the transaction ends.
    ///
    /// - Throws: ``LifeError/renewalNotFound``.
    func openRenewal(_ id: ID<Renewal>, of alliance: ID<Alliance>) async throws -> Renewal {
        try await execute(
            """
            select true from governance.renewals
            where organization_id = \(organization) and renewal_id = \(id) for no key update
            """)
        guard let found = try await renewals(of: alliance).first(where: { $0.id == id }), found.state == .open
        else { throw LifeError.renewalNotFound }
        return found
    }

    /// Begins a renewal.
    ///
    /// - Throws: ``LifeError/renewalOpen``.
    func insert(
        renewal id: ID<Renewal>, of alliance: ID<Alliance>, on day: CalendarDate, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.renewals (
                organization_id, renewal_id, alliance_id, state, begun_on, begun_at, begun_by)
            values (
                \(organization), \(id), \(alliance), 'open', \(day), \(now), \(scope.principal.user))
            """,
            refusals: ["renewals_one_open_key": LifeError.renewalOpen])
    }

    /// Notes members who go on; those who were noted stay as they are.
    ///
    /// - Returns: How many were noted now.
    func confirm(
        _ people: [ID<Person>], in renewal: ID<Renewal>, on day: CalendarDate, at now: Date
    ) async throws -> Int {
        try await execute(
            """
            insert into governance.renewal_confirmations (
                organization_id, renewal_id, person_id, confirmed_on, recorded_at, recorded_by)
            select \(organization), \(renewal), person_id, \(day), \(now), \(scope.principal.user)
            from unnest(\(people)) as people (person_id)
            on conflict on constraint renewal_confirmations_pkey do nothing
            """)
    }

    /// Ends a renewal.
    ///
    /// - Throws: ``LifeError/sameDay``.
    func finish(_ renewal: Renewal, registration: String?, file: ID<StoredFile>?, at now: Date) async throws {
        try await execute(
            """
            update governance.renewals
            set state = 'done', renewed_on = \(renewal.renewedOn), minutes = \(renewal.minutes),
                file_id = \(file), registration = \(registration), finished_at = \(now)
            where organization_id = \(organization) and renewal_id = \(renewal.id) and state = 'open'
            """,
            refusals: ["renewals_day_key": LifeError.sameDay])
    }

    /// Gives a renewal up.
    func drop(_ renewal: ID<Renewal>, because reason: String, at now: Date) async throws {
        try await execute(
            """
            update governance.renewals set state = 'dropped', dropped_reason = \(reason), finished_at = \(now)
            where organization_id = \(organization) and renewal_id = \(renewal) and state = 'open'
            """)
    }

    /// The members of an alliance on a day among people with these documents.
    func members(
        of alliance: ID<Alliance>, with documents: [IdentityDocument], on day: CalendarDate
    ) async throws -> [IdentityDocument: ID<Person>] {
        let known = try await people(with: documents).mapValues(\.person)
        let members = Set(
            try await values(
                """
                select person_id from membership.memberships
                where organization_id = \(organization) and alliance_id = \(alliance)
                    and person_id = any (\(Array(known.values))) and joined_on <= \(day)
                    and (left_on is null or left_on > \(day))
                """, as: ID<Person>.self))
        return known.filter { members.contains($0.value) }
    }

    /// How many asked to join an alliance, and how many are its members on a day.
    func enrolment(
        in alliance: ID<Alliance>, on day: CalendarDate
    ) async throws -> (applicants: Int, members: Int) {
        let applicants = try await value(
            """
            select count(distinct person_id) from membership.applications
            where organization_id = \(organization) and alliance_id = \(alliance)
            """, as: Int.self)
        let members = try await value(
            """
            select count(distinct person_id) from membership.memberships
            where organization_id = \(organization) and alliance_id = \(alliance) and joined_on <= \(day)
                and (left_on is null or left_on > \(day))
            """, as: Int.self)
        return (applicants ?? 0, members ?? 0)
    }

    // MARK: What the days bring

    /// The alliances that the days may pass on: those that called people and may have people asking to join, and those
    /// that are at work.
    func alliancesInLife() async throws -> [LivingAlliance] {
        try await rows(
            """
            select alliances.alliance_id, alliances.state,
                exists (
                    select from membership.applications
                    where applications.organization_id = \(organization)
                        and applications.alliance_id = alliances.alliance_id
                ) or exists (
                    select from membership.memberships
                    where memberships.organization_id = \(organization)
                        and memberships.alliance_id = alliances.alliance_id
                ) as is_enrolling
            from tenancy.alliances
            where alliances.organization_id = \(organization)
                and alliances.state in ('convened', 'active', 'renewal_due', 'expired')
            order by alliances.alliance_id
            """)
    }
}

/// An alliance that the days may pass on.
struct LivingAlliance: RowDecodable {
    let id: ID<Alliance>
    let state: Alliance.State
    let isEnrolling: Bool

    init(row: Row) throws(RowError) {
        id = try row["alliance_id"]
        state = try row["state"]
        isEnrolling = try row["is_enrolling"]
    }
}

extension AllianceCall: RowDecodable {
    /// Reads a row of `governance.alliance_calls`.
    public init(row: Row) throws(RowError) {
        self.init(
            calledBy: try row["called_by"], caller: try row["caller"], calledOn: try row["called_on"],
            addressedTo: try row["addressed_to"], channels: try row["channels"], file: try row["file_id"])
    }
}

extension RegistryStep: RowDecodable {
    /// Reads a row of `governance.registry_steps`.
    public init(row: Row) throws(RowError) {
        let kind: Kind = try row["kind"]
        let authority: String = try row["authority"]
        let number: String? = try row["number"]
        let day: CalendarDate = try row["happened_on"]
        let note: String = try row["note"]
        let file: ID<StoredFile>? = try row["file_id"]
        do {
            try self.init(kind, before: authority, number: number, on: day, note: note, file: file)
        } catch {
            throw RowError(unreadable: "kind", because: error)
        }
    }
}

extension Renewal: RowDecodable {
    /// Reads a row of `governance.renewals` with how many confirmed.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["renewal_id"], state: try row["state"], begunOn: try row["begun_on"],
            renewedOn: try row["renewed_on"], minutes: try row["minutes"], file: try row["file_id"],
            registration: try row["registration"], confirmed: try row["confirmed"])
    }
}

extension AllianceCall.Caller: SQLValue {}

extension RegistryStep.Kind: SQLValue {}

extension Renewal.State: SQLValue {}
