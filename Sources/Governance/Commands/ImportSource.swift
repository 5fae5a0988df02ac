public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Imports a source document of an alliance: its plan, meetings, minutes, agendas, text, and where it contradicts
/// itself.
public struct ImportSource: Command {
    /// What came of it.
    public enum Outcome: Sendable, Hashable {
        /// It was imported.
        case imported(ID<SourceDocument>)
        /// The same file had been imported; nothing changed.
        case unchanged(ID<SourceDocument>)
    }

    /// Who may do it.
    public static let permission = Permission.importSources
    /// The document.
    public let document: SourceDocument
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Takes a document for an alliance.
    public init(_ document: SourceDocument, of alliance: ID<Alliance>) {
        self.document = document
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Imports it, whole or not at all.
    ///
    /// - Throws: ``SourceError/changed(_:)`` where another file of that name was imported,
    ///   ``PlanError/yearTaken(_:)``, `AllianceError.notFound`.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Outcome> {
        guard try await transaction.alliance(alliance) != nil else { throw AllianceError.notFound }
        if let earlier = try await transaction.source(document.code, of: alliance) {
            guard earlier.digest == document.digest.bytes else { throw SourceError.changed(document.code) }
            return Audited(
                .unchanged(earlier.id), AuditEvent("governance.source.imported_again", subject: earlier.id))
        }
        let id = ID<SourceDocument>()
        try await transaction.insert(document, as: id, of: alliance, at: now)
        if let plan = document.plan {
            try await transaction.insert(plan, of: alliance, from: id, at: now)
        }
        try await transaction.insert(
            document.meetings, of: alliance, plan: document.plan?.id, from: id, at: now)
        for minutes in document.minutes {
            try await transaction.insert(minutes, of: alliance, from: id, at: now)
        }
        for agenda in document.agendas {
            try await transaction.insert(agenda, of: alliance, from: id, at: now)
        }
        try await transaction.insert(document.warnings, of: id)
        return Audited(
            .imported(id),
            AuditEvent(
                "governance.source.imported", subject: id,
                details: [
                    "code": document.code, "sha256": document.digest.description,
                    "meetings": String(document.meetings.count), "minutes": String(document.minutes.count),
                    "activities": String(document.plan?.activityCount ?? 0),
                    "warnings": String(document.warnings.count),
                ]))
    }
}
