import Kernel
import Reporting
import Tenancy

/// An alliance as everybody reaches it, at the head of the pages that take something from them.
struct PublicDoor: Sendable {
    let tenant: TenantSlug
    let slug: AllianceSlug
    let alliance: PublishedAlliance

    /// The way back to what the alliance publishes.
    var trail: [Crumb] {
        [Crumb("Alianzas de usuarios", .start()), Crumb(alliance.name, .publicAlliance(tenant, slug))]
    }
    var isDissolved: Bool { alliance.state == .dissolved }
}

extension PublicContext {
    /// An alliance as everybody reaches it, and its entity.
    ///
    /// - Throws: ``NoSuchPage``.
    func door(
        _ slug: AllianceSlug, of tenant: TenantSlug
    ) async throws -> (door: PublicDoor, entity: Organization) {
        let (alliance, organization) = try await publishedAlliance(slug, of: tenant)
        return (PublicDoor(tenant: tenant, slug: slug, alliance: alliance), organization)
    }

    /// Takes what somebody sends without an account. Who writes from one place is limited, and nobody uses up another's
    /// attempts; what was sent twice is taken once.
    ///
    /// - Throws: ``TooManyAttempts``, or what `body` throws.
    func submitting(to door: PublicDoor, _ body: () async throws -> Void) async throws {
        let taken: Void? = try await asking(.claim, about: "\(door.alliance.id) \(visit.formCookie)") {
            do {
                try await body()
            } catch AccessError.alreadyDone {}
        }
        guard taken != nil else { throw NoSuchPage() }
    }
}

extension Visit {
    /// The code of what a form of everybody hands in. It follows from the form and the browser that sends it, so that a form
    /// that is sent twice, by a shaking hand or on a bad line, gives the same page twice: nobody can follow what they sent
    /// without it.
    func receiptCode(of form: Submission, for subject: String) -> ReadableCode {
        .derived(from: "\(subject):\(form.key):\(formCookie)", under: site.key, groups: 4)
    }
}
