import Foundation
import HTTPTypes
public import Hummingbird
import Kernel
import Logging

extension Site {
    /// What answers the requests of the site.
    ///
    /// Each request passes, in this order: the access log, compression, the headers that browsers heed, the
    /// pages of errors, the files that pages load, the refusal of what other sites send, the doorkeeper, and
    /// the pages of errors again, which then bear the tenant's bar.
    public func responder() -> some HTTPResponder<ArrivalContext> {
        frontDoor { router in
            let tenant = router.group(RouterPath(FixedRoute.tenantPrefix), context: TenantContext.self)
            let everybody = router.group(context: PublicContext.self)
            addPages(to: tenant, everybody)
        }
    }

    /// What answers the requests of pages that `add` adds.
    func frontDoor(_ add: (Router<AppContext>) -> Void) -> FrontDoor {
        let router = Router(context: AppContext.self, options: [.autoGenerateHeadEndpoints])
        router.addMiddleware {
            AccessLog()
            Compression()
            BrowserHeaders()
            ErrorPages()
            AssetFiles()
            SameOrigin()
            Doorkeeping()
            ErrorPages()
            HeadOfTenants()
        }
        add(router)
        router.refuseOtherMethods()
        return FrontDoor(site: self, router: router.buildResponder())
    }
}

/// The context in which a request arrives, before anything is known of it.
public struct ArrivalContext: RequestContext {
    /// What Hummingbird keeps.
    public var coreContext: CoreRequestContextStorage
    /// The other end of the connection.
    let peer: String?

    /// Makes the context of a connection.
    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress?.ipAddress
    }
}

/// Makes of an arriving request a visit, and hands it to the router.
struct FrontDoor: HTTPResponder {
    let site: Site
    let router: RouterResponder<AppContext>

    func respond(to request: Request, context: ArrivalContext) async throws -> Response {
        let visit = Visit(of: request, from: address(of: request, peer: context.peer), at: site)
        var logger = context.logger
        logger[metadataKey: "code"] = "\(visit.supportCode)"
        return try await router.respond(
            to: request, context: AppContext(source: AppContext.Source(visit: visit, logger: logger)))
    }

    /// The client's address: the one that our own outermost proxy saw, where there are such, or the peer's. What
    /// stands further left in the header anybody may have written.
    private func address(of request: Request, peer: String?) -> ClientAddress {
        guard site.trustedProxies > 0 else { return ClientAddress(peer) }
        let named = request.headers[values: .xForwardedFor].flatMap { $0.split(separator: ",") }
            .map { $0.trimmingCharacters(in: .whitespaces) }
        return ClientAddress(named.dropLast(site.trustedProxies - 1).last ?? peer)
    }
}

extension Router<AppContext> {
    /// Answers 405, with the methods that there are, at every place that has others.
    fileprivate func refuseOtherMethods() {
        let places = Dictionary(grouping: routes, by: \.path.description)
        for (path, routes) in places {
            let allowed = routes.map(\.method)
            for method in [.get, .post, .put, .patch, .delete] as [HTTPRequest.Method]
            where !allowed.contains(method) {
                on(RouterPath(path), method: method) { _, _ -> Response in throw WrongMethod(allowed: allowed)
                }
            }
        }
    }
}

/// The place is there, but not for what was asked of it.
struct WrongMethod: UserFacingError {
    let allowed: [HTTPRequest.Method]

    var code: String { "web.page.wrong_method" }
    var kind: ErrorKind { .notFound }
    var message: String {
        "Esta dirección no se puede abrir así. Vuelva a la página anterior y use sus botones."
    }
}

extension HTTPField.Name {
    static let xForwardedFor = Self.known("X-Forwarded-For")
    /// Sent by scripts of ours that renew a page.
    static let renewal = Self.known("Alianzas-Renewal")
    static let secFetchSite = Self.known("Sec-Fetch-Site")
    static let referrerPolicy = Self.known("Referrer-Policy")
    static let permissionsPolicy = Self.known("Permissions-Policy")
    /// Sent by browsers that fetch the script of a worker.
    static let serviceWorker = Self.known("Service-Worker")
    /// The places that a worker may answer for.
    static let serviceWorkerAllowed = Self.known("Service-Worker-Allowed")
    /// What a browser forgets of this site.
    static let clearSiteData = Self.known("Clear-Site-Data")
    static let crossOriginOpenerPolicy = Self.known("Cross-Origin-Opener-Policy")

    /// A name of the source code, which is always well formed.
    private static func known(_ name: StaticString) -> Self {
        guard let name = HTTPField.Name("\(name)") else { preconditionFailure("\(name) is no field name") }
        return name
    }
}
