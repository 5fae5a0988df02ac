public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Asks support for a meeting.
public struct AskSupport: Undertaking {
    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// What sort of support it is.
    public let kind: MeetingSupport.Kind
    /// What exactly is asked.
    public let detail: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``SupportError/withoutDetail``.
    public init(
        _ kind: MeetingSupport.Kind, _ detail: String, for meeting: ID<Meeting>, of alliance: ID<Alliance>
    ) throws(SupportError) {
        guard let detail = detail.trimmedOrNil else { throw .withoutDetail }
        self.alliance = alliance
        self.meeting = meeting
        self.kind = kind
        self.detail = detail
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Asks it.
    ///
    /// - Throws: ``MeetingError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<MeetingSupport>> {
        guard let found = try await transaction.lockedMeeting(meeting, of: alliance) else {
            throw MeetingError.notFound
        }
        guard found.state == .planned else { throw MeetingError.notPlanned }
        let id = try await transaction.ask(kind, detail, for: meeting, at: now)
        return Audited(
            id,
            AuditEvent(
                "governance.support.asked", subject: meeting,
                details: ["kind": kind.rawValue], words: ["detail": detail],
                isReserved: found.isReserved))
    }
}

/// What becomes of support that was asked: the entity grants or refuses it and says that it came; who asked may take
/// it back.
public struct FollowSupport: Command {
    /// What becomes of it.
    public enum Change: Sendable {
        /// It is granted, with what is said of it.
        case grant(String?)
        /// It is refused, with the reason.
        case refuse(String)
        /// It came.
        case deliver(on: CalendarDate, String?, proof: StoredFile?)

        fileprivate var name: String {
            switch self {
            case .grant: "granted"
            case .refuse: "refused"
            case .deliver: "delivered"
            }
        }
    }

    /// Who may do it.
    public static let permission = Permission.answerSupport
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The support.
    public let id: ID<MeetingSupport>
    /// What becomes of it.
    public let change: Change

    /// Takes what a person filled in.
    ///
    /// - Throws: ``SupportError/refusedWithoutReason``.
    public init(
        _ id: ID<MeetingSupport>, for meeting: ID<Meeting>, of alliance: ID<Alliance>, _ change: Change
    ) throws(SupportError) {
        if case .refuse(let reason) = change, reason.trimmedOrNil == nil { throw .refusedWithoutReason }
        self.alliance = alliance
        self.meeting = meeting
        self.id = id
        self.change = change
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Writes it.
    ///
    /// - Throws: ``MeetingError/notFound``, ``SupportError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        _ = try await transaction.lockedMeeting(meeting, of: alliance)
        let (found, held) = try await transaction.support(id, for: meeting, of: alliance)
        let today = ColombianTime.date(at: now)
        switch change {
        case .grant(let answer):
            guard found.state == .asked else { throw SupportError.notOpen }
            try await transaction.answer(id, isGranted: true, answer?.trimmedOrNil, on: today)
        case .refuse(let reason):
            guard found.state == .asked else { throw SupportError.notOpen }
            try await transaction.answer(id, isGranted: false, reason.trimmedOrNil, on: today)
        case .deliver(let day, let delivery, let proof):
            guard found.state == .granted else { throw SupportError.notOpen }
            guard found.askedOn <= day, day <= today else { throw SupportError.notYet }
            var file: ID<StoredFile>?
            if let proof {
                file = try await transaction.store(
                    proof, as: .activities, in: stream, isReserved: held.isReserved, at: now)
            }
            try await transaction.deliver(id, on: day, delivery?.trimmedOrNil, proof: file)
        }
        return Audited(
            AuditEvent(
                "governance.support.\(change.name)", subject: meeting, words: ["detail": found.detail],
                isReserved: held.isReserved))
    }
}

/// Takes back support that is not needed any more.
public struct WithdrawSupport: Command {
    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The support.
    public let id: ID<MeetingSupport>

    /// Names support.
    public init(_ id: ID<MeetingSupport>, for meeting: ID<Meeting>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
        self.id = id
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Takes it back.
    ///
    /// - Throws: ``MeetingError/notFound``, ``SupportError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        let (found, held) = try await transaction.support(id, for: meeting, of: alliance)
        guard found.state == .asked || found.state == .granted else { throw SupportError.notOpen }
        try await transaction.withdraw(id, on: ColombianTime.date(at: now))
        return Audited(
            AuditEvent(
                "governance.support.withdrawn", subject: meeting, words: ["detail": found.detail],
                isReserved: held.isReserved))
    }
}

/// The support asked for one meeting, or for all of an alliance that waits for somebody.
public struct ReadSupports: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The support, that of the next meeting first.
        public let supports: [SupportForMeeting]
        /// Today.
        public let today: CalendarDate
    }

    /// Who may do it.
    public static let permission = Permission.readGovernance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting; `nil` for what waits in all of them.
    public let meeting: ID<Meeting>?

    /// Asks for a meeting of an alliance, or for all.
    public init(of alliance: ID<Alliance>, for meeting: ID<Meeting>? = nil) {
        self.alliance = alliance
        self.meeting = meeting
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        Answer(
            supports: try await transaction.supports(of: alliance, for: meeting),
            today: ColombianTime.date(at: now))
    }
}

/// Support for meetings that waits for the office: an answer, or its delivery.
public struct SupportsToFollow: PendingSource {
    /// Tells of it.
    public init() {}

    /// Whoever answers.
    public var permission: Permission { .answerSupport }

    /// Reads how much there is, by alliance.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        try await transaction.supportsToAnswer().map { $0.item(.supportsToAnswer) }
            + transaction.supportsToDeliver().map { $0.item(.supportsToDeliver) }
    }
}
