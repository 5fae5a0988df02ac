import CZlib

/// Compresses a stream of bytes into the gzip format (RFC 1952).
///
/// A class, because zlib's state refers to its own place in memory and has to be freed once.
final class Deflater {
    private let stream: UnsafeMutablePointer<z_stream>

    /// Begins a stream, of a level from 1, quick, to 9, small.
    init(level: Int32) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let windowOfGzip: Int32 = 15 + 16
        let code = deflateInit2_(
            stream, level, Z_DEFLATED, windowOfGzip, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        // Every argument is a constant, so all that can fail is memory, after which nothing else works.
        precondition(code == Z_OK, "zlib did not start: \(code)")
    }

    deinit {
        deflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Takes bytes in and gives out those that are ready. After the last nothing may follow.
    func compress(_ bytes: UnsafeRawBufferPointer, isLast: Bool) -> [UInt8] {
        let flush = isLast ? Z_FINISH : Z_SYNC_FLUSH
        let room = Swift.max(64, Int(deflateBound(stream, UInt(bytes.count))) + 64)
        var output: [UInt8] = []
        // zlib reads here and never writes; its type lacks the word.
        stream.pointee.next_in = UnsafeMutablePointer(
            mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
        stream.pointee.avail_in = UInt32(bytes.count)
        repeat {
            let written = output.count
            output.append(contentsOf: repeatElement(0, count: room))
            output.withUnsafeMutableBufferPointer { buffer in
                stream.pointee.next_out = buffer.baseAddress.map { $0 + written }
                stream.pointee.avail_out = UInt32(room)
                deflate(stream, flush)
            }
            output.removeLast(Int(stream.pointee.avail_out))
        } while stream.pointee.avail_out == 0
        return output
    }

    /// Compresses bytes that are all there.
    static func gzip(_ bytes: [UInt8], level: Int32) -> [UInt8] {
        let deflater = Deflater(level: level)
        return bytes.withUnsafeBytes { deflater.compress($0, isLast: true) }
    }
}
