public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Moves one date of a draft's calendar. What depends on it is checked; where it departs from what the bylaws give, the
/// reason is kept with it and stands in the call.
public struct MoveMilestone: Command {
    /// Who may do it.
    public static let permission = Permission.draftProcesses
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// Which date.
    public let kind: Milestone.Kind
    /// When it happens or begins.
    public let opensAt: Date
    /// When it ends, where it lasts.
    public let closesAt: Date?
    /// Why, where it departs from the reckoning.
    public let reason: String?

    /// Takes what a person chose.
    public init(
        _ kind: Milestone.Kind, to opensAt: Date, until closesAt: Date?, because reason: String?,
        in process: ID<ElectoralProcess>, of alliance: ID<Alliance>
    ) {
        self.process = process
        self.alliance = alliance
        self.kind = kind
        self.opensAt = opensAt
        self.closesAt = closesAt
        self.reason = reason
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Writes the next version of the calendar.
    ///
    /// - Throws: ``CalendarError``, ``ProcessError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ElectoralCalendar> {
        try await transaction.requireDraft(process, of: alliance)
        guard let calendar = try await transaction.calendar(of: process), let voting = calendar[.voting],
            let closing = voting.closesAt
        else { throw CalendarError.missing }
        let reckoned = try await transaction.reckonedCalendar(
            votingOn: ColombianTime.date(at: voting.opensAt), from: ColombianTime.time(at: voting.opensAt),
            until: ColombianTime.time(at: closing), in: alliance)
        let moved = try calendar.moving(
            kind, to: opensAt, until: closesAt, because: reason, reckoned: reckoned)
        let today = ColombianTime.date(at: now)
        if let call = moved[.call].map({ ColombianTime.date(at: $0.opensAt) }), call < today {
            throw CalendarError.inThePast
        }
        let version = try await transaction.insertCalendar(
            moved, of: process, as: .edited, because: reason, at: now)
        return Audited(
            moved,
            AuditEvent(
                "elections.calendar.moved", subject: process,
                details: [
                    "version": String(version), "milestone": kind.rawValue,
                    "opens_at": ColombianTime.formText(opensAt),
                    "closes_at": closesAt.map(ColombianTime.formText) ?? "", "reason": reason ?? "",
                ]))
    }
}
