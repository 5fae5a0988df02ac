public import Foundation
public import Kernel
public import Tenancy

/// Notes that somebody took back an authorisation of data (`revoca la autorización`), which is always theirs to do.
///
/// Without the authorisation of personal data nobody stays a member: the periods in every alliance of the entity end
/// that day, and requests to join that wait are closed. Seats are ended by each body; votes and acts that were are kept.
///
/// - SeeAlso: Ley 1581 de 2012, artículo 8, literal e.
public struct WithdrawConsent: Command {
    /// What was ended with it.
    public struct Report: Sendable, Hashable {
        /// The alliances of which the person is no member any more.
        public let left: [ID<Alliance>]
    }

    /// Who may do it.
    public static let permission = Permission.withdrawConsents
    /// The person.
    public let person: ID<Person>
    /// What the authorisation was for.
    public let purpose: ConsentPurpose
    /// The alliance at which the person asked for it.
    public let alliance: ID<Alliance>
    /// The first day on which it does not hold any more.
    public let day: CalendarDate

    /// Takes what a person asked for.
    public init(
        of person: ID<Person>, for purpose: ConsentPurpose, at alliance: ID<Alliance>, on day: CalendarDate
    ) {
        self.person = person
        self.purpose = purpose
        self.alliance = alliance
        self.day = day
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Takes it back.
    ///
    /// - Throws: ``MemberError/inTheFuture``, ``MemberError/leavesBeforeJoining``, ``ConsentError/notGiven``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Report> {
        guard day <= ColombianTime.date(at: now) else { throw MemberError.inTheFuture }
        guard try await transaction.withdrawConsents(of: person, for: purpose, on: day) else {
            throw ConsentError.notGiven(purpose)
        }
        var left: [ID<Alliance>] = []
        if purpose == .personalData {
            left = try await transaction.endMemberships(of: person, on: day, because: .consentWithdrawn)
            try await transaction.closeApplications(of: person, on: day)
            for other in left where other != alliance {
                try await transaction.post(.allianceChanged(other), at: now)
            }
        }
        return Audited(
            Report(left: left),
            AuditEvent(
                "membership.consent.withdrawn", subject: person,
                details: [
                    "purpose": purpose.rawValue, "day": day.description,
                    "left": left.map(\.description).joined(separator: " "),
                ]))
    }
}
