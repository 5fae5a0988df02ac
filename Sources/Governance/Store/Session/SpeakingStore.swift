import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// Who asked for the word in a session and who spoke, in the order in which they asked.
    public func speakingList(of meeting: ID<Meeting>) async throws -> SpeakingList {
        let limit: Int? = try await value(
            """
            select speaking_minutes from governance.meetings
            where organization_id = \(organization) and meeting_id = \(meeting)
                and speaking_minutes is not null
            """)
        return SpeakingList(
            limit: limit,
            turns: try await rows(
                """
                select turn_id, position, item_id, attendance_id, name, asked_at, minutes_allowed, started_at,
                    ended_at, withdrawn_at
                from governance.speaking_turns
                where organization_id = \(organization) and meeting_id = \(meeting)
                order by position
                """))
    }

    /// Adds somebody to the list of a meeting that is held fast.
    func insertTurn(
        of name: String, _ attendance: ID<Attendance>?, position: Int, on item: ID<AgendaItem>?,
        in meeting: Meeting, of alliance: ID<Alliance>, at now: Date
    ) async throws -> ID<SpeakingTurn> {
        let id = ID<SpeakingTurn>()
        try await execute(
            """
            insert into governance.speaking_turns (
                organization_id, turn_id, meeting_id, alliance_id, is_reserved, position, item_id,
                attendance_id, name, asked_at, recorded_by)
            values (
                \(organization), \(id), \(meeting.id), \(alliance), \(meeting.isReserved), \(position),
                \(item), \(attendance), \(name), \(now), \(scope.principal.user))
            """)
        return id
    }

    /// Writes how a turn stands.
    func write(_ turn: SpeakingTurn, in meeting: ID<Meeting>) async throws {
        try await execute(
            """
            update governance.speaking_turns
            set item_id = \(turn.item), minutes_allowed = \(turn.minutesAllowed),
                started_at = \(turn.startedAt), ended_at = \(turn.endedAt),
                withdrawn_at = \(turn.withdrawnAt)
            where organization_id = \(organization) and meeting_id = \(meeting) and turn_id = \(turn.id)
            """,
            refusals: ["speaking_turns_one_speaks_key": SpeakingError.anotherSpeaks])
    }

    /// Sets for how long each may speak in a session.
    func limitSpeaking(to minutes: Int?, in meeting: ID<Meeting>) async throws {
        try await execute(
            """
            update governance.meetings set speaking_minutes = \(minutes)
            where organization_id = \(organization) and meeting_id = \(meeting)
            """)
    }

    /// Ends what is being said where the session ends; who waits is left as they were.
    func endSpeech(in meeting: ID<Meeting>, at moment: Date) async throws {
        try await execute(endingSpeech(in: meeting, at: moment))
    }

    /// Ends the turns of those who are not there any more: who speaks has ended, and who waits does not.
    func endTurns(
        of stays: [ID<Attendance>], in meeting: ID<Meeting>, at moment: Date
    ) async throws {
        let theirs: SQL = "attendance_id = any (\(stays))"
        try await pipeline([
            "\(fragment: endingSpeech(in: meeting, at: moment)) and \(fragment: theirs)",
            """
            update governance.speaking_turns set withdrawn_at = \(moment)
            where organization_id = \(organization) and meeting_id = \(meeting) and \(fragment: theirs)
                and started_at is null and withdrawn_at is null
            """,
        ])
    }

    private func endingSpeech(in meeting: ID<Meeting>, at moment: Date) -> SQL {
        """
        update governance.speaking_turns set ended_at = greatest(\(moment), started_at)
        where organization_id = \(organization) and meeting_id = \(meeting) and started_at is not null
            and ended_at is null and withdrawn_at is null
        """
    }
}

// MARK: - Rows

extension SpeakingTurn: RowDecodable {
    /// Reads a row of `governance.speaking_turns`.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["turn_id"], position: try row["position"], item: try row["item_id"],
            attendance: try row["attendance_id"], name: try row["name"], askedAt: try row["asked_at"],
            minutesAllowed: try row["minutes_allowed"], startedAt: try row["started_at"],
            endedAt: try row["ended_at"], withdrawnAt: try row["withdrawn_at"])
    }
}
