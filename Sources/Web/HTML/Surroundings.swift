import Crypto

/// What a page needs to know of the request that it answers while it is written.
struct Surroundings: Sendable {
    /// The tenant whose page it is: links to a tenant's places lead there.
    var tenant: TenantSlug?
    /// The token that forms send back.
    var formToken = ""
}

extension Visit {
    /// What a page needs to know while it is written.
    var surroundings: Surroundings {
        Surroundings(tenant: tenant, formToken: FormToken.make(for: formCookie, key: site.key))
    }
}
