public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Keeps a file as evidence of a meeting. It stays: what was added by mistake is said in the minutes.
public struct AddEvidence: Command {
    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// What the file shows.
    public let title: String
    /// The file, with its own day.
    public let file: StoredFile

    /// Takes what a person filled in.
    ///
    /// - Throws: ``EvidenceError/untitled``.
    public init(
        _ file: StoredFile, titled title: String, of meeting: ID<Meeting>, in alliance: ID<Alliance>
    ) throws(EvidenceError) {
        guard let title = title.trimmedOrNil else { throw .untitled }
        self.alliance = alliance
        self.meeting = meeting
        self.title = title
        self.file = file
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Keeps it.
    ///
    /// - Throws: ``EvidenceError``, ``MeetingError/notFound``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<MeetingEvidence>> {
        guard file.effectiveOn <= ColombianTime.date(at: now) else { throw EvidenceError.inFuture }
        guard let found = try await transaction.lockedMeeting(meeting, of: alliance) else {
            throw MeetingError.notFound
        }
        guard found.state != .cancelled else { throw EvidenceError.cancelled }
        let id = try await transaction.insert(
            file, titled: title, asEvidenceOf: found, in: alliance, at: now)
        return Audited(
            id,
            AuditEvent(
                "governance.evidence.added", subject: meeting,
                details: ["dated_on": file.effectiveOn.description, "sha256": file.hash],
                words: ["title": title], isReserved: found.isReserved))
    }
}

extension StoredFile {
    fileprivate var hash: String { HashDigest(bytes: sha256)?.description ?? "" }
}
