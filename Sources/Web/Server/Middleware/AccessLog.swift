import Hummingbird
import Logging

/// Writes a line for each request, without what it says of people: the pattern of the address in place of the
/// address, and neither query nor client.
///
/// A request that is refused has its line at the level that is written by default: the number that its page asks people
/// to cite finds it, with the reason.
struct AccessLog: RouterMiddleware {
    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
        var metadata: Logger.Metadata = [
            "method": "\(request.method)", "place": "\(context.endpointPath ?? "-")",
            "status": "\(response.status.code)", "ms": "\(Int(milliseconds.rounded()))",
        ]
        if let reason = context.visit.refusal.code { metadata["reason"] = "\(reason)" }
        context.logger.log(
            level: response.status.code >= 400 ? .notice : .info, "request", metadata: metadata)
        return response
    }
}
