public import Foundation
public import Kernel
public import Tenancy

/// Ends the period of a member; who comes back begins another.
public struct EndMembership: Command {
    /// Who may do it.
    public static let permission = Permission.enrolMembers
    /// The alliance.
    public let alliance: ID<Alliance>
    /// Who leaves.
    public let person: ID<Person>
    /// The first day on which they are no member any more.
    public let day: CalendarDate
    /// Why.
    public let reason: LeaveReason

    /// Takes what a person filled in.
    public init(
        of person: ID<Person>, in alliance: ID<Alliance>, on day: CalendarDate, because reason: LeaveReason
    ) {
        self.alliance = alliance
        self.person = person
        self.day = day
        self.reason = reason
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Ends the period.
    ///
    /// - Throws: ``MemberError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard day <= ColombianTime.date(at: now) else { throw MemberError.inTheFuture }
        guard
            try await transaction.endMembership(of: person, in: alliance, on: day, because: reason)
        else { throw MemberError.notMember }
        return Audited(
            AuditEvent(
                "membership.member.left", subject: person,
                details: ["day": day.description, "reason": reason.rawValue]))
    }
}
