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
            where organization_id = \(organization) and body_id = \(body)
            order by seat_id, starts_on desc, rank
            """,
            as: MandateRow.self
        ).map(\.mandate)
    }

    /// Opens mandates, each no longer than its body's limit, which is kept with it as it stands now, and
    /// records the fact for eligibility.
    ///
    /// In a body whose proclamation makes the mandate it is in force at once; elsewhere it waits for the
    /// act of appointment and the `posesión`.
    ///
    /// - Throws: ``MandateError``.
    public func openMandates(_ mandates: [NewMandate], at now: Date) async throws {
        for mandate in mandates {
            guard
                let terms = try await row(
                    """
                    select bodies.body_id, bodies.term_months, bodies.term_norm, bodies.formation
                    from governance.seats
                    join governance.bodies on bodies.organization_id = seats.organization_id
                        and bodies.body_id = seats.body_id
                    where seats.organization_id = \(organization) and bodies.organization_id = \(organization)
                        and seats.seat_id = \(mandate.seat) and seats.abolished_on is null
                    """,
                    as: MandateTerms.self)
            else { throw MandateError.seatNotFound }
            let endsOn = mandate.endsOn ?? mandate.startsOn.addingMonths(terms.months) - 1
            guard mandate.startsOn <= endsOn else { throw MandateError.endsBeforeItStarts }
            let waits = mandate.origin == .election && terms.formation == .appointment
            try await execute(
                """
                insert into governance.mandates (
                    organization_id, mandate_id, body_id, seat_id, rank, person_id, holder_name, starts_on,
                    ends_on, limit_months, limit_norm, state, origin, process_id, opened_at)
                select \(organization), \(mandate.id), \(terms.body), \(mandate.seat), \(mandate.rank),
                    person_id, concat_ws(' ', first_name, second_name, first_surname, second_surname),
                    \(mandate.startsOn), \(endsOn), \(terms.months), \(terms.norm),
                    \(waits ? MandateSummary.State.pending : .inForce), \(mandate.origin),
                    \(mandate.process), \(now)
                from membership.affiliates
                where organization_id = \(organization) and person_id = \(mandate.person)
                """,
                refusals: [
                    "mandates_within_limit": MandateError.longerThanLimit(months: terms.months),
                    "mandates_one_holder": MandateError.seatTaken,
                ])
            if mandate.rank == 0 {
                try await record(
                    FactRecord(
                        person: mandate.person, kind: "mandate", value: terms.body.description,
                        source: "historial de períodos", validFrom: mandate.startsOn,
                        validUntil: endsOn + 1),
                    at: now)
            }
        }
    }
}

extension Transaction where Scope == TenantScope {
    /// Ends a mandate that is in force or waits, on its last day.
    ///
    /// - Throws: ``MandateError``.
    func endMandate(_ mandate: ID<Mandate>, on day: CalendarDate, because reason: String) async throws {
        let ended = try await execute(
            """
            update governance.mandates set state = 'ended', ended_on = \(day), end_reason = \(reason)
            where organization_id = \(organization) and mandate_id = \(mandate)
                and state in ('pending', 'in_force')
            """,
            refusals: ["mandates_end_in_period": MandateError.endsBeforeItStarts])
        guard ended == 1 else { throw MandateError.alreadyEnded }
    }

    /// Records the appointment that a mandate waits for; with the day of the `posesión` it is in force.
    ///
    /// - Throws: ``MandateError``.
    func recordAppointment(
        of mandate: ID<Mandate>, act: String, on appointedOn: CalendarDate, tookOfficeOn: CalendarDate?
    ) async throws {
        let appointed = try await execute(
            """
            update governance.mandates
            set appointment_act = \(act), appointed_on = \(appointedOn), took_office_on = \(tookOfficeOn),
                state = \(tookOfficeOn == nil ? MandateSummary.State.pending : .inForce)
            where organization_id = \(organization) and mandate_id = \(mandate) and state = 'pending'
            """,
            refusals: ["mandates_office_after_appointment": MandateError.officeBeforeAppointment])
        guard appointed == 1 else { throw MandateError.noAppointmentDue }
    }
}

private let mandateColumns: SQL = """
    select mandate_id, body_id, seat_id, rank, person_id, holder_name, starts_on,
        coalesce(ended_on, ends_on) as ends_on, state, origin
    from governance.mandates
    """

private struct MandateTerms: RowDecodable {
    let body: ID<Body>
    let months: Int
    let norm: String?
    let formation: Body.Formation

    init(row: Row) throws(RowError) {
        body = try row["body_id"]
        months = try row["term_months"]
        norm = try row["term_norm"]
        formation = try row["formation"]
    }
}

private struct MandateRow: RowDecodable {
    let mandate: MandateSummary

    init(row: Row) throws(RowError) {
        mandate = MandateSummary(
            id: try row["mandate_id"], body: try row["body_id"], seat: try row["seat_id"],
            rank: try row["rank"], person: try row["person_id"],
            holderName: try row["holder_name"], startsOn: try row["starts_on"], endsOn: try row["ends_on"],
            state: try row["state"], origin: try row["origin"])
    }
}

extension MandateSummary.State: SQLValue {}

extension MandateSummary.Origin: SQLValue {}
