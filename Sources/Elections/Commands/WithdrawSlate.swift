public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Takes a slate back before the vote, at the wish of who answers for it. Its people may stand elsewhere while
/// nominations are taken.
public struct WithdrawSlate: Command {
    /// Who may do it.
    public static let permission = Permission.registerSlates
    /// The slate.
    public let slate: ID<Slate>
    /// Who asked for it, and by what paper.
    public let reason: String
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Takes what a person wrote.
    public init(
        _ slate: ID<Slate>, because reason: String, of process: ID<ElectoralProcess>,
        of alliance: ID<Alliance>
    ) {
        self.slate = slate
        self.reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
        self.process = process
        self.alliance = alliance
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Takes it off the ballot.
    ///
    /// - Throws: ``ProcessError``, ``SlateError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard !reason.isEmpty else { throw SlateError.reasonMissing }
        let file = try await transaction.heldSlate(slate, of: process, in: alliance, at: now)
        guard file.slate.state.stands else { throw SlateError.decidedAlready(file.slate.state) }
        guard file.process.state.takesNominations else { throw SlateError.notNow(file.process.state) }
        try await transaction.moveSlate(slate, to: .withdrawn, because: reason, at: now)
        try await transaction.takeOff(
            file.candidates.map(\.id), as: .withdrawn, because: "Se retiró la plancha.")
        return Audited(
            AuditEvent("elections.slate.withdrawn", subject: slate, details: ["reason": reason]))
    }
}
