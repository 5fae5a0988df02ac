public import Foundation
public import Kernel
public import Postgres

/// The file in which the server's key lies: 64 hexadecimal digits, readable by its owner alone.
public struct ServerKeyFile: Sendable {
    /// Where it lies.
    public let path: String

    /// Names a file.
    public init(path: String) {
        self.path = path
    }

    /// Reads the key of a database. Where neither file nor database has one yet, a new one is made; where the database has
    /// one already, its file was lost, and another key would open nothing in it.
    ///
    /// - Throws: ``ServerKeyError``.
    public func load(for database: Database) async throws -> ServerKey {
        if let key = try load() { return key }
        let isKeyed = try await database.read(IdentityScope()) {
            try await $0.value("select exists (select from identity.server_keys)", as: Bool.self)
        }
        guard isKeyed != true else { throw ServerKeyError.isMissing(path: path) }
        return try loadOrCreate()
    }

    /// Reads the key; where there is no file yet, makes one with a new key, and its folder.
    ///
    /// - Throws: ``ServerKeyError``.
    func loadOrCreate() throws -> ServerKey {
        if let key = try load() { return key }
        let secret = ServerKey.randomSecret()
        let text = secret.map { String(format: "%02x", $0) }.joined() + "\n"
        // With a database elsewhere nothing else has made the folder yet.
        try? FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        // Made with its mode from the start under a name of its own, and given its name when it is whole, never over
        // another: two servers that start together do not end with two keys, nor does one that is killed here leave half.
        let draft = "\(path).\(UUID().uuidString)"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw ServerKeyError.cannotBeWritten(path: path) }
        defer { unlink(draft) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: Data(text.utf8))
        try handle.synchronize()
        guard link(draft, path) == 0 else {
            if errno == EEXIST, let key = try load() { return key }
            throw ServerKeyError.cannotBeWritten(path: path)
        }
        return ServerKey(secret: secret)
    }

    private func load() throws -> ServerKey? {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw ServerKeyError.cannotBeRead(path: path)
        }
        guard status.st_mode & 0o077 == 0 else { throw ServerKeyError.isReadableByOthers(path: path) }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ServerKeyError.cannotBeRead(path: path)
        }
        let digits = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard digits.utf8.count == 64 else { throw ServerKeyError.isMalformed(path: path) }
        var secret: [UInt8] = []
        var rest = digits[...]
        while !rest.isEmpty {
            guard let octet = UInt8(rest.prefix(2), radix: 16) else {
                throw ServerKeyError.isMalformed(path: path)
            }
            secret.append(octet)
            rest = rest.dropFirst(2)
        }
        return ServerKey(secret: secret)
    }
}

extension ServerKey {
    /// Makes sure that this is the key of the database: with another, every login would be unknown.
    ///
    /// - Throws: ``ServerKeyError/isOfAnotherDatabase``.
    public func claim(_ database: Database, at now: Date) async throws {
        let fingerprint = fingerprint
        let known = try await database.transaction(IdentityScope()) { transaction in
            try await transaction.execute(
                """
                insert into identity.server_keys (fingerprint, first_used_at)
                select \(fingerprint), \(now)
                where not exists (select from identity.server_keys)
                """)
            return try await transaction.value(
                "select exists (select from identity.server_keys where fingerprint = \(fingerprint))",
                as: Bool.self)
        }
        guard known == true else { throw ServerKeyError.isOfAnotherDatabase }
    }
}

/// Why the server cannot start with a key.
public enum ServerKeyError: UserFacingError, Hashable {
    /// The file cannot be read.
    case cannotBeRead(path: String)
    /// The database has a key, and the file that holds it is not there.
    case isMissing(path: String)
    /// The file cannot be made.
    case cannotBeWritten(path: String)
    /// Others than its owner can read it.
    case isReadableByOthers(path: String)
    /// It holds no key.
    case isMalformed(path: String)
    /// The database was begun with another key.
    case isOfAnotherDatabase

    /// The stable code.
    public var code: String {
        switch self {
        case .cannotBeRead: "tenancy.server_key.cannot_be_read"
        case .isMissing: "tenancy.server_key.is_missing"
        case .cannotBeWritten: "tenancy.server_key.cannot_be_written"
        case .isReadableByOthers: "tenancy.server_key.is_readable_by_others"
        case .isMalformed: "tenancy.server_key.is_malformed"
        case .isOfAnotherDatabase: "tenancy.server_key.is_of_another_database"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind { .unavailable }

    /// The words for the operator.
    public var message: String {
        switch self {
        case .cannotBeRead(let path):
            "No se puede leer la clave del servidor en \(path). Revise el dueño y los permisos del archivo."
        case .isMissing(let path):
            """
            Falta la clave del servidor, \(path): sin ella nadie puede ingresar a esta base de datos. Recupere el \
            archivo «llave» de la copia de seguridad y póngalo ahí.
            """
        case .cannotBeWritten(let path):
            "No se puede crear la clave del servidor en \(path). Revise los permisos de la carpeta."
        case .isReadableByOthers(let path):
            "Otros usuarios pueden leer la clave del servidor en \(path). Ejecute «chmod 600 \(path)»."
        case .isMalformed(let path):
            "El archivo \(path) no contiene una clave. Recupérelo de la copia de seguridad."
        case .isOfAnotherDatabase:
            """
            Esta base de datos se creó con otra clave del servidor: con esta nadie podría ingresar. \
            Recupere el archivo «llave» y póngalo en la carpeta de datos (ALIANZAS_DATA).
            """
        }
    }
}
