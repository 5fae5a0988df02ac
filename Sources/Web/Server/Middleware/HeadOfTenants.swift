import HTTPTypes
import Hummingbird

/// Refuses to answer for the head of a tenant's page alone: what opens there leaves the trace of a reading, and this
/// one would be nobody's.
struct HeadOfTenants: RouterMiddleware {
    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        guard request.method != .head || context.visit.isPublic else { throw WrongMethod(allowed: [.get]) }
        return try await next(request, context)
    }
}
