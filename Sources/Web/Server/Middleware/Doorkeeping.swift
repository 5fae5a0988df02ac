import Hummingbird

/// Asks the doorkeeper who it is and what they find here.
struct Doorkeeping: RouterMiddleware {
    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        let visit = context.visit
        context.visit.admission = try await visit.site.doorkeeper.admit(
            token: visit.sessionToken, to: visit.tenant?.rawValue, at: visit.now)
        return try await next(request, context)
    }
}
