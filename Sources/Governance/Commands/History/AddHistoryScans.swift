public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Adds scans to what came from paper without them: each file goes to the rows whose sheet names it, all of them or none.
public struct AddHistoryScans: Command {
    /// Who may do it.
    public static let permission = Permission.importHistory
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The import.
    public let id: ID<HistoryImport>
    /// The files.
    public let scans: [HistoryScan]

    /// Takes files that were matched.
    public init(_ scans: [HistoryScan], to id: ID<HistoryImport>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
        self.scans = scans
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Adds them.
    ///
    /// - Throws: ``HistoryError``; what a file is refused for.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Int> {
        let (imported, rows) = try await ReadHistoryImport(id, of: alliance).fetch(in: transaction, at: now)
        guard imported.undoneAt == nil else { throw HistoryError.notFound }
        let match = HistoryScanMatch(scans, with: rows)
        guard match.problems.isEmpty, !match.matched.isEmpty else { throw HistoryError.scanNotAwaited }
        for (row, scan) in match.matched {
            try await bind(try scan.stored(on: row.day), to: row, in: transaction, at: now)
        }
        return Audited(
            match.matched.count,
            AuditEvent(
                "governance.history.scanned", subject: id,
                details: [
                    "kind": imported.kind.title.lowercased(), "rows": String(match.matched.count),
                    "files": String(scans.count), "file": imported.fileName,
                ]))
    }

    private func bind(
        _ scan: StoredFile, to row: HistoryRow, in transaction: borrowing TenantTransaction, at now: Date
    ) async throws {
        switch row.subject {
        case .minutes(let minutes, _):
            let subject = Paper.Subject.minutes(minutes)
            try await transaction.insert(
                scan, as: subject, titled: subject.title, datedOn: row.day, of: alliance, at: now)
        case .mandate:
            try await transaction.bind(
                try await transaction.store(scan, as: .mandates, in: stream, at: now), to: row, of: id)
        case .election:
            try await transaction.bind(
                try await transaction.store(scan, as: .elections, in: stream, at: now), to: row, of: id)
        }
    }
}
