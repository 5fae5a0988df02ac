import HTTPTypes
import Hummingbird
import Kernel

/// Serves the files that pages load, ahead of everything that asks who it is.
struct AssetFiles: RouterMiddleware {
    private static let prefix = "/recursos/"

    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        guard request.uri.path.hasPrefix(Self.prefix), request.method == .get || request.method == .head
        else {
            return try await next(request, context)
        }
        let parts = request.uri.path.dropFirst(Self.prefix.count).split(separator: "/")
        switch parts.count {
        case 1:
            guard let found = context.visit.site.assets.file(String(parts[0])) else { throw NoSuchPage() }
            return Self.response(found.file, isImmutable: found.isImmutable, to: request)
        case 2 where parts[0] == "acento":
            guard let accent = Accent(hex: String(parts[1])) else { throw NoSuchPage() }
            let file = Assets.File(Array(accent.styleSheet.utf8), mediaType: "text/css; charset=utf-8")
            return Self.response(file, isImmutable: true, to: request)
        case 3 where parts[0] == "voto":
            // Whoever asks for other code than is served, with a page that was open before an update, loads it anew.
            let voting = context.visit.site.assets.voting
            guard parts[1] == voting.digest.description, let module = voting[String(parts[2])] else {
                throw NoSuchPage()
            }
            return Self.response(module.file, isImmutable: true, to: request)
        default:
            throw NoSuchPage()
        }
    }

    private static func response(_ file: Assets.File, isImmutable: Bool, to request: Request) -> Response {
        var headers: HTTPFields = [
            .contentType: file.mediaType,
            .eTag: "\"\(file.digest)\"",
            .cacheControl: isImmutable ? "public, max-age=31536000, immutable" : "no-cache",
            .vary: "Accept-Encoding",
        ]
        if file.mediaType.hasPrefix("text/javascript"), request.headers[.serviceWorker] != nil {
            // The worker of a page asks for the page's own place.
            headers[.serviceWorkerAllowed] = "/o/"
        }
        if request.headers[values: .ifNoneMatch].contains("\"\(file.digest)\"") {
            return Response(status: .notModified, headers: headers)
        }
        var bytes = file.bytes
        if let compressed = file.compressed, Compression.isAccepted(by: request) {
            headers[.contentEncoding] = "gzip"
            bytes = compressed
        }
        let response = Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        return request.method == .head ? response.createHeadResponse() : response
    }
}
