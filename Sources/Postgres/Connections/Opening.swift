import CLibpq
import Glibc

/// A connection of libpq that nobody uses yet.
struct RawConnection: ~Copyable, @unchecked Sendable {
    private let pointer: OpaquePointer

    /// Opens a connection, trying the hosts of the settings in turn. Waits in the kernel: for a thread that may.
    init(_ parameters: [String: String]) throws(PostgresError) {
        let words = Array(parameters)
        var keywords = words.map { strdup($0.key) }
        var values = words.map { strdup($0.value) }
        defer { for text in keywords + values { free(text) } }
        keywords.append(nil)
        values.append(nil)
        let opened = keywords.withUnsafeBufferPointer { keywords in
            values.withUnsafeBufferPointer { values in
                keywords.withMemoryRebound(to: UnsafePointer<CChar>?.self) { keywords in
                    values.withMemoryRebound(to: UnsafePointer<CChar>?.self) { values in
                        PQconnectdbParams(keywords.baseAddress, values.baseAddress, 0)
                    }
                }
            }
        }
        guard let opened else { throw PostgresError(.connection, "out of memory") }
        guard PQstatus(opened) == CONNECTION_OK else {
            defer { PQfinish(opened) }
            throw PostgresError(connection: opened)
        }
        // Notices would go to the standard error stream.
        PQsetNoticeReceiver(opened, { _, _ in }, nil)
        pointer = opened
    }

    deinit {
        PQfinish(pointer)
    }

    /// Gives the connection away.
    consuming func take() -> OpaquePointer {
        let pointer = pointer
        discard self
        return pointer
    }
}
