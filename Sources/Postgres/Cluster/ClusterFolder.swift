import Foundation
import Glibc

/// Where each part of a data folder is, and whose.
///
/// ```
/// postgres/            the cluster's data, as initdb made it
/// configuration/       its settings, written anew at each start; the server cannot change them
/// run/                 its socket, where the path is short enough for one
/// postgres.log
/// host.lock            held by the process that runs the server; names it
/// guests.lock          held, shared, by the others that use it
/// ```
struct ClusterFolder: Sendable {
    /// The absolute path of the data folder.
    let path: String

    var data: String { "\(path)/postgres" }
    /// Where a new cluster is made, so that one half made is never taken for a whole one.
    var draft: String { "\(path)/postgres.new" }
    var configuration: String { "\(path)/configuration" }
    var log: String { "\(path)/postgres.log" }
    var hostLock: String { "\(path)/host.lock" }
    var guestsLock: String { "\(path)/guests.lock" }
    var postmasterFile: String { "\(data)/postmaster.pid" }

    init(path: String) {
        let absolute = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL
        let text = absolute.path(percentEncoded: false)
        self.path = text.count > 1 && text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    /// The major version that the cluster was made with; `nil` where there is none yet.
    func majorVersion() throws(ClusterError) -> Int? {
        guard FileManager.default.fileExists(atPath: data) else { return nil }
        guard let text = try? String(contentsOfFile: "\(data)/PG_VERSION", encoding: .utf8),
            let major = Int(text.prefix(while: \.isNumber))
        else { throw .notACluster(path: data) }
        return major
    }

    /// Whom the server runs as: the owner of its data; for a new one this user, or in root's place `postgres`
    /// (made by Debian's package) or `alianzas`.
    func serverUser() throws(ClusterError) -> SystemUser {
        guard let current = SystemUser.current else { throw .namelessUser(id: geteuid()) }
        if let status = Self.status(of: data) {
            guard let owner = SystemUser(id: status.st_uid) else { throw .namelessUser(id: status.st_uid) }
            guard !owner.isRoot else { throw .notOurs(path: data) }
            guard current.isRoot || owner == current else { throw .notOurs(path: data) }
            return owner
        }
        guard current.isRoot else { return current }
        guard let user = ["postgres", "alianzas"].lazy.compactMap(SystemUser.init(named:)).first else {
            throw .noUnprivilegedUser
        }
        return user
    }

    /// The folder of the socket. Its path may have at most 107 bytes with the socket's own name, and no comma,
    /// which libpq reads as the end of a host. Where the data folder's path does not allow that, it is one
    /// elsewhere, named by the data folder's number in its file system.
    func socketFolder() throws(ClusterError) -> String {
        let near = "\(path)/run"
        if near.utf8.count + "/.s.PGSQL.5432".utf8.count <= 107, !near.contains(",") { return near }
        guard let status = Self.status(of: path) else {
            throw .notPermitted(path: path, reason: lastSystemError())
        }
        return "\(geteuid() == 0 ? "/run" : "/tmp")/alianzas-\(status.st_dev)-\(status.st_ino)"
    }

    /// Makes what is missing of the folder and opens the way into it for the server's user.
    func prepare(for user: SystemUser) async throws {
        let isDropping = geteuid() != user.id
        if isDropping { try await requireReachable(parentOf: path, by: user) }
        if Self.status(of: path) == nil {
            let parent = URL(filePath: path).deletingLastPathComponent()
            try? FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
            try makeFolder(path, mode: 0o700, owner: geteuid(), group: getegid())
        }
        if isDropping {
            if try await !canEnter(path, as: user) {
                // A folder of root's own, such as one that mktemp made: its way in is opened to the group of
                // the server's user, to nobody else.
                guard let status = Self.status(of: path), status.st_uid == 0,
                    chown(path, uid_t.max, user.group) == 0, chmod(path, status.st_mode & 0o7777 | 0o010) == 0
                else { throw ClusterError.unreachable(path: path, user: user.name) }
            }
            try await requireReachable(path, by: user)
        }
        try makeFolder(configuration, mode: 0o750, owner: geteuid(), group: user.group)
        try makeFolder(try socketFolder(), mode: 0o700, owner: user.id, group: user.group)
    }

    /// Makes a folder, or checks that the one that is there is a real one of the owner's: whoever owns the
    /// folder above could have put a link in its place.
    ///
    /// A new one is made aside and put in its place with its owner already set: another process that starts at
    /// the same moment must not meet it half made.
    func makeFolder(_ path: String, mode: mode_t, owner: uid_t, group: gid_t) throws(ClusterError) {
        if Self.status(of: path) == nil {
            var template = Array("\(path).XXXXXX".utf8CString)
            guard mkdtemp(&template) != nil else {
                throw .notPermitted(path: path, reason: lastSystemError())
            }
            guard chown(template, owner, group) == 0, chmod(template, mode) == 0 else {
                let reason = lastSystemError()
                rmdir(template)
                throw .notPermitted(path: path, reason: reason)
            }
            if rename(template, path) == 0 { return }
            // Somebody was faster; what they made is checked like any other.
            rmdir(template)
        }
        guard let status = Self.status(of: path), status.st_mode & S_IFMT == S_IFDIR, status.st_uid == owner
        else {
            throw .notOurs(path: path)
        }
    }

    /// Writes a file of the configuration, in one step, readable by the server's user.
    func writeConfiguration(_ name: String, _ text: String, for user: SystemUser) throws(ClusterError) {
        let path = "\(configuration)/\(name)"
        let draft = "\(path).new"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o640)
        guard descriptor >= 0 else { throw .notPermitted(path: draft, reason: lastSystemError()) }
        defer { close(descriptor) }
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw .notPermitted(path: draft, reason: lastSystemError()) }
            bytes = bytes.dropFirst(count)
        }
        guard fchown(descriptor, geteuid(), user.group) == 0, rename(draft, path) == 0 else {
            throw .notPermitted(path: path, reason: lastSystemError())
        }
    }

    /// The text of a file of the configuration, `nil` where it is missing.
    func readConfiguration(_ name: String) -> String? {
        try? String(contentsOfFile: "\(configuration)/\(name)", encoding: .utf8)
    }

    /// The last lines of the log that are not blank, joined for a message.
    func lastLogLines(_ count: Int = 5) -> String {
        guard let handle = FileHandle(forReadingAtPath: log) else { return "" }
        defer { try? handle.close() }
        let end = (try? handle.seekToEnd()) ?? 0
        try? handle.seek(toOffset: end - min(end, 4096))
        let text = String(decoding: (try? handle.readToEnd()) ?? Data(), as: UTF8.self)
        return text.split(separator: "\n").suffix(count).joined(separator: " / ")
    }

    /// Puts a large log aside, so that it takes twice the limit at most.
    func rotateLog(over limit: Int = 16 << 20) {
        guard let status = Self.status(of: log), status.st_size > limit else { return }
        rename(log, "\(log).1")
    }

    static func status(of path: String) -> stat? {
        var status = stat()
        return lstat(path, &status) == 0 ? status : nil
    }

    private func requireReachable(parentOf path: String, by user: SystemUser) async throws {
        var existing = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
        while existing != "/", !FileManager.default.fileExists(atPath: existing) {
            existing = URL(filePath: existing).deletingLastPathComponent().path(percentEncoded: false)
        }
        try await requireReachable(existing, by: user)
    }

    /// Asks the operating system, as that user: modes alone do not tell where there are access lists.
    private func requireReachable(_ path: String, by user: SystemUser) async throws {
        guard try await !canEnter(path, as: user) else { return }
        var blocked = "/"
        for component in path.split(separator: "/") {
            blocked += blocked == "/" ? component : "/\(component)"
            if try await !canEnter(blocked, as: user) { break }
        }
        throw ClusterError.unreachable(path: blocked, user: user.name)
    }

    private func canEnter(_ path: String, as user: SystemUser) async throws -> Bool {
        try await ChildProcess.run(
            Invocation(program: "/usr/bin/test", arguments: ["-x", path], user: user)
        ).status == 0
    }
}
