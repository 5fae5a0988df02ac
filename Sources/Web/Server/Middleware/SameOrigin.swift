import HTTPTypes
import Hummingbird
import Kernel

/// Refuses what another site makes a browser send here, before anything reads it. The form's own proof is the
/// second lock.
struct SameOrigin: RouterMiddleware {
    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        switch request.method {
        case .get, .head, .options: break
        default:
            guard Self.isOurs(request) else { throw FormRefusal.fromElsewhere }
        }
        return try await next(request, context)
    }

    /// Browsers say where a request comes from: in `Sec-Fetch-Site`, and older ones in `Origin`. What says
    /// nothing is no browser, and has no cookies to abuse.
    private static func isOurs(_ request: Request) -> Bool {
        if let site = request.headers[.secFetchSite] { return site == "same-origin" || site == "none" }
        guard let origin = request.headers[.origin] else { return true }
        guard let host = request.head.authority else { return false }
        return origin == "https://\(host)" || origin == "http://\(host)"
    }
}
