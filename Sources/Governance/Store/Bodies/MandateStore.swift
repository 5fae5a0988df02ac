public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// Every mandate of a body, past ones too, by seat and then from the latest to the first.
    public func mandates(of body: ID<Body>) async throws -> [MandateSummary] {
        try await rows(
            """
            \(fragment: mandateColumns)
            where mandates.organization_id = \(organization) and mandates.body_id = \(body)
            order by mandates.seat_id, mandates.starts_on desc, mandates.rank
            """,
            as: MandateRow.self
        ).map(\.mandate)
    }

    /// A mandate, `nil` where this tenant has none of that identifier.
    public func mandate(_ id: ID<Mandate>) async throws -> MandateSummary? {
        try await row(
            """
            \(fragment: mandateColumns)
            where mandates.organization_id = \(organization) and mandates.mandate_id = \(id)
            """,
            as: MandateRow.self
        )?.mandate
    }

    /// Who holds the seats of a body on a day, principals and alternates, by seat and in their order; those who go
    /// on until replaced too.
    public func holders(of body: ID<Body>, on day: CalendarDate) async throws -> [MandateSummary] {
        guard let seated = try await seatedBody(body, on: day) else { return [] }
        return seated.seatings.flatMap { seating in
            [seating.principal].compactMap { $0?.mandate } + seating.alternates.map(\.mandate)
        }
    }

    /// Opens mandates, each no longer than its body's limit and, in a body of the alliance's own, the bylaws in force
    /// on its first day allow; the limit is kept with it as it stands now, and eligibility learns of it.
    ///
    /// In a body whose proclamation makes the mandate it is in force at once; elsewhere one that comes from an
    /// election, held here or before, waits for the act of appointment and the `posesión`.
    ///
    /// - Throws: ``MandateError``; nothing of the transaction is to be kept then.
    public func openMandates(_ mandates: [NewMandate], at now: Date) async throws {
        var bodies: Set<ID<Body>> = []
        for mandate in mandates {
            guard let terms = try await terms(of: mandate.seat) else { throw MandateError.seatNotFound }
            let limit = try await limit(of: terms, from: mandate.startsOn)
            let lastDay = mandate.startsOn.addingMonths(limit.months) - 1
            let endsOn = mandate.endsOn ?? lastDay
            guard mandate.startsOn <= endsOn else { throw MandateError.endsBeforeItStarts }
            guard endsOn <= lastDay else { throw MandateError.longerThanLimit(months: limit.months) }
            let waits =
                terms.formation == .appointment && [.election, .recorded].contains(mandate.origin)
            let (person, name) = mandate.holder.columns
            let opened = try await execute(
                """
                insert into governance.mandates (
                    organization_id, mandate_id, body_id, seat_id, rank, person_id, holder_name, starts_on,
                    ends_on, limit_months, limit_norm, state, origin, process_id, paper, paper_file_id, opened_at)
                select \(organization), \(mandate.id), \(terms.body), \(mandate.seat), \(mandate.rank),
                    \(person), holder_name, \(mandate.startsOn), \(endsOn), \(limit.months), \(limit.norm),
                    \(waits ? MandateSummary.State.pending : .inForce), \(mandate.origin),
                    \(mandate.process), \(mandate.paper), \(mandate.paperFile), \(now)
                from (
                    select \(name) as holder_name
                    union all
                    select concat_ws(' ', first_name, second_name, first_surname, second_surname)
                    from membership.affiliates
                    where organization_id = \(organization) and person_id = \(person)
                ) as holders
                where holder_name is not null
                """,
                refusals: [
                    "mandates_within_limit": MandateError.longerThanLimit(months: limit.months),
                    "mandates_one_holder": MandateError.seatTaken,
                    "mandates_elected_is_known": MandateError.holderMustBeKnown,
                    "mandates_recorded_has_paper": MandateError.paperMissing,
                ])
            guard opened == 1 else { throw MandateError.holderNotFound }
            bodies.insert(terms.body)
        }
        for body in bodies { try await followService(in: body, at: now) }
    }

    /// What a mandate that begins on a day may last: its body's limit, or what the bylaws of that day order where that
    /// is less.
    private func limit(
        of terms: MandateTerms, from day: CalendarDate
    ) async throws -> (months: Int, norm: String?) {
        guard !terms.isExternal, let alliance = terms.alliance,
            let bylaws = try await bylaws(of: alliance, on: day),
            let months = bylaws.integer(.termMonths), months > 0, months < terms.months
        else { return (terms.months, terms.norm) }
        let article = bylaws.parameters[.termMonths]?.article
        return (months, article.map { "\(bylaws.title), artículo \($0)" } ?? bylaws.title)
    }

    /// Tells the rest of what is served in a body now, after anything that changed it: eligibility learns what was
    /// served of each period, and an alliance whose users somebody represents today is active.
    ///
    /// Who goes on until replaced serves without an end; who never took office, or was annulled, never served.
    func followService(in body: ID<Body>, at now: Date) async throws {
        let changes = try await rows(
            """
            select mandates.mandate_id, mandates.state, mandates.person_id, service.served_from,
                service.served_until, facts.fact_id is not null as is_known
            from governance.mandates
            left join governance.service on service.organization_id = \(organization)
                and service.mandate_id = mandates.mandate_id
            left join membership.recorded_facts as facts on facts.organization_id = \(organization)
                and facts.origin_id = mandates.mandate_id and facts.cancelled_at is null
            where mandates.organization_id = \(organization) and mandates.body_id = \(body)
                and ((service.mandate_id is null) <> (facts.fact_id is null)
                    or service.served_until is distinct from facts.valid_until)
            order by mandates.starts_on, mandates.mandate_id
            """,
            as: ServiceChange.self)
        for change in changes {
            let origin = change.mandate.rawValue
            switch (change.service, change.isKnown) {
            case (let service?, false):
                try await record(
                    FactRecord(
                        person: service.person, kind: "mandate", value: body.description,
                        source: "historial de períodos", validFrom: service.from,
                        validUntil: service.until, origin: origin),
                    at: now)
            case (let service?, true): try await moveEnd(ofFactsOf: origin, to: service.until)
            case (nil, _):
                try await cancelFacts(
                    of: origin,
                    because: change.state == .annulled
                        ? "El período se anuló." : "El período no llegó a ejercerse.", at: now)
            }
        }
        try await advanceIfRepresented(by: body, on: ColombianTime.date(at: now))
    }

    /// An alliance is active once somebody holds a seat today in a body that governs it: neither one outside, nor the
    /// committee that holds its election.
    private func advanceIfRepresented(by body: ID<Body>, on day: CalendarDate) async throws {
        let alliance: ID<Alliance>? = try await value(
            """
            select bodies.alliance_id from governance.bodies
            where bodies.organization_id = \(organization) and bodies.body_id = \(body)
                and bodies.alliance_id is not null and not bodies.is_external
                and bodies.kind <> 'election_committee'
                and exists (
                    select from governance.holdings
                    where holdings.organization_id = \(organization) and holdings.body_id = \(body)
                        and holdings.rank = 0 and holdings.held_from <= \(day)
                        and holdings.held_until >= \(day) and holdings.ends_on >= \(day))
            """)
        if let alliance { try await advance(alliance, to: .active) }
    }

    /// Ends a mandate, and the grants that came with it. What ends before anybody held the seat by it was never held.
    ///
    /// - Throws: ``MandateError/alreadyEnded``, ``MandateError/seatTaken``.
    func end(
        _ mandate: ID<Mandate>, on day: CalendarDate, because reason: MandateSummary.EndReason, note: String?,
        paper: String? = nil, file: ID<StoredFile>? = nil, at now: Date
    ) async throws {
        guard let found = try await self.mandate(mandate) else { throw MandateError.notFound }
        let ended = try await execute(
            """
            update governance.mandates
            set state = \(found.state(endingOn: day, because: reason)), ended_on = \(day),
                end_reason = \(reason), end_note = \(note), end_paper = \(paper), end_file_id = \(file)
            where organization_id = \(organization) and mandate_id = \(mandate)
                and state in ('pending', 'in_force')
            """,
            refusals: [
                "mandates_one_holder": MandateError.seatTaken,
                "mandates_end_in_period": MandateError.endsBeforeItBegan(found.startsOn),
            ])
        guard ended == 1 else { throw MandateError.alreadyEnded }
        try await followService(in: found.body, at: now)
        try await endGrants(from: mandate, at: now)
    }

    /// Writes the act of appointment and, with a `posesión`, puts the mandate in force.
    ///
    /// - Throws: ``MandateError/alreadyInForce`` where it does not wait.
    func appoint(
        _ mandate: ID<Mandate>, by act: String, on appointedOn: CalendarDate, tookOfficeOn: CalendarDate?,
        at now: Date
    ) async throws {
        let state: MandateSummary.State = tookOfficeOn == nil ? .pending : .inForce
        let appointed = try await execute(
            """
            update governance.mandates
            set state = \(state), appointment_act = \(act), appointed_on = \(appointedOn),
                took_office_on = \(tookOfficeOn)
            where organization_id = \(organization) and mandate_id = \(mandate) and state = 'pending'
            """,
            refusals: ["mandates_office_after_appointment": MandateError.officeBeforeAppointment])
        guard appointed == 1 else { throw MandateError.alreadyInForce }
        if tookOfficeOn != nil, let made = try await self.mandate(mandate) {
            try await followService(in: made.body, at: now)
        }
    }

    /// What the body of a seat orders, `nil` where there is no such seat any more.
    private func terms(of seat: ID<Seat>) async throws -> MandateTerms? {
        try await row(
            """
            select bodies.body_id, bodies.alliance_id, bodies.is_external, bodies.term_months,
                bodies.term_norm, bodies.formation
            from governance.seats
            join governance.bodies on bodies.organization_id = seats.organization_id
                and bodies.body_id = seats.body_id
            where seats.organization_id = \(organization) and bodies.organization_id = \(organization)
                and seats.seat_id = \(seat) and seats.abolished_on is null and bodies.dissolved_on is null
            """)
    }
}

extension NewMandate.Holder {
    /// The person or the name, the other being null.
    fileprivate var columns: (person: ID<Person>?, name: String?) {
        switch self {
        case .person(let person): (person, nil)
        case .named(let name): (nil, name)
        }
    }
}

// MARK: - Rows

/// The columns of ``MandateRow``, up to the condition.
let mandateColumns: SQL = """
    select mandates.mandate_id, mandates.body_id, mandates.seat_id, mandates.rank, mandates.person_id,
        mandates.holder_name, mandates.starts_on, mandates.ends_on, mandates.ended_on, mandates.end_reason,
        mandates.end_note, mandates.end_paper, mandates.end_file_id, mandates.state, mandates.origin, mandates.process_id, mandates.paper,
        mandates.paper_file_id,
        mandates.appointment_act, mandates.appointed_on, mandates.took_office_on, holdings.held_from,
        nullif(holdings.held_until, 'infinity') as held_until, holdings.replaced_on
    from governance.mandates
    join governance.holdings on holdings.organization_id = mandates.organization_id
        and holdings.mandate_id = mandates.mandate_id
    """

private struct MandateTerms: RowDecodable {
    let body: ID<Body>
    let alliance: ID<Alliance>?
    let isExternal: Bool
    let months: Int
    let norm: String?
    let formation: Body.Formation

    init(row: Row) throws(RowError) {
        body = try row["body_id"]
        alliance = try row["alliance_id"]
        isExternal = try row["is_external"]
        months = try row["term_months"]
        norm = try row["term_norm"]
        formation = try row["formation"]
    }
}

/// A mandate whose service is another than eligibility knows.
private struct ServiceChange: RowDecodable {
    let mandate: ID<Mandate>
    let state: MandateSummary.State
    let service: (person: ID<Person>, from: CalendarDate, until: CalendarDate?)?
    let isKnown: Bool

    init(row: Row) throws(RowError) {
        mandate = try row["mandate_id"]
        state = try row["state"]
        isKnown = try row["is_known"]
        let from: CalendarDate? = try row["served_from"]
        service = if let from { (try row["person_id"], from, try row["served_until"]) } else { nil }
    }
}

struct MandateRow: RowDecodable {
    let mandate: MandateSummary

    init(row: Row) throws(RowError) {
        let heldFrom: CalendarDate? = try row["held_from"]
        let heldUntil: CalendarDate? = try row["held_until"]
        mandate = MandateSummary(
            id: try row["mandate_id"], body: try row["body_id"], seat: try row["seat_id"],
            rank: try row["rank"], person: try row["person_id"], holderName: try row["holder_name"],
            startsOn: try row["starts_on"], endsOn: try row["ends_on"], endedOn: try row["ended_on"],
            endReason: try row["end_reason"], endNote: try row["end_note"], endPaper: try row["end_paper"],
            endFile: try row["end_file_id"], state: try row["state"],
            origin: try row["origin"], process: try row["process_id"], paper: try row["paper"],
            paperFile: try row["paper_file_id"],
            appointmentAct: try row["appointment_act"], appointedOn: try row["appointed_on"],
            tookOfficeOn: try row["took_office_on"],
            held: heldFrom.map { MandateSummary.HeldDays(from: $0, until: heldUntil) },
            replacedOn: try row["replaced_on"])
    }
}

extension MandateSummary.State: SQLValue {}

extension MandateSummary.Origin: SQLValue {}

extension MandateSummary.EndReason: SQLValue {}
