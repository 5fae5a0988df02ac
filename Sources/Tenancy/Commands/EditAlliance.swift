public import Foundation
public import Kernel
public import Postgres

/// Changes the name, the site or the state of an alliance. Its address may change while it is in preparation: after that
/// it stands on calls and codes that were handed out.
public struct EditAlliance: Command {
    /// Who may do it.
    public static let permission = Permission.editAlliances
    /// The alliance.
    public let id: ID<Alliance>
    /// Its name from now on.
    public let name: String
    /// Its site from now on, where it is one of a site.
    public let siteName: String?
    /// Its state from now on; `nil` leaves it.
    public let state: Alliance.State?
    /// The last part of its address from now on; `nil` leaves it.
    public let slug: String?

    /// Takes what a person filled in.
    public init(
        id: ID<Alliance>, name: String, siteName: String? = nil, state: Alliance.State? = nil,
        slug: String? = nil
    ) {
        self.id = id
        self.name = name
        self.siteName = siteName
        self.state = state
        self.slug = slug
    }

    /// Where the right is asked and the act is written.
    public var stream: AuditStream { .alliance(id) }

    /// Carries it out.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard let current = try await transaction.alliance(id) else { throw AllianceError.notFound }
        if let state, state != current.state, !current.state.successors.contains(state) {
            throw AllianceError.cannotBecome(state, from: current.state)
        }
        let slug = try address(after: current)
        let changed = try Alliance(
            id: id, slug: slug, filledIn: name, kind: current.kind, siteName: siteName,
            state: state ?? current.state)
        try await transaction.update(changed)
        return Audited(
            AuditEvent(
                "tenancy.alliance.edited", subject: id,
                details: [
                    "name": changed.name, "site": changed.siteName ?? "", "state": changed.state.rawValue,
                    "slug": changed.slug, "name_before": current.name, "state_before": current.state.rawValue,
                ]))
    }

    /// The address from now on.
    ///
    /// - Throws: ``AllianceError/addressIsFixed``, ``AllianceError/addressMalformed``.
    private func address(after current: Alliance) throws(AllianceError) -> String {
        guard let slug, slug != current.slug else { return current.slug }
        guard current.state == .draft else { throw .addressIsFixed }
        guard let made = Slug(of: slug)?.description, made == slug else { throw .addressMalformed }
        return made
    }
}
