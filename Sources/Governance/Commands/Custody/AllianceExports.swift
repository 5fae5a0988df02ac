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
    /// How many rows are read at once.
    private static let page = 2000

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

    /// Removes the archives of a tenant that are older than they are kept.
    private func sweep(_ organization: ID<Organization>) async throws {
        let (now, days) = (runner.now, Double(AllianceExport.keptDays))
        let expired = try await runner.database.transaction(TenantScope(.system(in: organization))) {
            try await $0.expireExports(madeBefore: now.addingTimeInterval(-days * 86_400), at: now)
        }
        for export in expired { try? FileManager.default.removeItem(at: place(export, of: organization)) }
    }

    @Sendable private func make(
        _ job: Job, _ organization: ID<Organization>, _ progress: JobProgress
    ) async throws -> JSONText {
        let payload = try job.payload.decoded(as: Payload.self)
        try await sweep(organization)
        let location = place(payload.export, of: organization)
        try FileManager.default.createDirectory(
            at: location.deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        let draft = location.appendingPathExtension("parte")
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
        return "{}"
    }
}

/// The writing of one copy.
private struct ExportMaking {
    let alliance: ID<Alliance>
    let progress: JobProgress
    let madeAt: Date

    func write(to location: URL, in transaction: borrowing TenantTransaction) async throws -> MadeExport {
        guard let found = try await transaction.alliance(alliance),
            let host = try await transaction.organization(transaction.organization)
        else { throw AllianceError.notFound }
        let writer = try ArchiveWriter(at: location, madeAt: madeAt)
        let relations = try await transaction.exportedRelations()
        let files = try await transaction.exportedFiles(of: alliance)
        let streams = [alliance.rawValue] + (try await transaction.exportedStreams(of: alliance))
        let total = relations.count + files.count + streams.count + 2
        var done = 0
        func advance(_ phase: String) async throws {
            try await progress.report(done, of: total, phase: phase)
            done += 1
        }
        for relation in relations {
            try await advance("Copiando las tablas")
            try await write(relation.name, to: writer, in: transaction)
        }
        try await advance("Copiando las personas")
        try await write(
            try await transaction.exportedMembers(of: alliance), as: "datos/asociados.json", to: writer)
        try await write(
            try await transaction.exportedActors(of: streams), as: "datos/quienes-actuaron.json", to: writer)
        for file in files {
            try await advance("Copiando los archivos")
            guard let content = try await transaction.content(of: file.id) else { continue }
            try await writer.write("archivos/\(file.id)-\(file.name)", content)
        }
        let documents = try await transaction.documents(of: alliance, on: ColombianTime.date(at: madeAt))
        try await writer.write("archivos/INDICE.csv", Array(ExportIndex(documents).csv.utf8))
        var chains: [ArchiveManifest.Chain] = []
        let heads = try await transaction.chainHeads()
        for stream in streams {
            try await advance("Copiando el registro de actuaciones")
            guard let head = heads.first(where: { $0.stream == stream }) else { continue }
            chains.append(try await write(head, to: writer, in: transaction))
        }
        try await advance("Escribiendo el manifiesto")
        let exclusions = try await transaction.exportExclusions()
        try await writer.write(
            "LEAME.txt",
            Array(
                ExportReadMe(alliance: found.name, entity: host.name, madeAt: madeAt, exclusions: exclusions)
                    .text.utf8))
        let manifest = ArchiveManifest(
            format: ArchiveManifest.format, organization: transaction.organization.description,
            organizationName: host.name, alliance: alliance.description, allianceName: found.name,
            madeAt: madeAt.formatted(.iso8601), chains: chains, entries: writer.entries)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let text = Array(try encoder.encode(manifest))
        try await writer.write(ArchiveManifest.path, text)
        let sums = writer.entries.map { "\($0.sha256)  \($0.path)\n" }.joined()
        try await writer.write(ArchiveManifest.sumsPath, Array(sums.utf8))
        try writer.finish()
        let (digest, size) = try Self.digest(of: location)
        return MadeExport(
            byteCount: size, entryCount: writer.entries.count, digest: digest,
            manifestDigest: HashDigest(of: text),
            chainHead: chains.first { $0.stream == alliance.description }.flatMap { HashDigest($0.head) })
    }

    /// Writes the rows of a table, a row a line within one array; a table without rows is left out.
    private func write(
        _ relation: String, to writer: ArchiveWriter, in transaction: borrowing TenantTransaction
    ) async throws {
        var rows = try await transaction.exportedRows(of: relation, in: alliance, after: 0, limit: Self.page)
        guard !rows.isEmpty else { return }
        // Pieces are read before they are written: a transaction cannot be lent to a closure that is kept.
        var (text, count) = ("[\n", 0)
        while !rows.isEmpty {
            text += (count == 0 ? "" : ",\n") + rows.joined(separator: ",\n")
            count += rows.count
            guard rows.count == Self.page else { break }
            rows = try await transaction.exportedRows(
                of: relation, in: alliance, after: count, limit: Self.page)
        }
        text += "\n]\n"
        let (bytes, counted) = (Array(text.utf8), count)
        try await writer.write("datos/\(relation).json", rows: counted) { write in
            try write(bytes)
            return counted
        }
    }

    private func write(_ rows: [String], as path: String, to writer: ArchiveWriter) async throws {
        let bytes = Array("[\n\(rows.joined(separator: ",\n"))\n]\n".utf8)
        try await writer.write(path, rows: rows.count) { write in
            try write(bytes)
            return rows.count
        }
    }

    /// Writes a chain, a link a line.
    private func write(
        _ head: ChainHead, to writer: ArchiveWriter, in transaction: borrowing TenantTransaction
    ) async throws -> ArchiveManifest.Chain {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var bytes: [UInt8] = []
        var last = 0
        while true {
            let lines = try await transaction.chainLines(of: head.stream, after: last, limit: Self.page)
            for line in lines {
                bytes += try encoder.encode(line)
                bytes.append(UInt8(ascii: "\n"))
            }
            last = lines.last?.sequence ?? last
            guard lines.count == Self.page else { break }
        }
        let stream = head.stream.uuidString.lowercased()
        let path = "cadena/\(stream).jsonl"
        try await writer.write(path, bytes)
        return ArchiveManifest.Chain(
            stream: stream, kind: head.kind, links: head.sequence, head: Hex.encode(head.hash), path: path)
    }

    private static let page = 2000

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

/// What a copy is, and how it is checked, for whoever opens it years later.
private struct ExportReadMe {
    let alliance: String
    let entity: String
    let madeAt: Date
    let exclusions: [(relation: String, reason: String)]

    var text: String {
        """
        COPIA DE \(alliance.uppercased())
        Entidad: \(entity)
        Hecha el \(SpanishFormat.longDateAndTime(madeAt)) (hora de Colombia)

        QUÉ ES
        Todo lo que la alianza tiene en la plataforma Alianzas, para que lo conserve por su cuenta. La pidió su junta.
        Contiene datos personales: guárdela con cuidado y no la publique.

        QUÉ TIENE
        datos/       Un archivo JSON por tabla, una fila por renglón. Los nombres son los de la base de datos:
                     actas en governance.minutes; reuniones en governance.meetings; elecciones en elections.
                     asociados.json: las personas que son o fueron de la alianza.
                     quienes-actuaron.json: los nombres de quienes aparecen en el registro.
        archivos/    Los archivos guardados y los documentos emitidos. El comienzo del nombre es su identificador
                     (file_id) en datos/tenancy.files.json. INDICE.csv dice de cada uno su clase, hasta cuándo se
                     conserva y su huella; de los que se eliminaron después de su término queda solo el renglón.
        cadena/      El registro de actuaciones, un renglón por evento, cada uno atado al anterior por su huella.
        \(ArchiveManifest.path)   Qué hay en la copia, con la huella SHA-256 de cada archivo, y dónde termina cada cadena.
        \(ArchiveManifest.sumsPath)  Las mismas huellas, para comprobarlas sin la plataforma.

        QUÉ NO TIENE
        \(exclusions.map { "\($0.relation): \($0.reason)" }.joined(separator: "\n"))

        CÓMO SE COMPRUEBA, SIN INTERNET
        1. Descomprima la copia en una carpeta.
        2. En Linux o Mac, en esa carpeta:   sha256sum -c \(ArchiveManifest.sumsPath)
           En Windows, PowerShell, por archivo:   Get-FileHash -Algorithm SHA256 \(ArchiveManifest.path)
           Todas las huellas tienen que coincidir.
        3. La huella del manifiesto está también en el registro de la alianza («Hizo una copia»): si es la misma, la copia
           es la que se hizo.
        4. Con el programa Alianzas, todo de una vez:   alianzas audit verify --archive ARCHIVO.zip

        CÓMO SE ATA EL REGISTRO
        La huella de un eslabón es SHA-256 de los 32 octetos de la huella anterior seguidos de un texto. El texto es la lista:
        cadena, eslabón, evento, microsegundos desde 1970, clase de actor, actor, acción, objeto, compromiso; de cada uno el
        número de octetos, dos puntos y el texto, separados por comas; «-» si falta. Antes del primero, la huella es SHA-256
        del nombre de la cadena. El compromiso es SHA-256 de la sal seguida de los detalles. Todo en UTF-8 y en minúsculas.

        """
    }
}
