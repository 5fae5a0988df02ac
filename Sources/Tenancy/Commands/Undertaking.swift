public import Foundation
public import Postgres

/// An act by which an alliance begins something or goes on with it: it enrols, meets, gives itself bodies and
/// representatives, elects. One that is dissolved does none of it any more.
///
/// What tells of what was, and what winds it up — papers, minutes, leaves, the end of periods, its restoration — is no
/// such act.
public protocol Undertaking: Command {}

extension Undertaking {
    /// Asks that the alliance of the command's chain is not dissolved.
    ///
    /// - Throws: ``AllianceError/isDissolved``.
    public func admit(in transaction: borrowing TenantTransaction, at now: Date) async throws {
        try await transaction.requireUndissolved(stream.alliance)
    }
}
