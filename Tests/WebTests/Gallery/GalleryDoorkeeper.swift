import Crypto
import Elections
import Foundation
import Governance
import Hummingbird
import HummingbirdTesting
import Kernel
import Membership
import Tenancy
import TestSupport

@testable import Web

/// A doorkeeper for tests: the token is the name of who asks.
struct GalleryDoorkeeper: Doorkeeper {
    func admit(_ knock: Knock) async throws -> Web.Admission {
        let (token, tenant) = (knock.token, knock.tenant)
        if token == "averiado" { throw GalleryFault() }
        let names = ["mutual-ser": "Mutual SER EPS", "aliansalud": "Aliansalud EPS"]
        let colors = ["mutual-ser": "#2e7d32", "aliansalud": "#0a4d8c"]
        let brand = tenant.flatMap { slug in
            names[slug].map {
                Brand(slug: slug, name: $0, accent: Accent(hex: colors[slug] ?? "") ?? .platform)
            }
        }
        guard let token, token != "vencida" else { return Web.Admission(brand: brand) }
        let account = Web.Account(
            name: "Rosa Elena Díaz Polo",
            tenants: names.sorted { $0.key < $1.key }.map { .init(slug: $0.key, name: $0.value) })
        let organization = Organization(
            id: ID(), slug: brand?.slug ?? "", kind: .insurer, name: brand?.name ?? "",
            shortName: brand?.name ?? "", nit: nil, municipality: "13001")
        let entry = Entry(
            principal: Principal(organization: organization.id, user: ID(), grants: []),
            organization: organization, title: "Oficina de participación",
            alliances: [
                .init(slug: "san-antero", name: "Alianza de usuarios de San Antero"),
                .init(slug: "lorica", name: "Alianza de usuarios de Lorica"),
            ], pending: 7)
        return Web.Admission(brand: brand, account: account, entry: brand == nil ? nil : entry)
    }
}

/// An error that nobody foresaw.
struct GalleryFault: Error {}

/// The folder of the package.
let packageRoot = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

extension Site {
    /// A site for tests, whose clock stands still.
    static func gallery(isSecure: Bool = false, trustedProxies: Int = 0) async throws -> Site {
        let tenants = try await TestTenants.make()
        let assets = try Assets(
            folder: packageRoot.appendingPathComponent("Sources/Web/Assets"),
            fonts: packageRoot.appendingPathComponent(".build/fonts"))
        let scratch = try ScratchFolder(
            emptying: FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString))
        let imports = ImportAffiliates(
            runner: tenants.runner,
            divipola: try Catalogue(folder: packageRoot.appendingPathComponent("sql/data")).divipola)
        return Site(
            assets: assets, doorkeeper: GalleryDoorkeeper(), identity: tenants.identity,
            runner: tenants.runner,
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
            origin: "https://alianzas.example",
            key: SymmetricKey(data: Array("llave de pruebas".utf8)),
            isSecure: isSecure, trustedProxies: trustedProxies,
            clock: { Date(timeIntervalSince1970: 1_773_410_400) })
    }

    /// The gallery behind a real server's front door.
    func galleryApplication() -> some ApplicationProtocol {
        Application(
            responder: frontDoor { router in
                let tenant = router.group(RouterPath(FixedRoute.tenantPrefix), context: TenantContext.self)
                let everybody = router.group(context: PublicContext.self)
                GalleryRoutes().add(to: tenant, everybody)
            })
    }
}
