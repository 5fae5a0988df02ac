import Foundation

/// Standard input and output as bytes, without the buffers of the C library.
enum StandardStreams {
    /// Reads what is there, up to 64 KiB, waiting only if there is nothing.
    ///
    /// - Returns: `nil` at the end of the input.
    static func read() throws -> ArraySlice<UInt8>? {
        let chunk = try [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
            count = try retryingInterrupted {
                Foundation.read(STDIN_FILENO, buffer.baseAddress, buffer.count)
            }
        }
        return chunk.isEmpty ? nil : chunk[...]
    }

    /// Writes all of the bytes.
    static func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let unwritten = UnsafeRawBufferPointer(rebasing: rest)
                let count = try retryingInterrupted {
                    Foundation.write(STDOUT_FILENO, unwritten.baseAddress, unwritten.count)
                }
                rest = rest.dropFirst(count)
            }
        }
    }

    private static func retryingInterrupted(_ call: () -> Int) throws -> Int {
        while true {
            let count = call()
            if count >= 0 { return count }
            guard errno == EINTR else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        }
    }
}
