import Crypto
import Elections
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Logging
import Membership
import Tenancy
import TestSupport

@testable import Web

/// A browser without scripts: it keeps cookies, and sends the proof of the last page that it saw.
actor Browser {
    private let client: any TestClientProtocol
    private var cookies: [String: String] = [:]
    private var token: String?

    /// Where it is, and what it sees.
    struct Sight: Sendable {
        let status: HTTPResponse.Status
        /// Where the answer leads, `nil` where it is a page.
        let location: String?
        let text: String
    }

    init(_ client: any TestClientProtocol) {
        self.client = client
    }

    /// Opens a page.
    @discardableResult
    func open(_ path: String) async throws -> Sight {
        try await send(.get, path, body: nil)
    }

    /// Sends the form of the page that is open.
    @discardableResult
    func send(_ fields: [String: String], to path: String, token other: String? = nil) async throws -> Sight {
        let items = fields.merging([
            FormField.token: other ?? token ?? "", FormField.key: UUID().uuidString,
        ]) { first, _ in first }
        let body = items.map { QueryItem(name: $0.key, value: $0.value).encoded }.joined(separator: "&")
        return try await send(.post, path, body: body)
    }

    /// Signs in by mail address and password.
    @discardableResult
    func signIn(_ login: String, _ password: String) async throws -> Sight {
        try await open("/entrar")
        return try await send(
            ["login": login, FormField.secretPrefix + "password": password], to: "/entrar")
    }

    /// The cookie of the session, to be stolen.
    var session: String? { cookies["sesion"] }

    private func send(_ method: HTTPRequest.Method, _ path: String, body: String?) async throws -> Sight {
        var headers: HTTPFields = [:]
        headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        if body != nil { headers[.contentType] = "application/x-www-form-urlencoded" }
        let answer = try await client.execute(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        for header in answer.headers[values: .setCookie] {
            let pair = header.split(separator: ";")[0].split(separator: "=", maxSplits: 1)
            cookies[String(pair[0])] = pair.count == 2 ? String(pair[1]) : ""
        }
        let text = String(buffer: answer.body)
        if let match = text.firstMatch(of: /name="_ficha" value="([^"]+)"/) { token = String(match.output.1) }
        return Sight(status: answer.status, location: answer.headers[.location], text: text)
    }
}

/// The real pages over a database of their own.
struct TestSite: Sendable {
    let tenants: TestTenants
    let site: Site

    static func make() async throws -> Self {
        let tenants = try await TestTenants.make()
        let assets = try Assets(
            folder: packageRoot.appendingPathComponent("Sources/Web/Assets"),
            fonts: packageRoot.appendingPathComponent(".build/fonts"),
            pictures: packageRoot.appendingPathComponent("Documentation/manual/imagenes"))
        let scratch = try ScratchFolder(
            emptying: FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString))
        let imports = ImportAffiliates(
            runner: tenants.runner,
            divipola: try Catalogue(folder: packageRoot.appendingPathComponent("sql/data")).divipola)
        let site = Site(
            assets: assets,
            doorkeeper: SessionDoorkeeper(identity: tenants.identity, database: tenants.database),
            identity: tenants.identity, runner: tenants.runner,
            uploads: AffiliateUploads(
                imports,
                folder: FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)),
            exports: AllianceExports(runner: tenants.runner, folder: FileManager.default.temporaryDirectory),
            printer: PDFRenderer(
                executable: PDFRenderer.executable(in: packageRoot), assets: assets, scratch: scratch),
            scratch: scratch,
            entrance: VotingEntrance(
                database: tenants.database, passwords: tenants.identity.passwords,
                codes: tenants.identity.oneTimeCodes),
            intake: BallotIntake(database: tenants.database),
            manual: packageRoot.appendingPathComponent("Documentation/manual"),
            origin: "https://alianzas.example", key: SymmetricKey(data: Array("llave de pruebas".utf8)),
            isSecure: false, clock: { tenants.clock.now })
        return Self(tenants: tenants, site: site)
    }

    /// Lets a browser at the pages.
    func visit(
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        try await Application(responder: site.responder(), logger: logger)
            .test(.router) { try await body($0) }
    }
}
