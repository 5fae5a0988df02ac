public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Asks for a copy of all that an alliance has: long work makes it.
public struct RequestExport: Command {
    /// Who may do it.
    public static let permission = Permission.exportAlliance
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for a copy of an alliance.
    public init(of alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Asks for it.
    ///
    /// - Throws: ``CustodyError/exportUnderWay`` where one is being made.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        ID<AllianceExport>
    > {
        let id = ID<AllianceExport>()
        let job = try await transaction.request(
            AllianceExports.jobKind, alliance: alliance,
            payload: try JSONText(encoding: AllianceExports.Payload(export: id, alliance: alliance)), at: now)
        try await transaction.insert(id, of: alliance, by: job, at: now)
        return Audited(id, AuditEvent("governance.export.asked", subject: id))
    }
}

/// What came of the making of a copy.
struct MadeExport: Sendable {
    let byteCount: Int
    let entryCount: Int
    let digest: HashDigest
    let manifestDigest: HashDigest
    let chainHead: HashDigest?
}

/// Notes that a copy was made, with the digests by which anybody tells that it is the same.
struct NoteExport: Command {
    static let permission = Permission.exportAlliance
    let alliance: ID<Alliance>
    let export: ID<AllianceExport>
    let made: MadeExport

    var stream: AuditStream { .alliance(alliance) }

    func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<Void> {
        try await transaction.finish(export, made, at: now)
        return Audited(
            AuditEvent(
                "governance.export.made", subject: export,
                details: [
                    "sha256": made.digest.description, "manifest": made.manifestDigest.description,
                    "entries": String(made.entryCount),
                ]))
    }
}

/// Takes a copy away: each time is an event.
public struct TakeExport: Command {
    /// Who may do it.
    public static let permission = Permission.exportAlliance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The copy.
    public let export: ID<AllianceExport>

    /// Asks for a copy that was made.
    public init(_ export: ID<AllianceExport>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.export = export
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Gives what is known of it.
    ///
    /// - Throws: ``CustodyError/exportNotThere``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        AllianceExport
    > {
        guard let found = try await transaction.exports(of: alliance).first(where: { $0.id == export }),
            found.isThere(at: now)
        else { throw CustodyError.exportNotThere }
        return Audited(
            found,
            AuditEvent(
                "governance.export.taken", subject: export,
                details: ["sha256": found.digest?.description ?? ""]))
    }
}

/// The copies of an alliance.
public struct ReadExports: Query {
    /// Who may do it.
    public static let permission = Permission.exportAlliance
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for those of an alliance.
    public init(of alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads them, the latest first.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws
        -> [AllianceExport]
    {
        try await transaction.exports(of: alliance)
    }
}
