public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Freezes the roll, once and for good, with its seal. It cannot be undone; who was left out needs a decision of before.
public struct FreezeRoll: Command {
    /// Who may do it.
    public static let permission = Permission.runProcesses
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for the roll of a process to be frozen.
    public init(of process: ID<ElectoralProcess>, of alliance: ID<Alliance>) {
        self.process = process
        self.alliance = alliance
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Freezes the roll.
    ///
    /// - Throws: ``ProcessError``, ``RollError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Roll
    > {
        guard let found = try await transaction.process(process), found.alliance == alliance else {
            throw ProcessError.notFound
        }
        let roll = try await transaction.freezeRoll(of: found, at: now)
        let unassigned = try await transaction.assignElectors(of: process)
        try await transaction.move(found, to: .frozenRoll, at: now)
        return Audited(
            roll,
            AuditEvent(
                "elections.roll.frozen", subject: process,
                details: [
                    "electors": String(roll.electors), "sha256": Hex.encode(roll.sha256),
                    "without_table": String(unassigned),
                ]))
    }
}
