import HTTPTypes
import Hummingbird

/// Tells browsers what pages of this site may do, which is little.
struct BrowserHeaders: RouterMiddleware {
    /// Nothing from elsewhere, no inline script or style, no frames. `data:` pictures are those that Bootstrap's
    /// style sheet holds.
    static let policy = """
        default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; \
        frame-ancestors 'none'
        """

    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.contentSecurityPolicy] = Self.policy
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "same-origin"
        response.headers[.crossOriginOpenerPolicy] = "same-origin"
        response.headers[.permissionsPolicy] = "camera=(self), microphone=(), geolocation=(), payment=()"
        if context.visit.site.isSecure {
            response.headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains"
        }
        return response
    }
}
