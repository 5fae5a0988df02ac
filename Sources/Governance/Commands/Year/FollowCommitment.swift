public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Records what became of a commitment: progress, another day, that it is done, open again, or no longer to be done.
public struct FollowCommitment: Command {
    /// What became of it.
    public enum News: Sendable, Hashable {
        /// Something was done for it.
        case progress
        /// It is put off to another day.
        case postponed(to: CalendarDate)
        /// It is done.
        case done
        /// It is to be done after all.
        case reopened
        /// It is no longer to be done.
        case dropped
        /// A meeting looked at it, and it stays open.
        case reviewed
    }

    /// Who may do it.
    public static let permission = Permission.makeCommitments
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The commitment.
    public let id: ID<Commitment>
    /// What became of it.
    public let news: News
    /// What is told of it.
    public let note: String
    /// The day on which it happened; `nil` for today.
    public let day: CalendarDate?
    /// Its evidence.
    public let evidence: StoredFile?
    /// The meeting that looked at it, whose minutes tell of it; `nil` between meetings.
    public let meeting: ID<Meeting>?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``CommitmentError/noteMissing``.
    public init(
        _ id: ID<Commitment>, of alliance: ID<Alliance>, _ news: News, note: String,
        on day: CalendarDate? = nil, evidence: StoredFile? = nil, in meeting: ID<Meeting>? = nil
    ) throws(CommitmentError) {
        guard let note = note.trimmedOrNil else { throw .noteMissing }
        self.alliance = alliance
        self.id = id
        self.news = news
        self.note = note
        self.day = day
        self.evidence = evidence
        self.meeting = meeting
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``CommitmentError``, ``MeetingError/notFound``, `StoredFileError`.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let commitment = try await transaction.lockedCommitment(id, of: alliance) else {
            throw CommitmentError.notFound
        }
        let today = ColombianTime.date(at: now)
        let day = day ?? today
        guard (commitment.madeOn...max(today, commitment.madeOn)).contains(day) else {
            throw CommitmentError.dayOutOfPlace
        }
        if news == .reviewed || meeting != nil {
            guard let meeting, let held = try await transaction.meeting(meeting, of: alliance)?.meeting else {
                throw MeetingError.notFound
            }
            // What the board keeps to itself is not told in minutes that others read.
            guard held.isReserved || !commitment.isReserved else { throw CommitmentError.notFound }
        }
        var file: ID<StoredFile>?
        if let evidence {
            file = try await transaction.store(
                evidence, as: .activities, in: stream, isReserved: commitment.isReserved, at: now)
        }
        let step = try await apply(to: commitment, on: day, file: file, in: transaction)
        try await transaction.insert(step, of: id, at: now)
        return Audited(
            AuditEvent(
                "governance.commitment.\(step.kind.rawValue)", subject: id,
                details: [
                    "day": day.description, "due_after": step.dueAfter?.description ?? "",
                    "evidence": file?.description ?? "",
                ]))
    }

    private func apply(
        to commitment: Commitment, on day: CalendarDate, file: ID<StoredFile>?,
        in transaction: borrowing TenantTransaction
    ) async throws -> CommitmentStep {
        func step(_ kind: CommitmentStep.Kind, to due: CalendarDate? = nil) -> CommitmentStep {
            CommitmentStep(
                kind: kind, note: note, dueBefore: due == nil ? nil : commitment.dueOn, dueAfter: due,
                meeting: meeting, file: file, happenedOn: day)
        }
        if case .reopened = news {
            guard commitment.state != .open else { throw CommitmentError.isOpen }
            try await transaction.update(commitment, to: .open, closedOn: nil, dueOn: commitment.dueOn)
            return step(.reopened)
        }
        guard commitment.state == .open else { throw CommitmentError.isClosed }
        switch news {
        case .progress, .reopened: return step(.progress)
        case .postponed(let due):
            guard commitment.dueOn.map({ due > $0 }) ?? true, due >= commitment.madeOn else {
                throw CommitmentError.notLater
            }
            try await transaction.update(commitment, to: .open, closedOn: nil, dueOn: due)
            return step(.postponed, to: due)
        case .done:
            try await transaction.update(commitment, to: .done, closedOn: day, dueOn: commitment.dueOn)
            return step(.done)
        case .dropped:
            try await transaction.update(commitment, to: .dropped, closedOn: day, dueOn: commitment.dueOn)
            return step(.dropped)
        case .reviewed: return step(.reviewed)
        }
    }
}
