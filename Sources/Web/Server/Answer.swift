import Foundation
import HTTPTypes
import Hummingbird

/// What a handler gives back: a page, a redirect, a file.
protocol Answer: Sendable {
    /// The response to a request.
    func response(to visit: Visit) async throws -> Response
}

/// Sends the browser to another address after something was done there (303), so that a reload does not do it
/// again.
struct Redirect: Answer {
    private let path: Path
    private let notice: Notice?
    private var cookies: [Cookie] = []
    private var forgetsDevice = false

    /// Leads to `path`, which says `notice` once.
    init(to path: Path, _ notice: String? = nil) {
        self.path = path
        self.notice = notice.map { Notice($0) }
    }

    /// Leads to `path`, which says `notice` once.
    init(to path: Path, notice: Notice) {
        self.path = path
        self.notice = notice
    }

    /// Begins a session: the browser sends `token` from now on.
    func beginningSession(_ token: String, at site: Site) -> Self {
        var redirect = self
        redirect.cookies.append(.own(.session, token, at: site))
        return redirect
    }

    /// Sets a cookie of ours, for so many seconds or until the browser closes.
    func setting(
        _ kind: Site.CookieKind, _ value: String, at site: Site, lasting seconds: Int? = nil
    ) -> Self {
        var redirect = self
        redirect.cookies.append(.own(kind, value, at: site, lasting: seconds))
        return redirect
    }

    /// Ends the session.
    func endingSession(at site: Site) -> Self {
        var redirect = self
        redirect.cookies.append(.own(.session, "", at: site, lasting: 0))
        // What pages keep on a device for when there is no signal goes with the session.
        redirect.forgetsDevice = true
        return redirect
    }

    func response(to visit: Visit) -> Response {
        var response = Response(status: .seeOther)
        response.headers[.location] = path.text(in: visit.tenant)
        for cookie in cookies { response.setCookie(cookie) }
        if forgetsDevice { response.headers[.clearSiteData] = "\"storage\"" }
        if let notice {
            response.setCookie(.own(.notice, notice.cookie(key: visit.site.key), at: visit.site, lasting: 60))
        }
        return response
    }
}

/// One answer or another, by what was found.
struct AnyAnswer: Answer {
    private let answer: any Answer
    private var cookies: [Cookie] = []

    init(_ answer: some Answer) {
        self.answer = answer
    }

    /// Sets a cookie of ours beside it.
    func setting(_ kind: Site.CookieKind, _ value: String, at site: Site) -> Self {
        var other = self
        other.cookies.append(.own(kind, value, at: site))
        return other
    }

    func response(to visit: Visit) async throws -> Response {
        var response = try await answer.response(to: visit)
        for cookie in cookies { response.setCookie(cookie) }
        return response
    }
}

/// A file made in memory, to be kept by the person.
struct Download: Answer {
    let name: String
    let mediaType: String
    let bytes: [UInt8]
    /// Whether browsers show it rather than save it.
    var isInline = false

    func response(to visit: Visit) -> Response {
        Response(
            status: .ok, headers: .download(name, mediaType: mediaType, isInline: isInline),
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

/// What a script of ours reads.
struct JSONAnswer: Answer {
    private let bytes: [UInt8]
    private let status: HTTPResponse.Status

    init(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws {
        bytes = [UInt8](try JSONEncoder().encode(value))
        self.status = status
    }

    func response(to visit: Visit) async throws -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json", .cacheControl: "private, no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

extension HTTPFields {
    /// The headers of a file that is sent under a name (RFC 6266): the plain name for old browsers, the real
    /// one for the others. It is never interpreted as anything but what it says it is.
    static func download(_ name: String, mediaType: String, isInline: Bool = false) -> Self {
        let plain = String(
            name.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) ? $0 : "-" })
        let disposition = isInline ? "inline" : "attachment"
        return [
            .contentType: mediaType,
            .contentDisposition:
                "\(disposition); filename=\"\(plain)\"; filename*=UTF-8''\(Path.encoded(name))",
            .cacheControl: "private, no-store",
        ]
    }
}

extension Cookie {
    /// A cookie of ours: not for scripts, not for other sites' forms. It lasts so many seconds, or until the
    /// browser closes.
    static func own(
        _ kind: Site.CookieKind, _ value: String, at site: Site, lasting seconds: Int? = nil
    ) -> Cookie {
        Cookie(
            name: site.cookieName(kind), value: value, maxAge: seconds, path: "/", secure: site.isSecure,
            httpOnly: true, sameSite: .lax)
    }
}
