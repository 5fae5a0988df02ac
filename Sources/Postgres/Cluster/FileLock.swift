import Glibc

/// A lock on a file, held until this value goes or the process ends, however it ends.
final class FileLock: Sendable {
    enum Kind {
        case shared
        case exclusive
    }

    private let descriptor: CInt

    /// Locks the file, making it where it is missing.
    ///
    /// - Returns: `nil` where somebody else holds the lock.
    /// - Throws: ``ClusterError/notPermitted(path:reason:)`` where the file cannot be opened.
    static func acquire(_ kind: Kind, at path: String) throws(ClusterError) -> FileLock? {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .notPermitted(path: path, reason: lastSystemError()) }
        let lock = FileLock(descriptor: descriptor)
        let operation = kind == .shared ? LOCK_SH : LOCK_EX
        return flock(descriptor, operation | LOCK_NB) == 0 ? lock : nil
    }

    private init(descriptor: CInt) {
        self.descriptor = descriptor
    }

    deinit {
        // Closing alone would leave the lock to a child that is just being spawned and has not yet closed its copy.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Replaces the file's content, for whoever meets the lock to read.
    func write(_ text: String) {
        ftruncate(descriptor, 0)
        _ = text.withCString { pwrite(descriptor, $0, strlen($0), 0) }
    }
}

/// The operating system's words for its last error.
func lastSystemError() -> String {
    String(cString: strerror(errno))
}
