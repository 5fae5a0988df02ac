public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Records where people were sought out for a meeting.
public struct RecordVisit: Command {
    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The visit.
    public let visit: OutreachVisit
    /// Its proof.
    public let proof: StoredFile?

    /// Takes a visit for a meeting.
    public init(
        _ visit: OutreachVisit, for meeting: ID<Meeting>, of alliance: ID<Alliance>, proof: StoredFile? = nil
    ) {
        self.alliance = alliance
        self.meeting = meeting
        self.visit = visit
        self.proof = proof
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``MeetingError/notFound``, ``OutreachError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let found = try await transaction.lockedMeeting(meeting, of: alliance) else {
            throw MeetingError.notFound
        }
        guard visit.visitedOn <= min(ColombianTime.date(at: now), found.days.upperBound) else {
            throw OutreachError.notYet
        }
        var file: ID<StoredFile>?
        if let proof {
            file = try await transaction.store(
                proof, as: .activities, in: stream, isReserved: found.isReserved, at: now)
        }
        try await transaction.insert(visit, proof: file, for: meeting, at: now)
        return Audited(
            AuditEvent(
                "governance.visit.recorded", subject: meeting,
                details: ["posters": String(visit.posters), "leaflets": String(visit.leaflets)],
                words: ["place": visit.place], isReserved: found.isReserved))
    }
}

/// Takes a visit out that was written down by mistake.
public struct RemoveVisit: Command {
    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The visit.
    public let visit: ID<OutreachVisit>

    /// Names a visit.
    public init(_ visit: ID<OutreachVisit>, for meeting: ID<Meeting>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
        self.visit = visit
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Takes it out.
    ///
    /// - Throws: ``OutreachError/notFound``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let held = try await transaction.meeting(meeting, of: alliance)?.meeting,
            let found = try await transaction.visits(for: meeting).first(where: { $0.id == visit })
        else { throw OutreachError.notFound }
        try await transaction.remove(visit, for: meeting)
        return Audited(
            AuditEvent(
                "governance.visit.removed", subject: meeting, words: ["place": found.place],
                isReserved: held.isReserved))
    }
}

/// The outreach for a meeting: where people were sought out, and where they could be.
public struct ReadOutreach: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The meeting.
        public let meeting: Meeting
        /// The visits, the weightiest first.
        public let visits: [OutreachVisit]
        /// The insurers of the register by their weight.
        public let insurers: [InsurerWeight]
        /// Today.
        public let today: CalendarDate
    }

    /// Who may do it.
    public static let permission = Permission.readGovernance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let id: ID<Meeting>

    /// Asks for a meeting.
    public init(for id: ID<Meeting>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it.
    ///
    /// - Throws: ``MeetingError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        guard let meeting = try await transaction.meeting(id, of: alliance)?.meeting else {
            throw MeetingError.notFound
        }
        return Answer(
            meeting: meeting, visits: try await transaction.visits(for: id),
            insurers: try await transaction.insurersByWeight(for: id), today: ColombianTime.date(at: now))
    }
}
