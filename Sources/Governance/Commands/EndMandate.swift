public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Ends a mandate before its time: resignation, loss of affiliation, death, removal. The seat is vacant from the next
/// day on.
public struct EndMandate: Command {
    /// Who may do it.
    public static let permission = Permission.recordMandates
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The mandate.
    public let mandate: ID<Mandate>
    /// Its last day.
    public let day: CalendarDate
    /// Why it ends.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``MandateError/reasonMissing``.
    public init(
        _ mandate: ID<Mandate>, of alliance: ID<Alliance>, on day: CalendarDate, because reason: String
    ) throws(MandateError) {
        let reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !reason.isEmpty else { throw .reasonMissing }
        self.alliance = alliance
        self.mandate = mandate
        self.day = day
        self.reason = reason
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Ends it, with the roles that came from it.
    ///
    /// - Throws: ``MandateError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        try await transaction.endMandate(mandate, on: day, because: reason)
        try await transaction.endGrants(from: mandate, at: now)
        return Audited(
            AuditEvent(
                "governance.mandate.ended", subject: mandate,
                details: ["day": day.description, "reason": reason]))
    }
}
