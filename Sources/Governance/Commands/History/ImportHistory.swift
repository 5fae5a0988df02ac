public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// Takes history in from a sheet, all of it or nothing: what is in already is passed over, and each scan goes to the rows
/// that name it.
///
/// Each row is recorded by the rules by which one is recorded by hand.
public struct ImportHistory: Command {
    /// Who may do it.
    public static let permission = Permission.importHistory
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The sheet.
    public let sheet: HistorySheet
    /// The name of its file.
    public let fileName: String
    /// The scans.
    public let scans: [HistoryScan]
    /// Whether scans that the sheet names may come later.
    public let scansFollow: Bool

    /// Takes a sheet that was reviewed.
    public init(
        _ sheet: HistorySheet, from fileName: String, with scans: [HistoryScan], scansFollow: Bool = false,
        of alliance: ID<Alliance>
    ) {
        self.alliance = alliance
        self.sheet = sheet
        self.fileName = fileName.trimmedOrNil ?? sheet.kind.title
        self.scans = scans
        self.scansFollow = scansFollow
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Takes it in.
    ///
    /// - Throws: ``HistoryError``; what a scan is refused for.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<(id: ID<HistoryImport>, rows: Int)> {
        let review = try await HistoryReviewer(alliance: alliance, today: ColombianTime.date(at: now))
            .review(sheet, in: transaction)
        guard review.problems.isEmpty else { throw HistoryError.sheetHasProblems }
        guard !review.fresh.isEmpty else { throw HistoryError.nothingNew }
        let id = ID<HistoryImport>()
        let digest = HashDigest(of: sheet.csv)
        try await transaction.insert(id, of: review, from: fileName, digest: digest, in: alliance, at: now)
        for entry in review.fresh {
            let scan = try scan(of: entry.record)
            let brought: HistoryRow.Subject
            do {
                brought = try await record(entry, scan, in: transaction, at: now)
            } catch let refusal as any UserFacingError {
                throw HistoryError.rowRefused(row: entry.record.row, reason: refusal.message)
            }
            try await transaction.insert(entry, as: brought, in: id, of: alliance)
        }
        return Audited(
            (id, review.fresh.count),
            AuditEvent(
                "governance.history.imported", subject: id,
                details: [
                    "kind": sheet.kind.title.lowercased(), "rows": String(review.fresh.count),
                    "file": fileName, "sha256": digest.description,
                ]))
    }

    /// The scan that a row names, with the day of its record.
    private func scan(of record: PastRecord) throws -> StoredFile? {
        guard let name = record.scan else { return nil }
        guard let scan = scans.first(where: { $0.isMeant(by: name) }) else {
            guard scansFollow else { throw HistoryError.scanMissing(row: record.row, name: name) }
            return nil
        }
        return try scan.stored(on: record.day)
    }

    private func record(
        _ entry: HistoryEntry, _ scan: StoredFile?, in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> HistoryRow.Subject {
        switch entry.content {
        case .mandate(let mandate, let seat, let body, let holder):
            return .mandate(
                try await record(mandate, on: seat, held: holder, scan, in: transaction, at: now), body: body)
        case .minutes(let minutes, let body):
            let meeting = try Meeting(
                kind: minutes.kind, title: minutes.title, day: minutes.day, place: minutes.place, body: body)
            try await transaction.insert([meeting], of: alliance, plan: nil, from: nil, at: now)
            let recorded = try await RecordMinutes(
                of: meeting.id, in: alliance, number: minutes.number, datedOn: minutes.day,
                attendees: minutes.attendees, narrative: minutes.narrative,
                decisions: minutes.decisions.map { Minutes.Decision(decision: $0) },
                commitments: minutes.commitments, met: minutes.met, paper: scan
            ).perform(in: transaction, at: now)
            return .minutes(recorded.output, meeting: meeting.id)
        case .election(let election, let body):
            let id = ID<PastElection>()
            var file: ID<StoredFile>?
            if let scan { file = try await transaction.store(scan, as: .elections, in: stream, at: now) }
            try await transaction.insert(election, as: id, to: body, file: file, of: alliance, at: now)
            return .election(id)
        }
    }

    private func record(
        _ past: PastRecord.Mandate, on seat: ID<Seat>, held holder: NewMandate.Holder, _ scan: StoredFile?,
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> ID<Mandate> {
        var file: ID<StoredFile>?
        if let scan { file = try await transaction.store(scan, as: .mandates, in: stream, at: now) }
        let mandate = NewMandate(
            seat: seat, rank: past.rank, holder: holder, startsOn: past.startsOn, endsOn: past.endsOn,
            origin: .recorded, paper: past.paper, paperFile: file)
        try await transaction.openMandates([mandate], at: now)
        if let appointment = past.appointment,
            try await transaction.mandate(mandate.id)?.state == .pending
        {
            try await transaction.appoint(
                mandate.id, by: appointment.act, on: appointment.on, tookOfficeOn: appointment.tookOfficeOn,
                at: now)
        }
        if let end = past.end {
            try await transaction.end(
                mandate.id, on: end.on, because: end.reason, note: end.note, paper: past.paper, file: file,
                at: now)
        }
        return mandate.id
    }
}

/// Takes back all that an import brought, while nothing rests on it.
public struct UndoHistory: Command {
    /// Who may do it.
    public static let permission = Permission.importHistory
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The import.
    public let id: ID<HistoryImport>
    /// Why.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``HistoryError/reasonMissing``.
    public init(
        _ id: ID<HistoryImport>, of alliance: ID<Alliance>, because reason: String
    ) throws(HistoryError) {
        guard let reason = reason.trimmedOrNil else { throw .reasonMissing }
        self.alliance = alliance
        self.id = id
        self.reason = reason
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Takes it back.
    ///
    /// - Throws: ``HistoryError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let (imported, rows) = try await ReadHistoryImport(id, of: alliance).fetch(in: transaction, at: now)
        guard imported.undoneAt == nil else { throw HistoryError.notFound }
        var bodies: Set<ID<Body>> = []
        for case .mandate(let mandate, let body) in rows.map(\.subject) {
            // Eligibility forgets what was served by it before the mandate goes.
            try await transaction.cancelFacts(
                of: mandate.rawValue, because: "Se deshizo la importación de la historia.", at: now)
            bodies.insert(body)
        }
        try await transaction.undo(id, because: reason, at: now)
        for body in bodies { try await transaction.followService(in: body, at: now) }
        return Audited(
            AuditEvent(
                "governance.history.undone", subject: id,
                details: [
                    "kind": imported.kind.title.lowercased(), "rows": String(imported.rows),
                    "file": imported.fileName, "reason": reason,
                ]))
    }
}
