public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Accredits a witness (`testigo`) of an admitted slate, at one table or at all of them.
public struct AccreditWitness: Command {
    /// Who may do it.
    public static let permission = Permission.accreditWitnesses
    /// The name.
    public let name: String
    /// The document.
    public let document: IdentityDocument
    /// The table; `nil` for all.
    public let table: ID<VotingTable>?
    /// The slate.
    public let slate: ID<Slate>
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Takes who is to watch for a slate.
    ///
    /// - Throws: ``WitnessError/unnamed``.
    public init(
        _ name: String, _ document: IdentityDocument, at table: ID<VotingTable>?, for slate: ID<Slate>,
        of process: ID<ElectoralProcess>, of alliance: ID<Alliance>
    ) throws(WitnessError) {
        self.name = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !self.name.isEmpty, self.name.count <= 120 else { throw .unnamed }
        self.document = document
        self.table = table
        self.slate = slate
        self.process = process
        self.alliance = alliance
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Writes the accreditation.
    ///
    /// - Throws: ``ProcessError``, ``SlateError``, ``WitnessError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        ID<SlateWitness>
    > {
        let file = try await transaction.heldSlate(slate, of: process, in: alliance, at: now)
        guard file.process.state.decidesCandidacies else { throw SlateError.notNow(file.process.state) }
        guard file.slate.state == .admitted else { throw WitnessError.slateNotAdmitted }
        if let capacity = try await transaction.capacity(of: document, in: process), capacity != .candidate {
            throw WitnessError.otherCapacity(capacity)
        }
        let id = ID<SlateWitness>()
        try await transaction.insertWitness(
            id, named: name, with: document, at: table, of: file.slate, in: process, at: now)
        return Audited(
            id,
            AuditEvent(
                "elections.witness.accredited", subject: id,
                details: [
                    "name": name, "slate": file.slate.name, "table": table?.description ?? "",
                ]))
    }
}

/// Ends the accreditation of a witness, so that another may come.
public struct WithdrawWitness: Command {
    /// Who may do it.
    public static let permission = Permission.accreditWitnesses
    /// The accreditation.
    public let witness: ID<SlateWitness>
    /// The slate.
    public let slate: ID<Slate>
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for an accreditation to end.
    public init(
        _ witness: ID<SlateWitness>, of slate: ID<Slate>, of process: ID<ElectoralProcess>,
        of alliance: ID<Alliance>
    ) {
        self.witness = witness
        self.slate = slate
        self.process = process
        self.alliance = alliance
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Ends it.
    ///
    /// - Throws: ``ProcessError``, ``SlateError``, ``WitnessError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        let file = try await transaction.heldSlate(slate, of: process, in: alliance, at: now)
        guard file.process.state.decidesCandidacies else { throw SlateError.notNow(file.process.state) }
        try await transaction.endWitness(witness, of: slate, at: now)
        return Audited(AuditEvent("elections.witness.withdrawn", subject: witness))
    }
}
