public import Foundation
public import Kernel
import Postgres
public import Tenancy

/// Makes copies of all that an alliance has: one archive with a file of JSON for each table, the files, the chains of
/// events, what it is in Spanish, and a manifest with the digest of each, so that it can be checked without this server.
///
/// A server that is killed on the way leaves nothing that counts: the work begins again, over what lay there.
public struct AllianceExports: Sendable {
    static let jobKind = "governance.alliance.export"

    /// What the work has to know.
    struct Payload: Codable {
        let export: ID<AllianceExport>
        let alliance: ID<Alliance>
    }

    private let runner: CommandRunner
    private let folder: URL

    /// Makes copies in a folder, which is made where it is not there.
    public init(runner: CommandRunner, folder: URL) {
        self.runner = runner
        self.folder = folder
    }

    /// The long work.
    public var jobHandler: JobHandler { JobHandler(Self.jobKind, work: make) }

    /// Where an archive lies.
    private func place(_ export: ID<AllianceExport>, of organization: ID<Organization>) -> URL {
        folder.appending(path: "\(organization)/\(export).zip")
    }

    /// Where the archive lies that somebody takes away.
    ///
    /// - Throws: ``CustodyError/exportNotThere``, ``AccessError``.
    public func take(
        _ export: ID<AllianceExport>, of alliance: ID<Alliance>, as principal: Principal
    ) async throws -> (location: URL, export: AllianceExport) {
        let location = place(export, of: principal.organization)
        let found = try await runner.run(TakeExport(export, of: alliance), as: principal)
        guard FileManager.default.fileExists(atPath: location.path) else {
            throw CustodyError.exportNotThere
        }
        return (location, found)
    }

    /// Removes the archives of a tenant that are kept no more, and whatever lies there of work that came to nothing: a
    /// chore of each day, so that no copy of everything outlives what was promised.
    public func sweep(_ organization: ID<Organization>, at now: Date) async throws {
        // What lies there is listed first: what is begun after that is not taken for something forgotten.
        let home = place(ID(), of: organization).deletingLastPathComponent()
        let files =
            (try? FileManager.default.contentsOfDirectory(at: home, includingPropertiesForKeys: nil)) ?? []
        let living = try await runner.database.transaction(TenantScope(.system(in: organization))) {
            try await $0.livingExports(at: now)
        }
        let kept = Set(living.map(\.description))
        for file in files {
            let name = file.lastPathComponent.prefix { $0 != "." }
            if !kept.contains(String(name)) { try FileManager.default.removeItem(at: file) }
        }
    }

    @Sendable private func make(
        _ job: Job, _ organization: ID<Organization>, _ progress: JobProgress
    ) async throws -> JSONText {
        let payload = try job.payload.decoded(as: Payload.self)
        let location = place(payload.export, of: organization)
        try FileManager.default.createDirectory(
            at: location.deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        let draft = location.appendingPathExtension("parte")
        var isNoted = false
        // What nobody noted nobody may take, and nothing would remove.
        defer {
            if !isNoted {
                for file in [draft, location] { try? FileManager.default.removeItem(at: file) }
            }
        }
        let now = runner.now
        let made = try await runner.database.snapshot(TenantScope(.system(in: organization))) { transaction in
            try await ExportMaking(alliance: payload.alliance, progress: progress, madeAt: now)
                .write(to: draft, in: transaction)
        }
        _ = try? FileManager.default.removeItem(at: location)
        try FileManager.default.moveItem(at: draft, to: location)
        try await progress.report(1, of: 1, phase: "La copia está lista")
        try await runner.run(
            NoteExport(alliance: payload.alliance, export: payload.export, made: made),
            as: .system(in: organization))
        isNoted = true
        return "{}"
    }
}

/// The writing of one copy.
private struct ExportMaking {
    let alliance: ID<Alliance>
    let progress: JobProgress
    let madeAt: Date

    private var subject: CopySubject {
        CopySubject(alliance: alliance, day: ColombianTime.date(at: madeAt), page: Self.page)
    }

    func write(to location: URL, in transaction: borrowing TenantTransaction) async throws -> MadeExport {
        guard let found = try await transaction.alliance(alliance),
            let host = try await transaction.organization(transaction.organization)
        else { throw AllianceError.notFound }
        let writer = try ArchiveWriter(at: location, madeAt: madeAt)
        let subject = subject
        let tables = try await transaction.copiedTables()
        let files = try await transaction.copiedFiles(for: subject)
        let streams = [alliance.rawValue] + (try await transaction.copiedStreams(for: subject))
        let total = tables.count + files.count + streams.count + 2
        var done = 0
        func advance(_ phase: String) async throws {
            try await progress.report(done, of: total, phase: phase)
            done += 1
        }
        for table in tables {
            try await advance("Copiando las tablas")
            try await write("datos/\(table).json", to: writer, in: transaction) { transaction, key in
                try await transaction.copiedRows(of: table, for: subject, after: key)
            }
        }
        try await advance("Copiando las personas")
        try await write("datos/asociados.json", to: writer, in: transaction) { transaction, key in
            try await transaction.copiedMembers(for: subject, after: key)
        }
        try await write("datos/quienes-actuaron.json", to: writer, in: transaction) { transaction, key in
            try await transaction.copiedActors(of: streams, for: subject, after: key)
        }
        try await writePolls(to: writer, in: transaction)
        for file in files {
            try await advance("Copiando los archivos")
            guard let content = try await transaction.content(of: file.id) else { continue }
            try writer.write("archivos/\(file.id)-\(file.name)", content)
        }
        let documents = try await transaction.documents(of: alliance, on: ColombianTime.date(at: madeAt))
        try writer.write("archivos/INDICE.csv", Array(ExportIndex(documents).csv.utf8))
        var chains: [ArchiveManifest.Chain] = []
        let heads = try await transaction.chainHeads()
        for stream in streams {
            try await advance("Copiando el registro de actuaciones")
            guard let head = heads.first(where: { $0.stream == stream }) else { continue }
            chains.append(try await write(head, to: writer, in: transaction))
        }
        try await advance("Escribiendo el manifiesto")
        let readMe = ExportReadMe(
            alliance: found.name, entity: host.name, madeAt: madeAt,
            absences: try await transaction.copyAbsences())
        try writer.write("LEAME.txt", Array(readMe.text.utf8))
        let manifest = ArchiveManifest(
            format: ArchiveManifest.format, organization: transaction.organization.description,
            organizationName: host.name, alliance: alliance.description, allianceName: found.name,
            madeAt: madeAt.formatted(.iso8601), chains: chains, entries: writer.entries)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let text = Array(try encoder.encode(manifest))
        try writer.write(ArchiveManifest.path, text)
        let sums = writer.entries.map { "\($0.sha256)  \($0.path)\n" }.joined()
        try writer.write(ArchiveManifest.sumsPath, Array(sums.utf8))
        try writer.finish()
        let (digest, size) = try Self.digest(of: location)
        return MadeExport(
            byteCount: size, entryCount: writer.entries.count, digest: digest,
            manifestDigest: HashDigest(of: text),
            chainHead: chains.first { $0.stream == alliance.description }.flatMap { HashDigest($0.head) })
    }

    /// Writes rows, a row a line within one array, page by page; what has none is left out.
    private func write(
        _ path: String, to writer: ArchiveWriter, in transaction: borrowing TenantTransaction,
        page read: (borrowing TenantTransaction, _ after: String?) async throws -> [CopiedRow]
    ) async throws {
        var (count, key): (Int, String?) = (0, nil)
        while true {
            let rows = try await read(transaction, key)
            if rows.isEmpty { break }
            if count == 0 { try writer.begin(path) }
            let text = rows.map(\.line).joined(separator: ",\n")
            try writer.append(Array("\(count == 0 ? "[\n" : ",\n")\(text)".utf8))
            count += rows.count
            key = rows.last?.key
            guard rows.count == Self.page else { break }
        }
        guard count > 0 else { return }
        try writer.append(Array("\n]\n".utf8))
        try writer.end(rows: count)
    }

    /// Writes what came of the polls that were closed, and of none what each person answered.
    private func writePolls(
        to writer: ArchiveWriter, in transaction: borrowing TenantTransaction
    ) async throws {
        var results: [CopiedPoll] = []
        for poll in try await transaction.polls(of: alliance) where poll.closedOn != nil {
            results.append(CopiedPoll(poll, try await transaction.result(of: poll)))
        }
        guard !results.isEmpty else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try writer.begin("datos/resultados-de-consultas.json")
        try writer.append(Array(try encoder.encode(results)))
        try writer.end(rows: results.count)
    }

    /// Writes a chain, a link a line.
    private func write(
        _ head: ChainHead, to writer: ArchiveWriter, in transaction: borrowing TenantTransaction
    ) async throws -> ArchiveManifest.Chain {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let stream = head.stream.uuidString.lowercased()
        let path = "cadena/\(stream).jsonl"
        try writer.begin(path)
        var last = 0
        while true {
            let lines = try await transaction.chainLines(of: head.stream, after: last, limit: Self.page)
            var bytes: [UInt8] = []
            for line in lines {
                bytes += try encoder.encode(line)
                bytes.append(UInt8(ascii: "\n"))
            }
            try writer.append(bytes)
            last = lines.last?.sequence ?? last
            guard lines.count == Self.page else { break }
        }
        try writer.end()
        return ArchiveManifest.Chain(
            stream: stream, kind: head.kind, links: head.sequence, head: Hex.encode(head.hash), path: path)
    }

    /// How many rows are read, and are in memory, at once.
    private static let page = 500

    private static func digest(of location: URL) throws -> (HashDigest, Int) {
        let handle = try FileHandle(forReadingFrom: location)
        defer { try? handle.close() }
        var (builder, size) = (HashDigestBuilder(), 0)
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
            builder.append(Array(piece))
            size += piece.count
        }
        return (builder.digest, size)
    }
}
