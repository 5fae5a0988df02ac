import Foundation
import Kernel
public import Postgres
public import Tenancy

/// The doorkeeper of the product: sessions of ``Identity``, tenants of the directory, roles in force.
public struct SessionDoorkeeper: Doorkeeper {
    private let identity: Identity
    private let database: Database
    private let desk: PendingDesk
    private let counts = PendingCounts()

    /// Makes a doorkeeper.
    public init(identity: Identity, database: Database) {
        self.identity = identity
        self.database = database
        desk = PendingDesk(database: database, sources: PendingDesk.sources)
    }

    /// Says who asks and what they find at a tenant.
    ///
    /// The address decides in which tenant they act, in each window its own.
    public func admit(_ knock: Knock) async throws -> Admission {
        let named = try await organization(knock.tenant)
        var admission = Admission(brand: try await brand(of: named))
        guard let token = knock.token.flatMap({ SessionToken(cookie: $0) }) else { return admission }
        let approach =
            named.map { knock.isPublic ? Approach.looking(at: $0.id) : .entering($0.id) } ?? .nowhere
        guard
            let found = try await identity.admission(of: token, to: approach, isUse: !knock.isRenewal)
        else { return admission }
        admission.session = found
        guard case .admitted(let signedIn) = found else { return admission }
        return try await admit(signedIn, at: named, admission, knock.now)
    }

    private func organization(_ slug: String?) async throws -> Organization? {
        guard let slug else { return nil }
        return try await database.read(PublicScope()) { try await $0.organization(slug: slug) }
    }

    private func brand(of organization: Organization?) async throws -> Brand? {
        guard let organization else { return nil }
        let settings = try await database.read(TenantScope(.system(in: organization.id))) {
            try await $0.settings()
        }
        return Brand(
            slug: organization.slug, name: organization.shortName,
            accent: Accent(hex: settings.accentColor.hex) ?? .platform)
    }

    private func admit(
        _ signedIn: SignedIn, at named: Organization?, _ admission: Admission, _ now: Date
    ) async throws -> Admission {
        var admission = admission
        let tenants =
            signedIn.worksElsewhere
            ? try await identity.tenants(of: signedIn.session) : [signedIn.organization]
        admission.session = .admitted(signedIn)
        admission.account = Account(
            name: signedIn.user.name,
            tenants: tenants.map { Account.Choice(slug: $0.slug, name: $0.shortName) })
        guard signedIn.organization.id == named?.id else { return admission }
        let alliances = try await database.read(TenantScope(signedIn.principal)) { transaction in
            try await transaction.alliances()
        }
        let pending = try await counts.number(for: signedIn.principal, at: now) {
            try await desk.items(for: signedIn.principal, at: now).count
        }
        admission.entry = Entry(
            principal: signedIn.principal, organization: signedIn.organization,
            title: signedIn.user.officeTitle,
            alliances: alliances.filter { alliance in
                signedIn.principal.holds(.seeAlliances, in: .alliance(alliance.id))
            }.map { Account.Choice(slug: $0.slug, name: $0.name) },
            pending: pending)
        return admission
    }
}
