public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Takes a proposed proclamation back before anybody seconds it: who proposed it, or the committee.
public struct WithdrawProclamation: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.proclaim
    /// The process.
    public let place: ProcessPlace
    /// The act that was proposed.
    public let act: ID<ElectoralAct>
    /// Why.
    public let reason: String

    /// Names the act.
    ///
    /// - Throws: ``DisruptionError/reasonMissing``.
    public init(_ act: ID<ElectoralAct>, in place: ProcessPlace, because reason: String)
        throws(DisruptionError)
    {
        guard let reason = reason.nonBlank else { throw .reasonMissing }
        self.place = place
        self.act = act
        self.reason = reason
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Takes it back.
    ///
    /// - Throws: ``ProcessError``, ``CanvassError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        _ = try await transaction.processGoingOn(place)
        guard let proposal = try await transaction.proposal(of: place), proposal.act == act else {
            throw CanvassError.actNotOpen
        }
        let principal = transaction.scope.principal
        guard proposal.user == principal.user || principal.holds(.runProcesses, in: stream) else {
            throw CanvassError.notProposer
        }
        guard try await transaction.withdraw(act, of: place.process, because: reason, at: now) else {
            throw CanvassError.actNotOpen
        }
        return Audited(
            AuditEvent("elections.proclamation.withdrawn", subject: act, details: ["reason": reason]))
    }
}
