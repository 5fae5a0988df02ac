public import Foundation
public import Kernel
import Postgres
public import Tenancy

/// Files of affiliates that come through the pages: each is received, checked by long work, confirmed by a person,
/// and merged by long work.
///
/// A server that is killed on the way has changed nothing: the file lies on disk, and the work is taken up again
/// from its beginning. Only the merge writes the register, whole or not at all, and notes in the same transaction
/// that it did.
public struct AffiliateUploads: Sendable {
    static let checkKind = "membership.affiliates.check"
    static let mergeKind = "membership.affiliates.merge"
    static let undoKind = "membership.affiliates.undo"

    /// The largest file, in octets (1 GiB): some eight million people.
    public static let maximumSize = 1_073_741_824

    private let imports: ImportAffiliates
    private let folder: AffiliateUploadFolder
    private var runner: CommandRunner { imports.runner }

    /// What a piece of long work has to know.
    struct Payload: Codable {
        let batch: ID<ImportBatch>
    }

    /// Takes files in.
    ///
    /// - Parameters:
    ///   - imports: Reads and merges them.
    ///   - folder: Where they lie meanwhile; made where it is not there.
    public init(_ imports: ImportAffiliates, folder: URL) {
        self.imports = imports
        self.folder = AffiliateUploadFolder(folder: folder)
    }

    // MARK: What a person does

    /// A file as it arrived.
    public struct Arrival: Sendable {
        /// Where it lies; it is moved away from there.
        public let location: URL
        /// Its name, without its folder.
        public let name: String
        /// Its size.
        public let byteCount: Int
        /// Its SHA-256.
        public let digest: [UInt8]

        /// Describes a file.
        public init(location: URL, name: String, byteCount: Int, digest: [UInt8]) {
            self.location = location
            self.name = name
            self.byteCount = byteCount
            self.digest = digest
        }
    }

    /// Takes a file in and has it checked.
    ///
    /// - Returns: What the file and its import are known by.
    /// - Throws: ``AccessError``, ``AffiliateImportError``, and what the file system throws. The file is not kept
    ///   then.
    public func receive(
        _ arrival: Arrival, asOf cutoff: CalendarDate, as principal: Principal, key: ID<Request>? = nil
    ) async throws -> ID<ImportBatch> {
        try principal.require(.importAffiliates, in: .office)
        let batch = ID<ImportBatch>()
        try folder.keep(arrival.location, as: batch, of: principal.organization)
        do {
            let forgotten = try await runner.run(
                ReceiveAffiliateFile(
                    batch: batch, fileName: arrival.name, byteCount: arrival.byteCount,
                    digest: arrival.digest,
                    cutoff: cutoff), as: principal, key: key)
            for each in forgotten { folder.remove(each, of: principal.organization) }
            return batch
        } catch {
            folder.remove(batch, of: principal.organization)
            throw error
        }
    }

    /// Gives a file up.
    ///
    /// - Throws: ``AccessError``, ``AffiliateImportError/wrongStep``.
    public func discard(
        _ batch: ID<ImportBatch>, as principal: Principal, key: ID<Request>? = nil
    ) async throws {
        try await runner.run(DiscardAffiliateFile(batch: batch), as: principal, key: key)
        folder.remove(batch, of: principal.organization)
    }

    /// The report of the rows that would be, or were, refused: see ``RefusalReport``.
    ///
    /// - Returns: The file, `nil` where there is none.
    /// - Throws: ``AccessError``, ``AffiliateImportError/batchNotFound``.
    public func report(of batch: ID<ImportBatch>, as principal: Principal) async throws -> [UInt8]? {
        if let kept = try await runner.fetch(ReadRefusalReport(batch), as: principal) { return kept }
        let draft = folder.report(batch, of: principal.organization)
        return (try? Data(contentsOf: draft)).map { Array($0) }
    }

    // MARK: What the server does

    /// Removes the files that a server left behind that was killed: those that were merged or given up already, or that
    /// it received and came to write down nowhere; and gives up those that nobody came back for. For the start, while
    /// nobody sends any.
    public func sweep() async throws {
        let forgotten = runner.now.addingTimeInterval(-ReceiveAffiliateFile.patience)
        for organization in folder.organizations() {
            let open = try await runner.database.transaction(TenantScope(.system(in: organization))) {
                transaction in
                _ = try await transaction.discardUploads(receivedBefore: forgotten)
                return try await transaction.openUploads()
            }
            for batch in folder.batches(of: organization).subtracting(open) {
                folder.remove(batch, of: organization)
            }
        }
    }

    /// The long work of imports.
    public var jobHandlers: [JobHandler] {
        [
            JobHandler(Self.checkKind, work: check), JobHandler(Self.mergeKind, work: merge),
            JobHandler(Self.undoKind, work: undo),
        ]
    }

    @Sendable private func check(
        _ job: Job, _ organization: ID<Organization>, _ progress: JobProgress
    ) async throws -> JSONText {
        let principal = Principal.system(in: organization)
        guard let upload = try await upload(of: job, at: .received, as: principal) else { return "{}" }
        let preview = try await stage(upload, as: principal, progress)
        try await runner.run(NoteAffiliateCheck(preview: preview, job: job.id), as: principal)
        return "{}"
    }

    @Sendable private func merge(
        _ job: Job, _ organization: ID<Organization>, _ progress: JobProgress
    ) async throws -> JSONText {
        let principal = Principal.system(in: organization)
        guard let upload = try await upload(of: job, at: .confirmed, as: principal),
            let preview = upload.preview
        else { return "{}" }
        try await progress.report(0, of: nil, phase: "Guardando en el padrón, todo o nada")
        do {
            try await merge(upload, preview, as: principal)
        } catch AffiliateImportError.rowsLost {
            // What waits does not survive a crash of the database, nor a day; the file does.
            let again = try await stage(upload, as: principal, progress)
            try await progress.report(0, of: nil, phase: "Guardando en el padrón, todo o nada")
            try await merge(upload, again, as: principal)
        }
        folder.remove(upload.batch, of: organization)
        return "{}"
    }

    private func merge(
        _ upload: AffiliateUpload, _ preview: AffiliateImportPreview, as principal: Principal
    ) async throws {
        var report: StoredFile?
        if preview.summary.refused > 0 {
            let content = Array(
                try Data(contentsOf: folder.report(upload.batch, of: principal.organization)))
            report = try StoredFile(
                name: "rechazadas de \(upload.fileName).csv", content: content, effectiveOn: upload.cutoff,
                accepted: [.csv])
        }
        // What is merged is what was confirmed, even where the rows had to be read again.
        try await runner.run(
            MergeAffiliates(
                preview.staged, asOf: upload.cutoff, confirmed: upload.preview?.summary,
                by: upload.confirmedBy,
                report: report), as: principal)
    }

    @Sendable private func undo(
        _ job: Job, _ organization: ID<Organization>, _ progress: JobProgress
    ) async throws -> JSONText {
        let batch = try job.payload.decoded(as: Payload.self).batch
        let principal = Principal.system(in: organization)
        let record = try await runner.fetch(ReadAffiliateImport(batch), as: principal).record
        // Killed after the undoing was kept and before the work was noted as done.
        guard record.undoneAt == nil else { return "{}" }
        try await progress.report(0, of: nil, phase: "Restaurando lo que decía el padrón")
        try await runner.run(UndoAffiliateImport(batch, askedBy: job.requestedBy), as: principal)
        return "{}"
    }

    /// The file that a piece of work is about, where it is at the step that the work is for: work that was
    /// overtaken does nothing.
    private func upload(
        of job: Job, at state: AffiliateUpload.State, as principal: Principal
    ) async throws -> AffiliateUpload? {
        let batch = try job.payload.decoded(as: Payload.self).batch
        let upload = try await runner.database.read(TenantScope(principal)) { transaction in
            try await transaction.affiliateUpload(batch)
        }
        guard let upload, upload.state == state, upload.job == job.id else { return nil }
        return upload
    }

    /// Reads a file into the rows that wait, and tells what they would do.
    private func stage(
        _ upload: AffiliateUpload, as principal: Principal, _ progress: JobProgress
    ) async throws -> AffiliateImportPreview {
        let path = folder.file(upload.batch, of: principal.organization).path
        guard FileManager.default.fileExists(atPath: path) else { throw AffiliateImportError.fileLost }
        let report = try RefusalReportFile(at: folder.report(upload.batch, of: principal.organization))
        let found = try await telling(progress, of: upload.byteCount) { tell in
            try await imports.stage(
                FileOnDisk(path: path), named: upload.fileName, batch: upload.batch, as: principal,
                report: { try report.write($0) }, progress: tell)
        }
        let isReportCut = try report.finish()
        let extent = try await runner.database.transaction(TenantScope(principal)) { transaction in
            try await transaction.extent(of: found.staged)
        }
        return AffiliateImportPreview(
            staged: found.staged, summary: found.summary, encoding: found.format.encoding.name,
            separator: found.format.separatorName,
            columns: found.format.columns.map { .init(name: $0.name, title: $0.column?.title) },
            notices: found.format.notices.map(\.message),
            refusedRows: found.refusals.map(AffiliateImportPreview.RefusedRow.init), extent: extent,
            isReportCut: isReportCut)
    }

    /// Does work while what it tells of its progress is written, as far as that keeps pace.
    private func telling<Value: Sendable>(
        _ progress: JobProgress, of byteCount: Int,
        _ work:
            @escaping @Sendable (@escaping @Sendable (AffiliateImportProgress) -> Void) async throws -> Value
    ) async throws -> Value {
        let (updates, news) = AsyncStream.makeStream(
            of: AffiliateImportProgress.self, bufferingPolicy: .bufferingNewest(1))
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                defer { news.finish() }
                return try await work { news.yield($0) }
            }
            group.addTask {
                for await update in updates {
                    try await progress.report(update.bytesRead, of: byteCount, phase: update.words)
                }
                return nil
            }
            var result: Value?
            while let ended = try await group.next() { result = ended ?? result }
            guard let result else { throw CancellationError() }
            return result
        }
    }
}

extension AffiliateImportProgress {
    /// What is being done, for those who wait.
    fileprivate var words: String {
        switch phase {
        case .checking:
            refused == 0
                ? "Revisando: \(SpanishFormat.count(read, "fila", "filas"))"
                : "Revisando: \(SpanishFormat.count(read, "fila", "filas")), \(SpanishFormat.count(refused, "rechazada", "rechazadas"))"
        case .comparing: "Comparando con el padrón"
        case .merging: "Guardando en el padrón, todo o nada"
        }
    }
}
