public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Records that a call went out by one channel, with its proof.
public struct CallMeeting: Undertaking {
    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The call.
    public let call: MeetingCall
    /// Its proof.
    public let proof: StoredFile?

    /// Takes a call of a meeting.
    public init(
        _ call: MeetingCall, to meeting: ID<Meeting>, of alliance: ID<Alliance>, proof: StoredFile? = nil
    ) {
        self.alliance = alliance
        self.meeting = meeting
        self.call = call
        self.proof = proof
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it, of the notice that was in force on the day on which it went out.
    ///
    /// - Throws: ``MeetingError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let found = try await transaction.lockedMeeting(meeting, of: alliance) else {
            throw MeetingError.notFound
        }
        guard call.sentOn <= min(found.day, ColombianTime.date(at: now)) else {
            throw MeetingError.calledAfterwards
        }
        var file: ID<StoredFile>?
        if let proof {
            file = try await transaction.store(
                proof, as: .activities, in: stream, isReserved: found.isReserved, at: now)
        }
        let notice = try await transaction.notices(of: meeting).last { $0.issuedOn <= call.sentOn }
        try await transaction.insert(
            call.with(notice: call.notice ?? notice?.id, proof: file), of: meeting, at: now)
        return Audited(
            AuditEvent(
                "governance.meeting.called", subject: meeting,
                details: [
                    "sent_on": call.sentOn.description, "kind": call.kind.rawValue,
                    "reached": call.reached.map(String.init) ?? "",
                ], words: ["channel": call.channel], isReserved: found.isReserved))
    }
}
