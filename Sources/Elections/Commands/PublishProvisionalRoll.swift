public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Publishes the provisional roll: every member with the verdict on their right to vote and, where it is no, which
/// requirements they fail or have not proven.
public struct PublishProvisionalRoll: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.runProcesses
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for the roll of a process.
    public init(of process: ID<ElectoralProcess>, of alliance: ID<Alliance>) {
        self.process = process
        self.alliance = alliance
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Reads eligibility as of today and writes the roll.
    ///
    /// - Throws: ``ProcessError``, ``RollError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ProvisionalRoll> {
        guard let found = try await transaction.process(process), found.alliance == alliance else {
            throw ProcessError.notFound
        }
        guard found.state == .called else { throw RollError.notNow(found.state) }
        let roll = try await transaction.publishProvisionalRoll(
            of: found, asOf: ColombianTime.date(at: now), because: nil, at: now)
        try await transaction.publishRoll(of: found, as: .provisional, at: now)
        try await transaction.move(found, to: .provisionalRoll, at: now)
        return Audited(
            roll,
            AuditEvent(
                "elections.roll.published", subject: process,
                details: [
                    "version": String(roll.version), "cutoff": roll.cutoffOn.description,
                    "eligible": String(roll.eligible), "ineligible": String(roll.ineligible),
                    "unproven": String(roll.unproven),
                ]))
    }
}
