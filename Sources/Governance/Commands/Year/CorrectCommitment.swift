public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Mends a slip in an open commitment: what is to be done, by whom, until when, where reminders go. What it said before
/// stays as a step of it. Once minutes tell of it, only the address of reminders is mended: another owner or day is news,
/// not a correction.
public struct CorrectCommitment: Command {
    /// What it says, as it is right.
    public struct Words: Sendable {
        /// What is to be done.
        public let activity: String
        /// Who answers for it; `nil` for who does already.
        public let owner: MakeCommitment.Owner?
        /// The last day for it.
        public let dueOn: CalendarDate?

        /// Takes what a person filled in.
        public init(_ activity: String, by owner: MakeCommitment.Owner?, until dueOn: CalendarDate?) {
            self.activity = activity
            self.owner = owner
            self.dueOn = dueOn
        }
    }

    /// Who may do it.
    public static let permission = Permission.makeCommitments
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The commitment.
    public let id: ID<Commitment>
    /// What it says, as it is right; `nil` for what it says already, with another address.
    public let right: Words?
    /// Where reminders go.
    public let email: String?
    /// Why it is corrected.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``CommitmentError``.
    public init(
        _ id: ID<Commitment>, of alliance: ID<Alliance>, to right: Words?, email: String?,
        because reason: String
    ) throws(CommitmentError) {
        guard let reason = reason.trimmedOrNil else { throw .noteMissing }
        let email = email?.trimmedOrNil
        if let email, !User.isAddress(email) { throw .malformedEmail }
        self.alliance = alliance
        self.id = id
        self.right = right
        self.email = email
        self.reason = reason
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Corrects it.
    ///
    /// - Throws: ``CommitmentError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard let commitment = try await transaction.lockedCommitment(id, of: alliance) else {
            throw CommitmentError.notFound
        }
        guard commitment.state == .open else { throw CommitmentError.isClosed }
        var corrected = try commitment.corrected(email: email)
        if let right {
            guard try await !transaction.isTold(of: commitment) else { throw CommitmentError.isTold }
            corrected = try commitment.corrected(
                activity: right.activity,
                owner: try await right.owner?.resolved(of: alliance, in: transaction) ?? commitment.owner,
                email: email, dueOn: right.dueOn)
        }
        guard corrected != commitment else { throw CommitmentError.nothingCorrected }
        try await transaction.correct(corrected)
        try await transaction.insert(
            CommitmentStep(
                kind: .corrected, note: "\(reason) \(commitment.words)",
                happenedOn: ColombianTime.date(at: now)), of: id, at: now)
        return Audited(
            AuditEvent(
                "governance.commitment.corrected", subject: id,
                details: [
                    "owner_kind": corrected.owner.kind.rawValue, "due_on": corrected.dueOn?.description ?? "",
                ]))
    }
}

extension Commitment {
    /// What it says, for the step that keeps what it said before.
    fileprivate var words: String {
        let until = dueOn.map { "hasta el \(SpanishFormat.longDate($0))" } ?? "sin plazo"
        let reminded = email.map { ", aviso a \($0)" } ?? ""
        return "(Antes: «\(activity)», a cargo de \(owner.name), \(until)\(reminded))"
    }
}
