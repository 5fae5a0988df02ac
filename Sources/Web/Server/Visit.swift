import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import Synchronization
import Tenancy

/// One request as pages see it: who asks, of which tenant, when, and from where.
struct Visit: Sendable {
    /// What all pages share.
    let site: Site
    /// The number that a person can cite; the log of the request bears it too.
    let supportCode: SupportCode
    /// The server's time when the request came; all of its answer holds to it.
    let now: Date
    /// What is asked for, without its query.
    let path: String
    /// The query of the address, decoded.
    let query: [QueryItem]
    /// The page of ours from which the browser came to this one, where it says so and it is another.
    let cameFrom: Path?
    /// Whom limits on attempts are counted for.
    let address: ClientAddress
    /// What the browser calls itself.
    let agent: String?
    /// The tenant that the address names, whether there is one or not.
    let tenant: TenantSlug?
    /// Whether the page is one that everybody may see.
    let isPublic: Bool
    /// Whether a page that is open renews itself, with nobody at the keyboard.
    let isRenewal: Bool
    /// The opaque token of the session, where the browser sent one.
    let sessionToken: String?
    /// What the booth of a table is known by, where the device is one.
    let kioskToken: String?
    /// What lets the browser cast a ballot, for a while.
    let passToken: String?
    /// What binds forms to a browser that has no session yet.
    let browserToken: String
    /// Whether the browser does not have ``browserToken`` yet.
    let isNewBrowser: Bool
    /// What the page before this one left to be said.
    let notice: Notice?
    /// What the doorkeeper said of the person and the tenant.
    var admission = Admission()
    /// Why the request is refused, where it is: for the line that the log has of it.
    let refusal = NotedRefusal()

    init(of request: Hummingbird.Request, from address: ClientAddress, at site: Site) {
        let cookies = request.cookies
        self.site = site
        self.address = address
        supportCode = SupportCode()
        now = site.clock()
        path = request.uri.path
        query = QueryItem.list(of: request.uri.query ?? "")
        cameFrom = Self.page(before: request)
        agent = request.headers[.userAgent]
        tenant = Self.tenant(in: request.uri.path)
        isPublic = !request.uri.path.hasPrefix("/o/")
        isRenewal = request.method == .get && request.headers[.renewal] != nil
        sessionToken = cookies[site.cookieName(.session)]?.value
        kioskToken = cookies[site.cookieName(.kiosk)]?.value
        passToken = cookies[site.cookieName(.pass)]?.value
        let browserToken = cookies[site.cookieName(.browser)]?.value
        self.browserToken = browserToken ?? [UInt8].randomToken()
        isNewBrowser = browserToken == nil
        notice = cookies[site.cookieName(.notice)].flatMap { Notice(cookie: $0.value, key: site.key) }
    }

    /// Who asks, for limits on attempts and the list of sessions. A browser that came before is known by its cookie.
    var visitor: Visitor {
        Visitor(address: address.text, userAgent: agent, device: isNewBrowser ? nil : browserToken)
    }

    /// The cookie that forms are bound to.
    var formCookie: String { sessionToken ?? browserToken }

    /// The address of the request, its query included, to come back to it.
    var currentPath: String {
        query.isEmpty ? path : path + "?" + query.map(\.encoded).joined(separator: "&")
    }

    /// The value of a name in the query, `nil` where it is absent or blank.
    subscript(_ name: String) -> String? {
        query.first { $0.name == name && !$0.value.isEmpty }?.value
    }

    /// The page of ours that a request names as the one before it. A page that refuses is not the way back to itself.
    private static func page(before request: Hummingbird.Request) -> Path? {
        guard let host = request.head.authority, let text = request.headers[.referer],
            let prefix = ["https://", "http://"].map({ "\($0)\(host)" }).first(where: text.hasPrefix)
        else { return nil }
        let place = String(text.dropFirst(prefix.count))
        guard request.method != .get || place != request.uri.string else { return nil }
        return Path(local: place)
    }

    /// The tenant's place in an address: `/o/{tenant}` for those who work there, `/publico/{tenant}` for
    /// everybody. Read from the text, so that a page that does not exist still bears its tenant's colours.
    private static func tenant(in path: String) -> TenantSlug? {
        let parts = path.split(separator: "/", maxSplits: 2)
        guard parts.count >= 2, parts[0] == "o" || parts[0] == "publico" else { return nil }
        return TenantSlug(rawValue: String(parts[1]))
    }
}

/// The code of the reason for which a request is refused.
final class NotedRefusal: Sendable {
    private let reason = Mutex<String?>(nil)

    /// The reason that was noted last.
    var code: String? { reason.withLock(\.self) }

    /// Notes a reason.
    func note(_ error: any UserFacingError) {
        reason.withLock { $0 = error.code }
    }
}

/// The number of a request that a person can read out: eight signs, none of which looks like another.
struct SupportCode: Hashable, Sendable, CustomStringConvertible {
    let description: String

    init() {
        let signs = Array("23456789ABCDEFGHJKMNPQRSTVWXYZ")
        let drawn = (0..<8).map { _ in signs[Int.random(in: signs.indices)] }
        description = String(drawn.prefix(4)) + "-" + String(drawn.suffix(4))
    }
}

/// Whom limits on attempts are counted for: an IPv4 address, or the /64 network of an IPv6 address, of which
/// one household has all.
struct ClientAddress: Hashable, Sendable {
    let text: String

    init(_ address: String?) {
        guard let address, address.contains(":") else {
            text = address ?? "local"
            return
        }
        text = address.split(separator: ":", omittingEmptySubsequences: false).prefix(4).joined(
            separator: ":")
    }
}
