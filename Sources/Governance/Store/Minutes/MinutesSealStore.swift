import Foundation
import Kernel
public import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// The seal of minutes.
    func minutesSeal(of minutes: ID<Minutes>) async throws -> MinutesSeal? {
        try await row(
            """
            select seals.number, seals.version, seals.words_sha256, seals.document_id, documents.code,
                seals.file_id, seals.file_sha256, seals.redacted_file_id, seals.redacted_sha256, seals.sealed_at
            from governance.minutes_seals as seals
            join tenancy.documents on documents.organization_id = \(organization)
                and documents.document_id = seals.document_id
            where seals.organization_id = \(organization) and seals.minutes_id = \(minutes)
            """)
    }

    /// Seals minutes.
    func seal(
        _ draft: MinutesDraft, words: HashDigest, document: (id: ID<IssuedDocument>, file: NewDocument),
        redacted: (id: ID<IssuedDocument>, file: NewDocument), at now: Date
    ) async throws {
        guard let number = draft.approved?.number else { throw MinutesError.notApproved }
        try await execute(
            """
            insert into governance.minutes_seals (
                organization_id, minutes_id, alliance_id, is_reserved, number, version, words_sha256,
                document_id, file_id, file_sha256, redacted_document_id, redacted_file_id, redacted_sha256,
                sealed_at, sealed_by)
            select \(organization), \(draft.id), \(draft.alliance), \(draft.isReserved), \(number),
                \(draft.version), \(words.bytes), document.document_id, document.file_id, document.sha256,
                redacted.document_id, redacted.file_id, redacted.sha256, \(now), \(scope.principal.user)
            from tenancy.documents as document
            join tenancy.documents as redacted on redacted.organization_id = \(organization)
                and redacted.document_id = \(redacted.id)
            where document.organization_id = \(organization) and document.document_id = \(document.id)
            """,
            refusals: ["minutes_seals_pkey": AccessError.alreadyDone])
        let sealed = try await execute(
            """
            update governance.minutes_drafts set state = 'sealed', sealed_at = \(now)
            where organization_id = \(organization) and minutes_id = \(draft.id) and state = 'approved'
            """)
        guard sealed == 1 else { throw AccessError.alreadyDone }
    }

    // MARK: Corrections

    /// What later meetings decided to correct in minutes.
    func minutesCorrections(of minutes: ID<Minutes>) async throws -> [MinutesCorrection] {
        try await rows(
            """
            select corrections.minutes_id, corrections.says, corrections.should_say, decisions.meeting_id,
                meetings.title, meetings.day
            from governance.minutes_corrections as corrections
            join governance.decisions on decisions.organization_id = \(organization)
                and decisions.decision_id = corrections.decision_id
            join governance.meetings on meetings.organization_id = \(organization)
                and meetings.meeting_id = decisions.meeting_id
            where corrections.organization_id = \(organization) and corrections.minutes_id = \(minutes)
            order by corrections.recorded_at, corrections.correction_id
            """)
    }

    /// The decisions that may correct minutes: adopted ones of later meetings of the alliance, the latest first.
    func correctingDecisions(
        of draft: MinutesDraft, after meeting: Meeting
    ) async throws -> [ApprovingDecision] {
        try await rows(
            """
            select decisions.decision_id, decisions.decision, decisions.meeting_id, meetings.title, meetings.day
            from governance.decisions
            join governance.meetings on meetings.organization_id = \(organization)
                and meetings.meeting_id = decisions.meeting_id
            where decisions.organization_id = \(organization) and decisions.alliance_id = \(draft.alliance)
                and decisions.meeting_id <> \(meeting.id) and meetings.day >= \(meeting.day)
                and decisions.is_adopted and decisions.withdrawn_at is null
                and decisions.approves_minutes_id is null
                and decisions.is_reserved >= \(draft.isReserved)
            order by decisions.decided_at desc limit 100
            """)
    }

    /// Adds a correction.
    func correct(
        _ draft: MinutesDraft, by decision: UUID, says: String, shouldSay: String, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.minutes_corrections (
                organization_id, correction_id, minutes_id, alliance_id, is_reserved, decision_id, says,
                should_say, recorded_at, recorded_by)
            values (
                \(organization), \(ID<MinutesCorrection>()), \(draft.id), \(draft.alliance),
                \(draft.isReserved), \(decision), \(says), \(shouldSay), \(now), \(scope.principal.user))
            """)
    }
}

extension MinutesSeal: RowDecodable {
    /// Reads a row of `governance.minutes_seals` with its document.
    public init(row: Row) throws(RowError) {
        number = try row["number"]
        version = try row["version"]
        wordsDigest = try row.digest("words_sha256")
        document = try row["document_id"]
        code = try row["code"]
        file = try row["file_id"]
        fileDigest = try row.digest("file_sha256")
        redactedFile = try row["redacted_file_id"]
        let redacted: [UInt8]? = try row["redacted_sha256"]
        redactedDigest = redacted.flatMap { HashDigest(bytes: $0) }
        sealedAt = try row["sealed_at"]
    }
}

extension MinutesCorrection: RowDecodable {
    /// Reads a row of `governance.minutes_corrections` with its decision and meeting.
    public init(row: Row) throws(RowError) {
        minutes = try row["minutes_id"]
        says = try row["says"]
        shouldSay = try row["should_say"]
        meeting = try row["meeting_id"]
        meetingTitle = try row["title"]
        day = try row["day"]
    }
}
