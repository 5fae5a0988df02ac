public import Foundation
public import Tenancy

/// Who lets people in: knows sessions, tenants, and who may enter where.
public protocol Doorkeeper: Sendable {
    /// Says who asks and what they find at a tenant, in one go.
    ///
    /// - Throws: Where it cannot be known at the moment.
    /// - Returns: An empty admission for a stranger; an unknown or ended session makes one.
    func admit(_ knock: Knock) async throws -> Admission
}

/// What the doorkeeper is told of a request.
public struct Knock: Sendable {
    /// The opaque token of the session, as the browser sent it.
    public let token: String?
    /// The tenant that the address names, as it was written.
    public let tenant: String?
    /// Whether the page is for everybody: who looks at it does not come in.
    public let isPublic: Bool
    /// Whether the page renews itself, with nobody at the keyboard.
    public let isRenewal: Bool
    /// The server's time.
    public let now: Date

    /// Describes a request.
    public init(token: String?, tenant: String?, isPublic: Bool, isRenewal: Bool = false, now: Date) {
        self.token = token
        self.tenant = tenant
        self.isPublic = isPublic
        self.isRenewal = isRenewal
        self.now = now
    }
}

/// What the doorkeeper says of a request.
public struct Admission: Sendable {
    /// The tenant that the address names, as everybody may know it; `nil` where there is none.
    public var brand: Brand?
    /// Who is signed in, `nil` for a stranger.
    public var account: Account?
    /// What the person finds at the tenant; `nil` where they have no business there.
    public var entry: Entry?

    /// How far the session leads; `nil` for a stranger.
    public var session: Tenancy.Admission?

    /// Makes an admission, by default that of a stranger at no tenant.
    public init(
        brand: Brand? = nil, account: Account? = nil, entry: Entry? = nil, session: Tenancy.Admission? = nil
    ) {
        self.session = session
        self.brand = brand
        self.account = account
        self.entry = entry
    }
}

/// How a tenant looks.
public struct Brand: Sendable, Hashable {
    /// The last part of its address, such as `mutual-ser`.
    public let slug: String
    /// Its short name, as it stands in the bar.
    public let name: String
    /// Its accent colour.
    public let accent: Accent

    /// Makes a brand.
    public init(slug: String, name: String, accent: Accent) {
        self.slug = slug
        self.name = name
        self.accent = accent
    }
}

/// Who is signed in.
public struct Account: Sendable, Hashable {
    /// Name and surnames.
    public let name: String
    /// The tenants that the person may switch to, the present one included.
    public let tenants: [Choice]

    /// Makes an account.
    public init(name: String, tenants: [Choice]) {
        self.name = name
        self.tenants = tenants
    }

    /// Something that the bar lets one switch to.
    public struct Choice: Sendable, Hashable {
        /// The last part of its address.
        public let slug: String
        /// Its name.
        public let name: String

        /// Makes a choice.
        public init(slug: String, name: String) {
            self.slug = slug
            self.name = name
        }
    }
}

/// What a person finds at a tenant.
public struct Entry: Sendable {
    /// Who acts there, with the roles in force.
    public let principal: Principal
    /// The tenant.
    public let organization: Organization
    /// Post or role, as it stands under the name.
    public let title: String
    /// The alliances that the person may switch to.
    public let alliances: [Account.Choice]
    /// How many pieces of work wait for the person.
    public let pending: Int

    /// Makes an entry.
    public init(
        principal: Principal, organization: Organization, title: String, alliances: [Account.Choice],
        pending: Int
    ) {
        self.principal = principal
        self.organization = organization
        self.title = title
        self.alliances = alliances
        self.pending = pending
    }
}
