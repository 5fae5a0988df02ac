import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Complaint.Kind: SQLValue {}
extension Complaint.Risk: SQLValue {}
extension Complaint.Category: SQLValue {}
extension Complaint.Channel: SQLValue {}
extension Complaint.State: SQLValue {}
extension Complaint.Outcome: SQLValue {}
extension ComplaintStep.Kind: SQLValue {}

extension Complaint: RowDecodable {
    /// Reads a row of `governance.complaints`.
    public init(row: Row) throws(RowError) {
        let kind: Kind = try row["kind"]
        let risk: Risk = try row["risk"]
        let category: Category = try row["category"]
        let entity: String = try row["entity"]
        let place: String? = try row["place"]
        let occurredOn: CalendarDate? = try row["occurred_on"]
        let earlierNumber: String? = try row["earlier_number"]
        let account: String = try row["account"]
        let wish: String? = try row["wish"]
        do {
            content = try ComplaintContent(
                kind: kind, risk: risk, category: category, entity: entity, place: place,
                occurredOn: occurredOn, earlierNumber: earlierNumber, account: account, wish: wish)
        } catch {
            throw RowError(unreadable: "account", because: error)
        }
        id = try row["complaint_id"]
        alliance = try row["alliance_id"]
        number = FilingNumber(year: try row["year"], number: try row["number"])
        channel = try row["channel"]
        let isAnonymous: Bool = try row["is_anonymous"]
        let erasedOn: CalendarDate? = try row["identity_erased_on"]
        identity = isAnonymous ? .anonymous : erasedOn.map { .erased(on: $0) } ?? .kept
        state = try row["state"]
        outcome = try row["outcome"]
        filedAt = try row["filed_at"]
        transferredAt = try row["transferred_at"]
        dueAt = try row["due_at"]
        dueIsConfirmed = try row["due_is_confirmed"]
        answeredAt = try row["answered_at"]
        closedAt = try row["closed_at"]
    }

    fileprivate static func query(_ organization: ID<Organization>) -> SQL {
        """
        select complaints.complaint_id, complaints.alliance_id, complaints.year, complaints.number,
            complaints.kind, complaints.risk, complaints.category, complaints.entity, complaints.place,
            complaints.occurred_on, complaints.earlier_number, complaints.account, complaints.wish, complaints.channel,
            complaints.is_anonymous, complaints.identity_erased_on, complaints.state, complaints.outcome, complaints.filed_at,
            complaints.transferred_at, complaints.due_at, complaints.due_is_confirmed, complaints.answered_at,
            complaints.closed_at
        from governance.complaints
        where complaints.organization_id = \(organization)
        """
    }
}

extension ComplaintStep: RowDecodable {
    /// Reads a row of `governance.complaint_steps`.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["step_id"], kind: try row["kind"], note: try row["note"],
            happenedAt: try row["happened_at"], recordedAt: try row["recorded_at"],
            addressee: try row["addressee"], reference: try row["reference"], dueAt: try row["due_at"],
            term: try row["term"], termIsConfirmed: try row["term_is_confirmed"],
            verdict: try row["verdict"], file: try row["file_id"], isReserved: try row["is_reserved"])
    }
}

extension Transaction where Scope == TenantScope {
    /// The complaints of some alliances, the latest first; of the whole tenant for `nil`. Those that were closed are read
    /// from a moment on alone.
    func complaints(of alliances: [ID<Alliance>]?, closedSince moment: Date) async throws -> [Complaint] {
        try await rows(
            """
            \(fragment: Complaint.query(organization))
            and (\(alliances)::uuid[] is null or complaints.alliance_id = any (\(alliances)))
                and (complaints.state <> 'closed' or complaints.closed_at >= \(moment))
            order by complaints.filed_at desc, complaints.complaint_id
            """)
    }

    /// The complaints that a user filed as a member, the latest first.
    func ownComplaints(in alliance: ID<Alliance>, of user: ID<User>) async throws -> [Complaint] {
        try await rows(
            """
            \(fragment: Complaint.query(organization))
            and complaints.alliance_id = \(alliance) and complaints.complaint_id in (
                select complainants.complaint_id from governance.complainants
                where complainants.organization_id = \(organization) and complainants.user_id = \(user))
            order by complaints.filed_at desc, complaints.complaint_id
            """)
    }

    /// A complaint of an alliance.
    public func complaint(_ id: ID<Complaint>, of alliance: ID<Alliance>) async throws -> Complaint? {
        try await row(
            """
            \(fragment: Complaint.query(organization))
            and complaints.alliance_id = \(alliance) and complaints.complaint_id = \(id)
            """)
    }

    /// A complaint of an alliance, held so that whoever follows it at the same moment waits.
    func lockedComplaint(_ id: ID<Complaint>, of alliance: ID<Alliance>) async throws -> Complaint? {
        try await row(
            """
            \(fragment: Complaint.query(organization))
            and complaints.alliance_id = \(alliance) and complaints.complaint_id = \(id)
            for no key update
            """)
    }

    /// When the last step happened that brought a complaint to where it stands.
    func lastMove(of complaint: Complaint) async throws -> Date {
        try await value(
            """
            select max(happened_at) from governance.complaint_steps
            where organization_id = \(organization) and complaint_id = \(complaint.id)
                and kind = any (\(ComplaintStep.Kind.moving.map(\.rawValue)))
            """) ?? complaint.filedAt
    }

    /// The steps of a complaint that the scope may see, the first first.
    func steps(of complaint: ID<Complaint>) async throws -> [ComplaintStep] {
        try await rows(
            """
            select step_id, is_reserved, kind, note, happened_at, recorded_at, addressee, reference, due_at,
                term, term_is_confirmed, verdict, file_id
            from governance.complaint_steps
            where organization_id = \(organization) and complaint_id = \(complaint)
            order by recorded_at, step_id
            """)
    }

    /// Takes the next radicado of an alliance in a year. Whoever asks at the same moment waits for this transaction, so
    /// that there is neither gap nor repeat.
    private func nextNumber(of alliance: ID<Alliance>, in year: Int) async throws -> Int {
        guard
            let number: Int = try await value(
                """
                insert into governance.complaint_books as books (
                    organization_id, alliance_id, year, last_number)
                values (\(organization), \(alliance), \(year), 1)
                on conflict on constraint complaint_books_pkey
                do update set last_number = books.last_number + 1
                returning last_number
                """)
        else { throw ComplaintError.notFound }
        return number
    }

    /// Files a complaint under the next radicado of its year.
    func file(
        _ content: ComplaintContent, as id: ID<Complaint>, through channel: Complaint.Channel,
        isAnonymous: Bool, of alliance: ID<Alliance>, at now: Date
    ) async throws -> FilingNumber {
        let year = ColombianTime.date(at: now).components.year
        let number = try await nextNumber(of: alliance, in: year)
        try await execute(
            """
            insert into governance.complaints (
                organization_id, complaint_id, alliance_id, year, number, kind, risk, category, entity, place,
                occurred_on, earlier_number, account, wish, channel, is_anonymous, state, filed_at, recorded_by,
                due_is_confirmed)
            values (
                \(organization), \(id), \(alliance), \(year), \(number), \(content.kind), \(content.risk),
                \(content.category), \(content.entity), \(content.place), \(content.occurredOn),
                \(content.earlierNumber), \(content.account), \(content.wish), \(channel), \(isAnonymous), 'filed', \(now),
                \(scope.principal.user), false)
            """)
        try await insert(ComplaintStep(kind: .filed, happenedAt: now), of: id, in: alliance, at: now)
        return FilingNumber(year: year, number: number)
    }

    /// Adds a step of a complaint.
    func insert(
        _ step: ComplaintStep, of complaint: ID<Complaint>, in alliance: ID<Alliance>, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.complaint_steps (
                organization_id, step_id, complaint_id, alliance_id, is_reserved, kind, note, happened_at,
                addressee, reference, due_at, term, term_is_confirmed, verdict, file_id, recorded_at,
                recorded_by)
            values (
                \(organization), \(step.id), \(complaint), \(alliance),
                \(step.isReserved), \(step.kind), \(step.note), \(step.happenedAt), \(step.addressee),
                \(step.reference), \(step.dueAt), \(step.term), \(step.termIsConfirmed), \(step.verdict),
                \(step.file), \(now), \(scope.principal.user))
            """)
    }

    /// Lifts the reserve from what the board analysed of a complaint.
    ///
    /// - Throws: ``ComplaintError/analysisNotReserved``.
    func share(_ analysis: ID<ComplaintStep>, of complaint: ID<Complaint>) async throws {
        let written = try await execute(
            """
            update governance.complaint_steps set is_reserved = false
            where organization_id = \(organization) and complaint_id = \(complaint)
                and step_id = \(analysis) and is_reserved
            """)
        guard written == 1 else { throw ComplaintError.analysisNotReserved }
    }

    /// Writes where a complaint stands after a step, where it still stands as it was read; and tells it to whoever has
    /// the code of its filing.
    ///
    /// - Throws: ``ComplaintError/changedMeanwhile``.
    func advance(_ complaint: Complaint, to course: ComplaintCourse) async throws {
        let updated = try await execute(
            """
            update governance.complaints
            set kind = \(course.kind), risk = \(course.risk), state = \(course.state),
                outcome = \(course.outcome), transferred_at = \(course.transferredAt),
                due_at = \(course.due?.end), due_is_confirmed = \(course.due?.isConfirmed ?? false),
                answered_at = \(course.answeredAt), closed_at = \(course.closedAt)
            where organization_id = \(organization) and complaint_id = \(complaint.id)
                and state = \(complaint.state) and kind = \(complaint.content.kind)
                and risk = \(complaint.content.risk)
            """)
        guard updated == 1 else { throw ComplaintError.changedMeanwhile }
        try await execute(
            """
            update governance.complaint_receipts
            set state = \(course.state), outcome = \(course.outcome),
                transferred_at = \(course.transferredAt), answered_at = \(course.answeredAt),
                closed_at = \(course.closedAt)
            where organization_id = \(organization) and complaint_id = \(complaint.id)
            """)
    }

    /// How many complaints of a month there were in each step, by what they were about.
    func complaintMonth(of alliance: ID<Alliance>, from start: Date, until end: Date) async throws
        -> ComplaintMonth
    {
        ComplaintMonth(
            try await rows(
                """
                select complaints.category,
                    count(distinct steps.complaint_id) filter (where steps.kind = 'filed') as filed,
                    count(distinct steps.complaint_id) filter (where steps.kind = 'transferred') as transferred,
                    count(distinct steps.complaint_id) filter (where steps.kind = 'answered') as answered,
                    count(distinct steps.complaint_id) filter (
                        where steps.kind = 'checked' and steps.verdict in ('corrected', 'partly')) as corrected
                from governance.complaint_steps as steps
                join governance.complaints on complaints.organization_id = \(organization)
                    and complaints.complaint_id = steps.complaint_id
                where steps.organization_id = \(organization) and steps.alliance_id = \(alliance)
                    and steps.happened_at >= \(start) and steps.happened_at < \(end)
                    and steps.kind in ('filed', 'transferred', 'answered', 'checked')
                group by complaints.category
                order by complaints.category
                """))
    }
}

extension ComplaintMonth.Line: RowDecodable {
    /// Reads what was counted.
    public init(row: Row) throws(RowError) {
        self.init(
            category: try row["category"], filed: try row["filed"], transferred: try row["transferred"],
            answered: try row["answered"], corrected: try row["corrected"])
    }
}
