import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension LeaveReason: SQLValue {}
extension AffiliationState: SQLValue {}

/// An affiliate as a document finds them.
struct FoundAffiliate: RowDecodable {
    let document: IdentityDocument
    let person: ID<Person>?
    let name: String?
    let isMember: Bool

    init(row: Row) throws(RowError) {
        document = try row.identityDocument()
        person = try row["person_id"]
        name = try row["name"]
        isMember = try row["is_member"]
    }
}

extension Transaction where Scope == TenantScope {
    /// Looks documents up in the register, and says who of them is a member of an alliance on a day or after it.
    func affiliates(
        with documents: [IdentityDocument], memberOf alliance: ID<Alliance>, on day: CalendarDate
    ) async throws -> [FoundAffiliate] {
        try await rows(
            """
            select asked.document_type, asked.document_number, affiliates.person_id,
                nullif(concat_ws(' ', first_name, second_name, first_surname, second_surname), '') as name,
                exists (
                    select from membership.memberships
                    where memberships.organization_id = \(organization)
                        and memberships.alliance_id = \(alliance)
                        and memberships.person_id = affiliates.person_id
                        and (left_on is null or left_on > greatest(\(day), joined_on))) as is_member
            from unnest(\(documents.map(\.type.rawValue)), \(documents.map(\.number)))
                with ordinality as asked (document_type, document_number, place)
            left join membership.affiliates
                on affiliates.organization_id = \(organization)
                and affiliates.document_type = asked.document_type
                and affiliates.document_number = asked.document_number
            order by asked.place
            """)
    }

    /// Which requirements of members people would fail on a day, by their titles. The authorisation of data is
    /// not asked: joining gives it.
    func obstacles(
        of people: [ID<Person>], to alliance: ID<Alliance>, on day: CalendarDate, at now: Date
    ) async throws -> [ID<Person>: [String]] {
        let space = EligibilitySpace(alliance: alliance)
        let requirements = try await requirements(for: .member, in: space, at: now).filter { requirement in
            if case .consent = requirement.evaluator { false } else { true }
        }
        let titles = Dictionary(uniqueKeysWithValues: requirements.map { ($0.id, $0.title) })
        let queries = OutcomeQueries(
            organization: organization, space: space, day: day, moment: now,
            population: "select distinct person_id from unnest(\(people)) as asked (person_id)")
        let verdicts = try await rows(queries.verdicts(on: requirements), as: PersonVerdict.self)
        return Dictionary(
            uniqueKeysWithValues: verdicts.filter { !$0.failed.isEmpty }.map { verdict in
                (verdict.person, verdict.failed.map { titles[$0] ?? $0 })
            })
    }

    /// Writes authorisations and periods of new members, who agreed on the day on which they join or before it.
    func enrol(
        _ people: [ID<Person>], in alliance: ID<Alliance>, on day: CalendarDate, agreeing text: ConsentText,
        agreedOn: CalendarDate? = nil, through channel: ConsentChannel, proof: ID<StoredFile>?,
        application: ID<Application>?, at now: Date
    ) async throws {
        let periods = people.map { _ in ID<MemberPeriod>() }
        let agreedOn = agreedOn ?? day
        try await insertConsents(of: people, to: text, on: agreedOn, through: channel, proof: proof, at: now)
        try await execute(
            """
            insert into membership.memberships (
                organization_id, membership_id, alliance_id, person_id, application_id, consent_id, joined_on,
                recorded_at)
            select \(organization), membership_id, \(alliance), new.person_id, \(application), consent_id,
                \(day), \(now)
            from unnest(\(periods), \(people)) as new (membership_id, person_id)
            join membership.consents on consents.organization_id = \(organization)
                and consents.person_id = new.person_id and consents.consent_text_id = \(text.id)
                and consents.given_on = \(agreedOn)
            """,
            refusals: [
                "memberships_current_key": MemberError.alreadyMember("Alguien de la lista"),
                "memberships_periods_apart": MemberError.alreadyMember("Alguien de la lista"),
            ])
    }

    /// Ends the current period of a member.
    ///
    /// - Returns: Whether there was one.
    func endMembership(
        of person: ID<Person>, in alliance: ID<Alliance>, on day: CalendarDate, because reason: LeaveReason
    ) async throws -> Bool {
        try await execute(
            """
            update membership.memberships set left_on = \(day), leave_reason = \(reason)
            where organization_id = \(organization) and alliance_id = \(alliance) and person_id = \(person)
                and left_on is null
            """,
            refusals: ["memberships_period": MemberError.leavesBeforeJoining]) == 1
    }

    /// Ends the current periods of a person in every alliance.
    ///
    /// - Returns: The alliances.
    func endMemberships(
        of person: ID<Person>, on day: CalendarDate, because reason: LeaveReason
    ) async throws -> [ID<Alliance>] {
        let alliances = try await values(
            """
            select alliance_id from membership.memberships
            where organization_id = \(organization) and person_id = \(person) and left_on is null
            order by alliance_id
            """, as: ID<Alliance>.self)
        for alliance in alliances {
            _ = try await endMembership(of: person, in: alliance, on: day, because: reason)
        }
        return alliances
    }

    /// The periods of a person in an alliance, the latest first.
    public func periods(
        of person: ID<Person>, in alliance: ID<Alliance>
    ) async throws -> [MemberPeriod] {
        try await rows(
            """
            select membership_id, alliance_id, joined_on, left_on, leave_reason from membership.memberships
            where organization_id = \(organization) and alliance_id = \(alliance) and person_id = \(person)
            order by joined_on desc, recorded_at desc
            """)
    }

    /// Whether somebody is or was ever a member of an alliance; who was enrolled by mistake was.
    func hasBeenMember(_ person: ID<Person>, of alliance: ID<Alliance>) async throws -> Bool {
        try await value(
            """
            select exists (
                select from membership.memberships
                where organization_id = \(organization) and alliance_id = \(alliance)
                    and person_id = \(person))
            """) ?? false
    }

    /// Refuses to tell of a person whom the alliance has nothing to do with, but for who sees the whole register.
    ///
    /// - Throws: ``MemberError/unknownPerson``.
    func requireKnown(_ person: ID<Person>, to alliance: ID<Alliance>) async throws {
        if seesRegister { return }
        guard try await hasBeenMember(person, of: alliance) else { throw MemberError.unknownPerson }
    }

    /// Whether who asks sees the register of affiliates of the whole entity.
    var seesRegister: Bool { scope.principal.holds(.seeAffiliates, in: .office) }

    /// How many current members an alliance has on a day.
    public func memberCount(of alliance: ID<Alliance>, on day: CalendarDate) async throws -> Int {
        try await value(
            """
            select count(*) from membership.memberships
            where organization_id = \(organization) and alliance_id = \(alliance)
                and joined_on <= \(day) and (left_on is null or left_on > \(day))
            """) ?? 0
    }
}

/// The verdict on one person, with the codes that they fail.
private struct PersonVerdict: RowDecodable {
    let person: ID<Person>
    let failed: [String]

    init(row: Row) throws(RowError) {
        person = try row["person_id"]
        failed = try row["failed"]
    }
}

extension MemberPeriod: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["membership_id"], alliance: try row["alliance_id"], joinedOn: try row["joined_on"],
            leftOn: try row["left_on"], leaveReason: try row["leave_reason"])
    }
}
