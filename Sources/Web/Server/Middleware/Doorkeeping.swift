import Hummingbird

/// Asks the doorkeeper who it is and what they find here.
struct Doorkeeping: RouterMiddleware {
    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        let visit = context.visit
        context.visit.admission = try await visit.site.doorkeeper.admit(
            Knock(
                token: visit.sessionToken, tenant: visit.tenant?.rawValue, isPublic: visit.isPublic,
                isRenewal: visit.isRenewal, now: visit.now))
        return try await next(request, context)
    }
}
