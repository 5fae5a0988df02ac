public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Takes in what the browser of a trustee made: a step of the key, the proof that the key file opens, or their part of
/// the decryption. It is checked before it is kept, and kept as the archive has it.
public struct PostTrusteeMessage: Command {
    /// Who may do it.
    public static let permission = Permission.keepKeys
    /// The process.
    public let place: ProcessPlace
    /// The box.
    public let box: ID<BallotBox>
    /// What it is.
    public let kind: TrusteeMessage.Kind
    /// What it says.
    public let content: [UInt8]
    /// The making of the key for which it was made, from 1.
    public let ceremony: Int

    /// Takes what came.
    public init(
        _ kind: TrusteeMessage.Kind, _ content: [UInt8], ceremony: Int, to box: ID<BallotBox>,
        in place: ProcessPlace
    ) {
        self.place = place
        self.box = box
        self.kind = kind
        self.content = content
        self.ceremony = ceremony
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Checks and keeps it. With the last decryption that is needed the box is counted.
    ///
    /// - Throws: ``BoxError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let ready = kind == .partialDecryption ? try await ending(in: transaction) : nil
        let found = try await transaction.lockedBox(box, of: place)
        let trustees = try await transaction.trustees(of: found)
        guard let trustee = trustees.first(where: { $0.user == transaction.scope.principal.user }) else {
            throw BoxError.notAppointed
        }
        // A page that was open while a trustee was relieved holds a key file that would never be taken again.
        guard ceremony == found.ceremony else {
            throw BoxError.messageRefused("es de una llave anterior, porque cambió un custodio.")
        }
        guard !trustee.hasPosted(kind) else { throw BoxError.alreadyPosted }
        guard found.step(of: trustee, among: trustees) == kind else { throw BoxError.notYourTurn }
        let message = try await transaction.checked(
            TrusteeMessage(number: trustee.number, kind: kind, content: content), of: found)
        try await transaction.insert(message, from: trustee, to: found, at: now)
        if kind == .partialDecryption {
            // Where another trustee came in between, what both sent together is verified now.
            let ending = if let ready { ready } else { try await transaction.ending(of: found) }
            if let ending { try await transaction.finish(found, with: ending, at: now) }
        }
        return Audited(
            AuditEvent(
                "elections.trustee.posted", subject: trustee.id,
                details: [
                    "name": trustee.name, "box": found.title, "kind": kind.rawValue,
                    "sha256": HashDigest(of: message.content).description,
                ]))
    }

    /// The end of the archive, if this is the last decryption that is needed: verified before anything is locked, so that
    /// nobody else waits meanwhile. What does not hold is told once the box is locked.
    private func ending(in transaction: borrowing TenantTransaction) async throws -> ArchiveEnding? {
        let found = try await transaction.box(box, of: place)
        let trustees = try await transaction.trustees(of: found)
        guard let trustee = trustees.first(where: { $0.user == transaction.scope.principal.user }),
            found.step(of: trustee, among: trustees) == kind
        else { return nil }
        let message = try await transaction.checked(
            TrusteeMessage(number: trustee.number, kind: kind, content: content), of: found)
        return try await transaction.ending(of: found, with: message)
    }
}
