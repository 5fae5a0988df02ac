public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Erases who complained, when they take back that their name be kept (Ley 1581 de 2012, article 8, e). What was done
/// with the complaint stays, as if it had been anonymous.
public struct EraseComplainant: Command {
    /// Who asks for it.
    public enum Source: Sendable, Hashable {
        /// Whoever has the code that its filing gave. The act is the server's.
        case code(ReadableCode)
        /// The member who filed it. The act is the server's, so that the log does not tell who they are.
        case member(ID<User>, ID<Complaint>)
        /// Whoever works with the alliance, as the person asked them: how they asked.
        case desk(ID<Complaint>, asked: String)
    }

    /// Who may do it.
    public static let permission = Permission.openComplainants
    /// The alliance.
    public let alliance: ID<Alliance>
    /// Who asks for it.
    public let source: Source

    /// Takes who asks.
    public init(in alliance: ID<Alliance>, asked source: Source) {
        self.alliance = alliance
        self.source = source
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Erases it.
    ///
    /// - Throws: ``ComplaintError/notFound``, ``ComplaintError/receiptNotFound``, ``ComplaintError/nobodyKnown``,
    ///   `InvalidInput` where what the desk wrote names somebody.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        let (id, asked) = try await complaint(in: transaction)
        guard let found = try await transaction.complaint(id, of: alliance) else {
            throw ComplaintError.notFound
        }
        guard found.identity == .kept else { throw ComplaintError.nobodyKnown }
        try await transaction.eraseComplainant(
            of: id, in: alliance, on: ColombianTime.date(at: now), at: now)
        return Audited(
            AuditEvent(
                "governance.complainant.erased", subject: id,
                details: ["filing_number": found.number.description, "asked": asked]))
    }

    /// Which complaint it is, and how it was asked.
    private func complaint(
        in transaction: borrowing TenantTransaction
    ) async throws -> (ID<Complaint>, asked: String) {
        switch source {
        case .code(let code):
            guard let id = try await transaction.complaint(by: code, of: alliance) else {
                throw ComplaintError.receiptNotFound
            }
            return (id, "con el código de la queja")
        case .member(let user, let id):
            guard try await transaction.isOwn(id, of: user) else { throw ComplaintError.notFound }
            return (id, "con su cuenta")
        case .desk(let id, let asked):
            try await transaction.clinicalFilter().check([("note", asked)])
            return (id, asked)
        }
    }
}
