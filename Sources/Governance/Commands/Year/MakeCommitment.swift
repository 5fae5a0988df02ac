public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// Takes on a commitment (`compromiso`), in a meeting or between meetings.
public struct MakeCommitment: Undertaking {
    /// Who is said to answer for it.
    public enum Owner: Sendable, Hashable {
        /// The entity's participation office.
        case office
        /// A body of the alliance.
        case body(ID<Body>)
        /// Whoever the words name: an affiliate by document, anybody else by name.
        case named(String)
    }

    /// Who may do it.
    public static let permission = Permission.makeCommitments
    /// The alliance.
    public let alliance: ID<Alliance>
    /// What is to be done.
    public let activity: String
    /// Who answers for it.
    public let owner: Owner
    /// Where reminders go.
    public let email: String?
    /// The last day for it.
    public let dueOn: CalendarDate?
    /// The meeting in which it is taken on.
    public let meeting: ID<Meeting>?
    /// The point or decision of that meeting that it comes of.
    public let cause: Commitment.Cause?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``CommitmentError``.
    public init(
        _ activity: String, by owner: Owner, until dueOn: CalendarDate?, email: String? = nil,
        in meeting: ID<Meeting>? = nil, because cause: Commitment.Cause? = nil, of alliance: ID<Alliance>
    ) throws(CommitmentError) {
        guard let activity = activity.trimmedOrNil else { throw .activityMissing }
        if case .named(let name) = owner, name.trimmedOrNil == nil { throw .ownerMissing }
        let email = email?.trimmedOrNil
        if let email, !User.isAddress(email) { throw .malformedEmail }
        self.alliance = alliance
        self.activity = activity
        self.owner = owner
        self.email = email
        self.dueOn = dueOn
        self.meeting = meeting
        self.cause = cause
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Takes it on: in a meeting that began, on its day; today otherwise.
    ///
    /// - Throws: ``CommitmentError``, ``MeetingError/notFound``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Commitment>> {
        let today = ColombianTime.date(at: now)
        var madeOn = today
        var isReserved = false
        if let meeting {
            guard let found = try await transaction.lockedMeeting(meeting, of: alliance) else {
                throw MeetingError.notFound
            }
            madeOn = min(found.day, today)
            isReserved = found.isReserved
            if let cause, try await !transaction.has(cause, in: meeting) {
                throw CommitmentError.causeNotFound
            }
        } else if cause != nil {
            throw CommitmentError.causeNotFound
        }
        let commitment = try Commitment(
            alliance: alliance, activity: activity,
            owner: try await owner.resolved(of: alliance, in: transaction),
            email: email, meeting: meeting, cause: cause, madeOn: madeOn, dueOn: dueOn, isReserved: isReserved
        )
        guard try await !transaction.hasOpenTwin(of: commitment) else { throw CommitmentError.alreadyMade }
        try await transaction.insert([commitment], at: now)
        return Audited(
            commitment.id,
            AuditEvent(
                "governance.commitment.made", subject: commitment.id,
                details: [
                    "owner_kind": commitment.owner.kind.rawValue, "due_on": dueOn?.description ?? "",
                    "meeting": meeting?.description ?? "", "cause": cause?.description ?? "",
                ]))
    }
}

extension MakeCommitment.Owner {
    /// Who it is, with the name as it is kept.
    ///
    /// - Throws: ``CommitmentError``.
    func resolved(
        of alliance: ID<Alliance>, in transaction: borrowing TenantTransaction
    ) async throws -> Commitment.Owner {
        switch self {
        case .office:
            let host = try await transaction.organization(transaction.organization)
            return .office(
                host.map { "Oficina de participación de \($0.shortName)" } ?? "Oficina de participación")
        case .body(let id):
            guard let body = try await transaction.body(id), body.alliance == alliance else {
                throw CommitmentError.bodyNotFound
            }
            return .body(id, name: body.name)
        case .named(let words):
            let document: IdentityDocument?
            do {
                document = try IdentityDocument.unlessName(words)
            } catch {
                throw CommitmentError.personNotFound
            }
            guard let document else { return .outside(words.trimmedOrNil ?? words) }
            guard let person = try await transaction.person(with: document),
                let name = try await transaction.name(of: person)
            else { throw CommitmentError.personNotFound }
            return .person(person, name: name)
        }
    }
}

extension Commitment.Cause: CustomStringConvertible {
    /// The kind and the identifier, for the chain.
    public var description: String {
        switch self {
        case .item(let id): "item:\(id)"
        case .decision(let id): "decision:\(id)"
        }
    }
}
