public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Minutes in their book: those that were composed here and those that were recorded from paper.
public struct BookEntry: Sendable, Hashable, RowDecodable {
    /// Identifies the minutes.
    public let id: ID<Minutes>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// Its title.
    public let title: String
    /// The body that met; `nil` for the alliance.
    public let body: String?
    /// The day of the meeting.
    public let day: CalendarDate
    /// The number, as it is written.
    public let number: String?
    /// Where they stand; `nil` for those from paper.
    public let state: MinutesDraft.State?
    /// How many have signed, and how many are to.
    public let signed: Int
    /// How many are to sign.
    public let signers: Int
    /// The day of approval.
    public let approvedOn: CalendarDate?
    /// The digest of the sealed file.
    public let seal: HashDigest?
    /// The code that stands on it.
    public let code: String?
    /// How many corrections later minutes made.
    public let corrections: Int
    /// The scan of those from paper.
    public let scan: ID<StoredFile>?

    /// Reads a row of the book.
    public init(row: Row) throws(RowError) {
        id = try row["minutes_id"]
        meeting = try row["meeting_id"]
        title = try row["title"]
        body = try row["body"]
        day = try row["day"]
        number = try row["number"]
        state = try row["state"]
        signed = try row["signed"]
        signers = try row["signers"]
        approvedOn = try row["approved_on"]
        let bytes: [UInt8]? = try row["file_sha256"]
        seal = bytes.flatMap { HashDigest(bytes: $0) }
        code = try row["code"]
        corrections = try row["corrections"]
        scan = try row["scan_file_id"]
    }
}

extension Transaction where Scope == TenantScope {
    /// The minutes of an alliance, the latest meeting first.
    func bookEntries(of alliance: ID<Alliance>) async throws -> [BookEntry] {
        try await rows(
            """
            select coalesce(drafts.minutes_id, minutes.minutes_id) as minutes_id, meetings.meeting_id,
                meetings.title, bodies.name as body, meetings.day,
                coalesce(drafts.number::text, minutes.number) as number, drafts.state,
                (
                    select count(*) from governance.minutes_signers as signers
                    where signers.organization_id = \(organization) and signers.minutes_id = drafts.minutes_id
                        and signers.signed_at is not null
                ) as signed,
                (
                    select count(*) from governance.minutes_signers as signers
                    where signers.organization_id = \(organization) and signers.minutes_id = drafts.minutes_id
                        and signers.removed_at is null
                ) as signers,
                drafts.approved_on, seals.file_sha256, documents.code,
                (
                    select count(*) from governance.minutes_corrections as corrections
                    where corrections.organization_id = \(organization)
                        and corrections.minutes_id = drafts.minutes_id
                ) as corrections,
                coalesce(minutes.file_id, (
                    select papers.file_id from governance.papers
                    where papers.organization_id = \(organization) and papers.minutes_id = minutes.minutes_id
                        and papers.kind = 'signed_minutes'
                    order by papers.recorded_at, papers.paper_id limit 1
                )) as scan_file_id
            from governance.meetings
            left join governance.minutes_drafts as drafts on drafts.organization_id = \(organization)
                and drafts.meeting_id = meetings.meeting_id
            left join governance.minutes on minutes.organization_id = \(organization)
                and minutes.meeting_id = meetings.meeting_id
            left join governance.minutes_seals as seals on seals.organization_id = \(organization)
                and seals.minutes_id = drafts.minutes_id
            left join tenancy.documents on documents.organization_id = \(organization)
                and documents.document_id = seals.document_id
            left join governance.bodies on bodies.organization_id = \(organization)
                and bodies.body_id = meetings.body_id
            where meetings.organization_id = \(organization) and meetings.alliance_id = \(alliance)
                and (drafts.minutes_id is not null or minutes.minutes_id is not null)
            order by meetings.day desc, meetings.meeting_id
            """)
    }

    /// The book of a body's minutes, or of the alliance's; it is made where there is none.
    func book(of body: ID<Body>?, in alliance: ID<Alliance>) async throws -> UUID {
        try await execute(
            """
            insert into governance.minutes_books (organization_id, book_id, alliance_id, body_id, last_number)
            values (\(organization), \(ID<BookEntry>()), \(alliance), \(body), 0)
            on conflict on constraint minutes_books_body_key do nothing
            """)
        guard
            let book: UUID = try await value(
                """
                select book_id from governance.minutes_books
                where organization_id = \(organization) and alliance_id = \(alliance)
                    and body_id is not distinct from \(body)
                """)
        else { throw MinutesError.notFound }
        return book
    }

    /// Takes the next number of a book; the first goes on from the highest that was recorded from paper by then. Whoever
    /// asks at the same moment waits for this transaction, so that there is neither gap nor repeat.
    func nextNumber(of book: UUID) async throws -> Int {
        guard
            let number: Int = try await value(
                """
                update governance.minutes_books as books
                set last_number = 1 + greatest(
                    last_number,
                    case when exists (
                        select from governance.minutes_drafts as drafts
                        where drafts.organization_id = \(organization) and drafts.book_id = books.book_id
                            and drafts.number is not null)
                        then 0 else (\(fragment: lastOnPaper())) end)
                where organization_id = \(organization) and book_id = \(book)
                returning last_number
                """)
        else { throw MinutesError.notFound }
        return number
    }

    /// The highest number on paper of a book that stands as `books`.
    private func lastOnPaper() -> SQL {
        """
        select coalesce(max(minutes.number::integer), 0)
        from governance.minutes
        join governance.meetings on meetings.organization_id = \(organization)
            and meetings.meeting_id = minutes.meeting_id
        where minutes.organization_id = \(organization) and minutes.alliance_id = books.alliance_id
            and meetings.body_id is not distinct from books.body_id and minutes.draft_id is null
            and minutes.number ~ '^[0-9]{1,6}$'
        """
    }

    /// The first number that was given here to minutes of the book that a meeting's stand in.
    func firstGivenNumber(beside meeting: ID<Meeting>) async throws -> Int? {
        try await value(
            """
            select min(drafts.number)
            from governance.meetings
            join governance.minutes_books as books on books.organization_id = \(organization)
                and books.alliance_id = meetings.alliance_id
                and books.body_id is not distinct from meetings.body_id
            join governance.minutes_drafts as drafts on drafts.organization_id = \(organization)
                and drafts.book_id = books.book_id
            where meetings.organization_id = \(organization) and meetings.meeting_id = \(meeting)
            """)
    }

    /// Approves minutes and gives them their number.
    ///
    /// - Throws: ``MinutesError/closed`` where they are approved already.
    func approve(
        _ draft: MinutesDraft, on day: CalendarDate, how: MinutesDraft.Approval, note: String?,
        by decision: UUID?
    ) async throws -> Int {
        guard draft.state == .circulated else {
            throw draft.state == .draft ? MinutesError.notCirculated : MinutesError.closed
        }
        let number = try await nextNumber(of: draft.book)
        let approved = try await execute(
            """
            update governance.minutes_drafts
            set state = 'approved', number = \(number), approved_on = \(day), approved_how = \(how),
                approval_note = \(note), approving_decision_id = \(decision),
                approved_by = \(scope.principal.user)
            where organization_id = \(organization) and minutes_id = \(draft.id) and state = 'circulated'
                and version = \(draft.version)
            """)
        guard approved == 1 else { throw MinutesError.closed }
        return number
    }

    /// The decisions by which minutes may be approved: those that say so, were adopted and stand, on the version that
    /// is out. One of the same session was taken before there was any, and is on the first.
    func approvingDecisions(of draft: MinutesDraft) async throws -> [ApprovingDecision] {
        try await rows(
            """
            select decisions.decision_id, decisions.decision, decisions.meeting_id, meetings.title, meetings.day
            from governance.decisions
            join governance.meetings on meetings.organization_id = \(organization)
                and meetings.meeting_id = decisions.meeting_id
            where decisions.organization_id = \(organization) and decisions.alliance_id = \(draft.alliance)
                and decisions.approves_minutes_id = \(draft.id) and decisions.is_adopted
                and coalesce(decisions.approves_version, 1) = \(draft.version)
                and decisions.withdrawn_at is null
            order by decisions.decided_at
            """)
    }

    /// Holds a decision as it stands, so that nobody withdraws it while minutes are approved by it.
    ///
    /// - Throws: ``MinutesError/notTheDecision`` where it was withdrawn meanwhile.
    func hold(decision: UUID) async throws {
        let held = try await execute(
            """
            select from governance.decisions
            where organization_id = \(organization) and decision_id = \(decision) and withdrawn_at is null
            for share
            """)
        guard held == 1 else { throw MinutesError.notTheDecision }
    }

    /// The minutes of an alliance that wait for approval: what a decision may approve.
    public func minutesToApprove(of alliance: ID<Alliance>) async throws -> [MinutesToApprove] {
        try await rows(
            """
            select drafts.minutes_id, drafts.meeting_id, meetings.title, meetings.day
            from governance.minutes_drafts as drafts
            join governance.meetings on meetings.organization_id = \(organization)
                and meetings.meeting_id = drafts.meeting_id
            where drafts.organization_id = \(organization) and drafts.alliance_id = \(alliance)
                and drafts.state = 'circulated'
            order by meetings.day, drafts.minutes_id
            """)
    }
}

/// A decision of a meeting, as it is offered where one is asked for.
public struct ApprovingDecision: Sendable, Hashable, RowDecodable {
    /// Identifies it.
    public let id: UUID
    /// What was decided.
    public let decision: String
    /// The meeting.
    public let meeting: ID<Meeting>
    /// Its title.
    public let title: String
    /// Its day.
    public let day: CalendarDate

    /// Reads a row of `governance.decisions` with its meeting.
    public init(row: Row) throws(RowError) {
        id = try row["decision_id"]
        decision = try row["decision"]
        meeting = try row["meeting_id"]
        title = try row["title"]
        day = try row["day"]
    }
}

/// Minutes that wait for approval.
public struct MinutesToApprove: Sendable, Hashable, RowDecodable {
    /// Identifies them.
    public let id: ID<Minutes>
    /// Their meeting.
    public let meeting: ID<Meeting>
    /// Its title.
    public let title: String
    /// Its day.
    public let day: CalendarDate

    /// Reads a row of `governance.minutes_drafts` with its meeting.
    public init(row: Row) throws(RowError) {
        id = try row["minutes_id"]
        meeting = try row["meeting_id"]
        title = try row["title"]
        day = try row["day"]
    }
}
