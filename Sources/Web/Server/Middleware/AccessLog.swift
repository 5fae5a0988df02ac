import Hummingbird
import Logging

/// Writes a line for each request, without what it says of people: the pattern of the address in place of the
/// address, and neither query nor client.
struct AccessLog: RouterMiddleware {
    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
        context.logger.info(
            "request",
            metadata: [
                "method": "\(request.method)", "place": "\(context.endpointPath ?? "-")",
                "status": "\(response.status.code)", "ms": "\(Int(milliseconds.rounded()))",
            ])
        return response
    }
}
