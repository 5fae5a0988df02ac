import CLibpq
import Crypto
public import Foundation

/// The numbered files of SQL that make the schema what it is: `0012_elections_slates.sql`, forward only.
///
/// Each runs in one transaction, by the owner's role, and is recorded with its SHA-256. A file that was
/// applied is never edited, and none comes in front of one that was applied.
public struct Migrations: Sendable {
    /// One file.
    public struct File: Sendable, Hashable {
        /// The number at the head of the name, which gives the order.
        public let number: Int
        /// The name of the file without its ending.
        public let name: String
        /// The statements, as they stand in the file.
        let text: String
        /// SHA-256 of the text in UTF-8, in hexadecimal.
        public var fingerprint: String {
            SHA256.hash(data: Data(text.utf8)).map { byte in
                let digits = String(byte, radix: 16)
                return digits.count == 1 ? "0\(digits)" : digits
            }.joined()
        }
    }

    /// The files, by their number.
    public let files: [File]

    /// Reads the files of a folder.
    ///
    /// - Throws: ``MigrationError`` where the folder cannot be read or its names are no sequence.
    public init(directory: URL) throws(MigrationError) {
        var files: [File] = []
        do {
            for url in try FileManager.default.contentsOfDirectory(
                at: directory, includingPropertiesForKeys: nil)
            where url.pathExtension == "sql" {
                let name = url.deletingPathExtension().lastPathComponent
                guard let number = Self.number(of: name) else { throw MigrationError.badName(name) }
                files.append(
                    File(number: number, name: name, text: try String(contentsOf: url, encoding: .utf8)))
            }
        } catch let error as MigrationError {
            throw error
        } catch {
            throw .unreadable(directory.path)
        }
        files.sort { $0.number < $1.number }
        for (file, next) in zip(files, files.dropFirst()) where file.number == next.number {
            throw .sameNumber(file.name, next.name)
        }
        self.files = files
    }

    private static func number(of name: String) -> Int? {
        let digits = name.prefix { $0.isASCII && $0.isNumber }
        guard digits.count == 4, name.dropFirst(4).first == "_" else { return nil }
        return Int(digits)
    }

    /// Applies the files that the database does not have yet, after any other process that is doing so.
    ///
    /// - Parameters:
    ///   - database: The database to migrate.
    ///   - owner: The role that owns what the files make.
    ///   - progress: Called with each file once it has been committed.
    /// - Returns: The files that were applied now.
    /// - Throws: ``MigrationError``. What was committed before stays.
    @discardableResult
    public func apply(
        to database: Database, as owner: DatabaseRole, progress: @escaping @Sendable (File) -> Void = { _ in }
    ) async throws(MigrationError) -> [File] {
        let outcome: Result<[File], MigrationError>
        do throws(PostgresError) {
            outcome = try await database.bulk(as: owner) { connection throws(PostgresError) in
                Result { () throws(MigrationError) in try apply(on: connection, progress: progress) }
            }
        } catch {
            throw .database(error)
        }
        return try outcome.get()
    }

    /// Tells which files a database does not have yet, and changes nothing.
    ///
    /// - Parameters:
    ///   - database: The database to look into.
    ///   - role: Any role that may read which files were applied.
    /// - Returns: The files, by their number.
    /// - Throws: ``MigrationError``, also where the files are not those that were applied.
    public func pending(in database: Database, as role: DatabaseRole) async throws(MigrationError) -> [File] {
        let recorded: [[String]]
        do throws(PostgresError) {
            recorded = try await database.bulk(as: role) { connection throws(PostgresError) in
                let exists = try connection.rows("select to_regclass('public.migrations') is not null")
                return exists == [["t"]]
                    ? try connection.rows(
                        "select number, name, fingerprint from public.migrations order by number")
                    : []
            }
        } catch {
            throw .database(error)
        }
        return try pending(after: recorded)
    }

    /// The key of the advisory lock: whoever holds it migrates.
    private static let lock = 2_026_112_101

    private func apply(
        on connection: BulkConnection, progress: (File) -> Void
    ) throws(MigrationError) -> [File] {
        let recorded: [[String]]
        do throws(PostgresError) {
            // A migration that waited long for a lock would hold up everybody behind it.
            for setting in ["statement_timeout = 0", "lock_timeout = '30s'", "client_min_messages = warning"]
            {
                try connection.run("set \(setting)")
            }
            // Without it a sharded database refuses some orders of creation; elsewhere it is a name
            // without meaning.
            try connection.run("set citus.enable_local_reference_table_foreign_keys = off")
            try connection.run(
                "set lock_timeout = 0; select pg_advisory_lock(\(Self.lock)); set lock_timeout = '30s'")
            try connection.run(Self.record)
            recorded = try connection.rows(
                "select number, name, fingerprint from public.migrations order by number")
        } catch {
            throw .database(error)
        }
        let pending = try pending(after: recorded)
        for file in pending {
            try apply(file, on: connection)
            progress(file)
        }
        return pending
    }

    private static let record = """
        create table if not exists public.migrations (
            number      integer     not null,
            name        text        not null,
            fingerprint text        not null,
            applied_at  timestamptz not null,

            constraint migrations_pkey primary key (number),
            constraint migrations_fingerprint_shape check (fingerprint ~ '^[0-9a-f]{64}$')
        );
        comment on table public.migrations is 'The files of sql/migrations that were applied, with their SHA-256.'
        """

    /// The files that are not among those `recorded`: number, name and fingerprint of each, by number.
    func pending(after recorded: [[String]]) throws(MigrationError) -> [File] {
        let known = Dictionary(files.map { ($0.number, $0) }) { first, _ in first }
        var applied: Set<Int> = []
        for row in recorded {
            let number = Int(row[0]) ?? 0
            guard let file = known[number] else { throw .missing(row[1]) }
            guard file.fingerprint == row[2] else { throw .edited(file.name) }
            applied.insert(number)
        }
        let pending = files.filter { !applied.contains($0.number) }
        if let first = pending.first, let last = applied.max(), first.number < last {
            throw .outOfOrder(first.name, behind: known[last]?.name ?? "")
        }
        return pending
    }

    private func apply(_ file: File, on connection: BulkConnection) throws(MigrationError) {
        var line = 1
        do throws(PostgresError) {
            try connection.run("begin")
            for statement in SQLScript(file.text).statements {
                line = statement.line
                try connection.run(statement.text)
                guard PQtransactionStatus(connection.pointer) == PQTRANS_INTRANS else {
                    throw PostgresError(.usage, "a migration must not end its own transaction")
                }
            }
            try connection.run(
                """
                insert into public.migrations (number, name, fingerprint, applied_at)
                values (\(file.number), \(connection.literal(file.name)), '\(file.fingerprint)', clock_timestamp())
                """)
            try connection.run("commit")
        } catch {
            try? connection.run("rollback")
            throw .failed(file.name, line: line, error)
        }
    }
}
