import HTTPTypes
import Hummingbird
import NIOCore

/// Compresses what is text, as it is written, for browsers that accept gzip.
struct Compression: RouterMiddleware {
    private static let kinds = ["text/", "application/json", "image/svg+xml"]
    private static let leastBytes = 800

    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        let kind = response.headers[.contentType] ?? ""
        guard request.method != .head, response.headers[.contentEncoding] == nil,
            Self.kinds.contains(where: kind.hasPrefix), response.body.contentLength ?? .max >= Self.leastBytes
        else { return response }
        response.headers[.vary] = "Accept-Encoding"
        guard Self.isAccepted(by: request) else { return response }
        response.headers[.contentEncoding] = "gzip"
        let body = response.body
        response.body = ResponseBody { writer in
            try await body.write(GzipWriter(parent: writer))
        }
        response.headers[.contentLength] = nil
        return response
    }

    /// Whether the browser accepts gzip.
    static func isAccepted(by request: Request) -> Bool {
        request.headers[values: .acceptEncoding].contains { list in
            list.split(separator: ",").contains { coding in
                let parts = coding.split(separator: ";").map { $0.filter { $0 != " " } }
                return parts.first == "gzip" && !parts.dropFirst().contains { $0 == "q=0" || $0 == "q=0.0" }
            }
        }
    }

    /// Compresses what is written through it.
    private struct GzipWriter: ResponseBodyWriter {
        var parent: any ResponseBodyWriter
        let deflater = Deflater(level: 5)

        mutating func write(_ buffer: ByteBuffer) async throws {
            let bytes = buffer.withUnsafeReadableBytes { deflater.compress($0, isLast: false) }
            try await parent.write(ByteBuffer(bytes: bytes))
        }

        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
            let rest = deflater.compress(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true)
            var parent = parent
            try await parent.write(ByteBuffer(bytes: rest))
            try await parent.finish(trailingHeaders)
        }
    }
}
