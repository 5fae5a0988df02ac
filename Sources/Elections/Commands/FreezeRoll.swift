public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Freezes the roll, once and for good, with its seal: those who may vote, as the decisions on claims have it. Electors
/// get their tables. It cannot be undone; who was left out needs a decision of before.
public struct FreezeRoll: ElectionDecision {
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

    /// Freezes the roll, once the announced time for claims is over: whoever still could claim is not asked.
    ///
    /// - Throws: ``ProcessError``, ``RollError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Roll
    > {
        guard let found = try await transaction.lockedProcess(process), found.alliance == alliance else {
            throw ProcessError.notFound
        }
        guard found.state == .provisionalRoll || found.state == .claims else {
            throw RollError.notNow(found.state)
        }
        let open = try await transaction.openClaims(of: process)
        guard open.isEmpty else { throw RollError.claimsOpen(open) }
        if let published = try await transaction.provisionalRoll(of: process),
            let window = ClaimWindow(try await transaction.calendar(of: process), of: published),
            window.isOpen(at: now)
        {
            throw RollError.claimsStillTaken(until: window.closesAt)
        }
        let roll = try await transaction.freezeRoll(of: found, at: now)
        try await transaction.freezeContacts(of: process)
        let unassigned = try await transaction.assignElectors(of: process)
        try await transaction.publishRoll(of: found, as: .frozen, at: now)
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
