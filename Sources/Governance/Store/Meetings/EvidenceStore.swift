import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// What shows that a meeting was held, in the order in which it came.
    public func evidence(of meeting: ID<Meeting>) async throws -> [MeetingEvidence] {
        try await rows(
            """
            select evidence.evidence_id, evidence.title, evidence.dated_on, evidence.file_id, files.sha256
            from governance.meeting_evidence as evidence
            join tenancy.files on files.organization_id = \(organization) and files.file_id = evidence.file_id
            where evidence.organization_id = \(organization) and evidence.meeting_id = \(meeting)
            order by evidence.recorded_at, evidence.evidence_id
            """)
    }

    /// Keeps a file and adds it to what shows a meeting.
    ///
    /// - Throws: ``EvidenceError/known`` where the meeting has it already.
    func insert(
        _ file: StoredFile, titled title: String, asEvidenceOf meeting: Meeting, in alliance: ID<Alliance>,
        at now: Date
    ) async throws -> ID<MeetingEvidence> {
        let id = ID<MeetingEvidence>()
        let kept = try await store(
            file, as: .activities, in: .alliance(alliance), isReserved: meeting.isReserved, at: now)
        try await execute(
            """
            insert into governance.meeting_evidence (
                organization_id, evidence_id, alliance_id, meeting_id, is_reserved, title, dated_on, file_id,
                recorded_at, recorded_by)
            values (
                \(organization), \(id), \(alliance), \(meeting.id), \(meeting.isReserved), \(title),
                \(file.effectiveOn), \(kept), \(now), \(scope.principal.user))
            """,
            refusals: ["meeting_evidence_once_key": EvidenceError.known])
        return id
    }
}

extension MeetingEvidence: RowDecodable {
    /// Reads a row of the table, with the hash of its file.
    public init(row: Row) throws(RowError) {
        id = try row["evidence_id"]
        title = try row["title"]
        datedOn = try row["dated_on"]
        file = try row["file_id"]
        guard let digest = HashDigest(bytes: try row["sha256"]) else {
            throw RowError(unreadable: "sha256", because: EvidenceError.untitled)
        }
        sha256 = digest
    }
}
