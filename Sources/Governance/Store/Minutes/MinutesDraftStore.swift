import Foundation
import Kernel
public import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// The draft of a meeting's minutes, `nil` where nothing of it was kept yet.
    func minutesDraft(of meeting: ID<Meeting>) async throws -> MinutesDraft? {
        try await row("\(fragment: draftColumns(organization)) and meeting_id = \(meeting)")
    }

    /// The draft of a meeting's minutes for an act on it: its row is locked, so that what is judged is what is changed.
    func lockedMinutes(of meeting: ID<Meeting>) async throws -> MinutesDraft? {
        // Sealed ones are past locking, as they are past changing.
        try await execute(
            """
            select from governance.minutes_drafts
            where organization_id = \(organization) and meeting_id = \(meeting)
            for no key update
            """)
        return try await minutesDraft(of: meeting)
    }

    /// The draft of minutes of an alliance.
    func minutesDraft(_ id: ID<Minutes>, of alliance: ID<Alliance>) async throws -> MinutesDraft? {
        try await row(
            "\(fragment: draftColumns(organization)) and minutes_id = \(id) and alliance_id = \(alliance)")
    }

    /// The draft of a meeting's minutes for a change, with its row locked; it is made where there is none. Minutes from
    /// paper end it: the meeting is locked first, so that nobody records them meanwhile.
    ///
    /// - Throws: ``MinutesError``.
    func openMinutes(of meeting: Meeting, in alliance: ID<Alliance>, at now: Date) async throws
        -> MinutesDraft
    {
        guard meeting.state == .held || meeting.state == .inSession else { throw MinutesError.notHeld }
        _ = try await lockedMeeting(meeting.id, of: alliance)
        guard try await !isOnPaper(meeting.id) else { throw MinutesError.onPaper }
        try await execute(
            """
            insert into governance.minutes_drafts (
                organization_id, minutes_id, meeting_id, alliance_id, is_reserved, book_id, state, activity,
                activity_note, facilitator, facilitator_post, company, audience, narrative,
                schedule_follow_up, attachments, version, started_at, started_by, saved_at)
            select \(organization), \(ID<Minutes>()), \(meeting.id), \(alliance), \(meeting.isReserved),
                \(try await book(of: meeting.body, in: alliance)), 'draft', first.activity,
                first.activity_note, first.facilitator, first.facilitator_post, first.company,
                first.audience, '', '', '{}', 0, \(now), \(scope.principal.user), \(now)
            from (\(fragment: firstRow(try await firstWords(of: meeting)))) as first
            on conflict on constraint minutes_drafts_meeting_key do nothing
            """)
        guard let draft = try await lockedMinutes(of: meeting.id) else { throw MinutesError.notFound }
        return draft
    }

    /// Whether the minutes of a meeting were recorded from paper.
    private func isOnPaper(_ meeting: ID<Meeting>) async throws -> Bool {
        try await value(
            """
            select exists (
                select from governance.minutes
                where organization_id = \(organization) and meeting_id = \(meeting) and draft_id is null)
            """) ?? false
    }

    /// Keeps what a person wrote.
    func save(_ free: MinutesDraft.Free, in minutes: ID<Minutes>, at now: Date) async throws {
        try await execute(
            """
            update governance.minutes_drafts
            set activity = \(free.activity), activity_note = \(free.activityNote),
                facilitator = \(free.facilitator), facilitator_post = \(free.facilitatorPost),
                company = \(free.company), audience = \(free.audience), narrative = \(free.narrative),
                schedule_follow_up = \(free.scheduleFollowUp), attachments = \(free.attachments),
                saved_at = \(now)
            where organization_id = \(organization) and minutes_id = \(minutes)
                and state in ('draft', 'circulated')
            """)
    }

    /// Keeps a version that is circulated.
    func circulate(
        _ words: String, as version: Int, of draft: MinutesDraft, until day: CalendarDate?, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.minutes_versions (
                organization_id, minutes_id, version, alliance_id, is_reserved, words, sha256, made_at, made_by)
            values (
                \(organization), \(draft.id), \(version), \(draft.alliance), \(draft.isReserved), \(words),
                \(HashDigest(of: words).bytes), \(now), \(scope.principal.user))
            """)
        try await execute(
            """
            update governance.minutes_drafts
            set state = 'circulated', version = \(version), observe_until = \(day)
            where organization_id = \(organization) and minutes_id = \(draft.id)
            """)
    }

    /// The versions of minutes, the first first.
    func minutesVersions(of minutes: ID<Minutes>) async throws -> [MinutesVersion] {
        try await rows(
            """
            select version, words, sha256, made_at from governance.minutes_versions
            where organization_id = \(organization) and minutes_id = \(minutes)
            order by version
            """)
    }

    // MARK: Observations

    /// What was asked to change, the first first.
    func minutesObservations(of minutes: ID<Minutes>) async throws -> [MinutesObservation] {
        try await rows(
            """
            select observation_id, version, section, observation, made_at, made_by_name, is_accepted, answer
            from governance.minutes_observations
            where organization_id = \(organization) and minutes_id = \(minutes)
            order by made_at, observation_id
            """)
    }

    /// Adds an observation on the latest version.
    func insert(
        observation: String, on section: String, of draft: MinutesDraft, by name: String, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.minutes_observations (
                organization_id, observation_id, minutes_id, version, alliance_id, is_reserved, section,
                observation, made_at, made_by, made_by_name)
            values (
                \(organization), \(ID<MinutesObservation>()), \(draft.id), \(draft.version),
                \(draft.alliance), \(draft.isReserved), \(section), \(observation), \(now),
                \(scope.principal.user), \(name))
            """)
    }

    /// Answers an observation.
    ///
    /// - Returns: Whether it waited for an answer.
    func answer(
        _ observation: UUID, of minutes: ID<Minutes>, accepted: Bool, _ answer: String?, at now: Date
    ) async throws -> Bool {
        try await execute(
            """
            update governance.minutes_observations
            set is_accepted = \(accepted), answer = \(answer), answered_at = \(now),
                answered_by = \(scope.principal.user)
            where organization_id = \(organization) and observation_id = \(observation)
                and minutes_id = \(minutes) and is_accepted is null
            """) == 1
    }

    /// Whether somebody was in a meeting.
    func attended(_ meeting: ID<Meeting>, _ person: ID<Person>) async throws -> Bool {
        try await value(
            """
            select exists (
                select from governance.attendances
                where organization_id = \(organization) and meeting_id = \(meeting)
                    and person_id = \(person) and undone_at is null)
            """) ?? false
    }

    // MARK: Formats

    /// The format of a sort of document on a day: the latest that began by then.
    func documentFormat(_ kind: String, on day: CalendarDate) async throws -> DocumentFormat? {
        try await row(
            """
            select code, version, unit, valid_from from governance.document_formats
            where organization_id = \(organization) and kind = \(kind) and valid_from <= \(day)
            order by valid_from desc limit 1
            """)
    }

    /// The formats of a sort of document, the latest first.
    func documentFormats(_ kind: String) async throws -> [DocumentFormat] {
        try await rows(
            """
            select code, version, unit, valid_from from governance.document_formats
            where organization_id = \(organization) and kind = \(kind)
            order by valid_from desc
            """)
    }

    /// Adds a format.
    ///
    /// - Throws: ``MinutesError/formatTaken``.
    func insert(_ format: DocumentFormat, for kind: String, at now: Date) async throws {
        try await execute(
            """
            insert into governance.document_formats (
                organization_id, format_id, kind, code, version, unit, valid_from, recorded_at, recorded_by)
            values (
                \(organization), \(ID<DocumentFormat>()), \(kind), \(format.code), \(format.version),
                \(format.unit), \(format.validFrom), \(now), \(scope.principal.user))
            """,
            refusals: ["document_formats_day_key": MinutesError.formatTaken])
    }
}

/// The drafts of a tenant, up to what else is asked of them.
func draftColumns(_ organization: ID<Organization>) -> SQL {
    """
    select minutes_id, meeting_id, alliance_id, is_reserved, book_id, state, activity, activity_note,
        facilitator, facilitator_post, company, audience, narrative, schedule_follow_up, attachments, version,
        observe_until, number, approved_on, approved_how, approval_note, approving_decision_id, saved_at,
        sealed_at
    from governance.minutes_drafts
    where organization_id = \(organization)
    """
}

/// The words that a draft begins with, as a row.
private func firstRow(_ free: MinutesDraft.Free) -> SQL {
    """
    select \(free.activity.rawValue)::text as activity, \(free.activityNote)::text as activity_note,
        \(free.facilitator)::text as facilitator, \(free.facilitatorPost)::text as facilitator_post,
        \(free.company)::text as company, \(free.audience)::text as audience
    """
}

// MARK: - Rows

extension MinutesDraft: RowDecodable {
    /// Reads a row of `governance.minutes_drafts`.
    public init(row: Row) throws(RowError) {
        let activity: Activity = try row["activity"]
        let note: String? = try row["activity_note"]
        let facilitator: String? = try row["facilitator"]
        let post: String? = try row["facilitator_post"]
        let company: String? = try row["company"]
        let audience: String? = try row["audience"]
        let narrative: String = try row["narrative"]
        let followUp: String = try row["schedule_follow_up"]
        let attachments: [String] = try row["attachments"]
        let number: Int? = try row["number"]
        let approvedOn: CalendarDate? = try row["approved_on"]
        let how: Approval? = try row["approved_how"]
        do {
            free = try Free(
                activity: activity, activityNote: note, facilitator: facilitator, facilitatorPost: post,
                company: company, audience: audience, narrative: narrative, scheduleFollowUp: followUp,
                attachments: attachments)
        } catch {
            throw RowError(unreadable: "activity_note", because: error)
        }
        if let number, let approvedOn, let how {
            approved = Approved(
                number: number, on: approvedOn, how: how, note: try row["approval_note"],
                decision: try row["approving_decision_id"])
        } else {
            approved = nil
        }
        id = try row["minutes_id"]
        meeting = try row["meeting_id"]
        alliance = try row["alliance_id"]
        isReserved = try row["is_reserved"]
        book = try row["book_id"]
        state = try row["state"]
        version = try row["version"]
        observeUntil = try row["observe_until"]
        savedAt = try row["saved_at"]
        sealedAt = try row["sealed_at"]
    }
}

extension MinutesDraft.State: SQLValue {}

extension MinutesDraft.Activity: SQLValue {}

extension MinutesDraft.Approval: SQLValue {}

extension MinutesVersion: RowDecodable {
    /// Reads a row of `governance.minutes_versions`.
    public init(row: Row) throws(RowError) {
        version = try row["version"]
        words = try row["words"]
        sha256 = try row.digest("sha256")
        madeAt = try row["made_at"]
    }
}

extension MinutesObservation: RowDecodable {
    /// Reads a row of `governance.minutes_observations`.
    public init(row: Row) throws(RowError) {
        id = try row["observation_id"]
        version = try row["version"]
        section = try row["section"]
        observation = try row["observation"]
        madeAt = try row["made_at"]
        madeBy = try row["made_by_name"]
        isAccepted = try row["is_accepted"]
        answer = try row["answer"]
    }
}

extension DocumentFormat: RowDecodable {
    /// Reads a row of `governance.document_formats`.
    public init(row: Row) throws(RowError) {
        let code: String = try row["code"]
        let version: String = try row["version"]
        let unit: String = try row["unit"]
        let validFrom: CalendarDate = try row["valid_from"]
        do {
            try self.init(code: code, version: version, unit: unit, validFrom: validFrom)
        } catch {
            throw RowError(unreadable: "code", because: error)
        }
    }
}
